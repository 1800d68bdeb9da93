"""The after-tax account from conversion to conversion: what is in it, what leaves it, what of that is basis."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import floor
from typing import NamedTuple

from mbr_xl.money import WHOLE, Cents, half_up
from mbr_xl.results import ConversionLine


def basis_out(basis: int, value: int, moved: int, pre_1987: int = 0) -> int:
    """Cents of basis that go with the money moved: money from before 1987 first, the rest pro rata.

    value: of the whole contract; pre_1987: only where the plan allowed its withdrawal on 5 May 1986, which the law
    asks for; else 0.
    Source: 26 USC 72(e)(8)(B), 72(e)(8)(D).
    """
    if value <= basis:  # a loss: all that is moved is basis
        return moved
    first = min(pre_1987, moved)
    return min(basis, moved, first + half_up((moved - first) * (basis - pre_1987), value - pre_1987))


@dataclass(frozen=True, slots=True)
class Terms:
    """How an after-tax account is converted: the inputs of the Conversion section; rates in millionths, cents."""

    earnings_to: str = "roth"  # roth, traditional, leave
    growth_rate: int = 0
    tax_rate: int = 0
    unrecovered_lost: bool = True
    minimum: int = 0  # the least that one conversion may move
    other_value: int = 0  # pre-tax money of the same contract on the opening date; 0 where it is a contract of its own
    opening_ready: date | None = None  # from when the opening account may leave; None is at once


@dataclass(frozen=True, slots=True)
class Account:
    """The after-tax account on a day, in cents; pre_1987 is part of the basis."""

    date: date
    value: int
    basis: int
    pre_1987: int = 0


@dataclass(frozen=True, slots=True)
class Contribution:
    """After-tax money in cents, on the day it reaches the account; `ready` is when it may leave, `since` from when it
    has grown, None is that day."""

    posted: date
    amount: int
    ready: date | None = None
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """What the plan confirmed of one day, in cents: all that went to Roth and to a traditional IRA, and of it the rows
    whose taxable part is not known yet; `taxable` is of the other rows."""

    to_roth: int
    to_traditional: int = 0
    taxable: int = 0
    open_to_roth: int = 0
    open_to_traditional: int = 0

    @property
    def confirmed(self) -> bool:
        """Whether the taxable part of all of it is known."""
        return self.open_to_roth + self.open_to_traditional == 0


def grown(parts: Iterable[tuple[int, date]], until: date, growth_rate: int) -> int:
    """Cents that amounts from their dates have become, rounded once; a date after `until` has not grown.

    growth_rate: millionths a year, compounded by days of 365.
    """
    factor = (WHOLE + growth_rate) / WHOLE
    total = 0.0
    for amount, since in parts:
        total += amount * factor ** (max(0, (until - since).days) / 365)
    return floor(total + 0.5)


class State(NamedTuple):
    """The account after a day, the contributions it then held or had held, those of them that may leave or have left,
    and what of the account may leave."""

    account: Account
    held: int
    ripened: int
    ripe: int
    opening_ripe: bool


@dataclass(frozen=True, slots=True)
class Converted:
    """The conversions, the account after each day (the opening first), and the days below the plan's minimum."""

    lines: tuple[ConversionLine, ...]
    accounts: tuple[State, ...]
    too_small: tuple[date, ...] = ()


def convert(
    opening: Account,
    contributions: Sequence[Contribution],
    dates: Iterable[date],
    terms: Terms,
    recorded: Mapping[date, Moved] | None = None,
) -> Converted:
    """What is converted on each date; a date on which nothing may leave, or too little, has no line.

    opening: the account to begin with; contributions: by date posted; dates: ascending, after the opening or on it;
    recorded: what really left on some of the dates, in place of what the terms would move.
    Source: 26 USC 402A(c)(4), 408A(d)(3)(A): taxed as if distributed, in the year of the conversion; 72(d)(2), one
    contract or two.
    Choice: money that may not leave yet counts in the contract whose basis goes out pro rata.
    """
    known = recorded or {}
    state = State(opening, 0, 0, 0, False)
    added = 0
    lines: list[ConversionLine] = []
    states = [state]
    too_small: list[date] = []
    for day in dates:
        new, young, basis_new, state = _enter(opening, state, contributions, day, terms)
        added += basis_new
        other = grown([(terms.other_value, opening.date)], day, terms.growth_rate) if terms.other_value else 0
        account = Account(day, new + young, state.account.basis + basis_new, state.account.pre_1987)
        moved = known.get(day)
        if moved is None and _planned(account, new, terms) < terms.minimum:
            too_small.append(day)
            state = state._replace(account=account, ripe=new)
        else:
            line, after, ripe = _leave(account, new, young, other, added, terms, moved)
            state = state._replace(account=after, ripe=ripe)
            if new or line.converted or line.to_traditional or (account.basis and not young):
                lines.append(line)
                added = 0
        states.append(state)
    return Converted(tuple(lines), tuple(states), tuple(too_small))


