"""The boxes of Form W-2 that the plan decides, for one employer and one saver."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from mbr_xl.client import Client
from mbr_xl.errors import InputError
from mbr_xl.money import Cents
from mbr_xl.results import YearPlan
from mbr_xl.rules import Rules


@dataclass(frozen=True, slots=True)
class FormW2:
    """Wages (1), Social Security wages (3, None where no wage base is published), Medicare wages (5), 12 and 14."""

    box_1: Cents
    box_3: Cents | None
    box_5: Cents
    box_12_d: Cents
    box_12_aa: Cents
    box_14: Cents


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
    return FormW2(
        box_1=Cents(max(0, medicare - top.total_pretax - (client.future.nqdc_deferred or 0))),
        box_3=social_security,
        box_5=Cents(medicare),
        box_12_d=top.total_pretax,
        box_12_aa=top.total_roth,
        box_14=top.total_after_tax,
    )
