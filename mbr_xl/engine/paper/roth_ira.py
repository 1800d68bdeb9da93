"""What comes out of a person's Roth IRAs, in the order of the law, and what of it is free of tax and of the 10%."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from mbr_xl.errors import InputError
from mbr_xl.money import Cents, dollars
from mbr_xl.records import LedgerEntry

FIRST_YEAR = 1998  # there are Roth IRAs since then
CLOCK = 5  # taxable years, of the account and of each conversion
NO_HOMES: Mapping[int, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Layer:
    """What is left in cents of one year's conversions and rollovers: first to come out is what was taxed then."""

    year: int
    taxed: Cents
    untaxed: Cents


@dataclass(frozen=True, slots=True)
class RothIra:
    """All of a person's Roth IRAs after the years so far: contributions and conversions still in them, in cents.

    first_year: of the first contribution or conversion, None without one.
    """

    contributions: Cents = Cents(0)
    layers: tuple[Layer, ...] = ()
    first_year: int | None = None

    @property
    def conversions(self) -> Cents:
        """Conversions and rollovers still in the accounts, taxed and untaxed."""
        return Cents(sum(layer.taxed + layer.untaxed for layer in self.layers))


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A withdrawal in cents. free + penalized + taxable is all of it.

    first: what comes out, from the first dollar on, before anything is taxed or bears the 10%; free: neither taxed nor
    penalized; penalized: free of tax, but with the 10%; taxable: earnings, with the 10% too below 59 1/2.
    """

    first: Cents
    free: Cents
    penalized: Cents
    taxable: Cents


def roth_ira(
    entries: Iterable[LedgerEntry], through: int, since: int | None = None, homes: Mapping[int, int] = NO_HOMES
) -> RothIra:
    """The Roth IRAs after a year, from what went in and came out; earnings withdrawn leave nothing behind.

    entries: of the account "Roth IRA", any order; through: the last year that counts; since: the first year of any Roth
    IRA, where the ledger does not go back to it; homes: cents of a year's withdrawals that are on line 20 of Form 8606,
    for a first home: they use up contributions, but no conversions.
    Raises InputError for a year before 1998.
    Source: 26 USC 408A(d)(4)(B); Treas. Reg. 1.408A-6, Q&A-8 and 9 (a year's contributions and conversions are added up
    before its withdrawals; conversions first in, first out, the taxed part of each first); Instructions for Form 8606,
    charts of line 22 (less line 19) and line 24 (less line 23).
    """
    given = sorted((one for one in entries if one.year <= through), key=lambda one: one.year)
    if given and given[0].year < FIRST_YEAR:
        raise InputError(f"A ledger line of a Roth IRA is of {given[0].year}: there are Roth IRAs since {FIRST_YEAR}.")
    contributions = 0
    layers: list[Layer] = []
    for year in sorted({one.year for one in given}):
        mine = [one for one in given if one.year == year]
        contributions += sum(one.amount for one in mine if one.kind == "contribution")
        converted = sum(one.amount for one in mine if one.kind == "conversion")
        taxed = sum(one.taxed for one in mine if one.kind == "conversion")
        if converted:
            layers.append(Layer(year, Cents(taxed), Cents(converted - taxed)))
        out = sum(one.amount for one in mine if one.kind == "withdrawal")
        from_contributions = min(out, contributions)
        contributions -= from_contributions
        layers = list(_without(layers, max(0, out - from_contributions - homes.get(year, 0))))
    years = [one.year for one in given if one.kind != "withdrawal" and one.amount] + ([since] if since else [])
    return RothIra(Cents(contributions), tuple(layers), min(years, default=None))


def _without(layers: Iterable[Layer], out: int) -> Iterator[Layer]:
    for layer in layers:
        taxed = min(out, layer.taxed)
        untaxed = min(out - taxed, layer.untaxed)
        out -= taxed + untaxed
        if layer.taxed + layer.untaxed > taxed + untaxed:
            yield Layer(layer.year, Cents(layer.taxed - taxed), Cents(layer.untaxed - untaxed))


def withdraw(account: RothIra, amount: int, day: date, old_enough: bool) -> Withdrawal:
    """What of a withdrawal is free of tax and of the 10%, by the order of the law; what is left over is earnings.

    account: after the year of the withdrawal's contributions and conversions; amount: cents; day: of the withdrawal;
    old_enough: 59 1/2 on that day. Other exceptions (disability, a first home, and those of 72(t)) are left out.
    Raises InputError for a negative amount.
    Source: 26 USC 408A(d)(2) (qualified: five taxable years and 59 1/2), 408A(d)(3)(F) (the 10% on the taxed part of a
    conversion within five taxable years), 408A(d)(4)(B), 72(t); Publication 590-B; Instructions for Form 5329, line 1.
    """
    if amount < 0:
        raise InputError(f"A withdrawal of {dollars(amount)} cannot be: give dollars, 0 or more.")
    whole = Cents(amount)
    clock_done = account.first_year is not None and day.year >= account.first_year + CLOCK
    if clock_done and old_enough:
        return Withdrawal(whole, whole, Cents(0), Cents(0))
    parts: list[tuple[int, bool]] = [(account.contributions, True)]
    for layer in account.layers:
        parts += [(layer.taxed, old_enough or day.year >= layer.year + CLOCK), (layer.untaxed, True)]
    first = free = penalized = 0
    left, so_far = amount, True
    for part, is_free in parts:
        taken = min(part, left)
        left -= taken
        so_far = so_far and (is_free or not taken)
        free += taken if is_free else 0
        penalized += 0 if is_free else taken
        first += taken if so_far else 0
    return Withdrawal(Cents(first), Cents(free), Cents(penalized), Cents(left))
