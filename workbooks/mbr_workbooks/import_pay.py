"""Pays of a file taken into the Records sheet of a planner: which are, which are not, and why."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from pathlib import Path
from typing import Any, Literal

from mbr_udfs import kinds
from mbr_udfs.cells import is_blank
from mbr_workbooks.edit import Typed, edit
from mbr_workbooks.formulas import Cell
from mbr_workbooks.import_expected import Expected
from mbr_workbooks.import_kept import keep_meanings, kept_meanings
from mbr_workbooks.pay_columns import AMOUNTS, CONTRIBUTIONS, listing, named
from mbr_workbooks.pay_file import FilePay, PayFile, amounts_said, read_pay_file
from mbr_workbooks.read import PlannerFile, read_planner
from mbr_xl.engine.electing.instructions import long_date
from mbr_xl.engine.events import Event, events
from mbr_xl.engine.paydays import add_business_days
from mbr_xl.errors import InputError
from mbr_xl.household import Household
from mbr_xl.money import Cents, dollars
from mbr_xl.records import Paid
from mbr_xl.rules import bank_holidays

NEAR = 3  # business days within which a planned pay is offered for a date of the file
Result = Literal["taken", "filled in", "replaced", "recorded already", "left aside", "not taken"]


@dataclass(frozen=True)
class Outcome:
    """What became of a pay or a line of the file; `why` is empty where there is nothing to say."""

    result: Result
    lines: tuple[int, ...]
    why: str = ""
    date: date | None = None
    kind: str = ""
    amounts: Mapping[str, int] = field(default_factory=dict)

    def __str__(self) -> str:
        place = f"line{'s' * (len(self.lines) > 1)} {', '.join(map(str, self.lines))}"
        pay = f"{long_date(self.date)}{' ' + self.kind if self.kind else ''} ({place})" if self.date else place
        said = "; ".join(part for part in (amounts_said(self.amounts), self.why) if part)
        return f"{self.result[0].upper()}{self.result[1:]}: {pay}{': ' if said else ''}{said}."


@dataclass
class _Row:
    """A row of the recorded pays as the sheet holds it: cents by field, None where its cell is blank."""

    number: int
    date: date
    kind: str
    amounts: dict[str, int | None]
    new: bool = False


@dataclass(frozen=True)
class Import:
    """A planner and a file that were read, what became of each pay, and the cells that are to hold something else."""

    planner: PlannerFile
    file: PayFile
    outcomes: tuple[Outcome, ...]
    household: Household
    values: Mapping[Cell, Typed]
    notes: tuple[str, ...]

    @property
    def refused(self) -> tuple[Outcome, ...]:
        """What somebody has to look at."""
        return tuple(one for one in self.outcomes if one.result == "not taken")


def import_pays(
    path: Path, pay_file: Path, meanings: Mapping[str, str] | None = None, force: bool = False, near: bool = False,
    none: Collection[str] = (),
) -> Import:  # fmt: skip
    """Reads planner and file and matches the file's pays to the planned ones; nothing is written.

    meanings: what heads and words of the file stand for, beside those that the planner keeps; force: a pay that is
    recorded otherwise is replaced; near: a pay dated at most three business days from its planned date is taken as it;
    none: contributions that the pays did not have, where the file gives no figure of them.
    Raises InputError where one of the two cannot be used, and where the file has no figure at all of a contribution
    that is planned or was recorded before: what a file does not say is not $0.
    """
    planner = read_planner(path)
    household = planner.household
    if household is None:
        raise InputError(planner.refusal)
    if not planner.cells("paid_date"):
        raise InputError(f"{path} has no list of recorded pays (paid_date): take a new planner.")
    told = meanings or {}
    file = read_pay_file(pay_file, told, kept_meanings(planner))
    matching = _Matching(planner, household, force, near, none, file)
    outcomes = [matching.take(pay) for pay in file.pays]
    outcomes += [Outcome("not taken" if one.fault else "left aside", (one.line,), one.why) for one in file.not_read]
    values = matching.values()
    kept, notes = keep_meanings(planner, {**file.columns, **told})
    if values:
        values.update(kept)
    return Import(planner, file, tuple(outcomes), matching.household(), values, notes)


def write_import(done: Import, out: Path | None) -> Path | None:
    """Writes the planner with the pays in it to `out`, or in place; then the old file's name is returned."""
    return edit(done.planner.path, done.values, out)


