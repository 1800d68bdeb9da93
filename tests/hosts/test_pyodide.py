"""The project of xlwings Lite, out of a workbook, in the Python that Lite runs: every function, every case row."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from mbr_udfs import CATALOGUE
from mbr_udfs.cells import MARK
from mbr_udfs.formula import parse
from mbr_udfs.lite import answer as answer_in_lite
from mbr_workbooks.lite import add_project, project
from mbr_workbooks.package import Package
from tests.hosts.pyodide_host import NotHere, Pyodide, as_sent, pyodide_folder
from tests.test_cases import arguments, cases, compared


@pytest.fixture(scope="module")
def lite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pyodide]:
    work = tmp_path_factory.mktemp("pyodide")
    try:
        folder = pyodide_folder(work)
    except NotHere as reason:
        if os.environ.get("MBR_REQUIRE_PYODIDE") == "1":
            pytest.fail(str(reason), pytrace=False)
        pytest.skip(str(reason))
    book = work / "book.xlsx"
    with xlsxwriter.Workbook(str(book)) as made:
        made.add_worksheet()
    package = Package(book)
    add_project(package)
    running = Pyodide(folder, project(Package.of(book, package.to_bytes()))["main.py"])
    try:
        yield running
    finally:
        running.stop()


def plain(found: Any) -> Any:
    """What came back as a cell function answers it: one value bare, a refusal with its mark, a date by its number."""
    if isinstance(found, dict):
        assert found["errorType"] == "Value"
        return f"{MARK}{found['errorMessage']}"
    rows = [[item["basicValue"] if isinstance(item, dict) else item for item in row] for row in found]
    return rows[0][0] if len(rows) == len(rows[0]) == 1 else rows


def test_every_function_is_registered_with_its_texts(lite: Pyodide) -> None:
    found = lite.ask("registered")
    assert set(found) == {function.name for function in CATALOGUE}
    for function in CATALOGUE:
        mark = found[function.name]
        assert mark["doc"] == function.description
        assert mark["options"] == {"namespace": ""}
        for argument, (name, options) in zip(function.arguments, mark["arguments"].items(), strict=True):
            assert (name, options["doc"]) == (argument.name, argument.text)
            assert options["optional"] is not argument.required
            assert options["err_to_str"] is True
            assert options.get("ndim") == (2 if argument.kind.is_range else None)


def test_our_packages_come_out_of_the_workbook_alone(lite: Pyodide) -> None:
    places = lite.ask("modules")
    assert "mbr_udfs.catalogue" in places
    assert all(place.startswith("/tmp/mbr_xl-") and ".zip/" in place for place in places.values())
    assert lite.about["python"] >= "3.14"
    assert lite.about["seconds"] < 20  # of a busy machine; benchmarks/pyodide.py has the time itself


def test_every_case_row(lite: Pyodide) -> None:
    rows = [case.values for case in cases()]
    calls = [(name, [as_sent(cell) for cell in arguments(name, row).values()]) for name, row in rows]
    wrong = []
    for (name, row), found in zip(rows, lite.call(*calls), strict=True):
        answer, expect = compared(row, plain(found))
        if name == "MBR_VERSION":
            expect = f"{expect}, in Excel by xlwings Lite"
        if answer != expect:
            wrong.append(f"{name} {row['case']}: {answer!r} is not {expect!r}")
    assert len(rows) > 250
    assert not wrong, "\n".join(wrong)


def test_every_example_answers_as_here(lite: Pyodide) -> None:
    formulas = [
        formula
        for function in CATALOGUE
        for head in ("Example", "Errors")
        for formula in function.sections.get(head, [])
    ]
    called = [parse(formula) for formula in formulas]
    found = lite.call(*((function.name, [as_sent(cell) for cell in cells]) for function, cells in called))
    from tests.hosts.test_calc_addin import rows_of

    for formula, one in zip(formulas, found, strict=True):
        here = rows_of(answer_in_lite(formula))
        back = plain(one)
        rows = back if isinstance(back, list) else [[back]]
        assert [[float(i) if isinstance(i, bool) else i for i in row] for row in rows] == here, formula


def test_what_excel_sends(lite: Pyodide) -> None:
    blank: list[list[Any]] = [[None]]
    error = [[{"type": "Error", "errorType": "Div0", "basicValue": "#DIV/0!", "basicType": "Error"}]]
    day = [[{"type": "FormattedNumber", "basicValue": 46024, "numberFormat": "m/d/yyyy", "basicType": "Double"}]]
    table = [["date", "amount"], [46033, 1000], [None, None], ["", ""], [46064, "2,000"], *[[None, None]] * 90]
    asked = {
        ("MBR_ROOM", (2026, 24500, 10000)): 37500,
        ("MBR_ROOM", (2026, "24,500", "$10,000.00")): 37500,
        ("MBR_ROOM", (2026, 24500, 10000, None, "", 415_000)): 37500,
        ("MBR_ROTH_CATCH_UP", (2026, 52, 180000)): True,
    }
    calls = [(name, [as_sent(cell) for cell in cells]) for name, cells in asked]
    assert [plain(one) for one in lite.call(*calls)] == list(asked.values())
    (refused,) = lite.call(("MBR_ROOM", [[[2026]], error, [[10000]]]))
    assert refused["errorMessage"] == "deferrals holds the error #DIV/0!: correct that cell first."
    (missing,) = lite.call(("MBR_ROOM", [[[2026]], blank, [[10000]]]))
    assert missing["errorMessage"].startswith("deferrals is blank: give dollars")
    dates = lite.call(("MBR_PAY_DATES", [[[2026]], [["biweekly"]], day]))[0]
    assert len(dates) == 27
    assert dates[0][0] == {"type": "FormattedNumber", "basicValue": 46024, "numberFormat": "m/d/yyyy"}
    moved = plain(lite.call(("CONVERT_SCHEDULE", [table, [["quarterly"]], [["7%"]]]))[0])
    here = CATALOGUE["CONVERT_SCHEDULE"]([["date", "amount"], [46033.0, 1000.0], [46064.0, 2000.0]], "quarterly", 0.07)
    assert len(moved) == len(here)
    one_row = plain(lite.call(("CONVERT_SCHEDULE", [[[46033, 1000]], [["quarterly"]], [[0.07]]]))[0])
    assert one_row[0][0] == "Date", "a range of one row is a range still"


def test_a_thousand_calls(lite: Pyodide) -> None:
    cells = [as_sent(cell) for cell in (2026, 24500, 10000)]
    assert lite.ask("time", name="MBR_ROOM", cells=cells, times=1000) < 10


def test_the_host_is_found_or_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MBR_PYODIDE", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NotHere, match="not installed"):
        pyodide_folder(tmp_path)
