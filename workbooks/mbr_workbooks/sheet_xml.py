"""One worksheet part as bytes: where each cell stands in it, and the same bytes with some cells changed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from xml.etree import ElementTree
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from mbr_workbooks.package import Package, resolve
from mbr_xl.errors import InputError

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


class ErrorValue(str):
    """An Excel error such as #N/A, as against text that looks like one."""

    __slots__ = ()


Value = float | str | bool | ErrorValue | None


@dataclass(frozen=True)
class Sheet:
    """A worksheet's name, the part that holds it, and whether it is hidden."""

    name: str
    part: str
    hidden: bool


@dataclass(frozen=True)
class CellXml:
    """One cell element: its bytes from `start` to `end`, its attributes, its formula's attributes and text."""

    start: int
    end: int
    tag: str
    attributes: Mapping[str, str]
    formula: str | None
    formula_attributes: Mapping[str, str]
    value: str | None
    text: str | None


def sheets_of(package: Package) -> tuple[Sheet, ...]:
    """The worksheets in tab order."""
    try:
        book = ElementTree.fromstring(package["xl/workbook.xml"])
        links = ElementTree.fromstring(package["xl/_rels/workbook.xml.rels"])
    except (ElementTree.ParseError, KeyError):
        raise InputError(f"{package.path} is damaged: its list of sheets cannot be read.") from None
    targets = {link.get("Id"): resolve("xl/", link.get("Target", "")) for link in links}
    return tuple(
        Sheet(sheet.get("name", ""), targets.get(sheet.get(_RELATION), ""), sheet.get("state", "visible") != "visible")
        for sheet in book.iter(f"{_MAIN}sheet")
    )


def cells_of(content: bytes) -> dict[str, CellXml]:
    """Every cell of a worksheet part by its address."""
    return _Scan(content).cells


def without_formula(content: bytes, addresses: set[str]) -> bytes:
    """The part with those cells' formulas gone and the values that were stored with them kept."""
    changes: list[tuple[int, int, bytes]] = []
    for address, cell in cells_of(content).items():
        if address in addresses:
            kind = cell.attributes.get("t", "n")
            value = cell.text if kind == "inlineStr" else cell.value
            changes.append((cell.start, cell.end, _cell(cell, kind, value)))
    return _patched(content, changes)


def with_formula(content: bytes, formulas: Mapping[str, str]) -> bytes:
    """The part with those cells' formulas changed to plain ones, without "=", and their stored values kept."""
    cells = cells_of(content)
    changes: list[tuple[int, int, bytes]] = []
    for address, formula in formulas.items():
        cell = cells[address]
        attributes = {name: text for name, text in cell.attributes.items() if name != "cm"}
        plain = replace(cell, attributes=attributes, formula=formula, formula_attributes={})
        kind = cell.attributes.get("t", "n")
        changes.append((cell.start, cell.end, _cell(plain, kind, cell.value, keep_formula=True)))
    return _patched(content, changes)


def with_formula_text(content: bytes, formulas: Mapping[str, str]) -> bytes:
    """The part with the text of those cells' formulas changed, without "=", and every other byte kept: an array stays
    an array, a shared formula shared.
    """
    cells = cells_of(content)
    changes: list[tuple[int, int, bytes]] = []
    for address, formula in formulas.items():
        cell = cells[address]
        tag = re.escape(f"{cell.tag[:-1]}f".encode())
        text = re.search(rb"<" + tag + rb"\b[^<>]*>([^<]*)</" + tag + rb"\s*>", content[cell.start : cell.end])
        if text:
            changes.append((cell.start + text.start(1), cell.start + text.end(1), escape(formula).encode()))
    return _patched(content, changes)


def with_stored(content: bytes, values: Mapping[str, Value]) -> bytes:
    """The part with those formula cells' stored values set, their formulas untouched."""
    changes: list[tuple[int, int, bytes]] = []
    cells = cells_of(content)
    for address, new in values.items():
        cell = cells[address]
        kind, value = _typed(new)
        changes.append((cell.start, cell.end, _cell(cell, kind, value, keep_formula=True)))
    return _patched(content, changes)


def _typed(value: Value) -> tuple[str, str | None]:
    if isinstance(value, bool):
        return "b", "1" if value else "0"
    if isinstance(value, str):
        return ("e" if isinstance(value, ErrorValue) else "str"), value
    return "n", None if value is None else repr(float(value)).removesuffix(".0")


def _cell(cell: CellXml, kind: str, value: str | None, *, keep_formula: bool = False) -> bytes:
    prefix = cell.tag[:-1]  # "c", or "x:c" where a program writes a prefix
    kept = {name: text for name, text in cell.attributes.items() if name in ("r", "s", "ph")}
    if keep_formula and "cm" in cell.attributes:
        kept["cm"] = cell.attributes["cm"]
    inside = ""
    if keep_formula and cell.formula is not None:
        options = "".join(f" {name}={quoteattr(text)}" for name, text in cell.formula_attributes.items())
        inside = f"<{prefix}f{options}>{escape(cell.formula)}</{prefix}f>"
    if value is not None and kind in ("str", "inlineStr") and not keep_formula:
        kept["t"] = "inlineStr"
        space = ' xml:space="preserve"' if value != value.strip() or "\n" in value else ""
        inside = f"<{prefix}is><{prefix}t{space}>{escape(value)}</{prefix}t></{prefix}is>"
    elif value is not None:
        if kind != "n":
            kept["t"] = kind
        inside += f"<{prefix}v>{escape(value)}</{prefix}v>"
    head = "".join(f" {name}={quoteattr(text)}" for name, text in kept.items())
    return f"<{cell.tag}{head}>{inside}</{cell.tag}>".encode()


def _patched(content: bytes, changes: list[tuple[int, int, bytes]]) -> bytes:
    pieces, at = [], 0
    for start, end, new in sorted(changes):
        pieces += [content[at:start], new]
        at = end
    return b"".join([*pieces, content[at:]])


class _Scan:
    def __init__(self, content: bytes) -> None:
        self.cells: dict[str, CellXml] = {}
        self._content = content
        self._open: tuple[int, str, dict[str, str]] | None = None
        self._into: str | None = None
        self._found: dict[str, Any] = {}
        self._row = self._column = 0
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._data
        try:
            self._parser.Parse(content, True)
        except expat.ExpatError:
            raise InputError("A sheet of the workbook is damaged: its XML cannot be read.") from None

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name == "c":
            self._open = (self._parser.CurrentByteIndex, tag, attributes)
            self._found = {"f": None, "v": None, "t": None, "options": {}}
        elif self._open is not None:
            self._into = name if name in ("f", "v", "t") else self._into
            if name in ("f", "v", "t"):
                self._found[name] = self._found[name] or ""
            if name == "f":
                self._found["options"] = attributes

    def _data(self, text: str) -> None:
        if self._open is not None and self._into is not None:
            self._found[self._into] += text

    def _end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        if name in ("f", "v", "t"):
            self._into = None
        elif name == "c" and self._open is not None:
            start, _, attributes = self._open
            end = self._content.index(b">", self._parser.CurrentByteIndex) + 1
            found = self._found
            self.cells[attributes.get("r", "")] = CellXml(
                start, end, tag, attributes, found["f"], found["options"], found["v"], found["t"]
            )
            self._open = None
