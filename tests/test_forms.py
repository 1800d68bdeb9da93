"""Forms to expect of a planned year: boxes by path, the split, a loss, two years, W-2, and when forms come."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

import pytest

from mbr_workbooks.sample import sample_household
from mbr_xl.client import Client
from mbr_xl.engine.paper.by_path import by_path, taxable_of
from mbr_xl.engine.paper.expected import ExpectedForms, expected_forms
from mbr_xl.engine.paper.form_1099r import Boxes
from mbr_xl.engine.paper.form_dates import amended_until, form_dates
from mbr_xl.engine.plan import plan_year, rules_of
from mbr_xl.household import Election, Household
from mbr_xl.money import Cents
from mbr_xl.records import Converted
from mbr_xl.rules import bank_holidays
from mbr_xl.tax_facts import TaxFacts
from tests.households import random_household
from tests.random_conversions import with_conversion_rules


def household(**changes: Any) -> Household:
    """Monthly pay of 10,000.00 on the last business day, 1,000.00 of it after-tax, converted two business days on."""
    given: dict[str, Any] = {
        "tax_year": 2026,
        "birth_date": date(1980, 5, 5),
        "pay_frequency": "monthly",
        "any_pay_date": date(2026, 1, 31),
        "annual_salary": 120_000_00,
        "posting_lag": 1,
        "conversion_lag": 1,
        "elections": (Election(date(2026, 1, 1), base_pretax=50_000, base_roth=50_000, base_after_tax=100_000),),
    }
    return Household(**{**given, **changes})


def expected(saver: Household, **facts: Any) -> ExpectedForms:
    rules = rules_of(saver)
    return expected_forms(Client(household=saver, tax=TaxFacts(**facts)), plan_year(saver, rules), rules)


def amounts(form: Boxes) -> tuple[float, float, float]:
    return form.box_1 / 100, form.box_2a / 100, form.box_5 / 100


def account(value: float, basis: float, **changes: Any) -> Household:
    """A year whose only after-tax money is the opening account, converted on January 2."""
    return household(
        opening_value=round(value * 100),
        opening_basis=round(basis * 100),
        elections=(),
        annual_salary=120_000_00,
        **changes,
    )


@pytest.mark.parametrize(
    ("case", "saver", "in_plan", "rollover"),
    [
        ("TC-60, thefinancebuff.com: 10,000 and 200", account(10_200, 10_000), (10_200, 200, 10_000), (0, 0, 0)),
        (
            "the same out to a Roth IRA",
            account(10_200, 10_000, in_plan_conversion=False, in_service_withdrawal=True),
            (0, 0, 0),
            (10_200, 200, 10_000),
        ),
        (
            "TC-74: the split, earnings of 1,000 to a traditional IRA",
            account(11_000, 10_000, in_service_withdrawal=True, earnings_to="traditional"),
            (0, 0, 0),
            (11_000, 0, 10_000),
        ),
        ("TC-71: a loss, box 5 all that was put in", account(4_000, 5_000), (4_000, 0, 5_000), (0, 0, 0)),
        (
            "the basis carried by the plan",
            account(4_000, 5_000, unrecovered_basis="carried"),
            (4_000, 0, 4_000),
            (0, 0, 0),
        ),
        (
            "irahelp.com post 30759: 9,852 and 407 to a Roth IRA",
            account(10_259, 9_852, conversion_path="Roth IRA", in_service_withdrawal=True),
            (0, 0, 0),
            (10_259, 407, 9_852),
        ),
        ("TC-75, benefitslink: 30,100 in plan", account(30_100, 30_000), (30_100, 100, 30_000), (0, 0, 0)),
        (
            "earnings left: an amount equal to the basis, pro rata",
            account(10_200, 10_000, earnings_to="leave"),
            (10_000, 196.08, 9_803.92),
            (0, 0, 0),
        ),
        (
            "CC-9: one contract with 40,000 pre-tax",
            account(10_000, 10_000, separate_contract=False, other_value=40_000_00),
            (10_000, 8_000, 2_000),
            (0, 0, 0),
        ),
        ("nothing converted", account(10_200, 10_000, cadence="none"), (0, 0, 0), (0, 0, 0)),
    ],
)
def test_1099r(case: str, saver: Household, in_plan: tuple[float, ...], rollover: tuple[float, ...]) -> None:
    found = expected(saver)
    assert (amounts(found.in_plan), amounts(found.rollover)) == (in_plan, rollover), case
    assert found.of_iras.roth_ira == found.rollover.box_1 - found.to_traditional
    assert found.of_iras.traditional == found.to_traditional


def test_a_december_pay_is_on_both_years_forms() -> None:
    # Pay of Thursday, December 31 posts on Monday, January 4 and is converted on January 5, 2027.
    found = expected(household())
    assert amounts(found.in_plan) == (11_000, 0, 11_000)
    assert amounts(found.next_year) == (1_000, 0, 1_000)
    assert found.w2.box_14 == 12_000_00
    assert found.unconfirmed == 11


def test_year_to_date_counts() -> None:
    saver = household(
        ytd_date=date(2026, 6, 30), ytd_additions_pay=60_000_00, ytd_after_tax=6_000_00, ytd_converted=6_050_00,
        ytd_taxable=50_00, ytd_pretax=3_000_00, ytd_roth=3_000_00,
    )  # fmt: skip
    found = expected(saver)
    assert amounts(found.in_plan) == (11_050, 50, 11_000)
    assert (found.w2.box_5, found.w2.box_12_d, found.w2.box_12_aa) == (120_000_00, 6_000_00, 6_000_00)
    assert expected(saver, gross_to_date=61_000_00).w2.box_5 == 121_000_00


def test_recorded_conversions_of_two_paths() -> None:
    rows = (
        Converted(date(2026, 2, 3), Cents(600_00), Cents(1_00), "Roth in plan", confirmed=True),
        Converted(date(2026, 2, 3), Cents(400_00), None, "Roth IRA", confirmed=True),
        Converted(date(2026, 3, 3), Cents(1_000_00), Cents(0), "Roth IRA", Cents(5_00), confirmed=False),
    )
    saver = household(in_service_withdrawal=True, converted=rows)
    found = expected(saver)
    assert amounts(found.rollover) == (1_405, 0, 1_400)
    assert (found.of_iras.roth_ira, found.of_iras.traditional) == (1_400_00, 5_00)
    # 600.00 recorded in the plan, then the pays of March to November as planned.
    assert found.in_plan.box_1 == 600_00 + 9 * 1_000_00
    plan = plan_year(saver, rules_of(saver))
    in_2026 = [line for line in plan.conversions if line.tax_year == 2026]
    assert found.unconfirmed == len(in_2026) - 1
    assert found.both.box_1 == sum(line.converted + line.to_traditional for line in in_2026)
    assert found.both.box_2a == sum(line.taxable for line in in_2026)


def test_an_unknown_taxable_part_is_shared_by_amount() -> None:
    day = date(2026, 2, 3)
    rows = (Converted(day, Cents(600_00), None, "Roth in plan"), Converted(day, Cents(300_00), None, "Roth IRA"))
    saver = household(growth_rate=500_000, in_service_withdrawal=True, converted=rows)
    lines = list(plan_year(saver, rules_of(saver)).conversions)
    found = next(line for line in lines if line.date == day)
    parts = [taxable_of(row, rows, lines) for row in rows]
    assert sum(parts) == found.taxable > 0
    assert parts[1] == round(found.taxable / 3)


def test_parts_of_any_year_add_up() -> None:
    for seed in range(60):
        rng = random.Random(seed)
        saver = with_conversion_rules(random_household(seed), rng)
        plan = plan_year(saver, rules_of(saver))
        for year in (saver.tax_year, saver.tax_year + 1):
            lines = [line for line in plan.conversions if line.tax_year == year]
            found = by_path(saver, plan, year)
            before = saver.ytd_converted if year == saver.tax_year else 0
            taxed = saver.ytd_taxable if year == saver.tax_year else 0
            assert found.in_plan + found.roth_ira == sum(line.converted for line in lines) + before
            assert found.in_plan_taxable + found.roth_ira_taxable == sum(line.taxable for line in lines) + taxed
            assert found.to_traditional == sum(line.to_traditional for line in lines)


def test_w2() -> None:
    # 120,000 of pay, 6,000 each pre-tax and Roth; 2,000 of section 125 benefits leave all three wage boxes.
    w2 = expected(household(), wage_benefits=2_000_00).w2
    assert (w2.box_1, w2.box_3, w2.box_5) == (112_000_00, 118_000_00, 118_000_00)
    assert (w2.box_12_d, w2.box_12_aa) == (6_000_00, 6_000_00)
    high = expected(household(annual_salary=300_000_00)).w2
    assert (high.box_3, high.box_5) == (184_500_00, 300_000_00)  # SSA: wage base of 2026


@pytest.mark.parametrize(
    ("year", "january", "may", "due"),
    [
        # 2027: January 31 is a Sunday, May 31 Memorial Day.
        (2026, date(2027, 2, 1), date(2027, 6, 1), date(2027, 4, 15)),
        (2025, date(2026, 2, 2), date(2026, 6, 1), date(2026, 4, 15)),  # a Saturday, a Sunday
        (2024, date(2025, 1, 31), date(2025, 6, 2), date(2025, 4, 15)),  # a Saturday
        (2022, date(2023, 1, 31), date(2023, 5, 31), date(2023, 4, 18)),  # IRS: April 18, 2023, Emancipation Day
        (2021, date(2022, 1, 31), date(2022, 5, 31), date(2022, 4, 18)),  # IRS: April 18, 2022
    ],
)
def test_when_forms_come(year: int, january: date, may: date, due: date) -> None:
    found = form_dates(year, bank_holidays())
    assert (found.january, found.may, found.return_due) == (january, may, due)


def test_an_early_return_counts_as_filed_when_due() -> None:
    assert amended_until(date(2027, 4, 15), date(2027, 2, 1)) == date(2030, 4, 15)
    assert amended_until(date(2027, 4, 15), date(2027, 10, 1)) == date(2030, 10, 1)
    assert amended_until(date(2028, 4, 18), date(2028, 2, 29)) == date(2031, 4, 18)


def test_the_sample() -> None:
    # 26 pays and the bonus: 39,900.00 of after-tax, 6.33 of growth (test_planner.py, by hand).
    found = expected(sample_household())
    assert amounts(found.in_plan) == (39_906.33, 6.33, 39_900)
    assert found.w2.box_12_d == 24_380_00
    assert found.w2.box_1 == (208_000 + 30_000 + 72_000 - 24_380) * 100
