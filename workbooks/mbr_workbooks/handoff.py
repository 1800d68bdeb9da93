"""The client's copy of a planner: it calculates anywhere, and carries nothing that the client should not get."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mbr_workbooks import privacy
from mbr_workbooks.check import Checked, check_planner
from mbr_workbooks.edit import Typed, edited
from mbr_workbooks.foreign import is_foreign
from mbr_workbooks.formulas import Cell, Written, read_written
from mbr_workbooks.hidden import without_hidden
from mbr_workbooks.made_native import native_cells, write_native
from mbr_workbooks.package import Package, expect_closed, write_whole
from mbr_workbooks.print_areas import fit_print_areas
from mbr_workbooks.read import read_planner
from mbr_workbooks.sheet_xml import Sheet, cells_of, sheets_of, without_formula
from mbr_xl import __version__
from mbr_xl.errors import InputError

_WITH = ", with mbr_xl "


class CheckFailed(InputError):
    """The planner's own numbers are not right, or something in the plan will go wrong as entered."""


@dataclass(frozen=True)
class HandOff:
    """What was done: the copy, the cells whose formula became a plain one that computes the same, those whose formula
    became its value, the parts that were taken out.
    """

    out: Path
    checked: Checked
    native: tuple[Cell, ...]
    frozen: tuple[Cell, ...]
    removed: tuple[str, ...]


def hand_off(
    path: Path, out: Path, *, prepared_by: str = "", client: str = "", anyway: bool = False, force: bool = False
) -> HandOff:
    """Writes the client's copy of `path` to `out`; the original is not touched.

    Raises CheckFailed where the planner does not pass its check (unless `anyway`), InputError where a hidden sheet is
    referred to, an add-in's formula has no stored value, or `out` is in the way.
    """
    _expect_out(path, out, force)
    planner = read_planner(path)
    checked = check_planner(planner)
    if planner.gone and not anyway:
        raise CheckFailed(planner.refusal)
    if not checked.passed and not anyway:
        first = (checked.inputs + checked.differences + checked.faults)[0]
        raise CheckFailed(
            f"{path} does not pass its check ({first}), so it is not handed off: see mbr-xl check, or give --anyway."
        )
    package, hidden = without_hidden(Package(path))
    shown = {sheet.name for sheet in sheets_of(package)}
    foreign = [
        cell for cell in planner.written.cells if cell.sheet in shown and is_foreign(planner.written.formula(cell))
    ]
    if "xl/connections.xml" in package:
        raise InputError(f"{path} has a data connection: delete it under Data, Queries & Connections, and save.")
    _refuse_foreign_rules(package, planner.written)
    native = native_cells(package, planner.written, foreign)
    frozen = tuple(cell for cell in foreign if cell not in native)
    write_native(package, native)
    _freeze(package, frozen, anyway)
    if foreign and "xl/calcChain.xml" in package:
        package.drop("xl/calcChain.xml")
    removed = [f"the hidden sheet {name}" for name in hidden] + privacy.clean(package, prepared_by)
    who = prepared_by or str(planner.named("prepared_by") or "").partition(_WITH)[0]
    texts = {
        "client": client,
        "prepared_by": prepared_note(path, who) if who else "",
        "copy_of": "" if who else path.name,
    }
    values: dict[Cell, Typed] = {cell: text for name, text in texts.items() if text for cell in planner.cells(name)[:1]}
    if checked.sound:  # of a plan without its numbers nobody knows what has nothing to say
        values |= fit_print_areas(package, planner, int(bool(client) and not planner.named("client")))
    content = edited(path, package.to_bytes(), values)
    kept = {name for name, area in planner.written.names.items() if area.sheet in shown}
    _expect_clean(out, content, kept)
    write_whole(out, content)
    return HandOff(out, checked, tuple(native), frozen, tuple(removed))


def prepared_note(path: Path, prepared_by: str) -> str:
    """Who made the copy, with which program, from what, as it reads after "Prepared by"; the clock is not asked."""
    return f"{prepared_by}{_WITH}{__version__} from {path.name}"


def _expect_out(path: Path, out: Path, force: bool) -> None:
    if out.suffix.lower() != ".xlsx":
        raise InputError(f"The client's copy must be an .xlsx file: {out} is not.")
    if out.is_dir():
        raise InputError(f"{out} is a folder: give a file name for the client's copy.")
    if out.exists():
        if path.exists() and out.samefile(path):
            raise InputError("The client's copy needs a file of its own: give another name than the planner's.")
        if not force:
            raise InputError(f"{out} exists already: give another name, or --force to replace it.")
        expect_closed(out)


def _refuse_foreign_rules(package: Package, written: Written) -> None:
    """Names, validations and conditional formats hold formulas without a value that could be kept."""
    rule = re.compile(rb"<(?:\w+:)?(definedName|formula|formula1|formula2|f)\b[^>]*>([^<]*)<")
    for part, where in _formula_parts(package):
        for kind, text in rule.findall(package[part]):
            if kind == b"f" and part.startswith("xl/worksheets/"):
                continue
            if is_foreign(text.decode("utf-8", "replace")):
                what = "a defined name" if kind == b"definedName" else "a validation, a format rule or a chart"
                raise InputError(
                    f"{what[0].upper()}{what[1:]} of {where} calls an add-in or another workbook "
                    f"({text.decode()[:60]}): remove it and save."
                )


def _formula_parts(package: Package) -> Iterator[tuple[str, str]]:
    yield "xl/workbook.xml", "the workbook"
    for sheet in sheets_of(package):
        if sheet.part in package:
            yield sheet.part, f"the sheet {sheet.name}"
    for part in package:
        if part.startswith("xl/charts/") and part.endswith(".xml"):
            yield part, "a chart"


def _freeze(package: Package, frozen: tuple[Cell, ...], with_errors: bool) -> None:
    """Formula to value in the sheets' own XML, so that the stored value stays as Excel wrote it, digit for digit.

    Raises InputError where there is no value to keep, or an error that the client could not cure.
    """
    parts: dict[str, Sheet] = {sheet.name: sheet for sheet in sheets_of(package)}
    for name in {cell.sheet for cell in frozen}:
        part = parts[name].part
        addresses = {cell.address for cell in frozen if cell.sheet == name}
        cells = cells_of(package[part])
        for cell in sorted(cell for cell in frozen if cell.sheet == name):
            if cells[cell.address].value is None:
                raise InputError(f"{cell} calls an add-in and has no stored value: open and save it in Excel once.")
            if cells[cell.address].attributes.get("t") == "e" and not with_errors:
                raise InputError(
                    f"{cell} calls an add-in or another file and shows {cells[cell.address].value}: "
                    "save the planner where that works, clear the cell, or give --anyway."
                )
        package[part] = without_formula(package[part], addresses)


def _expect_clean(out: Path, content: bytes, names: set[str]) -> None:
    """Reads the copy back: nothing foreign may be left in it, and no name lost."""
    written = read_written(out, content)
    left = [str(cell) for cell in written.cells if is_foreign(written.formula(cell))]
    if left or not names <= set(written.names):
        raise InputError(f"The client's copy could not be made: {left[0] if left else 'a name'} is still in the way.")
