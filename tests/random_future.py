"""Random facts of the years ahead, of readiness, goals and the ledger, and what they are as cells of the planner."""

from __future__ import annotations

import random
from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any, TypeVar

from mbr_xl.client import Client
from mbr_xl.engine.validate import problems
from mbr_xl.future_facts import MOST_GOALS, FutureFacts, Goal
from mbr_xl.household import Household
from mbr_xl.records import MOST_LEDGER, LedgerEntry

Cell = float | int | str | date | None
T = TypeVar("T")

LEDGER_COLUMNS = ("year", "account", "kind", "amount", "taxed")
OTHERS = ("monthly_spending", "ira_contributed", "ira_converted", "roth_ira_since", "roth_plan_since")


def or_blank(rng: random.Random, value: T, blank: float = 0.25) -> T | None:
    return None if rng.random() < blank else value


def rate(rng: random.Random, most: int) -> Any:
    """A rate as people type it, a tenth of a percent, or odd."""
    return rng.randint(0, most * 10) * 1_000 if rng.random() < 0.7 else rng.randint(0, most * 10_000)


def money(rng: random.Random, most: int) -> Any:
    """Whole thousands, whole dollars or odd cents, at least a dollar."""
    step = rng.choice([1, 100, 100_000])
    return max(100, rng.randint(100, most * 100) // step * step)


def random_future(rng: random.Random, tax_year: int) -> FutureFacts:
    insured: list[Any] = ["yes", "yes", "no", "not needed"]
    days = sorted(
        date(tax_year, 1, 1) + timedelta(days=rng.randint(0, 365 * rng.choice([2, 10, 40])))
        for _ in range(rng.choice([0, 0, 1, 2, 3, MOST_GOALS]))
    )
    days = sorted(date(day.year, 12, 31) if rng.random() < 0.15 else day for day in days)
    growth = rate(rng, 12) if rng.random() < 0.85 else -rate(rng, 9)
    told = rng.random() < 0.9
    facts: dict[str, Any] = {
        "years_to_go": rng.randint(1, rng.choice([3, 20, 50])) if told else None,
        "future_growth": growth if told or rng.random() < 0.5 else None,
        "plan_years": or_blank(rng, rng.choice([0, 1, rng.randint(0, 50)]), 0.5),
        "yearly_after_tax": or_blank(rng, money(rng, 60_000), 0.4),
        "limit_growth": rate(rng, 5) if rng.random() < 0.5 else 0,
        "paid_in": rng.choice(["end of year", "start of year"]),
        "tax_drag": rate(rng, 40) if rng.random() < 0.8 else 0,
        "end_gains_rate": rate(rng, 40) if rng.random() < 0.8 else 0,
        "end_ordinary_rate": or_blank(rng, rate(rng, 50), 0.4),
        "short_wait": rng.choice([0, 1, 1, 2]),
        "long_wait": rng.choice([5, 5, 10, 50]),
        "emergency_months": or_blank(rng, rng.randint(0, 24)),
        "liquid_savings": or_blank(rng, money(rng, 200_000)),
        **{f"insured_{kind}": or_blank(rng, rng.choice(insured), 0.1) for kind in ("health", "disability", "life")},
        "insured_umbrella": or_blank(rng, rng.choice(insured), 0.1),
        "hsa_coverage": or_blank(rng, rng.choice(["none", "self-only", "family"])),
        "hsa_contributed": or_blank(rng, money(rng, 10_000)),
        "backdoor_done": or_blank(rng, rng.choice(["yes", "no", "not possible"]), 0.5),
        "espp_offered": or_blank(rng, rng.random() < 0.7),
        "espp_discount": rng.choice([0, 50_000, 100_000, 150_000, rate(rng, 15)]),
        "espp_used": or_blank(rng, rng.random() < 0.5),
        "nqdc_deferred": or_blank(rng, rng.choice([0, money(rng, 50_000), money(rng, 500_000)])),
        "nqdc_counts": rng.random() < 0.2,
        "fsa_costs": or_blank(rng, rng.choice([0, money(rng, 5_000)])),
        "fsa_elected": or_blank(rng, money(rng, 5_000)),
        "goals": tuple(
            Goal(rng.choice(["education", "home", "business", "other"]), day, money(rng, 150_000)) for day in days
        ),
    }
    return FutureFacts(**facts)


def random_ledger(rng: random.Random, tax_year: int) -> tuple[LedgerEntry, ...]:
    """Lines of earlier years, in any order; a conversion may have a taxed part."""
    lines = []
    for _ in range(rng.choice([0, 0, 1, 3, 12])):
        account: Any = rng.choice(["Roth IRA", "Roth IRA", "Roth 401(k)", "traditional IRA", "after-tax"])
        kind: Any = rng.choice(["contribution", "conversion", "conversion", "withdrawal"])
        amount = money(rng, 30_000)
        taxed: Any = rng.choice([0, amount, rng.randint(0, amount)]) if kind == "conversion" else 0
        lines.append(LedgerEntry(tax_year - rng.randint(1, 12), account, kind, amount, taxed))
    return tuple(lines)


def made_to_wait(rng: random.Random, household: Household) -> Household:
    """Half of the households with a plan that only a withdrawal leads out of, from an age and months on."""
    changed = replace(
        household,
        in_plan_conversion=False,
        in_service_withdrawal=True,
        conversion_path=None,
        in_plan_most=None,
        withdrawal_age=None if household.birth_date is None else rng.choice([None, 45, 55, 59, 62]),
        withdrawal_months=rng.choice([0, 0, 3, 12, 30, 60]),
    )
    return household if rng.random() < 0.5 or any(problems(changed)) else changed


def random_client(rng: random.Random, household: Household) -> Client:
    client = Client(household=household, future=random_future(rng, household.tax_year))
    contributed: Any = rng.choice([0, 0, 7_000_00])
    since = household.tax_year - rng.randint(0, 9)
    return replace(
        client,
        cash=replace(client.cash, monthly_spending=rng.choice([0, money(rng, 20_000), money(rng, 20_000)])),
        iras=replace(client.iras, ira_contributed=contributed, ira_converted=rng.choice([0, contributed])),
        paper=replace(
            client.paper,
            ledger=random_ledger(rng, household.tax_year),
            roth_ira_since=or_blank(rng, since, 0.7),
            roth_plan_since=or_blank(rng, since, 0.7),
        ),
    )


def cells_of_future(client: Client) -> dict[str, Cell | list[Cell]]:
    """Every input cell that the Growth sheet reads beside the household's, by its name; None is a blank cell."""
    found: dict[str, Cell | list[Cell]] = {}
    for item in fields(FutureFacts):
        if item.name != "goals":
            found[item.name] = _cell(getattr(client.future, item.name), str(item.type))
    owners = (client.cash, client.iras, client.iras, client.paper, client.paper)
    for name, owner in zip(OTHERS, owners, strict=True):
        kind = "int" if name.endswith("since") else "Cents"
        found[name] = _cell(getattr(owner, name), kind)
    goals, ledger = client.future.goals, client.paper.ledger
    for part, kind in (("what", "str"), ("date", "date"), ("amount", "Cents")):
        found[f"goal_{part}"] = _column([_cell(getattr(goal, part), kind) for goal in goals], MOST_GOALS)
    for part in LEDGER_COLUMNS:
        kind = "Cents" if part in ("amount", "taxed") else "int" if part == "year" else "str"
        found[f"ledger_{part}"] = _column([_cell(getattr(line, part), kind) for line in ledger], MOST_LEDGER)
    return found


def _cell(value: Any, kind: str) -> Cell:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return value / (100 if "Cents" in kind else 1_000_000 if "Millionths" in kind else 1)
    cell: Cell = value
    return cell


def _column(cells: list[Cell], rows: int) -> list[Cell]:
    return cells + [None] * (rows - len(cells))
