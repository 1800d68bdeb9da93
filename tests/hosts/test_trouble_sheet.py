"""Testing and Backdoor in LibreOffice: random troubles, and the whole planner with the facts typed in."""

from __future__ import annotations

import os
import random
from dataclasses import fields
from pathlib import Path

from mbr_xl.client import Client
from mbr_xl.engine.plan import plan_year, rules_of
from mbr_xl.ira_answers import BackdoorAnswers, backdoor_answers
from mbr_xl.ira_facts import IraFacts
from mbr_xl.limit_answers import TroubleAnswers, trouble_answers
from mbr_xl.limit_facts import LimitFacts
from mbr_xl.results import YearPlan
from mbr_xl.rules import Rules
from tests.hosts.office import Document, Office
from tests.households import cells_of, random_household
from tests.random_trouble import made_up, some_ira_facts, some_limit_facts, some_tax_facts
from tests.test_trouble_sheets import differences, expected_checks
from tests.trouble_workbook import TAX, cells_of_case, write_case

CASES = int(os.environ.get("MBR_TROUBLES") or 60)
PLANNED = int(os.environ.get("MBR_PLANNED_TROUBLES") or 15)
NAMES = [field.name for answers in (TroubleAnswers, BackdoorAnswers) for field in fields(answers)]
FACTS = {field.name for facts in (LimitFacts, IraFacts) for field in fields(facts)} | set(TAX)


def wrong_answers(book: Document, client: Client, plan: YearPlan, rules: Rules) -> list[str]:
    found = {name: column[0] for name, column in book.read(NAMES).items()}
    backdoor = backdoor_answers(client, plan, rules)
    wrong = differences(trouble_answers(client, plan, rules), found)
    wrong += differences(backdoor, found) if backdoor else []
    return wrong + [f"error cell {cell}" for cell in book.errors()]


def test_random_troubles(office: Office, tmp_path: Path, base_seed: int) -> None:
    bad = {}
    with office.open(write_case(tmp_path / "case.xlsx", *made_up(0))) as book:
        for seed in range(base_seed, base_seed + CASES):
            client, plan, rules = made_up(seed)
            book.set(cells_of_case(client, plan, rules))
            wrong = wrong_answers(book, client, plan, rules)
            checks = [found > 0 for found in book.read(["found"])["found"]]
            expect = expected_checks(client, plan, rules)
            if checks != expect:
                wrong.append(f"checks: sheet {checks}, engine {expect}")
            if wrong:
                bad[seed] = wrong[:5]
    assert bad == {}, "replay the first with MBR_SEED and MBR_TROUBLES=1"


def test_in_the_planner(office: Office, empty_planner: Path, base_seed: int) -> None:
    """The facts beside a planned household: every name that the sheets read is there and means what they think."""
    bad = {}
    with office.open(empty_planner) as book:
        for seed in range(base_seed, base_seed + PLANNED):
            rng, saver = random.Random(seed), random_household(seed)
            client = Client(
                household=saver,
                trouble=some_limit_facts(rng, saver.tax_year, saver.elsewhere),
                iras=some_ira_facts(rng),
                tax=some_tax_facts(rng),
            )
            rules = rules_of(saver)
            plan = plan_year(saver, rules)
            facts = {name: cell for name, cell in cells_of_case(client, plan, rules).items() if name in FACTS}
            book.set({**cells_of(saver), **facts})
            wrong = wrong_answers(book, client, plan, rules)
            if wrong:
                bad[seed] = wrong[:5]
    assert bad == {}, "replay the first with MBR_SEED and MBR_PLANNED_TROUBLES=1"
