"""The Forms sheet's formulas, in LibreOffice, say the same as the engine: to the cent, the day and the word."""

from __future__ import annotations

import os
import random
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

from mbr_workbooks.sample import sample_household
from mbr_xl.client import Client
from mbr_xl.engine.paper.expected import expected_forms
from mbr_xl.engine.paper.ledger import ConversionYear, conversion_years, rolled_as_conversion
from mbr_xl.engine.paper.letter import letters
from mbr_xl.engine.paper.tie_out import form_fault, left_out, tie_sentence, ties
from mbr_xl.engine.plan import plan_year, rules_of
from mbr_xl.errors import InputError
from mbr_xl.household import Household
from mbr_xl.money import Cents
from mbr_xl.paper_answers import PaperAnswers, paper_answers
from mbr_xl.paper_facts import PaperFacts
from mbr_xl.records import LedgerEntry
from mbr_xl.results import YearPlan
from mbr_xl.rules import Rules
from tests.hosts.office import Document, Office, day_of
from tests.households import cells_of, random_household
from tests.random_conversions import with_conversion_rules
from tests.random_forms import paper_cells, random_paper

CLIENTS = int(os.environ.get("MBR_HOUSEHOLDS") or 20)
ANSWERS = list(fields(PaperAnswers))
LETTER = ("letter_form", "letter_to", "letter_about")
PARAGRAPHS = ("letter_received", "letter_records", "letter_off", "letter_asks", "letter_by", "letter_closing")
YEARS = list(fields(ConversionYear))
NAMES = [
    *(f"recap_{field.name}" for field in YEARS),
    *(field.name for field in ANSWERS),
    "came_own",
    "came_aside",
    "forms_rolled",
    "tie_words",
    *LETTER,
    *PARAGRAPHS,
]


def in_units(value: Any, unit: str) -> Any:
    """A cell in the engine's units; empty text is None; an error or a part of a cent stays as it is."""
    if value == "":
        return None
    if not isinstance(value, (int, float)):
        return value
    scale = 100 if "Cents" in unit else 1
    whole = round(value * scale)
    if abs(value * scale - whole) > 1e-4:
        return value
    return day_of(whole) if "date" in unit else whole


