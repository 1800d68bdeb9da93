"""Everything that a planner answers: the saver's year, and the answers around it that the client's facts allow."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from mbr_xl.cash_answers import CashAnswers
from mbr_xl.client import Client
from mbr_xl.engine.cash_flow.cash_ways import cash_answers
from mbr_xl.engine.checks import ORDER, Finding, findings
from mbr_xl.engine.converting.conversion_answers import ConversionAnswers, conversion_answers
from mbr_xl.engine.paper.paper_findings import paper_findings
from mbr_xl.engine.plan import plan_year
from mbr_xl.engine.recording.record_findings import record_findings, records_answers
from mbr_xl.errors import InputError
from mbr_xl.future_answers import GrowthAnswers, ReadinessAnswers, growth_answers, readiness_answers
from mbr_xl.ira_answers import BackdoorAnswers, backdoor_answers
from mbr_xl.limit_answers import TroubleAnswers, trouble_answers
from mbr_xl.paper_answers import PaperAnswers, paper_answers
from mbr_xl.records_answers import RecordsAnswers
from mbr_xl.results import Headlines, YearPlan
from mbr_xl.rules import Rules
from mbr_xl.tax_answers import TaxAnswers, tax_answers

SUBJECTS = (
    conversion_answers, cash_answers, tax_answers, backdoor_answers, growth_answers, readiness_answers, paper_answers,
    trouble_answers,
)  # fmt: skip


ANSWERS: tuple[type[Any], ...] = (
    Headlines, RecordsAnswers, ConversionAnswers, CashAnswers, TaxAnswers, BackdoorAnswers, GrowthAnswers,
    ReadinessAnswers, PaperAnswers, TroubleAnswers,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ClientPlan:
    """The plan, and the answers of each subject whose facts are given; refused: why one has none, a sentence each.

    Every field of the answers is a defined name of the planner that holds the same value.
    """

    plan: YearPlan
    answers: tuple[Any, ...]
    refused: tuple[str, ...]


def plan_client(client: Client, rules: Rules, holidays: Collection[date] | None = None) -> ClientPlan:
    """The whole answer for one client.

    client: the inputs; rules, holidays: as for `plan_year`.
    Raises InputError where the plan itself cannot be made; a subject whose facts contradict each other, or whose year
    is not published, is refused by itself.
    """
    plan = plan_year(client.household, rules, holidays)
    answers: list[Any] = [records_answers(client.household, plan, rules, holidays)]
    refused = []
    for subject in SUBJECTS:
        try:
            found: Any = subject(client, plan, rules)
        except InputError as refusal:
            refused.append(str(refusal))
        else:
            answers += [found] if found is not None else []
    return ClientPlan(plan, tuple(answers), tuple(refused))


def client_findings(client: Client, made: ClientPlan, rules: Rules) -> list[Finding]:
    """Everything worth a look in a plan and around it, the most urgent first; empty if there is nothing.

    client: the inputs; made: what `plan_client` made of them; rules: what it was made with.
    """
    h, plan = client.household, made.plan
    found = findings(h, plan, rules)
    found += record_findings(h, plan, rules)
    found += paper_findings(client, plan, rules)
    return sorted(found, key=lambda finding: ORDER[finding.severity])
