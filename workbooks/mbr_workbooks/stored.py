"""The values that a spreadsheet program stored in a workbook, by sheet and cell."""

from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from mbr_xl.errors import InputError

Stored = str | float | bool | date | None


class StoredValues:
    """Stored values of every sheet that is asked for; an error value and a missing one are both None."""

    def __init__(self, path: Path, content: bytes) -> None:
        self._path = path
        self._sheets: dict[str, list[list[Stored]]] = {}
        try:
            self._book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        except CalamineError:
            raise InputError(f"{path} is damaged: its values cannot be read.") from None

    def at(self, sheet: str, row: int, column: int) -> Stored:
        """The value in a cell, row and column counted from 1; empty text is None."""
        grid = self._sheet(sheet)
        return grid[row - 1][column - 1] if row <= len(grid) and column <= len(grid[row - 1]) else None

    def _sheet(self, name: str) -> list[list[Stored]]:
        if name not in self._sheets:
            try:
                rows = self._book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            except CalamineError:
                raise InputError(f"{self._path} is damaged: the values of the sheet {name} cannot be read.") from None
            self._sheets[name] = [[_plain(item) for item in row] for row in rows]
        return self._sheets[name]


def _plain(item: str | float | bool | date | time | timedelta) -> Stored:
    if isinstance(item, time):  # a 0 in a cell that is formatted as a date
        return (item.hour * 3600 + item.minute * 60 + item.second) / 86_400
    if isinstance(item, timedelta):
        return item / timedelta(days=1)
    if isinstance(item, datetime) and item.time() == time():
        return item.date()
    return None if item == "" else item
