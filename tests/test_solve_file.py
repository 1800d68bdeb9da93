"""`mbr-xl solve`: the elections stand in the copy, the copy checks, and nothing else of it changed."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from mbr_workbooks.cli import BAD_INPUT, FAILED, OK, run
from mbr_workbooks.contents import build_planner
from mbr_workbooks.edit import edit
from mbr_workbooks.options import percent_of
from mbr_workbooks.read import read_planner
from mbr_workbooks.sample import sample_client, sample_household
from mbr_xl.engine.electing.solve import solve
from mbr_xl.engine.electing.wishes import Wishes
from mbr_xl.engine.plan import plan_year, rules_of
from mbr_xl.errors import InputError
from mbr_xl.household import Election, Household
from mbr_xl.money import Cents, dollars
from tests.test_handoff import parts

Said = pytest.CaptureFixture[str]


def unsolved() -> Household:
    """The sample with poor elections that a new one can reach from April on."""
    poor = (
        Election(date(2026, 1, 1), base_pretax=30_000, base_after_tax=10_000),
        Election(date(2026, 6, 1), base_after_tax=20_000),
        Election(date(2026, 9, 1), commission_after_tax=10_000),
    )
    return replace(sample_household(), elections=poor, change_from=date(2026, 4, 1))


@pytest.fixture(scope="module")
def planner(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("solve") / "planner.xlsx"
    build_planner(path, unsolved())
    return path


@pytest.fixture(scope="module")
def solved(planner: Path) -> Path:
    out = planner.with_name("solved.xlsx")
    before = planner.read_bytes()
    assert run(["solve", str(planner), str(out)]) == OK
    assert planner.read_bytes() == before
    return out


def test_the_copy_holds_the_elections_and_checks(planner: Path, solved: Path, capsys: Said) -> None:
    best = solve(unsolved(), rules_of(unsolved()))
    assert run(["solve", str(planner)]) == OK
    said = capsys.readouterr().out.splitlines()
    now = plan_year(unsolved(), rules_of(unsolved())).headlines
    assert said[: 1 + len(best.unused)] == [best.sentence, *best.unused]
    assert said[1 + len(best.unused) :] == [
        f"After-tax of the year: {dollars(best.plan.headlines.total_after_tax)}; as elected now "
        f"{dollars(now.total_after_tax)}.",
        f"Match: {dollars(best.plan.headlines.total_match + best.plan.headlines.true_up_due)}; as elected now "
        f"{dollars(now.total_match + now.true_up_due)}.",
        f"After-tax room left: {dollars(best.plan.headlines.after_tax_unused)}; as elected now "
        f"{dollars(now.after_tax_unused)}.",
    ]
    read = read_planner(solved)
    assert read.household == best.household
    assert read.household.elections[0] == unsolved().elections[0]
    assert read.named("elections_safe") == "yes"
    assert read.named("elections_stamp") == read.named("inputs_stamp") != read_planner(planner).named("inputs_stamp")
    assert read.named("elections_current") is None
    assert run(["check", str(solved)]) == OK
    assert capsys.readouterr().out.startswith("PASS\n")


def test_nothing_else_changes(planner: Path, solved: Path) -> None:
    old, new = parts(planner), parts(solved)
    assert list(old) == list(new)
    changed = {name for name in new if new[name] != old[name]}
    assert changed
    calculated = ("xl/worksheets/sheet", "xl/charts/chart")  # a chart keeps what it shows
    assert all(name.startswith(calculated) or name == "xl/workbook.xml" for name in changed)
    before, after = read_planner(planner).written, read_planner(solved).written
    held = before.cells.keys() | after.cells.keys()
    cells = {cell for cell in held if before.cells.get(cell) != after.cells.get(cell)}
    names = ("elections_stamp", *(f"election_{name}" for name in Election.__dataclass_fields__))
    assert cells <= {cell for name in names for cell in before.names[name].cells()}


def test_a_machine_and_a_range_of_bonuses(planner: Path, capsys: Said) -> None:
    assert run(["solve", str(planner), "--json", "--step", "0.1", "--changes", "0", "--roth"]) == OK
    said = json.loads(capsys.readouterr().out)
    assert said["result"] == "PASS"
    assert said["files"] == []
    (step,) = said["steps"]
    assert (step["start"], step["base_pretax"]) == ("2026-04-03", 0)
    assert said["best"]["after_tax"] == said["headlines"]["total_after_tax"] > said["now"]["after_tax"]
    assert said["best"]["lowest"] is None
    assert round(step["base_roth"] * 1000, 6) == round(step["base_roth"] * 1000)
    assert said["headlines"]["elections_safe"] is True
    whole = ["solve", str(planner), "--bonus-low", "80", "--bonus-high", "120%"]
    assert run(whole) == OK
    assert "With the bonus at 120% of what is expected" in capsys.readouterr().out


def test_refusals(planner: Path, tmp_path: Path, capsys: Said) -> None:
    out = tmp_path / "solved.xlsx"
    out.write_bytes(b"kept")
    for arguments, words in (
        ([str(planner), str(planner)], "file of its own"),
        ([str(planner), str(out)], "--force"),
        ([str(planner), "--step", "some"], "give a percent"),
        ([str(planner), "--step", "50"], "give 0.1% to 25%"),
        ([str(planner), "--prefer", "late"], "is no preference"),
        ([str(planner), "--changes", "-1"], "give 0 to 4"),
        ([str(planner), "--change-date", "soon"], "--change-date"),
        ([str(planner), "--bonus-low", "120"], "give a low share"),
        ([str(tmp_path / "none.xlsx")], "There is no file"),
    ):
        assert run(["solve", *arguments]) == BAD_INPUT, arguments
        assert words in capsys.readouterr().err
    assert out.read_bytes() == b"kept"
    wrong = tmp_path / "wrong.xlsx"
    edit(planner, {read_planner(planner).cells("federal_rate")[0]: 6.0}, wrong)
    assert run(["solve", str(wrong)]) == BAD_INPUT
    assert "has inputs to correct first" in capsys.readouterr().err
    assert percent_of("0.1", "x") == 1_000
    with pytest.raises(InputError):
        percent_of("nan", "x")


def test_help(capsys: Said) -> None:
    assert run(["solve", "--help"]) == OK
    assert "Example: mbr-xl solve planner.xlsx" in capsys.readouterr().out


def test_what_does_not_fit_is_not_written(tmp_path: Path, capsys: Said) -> None:
    """After-tax made in March already passes what the year leaves: nothing that is elected now can mend that."""
    past = replace(
        unsolved(), elections=(Election(date(2026, 1, 1), bonus_after_tax=1_000_000),), after_tax_cap=1_000_00
    )
    assert plan_year(past, rules_of(past)).headlines.elections_safe is False
    file, out = tmp_path / "past.xlsx", tmp_path / "solved.xlsx"
    build_planner(file, past)
    assert run(["solve", str(file), str(out)]) == FAILED
    assert "Nothing is written" in capsys.readouterr().out
    assert not out.exists()


def test_dollars_and_cash_of_a_planner(tmp_path: Path, capsys: Said) -> None:
    """The client's cash is read with the file, and elections in dollars are written as dollars."""
    whole = sample_client()
    client = replace(
        whole,
        household=replace(whole.household, election_unit="dollars", elections=()),
        cash=replace(whole.cash, savings=Cents(0), cash_floor=Cents(12_000_00)),
    )
    file, out = tmp_path / "planner.xlsx", tmp_path / "solved.xlsx"
    build_planner(file, client)
    assert run(["solve", str(file), str(out), "--changes", "0", "--json"]) == OK
    said = json.loads(capsys.readouterr().out)
    best = solve(client, rules_of(client.household), Wishes(changes=0))
    without = solve(client.household, rules_of(client.household), Wishes(changes=0))
    assert best.household.elections != without.household.elections
    assert said["steps"][0]["base_pretax"] == best.steps[0].base_pretax / 100
    assert said["sentence"] == best.sentence
    assert said["best"]["lowest"] <= said["now"]["lowest"]
    assert read_planner(out).household == best.household
