"""A workbook of plain formulas beside the cells that they lean on, and what each must come to."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import xlsxwriter

from mbr_udfs import CATALOGUE
from mbr_udfs.cells import MARK
from mbr_workbooks.edit import calculated
from mbr_workbooks.formulas import Area, Cell
from mbr_workbooks.sheet_xml import ErrorValue
from mbr_xl.errors import InputError
from mbr_xl.rules import rules_for
from tests.random_calls import CallCase

ANSWERS = 25  # column Z
LIMITS = ("deferral", "annual_additions", "compensation", "catch_up", "super_catch_up", "roth_catch_up_wages")
PLANNERS = ["tax_year", *(f"published_{name}" for name in LIMITS)]
NAMES = {name: Area("L", 1, row, 1, row) for row, name in enumerate(PLANNERS, 1)}
NAMES["pay_gross"] = Area("S", 1, 1, 1, 9)


def published(year: int, name: str) -> float | str:
    """What the planner's Limits sheet holds of a limit."""
    try:
        return rules_for(year).limit(name).value / 100
    except InputError as refusal:
        return "not published" if str(refusal).startswith("No published") else "none"


def native_book(cases: Sequence[tuple[str, Sequence[Any]]], tax_year: int = 2026) -> bytes:
    """A workbook of formulas, each in a row of its own beside its cells, with the planner's names of the limits."""
    content = BytesIO()
    with xlsxwriter.Workbook(content) as book:
        page, limits = book.add_worksheet("S"), book.add_worksheet("L")
        for row, (formula, cells) in enumerate(cases):
            for column, cell in enumerate(cells):
                if isinstance(cell, str) and cell.startswith("#"):
                    page.write_formula(row, column, "=NA()", None, cell)
                elif cell == "":
                    page.write_formula(row, column, '=""', None, "")
                elif cell is not None:
                    page.write(row, column, cell)
            page.write_formula(row, ANSWERS, formula)
        for row, held in enumerate([tax_year, *(published(tax_year, name) for name in LIMITS)]):
            limits.write(row, 0, held)
        for name, area in NAMES.items():
            book.define_name(name, f"=L!$A${area.top}")
    return content.getvalue()


def computed(cases: Sequence[tuple[str, Sequence[Any]]], tax_year: int = 2026) -> list[Any]:
    """What the formulas of such a workbook come to."""
    places = [Cell("S", row, ANSWERS + 1) for row in range(1, len(cases) + 1)]
    answers = calculated(native_book(cases, tax_year), places)
    return [answers[place] for place in places]


def is_refusal(answer: object) -> bool:
    return isinstance(answer, str) and (answer.startswith(MARK) or isinstance(answer, ErrorValue))


def expect_same(case: CallCase, formula: str, answer: Any) -> None:
    wanted = CATALOGUE[case.name](*case.given)
    if is_refusal(wanted) or not case.clean:
        assert is_refusal(answer) or answer == wanted, (case, formula, answer, wanted)
        assert not (is_refusal(wanted) and isinstance(answer, float)), (case, formula, answer, wanted)
    else:
        assert answer == wanted, (case, formula, answer, wanted)
