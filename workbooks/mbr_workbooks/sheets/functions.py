"""Functions: every example of the function reference, live in xlwings Lite, each with what it is given in words."""

from __future__ import annotations

from datetime import date, datetime

from mbr_udfs.catalogue import CATALOGUE, Function
from mbr_udfs.dates import serial
from mbr_udfs.formula import split
from mbr_udfs.lite import answer as answer_in_lite
from mbr_udfs.lite import stored_formula
from mbr_udfs.reference import CHAPTERS
from mbr_workbooks.sheet import Cell, Sheet, Value, address, area

NAME = "Functions"
ANSWER = 1  # the column where answers begin
WIDTH, ANSWER_WIDTH, COLUMN_WIDTH = 70.0, 30.0, 14.0  # of the first column, of the answers' first and of the others
LETTERS, SMALL_LETTERS = 66, 84  # to a line of the first column
MOST_COLUMNS = 22
YEARS = ("Tax year", "Line", "Year")


def functions_sheet() -> Sheet:
    """The sheet, without the first value of each answer: `first_values` has those."""
    sheet = Sheet(NAME, tab_color="#1B8A7A", landscape=True, locked=False)
    sheet.widths = dict.fromkeys(range(ANSWER, ANSWER + MOST_COLUMNS), COLUMN_WIDTH) | {0: WIDTH, ANSWER: ANSWER_WIDTH}
    sheet.heights[0] = 28
    sheet.put(0, 0, "Functions", "title")
    sheet.put(0, ANSWER, "Back to Start", "link")
    sheet.links[0, ANSWER] = "internal:Start!A1"
    sheet.put(
        1, 0, "The answers in column B are live while xlwings Lite runs; before that they are as stored.", "subtitle"
    )
    sheet.put(2, 0, "To try one: type it into any cell of this workbook as column A has it, beginning with =.", "note")
    row = 4
    for chapter, title in CHAPTERS.items():
        sheet.section(row, 0, title, 8)
        row += 1
        for function in CATALOGUE:
            if function.chapter == chapter:
                row = _function(sheet, function, row)
    sheet.freeze = (3, 1)
    sheet.print_area = area(0, 0, row, 9)
    return sheet


def first_values() -> dict[str, Value]:
    """What stands in the first cell of each answer, by address."""
    return {address(row, ANSWER): _held(_rows(formula)[0][0]) for row, formula in _places()}


def _places() -> list[tuple[int, str]]:
    """The row of each answer and its formula as typed."""
    sheet = functions_sheet()
    formulas = [formula for function in _in_order() for formula in function.sections["Example"]]
    rows = sorted(row for (row, _), cell in sheet.cells.items() if cell.spill)
    return list(zip(rows, formulas, strict=True))


def _in_order() -> list[Function]:
    return [function for chapter in CHAPTERS for function in CATALOGUE if function.chapter == chapter]


def _function(sheet: Sheet, function: Function, row: int) -> int:
    """Writes one function; the row behind it is returned."""
    sheet.put(row, 0, function.syntax, "label_bold")
    sheet.put(row + 1, 0, function.description, "note_wrap")
    _height(sheet, row + 1, function.description)
    row += 2
    for formula in function.sections["Example"]:
        row = _example(sheet, function, formula, row)
    for formula in function.sections.get("Errors", [])[:1]:
        said = str(answer_in_lite(formula)).removeprefix("#MBR! ")
        text = f"Refused: {formula} shows #VALUE! in xlwings Lite, with the message: {said}"
        sheet.put(row, 0, text, "note_wrap")
        _height(sheet, row, text)
        row += 1
    return row + 1


def _example(sheet: Sheet, function: Function, formula: str, row: int) -> int:
    answer = _rows(formula)
    text = f"Type {formula}"
    if len(text) > LETTERS:
        sheet.put(row, 0, text, "wrap")
        sheet.heights[row] = 15.0 * (2 + len(text) // LETTERS)  # one line more: a formula breaks where it may
    else:
        sheet.put(row, 0, text, "label")
    sheet.put(row + 1, 0, given(function, formula), "note_wrap")
    _height(sheet, row + 1, given(function, formula))
    first = row if len(answer) == 1 else row + 1  # a table stands below its formula
    for line, items in enumerate(answer):
        for column, item in enumerate(items):
            style = _style(function, answer, line, column)
            if line == column == 0:
                size = len(answer), len(items)
                sheet.cells[first, ANSWER] = Cell(formula=stored_formula(formula), style=style, spill=size)
            else:
                sheet.put(first + line, ANSWER + column, _held(item), style)
    return max(row + 2, first + len(answer))


def given(function: Function, formula: str) -> str:
    """What the formula gives to the function, in words: argument by argument, those left out left out."""
    inside = formula.partition("(")[2].removesuffix(")")
    parts = [part.strip() for part in split(inside, ",")] if inside.strip() else []
    said = [
        f"{argument.name.replace('_', ' ')}: {_words(part, argument.name)}"
        for argument, part in zip(function.arguments, parts, strict=False)
        if part
    ]
    return f"Given {'; '.join(said)}." if said else "Nothing is given."


def _words(part: str, name: str) -> str:
    """A literal as it is said: 24500 is 24,500, an array constant the range that it stands for."""
    if part.startswith("{"):
        rows = split(part[1:-1], ";")
        columns = len(split(rows[0], ","))
        return f"a range of {len(rows)} row{'s' * (len(rows) > 1)} and {columns} columns"
    if part.startswith("DATE("):
        year, month, day = (piece.strip() for piece in part[5:-1].split(","))
        return f"{month}/{day}/{year}"
    number = part.replace(".", "", 1).isdigit() and name != "year"
    whole, point, rest = part.partition(".")
    return f"{int(whole):,}{point}{rest}" if number and len(whole) > 3 else part.strip('"')


def _rows(formula: str) -> list[list[object]]:
    answer = answer_in_lite(formula)
    return answer if isinstance(answer, list) else [[answer]]


def _held(item: object) -> Value:
    """An item as a cell holds it: a date by its number, empty text as nothing."""
    if isinstance(item, date):
        return serial(item.date() if isinstance(item, datetime) else item)
    assert item is None or isinstance(item, str | float | int)
    return None if item == "" else item


def _style(function: Function, answer: list[list[object]], line: int, column: int) -> str:
    item = answer[line][column]
    headed = len(answer) > 1 and len(answer[0]) > 1
    if headed and line == 0:
        return "head_left_indented" if isinstance(answer[1][column], str) else "head"
    if isinstance(item, date):
        return "date"
    if isinstance(item, bool) or not isinstance(item, float | int):
        return "about" if isinstance(item, str) and (headed or column) else "text"
    if headed and answer[0][column] in YEARS:
        return "number"
    if item == int(item):
        return "example_whole"
    if function.kind.name == "RATE":
        return "rate"
    return "example_cents" if abs(item) >= 1 or function.kind.name == "MONEY" else "text"


def _height(sheet: Sheet, row: int, text: str) -> None:
    lines = -(-len(text) // SMALL_LETTERS)
    if lines > 1:
        sheet.heights[row] = 15.0 * lines
