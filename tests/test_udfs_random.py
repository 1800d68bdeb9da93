"""Answers of cells for random inputs, against plain arithmetic that shares nothing with the engine."""

from datetime import date, datetime, timedelta
from decimal import Decimal, localcontext
from fractions import Fraction
from math import floor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mbr_udfs import (
    BACKDOOR_FORM_8606,
    BACKDOOR_LIMIT,
    BACKDOOR_ROTH_LIMIT,
    BACKDOOR_TAXABLE,
    CATALOGUE,
    CONVERT_FORM_1099R,
    MBR_ACP_LIMIT,
    MBR_DELAY_COST,
    MBR_ESTIMATED_TAX,
    MBR_GROWTH,
)
from mbr_udfs.dates import serial
from mbr_udfs.kinds import DATE, FILING, INCOME, MOST_DOLLARS
from mbr_xl.engine.iras.backdoor import DECIMALS
from mbr_xl.engine.years_ahead.growth import MOST_YEARS
from mbr_xl.errors import InputError
from mbr_xl.rules import bank_holidays, rules_for, years

CENTS = st.integers(100, 100_000_000) | st.just(0)
HALF = Fraction(1, 2)


def rounded(dollars: Fraction) -> float:
    """Dollars to the cent, half up."""
    return floor(dollars * 100 + HALF) / 100


def of(cents: int) -> Fraction:
    return Fraction(cents, 100)


@given(CENTS, CENTS, st.integers(-10_000_000, 40_000_000), st.sampled_from((None, *FILING.words)), CENTS)
def test_estimated_tax(current: int, prior: int, agi: int, status: str | None, withheld: int) -> None:
    if 0 < abs(agi) < 100:
        agi = 0

    def still(high: int) -> float:
        if of(current) - of(withheld) < 1000 or prior == 0:
            return 0.0
        last_year = of(prior) * (Fraction(11, 10) if of(agi) > high else 1)
        enough = min(rounded(of(current) * Fraction(9, 10)), rounded(last_year))
        return max(0.0, round(enough - withheld / 100, 2))

    found = MBR_ESTIMATED_TAX(current / 100, prior / 100, agi / 100, status, withheld / 100)
    joint, separate = still(150_000), still(75_000)
    if status is not None:
        assert found == (separate if status.startswith("mfs") else joint)
    elif isinstance(found, str):
        assert found.startswith("#MBR! Give the filing status")
        assert 75_000 < agi / 100 <= 150_000
    else:
        assert found == joint == separate


