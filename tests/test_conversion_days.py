"""The days of conversions: by hand, against a search day by day, and against every choice there is."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mbr_xl.engine.converting.account import Contribution
from mbr_xl.engine.converting.conversion import year_conversions
from mbr_xl.engine.converting.conversion_days import Days, chosen, conversion_days, months_after
from mbr_xl.household import Earlier, Household, Span
from mbr_xl.records import Converted
from mbr_xl.rules import bank_holidays

FED = bank_holidays()
PAID = [date(2026, month, 15) for month in range(1, 13)]


def saver(**changes: Any) -> Household:
    given: dict[str, Any] = {
        "tax_year": 2026, "any_pay_date": date(2026, 1, 15), "annual_salary": 120_000_00, "pay_frequency": "monthly",
        "cadence": "monthly", "posting_lag": 0, "conversion_lag": 0,
    }  # fmt: skip
    return Household(**{**given, **changes})


def days_of(household: Household, paid: list[date] = PAID, amount: int = 1_000_00) -> Days:
    opening = Contribution(household.ytd_date or date(2026, 1, 1), household.opening_value)
    return conversion_days(household, opening, [Contribution(day, amount) for day in paid], ["base"] * len(paid), FED)


def lines_of(household: Household, paid: list[date] = PAID, amount: int = 1_000_00) -> list[tuple[date, int]]:
    lines, _, _ = year_conversions(household, [(day, amount, "base") for day in paid], FED)
    return [(line.date, line.converted) for line in lines]


def test_without_rules_the_cadence_alone() -> None:
    assert days_of(saver()).used[:2] == (date(2026, 1, 30), date(2026, 2, 27))
    assert len(days_of(saver()).used) == days_of(saver()).wanted == 12


def test_a_window_moves_the_day_to_its_first_business_day() -> None:
    """January 30 waits for Saturday, March 7, a window: Monday, March 9; February 27 goes with it."""
    found = days_of(saver(conversion_windows=(Span(date(2026, 3, 7), date(2026, 12, 31)),)))
    assert found.used[:2] == (date(2026, 3, 9), date(2026, 3, 31))
    assert (found.wanted, found.unplaced) == (12, 0)


def test_a_blackout_ends_on_a_friday() -> None:
    """January 30 lies in a blackout through Friday, February 13; Monday 16 is Presidents' Day."""
    assert days_of(saver(blackouts=(Span(date(2026, 1, 20), date(2026, 2, 13)),))).used[0] == date(2026, 2, 17)


def test_no_allowed_day_is_left_in_the_year() -> None:
    found = days_of(saver(blackouts=(Span(date(2026, 11, 1), date(2027, 1, 31)),)))
    assert (len(found.used), found.unplaced) == (10, 2)
    _, value, basis = year_conversions(
        saver(blackouts=(Span(date(2026, 11, 1), date(2027, 1, 31)),)), [(day, 1_000_00, "base") for day in PAID], FED
    )
    assert (value, basis) == (2_000_00, 2_000_00), "the money stays"


def test_a_withdrawal_opens_on_the_birthday_and_59_is_59_and_a_half() -> None:
    out = saver(in_plan_conversion=False, in_service_withdrawal=True, birth_date=date(1966, 5, 9))
    assert days_of(replace(out, withdrawal_age=60)).used[0] == date(2026, 5, 11), "May 9, 2026 is a Saturday"
    half = replace(out, birth_date=date(1966, 12, 1), withdrawal_age=59)
    assert days_of(half).used[0] == date(2026, 6, 1), "59 on December 1, 2025; and a half on June 1"
    assert days_of(replace(out, withdrawal_age=60, birth_date=date(1967, 5, 9))).used == ()


def test_months_in_the_plan() -> None:
    """Each month's money may leave three months after it came, January's from April 15 on."""
    out = saver(in_plan_conversion=False, in_service_withdrawal=True, withdrawal_months=3)
    found = lines_of(out)
    assert found[0] == (date(2026, 4, 30), 1_000_00)
    assert len(found) == 9
    _, value, _ = year_conversions(out, [(day, 1_000_00, "base") for day in PAID], FED)
    assert value == 3_000_00
    by_pay = lines_of(replace(out, cadence="automatic"))
    assert [day for day, _ in by_pay[:2]] == [date(2026, 4, 15), date(2026, 5, 15)]
    assert len(by_pay) == 9, "what is ready next year is not this year's"
    in_plan = replace(out, in_plan_conversion=True)
    assert len(lines_of(in_plan)) == 12, "only a withdrawal asks for months"


def test_two_a_year_leave_nothing_and_wait_least() -> None:
    """Twelve equal months. Converting k of them early spares k times the days to December 31: 5 x 216 on May 29,
    1,080; 6 x 184 on June 30, 1,104; 7 x 153 on July 31, 1,071."""
    found = days_of(saver(in_plan_most=2))
    assert found.used == (date(2026, 6, 30), date(2026, 12, 31))
    assert days_of(saver(in_plan_most=1)).used == (date(2026, 12, 31),)
    assert days_of(saver(in_plan_most=12)).used == days_of(saver()).used


