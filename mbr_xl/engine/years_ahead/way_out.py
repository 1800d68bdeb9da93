"""How this plan's after-tax money becomes Roth: by which path, in which year first, and after what wait."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mbr_xl.engine.converting.conversion_days import age_day, waiting_months
from mbr_xl.engine.converting.path import ROTH_IRA, path_taken
from mbr_xl.household import Household
from mbr_xl.results import YearPlan


@dataclass(frozen=True)
class WayOut:
    """path: empty where no conversion can be told; first_year: of the first one, 0 then; lag: year-ends from the one
    of the year in which money is put in to the one by which it may leave; opens: the line of the year table in which
    the saver is old enough for a withdrawal, 0 or less where that is no wait.
    """

    path: str
    first_year: int
    lag: int
    opens: int

    @property
    def waits(self) -> bool:
        return self.lag > 0 or self.opens > 0


def way_out(household: Household, plan: YearPlan) -> WayOut:
    """The way out of the after-tax account as recorded and planned; none where no conversion can be told.

    household: validated; plan: its year.
    Source: 26 USC 408A(d)(2)(B), 402A(d)(2)(B) (five taxable years from the first one with money in it); plan terms on
    age and months in the plan.
    Choice: the first year is that of a recorded conversion of this path, else of the first planned one; else, where
    age or months let none be yet, the first in which they do; else, with nothing to convert this year, the next year.
    Money that stays although neither keeps it tells of no conversion.
    """
    h, year = household, household.tax_year
    path = "" if h.cadence == "none" else path_taken(h)
    months, opens_on = waiting_months(h), age_day(h)
    lag, opens = -(-months // 12), opens_on.year - year + 1 if opens_on else 0
    first = _first_year(h, plan, path, max(lag, opens - 1)) if path else 0
    return WayOut(path if first else "", first, lag if path else 0, opens if path else 0)


def _first_year(h: Household, plan: YearPlan, path: str, wait: int) -> int:
    if any((row.to == ROTH_IRA) == (path == ROTH_IRA) for row in h.converted):
        return h.tax_year
    last = max((row.date for row in h.converted), default=date.min)
    planned = [line.tax_year for line in plan.conversions if line.date > last and line.converted > 0]
    if planned:
        return min(planned)
    if wait > 0:
        return h.tax_year + wait
    return 0 if plan.headlines.total_after_tax + h.opening_value else h.tax_year + 1
