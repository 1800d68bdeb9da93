"""The tables: their names, and whether columns, headings and range fit each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from mbr_workbooks.formulas import edges
from mbr_workbooks.linting.formulas import formula_faults
from mbr_workbooks.linting.xml import MAIN


class Tables:
    """The tables of a workbook, looked at one by one: no two may have one name."""

    def __init__(self, titles: set[str], strings: list[str], names: set[str]) -> None:
        """titles, names: those of the sheets and the defined ones, in lower case; strings: the shared texts."""
        self._titles, self._strings, self._names = titles, strings, names
        self._seen: set[str] = set()
        self._marks: set[str] = set()

    def faults(self, sheet: Element, table: Element) -> Iterator[str]:
        """A sentence for each fault of a table of a sheet."""
        name = table.get("displayName", "")
        if name.casefold() in self._seen:
            yield f"Two tables have the name {name}."
        self._seen.add(name.casefold())
        if table.get("id", "") in self._marks:
            yield f"The table {name} has the number {table.get('id')} of another table."
        self._marks.add(table.get("id", ""))
        if name.casefold() in self._titles or not name.startswith("tbl"):
            yield f"The table {name} must begin with tbl and not have the name of a sheet."
        if name.casefold() in self._names:
            yield f"The table {name} has the name of a defined name."
        columns = [item.get("name", "") for item in table.iter(f"{MAIN}tableColumn")]
        if len({column.casefold() for column in columns}) < len(columns):
            yield f"The table {name} has two columns of one name."
        for formula in table.iter(f"{MAIN}calculatedColumnFormula"):
            for fault in formula_faults(formula.text or ""):
                yield f"The table {name}: {fault}: {(formula.text or '')[:120]}"
        try:
            left, top, right, _ = edges(table.get("ref", ""))
        except (ValueError, TypeError):
            yield f"The table {name} stands over {table.get('ref')!r}, which is no range."
            return
        if right - left + 1 != len(columns):
            yield f"The table {name} has {len(columns)} columns in a range of {right - left + 1}."
        heads = self._row(sheet, top)
        for number, column in enumerate(columns, left):
            if heads.get(number) != column:
                yield f"The table {name} calls a column {column!r}, its heading cell holds {heads.get(number)!r}."

    def _row(self, sheet: Element, row: int) -> dict[int, str]:
        """The texts of a row by column."""
        found = {}
        for cell in sheet.iter(f"{MAIN}c"):
            where = cell.get("r", "")
            if re.sub(r"\D", "", where) == str(row):
                value = cell.findtext(f"{MAIN}v") or ""
                shared = cell.get("t") == "s" and value.isdigit() and int(value) < len(self._strings)
                found[edges(where)[0]] = self._strings[int(value)] if shared else value
        return found
