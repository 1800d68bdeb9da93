"""Federal income tax against two independent programs, the printed rate schedules, and plain fractions."""

from __future__ import annotations

import csv
from fractions import Fraction
from pathlib import Path
from typing import cast, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mbr_xl.engine.taxes.income_tax import (
    additional_medicare_tax,
    net_investment_income_tax,
    standard_deduction,
    tax_on,
    tax_on_next_dollar,
)
from mbr_xl.errors import InputError
from mbr_xl.rules import Filing, rules_for

STATUSES: tuple[Filing, ...] = get_args(Filing)
FROZEN = list(csv.DictReader((Path(__file__).parent / "cases" / "income_tax.csv").read_text("utf-8").splitlines()))
L2026 = rules_for(2026)


def test_frozen_rows_are_there() -> None:
    assert len(FROZEN) == 155
    assert {row["program"] for row in FROZEN} == {"taxcalc", "tenforty"}


@pytest.mark.parametrize("row", FROZEN, ids=[f"{i + 2}" for i in range(len(FROZEN))])
def test_as_another_program_has_it(row: dict[str, str]) -> None:
    """Tax-Calculator does not round; tenforty rounds to the cent itself, a half in floating point either way."""
    rules, status = rules_for(int(row["year"])), cast(Filing, row["status"])
    wages, interest = int(row["wages"]) * 100, int(row["interest"]) * 100
    deduction = standard_deduction(rules, status)
    assert deduction == round(float(row["standard_deduction"]) * 100)
    income = max(0, wages + interest - deduction)
    assert income == round(float(row["taxable_income"]) * 100)
    off = 0.501 if row["program"] == "taxcalc" else 1.001
    assert abs(tax_on(rules, status, income) - float(row["tax"]) * 100) <= off
    assert abs(additional_medicare_tax(rules, status, wages) - float(row["additional_medicare"]) * 100) <= off
    niit = net_investment_income_tax(rules, status, wages + interest, interest)
    assert abs(niit - float(row["niit"]) * 100) <= off


# Tax at the foot of a bracket as the rate schedules print it.
# 2024: irs.gov/media/166986, whose top of Y-2 is misprinted as 99,334.75, and franklinwealthsolutions.com, which has it
# right. 2025: broadridgeadvisor.com, hosickwealthmanagementgroup.com. 2026: by hand.
@pytest.mark.parametrize(
    ("year", "status", "income", "tax"),
    [
        (2024, "single", 191_950_00, 39_110_50),
        (2024, "single", 609_350_00, 183_647_25),
        (2024, "mfj", 487_450_00, 111_357_00),
        (2024, "mfj", 731_200_00, 196_669_50),
        (2024, "mfs", 365_600_00, 98_334_75),
        (2024, "hoh", 191_950_00, 37_417_00),
        (2024, "hoh", 243_700_00, 53_977_00),
        (2024, "hoh", 609_350_00, 181_954_50),
        (2025, "single", 11_925_00, 1_192_50),
        (2025, "single", 48_475_00, 5_578_50),
        (2025, "single", 103_350_00, 17_651_00),
        (2025, "single", 197_300_00, 40_199_00),
        (2025, "single", 250_525_00, 57_231_00),
        (2025, "single", 626_350_00, 188_769_75),
        (2025, "mfj", 96_950_00, 11_157_00),
        (2025, "mfj", 206_700_00, 35_302_00),
        (2025, "mfj", 394_600_00, 80_398_00),
        (2025, "mfj", 501_050_00, 114_462_00),
        (2025, "mfj", 751_600_00, 202_154_50),
        (2025, "qss", 751_600_00, 202_154_50),
        (2025, "mfs", 375_800_00, 101_077_25),
        (2025, "mfs_apart", 375_800_00, 101_077_25),
        (2025, "hoh", 64_850_00, 7_442_00),
        (2025, "hoh", 103_350_00, 15_912_00),
        (2025, "hoh", 197_300_00, 38_460_00),
        (2026, "single", 640_600_00, 192_979_25),
        (2026, "mfj", 768_700_00, 206_583_50),
        (2026, "mfj", 868_700_00, 243_583_50),
        (2026, "mfj", 0, 0),
    ],
)
def test_rate_schedules(year: int, status: Filing, income: int, tax: int) -> None:
    assert tax_on(rules_for(year), status, income) == tax


