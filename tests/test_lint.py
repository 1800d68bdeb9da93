"""Our own lint: a small workbook in which it finds nothing, damaged in one place at a time, and what it then says."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter

from mbr_workbooks.lint import lint
from mbr_workbooks.linting.formulas import formula_faults
from mbr_workbooks.linting.names import TAKEN
from mbr_workbooks.lite import add_project
from mbr_workbooks.package import Package

TYPES, SHEET, BOOK, STYLES = "[Content_Types].xml", "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"
TABLE, NOTES, METADATA, TEXTS = "xl/tables/table1.xml", "xl/comments1.xml", "xl/metadata.xml", "xl/sharedStrings.xml"
LITE = "xl/webextensions/webextension1.xml"
FORM = "_xldudf_CONVERT_FORM_1099R(10000, 10200)"  # its answer: two rows, five columns
GONE = ""  # in place of a part's text: the part is taken out


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """A formula, a format, a note, a table, a list, a rule, a name, an answer of xlwings Lite that spills."""
    path = tmp_path_factory.mktemp("lint") / "small.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Model")
        sheet.write_formula("A1", "=SUM(B1:C1)", None, 5)
        sheet.write_number("B1", 5, book.add_format({"num_format": '0.0 "x"'}))
        sheet.write_comment("B1", "a note")
        sheet.add_table("A3:B5", {"name": "tblPay", "columns": [{"header": "Date"}, {"header": "Amount"}]})
        sheet.data_validation("D1", {"validate": "list", "source": ["one", "two"], "input_message": "Choose."})
        bold = book.add_format({"bold": True})
        sheet.conditional_format("B1", {"type": "formula", "criteria": "=$B$1>0", "format": bold})
        sheet.write_dynamic_array_formula("A10:E11", f"={FORM}", None, "box")
        book.define_name("deferral", "=Model!$B$1")
    package = Package(path)
    add_project(package)
    return {name: package[name] for name in package}


def found(parts: dict[str, bytes]) -> list[str]:
    held = BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return lint(held)


def test_nothing_is_wrong(whole: dict[str, bytes]) -> None:
    assert found(whole) == []


CELL, ARRAY, NAME = '<c r="B1" s="1">', '<f t="array" ref="A10:E11">', '<definedName name="deferral">'
OVERRIDE = '<Override[^>]*PartName="/xl/webextensions/webextension1.xml"[^>]*/>'
DAMAGE = [
    # the package
    (LITE, GONE, "", f"xl/webextensions/taskpanes.xml leads to {LITE}, which is not there"),
    (LITE, GONE, "", f"A content type is given for {LITE}, which is not there"),
    (TYPES, OVERRIDE, "", f"{LITE} does not have the content type of a webextension"),
    (TYPES, "webextension\\+xml", "webextensiontaskpane+xml", f"{LITE} does not have the content type"),
    (TYPES, f"({OVERRIDE})", r"\1\1", f"{LITE} has two content types"),
    (TYPES, '<Default Extension="vml"[^>]*/>', "", "vmlDrawing1.vml has no content type"),
    ("xl/webextensions/_rels/taskpanes.xml.rels", 'Id="rId1"', 'Id="rId7"', "names the relationship rId1"),
    ("_rels/.rels", '<Relationship Id="rId4"[^>]*/>', "", "Nothing leads to xl/webextensions/taskpanes.xml"),
    ("xl/_rels/workbook.xml.rels", 'Id="rId2"', 'Id="rId3"', "Two relationships of xl/workbook.xml have one mark"),
    ("xl/_rels/workbook.xml.rels", 'Id="rId1"', 'Id="rId8"', "The sheet Model has no part"),
    (SHEET, "</worksheet>", "", f"{SHEET} is no XML"),
    (LITE, "(<we:customFunctionIds>)_xldudf_CONVERT_FORM_1099R(<)", r"\1_xldudf_OTHER\2", "not among the functions of"),
    # names
    (BOOK, NAME, '<definedName name="SUBSTITUTE">', "The name SUBSTITUTE is the name of an Excel function"),
    (BOOK, NAME, '<definedName name="XLookup">', "The name XLookup is the name of an Excel function"),
    (BOOK, NAME, '<definedName name="TAX26">', "The name TAX26 reads as a cell"),
    (BOOK, NAME, '<definedName name="two words">', "two words cannot be a name"),
    (BOOK, NAME, f'<definedName name="deferral" comment="{"x" * 256}">', "a comment above 255 characters"),
    (BOOK, NAME, '<definedName name="tblpay">', "The table tblPay has the name of a defined name"),
    (BOOK, NAME, '<definedName name="deferral" localSheetId="1">', "The name deferral belongs to no sheet"),
    (BOOK, "(<definedName .*</definedName>)", r"\1\1", "The name deferral is defined twice"),
    (BOOK, r"Model!\$B\$1", "#REF!", "The name deferral: refers to nothing"),
    (BOOK, r"Model!\$B\$1", "LAMBDA(x,x)", "The name deferral: LAMBDA is not among the functions"),
    (BOOK, r"Model!\$B\$1", "_xlfn.LAMBDA(_xlpm.x,_xlpm.x)", "The name deferral: a parameter of LAMBDA"),
    (BOOK, 'name="Model"', f'name="{"M" * 32}"', "cannot be the name of a sheet"),
    # styles
    (SHEET, CELL, '<c r="B1" s="99999">', "Model: c B1 names style 99999, beyond the cellXfs"),
    (SHEET, CELL, '<c r="B1" s="2">', "Model: c B1 names style 2, beyond the cellXfs"),
    (SHEET, '<row r="1"', '<row r="1" s="2"', "Model: row 1 names style 2, beyond the cellXfs"),
    (SHEET, "<sheetData>", '<cols><col min="1" max="1" style="9"/></cols><sheetData>', "col 1 names style 9"),
    (SHEET, 'dxfId="0"', 'dxfId="9999"', "Model: cfRule  names style 9999, beyond the dxfs"),
    (TABLE, '<tableColumn id="1"', '<tableColumn id="1" dataDxfId="1"', "tblPay names dataDxfId 1, beyond the dxfs"),
    (STYLES, 'fontId="0"', 'fontId="2"', "names fontId 2, beyond the fonts"),
    (STYLES, 'xf numFmtId="164"', 'xf numFmtId="165"', "names the number format 165"),
    # cells
    (SHEET, "<v>0</v>", "<v>2</v>", "Model!A3: names the shared text 2, of 2"),
    (SHEET, "<v>0</v>", "", "Model!A3: names the shared text , of 2"),
    (SHEET, ' cm="1"', "", "Model!A10: an array formula that is not marked as dynamic"),
    (SHEET, ' cm="1"', ' cm="2"', "Model!A10: cm 2 is not among the 1 records"),
    (SHEET, ' cm="1"', ' cm="0"', "Model!A10: cm 0 is not among the 1 records"),
    (SHEET, CELL, '<c r="B1" s="1" vm="1">', "Model!B1: vm 1 is not among the 0 records"),
    (SHEET, '<c r="A1">', '<c r="A1" cm="1">', "Model!A1: cm without an array formula"),
    (METADATA, 'rc t="1" v="0"', 'rc t="1" v="1"', "The cellMetadata names a record 1, 1"),
    (METADATA, 'rc t="1" v="0"', 'rc t="2" v="0"', "The cellMetadata names a record 2, 0"),
    (SHEET, ARRAY, '<f t="array" ref="A10">', "Model!A10: an array over A10, whose answer has 2 rows"),
    (SHEET, ARRAY, '<f t="array" ref="A10:E10">', "an array over A10:E10, whose answer has 2 rows and 5 columns"),
    (SHEET, ARRAY, '<f t="array" ref="A9:E10">', "Model!A10: an array over A9:E10, which does not begin there"),
    (SHEET, ARRAY, '<f t="array" ref="nowhere">', "Model!A10: an array over 'nowhere', which is no range"),
    (SHEET, ' cm="1"(.*?)<f [^>]*>', r"\1<f>", "Model!A10: a function of ours that is not stored as an array formula"),
    (SHEET, "<c r=.B11[^>]*>", '<c r="B11"><f>A1</f>', "Model!A10: B11 stands where the array spills"),
    (SHEET, "<conditional", '<mergeCells><mergeCell ref="D11:F12"/></mergeCells><conditional', "D11:F12 stands where"),
    (SHEET, r"FORM_1099R\(10000, 10200\)", "FORM_1099R(10000)", "CONVERT_FORM_1099R lacks its argument value"),
    (SHEET, r"CONVERT_FORM_1099R\(.*?\)<", "MBR_VERSION(1,2,3)<", "MBR_VERSION takes at most 0 arguments, not 3"),
    (TEXTS, "<t>Date</t>", f"<t>{'x' * 32768}</t>", "The shared text 0 is longer than 32,767"),
    (NOTES, "a note", "x" * 32768, "Model!B1: a note longer than 32,767"),
    # tables and rules
    (TABLE, 'name="Amount"', 'name="Pay"', "calls a column 'Pay', its heading cell holds 'Amount'"),
    (TABLE, 'name="Amount"', 'name="date"', "The table tblPay has two columns of one name"),
    (TABLE, 'ref="A3:B5"', 'ref="A3:C5"', "The table tblPay has 2 columns in a range of 3"),
    (TABLE, 'ref="A3:B5"', 'ref="A3:"', "The table tblPay stands over 'A3:', which is no range"),
    (TABLE, 'displayName="tblPay"', 'displayName="Model"', "The table Model must begin with tbl"),
    (SHEET, "one,two", "x" * 256, "Model!D1: a list of 256 characters, above 255"),
    (SHEET, "Choose.", "x" * 256, "Model!D1: a message above 255 characters"),
    (SHEET, r"\$B\$1&gt;0", "XLOOKUP($B$1,A1,A1)", "a rule XLOOKUP is not among the functions"),
    (SHEET, r"SUM\(B1:C1\)", "B1+", "Model!A1: ends in an operator"),
]


@pytest.mark.parametrize(
    ("part", "old", "new", "fault"), DAMAGE, ids=[f"{at}-{item[3]}" for at, item in enumerate(DAMAGE)]
)
def test_damage(whole: dict[str, bytes], part: str, old: str, new: str, fault: str) -> None:
    parts = dict(whole)
    if old == GONE:
        del parts[part]
    else:
        text = whole[part].decode()
        parts[part] = re.sub(old, new, text).encode()
        assert parts[part] != whole[part], "the damage was not done"
    assert [said for said in found(parts) if fault in said] != [], found(parts)


def test_a_calc_chain_is_refused(whole: dict[str, bytes]) -> None:
    assert any("calcChain" in fault for fault in found(whole | {"xl/calcChain.xml": b"<calcChain/>"}))


def test_a_table_twice(whole: dict[str, bytes]) -> None:
    part, rels = "xl/tables/table2.xml", "xl/worksheets/_rels/sheet1.xml.rels"
    again = re.sub(rb'(<Relationship Id="rId2".*?)table1(.*?/>)', rb"\g<0>\1table2\2", whole[rels])
    faults = found(whole | {part: whole[TABLE], rels: again.replace(b'"rId2"', b'"rId9"', 1)})
    assert "Two tables have the name tblPay." in faults
    assert "The table tblPay has the number 1 of another table." in faults


@pytest.mark.parametrize(
    ("formula", "fault"),
    [
        ("SUM(1,0", "parentheses"), ("SUM(A1))", "parentheses"), ("IF(A1=0,1;0)", "semicolon"),
        ("IF(A1=0,1 0)", "nothing between"), ("A1+B1*", "operator"), ("SUM({A1)", "cannot be read"),
        ("A1+#REF!", "refers to nothing"),
        ("_xlfn.LET(_xlpm.x,A1,_xlpm.x)", "_xlfn.LET"), ("_xlpm.x+A1", "parameter"), ("_xlop.x+A1", "parameter"),
        ("LET(x,A1,x)", "LET"), ("IFS(A1=0,1)", "IFS"), ("AGGREGATE(1,0,A1:A2)", "AGGREGATE"),
        (f"A1&\"{'x' * 8192}\"", "8,192"), ("OFFSET(A1,1,1)", "OFFSET"), ("_xldudf_MBR_ROOM()", "lacks its argument"),
    ],
)  # fmt: skip
def test_formula(formula: str, fault: str) -> None:
    assert any(fault in said for said in formula_faults(formula)), list(formula_faults(formula))


@pytest.mark.parametrize(
    "formula",
    ["SUM(A1:A9)", "-A1", "A1%", "IF(A1=0,\"a;{(\",-B1)", "'My sheet'!A1+Pay!B2", "tblPay[Date]", "A1=\"\"\"\""],
)  # fmt: skip
def test_formula_without_fault(formula: str) -> None:
    assert list(formula_faults(formula)) == []


def test_every_function_of_excel_is_taken() -> None:
    """Of each time one, from the first that openpyxl knows to those that only we list."""
    assert {"SUBSTITUTE", "VLOOKUP", "ISERR", "XNPV", "IFS", "XLOOKUP", "LAMBDA", "GROUPBY", "REGEXTEST"} <= TAKEN
    assert len(TAKEN) > 500
    assert "TAX_YEAR" not in TAKEN


def test_the_shipped_workbooks() -> None:
    for name in ("planner.xlsx", "sample-client.xlsx"):
        assert lint(Path(__file__).parents[1] / "workbooks" / name) == []
