"""A planner whose sheets were deleted is told by their names, whatever program deleted them."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path

import pytest

from mbr_workbooks.cli import BAD_INPUT, FAILED, run
from mbr_workbooks.contents import build_planner
from mbr_workbooks.edit import without_sheet
from mbr_workbooks.read import read_planner
from tests.small_planner import household

Said = pytest.CaptureFixture[str]
CURE = "undo the deletion, or take an earlier copy of the planner"
PAYS = "Pay Date,Gross,Pre-Tax,After-Tax,Match\n1/16/2026,7692.31,846.15,700,230.77\n"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("whole") / "planner.xlsx"
    build_planner(path, household())
    return path


def without(whole: Path, folder: Path, *sheets: str) -> Path:
    content = whole.read_bytes()
    for sheet in sheets:
        content = without_sheet(whole, content, sheet)
    path = folder / "planner.xlsx"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("sheet", ["Growth", "Payments"])
def test_every_command_names_the_sheet(whole: Path, tmp_path: Path, capsys: Said, sheet: str) -> None:
    path = without(whole, tmp_path, sheet)
    assert run(["check", str(path), "--json"]) == FAILED
    said = json.loads(capsys.readouterr().out)
    assert said["inputs"] == [{"where": "planner.xlsx", "text": f"the sheet {sheet} is missing: {CURE}"}]
    assert said["differences"] == []
    sentence = f"The sheet {sheet} is missing: {CURE} ({path})."
    assert run(["handoff", str(path), str(tmp_path / "client.xlsx")]) in (FAILED, BAD_INPUT)
    assert capsys.readouterr().err.strip() == sentence
    pays = tmp_path / "pays.csv"
    pays.write_text(PAYS, encoding="utf-8")
    held = read_planner(path).client is not None
    for arguments in [["solve", str(path)], *([] if held else [["import-pay", str(path), str(pays)]])]:
        code = run(arguments)
        told = capsys.readouterr().err.strip()
        assert told == "" if held else (code, told) == (BAD_INPUT, sentence), arguments


def test_several_are_named_together(whole: Path, tmp_path: Path) -> None:
    read = read_planner(without(whole, tmp_path, "Tax", "Growth", "Testing"))
    assert read.gone == ["Tax", "Growth", "Testing"]
    assert read.findings[0].text == f"the sheets Tax, Growth and Testing are missing: {CURE}"


def test_a_renamed_sheet_is_not_missing(whole: Path, tmp_path: Path) -> None:
    path = tmp_path / "planner.xlsx"
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(path, "w") as new:
        for part in old.namelist():
            content = old.read(part)
            if part == "xl/workbook.xml":
                content = content.replace(b'name="Growth"', b'name="Years"')
                content = re.sub(rb"([>,])Growth!", rb"\1Years!", content)
            new.writestr(part, content)
    assert read_planner(path).gone == []
