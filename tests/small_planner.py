"""A workbook with the planner's names and the engine's answers as stored values: quick to make, and easy to spoil."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, fields
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from mbr_xl.client import OWNERS, inputs
from mbr_xl.engine.plan import plan_year, rules_of
from mbr_xl.fact import is_list, names_of, record_of
from mbr_xl.household import Election, Household, Payment, Tier
from mbr_xl.results import CONVERSION_COLUMNS, PAY_COLUMNS, ConversionLine, Headlines, PayLine
from tests.hosts.office import serial
from tests.households import cells_of

PAY_ROWS, CONVERSION_ROWS = 115, 116
FIRM_CELLS = ("prepared_by", "disclosure", "elections_stamp")
LIMITS = ("deferral", "catch_up", "super_catch_up", "annual_additions", "compensation", "roth_catch_up_wages")


def household(**changes: Any) -> Household:
    """Biweekly pay, a bonus in March, half of 6 % matched with a true-up, after-tax, automatic conversion."""
    given: dict[str, Any] = {
        "client": "Ann Sample",
        "tax_year": 2026,
        "birth_date": date(1985, 5, 5),
        "pay_frequency": "biweekly",
        "any_pay_date": date(2026, 1, 2),
        "annual_salary": 200_000_00,
        "separate_elections": True,
        "match_period": "per pay",
        "match_tiers": (Tier("share", 500_000, 60_000),),
        "true_up": "december",
        "growth_rate": 70_000,
        "federal_rate": 320_000,
        "payments": (Payment(date(2026, 3, 15), "bonus", 30_000_00, True, True, True, True),),
        "elections": (
            Election(date(2026, 1, 1), base_pretax=110_000, base_after_tax=100_000, bonus_after_tax=100_000),
        ),
    }
    return Household(**{**given, **changes})


def every_input() -> dict[str, int]:
    """The name of every input cell and of every column of a list, and how many cells it has."""
    found = {}
    for owner, item in inputs():
        if is_list(item):
            columns = names_of(record_of(OWNERS[owner], item.name))
            found |= {item.metadata["prefix"] + column: item.metadata["most"] for column in columns}
        elif not isinstance(item.default, tuple):
            found[item.name] = 1
    return found


Extra = Callable[[xlsxwriter.Workbook, Mapping[str, Any]], None]


def write_small_planner(path: Path, saver: Household, extra: Extra | None = None) -> Path:
    """Writes the workbook; `extra` may add sheets and notes before it is closed."""
    plan = plan_year(saver, rules_of(saver))
    with xlsxwriter.Workbook(str(path)) as book:
        book.set_properties({"author": "Bob Builder", "company": "Secret LLC", "manager": "Mallory"})
        pages = {name: book.add_worksheet(name) for name in ("Summary", "Inputs", "Pay", "Conversions", "Limits")}
        row = 0
        blank = {name: [None] * lines for name, lines in every_input().items()}
        for name, cells in {**blank, **cells_of(saver)}.items():
            column = cells if isinstance(cells, list) else [cells]
            for i, cell in enumerate(column):
                value = serial(cell) if isinstance(cell, date) else cell
                if value is not None:
                    pages["Inputs"].write(row + i, 2, value)
            _name(book, name, "Inputs", row, 2, len(column))
            row += len(column)
        for i, name in enumerate(FIRM_CELLS):
            pages["Summary"].write(i, 2, "")
            _name(book, name, "Summary", i, 2)
        pages["Summary"].write_formula(0, 4, "=prepared_by", None, "")
        for i, field in enumerate(fields(Headlines), 5):
            value = getattr(plan.headlines, field.name)
            pages["Summary"].write_formula(i, 2, f"=$A${i + 1}", None, _cell(value, str(field.type)))
            _name(book, field.name, "Summary", i, 2)
        for i, name in enumerate(("inputs_stamp", "elections_current", "checks_failed", "master_check"), 50):
            pages["Summary"].write_formula(i, 2, f"=$A${i + 1}", None, "" if name == "elections_current" else 0)
            _name(book, name, "Summary", i, 2)
        for i, name in enumerate(LIMITS):
            pages["Limits"].write_formula(i, 2, f"=$A${i + 1}", None, 1)
            _name(book, f"limit_{name}", "Limits", i, 2)
        _lines(book, pages["Pay"], "pay", PAY_COLUMNS, PayLine, plan.pays, PAY_ROWS)
        lines = plan.conversions
        _lines(book, pages["Conversions"], "conversion", CONVERSION_COLUMNS, ConversionLine, lines, CONVERSION_ROWS)
        if extra:
            extra(book, pages)
    return path


def _lines(book: Any, page: Any, prefix: str, columns: Any, record: type, lines: Any, rows: int) -> None:
    units = {field.name: str(field.type) for field in fields(record)}
    for column, name in enumerate(columns):
        page.write(3, column, name)
        for i in range(rows):
            value = asdict(lines[i])[name] if i < len(lines) else ("" if units[name] == "str" else 0)
            page.write_formula(4 + i, column, f"=$A${5 + i}", None, _cell(value, units[name]))
        _name(book, f"{prefix}_{name}", page.get_name(), 4, column, rows)


def _cell(value: Any, unit: str) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return serial(value)
    return value / {"Cents": 100, "Millionths": 1_000_000}.get(unit, 1) if isinstance(value, int) else value


def _name(book: Any, name: str, sheet: str, row: int, column: int, rows: int = 1) -> None:
    letter = chr(65 + column)
    end = f":${letter}${row + rows}" if rows > 1 else ""
    book.define_name(name, f"={sheet}!${letter}${row + 1}{end}")
