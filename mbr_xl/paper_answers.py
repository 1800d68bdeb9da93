"""What the Forms sheet answers: each field is a defined name of the planner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mbr_xl.client import Client
from mbr_xl.engine.paper.expected import expected_forms
from mbr_xl.engine.paper.ledger import (
    access,
    basis_left,
    form_8606_part_iii,
    plan_roth,
    refuse_problems,
    roth_ira_through,
)
from mbr_xl.engine.paper.roth_ira import CLOCK
from mbr_xl.engine.paper.tie_out import form_fault, left_out, missing, ties
from mbr_xl.money import Cents
from mbr_xl.results import YearPlan
from mbr_xl.rules import Rules


@dataclass(frozen=True)
class PaperAnswers:
    """The named results of the Forms sheet. None is a cell without a number: what it needs is blank."""

    in_plan_box_1: Cents
    in_plan_box_2a: Cents
    in_plan_box_5: Cents
    rollover_box_1: Cents
    rollover_box_2a: Cents
    rollover_box_5: Cents
    return_line_5a: Cents
    return_line_5b: Cents
    next_year_box_1: Cents
    next_year_box_2a: Cents
    next_year_box_5: Cents
    expected_5498_roth: Cents
    expected_5498_traditional: Cents
    expected_w2_box_1: Cents
    expected_w2_box_3: Cents | None
    expected_w2_box_5: Cents
    expected_w2_d: Cents
    expected_w2_aa: Cents
    expected_w2_after_tax: Cents
    conversions_unconfirmed: int
    form_8606_line_19: Cents | None
    form_8606_line_20: Cents | None
    form_8606_line_21: Cents | None
    form_8606_line_22: Cents | None
    form_8606_line_23: Cents | None
    form_8606_line_24: Cents | None
    form_8606_line_25a: Cents | None
    form_8606_line_25b: Cents | None
    form_8606_line_25c: Cents | None
    form_5329_conversions: Cents | None
    forms_due_january: date
    forms_due_may: date
    forms_return_due: date
    ledger_roth_contributions: Cents
    ledger_roth_conversions: Cents
    ledger_plan_basis: Cents
    ledger_after_tax_basis: Cents
    ledger_ira_basis: Cents
    roth_ira_first: int | None
    roth_ira_clock_ends: date | None
    roth_plan_first: int | None
    roth_plan_clock_ends: date | None
    access_ira_first: Cents | None
    access_ira_free: Cents | None
    access_ira_penalized: Cents | None
    access_ira_taxable: Cents | None
    access_plan_first: Cents | None
    access_plan_free: Cents | None
    access_plan_penalized: Cents | None
    access_plan_taxable: Cents | None
    off_box_1: Cents
    off_box_2a: Cents
    off_box_5: Cents
    off_w2_box_1: Cents
    off_w2_box_3: Cents
    off_w2_box_5: Cents
    off_w2_d: Cents
    off_w2_aa: Cents
    off_5498_roth: Cents
    off_5498_traditional: Cents
    forms_at_fault: int
    forms_missing: int


def paper_answers(client: Client, plan: YearPlan, rules: Rules) -> PaperAnswers:
    """The forms to expect, the ledger with its clocks, what could be withdrawn, and what is off in the forms received.

    client: the inputs; plan: their year; rules: its law.
    Raises InputError for a ledger, a first year or a day of access that cannot be, in one sentence.
    Source: as the engine's form_*, ledger, roth_ira, roth_plan and tie_out say.
    """
    refuse_problems(client)
    h, paper = client.household, client.paper
    expected = expected_forms(client, plan, rules)
    both, w2 = expected.both, expected.w2
    year = h.tax_year
    of_ira, of_plan = roth_ira_through(client, plan, year), plan_roth(client, plan)
    from_ira, from_plan = access(client, plan)
    lines = form_8606_part_iii(client, plan)
    off = {tie.name: tie.off_by for tie in ties(client, plan, expected)}
    none = Cents(0)
    ira_first = roth_ira_through(client, plan, year + 1).first_year
    return PaperAnswers(
        in_plan_box_1=expected.in_plan.box_1,
        in_plan_box_2a=expected.in_plan.box_2a,
        in_plan_box_5=expected.in_plan.box_5,
        rollover_box_1=expected.rollover.box_1,
        rollover_box_2a=expected.rollover.box_2a,
        rollover_box_5=expected.rollover.box_5,
        return_line_5a=both.box_1,
        return_line_5b=both.box_2a,
        next_year_box_1=expected.next_year.box_1,
        next_year_box_2a=expected.next_year.box_2a,
        next_year_box_5=expected.next_year.box_5,
        expected_5498_roth=expected.of_iras.roth_ira,
        expected_5498_traditional=expected.of_iras.traditional,
        expected_w2_box_1=w2.box_1,
        expected_w2_box_3=w2.box_3,
        expected_w2_box_5=w2.box_5,
        expected_w2_d=w2.box_12_d,
        expected_w2_aa=w2.box_12_aa,
        expected_w2_after_tax=w2.box_14,
        conversions_unconfirmed=expected.unconfirmed,
        form_8606_line_19=lines.line_19 if lines else None,
        form_8606_line_20=lines.line_20 if lines else None,
        form_8606_line_21=lines.line_21 if lines else None,
        form_8606_line_22=lines.line_22 if lines else None,
        form_8606_line_23=lines.line_23 if lines else None,
        form_8606_line_24=lines.line_24 if lines else None,
        form_8606_line_25a=lines.line_25a if lines else None,
        form_8606_line_25b=lines.line_25b if lines else None,
        form_8606_line_25c=lines.line_25c if lines else None,
        form_5329_conversions=lines.recaptured if lines else None,
        forms_due_january=expected.dates.january,
        forms_due_may=expected.dates.may,
        forms_return_due=expected.dates.return_due,
        ledger_roth_contributions=of_ira.contributions,
        ledger_roth_conversions=of_ira.conversions,
        ledger_plan_basis=of_plan.basis,
        ledger_after_tax_basis=basis_left(paper.ledger, "after-tax", year),
        ledger_ira_basis=basis_left(paper.ledger, "traditional IRA", year - 1),
        roth_ira_first=ira_first,
        roth_ira_clock_ends=_clock_ends(ira_first),
        roth_plan_first=of_plan.first_year,
        roth_plan_clock_ends=_clock_ends(of_plan.first_year),
        access_ira_first=from_ira.first if from_ira else None,
        access_ira_free=from_ira.free if from_ira else None,
        access_ira_penalized=from_ira.penalized if from_ira else None,
        access_ira_taxable=from_ira.taxable if from_ira else None,
        access_plan_first=from_plan.first if from_plan else None,
        access_plan_free=from_plan.free if from_plan else None,
        access_plan_penalized=from_plan.penalized if from_plan else None,
        access_plan_taxable=from_plan.taxable if from_plan else None,
        off_box_1=off.get("off_box_1", none),
        off_box_2a=off.get("off_box_2a", none),
        off_box_5=off.get("off_box_5", none),
        off_w2_box_1=off.get("off_w2_box_1", none),
        off_w2_box_3=off.get("off_w2_box_3", none),
        off_w2_box_5=off.get("off_w2_box_5", none),
        off_w2_d=off.get("off_w2_d", none),
        off_w2_aa=off.get("off_w2_aa", none),
        off_5498_roth=off.get("off_5498_roth", none),
        off_5498_traditional=off.get("off_5498_traditional", none),
        forms_at_fault=sum(
            form_fault(form, expected) != "" for form in paper.forms if not left_out(form, paper.forms, expected)
        ),
        forms_missing=len(tuple(missing(client, expected))),
    )


def _clock_ends(first_year: int | None) -> date | None:
    """The first day after the five taxable years."""
    return None if first_year is None else date(first_year + CLOCK, 1, 1)
