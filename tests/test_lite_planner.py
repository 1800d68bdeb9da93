"""The planner for xlwings Lite: nothing to repair, every example live with its value, the rest of it as it was."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from mbr_udfs import CATALOGUE
from mbr_udfs.lite import HOST, main_py, requirements
from mbr_udfs.lite import answer as answer_in_lite
from mbr_workbooks.cli import run as command
from mbr_workbooks.handoff import hand_off
from mbr_workbooks.lint import lint
from mbr_workbooks.linting.formulas import formula_faults
from mbr_workbooks.lite import STORE_ID, add_project, build_lite_planner, project
from mbr_workbooks.package import Package
from mbr_workbooks.sample import sample_household
from mbr_workbooks.sheet_xml import cells_of, sheets_of
from mbr_workbooks.sheets.functions import functions_sheet, given
from mbr_workbooks.stored import StoredValues
from mbr_xl.engine.plan import plan_year, rules_of
from tests.hosts.office import Office
from tests.lite_books import MAIN, REQUIRED, extension, lite_book

EXAMPLES_OF = {function.name: function.sections["Example"] for function in CATALOGUE}
EXAMPLES = [formula for formulas in EXAMPLES_OF.values() for formula in formulas]


@pytest.fixture(scope="module")
def planner(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The planner as the command makes it."""
    folder = tmp_path_factory.mktemp("lite")
    before = Path.cwd()
    os.chdir(folder)
    try:
        assert command(["lite"]) == 0
    finally:
        os.chdir(before)
    return folder / "planner-lite.xlsx"


def test_what_went_in_comes_out(planner: Path) -> None:
    assert project(Package(planner)) == {"main.py": main_py(), "requirements.txt": requirements()}


def test_the_same_parts_each_time(planner: Path, tmp_path: Path) -> None:
    build_lite_planner(tmp_path / "again.xlsx")
    one, other = Package(planner), Package(tmp_path / "again.xlsx")
    assert list(one) == list(other)
    assert [part for part in one if one[part] != other[part]] == []


