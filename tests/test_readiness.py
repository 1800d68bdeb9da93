"""What is open, done or not told, each with its number by hand; goals by hand and against the order of the law."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from mbr_xl.cash_facts import CashFacts
from mbr_xl.client import Client
from mbr_xl.engine.paper.roth_ira import roth_ira, withdraw
from mbr_xl.engine.plan import plan_year, rules_of
from mbr_xl.engine.years_ahead.goals import is_qualified, ledger_free
from mbr_xl.engine.years_ahead.way_out import way_out
from mbr_xl.errors import InputError
from mbr_xl.future_answers import ReadinessAnswers, goal_lines, readiness_answers
from mbr_xl.future_facts import FutureFacts, Goal
from mbr_xl.household import Election, Household, Tier
from mbr_xl.ira_facts import IraFacts
from mbr_xl.money import Cents
from mbr_xl.paper_facts import PaperFacts
from mbr_xl.records import LedgerEntry
from tests.random_future import random_ledger

HALF_OF_SIX: Any = (Tier("share", 500_000, 60_000),)  # type: ignore[arg-type]


def saver(**changes: Any) -> Household:
    """Paid 200,000 biweekly, defers 10%, 10% after-tax; half of 6% is matched on the year's pay."""
    election: dict[str, Any] = {"base_pretax": 100_000, "base_after_tax": 100_000}
    given: dict[str, Any] = {
        "tax_year": 2026,
        "birth_date": date(1985, 6, 15),
        "any_pay_date": date(2026, 1, 9),
        "annual_salary": 200_000_00,
        "match_period": "annual",
        "match_tiers": HALF_OF_SIX,
        "elections": (Election(date(2026, 1, 1), **election),),
        **changes,
    }
    return Household(**given)


def answers(household: Household | None = None, spending: int = 0, iras: Any = None, **facts: Any) -> ReadinessAnswers:
    household = household or saver()
    rules = rules_of(household)
    given = Client(
        household=household,
        cash=CashFacts(monthly_spending=Cents(spending)),
        iras=iras or IraFacts(),
        future=FutureFacts(**facts),
    )
    return readiness_answers(given, plan_year(household, rules), rules)


def test_nothing_told() -> None:
    found = answers()
    told = {name for name in ReadinessAnswers.__dataclass_fields__ if name.startswith("ready_")}
    assert {name for name in told if getattr(found, name) != "not told"} == {
        "ready_match", "ready_deferral", "ready_mega"
    }  # fmt: skip
    assert (found.before_open, found.before_untold) == (1, 4)  # 20,000 of 24,500 deferred


@pytest.mark.parametrize(
    ("facts", "status", "wanted", "short", "spare"),
    [
        ({"emergency_months": 6, "liquid_savings": 50_000_00}, "open", 54_000_00, 4_000_00, 0),
        ({"emergency_months": 6, "liquid_savings": 54_000_00}, "done", 54_000_00, 0, 0),
        ({"emergency_months": 6, "liquid_savings": 60_000_00}, "done", 54_000_00, 0, 6_000_00),
        ({"emergency_months": 6}, "not told", 0, 0, 0),
        ({"liquid_savings": 50_000_00}, "not told", 0, 0, 0),  # no months: nothing counts as spare
    ],
)
def test_emergency_fund(facts: dict[str, Any], status: str, wanted: int, short: int, spare: int) -> None:
    found = answers(spending=9_000_00, **facts)
    assert (found.ready_emergency, found.emergency_wanted) == (status, wanted)
    assert (found.emergency_short, found.spare_savings) == (short, spare)


def test_an_emergency_fund_without_spending_is_not_told() -> None:
    found = answers(emergency_months=6, liquid_savings=60_000_00)
    assert (found.ready_emergency, found.spare_savings) == ("not told", 0)


def test_insurance() -> None:
    all_told: dict[str, Any] = dict.fromkeys(
        ("insured_health", "insured_disability", "insured_life", "insured_umbrella"), "yes"
    )
    assert answers(**all_told).ready_insurance == "done"
    assert answers(**{**all_told, "insured_life": "not needed"}).ready_insurance == "done"
    found = answers(**{**all_told, "insured_life": "no", "insured_umbrella": "no"})
    assert (found.ready_insurance, found.insurance_missing) == ("open", 2)
    assert answers(insured_health="yes").ready_insurance == "not told"
    assert answers(insured_health="no").ready_insurance == "open"


