"""A client as the ranges of a cell function: rows of name or label and value, and the lists beside them."""

from __future__ import annotations

import random
from dataclasses import Field, fields
from typing import Any

from mbr_xl.client import OWNERS, Client
from mbr_xl.fact import is_list, record_of
from tests.households import FORMULAS, Cell, as_cell, tier_cells

ARGUMENTS = {"payments": "payments", "elections": "elections", "paid": "actuals"}
ELSEWHERE = ("converted", "forms", "ledger")  # lists that no cell function takes


def ranges_of(client: Client, rng: random.Random) -> dict[str, list[list[Cell]] | None]:
    """The arguments household, payments, elections and actuals; rng: whether a row has its label, and their order."""
    found: dict[str, list[list[Cell]] | None] = {}
    groups: list[list[list[Cell]]] = []  # the rows of a list keep their order
    for owner, record in OWNERS.items():
        for item in fields(record):
            value = getattr(getattr(client, owner), item.name)
            if item.name in ARGUMENTS:
                unit = ("Millionths", "Cents") if client.household.election_unit == "dollars" else ("", "")
                found[ARGUMENTS[item.name]] = _table(record_of(record, item.name), value, *unit)
            elif item.name in FORMULAS:
                cells = tier_cells(item.name, value)
                groups.append([[name, cell] for i in range(4) for name, cell in ((n, c[i]) for n, c in cells.items())])
            elif item.name == "conversion_dates":
                groups.append([[item.name, day] for day in value])
            elif is_list(item) and item.name not in ELSEWHERE:
                groups.append(_parts(item, record_of(record, item.name), value))
            elif not is_list(item):
                name = rng.choice([item.name, item.metadata["label"]])
                groups.append([[name, as_cell(value, str(item.type)) if value != "" else None]])
    rng.shuffle(groups)
    found["household"] = [row for group in groups for row in group]
    return found


def _parts(item: Field[Any], record: type[Any], value: tuple[Any, ...]) -> list[list[Cell]]:
    """vest_date, vest_shares and so on, again for each of the list."""
    return [
        [item.metadata["prefix"] + part.name, as_cell(getattr(one, part.name), str(part.type))]
        for one in value
        for part in fields(record)
    ]


def _table(record: type[Any], value: tuple[Any, ...], old: str, new: str) -> list[list[Cell]] | None:
    if not value:
        return None
    units = {part.name: str(part.type).replace(old, new) if old else str(part.type) for part in fields(record)}
    return [[*units], *[[as_cell(getattr(one, name), unit) for name, unit in units.items()] for one in value]]
