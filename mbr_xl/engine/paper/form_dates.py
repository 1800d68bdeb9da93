"""When the forms of a year come, and by when a return of that year is filed and amended."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from mbr_xl.engine.paydays import is_business_day
from mbr_xl.engine.taxes.estimated import due_dates

AMENDED_WITHIN = 3  # years, 26 USC 6511(a)


@dataclass(frozen=True, slots=True)
class FormDates:
    """january: Forms W-2 and 1099-R; may: Form 5498; return_due: the return, without an extension."""

    january: date
    may: date
    return_due: date


def form_dates(tax_year: int, holidays: Collection[date]) -> FormDates:
    """The last days for the forms of a tax year, all in the year after.

    tax_year: 2018 to 2030, as far as holidays are known; holidays: on which no bank works.
    Source: 26 USC 6051(a) (Form W-2, January 31), Instructions for Forms 1099-R and 5498 (January 31, May 31),
    26 USC 6072(a) (April 15), 7503 (a weekend or legal holiday moves the day on).
    """
    year = tax_year + 1
    return FormDates(
        _on_or_after(date(year, 1, 31), holidays), _on_or_after(date(year, 5, 31), holidays), due_dates(year)[0]
    )


def amended_until(return_due: date, filed: date) -> date:
    """The last day for Form 1040-X in general: three years from filing, an early return counting as filed when due.

    Source: 26 USC 6511(a), 6513(a). Two years from payment of the tax may be later.
    """
    start = max(return_due, filed)
    last = 28 if (start.month, start.day) == (2, 29) else start.day
    return date(start.year + AMENDED_WITHIN, start.month, last)


def _on_or_after(day: date, holidays: Collection[date]) -> date:
    while not is_business_day(day, holidays):
        day += timedelta(days=1)
    return day
