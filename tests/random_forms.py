"""Random forms as they came, ledgers of earlier years and days of access, for the households of households.py."""

from __future__ import annotations

import random
from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any

from mbr_xl.client import Client
from mbr_xl.engine.paper.expected import ExpectedForms, expected_forms
from mbr_xl.engine.paper.ledger import problems
from mbr_xl.fact import is_list, record_of
from mbr_xl.household import Household
from mbr_xl.paper_facts import PaperFacts
from mbr_xl.records import FormReceived, LedgerEntry
from mbr_xl.results import YearPlan
from mbr_xl.rules import Rules
from mbr_xl.tax_facts import TaxFacts
from tests.households import Cell, as_cell, column

CODES = ["G", "G", "G", "G", "H", "1", "7", "8", "P", "E", "BG", "X", "", "2", "8B", "PJ", "t ", "g"]


def near(rng: random.Random, amount: int) -> int | None:
    """The amount, a cent beside it, something else, 0 or nothing."""
    return rng.choice([amount, amount, amount, amount + 1, max(0, amount - 1), rng.randint(0, 90_000_00), 0, None])


def some_forms(rng: random.Random, expected: ExpectedForms) -> tuple[FormReceived, ...]:
    found: list[FormReceived] = []
    both, w2 = expected.both, expected.w2
    for _ in range(rng.choice([0, 1, 1, 2])):
        box_5 = near(rng, both.box_5)
        found.append(
            FormReceived(
                "Form 1099-R",
                rng.choice(["", "Example Trust Company", 'Acme "401(k)" & Co']),
                rng.choice([None, None, None, None, "Roth IRA", "traditional IRA"]),
                near(rng, both.box_1),
                near(rng, rng.choice([both.box_2a, 0, both.box_1])),
                rng.choice([None, None, None, 12_34]),
                rng.choice([box_5, box_5, None]),
                rng.choice(CODES),
            )
        )
    for _ in range(rng.choice([0, 0, 1, 2])):
        ira: Any = rng.choice(["Roth IRA", "Roth IRA", "traditional IRA", None])
        wanted = expected.of_iras.traditional if ira == "traditional IRA" else expected.of_iras.roth_ira
        box_1, box_2 = rng.choice([(None, near(rng, wanted)), (near(rng, wanted), None), (7_000_00, near(rng, wanted))])
        box_3 = rng.choice([None, None, near(rng, wanted)])
        found.append(FormReceived("Form 5498", rng.choice(["", "Example Brokerage"]), ira, box_1, box_2, box_3=box_3))
    for _ in range(rng.choice([0, 1, 1, 2])):
        found.append(
            FormReceived(
                "Form W-2",
                rng.choice(["", "Example Corp"]),
                None,
                rng.choice([near(rng, w2.box_1), max(0, w2.box_1 - w2.box_14)]),
                box_5=rng.choice([near(rng, w2.box_5), max(0, w2.box_5 - w2.box_14)]),
                box_3=near(rng, w2.box_3 or 0),
                box_12_d=rng.choice([near(rng, w2.box_12_d), w2.box_12_d + w2.box_14]),
                box_12_aa=near(rng, w2.box_12_aa),
            )
        )
    rng.shuffle(found)
    return tuple(found)


def some_ledger(rng: random.Random, tax_year: int) -> tuple[LedgerEntry, ...]:
    found = []
    for _ in range(rng.choice([0, 1, 3, 8, 20, 60])):
        account: Any = rng.choice(["Roth IRA", "Roth IRA", "Roth IRA", "Roth 401(k)", "after-tax", "traditional IRA"])
        kind: Any = rng.choice(["contribution", "conversion", "conversion", "withdrawal"])
        first = {"Roth IRA": 1998, "Roth 401(k)": 2006}.get(account, 1990)
        last = tax_year if account in ("Roth IRA", "traditional IRA") else tax_year - 1
        if (account, kind) == ("Roth IRA", "withdrawal"):
            last = tax_year - 1  # this year's are an input of their own
        year = rng.randint(rng.choice([first, max(first, last - 7)]), last)
        amount = rng.choice([rng.randint(0, 30_000_00), 6_000_00, rng.randint(1, 3_000_00)])
        taxed = 0 if kind == "contribution" else rng.choice([0, rng.randint(0, amount), amount])
        found.append(LedgerEntry(year, account, kind, amount, taxed))
    if len(found) < 50 and rng.random() < 0.3:
        year, amount = rng.randint(2006, tax_year - 1), rng.randint(1, 50_000_00)
        found.append(LedgerEntry(year, "Roth 401(k)", "withdrawal", amount))
        found.append(LedgerEntry(year, "Roth IRA", "conversion", amount, rng.choice([0, 0, 1])))
    return tuple(found)


