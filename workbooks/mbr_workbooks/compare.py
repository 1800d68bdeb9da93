"""Where a planner's stored numbers differ from the engine's, and where its formulas were typed over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields
from datetime import date
from itertools import zip_longest
from typing import Any

from mbr_udfs.dates import read as read_date
from mbr_udfs.fields import item_kind, kinds_of
from mbr_udfs.kind import Kind
from mbr_udfs.kinds import plain
from mbr_workbooks.formulas import Cell
from mbr_workbooks.read import Finding, PlannerFile
from mbr_workbooks.stored import Stored
from mbr_xl.engine.client_plan import ANSWERS, ClientPlan
from mbr_xl.results import CONVERSION_COLUMNS, PAY_COLUMNS, ConversionLine, Headlines, PayLine

NO_VALUE = "no stored value: open the workbook in Excel and save it once"
SHOWN_PER_COLUMN = 3

# Formulas of one cell that are not answers themselves but decide them.
LIMITS_IN_USE = (
    "limit_deferral", "limit_catch_up", "limit_super_catch_up", "limit_annual_additions", "limit_compensation",
    "limit_roth_catch_up_wages",
)  # fmt: skip
_BLOCKS = ("pay_date", "conversion_date", "limit_deferral", "best_base", "checks_failed")
FEWEST_IN_COLUMN = 5
_SCALE = {"MONEY": 100, "RATE": 1_000_000, "TAX_YEAR": 1, "COUNT": 1}
_NOISE = 1e-3  # of a cent or a millionth: binary noise, far below anything that was typed


def differences(planner: PlannerFile, made: ClientPlan) -> list[Finding]:
    """Every place where the workbook's stored answers are not the engine's, to the cent; long columns cut short."""
    plan = made.plan
    missing = list(_missing(planner))
    if missing:  # whatever reads a missing name shows an error, which says no more
        return missing
    found = [finding for answers in (plan.headlines, *made.answers) for finding in _answers(planner, answers)]
    found += _block(planner, "pay", PAY_COLUMNS, PayLine, plan.pays, None)
    used = _sweeps(planner)
    found += _block(planner, "conversion", CONVERSION_COLUMNS, ConversionLine, plan.conversions, used)
    return found


def typed_over(planner: PlannerFile) -> list[Finding]:
    """Formula cells that hold a value now, and formulas that are not their column's."""
    found: list[Finding] = []
    answers = [name for record in ANSWERS for name in _names(record)]
    for name in (*answers, *LIMITS_IN_USE, "inputs_stamp", "elections_current", "checks_failed"):
        for cell in planner.cells(name):
            if planner.written.formula(cell) is None:
                found.append(Finding(str(cell), f"the formula of {name} was typed over: undo that, or copy it back"))
    owned = {planner.cells(name)[0].sheet for name in (*answers, *_BLOCKS) if planner.cells(name)}
    for sheet in sorted(owned):
        found += _columns_typed_over(planner, sheet)
    return found


def _columns_typed_over(planner: PlannerFile, sheet: str) -> Iterator[Finding]:
    """Where a formula fills most of a stretch of a column, the cells of that stretch that do not hold it."""
    columns: dict[int, dict[str, list[int]]] = {}
    named = _named_stretches(planner, sheet)
    for cell in planner.written.cells:
        relative = planner.written.relative(cell) if cell.sheet == sheet else None
        if relative is not None:
            columns.setdefault(cell.column, {}).setdefault(relative, []).append(cell.row)
    for column, formulas in sorted(columns.items()):
        for formula, every in formulas.items():
            for whole, rows in _stretches(every, named.get(column, [])):
                stretch = range(min(whole or rows), max(whole or rows) + 1)
                if len(rows) < FEWEST_IN_COLUMN or len(rows) <= len(stretch) // 2 or len(rows) == len(stretch):
                    continue
                faults = [
                    Finding(str(cell), f"this cell {_instead(planner, cell)} where its column has a formula")
                    for cell in (Cell(sheet, row, column) for row in stretch if row not in rows)
                    if planner.written.relative(cell) != formula and (whole or cell in planner.written.cells)
                ]
                yield from _cut(faults)


def _stretches(rows: list[int], named: list[frozenset[int]]) -> Iterator[tuple[frozenset[int], frozenset[int]]]:
    """The rows of one formula by the named stretch that they stand in, which is empty for the rest of them.

    In a named stretch the first and the last line count too, and emptied cells.
    """
    left = frozenset(rows)
    for whole in named:
        if inside := left & whole:
            yield whole, inside
            left -= whole
    if left:
        yield frozenset(), left


def _named_stretches(planner: PlannerFile, sheet: str) -> dict[int, list[frozenset[int]]]:
    """The rows of every name of one column, several cells high, by column."""
    found: dict[int, list[frozenset[int]]] = {}
    for area in planner.written.names.values():
        cells = tuple(area.cells())
        if len(cells) > 1 and cells[0].sheet == sheet and cells[0].column == cells[-1].column:
            found.setdefault(cells[0].column, []).append(frozenset(cell.row for cell in cells))
    return found


