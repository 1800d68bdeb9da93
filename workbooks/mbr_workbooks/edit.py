"""Changes cells of a user's workbook: only the parts concerned are rewritten, every other part keeps its bytes."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from mbr_udfs.dates import serial
from mbr_workbooks.chart_xml import with_current
from mbr_workbooks.formulas import Cell
from mbr_workbooks.package import Package, backup_name, expect_closed, write_whole
from mbr_workbooks.sheet_xml import ErrorValue, Value, cells_of, sheets_of, with_stored
from mbr_workbooks.values import CellRuneError, Workbook
from mbr_xl.errors import InputError

AT_ONCE, MOST_EVALUATED = 1000, 1_000_000  # cells that CellRune is asked for together, and calculates for them

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


def calculated(content: bytes, cells: Iterable[Cell]) -> dict[Cell, Value]:
    """What those formula cells of a workbook come to, None for one that cannot be calculated here; only what they lean
    on is calculated.
    """
    wanted = list(cells)
    found: dict[tuple[str, str], Value] = {}
    try:
        with Workbook.from_bytes(content) as book:
            for at in range(0, len(wanted), AT_ONCE):
                some = wanted[at : at + AT_ONCE]
                answer = book.calculate_targets(
                    [{"sheet": cell.sheet, "start": cell.address} for cell in some],
                    limits={"max_evaluated_cells": MOST_EVALUATED},
                )
                for one in answer["cells"]:  # not in the order asked for
                    found[one["cell"]["sheet_name"], one["cell"]["address"]] = _value(one["result"])
    except CellRuneError:
        return dict.fromkeys(wanted)
    return {cell: found.get((cell.sheet, cell.address)) for cell in wanted}


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
    """Copies a file that is to be replaced beside itself under a name that is not taken.

    Raises InputError where it is open.
    """
    expect_closed(path)
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
    for part in after:
        if part.startswith("xl/charts/chart"):
            after[part] = with_current(after[part], lambda *place: _values(book, *place))
    return after.to_bytes()


def _values(book: Workbook, sheet: str, first: str, last: str) -> list[Value]:
    """The values of a range, row by row, None for a blank; raises LookupError where one cannot be told."""
    found: list[Value] = []
    try:
        read = book.read_range(sheet, first, last)
    except CellRuneError as problem:
        raise LookupError(first) from problem
    if read["next_offset"] is not None:
        raise LookupError(f"{first}:{last} is too long")
    for cell in read["cells"]:
        if cell["formula"] is None:
            found.append(_value({"kind": "value", "value": cell["source_value"]}))
        else:
            found.append(_value(cell["calculated"]))
            if found[-1] is None:
                raise LookupError(cell["address"])
    return found


def _answer(book: Workbook, sheet: str, address: str) -> Value:
    return _value(book.read_range(sheet, address, address)["cells"][0]["calculated"])


def _value(found: Any) -> Value:
    if found is None or found["kind"] != "value":
        return None
    value = found["value"]
    if value["kind"] == "error":
        return ErrorValue(value["value"])
    return None if value["kind"] == "blank" else value["value"]
