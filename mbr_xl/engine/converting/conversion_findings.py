"""What an advisor should look at in the year's conversions."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from typing import Literal

from mbr_xl.engine.converting.conversion import conversions_of
from mbr_xl.engine.converting.conversion_answers import suspended
from mbr_xl.engine.converting.path import ROTH_IRA, path_taken
from mbr_xl.engine.paydays import us_date
from mbr_xl.household import Household
from mbr_xl.money import dollars
from mbr_xl.results import YearPlan
from mbr_xl.rules import bank_holidays

Severity = Literal["fix", "look", "note"]
Found = Iterator[tuple[Severity, str, str] | tuple[Severity, str, str, int | None]]


def conversion_findings(household: Household, plan: YearPlan, holidays: Collection[date] | None = None) -> Found:
    """Severity, field and sentence of each thing to look at, and of a list its row, as `checks.Finding` has them.

    household: validated; plan: what `plan_year` made of it; holidays: what it was made with (None: the Federal
    Reserve's).
    """
    closed = bank_holidays() if holidays is None else holidays
    yield from _days(household, plan, closed)
    yield from _withdrawal(household, plan)
    yield from _records(household, plan)
    yield from _contract(household, plan)


def _days(h: Household, plan: YearPlan, holidays: Collection[date]) -> Found:
    done, _, _, _, days = conversions_of(h, [(pay.date, pay.after_tax, pay.kind) for pay in plan.pays], holidays)
    if days.unplaced:
        one = days.unplaced == 1
        yield (
            "look",
            "conversion_windows",
            f"{days.unplaced} wanted conversion{' finds' if one else 's find'} no day by December 31, {h.tax_year}, "
            "that the plan allows (windows, blackouts, age, months in the plan): the money stays where it is.",
        )
    most = h.withdrawals_most if path_taken(h) == ROTH_IRA else h.in_plan_most
    if most is not None and days.offered > len(days.used):
        used = ", ".join(us_date(day) for day in days.used) or "none"
        yield (
            "note",
            "withdrawals_most" if path_taken(h) == ROTH_IRA else "in_plan_most",
            f"The plan allows {most} a year and {days.offered} would be wanted: planned on {used}.",
        )
    for day in done.too_small:
        yield (
            "look",
            "conversion_minimum",
            f"On {us_date(day)} less than {dollars(h.conversion_minimum)} could move: the money waits for the next "
            "conversion.",
        )


def _withdrawal(h: Household, plan: YearPlan) -> Found:
    stopped = suspended(h, plan)
    if stopped:
        put_in = sum(pay.pretax + pay.roth + pay.after_tax for pay in stopped)
        match = sum(pay.match for pay in stopped)
        span = (
            f"from {us_date(stopped[0].date)} to {us_date(stopped[-1].date)}"
            if len(stopped) > 1
            else (f"on {us_date(stopped[0].date)}")
        )
        lost = (
            f", and with them a match of {dollars(match)}"
            if match and h.suspends_match
            else (f"; the match of {dollars(match)} on them would be at risk" if match else "")
        )
        yield (
            "look",
            "suspends_months",
            f"A withdrawal suspends contributions for {h.suspends_months} months: {len(stopped)} pays {span} would put "
            f"nothing in, where {dollars(put_in)} is planned{lost}.",
        )
    planned_out = path_taken(h) == ROTH_IRA and any(line.date not in _real(h) for line in plan.conversions)
    if h.spousal_consent and planned_out:
        yield "note", "spousal_consent", "The spouse must consent in writing to each withdrawal: allow time for it."
    if plan.headlines.total_to_traditional:
        yield (
            "look",
            "earnings_to",
            f"{dollars(plan.headlines.total_to_traditional)} of earnings goes to a traditional IRA: on December 31 it "
            "counts in the pro rata of an ordinary backdoor Roth IRA conversion of the year (Form 8606, line 6).",
        )


def _real(h: Household) -> set[date]:
    return {row.date for row in h.converted}


def _records(h: Household, plan: YearPlan) -> Found:
    for line in plan.conversions:
        over = line.converted + line.to_traditional - line.value
        if line.date in _real(h) and over > 0:
            yield (
                "look",
                "converted_amount",
                f"The conversion of {us_date(line.date)} moved {dollars(over)} more than the account held by these "
                "inputs: look at the days to the account, the growth and the opening value.",
                next(number for number, row in enumerate(h.converted, start=1) if row.date == line.date),
            )
    for number, row in enumerate(h.converted, start=1):
        if row.taxable is None:
            yield (
                "note",
                "converted_taxable",
                f"The taxable part of the conversion of {us_date(row.date)} is not confirmed: it is reckoned pro rata.",
                number,
            )


def _contract(h: Household, plan: YearPlan) -> Found:
    if h.separate_contract is False:
        if not h.other_value:
            yield (
                "look",
                "other_value",
                "After-tax money is not accounted for separately (separate_contract), but the pre-tax money of the "
                "account (other_value) is blank: give it, or the taxable part is too low.",
            )
        elif plan.headlines.total_taxable:
            yield (
                "look",
                "separate_contract",
                f"{dollars(plan.headlines.total_taxable)} is taxable because basis goes out pro rata over the whole "
                "account; most plans account for after-tax money separately, 26 USC 72(d)(2).",
            )