def shown(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else repr(value)


def words_of(client: Client, plan: YearPlan, rules: Rules) -> dict[str, list[Any]]:
    """What the sentences of the sheet should be, from the engine."""
    expected = expected_forms(client, plan, rules)
    forms = client.paper.forms
    aside = [left_out(form, forms, expected) for form in forms]
    own = ["" if why else form_fault(form, expected) for form, why in zip(forms, aside, strict=True)]
    off = {tie.name: tie_sentence(tie) if tie.off_by else "" for tie in ties(client, plan, expected)}
    order = [field.name for field in ANSWERS if field.name.startswith("off_")]
    drafted = {letter.form: letter for letter in letters(client, plan, rules)}
    wanted = client.paper.letter_wanted
    letter = drafted.get(wanted) if wanted else next(iter(drafted.values()), None)
    found: dict[str, list[Any]] = {
        "came_own": own + [""] * (12 - len(own)),
        "forms_rolled": [str(float(len(list(rolled_as_conversion(client)))))],
        "came_aside": aside + [""] * (12 - len(aside)),
        "tie_words": [off.get(name, "") for name in order],
    }
    texts = (letter.form, letter.to, letter.about) if letter else ("",) * 3
    paragraphs = letter.paragraphs if letter else ("",) * len(PARAGRAPHS)
    found |= {name: [text] for name, text in zip(LETTER, texts, strict=True)}
    return found | {name: [text] for name, text in zip(PARAGRAPHS, paragraphs, strict=True)}


def some_client(seed: int) -> tuple[Client, YearPlan, Rules]:
    """A household with conversions by all rules, and its paper."""
    rng = random.Random(seed)
    household: Household = random_household(seed)
    if rng.random() < 0.6:
        household = with_conversion_rules(household, rng)
    rules = rules_of(household)
    client = random_paper(household, plan_year(household, rules), rules, rng)
    return client, plan_year(client.household, rules), rules


def check(planner: Document, seed: int) -> list[str]:
    """Fills the planner and lists where it differs from the engine."""
    client, plan, rules = some_client(seed)
    planner.set(cells_of(client.household, defaults_blank=seed % 2 == 0) | paper_cells(client))
    found = planner.read(NAMES)
    answer = paper_answers(client, plan, rules)
    wrong = []
    for field in ANSWERS:
        got, expect = in_units(found[field.name][0], str(field.type)), getattr(answer, field.name)
        if got != expect:
            wrong.append(f"{field.name}: planner {shown(got)}, engine {shown(expect)}")
    for line, year in enumerate(conversion_years(client, plan)):
        for field in YEARS:
            got = in_units(found[f"recap_{field.name}"][line], str(field.type))
            if got != getattr(year, field.name):
                wrong.append(
                    f"recap_{field.name}[{line + 1}]: planner {shown(got)}, engine {shown(getattr(year, field.name))}"
                )
    for name, expect in words_of(client, plan, rules).items():
        got = [str(text).strip() for text in found[name]]
        if got != expect:
            wrong += [f"{name}: planner {a!r}, engine {b!r}" for a, b in zip(got, expect, strict=True) if a != b]
    return wrong + [f"error cell {cell}" for cell in planner.errors()]


def test_random_paper(office: Office, empty_planner: Path, base_seed: int) -> None:
    bad: dict[int, list[str]] = {}
    with office.open(empty_planner) as planner:
        for seed in range(base_seed, base_seed + CLIENTS):
            wrong = check(planner, seed)
            if wrong:
                bad[seed] = wrong
    report = [
        line
        for seed in list(bad)[:4]
        for line in (
            f"client {seed} (replay: MBR_SEED={seed} MBR_HOUSEHOLDS=1):",
            *(f"  {one}" for one in bad[seed][:8]),
        )
    ]
    assert not bad, "\n".join([f"{len(bad)} of {CLIENTS} clients from seed {base_seed} differ", *report])


FAULTS: dict[str, dict[str, Any]] = {
    "a Roth IRA before 1998": {"ledger": (LedgerEntry(1997, "Roth IRA", "contribution", Cents(1)),)},
    "a year to come": {"ledger": (LedgerEntry(2027, "Roth IRA", "contribution", Cents(1)),)},
    "this year in the plan": {"ledger": (LedgerEntry(2026, "Roth 401(k)", "conversion", Cents(1)),)},
    "taxed above the amount": {"ledger": (LedgerEntry(2020, "after-tax", "conversion", Cents(1), Cents(2)),)},
    "a taxed contribution": {"ledger": (LedgerEntry(2020, "Roth IRA", "contribution", Cents(2), Cents(1)),)},
    "an IRA before there were any": {"ledger": (LedgerEntry(1970, "traditional IRA", "contribution", Cents(1)),)},
    "a clock of no year": {"roth_ira_since": 1990},
    "a plan's clock of no year": {"roth_plan_since": 2005},
    "a withdrawal of this year in the ledger": {"ledger": (LedgerEntry(2026, "Roth IRA", "withdrawal", Cents(1)),)},
    "a first home above what was withdrawn": {"roth_ira_withdrawn": Cents(5_00), "roth_ira_home": Cents(5_01)},
    "a first home above 10,000": {"roth_ira_withdrawn": Cents(20_000_00), "roth_ira_home": Cents(10_000_01)},
    "a first home without a withdrawal": {"roth_ira_home": Cents(1)},
    "a day that is past": {"access_date": date(2025, 12, 31)},
}


def test_what_cannot_be_is_seen_in_both(office: Office, empty_planner: Path) -> None:
    household = sample_household()
    plan, rules = plan_year(household, rules_of(household)), rules_of(household)
    with office.open(empty_planner) as planner:
        for case, facts in {"nothing wrong": {}, **FAULTS}.items():
            client = Client(household=household, paper=PaperFacts(**facts))
            planner.set(cells_of(household) | paper_cells(client))
            counted = planner.read(["paper_faults"])["paper_faults"][0]
            try:
                paper_answers(client, plan, rules)
                refused = False
            except InputError:
                refused = True
            assert (counted > 0) is refused is bool(facts), case
            assert planner.errors() == [], case
