"""The command line as a person and as a script meet it."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mbr_workbooks.cli import BAD_INPUT, FAILED, OK, run
from mbr_workbooks.edit import edit
from mbr_workbooks.formulas import Cell
from mbr_workbooks.pictures import missing_programs, pictures
from mbr_workbooks.read import read_planner
from mbr_xl import __version__
from tests.small_planner import household, write_small_planner
from tests.test_handoff import add_in_cells, parts

ROOT = Path(__file__).parents[1]
Said = pytest.CaptureFixture[str]


@pytest.fixture
def planner(tmp_path: Path) -> Path:
    return write_small_planner(tmp_path / "planner.xlsx", household())


@pytest.fixture
def wrong(tmp_path: Path, planner: Path) -> Path:
    """A planner with a rate of 600 %."""
    return Path(
        edit(planner, {read_planner(planner).cells("federal_rate")[0]: 6.0}, tmp_path / "wrong.xlsx")
        or tmp_path / "wrong.xlsx"
    )


def test_version_and_help(capsys: Said) -> None:
    assert run(["--version"]) == OK
    assert capsys.readouterr().out.strip() == f"mbr_xl {__version__}"
    assert run(["--help"]) == OK
    said = capsys.readouterr().out
    assert "mbr-xl demo sample" in said
    for command in ("demo", "new", "check", "handoff", "build"):
        assert command in said
        assert run([command, "--help"]) == OK
        assert "Example: mbr-xl" in capsys.readouterr().out


def test_help_is_quick_and_loads_no_spreadsheet_library() -> None:
    code = (
        "import sys; from mbr_workbooks.cli import run; run(['--help']); "
        "loaded = {'openpyxl', 'cellrune', 'xlsxwriter', 'python_calamine', 'mbr_udfs'} & set(sys.modules); "
        "sys.exit(bool(loaded) and str(loaded))"
    )
    start = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert time.perf_counter() - start < 5


def test_usage_errors(capsys: Said, tmp_path: Path) -> None:
    assert run(["chek"]) == BAD_INPUT
    assert run(["check"]) == BAD_INPUT
    assert run(["new", str(tmp_path / "a.xlsx"), "--frequency", "daily"]) == BAD_INPUT
    said = capsys.readouterr().err.splitlines()
    assert said[1] == "Missing argument 'file': see mbr-xl check --help."
    assert said[2].startswith('--frequency: "daily" is not one of the choices; give weekly')
    assert len(said) == 3
    assert run(["check", "--json"]) == BAD_INPUT
    assert json.loads(capsys.readouterr().out)["error"].startswith("Missing argument")
    for wrong in (["--first-pay-date", "1/2/26"], ["--year", "soon"]):
        assert run(["new", str(tmp_path / "a.xlsx"), *wrong]) == BAD_INPUT
        assert capsys.readouterr().err.startswith(wrong[0])
    assert run(["new", str(tmp_path / "nowhere" / "a.xlsx")]) == BAD_INPUT
    assert capsys.readouterr().err.startswith("There is no folder")
    assert run(["new", str(tmp_path / "a.xlsx"), "--year", "2031"]) == BAD_INPUT
    assert capsys.readouterr().err == "--year: no rules for 2031; have 2019 to 2027.\n"
    assert run(["new", str(tmp_path / "a.xlsx"), "--salary", "much"]) == BAD_INPUT
    assert capsys.readouterr().err.startswith("--salary")
    assert run(["new", str(tmp_path / "a.pdf")]) == BAD_INPUT
    assert list(tmp_path.iterdir()) == []


def test_demo(tmp_path: Path, capsys: Said) -> None:
    folder = tmp_path / "new" / "sample"
    assert run(["demo", str(folder)]) == OK
    said = capsys.readouterr().out
    for words in (
        "Room for after-tax",
        "set by",
        "Starting with the paycheck of",
        "Converted to Roth",
        "PASS",
        "Wrote",
    ):
        assert words in said
    assert {path.name for path in folder.iterdir()} == {"planner.xlsx", "client-copy.xlsx"}
    assert run(["check", str(folder / "client-copy.xlsx")]) == OK
    assert capsys.readouterr().out.startswith("PASS\n")
    before = (folder / "planner.xlsx").read_bytes()
    assert run(["demo", str(folder)]) == BAD_INPUT
    assert "exists already and is not overwritten" in capsys.readouterr().err
    assert (folder / "planner.xlsx").read_bytes() == before
    assert run(["demo", str(folder), "--force", "--json"]) == OK
    assert json.loads(capsys.readouterr().out)["result"] == "PASS"
    assert (folder / "planner.bak.xlsx").read_bytes() == before


def test_new_then_check(tmp_path: Path, capsys: Said) -> None:
    file = tmp_path / "ann.xlsx"
    command = ["new", str(tmp_path / "ann"), "--year", "2026", "--frequency", "semimonthly", "--client", "Ann"]
    assert run([*command, "--first-pay-date", "1/15/2026", "--salary", "$180,000"]) == OK
    assert capsys.readouterr().out.startswith(f"Wrote {file}\nNext: fill in the tinted cells")
    assert run(["check", str(file), "--json"]) == FAILED
    said = json.loads(capsys.readouterr().out)
    assert [finding["where"] for finding in said["inputs"]] == [str(read_planner(file).cells("second_day")[0])]
    read = read_planner(file)
    assert read.household is not None
    assert (read.household.annual_salary, read.household.client) == (180_000_00, "Ann")
    before = file.read_bytes()
    assert run(["new", str(file), "--force", "--salary", "much"]) == BAD_INPUT
    assert file.read_bytes() == before
    assert run(["new", str(file)]) == BAD_INPUT
    assert "--force" in capsys.readouterr().err


def test_new_for_a_year_without_published_limits_says_so(tmp_path: Path, capsys: Said) -> None:
    assert run(["new", str(tmp_path / "next.xlsx"), "--year", "2027"]) == OK
    assert "says PROJECTED" in capsys.readouterr().out


def test_check_in_words_and_in_json(planner: Path, wrong: Path, capsys: Said) -> None:
    assert run(["check", str(planner)]) == OK
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "PASS"
    assert run(["check", str(wrong)]) == FAILED
    lines = capsys.readouterr().out.splitlines()
    where = str(read_planner(planner).cells("federal_rate")[0])
    assert lines[:3] == ["FAIL", "Inputs to correct:", f"  {where}: 6 is 600%: type 6% or 0.06"]
    assert run(["check", str(wrong), "--json"]) == FAILED
    said = json.loads(capsys.readouterr().out)
    assert said["result"] == "FAIL"
    assert said["inputs"] == [{"where": where, "text": "6 is 600%: type 6% or 0.06"}]
    assert said["headlines"] is None
    assert run(["check", str(planner), "--json"]) == OK
    assert json.loads(capsys.readouterr().out)["headlines"]["deferral_limit"] == 24500.0


def test_check_says_what_every_sheet_says(tmp_path: Path, capsys: Said) -> None:
    """Without elections all fits and nothing is contributed: a PASS with something to look at."""
    file = tmp_path / "ann.xlsx"
    assert run(["new", str(file), "--first-pay-date", "1/2/2026", "--salary", "180000"]) == OK
    capsys.readouterr()
    assert run(["check", str(file)]) == OK
    said = capsys.readouterr().out.splitlines()[0]
    read = read_planner(file)
    assert re.fullmatch(r"PASS, \d to look at", said)
    assert said == read.named("master_check")
    assert read.value(Cell("Summary", 3, 1)) == f"Checks: {said}"


def test_errors_in_json(tmp_path: Path, capsys: Said) -> None:
    assert run(["check", str(tmp_path / "none.xlsx"), "--json"]) == BAD_INPUT
    said = json.loads(capsys.readouterr().out)
    assert said["result"] == "ERROR"
    assert said["error"].startswith("There is no file")


def test_handoff(tmp_path: Path, planner: Path, wrong: Path, capsys: Said) -> None:
    out = tmp_path / "client.xlsx"
    assert run(["handoff", str(planner), str(out), "--prepared-by", "Jane"]) == OK
    assert capsys.readouterr().out == f"Wrote {out}\n"
    assert run(["handoff", str(planner), str(out)]) == BAD_INPUT
    assert run(["handoff", str(planner), str(planner), "--force"]) == BAD_INPUT
    assert "file of its own" in capsys.readouterr().err
    assert run(["handoff", str(planner), str(out), "--force"]) == OK
    assert (tmp_path / "client.bak.xlsx").exists()
    capsys.readouterr()
    assert run(["handoff", str(wrong), str(tmp_path / "no.xlsx")]) == FAILED
    assert "6 is 600%" in capsys.readouterr().err
    assert not (tmp_path / "no.xlsx").exists()


def test_a_refused_handoff_leaves_the_old_copy_in_its_place(tmp_path: Path, wrong: Path) -> None:
    out = tmp_path / "client.xlsx"
    out.write_bytes(b"the copy of last week")
    assert run(["handoff", str(wrong), str(out), "--force"]) == FAILED
    assert out.read_bytes() == b"the copy of last week"
    assert not (tmp_path / "client.bak.xlsx").exists()


def test_handoff_says_what_it_froze(tmp_path: Path, capsys: Said) -> None:
    file = write_small_planner(tmp_path / "planner.xlsx", household(), add_in_cells)
    assert run(["handoff", str(file), str(tmp_path / "client.xlsx")]) == OK
    said = capsys.readouterr().out
    assert "Now values, because they call an add-in or lead to another file: 'With add-in'!A1" in said


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "utf-8"])
def test_consoles_that_know_few_characters(tmp_path: Path, encoding: str, monkeypatch: pytest.MonkeyPatch) -> None:
    file = write_small_planner(tmp_path / "planner.xlsx", household(client="Zoë Müller 株"))
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    monkeypatch.setattr(sys, "stdout", stream)
    assert run(["check", str(file)]) == OK
    assert run(["--help"]) == OK
    assert run(["handoff", str(file), str(tmp_path / "copy for 株.xlsx")]) == OK
    stream.flush()


@pytest.mark.skipif(bool(missing_programs()), reason="pictures need soffice and pdftoppm")
def test_pictures_show_each_sheet(tmp_path: Path, planner: Path) -> None:
    made = pictures(planner, tmp_path / "pictures")
    assert [path.name for path in made] == [
        f"planner-{name}.png" for name in ("summary", "inputs", "pay", "conversions", "limits")
    ]
    assert len({path.read_bytes() for path in made}) == 5
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in made)


def test_build(tmp_path: Path, capsys: Said) -> None:
    assert run(["build", str(tmp_path), "--no-pictures", "--json"]) == OK
    said = json.loads(capsys.readouterr().out)
    assert [Path(name).relative_to(tmp_path).as_posix() for name in said["files"]] == [
        "workbooks/planner.xlsx", "workbooks/sample-client.xlsx", "udfs/README.md",
    ]  # fmt: skip
    first = {name: parts(tmp_path / "workbooks" / name) for name in ("planner.xlsx", "sample-client.xlsx")}
    assert "MBR_ROOM" in (tmp_path / "udfs" / "README.md").read_text(encoding="utf-8")
    for name, made in first.items():
        shipped = ROOT / "workbooks" / name
        assert not shipped.exists() or parts(shipped) == made, f"{name} is not what it would be today: run mbr-xl build"
