"""The cost of waiting: by hand, against a plain calculation, and as the conversion schedule has it."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from math import floor
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mbr_xl.engine.converting.conversion import conversion_schedule
from mbr_xl.engine.converting.delay import CADENCES, DelayLine, compounded, delay_cost
from mbr_xl.errors import InputError
from mbr_xl.rules import bank_holidays

CLOSED = bank_holidays()
# 1,000 twice in January, 5,000 in July, 2,000 on December 31.
LATE = [
    (date(2026, 1, 9), 1_000_00), (date(2026, 1, 23), 1_000_00), (date(2026, 7, 10), 5_000_00),
    (date(2026, 12, 31), 2_000_00),
]  # fmt: skip
MONTHLY = [(date(2026, month, 15), 3_125_00) for month in range(1, 13)]  # 37,500 in twelve


def lines(money: list[tuple[date, int]], growth: int, rate: int) -> dict[str, DelayLine]:
    return {line.cadence: line for line in delay_cost(money, growth, rate, CLOSED)}


def test_one_contribution_by_hand() -> None:
    """10,000 on Thursday, January 29, 2026, at 7% and a tax of 40%: 1, 1, 61, 152, 336 and 701 days of growth."""
    found = lines([(date(2026, 1, 29), 10_000_00)], 70_000, 400_000)
    assert [(line.last, line.taxable) for line in found.values()] == [
        (date(2026, 1, 30), 1_85),
        (date(2026, 1, 30), 1_85),
        (date(2026, 3, 31), 113_72),
        (date(2026, 6, 30), 285_76),
        (date(2026, 12, 31), 642_64),
        (date(2027, 12, 31), 1_387_62),
    ]
    assert [line.tax for line in found.values()] == [74, 74, 45_49, 114_30, 257_06, 555_05]
    assert [line.more for line in found.values()] == [0, 0, 44_75, 113_56, 256_32, 554_31]


def test_pay_on_the_last_business_day_waits_for_the_next_conversion() -> None:
    """Friday, January 30, 2026: the month's conversion is over when the money is there."""
    found = lines([(date(2026, 1, 30), 10_000_00)], 70_000, 400_000)
    assert found["at once"].last == date(2026, 2, 2)
    assert found["each month"].last == date(2026, 2, 27)


def test_the_order_and_a_year_of_pays() -> None:
    found = delay_cost(MONTHLY, 70_000, 350_000, CLOSED)
    assert tuple(line.cadence for line in found) == CADENCES
    assert [line.conversions for line in found] == [12, 12, 4, 2, 1, 1]
    taxes = [line.tax for line in found]
    assert taxes == sorted(taxes)
    assert found[0].more == 0
    assert all(line.more == line.tax - found[0].tax for line in found)


def as_the_schedule(money: list[tuple[date, int]], growth: int) -> None:
    found = lines(money, growth, 350_000)
    for ours, theirs in (("at once", "automatic"), ("each month", "monthly"), ("quarterly", "quarterly")):
        schedule = conversion_schedule(money, theirs, growth, 350_000, holidays=CLOSED)
        assert found[ours].conversions == len(schedule)
        assert found[ours].last == schedule[-1].date
        assert found[ours].taxable == sum(line.taxable for line in schedule)
        assert found[ours].tax == sum(line.tax for line in schedule)


def test_as_the_schedule_has_it() -> None:
    as_the_schedule(MONTHLY, 70_000)
    as_the_schedule([(date(2026, 1, 30), 1_000_00), (date(2026, 3, 31), 1_000_00)], 70_000)


def test_money_of_december_31_waits_in_both() -> None:
    """81 and 67 days to March 31, 82 to September 30, 4 to January 4: 27.62, 76.58 and 1.48 at 7%."""
    as_the_schedule(LATE, 70_000)
    quarterly = lines(LATE, 70_000, 0)["quarterly"]
    assert (quarterly.last, quarterly.taxable) == (date(2027, 1, 4), 105_68)


def test_money_too_late_for_the_year() -> None:
    """Thursday, December 31, 2026: converted on Monday, January 4, whatever the cadence, but for waiting a year."""
    found = lines([(date(2026, 12, 31), 1_000_00)], 70_000, 400_000)
    assert {line.last for line in found.values()} == {date(2027, 1, 4), date(2027, 12, 31)}
    assert [line.more for line in found.values()][:5] == [0] * 5


