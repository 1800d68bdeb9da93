"""What waiting with the conversion costs: the year's after-tax money converted at once, or later and later."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from mbr_xl.engine.converting.conversion import grown, taxable
from mbr_xl.engine.paydays import add_business_days, last_business_day
from mbr_xl.engine.years_ahead.growth import future_value
from mbr_xl.errors import InputError
from mbr_xl.money import WHOLE, Cents, share_of

AT_ONCE, NEVER = "at once", "never this year"
MONTHS: dict[str, tuple[int, ...]] = {
    "each month": tuple(range(1, 13)),
    "quarterly": (3, 6, 9, 12),
    "twice a year": (6, 12),
    "once a year": (12,),
}
CADENCES = (AT_ONCE, *MONTHS, NEVER)


@dataclass(frozen=True, slots=True)
class DelayLine:
    """One cadence: how many conversions, the last of them, and cents taxable, of tax, and of tax more than at once."""

    cadence: str
    conversions: int
    last: date | None
    taxable: Cents
    tax: Cents
    more: Cents


def delay_cost(
    contributions: Sequence[tuple[date, int]],
    growth: int,
    rate: int,
    holidays: Collection[date] = frozenset(),
) -> tuple[DelayLine, ...]:
    """A line a cadence in the order of CADENCES: what is taxable, the tax, and how much more than at once.

    contributions: pay date and cents of one calendar year, in any order; growth: millionths a year until converted,
    may be negative; rate: millionths of tax on the next dollar; holidays: the Federal Reserve's.
    Every cadence converts all the money, earnings too. "at once" converts on the business day after each pay, as
    `conversion_schedule` does; the others on the last business day of the month, quarter, half-year or year.
    "never this year" has no tax this year and is converted in one sum on the last business day of the next: its line
    is the tax of that year. Tax on the growth after a conversion is no part of this: there is none, if qualified.
    Raises InputError where there is no contribution, one is negative, or they are of two years, and for a rate out of
    bounds.
    Source: 26 USC 72(e)(8)(B), 402A(c)(4), 408A(d)(3)(A) (earnings up to the conversion are taxed).
    Choice: no money is converted before the business day after its pay, so that no cadence is quicker than at once:
    pay of a month's last business day waits for the next conversion, and what is too late for the year's last one is
    converted on that business day after.
    """
    if not contributions:
        raise InputError("Give at least one after-tax contribution, date and amount.")
    years = sorted({paid.year for paid, _ in contributions})
    if len(years) > 1:
        raise InputError(f"The contributions are of {years[0]} and {years[-1]}: give those of one calendar year.")
    if any(amount < 0 for _, amount in contributions):
        raise InputError("A contribution is below $0: give dollars, 0 or more.")
    if not -WHOLE < growth <= 10 * WHOLE:
        raise InputError("Growth a year is above -100% and at most 1000%.")
    if not 0 <= rate <= WHOLE:
        raise InputError("The tax rate is from 0% to 100%.")
    money = sorted((paid, amount) for paid, amount in contributions if amount)
    days = {paid for paid, _ in money}
    answer: list[DelayLine] = []
    for cadence in CADENCES:
        by_day: dict[date, list[tuple[int, date]]] = {}
        converted_on = {paid: _conversion_day(cadence, paid, holidays) for paid in days}
        for paid, amount in money:
            by_day.setdefault(converted_on[paid], []).append((amount, paid))
        earnings = [
            taxable(sum(amount for amount, _ in parts), grown(parts, day, growth)) for day, parts in by_day.items()
        ]
        tax = sum(share_of(amount, rate) for amount in earnings)
        least = answer[0].tax if answer else tax
        last = max(by_day, default=None)
        answer.append(DelayLine(cadence, len(by_day), last, Cents(sum(earnings)), Cents(tax), Cents(tax - least)))
    return tuple(answer)


def compounded(more: int, years: int, growth: int) -> Cents:
    """Cents that the tax of waiting, paid each year, would have become at the end of the last year.

    more: cents a year more than at once, below 0 where rounding made it so; years: 1 to 50; growth: millionths a year.
    Source: arithmetic, the annuity formula; hypothetical.
    Choice: paid at the end of each year, grown untaxed as in a Roth account; growth above 100% counts as 100%.
    """
    became = future_value(abs(more), years, min(growth, WHOLE))
    return Cents(became if more >= 0 else -became)


def _conversion_day(cadence: str, paid: date, holidays: Collection[date]) -> date:
    """The day on which a contribution is converted."""
    soonest = add_business_days(paid, 1, holidays)
    if cadence == AT_ONCE:
        return soonest
    if cadence == NEVER:
        return last_business_day(paid.year + 1, 12, holidays)
    ends = (last_business_day(paid.year, month, holidays) for month in MONTHS[cadence])
    return next((end for end in ends if end >= soonest), soonest)
