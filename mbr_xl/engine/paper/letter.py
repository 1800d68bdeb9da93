"""A letter that asks for a form to be checked and corrected: who to, what it says, what the records show, by when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mbr_xl.client import Client
from mbr_xl.engine.paper.expected import ExpectedForms, expected_forms
from mbr_xl.engine.paper.form_dates import amended_until
from mbr_xl.engine.paper.money_text import money_text
from mbr_xl.engine.paper.tie_out import (
    code_of,
    contributions_box,
    form_fault,
    of_conversions,
    tie_sentence,
    ties,
)
from mbr_xl.engine.paydays import us_date
from mbr_xl.records import FormReceived
from mbr_xl.results import YearPlan
from mbr_xl.rules import Rules

ADDRESSEES = {
    "Form 1099-R": "Plan administrator",
    "Form 5498": "IRA trustee or custodian",
    "Form W-2": "Employer, payroll",
}
TIES = {"Form 1099-R": ("off_box_",), "Form 5498": ("off_5498_",), "Form W-2": ("off_w2_",)}
CLOSING = "This letter asks for a form to be checked. It is no tax advice and claims no result."


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter: the form it is about, its addressee, its subject, and its paragraphs."""

    form: str
    to: str
    about: str
    paragraphs: tuple[str, ...]


def letters(client: Client, plan: YearPlan, rules: Rules) -> tuple[Letter, ...]:
    """A drafted request for each kind of form with something off, in the order 1099-R, 5498, W-2; empty if all ties.

    client: the forms in paper.forms, and the inputs; plan: their year; rules: its law.
    Source: General Instructions for Certain Information Returns (corrected returns); 26 USC 6072(a), 6511(a), 6513(a).
    Forms 1099-R of IRAs, refunds and other payments bring none: see `left_out`.
    Choice: a letter names no tax and promises nothing; where conversions are not confirmed it says so.
    """
    expected = expected_forms(client, plan, rules)
    return tuple(_letters(client, plan, expected))


def _letters(client: Client, plan: YearPlan, expected: ExpectedForms) -> Iterator[Letter]:
    h = client.household
    for kind, addressee in ADDRESSEES.items():
        forms = of_conversions(client, kind, expected)
        faults = [(form, form_fault(form, expected)) for form in forms]
        off = [tie for tie in ties(client, plan, expected) if tie.off_by and tie.name.startswith(TIES[kind])]
        if not off and not any(fault for _, fault in faults):
            continue
        payer = next((form.payer for form, fault in faults if fault), forms[0].payer)
        paragraphs = (
            f"The form{'s' if len(forms) > 1 else ''} received: {'; '.join(_shows(form) for form in forms)}.",
            _records(kind, expected),
            " ".join([*(fault for _, fault in faults if fault), *(tie_sentence(tie) for tie in off)]),
            f"Please compare this with your records. If they agree with ours, please issue a corrected {kind} to "
            "the recipient and to the IRS; if they do not, please send the dates and amounts that your records show.",
            _deadline(client, expected),
            CLOSING,
        )
        who = f", {h.client}" if h.client else ""
        yield Letter(
            kind,
            f"{payer}, {addressee}" if payer else addressee,
            f"{kind} for {h.tax_year}{who}: request to check it",
            paragraphs,
        )


def _shows(form: FormReceived) -> str:
    def box(name: str, amount: int | None) -> str:
        return f"{name} {money_text(amount or 0)}"

    if form.form == "Form 1099-R":
        boxes = [
            box("box 1", form.box_1),
            box("box 2a", form.box_2),
            box("box 4", form.box_4),
            box("box 5", form.box_5),
        ]
        return ", ".join([*boxes, f"code {code_of(form) or 'blank'}"])
    if form.form == "Form 5498":
        boxes = [box(contributions_box(form.ira), form.box_1), box("box 2", form.box_2)]
        return ", ".join([form.ira or "IRA", *boxes, *([box("box 3", form.box_3)] if form.box_3 else [])])
    wages = (("box 1", form.box_1), ("box 3", form.box_3), ("box 5", form.box_5))
    boxes = [box(name, amount) for name, amount in wages if amount is not None]
    return ", ".join([*boxes, box("box 12 D", form.box_12_d), box("box 12 AA", form.box_12_aa)])


def _records(kind: str, expected: ExpectedForms) -> str:
    both = expected.both
    if kind == "Form W-2":
        w2 = expected.w2
        return (
            f"Our records of the year's pay show wages of {money_text(w2.box_1)} (box 1)"
            + (f", {money_text(w2.box_3)} (box 3)" if w2.box_3 is not None else "")
            + f" and {money_text(w2.box_5)} (box 5), pre-tax deferrals of {money_text(w2.box_12_d)} (box 12 D) and "
            f"Roth deferrals of {money_text(w2.box_12_aa)} (box 12 AA), catch-up included. After-tax contributions of "
            f"{money_text(w2.box_14)} lower none of the wages and have no code in box 12."
        )
    whose = "Our records of the year's conversions show"
    if expected.unconfirmed:
        whose = (
            f"Our plan of the year's conversions, {expected.unconfirmed} of them not confirmed in writing yet, shows"
        )
    if kind == "Form 5498":
        iras = expected.of_iras
        return (
            f"{whose} {money_text(iras.roth_ira)} rolled over to a Roth IRA and {money_text(iras.traditional)} to a "
            f"traditional IRA (box 2), and {money_text(expected.in_plan.box_1)} converted inside the plan."
        )
    return (
        f"{whose} box 1 {money_text(both.box_1)}, box 2a {money_text(both.box_2a)}, box 4 $0.00, box 5 "
        f"{money_text(both.box_5)}, code G."
    )


def _deadline(client: Client, expected: ExpectedForms) -> str:
    year, filed, due = client.household.tax_year, client.paper.return_filed, expected.dates.return_due
    if filed is None:
        return (
            f"The return for {year} is due {us_date(due)}: please answer before it is filed. Without a corrected form "
            "by then it may have to be prepared from the records."
        )
    return (
        f"The return for {year} was filed on {us_date(filed)}. A corrected form may lead to an amended return (Form "
        f"1040-X), in general possible until {us_date(amended_until(due, filed))}."
    )
