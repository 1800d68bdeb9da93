"""When after-tax money turns Roth, what of it is taxable, and what stands unconverted at the end of the year."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Literal, get_args

from mbr_xl.engine.converting.account import (
    Account,
    Contribution,
    Converted,
    Moved,
    Terms,
    basis_out,
    convert,
    grown,
    left_at,
)
from mbr_xl.engine.converting.conversion_days import (
    Days,
    business_day_ends,
    conversion_days,
    months_after,
    waiting_months,
)
from mbr_xl.engine.converting.path import IN_PLAN, path_taken
from mbr_xl.engine.paydays import add_business_days
from mbr_xl.errors import InputError
from mbr_xl.household import Household
from mbr_xl.money import WHOLE, Cents, dollars
from mbr_xl.records import Converted as Recorded
from mbr_xl.results import ConversionLine

__all__ = [
    "Account",
    "Contribution",
    "Terms",
    "conversion_fees",
    "conversion_schedule",
    "conversions_of",
    "convert",
    "grown",
    "taxable",
    "year_conversions",
]

EarningsTo = Literal["roth", "traditional", "leave"]
Cadence = Literal["automatic", "each pay", "monthly", "quarterly", "dates", "none"]


def taxable(basis: int, value: int, converted: int | None = None, earnings_to: str = "roth") -> Cents:
    """Taxable cents of a conversion out of the after-tax account, 0 to `converted`.

    basis: after-tax money in cents not yet converted or withdrawn; value: the after-tax account now; converted: cents
    moved, None is all of it (with "leave": an amount equal to the basis, all of it after a loss); earnings_to: "roth"
    converts the earnings of what is moved too, "traditional" sends them to a traditional IRA in the same distribution
    (nothing taxable now), "leave" leaves the earnings of what is not moved in the account.
    Raises InputError for negative amounts, for more moved than there is, and for an unknown word.
    Source: 26 USC 72(e)(8)(B) and 72(d)(2) (pro rata inside the after-tax account); Notice 2014-54 (split).
    """
    if earnings_to not in get_args(EarningsTo):
        raise InputError(f"{earnings_to!r} is no place for earnings: give roth, traditional or leave.")
    for name, amount in (("basis", basis), ("value", value), ("converted", converted)):
        if amount is not None and amount < 0:
            raise InputError(f"The {name} is {dollars(amount)}: give dollars, 0 or more.")
    if converted is None:
        converted = min(basis, value) if earnings_to == "leave" else value
    if converted > value:
        raise InputError(
            f"{dollars(converted)} cannot be converted from an account of {dollars(value)}: give at most its value."
        )
    if earnings_to == "traditional":
        return Cents(0)
    return Cents(converted - basis_out(basis, value, converted))


def opening_account(household: Household) -> Account:
    """The account that the year begins with: on ytd_date, else on 1 January."""
    h = household
    return Account(h.ytd_date or date(h.tax_year, 1, 1), h.opening_value, h.opening_basis, h.opening_pre_1987)


def year_conversions(
    household: Household, after_tax: Sequence[tuple[date, int, str]], holidays: Collection[date]
) -> tuple[tuple[ConversionLine, ...], Cents, Cents]:
    """The conversions of the year's after-tax money, and value and basis unconverted on 31 December, in cents.

    household: validated; after_tax: pay date, cents and kind of each line, by date; holidays: the Federal Reserve's.
    """
    h = household
    done, opening, contributions, terms, _ = conversions_of(h, after_tax, holidays)
    value, basis = left_at(done, opening, contributions, date(h.tax_year, 12, 31), terms)
    return done.lines, Cents(value), Cents(basis)


def conversions_of(
    household: Household, after_tax: Sequence[tuple[date, int, str]], holidays: Collection[date]
) -> tuple[Converted, Account, list[Contribution], Terms, Days]:
    """The conversions day by day with what they were made from: the opening, the money, the terms, the planned days.

    Arguments as `year_conversions`. Recorded conversions stand for the planned ones up to the last of them.
    Choice: the contract grows at one rate; pre-tax money in it is that of the opening date, grown, without the year's
    deferrals and match.
    """
    h = household
    months = waiting_months(h)
    opening = opening_account(h)

    def ready(posted: date) -> date | None:
        return months_after(posted, months) if months else None

    opening_ready = None if h.opening_seasoned else ready(opening.date)
    posted = [add_business_days(paid, h.posting_lag, holidays) for paid, _, _ in after_tax]
    contributions = [
        Contribution(day, amount, ready(day)) for day, (_, amount, _) in zip(posted, after_tax, strict=True)
    ]
    days = conversion_days(
        h,
        Contribution(opening.date, opening.value, opening_ready),
        contributions,
        [kind for _, _, kind in after_tax],
        holidays,
    )
    recorded = {
        day: moved_of([row for row in h.converted if row.date == day])
        for day in sorted({row.date for row in h.converted})
    }
    terms = Terms(
        h.earnings_to,
        h.growth_rate,
        h.federal_rate + h.state_rate,
        h.unrecovered_basis == "lost",
        h.conversion_minimum or 0,
        (h.other_value or 0) if h.separate_contract is False else 0,
        opening_ready,
    )
    return (
        convert(opening, contributions, [*recorded, *days.used], terms, recorded),
        opening,
        contributions,
        terms,
        days,
    )


def moved_of(rows: Sequence[Recorded]) -> Moved:
    """What the rows of one day say left the account."""
    unknown = [row for row in rows if row.taxable is None]
    return Moved(
        sum(row.amount for row in rows),
        sum(row.to_traditional for row in rows),
        sum(row.taxable or 0 for row in rows),
        sum(row.amount for row in unknown),
        sum(row.to_traditional for row in unknown),
    )


def conversion_fees(household: Household, lines: Sequence[ConversionLine]) -> Cents:
    """The plan's fees for the tax year's conversions in cents, those made before the planner's figures not counted.

    Choice: they are shown, not taken from the account: plans charge them to another source, or bill them.
    """
    h = household
    fee = {"Roth in plan": h.in_plan_fee or 0, "Roth IRA": h.withdrawal_fee or 0}
    real = {row.date for row in h.converted}
    planned = [
        line
        for line in lines
        if line.tax_year == h.tax_year and line.date not in real and line.converted + line.to_traditional > 0
    ]
    each = fee["Roth in plan" if path_taken(h) == IN_PLAN else "Roth IRA"]
    return Cents(each * len(planned) + sum(fee[row.to] for row in h.converted))


def conversion_schedule(
    contributions: Sequence[tuple[date, int]],
    cadence: str = "automatic",
    growth: int = 0,
    rate: int = 0,
    earnings_to: str = "roth",
    until: date | None = None,
    holidays: Collection[date] = frozenset(),
) -> tuple[ConversionLine, ...]:
    """The dated conversions of free-standing after-tax contributions, from an empty account.

    contributions: pay date and cents, in any order, amounts not negative; cadence: automatic and each pay convert
    after every contribution, monthly and quarterly on the last business day, none never; growth: millionths a year;
    rate: millionths of tax on the next dollar; earnings_to: as `taxable`; until: the last day that may convert, None
    is when all is converted; holidays: the Federal Reserve's.
    Raises InputError for a bad word, amount or rate.
    Choice: as `delay_cost`, money grows from its pay date and is converted on the next business day at the soonest: pay
    of a month's last business day waits for the next conversion, and what is too late for the last one of the last
    contribution's year is converted on that business day after.
    """
    if cadence not in get_args(Cadence) or cadence == "dates":
        raise InputError(f"{cadence!r} is no cadence here: give automatic, each pay, monthly, quarterly or none.")
    if earnings_to not in get_args(EarningsTo):
        raise InputError(f"{earnings_to!r} is no place for earnings: give roth, traditional or leave.")
    if not -WHOLE < growth <= 10 * WHOLE:
        raise InputError("Growth a year is above -100% and at most 1000%.")
    if not 0 <= rate <= WHOLE:
        raise InputError("The tax rate is from 0% to 100%.")
    if any(amount < 0 for _, amount in contributions):
        raise InputError("A contribution is below $0: give dollars, 0 or more.")
    if not contributions or cadence == "none":
        return ()
    paid = sorted(contributions)
    there = {day: add_business_days(day, 1, holidays) for day, _ in paid}
    money = [Contribution(there[day], amount, since=day) for day, amount in paid]
    dates = {one.posted for one in money if one.amount > 0}
    if cadence in ("monthly", "quarterly"):
        year_end = date(paid[-1][0].year, 12, 31)
        ends = business_day_ends(cadence, date(paid[0][0].year, 1, 1), until or year_end, holidays)
        dates = {*ends, *(day for day in dates if day > year_end)}
    reached = sorted(day for day in dates if until is None or day <= until)
    return convert(Account(money[0].posted, 0, 0), money, reached, Terms(earnings_to, growth, rate)).lines
