"""The boxes of Form W-2 that the plan decides, for one employer and one saver."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from mbr_xl.client import Client
from mbr_xl.engine.paper.money_text import money_text
from mbr_xl.errors import InputError
from mbr_xl.money import Cents
from mbr_xl.results import YearPlan
from mbr_xl.rules import Rules


@dataclass(frozen=True, slots=True)
class FormW2:
    """Wages (1), Social Security wages (3, None where no wage base is published), Medicare wages (5), 12 and 14.

    pay, benefits, deferred: what the wages are made from: all pay of the year, pre-tax benefits, deferred compensation.
    """

    box_1: Cents
    box_3: Cents | None
    box_5: Cents
    box_12_d: Cents
    box_12_aa: Cents
    box_14: Cents
    pay: Cents
    benefits: Cents
    deferred: Cents


def form_w2(client: Client, plan: YearPlan, rules: Rules) -> FormW2:
    """The boxes to expect: pre-tax deferrals, benefits and deferred compensation leave box 1, benefits boxes 3 and 5.

    client: the household and, of the tax facts, pay to date and pre-tax benefits; plan: its year; rules: its law.
    Box 12 D and AA hold catch-up too; after-tax contributions are in box 14 if the employer shows them at all.
    Source: 26 USC 402(e)(3), 402A(a), 409A, 3121(v)(1)(A), (2), 125; General Instructions for Forms W-2 and W-3 (boxes
    1, 3, 5, 12 codes D and AA, 14).
    Choice: pay to date, where it is not given, is the 415 pay to date; deferred compensation of the year is vested.
    """
    h, top = client.household, plan.headlines
    before = client.tax.gross_to_date
    gross = (h.ytd_additions_pay if before is None else before) + sum(pay.gross for pay in plan.pays)
    medicare = max(0, gross - client.tax.wage_benefits)
    social_security: Cents | None = None
    with suppress(InputError):  # the wage base of a year to come is not published yet
        social_security = Cents(min(medicare, rules.wage_base))
    deferred = client.future.nqdc_deferred or Cents(0)
    return FormW2(
        box_1=Cents(max(0, medicare - top.total_pretax - deferred)),
        box_3=social_security,
        box_5=Cents(medicare),
        box_12_d=top.total_pretax,
        box_12_aa=top.total_roth,
        box_14=top.total_after_tax,
        pay=Cents(gross),
        benefits=client.tax.wage_benefits,
        deferred=deferred,
    )


def about_w2(form: FormW2, box: str, off_by: int) -> str:
    """What a box that is off by some cents rests on, in sentences: pay and benefits, and the error that it may be.

    form: as expected; box: "1", "3", "5", "12 D" or "12 AA"; off_by: reported less expected.
    Source: 26 USC 402(c)(2)(A), 3401(a), 3121(a), (v)(1) (after-tax contributions stay wages); General Instructions for
    Forms W-2 and W-3 (box 12 has no code for them).
    """
    wages = not box.startswith("12")
    error = f"do not lower box {box}" if wages else "belong in no box 12 code"
    said = ""
    if form.box_14 and off_by == (-form.box_14 if wages else form.box_14):
        said = f" That is the year's after-tax contributions, which {error}."
    if not wages:
        return said
    less = f"benefits {money_text(form.benefits)}"
    if box == "1":
        deferred = f", deferred compensation {money_text(form.deferred)}" if form.deferred else ""
        less += f", pre-tax deferrals {money_text(form.box_12_d)}{deferred}"
    cap = ", up to the wage base" if box == "3" else ""
    return f"{said} Expected from pay {money_text(form.pay)} less {less}{cap}, as typed and planned."
