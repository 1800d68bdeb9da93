"""A filled planner, as Excel, LibreOffice or this program saved it: the household behind it and the stored answers."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from mbr_udfs import kinds
from mbr_udfs.cells import is_blank, shown
from mbr_udfs.fields import head, kinds_of, may_be_blank
from mbr_udfs.kind import Kind
from mbr_workbooks.formulas import Cell, Written, read_written, stored_errors
from mbr_workbooks.package import Package, open_elsewhere
from mbr_workbooks.sheet_xml import sheets_of
from mbr_workbooks.stored import Stored, StoredValues
from mbr_xl.client import OWNERS, Client, inputs
from mbr_xl.errors import InputError
from mbr_xl.fact import is_list, record_of
from mbr_xl.household import Household, Payment, Tier

SHOWN_LOST = 3
_TAKE = "undo the deletion, or take an earlier copy of the planner"

# A workbook without these is not a planner; one that lacks another name is a planner that was taken apart.
RECOGNISED_BY = ("tax_year", "pay_frequency", "annual_salary", "after_tax_room")

_TIERS = ("match_tiers", "match_or", "match_tiers_after", "match_or_after")


@dataclass(frozen=True)
class Finding:
    """Something to look at: where it is (Inputs!C12, or the part of the workbook) and one sentence."""

    where: str
    text: str

    def __str__(self) -> str:
        return f"{self.where}: {self.text}"


@dataclass
class PlannerFile:
    """What was read: `client` is None where an input cannot be used, and `findings` then say which."""

    path: Path
    written: Written
    client: Client | None = None
    findings: list[Finding] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)  # sheets of the planner that were deleted
    rows: dict[str, list[Cell]] = field(default_factory=dict)  # of each list: the first cell of each row that counts
    _content: bytes = b""
    _stored: StoredValues | None = None
    _errors: dict[Cell, str | None] | None = None

    @property
    def household(self) -> Household | None:
        """What the plan is made of."""
        return self.client.household if self.client else None

    @property
    def refusal(self) -> str:
        """Why nothing can be made of a planner with findings, in one sentence."""
        if self.gone:
            return f"{self.findings[0].text[0].upper()}{self.findings[0].text[1:]} ({self.path})."
        return f"{self.path} has inputs to correct first, such as {self.findings[0]}."

    def value(self, cell: Cell, *, closely: bool = True) -> Stored:
        """The cell's stored value; None where it is blank, an Excel error as its text, such as #N/A.

        closely: tells an error and empty text from no value at all, which takes a second reading of the file.
        """
        assert self._stored is not None
        found = self._stored.at(cell.sheet, cell.row, cell.column)
        if found is not None or not closely or cell not in self.written.cells:
            return found
        if self.written.formula(cell) is None:
            held: Stored = self.written.cells[cell]
            return held
        if self._errors is None:  # a second, slow look, only where a formula seems to have no value
            formulas = frozenset(place for place in self.written.cells if self.written.formula(place))
            self._errors = stored_errors(self.path, self._content, formulas)
        return self._errors.get(cell)

    def cells(self, name: str) -> tuple[Cell, ...]:
        """The cells of a defined name, top to bottom; none where the name is missing."""
        area = self.written.names.get(name)
        return tuple(area.cells()) if area else ()

    def head(self, name: str, otherwise: str) -> str:
        """The text above the first cell of a name, as the sheet has it."""
        first = self.cells(name)[0]
        above = self.written.cells.get(Cell(first.sheet, first.row - 1, first.column))
        return above if isinstance(above, str) and not above.startswith("=") else otherwise

    def named(self, name: str) -> Stored:
        """The stored value of a name of one cell; None where the name is missing."""
        cells = self.cells(name)
        return self.value(cells[0]) if cells else None


def read_planner(path: Path) -> PlannerFile:
    """Reads a planner and says of every input that cannot be used, where it stands and what is allowed.

    Raises InputError where the file is no workbook, is protected or damaged, or is not a planner.
    """
    package = Package(path)
    _expect_planner(package)
    written = read_written(path, package.original)
    planner = PlannerFile(path, written, _content=package.original, _stored=StoredValues(path, package.original))
    if open_elsewhere(path):
        planner.notes.append(Finding(path.name, "it is open in another program: this is about the last saved version"))
    links = _other_workbooks(package)
    if links:
        planner.notes.append(
            Finding(path.name, f"it has links to {links} other workbook{'s' * (links > 1)}, which were not followed")
        )
    planner.gone = _sheets_gone(written) if written.lost_names else []
    planner.findings += _lost(path, written, planner.gone)
    planner.client = _client(planner)
    return planner


def defined_names(package: Package) -> frozenset[str]:
    """The defined names of a workbook, from its list alone."""
    try:
        book = ElementTree.fromstring(package["xl/workbook.xml"])
    except ElementTree.ParseError:
        raise InputError(f"{package.path} is damaged: its list of sheets cannot be read.") from None
    return frozenset(item.get("name", "") for item in book.iter() if item.tag.endswith("}definedName"))


def _other_workbooks(package: Package) -> int:
    """How many other workbooks it has links to; the add-in, of which Excel keeps a link too, is none."""
    links = [part for part in package if part.startswith("xl/externalLinks/") and part.endswith(".xml")]
    rels = {part: f"xl/externalLinks/_rels/{part.rpartition('/')[2]}.rels" for part in links}
    return sum(rels[part] not in package or b"mbr_xl.xlam" not in package[rels[part]] for part in links)


def _lost(path: Path, written: Written, gone: list[str]) -> list[Finding]:
    if gone:
        which = f"sheet {gone[0]} is" if len(gone) == 1 else f"sheets {', '.join(gone[:-1])} and {gone[-1]} are"
        return [Finding(path.name, f"the {which} missing: {_TAKE}")]
    cure, names = "undo that, or take a new planner", written.lost_names
    if len(names) <= SHOWN_LOST:
        return [Finding(name, f"the cells of this name were deleted: {cure}") for name in names]
    some = ", ".join(names[:SHOWN_LOST])
    return [Finding(path.name, f"a sheet or rows were deleted: {len(names)} names such as {some} lead nowhere; {cure}")]


def _sheets_gone(written: Written) -> list[str]:
    """The planner's sheets that were deleted, in tab order: their names were there and lead nowhere."""
    from mbr_workbooks.contents import planner  # only for a workbook that was taken apart: it takes half a second

    lost = set(written.lost_names)
    return [
        sheet.name
        for sheet in planner()
        if sheet.name not in written.sheets
        and lost & sheet.names.keys()
        and not written.names.keys() & sheet.names.keys()
    ]


