"""IRA limits and Form 8606: published cases, by hand, and against plain fractions."""

from __future__ import annotations

from fractions import Fraction
from math import ceil
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mbr_xl.engine.iras.backdoor import form_8606, ira_limit, phased_out, roth_ira_limit, taxable
from mbr_xl.errors import InputError
from mbr_xl.money import Cents
from mbr_xl.rules import Filing, PhaseOut, rules_for

L2026 = rules_for(2026)


@pytest.mark.parametrize(
    ("year", "age", "compensation", "limit"),
    [
        (2026, 49, None, 7_500),  # TC-03, the article
        (2026, 50, None, 8_600),  # TC-03
        (2026, None, None, 7_500),
        (2026, 61, None, 8_600),  # no higher amount for 60 to 63 in an IRA
        (2026, 52, 5_000, 5_000),  # 219(b)(1)(B)
        (2026, 52, 0, 0),
        (2026, 52, 200_000, 8_600),
        (2024, 50, None, 8_000),
        (2019, 49, None, 6_000),
    ],
)
def test_ira_limit(year: int, age: int | None, compensation: int | None, limit: int) -> None:
    cents = None if compensation is None else compensation * 100
    assert ira_limit(rules_for(year), age, cents) == limit * 100


@pytest.mark.parametrize(
    ("case", "year", "status", "magi", "age", "limit"),
    [
        ("TC-32, bherila vectors", 2026, "mfj", 247_000, None, 3_750),
        ("by hand: at the start", 2026, "mfj", 242_000, None, 7_500),
        ("by hand: a dollar in, 7,499.25 up to the next ten", 2026, "mfj", 242_001, None, 7_500),
        ("by hand: 7,492.50 up", 2026, "mfj", 242_010, None, 7_500),
        ("by hand: 7,489.50 up", 2026, "mfj", 242_014, None, 7_490),
        ("by hand: never under 200", 2026, "mfj", 251_999, None, 200),
        ("by hand: at the end", 2026, "mfj", 252_000, None, 0),
        ("by hand: single, 8,600 x 10/15 is 5,733.33", 2026, "single", 158_000, 55, 5_740),
        ("by hand: head of household as single", 2026, "hoh", 158_000, 55, 5_740),
        ("by hand: apart all year as single", 2026, "mfs_apart", 158_000, 55, 5_740),
        ("by hand: qualifying surviving spouse as joint", 2026, "qss", 247_000, None, 3_750),
        ("by hand: separate, lived together", 2026, "mfs", 5_000, None, 3_750),
        ("by hand: separate, no income", 2026, "mfs", 0, None, 7_500),
        ("by hand: separate", 2026, "mfs", 10_000, None, 0),
        ("IRS page's formula, its misprint of 228,000 corrected", 2024, "mfj", 235_000, None, 3_500),
        ("by hand: negative income", 2026, "single", -50_000, None, 7_500),
    ],
)
def test_roth_ira_limit(case: str, year: int, status: Filing, magi: int, age: int | None, limit: int) -> None:
    assert roth_ira_limit(rules_for(year), magi * 100, status, age) == limit * 100, case


def test_the_same_arithmetic_elsewhere() -> None:
    """TC-34 (bherila): a covered couple's deduction at 139,000; ireading.today: 2010, single, 106,500."""
    assert phased_out(7_500_00, L2026.phase_out("covered", "mfj"), 139_000_00) == 3_750_00
    assert phased_out(5_000_00, PhaseOut(Cents(105_000_00), Cents(120_000_00)), 106_500_00) == 4_500_00
    assert phased_out(7_500_00, L2026.phase_out("spouse_covered", "single"), 900_000_00) == 7_500_00


