"""Records in a planner's file: shown beside the plan, checked, and kept as typed by solve and by the hand-off."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from mbr_workbooks.check import check
from mbr_workbooks.cli import OK, run
from mbr_workbooks.contents import build_planner
from mbr_workbooks.edit import edit
from mbr_workbooks.import_kept import kept_meanings
from mbr_workbooks.lint import lint
from mbr_workbooks.read import read_planner
from mbr_workbooks.sheet import Sheet
from mbr_workbooks.sheets.checking.checks import checks_sheet
from mbr_workbooks.sheets.recording.records import records_sheet
from mbr_xl.client import Client
from mbr_xl.engine.plan import plan_year, rules_of
from mbr_xl.engine.recording.record_findings import records_answers
from mbr_xl.money import Cents
from mbr_xl.paper_facts import PaperFacts
from mbr_xl.records import Converted, FormReceived, LedgerEntry, Paid
from tests.small_planner import household

PAID = (
    Paid(date(2026, 1, 2), "base", Cents(7_692_31), Cents(846_15), after_tax=Cents(769_23), match=Cents(230_77)),
    Paid(date(2026, 1, 16), "base", Cents(7_692_31), Cents(846_15), after_tax=Cents(459_23), match=Cents(230_77),
         net_pay=Cents(4_410_12)),
)  # fmt: skip
CONVERTED = (Converted(date(2026, 1, 6), Cents(769_60), Cents(37), confirmed=True, invested=True),)
PAPER = PaperFacts(
    forms=(FormReceived("Form 1099-R", "Example 401(k) Plan", box_1=Cents(769_23), box_2=Cents(37), code="G"),),
    ledger=(LedgerEntry(2025, "Roth IRA", "conversion", Cents(10_000_00), Cents(120_00)),),
)


def client() -> Client:
    saver = household(paid=PAID, converted=CONVERTED, change_from=date(2026, 2, 1))
    return Client(household=saver, paper=PAPER)


@pytest.fixture(scope="module")
def planner(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("records") / "planner.xlsx"
    build_planner(path, client())
    read = read_planner(path)
    typed = {read.cells("import_head")[0]: "Vol AT 401k", read.cells("import_field")[0]: "after_tax"}
    edit(path, typed)
    return path


def same_records(path: Path) -> bool:
    read = read_planner(path)
    assert read.client is not None, read.findings
    assert kept_meanings(read) == {"Vol AT 401k": "after_tax"}
    kept = read.client
    return kept.household.paid == PAID and kept.household.converted == CONVERTED and kept.paper == PAPER


def test_what_was_typed_is_read_and_said(planner: Path) -> None:
    assert same_records(planner)
    read = read_planner(planner)
    saver = client().household
    answers = records_answers(saver, plan_year(saver, rules_of(saver)), rules_of(saver))
    assert read.named("pays_unexpected") == answers.pays_unexpected == 1
    assert read.named("after_tax_difference") == answers.after_tax_difference / 100 == -310
    says = [read.value(cell) for cell in read.cells("paid_says")[:3]]
    assert says == [
        "as planned",
        "after-tax is $310 below the $769.23 (10%) elected: was the election in force?",
        None,
    ]
    assert [read.value(cell) for cell in read.cells("converted_says")[:2]] == ["confirmed; invested again", None]
    assert [fault for fault in lint(planner) if fault.startswith("Records!")] == []
    checked = check(planner)
    assert checked.inputs == []
    assert [one for one in checked.differences if one.where.startswith("Records!")] == []


def test_solve_and_handoff_keep_them(planner: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    solved, copy = tmp_path / "solved.xlsx", tmp_path / "copy.xlsx"
    assert run(["solve", str(planner), str(solved)]) == OK
    assert same_records(solved)
    assert run(["handoff", str(solved), str(copy), "--anyway"]) == OK, capsys.readouterr()
    assert same_records(copy)


def test_nothing_that_is_typed_is_locked_and_nothing_else_is_open() -> None:
    sheet: Sheet = records_sheet(client())
    names = ("paid_", "converted_", "form_", "ledger_", "import_")
    typed = {
        place for place, cell in sheet.cells.items() if cell.style.startswith("input_") and not cell.formula
    }  # fmt: skip
    assert len(typed) == 115 * 9 + 60 * 7 + 24 * 2 + sum(
        len(table) for table in [[1] * count for count in _cells(sheet, names[2:4])]
    )
    for name in ("paid_says", "paid_gross_more", "records_through", "after_tax_overdue"):
        assert name in sheet.names
    checks = checks_sheet()
    assert checks.cells


def _cells(sheet: Sheet, prefixes: tuple[str, ...]) -> list[int]:
    """Cells of the tables of forms and of the ledger, from their ranges."""
    found = []
    for table in sheet.tables:
        if table.name in ("tblForms", "tblLedger"):
            first, last = table.cells.split(":")
            rows = int("".join(c for c in last if c.isdigit())) - int("".join(c for c in first if c.isdigit()))
            found.append(rows * len(table.columns))
    return found


def test_an_empty_planner_says_how_to_begin(tmp_path: Path) -> None:
    path = tmp_path / "planner.xlsx"
    build_planner(path, replace(client().household, paid=(), converted=()))
    read = read_planner(path)
    assert read.named("records_through") in (0, None) or read.named("pays_recorded") == 0
    assert read.named("after_tax_waiting") == 0
    assert not any(read.value(cell) for cell in read.cells("paid_says"))
