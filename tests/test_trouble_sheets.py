"""Testing and Backdoor by themselves: nothing for Excel to repair, and the engine's answers to the cent."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest

from mbr_workbooks.lint import lint
from mbr_workbooks.values import computed_values
from mbr_xl.client import Client
from mbr_xl.ira_answers import BackdoorAnswers, backdoor_answers
from mbr_xl.ira_facts import IraFacts
from mbr_xl.limit_answers import TroubleAnswers, trouble_answers
from mbr_xl.limit_facts import LimitFacts
from mbr_xl.money import Cents
from mbr_xl.results import YearPlan
from mbr_xl.rules import Rules
from mbr_xl.tax_facts import TaxFacts
from tests.hosts.office import serial
from tests.random_trouble import made_up, without
from tests.trouble_workbook import CHECKS, sheets_of_case, write_case

SEEDS = 25


def in_units(unit: str, cell: Any) -> Any:
    """A cell's value in the engine's units; what is no such value (an error, a part of a cent) stays as it is."""
    if isinstance(cell, (int, float)):
        scale = {"C": 100, "M": 1_000_000}.get(unit[0], 1)
        whole = round(cell * scale)
        return whole if abs(cell * scale - whole) < 1e-4 else cell
    if unit == "bool":
        return {"yes": True, "no": False}.get(cell, cell)
    return None if cell == "" and unit.endswith("None") else cell


def differences(answers: TroubleAnswers | BackdoorAnswers, found: dict[str, Any]) -> list[str]:
    wrong = []
    for field in fields(answers):
        expect, got = getattr(answers, field.name), in_units(str(field.type), found[field.name])
        expect = serial(expect) if str(field.type) == "date" else expect
        if got != expect:
            wrong.append(f"{field.name}: sheet {got!r}, engine {expect!r}")
    return wrong


def expected_checks(client: Client, plan: YearPlan, rules: Rules) -> list[bool]:
    """Whether each check of the two sheets should find something, from the engine's answers."""
    h, facts, iras = client.household, client.trouble, client.iras
    trouble, backdoor = trouble_answers(client, plan, rules), backdoor_answers(client, plan, rules)
    given = [
        getattr(iras, f"{whose}ira_value") is None
        and any(getattr(iras, f"{whose}ira_{part}") for part in ("converted", "contributed", "basis", "distributed"))
        for whose in ("", "spouse_")
    ]
    return [
        False,
        trouble.excess_deferral > 0,
        trouble.excess_additions > 0,
        trouble.refund_alike > 0,
        trouble.above_group_room > 0,
        facts.elsewhere_related is True and facts.elsewhere_additions == 0,
        facts.elsewhere_related is None and (h.elsewhere > 0 or facts.elsewhere_additions > 0),
        h.elsewhere > 0,
        any(given),
        backdoor is not None and (backdoor.ira_excess or 0) > 0,
        backdoor is not None and backdoor.ira_taxable > 0,
        iras.ira_converted > 0 and plan.headlines.total_to_traditional > 0,
    ]


def values_of(path: Path, client: Client, plan: YearPlan, rules: Rules) -> tuple[dict[str, Any], list[bool], list[str]]:
    """The named answers, which checks found something, and the sentences of both sheets."""
    stored = computed_values(write_case(path, client, plan, rules))
    named: dict[str, Any] = {}
    for sheet in sheets_of_case(client, plan, rules):
        for name, place in sheet.names.items():
            named[name] = stored.get((sheet.name, place.partition("!")[2].replace("$", "")))
    checks = [float(stored["Found", f"A{line + 1}"]) > 0 for line in range(len(CHECKS))]
    words = [
        str(value)
        for (sheet_name, cell), value in stored.items()
        if sheet_name in ("Testing", "Backdoor") and cell[0] == "A" and cell[1].isdigit()
    ]
    return named, checks, words


