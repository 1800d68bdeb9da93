"""The printed pages of a client's copy: all that says something is on them, and no page of empty lists."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils.cell import range_boundaries

from mbr_workbooks.contents import build_planner
from mbr_workbooks.edit import edit
from mbr_workbooks.formulas import Cell
from mbr_workbooks.handoff import hand_off
from mbr_workbooks.print_blocks import Page, Rows, Shown
from mbr_workbooks.read import read_planner
from mbr_workbooks.sample import sample_client
from mbr_workbooks.sheet import Sheet, Table
from mbr_workbooks.start import start_planner
from tests.test_bad_files import changed

TINTED = "FFFFF9E5"  # what an input cell is filled with


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("print") / "sample.xlsx"
    build_planner(path, sample_client(), stamped=True)
    return path


@pytest.fixture(scope="module")
def copy(sample: Path) -> Path:
    out = sample.with_name("copy.xlsx")
    hand_off(sample, out)
    return out


@pytest.fixture(scope="module")
def sparse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The copy of a planner in which little more than the salary is filled in."""
    path = tmp_path_factory.mktemp("print") / "sparse.xlsx"
    start_planner(
        path, year="2026", frequency="biweekly", any_pay_date="1/2/2026", salary="180000", client="", prepared_by=""
    )
    hand_off(path, path.with_name("copy.xlsx"), client="Ann")
    return path.with_name("copy.xlsx")


def areas_of(path: Path) -> dict[str, list[str]]:
    """Every sheet's print areas, as the file has them."""
    with zipfile.ZipFile(path) as archive:
        book = archive.read("xl/workbook.xml").decode()
    found = re.findall(r'<definedName\b[^>]*name="_xlnm.Print_Area"[^>]*>([^<]*)<', book)
    return {one.partition("!")[0]: [part.rpartition("!")[2] for part in one.split(",")] for one in found}


def rows_of(path: Path, sheet: str) -> set[int]:
    return {row for area in areas_of(path)[sheet] for row in rows_between(area)}


def rows_between(area: str) -> range:
    _, top, _, bottom = range_boundaries(area.replace("$", ""))
    return range(top, bottom + 1)


def listed(lines: int, used: int, first: int, sheet: Sheet, values: dict[tuple[int, int], object]) -> None:
    """A section, a head and a list of input lines, of which the first are filled."""
    sheet.section(first, 0, "A list", 2)
    sheet.tables.append(Table(f"t{first}", f"A{first + 2}:B{first + 2 + lines}", ("One", "Two")))
    for line in range(lines):
        for column in range(2):
            sheet.put(first + 2 + line, column, None, "input_money")
            if line < used:
                values[first + 2 + line, column] = 1.0


def three_lists(second: int) -> list[Rows]:
    sheet, values = Sheet("Mine"), {}
    sheet.put(0, 0, "Mine", "title")
    listed(60, 2, 2, sheet, values)
    listed(60, second, 70, sheet, values)
    listed(60, 3, 140, sheet, values)
    sheet.print_area = "A1:B210"
    page = Page(sheet, Shown(lambda row, column: values.get((row, column)), frozenset()))
    return page.areas(page.blocks())


def test_lists_end_at_their_last_line_and_empty_ones_go() -> None:
    """Rows from 0. A letter page takes 47 rows of 15 points; each list begins 70 below the one before."""
    # Title, then the list of row 2: its head in row 3, lines in 4 and 5. That of row 140: lines in 142, 143, 144.
    assert three_lists(0) == [Rows(0, 5), Rows(140, 144)]
    assert three_lists(1) == [Rows(0, 5), Rows(70, 72), Rows(140, 144)]


def test_lists_near_each_other_share_a_page() -> None:
    sheet, values = Sheet("Mine"), {}
    sheet.put(0, 0, "Mine", "title")
    listed(8, 2, 2, sheet, values)
    listed(8, 8, 14, sheet, values)
    sheet.print_area = "A1:B24"
    page = Page(sheet, Shown(lambda row, column: values.get((row, column)), frozenset()))
    assert page.areas(page.blocks()) == [Rows(0, 23)]