@given(st.sampled_from(("single", "mfj", "mfs")), st.integers(0, 26_000_000), st.sampled_from((30, 55)))
def test_phase_out_against_fractions(status: Filing, magi: int, age: int) -> None:
    """The statute's way round: the reduction is rounded down to ten dollars, the rest is at least 200."""
    band = L2026.phase_out("roth_ira", status)
    assert band is not None
    full = ira_limit(L2026, age)
    reduction = Fraction(full, 100) * Fraction(max(0, magi - band.start), band.end - band.start)
    left = Fraction(full, 100) - reduction // 10 * 10
    expected = 0 if magi >= band.end else max(left, Fraction(200))
    assert roth_ira_limit(L2026, magi, status, age) == expected * 100
    assert expected % 10 == 0
    assert expected == 0 or expected >= 10 * ceil((Fraction(full, 100) - reduction) / 10)


@pytest.mark.parametrize(
    ("case", "arguments", "lines"),
    [
        (
            "TC-80, the Teddy article: 7,000 nondeductible, 93,000 pre-tax, converts 7,000",
            {"contributed": 7_000, "converted": 7_000, "year_end_value": 93_000, "decimals": 3},
            {3: 7_000, 5: 7_000, 9: 100_000, 11: 490, 13: 490, 14: 6_510, 16: 7_000, 17: 490, 18: 6_510},
        ),
        (
            "TC-82, ustaxlib test",
            {"contributed": 6_000, "converted": 6_000, "year_end_value": 0},
            {9: 6_000, 13: 6_000, 14: 0, 18: 0},
        ),
        (
            "TC-84, Bogleheads",
            {"contributed": 5_000, "converted": 4_989, "year_end_value": 0},
            {11: 4_989, 14: 11, 18: 0},
        ),
        (
            "TC-86, WCI: 33 cents of growth",
            {"contributed": 7_000, "converted": 7_000.33, "year_end_value": 0},
            {11: 7_000, 14: 0, 18: 0.33},
        ),
        (
            "TC-86 with three decimals: 1.000, so nothing is taxable and line 14 stops at 0",
            {"contributed": 7_000, "converted": 7_000.33, "year_end_value": 0, "decimals": 3},
            {11: 7_000.33, 13: 7_000.33, 14: 0, 18: 0},
        ),
        (
            "TC-88, bherila vectors",
            {"contributed": 0, "converted": 10_000, "year_end_value": 10_000, "prior_basis": 10_000},
            {2: 10_000, 11: 5_000, 14: 5_000, 18: 5_000},
        ),
        (
            "by hand: made in the next spring, it is no basis yet",
            {"contributed": 7_000, "converted": 7_000, "year_end_value": 0, "late_contribution": 7_000},
            {4: 7_000, 5: 0, 11: 0, 14: 7_000, 18: 7_000},
        ),
        (
            "by hand: a withdrawal shares the basis",
            {"contributed": 7_000, "converted": 14_000, "year_end_value": 7_000, "other_distributions": 7_000},
            {7: 7_000, 9: 28_000, 11: 3_500, 12: 1_750, 13: 5_250, 14: 1_750, 15: 5_250, 18: 10_500},
        ),
        (
            "by hand: 4,000 / 105,000 of each, rounded each: 266.666 and 190.476, as the form has it",
            {
                "contributed": 7_000,
                "converted": 7_000,
                "year_end_value": 93_000,
                "late_contribution": 3_000,
                "other_distributions": 5_000,
            },
            {5: 4_000, 9: 105_000, 11: 266.67, 12: 190.48, 13: 457.15, 14: 6_542.85, 15: 4_809.52, 18: 6_733.33},
        ),
        (
            "by hand: half a cent of each; more than the one cent of basis is never used",
            {"contributed": 0.01, "converted": 0.01, "year_end_value": 0, "other_distributions": 0.01},
            {5: 0.01, 11: 0.01, 12: 0, 13: 0.01, 14: 0, 15: 0.01, 18: 0},
        ),
        (
            "by hand: contributed, not converted",
            {"contributed": 7_000, "converted": 0, "year_end_value": 7_200},
            {9: 7_200, 11: 0, 13: 0, 14: 7_000, 18: 0},
        ),
        ("by hand: nothing at all", {"contributed": 0, "converted": 0, "year_end_value": 0}, {9: 0, 14: 0, 18: 0}),
        (
            "by hand: nothing there, all contributed in the next spring",
            {"contributed": 7_000, "converted": 0, "year_end_value": 0, "late_contribution": 7_000},
            {5: 0, 14: 7_000},
        ),
    ],
)
def test_form_8606(case: str, arguments: dict[str, float], lines: dict[int, float]) -> None:
    cents: dict[str, Any] = {k: v if k == "decimals" else round(v * 100) for k, v in arguments.items()}
    form = form_8606(**cents)
    assert {line: getattr(form, f"line_{line}") / 100 for line in lines} == lines, case
    assert taxable(**cents) == form.line_18


