"""A planner filled at the keyboard in LibreOffice goes through check and hand-off, with all that its owner added."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from tests.hosts.office import Office

COMMAND = Path(sys.executable).with_name("mbr-xl")

TYPED = {
    "client": "Pat Example",
    "birth_date": "6/15/1985",
    "any_pay_date": "1/9/2026",
    "annual_salary": "210,000",
    "plan_has_roth": "yes",
    "after_tax_cap_share": "20%",
    "separate_elections": "yes",
    "match_period": "per pay",
    "true_up": "december",
    "growth_rate": "6%",
    "federal_rate": "35%",
    "state_rate": "9.3%",
    "raise_start": "4/1/2026",
    "raise_annual_salary": "$224,500.50",
}
TYPED_ROWS = {
    "match_tiers_kind": ("share", "share"),
    "match_tiers_rate": ("100%", "50%"),
    "match_tiers_share": ("3%", "2%"),
    "payment_date": ("3/13/2026", "5/20/2026", "8/20/2026"),
    "payment_kind": ("bonus", "rsu", "rsu"),
    "payment_amount": ("41000", "$18,250.75", "19000"),
    "payment_separate": ("yes", "yes", "no"),
    "payment_in_plan_pay": ("yes", "no", "no"),
    "payment_in_match_pay": ("yes", "no", "no"),
    "payment_in_additions_pay": ("yes", "yes", "yes"),
    "election_start": ("1/1/2026", "7/1/2026"),
    "election_base_pretax": ("11%", "9%"),
    "election_base_after_tax": ("8%", "12.5%"),
    "election_bonus_after_tax": ("15%", ""),
}
SHEET, NOTE = "My notes", "From the offer letter of March."


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([COMMAND, *arguments], capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=120)


@pytest.fixture(scope="module")
def typed(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty planner of `mbr-xl new`, filled by typing, with a sheet and a note added, saved by LibreOffice."""
    folder = tmp_path_factory.mktemp("typed")
    made = run("new", folder / "new.xlsx", "--year", "2026", "--frequency", "biweekly")
    assert made.returncode == 0, made.stdout + made.stderr
    with office.open(folder / "new.xlsx") as planner:
        for name, text in TYPED.items():
            planner.type_named(name, text)
        for name, texts in TYPED_ROWS.items():
            for row, text in enumerate(texts):
                planner.type_named(name, text, row)
        planner.add_sheet(SHEET)
        planner.type(SHEET, "A1", "Ask the plan about the cap")
        planner.type(SHEET, "B2", "=6*7")
        planner.type(SHEET, "C3", "=annual_salary/12")
        sheet, column, row, *_ = planner.where("annual_salary")
        planner.add_note(sheet, openpyxl.utils.get_column_letter(column + 1) + str(row + 1), NOTE)
        assert planner.errors() == []
        planner.save(folder / "typed.xlsx")
    return folder / "typed.xlsx"


def named_cell(book: openpyxl.Workbook, name: str) -> openpyxl.cell.Cell:
    ((sheet, cell),) = book.defined_names[name].destinations
    return book[sheet][cell.replace("$", "")]


def test_check_passes(typed: Path) -> None:
    done = run("check", typed)
    assert done.stdout.splitlines()[0].startswith("PASS"), done.stdout + done.stderr
    assert done.returncode == 0


def test_check_finds_a_formula_typed_over(typed: Path, office: Office, tmp_path: Path) -> None:
    with office.open(typed) as planner:
        sheet, column, row, *_ = planner.where("pay_match")
        planner.type_named("pay_match", "123.45", 2)
        planner.save(tmp_path / "broken.xlsx")
    done = run("check", tmp_path / "broken.xlsx")
    assert done.stdout.splitlines()[0].startswith("FAIL"), done.stdout + done.stderr
    assert done.returncode != 0
    assert sheet in done.stdout
    assert f"{openpyxl.utils.get_column_letter(column + 1)}{row + 3}" in done.stdout


def test_handoff_keeps_the_sheet_and_the_note(typed: Path, office: Office, tmp_path: Path) -> None:
    out = tmp_path / "client.xlsx"
    done = run("handoff", typed, out)
    assert done.returncode == 0, done.stdout + done.stderr
    stored = openpyxl.load_workbook(out, data_only=True)
    assert stored[SHEET]["A1"].value == "Ask the plan about the cap"
    assert stored[SHEET]["B2"].value == 42
    assert stored[SHEET]["C3"].value == 17_500
    comment = named_cell(stored, "annual_salary").comment
    assert comment is not None
    assert NOTE in comment.text
    assert named_cell(stored, "client").value == "Pat Example"
    before = openpyxl.load_workbook(typed, data_only=True)
    room = named_cell(before, "after_tax_room").value
    assert room > 0
    assert named_cell(stored, "after_tax_room").value == room
    with office.open(out) as copy:
        assert copy.errors() == []
        assert copy.read(["after_tax_room"])["after_tax_room"] == [room]
        copy.set({"annual_salary": 150_000, "raise_annual_salary": [None] * 6, "raise_start": [None] * 6})
        assert copy.read(["after_tax_room"])["after_tax_room"] != [room], "the client's copy still calculates"
