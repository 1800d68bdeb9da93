"""A plan and a check in words, for a screen and for a machine."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from mbr_workbooks.check import Checked
from mbr_workbooks.read import Finding
from mbr_xl.engine.choosable import open_from
from mbr_xl.household import Household
from mbr_xl.money import dollars, percent
from mbr_xl.results import YearPlan


def long_date(day: date) -> str:
    """As a client reads it: Fri, Apr 10, 2026."""
    return f"{day:%a}, {day:%b} {day.day}, {day.year}"


def elections_in_words(household: Household, plan: YearPlan) -> list[str]:
    """The best whole-percent after-tax elections, as instructions with their date."""
    best = plan.headlines
    if not household.after_tax_allowed:
        return ["The plan takes no after-tax contributions."]
    first = open_from(household)
    open_pays = [line for line in plan.pays if line.date >= first and not line.recorded]
    if not open_pays:
        return ["No pay is left this year that a new election could reach."]
    start = long_date(open_pays[0].date)
    base, bonus = percent(best.best_base), percent(best.best_bonus)
    if household.election_unit == "dollars":
        base, bonus = f"{dollars(best.best_base_dollars)} each time", f"{dollars(best.best_bonus_dollars)}"
    if not (best.best_base or best.best_bonus or best.best_base_dollars or best.best_bonus_dollars):
        return [f"Starting with the paycheck of {start}, set after-tax to 0%: there is no room left to fill."]
    if not household.separate_elections:
        lines = [f"Starting with the paycheck of {start}, set after-tax to {base} of all pay."]
    else:
        lines = [f"Starting with the paycheck of {start}, set after-tax to {base} of base pay and {bonus} of bonus."]
    lines.append(
        f"That puts {dollars(best.best_after_tax)} after-tax into the year and leaves {dollars(best.best_unused)} of "
        "the room unused."
    )
    return lines


def print_plan(console: Console, household: Household, plan: YearPlan) -> None:
    """The year's answers on a page."""
    top = plan.headlines
    table = Table(show_header=False, box=None, pad_edge=False)
    table.add_column(style="bold")
    table.add_column(justify="right")
    table.add_column(style="dim")
    rows = [
        ("Room for after-tax", dollars(top.after_tax_room), f"set by {top.binding}"),
        ("After-tax as elected now", dollars(top.total_after_tax), f"{dollars(top.after_tax_unused)} of room unused"),
        ("Deferrals", dollars(top.total_deferral), f"limit {dollars(top.deferral_limit)}"),
        ("Employer money", dollars(top.total_employer), f"match lost {dollars(top.match_lost)}"),
        ("All additions", dollars(top.total_additions), f"limit {dollars(top.additions_limit)}"),
        ("Converted to Roth", dollars(top.total_converted), f"in {len(plan.conversions)} conversions"),
        ("Taxable of it", dollars(top.total_taxable), f"tax {dollars(top.total_tax)}"),
        ("Not converted on December 31", dollars(top.unconverted_value), ""),
    ]
    for label, amount, note in rows:
        table.add_row(label, amount, escape(note))
    who = f"{household.client}, " if household.client else ""
    console.print(f"[bold]{escape(who)}{household.tax_year}[/bold]{f'  {top.limits_note}' if top.limits_note else ''}")
    console.print(table)
    for sentence in elections_in_words(household, plan):
        console.print(escape(sentence), soft_wrap=True)


def print_check(console: Console, checked: Checked) -> None:
    """PASS, PASS with so many to look at, or FAIL, in the workbook's own words and colors; then what there is."""
    said = verdict(checked)
    color = "red" if said == "FAIL" else "green" if said == "PASS" else "yellow"
    console.print(f"[bold {color}]{escape(said)}[/bold {color}]", highlight=False)
    for title, findings in _sections(checked):
        if findings:
            console.print(f"{title}:")
            for finding in findings:
                console.print(f"  {escape(str(finding))}", soft_wrap=True, highlight=False)


def verdict(checked: Checked) -> str:
    """FAIL, or what the top of every sheet says of a plan that passes: PASS, or "PASS, 2 to look at"."""
    said = checked.planner.named("master_check")
    if not checked.passed:
        return "FAIL"
    return said if isinstance(said, str) and said.startswith("PASS, ") else "PASS"


def check_as_data(checked: Checked) -> dict[str, Any]:
    """The same for a machine; money in dollars with cents, rates as shares."""
    return {
        "result": "PASS" if checked.passed else "FAIL",
        "file": str(checked.planner.path),
        "inputs": _as_data(checked.inputs),
        "differences": _as_data(checked.differences),
        "faults": _as_data(checked.faults),
        "advice": _as_data(checked.advice),
        "notes": _as_data(checked.notes),
        "headlines": headlines_as_data(checked.plan) if checked.plan else None,
    }


def headlines_as_data(plan: YearPlan) -> dict[str, Any]:
    """The headlines as the workbook shows them."""
    from mbr_udfs.fields import kinds_of

    kinds = kinds_of(type(plan.headlines))
    return {name: _scaled(value, kind.name if kind else "") for (name, value), kind in zip(
        asdict(plan.headlines).items(), kinds.values(), strict=True)}  # fmt: skip


def _scaled(value: Any, kind: str) -> Any:
    scale = {"MONEY": 100, "RATE": 1_000_000}.get(kind)
    return value / scale if scale else value


def _sections(checked: Checked) -> list[tuple[str, list[Finding]]]:
    return [
        ("Inputs to correct", checked.inputs),
        ("The workbook differs from the engine", checked.differences),
        ("Wrong in the plan as entered", checked.faults),
        ("Worth a look", checked.advice),
        ("Notes", checked.notes),
    ]


def _as_data(findings: list[Finding]) -> list[dict[str, str]]:
    return [{"where": finding.where, "text": finding.text} for finding in findings]