def test_line_10() -> None:
    assert form_8606(7_000_00, 7_000_00, 93_000_00).line_10 == Fraction(7, 100)
    assert form_8606(7_000_00, 7_000_33, 0, decimals=3).line_10 == 1
    assert form_8606(1_00, 1_00, 2_00).line_10 == Fraction(1, 3)
    assert form_8606(1_00, 1_00, 2_00, decimals=3).line_10 == Fraction(333, 1000)
    assert form_8606(1_00, 1_00, 2_00, decimals=5).line_10 == Fraction(33_333, 100_000)
    assert form_8606(5_00, 1_00, 0).line_10 == 1


MONEY = st.integers(0, 2_000_000)


@given(MONEY, MONEY, MONEY, MONEY, st.sampled_from((None, 3, 4, 7)), st.integers(0, 100), MONEY)
def test_form_8606_adds_up(
    contributed: int, converted: int, value: int, basis: int, decimals: int | None, late: int, other: int
) -> None:
    late = min(late * 1_000, contributed)
    form = form_8606(contributed, converted, value, basis, decimals, late, other)
    assert form.line_3 == form.line_1 + form.line_2
    assert form.line_5 == form.line_3 - form.line_4
    assert form.line_9 == form.line_6 + form.line_7 + form.line_8
    assert 0 <= form.line_10 <= 1
    assert form.line_13 == form.line_11 + form.line_12
    assert form.line_14 == max(0, form.line_3 - form.line_13)
    assert 0 <= form.line_15 == form.line_7 - form.line_12
    assert 0 <= form.line_18 == form.line_16 - form.line_17 <= converted
    if decimals is None:
        assert form.line_13 <= form.line_5
        if form.line_9:
            share = min(Fraction(1), Fraction(contributed + basis - late, value + converted + other))
            assert abs(form.line_11 - converted * share) <= Fraction(1, 2)
            assert abs(form.line_12 - other * share) <= (1 if form.line_13 == form.line_5 else Fraction(1, 2))
    elif form.line_9:
        off = Fraction(converted, 2 * 10**decimals) + Fraction(1, 2)
        assert abs(form.line_11 - converted * Fraction(form.line_5, max(form.line_5, form.line_9))) <= off


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"year_end_value": None}, "blank is not 0"),
        ({"contributed": -1}, "nondeductible contribution"),
        ({"converted": -1}, "conversion is"),
        ({"year_end_value": -1}, "December 31 value is"),
        ({"prior_basis": -1}, "basis from earlier years"),
        ({"other_distributions": -1}, "other distributions"),
        ({"late_contribution": 800_00}, r"give at most \$700"),
        ({"decimals": 2}, "3 to 10"),
        ({"decimals": 11}, "3 to 10"),
    ],
)
def test_refusals_of_the_form(arguments: dict[str, Any], words: str) -> None:
    with pytest.raises(InputError, match=words):
        form_8606(**{"contributed": 700_00, "converted": 700_00, "year_end_value": 0, **arguments})


def test_refusals_of_the_limits() -> None:
    with pytest.raises(InputError, match="compensation"):
        ira_limit(L2026, 40, -1)
    with pytest.raises(InputError, match="not an age"):
        ira_limit(L2026, 1976)
    with pytest.raises(InputError, match="not a filing status"):
        roth_ira_limit(L2026, 0, "married")  # type: ignore[arg-type]
    with pytest.raises(InputError, match="2027"):
        ira_limit(rules_for(2027), 40)
    with pytest.raises(InputError, match="2027"):
        roth_ira_limit(rules_for(2027, {"ira": 7_500_00}), 0, "single")
