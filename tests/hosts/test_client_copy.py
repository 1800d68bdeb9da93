"""The client's copy in LibreOffice: it calculates, and a planner that LibreOffice saved has its pages fitted too."""

from __future__ import annotations

from pathlib import Path

from mbr_workbooks.contents import build_planner
from mbr_workbooks.handoff import hand_off
from mbr_workbooks.sample import sample_client
from tests.hosts.office import Office
from tests.test_print_areas import areas_of

NAMES = ("checks_wrong", "checks_failed", "master_check", "lines_filled", "lines_fitted", "pay_printed", "copy_of")


def test_the_copy_calculates_and_knows_what_it_prints(office: Office, tmp_path: Path) -> None:
    planner, copy, saved = tmp_path / "planner.xlsx", tmp_path / "copy.xlsx", tmp_path / "saved.xlsx"
    build_planner(planner, sample_client(), stamped=True)
    hand_off(planner, copy)
    with office.open(copy) as book:
        book.recalculate()
        said = {name: column[0] for name, column in book.read(NAMES).items()}
        assert book.errors() == []
        book.type_named("election_base_after_tax", "60%")  # of base pay: far past the plan's cap of 40,000
        book.type_named("payment_date", "3/15/2026", row=5)  # a sixth payment, below the printed rows
        book.recalculate()
        later = {name: column[0] for name, column in book.read(NAMES).items()}
    assert (said["checks_wrong"], said["checks_failed"], said["master_check"]) == (0, 0, "PASS")
    assert said["lines_filled"] == said["lines_fitted"] > 0
    assert (said["pay_printed"], said["copy_of"]) == (38, "planner.xlsx")
    assert later["lines_filled"] == said["lines_filled"] + 1
    assert later["checks_wrong"] >= 1
    assert later["master_check"] == f"FAIL, {later['checks_wrong']:.0f} to correct"
    with office.open(planner) as book:
        book.recalculate()
        book.save(saved)
    hand_off(saved, tmp_path / "again.xlsx")
    assert areas_of(tmp_path / "again.xlsx") == areas_of(copy)
