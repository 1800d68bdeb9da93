"""The best elections of a filled planner, and a copy of it with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path

from mbr_udfs.dates import serial
from mbr_workbooks.edit import Typed, edited
from mbr_workbooks.formulas import Cell
from mbr_workbooks.package import Package, write_whole
from mbr_workbooks.read import PlannerFile, read_planner
from mbr_workbooks.stored import StoredValues
from mbr_xl.client import Client
from mbr_xl.engine.cash_flow.cash import balances
from mbr_xl.engine.electing.bonus_range import safe_bonus
from mbr_xl.engine.electing.solve import Solution, solve
from mbr_xl.engine.electing.wishes import Wishes
from mbr_xl.engine.plan import plan_year, rules_of
from mbr_xl.errors import InputError
from mbr_xl.household import MOST_ELECTIONS, Election
from mbr_xl.money import WHOLE, Cents, Millionths
from mbr_xl.results import YearPlan
from mbr_xl.rules import Rules

DOLLAR = 100


@dataclass(frozen=True)
class Year:
    """What elections come to, in cents: after-tax of the year, match with a true-up due, after-tax room left, and the
    lowest balance of checking with its day, None where the planner's cash facts are blank."""

    after_tax: Cents
    match: Cents
    unused: Cents
    lowest: Cents | None
    lowest_date: date | None


@dataclass(frozen=True)
class Solved:
    """A planner that was read, the best elections for it, and the year with them beside the year as elected now."""

    planner: PlannerFile
    solution: Solution
    before: Year
    after: Year


def solve_planner(
    path: Path, wishes: Wishes, bonus_low: Millionths | None = None, bonus_high: Millionths | None = None
) -> Solved:
    """Reads a planner and finds its best elections; with a low or a high share of the bonus, safe in every case.

    Raises InputError where the file is no planner, an input of it cannot be used, or nothing can be elected any more.
    """
    planner = read_planner(path)
    client = planner.client
    if client is None:
        raise InputError(planner.refusal)
    rules = rules_of(client.household)
    if bonus_low is None and bonus_high is None:
        found = solve(client, rules, wishes)
    else:
        low = Millionths(WHOLE) if bonus_low is None else bonus_low
        high = Millionths(WHOLE) if bonus_high is None else bonus_high
        found = safe_bonus(client, rules, low, high, wishes).solution
    now = plan_year(client.household, rules)
    return Solved(planner, found, _year(client, now, rules), _year(client, found.plan, rules))


def _year(client: Client, plan: YearPlan, rules: Rules) -> Year:
    top, cash = plan.headlines, balances(client, plan.pays, rules)
    lowest, day = (None, None) if cash is None else (cash.lowest, cash.lowest_date)
    match = Cents(top.total_match + top.true_up_due)
    return Year(top.total_after_tax, match, top.after_tax_unused, lowest, day)


def write_solved(solved: Solved, out: Path) -> None:
    """Writes a copy of the planner with the elections in it and their stamp; everything else stays as it was."""
    planner = solved.planner
    content = edited(planner.path, Package(planner.path).original, _changed(solved))
    (stamp,) = planner.cells("inputs_stamp")
    (place,) = planner.cells("elections_stamp")
    now = StoredValues(planner.path, content).at(stamp.sheet, stamp.row, stamp.column)
    write_whole(out, edited(planner.path, content, {place: now if isinstance(now, float) else None}))


def _changed(solved: Solved) -> Mapping[Cell, Typed]:
    """The cells of the list of elections that must hold something else than they do."""
    planner, rows = solved.planner, solved.solution.household.elections
    found: dict[Cell, Typed] = {}
    for name in (field.name for field in fields(Election)):
        for row, cell in zip(range(MOST_ELECTIONS), planner.cells(f"election_{name}"), strict=True):
            value = getattr(rows[row], name) if row < len(rows) else None
            if isinstance(value, int):
                value = value / (DOLLAR if solved.solution.household.election_unit == "dollars" else WHOLE)
            elif value is not None:
                value = float(serial(value))
            if value != planner.value(cell) or planner.written.formula(cell) is not None:
                found[cell] = value
    return found
