"""Formulas that call our functions, in a workbook that gets them for xlwings Lite."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import xlsxwriter

from mbr_workbooks.cli import run as command
from mbr_workbooks.lite_formulas import lite_formula, write_as_lite
from mbr_workbooks.package import Package
from mbr_workbooks.sheet_xml import CellXml, cells_of, sheets_of
from tests.small_planner import household, write_small_planner
from tests.test_handoff import with_link

ADDIN = "file:///C:\\Users\\Ann\\AppData\\Roaming\\Microsoft\\Excel\\XLSTART\\mbr_xl.xlam"
DATES = 'MBR_PAY_DATES(2026,"biweekly",DATE(2026,1,2))'


def model(path: Path) -> Path:
    """A user's model: calls by the add-in's link, by their bare names, in arrays of both kinds and in a table."""
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet("My model")
        page.write_formula("B1", "=MBR_ROOM(2026,24500,10000)", None, 37500)
        page.write_formula("B2", '=[1]!MBR_ROOM(2026,24500,10000)&" of MBR_ROOM(1)"', None, "37500 of MBR_ROOM(1)")
        page.write_dynamic_array_formula("D1:D27", f"=[1]!{DATES}", None, 46024)
        page.write_array_formula("E1:E27", f"{{=[1]!{DATES}}}", None, 46024)
        page.write_formula("B3", "=[1]!MBR_RUM(1)", None, "#NAME?")
        page.write_formula("B4", "=SUM(B1:B2)*1", None, 37500)
        page.write_formula("B5", '="=MBR_ROOM(1)"', None, "=MBR_ROOM(1)")
        columns = [{"header": "year"}, {"header": "most", "formula": "=[1]!MBR_LIMIT(Table1[[#This Row],[year]],1)"}]
        page.add_table("G1:H3", {"columns": columns, "data": [[2025], [2026]]})
    return path


def cells(package: Package) -> dict[str, CellXml]:
    return cells_of(package[sheets_of(package)[0].part])


def test_every_call_is_as_lite_keeps_it_and_every_value_stays(tmp_path: Path) -> None:
    book = model(tmp_path / "model.xlsx")
    with_link(book, ADDIN)
    package, old = Package(book), cells(Package(book))
    done = write_as_lite(package)
    new = cells(Package.of(book, package.to_bytes()))
    assert [str(cell) for cell in done.cells] == [
        f"'My model'!{address}" for address in ("B1", "D1", "E1", "B2", "H2", "H3")
    ]
    assert done.left == ("'My model'!B3: this version has no function MBR_RUM",)
    assert {address: cell.formula for address, cell in new.items() if cell.formula} == {
        "B1": "_xldudf_MBR_ROOM(2026,24500,10000)",
        "B2": '_xldudf_MBR_ROOM(2026,24500,10000)&" of MBR_ROOM(1)"',
        "B3": "[1]!MBR_RUM(1)",
        "B4": "SUM(B1:B2)*1",
        "B5": '"=MBR_ROOM(1)"',
        "D1": f"_xldudf_{DATES}",
        "E1": f"_xldudf_{DATES}",
        "H2": "_xldudf_MBR_LIMIT(Table1[[#This Row],[year]],1)",
        "H3": "_xldudf_MBR_LIMIT(Table1[[#This Row],[year]],1)",
    }
    for address, cell in new.items():
        before = old[address]
        assert (cell.attributes, cell.value) == (before.attributes, before.value), address
        assert cell.formula_attributes == before.formula_attributes, address
    assert (new["D1"].attributes["cm"], new["D1"].formula_attributes) == ("1", {"t": "array", "ref": "D1:D27"})
    assert "cm" not in new["E1"].attributes, "an array entered with Ctrl+Shift+Enter stays one"
    assert new["E1"].formula_attributes == {"t": "array", "ref": "E1:E27"}
    assert re.findall(rb"<calculatedColumnFormula>(\w+)\(", package["xl/tables/table1.xml"]) == [b"_xldudf_MBR_LIMIT"]


@pytest.mark.parametrize("others", [False, True], ids=["alone", "beside"])
def test_the_link_to_the_add_in_goes_where_nothing_else_needs_it(others: bool, tmp_path: Path) -> None:
    book = tmp_path / "model.xlsx"
    with xlsxwriter.Workbook(str(book)) as made:
        page = made.add_worksheet()
        page.write_formula("A1", "=[1]!MBR_ROOM(2026,24500,10000)", None, 37500)
        if others:
            page.write_formula("A2", "=[1]!OTHER(1)", None, 1)
    with_link(book, ADDIN)
    package = Package(book)
    write_as_lite(package)
    link = "xl/externalLinks/externalLink1.xml"
    assert (link in package) is others
    assert (b"externalReference" in package["xl/workbook.xml"]) is others
    assert (b"externalLink" in package["xl/_rels/workbook.xml.rels"]) is others
    assert (b"externalLink" in package["[Content_Types].xml"]) is others


def test_a_table_column_written_with_entities(tmp_path: Path) -> None:
    package = Package(model(tmp_path / "model.xlsx"))
    part = "xl/tables/table1.xml"
    column = rb"(?<=<calculatedColumnFormula>)[^<]*"
    package[part] = re.sub(
        column, b"[1]!MBR_LIMIT(2026,&quot;deferral&quot;)&amp;&quot;MBR_ROOM(1)&quot;", package[part]
    )
    write_as_lite(package)
    assert re.findall(column, package[part]) == [b'_xldudf_MBR_LIMIT(2026,"deferral")&amp;"MBR_ROOM(1)"']


def test_cells_that_share_a_formula(tmp_path: Path) -> None:
    book = tmp_path / "model.xlsx"
    with xlsxwriter.Workbook(str(book)) as made:
        for row in range(3):
            made.worksheets() or made.add_worksheet("M")
            made.worksheets()[0].write_formula(row, 1, f"=MBR_ROOM(2026,A{row + 1},0)", None, 72000)
    package = Package(book)
    part = sheets_of(package)[0].part
    xml = package[part].replace(b"<f>MBR_ROOM(2026,A1,0)", b'<f t="shared" ref="B1:B3" si="0">MBR_ROOM(2026,A1,0)')
    package[part] = re.sub(rb"<f>MBR_ROOM\(2026,A[23],0\)</f>", b'<f t="shared" si="0"/>', xml)
    assert package[part].count(b"shared") == 3
    done = write_as_lite(package)
    assert [str(cell) for cell in done.cells] == ["M!B1", "M!B2", "M!B3"]
    assert b'<f t="shared" ref="B1:B3" si="0">_xldudf_MBR_ROOM(2026,A1,0)</f>' in package[part]
    assert package[part].count(b'<f t="shared" si="0"/>') == 2


@pytest.mark.parametrize(
    ("formula", "kept"),
    [
        ("'C:\\Ann O''Hara\\mbr_xl.xlam'!MBR_ROOM(A1)", "_xldudf_MBR_ROOM(A1)"),
        ("mbr_xl.xlam!MBR_ROOM(A1)", "_xldudf_MBR_ROOM(A1)"),
        ("_xll.mbr_room(A1)", "_xldudf_MBR_ROOM(A1)"),
        ("[1]Data!A1*[1]!MBR_ROOM(A1)", "[1]Data!A1*_xldudf_MBR_ROOM(A1)"),
        ("IF(A1,\n  MBR_ROOM(1,  2),3)", "IF(A1,\n  _xldudf_MBR_ROOM(1,  2),3)"),
        ("T[[#This Row],[a MBR_ROOM(x)]]+MBR_ROOM(1)", "T[[#This Row],[a MBR_ROOM(x)]]+_xldudf_MBR_ROOM(1)"),
        ("'MBR_ROOM(x'!A1+MY_MBR_ROOM(1)", "'MBR_ROOM(x'!A1+MY_MBR_ROOM(1)"),
        ("_xldudf_MBR_ROOM(1)", "_xldudf_MBR_ROOM(1)"),
    ],
)
def test_what_is_a_call_of_ours(formula: str, kept: str) -> None:
    assert lite_formula(formula) == (kept, "")


@pytest.mark.parametrize(
    ("formula", "why"),
    [
        ("MBR_ROOM(1)+MBR_RUM(1)", "no function MBR_RUM"),
        ("'My Sheet'!MBR_ROOM(1)", "a way that is not known"),
        ("MBR_ROOM(" + "1" * 8_180 + ")", "too long"),
    ],
)
def test_what_is_left_whole(formula: str, why: str) -> None:
    kept, said = lite_formula(formula)
    assert kept == formula
    assert why in said


def test_the_command_says_what_it_did_and_what_is_left(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    book = tmp_path / "model.xlsx"
    with xlsxwriter.Workbook(str(book)) as made:
        page = made.add_worksheet("M")
        page.write_formula("A1", "=MBR_ROOM(2026,24500,10000)", None, 37500)
        page.write_formula("A2", "=MBR_RUM(1)", None, 0)
        rule = {"type": "formula", "criteria": "=[1]!MBR_ROOM(2026,1,1)>0", "format": made.add_format({"bold": True})}
        page.conditional_format("A1", rule)
        made.define_name("room", "=[1]!MBR_ROOM(2026,24500,10000)")
    assert command(["lite", "model.xlsx"]) == 0
    said = capsys.readouterr().out
    assert "Written as xlwings Lite keeps them: M!A1.\n" in said
    left = [line for line in said.splitlines() if line.startswith("Left as it was")]
    assert [line.partition("Excel: ")[2] for line in left] == [
        "M!A2: this version has no function MBR_RUM",
        "a rule of the sheet M: [1]!MBR_ROOM(2026,1,1)>0",
        "a defined name: [1]!MBR_ROOM(2026,24500,10000)",
    ]
    assert command(["lite", "model-lite.xlsx", "again.xlsx", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["rewritten"] == []
    assert len(told["left"]) == 3
    (tmp_path / "model.xlsm").write_bytes(book.read_bytes())
    assert command(["lite", "model.xlsm"]) == 2
    assert "save a copy of it as .xlsx" in capsys.readouterr().err


def test_a_planner_with_a_users_sheet_passes_its_check_after_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    def users(book: xlsxwriter.Workbook, pages: object) -> None:
        book.add_worksheet("Mine").write_formula("A1", "=[1]!MBR_ROOM(2026,24500,10000)", None, 37500)

    planner = write_small_planner(tmp_path / "planner.xlsx", household(), users)
    with_link(planner, ADDIN)
    assert command(["lite", "planner.xlsx"]) == 0
    assert "Written as xlwings Lite keeps them: Mine!A1.\n" in capsys.readouterr().out
    assert command(["check", "planner-lite.xlsx"]) == 0
    assert "PASS" in capsys.readouterr().out