class _Matching:
    """The planned pays and the recorded ones, and what the file adds to them."""

    def __init__(
        self, planner: PlannerFile, household: Household, force: bool, near: bool, none: Collection[str], file: PayFile
    ) -> None:
        self._planner, self._household, self._force, self._near = planner, household, force, near
        self._holidays = bank_holidays()
        self._none, self._expected = none, Expected(household, file, self._holidays)
        self._planned = events(replace(household, paid=()), self._holidays)
        self._cells = {part.name: planner.cells(f"paid_{part.name}") for part in fields(Paid)}
        self._rows = list(self._recorded())
        used = {row.number for row in self._rows}
        size = min(len(cells) for cells in self._cells.values())
        last = max(used, default=-1)
        self._free = [i for i in range(size) if i not in used and i > last] or [i for i in range(size) if i not in used]
        self._before = {(row.date, row.kind): dict(row.amounts) for row in self._rows}
        self._taken: set[tuple[date, str]] = set()

    def _recorded(self) -> Iterator[_Row]:
        for number, places in enumerate(zip(*self._cells.values(), strict=False)):
            held = dict(zip(self._cells, (self._planner.value(place) for place in places), strict=True))
            if all(is_blank(value) for value in held.values()):
                continue
            amounts = {name: None if is_blank(held[name]) else kinds.BALANCE.read(held[name], name) for name in AMOUNTS}
            yield _Row(number, kinds.DATE.read(held["date"], "date"), str(held["kind"]).casefold(), amounts)

    def take(self, pay: FilePay) -> Outcome:
        """Takes a pay of the file, or says why not."""

        def left(result: Result, why: str) -> Outcome:
            return Outcome(result, pay.lines, why, pay.date, pay.kind or "", pay.amounts)

        h = self._household
        if pay.date.year != h.tax_year:
            return left("left aside", f"it is not of {h.tax_year}")
        if h.ytd_date is not None and pay.date <= h.ytd_date:
            return left("left aside", f"the year-to-date figures run through {long_date(h.ytd_date)} and hold it")
        below = [name for name, cents in pay.amounts.items() if cents < 0]
        if below:
            return left("not taken", f"{named(below[0])} is below 0")
        line, why, near = self._line(pay)
        if line is None:
            return left("not taken", why)
        if (line.date, line.kind) in self._taken:
            return left(
                "not taken", f"another pay of the file was taken as the {line.kind} pay of {long_date(line.date)}"
            )
        return self._record(pay, line, near)

    def _line(self, pay: FilePay) -> tuple[Event | None, str, str]:
        """The planned pay that the file means; else why there is none; and what to say where it has another date."""
        fitting = [line for line in self._planned if pay.kind in (None, line.kind)]
        there = [line for line in fitting if line.date == pay.date]
        if len(there) == 1:
            return there[0], "", ""
        if there:
            words = ", ".join(line.kind for line in there)
            return (
                None,
                f"{len(there)} pays are planned on that date ({words}) and the file does not say which it is",
                "",
            )
        days: dict[int, list[Event]] = {}
        for line in fitting:
            if (apart := self._apart(line.date, pay.date)) is not None:
                days.setdefault(apart, []).append(line)
        what = f"no {pay.kind + ' ' if pay.kind else ''}pay is planned on that date"
        others = [line.kind for line in self._planned if line.date == pay.date]
        if others:
            return None, f"{what}; planned is {', '.join(others)}", ""
        nearest = days[min(days)] if days else []
        if len(nearest) != 1:
            return None, f"{what}, nor within {NEAR} business days of it" if not days else f"{what}", ""
        line = nearest[0]
        if not self._near:
            return (
                None,
                f"{what}; the nearest is {line.kind} of {long_date(line.date)}: if it is that pay, say --near",
                "",
            )
        return line, "", f"dated {long_date(pay.date)} in the file, taken as the planned pay near it"

    def _apart(self, one: date, other: date) -> int | None:
        """Business days between two dates where they are at most NEAR."""
        first, last = sorted((one, other))
        for count in range(NEAR + 1):
            if add_business_days(first, count, self._holidays) >= last:
                return count
        return None

    def _record(self, pay: FilePay, line: Event, near: str) -> Outcome:
        row = next((row for row in self._rows if (row.date, row.kind) == (line.date, line.kind)), None)
        said = [near] if near else []

        def outcome(result: Result, why: Sequence[str]) -> Outcome:
            return Outcome(result, pay.lines, "; ".join(why), line.date, line.kind, pay.amounts)

        if row is None:
            if not self._free:
                return outcome("not taken", [f"the list on Records is full ({len(self._rows)} pays)"])
            row = _Row(self._free[0], line.date, line.kind, dict.fromkeys(AMOUNTS), new=True)
        amounts = dict(pay.amounts)
        if "gross" not in amounts and row.amounts["gross"] is None:
            amounts["gross"] = line.gross
            said.append(f"the file has no gross pay: {dollars(line.gross)} as planned is recorded")
        held = row.amounts
        unsaid = [name for name in CONTRIBUTIONS if name not in amounts and held[name] is None]
        if none := [name for name in unsaid if name in self._none]:
            amounts |= dict.fromkeys(none, 0)
            said.append(f"no {listing([named(name) for name in none], 'or')}, as you said")
        other = [name for name, cents in amounts.items() if held[name] not in (None, cents)]
        fills = [name for name in amounts if held[name] is None]
        if other and not self._force:
            words = ", ".join(f"{named(name)} {dollars(held[name] or 0)}" for name in other)
            return outcome("not taken", [f"recorded otherwise ({words}): --force replaces it"])
        merged = {name: amounts.get(name, held[name] or 0) for name in AMOUNTS}
        own = sum(merged[name] for name in ("pretax", "roth", "after_tax"))
        if own > merged["gross"]:
            return outcome("not taken", [f"the contributions come to {dollars(own)}, above the gross pay of "
                                         f"{dollars(merged['gross'])}"])  # fmt: skip
        if row.new and (missing := self._expected.missing(line, [name for name in unsaid if name not in self._none])):
            return outcome("not taken", [missing])
        if not other and not fills:
            self._taken.add((line.date, line.kind))
            return outcome("recorded already", said)
        result: Result = "taken" if row.new else "replaced" if other else "filled in"
        if other:
            words = ", ".join(f"{named(name)} was {dollars(held[name] or 0)}" for name in other)
            said.append(words)
        if row.new:
            self._free.pop(0)
            self._rows.append(row)
        row.amounts = {**held, **amounts}
        self._taken.add((line.date, line.kind))
        return outcome(result, said)

    def values(self) -> dict[Cell, Typed]:
        """The cells of the list that must hold something else than they do."""
        found: dict[Cell, Typed] = {}
        for row in self._rows:
            before = self._before.get((row.date, row.kind), dict.fromkeys(AMOUNTS))
            if row.new:
                found[self._cells["date"][row.number]] = row.date
                found[self._cells["kind"][row.number]] = row.kind
            for name in AMOUNTS:
                cents = row.amounts[name]
                if cents is not None and cents != before[name]:
                    found[self._cells[name][row.number]] = cents / 100
        return found

    def household(self) -> Household:
        """The saver with the recorded pays and the file's."""
        rows = sorted(self._rows, key=lambda row: row.number)
        return replace(self._household, paid=tuple(_paid(row) for row in rows))


def _paid(row: _Row) -> Paid:
    amounts: dict[str, Any] = {name: Cents(row.amounts[name] or 0) for name in ("gross", *CONTRIBUTIONS)}
    net = row.amounts["net_pay"]
    return Paid(date=row.date, kind=row.kind, **amounts, net_pay=None if net is None else Cents(net))  # type: ignore[arg-type]
