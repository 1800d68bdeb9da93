"""When after-tax money turns Roth, what of it is taxable, and what stands unconverted at the end of the year."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import floor
from typing import Literal, get_args

from mbr_xl.engine.paydays import add_business_days, last_business_day
from mbr_xl.errors import InputError
from mbr_xl.household import Household
from mbr_xl.money import WHOLE, Cents, dollars, half_up
from mbr_xl.results import ConversionLine

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
    return Cents(converted - _basis_out(basis, value, converted))


def _basis_out(basis: int, value: int, converted: int, pre_1987: int = 0) -> int:
    """Cents of basis that go with the money moved: money from before 1987 first, the rest pro rata.

    pre_1987: only where the plan allowed its withdrawal on 5 May 1986, which the law asks for; else 0.
    Source: 26 USC 72(e)(8)(B), 72(e)(8)(D).
    """
    if value <= basis:  # a loss: all that is moved is basis
        return converted
    first = min(pre_1987, converted)
    return min(basis, converted, first + half_up((converted - first) * (basis - pre_1987), value - pre_1987))


@dataclass(frozen=True, slots=True)
class Terms:
    """How an after-tax account is converted: the inputs of the Conversion section; rates in millionths."""

    earnings_to: str = "roth"  # roth, traditional, leave
    growth_rate: int = 0
    tax_rate: int = 0
    unrecovered_lost: bool = True


@dataclass(frozen=True, slots=True)
class Account:
    """The after-tax account on a day, in cents; pre_1987 is part of the basis."""

    date: date
    value: int
    basis: int
    pre_1987: int = 0


@dataclass(frozen=True, slots=True)
class Contribution:
    """After-tax money in cents, on the day it reaches the account."""

    posted: date
    amount: int


def grown(parts: Iterable[tuple[int, date]], until: date, growth_rate: int) -> int:
    """Cents that amounts from their dates have become, rounded once; a date after `until` has not grown.

    growth_rate: millionths a year, compounded by days of 365.
    """
    factor = (WHOLE + growth_rate) / WHOLE
    total = 0.0
    for amount, since in parts:
        total += amount * factor ** (max(0, (until - since).days) / 365)
    return floor(total + 0.5)


@dataclass(frozen=True, slots=True)
class Converted:
    """The conversions, the account after each, and the number of contributions it then held or had held."""

    lines: tuple[ConversionLine, ...]
    accounts: tuple[tuple[Account, int], ...]  # the opening first


def convert(opening: Account, contributions: Sequence[Contribution], dates: Iterable[date], terms: Terms) -> Converted:
    """What is converted on each date; a date on which the account is empty has no line.

    opening: the account to begin with; contributions: by date posted; dates: ascending, after the opening or on it.
    Source: 26 USC 402A(c)(4), 408A(d)(3)(A): taxed as if distributed, in the year of the conversion.
    """
    account, held = opening, 0
    lines: list[ConversionLine] = []
    accounts = [(account, held)]
    for day in dates:
        first = held
        while held < len(contributions) and contributions[held].posted <= day:
            held += 1
        new = contributions[first:held]
        added = sum(one.amount for one in new)
        parts = [(account.value, account.date), *((one.amount, one.posted) for one in new)]
        value, basis = grown(parts, day, terms.growth_rate), account.basis + added
        line, account = _sweep(Account(day, value, basis, account.pre_1987), added, terms)
        accounts.append((account, held))
        if value or basis:
            lines.append(line)
    return Converted(tuple(lines), tuple(accounts))


def _sweep(account: Account, added: int, terms: Terms) -> tuple[ConversionLine, Account]:
    """One conversion of what may be converted by the terms, and the account after it."""
    value, basis, pre_1987 = account.value, account.basis, account.pre_1987
    converted = value if terms.earnings_to == "roth" else min(value, basis)
    to_traditional = value - converted if terms.earnings_to == "traditional" else 0
    used = _basis_out(basis, value, converted, pre_1987) if terms.earnings_to == "leave" else min(basis, value)
    tax_on = converted - used
    value_left, basis_left = value - converted - to_traditional, basis - used
    if value_left == 0 and terms.unrecovered_lost:
        basis_left = 0
    after = Account(account.date, value_left, basis_left, min(max(0, pre_1987 - converted), basis_left))
    line = ConversionLine(
        account.date,
        account.date.year,
        Cents(added),
        Cents(basis),
        Cents(value),
        Cents(converted),
        Cents(tax_on),
        Cents(half_up(tax_on * terms.tax_rate, WHOLE)),
        Cents(to_traditional),
        Cents(value_left),
        Cents(basis_left),
    )
    return line, after


def business_day_ends(cadence: str, first: date, last: date, holidays: Collection[date]) -> list[date]:
    """The last business days of the months or quarters after `first` and up to `last`."""
    months = range(1, 13) if cadence == "monthly" else range(3, 13, 3)
    ends = [last_business_day(y, m, holidays) for y in range(first.year, last.year + 1) for m in months]
    return [end for end in ends if first < end <= last]


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
    posted = [add_business_days(paid, h.posting_lag, holidays) for paid, _, _ in after_tax]
    contributions = [Contribution(day, amount) for day, (_, amount, _) in zip(posted, after_tax, strict=True)]
    opening = opening_account(h)
    sweeps: set[date] = set()
    if not (h.in_plan_conversion or h.in_service_withdrawal) or h.cadence == "none":
        pass
    elif h.cadence in ("automatic", "each pay"):
        for day, (_, amount, kind) in zip(posted, after_tax, strict=True):
            if (kind == "base") if h.cadence == "each pay" else (amount > 0):
                sweeps.add(add_business_days(day, h.conversion_lag, holidays))
        if h.cadence == "automatic" and h.opening_value > 0:
            sweeps.add(add_business_days(opening.date, h.conversion_lag, holidays))
    elif h.cadence == "dates":
        sweeps.update(h.conversion_dates)
    else:
        sweeps.update(business_day_ends(h.cadence, opening.date, date(h.tax_year, 12, 31), holidays))
    terms = Terms(h.earnings_to, h.growth_rate, h.federal_rate + h.state_rate, h.unrecovered_basis == "lost")
    done = convert(opening, contributions, sorted(sweeps), terms)

    year_end = date(h.tax_year, 12, 31)
    account, held = [found for found in done.accounts if found[0].date <= year_end][-1]
    waiting = contributions[held:]
    value = grown(
        [(account.value, account.date), *((one.amount, one.posted) for one in waiting)], year_end, h.growth_rate
    )
    basis = account.basis + sum(one.amount for one in waiting)
    return done.lines, Cents(value), Cents(basis)


def conversion_schedule(
    contributions: Sequence[tuple[date, int]],
    cadence: str = "automatic",
    growth: int = 0,
    rate: int = 0,
    earnings_to: str = "roth",
    until: date | None = None,
    holidays: Collection[date] = frozenset(),
    posting_lag: int = 0,
    conversion_lag: int = 1,
) -> tuple[ConversionLine, ...]:
    """The dated conversions of free-standing after-tax contributions, from an empty account.

    contributions: pay date and cents, in any order, amounts not negative; cadence: automatic and each pay convert
    after every contribution, monthly and quarterly on the last business day, none never; growth: millionths a year;
    rate: millionths of tax on the next dollar; earnings_to: as `taxable`; until: the last day that monthly and
    quarterly may convert, None is 31 December of the last contribution's year; holidays: the Federal Reserve's;
    posting_lag, conversion_lag: business days from pay to account and from account to conversion.
    Raises InputError for a bad word, amount, rate or lag.
    Choice: posted on the pay date, converted on the next business day, unless the lags say otherwise.
    """
    if cadence not in get_args(Cadence) or cadence == "dates":
        raise InputError(f"{cadence!r} is no cadence here: give automatic, each pay, monthly, quarterly or none.")
    if earnings_to not in get_args(EarningsTo):
        raise InputError(f"{earnings_to!r} is no place for earnings: give roth, traditional or leave.")
    if not -WHOLE < growth <= 10 * WHOLE:
        raise InputError("Growth a year is above -100% and at most 1000%.")
    if not 0 <= rate <= WHOLE:
        raise InputError("The tax rate is from 0% to 100%.")
    if posting_lag < 0 or conversion_lag < 0:
        raise InputError("A lag is a number of business days, 0 or more.")
    if any(amount < 0 for _, amount in contributions):
        raise InputError("A contribution is below $0: give dollars, 0 or more.")
    if not contributions or cadence == "none":
        return ()
    money = sorted((add_business_days(paid, posting_lag, holidays), amount) for paid, amount in contributions)
    if cadence in ("automatic", "each pay"):
        dates = {add_business_days(day, conversion_lag, holidays) for day, amount in money if amount > 0}
    else:
        last = until or date(max(paid.year for paid, _ in contributions), 12, 31)
        before = min(paid for paid, _ in contributions).replace(month=1, day=1)
        dates = set(business_day_ends(cadence, before, last, holidays))
    opening = Account(money[0][0], 0, 0)
    reached = sorted(day for day in dates if until is None or day <= until)
    return convert(opening, [Contribution(*one) for one in money], reached, Terms(earnings_to, growth, rate)).lines
