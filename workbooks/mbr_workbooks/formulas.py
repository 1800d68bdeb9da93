"""What a workbook's cells hold before calculation, formulas included, and where its defined names lead."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.formula.tokenizer import Token as Token
from openpyxl.formula.tokenizer import Tokenizer, TokenizerError
from openpyxl.utils import FORMULAE
from openpyxl.utils.cell import get_column_letter, range_boundaries
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula

from mbr_xl.errors import InputError

FUNCTIONS_OF_2007 = frozenset(FORMULAE)  # by name: every function of Excel 2007

# What a program writes before the name of one of our functions, by the way in which it came into the cell: xlwings
# Lite, an .xll, an add-in file as a numbered link or by its path. Text in quotation marks is passed over.
_WAY_IN = re.compile(
    r'"(?:[^"]|"")*"'
    r"|(?:_xldudf_|_xll\.|(?:'(?:[^']|'')*'|\[\d+\]|(?<![\w.])[\w.]+\.xl\w+)!)(?=(?:MBR|CONVERT|BACKDOOR)_[A-Z0-9_]+\()",
    re.IGNORECASE,
)

# A reference to a cell, in parts: column, the mark of a row that stays, row. Texts and names of sheets are passed over.
_REFERENCE = re.compile(r"""\"(?:[^"]|"")*"|'(?:[^']|'')*'!|(?<![\w.$])(\$?[A-Za-z]{1,3})(\$?)(\d{1,7})(?![\w.(])""")


def plain_calls(formula: str) -> str:
    """A formula with our functions under their plain names: =[1]!MBR_ROOM(A1) is =MBR_ROOM(A1)."""
    return _WAY_IN.sub(lambda found: found[0] if found[0].startswith('"') else "", formula)


def tokens_of(formula: str) -> list[Token]:
    """The parts of a formula with its "=", blanks among them; raises ValueError where it cannot be read."""
    try:
        return list(Tokenizer(formula).items)
    except TokenizerError as problem:
        raise ValueError(formula) from problem


def edges(reference: str) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of a reference such as B2:D9, counted from 1."""
    left, top, right, bottom = range_boundaries(reference)
    return int(left), int(top), int(right), int(bottom)


@dataclass(frozen=True, order=True)
class Cell:
    """A cell's place; row and column are counted from 1."""

    sheet: str
    row: int
    column: int

    @property
    def address(self) -> str:
        return f"{get_column_letter(self.column)}{self.row}"

    def __str__(self) -> str:
        plain = self.sheet.replace("_", "").isalnum()
        return f"{self.sheet if plain else chr(39) + self.sheet + chr(39)}!{self.address}"


@dataclass(frozen=True)
class Area:
    """A rectangle of cells on one sheet."""

    sheet: str
    left: int
    top: int
    right: int
    bottom: int

    def cells(self) -> Iterator[Cell]:
        for row in range(self.top, self.bottom + 1):
            for column in range(self.left, self.right + 1):
                yield Cell(self.sheet, row, column)

    @property
    def first(self) -> Cell:
        return Cell(self.sheet, self.top, self.left)


@dataclass(frozen=True)
class Written:
    """What was written into a workbook: typed values and formulas by cell, the defined names, the sheets."""

    cells: Mapping[Cell, Any]
    names: Mapping[str, Area]
    lost_names: tuple[str, ...]
    sheets: tuple[str, ...]

    def formula(self, cell: Cell) -> str | None:
        """The formula in a cell, with its "=", or None where there is none."""
        held = self.cells.get(cell)
        return held if isinstance(held, str) and held.startswith("=") else None

    def relative(self, cell: Cell) -> str | None:
        """The formula with its rows told by their distance: equal for cells of a column that were filled down."""
        formula = self.formula(cell)
        if formula is None:
            return None

        def told(found: re.Match[str]) -> str:
            return found[0] if found[2] is None or found[2] else f"{found[1]}[{int(found[3]) - cell.row}]"

        return _REFERENCE.sub(told, formula)


def read_written(path: Path, content: bytes) -> Written:
    """Reads formulas and names; raises InputError where the workbook is beyond reading."""
    book = _load(path, content, values=False)
    cells: dict[Cell, Any] = {}
    for sheet in book.worksheets:
        for (row, column), cell in sheet._cells.items():
            if cell.value is not None:
                cells[Cell(sheet.title, row, column)] = _content(cell.value)
    names, lost = {}, []
    sheets = {title.casefold(): title for title in book.sheetnames}
    for name, defined in book.defined_names.items():
        area = _area(defined, sheets)
        if area is not None and area.sheet in book.sheetnames:
            names[name] = area
        elif area is not None or "#REF!" in (defined.attr_text or ""):
            lost.append(name)
    return Written(cells, names, tuple(lost), tuple(book.sheetnames))


def stored_errors(path: Path, content: bytes, cells: frozenset[Cell]) -> dict[Cell, str | None]:
    """Of formula cells: the error value that is stored in each, "" for empty text, None where nothing is stored."""
    book = _load(path, content, values=True)
    return {cell: book[cell.sheet].cell(cell.row, cell.column).value for cell in cells}


def _load(path: Path, content: bytes, *, values: bool) -> Any:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of what it would drop on saving; nothing is saved here
            return load_workbook(io.BytesIO(content), data_only=values, keep_links=False)
    except Exception as problem:  # openpyxl lets whatever a damaged part causes escape
        raise InputError(f"{path} is damaged: one of its parts is missing or cannot be read.") from problem


def _content(value: Any) -> Any:
    if isinstance(value, ArrayFormula):
        text = value.text or ""
        return plain_calls(text if text.startswith("=") else f"={text}")
    if isinstance(value, DataTableFormula):
        return "={}"
    if isinstance(value, str) and value.startswith("="):
        return plain_calls(value)
    return value.date() if isinstance(value, datetime) and value.time() == datetime.min.time() else value


def _area(defined: Any, sheets: Mapping[str, str]) -> Area | None:
    try:
        places = list(defined.destinations)
        if len(places) != 1:
            return None
        sheet, reference = places[0]
        left, top, right, bottom = range_boundaries(reference.replace("$", ""))
    except (ValueError, TypeError, AttributeError):
        return None
    if not (left and top and right and bottom):
        return None
    sheet = sheet.replace("''", "'")
    return Area(sheets.get(sheet.casefold(), sheet), left, top, right, bottom)
