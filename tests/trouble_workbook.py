"""A workbook of the Testing and Backdoor sheets alone: a page of named cells stands in for the rest of the planner."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

from mbr_workbooks.sheet import Sheet
from mbr_workbooks.sheets.excess.backdoor import CHECKS as IRA_CHECKS
from mbr_workbooks.sheets.excess.backdoor import backdoor_sheet
from mbr_workbooks.sheets.excess.trouble import CHECKS as TROUBLE_CHECKS
from mbr_workbooks.sheets.excess.trouble import trouble_sheet
from mbr_workbooks.sheets.settings import CONSTANTS
from mbr_workbooks.write import Values, write_book
from mbr_xl.client import Client
from mbr_xl.engine.paper.by_path import by_path
from mbr_xl.errors import InputError
from mbr_xl.household import MOST_TIERS
from mbr_xl.ira_facts import IraFacts
from mbr_xl.limit_facts import LimitFacts
from mbr_xl.results import Headlines, YearPlan
from mbr_xl.rules import Rules
from mbr_xl.tax_answers import converts_to_ira, tax_answers

Cell = float | int | str | date | None
PLAN = tuple(field.name for field in fields(Headlines) if str(field.type) == "Cents")
SAVER = (
    "tax_year", "elsewhere", "other_additions", "catch_up_reading", "ytd_match_pay", "ytd_pretax", "ytd_roth",
    "match_change_date",
    "match_after_tax", "after_tax_cap", "after_tax_cap_share", "in_plan_conversion",
    "conversion_path", "federal_rate", "state_rate", "use_projection",
)  # fmt: skip
TIERS = ("match_tiers", "match_or", "match_tiers_after", "match_or_after")
TAX = ("filing_status", "roth_ira_planned")
CHECKS = (*TROUBLE_CHECKS, *IRA_CHECKS)
RATES = {"federal_rate", "state_rate", "nhce_acp", "returned_earnings"}


def _cell(name: str, value: Any) -> Cell:
    """A fact as its cell holds it: dollars, shares, the words yes and no."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if name == "tax_year" or value is None or isinstance(value, str | date):
        return value or None
    return float(value) / (1_000_000 if name in RATES else 100)


def cells_of_case(client: Client, plan: YearPlan, rules: Rules) -> dict[str, Cell | list[Cell]]:
    """What the stand-in page holds, by defined name."""
    h = client.household
    try:
        tax = tax_answers(client, plan, rules)
    except InputError:  # of facts that contradict each other
        tax = None
    found: dict[str, Cell | list[Cell]] = {name: getattr(plan.headlines, name) / 100 for name in PLAN}
    found |= {name: _cell(name, getattr(h, name)) for name in SAVER}
    found |= {field.name: _cell(field.name, getattr(client.trouble, field.name)) for field in fields(LimitFacts)}
    found |= {field.name: _cell(field.name, getattr(client.iras, field.name)) for field in fields(IraFacts)}
    found |= {name: _cell(name, getattr(client.tax, name)) for name in TAX}
    for name in TIERS:
        tiers = getattr(h, name)
        rows = [
            (
                tier.kind,
                tier.width / 1_000_000 if tier.kind in ("share", "award") else None,
                tier.width / 100 if tier.kind == "dollars" else None,
            )
            for tier in tiers
        ] + [(None, None, None)] * (MOST_TIERS - len(tiers))
        for place, part in enumerate(("kind", "share", "dollars")):
            found[f"{name}_{part}"] = [row[place] for row in rows]
    found |= {
        "limit_deferral": rules.deferral / 100,
        "limit_annual_additions": rules.annual_additions / 100,
        "limit_compensation": rules.compensation / 100,
        "age": 0 if h.birth_date is None else rules.year - h.birth_date.year,
        "tax_ready": 1 if tax else 0,
        "roth_magi_in_plan": tax.roth_magi_in_plan / 100 if tax else 0,
        "roth_magi_to_ira": tax.roth_magi_to_ira / 100 if tax else 0,
        "path_to_ira": int(converts_to_ira(client, plan)),
        "moved_ira": [by_path(h, plan, h.tax_year).roth_ira / 100, 0],
        "year_end": date(rules.year, 12, 31),
        "projected_year": 2027,
        "plan_ready": 1,
        "pay_match_pay": 0,
        "pay_pretax_elected": 0,
        "pay_roth_elected": 0,
        "any_pay_date": h.any_pay_date,
        "annual_salary": h.annual_salary / 100,
        "words_not_ready": "not ready",
        "master_check": "PASS",
        "checks_failed": 0,
        "limits_note": None,
    }
    return found


def sheets_of_case(client: Client, plan: YearPlan, rules: Rules) -> list[Sheet]:
    page = Sheet("Facts")
    cells: dict[str, Any] = dict(cells_of_case(client, plan, rules))
    cells |= {name: value for name, (value, _) in CONSTANTS.items()}
    row = 0
    for name, content in cells.items():
        column = content if isinstance(content, list) else [content]
        for line, value in enumerate(column):
            page.put(row + line, 0, value, "date" if isinstance(value, date) else "text")
        page.named(name, row, 0, len(column))
        row += len(column)
    checks = Sheet("Found")
    for line, (_, _, formula, _) in enumerate(CHECKS):
        checks.put(line, 0, formula)
    checks.named("found", 0, 0, len(CHECKS))
    return [page, trouble_sheet(), backdoor_sheet(), checks]


def write_case(path: Path, client: Client, plan: YearPlan, rules: Rules, values: Values | None = None) -> Path:
    write_book(sheets_of_case(client, plan, rules), path, values)
    return path