def _expect_planner(package: Package) -> None:
    for sheet in sheets_of(package):
        if sheet.part not in package:
            raise InputError(f"{package.path} is damaged: the part that holds the sheet {sheet.name} is missing.")
    missing = [name for name in RECOGNISED_BY if name not in defined_names(package)]
    if missing:
        raise InputError(
            f"{package.path} is a workbook, but not an mbr_xl planner: it has no cell named {missing[0]}. "
            "Make one with: mbr-xl new planner.xlsx"
        )


def _client(planner: PlannerFile) -> Client | None:
    reader = _Inputs(planner)
    found: dict[str, dict[str, Any]] = {owner: {} for owner in OWNERS}
    for owner, item in inputs():
        record = OWNERS[owner]
        kind = kinds_of(record)[item.name]
        if kind is not None:
            optional = item.name in may_be_blank(record) or kind is kinds.FLAG
            given = reader.one(item.name, kind, item.metadata["label"], optional)
            if given is not None:
                found[owner][item.name] = given
            elif kind is kinds.FLAG and item.default is None:
                found[owner][item.name] = None if item.name in may_be_blank(record) else False
        elif is_list(item):
            in_dollars = item.name == "elections" and found[owner].get("election_unit") == "dollars"
            rows = reader.records(item.name, item.metadata["prefix"], record_of(record, item.name), in_dollars)
            found[owner][item.name] = tuple(rows)
        elif item.name in _TIERS:
            found[owner][item.name] = tuple(reader.tiers(item.name))
        else:
            days = [reader.cell(cell, kinds.DATE, "", True) for cell in reader.column(item.name)]
            found[owner][item.name] = tuple(day for day in days if day is not None)
    if reader.failed:
        return None
    return Client(**{owner: record(**found[owner]) for owner, record in OWNERS.items()})


def _not_to_a_formula(value: Stored, kind: Kind[Any], read: Any) -> str:
    """Why the planner's formulas take what a cell holds for something else than a person does; empty if they do not.

    A number typed as text is no number to them, and a word must be one of the list, capitals or not.
    """
    if kind.words:
        word = kinds.plain(kind, read)
        exact = isinstance(value, str) and value.casefold() == word.casefold()
        return "" if exact else f"{shown(value)} is not written as in the list, so formulas miss it: choose {word}"
    if kind is kinds.TEXT or not isinstance(value, str):
        return ""
    typed = f"a date such as {shown(read)}" if isinstance(read, date) else "a number"
    return f"{shown(value)} is text, which formulas do not count: set the cell's format to General and type {typed}"


