"""What the Tax sheet answers: the year's tax side by side, what the conversion costs, Roth IRA, estimated tax."""

from __future__ import annotations

from dataclasses import dataclass

from mbr_xl.client import Client
from mbr_xl.engine.converting.path import ROTH_IRA, path_taken
from mbr_xl.engine.deferral import age_at_year_end
from mbr_xl.engine.iras.backdoor import ira_limit, phased_out
from mbr_xl.engine.paper.by_path import by_path
from mbr_xl.engine.taxes.estimated import (
    EstimatedTax,
    InstalmentLine,
    curing_withholding,
    estimated_tax,
    instalment_lines,
)
from mbr_xl.engine.taxes.roth_or_pretax import (
    ReturnLine,
    employer_medicare_wages,
    ira_conversion_income,
    side_by_side,
    spouse_medicare_wages,
    state_rate_of_conversion,
)
from mbr_xl.money import WHOLE, Cents, Millionths, half_up, share_of
from mbr_xl.results import YearPlan
from mbr_xl.rules import Filing, Rules

A_DOLLAR = 100


@dataclass(frozen=True)
class TaxAnswers:
    """Each field is a defined name of the planner; `returns` are the columns return_, `instalments` instalment_.

    Cents of the year, rates on the next dollar of conversion. Estimated tax is 0 and without a reason where last
    year's tax, its income or the withholding is blank.
    """

    returns: tuple[ReturnLine, ...]
    instalments: tuple[InstalmentLine, ...]
    marginal_federal: Millionths
    marginal_state: Millionths
    conversion_federal: Cents
    conversion_state: Cents
    conversion_cost: Cents
    conversion_cost_share: Millionths
    all_pretax_change: Cents
    all_roth_change: Cents
    roth_magi_in_plan: Cents
    roth_magi_to_ira: Cents
    roth_allowed_in_plan: Cents
    roth_allowed_to_ira: Cents
    roth_ira_allowed: Cents
    roth_ira_excess: Cents
    medicare_withheld: Cents
    tax_withheld: Cents
    estimated_required: Cents
    estimated_to_pay: Cents
    estimated_why: str
    estimates_paid: Cents
    estimates_left: Cents
    cure_withholding: Cents
    cure_pays: int
    cure_per_pay: Cents


