"""The planner's formulas, in LibreOffice, say the same to the cent as the engine: two statements of one rule."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import asdict, fields
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from mbr_workbooks.contents import build_planner
from mbr_workbooks.sample import sample_household
from mbr_xl.engine.plan import plan_year, rules_of
from mbr_xl.household import Household
from mbr_xl.results import CONVERSION_COLUMNS, PAY_COLUMNS, ConversionLine, Headlines, PayLine, YearPlan
from tests.hosts.office import Document, Office, day_of, serial
from tests.households import cells_of, random_household

HOUSEHOLDS = int(os.environ.get("MBR_HOUSEHOLDS") or 60)
SHOWN_HOUSEHOLDS, SHOWN_CELLS = 5, 8

PAY_NAMES = [f"pay_{column}" for column in PAY_COLUMNS]
CONVERSION_NAMES = [f"conversion_{column}" for column in CONVERSION_COLUMNS]
HEADLINES = [field.name for field in fields(Headlines)]
UNITS = {
    **{f"pay_{field.name}": str(field.type) for field in fields(PayLine)},
    **{f"conversion_{field.name}": str(field.type) for field in fields(ConversionLine)},
    **{field.name: str(field.type) for field in fields(Headlines)},
}


def in_units(name: str, cell: Any) -> Any:
    """A cell's value in the engine's units; what is no such value (an error, a part of a cent) stays as it is."""
    unit = UNITS[name]
    if isinstance(cell, (int, float)):
        scale = 100 if unit == "Cents" else 1_000_000 if unit == "Millionths" else 1
        whole = round(cell * scale)
        if abs(cell * scale - whole) > 1e-4:
            return cell
        return day_of(whole) if unit == "date" and whole else whole
    return {"yes": True, "no": False}.get(cell, cell) if unit == "bool" else cell


def unused(name: str) -> Any:
    return "" if UNITS[name] == "str" else 0


def compare_lines(names: Sequence[str], lines: Sequence[dict[str, Any]], found: dict[str, list[Any]]) -> list[str]:
    """Where a block of columns differs from the engine's lines; rows below the last line are unused."""
    wrong = []
    for row in range(len(found[names[0]])):
        for name in names:
            expect = lines[row][name.split("_", 1)[1]] if row < len(lines) else unused(name)
            got = in_units(name, found[name][row])
            if got != expect or type(got) is not type(expect):
                wrong.append(f"{name}[{row + 1}]: planner {text(got)}, engine {text(expect)}")
    if len(lines) > len(found[names[0]]):
        wrong.append(f"{names[0]}: {len(found[names[0]])} rows for {len(lines)} lines")
    return wrong


def text(value: Any) -> str:
    return "an error" if value is None else value.isoformat() if isinstance(value, date) else repr(value)


def without_empty_sweeps(found: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """The conversion rows with something in the account at the top, the others after them as unused rows."""
    rows = list(zip(*(found[name] for name in CONVERSION_NAMES), strict=True))
    told = [CONVERSION_NAMES.index(f"conversion_{name}") for name in ("basis", "value", "converted", "to_traditional")]
    kept = [row for row in rows if any(row[place] or row[place] is None for place in told)]
    blank = tuple(unused(name) for name in CONVERSION_NAMES)
    return dict(
        zip(CONVERSION_NAMES, map(list, zip(*kept, *[blank] * (len(rows) - len(kept)), strict=True)), strict=True)
    )


def differences(plan: YearPlan, found: dict[str, list[Any]]) -> list[str]:
    wrong = []
    for name in HEADLINES:
        got, expect = in_units(name, found[name][0]), getattr(plan.headlines, name)
        if UNITS[name] == "bool" and not isinstance(got, bool):
            got = f"{got} (not yes or no)"
        if got != expect:
            wrong.append(f"{name}: planner {text(got)}, engine {text(expect)}")
    return (
        compare_lines(PAY_NAMES, [asdict(line) for line in plan.pays], found)
        + compare_lines(CONVERSION_NAMES, [asdict(line) for line in plan.conversions], without_empty_sweeps(found))
        + wrong
    )


def check(planner: Document, household: Household, *, defaults_blank: bool) -> list[str]:
    """Fills the planner and lists where it differs from the engine."""
    planner.set(cells_of(household, defaults_blank=defaults_blank))
    plan = plan_year(household, rules_of(household))
    found = planner.read([*PAY_NAMES, *CONVERSION_NAMES, *HEADLINES])
    wrong = differences(plan, found)
    return wrong + [f"error cell {cell}" for cell in planner.errors()]


def as_number(value: Any) -> Any:
    """A stored value of openpyxl as LibreOffice gives it: dates are serial numbers, no value is empty text."""
    if isinstance(value, datetime):
        return serial(value.date())
    if isinstance(value, time):  # a 0 in a cell that shows dates
        return 0
    return "" if value is None else value


def stale_cells(path: Path, opened: Document) -> list[str]:
    """The cells whose stored value is not what LibreOffice, which recalculated on load, has now."""
    stored = openpyxl.load_workbook(path, data_only=True)
    wrong = []
    for sheet in stored.worksheets:
        now = opened.used(sheet.title)
        for row in sheet.iter_rows():
            for cell in row:
                was = as_number(cell.value)
                inside = cell.row <= len(now) and cell.column <= len(now[0])
                fresh = now[cell.row - 1][cell.column - 1] if inside else ""
                numbers = isinstance(was, (int, float)) and isinstance(fresh, (int, float))
                if not (abs(was - fresh) <= 1e-9 * max(1, abs(was)) if numbers else was == fresh):
                    wrong.append(f"{sheet.title}!{cell.coordinate}: stored {was!r}, recalculated {fresh!r}")
    return wrong


def test_sample_planner(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "sample.xlsx"
    household = sample_household()
    build_planner(path, household)
    with office.open(path) as planner:
        assert stale_cells(path, planner) == []
        assert planner.errors() == []
        found = planner.read([*PAY_NAMES, *CONVERSION_NAMES, *HEADLINES])
        assert differences(plan_year(household, rules_of(household)), found) == []
        assert check(planner, household, defaults_blank=True) == [], "typed in again, with defaults left blank"


@pytest.mark.parametrize("name", ["planner.xlsx", "sample-client.xlsx"])
def test_shipped_workbook(office: Office, name: str) -> None:
    path = Path(__file__).parents[2] / "workbooks" / name
    assert path.exists(), "mbr-xl build makes it"
    with office.open(path) as book:
        assert stale_cells(path, book) == []
        assert book.errors() == []


def test_random_households(office: Office, empty_planner: Path, base_seed: int) -> None:
    bad: dict[int, list[str]] = {}
    with office.open(empty_planner) as planner:
        for seed in range(base_seed, base_seed + HOUSEHOLDS):
            wrong = check(planner, random_household(seed), defaults_blank=seed % 2 == 0)
            if wrong:
                bad[seed] = wrong
    report = [
        line
        for seed in list(bad)[:SHOWN_HOUSEHOLDS]
        for line in (
            f"household {seed}, {len(bad[seed])} cells (replay: MBR_SEED={seed} MBR_HOUSEHOLDS=1):",
            *(f"  {wrong}" for wrong in bad[seed][:SHOWN_CELLS]),
        )
    ]
    assert not bad, "\n".join([f"{len(bad)} of {HOUSEHOLDS} households from seed {base_seed} differ", *report])