class _Inputs:
    """Reads input cells, and collects what is wrong with them instead of stopping at the first."""

    def __init__(self, planner: PlannerFile) -> None:
        self._planner = planner
        self.failed = False

    def column(self, name: str) -> tuple[Cell, ...]:
        cells = self._planner.cells(name)
        if not cells and name not in self._planner.written.lost_names:
            self._fault(name, "the workbook has no cells of this name: take a new planner")
        self.failed = self.failed or not cells
        return cells

    def one(self, name: str, kind: Kind[Any], label: str, optional: bool) -> Any:
        cells = self.column(name)
        return self.cell(cells[0], kind, label, optional) if cells else None

    def cell(self, cell: Cell, kind: Kind[Any], label: str, optional: bool) -> Any:
        """The value of an input, or None where it is blank and may be, or cannot be used (and a finding says so)."""
        value = self._planner.value(cell)
        if is_blank(value) and optional:
            if self._planner.written.formula(cell) and value is None:
                self._fault(str(cell), "the formula in this input has no stored value: open and save it in Excel once")
            elif value and kind is not kinds.TEXT:
                self._fault(str(cell), "only spaces are in it, which is not blank to a formula: clear it with Delete")
            return None
        try:
            read = kind.read(value, str(cell))
        except InputError as refusal:
            text = str(refusal).removeprefix(str(cell)).lstrip(": ")
            self._fault(str(cell), f"{label} {text}" if is_blank(value) else text)
            return None
        if refused := _not_to_a_formula(value, kind, read):
            self._fault(str(cell), refused)
        return read

    def records(self, name: str, prefix: str, record: type[Any], in_dollars: bool) -> Iterator[Any]:
        """The rows of a list; a payment's row counts once it has a date or an amount, another's with any cell.

        in_dollars: elections are dollars of each pay, not shares of it.
        """
        fields = kinds_of(record)
        if in_dollars:
            fields = {part: kinds.MONEY if kind is kinds.RATE else kind for part, kind in fields.items()}
        columns = {part: self.column(f"{prefix}{part}") for part in fields}
        if not all(columns.values()):
            return
        heads = {part: self._planner.head(f"{prefix}{part}", head(part)) for part in fields}
        needed = [item.name for item in dataclasses.fields(record) if item.default is dataclasses.MISSING]
        deciding = ("date", "amount") if record is Payment else tuple(fields)
        for i in range(min(map(len, columns.values()))):
            if all(is_blank(self._planner.value(columns[part][i])) for part in deciding):
                continue
            before = self.failed
            self.failed = False
            self._planner.rows.setdefault(name, []).append(next(iter(columns.values()))[i])
            row = {
                part: self.cell(columns[part][i], kind, heads[part], part in may_be_blank(record))
                for part, kind in fields.items()
                if kind is not None
            }
            if not self.failed:
                yield record(**{part: value for part, value in row.items() if value is not None or part in needed})
            self.failed = self.failed or before

    def tiers(self, name: str) -> Iterator[Tier]:
        columns = [self.column(f"{name}_{part}") for part in ("kind", "rate", "share", "dollars")]
        for kind_at, rate_at, share_at, dollars_at in zip(*columns, strict=False):
            if all(is_blank(self._planner.value(cell)) for cell in (kind_at, rate_at, share_at, dollars_at)):
                continue
            self._planner.rows.setdefault(name, []).append(kind_at)
            kind = self.cell(kind_at, kinds_of(Tier)["kind"] or kinds.TEXT, "Kind", False)
            rate = self.cell(rate_at, kinds.MATCH_RATE, "Rate", False)
            width: Any = 0
            if kind in ("share", "award"):
                width = self.cell(share_at, kinds.RATE, "Share of pay", False)
            elif kind == "dollars":
                width = self.cell(dollars_at, kinds.MONEY, "Dollars", False)
            if None not in (kind, rate, width):
                yield Tier(kind, rate, width)

    def _fault(self, where: str, text: str) -> None:
        self.failed = True
        self._planner.findings.append(Finding(where, re.sub(r"\.$", "", text)))
