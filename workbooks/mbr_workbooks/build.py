"""What the project ships: the empty planner, the sample client's copy, their pictures, the function reference."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from mbr_udfs.reference import document
from mbr_workbooks.addin import CALC_FILE, write_calc_addin, write_excel_addin
from mbr_workbooks.contents import build_planner
from mbr_workbooks.handoff import hand_off
from mbr_workbooks.intellisense import INTELLISENSE_FILE, intellisense
from mbr_workbooks.lite import build_lite_planner
from mbr_workbooks.machine import Machine
from mbr_workbooks.package import reason, write_whole
from mbr_workbooks.pictures import missing_programs, pictures
from mbr_workbooks.sample import sample_client
from mbr_workbooks.xlam import EXCEL_FILE
from mbr_xl.errors import InputError

PLANNER, SAMPLE, LITE = "planner.xlsx", "sample-client.xlsx", "planner-for-lite.xlsx"


def build(folder: Path, *, with_pictures: bool = True, say: Callable[[str], None] = lambda _: None) -> list[Path]:
    """Writes workbooks/ and udfs/README.md under `folder`, over what stands there, and returns what was written."""
    workbooks, reference = folder / "workbooks", folder / "udfs" / "README.md"
    try:
        workbooks.mkdir(parents=True, exist_ok=True)
        reference.parent.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise InputError(f"{folder} cannot be written to ({reason(problem)}).") from None
    say("the empty planner")
    made = _workbooks(workbooks, say)
    say("the function reference")
    head = reference.read_text(encoding="utf-8") if reference.exists() else ""
    write_whole(reference, document(head).encode())
    made.append(reference)
    if with_pictures and not missing_programs():
        for book in made[:2]:
            made += pictures(book, workbooks / "pictures", say)
    return made


def build_all(folder: Path, machine: Machine, say: Callable[[str], None] = lambda _: None) -> list[Path]:
    """Writes everything that a user may be given into one folder: workbooks, add-ins, help; returns what was written.

    The add-in of Excel is made for the xlwings that `machine` has, and left out where there is none.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise InputError(f"{folder} cannot be written to ({reason(problem)}).") from None
    made = _workbooks(folder, say)
    say("the planner for xlwings Lite")
    made.append(folder / LITE)
    build_lite_planner(made[-1])
    say("the add-ins")
    made.append(write_calc_addin(folder / CALC_FILE))
    if machine.version("xlwings") is not None:
        made.append(write_excel_addin(folder / EXCEL_FILE, machine))
    made.append(folder / INTELLISENSE_FILE)
    write_whole(made[-1], intellisense().encode())
    return made


def _workbooks(folder: Path, say: Callable[[str], None]) -> list[Path]:
    """The empty planner and the sample client's copy."""
    made = [folder / PLANNER, folder / SAMPLE]
    build_planner(made[0])
    say("the sample client's copy")
    with tempfile.TemporaryDirectory() as work:
        filled = Path(work) / PLANNER
        build_planner(filled, sample_client(), stamped=True)
        hand_off(filled, made[1], force=True)
    return made
