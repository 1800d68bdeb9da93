"""The check finds every number and formula that is not what it should be, and nothing where all is well."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest

from mbr_workbooks.check import Checked, check
from mbr_workbooks.contents import build_planner
from mbr_workbooks.edit import edit
from mbr_workbooks.package import Package, write_whole
from mbr_workbooks.read import read_planner
from mbr_workbooks.sheet_xml import cells_of, sheets_of, with_stored, without_formula
from mbr_xl.household import Tier
from tests.households import random_household
from tests.small_planner import household, write_small_planner
from tests.test_bad_files import changed


@pytest.fixture(scope="module")
def planner(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("planner") / "planner.xlsx"
    build_planner(path, household())
    return path


def spoiled(planner: Path, tmp_path: Path, name: str, row: int = 0, *, value: float | None, keep: bool) -> Checked:
    """The planner with one answer's stored value changed; `keep` says whether its formula stays."""
    cell = read_planner(planner).cells(name)[row]
    package = Package(planner)
    part = next(sheet.part for sheet in sheets_of(package) if sheet.name == cell.sheet)
    package[part] = with_stored(package[part], {cell.address: value})
    if not keep:
        package[part] = without_formula(package[part], {cell.address})
    out = tmp_path / "spoiled.xlsx"
    write_whole(out, package.to_bytes())
    checked = check(out)
    assert {finding.where for finding in checked.differences} == {str(cell)}
    assert not checked.passed
    return checked


def test_our_planner_is_right(planner: Path) -> None:
    checked = check(planner)
    assert checked.passed
    assert checked.inputs == checked.differences == checked.faults == checked.notes == []
    assert any("of after-tax room is unused" in finding.text for finding in checked.advice)


@pytest.mark.parametrize("seed", range(5))
def test_random_households_are_right(tmp_path: Path, base_seed: int, seed: int) -> None:
    checked = check(write_small_planner(tmp_path / "planner.xlsx", random_household(base_seed + 100 + seed)))
    assert checked.sound, (base_seed, checked.inputs + checked.differences)


def test_a_cent_is_a_difference(planner: Path, tmp_path: Path) -> None:
    top = check(planner).plan
    assert top is not None
    room = top.headlines.after_tax_room / 100
    found = spoiled(planner, tmp_path, "after_tax_room", value=room + 0.01, keep=True).differences
    assert re.fullmatch(r"after_tax_room: the workbook has \$[\d,.]+, the engine \$[\d,.]+", found[0].text)
    found = spoiled(planner, tmp_path, "pay_after_tax", 4, value=1.0, keep=True).differences
    assert found[0].text.startswith("after_tax: the workbook has $1, the engine $")
    found = spoiled(planner, tmp_path, "pay_gross", 114, value=5.0, keep=True).differences
    assert found[0].text == "gross: the workbook has 5 where the engine has nothing"
    found = spoiled(planner, tmp_path, "conversion_converted", 3, value=5.0, keep=True).differences
    assert found[0].text.startswith("converted: the workbook has $5, the engine $")
    found = spoiled(planner, tmp_path, "pay_date", 3, value=46000.0, keep=True).differences
    assert found[0].text == "date: the workbook has 12/9/2025, the engine 2/13/2026"


def test_a_missing_value_is_a_finding(planner: Path, tmp_path: Path) -> None:
    found = spoiled(planner, tmp_path, "total_match", value=None, keep=True).differences
    assert found[0].text == "total_match: no stored value: open the workbook in Excel and save it once"


def test_a_formula_typed_over_is_a_finding_even_with_the_right_number(planner: Path, tmp_path: Path) -> None:
    plan = check(planner).plan
    assert plan is not None
    right = plan.headlines.total_match / 100
    found = spoiled(planner, tmp_path, "total_match", value=right, keep=False).differences
    assert [finding.text for finding in found] == [
        "the formula of total_match was typed over: undo that, or copy it back"
    ]
    for row in (0, 7, 114):  # the first line, one in the middle, the last
        value = plan.pays[row].match / 100 if row < len(plan.pays) else 0.0
        found = spoiled(planner, tmp_path, "pay_match", row, value=value, keep=False).differences
        assert found[0].text == "this cell holds a typed value where its column has a formula"