def test_nothing_for_excel_to_repair(planner: Path, tmp_path: Path) -> None:
    assert lint(planner) == []
    audit = Path(sys.executable).with_name("openxml-audit")
    if not audit.exists():
        pytest.skip("openxml-audit is not installed here")
    beside, files = tmp_path / "beside.xlsx", {"main.py": MAIN, "requirements.txt": REQUIRED}
    package = Package(lite_book(tmp_path / "t.xlsx", extension("wa104381441", {"x": "y"}), extension(STORE_ID, files)))
    add_project(package)
    beside.write_bytes(package.to_bytes())
    for path in (planner, beside):
        done = subprocess.run([audit, "-f", "microsoft365", path], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout
        assert "Errors: 0" in done.stdout, done.stdout


def test_the_lint_knows_our_functions_alone() -> None:
    assert list(formula_faults('_xldudf_MBR_MATCH(100000, 5000, {"rate","width";1,0.03})')) == []
    assert list(formula_faults("_xldudf_MBR_RUM(2026)")) == ["MBR_RUM is no function of ours"]
    assert list(formula_faults("_xldudf_MBR_ROOM(2026, A1)")) == ["the arguments of MBR_ROOM cannot be read"]
    assert "parentheses do not match" in list(formula_faults("_xldudf_MBR_ROOM(2026"))


def test_every_example_is_live_and_its_value_stored(planner: Path) -> None:
    """The formula as Lite stores it, marked as a dynamic array of the answer's size, and the answer in its cells."""
    package = Package(planner)
    part = next(sheet.part for sheet in sheets_of(package) if sheet.name == "Functions")
    cells = {address: cell for address, cell in cells_of(package[part]).items() if cell.formula}
    assert sorted(cell.formula or "" for cell in cells.values()) == sorted(f"_xldudf_{f[1:]}" for f in EXAMPLES)
    assert b'cmd="' not in package["xl/metadata.xml"]
    assert b"XLDAPR" in package["xl/metadata.xml"]
    stored = StoredValues(planner, package.original)
    for address, cell in cells.items():
        answer = answer_in_lite(f"={(cell.formula or '').removeprefix('_xldudf_')}")
        rows = answer if isinstance(answer, list) else [[answer]]
        left, row = address[0], int(address[1:])
        corner = f"{chr(ord(left) + len(rows[0]) - 1)}{row + len(rows) - 1}"
        assert cell.attributes["cm"] == "1"
        assert cell.formula_attributes == {
            "t": "array",
            "ref": address if corner == address else f"{address}:{corner}",
        }
        for line, items in enumerate(rows):
            for column, item in enumerate(items):
                found = stored.at("Functions", row + line, ord(left) - 64 + column)
                if isinstance(item, datetime):
                    item = item.date()
                assert found == (None if item == "" else item), (address, line, column)


def test_booleans_are_booleans_and_texts_are_texts(planner: Path) -> None:
    package = Package(planner)
    part = next(sheet.part for sheet in sheets_of(package) if sheet.name == "Functions")
    versions = [c.value for c in cells_of(package[part]).values() if c.formula == "_xldudf_MBR_VERSION()"]
    assert [str(version).rpartition(", in ")[2] for version in versions] == [HOST]
    kinds = {cell.formula: cell.attributes.get("t", "n") for cell in cells_of(package[part]).values() if cell.formula}
    assert kinds["_xldudf_MBR_ROTH_CATCH_UP(2026, 52, 180000)"] == "b"
    assert kinds["_xldudf_MBR_VERSION()"] == "str"
    assert kinds["_xldudf_MBR_ROOM(2026, 24500, 10000)"] == "n"
    assert not [kind for kind in kinds.values() if kind == "e"], "an error would stop a hand-off"


def test_what_is_given_is_said_in_words() -> None:
    room = CATALOGUE["MBR_ROOM"]
    assert given(room, "=MBR_ROOM(2026, 24500, 3000, , , 60000)") == (
        "Given year: 2026; deferrals: 24,500; employer: 3,000; pay: 60,000."
    )
    assert given(CATALOGUE["MBR_VERSION"], "=MBR_VERSION()") == "Nothing is given."
    assert "a range of 3 rows and 2 columns" in given(CATALOGUE["MBR_MATCH"], EXAMPLES_OF["MBR_MATCH"][3])
    assert given(CATALOGUE["MBR_DEFERRAL_LIMIT"], "=MBR_DEFERRAL_LIMIT(2026, DATE(1976,12,31))").endswith("12/31/1976.")


def test_each_example_has_its_two_lines_and_each_function_a_refusal() -> None:
    texts = [str(cell.value) for cell in functions_sheet().cells.values() if cell.value is not None]
    assert {f"Type {formula}" for formula in EXAMPLES} <= set(texts)
    assert sum(text.startswith("Given ") for text in texts) == len(EXAMPLES) - 1
    refused = [function for function in CATALOGUE if function.sections.get("Errors")]
    assert sum(text.startswith("Refused: =") for text in texts) == len(refused)


def test_the_client_gets_the_values(planner: Path, tmp_path: Path) -> None:
    out = tmp_path / "client.xlsx"
    done = hand_off(planner, out, anyway=True)
    assert len(done.frozen) == len(EXAMPLES)
    assert "Python of xlwings Lite" in done.removed
    package = Package(out)
    assert not [part for part in package if part.startswith("xl/webextensions/")]
    sheet = openpyxl.load_workbook(out)["Functions"]
    assert not [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    texts = {cell.value: cell.row for row in sheet["A1:A400"] for cell in row}
    assert sheet.cell(texts["Type =MBR_ROOM(2026, 24500, 10000)"], 2).value == 37500


def test_in_libreoffice_the_planner_calculates_and_only_the_examples_do_not(office: Office, tmp_path: Path) -> None:
    path, household = tmp_path / "lite.xlsx", sample_household()
    build_lite_planner(path, household)
    with office.open(path) as document:
        document.set({"annual_salary": 180_000})
        other = replace(household, annual_salary=180_000_00)
        expect = plan_year(other, rules_of(other)).headlines
        found = document.read(["additions_pay_total", "after_tax_room", "best_after_tax"])
        assert found == {
            "additions_pay_total": [expect.additions_pay_total / 100],
            "after_tax_room": [expect.after_tax_room / 100],
            "best_after_tax": [expect.best_after_tax / 100],
        }
        wrong = document.errors()
        assert wrong
        assert all(where.lstrip("$'").startswith("Functions") for where in wrong), wrong