def test_what_was_made_counts() -> None:
    earlier = (Earlier(date(2025, 12, 1)), Earlier(date(2026, 1, 1)))
    base = saver(in_plan_most=2, earlier_conversions=earlier)
    assert len(days_of(base).used) == 1, "calendar year: one of them is of 2026"
    # Rolling: both count until December 1, when the first is 12 months old.
    assert days_of(replace(base, counted_over="rolling 12 months")).used == (date(2026, 12, 31),)
    full = replace(base, counted_over="rolling 12 months", earlier_conversions=(Earlier(date(2026, 1, 1)),) * 2)
    assert days_of(full).used == ()
    made = replace(base, earlier_conversions=(), converted=(Converted(date(2026, 2, 10), 1_000_00),))
    assert days_of(made).used == (date(2026, 12, 31),)
    out = replace(made, converted=(Converted(date(2026, 2, 10), 1_000_00, to="Roth IRA"),))
    assert len(days_of(out).used) == 2, "a withdrawal does not use up in-plan conversions"


def test_a_day_that_brings_nothing_uses_up_no_place() -> None:
    found = days_of(saver(in_plan_most=3), [date(2026, 1, 15), date(2026, 2, 13)])
    assert found.used == (date(2026, 1, 30), date(2026, 2, 27))


def test_a_small_conversion_waits() -> None:
    found = lines_of(saver(conversion_minimum=2_500_00))
    assert found == [(date(2026, month, day), 3_000_00) for month, day in ((3, 31), (6, 30), (9, 30), (12, 31))]


@given(st.dates(date(1940, 1, 1), date(2090, 1, 1)), st.integers(-30, 900))
def test_months_after_as_edate(day: date, months: int) -> None:
    """Month and year by counting months one by one; the day, or the last of the month."""
    year, month = day.year, day.month
    for _ in range(abs(months)):
        month += 1 if months > 0 else -1
        if month in (0, 13):
            year, month = year + (1 if month else -1), 1 if month else 12
    found = months_after(day, months)
    assert (found.year, found.month) == (year, month)
    assert found.day == day.day or (found.day < day.day and (found + timedelta(days=1)).day == 1)


@settings(max_examples=200)
@given(st.integers(0, 10**6))
def test_every_choice_there_is(seed: int) -> None:
    """The days used, against all sets of days that keep the plan's number: least left, least waiting, later days."""
    rng = random.Random(seed)
    count = rng.randint(1, 9)
    days = sorted(
        rng.sample([date(2026, 1, 1) + timedelta(days=k) for k in range(0, 364, rng.choice([1, 7, 30]))], count)
    )
    gathered, there = [], 0
    for _ in days:
        there += rng.choice([100, 100, rng.randint(1, 1000)])
        gathered.append(there)
    places, place = [], rng.randint(-1, 3)
    for _ in days:
        place += rng.choice([0, 0, 0, 1])
        places.append(place)

    def rank(choice: tuple[int, ...]) -> tuple[Any, ...]:
        left = there - (gathered[choice[-1]] if choice else 0)
        waited, before = 0, 0
        for i in choice:
            waited += (gathered[i] - before) * days[i].toordinal()
            before = gathered[i]
        waited += left * date(2030, 1, 1).toordinal()
        return left, waited, [-i for i in reversed(choice)]

    allowed = [
        choice
        for size in range(count + 1)
        for choice in combinations(range(count), size)
        if all(places[i] >= k for k, i in enumerate(choice, 1))
    ]
    assert tuple(chosen(days, gathered, places)) == min(allowed, key=rank)


@settings(max_examples=150)
@given(st.integers(0, 10**6))
def test_a_search_day_by_day(seed: int) -> None:
    """A wanted day, or the first business day after it on which no rule stands against it."""
    rng = random.Random(seed)

    def spans(longest: int) -> tuple[Span, ...]:
        starts = [date(2026, 1, 1) + timedelta(days=rng.randint(-10, 360)) for _ in range(rng.randint(0, 4))]
        return tuple(Span(start, start + timedelta(days=rng.randint(0, longest))) for start in starts)

    household = saver(
        cadence="dates", conversion_windows=spans(40), blackouts=spans(25), in_plan_conversion=False,
        in_service_withdrawal=True, withdrawal_age=rng.choice([None, 60]), birth_date=date(1966, rng.randint(1, 12), 3),
        conversion_dates=tuple(sorted(date(2026, 1, 2) + timedelta(days=rng.randint(0, 363)) for _ in range(6))),
    )  # fmt: skip
    expect = set()
    for wanted in household.conversion_dates:
        day = wanted
        while day.year == 2026:
            banks = day.weekday() < 5 and day not in FED
            open_days = household.conversion_windows
            free = not open_days or any(span.start <= day <= span.end for span in open_days)
            free = free and not any(span.start <= day <= span.end for span in household.blackouts)
            born = household.birth_date
            assert born
            old = household.withdrawal_age is None or day >= date(2026, born.month, born.day)
            if free and old and (banks or day == wanted):
                expect.add(day)
                break
            day += timedelta(days=1)
    assert days_of(household).used == tuple(sorted(expect))


def test_too_many_for_the_sheet() -> None:
    records = tuple(Converted(date(2026, 1, 2) + timedelta(days=k), 1_00) for k in range(60))
    paid = [date(2026, 3, 10) + timedelta(days=k) for k in range(70)]
    with pytest.raises(Exception, match="more than 116 days"):
        days_of(saver(cadence="automatic", converted=records), paid)
