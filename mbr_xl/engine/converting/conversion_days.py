"""On which days the plan lets after-tax money be converted, and which of them are used where it limits their number."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from mbr_xl.engine.converting.account import Contribution
from mbr_xl.engine.converting.path import IN_PLAN, ROTH_IRA, path_taken
from mbr_xl.engine.paydays import DAY, add_business_days, last_business_day, month_end
from mbr_xl.errors import InputError
from mbr_xl.household import Household, Span

MOST_CONVERSIONS = 116  # lines of the Conversions sheet
HALF_AGE, HALF_YEAR = 59, 6  # plans and the law say 59 1/2
Asked = tuple[date, date]  # the day that the cadence wants, and the first on which its money may leave


@dataclass(frozen=True, slots=True)
class Days:
    """The planned days, ascending; how many days of the year the cadence wanted; how many of its wishes, a pay or a
    day each, find no allowed day in the year: their money stays; and the days that were to choose from, before the most
    that the plan allows."""

    used: tuple[date, ...]
    wanted: int
    unplaced: int
    offered: int


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or its last day, as Excel's EDATE; months may be negative."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = month_end(year, month + 1)
    return last.replace(day=min(day.day, last.day))


def business_day_ends(cadence: str, first: date, last: date, holidays: Collection[date]) -> list[date]:
    """The last business days of the months or quarters after `first` and up to `last`."""
    months = range(1, 13) if cadence == "monthly" else range(3, 13, 3)
    ends = [last_business_day(y, m, holidays) for y in range(first.year, last.year + 1) for m in months]
    return [end for end in ends if first < end <= last]


def waiting_months(household: Household) -> int:
    """Months that money must have been in the plan before it may leave: only a withdrawal asks for it."""
    h = household
    return h.withdrawal_months or 0 if path_taken(h) == ROTH_IRA else 0


def age_day(household: Household) -> date | None:
    """The first day on which the path taken is open by age; None where age does not matter.

    Choice: age 59 counts as 59 1/2, which is what plans and the law mean by it.
    """
    h = household
    if h.withdrawal_age is None or h.birth_date is None or path_taken(h) != ROTH_IRA:
        return None
    return months_after(h.birth_date, 12 * h.withdrawal_age + (HALF_YEAR if h.withdrawal_age == HALF_AGE else 0))


def conversion_days(
    household: Household,
    opening: Contribution,
    contributions: Sequence[Contribution],
    kinds: Sequence[str],
    holidays: Collection[date],
) -> Days:
    """The days of planned conversions: allowed by the plan, at most as many as it lets there be.

    household: validated; opening: the account that the year begins with, as money; contributions: by date posted, and
    the kinds of their pays; holidays: the Federal Reserve's.
    A wanted day that the plan does not allow moves to the first business day that it does allow, within the tax year;
    if there is none it is not used. Days on or before the last recorded conversion are past.
    Raises InputError where more days are wanted than the planner has lines.
    Source: plan terms; what 26 USC 401(k)(2)(B) says of elective deferrals does not bind after-tax money.
    Choice: a wanted day that is allowed stays, be it a weekend's; under a limit on their number, days after December 31
    are next year's to plan. Which days are used then: `chosen`.
    """
    h = household
    asked = list(_asked(h, opening, contributions, kinds, holidays))
    gates = _gates(h, holidays)
    last_recorded = max((row.date for row in h.converted), default=date.min)
    most = h.in_plan_most if path_taken(h) == IN_PLAN else h.withdrawals_most
    kept: set[date] = set()
    unplaced = 0
    for raw, ready in asked:
        day = raw if raw >= ready else add_business_days(ready - DAY, 1, holidays)
        if not allowed(h, day):
            day = next((gate for gate in gates if gate >= day), date.max)
        placed = day.year == h.tax_year or (day == raw and most is None)
        unplaced += not placed and last_recorded < raw and raw.year == h.tax_year
        if placed and day > last_recorded:
            kept.add(day)
    days = sorted(kept)
    if most is not None:
        days = _within(h, opening, contributions, days, most)
    if len(days) + len({row.date for row in h.converted}) > MOST_CONVERSIONS:
        raise InputError(
            f"There are more than {MOST_CONVERSIONS} days of conversions (cadence, converted): convert less often, or "
            "record fewer of them, adding up those of a week."
        )
    wanted = {raw for raw, _ in asked if last_recorded < raw and raw.year == h.tax_year}
    return Days(tuple(days), len(wanted), unplaced, len(kept))


def _asked(
    h: Household, opening: Contribution, contributions: Sequence[Contribution], kinds: Sequence[str],
    holidays: Collection[date],
) -> Iterator[Asked]:  # fmt: skip
    """Each day that the cadence wants, with the first day on which the money behind it may leave."""
    if not (h.in_plan_conversion or h.in_service_withdrawal) or h.cadence == "none":
        return
    if h.cadence in ("automatic", "each pay"):
        for one, kind in zip(contributions, kinds, strict=True):
            if (kind == "base") if h.cadence == "each pay" else (one.amount > 0):
                yield add_business_days(one.posted, h.conversion_lag, holidays), one.ready or one.posted
        if h.cadence == "automatic" and opening.amount > 0:
            yield add_business_days(opening.posted, h.conversion_lag, holidays), opening.ready or opening.posted
        return
    ends = business_day_ends(h.cadence, opening.posted, date(h.tax_year, 12, 31), holidays)
    for day in h.conversion_dates if h.cadence == "dates" else ends:
        yield day, day


def allowed(household: Household, day: date) -> bool:
    """Whether the plan lets the path taken be used on the day: age, windows, blackouts."""
    h = household
    opens = age_day(h)
    return (
        (opens is None or day >= opens)
        and (not h.conversion_windows or _inside(h.conversion_windows, day))
        and not _inside(h.blackouts, day)
    )


def _inside(spans: Sequence[Span], day: date) -> bool:
    return any(span.start <= day <= span.end for span in spans)


def _gates(h: Household, holidays: Collection[date]) -> list[date]:
    """The business days, ascending, on which it becomes allowed: no other day can be the first one allowed."""
    opens = age_day(h)
    days = {add_business_days(span.start - DAY, 1, holidays) for span in h.conversion_windows}
    days |= {add_business_days(span.end, 1, holidays) for span in h.blackouts}
    if opens is not None:
        days.add(add_business_days(opens - DAY, 1, holidays))
    return sorted(day for day in days if allowed(h, day))


def _within(
    h: Household, opening: Contribution, contributions: Sequence[Contribution], days: Sequence[date], most: int
) -> list[date]:
    """Those of the days that are used where the plan lets at most `most` be, what was made already counted."""
    kind = "Roth in plan" if path_taken(h) == IN_PLAN else "Roth IRA"
    made = len({row.date for row in h.converted if row.to == kind})
    last = max((row.date for row in h.converted), default=None)
    money = [opening, *contributions]
    before = 0
    if last is not None:
        gone = sum(row.amount + row.to_traditional for row in h.converted)
        before = max(0, _ready_by(money, last) - gone)
    useful: list[date] = []
    gathered: list[int] = []
    for day in days:  # a day on which nothing new can leave would use up one of the few
        there = before + _ready_by(money, day) - (_ready_by(money, last) if last is not None else 0)
        if there > (gathered[-1] if gathered else 0):
            useful.append(day)
            gathered.append(there)
    places = [most - made - _earlier(h, day) for day in useful]
    return [useful[i] for i in chosen(useful, gathered, places)]


def _ready_by(money: Sequence[Contribution], day: date) -> int:
    return sum(one.amount for one in money if (one.ready or one.posted) <= day)


def _earlier(h: Household, day: date) -> int:
    """Conversions made before those recorded here that still count on the day."""
    if h.counted_over == "calendar year":
        return sum(one.date.year == h.tax_year for one in h.earlier_conversions)
    return sum(one.date > months_after(day, -12) for one in h.earlier_conversions)


def chosen(days: Sequence[date], gathered: Sequence[int], places: Sequence[int]) -> list[int]:
    """The indexes of the days used, ascending: the best choice where a k-th conversion needs places[i] at least k.

    days: ascending; gathered: cents that have come by each day, strictly ascending; places: conversions that the plan
    lets there be up to each day, never falling.
    Choice: the least is left unconverted on the last day; then the dollars wait the fewest days, a dollar counted from
    the day it comes to the day it leaves; of equal choices the one with the later days, from the last one back.
    """
    if not days or places[-1] < 1:
        return []
    count, last = len(days), len(days) - 1
    since = [(day - days[0]).days + 1 for day in days]
    # cost[k][i]: cents times days of what k + 1 conversions gather, the last of them on day i; None if none can.
    cost: list[list[int | None]] = [
        [g * s if p >= 1 else None for g, s, p in zip(gathered, since, places, strict=True)]
    ]
    while len(cost) < min(count, places[last]):
        before = cost[-1]
        row: list[int | None] = []
        for i in range(count):
            options = [
                done + (gathered[i] - gathered[j]) * since[i] for j in range(i) if (done := before[j]) is not None
            ]
            row.append(min(options) if options and places[i] > len(cost) else None)
        if row[last] is None:
            break
        cost.append(row)
    found = [last]
    for before in reversed(cost[:-1]):
        i = found[-1]
        ways = [
            (done + (gathered[i] - gathered[j]) * since[i], -j) for j in range(i) if (done := before[j]) is not None
        ]
        found.append(-min(ways)[1])
    return found[::-1]
