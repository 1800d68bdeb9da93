"""Form 8606, Part III: the IRS's example, line by line by hand, the lines that are skipped, and what cannot be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from mbr_workbooks.sample import sample_household
from mbr_xl.client import Client
from mbr_xl.engine.paper.form_8606 import PartIII, part_iii
from mbr_xl.engine.paper.ledger import form_8606_part_iii, problems, roth_ira_through
from mbr_xl.engine.paper.roth_ira import roth_ira
from mbr_xl.engine.plan import plan_year, rules_of
from mbr_xl.money import Cents
from mbr_xl.paper_answers import paper_answers
from mbr_xl.paper_facts import PaperFacts
from mbr_xl.records import LedgerEntry


def entry(year: int, kind: Any, amount: float, taxed: float = 0) -> LedgerEntry:
    return LedgerEntry(year, "Roth IRA", kind, Cents(round(amount * 100)), Cents(round(taxed * 100)))


def client(withdrawn: float | None, *ledger: LedgerEntry, home: float | None = None, **changes: Any) -> Client:
    """The saver of the sample, of 2026, whose conversions stay in the plan."""

    def cents(amount: float | None) -> Cents | None:
        return None if amount is None else Cents(round(amount * 100))

    paper = PaperFacts(roth_ira_withdrawn=cents(withdrawn), roth_ira_home=cents(home), ledger=ledger)
    return Client(household=replace(sample_household(), **changes), paper=paper)


def lines(given: Client) -> tuple[float | None, ...]:
    """19, 20, 21, 22, 23, 24, 25a, 25b, 25c, and what may bear the 10% of conversions."""
    found = form_8606_part_iii(given, plan_year(given.household, rules_of(given.household)))
    assert found is not None
    cells = [getattr(found, name) for name in PartIII.__slots__]
    return tuple(None if cell is None else cell / 100 for cell in cells)


# Instructions for Form 5329 (2016), line 1, ten years on: conversions of 20,000 (15,000 taxed) and 10,000 (7,000
# taxed), contributions of 2,000 for each year; 33,000 withdrawn at 53: 4,000, 15,000 + 5,000, 7,000 + 2,000.
FORM_5329 = (
    entry(2022, "conversion", 20_000, 15_000),
    entry(2023, "conversion", 10_000, 7_000),
    entry(2022, "contribution", 2_000),
    entry(2023, "contribution", 2_000),
)


@pytest.mark.parametrize(
    ("case", "given", "expect"),
    [
        (
            "the IRS's example: no income, 22,000 with the 10%",
            client(33_000, *FORM_5329),
            (33_000, 0, 33_000, 4_000, 29_000, 30_000, 0, None, None, 22_000),
        ),
        (
            "38,500: 34,000 of basis, 4,500 of earnings",
            client(38_500, *FORM_5329),
            (38_500, 0, 38_500, 4_000, 34_500, 30_000, 4_500, 0, 4_500, 22_000),
        ),
        ("contributions are enough", client(4_000, *FORM_5329), (4_000, 0, 4_000, 4_000, 0, *[None] * 4, 0)),
        (
            "a contribution for this year counts, 26 USC 408A(d)(4)(B)",
            client(7_000, entry(2026, "contribution", 7_000), *FORM_5329),
            (7_000, 0, 7_000, 11_000, 0, *[None] * 4, 0),
        ),
        (
            "after 10,000 withdrawn in 2025: 0 and 24,000 left, 9,000 + 5,000 + 6,000 of them taxed, untaxed, taxed",
            client(20_000, entry(2025, "withdrawal", 10_000), *FORM_5329),
            (20_000, 0, 20_000, 0, 20_000, 24_000, 0, None, None, 15_000),
        ),
        (
            "a conversion of 2021 is over five years on January 1, 2026",
            client(9_000, entry(2021, "conversion", 8_000, 8_000), entry(2022, "conversion", 8_000, 8_000)),
            (9_000, 0, 9_000, 0, 9_000, 16_000, 0, None, None, 1_000),
        ),
        (
            "a first home, five years over: 12,000, 10,000 of it, 1,500 of contributions",
            client(12_000, entry(2019, "contribution", 1_500), home=10_000),
            (12_000, 10_000, 2_000, 1_500, 500, 0, 500, 0, 500, 0),
        ),
        (
            "a first home is all of it: the form stops after line 22",
            client(9_000, entry(2019, "contribution", 1_500), home=9_000),
            (9_000, 9_000, 0, 1_500, *[None] * 5, 0),
        ),
        (
            "a first home, five years not over: not on line 20",
            client(9_000, entry(2023, "contribution", 1_500), home=9_000),
            (9_000, 0, 9_000, 1_500, 7_500, 0, 7_500, 0, 7_500, 0),
        ),
        (
            "59 1/2 before the year, clock not over: earnings are income, nothing bears the 10%",
            client(38_500, *FORM_5329, birth_date=date(1960, 1, 2), prior_wages=Cents(0)),
            (38_500, 0, 38_500, 4_000, 34_500, 30_000, 4_500, 0, 4_500, 0),
        ),
    ],
)
def test_lines(case: str, given: Client, expect: tuple[float | None, ...]) -> None:
    assert lines(given) == expect, case


def test_the_plans_rollovers_are_on_line_24() -> None:
    # The sample converts 39,906.33 in the year, 6.33 of it taxed (test_forms.py); here to a Roth IRA.
    out = client(41_000, entry(2020, "contribution", 1_000), in_plan_conversion=False, in_service_withdrawal=True)
    assert lines(out) == (41_000, 0, 41_000, 1_000, 40_000, 39_906.33, 93.67, 0, 93.67, 6.33)


def test_without_a_withdrawal_no_line_is_needed() -> None:
    for withdrawn in (None, 0):
        given = client(withdrawn, *FORM_5329)
        rules = rules_of(given.household)
        found = paper_answers(given, plan_year(given.household, rules), rules)
        assert (found.form_8606_line_19, found.form_8606_line_22, found.form_5329_conversions) == (None,) * 3
        assert found.ledger_roth_conversions == 30_000_00


def test_next_years_basis_is_what_the_charts_of_the_form_say() -> None:
    # Line 22 of the next form: this one's less line 19; line 24: this one's less line 23.
    for withdrawn, home in ((33_000, 0), (3_000, 0), (12_000, 9_000), (9_000, 9_000), (40_000, 10_000)):
        ledger = (entry(2019, "contribution", 500), *FORM_5329)
        given = client(withdrawn, *ledger, home=home)
        plan = plan_year(given.household, rules_of(given.household))
        form = form_8606_part_iii(given, plan)
        left = roth_ira_through(given, plan, 2026)
        assert form is not None
        assert form.line_20 == home * 100
        assert left.contributions == max(0, form.line_22 - form.line_19)
        assert left.conversions == max(0, 30_000_00 - (form.line_23 or 0))


def test_the_ten_percent_is_counted_cent_by_cent() -> None:
    # A queue of single cents, the oldest conversion first, its taxed cents first.
    ledger = [
        entry(2019, "conversion", 0.07, 0.04),
        entry(2022, "conversion", 0.05, 0.02),
        entry(2024, "conversion", 1),
    ]
    ledger += [entry(2025, "conversion", 0.09, 0.09), entry(2018, "contribution", 0.03)]
    queue = ["free"] * 3
    for one in sorted(ledger[:4], key=lambda one: one.year):
        queue += ["10%" if one.year > 2021 else "free"] * one.taxed + ["free"] * (one.amount - one.taxed)
    for out in range(140):
        found = part_iii(roth_ira(ledger, 2026), 2026, out)
        assert found.recaptured == queue[:out].count("10%")
        assert (found.line_25c or 0) == max(0, out - len(queue))


@pytest.mark.parametrize(
    ("given", "field", "said"),
    [
        (client(5_000, home=5_001), "roth_ira_home", "give at most $5,000"),
        (client(50_000, home=10_000.01), "roth_ira_home", "give at most $10,000"),
        (client(None, home=1), "roth_ira_home", "give at most $0"),
        (client(None, entry(2026, "withdrawal", 1)), "ledger", "goes on Inputs (roth_ira_withdrawn)"),
        (
            client(1, entry(2021, "contribution", 1), birth_date=date(1966, 7, 1)),
            "roth_ira_withdrawn",
            "every withdrawal is qualified",
        ),
    ],
)
def test_what_cannot_be(given: Client, field: str, said: str) -> None:
    ((name, sentence),) = problems(given)
    assert name == field
    assert said in sentence


def test_a_day_too_young_or_a_year_too_early_may_be_nonqualified() -> None:
    for born, year in ((date(1966, 7, 2), 2021), (date(1966, 7, 1), 2022)):
        assert list(problems(client(1, entry(year, "contribution", 1), birth_date=born))) == []
