"""A solved planner recalculated by LibreOffice says itself that its elections fit and are current."""

from __future__ import annotations

from pathlib import Path

from mbr_workbooks.cli import OK, run
from mbr_workbooks.contents import build_planner
from mbr_workbooks.read import read_planner
from tests.hosts.office import Office
from tests.test_solve_file import unsolved

NAMES = ("elections_safe", "elections_current", "over_by", "total_after_tax", "after_tax_room", "elections_stamp")


def test_the_workbook_agrees(office: Office, tmp_path: Path) -> None:
    build_planner(tmp_path / "planner.xlsx", unsolved())
    assert run(["solve", str(tmp_path / "planner.xlsx"), str(tmp_path / "solved.xlsx")]) == OK
    with office.open(tmp_path / "solved.xlsx") as book:
        book.recalculate()
        said = {name: column[0] for name, column in book.read([*NAMES, "inputs_stamp"]).items()}
        assert book.errors() == []
        book.save(tmp_path / "saved.xlsx")
        book.set({"annual_salary": 300_000})
        changed = book.read(["elections_current"])["elections_current"][0]
    assert (said["elections_safe"], said["elections_current"], said["over_by"]) == ("yes", "", 0)
    assert said["elections_stamp"] == said["inputs_stamp"]
    assert 0 < said["total_after_tax"] <= said["after_tax_room"]
    assert changed == "Inputs changed: look again"
    read = read_planner(tmp_path / "saved.xlsx")
    assert read.household == read_planner(tmp_path / "solved.xlsx").household
    assert run(["check", str(tmp_path / "saved.xlsx")]) == OK