def test_match_and_limit() -> None:
    found = answers()
    assert (found.ready_match, found.match_short) == ("done", 0)
    assert (found.ready_deferral, found.deferral_short) == ("open", 4_500_02)  # 24,500 - 26 x 769.23
    less: Any = (Election(date(2026, 1, 1), base_pretax=40_000),)  # type: ignore[arg-type]
    found = answers(saver(elections=less))
    assert found.ready_match == "open"
    assert found.match_short == 2_000_03  # 3% of 200,000.06, less half of 26 x 307.69
    assert answers(saver(match_period="none", match_tiers=())).ready_match == "not told"
    full: Any = (Election(date(2026, 1, 1), base_pretax=200_000),)  # type: ignore[arg-type]
    assert answers(saver(elections=full)).ready_deferral == "done"
    assert answers(saver(elections=full, elsewhere=4_500_00)).deferral_short == 0


@pytest.mark.parametrize(
    ("facts", "born", "status", "limit", "short"),
    [  # Rev. Proc. 2025-19: 4,400 and 8,750 for 2026; 26 USC 223(b)(3): 1,000 from 55
        ({"hsa_coverage": "self-only", "hsa_contributed": 4_000_00}, 1985, "open", 4_400_00, 400_00),
        ({"hsa_coverage": "family", "hsa_contributed": 8_750_00}, 1985, "done", 8_750_00, 0),
        ({"hsa_coverage": "family", "hsa_contributed": 8_750_00}, 1971, "open", 9_750_00, 1_000_00),
        ({"hsa_coverage": "family", "hsa_contributed": 8_750_00}, 1972, "done", 8_750_00, 0),
        ({"hsa_coverage": "family"}, 1985, "not told", 8_750_00, 0),
        ({"hsa_coverage": "none"}, 1985, "done", 0, 0),
        ({"hsa_contributed": 1_000_00}, 1985, "not told", 0, 0),
        ({"hsa_coverage": "family", "hsa_contributed": 12_000_00}, 1985, "open", 8_750_00, 0),
    ],
)
def test_hsa(facts: dict[str, Any], born: int, status: str, limit: int, short: int) -> None:
    household = saver(birth_date=date(born, 12, 31), prior_wages=0)
    found = answers(household, **facts)
    assert (found.ready_hsa, found.hsa_limit, found.hsa_short) == (status, limit, short)


def test_an_hsa_over_its_limit_is_open() -> None:
    """12,000 against the family limit of 8,750; 26 USC 4973(g): 6% a year on 3,250. Without coverage the limit is 0."""
    found = answers(hsa_coverage="family", hsa_contributed=12_000_00)
    assert (found.ready_hsa, found.hsa_over, found.before_open) == ("open", 3_250_00, 2)
    found = answers(hsa_coverage="none", hsa_contributed=1_000_00)
    assert (found.ready_hsa, found.hsa_over) == ("open", 1_000_00)
    assert answers(hsa_coverage="family", hsa_contributed=8_750_00).hsa_over == 0
    assert answers(hsa_contributed=12_000_00).hsa_over == 0


def test_a_plan_without_after_tax_is_not_done() -> None:
    election: Any = (Election(date(2026, 1, 1), base_pretax=100_000),)  # type: ignore[arg-type]
    found = answers(saver(after_tax_allowed=False, elections=election))
    assert (found.ready_mega, found.mega_unused) == ("not offered", 0)


def test_ordinary_backdoor() -> None:
    made = IraFacts(ira_contributed=Cents(7_500_00), ira_converted=Cents(7_500_00))
    half = IraFacts(ira_contributed=Cents(7_500_00), ira_converted=Cents(5_000_00))
    assert answers(iras=made).ready_backdoor == "done"
    assert (answers(iras=half).ready_backdoor, answers(iras=half).backdoor_left) == ("open", 2_500_00)
    assert answers(backdoor_done="no", iras=made).ready_backdoor == "open"
    assert answers(backdoor_done="not possible").ready_backdoor == "done"