def _enter(
    opening: Account, state: State, contributions: Sequence[Contribution], day: date, terms: Terms
) -> tuple[int, int, int, State]:
    """Cents that may leave on the day, cents that may not yet, basis that came, and how far the list is read."""
    held, ripened, opening_ripe = state.held, state.ripened, state.opening_ripe
    ripe = [(state.ripe, state.account.date)]
    young: list[tuple[int, date]] = []
    if not opening_ripe:
        opening_ripe = terms.opening_ready is None or terms.opening_ready <= day
        (ripe if opening_ripe else young).append((opening.value, opening.date))
    basis = 0
    while held < len(contributions) and contributions[held].posted <= day:
        basis += contributions[held].amount
        held += 1
    while ripened < held and (contributions[ripened].ready or contributions[ripened].posted) <= day:
        ripe.append((contributions[ripened].amount, contributions[ripened].since or contributions[ripened].posted))
        ripened += 1
    young += [(one.amount, one.since or one.posted) for one in contributions[ripened:held]]
    g = terms.growth_rate
    return (
        grown(ripe, day, g),
        grown(young, day, g) if young else 0,
        basis,
        State(state.account, held, ripened, state.ripe, opening_ripe),
    )


def _planned(account: Account, ripe: int, terms: Terms) -> int:
    """Cents that leave by the terms: all that may, or with "leave" at most an amount equal to the basis."""
    return min(ripe, account.basis) if terms.earnings_to == "leave" else ripe


def _leave(
    account: Account, ripe: int, young: int, other: int, added: int, terms: Terms, moved: Moved | None
) -> tuple[ConversionLine, Account, int]:
    """One conversion, the account after it, and what of that may leave."""
    basis, pre_1987, contract = account.basis, account.pre_1987, account.value + other
    if moved is None:
        out = _planned(account, ripe, terms)
        used = basis_out(basis, contract, out, pre_1987)
        converted = used if terms.earnings_to == "traditional" else out
        tax_on = converted - used
        ripe_left = ripe - out
    else:
        out, converted = moved.to_roth + moved.to_traditional, moved.to_roth
        open_out = moved.open_to_roth + moved.open_to_traditional
        open_used = min(basis, basis_out(basis, contract, open_out, pre_1987))
        tax_on = moved.taxable + max(0, moved.open_to_roth - open_used)
        used = min(basis, moved.to_roth - moved.open_to_roth - moved.taxable + open_used)
        # All basis leaves pro rata only with all of the account: what the growth assumed made it more is not there.
        emptied = moved.confirmed and used == basis > 0 and other == 0
        ripe_left = 0 if emptied else max(0, ripe - out)
    value_left, basis_left = ripe_left + young, basis - used
    if value_left + other == 0 and terms.unrecovered_lost:
        basis_left = 0
    after = Account(account.date, value_left, basis_left, min(max(0, pre_1987 - out), basis_left))
    line = ConversionLine(
        account.date,
        account.date.year,
        Cents(added),
        Cents(basis),
        Cents(account.value),
        Cents(converted),
        Cents(tax_on),
        Cents(half_up(tax_on * terms.tax_rate, WHOLE)),
        Cents(out - converted),
        Cents(value_left),
        Cents(basis_left),
    )
    return line, after, ripe_left


def left_at(
    done: Converted, opening: Account, contributions: Sequence[Contribution], year_end: date, terms: Terms
) -> tuple[int, int]:
    """Value and basis in cents that stand in the account on the last day of the year, the year's late money included.

    Choice: pay of the year that posts after its end counts, ungrown.
    """
    state = [found for found in done.accounts if found.account.date <= year_end][-1]
    parts = [(state.ripe, state.account.date)]
    if not state.opening_ripe:
        parts.append((opening.value, opening.date))
    parts += [(one.amount, one.since or one.posted) for one in contributions[state.ripened :]]
    basis = state.account.basis + sum(one.amount for one in contributions[state.held :])
    return grown(parts, year_end, terms.growth_rate), basis
