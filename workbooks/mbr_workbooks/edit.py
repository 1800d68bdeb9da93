"""Changes cells of a user's workbook: only the parts concerned are rewritten, every other part keeps its bytes."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from mbr_udfs.dates import serial
from mbr_workbooks.formulas import Cell
from mbr_workbooks.package import Package, backup_name, write_whole
from mbr_workbooks.sheet_xml import ErrorValue, Value, cells_of, sheets_of, with_stored
from mbr_workbooks.values import CellRuneError, Workbook
from mbr_xl.errors import InputError

Typed = str | float | bool | date | None


def edited(path: Path, content: bytes, values: Mapping[Cell, Typed]) -> bytes:
    """The workbook with those cells set and the stored values of the cells that depend on them recalculated.

    A dependent that cannot be calculated here (it calls a function of an add-in, or depends on one that does) loses
    its stored value, so that no stale number stands there. Raises InputError where the workbook cannot be edited.
    """
    if not values:
        return content
    try:
        with Workbook.from_bytes(content) as book:
            for cell, value in values.items():
                _set(book, cell, value)
            book.recalculate()
            return _with_dependents(path, content, book)
    except CellRuneError as problem:
        raise InputError(f"{path} cannot be edited: {str(problem).rstrip('.')}.") from None


def edit(path: Path, values: Mapping[Cell, Typed], out: Path | None = None) -> Path | None:
    """Sets cells and writes the workbook to `out`; without one it is changed in place, and the old file is kept
    beside it as NAME.bak.xlsx, whose path is returned.
    """
    package = Package(path)
    new = edited(path, package.original, values)
    backup = back_up(path) if out is None or (out.exists() and out.samefile(path)) else None
    write_whole(out or path, new)
    return backup


def without_sheet(path: Path, content: bytes, name: str) -> bytes:
    """The workbook without one sheet and what belongs to it alone; references to it become #REF!."""
    try:
        with Workbook.from_bytes(content) as book:
            book.delete_sheet(name)
            return book.edits_to_bytes()
    except CellRuneError as problem:
        raise InputError(f"{path}: the sheet {name} cannot be taken out ({str(problem).rstrip('.')}).") from None


def back_up(path: Path) -> Path:
    """Copies a file beside itself under a name that is not taken."""
    copy = backup_name(path)
    shutil.copy2(path, copy)
    return copy


def _set(book: Workbook, cell: Cell, value: Typed) -> None:
    if value is None:
        book.set_blank(cell.sheet, cell.address)
    elif isinstance(value, bool):
        book.set_logical(cell.sheet, cell.address, value)
    elif isinstance(value, str):
        book.set_text(cell.sheet, cell.address, value)
    else:
        book.set_number(cell.sheet, cell.address, float(serial(value) if isinstance(value, date) else value))


def _with_dependents(path: Path, content: bytes, book: Workbook) -> bytes:
    """CellRune takes the stored values of dependents away; this puts the calculated ones there."""
    before, after = Package.of(path, content), Package.of(path, book.edits_to_bytes())
    for sheet in sheets_of(after):
        if sheet.part not in after or after[sheet.part] == before[sheet.part]:
            continue
        bare = [
            address
            for address, cell in cells_of(after[sheet.part]).items()
            if cell.formula is not None and cell.value is None
        ]
        answers = {address: _answer(book, sheet.name, address) for address in bare}
        after[sheet.part] = with_stored(after[sheet.part], answers)
    return after.to_bytes()


def _answer(book: Workbook, sheet: str, address: str) -> Value:
    found: Any = book.read_range(sheet, address, address)["cells"][0]["calculated"]
    if found is None or found["kind"] != "value":
        return None
    value = found["value"]
    if value["kind"] == "error":
        return ErrorValue(value["value"])
    return None if value["kind"] == "blank" else value["value"]
