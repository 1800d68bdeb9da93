"""Conversions under the plan's rules: the planner's formulas in LibreOffice say the same to the cent as the engine."""

from __future__ import annotations

import os
import random
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mbr_workbooks.sheets.checking.check_conversion import CONVERSION_INPUT_CHECKS
from mbr_workbooks.sheets.checking.checks import EVERY
from mbr_xl.client import Client
from mbr_xl.engine.converting.conversion_answers import ConversionAnswers, conversion_answers
from mbr_xl.engine.plan import plan_year, rules_of
from mbr_xl.errors import InputError
from mbr_xl.household import Earlier, Household, Span
from mbr_xl.records import Converted
from tests.hosts.office import Document, Office, serial
from tests.hosts.test_planner_equals_engine import check
from tests.households import cells_of, random_household
from tests.random_conversions import with_conversion_rules
from tests.test_conversion_rules import BASE

HOUSEHOLDS = int(os.environ.get("MBR_HOUSEHOLDS") or 25)
ANSWERS = [field.name for field in fields(ConversionAnswers)]
OWN_CHECKS = {line: check[1] for line, check in enumerate(EVERY) if check in CONVERSION_INPUT_CHECKS}


def as_cells(name: str, value: Any) -> list[float]:
    """An answer as its cells hold it; an empty table holds zeros."""
    values = list(value) if isinstance(value, tuple) else [value]
    if name in ("days_wanted", "days_unplaced", "days_too_small", "suspended_pays", "cost_conversions"):
        cells = [float(one) for one in values]
    elif name == "cost_last":
        cells = [float(serial(one)) if one else 0.0 for one in values]
    else:
        cells = [one / 100 for one in values]
    return cells or [0.0] * 6


def wrong_answers(planner: Document, household: Household) -> list[str]:
    """Where the planner, filled with the household, differs from the engine's answers; and checks that fail."""
    plan = plan_year(household, rules_of(household))
    answers = conversion_answers(Client(household=household), plan, rules_of(household))
    found = planner.read([*ANSWERS, "check_results"])
    wrong = []
    for name in ANSWERS:
        expect = as_cells(name, getattr(answers, name))
        if found[name] != pytest.approx(expect, abs=1e-6):
            wrong.append(f"{name}: planner {found[name]}, engine {expect}")
    return wrong + [f"FAIL: {what}" for line, what in OWN_CHECKS.items() if found["check_results"][line] != "OK"]


def test_random_rules(office: Office, empty_planner: Path, base_seed: int) -> None:
    bad: dict[int, list[str]] = {}
    with office.open(empty_planner) as planner:
        for seed in range(base_seed, base_seed + HOUSEHOLDS):
            household = with_conversion_rules(random_household(seed), random.Random(seed))
            wrong = check(planner, household, defaults_blank=seed % 2 == 0) + wrong_answers(planner, household)
            if wrong:
                bad[seed] = wrong
    report = [
        line
        for seed in list(bad)[:5]
        for line in (
            f"household {seed}, {len(bad[seed])} cells (replay: MBR_SEED={seed} MBR_HOUSEHOLDS=1):",
            *(f"  {wrong}" for wrong in bad[seed][:8]),
        )
    ]
    assert not bad, "\n".join([f"{len(bad)} of {HOUSEHOLDS} households from seed {base_seed} differ", *report])


REFUSED: list[tuple[str, dict[str, Any]]] = [
    ("path", {"conversion_path": "in plan", "in_plan_conversion": False}),
    ("path", {"conversion_path": "Roth IRA", "in_service_withdrawal": False}),
    ("path", {"conversion_path": "in plan", "earnings_to": "traditional"}),
    ("1 to 12", {"in_plan_most": 13}),
    ("birth", {"birth_date": None, "conversion_path": "Roth IRA", "withdrawal_age": 59}),
    ("Windows", {"conversion_windows": (Span(date(2026, 3, 2), date(2026, 3, 1)),)}),
    ("Windows", {"blackouts": (Span(date(2026, 3, 2), None),)}),
    ("Earlier", {"earlier_conversions": (Earlier(date(2026, 2, 1)),)}),
    ("Recorded", {"converted": (Converted(date(2025, 2, 1), 1_00),)}),
    ("Recorded", {"converted": (Converted(date(2026, 2, 1), 1_00),), "ytd_date": date(2026, 2, 1)}),
    ("Recorded", {"converted": (Converted(date(2026, 2, 1), 1_00, 1_01),)}),
    ("Recorded", {"converted": (Converted(date(2026, 2, 1), 1_00), Converted(date(2026, 2, 1), 2_00))}),
    ("Recorded", {"converted": (Converted(date(2026, 2, 1), 1_00, to_traditional=1_00),)}),
]


def test_what_the_engine_refuses_fails_a_check(office: Office, empty_planner: Path) -> None:
    with office.open(empty_planner) as planner:
        for begins, changes in REFUSED:
            household = replace(BASE, **changes)
            with pytest.raises(InputError):
                plan_year(household, rules_of(household))
            planner.set(cells_of(household))
            results = planner.read(["check_results"])["check_results"]
            failed = [what for line, what in OWN_CHECKS.items() if results[line] == "FAIL"]
            assert any(begins in what for what in failed), (changes, failed)
