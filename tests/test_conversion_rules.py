"""What is refused of the plan's terms and of recorded conversions, what is found in them, and what waiting costs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from mbr_xl.client import Client
from mbr_xl.engine.converting.conversion_answers import ConversionAnswers, conversion_answers, suspended
from mbr_xl.engine.converting.conversion_findings import conversion_findings
from mbr_xl.engine.converting.delay import CADENCES, compounded, delay_cost
from mbr_xl.engine.converting.path import path_taken
from mbr_xl.engine.plan import plan_year, rules_of
from mbr_xl.errors import InputError
from mbr_xl.household import Earlier, Election, Household, Span, Tier
from mbr_xl.records import Converted
from mbr_xl.results import YearPlan
from mbr_xl.rules import bank_holidays

BASE = Household(
    tax_year=2026,
    birth_date=date(1980, 1, 1),
    any_pay_date=date(2026, 1, 15),
    pay_frequency="monthly",
    annual_salary=120_000_00,
    in_service_withdrawal=True,
    cadence="quarterly",
    growth_rate=70_000,
    federal_rate=400_000,
    match_period="per pay",
    match_tiers=(Tier("share", 500_000, 60_000),),
    elections=(Election(date(2026, 1, 1), base_pretax=60_000, base_after_tax=100_000),),
)


def plan_of(**changes: Any) -> tuple[Household, YearPlan]:
    h = replace(BASE, **changes)
    return h, plan_year(h, rules_of(h))


def found(**changes: Any) -> dict[str, str]:
    return {one[1]: one[2] for one in conversion_findings(*plan_of(**changes))}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"conversion_path": "in plan", "in_plan_conversion": False}, "does not allow"),
        ({"conversion_path": "Roth IRA", "in_service_withdrawal": False}, "no in-service withdrawal"),
        ({"conversion_path": "in plan", "earnings_to": "traditional"}, "cannot go to a traditional IRA"),
        ({"in_plan_most": 0}, "1 to 12"),
        ({"withdrawals_most": 13}, "1 to 12"),
        ({"cost_years": 51}, "1 to 50"),
        ({"birth_date": None, "conversion_path": "Roth IRA", "withdrawal_age": 59}, "date of birth"),
        ({"conversion_windows": (Span(date(2026, 3, 2), date(2026, 3, 1)),)}, "before it starts"),
        ({"blackouts": (Span(date(2026, 3, 2), None),)}, "must be dates"),
        ({"earlier_conversions": (Earlier(date(2026, 2, 1)),)}, "converted"),
        ({"converted": (Converted(date(2025, 2, 1), 1),)}, "conversions of 2026"),
        ({"converted": (Converted(date(2026, 2, 1), 1),), "ytd_date": date(2026, 2, 1)}, "already hold"),
        ({"converted": (Converted(date(2026, 2, 1), 100, 101),)}, "above the amount"),
        ({"converted": (Converted(date(2026, 2, 1), -1),)}, "0 to"),
        ({"converted": (Converted(date(2026, 2, 1), 1), Converted(date(2026, 2, 1), 2))}, "add them up"),
        ({"converted": (Converted(date(2026, 2, 1), 1, to_traditional=1),)}, "sends nothing to a traditional IRA"),
        ({"converted": (Converted(date(2026, 2, 1), 1, to="IRA"),)}, "no place"),
    ],
)
def test_refused(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(InputError, match=words):
        plan_of(**changes)


@pytest.mark.parametrize(
    ("in_plan", "out", "asked", "earnings_to", "expect"),
    [
        (True, True, None, "roth", "in plan"),
        (True, True, "Roth IRA", "roth", "Roth IRA"),
        (False, True, None, "roth", "Roth IRA"),
        (True, False, None, "leave", "in plan"),
        (False, False, None, "roth", ""),
        (True, True, None, "traditional", "Roth IRA"),
    ],
)
def test_path_taken(in_plan: bool, out: bool, asked: Any, earnings_to: Any, expect: str) -> None:
    h = replace(
        BASE,
        in_plan_conversion=in_plan,
        in_service_withdrawal=out,
        conversion_path=asked,
        earnings_to=earnings_to,
        birth_date=date(1985, 1, 1),
    )
    assert path_taken(h) == plan_year(h, rules_of(h)).headlines.path_taken == expect


def test_a_withdrawal_suspends_six_months() -> None:
    """Quarter-ends: the withdrawal of March 31 reaches the pays of April to September, and so on to December."""
    h, plan = plan_of(conversion_path="Roth IRA", suspends_months=6, suspends_match=True)
    assert [pay.date.month for pay in suspended(h, plan)] == list(range(4, 13))
    # Each pay: 10,000 x 6% pre-tax, 10% after-tax, half of 6% matched.
    words = found(conversion_path="Roth IRA", suspends_months=6, suspends_match=True)["suspends_months"]
    assert "9 pays" in words
    assert "$14,400" in words
    assert "match of $2,700" in words
    assert "suspends_months" not in found(suspends_months=6), "an in-plan conversion suspends nothing"
    last, _ = plan_of(conversion_path="Roth IRA", suspends_months=6, withdrawals_most=1)
    assert suspended(last, plan_year(last, rules_of(last))) == ()


def test_findings() -> None:
    assert found() == {}
    assert "finds no day" in found(blackouts=(Span(date(2026, 12, 1), date(2026, 12, 31)),))["conversion_windows"]
    assert found(in_plan_most=1)["in_plan_most"].endswith("planned on Dec 31, 2026.")
    assert "less than $3,500" in found(conversion_minimum=3_500_00)["conversion_minimum"]
    assert "Form 8606" in found(earnings_to="traditional")["earnings_to"]
    assert "in writing" in found(conversion_path="Roth IRA", spousal_consent=True)["spousal_consent"]
    records = (Converted(date(2026, 3, 31), 3_100_00),)
    assert "more than the account held" in found(converted=(replace(records[0], taxable=0),))["converted_amount"]
    assert "not confirmed" in found(converted=records)["converted_taxable"]
    assert "is blank" in found(separate_contract=False)["other_value"]
    assert "pro rata over the whole" in found(separate_contract=False, other_value=100_000_00)["separate_contract"]


def answers(**changes: Any) -> ConversionAnswers:
    h, plan = plan_of(**changes)
    return conversion_answers(Client(household=h), plan, rules_of(h))


def test_what_waiting_costs_this_household() -> None:
    """As MBR_DELAY_COST with 1,000 on each pay date; over ten years the extra tax as an annuity by hand."""
    _, plan = plan_of()
    waits = delay_cost([(pay.date, 1_000_00) for pay in plan.pays], 70_000, 400_000, bank_holidays())
    got = answers()
    assert got.cost_tax == tuple(line.tax for line in waits)
    assert got.cost_last[-1] == date(2027, 12, 31)
    assert len(got.cost_more) == len(CADENCES)
    assert got.cost_compounded == tuple(compounded(line.more, 10, 70_000) for line in waits)
    assert got.cost_compounded[0] == 0


def test_counts() -> None:
    got = answers(
        in_plan_most=1, blackouts=(Span(date(2026, 12, 1), date(2026, 12, 31)),), conversion_minimum=50_000_00
    )
    assert (got.days_wanted, got.days_unplaced, got.days_too_small) == (4, 1, 1)


def test_fees() -> None:
    assert plan_of(in_plan_fee=25_00)[1].headlines.total_conversion_fees == 100_00
    assert plan_of(withdrawal_fee=25_00)[1].headlines.total_conversion_fees == 0
    assert plan_of(withdrawal_fee=25_00, conversion_path="Roth IRA", withdrawals_most=2)[
        1
    ].headlines.total_conversion_fees == (50_00)
