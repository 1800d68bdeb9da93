"""Every formula of a workbook computed, without a spreadsheet program: the one file that knows CellRune."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from cellrune import CellRuneError, Workbook

__all__ = ["CellRuneError", "NotComputed", "Result", "Workbook", "computed_values"]

Result = float | str | bool
Typed = Callable[[Mapping[tuple[str, str], Result]], Mapping[tuple[str, str], float]]


class NotComputed(RuntimeError):
    """A formula that has no value, or an error value: a fault of the workbook, never of its user."""


def computed_values(path: Path, typed: Typed | None = None) -> dict[tuple[str, str], Result]:
    """The value of every formula cell by sheet and address such as ("Pay", "C5").

    typed: what to type into cells once the first values are known; then everything is calculated again.
    Raises NotComputed naming the first cells whose formula is not computed or gives an error.
    """
    book = Workbook.open_path(str(path))
    found = _calculated(book)
    if typed is not None:
        for (sheet, address), number in typed(found).items():
            book.set_number(sheet, address, number)
        found |= _calculated(book)
    return found


def _calculated(book: Workbook) -> dict[tuple[str, str], Result]:
    # The planner has no volatile function; the day is given so that one that crept in would still be the same.
    changes = book.recalculate(today_serial=46023, now_serial=46023.0)["changed_cells"]
    found: dict[tuple[str, str], Result] = {}
    faults: list[str] = []
    for change in changes:
        cell, result = change["cell"], change["result"]
        where = (cell["sheet_name"], cell["address"])
        if result["kind"] != "value" or result["value"]["kind"] not in ("number", "text", "logical", "boolean"):
            faults.append(f"{where[0]}!{where[1]}: {result}")
        else:
            found[where] = result["value"]["value"]
    if faults:
        raise NotComputed(f"{len(faults)} formulas without a value, such as {'; '.join(faults[:5])}")
    return found
