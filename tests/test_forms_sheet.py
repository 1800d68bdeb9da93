"""The Forms sheet as data: every answer has its name there, its checks read names that exist, its words keep to "
"facts."""

from __future__ import annotations

import re
from dataclasses import fields

from openpyxl.utils import column_index_from_string

from mbr_workbooks.contents import planner
from mbr_workbooks.sheet import Sheet
from mbr_workbooks.sheets.paper.forms import CHECKS, forms_sheet
from mbr_xl.paper_answers import PaperAnswers


def shape(formula: str, row: int) -> str:
    """A formula with its relative rows told by distance: one copied down keeps its shape."""
    return re.sub(
        r"(\$?[A-Z]{1,3})(\$?)(\d+)(?!\d|\()", lambda m: m[0] if m[2] else f"{m[1]}[{int(m[3]) - row}]", formula
    )


def every_name(sheets: list[Sheet]) -> set[str]:
    return {name for sheet in sheets for name in sheet.names}


def test_every_answer_is_a_single_named_cell() -> None:
    names = forms_sheet().names
    for field in fields(PaperAnswers):
        assert field.name in names, field.name
        assert ":" not in names[field.name], field.name


def test_every_word_of_a_formula_is_a_name_or_a_function() -> None:
    names = every_name(planner())
    cells = [cell.formula for cell in forms_sheet().cells.values() if cell.formula]
    for formula in [*cells, *(check[2] for check in CHECKS)]:
        bare = re.sub(r'"(?:[^"]|"")*"', "", formula)
        words = set(re.findall(r"\b[a-z][a-z0-9_]{3,}\b", bare))
        assert words <= names, (words - names, formula)
        assert len(formula) < 8_000


def test_one_formula_a_column() -> None:
    sheet = forms_sheet()
    for name, place in sheet.names.items():
        match = re.fullmatch(r"=Forms!\$([A-Z]+)\$(\d+):\$\1\$(\d+)", place)
        if match is None or not name.startswith(("basis_", "reconv_", "came_", "letter_", "recap_", "moved_")):
            continue
        column = column_index_from_string(match[1]) - 1
        lines = range(int(match[2]) - 1, int(match[3]))
        cells = [(line, sheet.cells[line, column]) for line in lines]
        assert len({shape(cell.formula, line + 1) for line, cell in cells if cell.formula}) <= 1, name


def test_it_promises_nothing_and_gives_no_advice() -> None:
    text = " ".join(str(cell.value or cell.formula) for cell in forms_sheet().cells.values()).lower()
    for word in ("guarantee", "we recommend", "you should", "risk-free", "best choice"):
        assert word not in text
    assert "hypothetical" in text
