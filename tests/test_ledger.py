"""Basis, order, clocks and the 10% of Roth money: the IRS's own examples, cases by hand, a queue of single cents."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mbr_workbooks.sample import sample_household
from mbr_xl.client import Client
from mbr_xl.engine.paper.ages import turns_59_and_a_half
from mbr_xl.engine.paper.ledger import (
    access,
    basis_left,
    conversion_years,
    plan_roth,
    problems,
    rolled_as_conversion,
    roth_ira_through,
)
from mbr_xl.engine.paper.roth_ira import Withdrawal, roth_ira, withdraw
from mbr_xl.engine.paper.roth_plan import withdraw_all
from mbr_xl.engine.plan import plan_year, rules_of
from mbr_xl.errors import InputError
from mbr_xl.money import Cents
from mbr_xl.paper_answers import paper_answers
from mbr_xl.paper_facts import PaperFacts
from mbr_xl.records import LedgerEntry


def entry(year: int, kind: str, amount: float, taxed: float = 0, account: str = "Roth IRA") -> LedgerEntry:
    return LedgerEntry(year, account, kind, round(amount * 100), round(taxed * 100))  # type: ignore[arg-type]


def dollars_of(found: Withdrawal) -> tuple[float, ...]:
    return found.first / 100, found.free / 100, found.penalized / 100, found.taxable / 100


# Publication 590-B, "Ordering Rules for Distributions", example of Justin (read at marottaonmoney.com).
JUSTIN = [entry(2016, "conversion", 80_000, 60_000), entry(2020, "contribution", 5_000)]
# Instructions for Form 5329 (2016), line 1: conversions of 20,000 in 2012 (15,000 taxed) and 10,000 in 2013 (7,000
# taxed), contributions of 2,000 for each of the two years; 33,000 withdrawn on July 9, 2016, at 53.
FORM_5329 = [
    entry(2012, "conversion", 20_000, 15_000),
    entry(2013, "conversion", 10_000, 7_000),
    entry(2012, "contribution", 2_000),
    entry(2013, "contribution", 2_000),
]


@pytest.mark.parametrize(
    ("case", "ledger", "amount", "day", "old", "expect"),
    [
        ("TC-90: Justin at 60, nothing taxable", JUSTIN, 7_000, date(2020, 11, 8), True, (7_000, 7_000, 0, 0)),
        (
            "Justin, were he 50: 2,000 of the taxed part",
            JUSTIN,
            7_000,
            date(2020, 11, 8),
            False,
            (5_000, 5_000, 2_000, 0),
        ),
        ("Justin at 50 in 2021: five years from 2016", JUSTIN, 7_000, date(2021, 1, 1), False, (7_000, 7_000, 0, 0)),
        (
            "Form 5329: 4,000, then 15,000 taxed and 5,000, then 7,000 taxed and 2,000",
            FORM_5329,
            33_000,
            date(2016, 7, 9),
            False,
            (4_000, 11_000, 22_000, 0),
        ),
        ("the same in 2017: only 2013's 7,000", FORM_5329, 33_000, date(2017, 7, 9), False, (24_000, 26_000, 7_000, 0)),
        (
            "TC-91, Ives: Bob, 43, 25,000 all basis, within five years",
            [entry(2014, "conversion", 25_000)],
            25_000,
            date(2016, 5, 1),
            False,
            (25_000, 25_000, 0, 0),
        ),
        (
            "earnings last",
            [entry(2020, "contribution", 6_000)],
            7_500,
            date(2022, 1, 1),
            False,
            (6_000, 6_000, 0, 1_500),
        ),
        (
            "qualified: earnings too",
            [entry(2020, "contribution", 6_000)],
            7_500,
            date(2025, 1, 1),
            True,
            (7_500,) * 2 + (0, 0),
        ),
        (
            "59 1/2, but four years: earnings taxable, no 10% on the conversion",
            [entry(2021, "conversion", 10_000, 10_000)],
            11_000,
            date(2025, 12, 31),
            True,
            (10_000, 10_000, 0, 1_000),
        ),
        ("nothing in it", [], 500, date(2025, 1, 1), False, (0, 0, 0, 500)),
    ],
)
def test_order_of_a_roth_ira(
    case: str, ledger: list[LedgerEntry], amount: float, day: date, old: bool, expect: tuple[float, ...]
) -> None:
    assert dollars_of(withdraw(roth_ira(ledger, day.year), amount * 100, day, old)) == expect, case


def test_a_withdrawal_of_an_earlier_year_is_not_made_good_by_a_later_contribution() -> None:
    ledger = [
        entry(2018, "contribution", 5_000),
        entry(2018, "conversion", 10_000, 4_000),
        entry(2019, "withdrawal", 7_000),  # 5,000 of contributions, 2,000 of the 4,000 taxed
        entry(2020, "contribution", 3_000),
    ]
    left = roth_ira(ledger, 2020)
    assert (left.contributions, left.conversions) == (3_000_00, 8_000_00)
    assert [(one.year, one.taxed, one.untaxed) for one in left.layers] == [(2018, 2_000_00, 6_000_00)]
    assert left.first_year == 2018
    assert roth_ira(ledger, 2020, since=2015).first_year == 2015
    assert roth_ira(ledger, 2018).contributions == 5_000_00


def dollar_by_dollar(entries: list[LedgerEntry], day: date, amount: int, old: bool) -> list[int]:
    """Every cent as a token in a queue: free, with the 10%, or earnings. No sums, no layers."""
    contributions: list[int] = []
    queue: list[tuple[int, bool]] = []
    for year in range(1998, day.year + 1):
        mine = [one for one in entries if one.year == year]
        contributions += [year] * sum(one.amount for one in mine if one.kind == "contribution")
        taxed = sum(one.taxed for one in mine if one.kind == "conversion")
        every = sum(one.amount for one in mine if one.kind == "conversion")
        queue += [(year, True)] * taxed + [(year, False)] * (every - taxed)
        for _ in range(sum(one.amount for one in mine if one.kind == "withdrawal")):
            if contributions:
                contributions.pop()
            elif queue:
                queue.pop(0)
    tokens = [0] * len(contributions) + [int(taxed and not old and day.year - year < 5) for year, taxed in queue]
    tokens += [2] * amount
    taken = tokens[:amount]
    first = next((place for place, token in enumerate(taken) if token), amount)
    return [first, taken.count(0), taken.count(1), taken.count(2)]


@given(st.integers(0, 10**9))
def test_any_ledger_against_a_queue_of_cents(seed: int) -> None:
    rng = random.Random(seed)
    kinds: Any = ["contribution", "conversion", "conversion", "withdrawal"]
    entries = []
    for _ in range(rng.randint(0, 8)):
        kind, amount = rng.choice(kinds), rng.randint(0, 40)
        taxed = rng.randint(0, amount) if kind == "conversion" else 0
        entries.append(LedgerEntry(rng.randint(2015, 2024), "Roth IRA", kind, amount, taxed))
    day, old, amount = date(rng.randint(2024, 2029), 6, 1), rng.random() < 0.5, rng.randint(0, 120)
    account = roth_ira(entries, day.year)
    years = [one.year for one in entries if one.kind != "withdrawal" and one.amount]
    expect = dollar_by_dollar(entries, day, amount, old)
    if old and years and day.year - min(years) >= 5:
        expect = [amount, amount, 0, 0]
    found = withdraw(account, amount, day, old)
    assert [found.first, found.free, found.penalized, found.taxable] == expect
    assert found.free + found.penalized + found.taxable == amount


@pytest.mark.parametrize(
    ("arguments", "expect"),
    [
        ((70_006_33, 6_33, 90_000_00, False, False), (0, 70_000, 6.33, 19_993.67)),
        ((70_006_33, 6_33, 90_000_00, False, True), (0, 70_006.33, 0, 19_993.67)),
        ((70_006_33, 6_33, 90_000_00, True, True), (90_000, 90_000, 0, 0)),
        ((70_000_00, 0, 60_000_00, False, False), (60_000, 60_000, 0, 0)),
        ((70_000_00, 500_00, 300_00, False, False), (0, 0, 300, 0)),
    ],
)
def test_the_plan_paid_out_whole(arguments: tuple[Any, ...], expect: tuple[float, ...]) -> None:
    assert dollars_of(withdraw_all(*arguments)) == expect


@pytest.mark.parametrize(
    ("born", "day"),
    [
        (date(1967, 1, 15), date(2026, 7, 15)),
        (date(1966, 8, 31), date(2026, 2, 28)),
        (date(1968, 8, 30), date(2028, 2, 29)),
        (date(1966, 6, 30), date(2025, 12, 30)),
        (date(1966, 7, 1), date(2026, 1, 1)),
    ],
)
def test_59_and_a_half(born: date, day: date) -> None:
    assert turns_59_and_a_half(born) == day


def client(**paper: Any) -> Client:
    household = replace(sample_household(), growth_rate=0)
    return Client(household=household, paper=PaperFacts(**paper))


def answers(given: Client) -> Any:
    rules = rules_of(given.household)
    return paper_answers(given, plan_year(given.household, rules), rules)


def test_the_sample_year_in_the_ledger() -> None:
    # The sample converts 39,900.00 in the plan without growth; nothing goes to a Roth IRA.
    ledger = (
        entry(2024, "contribution", 7_000),
        entry(2025, "conversion", 10_200, 200),
        entry(2024, "contribution", 1_000, account="Roth 401(k)"),
        entry(2025, "conversion", 30_100, 100, account="Roth 401(k)"),
        entry(2025, "withdrawal", 550, 50, account="Roth 401(k)"),
        entry(2025, "contribution", 30_000, account="after-tax"),
        entry(2025, "conversion", 29_100, 100, account="after-tax"),
        entry(2023, "contribution", 6_000, account="traditional IRA"),
        entry(2024, "conversion", 6_500, 1_000, account="traditional IRA"),
    )
    found = answers(client(ledger=ledger))
    assert (found.ledger_roth_contributions, found.ledger_roth_conversions) == (7_000_00, 10_200_00)
    assert found.ledger_plan_basis == 1_000_00 + 30_100_00 - 500_00 + 39_900_00
    assert found.ledger_after_tax_basis == 1_000_00  # 30,000 in, 29,000 of basis out
    assert found.ledger_ira_basis == 500_00
    assert (found.roth_ira_first, found.roth_ira_clock_ends) == (2024, date(2029, 1, 1))
    assert (found.roth_plan_first, found.roth_plan_clock_ends) == (2024, date(2029, 1, 1))


def test_a_rollover_starts_the_roth_ira_clock_and_is_on_line_24() -> None:
    given = client()
    given = replace(given, household=replace(given.household, in_plan_conversion=False, in_service_withdrawal=True))
    found = answers(given)
    assert (found.ledger_roth_conversions, found.roth_ira_first) == (39_900_00, 2026)
    assert (found.ledger_plan_basis, found.roth_plan_first) == (0, None)


def test_access_on_a_day() -> None:
    facts = {"access_date": date(2028, 3, 1), "roth_ira_value": 9_000_00, "roth_plan_value": 50_000_00}
    given = client(ledger=(entry(2027 - 1, "contribution", 7_000), entry(2024, "conversion", 1_000, 1_000)), **facts)
    found = answers(given)
    assert (found.access_ira_first, found.access_ira_free) == (7_000_00, 7_000_00)
    assert (found.access_ira_penalized, found.access_ira_taxable) == (1_000_00, 1_000_00)
    assert (found.access_plan_free, found.access_plan_penalized, found.access_plan_taxable) == (39_900_00, 0, 10_100_00)
    # Born June 15, 1965: 59 1/2 since December 15, 2024; the clock of 2024 ends with 2028.
    older = replace(given, household=replace(given.household, birth_date=date(1965, 6, 15), prior_wages=100_000_00))
    found = answers(older)
    assert (found.access_ira_free, found.access_ira_penalized, found.access_ira_taxable) == (8_000_00, 0, 1_000_00)
    later = replace(older, paper=replace(older.paper, access_date=date(2029, 1, 1)))
    assert answers(later).access_ira_free == 9_000_00


def test_the_five_years_of_conversions() -> None:
    ledger = (
        entry(2021, "conversion", 9_999, 9_999),  # its five years ended with 2025
        entry(2022, "conversion", 10_200, 200),
        entry(2025, "conversion", 30_100, 100, account="Roth 401(k)"),
        entry(2026, "conversion", 7_500, 0),  # the ordinary backdoor of this year
    )
    given = client(ledger=ledger)
    found = conversion_years(given, plan_year(given.household, rules_of(given.household)))
    assert [
        (one.year, one.to_ira, one.to_ira_taxed, one.in_plan, one.in_plan_taxed, one.until.year) for one in found
    ] == [
        (2022, 10_200_00, 200_00, 0, 0, 2026),
        (2023, 0, 0, 0, 0, 2027),
        (2024, 0, 0, 0, 0, 2028),
        (2025, 0, 0, 30_100_00, 100_00, 2029),
        (2026, 7_500_00, 0, 39_900_00, 0, 2030),
    ]


def test_money_that_is_not_there_yet_does_not_count_in_the_plan() -> None:
    given = client(access_date=date(2026, 3, 1), roth_plan_value=10_000_00)
    plan = plan_year(given.household, rules_of(given.household))
    # Pays of January 9 to February 20, 1,200.00 each, are converted by February 26; the bonus is not yet.
    assert plan_roth(given, plan, date(2026, 3, 1)).basis == 4 * 1_200_00
    assert access(given, plan)[0] is None
    assert roth_ira_through(given, plan, 2026).first_year is None


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"ledger": (entry(1997, "contribution", 1),)}, "Row 1 of ledger is of 1997: give a year from 1998 to 2026"),
        ({"ledger": (entry(2027, "contribution", 1),)}, "is of 2027"),
        ({"ledger": (entry(2026, "conversion", 1, account="after-tax"),)}, "comes from the plan"),
        ({"ledger": (entry(2020, "conversion", 1, 2),)}, r"\$2 taxed of \$1 cannot be"),
        ({"ledger": (entry(2020, "contribution", 2, 1),)}, "a contribution has no taxed part"),
        ({"roth_ira_since": 1990}, "roth_ira_since"),
        ({"roth_plan_since": 2005}, "roth_plan_since"),
        ({"access_date": date(2025, 12, 31)}, "access_date"),
    ],
)
def test_what_cannot_be(facts: dict[str, Any], words: str) -> None:
    with pytest.raises(InputError, match=words):
        answers(client(**facts))


def test_a_good_ledger_has_no_problem() -> None:
    assert list(problems(client(ledger=(entry(2026, "contribution", 7_500),), roth_ira_since=2010))) == []


def test_basis_never_below_nothing() -> None:
    entries = (
        entry(2020, "contribution", 100, account="after-tax"),
        entry(2021, "withdrawal", 200, account="after-tax"),
    )
    assert basis_left(entries, "after-tax", 2025) == 0


@pytest.mark.parametrize(
    "call",
    [
        lambda: withdraw(roth_ira([], 2025), -1, date(2025, 1, 1), False),
        lambda: roth_ira([entry(1990, "contribution", 1)], 2025),
    ],
)
def test_refusals(call: Any) -> None:
    with pytest.raises(InputError):
        call()


def test_a_roth_401k_rolled_to_a_roth_ira_counts_with_its_basis_only() -> None:
    # Reg. 1.408A-10, Q&A-3: 50,000 rolled, nonqualified, basis 40,000: 40,000 of contributions, 10,000 of earnings.
    right = roth_ira([LedgerEntry(2026, "Roth IRA", "contribution", Cents(40_000_00))], 2026)
    out = withdraw(right, 50_000_00, date(2026, 12, 1), old_enough=False)
    assert (out.free, out.penalized, out.taxable) == (40_000_00, 0, 10_000_00)

    def said(*ledger: LedgerEntry) -> list[str]:
        return list(rolled_as_conversion(Client(household=sample_household(), paper=PaperFacts(ledger=ledger))))

    gone = LedgerEntry(2025, "Roth 401(k)", "withdrawal", Cents(50_000_00))
    typed_so = LedgerEntry(2025, "Roth IRA", "conversion", Cents(50_000_00))
    (sentence,) = said(gone, typed_so)
    assert sentence.startswith("Row 2 of ledger: $50,000 left the Roth 401(k) in 2025 too.")
    assert said(gone, replace(typed_so, year=2024)) == said(gone, replace(typed_so, kind="contribution")) == []
    assert said(typed_so) == said(gone, replace(typed_so, taxed=Cents(1))) == []
