"""The Calc add-in in a real LibreOffice: every function typed, every case row and every example of the reference."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from mbr_udfs import CATALOGUE
from mbr_udfs.calc import calc_addin, method
from mbr_udfs.catalogue import Function
from mbr_udfs.cells import MARK
from mbr_udfs.dates import serial
from mbr_udfs.formula import parse
from tests.hosts.office import Document, Office
from tests.test_cases import arguments, cases

SHEET = "Sheet1"
FIRST = 26  # the column where answers begin, AA


@pytest.fixture(scope="module")
def calc(office_here: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    file = tmp_path_factory.mktemp("addin") / "mbr_xl.oxt"
    file.write_bytes(calc_addin())
    running = Office(file)
    try:
        yield running
    finally:
        running.stop()


@pytest.fixture
def book(calc: Office) -> Iterator[Document]:
    with calc.new() as document:
        yield document


def letters(column: int) -> str:
    one, two = divmod(column, 26)
    return (chr(64 + one) if one else "") + chr(65 + two)


def held(item: object) -> object:
    """What a cell holds of an item that a function answers."""
    if isinstance(item, date):
        return float(serial(item.date() if isinstance(item, datetime) else item))
    if isinstance(item, bool):
        return float(item)
    return "" if item is None else item


def rows_of(answer: object) -> list[list[object]]:
    """An answer as the cells of a range hold it."""
    return [[held(item) for item in row] for row in (answer if isinstance(answer, list) else [[answer]])]


def may_answer(function: Function, cells: list[object]) -> list[list[list[object]]]:
    """What may stand in Calc: the answer to what Calc sends, a boolean as a number; where an optional argument is then
    a 0, which Calc sends for a blank cell too, also the answer to a blank or the refusal to guess."""
    sent = [float(cell) if isinstance(cell, bool) else cell for cell in cells]
    found = [rows_of(function(*sent))]
    if function.name == "MBR_VERSION":  # which says where it runs
        return [[[f"{found[0][0][0]}, in LibreOffice Calc"]]]
    for place, argument in enumerate(function.arguments[: len(sent)]):
        if sent[place] == 0 and not argument.required:
            found.append(rows_of(function(*sent[:place], None, *sent[place + 1 :])))
            meant = "no" if "no" in argument.kind.words else "0"
            doubt = "Calc sends 0 for a blank cell, so this could be either: leave the argument out, or give"
            found.append([[f'{MARK}{argument.name}: {doubt} "{meant}".']])
    return found


def typed(book: Document, function: Function, cells: list[object]) -> tuple[list[list[Any]], list[list[list[object]]]]:
    """The answer of a function typed over cells that hold its arguments, and what it may be."""
    may = may_answer(function, cells)
    given, row = [], 1
    for cell in cells:
        if cell is None or isinstance(cell, bool):
            given.append("" if cell is None else f"{cell}()".upper())
            continue
        rows = cell if isinstance(cell, list) else [[cell]]
        width = max(map(len, rows))
        book.fill(SHEET, f"A{row}", [[*line, *[None] * (width - len(line))] for line in rows])
        last = f":{letters(width - 1)}{row + len(rows) - 1}" if isinstance(cell, list) else ""
        given.append(f"A{row}{last}")
        row += len(rows) + 1
    while given and not given[-1]:
        given.pop()
    width, height = max(len(one[0]) for one in may), max(map(len, may))
    area = f"{letters(FIRST)}1:{letters(FIRST + width - 1)}{height}"
    return book.type_array(SHEET, area, f"={function.name}({';'.join(given)})"), may


def same(found: list[list[Any]], expect: list[list[object]]) -> bool:
    return len(found) == len(expect) and all(
        a == pytest.approx(b, rel=1e-12) if isinstance(b, float) else a == b
        for one, other in zip(found, expect, strict=True)
        for a, b in zip(one, other, strict=True)
    )


@pytest.mark.parametrize("function", list(CATALOGUE), ids=lambda function: function.name)
def test_every_case_row(calc: Office, function: Function) -> None:
    rows = [row for name, row in (case.values for case in cases()) if name == function.name]
    wrong = []
    for row in rows:
        with calc.new() as book:
            found, may = typed(book, function, list(arguments(function.name, row).values()))
        if not any(same([line[: len(one[0])] for line in found[: len(one)]], one) for one in may):
            wrong.append(f"{row['case']}: {found} is none of {may}")
    assert rows
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("name", "example"),
    [(function.name, text) for function in CATALOGUE for head in ("Example", "Errors")
     for text in function.sections.get(head, []) if text.startswith("=")],
)  # fmt: skip
def test_every_example_of_the_reference(book: Document, name: str, example: str) -> None:
    function, cells = parse(example)
    book.type(SHEET, "A1", example)
    (first, *_), *_ = book.used(SHEET)
    assert any(same([[first]], [[one[0][0]]]) for one in may_answer(function, cells)), first


def test_what_a_cell_may_hold(book: Document) -> None:
    book.fill(SHEET, "A1", [["24,500", "$10,000.00", " 2026 ", "6%", 0.06, 46024, "1/2/2026"]])
    answers = {
        "=MBR_ROOM(C1;A1;B1)": 37500.0,  # numbers that look like text
        "=mbr_room(2026;24500;10000)": 37500.0,
        "=MBR_ROOM(2026;24500;10000;;61)": 37500.0,  # an argument left out in the middle
        "=SUM(MBR_ROOM(2026;24500;10000);1)": 37501.0,
        "=MBR_ROTH_CATCH_UP(2026;52;160000)": 1.0,
        "=CONVERT_TAX(10000;10200;D1)=CONVERT_TAX(10000;10200;E1)": 1.0,
        '=ROWS(MBR_PAY_DATES(2026;"biweekly";F1))': 27.0,
        '=ROWS(MBR_PAY_DATES(2026;"biweekly";G1;"none"))': 26.0,
        "=MBR_ROOM(2026;1/0;10000)": None,  # an error goes through
        "=ISERROR(MBR_ROOM(2026;NA();10000))": 1.0,
        '=MBR_ROOM(2026;"#N/A";10000)': f"{MARK}deferrals holds the error #N/A: correct that cell first.",
        "=MBR_ROOM(2026;J1;10000)": 62000.0,  # Calc sends a blank cell as 0, as its own functions count it
        "=MBR_ROOM(2026;30000;10000;J1;J1)": f"{MARK}Deferrals of $30,000 are above",
        "=MBR_ROOM(2026;24500;10000;;;;J1)": f"{MARK}plan_cap: Calc sends 0 for a blank cell",
        '=MBR_ROOM(2026;24500;10000;;;;"0")': 0.0,
    }
    book.type_column(SHEET, "A3", list(answers))
    rows = [row[0] for row in book.used(SHEET)[2:]]
    for (formula, expect), found in zip(answers.items(), rows, strict=True):
        if isinstance(expect, str) and not expect.endswith("."):
            assert str(found).startswith(expect), (formula, found)
        else:
            assert found == expect, (formula, found)


def test_a_blank_cell_that_is_required_is_0_or_asked_for(book: Document, calc: Office, tmp_path: Path) -> None:
    """Calc sends 0 for J1: the answer is that to 0, unless a formula or a range of one cell brings the blank."""
    asked = f"{MARK}year_end_value is blank: give dollars, such as 24500, or 0."
    room = f"{MARK}employer is blank: give dollars, such as 24500, or 0."
    answers = {
        "=BACKDOOR_TAXABLE(7500;7500;J1)": 0.0,
        "=BACKDOOR_TAXABLE(7500;7500;0)": 0.0,
        '=BACKDOOR_TAXABLE(7500;7500;IF(J1="";"";J1))': asked,
        '=BACKDOOR_TAXABLE(7000;7000;IF(J2="";"";J2))': 6510.0,
        "=MBR_ROOM(2026;24500;J1)": 47500.0,
        '=MBR_ROOM(2026;24500;IF(J1="";"";J1))': room,
        '=MBR_ROOM(2026;24500;10000;;;;IF(J1="";"";J1))': 37500.0,
        "=BACKDOOR_TAXABLE(7000;7000;J2:J2)": 6510.0,
    }
    ranges = {"=BACKDOOR_TAXABLE(7500;7500;J1:J1)": asked, "=MBR_ROOM(2026;24500;J1:J1)": room}
    book.fill(SHEET, "J2", [[93000]])
    book.type_column(SHEET, "A1", [*answers, *ranges])
    assert [row[0] for row in book.used(SHEET)] == [*answers.values(), *ranges.values()]
    file = tmp_path / "saved.xlsx"
    book.save(file)
    with calc.open(file) as again:
        again.recalculate()
        found = [row[0] for row in again.used(SHEET)]
    assert found[: len(answers)] == list(answers.values())
    assert found[len(answers) :] == [0.0, 47500.0], "J1:J1 outlives saving as .xlsx: say so in udfs/README.md"


def test_error_values_that_are_given(book: Document) -> None:
    """Calc passes that of one cell on, and calls no function with a range that holds one."""
    book.fill(SHEET, "A1", [["date", "amount"], [46033, 1000], [46064, None]])
    book.type(SHEET, "B3", "=NA()")
    book.type(SHEET, "C1", "=1/0")
    shown = {
        "=MBR_ROOM(2026;24500;B3)": "#N/A",
        "=MBR_ROOM(2026;24500;C1)": "#DIV/0!",
        '=CONVERT_SCHEDULE(A1:B3;"monthly";7%)': "Err:504",
        "=MBR_MATCH(100000;6000;A1:B4)": "Err:504",
        "=MBR_ROOM(2026;24500;C1:C1)": "Err:504",
        '=CONVERT_SCHEDULE((A1:B2~A2:B2);"monthly";7%)': "Err:504",
    }
    book.type_column(SHEET, "H1", list(shown))
    assert [book.shown(SHEET, f"H{row}") for row in range(1, len(shown) + 1)] == list(shown.values())


def test_whole_columns_as_a_range(book: Document) -> None:
    book.fill(SHEET, "A1", [["date", "amount"], [46033, 1000], [None, None], [46064, "2,000"]])
    found = book.type_array(SHEET, "D1:F3", '=CONVERT_SCHEDULE(A:B;"quarterly";0)')
    table = [["date", "amount"], [46033.0, 1000.0], [46064.0, 2000.0]]
    expect = rows_of(CATALOGUE["CONVERT_SCHEDULE"](table, "quarterly", 0.0))
    assert same(found[: len(expect)], [line[:3] for line in expect])
    assert expect[1][2] == 3000.0


def test_ranges_with_heads_blanks_and_room_to_spare(book: Document) -> None:
    book.fill(SHEET, "A1", [["date", "amount"], [46033, 1000], [None, None], [46064, "2,000"]])
    book.type(SHEET, "D1", '=ROWS(CONVERT_SCHEDULE(A1:B200;"quarterly";7%))')
    (*_, answer), *_ = book.used(SHEET)
    expect = CATALOGUE["CONVERT_SCHEDULE"](
        [["date", "amount"], [46033.0, 1000.0], [46064.0, 2000.0]], "quarterly", 0.07
    )
    assert answer == len(expect)


def test_ten_thousand_calls(book: Document) -> None:
    book.fill(SHEET, "A1", [[24500 - row] for row in range(10_000)])
    book.type_column(SHEET, "B1", [f"=MBR_ROOM(2026;A{row + 1};10000)" for row in range(10_000)])
    book.recalculate()
    answers = [row[1] for row in book.used(SHEET)]
    assert answers == [37500.0 + row for row in range(10_000)]
    assert book.errors() == []


def test_parts_of_the_file() -> None:
    content = calc_addin()
    assert content == calc_addin(), "the same file each time"
    with zipfile.ZipFile(BytesIO(content)) as file:
        assert file.testzip() is None
        names = set(file.namelist())
        wizard = ElementTree.fromstring(file.read("functions.xcu"))
        ElementTree.fromstring(file.read("META-INF/manifest.xml"))
        ElementTree.fromstring(file.read("description.xml"))
        interface = file.read("functions.idl").decode()
    assert {"pythonpath/mbr_xl/rules/2026.toml", "pythonpath/mbr_udfs/catalogue.py", "component.py"} <= names
    assert not any("xlwings" in name or "__pycache__" in name for name in names)
    for function in CATALOGUE:
        assert f" {method(function)}(" in interface
    shown = {value.text for value in wizard.iter("value")}
    assert {function.name for function in CATALOGUE} <= shown
    assert {argument.text for function in CATALOGUE for argument in function.arguments} <= shown


def test_two_functions_never_share_a_name_in_the_interface() -> None:
    assert len({method(function) for function in CATALOGUE}) == len(list(CATALOGUE))


def test_the_file_is_written(tmp_path: Path) -> None:
    from mbr_workbooks.addin import write_calc_addin

    assert write_calc_addin(tmp_path / "mbr_xl.oxt").read_bytes() == calc_addin()