def test_compounded_over_the_years() -> None:
    """The annuity by hand: 37.72 x (1.06^10 - 1) / 0.06 = 37.72 x 13.180795; 100 x (1.07^10 - 1) / 0.07."""
    assert compounded(37_72, 10, 60_000) == 497_18
    assert compounded(100_00, 10, 70_000) == 1_381_64
    assert compounded(100_00, 10, 0) == 1_000_00
    assert compounded(100_00, 1, 70_000) == 100_00
    assert compounded(100_00, 2, 10_000_000) == 300_00, "growth above 100% counts as 100%"
    assert compounded(-1, 10, 70_000) == -14, "a cent of rounding the other way"


def test_rounding_may_make_a_later_conversion_cheaper() -> None:
    """30 on January 27, 28 and 29 at 7%: 0.56 cents each at once, a cent and half of it taxed, 1 + 1 + 1; 3.34 together
    on the 30th, 3 and half of it, 2."""
    waits = lines([(date(2026, 1, day), 30_00) for day in (27, 28, 29)], 70_000, 500_000)["each month"]
    assert (waits.last, waits.taxable, waits.tax, waits.more) == (date(2026, 1, 30), 3, 2, -1)


def test_no_growth_costs_nothing_and_a_loss_nothing_either() -> None:
    for growth in (0, -200_000):
        assert all((line.taxable, line.tax, line.more) == (0, 0, 0) for line in delay_cost(MONTHLY, growth, 350_000))


DAYS = st.integers(0, 364).map(lambda k: date(2026, 1, 1) + timedelta(days=k))


@settings(max_examples=60)
@given(
    st.lists(st.tuples(DAYS, st.integers(1, 2_000_000)), min_size=1, max_size=12),
    st.integers(-300_000, 300_000),
    st.integers(0, 600_000),
)
def test_against_a_plain_calculation(money: list[tuple[date, int]], growth: int, rate: int) -> None:
    """Never this year: contributions grown to the day, their sum rounded, less what was put in. None beats at once."""
    found = lines(money, growth, rate)
    put_in = sum(amount for _, amount in money)
    day = date(2027, 12, 31)
    value = sum(amount * (1 + growth / 10**6) ** ((day - paid).days / 365) for paid, amount in money)
    never = found["never this year"]
    assert abs(never.taxable - max(0, floor(value + 0.5) - put_in)) <= 1
    assert abs(never.tax - never.taxable * rate / 10**6) <= 0.5
    cents = 2 * len(money)  # of rounding
    taxes = [line.tax for line in found.values()]
    assert all(later >= sooner - cents for sooner, later in pairwise(taxes))
    assert all(line.more == line.tax - taxes[0] for line in found.values())


def test_the_order_of_the_list_does_not_matter() -> None:
    assert delay_cost(MONTHLY[::-1], 70_000, 350_000, CLOSED) == delay_cost(MONTHLY, 70_000, 350_000, CLOSED)


@settings(max_examples=60)
@given(
    st.lists(st.tuples(DAYS, st.integers(1, 2_000_000)), min_size=1, max_size=12, unique_by=lambda one: one[0]),
    st.integers(-300_000, 300_000),
)
def test_every_list_as_the_schedule_has_it(money: list[tuple[date, int]], growth: int) -> None:
    as_the_schedule(money, growth)


def test_zero_contributions_have_no_conversion() -> None:
    assert all(line.conversions == 0 and line.last is None for line in delay_cost([(date(2026, 1, 30), 0)], 70_000, 0))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (([], 70_000, 0), "at least one"),
        (([(date(2025, 12, 31), 1), (date(2026, 1, 30), 1)], 70_000, 0), "2025 and 2026"),
        (([(date(2026, 1, 30), -1)], 70_000, 0), "0 or more"),
        (([(date(2026, 1, 30), 1)], -1_000_000, 0), "Growth"),
        (([(date(2026, 1, 30), 1)], 70_000, 1_000_001), "tax rate"),
    ],
)
def test_refusals(arguments: tuple[Any, ...], words: str) -> None:
    with pytest.raises(InputError, match=words):
        delay_cost(*arguments)