def test_beside_it() -> None:
    found = answers(espp_offered=True, espp_discount=150_000, espp_used=False)
    assert (found.ready_espp, found.espp_gain) == ("open", 176_471)  # 0.15 / 0.85 = 0.17647
    assert answers(espp_offered=True, espp_used=True).ready_espp == "done"
    assert answers(espp_offered=False).ready_espp == "done"
    assert answers(espp_offered=True).ready_espp == "not told"
    found = answers(fsa_costs=3_000_00, fsa_elected=1_000_00)
    assert (found.ready_fsa, found.fsa_short) == ("open", 2_000_00)
    assert answers(fsa_costs=0).ready_fsa == "done"
    assert answers(fsa_costs=3_000_00).ready_fsa == "not told"
    found = answers()
    assert (found.ready_mega, found.mega_unused) == (
        "open",
        plan_year(saver(), rules_of(saver())).headlines.after_tax_unused,
    )


@pytest.mark.parametrize(
    ("changes", "cut", "lost"),
    [
        ({}, 50_000_00, 1_500_00),  # 3% of 50,000
        ({"annual_salary": 500_000_00}, 140_000_00, 0),  # 360,000 still count
        ({"annual_salary": 500_000_00}, 200_000_00, 1_800_00),  # 3% of the 60,000 below the limit
        ({"match_tiers": (Tier("dollars", 500_000, 6_000_00),)}, 50_000_00, 0),  # type: ignore[arg-type]
        ({"match_period": "none", "match_tiers": ()}, 50_000_00, 0),
        ({}, 900_000_00, 6_000_00),  # no more than all of it
        (
            {"match_change_date": date(2026, 7, 1), "match_tiers_after": (Tier("share", 1_000_000, 60_000),)},  # type: ignore[arg-type]
            50_000_00,
            2_250_00,  # 13 of 26 pays each: 3% of 25,000 and 6% of 25,000
        ),
    ],
)
def test_deferred_compensation_costs_match(changes: dict[str, Any], cut: int, lost: int) -> None:
    election: dict[str, Any] = {"base_pretax": 120_000}
    household = saver(elections=(Election(date(2026, 1, 1), **election),), **changes)
    found = answers(household, nqdc_deferred=cut)
    assert abs(found.nqdc_match_lost - lost) <= 13, "26 pays of 7,692.31 are 6 cents more than 200,000"
    unmatched = "not told" if household.match_period == "none" else "done"
    assert found.ready_nqdc == ("open" if found.nqdc_match_lost else unmatched)
    assert answers(household, nqdc_deferred=cut, nqdc_counts=True).nqdc_match_lost == 0
    assert answers(household, nqdc_deferred=0).ready_nqdc == "done"


def goals(*given: tuple[Any, date, int], household: Household | None = None, **others: Any) -> Any:
    household = household or saver(in_plan_conversion=False, in_service_withdrawal=True)
    paper = others.pop("paper", PaperFacts())
    facts: dict[str, Any] = {
        "years_to_go": 30, "future_growth": 100_000, "yearly_after_tax": 10_000_00,
        "goals": tuple(Goal(what, day, Cents(amount)) for what, day, amount in given), **others,
    }  # fmt: skip
    client = Client(
        household=household, cash=CashFacts(monthly_spending=Cents(1_000_00)), future=FutureFacts(**facts), paper=paper
    )
    return goal_lines(client, plan_year(household, rules_of(household)))


def test_a_roth_ira_gives_what_went_in() -> None:
    """Two year-ends before June 2028: 20,000 went in; 10,500 + ... of growth stays out of reach before 59 1/2."""
    (found,) = goals(("home", date(2028, 6, 1), 25_000_00))
    assert (found.roth, found.short, found.qualified, found.earnings_share) == (20_000_00, 5_000_00, False, 0)
    (found,) = goals(("home", date(2028, 12, 31), 25_000_00))
    assert (found.roth, found.short) == (30_000_00, 0)


THIRTY: dict[str, Any] = {"future_growth": 50_000, "yearly_after_tax": 30_000_00}
ONLY_OUT: dict[str, Any] = {"in_plan_conversion": False, "in_service_withdrawal": True}


