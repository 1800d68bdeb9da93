"""A year's return and the rate on its next dollar: other programs, figures by hand, exact fractions."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any, cast, get_args

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mbr_xl.engine.taxes.income_tax import gains_rate_at, gains_tax, senior_deduction
from mbr_xl.engine.taxes.year_tax import Income, year_return
from mbr_xl.errors import InputError
from mbr_xl.rules import Filing, Rules, rules_for

STATUSES: tuple[Filing, ...] = get_args(Filing)
FROZEN = list(csv.DictReader((Path(__file__).parent / "cases" / "year_tax.csv").read_text("utf-8").splitlines()))
L2026 = rules_for(2026)


def test_frozen_rows_are_there() -> None:
    assert len(FROZEN) == 222
    assert {row["program"] for row in FROZEN} == {"taxcalc", "tenforty"}
    assert sum(row["seniors"] != "0" for row in FROZEN) > 60
    assert sum(float(row["niit"]) > 0 for row in FROZEN) > 60


@pytest.mark.parametrize("row", FROZEN, ids=[f"{i + 2}" for i in range(len(FROZEN))])
def test_as_another_program_has_it(row: dict[str, str]) -> None:
    """Tax-Calculator does not round; ours rounds the tax on ordinary income and on gains each, and so does tenforty."""
    amounts = {name: int(row[name]) * 100 for name in ("wages", "conversion", "interest", "gains")}
    people = {"seniors": int(row["seniors"]), "blind": int(row["blind"])}
    income = Income(**amounts, medicare_wages=amounts["wages"], **people)
    found = year_return(rules_for(int(row["year"])), cast(Filing, row["status"]), income)
    for ours, theirs in (
        (found.agi, "agi"),
        (found.taxable, "taxable_income"),
        (found.income_tax, "income_tax"),
        (found.additional_medicare, "additional_medicare"),
        (found.niit, "niit"),
    ):
        assert abs(ours - float(row[theirs]) * 100) <= (1.001 if row["program"] == "taxcalc" else 1.501), theirs


def dollars(**amounts: int) -> Income:
    people = ("seniors", "blind")
    return Income(**{name: amount if name in people else amount * 100 for name, amount in amounts.items()})


# By hand from the rate schedules of Rev. Proc. 2025-32.
@pytest.mark.parametrize(
    ("case", "status", "income", "taxable", "income_tax", "surtaxes", "total", "marginal"),
    [
        # 2,480 + 9,120 + 24,332 + 24% of 71,400 = 53,068 on 282,800; 15% of 20,000; 3.8% of 25,000; 0.9% of 50,000
        (
            "a couple with gains", "mfj",
            {"wages": 300_000, "medicare_wages": 300_000, "conversion": 10_000, "interest": 5_000, "gains": 20_000},
            302_800_00, 56_068_00, 1_400_00, 57_468_00, 240_000,
        ),
        # 1,240 + 4,560 + 12,166 + 24% of 88,200 = 39,134; 3.8% of 10,000; NIIT still grows
        (
            "the phase of the 3.8%", "single", {"wages": 190_000, "interest": 20_000},
            193_900_00, 39_134_00, 380_00, 39_514_00, 278_000,
        ),
        # senior deduction 6,000 less 6% of 25,000 = 4,500; 5,800 + 22% of 26,950 = 11,729
        (
            "a senior deduction that phases out", "single", {"other": 100_000, "seniors": 1},
            77_350_00, 11_729_00, 0, 11_729_00, 233_200,
        ),
        # 1,240 + 12% of 27,600 = 4,552 on 40,000; 15% of the 10,550 above 49,450; a dollar more pushes a gain up
        (
            "gains pushed from 0% to 15%", "single", {"wages": 56_100, "gains": 20_000},
            60_000_00, 6_134_50, 0, 6_134_50, 270_000,
        ),
        # 12% still reaches to 50,400, above 49,450 where gains begin to be taxed: the regular tax is less
        (
            "the regular tax is less", "single", {"wages": 65_550, "gains": 950},
            50_400_00, 5_800_00, 0, 5_800_00, 220_000,
        ),
        # 15% of 93,900 less 49,450; a dollar of wages uncovers a gain
        (
            "deductions reach into the gains", "single", {"wages": 10_000, "gains": 100_000},
            93_900_00, 6_667_50, 0, 6_667_50, 150_000,
        ),
        # nothing is taxable: 16,100 of deduction, and a dollar less than all of it
        ("under the deduction", "single", {"wages": 16_099}, 0, 0, 0, 0, 0),
        ("at the deduction", "single", {"wages": 16_100}, 0, 0, 0, 0, 100_000),
        # 1,240 of tax, 2,000 of credits: the next dollar is free; other taxes stay
        (
            "credits beyond the tax", "single", {"wages": 28_500, "tax_credits": 2_000, "other_taxes": 300},
            12_400_00, 1_240_00, 300_00, 300_00, 0,
        ),
        ("a loss", "single", {"wages": 50_000, "other": -60_000}, 0, 0, 0, 0, 0),
    ],
)  # fmt: skip
def test_by_hand(
    case: str, status: Filing, income: dict[str, int], taxable: int, income_tax: int, surtaxes: int, total: int,
    marginal: int,
) -> None:  # fmt: skip
    found = year_return(L2026, status, dollars(**income))
    assert (found.taxable, found.income_tax) == (taxable, income_tax), case
    assert found.additional_medicare + found.niit + income.get("other_taxes", 0) * 100 == surtaxes, case
    assert found.total == total, case
    assert found.marginal == marginal, case


def test_gains_at_their_rates() -> None:
    """By hand: 49,450 at 0%, the rest to 545,500 at 15%, above at 20%."""
    assert gains_tax(L2026, "single", 0, 49_450_00) == 0
    assert gains_tax(L2026, "single", 0, 645_500_00) == 74_407_50 + 20_000_00
    assert gains_tax(L2026, "single", 545_500_00, 100_00) == 20_00
    assert gains_tax(L2026, "mfs_apart", 306_850_00, 100_00) == 20_00
    assert gains_rate_at(L2026, "hoh", 66_199_99) == 0
    assert gains_rate_at(L2026, "hoh", 66_200_00) == 150_000


def test_deduction_for_seniors() -> None:
    """26 USC 151(d)(5)(C): $6,000 each, 6% of what is above 75,000 or on a joint return 150,000; none separately."""
    assert senior_deduction(L2026, "mfj", 2, 200_000_00) == 6_000_00  # each 6,000 less 3,000
    assert senior_deduction(L2026, "single", 1, 75_000_00) == 6_000_00
    assert senior_deduction(L2026, "qss", 1, 175_000_00) == 0
    assert senior_deduction(L2026, "mfs", 2, 10_000_00) == 0
    assert senior_deduction(rules_for(2024), "single", 1, 10_000_00) == 0
    with pytest.raises(InputError, match="give 0 to 1"):
        senior_deduction(L2026, "hoh", 2, 0)


def test_refusals() -> None:
    with pytest.raises(InputError, match=r"figure for gains is -\$1"):
        year_return(L2026, "single", dollars(gains=-1))
    with pytest.raises(InputError, match="2027"):
        year_return(rules_for(2027), "single", dollars(wages=1))
    with pytest.raises(InputError, match="not a filing status"):
        year_return(L2026, cast(Filing, "married"), dollars(wages=1))


# The same return in exact fractions of a cent, by areas under the rates instead of by lines.


def area_under(rates: Sequence[int], edges: Sequence[int], low: Fraction, high: Fraction) -> Fraction:
    """The integral of the rates over the income from low to high."""
    cuts = sorted({low, high, *(Fraction(edge) for edge in edges if low < edge < high)})
    total = Fraction(0)
    for start, end in pairwise(cuts):
        middle = (start + end) / 2
        total += (end - start) * Fraction(rates[sum(edge < middle for edge in edges)], 10**6)
    return total


def exact_tax(rules: Rules, status: Filing, income: Income, more: Fraction) -> Fraction:
    """Income tax after credits and the 3.8% tax, with `more` cents of conversion."""
    table = rules.tax(status)
    agi = income.wages + income.conversion + income.other + income.interest + income.gains - income.adjustments + more
    senior = Fraction(0)
    if status not in ("mfs", "mfs_apart") and rules.year >= 2025:
        above = 150_000_00 if status == "mfj" else 75_000_00
        senior = income.seniors * max(Fraction(0), 6_000_00 - Fraction(6, 100) * max(Fraction(0), agi - above))
    standard = table.standard_deduction + (income.seniors + income.blind) * table.aged_or_blind
    deducted = (standard if income.itemized is None else income.itemized) + senior + income.other_deductions
    taxable = max(Fraction(0), agi - deducted)
    ordinary = max(Fraction(0), taxable - income.gains)
    zero = Fraction(0)
    stacked = area_under(table.rates, table.edges, zero, ordinary)
    stacked += area_under(table.gains_rates, table.gains_edges, ordinary, taxable)
    tax = min(stacked, area_under(table.rates, table.edges, zero, taxable))
    threshold = {"mfj": 250_000_00, "qss": 250_000_00, "mfs": 125_000_00, "mfs_apart": 125_000_00}.get(
        status, 200_000_00
    )
    invested = Fraction(income.interest + income.gains)
    niit = Fraction(38, 1000) * max(zero, min(invested, agi - threshold))
    return max(zero, tax - income.tax_credits) + niit


EDGES = (16_100, 49_450, 75_000, 98_900, 125_000, 150_000, 175_000, 200_000, 250_000, 545_500, 640_600, 768_700)
AMOUNTS = st.one_of(st.just(0), st.integers(0, 30_000), st.integers(0, 900_000), st.sampled_from(EDGES))


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from((2024, 2025, 2026)),
    st.sampled_from(STATUSES),
    st.fixed_dictionaries(
        dict.fromkeys(("wages", "conversion", "interest", "gains"), AMOUNTS)
        | {name: st.one_of(st.just(0), st.integers(0, 40_000)) for name in ("adjustments", "tax_credits")}
        | {"other": st.integers(-50_000, 50_000), "seniors": st.integers(0, 1), "blind": st.integers(0, 1)}
    ),
    st.one_of(st.none(), st.integers(0, 90_000)),
)
def test_against_exact_fractions(year: int, status: Filing, amounts: dict[str, Any], itemized: int | None) -> None:
    """The tax to a cent and a half (three lines are rounded), the next dollar's rate as a slope from the right."""
    rules = rules_for(year)
    income = dollars(**amounts, **({} if itemized is None else {"itemized": itemized}))
    found = year_return(rules, status, income)
    exact = exact_tax(rules, status, income, Fraction(0))
    assert abs(found.total - exact) <= 2
    step = Fraction(1, 10**4)  # of a cent: no rate changes within
    slope = (exact_tax(rules, status, income, step) - exact) / step
    # where the two ways of taxing gains come within a rounded cent of each other, either slope is right
    assume(found.ordinary_tax + found.gains_tax != found.income_tax or income.gains > 1_00 or income.gains == 0)
    assert Fraction(found.marginal, 10**6) == slope


@given(st.sampled_from(STATUSES), AMOUNTS, AMOUNTS, AMOUNTS, st.integers(1, 50_000))
def test_more_conversion_never_costs_less(status: Filing, wages: int, gains: int, interest: int, more: int) -> None:
    one = year_return(L2026, status, dollars(wages=wages, gains=gains, interest=interest))
    other = year_return(L2026, status, dollars(wages=wages, gains=gains, interest=interest, conversion=more))
    assert one.total <= other.total <= one.total + more * 100 * 0.6
    assert other.additional_medicare == one.additional_medicare
