"""Sheets as data made into an .xlsx: the one place that knows XlsxWriter."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from mbr_workbooks.sheet import Chart, Series, Sheet, Table, Validation, address
from mbr_workbooks.styles import GREY, INK, NAVY, RULE, SERIES, properties

Values = Mapping[tuple[str, str], float | str | bool]

CREATED = datetime(2026, 1, 1)  # the same file each time, byte for byte
EARLIEST, LATEST = date(1900, 3, 1), date(2100, 12, 31)


class _Page(Worksheet):  # type: ignore[misc]
    """A worksheet that stores a formula as it stands.

    XlsxWriter looks for the functions of later versions of Excel first, one by one, which is most of the time that a
    planner takes to write; the lint of the tests refuses every one of them.
    """

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return formula.removeprefix("=")


@dataclass
class _Writer:
    book: Workbook
    values: Values
    formats: dict[str, Any] = field(default_factory=dict)

    def style(self, role: str) -> Any:
        if role not in self.formats:
            self.formats[role] = self.book.add_format(properties(role))
        return self.formats[role]


def write_book(
    sheets: Sequence[Sheet],
    path: Path,
    values: Values | None = None,
    title: str = "",
    author: str = "",
    shown: str = "",
) -> None:
    """Writes the sheets in order; values are stored with the formulas (without: 0).

    shown: the sheet on which the workbook opens; without, the first.

    The file is written beside its place and moved there, so that nobody ever meets half a workbook.
    """
    temporary = path.with_name(f".{path.stem}.{os.getpid()}.tmp.xlsx")
    try:
        with xlsxwriter.Workbook(str(temporary)) as book:
            book.set_properties({"title": title, "author": author, "created": CREATED})
            book.set_calc_mode("auto")
            writer = _Writer(book, values or {})
            pages = [book.add_worksheet(sheet.name, _Page) for sheet in sheets]
            for sheet, page in zip(sheets, pages, strict=True):
                _write_sheet(writer, sheet, page)
            for sheet in sheets:
                for name, place in sheet.names.items():
                    book.define_name(name, place)
            next((page for page in pages if page.get_name() == shown), pages[0]).activate()
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def _write_sheet(writer: _Writer, sheet: Sheet, page: Worksheet) -> None:
    page.hide_gridlines(2)
    page.set_zoom(sheet.zoom)
    if sheet.tab_color:
        page.set_tab_color(sheet.tab_color)
    for column, width in sheet.widths.items():
        page.set_column(column, column, width)
    for row, height in sheet.heights.items():
        page.set_row(row, height)
    for first_row, first_column, last_row, last_column in sheet.merges:
        style = writer.style(sheet.cells[first_row, first_column].style)
        page.merge_range(first_row, first_column, last_row, last_column, "", style)
    for (row, column), cell in sorted(sheet.cells.items()):
        style = writer.style(cell.style)
        if (row, column) in sheet.links:
            page.write_url(row, column, sheet.links[row, column], style, str(cell.value or "Go"))
        if cell.formula and cell.spill:  # the other cells of the array follow as values
            last = row + cell.spill[0] - 1, column + cell.spill[1] - 1
            page.write_dynamic_array_formula(row, column, *last, cell.formula, style, 0)
        elif cell.formula:
            stored = writer.values.get((sheet.name, address(row, column)), 0)
            if isinstance(stored, float) and stored.is_integer():
                stored = int(stored)  # or a chart would keep the year as 2026.0
            page.write_formula(row, column, cell.formula, style, stored)
        elif (row, column) in sheet.links:
            continue
        elif cell.value is None:
            page.write_blank(row, column, None, style)
        elif isinstance(cell.value, date):
            page.write_datetime(row, column, datetime.combine(cell.value, datetime.min.time()), style)
        elif isinstance(cell.value, str):
            page.write_string(row, column, cell.value, style)
        elif isinstance(cell.value, bool):
            page.write_boolean(row, column, cell.value, style)
        else:
            page.write_number(row, column, cell.value, style)
    for table in sheet.tables:
        _write_table(writer, sheet, table, page)
    for validation in sheet.validations:
        page.data_validation(validation.cells, _validation(validation))
    for condition in sheet.conditions:
        options = {"type": "formula", "criteria": condition.formula, "format": writer.style(condition.style)}
        page.conditional_format(condition.cells, options)
    for chart in sheet.charts:
        _write_chart(writer.book, chart, page)
    _page_setup(sheet, page)
    if sheet.locked:
        page.protect("", {"format_columns": True, "format_rows": True, "select_locked_cells": True})


def _write_table(writer: _Writer, sheet: Sheet, table: Table, page: Worksheet) -> None:
    styles = table.head_styles or ("head_input",) * len(table.columns)
    columns = [
        {"header": name, "header_format": writer.style(style)}
        for name, style in zip(table.columns, styles, strict=True)
    ]
    page.add_table(table.cells, {"name": table.name, "columns": columns, "style": None, "autofilter": False})


def _validation(validation: Validation) -> dict[str, Any]:
    rules: dict[str, dict[str, Any]] = {
        "date": {"validate": "date", "criteria": "between", "minimum": EARLIEST, "maximum": LATEST},
        "money": {"validate": "decimal", "criteria": ">=", "value": 0},
        "income": {"validate": "decimal", "criteria": "between", "minimum": -1e9, "maximum": 1e9},
        "rate": {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 1},
        # A share of pay, or where Inputs say so dollars of each pay: Checks know which of the two it must be.
        "election": {"validate": "decimal", "criteria": ">=", "value": 0},
        "growth": {"validate": "decimal", "criteria": "between", "minimum": -0.99, "maximum": 10},
        "match_rate": {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 10},
        "whole": {
            "validate": "integer",
            "criteria": "between",
            "minimum": validation.least,
            "maximum": validation.most,
        },
        "list": {"validate": "list", "source": list(validation.choices)},
        "text": {"validate": "length", "criteria": "<=", "value": 1000},
    }
    return {
        **rules[validation.rule],
        "input_title": validation.title[:32],
        "input_message": validation.message[:255],
        "error_title": "Not accepted",
        "error_message": _refusal(validation)[:255],
        "ignore_blank": True,
    }


def _refusal(validation: Validation) -> str:
    allowed = {
        "date": "Type a date such as 4/10/2026.",
        "money": "Type dollars, 0 or more, such as 250000.",
        "income": "Type dollars, such as 3000; a loss is below 0.",
        "rate": "Type a share from 0% to 100%, such as 6%.",
        "election": "Type a share such as 6%, or dollars where Inputs say dollars; not below 0.",
        "growth": "Type a yearly growth from -99% to 1000%, such as 6%.",
        "match_rate": "Type a rate such as 50%, at most 1000%.",
        "whole": f"Type a whole number from {validation.least} to {validation.most}.",
        "list": f"Choose one of: {', '.join(validation.choices)}.",
        "text": "Type at most 1,000 characters.",
    }
    return allowed[validation.rule]


def _write_chart(book: Workbook, chart: Chart, page: Worksheet) -> None:
    stacked = chart.kind == "column_stacked"
    years = chart.kind == "years"
    line_kind = {"type": "scatter", "subtype": "straight"} if years else {"type": "line"}
    made = book.add_chart({"type": "column", "subtype": "stacked"} if stacked else line_kind)
    for series in chart.series:
        border = {"color": GREY, "width": 0.75, "dash_type": "dash"} if series.color == SERIES["unused"] else None
        look = (
            {"fill": {"color": series.color}, "border": border or {"color": "#FFFFFF", "width": 1}, "gap": 20}
            if stacked
            else {"line": {"color": series.color, "width": 2.5}, "marker": {"type": "none"}}
        )
        made.add_series({**_data(series), **look})
    dashed = {"line": {"color": chart.limit.color, "width": 2, "dash_type": "dash"}, "marker": {"type": "none"}}
    if stacked:
        line = book.add_chart({"type": "line"})
        line.add_series({**_data(chart.limit), **dashed})
        made.combine(line)
    else:
        made.add_series({**_data(chart.limit), **dashed})
    font = {"name": "Calibri", "size": 10, "color": INK}
    made.set_title({"name": chart.title, "name_font": {**font, "size": 12, "color": NAVY}, "overlay": False})
    made.set_legend({"position": "bottom", "font": font})
    numbers = {"num_font": {**font, "size": 9, "color": GREY}, "line": {"none": True}}
    months = {"num_format": "mmm", "date_axis": True, "major_unit": 1, "major_unit_type": "months"}
    if chart.least is None:
        months["label_position"] = "low"
    over_years = {"num_format": "0", "min": 0, "name": "Years", "name_font": {**font, "size": 9, "bold": False}}
    over_years["major_gridlines"] = {"visible": False}
    scale = {"major_tick_mark": "none"} if stacked else over_years if years else months
    made.set_x_axis({**numbers, **scale})
    grid = {"visible": True, "line": {"color": RULE, "width": 0.5}}
    dollars = '[=0]$0;[<2]"";$#,##0'  # an axis of an empty planner runs from 0 to 1
    if chart.least is None:
        dollars = "$#,##0;-$#,##0"
    made.set_y_axis({**numbers, "num_format": dollars, "major_gridlines": grid, "min": chart.least})
    made.set_size({"width": chart.width, "height": chart.height})
    made.set_chartarea({"border": {"none": True}})
    page.insert_chart(chart.cell, made, {"description": chart.description, "object_position": 2})


def _data(series: Series) -> dict[str, str]:
    return {"name": series.name, "values": series.values, "categories": series.categories}


def _page_setup(sheet: Sheet, page: Worksheet) -> None:
    if sheet.landscape:
        page.set_landscape()
    page.set_paper(1)  # US letter
    page.fit_to_pages(1, sheet.pages_tall)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.65)
    page.set_footer("&L&8&F  &A&C&8Hypothetical; not tax, legal or investment advice&R&8Page &P of &N")
    if sheet.freeze != (0, 0):
        page.freeze_panes(*sheet.freeze)
    if sheet.repeat_rows:
        page.repeat_rows(*sheet.repeat_rows)
    if sheet.print_area:
        page.print_area(sheet.print_area)
    if sheet.page_breaks:
        page.set_h_pagebreaks(sheet.page_breaks)