def test_no_year_is_asked_for_because_the_law_of_estimates_is_the_same_in_all() -> None:
    assert len({rules_for(year).estimated for year in years()}) == 1


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.tuples(st.integers(0, 364), st.integers(100, 2_000_000)), min_size=1, max_size=8),
    st.integers(-300_000, 300_000),
    st.integers(0, 600_000),
    st.sampled_from((2019, 2025, 2026, 2027, 2030)),
)
def test_delay_cost_by_walking_the_days(pays: list[tuple[int, int]], growth: int, rate: int, year: int) -> None:
    """Each day from the business day after a pay: is it its period's last business day, as the next is in another?"""
    closed = bank_holidays()

    def following(day: date) -> date:
        day += timedelta(days=1)
        while day.weekday() >= 5 or day in closed:
            day += timedelta(days=1)
        return day

    def converted_on(paid: date, months: int) -> date:
        soonest = day = following(paid)
        if months:
            while day.year == paid.year:
                after = following(day)
                if (after.year, (after.month - 1) // months) != (day.year, (day.month - 1) // months):
                    return day
                day = after
        return soonest

    def year_after(paid: date) -> date:
        day = following(date(paid.year + 1, 12, 20))
        while following(day).year == paid.year + 1:
            day = following(day)
        return day

    money = [(date(year, 1, 1) + timedelta(days=offset), cents) for offset, cents in pays]
    table = MBR_DELAY_COST([[float(serial(day)), cents / 100] for day, cents in money], growth / 10**6, rate / 10**6)
    cadences = ["at once", "each month", "quarterly", "twice a year", "once a year", "never this year"]
    assert [row[0] for row in table[1:]] == cadences
    taxes = []
    for row, months in zip(table[1:], (0, 1, 3, 6, 12, None), strict=True):
        by_day: dict[date, list[tuple[date, int]]] = {}
        for paid, cents in money:
            day = year_after(paid) if months is None else converted_on(paid, months)
            by_day.setdefault(day, []).append((paid, cents))
        taxable, tax = Fraction(0), Fraction(0)
        with localcontext() as context:
            context.prec = 40
            factor = Decimal(10**6 + growth) / 10**6
            for day, parts in by_day.items():
                value = sum(cents * factor ** (Decimal((day - paid).days) / 365) for paid, cents in parts)
                earnings = max(0, floor(value + Decimal("0.5")) - sum(cents for _, cents in parts))
                taxable += of(earnings)
                tax += Fraction(floor(Fraction(earnings * rate, 10**6) + HALF), 100)
        off = len(by_day) / 100  # a value that ends in half a cent may go either way in floating point
        assert row[1] == len(by_day)
        assert row[2].date() == max(by_day)
        assert abs(row[3] - taxable) <= off + 1e-9
        assert abs(row[4] - tax) <= off + 1e-9
        taxes.append(row[4])
        assert row[5] == round(row[4] - taxes[0], 2)


@given(CENTS, CENTS, CENTS, CENTS, st.integers(0, 100), CENTS, st.sampled_from((None, 3, 5, 10)))
def test_form_8606(
    contributed: int, converted: int, value: int, basis: int, late_share: int, other: int, decimals: int | None
) -> None:
    late = contributed * late_share // 100
    late = 0 if late < 100 else late
    cells = [x / 100 for x in (contributed, converted, value, basis)] + [decimals, late / 100, other / 100]
    table = BACKDOOR_FORM_8606(*cells)
    assert table[0] == ["Line", "Meaning", "Amount"]
    assert [row[0] for row in table[1:]] == list(range(1, 19))
    lines = {int(row[0]): row[2] for row in table[1:]}
    whole = of(value) + of(converted) + of(other)
    share = min(Fraction(1), of(contributed + basis - late) / whole) if whole else Fraction(0)
    if decimals is not None:
        share = Fraction(floor(share * 10**decimals + HALF), 10**decimals)
    assert lines[10] == float(share)
    assert lines[11] == rounded(of(converted) * share)
    assert abs(lines[12] - of(other) * share) <= 0.01
    assert lines[13] == round(lines[11] + lines[12], 2)
    assert lines[14] == max(0.0, round((contributed + basis) / 100 - lines[13], 2))
    assert lines[15] == round(other / 100 - lines[12], 2)
    assert lines[18] == round(converted / 100 - lines[11], 2) == BACKDOOR_TAXABLE(*cells)


@given(st.integers(2019, 2026), st.integers(14, 100), st.none() | CENTS)
def test_ira_limit(year: int, age: int, compensation: int | None) -> None:
    law = rules_for(year)
    full = Fraction(law.ira + (law.ira_catch_up if age >= 50 else 0), 100)
    found = BACKDOOR_LIMIT(year, age, None if compensation is None else compensation / 100)
    assert found == float(full if compensation is None else min(full, of(compensation)))
    assert found == BACKDOOR_LIMIT(year, datetime(year - age, 12, 31), None if compensation is None else found)


# Roth IRA phase-outs in dollars, typed from the notices: single, joint.
BANDS = {2023: (138_000, 218_000), 2024: (146_000, 230_000), 2025: (150_000, 236_000), 2026: (153_000, 242_000)}


@given(st.sampled_from(tuple(BANDS)), st.integers(-5_000, 27_000), st.sampled_from(FILING.words), st.booleans())
def test_roth_ira_limit(year: int, tens: int, status: str, older: bool) -> None:
    magi = 10 * tens
    if status in ("mfj", "qss"):
        start, width = BANDS[year][1], 10_000
    elif status == "mfs":
        start, width = 0, 10_000
    else:
        start, width = BANDS[year][0], 15_000
    full = int(BACKDOOR_LIMIT(year, 55 if older else 40))
    if magi >= start + width:
        left = 0
    else:
        reduction = full * Fraction(max(0, magi - start), width)
        left = max(200, full - reduction // 10 * 10)
    assert BACKDOOR_ROTH_LIMIT(year, magi, status, 55 if older else 40) == left


@given(st.integers(0, 10_000))
def test_acp_limit(hundredths: int) -> None:
    """The highest average of whole hundredths of a percent that passes the statute, found by trying."""
    others = Fraction(hundredths, 10_000)

    def passes(average: Fraction) -> bool:
        return 4 * average <= 5 * others or (average <= 2 * others and average <= others + Fraction(2, 100))

    limit = Fraction(round(MBR_ACP_LIMIT(hundredths / 10_000) * 10**6), 10**6)
    assert passes(limit)
    assert not passes(limit + Fraction(1, 10_000))


@given(
    st.integers(100, 10_000_000), st.integers(0, 40), st.integers(-500_000, 200_000), st.sampled_from(("end", "begin"))
)
def test_growth_year_by_year(annual: int, number: int, growth: int, timing: str) -> None:
    value = Fraction(0)
    for _ in range(number):
        put_in_first = of(annual) if timing == "begin" else 0
        value = (value + put_in_first) * (1 + Fraction(growth, 10**6)) + of(annual) - put_in_first
    assert abs(MBR_GROWTH(annual / 100, number, growth / 10**6, timing) - value) <= Fraction(501, 100_000)


@given(CENTS, st.integers(100, 10_000_000), st.sampled_from(("roth", "traditional")), st.booleans())
def test_form_1099r(basis: int, value: int, earnings_to: str, in_plan: bool) -> None:
    in_plan = in_plan and earnings_to != "traditional"
    heads, whole, *parts = CONVERT_FORM_1099R(
        basis / 100, value / 100, None, earnings_to, "in_plan" if in_plan else "roth_ira"
    )
    assert heads == ["Destination", "Box 1", "Box 2a", "Box 5", "Box 7"]
    earnings = max(0, value - basis)
    assert whole[1:] == [value / 100, 0.0 if earnings_to == "traditional" else earnings / 100, basis / 100, "G"]
    assert whole[0].startswith("Roth account in the plan" if in_plan else "Roth IRA")
    if earnings_to == "roth" or not earnings:
        assert parts == []
    else:
        assert [row[1:] for row in parts] == [[basis / 100, 0.0, basis / 100, "G"], [earnings / 100, 0.0, 0.0, "G"]]
        assert parts[1][0] == "of it, traditional IRA"


def test_bounds_are_those_of_the_engine() -> None:
    def bounds(function: str, name: str) -> tuple[float | None, float | None]:
        kind = next(a.kind for a in CATALOGUE[function].arguments if a.name == name)
        return kind.low, kind.high

    assert bounds("MBR_GROWTH", "years") == (0, MOST_YEARS)
    assert bounds("BACKDOOR_TAXABLE", "decimals") == (DECIMALS[0], DECIMALS[-1])


@pytest.mark.parametrize(
    ("cell", "cents"), [(-50_000.0, -5_000_000), ("(50,000)", -5_000_000), ("-$5", -500), (0.0, 0), (-1.0, -100)]
)
def test_income_may_be_a_loss(cell: object, cents: int) -> None:
    assert INCOME.read(cell, "magi") == cents
    assert INCOME.read(INCOME.show(cents), "magi") == cents


@pytest.mark.parametrize("cell", [-0.5, 0.5, "6%", -2.0 * MOST_DOLLARS, datetime(2026, 1, 2), True, None, "-#N/A"])
def test_what_is_no_income(cell: object) -> None:
    with pytest.raises(InputError, match=r"^magi.*\.$"):
        INCOME.read(cell, "magi")


@pytest.mark.parametrize(
    "answer",
    [
        BACKDOOR_TAXABLE(datetime(2026, 1, 2), 7500, 0),
        BACKDOOR_FORM_8606(7500, 7500, datetime(2026, 12, 31)),
        BACKDOOR_LIMIT(2026, 52, datetime(2026, 1, 2)),
        MBR_ACP_LIMIT(datetime(2026, 1, 2)),
        MBR_ESTIMATED_TAX(60_000, 40_000, datetime(2026, 1, 2)),
        MBR_GROWTH(40_000, datetime(2046, 1, 1), 0.07),
        CONVERT_FORM_1099R(datetime(2026, 1, 2), 10_200),
    ],
)
def test_a_date_cell_is_no_number(answer: str) -> None:
    assert answer.startswith("#MBR! ")
    assert " is a date; give " in answer


def test_date_cells_and_their_dates() -> None:
    table = MBR_DELAY_COST([[datetime(2026, 1, 29), 10_000.0]], 0.07, 0.4)
    assert table == MBR_DELAY_COST([["2026-01-29", "$10,000"]], "7%", "40%")
    assert table[3][2] == DATE.show(date(2026, 3, 31))
