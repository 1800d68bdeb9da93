"""What the project ships: the empty planner, the sample client's copy, their pictures, the function reference."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

from mbr_udfs.reference import document
from mbr_workbooks.addin import CALC_FILE, write_calc_addin, write_excel_addin
from mbr_workbooks.contents import build_planner
from mbr_workbooks.formulas import Written, read_written
from mbr_workbooks.handoff import hand_off
from mbr_workbooks.intellisense import INTELLISENSE_FILE, intellisense
from mbr_workbooks.lite import build_lite_planner
from mbr_workbooks.machine import Machine
from mbr_workbooks.package import Package, reason, write_whole
from mbr_workbooks.pictures import missing_programs, pictures
from mbr_workbooks.sample import sample_client
from mbr_workbooks.screen import make_way
from mbr_workbooks.xlam import EXCEL_FILE
from mbr_xl.client import inputs
from mbr_xl.errors import InputError

PLANNER, SAMPLE, LITE = "planner.xlsx", "sample-client.xlsx", "planner-for-lite.xlsx"


def build(
    folder: Path, *, with_pictures: bool = True, force: bool = False, say: Callable[[str], None] = lambda _: None
) -> tuple[list[Path], list[Path]]:
    """Writes workbooks/ and udfs/README.md under `folder`; returns what was written, and the old files that were kept.

    Workbooks of ours that nobody filled in are replaced. Raises InputError where another stands in their place, unless
    `force`: then it is kept beside as NAME.bak.xlsx.
    """
    workbooks, reference = folder / "workbooks", folder / "udfs" / "README.md"
    _make(workbooks)
    _make(reference.parent)
    targets = [workbooks / PLANNER, workbooks / SAMPLE]
    say("the empty planner")
    with tempfile.TemporaryDirectory() as work:
        new = _workbooks(Path(work), say)
        books = list(zip(targets, new, strict=True))
        with make_way([old for old, book in books if old.exists() and in_use(old, book)], force) as kept:
            for target, book in books:
                write_whole(target, book.read_bytes())
    made = list(targets)
    say("the function reference")
    head = reference.read_text(encoding="utf-8") if reference.exists() else ""
    write_whole(reference, document(head).encode())
    made.append(reference)
    if with_pictures and not missing_programs():
        for book in targets:
            made += pictures(book, workbooks / "pictures", say)
    return made, kept


def in_use(path: Path, new: Path) -> bool:
    """Whether a file is more than an earlier build of `new`: a spreadsheet program saved it, or an input is typed
    into it that `new` does not hold."""
    try:
        old = Package(path)
        if not _stamps(path) <= _stamps(new):
            return True
        return not _typed(read_written(path, old.original)) <= _typed(read_written(new, new.read_bytes()))
    except InputError:  # no workbook, or one that cannot be read
        return True


def _stamps(path: Path) -> set[tuple[int, ...]]:
    """The dates of a workbook's parts: those of ours are all one, and no program that saves a file writes it."""
    with zipfile.ZipFile(path) as archive:
        return {info.date_time for info in archive.infolist()}


def _typed(written: Written) -> set[tuple[str, int, object]]:
    """What is typed into the inputs: the name, the place under it, the value."""
    begins = ("prepared_by", *(item.metadata.get("prefix", item.name) for _, item in inputs()))
    return {
        (name, place, written.cells[cell])
        for name, area in written.names.items()
        if name.startswith(begins)
        for place, cell in enumerate(area.cells())
        if cell in written.cells and written.formula(cell) is None
    }


def all_files(folder: Path, machine: Machine) -> list[Path]:
    """What build_all writes; the folder is made where there is none."""
    _make(folder)
    names = [PLANNER, SAMPLE, LITE, CALC_FILE, INTELLISENSE_FILE]
    return [folder / name for name in names + [EXCEL_FILE] * (machine.version("xlwings") is not None)]


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise InputError(f"{folder} cannot be written to ({reason(problem)}).") from None


def build_all(folder: Path, machine: Machine, say: Callable[[str], None] = lambda _: None) -> list[Path]:
    """Writes everything that a user may be given into one folder: workbooks, add-ins, help; returns what was written.

    A file that is in the way is lost: the caller keeps those that `all_files` names. The add-in of Excel is made for
    the xlwings that `machine` has, and left out where there is none.
    """
    _make(folder)
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