def test_a_block_whose_figures_are_hidden_is_left_out() -> None:
    sheet = Sheet("Mine", print_area="A1:B70")
    sheet.put(0, 0, "Mine", "title")
    sheet.put(2, 0, "=words", "text")
    sheet.section(4, 0, "Figures", 2)
    for row in range(5, 65):
        sheet.put(row, 0, "A figure", "label")
        sheet.put(row, 1, "=figure", "dollars")
    shown = {(row, 1): 0.0 for row in range(5, 65)} | {(2, 0): "Fill in a figure."}

    def blocks(hidden: frozenset[tuple[int, int]]) -> list[Rows]:
        return Page(sheet, Shown(lambda row, column: shown.get((row, column)), hidden)).blocks()

    assert blocks(frozenset()) == [Rows(0, 2), Rows(4, 64)], "$0.00 is an answer"
    assert blocks(frozenset((row, 1) for row in range(5, 65))) == [Rows(0, 2)]


@pytest.mark.parametrize("which", ["copy", "sparse"])
def test_all_that_is_filled_in_is_printed(which: str, request: pytest.FixtureRequest) -> None:
    path = request.getfixturevalue(which)
    book = openpyxl.load_workbook(path)
    for sheet in book.worksheets:
        printed = rows_of(path, sheet.title)
        width = max(range_boundaries(area.replace("$", ""))[2] for area in areas_of(path)[sheet.title])
        for row in sheet.iter_rows(max_col=width):
            for cell in row:
                if cell.fill.fgColor.rgb == TINTED and cell.value is not None:
                    assert cell.row in printed, f"{sheet.title}!{cell.coordinate}"


def test_no_page_of_empty_lists(sample: Path, copy: Path, sparse: Path) -> None:
    ledger = rows_between("A220:A225")  # its section, note, heads and three years
    assert len(rows_of(copy, "Records") & set(ledger)) == 6
    assert len(areas_of(copy)["Records"]) == 2
    assert areas_of(copy)["Payments"] == ["$A$1:$G$11"], "five payments below the heads in row 6"
    assert max(rows_of(sample, "Payments")) == 66
    for name, last in (
        ("Records", 15),
        ("Payments", 6),
        ("Tax", 10),
        ("Cash", 7),
        ("Backdoor", 10),
        ("Conversions", 5),
    ):
        assert max(rows_of(sparse, name)) <= last, name


def test_no_break_is_left_within_a_stretch_of_rows(copy: Path) -> None:
    with zipfile.ZipFile(copy) as archive:
        parts = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
    assert not any(b"<rowBreaks" in part for part in parts)
    book = openpyxl.load_workbook(copy)
    assert all(sheet.sheet_state == "visible" for sheet in book.worksheets)
    assert not any(row.hidden for sheet in book.worksheets for row in sheet.row_dimensions.values())


def test_areas_that_somebody_has_set_stay(sample: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine.xlsx"
    with zipfile.ZipFile(sample) as archive:
        book = archive.read("xl/workbook.xml")
    old = b"Records!$A$1:$R$"
    assert old in book
    set_anew = re.sub(rb"Records!\$A\$1:\$R\$\d+", b"Records!$A$1:$J$40", book)
    mine.write_bytes(changed(sample.read_bytes(), {"xl/workbook.xml": set_anew}))
    hand_off(mine, tmp_path / "copy.xlsx")
    assert areas_of(tmp_path / "copy.xlsx")["Records"] == ["$A$1:$J$40"]
    assert areas_of(tmp_path / "copy.xlsx")["Payments"] == ["$A$1:$G$11"]


def test_checks_know_how_far_the_copy_prints(copy: Path, sparse: Path, tmp_path: Path) -> None:
    read = read_planner(copy)
    assert (read.named("pay_printed"), read.named("conversions_printed"), read.named("cash_printed")) == (38, 30, 38)
    assert read_planner(sparse).named("cash_printed") == 0
    for one in (read, read_planner(sparse)):
        assert one.named("lines_filled") == one.named("lines_fitted")
    assert result(copy, "Filled in as when this copy's pages were set") == "OK"
    later = tmp_path / "later.xlsx"
    edit(copy, {read.cells("payment_date")[5]: 46_300.0}, later)
    assert result(later, "Filled in as when this copy's pages were set") == "INFO"


def result(path: Path, what: str) -> object:
    read = read_planner(path)
    where = next(cell for cell in read.written.cells if cell.sheet == "Checks" and read.written.cells[cell] == what)
    return read.value(Cell("Checks", where.row, 1))
