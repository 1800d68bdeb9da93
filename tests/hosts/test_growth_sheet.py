"""The Growth sheet's formulas, in LibreOffice, say the same to the cent as the engine."""

from __future__ import annotations

import os
import random
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from mbr_xl.client import Client
from mbr_xl.engine.plan import plan_year, rules_of
from mbr_xl.engine.years_ahead.future import FutureYear
from mbr_xl.engine.years_ahead.goals import Reach
from mbr_xl.future_answers import (
    GrowthAnswers,
    ReadinessAnswers,
    goal_lines,
    growth_answers,
    readiness_answers,
    year_table,
)
from mbr_xl.future_facts import FutureFacts
from mbr_xl.money import Millionths
from tests.hosts.office import Document, Office, day_of
from tests.households import cells_of, random_household
from tests.random_future import cells_of_future, made_to_wait, random_client

CLIENTS = int(os.environ.get("MBR_HOUSEHOLDS") or 12)
YEAR_NAMES = {f"future_{item.name}": str(item.type) for item in fields(FutureYear)}
REACH_NAMES = {f"reach_{item.name}": str(item.type) for item in fields(Reach) if item.name != "goal"}
REACH_NAMES |= {"reach_what": "str", "reach_date": "date", "reach_amount": "Cents"}
ANSWER_NAMES = {item.name: str(item.type) for item in (*fields(GrowthAnswers), *fields(ReadinessAnswers))}


def in_units(cell: Any, unit: str) -> Any:
    """A cell in the engine's units; what is none of theirs (an error, a part of a cent) stays as it is."""
    if isinstance(cell, (int, float)):
        scale = 100 if unit == "Cents" else 1_000_000 if unit == "Millionths" else 1
        whole = round(cell * scale)
        if abs(cell * scale - whole) > 1e-4:
            return cell
        return day_of(whole) if unit == "date" and whole else whole
    return {"yes": True, "no": False}.get(cell, cell) if unit == "bool" else cell


def unused(unit: str) -> Any:
    return "" if unit in ("str", "bool") else 0


def reach_cells(line: Reach) -> dict[str, Any]:
    cells = asdict(line)
    return {**cells, **cells.pop("goal")}


def check(document: Document, client: Client) -> list[str]:
    """Fills the planner and lists where it differs from the engine."""
    document.set({**cells_of(client.household), **cells_of_future(client)})
    rules = rules_of(client.household)
    plan = plan_year(client.household, rules)
    growth = growth_answers(client, plan, rules)
    answers = asdict(readiness_answers(client, plan, rules))
    blank = {item.name: unused(str(item.type)) for item in fields(GrowthAnswers)}
    answers |= asdict(growth) if growth else blank
    found = document.read([*ANSWER_NAMES, *YEAR_NAMES, *REACH_NAMES])
    wrong = []
    for name, unit in ANSWER_NAMES.items():
        if (got := in_units(found[name][0], unit)) != answers[name]:
            wrong.append(f"{name}: planner {got!r}, engine {answers[name]!r}")
    years = [asdict(line) for line in year_table(client, plan)]
    reaches = [reach_cells(line) for line in goal_lines(client, plan)]
    for names, lines in ((YEAR_NAMES, years), (REACH_NAMES, reaches)):
        for name, unit in names.items():
            for row, cell in enumerate(found[name]):
                expect = lines[row][name.partition("_")[2]] if row < len(lines) else unused(unit)
                if (got := in_units(cell, unit)) != expect or isinstance(got, bool) != isinstance(expect, bool):
                    wrong.append(f"{name}[{row + 1}]: planner {got!r}, engine {expect!r}")
    return wrong + [f"error cell {cell}" for cell in document.errors()]


def test_random_clients(office: Office, empty_planner: Path, base_seed: int) -> None:
    bad: dict[int, list[str]] = {}
    with office.open(empty_planner) as document:
        for seed in range(base_seed, base_seed + CLIENTS):
            rng = random.Random(seed)
            wrong = check(document, random_client(rng, made_to_wait(rng, random_household(seed))))
            if wrong:
                bad[seed] = wrong
    report = [f"client {seed} (replay: MBR_SEED={seed} MBR_HOUSEHOLDS=1): {wrong[:6]}" for seed, wrong in bad.items()]
    assert not bad, "\n".join(report[:6])


def test_nothing_told_shows_no_number(office: Office, empty_planner: Path) -> None:
    household = random_household(7)
    with office.open(empty_planner) as document:
        assert check(document, Client(household=household, future=FutureFacts())) == []
        assert document.shown("Growth", "A5").startswith("Fill in years until the money is needed")


def test_figures_out_of_bounds_say_so(office: Office, empty_planner: Path) -> None:
    client = Client(household=random_household(7), future=FutureFacts(years_to_go=20, future_growth=Millionths(70_000)))
    with office.open(empty_planner) as document:
        for changes in ({"years_to_go": 51}, {"future_growth": 0.31}, {"long_wait": 51}, {"years_to_go": 2.5}):
            document.set({**cells_of(client.household), **cells_of_future(client), **changes})
            assert document.read(["growth_given"])["growth_given"] == [0], changes
            assert document.shown("Growth", "A5").endswith("see Checks."), changes
