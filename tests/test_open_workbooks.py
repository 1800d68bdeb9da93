"""A workbook that is open in Excel or LibreOffice is never replaced, and nothing is left beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from mbr_workbooks.cli import BAD_INPUT, OK, run
from mbr_workbooks.edit import edit
from mbr_workbooks.package import expect_closed
from mbr_workbooks.read import read_planner
from mbr_xl.errors import InputError
from tests.small_planner import household, write_small_planner

Said = pytest.CaptureFixture[str]
MARKS = (("~$planner.xlsx", "Excel"), (".~lock.planner.xlsx#", "LibreOffice"))


@pytest.fixture
def planner(tmp_path: Path) -> Path:
    return write_small_planner(tmp_path / "planner.xlsx", household())


def commands(planner: Path, folder: Path) -> list[list[str]]:
    """Every way to replace that file: in place, and as the output of another one."""
    other = write_small_planner(folder / "other.xlsx", household())
    pays = folder / "pays.csv"
    pays.write_text("Pay Date,Gross,Pre-Tax,After-Tax,Match\n1/16/2026,7692.31,846.15,700,230.77\n", encoding="utf-8")
    return [
        ["import-pay", str(planner), str(pays), "--in-place"],
        ["import-pay", str(other), str(pays), str(planner), "--force"],
        ["solve", str(other), str(planner), "--force"],
        ["handoff", str(other), str(planner), "--force", "--anyway"],
        ["lite", str(planner), "--in-place"],
        ["lite", str(other), str(planner), "--force"],
        ["new", str(planner), "--salary", "180000", "--force"],
    ]


@pytest.mark.parametrize(("mark", "program"), MARKS)
def test_it_is_not_replaced(planner: Path, tmp_path: Path, capsys: Said, mark: str, program: str) -> None:
    every = commands(planner, tmp_path)
    (tmp_path / mark).write_bytes(b"\0")
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    for arguments in every:
        assert run(arguments) == BAD_INPUT, arguments
        said = capsys.readouterr().err.strip()
        assert said == (
            f"{planner} is open in {program}, so it is not replaced: close it there and try again; if it is open "
            f"nowhere, delete {mark} beside it."
        ), arguments
        assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before, arguments
    with pytest.raises(InputError, match=f"open in {program}"):
        edit(planner, {read_planner(planner).cells("annual_salary")[0]: 1.0})


def test_closed_or_marked_beside_another_name_it_is(planner: Path, tmp_path: Path, capsys: Said) -> None:
    (tmp_path / "~$other.xlsx").write_bytes(b"\0")
    (tmp_path / ".~lock.planner.xlsx").write_bytes(b"")
    expect_closed(planner)
    old = planner.read_bytes()
    assert run(commands(planner, tmp_path)[0]) == OK, capsys.readouterr().err
    assert planner.read_bytes() != old
    assert (tmp_path / "planner.bak.xlsx").read_bytes() == old


def test_one_that_is_only_read_may_be_open(planner: Path, tmp_path: Path, capsys: Said) -> None:
    (tmp_path / "~$planner.xlsx").write_bytes(b"\0")
    assert run(["solve", str(planner), str(tmp_path / "copy.xlsx")]) == OK
    run(["check", str(planner)])
    assert "it is open in another program" in capsys.readouterr().out
