"""Random calls of the functions that have a plain formula: arguments as cells, as literals, good ones and bad ones."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from mbr_udfs import CATALOGUE
from mbr_udfs.dates import serial

Cell = float | str | bool | None
Draw = Callable[[random.Random], Cell]

BAD: tuple[Cell, ...] = (-5.0, 0.4, 1_000_000_001.0, "n/a", "$24,500", True, "", "#N/A", 0.41300051, 2.5, 7.0, " ")


@dataclass(frozen=True)
class CallCase:
    """A formula over a row of cells, which begin in column A, and the arguments as the function would get them."""

    name: str
    formula: str
    cells: tuple[Cell, ...]
    given: tuple[Cell, ...]
    clean: bool  # every argument is a number, a word or a blank that the function expects


def money(rng: random.Random) -> float:
    return round(rng.choice([rng.uniform(1, 100), rng.uniform(1, 40_000), rng.uniform(1, 900_000), 0, 24_500]), 2)


def whole(rng: random.Random) -> float:
    return float(rng.choice([0, 1, 3, 6, 7, 12, 300, 10_000, 10_200, 150_000, 75_000, rng.randrange(1, 100_000)]))


def amount(rng: random.Random) -> float:
    return rng.choice([money, whole])(rng)


def rate(rng: random.Random) -> float:
    return rng.choice([round(rng.random(), 4), round(rng.random() / 5, 6), 0.37, 0.413, 0.0, 1.0, 1 / 3])


def small_rate(rng: random.Random) -> float:
    return rng.choice([round(rng.random() / 10, 6), rng.randrange(1000) / 10_000, rng.randrange(2000) / 20_000, 0.08])


def age(rng: random.Random) -> float:
    born = date(rng.randrange(1930, 2008), rng.randrange(1, 13), rng.randrange(1, 29))
    return float(rng.choice([rng.randrange(14, 90), rng.choice([49, 50, 59, 60, 63, 64]), serial(born)]))


def flag(rng: random.Random) -> Cell:
    return rng.choice(["yes", "no", "Yes", "NO", "y", "n", True, False, 1.0, 0.0, "true", " yes "])


def agi(rng: random.Random) -> float:
    return rng.choice([75_000.0, 75_000.01, 150_000.0, 150_000.01, -5000.0, round(rng.uniform(1, 400_000), 2)])


def word(*words: str) -> Draw:
    return lambda rng: rng.choice(words)


# What fills each argument; those of ALWAYS stand in the formula as literals.
ARGUMENTS: dict[str, dict[str, Draw]] = {
    "CONVERT_TAXABLE": {
        "basis": amount, "value": amount, "converted": amount, "earnings_to": word("roth", "traditional", "leave"),
    },
    "CONVERT_TAX": {
        "basis": amount, "value": amount, "rate": rate, "converted": amount,
        "earnings_to": word("roth", "traditional", "leave"),
    },
    "MBR_ACP_LIMIT": {"nhce_acp": small_rate},
    "MBR_PATH": {"after_tax": flag, "in_plan": flag, "in_service": flag},
    "MBR_ESTIMATED_TAX": {
        "current_tax": amount, "prior_tax": amount, "prior_agi": agi,
        "status": word("single", "mfj", "mfs", "hoh", "mfs_apart"), "withholding": amount,
    },
    "BACKDOOR_TAXABLE": {
        "contributed": amount, "converted": amount, "year_end_value": amount, "prior_basis": amount,
        "decimals": lambda rng: float(rng.randrange(3, 7)), "late_contribution": amount, "other_distributions": amount,
    },
    "BACKDOOR_LIMIT": {"year": lambda rng: float(rng.randrange(2019, 2027)), "age": age, "compensation": amount},
    "MBR_DEFERRAL_LIMIT": {
        "year": lambda rng: float(rng.randrange(2019, 2027)), "age": age, "prior_wages": amount,
        "plan_has_roth": word("yes"), "catch_up_offered": word("yes", "no"),
        "super_catch_up_offered": word("yes", "no"),
    },
    "MBR_ROOM": {
        "year": lambda rng: float(rng.randrange(2019, 2027)), "deferrals": amount, "employer": amount,
        "after_tax": amount, "age": age, "pay": amount, "plan_cap": amount,
        "catch_up_reading": word("above_402g"), "elsewhere": amount,
    },
}  # fmt: skip
ALWAYS = {
    "earnings_to", "status", "decimals", "year", "plan_has_roth", "catch_up_offered", "super_catch_up_offered",
    "catch_up_reading",
}  # fmt: skip


def random_call(name: str, row: int, rng: random.Random, tax_year: int | None = None) -> CallCase:
    """One call for a row of a sheet; tax_year: that the year is the planner's, by its name."""
    function = CATALOGUE[name]
    spoiled = rng.choice([None, None, None, *range(len(function.arguments))])
    cells: list[Cell] = []
    given: list[Cell] = []
    texts: list[str] = []
    clean = True
    for place, argument in enumerate(function.arguments):
        draw = ARGUMENTS[name][argument.name]
        found: Cell = draw(rng)
        if not argument.required and rng.random() < 0.5:
            found = None
        if argument.name == "year" and tax_year is not None:
            text, found = "tax_year", float(tax_year)
        elif argument.name in ALWAYS or rng.random() < 0.25:
            text = "" if found is None else f'"{found}"' if isinstance(found, str) else repr(found).upper()
        else:
            if place == spoiled:
                found, clean = rng.choice([*BAD, None]), False
            text = f"{'$' * rng.randrange(2)}{chr(65 + len(cells))}{row}"
            cells.append(found)
        given.append(found)
        texts.append(text)
    return CallCase(name, f"={name}({','.join(texts)})", tuple(cells), tuple(given), clean)