@given(
    st.sampled_from((2024, 2025, 2026)), st.sampled_from(STATUSES), st.integers(0, 300_000_000), st.integers(0, 10**6)
)
def test_a_dollar_at_a_time(year: int, status: Filing, income: int, more: int) -> None:
    """Never falling, at most the highest rate on what is added, and the sum of rates over the bracket slices."""
    rules = rules_for(year)
    table = rules.tax(status)
    exact = Fraction(0)
    for k, rate in enumerate(table.rates):
        low = table.edges[k - 1] if k else 0
        high = table.edges[k] if k < len(table.edges) else income + 1
        exact += Fraction(rate, 10**6) * max(0, min(income, high) - low)
    tax = tax_on(rules, status, income)
    assert abs(tax - exact) <= Fraction(1, 2)
    assert tax <= tax_on(rules, status, income + more) <= tax + Fraction(37, 100) * more + 1
    rate = tax_on_next_dollar(rules, status, income)
    if tax_on_next_dollar(rules, status, income + 100) == rate:
        assert abs(tax_on(rules, status, income + 100) - tax - rate / 10_000) <= 1


def test_the_next_dollar() -> None:
    assert tax_on_next_dollar(L2026, "single", 0) == 100_000
    assert tax_on_next_dollar(L2026, "single", 201_774_99) == 240_000
    assert tax_on_next_dollar(L2026, "single", 201_775_00) == 320_000  # the edge itself is still taxed at 24%
    assert tax_on_next_dollar(L2026, "mfj", 201_775_00) == 220_000
    assert tax_on_next_dollar(L2026, "mfs", 384_350_00) == 370_000


def test_standard_deduction() -> None:
    assert standard_deduction(L2026, "single") == 16_100_00
    assert standard_deduction(L2026, "single", 1) == 18_150_00  # 2,050 for 65 or blind, unmarried
    assert standard_deduction(L2026, "mfj", 2) == 35_500_00  # 1,650 each
    assert standard_deduction(L2026, "qss", 1) == 33_850_00  # unmarried in law, but 1,650: Rev. Proc. 2025-32
    assert standard_deduction(rules_for(2025), "hoh") == 23_625_00
    with pytest.raises(InputError, match="0 to 2"):
        standard_deduction(L2026, "hoh", 3)
    with pytest.raises(InputError, match="0 to 4"):
        standard_deduction(L2026, "mfj", 5)


def test_surtaxes() -> None:
    """By hand from 26 USC 3101(b)(2) and 1411."""
    assert additional_medicare_tax(L2026, "mfj", 250_000_00) == 0
    assert additional_medicare_tax(L2026, "mfj", 350_000_00) == 900_00
    assert additional_medicare_tax(L2026, "qss", 350_000_00) == 1_350_00  # no joint return: 200,000
    assert additional_medicare_tax(L2026, "mfs", 350_000_00) == 2_025_00
    assert net_investment_income_tax(L2026, "single", 230_000_00, 50_000_00) == 1_140_00  # 3.8% of 30,000
    assert net_investment_income_tax(L2026, "single", 300_000_00, 50_000_00) == 1_900_00
    assert net_investment_income_tax(L2026, "qss", 240_000_00, 50_000_00) == 0
    assert net_investment_income_tax(L2026, "mfj", -10_000_00, 50_000_00) == 0
    # a conversion is no investment income, but lifts the rest of it over the threshold: 3.8% of 10,000
    assert net_investment_income_tax(L2026, "single", 200_000_00, 10_000_00) == 0
    assert net_investment_income_tax(L2026, "single", 220_000_00, 10_000_00) == 380_00


def test_refusals() -> None:
    with pytest.raises(InputError, match=r"taxable income is -\$1: give dollars, 0 or more"):
        tax_on(L2026, "single", -100)
    with pytest.raises(InputError, match="not a filing status"):
        tax_on(L2026, "married", 100)  # type: ignore[arg-type]
    with pytest.raises(InputError, match="2023"):
        tax_on(rules_for(2023), "single", 100)
    with pytest.raises(InputError, match="2027"):
        tax_on_next_dollar(rules_for(2027), "single", 100)
    with pytest.raises(InputError, match="0 or more"):
        additional_medicare_tax(L2026, "single", -1)
    with pytest.raises(InputError, match="0 or more"):
        net_investment_income_tax(L2026, "single", 0, -1)
