"""The Cash sheet's formulas, in LibreOffice, say the same to the cent as the engine."""

from __future__ import annotations

import os
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from mbr_xl.cash_answers import (
    CASH_COLUMNS,
    REFILL_COLUMNS,
    REFILLS_SHOWN,
    VEST_COLUMNS,
    CashAnswers,
    CashLine,
    VestLine,
)
from mbr_xl.cash_facts import Amount, CashFacts, Vest
from mbr_xl.client import Client
from mbr_xl.engine.cash_flow.cash_ways import cash_answers, cash_lines, refills
from mbr_xl.engine.cash_flow.vests import vest_lines
from mbr_xl.engine.plan import plan_year, rules_of
from mbr_xl.household import Span
from mbr_xl.rules import bank_holidays
from tests.hosts.office import Document, Office, day_of
from tests.households import Cell, as_cell, cells_of, column, random_household
from tests.random_cash import random_client

CLIENTS = int(os.environ.get("MBR_HOUSEHOLDS") or 12)
LISTS = {"vests": ("vest_", Vest, 12), "trading_windows": ("trading_", Span, 6), "amounts": ("amount_", Amount, 24)}
ANSWERS = [field.name for field in fields(CashAnswers)]


def cash_cells(facts: CashFacts) -> dict[str, Cell | list[Cell]]:
    """Every cash input of the planner by its name."""
    found: dict[str, Cell | list[Cell]] = {}
    for field in fields(CashFacts):
        value = getattr(facts, field.name)
        if field.name in LISTS:
            prefix, record, rows = LISTS[field.name]
            for part in fields(record):
                cells = [as_cell(getattr(one, part.name) or None, str(part.type)) for one in value]
                if part.name == "withheld":  # nothing withheld is a 0, not a blank
                    cells = [as_cell(one.withheld, "Millionths") for one in value]
                found[prefix + part.name] = column(cells, rows)
        else:
            found[field.name] = as_cell(value, str(field.type))
    return found


def in_units(value: Any, unit: str) -> Any:
    """A cell in the engine's units; a part of a cent stays visible."""
    if isinstance(value, float | int):
        number = value * (100 if "Cents" in unit else 1_000_000 if "Millionths" in unit else 1)
        whole = round(number)
        if abs(number - whole) > 1e-4:
            return value
        return day_of(whole) if "date" in unit and whole else None if "date" in unit else whole
    return {"yes": True, "no": False}.get(value, value) if unit == "bool" else value


def check(book: Document, client: Client) -> list[str]:
    """Fills the planner and lists where its Cash sheet differs from the engine."""
    rules = rules_of(client.household)
    plan = plan_year(client.household, rules)
    book.set({**cells_of(client.household), **cash_cells(client.cash)})
    names = [*ANSWERS, *(f"cash_{key}" for key in CASH_COLUMNS), *(f"vested_{key}" for key in VEST_COLUMNS)]
    names += [f"refill_{name}" for name in ("date_of", *REFILL_COLUMNS[1:])]
    found = book.read([*names, "cash_known", "refills"])
    wrong = [f"error cell {cell}" for cell in book.errors()]
    answers = cash_answers(client, plan, rules)
    if answers is None:
        return wrong + ([] if found["cash_known"][0] == 0 else ["the sheet answers, the engine does not"])
    given = asdict(answers)
    for field in fields(CashAnswers):
        got = in_units(found[field.name][0], str(field.type))
        if got != given[field.name]:
            wrong.append(f"{field.name}: planner {got!r}, engine {given[field.name]!r}")
    wrong += compare(found, "cash_", CashLine, cash_lines(client, plan, rules))
    shown = refills(client, plan, rules)
    if found["refills"][0] != len(shown):
        wrong.append(f"refills: planner {found['refills'][0]!r}, engine {len(shown)}")
    for row, one in enumerate(shown[:REFILLS_SHOWN]):
        for name, value in zip(("date_of", *REFILL_COLUMNS[1:]), asdict(one).values(), strict=True):
            got = in_units(found[f"refill_{name}"][row], "date" if name == "date_of" else "str")
            got = round(got * 100) if isinstance(got, float | int) else got
            if got != value:
                wrong.append(f"refill_{name}[{row + 1}]: planner {got!r}, engine {value!r}")
    return wrong + compare(found, "vested_", VestLine, vest_lines(client, rules, bank_holidays(), plan.pays))


def compare(found: dict[str, list[Any]], prefix: str, record: type[Any], lines: Any) -> list[str]:
    wrong = []
    for field in fields(record):
        for row, value in enumerate(found[prefix + field.name]):
            unit = str(field.type)
            expect = getattr(lines[row], field.name) if row < len(lines) else "" if unit in ("str", "bool") else 0
            got = in_units(value, unit)
            if got != (None if "date" in unit and not expect else expect):
                wrong.append(f"{prefix}{field.name}[{row + 1}]: planner {got!r}, engine {expect!r}")
    return wrong


def test_random_clients(office: Office, empty_planner: Path, base_seed: int) -> None:
    bad: dict[int, list[str]] = {}
    answered = 0
    with office.open(empty_planner) as book:
        for seed in range(base_seed, base_seed + CLIENTS):
            client = random_client(random_household(seed), seed)
            wrong = check(book, client)
            answered += client.cash.stub_gross is not None
            if wrong:
                bad[seed] = wrong
    assert answered > CLIENTS // 2
    report = [f"client {seed} (MBR_SEED={seed} MBR_CASH=1): {wrong[:12]}" for seed, wrong in list(bad.items())[:5]]
    assert not bad, "\n".join([f"{len(bad)} of {CLIENTS} clients differ", *report])


def test_unusable_facts_say_so_and_leave_the_plan(office: Office, empty_planner: Path) -> None:
    client = random_client(random_household(3), 3)
    facts = cash_cells(client.cash)
    facts |= {"stub_gross": 8_000.0, "stub_net": 5_000.0, "checking": 100.0, "stub_benefits": 0.0, "stub_pretax": 0.0}
    facts["amount_dollars"] = [5.0, *[None] * 23]  # no date, no direction
    facts["amount_date"] = facts["amount_flow"] = [None] * 24
    with office.open(empty_planner) as book:
        book.set({**cells_of(client.household), **facts})
        found = book.read(["cash_faults", "cash_known", "elected_lowest", "plan_ready", "after_tax_room"])
        assert found["cash_faults"][0] >= 1
        assert found["cash_known"][0] == 0
        assert found["elected_lowest"][0] == 0
        assert found["plan_ready"][0] == 1
        assert book.errors() == []
