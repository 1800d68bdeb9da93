"""The printed pages of a client's copy, fitted to what is filled in: no page of empty lists, none that says nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from mbr_workbooks.contents import Made, planner
from mbr_workbooks.formulas import Area, Cell, edges
from mbr_workbooks.package import Package
from mbr_workbooks.print_blocks import Page, Rows, Shown
from mbr_workbooks.read import PlannerFile
from mbr_workbooks.sheet import Sheet, column_letters
from mbr_workbooks.sheet_xml import sheets_of
from mbr_workbooks.sheets.converting.conversions import PAGES as CONVERSION_PAGES
from mbr_workbooks.sheets.pays.pay import PAGES as PAY_PAGES
from mbr_workbooks.values import Workbook

# Sheets that say how many of their lines are printed, in a cell that a check reads.
_LINES = {
    "Pay": ("pay_printed", PAY_PAGES),
    "Conversions": ("conversions_printed", CONVERSION_PAGES),
    "Cash": ("cash_printed", PAY_PAGES),
}
_FULL = Made(pays=PAY_PAGES[-1], conversions=CONVERSION_PAGES[-1])
_AREA = rb'(<definedName\b(?=[^>]*\bname="_xlnm\.Print_Area")(?=[^>]*\blocalSheetId="%d")[^>]*>)([^<]*)(</definedName>)'
_BREAKS = re.compile(rb"<rowBreaks\b[^>]*/>|<rowBreaks\b.*?</rowBreaks>", re.DOTALL)
_ONE_CELL = re.compile(r"\$?[A-Z]{1,3}\$?\d+")


def fit_print_areas(package: Package, filled: PlannerFile, typed: int = 0) -> dict[Cell, float]:
    """Sets the print areas of the package to what `filled` has to say, and gives the cells that must say so.

    typed: how many inputs, blank in `filled`, the copy has besides.
    A sheet is left as it is where its rows are not where the planner has them, or where its print area is not the
    planner's own: somebody has seen to that sheet already. No sheet and no row is hidden.
    """
    cells: dict[Cell, float] = {}
    parts = {sheet.name: (place, sheet.part) for place, sheet in enumerate(sheets_of(package))}
    own = planner(made=_FULL)
    hidden = dict(_hiding(own, filled))
    for sheet in own:
        if sheet.name not in parts or not _in_place(sheet, filled):
            continue
        place, part = parts[sheet.name]
        found = re.search(_AREA % place, package["xl/workbook.xml"])
        if not found or found[2].decode() not in _expected(sheet, filled):
            continue
        page = Page(sheet, _shown(sheet, filled, hidden.get(sheet.name, frozenset())))
        blocks, printed = _with_whole_pages(page, page.blocks())
        areas = page.areas(blocks)
        if printed is not None:
            cells[filled.cells(_LINES[sheet.name][0])[0]] = printed
        book, (start, end) = package["xl/workbook.xml"], found.span(2)
        package["xl/workbook.xml"] = book[:start] + _written(page, areas) + book[end:]
        # Each stretch of rows begins a page by itself; a break within one was made for the rows that are gone.
        package[part] = _BREAKS.sub(b"", package[part])
    if filled.cells("lines_fitted"):
        cells[filled.cells("lines_fitted")[0]] = float(str(filled.named("lines_filled") or 0)) + typed
    return cells


def _in_place(sheet: Sheet, filled: PlannerFile) -> bool:
    """Whether every name of the sheet leads where the planner has it: no row or column was put in or taken out."""
    return bool(sheet.print_area) and all(
        filled.written.names.get(name) == _place(reference, sheet.name) for name, reference in sheet.names.items()
    )


def _place(reference: str, sheet: str) -> Area:
    left, top, right, bottom = edges(reference.rpartition("!")[2].replace("$", ""))
    return Area(sheet, left, top, right, bottom)


def _expected(sheet: Sheet, filled: PlannerFile) -> set[str]:
    """The print area as the planner was made, in the ways in which programs write it."""
    left, top, right, bottom = edges(sheet.print_area)
    if sheet.name in _LINES:
        name, pages = _LINES[sheet.name]
        bottom += int(float(str(filled.named(name) or 0))) - pages[-1]
    area = f"${column_letters(left - 1)}${top}:${column_letters(right - 1)}${bottom}"
    return {f"{sheet.name}!{area}", f"'{sheet.name}'!{area}", f"${sheet.name}.{area}"}


def _with_whole_pages(page: Page, blocks: list[Rows]) -> tuple[list[Rows], int | None]:
    """The lines of a sheet that counts them printed to the end of their page; how many, None where it counts none.

    Lines that are not used show nothing, so that a pay or two that is added later still has its place.
    """
    if page.sheet.name not in _LINES:
        return blocks, None
    pages = _LINES[page.sheet.name][1]
    before = page.end - pages[-1]  # the row of the heads
    if blocks[-1].last <= before:
        return blocks, 0
    lines = next(lines for lines in pages if blocks[-1].last <= before + lines)
    return [*blocks[:-1], Rows(blocks[-1].first, before + lines)], lines


def _written(page: Page, areas: list[Rows]) -> bytes:
    first, last = (column_letters(column) for column in page.columns)
    return ",".join(f"{page.sheet.name}!${first}${rows.first + 1}:${last}${rows.last + 1}" for rows in areas).encode()


def _shown(sheet: Sheet, filled: PlannerFile, hides: frozenset[tuple[int, int]]) -> Shown:
    def value(row: int, column: int) -> object:
        return filled.value(Cell(sheet.name, row + 1, column + 1), closely=False)

    left, top, right, bottom = edges(sheet.print_area)
    typed = {
        cell.row - 1
        for cell in filled.written.cells
        if cell.sheet == sheet.name and left <= cell.column <= right and top <= cell.row <= bottom
        and (cell.row - 1, cell.column - 1) not in sheet.cells
    }  # fmt: skip
    tables = [edges(table.cells) for table in sheet.tables]  # their heads are put in by the table
    heads = {top - 1 for _, top, _, _ in tables}
    return Shown(value, hides, frozenset(typed - heads))


def _hiding(sheets: list[Sheet], filled: PlannerFile) -> Iterator[tuple[str, frozenset[tuple[int, int]]]]:
    """By sheet the cells that a format hides as things stand: those that ask for names alone, as whole blocks do."""
    asked: dict[str, None] = {}
    for sheet in sheets:
        for condition in sheet.conditions:
            if condition.style == "hidden" and not _ONE_CELL.search(condition.formula):
                asked[condition.formula] = None
    holds = dict(zip(asked, _answers([_with_values(formula, filled.named) for formula in asked]), strict=True))
    for sheet in sheets:
        cells: set[tuple[int, int]] = set()
        for condition in sheet.conditions:
            if condition.style == "hidden" and holds.get(condition.formula) is True:
                left, top, right, bottom = edges(condition.cells)
                cells |= {(row, column) for row in range(top - 1, bottom) for column in range(left - 1, right)}
        yield sheet.name, frozenset(cells)


def _with_values(formula: str, named: Callable[[str], Any]) -> str:
    """The formula with the stored values in place of the names."""

    def told(found: re.Match[str]) -> str:
        if found[0].startswith('"'):
            return found[0]
        value = named(found[0])
        if isinstance(value, bool):
            return "TRUE" if value else "FALSE"
        return repr(value) if isinstance(value, int | float) else '"' + str(value or "").replace('"', '""') + '"'

    return re.sub(r'"[^"]*"|\b[A-Za-z_]\w*\b(?!\()', told, formula)


def _answers(formulas: list[str]) -> list[object]:
    """What formulas without a reference come to."""
    with Workbook.create() as book:
        book.add_sheet("Asked")
        for row, formula in enumerate(formulas, start=1):
            book.set_formula("Asked", f"A{row}", formula)
        book.recalculate()
        read: list[Any] = book.read_range("Asked", "A1", f"A{max(1, len(formulas))}")["cells"]
    found = [cell.get("calculated") or {} for cell in read]
    return [one["value"].get("value") if one.get("kind") == "value" else None for one in found][: len(formulas)]
