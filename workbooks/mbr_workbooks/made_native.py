"""Cells of a planner whose formula calls our functions, given a plain formula where one is sure to say the same."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from math import isclose

from mbr_workbooks.edit import calculated
from mbr_workbooks.foreign import is_foreign
from mbr_workbooks.formulas import Cell, Written
from mbr_workbooks.native import native_formula
from mbr_workbooks.package import Package
from mbr_workbooks.sheet_xml import CellXml, ErrorValue, Value, cells_of, sheets_of, with_formula, without_formula


def native_cells(package: Package, written: Written, foreign: Collection[Cell]) -> dict[Cell, str]:
    """The plain formula, with "=", of each foreign cell that can have one; the package stays as it is.

    A plain formula is taken only where it comes to the stored value: a cell that was saved by another version, or that
    shows a refusal, stays a value, and so does one that builds on it, and an array of several cells.
    """
    held = _held(package, foreign)
    found: dict[Cell, str] = {}
    for cell, xml in held.items():
        kind, formula = xml.formula_attributes.get("t", "normal"), written.formula(cell)
        one_cell = kind == "array" and xml.formula_attributes.get("ref") == cell.address
        if formula is None or xml.value is None or not (one_cell or kind in ("normal", "shared")):
            continue
        plain = native_formula(formula, written.names, alone=one_cell)
        if plain is not None and not is_foreign(plain):
            found[cell] = plain
    while found:
        trial = Package.of(package.path, package.to_bytes())
        write_native(trial, found)
        _write_values(trial, [cell for cell in foreign if cell not in found])
        answers = calculated(trial.to_bytes(), found)
        wrong = [cell for cell in found if not _agrees(held[cell], answers[cell])]
        if not wrong:
            break
        for cell in wrong:
            del found[cell]
    return found


def write_native(package: Package, formulas: Mapping[Cell, str]) -> None:
    """Changes those formulas in the sheets' own XML; the stored values stay digit for digit."""
    for sheet in sheets_of(package):
        here = {cell.address: text.removeprefix("=") for cell, text in formulas.items() if cell.sheet == sheet.name}
        if here:
            package[sheet.part] = with_formula(package[sheet.part], here)


def _held(package: Package, cells: Collection[Cell]) -> dict[Cell, CellXml]:
    found: dict[Cell, CellXml] = {}
    for sheet in sheets_of(package):
        here = [cell for cell in cells if cell.sheet == sheet.name]
        if here:
            stored = cells_of(package[sheet.part])
            found |= {cell: stored[cell.address] for cell in here if cell.address in stored}
    return found


def _write_values(package: Package, cells: Collection[Cell]) -> None:
    for sheet in sheets_of(package):
        here = {cell.address for cell in cells if cell.sheet == sheet.name}
        if here:
            package[sheet.part] = without_formula(package[sheet.part], here)


def _agrees(stored: CellXml, answer: Value) -> bool:
    kind, value = stored.attributes.get("t", "n"), stored.value or ""
    if isinstance(answer, bool):
        return kind == "b" and value == str(int(answer))
    if isinstance(answer, str):
        return kind == "str" and value == answer and not isinstance(answer, ErrorValue)
    return kind == "n" and answer is not None and isclose(float(value), answer, rel_tol=1e-12, abs_tol=1e-9)
