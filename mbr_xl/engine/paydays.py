"""On which days pay is paid, and what the next business day is."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection
from datetime import date, timedelta
from itertools import pairwise
from typing import get_args

from mbr_xl.errors import InputError
from mbr_xl.household import Frequency

DAY = timedelta(days=1)
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
STEP_DAYS = {"weekly": 7, "biweekly": 14}


def pay_dates(
    year: int,
    frequency: str,
    any_pay_date: date,
    shift: str = "before",
    second_day: int | None = None,
    holidays: Collection[date] = frozenset(),
) -> list[date]:
    """The dates paid in the year, ascending: 52 or 53, 26 or 27, 24, 12.

    year: calendar year; frequency: weekly, biweekly, semimonthly or monthly; any_pay_date: any regular pay date, past
    or future, before a holiday moves it; shift: "before" pays a weekend's or a bank holiday's date on the business day
    before, "none" leaves it; second_day: semimonthly's other day of the month, 1 to 31 (31 is the last day), ignored
    otherwise; holidays: the Federal Reserve's.
    Raises InputError for an unknown word, a missing or impossible second_day, two pays on one date.
    Source: 26 USC 451(a), Treas. Reg. 1.451-2(a): pay belongs to the year in which it is paid, so 1 January's check
    that is paid on 31 December belongs to the old year.
    Choice: a pay date on the last day of its month stays on the last day of every month.
    """
    if frequency not in get_args(Frequency):
        raise InputError(f"{frequency!r} is not a pay frequency: give weekly, biweekly, semimonthly or monthly.")
    if shift not in ("before", "none"):
        raise InputError(f"{shift!r} is not a rule for weekends and bank holidays: give before or none.")
    paid = []
    for nominal in _nominal(year, frequency, any_pay_date, second_day):
        day = business_day_on_or_before(nominal, holidays) if shift == "before" else nominal
        if day.year == year:
            paid.append(day)
    for one, other in pairwise(paid):
        if one == other:
            raise InputError(
                f"Two pays fall on {us_date(one)}: give days of the month (any_pay_date, second_day) "
                "that stay apart, such as 15 and 31."
            )
    return paid


def _nominal(year: int, frequency: str, any_pay_date: date, second_day: int | None) -> list[date]:
    """The dates before weekends and holidays move them, from late December before to early January after."""
    first, last = date(year - 1, 12, 20), date(year + 1, 1, 20)
    if frequency in STEP_DAYS:
        step = STEP_DAYS[frequency]
        start = first + timedelta(days=(any_pay_date - first).days % step)
        return [start + timedelta(days=k * step) for k in range((last - start).days // step + 1)]
    days = [31 if any_pay_date == month_end(any_pay_date.year, any_pay_date.month) else any_pay_date.day]
    if frequency == "semimonthly":
        if second_day is None or not 1 <= second_day <= 31:
            raise InputError(
                "Semimonthly pay needs the other day of the month (second_day): give a whole number from 1 to 31, "
                "31 for the last day."
            )
        days.append(second_day)
    months = [(year - 1, 12), *((year, month) for month in range(1, 13)), (year + 1, 1)]
    return sorted(date(y, m, min(day, month_end(y, m).day)) for y, m in months for day in days)


def us_date(day: date) -> str:
    """A date as US text whatever the machine's language: "Apr 10, 2026"."""
    return f"{MONTHS[day.month - 1]} {day.day}, {day.year}"


def month_end(year: int, month: int) -> date:
    """The last day of the month."""
    return date(year, month, monthrange(year, month)[1])


def is_business_day(day: date, holidays: Collection[date]) -> bool:
    """Whether banks work: Monday to Friday and no holiday."""
    return day.weekday() < 5 and day not in holidays


def business_day_on_or_before(day: date, holidays: Collection[date]) -> date:
    """The day itself where banks work, else the last one before on which they do."""
    while not is_business_day(day, holidays):
        day -= DAY
    return day


def add_business_days(day: date, count: int, holidays: Collection[date]) -> date:
    """The count-th business day after the day, as Excel's WORKDAY; 0 is the day itself, a weekend too.

    day: from where; count: 0 or more; holidays: the Federal Reserve's.
    """
    while count > 0:
        day += DAY
        if is_business_day(day, holidays):
            count -= 1
    return day


def last_business_day(year: int, month: int, holidays: Collection[date]) -> date:
    """The last day of the month on which banks work."""
    return business_day_on_or_before(month_end(year, month), holidays)