def _instead(planner: PlannerFile, cell: Cell) -> str:
    if planner.written.formula(cell) is not None:
        return "holds another formula"
    return "holds a typed value" if cell in planner.written.cells else "is empty"


def _missing(planner: PlannerFile) -> Iterator[Finding]:
    """Names of answers that the workbook has not got; those that lead nowhere were found in the reading."""
    columns = [f"pay_{name}" for name in PAY_COLUMNS] + [f"conversion_{name}" for name in CONVERSION_COLUMNS]
    for name in (*_names(Headlines), *LIMITS_IN_USE, *columns):
        if not planner.cells(name) and name not in planner.written.lost_names:
            yield Finding(name, "the workbook has no cells of this name: take a new planner")


def _answers(planner: PlannerFile, answers: Any) -> Iterator[Finding]:
    """The answers of one subject against the cells of their names; what the workbook does not show is passed over."""
    for name in _names(type(answers)):
        expect, kind = getattr(answers, name), kinds_of(type(answers))[name]
        cells = planner.cells(name)
        if isinstance(expect, tuple):
            kind = item_kind(type(answers), name)
            if kind is None:
                continue
        items = expect if isinstance(expect, tuple) else (expect,)
        for cell, item in zip_longest(cells, items) if cells else ():
            fault = _fault(kind, planner.value(cell, closely=item not in (None, "")), item)
            if fault:
                yield Finding(str(cell), f"{name}: {fault}")


def _block(
    planner: PlannerFile,
    prefix: str,
    columns: Sequence[str],
    record: type,
    lines: Sequence[Any],
    used: list[int] | None,
) -> Iterator[Finding]:
    """The lines of a sheet against the engine's; `used` are the workbook's rows that hold something, if known."""
    for column in columns:
        cells = planner.cells(f"{prefix}_{column}")
        if not cells:
            continue
        rows = used if used is not None else list(range(len(cells)))
        taken = set(rows)
        order = [*rows, *(row for row in range(len(cells)) if row not in taken)]
        faults = []
        for position, row in enumerate(order):
            expect = getattr(lines[position], column) if position < len(lines) else None
            fault = _fault(kinds_of(record)[column], planner.value(cells[row]), expect)
            if fault:
                faults.append(Finding(str(cells[row]), f"{column}: {fault}"))
        yield from _cut(faults)
        if len(lines) > len(order):
            yield Finding(str(cells[0]), f"{column}: {len(order)} rows for the engine's {len(lines)} lines")


def _sweeps(planner: PlannerFile) -> list[int] | None:
    """The rows of the Conversions sheet with something in the account; the engine leaves the empty ones out."""
    basis, value = planner.cells("conversion_basis"), planner.cells("conversion_value")
    if not basis or len(basis) != len(value):
        return None
    return [
        row
        for row, pair in enumerate(zip(basis, value, strict=True))
        if any(planner.value(cell) not in (0, None) for cell in pair)
    ]


def _fault(kind: Kind[Any] | None, stored: Stored, expect: Any) -> str | None:
    """Why a stored value is not the engine's, or None; `expect` is None in an unused row, which holds 0 or "" ."""
    name = kind.name if kind else "TEXT"
    if name in ("TEXT", "CHOICE"):
        same = (stored or "") == (expect or "")
        return None if same else f"the workbook has {_say(stored)}, the engine {_say(expect)}"
    if isinstance(stored, str) and stored.startswith("#"):
        return f"the cell shows the error {stored}"
    if expect is None and not stored:
        return None
    if stored is None:
        return NO_VALUE
    if expect is None:
        return f"the workbook has {_say(stored)} where the engine has nothing"
    shown = plain(kind, expect) if kind else str(expect)
    if name == "FLAG":
        same = stored is expect or (isinstance(stored, str) and stored.lower() == shown)
    elif name == "DATE":
        same = read_date(stored) == expect
    else:
        same = isinstance(stored, int | float) and abs(stored * _SCALE[name] - expect) < _NOISE
    return None if same else f"the workbook has {_say(stored, name)}, the engine {shown}"


def _say(value: Any, kind: str = "") -> str:
    if isinstance(value, date):
        return f"{value.month}/{value.day}/{value.year}"
    if isinstance(value, bool) or not isinstance(value, int | float):
        return f'"{value or ""}"'
    if kind == "MONEY":
        return f"{'-' if value < 0 else ''}${abs(value):,.2f}".removesuffix(".00")
    return f"{value * 100:.6g}%" if kind == "RATE" else f"{value:.10g}"


def _cut(faults: list[Finding]) -> Iterator[Finding]:
    yield from faults[:SHOWN_PER_COLUMN]
    if len(faults) > SHOWN_PER_COLUMN:
        more = len(faults) - SHOWN_PER_COLUMN
        yield Finding(faults[SHOWN_PER_COLUMN].where, f"and {more} more in this column, from here on")


def _names(record: type) -> tuple[str, ...]:
    return tuple(item.name for item in fields(record))
