"""The Records sheet, in LibreOffice, says of random records what the engine says: every answer, sentence and cent."""

from __future__ import annotations

import os
import random
from dataclasses import fields, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from mbr_xl.engine.paydays import add_business_days
from mbr_xl.engine.plan import plan_year, rules_of
from mbr_xl.engine.recording.actual import compare_records
from mbr_xl.engine.recording.record_findings import records_answers
from mbr_xl.household import Household
from mbr_xl.money import Cents, half_up
from mbr_xl.records import Converted
from mbr_xl.records_answers import RecordsAnswers
from mbr_xl.rules import bank_holidays
from tests.hosts.office import Document, Office, serial
from tests.households import cells_of, random_household
from tests.random_conversions import with_conversion_rules

HOUSEHOLDS = int(os.environ.get("MBR_HOUSEHOLDS") or 15)
NAMES = [field.name for field in fields(RecordsAnswers)]
BESIDE = ("paid_says", "paid_gross_more", "paid_deferral_more", "paid_after_tax_more")


def recorded_household(seed: int) -> Household:
    """A random household of those with recorded pays, half of them with conversions under the plan's rules."""
    rng = random.Random(seed)
    while True:
        found = random_household(rng.randrange(10**9))
        if found.paid:
            return with_conversion_rules(found, rng) if rng.random() < 0.4 else swept(found, rng)


def swept(saver: Household, rng: random.Random) -> Household:
    """Conversions of about what the recorded pays had put in since the one before, at times exactly on the edge of what
    is still taken for gain or loss; all days within the year."""
    last = saver.ytd_date or date(saver.tax_year, 1, 1)
    left = (date(saver.tax_year, 12, 31) - last).days
    count = rng.randint(0, 4) if left > 20 else 0
    days = sorted(last + timedelta(n) for n in rng.sample(range(1, left + 1), count))
    came, rows = int(saver.opening_basis), []
    before = date.min
    for day in days:
        posted = [add_business_days(one.date, saver.posting_lag, bank_holidays()) for one in saver.paid]
        came += sum(one.after_tax for one, there in zip(saver.paid, posted, strict=True) if before < there <= day)
        edge = came - half_up(came, 20)
        moved = rng.choice([came, edge, edge - 1, round(came * rng.uniform(0.5, 1.2))])
        taxable = rng.choice([None, 0, rng.randint(0, 5_000)])
        rows.append(Converted(day, Cents(max(0, moved) + (taxable or 0)), None if taxable is None else Cents(taxable)))
        came, before = 0, day
    rng.shuffle(rows)
    return replace(saver, converted=tuple(rows))


def as_cell(value: Any, unit: str) -> Any:
    if value is None:
        return 0
    return serial(value) if isinstance(value, date) else value / 100 if unit == "Cents" else value


def alike(got: Any, there: str | int) -> bool:
    """Whether a cell holds these words, or these cents."""
    if isinstance(there, str):
        return bool(got == there)
    return isinstance(got, float | int) and abs(got * 100 - there) < 1e-4


def differences(planner: Document, saver: Household) -> list[str]:
    planner.set(cells_of(saver))
    rules = rules_of(saver)
    plan = plan_year(saver, rules)
    answers = records_answers(saver, plan, rules)
    found = planner.read([*NAMES, *BESIDE])
    wrong = []
    for field in fields(RecordsAnswers):
        expect, got = as_cell(getattr(answers, field.name), str(field.type)), found[field.name][0]
        if not isinstance(got, (int, float)) or abs(got - expect) > 1e-6:
            wrong.append(f"{field.name}: planner {got!r}, engine {expect!r}")
    compared = {(one.date, one.kind): one for one in compare_records(saver, plan, rules)}
    for row, stub in enumerate(saver.paid):
        one = compared[stub.date, stub.kind]
        line = next(line for line in plan.pays if (line.date, line.kind) == (stub.date, stub.kind))
        deferral = stub.pretax + stub.roth - line.pretax_elected - line.roth_elected
        more = stub.after_tax - line.after_tax_elected
        said: tuple[str | int, ...] = (one.sentence, one.gross.difference, deferral, more)
        for name, there in zip(BESIDE, said, strict=True):
            got = found[name][row]
            if not alike(got, there):
                wrong.append(f"{name}[{row + 1}]: planner {got!r}, engine {there!r}")
    blank = len(saver.paid)
    if any(found["paid_says"][blank:]):
        wrong.append("paid_says has words beside blank lines")
    return wrong


def test_random_records(office: Office, empty_planner: Path, base_seed: int) -> None:
    bad: dict[int, list[str]] = {}
    with office.open(empty_planner) as planner:
        for seed in range(base_seed, base_seed + HOUSEHOLDS):
            if wrong := differences(planner, recorded_household(seed)):
                bad[seed] = wrong
        errors = planner.errors()
    report = [f"household {seed}: {wrong}" for seed in list(bad)[:5] for wrong in bad[seed][:8]]
    assert not bad, "\n".join([f"{len(bad)} of {HOUSEHOLDS} differ", *report])
    assert errors == []


def test_what_a_wrong_row_says(office: Office, empty_planner: Path) -> None:
    saver = random_household(1)
    with office.open(empty_planner) as planner:
        planner.set(cells_of(saver) | {"ytd_date": None})
        regular = int(next(day for day in planner.read(["regular_date"])["regular_date"] if day))
        rows: dict[str, list[Any]] = {
            "paid_date": [regular - 1, regular, None, regular + 1, regular + 1],
            "paid_kind": ["base", "base", "base", "base", "base"],
            "paid_gross": [1000, None, 1000, 1000, 1000],
        }
        blank = {name: [None] * 115 for name in cells_of(saver) if name.startswith("paid_")}
        filled = {name: values + [None] * (115 - len(values)) for name, values in rows.items()}
        planner.set({**blank, **filled})
        assert planner.read(["paid_says"])["paid_says"][:5] == [
            "no such pay in the plan: correct its date or kind, or add the payment",
            "give its date, kind and gross pay",
            "give its date, kind and gross pay",
            *["no such pay in the plan: correct its date or kind, or add the payment"] * 2,
        ]