def random_paper(household: Household, plan: YearPlan, rules: Rules, rng: random.Random) -> Client:
    """A client of the household whose forms, ledger and values the engine accepts."""
    h = household
    if h.converted and rng.random() < 0.8:
        share = rng.choice([0.5, 1])
        rows = tuple(replace(row, confirmed=rng.random() < share) for row in h.converted)
        h = replace(h, converted=rows)
    tax = TaxFacts(
        gross_to_date=rng.choice([None, rng.randint(0, 200_000_00)]) if h.ytd_date else None,
        wage_benefits=rng.choice([0, 0, rng.randint(1_00, 9_000_00)]),
    )
    client = Client(household=h, tax=tax)
    year = h.tax_year
    access = rng.choice(
        [None, date(year, 1, 1) + timedelta(days=rng.randint(0, 365)), date(year + rng.randint(0, 14), 6, 1)]
    )
    values: list[int | None] = [None, rng.randint(0, 200_000_00), rng.randint(0, 20_000_00)]
    if h.birth_date and rng.random() < 0.4:
        # 59 1/2 by another way: the last day of the sixth month after the 59th birthday, if that has no such day.
        months = h.birth_date.month + 5
        first = date(h.birth_date.year + 59 + months // 12, months % 12 + 1, 1)
        last = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        half = min(last, first + timedelta(days=h.birth_date.day - 1)) + timedelta(days=rng.choice([-1, -1, 0, 30]))
        if half.year >= year:
            access, values = half, values[1:]
    out = rng.choice([None, None, 0, rng.randint(1, 3_000_00), rng.randint(1, 90_000_00), rng.randint(1, 900_000_00)])
    most = min(out or 0, 10_000_00)
    home = rng.choice([None, 0, most, rng.randint(0, most)])
    paper = PaperFacts(
        forms_as_of=rng.choice([None, date(year + 1, 2, rng.randint(1, 3)), date(year + 1, 6, 3), date(year, 12, 31)]),
        return_filed=rng.choice([None, None, date(year + 1, 3, 1), date(year + 1, 10, 15)]),
        letter_wanted=rng.choice([None, None, "Form 1099-R", "Form 5498", "Form W-2"]),
        roth_ira_since=rng.choice([None, None, rng.randint(1998, year)]),
        roth_plan_since=rng.choice([None, None, rng.randint(2006, year)]),
        roth_ira_withdrawn=out,
        roth_ira_home=home,
        access_date=access,
        roth_ira_value=rng.choice(values),
        roth_plan_value=rng.choice(values),
        forms=some_forms(rng, expected_forms(client, plan, rules)),
        ledger=some_ledger(rng, year),
    )
    client = replace(client, paper=paper)
    if any(name == "roth_ira_withdrawn" for name, _ in problems(client)):  # every withdrawal is qualified
        client = replace(client, paper=replace(paper, roth_ira_withdrawn=None, roth_ira_home=None))
    return client


def paper_cells(client: Client) -> dict[str, Cell | list[Cell]]:
    """Every cell of the paper facts, and of the tax facts that forms read, by its name."""
    found: dict[str, Cell | list[Cell]] = {
        name: as_cell(getattr(client.tax, name), "Cents") for name in ("gross_to_date", "wage_benefits")
    }
    for field in fields(PaperFacts):
        value = getattr(client.paper, field.name)
        if is_list(field):
            for part in fields(record_of(PaperFacts, field.name)):
                cells = [as_cell(getattr(one, part.name), str(part.type)) for one in value]
                name = field.metadata["prefix"] + part.name
                found[name] = column([None if cell == "" else cell for cell in cells], field.metadata["most"])
        else:
            found[field.name] = as_cell(value, str(field.type))
    return found
