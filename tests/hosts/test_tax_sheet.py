"""The Tax sheet's formulas, in LibreOffice, say the same to the cent as the engine."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mbr_xl.client import Client
from mbr_xl.engine.plan import plan_year, rules_of
from mbr_xl.engine.taxes.estimated import InstalmentLine
from mbr_xl.engine.taxes.roth_or_pretax import ReturnLine
from mbr_xl.household import Election, Household, Payment
from mbr_xl.tax_answers import TaxAnswers, tax_answers
from mbr_xl.tax_facts import TaxFacts
from tests.hosts.office import Document, Office, day_of
from tests.households import as_cell, cells_of
from tests.random_tax import random_client, tax_cells

CLIENTS = int(os.environ.get("MBR_HOUSEHOLDS") or 25)
RETURNS = [field for field in fields(ReturnLine) if field.name != "case"]
FLAT = [field for field in fields(TaxAnswers) if field.name not in ("returns", "instalments")]
INSTALMENTS = list(fields(InstalmentLine))
NAMES = [
    *(f"return_{field.name}" for field in RETURNS),
    *(f"instalment_{field.name}" for field in INSTALMENTS),
    *(field.name for field in FLAT),
]


def in_units(value: Any, unit: str) -> Any:
    """A cell in the engine's units; what is no such value (an error, a part of a cent) stays as it is."""
    if not isinstance(value, (int, float)):
        return value
    scale = {"Cents": 100, "Millionths": 1_000_000}.get(unit, 1)
    whole = round(value * scale)
    if abs(value * scale - whole) > 1e-4:
        return value
    return day_of(whole) if unit == "date" and whole else whole


def lines_differ(prefix: str, columns: Sequence[Any], lines: Sequence[Any], found: dict[str, list[Any]]) -> list[str]:
    wrong = []
    for field in columns:
        name, unit = f"{prefix}_{field.name}", str(field.type)
        for row, cell in enumerate(found[name]):
            expect = getattr(lines[row], field.name) if lines else 0
            got = in_units(cell, unit)
            if got != expect:
                wrong.append(f"{name}[{row + 1}]: planner {shown(got)}, engine {shown(expect)}")
    return wrong


def shown(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else repr(value)


def check(planner: Document, client: Client, *, defaults_blank: bool) -> tuple[list[str], bool]:
    """Fills the planner; where it differs from the engine, and whether there was an answer."""
    household = client.household
    cells = cells_of(household, defaults_blank=defaults_blank)
    for facts in (client.tax, client.iras, client.trouble):
        cells |= tax_cells(facts, defaults_blank=defaults_blank)
    cells["nqdc_deferred"] = as_cell(client.future.nqdc_deferred, "Cents")
    planner.set(cells)
    rules = rules_of(household)
    answer = tax_answers(client, plan_year(household, rules), rules)
    found = planner.read(NAMES)
    wrong = lines_differ("return", RETURNS, answer.returns if answer else (), found)
    wrong += lines_differ("instalment", INSTALMENTS, answer.instalments if answer else (), found)
    for field in FLAT:
        unit = str(field.type)
        expect = getattr(answer, field.name) if answer else "" if unit == "str" else 0
        got = in_units(found[field.name][0], unit)
        if got != expect:
            wrong.append(f"{field.name}: planner {shown(got)}, engine {shown(expect)}")
    return wrong + [f"error cell {cell}" for cell in planner.errors()], answer is not None


def saver(**changes: Any) -> Household:
    """Monthly pay of 20,000 in 2026, 10% of it pre-tax, and a vest of 30,000: 270,000 in all."""
    given: dict[str, Any] = {
        "tax_year": 2026,
        "birth_date": date(1985, 5, 5),
        "pay_frequency": "monthly",
        "any_pay_date": date(2026, 1, 15),
        "annual_salary": 240_000_00,
        "state_rate": 50_000,
        "payments": (Payment(date(2026, 5, 20), "rsu", 30_000_00, True, False, False, True),),
        "elections": (Election(date(2026, 1, 1), base_pretax=100_000),),
    }
    return Household(**{**given, **changes})


ESTIMATES: dict[str, Any] = {
    "filing_status": "single", "prior_tax": 40_000_00, "prior_agi": 200_000_00, "federal_withheld": 20_000_00,
    "federal_to_come": 14_000_00,
}  # fmt: skip
NEXT_YEAR = saver(tax_year=2027, any_pay_date=date(2027, 1, 15), payments=(), elections=(), use_projection=True)


@pytest.mark.parametrize(
    ("household", "facts", "name", "says"),
    [
        (saver(), {}, "words_tax", "Fill in Filing status on Inputs, and what else of its section Tax applies."),
        (
            NEXT_YEAR,
            {"filing_status": "mfj"},
            "words_tax",
            "No published income tax brackets for 2027 here (have 2024 to 2026): Conversions uses the rates typed on"
            " Inputs.",
        ),
        (
            saver(),
            {"filing_status": "single", "spouse_wages": 1_00},
            "words_tax",
            "The tax facts contradict each other: see Checks.",
        ),
        (
            saver(),
            {"filing_status": "single"},
            "words_tax",
            "Federal tax of 2026 as planned: $50,654.00. Next dollar of conversion: 32.0% federal, 5.0% state.",
        ),
        (
            saver(),
            {"filing_status": "single"},
            "words_roth_or_pretax",
            "Deferrals are pre-tax as far as they can be. All Roth: $8,880.00 more tax this year.",
        ),
        (
            saver(),
            {"filing_status": "single"},
            "words_estimates",
            "Estimated tax: fill in last year's tax and income, and the withholding, on Inputs.",
        ),
        (
            saver(),
            ESTIMATES,
            "words_estimates",
            "Estimated tax: $9,370.00 in four parts, $0.00 of it paid; or $781 more withheld from each of 12 pays.",
        ),
        (
            saver(),
            {**ESTIMATES, "prior_tax": 0},
            "words_estimates",
            "No estimated tax is asked for: no tax last year.",
        ),
        (
            saver(),
            {**ESTIMATES, "federal_to_come": 29_000_00},
            "words_estimates",
            "No estimated tax is asked for: withholding covers 110% of last year's tax.",
        ),
    ],
)
def test_sentences(
    office: Office, empty_planner: Path, household: Household, facts: dict[str, Any], name: str, says: str
) -> None:
    """The figures are those worked by hand in tests/test_tax_answers.py."""
    with office.open(empty_planner) as planner:
        planner.set(cells_of(household) | tax_cells(TaxFacts(**facts)))
        assert planner.read([name])[name] == [says]
        assert planner.errors() == []


def test_random_clients(office: Office, empty_planner: Path, base_seed: int) -> None:
    bad: dict[int, list[str]] = {}
    answered = 0
    with office.open(empty_planner) as planner:
        for seed in range(base_seed, base_seed + CLIENTS):
            client = random_client(seed)
            wrong, has_answer = check(planner, client, defaults_blank=seed % 2 == 0)
            answered += has_answer
            if wrong:
                bad[seed] = wrong
    report = [
        line
        for seed in list(bad)[:5]
        for line in (f"client {seed} (replay: MBR_SEED={seed} MBR_HOUSEHOLDS=1):", *(f"  {w}" for w in bad[seed][:10]))
    ]
    assert not bad, "\n".join([f"{len(bad)} of {CLIENTS} clients from seed {base_seed} differ", *report])
    assert answered > CLIENTS // 6 or CLIENTS < 30
