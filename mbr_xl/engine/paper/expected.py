"""The paper of the year: every amount that a form should show, and when the form comes."""

from __future__ import annotations

from dataclasses import dataclass

from mbr_xl.client import Client
from mbr_xl.engine.paper.by_path import ByPath, by_path, unconfirmed
from mbr_xl.engine.paper.form_1099r import Boxes
from mbr_xl.engine.paper.form_5498 import Forms5498, forms_5498
from mbr_xl.engine.paper.form_dates import FormDates, form_dates
from mbr_xl.engine.paper.form_w2 import FormW2, form_w2
from mbr_xl.money import Cents
from mbr_xl.results import YearPlan
from mbr_xl.rules import Rules, bank_holidays


@dataclass(frozen=True, slots=True)
class ExpectedForms:
    """in_plan, rollover: Form 1099-R of the in-plan conversions and of the direct rollovers out of the plan.

    next_year: both together of the year after, for money contributed this year; unconfirmed: conversions of the year
    that no record confirms in writing.
    """

    in_plan: Boxes
    rollover: Boxes
    next_year: Boxes
    of_iras: Forms5498
    w2: FormW2
    dates: FormDates
    to_traditional: Cents
    unconfirmed: int

    @property
    def both(self) -> Boxes:
        """The Forms 1099-R of the year added up: Form 1040, lines 5a (box 1) and 5b (box 2a)."""
        return Boxes(
            Cents(self.in_plan.box_1 + self.rollover.box_1),
            Cents(self.in_plan.box_2a + self.rollover.box_2a),
            Cents(self.in_plan.box_5 + self.rollover.box_5),
        )


def expected_forms(client: Client, plan: YearPlan, rules: Rules) -> ExpectedForms:
    """Every form that the plan's year brings, with its amounts; box 4 of a direct rollover is 0 and box 7 is G.

    client: the inputs; plan: their year; rules: its law.
    Source: 26 USC 402(c)(2), 402A(c)(4), 408A(e), 3405(c)(2); Notice 2014-54; Instructions for Forms 1099-R and 5498.
    Choice: one form a path. A payer may put both paths on one form, or each destination on its own; sums are equal.
    """
    h = client.household
    year = by_path(h, plan, h.tax_year)
    return ExpectedForms(
        in_plan=_in_plan(year),
        rollover=_rollover(year),
        next_year=_together(by_path(h, plan, h.tax_year + 1)),
        of_iras=forms_5498(year),
        w2=form_w2(client, plan, rules),
        dates=form_dates(h.tax_year, bank_holidays()),
        to_traditional=year.to_traditional,
        unconfirmed=unconfirmed(h, plan),
    )


def _in_plan(year: ByPath) -> Boxes:
    lost = year.lost if year.in_plan and not year.roth_ira else 0
    return Boxes(year.in_plan, year.in_plan_taxable, Cents(year.in_plan - year.in_plan_taxable + lost))


def _rollover(year: ByPath) -> Boxes:
    """Earnings that go to a traditional IRA are in box 1 and in neither 2a nor 5."""
    lost = year.lost if year.roth_ira else 0
    return Boxes(
        Cents(year.roth_ira + year.to_traditional),
        year.roth_ira_taxable,
        Cents(year.roth_ira - year.roth_ira_taxable + lost),
    )


def _together(year: ByPath) -> Boxes:
    in_plan, rollover = _in_plan(year), _rollover(year)
    return Boxes(
        Cents(in_plan.box_1 + rollover.box_1),
        Cents(in_plan.box_2a + rollover.box_2a),
        Cents(in_plan.box_5 + rollover.box_5),
    )
