"""Everything that a user may be given, built into one folder."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

import openpyxl
import pytest

from mbr_udfs.calc import calc_addin
from mbr_workbooks.build import LITE, PLANNER, SAMPLE, all_files, in_use
from mbr_workbooks.cli import BAD_INPUT, OK, run
from mbr_workbooks.edit import edit
from mbr_workbooks.formulas import read_written
from mbr_workbooks.intellisense import intellisense
from mbr_workbooks.lite import project
from mbr_workbooks.machine import Machine
from mbr_workbooks.package import Package

SHIPPED = Path(__file__).parents[1] / "workbooks"


@pytest.fixture(autouse=True)
def _workbooks_at_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """The two workbooks as the project has them: to make them takes most of a build, and test_cli.py makes them."""

    def copied(folder: Path, say: object) -> list[Path]:
        return [Path(shutil.copy(SHIPPED / name, folder / name)) for name in (PLANNER, SAMPLE)]

    monkeypatch.setattr("mbr_workbooks.build._workbooks", copied)


def test_all_of_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Into a folder where a filled planner stands: refused, and with --force kept beside the new one."""
    folder, planner = tmp_path / "out", tmp_path / "out" / "planner.xlsx"
    folder.mkdir()
    filled = Path(shutil.copy(SHIPPED / SAMPLE, planner)).read_bytes()
    assert run(["build", "--all", str(folder)]) == BAD_INPUT
    assert "planner.xlsx exists already and is not overwritten" in capsys.readouterr().err
    assert planner.read_bytes() == filled
    assert [path.name for path in folder.iterdir()] == ["planner.xlsx"]
    assert run(["build", "--all", str(folder), "--force", "--json"]) == OK
    said = json.loads(capsys.readouterr().out)
    assert said["kept"] == [str(folder / "planner.bak.xlsx")]
    assert (folder / "planner.bak.xlsx").read_bytes() == filled
    assert {path.name for path in folder.iterdir()} == {Path(name).name for name in said["files"] + said["kept"]}
    found = {path.name: path for path in all_files(folder, Machine())}
    assert sorted(said["files"]) == sorted(map(str, found.values()))
    assert found["planner.xlsx"].read_bytes() == (SHIPPED / PLANNER).read_bytes()
    assert {"planner.xlsx", "sample-client.xlsx", LITE, "mbr_xl.oxt", "mbr_xl.intellisense.xml"} <= found.keys()
    assert ("mbr_xl.xlam" in found) == (Machine().version("xlwings") is not None)
    for path in found.values():
        if path.suffix != ".xml":
            with zipfile.ZipFile(path) as package:
                assert package.testzip() is None
    assert found["mbr_xl.oxt"].read_bytes() == calc_addin()
    assert found["mbr_xl.intellisense.xml"].read_text("utf-8") == intellisense()
    assert set(project(Package(found[LITE]))) >= {"main.py", "requirements.txt"}


def test_the_project_s_own_are_replaced_and_a_filled_one_is_not(tmp_path: Path) -> None:
    """Ours as built are; one that a program saved, or that holds an input, or is no workbook, is not."""
    shipped, sample = tmp_path / "workbooks" / PLANNER, tmp_path / "workbooks" / SAMPLE
    arguments = ["build", str(tmp_path), "--no-pictures"]
    assert run(arguments) == OK
    first, copy = shipped.read_bytes(), sample.read_bytes()
    assert run(arguments) == OK, "again, over what it wrote"
    assert sorted(path.name for path in shipped.parent.iterdir()) == [PLANNER, SAMPLE]
    used = tmp_path / "used.xlsx"
    book = openpyxl.load_workbook(shipped)
    book["Start"]["H60"] = "a note of mine"
    book.save(used)
    salary = read_written(shipped, first).names["annual_salary"].first
    edit(shipped, {salary: 180000.0}, tmp_path / "filled.xlsx")
    for theirs in (used.read_bytes(), (tmp_path / "filled.xlsx").read_bytes(), b"notes"):
        shipped.write_bytes(theirs)
        assert run(arguments) == BAD_INPUT
        assert shipped.read_bytes() == theirs
    assert run([*arguments, "--force"]) == OK
    assert (shipped.parent / "planner.bak.xlsx").read_bytes() == b"notes"
    assert (shipped.read_bytes(), sample.read_bytes()) == (first, copy)
    assert not (shipped.parent / "sample-client.bak.xlsx").exists(), "nobody used it"


def test_an_earlier_build_is_replaced(tmp_path: Path) -> None:
    """A text, a limit or a formula that changed since does not make the old file somebody's."""
    package = Package(SHIPPED / PLANNER)
    old = package["xl/sharedStrings.xml"]
    package["xl/sharedStrings.xml"] = old.replace(b"Mega backdoor Roth", b"After-tax")
    assert package["xl/sharedStrings.xml"] != old
    (tmp_path / "old.xlsx").write_bytes(package.to_bytes())
    assert not in_use(tmp_path / "old.xlsx", SHIPPED / PLANNER)
    assert in_use(SHIPPED / SAMPLE, SHIPPED / PLANNER)
