"""`mbr-xl import-pay`: pays of a file stand in Records once, what was not taken is said, and nothing else changes."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from mbr_workbooks.cli import BAD_INPUT, FAILED, OK, run
from mbr_workbooks.contents import build_planner
from mbr_workbooks.edit import edit
from mbr_workbooks.import_kept import kept_meanings
from mbr_workbooks.import_pay import import_pays
from mbr_workbooks.read import read_planner
from mbr_xl.engine.plan import plan_year, rules_of
from mbr_xl.engine.recording.actual import compare_records
from mbr_xl.household import Household, Payment
from mbr_xl.money import Cents
from mbr_xl.records import Paid
from tests.small_planner import household
from tests.test_handoff import parts
from tests.test_pay_file import HISTORY, STUBS

Said = pytest.CaptureFixture[str]
RECORDED = Paid(date(2026, 1, 2), "base", Cents(7692_31), Cents(846_15), after_tax=Cents(769_23))


def saver() -> Household:
    """Biweekly from January 2, a bonus on March 13 and a commission inside the base pay of that day; one stub typed."""
    payments = (
        Payment(date(2026, 3, 13), "bonus", Cents(30_000_00), True, True, True, True),
        Payment(date(2026, 3, 10), "commission", Cents(2_000_00), False, True, True, True),
    )
    return household(payments=payments, paid=(RECORDED,))


@pytest.fixture(scope="module")
def planner(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("import") / "planner.xlsx"
    build_planner(path, saver())
    return path


def csv_file(tmp_path: Path, text: str) -> str:
    path = tmp_path / "pays.csv"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_stubs_into_a_copy(planner: Path, tmp_path: Path, capsys: Said) -> None:
    before = planner.read_bytes()
    out = tmp_path / "out.xlsx"
    assert run(["import-pay", str(planner), csv_file(tmp_path, STUBS), str(out)]) == OK
    assert planner.read_bytes() == before
    said = capsys.readouterr().out
    assert "Filled in: Fri, Jan 2, 2026 base (line 6)" in said
    assert "Taken: Fri, Jan 16, 2026 base (line 7): gross $7,692.31, pre-tax $846.15, after-tax $769.23" in said
    assert "Left aside: line 9: a total, not a pay." in said
    assert f"Wrote {out}" in said
    read = read_planner(out)
    assert read.household is not None
    assert read.household.paid == (
        replace(RECORDED, match=Cents(230_77), net_pay=Cents(4_410_00)),
        replace(RECORDED, date=date(2026, 1, 16), match=Cents(230_77), net_pay=Cents(4_410_00)),
        Paid(date(2026, 3, 13), "bonus", Cents(30_000_00), after_tax=Cents(3_000_00), net_pay=Cents(16_500_00)),
    )
    assert replace(read.household, paid=()) == replace(saver(), paid=())
    # The file was recalculated: what the sheet says is what the engine says.
    compared = compare_records(
        read.household, plan_year(read.household, rules_of(read.household)), rules_of(read.household)
    )
    said_there = [read.value(cell) for cell in read.cells("paid_says")[:4]]
    assert said_there == [*(one.sentence for one in compared), None]
    assert read.named("pays_recorded") == 3
    assert kept_meanings(read)["ER MATCH"] == "match"
    changed = {name for name, part in parts(out).items() if part != parts(planner)[name]}
    computed = ("xl/worksheets/sheet", "xl/workbook.xml", "xl/sharedStrings", "xl/charts/chart")
    assert all(name.startswith(computed) for name in changed)
    # The same file again: nothing is doubled, nothing is written.
    again = tmp_path / "again.xlsx"
    assert run(["import-pay", str(out), csv_file(tmp_path, STUBS), str(again)]) == OK
    assert capsys.readouterr().out.count("Recorded already: ") == 3
    assert not again.exists()


def test_in_place_keeps_the_old_file(planner: Path, tmp_path: Path, capsys: Said) -> None:
    file = tmp_path / "planner.xlsx"
    file.write_bytes(planner.read_bytes())
    pays = csv_file(tmp_path, STUBS)
    assert run(["import-pay", str(file), pays]) == OK
    assert "Nothing is written: give a name for the copy, or --in-place." in capsys.readouterr().out
    assert file.read_bytes() == planner.read_bytes()
    assert run(["import-pay", str(file), pays, "--in-place", "--json"]) == OK
    said = json.loads(capsys.readouterr().out)
    (kept,) = said["kept"]
    assert Path(kept).read_bytes() == planner.read_bytes()
    assert [row["result"] for row in said["rows"]] == ["filled in", "taken", "taken", "left aside"]
    assert said["rows"][1]["amounts"]["after_tax"] == 769.23
    assert said["result"] == "PASS"
    household_now = read_planner(file).household
    assert household_now is not None
    assert len(household_now.paid) == 3


def test_sources_take_the_planned_gross_and_near_dates_only_when_told(
    planner: Path, tmp_path: Path, capsys: Said
) -> None:
    history = csv_file(tmp_path, HISTORY)
    assert run(["import-pay", str(planner), history, "--map", "Rollover=ignore"]) == FAILED
    said = capsys.readouterr().out
    assert (
        "no pay is planned on that date; the nearest is base of Fri, Jan 16, 2026: if it is that pay, say --near"
        in said
    )
    assert "after-tax is below 0" in said
    whole = Path(csv_file(tmp_path, HISTORY.replace("01/21/2026", "01/20/2026")))
    first, silent, *_ = import_pays(planner, whole, {"Rollover": "ignore"}, near=True).outcomes
    assert (first.result, silent.result) == ("filled in", "not taken")
    assert "no figure for pre-tax ($846.15 is planned) and match ($230.77 is planned)" in silent.why
    assert silent.why.endswith("say --none pretax --none match")
    done = import_pays(planner, whole, {"Rollover": "ignore"}, near=True, none=("pretax", "match"))
    taken = [one for one in done.outcomes if one.result == "taken"]
    assert [(one.date, one.kind) for one in taken] == [(date(2026, 1, 16), "base")]
    assert "the file has no gross pay: $7,692.31 as planned is recorded" in taken[0].why
    assert "dated Tue, Jan 20, 2026 in the file" in taken[0].why
    assert "no pre-tax or match, as you said" in taken[0].why
    assert done.household.paid[1] == Paid(date(2026, 1, 16), "base", Cents(7_692_31), after_tax=Cents(750_00))
    assert not done.refused


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("1/2/2026,Regular,7692.31,846.15,700", "recorded otherwise (after-tax $769.23): --force replaces it"),
        ("1/9/2026,Regular,100,1,1", "no base pay is planned on that date, nor within 3 business days of it"),
        ("1/16/2026,Bonus,100,1,1", "no bonus pay is planned on that date; planned is base"),
        ("1/16/2026,Regular,100,60,41", "the contributions come to $101, above the gross pay of $100"),
        ("3/13/2026,,100,1,1", "3 pays are planned on that date (base, commission, bonus)"),
        ("1/16/2026,Off-cycle,100,1,1", '"Off-cycle" is no known kind of pay'),
        ("1/16/2026,Regular,100,ten,1", 'Pre-Tax is "ten"'),
    ],
)
def test_what_is_not_taken(planner: Path, tmp_path: Path, capsys: Said, line: str, why: str) -> None:
    file = csv_file(tmp_path, f"Pay Date,Pay Type,Gross,Pre-Tax,After-Tax\n{line}\n")
    assert run(["import-pay", str(planner), file, str(tmp_path / "out.xlsx")]) == FAILED
    said = capsys.readouterr().out
    assert "Not taken: " in said
    assert why in said
    assert not (tmp_path / "out.xlsx").exists()


def test_left_aside(planner: Path, tmp_path: Path) -> None:
    file = Path(
        csv_file(tmp_path, "Pay Date,Gross,Pre-Tax,After-Tax,Match\n12/19/2025,100,,,\n1/16/2026,7692.31,1,0,2\n")
    )
    done = import_pays(planner, file)
    assert [(one.result, one.why) for one in done.outcomes] == [("left aside", "it is not of 2026"), ("taken", "")]


def test_force_replaces_and_says_so(planner: Path, tmp_path: Path, capsys: Said) -> None:
    file = csv_file(tmp_path, "Pay Date,Pay Type,Gross,After-Tax\n1/2/2026,Regular,7692.31,700\n")
    out = tmp_path / "out.xlsx"
    out.write_bytes(b"old")
    assert run(["import-pay", str(planner), file, str(out), "--force"]) == OK
    said = capsys.readouterr().out
    assert "Replaced: Fri, Jan 2, 2026 base (line 2): gross $7,692.31, after-tax $700; after-tax was $769.23." in said
    assert "Kept the old file as" in said
    read = read_planner(out)
    assert read.household is not None
    assert read.household.paid == (replace(RECORDED, after_tax=Cents(700_00)),)


def test_the_mapping_is_kept_and_can_be_corrected(planner: Path, tmp_path: Path, capsys: Said) -> None:
    text = "Pay Date,Run,Gross,Pre-Tax,Match,Vol AT 401k,Meals\n1/16/2026,Cycle A,7692.31,846.15,230.77,769.23,9.50\n"
    out = tmp_path / "out.xlsx"
    told = ["--map", "Vol AT 401k=after-tax", "--map", "Run=kind", "--map", "Cycle A=base", "--map", "Meals=ignore"]
    assert run(["import-pay", str(planner), csv_file(tmp_path, text), str(out), *told]) == OK
    later = csv_file(tmp_path, text.replace("1/16", "1/30"))
    assert run(["import-pay", str(out), later, "--json"]) == OK
    said = json.loads(capsys.readouterr().out.partition("{")[2].join(["{", ""]))
    assert said["rows"][0]["amounts"] == {"gross": 7692.31, "pretax": 846.15, "match": 230.77, "after_tax": 769.23}
    assert said["rows"][0]["kind"] == "base"
    read = read_planner(out)
    kept = kept_meanings(read)
    assert kept == {
        "Pay Date": "date", "Run": "kind", "Gross": "gross", "Pre-Tax": "pretax", "Match": "match",
        "Vol AT 401k": "after_tax", "Cycle A": "base", "Meals": "ignore",
    }  # fmt: skip
    wrong = tmp_path / "wrong.xlsx"
    edit(out, {read.cells("import_field")[0]: "dates"}, wrong)
    assert run(["import-pay", str(wrong), later]) == BAD_INPUT
    assert '"dates" is no field of a pay' in capsys.readouterr().err


def test_refusals(planner: Path, tmp_path: Path, capsys: Said) -> None:
    pays = csv_file(tmp_path, STUBS)
    for arguments, words in (
        ([str(planner), pays, str(planner)], "file of its own"),
        ([str(planner), pays, str(tmp_path / "x.xlsx"), "--in-place"], "not both"),
        ([str(planner), pays, "--map", "Memo"], "give a column and a field"),
        ([str(planner), pays, "--map", "Memo=salary"], "give a column and a field"),
        ([str(planner), pays, "--none", "gross"], "name a contribution, one of pretax, roth, after_tax"),
        ([str(planner), str(tmp_path / "none.csv")], "cannot be read"),
        ([str(tmp_path / "none.xlsx"), pays], "There is no file"),
        ([str(planner), csv_file(tmp_path, "Pay Date,Gross\n31/01/2026,5\n")], "no month 31"),
    ):
        assert run(["import-pay", *arguments]) == BAD_INPUT, arguments
        assert words in capsys.readouterr().err
    assert run(["import-pay", "--help"]) == OK
    assert "Example: mbr-xl import-pay planner.xlsx" in capsys.readouterr().out