def test_no_money_before_the_age_of_withdrawal() -> None:
    """Born June 15, 1985: 59 1/2 on December 15, 2044. Nothing can have been converted by June 2031."""
    out = saver(**ONLY_OUT, withdrawal_age=59)
    (found,) = goals(("home", date(2031, 6, 1), 100_000_00), household=out, **THIRTY)
    assert (found.accessible, found.short, found.qualified) == (0, 100_000_00, False)
    eve, after, free = goals(
        ("home", date(2044, 12, 30), 1_00), ("home", date(2044, 12, 31), 1_00), ("other", date(2049, 1, 1), 1_00),
        household=out, **THIRTY,
    )  # fmt: skip
    assert (eve.roth, after.roth) == (0, 19 * 30_000_00)  # 19 year-ends, 2026 to 2044
    # The first conversion is of 2044, five taxable years end with 2048. The 19 deposits grow four years from then on
    # (570,000 x 1.05^4 = 692,838.56), those of 2045 to 2048 3, 2, 1, 0 (129,303.75); 1.00 was taken 4 years before.
    assert (after.qualified, free.qualified, free.roth) == (False, True, 692_838_56 + 129_303_75 - 1_22)


def test_no_money_before_its_months_in_the_plan() -> None:
    """60 months: what is put in in 2026 may leave in 2031, and counts from the end of that year."""
    out = saver(**ONLY_OUT, withdrawal_months=60)
    first, eve, then = goals(
        ("home", date(2029, 6, 1), 200_000_00), ("home", date(2031, 12, 30), 1_00), ("home", date(2031, 12, 31), 1_00),
        household=out, **THIRTY,
    )  # fmt: skip
    assert (first.accessible, first.short, eve.roth, then.roth) == (0, 200_000_00, 0, 30_000_00)


def test_the_clock_runs_from_the_first_possible_conversion() -> None:
    """Born January 1, 1971: 59 1/2 on July 1, 2030; qualified from January 1, 2035 (26 USC 408A(d)(2)(B))."""
    out = saver(**ONLY_OUT, withdrawal_age=59, birth_date=date(1971, 1, 1), prior_wages=0)
    june, eve, then = goals(
        ("home", date(2031, 6, 1), 1_00), ("home", date(2034, 12, 31), 1_00), ("home", date(2035, 1, 1), 1_00),
        household=out, **THIRTY,
    )  # fmt: skip
    assert (june.qualified, june.roth) == (False, 150_000_00)
    assert (eve.qualified, then.qualified) == (False, True)
    ledger = PaperFacts(ledger=(LedgerEntry(2020, "Roth IRA", "contribution", Cents(1_00)),))
    (found,) = goals(("home", date(2031, 6, 1), 1_00), household=out, paper=ledger, **THIRTY)
    assert (found.qualified, found.roth) == (True, 150_001_00)  # converted in 2030: no growth since a year-end


def test_money_of_which_no_conversion_can_be_told_does_not_count() -> None:
    out = saver(**ONLY_OUT, conversion_minimum=900_000_00)
    (found,) = goals(("home", date(2031, 6, 1), 1_00), household=out)
    assert (found.roth, found.qualified) == (0, False)


def test_the_plan_gives_pro_rata() -> None:
    """After two years 10,000 x 1.1 + 10,000 = 21,000, of it 1,000 earnings: 4.7619% of each dollar."""
    (found,) = goals(("home", date(2028, 6, 1), 25_000_00), household=saver())
    assert (found.roth, found.short, found.earnings_share) == (0, 25_000_00, 47_619)


def test_earnings_count_once_qualified() -> None:
    """Born June 15, 1985: 59 1/2 on December 15, 2044; by the end of 2043, 18 years at 10%."""
    (before,) = goals(("other", date(2044, 12, 14), 1_00))
    (after,) = goals(("other", date(2044, 12, 15), 1_00))
    assert (before.qualified, before.roth) == (False, 180_000_00)
    assert (after.qualified, after.roth) == (True, 455_991_73)  # 10,000 x (1.1^18 - 1) / 0.1
    assert goals(("other", date(2044, 12, 15), 1_00), household=saver())[0].roth == 455_991_73


def test_no_dollar_serves_two_goals() -> None:
    """Savings 5,000 beyond the fund serve first; then 20,000 of Roth money by June 2028, 10,000 more a year later."""
    first, second, third = goals(
        ("home", date(2028, 6, 1), 12_000_00),
        ("education", date(2028, 9, 1), 20_000_00),
        ("business", date(2029, 6, 1), 12_000_00),
        emergency_months=3,
        liquid_savings=8_000_00,
    )
    assert (first.savings, first.roth, first.short) == (5_000_00, 20_000_00, 0)
    assert (second.savings, second.roth, second.short) == (0, 13_000_00, 7_000_00)
    assert (third.roth, third.short) == (10_000_00, 2_000_00)


