"""The client's copy: live where it can be, nothing foreign in it, everything else as it was."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mbr_workbooks.foreign import is_foreign
from mbr_workbooks.formulas import Cell, plain_calls, read_written
from mbr_workbooks.handoff import CheckFailed, hand_off
from mbr_workbooks.read import read_planner
from mbr_workbooks.sheet_xml import with_stored
from mbr_xl import __version__
from mbr_xl.errors import InputError
from mbr_xl.household import Election
from tests.small_planner import Extra, household, write_small_planner
from tests.test_bad_files import changed

JANE = "Jane Doe, CPA"
MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
CUSTOM = (
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
    b'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
    b'<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="MSIP_Label_Owner">'
    b"<vt:lpwstr>bob@secret.com</vt:lpwstr></property>"
    b'<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="3" name="mbr_planner">'
    b"<vt:lpwstr>1</vt:lpwstr></property></Properties>"
)


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def handed(tmp_path: Path, extra: Extra | None = None, **options: Any) -> tuple[Path, Path, Any]:
    planner = write_small_planner(tmp_path / "planner.xlsx", household(), extra)
    out = tmp_path / "client.xlsx"
    return planner, out, hand_off(planner, out, prepared_by=JANE, **options)


def users_sheet(book: Any, pages: Mapping[str, Any]) -> None:
    mine = book.add_worksheet("My notes")
    mine.write(0, 0, "Call the plan in April")
    mine.write_formula(1, 0, "=SUM(Pay!C5:C10)", None, 12.5)
    mine.write_comment(0, 0, "Bob Builder:\nAsk about the true-up", {"author": "Bob Builder"})
    mine.data_validation(2, 0, 2, 0, {"validate": "list", "source": ["yes", "no"]})
    mine.conditional_format(0, 0, 5, 0, {"type": "cell", "criteria": ">", "value": 5, "format": book.add_format()})
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "=Pay!$C$5:$C$30"})
    mine.insert_chart(3, 3, chart)


def add_in_cells(book: Any, pages: Mapping[str, Any]) -> None:
    page = book.add_worksheet("With add-in")
    page.write_formula(0, 0, "=MBR_ROOM(2026,24500,10000)", None, 37500.25)
    page.write_formula(1, 0, "=[1]!MBR_ROOM(A1)*2", None, 75000.5)
    page.write_dynamic_array_formula("A3:A5", "=_xldudf_MBR_PAY_DATES(2026,A1)", None, 46024)
    page.write(3, 0, 46038)
    page.write(4, 0, 46052)
    page.write_formula(5, 0, '=CONVERT_TAX(1,2,"x")', None, "#MBR! rate: give a rate < 1 & so on")
    page.write_formula(6, 0, "=A1+1", None, 37501.25)
    page.write_formula(7, 0, '="MBR_ROOM(1) is a function"', None, "MBR_ROOM(1) is a function")


def test_only_the_parts_concerned_change(tmp_path: Path) -> None:
    planner, out, done = handed(tmp_path, users_sheet)
    before, after = parts(planner), parts(out)
    assert list(before) == list(after)
    changed_parts = {name for name in after if after[name] != before[name]}
    assert changed_parts == {
        "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/comments1.xml", "docProps/core.xml", "docProps/app.xml",
    }  # fmt: skip
    assert done.frozen == ()


def test_sheet_and_note_of_the_user_stay_and_names_of_people_go(tmp_path: Path) -> None:
    _, out, done = handed(tmp_path, users_sheet)
    everything = b"".join(parts(out).values())
    for name in (b"Bob Builder", b"Secret LLC", b"Mallory"):
        assert name not in everything
    written = read_written(out, out.read_bytes())
    assert written.cells[Cell("My notes", 1, 1)] == "Call the plan in April"
    assert written.formula(Cell("My notes", 2, 1)) == "=SUM(Pay!C5:C10)"
    comments = parts(out)["xl/comments1.xml"].decode()
    assert f"<author>{JANE}</author>" in comments
    assert f"{JANE}:\nAsk about the true-up" in comments
    assert "names of comment authors" in done.removed


def test_says_who_made_it_from_what(tmp_path: Path) -> None:
    _, out, _ = handed(tmp_path, client="Ann & Co")
    read = read_planner(out)
    assert read.named("prepared_by") == f"{JANE}, with mbr_xl {__version__} from planner.xlsx"
    assert read.named("client") == "Ann & Co"
    assert read.value(Cell("Summary", 1, 5)) == read.named("prepared_by"), "a cell that shows it is calculated anew"


def test_without_a_name_it_says_from_what_and_names_no_program(tmp_path: Path) -> None:
    def with_copy_of(book: Any, pages: Mapping[str, Any]) -> None:
        pages["Summary"].write_blank(60, 2, None, book.add_format())
        book.define_name("copy_of", "=Summary!$C$61")

    planner = write_small_planner(tmp_path / "planner.xlsx", household(), with_copy_of)
    hand_off(planner, tmp_path / "client.xlsx")
    read = read_planner(tmp_path / "client.xlsx")
    assert (read.named("copy_of"), read.named("prepared_by")) == ("planner.xlsx", None)
    hand_off(planner, tmp_path / "named.xlsx", prepared_by=JANE)
    read = read_planner(tmp_path / "named.xlsx")
    assert (read.named("copy_of"), read.named("prepared_by")) == (
        None, f"{JANE}, with mbr_xl {__version__} from planner.xlsx",
    )  # fmt: skip


def test_a_plan_that_fails_its_check_is_refused(tmp_path: Path) -> None:
    """Half of 200,000 as after-tax is 100,000, and all additions of 2026 together may be 72,000."""
    over = household(elections=(Election(date(2026, 1, 1), base_after_tax=500_000),))
    planner = write_small_planner(tmp_path / "planner.xlsx", over)
    out = tmp_path / "client.xlsx"
    with pytest.raises(CheckFailed, match=r"does not pass its check \(.+\), so it is not handed off"):
        hand_off(planner, out)
    assert not out.exists()
    done = hand_off(planner, out, anyway=True)
    assert done.checked.sound
    assert not done.checked.passed


def test_add_in_formulas_become_their_values(tmp_path: Path) -> None:
    planner, out, done = handed(tmp_path, add_in_cells)
    assert {cell.address for cell in done.frozen} == {"A1", "A2", "A3", "A6"}
    old, new = read_planner(planner), read_planner(out)
    for row in range(1, 9):
        cell = Cell("With add-in", row, 1)
        assert new.value(cell) == old.value(cell), cell
        assert (new.written.formula(cell) is None) == (row <= 6)
    assert new.value(Cell("With add-in", 1, 1)) == 37500.25
    assert "cm=" not in parts(out)["xl/worksheets/sheet6.xml"].decode()


def test_shared_add_in_formula_and_calculation_chain(tmp_path: Path) -> None:
    planner, out = write_small_planner(tmp_path / "planner.xlsx", household(), add_in_cells), tmp_path / "c.xlsx"
    sheet = parts(planner)["xl/worksheets/sheet6.xml"]
    shared = (
        b'<sheetData><row r="1"><c r="A1"><f t="shared" ref="A1:A2" si="0">MBR_ROOM(B1)</f><v>1.10</v></c></row>'
        b'<row r="2"><c r="A2"><f t="shared" si="0"/><v>2</v></c><c r="B2"><f>A2</f><v>2</v></c></row></sheetData>'
    )
    book = parts(planner)
    chain = (
        b'<calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><c r="A1" i="6"/></calcChain>'
    )
    planner.write_bytes(
        changed(
            planner.read_bytes(),
            {
                "xl/worksheets/sheet6.xml": re.sub(rb"<sheetData>.*</sheetData>", shared, sheet, flags=re.DOTALL),
                "xl/calcChain.xml": chain,
                "[Content_Types].xml": book["[Content_Types].xml"].replace(
                    b"</Types>",
                    b'<Override PartName="/xl/calcChain.xml" ContentType="application/vnd.openxmlformats-'
                    b'officedocument.spreadsheetml.calcChain+xml"/></Types>',
                ),
            },
        )
    )
    hand_off(planner, out)
    after = parts(out)
    assert b'<c r="A1"><v>1.10</v></c>' in after["xl/worksheets/sheet6.xml"]
    assert b'<c r="A2"><v>2</v></c><c r="B2"><f>A2</f><v>2</v></c>' in after["xl/worksheets/sheet6.xml"]
    assert "xl/calcChain.xml" not in after
    assert b"calcChain" not in after["[Content_Types].xml"]


def test_add_in_formula_without_a_value_is_refused(tmp_path: Path) -> None:
    def no_value(book: Any, pages: Mapping[str, Any]) -> None:
        book.add_worksheet("Mine").write_formula(0, 0, "=MBR_ROOM(1)", None, 77)

    planner = write_small_planner(tmp_path / "planner.xlsx", household(), no_value)
    sheet = parts(planner)["xl/worksheets/sheet6.xml"].replace(b"<v>77</v>", b"")
    planner.write_bytes(changed(planner.read_bytes(), {"xl/worksheets/sheet6.xml": sheet}))
    with pytest.raises(InputError, match=r"Mine!A1 calls an add-in and has no stored value"):
        hand_off(planner, tmp_path / "client.xlsx")
    assert not (tmp_path / "client.xlsx").exists()


def test_add_in_in_a_rule_is_refused(tmp_path: Path) -> None:
    def rule(book: Any, pages: Mapping[str, Any]) -> None:
        pages["Summary"].data_validation("A9", {"validate": "custom", "value": "=A9<MBR_ROOM(2026,1,1)"})

    with pytest.raises(InputError, match="of the sheet Summary calls an add-in"):
        handed(tmp_path, rule)


def test_hidden_sheet_goes_with_all_that_was_on_it(tmp_path: Path) -> None:
    def hide(book: Any, pages: Mapping[str, Any]) -> None:
        page = book.add_worksheet("Other clients")
        page.write(0, 0, "Zacharias")
        page.write_comment(0, 0, "owes us")
        page.very_hidden()
        users_sheet(book, pages)

    planner, out, done = handed(tmp_path, hide)
    everything = b"".join(parts(out).values())
    assert b"Zacharias" in b"".join(parts(planner).values())
    for secret in (b"Zacharias", b"Other clients", b"owes us"):
        assert secret not in everything
    assert done.removed[0] == "the hidden sheet Other clients"
    written = read_written(out, out.read_bytes())
    assert written.cells[Cell("My notes", 1, 1)] == "Call the plan in April"
    assert set(read_planner(planner).written.names) <= set(written.names)


@pytest.mark.parametrize("by", ["formula", "name", "chart"])
def test_hidden_sheet_that_is_needed_is_refused(tmp_path: Path, by: str) -> None:
    def hide(book: Any, pages: Mapping[str, Any]) -> None:
        book.add_worksheet("Rate table").hide()
        if by == "formula":
            pages["Summary"].write_formula("H1", "='Rate table'!A1", None, 0)
        elif by == "name":
            book.define_name("my_rate", "='Rate table'!$A$1")
        else:
            chart = book.add_chart({"type": "line"})
            chart.add_series({"values": "='Rate table'!$A$1:$A$3"})
            pages["Summary"].insert_chart("H3", chart)

    with pytest.raises(InputError, match="The sheet Rate table is hidden and other sheets refer to it"):
        handed(tmp_path, hide)


def test_refused_where_the_numbers_are_not_the_engines(tmp_path: Path) -> None:
    planner = write_small_planner(tmp_path / "planner.xlsx", household())
    wrong = with_stored(parts(planner)["xl/worksheets/sheet1.xml"], {"C8": 24_000.0})
    planner.write_bytes(changed(planner.read_bytes(), {"xl/worksheets/sheet1.xml": wrong}))
    out = tmp_path / "client.xlsx"
    with pytest.raises(CheckFailed, match=r"deferral_limit: the workbook has \$24,000, the engine \$24,500"):
        hand_off(planner, out)
    assert not out.exists()
    assert not hand_off(planner, out, anyway=True).checked.sound


def test_out_is_another_new_xlsx(tmp_path: Path) -> None:
    planner = write_small_planner(tmp_path / "planner.xlsx", household())
    before = planner.read_bytes()
    for out, words in (
        (planner, "file of its own"),
        (tmp_path / ".." / tmp_path.name / "planner.xlsx", "file of its own"),
        (tmp_path / "copy.xlsm", "must be an .xlsx"),
        (tmp_path / "nowhere" / "copy.xlsx", "no folder"),
    ):
        with pytest.raises(InputError, match=words):
            hand_off(planner, out)
    taken = tmp_path / "taken.xlsx"
    taken.write_bytes(b"mine")
    with pytest.raises(InputError, match="exists already"):
        hand_off(planner, taken)
    assert taken.read_bytes() == b"mine"
    assert planner.read_bytes() == before
    assert {path.name for path in tmp_path.iterdir()} == {"planner.xlsx", "taken.xlsx"}


def test_paths_links_labels_and_code_go(tmp_path: Path) -> None:
    planner, out = write_small_planner(tmp_path / "planner.xlsx", household()), tmp_path / "client.xlsx"
    book = parts(planner)
    spoiled = {
        "xl/workbook.xml": book["xl/workbook.xml"]
        .replace(
            b"<bookViews>",
            b'<fileSharing userName="Bob"/>'
            b'<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
            b'<mc:Choice Requires="x15"><x15ac:absPath url="C:\\Users\\bob\\" '
            b'xmlns:x15ac="http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac"/></mc:Choice>'
            b"</mc:AlternateContent><bookViews>",
        )
        .replace(
            b"<definedNames>",
            b'<externalReferences><externalReference r:id="rId77"/></externalReferences><definedNames>',
        ),
        "xl/_rels/workbook.xml.rels": book["xl/_rels/workbook.xml.rels"].replace(
            b"</Relationships>",
            b'<Relationship Id="rId77" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
            b'externalLink" Target="externalLinks/externalLink1.xml"/></Relationships>',
        ),
        "xl/externalLinks/externalLink1.xml": b'<externalLink xmlns="%s"/>' % MAIN,
        "xl/externalLinks/_rels/externalLink1.xml.rels": b'<Relationships><Relationship Id="rId1" Type="x" '
        b'TargetMode="External" Target="file:///C:/Users/bob/mbr.xlam"/></Relationships>',
        "xl/webextensions/webextension1.xml": b'<we:webextension xmlns:we="x" id="import bob"/>',
        "xl/webextensions/taskpanes.xml": b"<x/>",
        "xl/webextensions/_rels/taskpanes.xml.rels": b"<Relationships/>",
        "_rels/.rels": book["_rels/.rels"].replace(
            b"</Relationships>",
            b'<Relationship Id="rId9" Target="xl/webextensions/taskpanes.xml" '
            b'Type="http://schemas.microsoft.com/office/2011/relationships/webextensiontaskpanes"/></Relationships>',
        ),
        "docProps/custom.xml": CUSTOM,
    }
    planner.write_bytes(changed(planner.read_bytes(), spoiled))
    done = hand_off(planner, out)
    after = parts(out)
    everything = b"".join(after.values()).lower()
    assert b"bob" not in everything
    assert b"webextension" not in everything
    assert b"externallink" not in everything
    assert b"absPath" not in after["xl/workbook.xml"]
    assert b'name="mbr_planner"' in after["docProps/custom.xml"]
    assert "Python of xlwings Lite" in done.removed


def test_links_to_files_and_what_describes_the_document_go(tmp_path: Path) -> None:
    def links(book: Any, pages: Mapping[str, Any]) -> None:
        notes = book.add_worksheet("My notes")
        notes.write_url("A1", "external:C:\\Users\\bob\\plan.docx", string="the plan document")
        notes.write_url("A2", "https://www.irs.gov/")
        notes.write_url("A3", "internal:'Pay'!A1")
        notes.write_formula("A4", '=HYPERLINK("C:\\Users\\bob\\x.docx","x")', None, "x")
        book.set_properties({"subject": "For Bob", "keywords": "bob", "comments": "from bob", "category": "bob"})

    planner, out = tmp_path / "planner.xlsx", tmp_path / "client.xlsx"
    done = hand_off(write_small_planner(planner, household(), links), out)
    after = parts(out)
    assert b"bob" not in b"".join(after.values()).lower()
    sheet = next(content for content in after.values() if content.count(b"<hyperlink "))
    assert sheet.count(b"<hyperlink ") == 2
    assert any(b"https://www.irs.gov/" in content for name, content in after.items() if name.endswith(".rels"))
    assert done.removed == ("links to files",)
    assert [cell.address for cell in done.frozen] == ["A4"]


@pytest.mark.parametrize(
    ("formula", "foreign"),
    [
        ("=MBR_ROOM(1)", True), ("=1+mbr_room (1)", True), ("=_xldudf_MBR_ROOM(1)", True), ("=_xll.THING(1)", True),
        ("=[1]!MBR_ROOM(A1)", True), ("=[2]Sheet1!A1", True), ("='[3]My sheet'!A1", True),
        ("=mbr.xlam!MBR_ROOM(1)", True),
        ("=_xlfn._xlws.PY(0,1)", True), ("=BACKDOOR_LIMIT(2026)", True), ("=CONVERT(1,\"m\",\"ft\")", False),
        ('="MBR_ROOM(1)"', False), ("=Table1[2026]*2", False), ("=Table1[[#This Row],[2026]]*Pay!A1", False),
        ('=HYPERLINK("https://irs.gov","IRS")', False), (r'=HYPERLINK("\\\\server\\x")', True),
        ("=MBR_RATE*2", False), ("=after_tax_room-1", False), ("=SUM(A1:A2)", False), ("plain text", False),
    ],
)  # fmt: skip
def test_what_is_foreign(formula: str, foreign: bool) -> None:
    assert is_foreign(formula) is foreign


def test_copy_is_a_planner_that_checks_again(tmp_path: Path) -> None:
    _, out, done = handed(tmp_path)
    assert done.checked.passed
    again = tmp_path / "again.xlsx"
    assert hand_off(out, again).checked.passed
    assert read_planner(again).named("prepared_by") == f"{JANE}, with mbr_xl {__version__} from client.xlsx"


@pytest.mark.parametrize(
    ("stored", "plain"),
    [
        ("=[1]!MBR_ROOM(A1)*2", "=MBR_ROOM(A1)*2"),
        (r"='C:\Users\O''Neil\XLSTART\mbr_xl.xlam'!MBR_ROOM(A1)+1", "=MBR_ROOM(A1)+1"),
        ("='file:///C:/x/mbr_xl.xlam'!mbr_room(1)", "=mbr_room(1)"),
        ("=mbr_xl.xlam!CONVERT_TAX(1,2,3)", "=CONVERT_TAX(1,2,3)"),
        ("=_xldudf_MBR_ROOM(1)+_xll.BACKDOOR_LIMIT(2026)", "=MBR_ROOM(1)+BACKDOOR_LIMIT(2026)"),
        ("='My Sheet'!A1/'It''s'!B1+[1]!MBR_ROOM('A'!B1)", "='My Sheet'!A1/'It''s'!B1+MBR_ROOM('A'!B1)"),
    ],
)
def test_a_function_is_known_under_every_way_of_storing_it(stored: str, plain: str) -> None:
    assert plain_calls(stored) == plain
    assert is_foreign(stored)
    assert is_foreign(plain)


@pytest.mark.parametrize(
    "stored", ["=[2]Data!A1", r"='C:\x\other.xlam'!FOO(1)", "=other.xlam!FOO(1)", r"='C:\x\[b.xlsx]S'!A1"]
)
def test_what_leads_to_another_file_stays_and_is_foreign(stored: str) -> None:
    assert plain_calls(stored) == stored
    assert is_foreign(stored)


@pytest.mark.parametrize(
    "stored",
    ['="[1]!MBR_ROOM(1)"&"x"', "='A'!A1/'B'!B1", "=IF(A1=\"a/b\",'B'!B1,'C'!C1)", "='Jan:Dec'!A1", "='Plan.xlsx'!A1"],
)
def test_plain_formulas_stay_plain(stored: str) -> None:
    assert plain_calls(stored) == stored
    assert not is_foreign(stored)


def with_link(planner: Path, target: str) -> None:
    """As a desktop Excel saves it: a link whose file the formula names by its number."""
    book = parts(planner)
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    link, rels = "xl/externalLinks/externalLink1.xml", "xl/externalLinks/_rels/externalLink1.xml.rels"
    reference = '<externalReferences><externalReference r:id="rIdLink"/></externalReferences>'
    new = {
        "xl/workbook.xml": book["xl/workbook.xml"].replace(b"</sheets>", b"</sheets>" + reference.encode()),
        "xl/_rels/workbook.xml.rels": book["xl/_rels/workbook.xml.rels"].replace(
            b"</Relationships>",
            f'<Relationship Id="rIdLink" Type="{kind}/externalLink" Target="externalLinks/externalLink1.xml"/>'
            "</Relationships>".encode(),
        ),
        "[Content_Types].xml": book["[Content_Types].xml"].replace(
            b"</Types>",
            b'<Override PartName="/xl/externalLinks/externalLink1.xml" ContentType="application/vnd.openxmlformats-'
            b'officedocument.spreadsheetml.externalLink+xml"/></Types>',
        ),
        link: f'<externalLink xmlns="{MAIN.decode()}"><externalBook xmlns:r="{kind}" r:id="rId1">'
        '<definedNames><definedName name="MBR_ROOM"/></definedNames></externalBook></externalLink>'.encode(),
        rels: f'<Relationships xmlns="{package}"><Relationship Id="rId1" Type="{kind}/externalLinkPath" '
        f'Target="{target}" TargetMode="External"/></Relationships>'.encode(),
    }
    with zipfile.ZipFile(planner, "w") as archive:
        for name, content in (book | new).items():
            archive.writestr(name, content)


def test_a_link_to_the_add_in_is_no_other_workbook(tmp_path: Path) -> None:
    planner = write_small_planner(tmp_path / "planner.xlsx", household(), add_in_cells)
    with_link(planner, "file:///C:\\Users\\Ann\\AppData\\Roaming\\Microsoft\\Excel\\XLSTART\\mbr_xl.xlam")
    read = read_planner(planner)
    assert read.notes == []
    assert read.written.formula(Cell("With add-in", 2, 1)) == "=MBR_ROOM(A1)*2"
    hand_off(planner, tmp_path / "client.xlsx")
    after = parts(tmp_path / "client.xlsx")
    assert not [name for name in after if "externalLink" in name]
    assert b"XLSTART" not in b"".join(after.values())
    assert read_planner(tmp_path / "client.xlsx").value(Cell("With add-in", 2, 1)) == 75000.5


def test_a_link_to_another_workbook_is_said(tmp_path: Path) -> None:
    planner = write_small_planner(tmp_path / "planner.xlsx", household(), add_in_cells)
    with_link(planner, "file:///C:\\Rates.xlsx")
    assert "links to 1 other workbook," in str(read_planner(planner).notes[0])
