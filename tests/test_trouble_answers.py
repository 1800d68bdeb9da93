"""The troubles of a planned year by hand: the path that the planner takes, catch-up that ends, what is not told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from mbr_workbooks.contents import planner
from mbr_workbooks.values import computed_values
from mbr_workbooks.write import write_book
from mbr_xl.client import Client
from mbr_xl.engine.paper.by_path import by_path
from mbr_xl.engine.plan import plan_year, rules_of
from mbr_xl.household import Election, Household
from mbr_xl.limit_answers import TroubleAnswers, trouble_answers
from mbr_xl.limit_facts import LimitFacts
from mbr_xl.money import Cents, Millionths
from mbr_xl.records import Converted
from mbr_xl.tax_answers import converts_to_ira


def saver(**changes: Any) -> Household:
    """24,000 pre-tax of 240,000; 60,000 of after-tax elected, of which 72,000 less 24,000 fits: 48,000."""
    h = Household(
        tax_year=2026,
        pay_frequency="monthly",
        any_pay_date=date(2026, 1, 15),
        annual_salary=240_000_00,
        in_service_withdrawal=True,
        elections=(Election(date(2026, 1, 1), base_pretax=100_000, base_after_tax=250_000),),
    )
    return replace(h, **changes)


TESTED = LimitFacts(five_percent_owner=True, nhce_acp=0)


def answers(h: Household, facts: LimitFacts = TESTED) -> TroubleAnswers:
    rules = rules_of(h)
    return trouble_answers(Client(household=h, trouble=facts), plan_year(h, rules), rules)


def on_the_sheet(path: Path, client: Client) -> tuple[dict[str, Any], list[str]]:
    """The answers of the Testing sheet in a whole planner by name, and its sentences and notes."""
    sheets = planner(client)
    write_book(sheets, path)
    stored = computed_values(path)
    sheet = next(sheet for sheet in sheets if sheet.name == "Testing")
    names = {name: stored.get(("Testing", at.partition("!")[2].replace("$", ""))) for name, at in sheet.names.items()}
    words = [str(value) for (name, cell), value in stored.items() if name == "Testing" and cell[0] in "AC"]
    return names, words


def test_roth_ira_on_the_path_that_the_planner_chose(tmp_path: Path) -> None:
    """Blank path, earnings to a traditional IRA, both routes open: to the Roth IRA, so that 6% a year threatens.

    Others average 0, so all 48,000 may come back: 2,880 a year (4973). Of 60,000 elected 12,000 is too much: 720.
    """
    h = saver(earnings_to="traditional")
    plan = plan_year(h, rules_of(h))
    assert plan.headlines.path_taken == "Roth IRA"
    assert by_path(h, plan, 2026).roth_ira == 48_000_00  # box 2 of Form 5498
    found = answers(h)
    assert (found.refund_after_tax, found.refund_ira_excise) == (48_000_00, 2_880_00)
    assert (found.back_after_tax, found.back_ira_excise) == (12_000_00, 720_00)
    names, words = on_the_sheet(tmp_path / "case.xlsx", Client(household=h, trouble=TESTED))
    assert (names["refund_ira_excise"], names["back_ira_excise"]) == (2_880, 720)
    assert any("After-tax already rolled to a Roth IRA" in sentence for sentence in words)


def test_recorded_conversions_went_where_the_record_says(tmp_path: Path) -> None:
    """An in-plan plan of which 2,000 was rolled to a Roth IRA by its record: 6% of it is 120."""
    h = saver(converted=(Converted(date(2026, 1, 20), Cents(2_000_00), Cents(0), "Roth IRA"),))
    assert plan_year(h, rules_of(h)).headlines.path_taken == "in plan"
    found = answers(h)
    assert (found.refund_ira_excise, found.back_ira_excise) == (120_00, 120_00)
    names, _ = on_the_sheet(tmp_path / "case.xlsx", Client(household=h, trouble=TESTED))
    assert (names["refund_ira_excise"], names["back_ira_excise"]) == (120, 120)
    assert answers(saver()).refund_ira_excise == answers(saver()).back_ira_excise == 0


def test_a_returned_deferral_ends_the_catch_up(tmp_path: Path) -> None:
    """Age 52: 32,500 here, 24,500 of it counted, 10,000 elsewhere; this plan returns 10,000 and 22,500 stays.

    A plan that knows its own deferrals alone has no catch-up then: 22,500 counts, 2,000 is freed. With 50,000 of
    after-tax 24,500 and 50,000 pass 72,000 by 2,500, and 500 stays too much.
    """
    h = saver(
        birth_date=date(1974, 3, 1),
        prior_wages=100_000_00,
        elections=(),
        elsewhere=10_000_00,
        ytd_date=date(2026, 6, 30),
        ytd_additions_pay=120_000_00,
        ytd_pretax=32_500_00,
        ytd_after_tax=50_000_00,
    )
    facts = LimitFacts(excess_from="this plan")
    found = answers(h, facts)
    assert (found.excess_deferral, found.excess_here, found.excess_leaves) == (10_000_00, 10_000_00, 2_000_00)
    assert (found.additions_elected, found.excess_additions) == (74_500_00, 500_00)
    names, _ = on_the_sheet(tmp_path / "case.xlsx", Client(household=h, trouble=facts))
    assert (names["excess_leaves"], names["excess_additions"]) == (2_000, 500)


def test_earnings_that_are_not_told_are_no_zero(tmp_path: Path) -> None:
    """A refund and a correction whose earnings are blank: what counts them is blank, with a word why."""
    client = Client(household=saver(), trouble=TESTED)
    found = answers(saver())
    assert (found.refund_earnings, found.refund_taxable, found.refund_tax) == (None, None, None)
    assert (found.back_earnings, found.back_taxable, found.back_tax) == (None, None, None)
    assert (found.excess_earnings, found.excess_tax) == (0, 0)  # nothing comes back
    names, words = on_the_sheet(tmp_path / "case.xlsx", client)
    assert [names[f"refund_{part}"] or "" for part in ("earnings", "taxable", "tax")] == ["", "", ""]
    assert sum(word.startswith("not told: give Earnings") for word in words) == 6
    told = answers(saver(), replace(TESTED, returned_earnings=Millionths(0)))
    assert (told.refund_earnings, told.refund_taxable, told.back_tax) == (0, 0, 0)


def test_an_employer_of_whom_it_is_not_told_whether_it_is_related(tmp_path: Path) -> None:
    h = saver(elsewhere=500_00)
    blank, no = LimitFacts(), LimitFacts(elsewhere_related=False)
    assert answers(h, blank).group_room == answers(h, no).group_room == 48_000_00
    _, words = on_the_sheet(tmp_path / "case.xlsx", Client(household=h, trouble=blank))
    assert any("If the other employer is unrelated, $48,000.00 of after-tax" in word for word in words)
    assert any("say yes or no on Inputs" in word for word in words)
    assert not any("An unrelated employer has" in word for word in words)
    _, words = on_the_sheet(tmp_path / "case.xlsx", Client(household=h, trouble=no))
    assert any("An unrelated employer has a 415(c) limit of its own: $48,000.00" in word for word in words)


def test_income_for_a_direct_roth_contribution_follows_the_path_too() -> None:
    """408A(c)(3)(B)(i): income of a rollover to a Roth IRA does not count, income of one in the plan does."""

    def to_ira(h: Household) -> bool:
        return converts_to_ira(Client(household=h), plan_year(h, rules_of(h)))

    assert to_ira(saver(earnings_to="traditional"))
    assert not to_ira(saver())
    row = Converted(date(2026, 1, 20), Cents(2_000_00), Cents(5_00), "Roth in plan")
    assert not to_ira(saver(conversion_path="Roth IRA", growth_rate=500_000, converted=(row,)))