def test_a_column_of_wrong_numbers_is_cut_short(planner: Path, tmp_path: Path) -> None:
    package = Package(planner)
    cells = read_planner(planner).cells("pay_match")
    part = next(sheet.part for sheet in sheets_of(package) if sheet.name == cells[0].sheet)
    package[part] = with_stored(package[part], {cell.address: 1.23 for cell in cells})
    write_whole(tmp_path / "all.xlsx", package.to_bytes())
    found = check(tmp_path / "all.xlsx").differences
    assert len(found) == 4
    assert found[3].text == "and 112 more in this column, from here on"


def test_saved_by_a_program_that_does_not_calculate(planner: Path, tmp_path: Path) -> None:
    """An input was changed and every old answer kept."""
    cell = read_planner(planner).cells("annual_salary")[0]
    package = Package(planner)
    part = next(sheet.part for sheet in sheets_of(package) if sheet.name == cell.sheet)
    text = package[part]
    at = cells_of(text)[cell.address]
    write_whole(
        tmp_path / "stale.xlsx",
        changed(
            planner.read_bytes(),
            {part: text[: at.start] + text[at.start : at.end].replace(b"200000", b"210000") + text[at.end :]},
        ),
    )
    checked = check(tmp_path / "stale.xlsx")
    assert checked.planner.household is not None
    assert checked.planner.household.annual_salary == 210_000_00
    assert len(checked.differences) > 20


def test_edited_and_recalculated_is_right(planner: Path, tmp_path: Path) -> None:
    read = read_planner(planner)
    out = tmp_path / "edited.xlsx"
    edit(planner, {read.cells("annual_salary")[0]: 210_000.0, read.cells("payment_amount")[0]: 45_000.0}, out)
    checked = check(out)
    assert checked.planner.household is not None
    assert checked.planner.household.annual_salary == 210_000_00
    assert checked.sound, checked.differences


def test_inputs_that_no_year_can_be_made_of_are_placed(tmp_path: Path) -> None:
    saver = household()
    path = write_small_planner(tmp_path / "planner.xlsx", saver)
    read = read_planner(path)
    bad = {read.cells("hire_date")[0]: 46300.0, read.cells("leave_date")[0]: 46100.0, read.cells("second_day")[0]: 15.0}
    edit(path, {**bad, read.cells("ytd_match")[0]: 100.0}, tmp_path / "bad.xlsx")
    checked = check(tmp_path / "bad.xlsx")
    said = {finding.where: finding.text for finding in checked.inputs}
    assert said[str(read.cells("hire_date")[0])].startswith("Hire date (hire_date) is")
    assert "Year-to-date figures" in said[str(read.cells("ytd_match")[0])]
    assert checked.plan is None


def test_lost_name_is_a_finding(tmp_path: Path) -> None:
    path = write_small_planner(tmp_path / "planner.xlsx", household(match_tiers=(Tier("share", 500_000, 60_000),)))
    with zipfile.ZipFile(path) as archive:
        book = archive.read("xl/workbook.xml")
    lost = re.sub(rb'(<definedName name="growth_rate">)[^<]*', rb"\1#REF!", book)
    path.write_bytes(changed(path.read_bytes(), {"xl/workbook.xml": lost}))
    checked = check(path)
    assert [finding.where for finding in checked.inputs] == ["growth_rate"]
    assert "were deleted" in checked.inputs[0].text
    gone = re.sub(rb'(<definedName name="pay_\w+">)[^<]*', rb"\1#REF!", book)
    path.write_bytes(changed(path.read_bytes(), {"xl/workbook.xml": gone}))
    assert [finding.where for finding in check(path).inputs] == ["planner.xlsx"]
    assert check(path).differences == []
