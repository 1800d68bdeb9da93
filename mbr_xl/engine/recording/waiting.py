"""After-tax money that has come and has not been converted: how much, since when, and whether that is too long."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from mbr_xl.engine.paydays import add_business_days, last_business_day
from mbr_xl.household import Household
from mbr_xl.money import share_of

NEAR_ENOUGH = 50_000  # millionths: a difference of so much of what had come is gain or loss


@dataclass(frozen=True)
class Waiting:
    """Cents of basis in the account on a day, what of it is overdue, and since when the oldest overdue money waits."""

    amount: int
    overdue: int
    since: date | None


def waiting_money(household: Household, until: date | None, holidays: Collection[date]) -> Waiting:
    """What the records show in the account on the day `until`, never below 0; nothing without a day.

    household: validated; until: the day through which the records go; holidays: the Federal Reserve's.
    Choice: only recorded pays count as contributed; what recorded conversions left behind waits since the last of them.
    Choice: a conversion is taken to have moved all that had come where it moved that to within 5%, the rest being gain
    or loss: records alone cannot tell the two from money that was left.
    Choice: overdue is what the cadence's own day passed by; where windows, blackouts, a minimum, an age, months or a
    number of conversions decide, nothing is called overdue.
    """
    h = household
    if until is None:
        return Waiting(0, 0, None)
    posted = [(add_business_days(pay.date, h.posting_lag, holidays), int(pay.after_tax)) for pay in h.paid]
    last = max((row.date for row in h.converted), default=None)
    came = last or h.ytd_date or date(h.tax_year, 1, 1)
    left = max(0, sum(unmoved(h, day, posted) for day in {row.date for row in h.converted}))
    if last is None:
        left = h.opening_basis
    money = [(came, left)] if left > 0 else []
    money += [(day, cents) for day, cents in posted if cents and day <= until and (last is None or day > last)]
    late = [(day, cents) for day, cents in money if (due := due_day(h, day, holidays)) is not None and due < until]
    return Waiting(
        sum(cents for _, cents in money),
        sum(cents for _, cents in late),
        min((day for day, _ in late), default=None),
    )


def unmoved(household: Household, day: date, posted: Collection[tuple[date, int]]) -> int:
    """Cents of basis that had come since the conversion before and that the day's conversions did not move; below 0
    where they moved more; 0 within 5% of what had come.

    posted: day in the account and cents of each recorded pay's after-tax.
    """
    h = household
    before = max((row.date for row in h.converted if row.date < day), default=None)
    came = sum(cents for there, cents in posted if there <= day and (before is None or there > before))
    if before is None:
        came += h.opening_basis
    moved = sum(row.amount - (row.taxable or 0) for row in h.converted if row.date == day)
    return 0 if abs(came - moved) <= share_of(came, NEAR_ENOUGH) else came - moved


def due_day(household: Household, posted: date, holidays: Collection[date]) -> date | None:
    """The day on which the cadence converts money that came on `posted`; None where it does not, or the plan's rules
    decide."""
    h = household
    if not (h.in_plan_conversion or h.in_service_withdrawal) or restricted(h):
        return None
    if h.cadence in ("automatic", "each pay"):
        return add_business_days(posted, h.conversion_lag, holidays)
    if h.cadence == "dates":
        return min((day for day in h.conversion_dates if day >= posted), default=None)
    if h.cadence == "none":
        return None
    months = 1 if h.cadence == "monthly" else 3
    month = posted.year * 12 + posted.month - 1
    month += -(posted.month) % months
    for later in (month, month + months):
        end = last_business_day(later // 12, later % 12 + 1, holidays)
        if end >= posted:
            return end
    return None


def restricted(household: Household) -> bool:
    """Whether other rules of the plan than the cadence decide on the days of conversions."""
    h = household
    return bool(
        h.conversion_windows or h.blackouts or h.conversion_minimum or h.withdrawal_months
        or (h.in_plan_most, h.withdrawals_most, h.withdrawal_age) != (None, None, None)
    )  # fmt: skip
