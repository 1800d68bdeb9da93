"""An edit changes the cells that were meant and their dependents' values; every other part keeps its bytes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from mbr_workbooks.contents import build_planner
from mbr_workbooks.edit import back_up, calculated, edit
from mbr_workbooks.formulas import Cell, read_written
from mbr_workbooks.package import Package
from mbr_workbooks.read import read_planner
from mbr_workbooks.sample import sample_client
from mbr_workbooks.sheet_xml import ErrorValue
from mbr_workbooks.stored import StoredValues
from mbr_xl.errors import InputError
from tests.small_planner import household, write_small_planner
from tests.test_handoff import parts, users_sheet


def book_of(tmp_path: Path) -> Path:
    def extra(book: Any, pages: Mapping[str, Any]) -> None:
        users_sheet(book, pages)
        page = book.add_worksheet("Sums")
        page.write(0, 0, 1)
        page.write_formula(0, 1, "=A1*2", None, 2)
        page.write_formula(1, 1, '=IF(A1>1,"more","")', None, "")
        page.write_formula(2, 1, "=1/(A1-3)", None, -0.5)
        page.write_formula(3, 1, "=MBR_ROOM(A1,2,3)", None, 99)
        page.write_formula(4, 1, "=MBR_ROOM(2026,2,3)", None, 77)

    return write_small_planner(tmp_path / "book.xlsx", household(), extra)


def test_dependents_are_calculated_and_the_rest_is_untouched(tmp_path: Path) -> None:
    path, out = book_of(tmp_path), tmp_path / "out.xlsx"
    before = path.read_bytes()
    assert edit(path, {Cell("Sums", 1, 1): 3.0}, out) is None
    assert path.read_bytes() == before
    old, new = parts(path), parts(out)
    assert list(old) == list(new)
    assert {name for name in new if new[name] != old[name]} <= {"xl/worksheets/sheet7.xml", "xl/workbook.xml"}
    stored, written = StoredValues(out, out.read_bytes()), read_written(out, out.read_bytes())
    assert [stored.at("Sums", row, 2) for row in (1, 2)] == [6.0, "more"]
    assert b"<v>#DIV/0!</v>" in new["xl/worksheets/sheet7.xml"]
    assert stored.at("Sums", 4, 2) is None, "a dependent that cannot be calculated here must not keep a stale value"
    assert stored.at("Sums", 5, 2) == 77
    assert written.formula(Cell("Sums", 4, 2)) == "=MBR_ROOM(A1,2,3)"
    assert written.cells[Cell("My notes", 1, 1)] == "Call the plan in April"


def test_every_kind_of_value(tmp_path: Path) -> None:
    path, out = book_of(tmp_path), tmp_path / "out.xlsx"
    values = {
        Cell("Sums", 9, 1): "a < b & \"c\"", Cell("Sums", 9, 2): True, Cell("Sums", 9, 3): date(2026, 4, 10),
        Cell("Sums", 9, 4): 0.1, Cell("Sums", 1, 1): None,
    }  # fmt: skip
    edit(path, values, out)
    stored = StoredValues(out, out.read_bytes())
    assert [stored.at("Sums", 9, column) for column in (1, 2, 3, 4)] == ['a < b & "c"', True, 46122.0, 0.1]
    assert stored.at("Sums", 1, 1) is None


def test_in_place_keeps_a_backup(tmp_path: Path) -> None:
    path = book_of(tmp_path)
    before = path.read_bytes()
    backup = edit(path, {Cell("Sums", 1, 1): 5.0})
    assert backup == tmp_path / "book.bak.xlsx"
    assert backup.read_bytes() == before
    assert StoredValues(path, path.read_bytes()).at("Sums", 1, 2) == 10.0
    assert back_up(path) == tmp_path / "book.bak2.xlsx"
    assert {item.name for item in tmp_path.iterdir()} == {"book.xlsx", "book.bak.xlsx", "book.bak2.xlsx"}


def test_unknown_sheet_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    path, out = book_of(tmp_path), tmp_path / "out.xlsx"
    with pytest.raises(InputError, match="cannot be edited"):
        edit(path, {Cell("Nowhere", 1, 1): 5.0}, out)
    assert not out.exists()


def test_cells_are_calculated_in_any_order_and_what_cannot_be_is_none(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet("It's")
        for row, formula in enumerate(("=1+1", "=A1*3", '=A2&"x"', "=A1>1", "=1/0", "=MBR_ROOM(1)")):
            page.write_formula(row, 0, formula)
    cells = [Cell("It's", row, 1) for row in (6, 4, 2, 3, 1, 5)]
    found = calculated(path.read_bytes(), cells)
    assert [found[cell] for cell in cells] == [None, True, 6, "6x", 2, "#DIV/0!"]
    assert isinstance(found[cells[-1]], ErrorValue)


def test_charts_keep_what_the_cells_hold_now(tmp_path: Path) -> None:
    build_planner(tmp_path / "planner.xlsx", sample_client())
    package = Package(tmp_path / "planner.xlsx")
    charts = [part for part in package if part.startswith("xl/charts/chart")]
    title = b"<c:v>$71,420 of the $72,000 annual additions limit</c:v>"
    assert len(charts) == 4
    assert title in package["xl/charts/chart1.xml"]
    assert b"<c:v>2026</c:v>" in package["xl/charts/chart1.xml"]
    cell = read_planner(tmp_path / "planner.xlsx").cells("after_tax_cap")[0]
    edit(tmp_path / "planner.xlsx", {cell: 30_000}, tmp_path / "less.xlsx")
    less = Package(tmp_path / "less.xlsx")
    # 24,380 + 7,140 + 30,000: the plan's cap stops what is elected.
    assert b"<c:v>$61,520 of the $72,000 annual additions limit</c:v>" in less["xl/charts/chart1.xml"]
    assert title not in less["xl/charts/chart1.xml"]
    # What shows other cells keeps its bytes.
    edit(
        tmp_path / "planner.xlsx",
        {read_planner(tmp_path / "planner.xlsx").cells("client")[0]: "Other"},
        tmp_path / "same.xlsx",
    )
    same = Package(tmp_path / "same.xlsx")
    assert all(same[part] == package[part] for part in charts)