@pytest.mark.parametrize("seed", range(SEEDS))
def test_equal_to_the_engine(seed: int, tmp_path: Path) -> None:
    client, plan, rules = made_up(seed)
    found, checks, _ = values_of(tmp_path / "case.xlsx", client, plan, rules)
    assert differences(trouble_answers(client, plan, rules), found) == []
    backdoor = backdoor_answers(client, plan, rules)
    if backdoor:
        assert differences(backdoor, found) == []
    assert checks == expected_checks(client, plan, rules)


def test_nothing_for_excel_to_repair(tmp_path: Path) -> None:
    assert lint(write_case(tmp_path / "case.xlsx", *made_up(1))) == []


def test_blank_facts_ask_for_what_is_needed(tmp_path: Path) -> None:
    client, plan, rules = made_up(3)
    blank = without(client, trouble=LimitFacts(), iras=IraFacts(), tax=TaxFacts())
    found, checks, words = values_of(tmp_path / "case.xlsx", blank, plan, rules)
    assert differences(trouble_answers(blank, plan, rules), found) == []
    assert (found["hce"], found["acp_told"], found["iras_told"]) == ("not told", 0, 0)
    assert any("Fill in last year's 415 pay on Inputs" in sentence for sentence in words)
    assert any("not highly compensated on Inputs" in sentence for sentence in words)
    assert any("SIMPLE IRAs on Inputs" in sentence for sentence in words)
    assert checks[-4:] == [False] * 4


def test_contradictions_are_checks(tmp_path: Path) -> None:
    """What the engine refuses is a LOOK, and the sheet says so instead of an answer."""
    client, plan, rules = made_up(3)
    wrong = without(
        client,
        trouble=LimitFacts(elsewhere_roth=client.household.elsewhere + 1_00),
        iras=IraFacts(ira_value=0, ira_late=1_00),
    )
    _, checks, words = values_of(tmp_path / "case.xlsx", wrong, plan, rules)
    assert checks[0]
    assert checks[8]
    assert any("contradict each other: look at elsewhere_roth" in sentence for sentence in words)
    assert any("contradict each other: look at ira_late" in sentence for sentence in words)


@pytest.mark.parametrize(("magi", "direct"), [(242_001_00, 7_500.00), (247_000_00, 3_750.00), (251_999_00, 200.00)])
def test_the_band_of_a_joint_return(magi: int, direct: float, tmp_path: Path) -> None:
    """2026: 242,000 to 252,000 (TC-32 in its middle); up to the next $10, and $200 before the end (219(g)(2)(B))."""
    client, plan, rules = next(case for case in map(made_up, range(50)) if case[2].year == 2026)
    saver = replace(client.household, birth_date=None)
    facts = IraFacts(ira_value=0, magi=magi)
    case = without(client, household=saver, iras=facts, tax=TaxFacts(filing_status="mfj"))
    found, _, _ = values_of(tmp_path / "case.xlsx", case, plan, rules)
    assert found["direct_allowed"] == direct


def test_each_line_is_rounded_as_on_the_form(tmp_path: Path) -> None:
    """4,000 / 105,000 of 7,000 converted and of 5,000 withdrawn: 266.67 and 190.48, together 457.15 of the basis."""
    client, plan, rules = made_up(1)
    iras = IraFacts(
        ira_value=Cents(93_000_00), ira_contributed=Cents(7_000_00), ira_late=Cents(3_000_00),
        ira_converted=Cents(7_000_00), ira_distributed=Cents(5_000_00),
    )  # fmt: skip
    found, _, _ = values_of(tmp_path / "book.xlsx", replace(client, iras=iras), plan, rules)
    lines = {name: found[name] for name in ("ira_nontaxable", "ira_taxable", "ira_other_taxable", "ira_basis_left")}
    assert lines == {
        "ira_nontaxable": 266.67,
        "ira_taxable": 6_733.33,
        "ira_other_taxable": 4_809.52,
        "ira_basis_left": 6_542.85,
    }