def tax_answers(client: Client, plan: YearPlan, rules: Rules) -> TaxAnswers | None:
    """The tax around the plan; None without a filing status or for a year whose brackets are not published.

    client: the inputs; plan: of its household; rules: of its year.
    Raises InputError for tax facts that contradict each other, in one sentence.
    Source: 26 USC 1, 408A(c)(3), 6654; 408A(c)(2)(A) (what goes into traditional IRAs comes off);
    `side_by_side`, `phased_out` and `estimated_tax` have the details.
    Choice: what the conversion costs is the year's tax with it less the tax without it.
    """
    tax, household = client.tax, client.household
    status = tax.filing_status
    if status is None or not has_tax(rules):
        return None
    returns = side_by_side(client, plan, rules, status)
    planned, all_pretax, all_roth, unconverted = returns
    federal = planned.total - unconverted.total
    cost = federal + planned.state_conversion

    in_plan = planned.agi - ira_conversion_income(client) + tax.adjustments_added_back
    to_ira = in_plan - planned.conversion
    age = None if household.birth_date is None else age_at_year_end(household.tax_year, household.birth_date)
    most = ira_limit(rules, age, client.iras.ira_compensation)
    band = rules.phase_out("roth_ira", status)
    after_traditional = max(0, most - client.iras.ira_contributed)
    allowed_in_plan = Cents(min(after_traditional, phased_out(most, band, in_plan)))
    allowed_to_ira = Cents(min(after_traditional, phased_out(most, band, to_ira)))
    allowed = allowed_to_ira if converts_to_ira(client, plan) else allowed_in_plan

    medicare_withheld = additional_medicare_withheld(client, plan, rules)
    withheld = (tax.federal_withheld or 0) + (tax.federal_to_come or 0) + medicare_withheld
    paid = (tax.estimate_april, tax.estimate_june, tax.estimate_september, tax.estimate_january)
    estimated = _estimated(client, rules, status, planned.total, withheld)
    to_pay = estimated.to_pay if estimated else 0
    cure = curing_withholding(to_pay, paid)
    pays = open_pays(client, plan)
    return TaxAnswers(
        returns=returns,
        instalments=instalment_lines(household.tax_year, to_pay, paid) if estimated else (),
        marginal_federal=planned.marginal,
        marginal_state=state_rate_of_conversion(client),
        conversion_federal=Cents(federal),
        conversion_state=planned.state_conversion,
        conversion_cost=Cents(cost),
        conversion_cost_share=Millionths(half_up(cost * WHOLE, planned.conversion) if planned.conversion else 0),
        all_pretax_change=all_pretax.change,
        all_roth_change=all_roth.change,
        roth_magi_in_plan=Cents(in_plan),
        roth_magi_to_ira=Cents(to_ira),
        roth_allowed_in_plan=allowed_in_plan,
        roth_allowed_to_ira=allowed_to_ira,
        roth_ira_allowed=allowed,
        roth_ira_excess=Cents(max(0, tax.roth_ira_planned - allowed)),
        medicare_withheld=medicare_withheld,
        tax_withheld=Cents(withheld),
        estimated_required=estimated.required if estimated else Cents(0),
        estimated_to_pay=Cents(to_pay),
        estimated_why=estimated.why if estimated else "",
        estimates_paid=Cents(sum(paid)),
        estimates_left=Cents(max(0, to_pay - sum(paid))),
        cure_withholding=cure,
        cure_pays=pays,
        # The line of a Form W-4 takes whole dollars.
        cure_per_pay=Cents(-(-cure // (pays * A_DOLLAR)) * A_DOLLAR if pays else 0),
    )


def has_tax(rules: Rules) -> bool:
    """Whether the year's income tax is held: brackets, deductions and gains."""
    return bool(rules.entries["tax.single"].numbers)


def additional_medicare_withheld(client: Client, plan: YearPlan, rules: Rules) -> Cents:
    """Additional Medicare Tax in cents that employers withhold by law, each above $200,000 of its own wages.

    Source: 26 USC 3102(f)(1), 31(a), 6654(g)(1); Form 8959, Part V.
    Choice: the spouse has one employer; of the saver's other employers nothing is counted.
    """
    law = rules.payroll
    return Cents(
        sum(
            share_of(max(0, wages - law.additional_medicare_withheld_above), law.additional_medicare)
            for wages in (employer_medicare_wages(client, plan), spouse_medicare_wages(client))
        )
    )


def converts_to_ira(client: Client, plan: YearPlan) -> bool:
    """Whether the plan's conversions go to a Roth IRA: the path taken, and nothing taxable recorded in the plan.

    It decides whether their income counts for a direct Roth IRA contribution: what 26 USC 408A(d)(3) taxes does not.
    """
    h = client.household
    return path_taken(h) == ROTH_IRA and not by_path(h, plan, h.tax_year).in_plan_taxable


def open_pays(client: Client, plan: YearPlan) -> int:
    """The regular pays that a new Form W-4 can still reach."""
    h = client.household
    first = client.tax.new_withholding_from or h.change_from
    recorded = max((paid.date for paid in h.paid), default=None)
    return sum(
        pay.kind == "base" and (first is None or pay.date >= first) and (recorded is None or pay.date > recorded)
        for pay in plan.pays
    )


def _estimated(client: Client, rules: Rules, status: Filing, current_tax: int, withheld: int) -> EstimatedTax | None:
    tax = client.tax
    if tax.prior_tax is None or tax.prior_agi is None:
        return None
    if tax.federal_withheld is None and tax.federal_to_come is None:
        return None
    return estimated_tax(rules, current_tax, tax.prior_tax, tax.prior_agi, status, withheld)
