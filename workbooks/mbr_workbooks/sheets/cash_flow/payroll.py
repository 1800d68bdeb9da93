"""Payroll tax and flat withholding by year, beside the workings of Limits, and the year's figures in use."""

from __future__ import annotations

from datetime import date
from typing import Any

from mbr_workbooks.sheet import Sheet, column_letters
from mbr_xl.engine.cash_flow.vests import DAYS_BEFORE, DAYS_SINCE, T_PLUS_1
from mbr_xl.rules import rules_for, years
from mbr_xl.rules.schema import FIELDS

# Name of the figure in use, its field in the rules, heading.
FIGURES: dict[str, tuple[str, str]] = {
    "wage_base": ("limits.wage_base", "Social Security wage base"),
    "social_security_rate": ("payroll.social_security", "Social Security"),
    "medicare_rate": ("payroll.medicare", "Medicare"),
    "additional_medicare_rate": ("payroll.additional_medicare", "Additional Medicare"),
    "additional_medicare_above": ("payroll.additional_medicare_withheld_above", "withheld above"),
    "supplemental_rate": ("payroll.supplemental", "Supplemental pay"),
    "supplemental_high_rate": ("payroll.supplemental_high", "its high rate"),
    "supplemental_high_above": ("payroll.supplemental_high_above", "withheld above"),
}
SETTLEMENT: dict[str, tuple[str, int | date, str]] = {
    "next_day_from": ("Trades settle on the next business day from", T_PLUS_1, "work_date"),
    "settle_days": ("Business days to settlement", DAYS_SINCE, "work_number"),
    "settle_days_before": ("Business days before that", DAYS_BEFORE, "work_number"),
}


def add_payroll(sheet: Sheet, row: int) -> None:
    """A line a year right of everything else on the sheet; under it the sources, and the figures of the tax year."""
    column = max(place for _, place in sheet.cells) + 2
    known = years()
    sheet.put(row - 1, column, "Workings: payroll tax and withholding by year", "work_section")
    sheet.put(row, column, "Year", "work_head_left")
    for offset, (field, title) in enumerate(FIGURES.values(), start=1):
        money = FIELDS[field].unit == "dollars"
        sheet.put(row, column + offset, title, "work_head")
        for line, year in enumerate(known, start=1):
            sheet.put(row + line, column + offset, _figure(field, year), "work_money" if money else "work_rate")
    for line, year in enumerate(known, start=1):
        sheet.put(row + line, column, year, "work_plain")
    first, last = row + 2, row + 1 + len(known)
    used = row + len(known) + 1
    sheet.put(used, column, "In use", "work_label")
    for offset, (name, (field, _)) in enumerate(FIGURES.items(), start=1):
        letters = column_letters(column + offset)
        formula = f"=IFERROR(INDEX({letters}${first}:{letters}${last},MATCH(tax_year,limit_years,0)),0)"
        sheet.put(used, column + offset, formula, "work_money" if FIELDS[field].unit == "dollars" else "work_rate")
        sheet.named(name, used, column + offset)
    entries = rules_for(known[-1], projected=True).entries
    sheet.put(used + 1, column, "Source", "work_label")
    for offset, (field, _) in enumerate(FIGURES.values(), start=1):
        sheet.put(used + 1, column + offset, entries[field].source, "work_text")
    for line, (name, (label, value, style)) in enumerate(SETTLEMENT.items(), start=3):
        sheet.put(used + line, column, label, "work_label")
        sheet.put(used + line, column + 1, value, style)
        sheet.put(used + line, column + 2, "17 CFR 240.15c6-1", "work_text")
        sheet.named(name, used + line, column + 1)
    sheet.widths |= {column - 1: 3, column: 36, **dict.fromkeys(range(column + 1, column + 1 + len(FIGURES)), 14)}


def _figure(field: str, year: int) -> float:
    """The published figure; the fields of Payroll and of limits are read as they stand in that year's rules."""
    law: Any = rules_for(year, projected=True)
    name = field.partition(".")[2]
    value: int = law.wage_base if name == "wage_base" else getattr(law.payroll, name)
    return value / (100 if FIELDS[field].unit == "dollars" else 1_000_000)
