"""A sheet as plain data: cells by position, names, validations, print set-up. Nothing here knows a file format."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from mbr_workbooks.styles import LEFT

Value = str | int | float | date | None


@dataclass(frozen=True)
class Cell:
    """A value or a formula (beginning with "="), shown in the style of a role (styles.py)."""

    value: Value = None
    formula: str = ""
    style: str = "text"
    spill: tuple[int, int] | None = None  # rows and columns that a dynamic array fills, its own included


@dataclass(frozen=True)
class Validation:
    """What a range of input cells accepts: rule is date, money, rate, growth, whole, text or list."""

    cells: str
    rule: str
    title: str
    message: str
    choices: tuple[str, ...] = ()
    least: int = 0
    most: int = 0


@dataclass(frozen=True)
class Table:
    """An Excel table over input cells; the header cells hold the column names."""

    name: str
    cells: str
    columns: tuple[str, ...]
    head_styles: tuple[str, ...] = ()  # of each heading; without: of a column of numbers to be typed


@dataclass(frozen=True)
class Condition:
    """Cells shown in another style where a formula (relative to the first cell) is true."""

    cells: str
    formula: str
    style: str


@dataclass(frozen=True)
class Series:
    name: str
    values: str
    categories: str
    color: str


@dataclass(frozen=True)
class Chart:
    """A chart at a cell; kind is column_stacked, line (over months) or years (its categories are numbers of years).

    A title that begins with "=" is that of a cell.

    limit: drawn as a dashed line.
    """

    cell: str
    kind: str
    title: str
    description: str
    series: tuple[Series, ...]
    limit: Series
    width: int
    height: int
    least: float | None = 0  # of the upright axis; None: as low as the figures go


@dataclass
class Sheet:
    """One tab. Rows and columns count from 0; cells are written in order of position."""

    name: str
    tab_color: str = ""
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    widths: dict[int, float] = field(default_factory=dict)
    heights: dict[int, float] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    validations: list[Validation] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    conditions: list[Condition] = field(default_factory=list)
    charts: list[Chart] = field(default_factory=list)
    links: dict[tuple[int, int], str] = field(default_factory=dict)
    freeze: tuple[int, int] = (0, 0)
    landscape: bool = False
    zoom: int = 100
    repeat_rows: tuple[int, int] | None = None
    print_area: str = ""
    pages_tall: int = 0  # 0: as many as it takes
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    page_breaks: list[int] = field(default_factory=list)
    locked: bool = True  # whether only its input cells can be typed into

    def put(self, row: int, column: int, content: Value, style: str = "text") -> None:
        """Text that begins with "=" is a formula, anything else a value."""
        if (row, column) in self.cells:
            raise ValueError(f"{self.name}!{address(row, column)} is described twice")
        if isinstance(content, str) and content.startswith("="):
            self.cells[row, column] = Cell(formula=content, style=style)
        else:
            self.cells[row, column] = Cell(value=content, style=style)

    def section(self, row: int, column: int, title: str, columns: int = 1) -> None:
        """A heading whose rule runs over several columns."""
        self.row(row, column, [title, *[None] * (columns - 1)], "section")
        self.heights[row] = 20

    def row(self, row: int, column: int, contents: Iterable[Value], style: str = "text") -> None:
        for offset, content in enumerate(contents):
            self.put(row, column + offset, content, style)

    def named(self, name: str, first_row: int, first_column: int, rows: int = 1, columns: int = 1) -> None:
        """Gives a cell or a range its workbook-wide name."""
        if name in self.names:
            raise ValueError(f"{name} is named twice")
        self.names[name] = f"={quoted(self.name)}!" + area(first_row, first_column, rows, columns, absolute=True)


@dataclass
class Columns:
    """A block of lines with one formula a column, copied unchanged down the lines.

    In a formula {x} is column x of the same line, {x-} of the line before, {x+} of the line after, {x^} the column
    from its heading to the line before (what has gone before), {x$} the same with this line.
    """

    sheet: Sheet
    head_row: int
    lines: int
    column: int
    prefix: str = ""
    where: dict[str, int] = field(default_factory=dict)
    first_line: int = 0

    def __post_init__(self) -> None:
        self.first_line = self.first_line or self.head_row + 1

    def place(self, keys: Sequence[str]) -> None:
        """Fixes the columns first, so that formulas may look right as well as left."""
        for offset, key in enumerate(keys):
            self.where[key] = self.column + offset

    def fill(self, key: str, head: Value, content: str | Sequence[Value], style: str, head_style: str = "head") -> None:
        """Writes the heading, the column and its name."""
        column = self.where[key]
        if head_style == "work_head" and style in LEFT:
            head_style = "work_head_left"
        self.sheet.put(self.head_row, column, head, head_style)
        for line in range(self.lines):
            row = self.first_line + line
            self.sheet.put(
                row, column, self._formula(content, row) if isinstance(content, str) else content[line], style
            )
        if self.prefix:
            self.sheet.named(self.prefix + key, self.first_line, column, self.lines)

    def _formula(self, template: str, row: int) -> str:
        def reference(match: re.Match[str]) -> str:
            key, how = match[1], match[2]
            column = column_letters(self.where[key])
            if how == "-":
                return f"{column}{row}"
            if how == "+":
                return f"{column}{row + 2}"
            if how == "^":
                return f"{column}${self.head_row + 1}:{column}{row}"
            if how == "$":
                return f"{column}${self.head_row + 1}:{column}{row + 1}"
            return f"${column}{row + 1}"

        return re.sub(r"\{(\w+)([-+^$]?)\}", reference, template)


def column_letters(column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def address(row: int, column: int, absolute: bool = False) -> str:
    mark = "$" if absolute else ""
    return f"{mark}{column_letters(column)}{mark}{row + 1}"


def area(row: int, column: int, rows: int = 1, columns: int = 1, absolute: bool = False) -> str:
    first = address(row, column, absolute)
    if rows == 1 and columns == 1:
        return first
    return f"{first}:{address(row + rows - 1, column + columns - 1, absolute)}"


def quoted(sheet_name: str) -> str:
    """A sheet's name as a formula must write it: a name that reads as a cell or holds a space needs quotes."""
    plain = re.fullmatch(r"[A-Za-z_][A-Za-z_.]*", sheet_name) and not re.fullmatch(r"[rRcC]", sheet_name)
    return sheet_name if plain else "'" + sheet_name.replace("'", "''") + "'"