def test_what_was_taken_does_not_grow_any_more() -> None:
    """10,000 taken in 2028 after two year-ends are 10,000 x 1.1^16 = 45,949.73 less by the end of 2043."""
    _, found = goals(("home", date(2028, 6, 1), 10_000_00), ("other", date(2044, 12, 20), 1_00))
    assert found.roth == 455_991_73 - 45_949_73


def test_unconverted_money_is_never_qualified() -> None:
    (found,) = goals(("other", date(2050, 1, 2), 1_00), household=saver(cadence="none"))
    assert (found.qualified, found.roth) == (False, 0)


def test_growth_not_told_counts_this_year_alone() -> None:
    (found,) = goals(("home", date(2030, 1, 2), 25_000_00), years_to_go=None)
    assert found.roth == 10_000_00


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ([("home", date(2025, 12, 31), 1_00)], "Row 1 of goals is dated"),
        ([("home", date(2027, 1, 1), 1_00), ("home", date(2026, 12, 31), 1_00)], "Row 2 of goals is dated"),
        ([("home", date(2027, 1, 1), 0)], "above 0"),
    ],
)
def test_goals_refused(given: list[Any], words: str) -> None:
    with pytest.raises(InputError, match=words):
        goals(*given)


def test_ledger_by_hand() -> None:
    """Bob (Ives, TC-91): 25,000 of basis converted, withdrawn at 43 within five years: no tax, no 10%.
    Taxed conversions count after five taxable years: 2022 on January 1, 2027."""
    bob = [LedgerEntry(2024, "Roth IRA", "conversion", Cents(25_000_00))]
    assert ledger_free(bob, date(2026, 6, 1), False) == 25_000_00
    taxed = [LedgerEntry(2022, "Roth IRA", "conversion", Cents(10_000_00), Cents(4_000_00))]
    assert ledger_free(taxed, date(2026, 12, 31), False) == 6_000_00
    assert ledger_free(taxed, date(2027, 1, 1), False) == 10_000_00
    assert ledger_free(taxed, date(2026, 12, 31), True) == 10_000_00
    out = [*taxed, LedgerEntry(2025, "Roth IRA", "withdrawal", Cents(7_000_00))]
    assert ledger_free(out, date(2026, 12, 31), False) == 0


def test_ledger_is_never_above_the_law(base_seed: int) -> None:
    """Against the engine of the order of the law: equal without withdrawals, else at most as much."""
    rng = random.Random(base_seed)
    equal = 0
    for _ in range(400):
        ledger = random_ledger(rng, 2026)
        if any(one.kind == "withdrawal" and one.account == "Roth IRA" for one in ledger):
            ledger = ledger if rng.random() < 0.5 else tuple(one for one in ledger if one.kind != "withdrawal")
        day, old = date(2026 + rng.randint(0, 6), 7, 1), rng.random() < 0.3
        entries = [one for one in ledger if one.account == "Roth IRA"]
        account = replace(roth_ira(entries, day.year), first_year=day.year)  # a clock that is not done: no earnings
        law = withdraw(account, 10**12, day, old).free
        found = ledger_free(ledger, day, old)
        assert found <= law
        if all(one.kind != "withdrawal" for one in entries):
            assert found == law
            equal += found > 0
    assert equal > 30


def test_clocks() -> None:
    """Five taxable years from the first year of the account that the path leads to; without one, from this year."""
    old = saver(birth_date=date(1960, 1, 1), in_plan_conversion=False, in_service_withdrawal=True, prior_wages=0)
    entry = LedgerEntry(2022, "Roth IRA", "contribution", Cents(1_00))
    plan_entry = LedgerEntry(2022, "Roth 401(k)", "contribution", Cents(1_00))

    way = way_out(old, plan_year(old, rules_of(old)))

    def qualified(day: date, **paper: Any) -> bool:
        return is_qualified(Client(household=old, paper=PaperFacts(**paper)), way, day)

    assert not qualified(date(2030, 12, 31))
    assert qualified(date(2031, 1, 1))
    assert qualified(date(2027, 1, 1), ledger=(entry,))
    assert not qualified(date(2027, 1, 1), ledger=(plan_entry,))
    assert qualified(date(2027, 1, 1), roth_ira_since=2022)
    assert not qualified(date(2027, 1, 1), roth_plan_since=2022)
