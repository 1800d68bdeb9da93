"""What left the after-tax account, by where it went: what Forms 1099-R and 5498 and the ledger are made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mbr_xl.engine.converting.path import path_taken
from mbr_xl.household import Household
from mbr_xl.money import Cents, half_up
from mbr_xl.records import Converted
from mbr_xl.results import ConversionLine, YearPlan

IN_PLAN, ROTH_IRA = "Roth in plan", "Roth IRA"


@dataclass(frozen=True, slots=True)
class ByPath:
    """Cents of a year: to the plan's Roth account, to Roth IRAs (each with its taxable part), to a traditional IRA.

    lost: contributions that a loss has used up, which box 5 still shows.
    """

    in_plan: Cents = Cents(0)
    in_plan_taxable: Cents = Cents(0)
    roth_ira: Cents = Cents(0)
    roth_ira_taxable: Cents = Cents(0)
    to_traditional: Cents = Cents(0)
    lost: Cents = Cents(0)


def planned_path(household: Household) -> str:
    """Where conversions go that no record says otherwise of: "Roth in plan" or "Roth IRA"."""
    return ROTH_IRA if path_taken(household) == ROTH_IRA else IN_PLAN


def by_path(household: Household, plan: YearPlan, year: int, until: date | None = None) -> ByPath:
    """What was and will be moved in a calendar year, the year-to-date figures with it.

    household: the inputs of the plan; year: the plan's or the one after it, in which December's money may be converted;
    until: only what is dated up to this day, None is all.
    Source: 26 USC 402(c)(2), 402A(c)(4), 408A(e): taxed and reported in the year of the conversion.
    Choice: year-to-date figures took the planned path; a loss shows on the rollover's form, if there is one.
    """
    h = household
    lines = [line for line in plan.conversions if line.tax_year == year and (until is None or line.date <= until)]
    converted: int = sum(line.converted for line in lines)
    taxable: int = sum(line.taxable for line in lines)
    if year == h.tax_year and (until is None or h.ytd_date is None or h.ytd_date <= until):
        converted += h.ytd_converted
        taxable += h.ytd_taxable
    path = planned_path(h)
    others = [row for row in h.converted if row.to != path and row.date in {line.date for line in lines}]
    elsewhere = sum(row.amount for row in others)
    elsewhere_taxable = sum(taxable_of(row, h.converted, lines) for row in others)
    lost = sum(_lost(line) for line in lines)
    here, here_taxable = converted - elsewhere, taxable - elsewhere_taxable
    amounts: tuple[int, ...] = (here, here_taxable, elsewhere, elsewhere_taxable)
    if path == ROTH_IRA:
        amounts = (elsewhere, elsewhere_taxable, here, here_taxable)
    in_plan, in_plan_taxable, roth_ira, roth_ira_taxable = map(Cents, amounts)
    to_traditional = Cents(sum(line.to_traditional for line in lines))
    return ByPath(in_plan, in_plan_taxable, roth_ira, roth_ira_taxable, to_traditional, Cents(lost))


def _lost(line: ConversionLine) -> int:
    """Cents of basis that a loss used up: gone from the account beyond what left it untaxed."""
    return max(0, line.basis - line.basis_left - line.converted + line.taxable) if line.value < line.basis else 0


def taxable_of(row: Converted, rows: tuple[Converted, ...], lines: list[ConversionLine]) -> int:
    """Taxable cents of a recorded conversion: as confirmed, else its share of what that day's line leaves."""
    if row.taxable is not None:
        return row.taxable
    that_day = [one for one in rows if one.date == row.date]
    blank = sum(one.amount for one in that_day if one.taxable is None)
    left = sum(line.taxable for line in lines if line.date == row.date) - sum(one.taxable or 0 for one in that_day)
    return half_up(left * row.amount, blank) if blank else 0


def unconfirmed(household: Household, plan: YearPlan) -> int:
    """How many of the year's conversions no record confirms in writing; their earnings are hypothetical."""
    h = household
    count = 0
    for line in plan.conversions:
        rows = [row for row in h.converted if row.date == line.date]
        if line.tax_year == h.tax_year and line.converted + line.to_traditional > 0:
            count += not rows or any(not row.confirmed for row in rows)
    return count
