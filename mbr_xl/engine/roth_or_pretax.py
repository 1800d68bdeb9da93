"""The year's return as planned, with all deferrals pre-tax, with all of them Roth, and without the conversion."""

from __future__ import annotations

from dataclasses import dataclass

from mbr_xl.client import Client
from mbr_xl.engine.backdoor import form_8606
from mbr_xl.engine.year_tax import Income, Return, year_return
from mbr_xl.errors import InputError
from mbr_xl.money import WHOLE, Cents, Millionths, dollars, half_up, share_of
from mbr_xl.results import YearPlan
from mbr_xl.rules import Filing, Rules

CASES = ("as planned", "all pre-tax", "all Roth", "no conversion")


@dataclass(frozen=True, slots=True)
class ReturnLine:
    """One case of the side by side; each field is a column named return_ and the field's name in the planner."""

    case: str
    pretax: Cents
    conversion: Cents
    wages: Cents
    medicare_wages: Cents
    income: Cents
    agi: Cents
    deduction: Cents
    senior: Cents
    taxable: Cents
    ordinary: Cents
    ordinary_tax: Cents
    gains_tax: Cents
    income_tax: Cents
    credits_used: Cents
    additional_medicare: Cents
    niit: Cents
    total: Cents
    state_conversion: Cents
    state_saved: Cents
    change: Cents
    marginal_bracket: Millionths
    marginal_niit: Millionths
    marginal: Millionths


def side_by_side(client: Client, plan: YearPlan, rules: Rules, status: Filing) -> tuple[ReturnLine, ...]:
    """The return in the four cases, in the order of CASES; `change` is against the first, federal and state together.

    client: its tax facts are checked; plan: of its household; rules: of its year; status: the filing status.
    Raises InputError for tax facts that contradict each other, or a year whose brackets are not published.
    Source: 26 USC 402(e)(3), 402A(a)(1) (pre-tax deferrals are no wages of the year, Roth deferrals are), 3121(v)(1)
    (both are Medicare wages), 414(v)(7) (catch-up that must be Roth stays Roth), 402A(c)(4) (a conversion is income).
    Choice: as if elected so from January 1; a plan without Roth keeps its pre-tax deferrals. Deferrals above the
    limit are not added back to wages. State tax is a flat rate on what differs between the cases, not a state return.
    """
    _refuse_contradictions(client, status)
    heads = plan.headlines
    kept = min(heads.total_catch_up, heads.total_roth) if heads.roth_catch_up_required else 0
    all_roth = 0 if client.household.plan_has_roth else heads.total_pretax
    amounts = (
        (heads.total_pretax, heads.total_taxable),
        (heads.total_deferral - kept, heads.total_taxable),
        (all_roth, heads.total_taxable),
        (heads.total_pretax, 0),
    )
    planned: tuple[Return, int, int] | None = None
    lines = []
    for case, (pretax, conversion) in zip(CASES, amounts, strict=True):
        income = income_of(client, plan, pretax, conversion)
        found = year_return(rules, status, income)
        on_conversion, saved = _state(client, pretax, conversion)
        first = planned = planned or (found, on_conversion, saved)
        lines.append(
            ReturnLine(
                case=case,
                pretax=Cents(pretax),
                conversion=Cents(conversion),
                wages=Cents(income.wages),
                medicare_wages=Cents(income.medicare_wages),
                state_conversion=on_conversion,
                state_saved=saved,
                change=Cents(found.total + on_conversion - saved - first[0].total - first[1] + first[2]),
                **{name: getattr(found, name) for name in Return.__dataclass_fields__},
            )
        )
    return tuple(lines)


def income_of(client: Client, plan: YearPlan, pretax: int, conversion: int) -> Income:
    """What goes into the return, with that much deferred pre-tax and that much of the plan's conversions taxable."""
    h, tax = client.household, client.tax
    so_far = h.ytd_additions_pay if tax.gross_to_date is None else tax.gross_to_date
    gross = so_far + sum(pay.gross for pay in plan.pays)
    spouse_medicare = tax.spouse_wages if tax.spouse_medicare_wages is None else tax.spouse_medicare_wages
    return Income(
        wages=max(0, gross - pretax - tax.wage_benefits) + tax.other_wages + tax.spouse_wages,
        medicare_wages=max(0, gross - tax.wage_benefits) + tax.other_wages + spouse_medicare,
        conversion=conversion + ira_conversion_income(client),
        other=tax.other_income,
        interest=tax.interest_income,
        gains=tax.qualified_income,
        adjustments=tax.adjustments,
        itemized=tax.itemized,
        seniors=tax.seniors,
        blind=tax.blind_filers,
        other_deductions=tax.other_deductions,
        tax_credits=tax.tax_credits,
        other_taxes=tax.other_taxes,
    )


def ira_conversion_income(client: Client) -> Cents:
    """Taxable cents of the year's IRA conversions: as given, else by Form 8606 of the IRA facts, 0 without them.

    Raises InputError where the IRA facts cannot be a Form 8606.
    Source: 26 USC 408(d)(1), (2), 408A(d)(3)(A); Form 8606, line 18.
    """
    given, iras = client.tax.ira_conversion_income, client.iras
    if given is not None:
        return given
    if iras.ira_value is None:
        return Cents(0)
    basis, late, other = iras.ira_basis, iras.ira_late, iras.ira_distributed
    return form_8606(iras.ira_contributed, iras.ira_converted, iras.ira_value, basis, None, late, other).line_18


def state_rate_of_conversion(client: Client) -> Millionths:
    """The state's rate in millionths on a dollar of conversion: the rate by the share that the state taxes."""
    share = WHOLE if client.tax.state_share is None else client.tax.state_share
    return Millionths(share_of(client.household.state_rate, share))


def _state(client: Client, pretax: int, conversion: int) -> tuple[Cents, Cents]:
    """State tax in cents on the conversion, and what pre-tax deferrals save of it, at the flat rate."""
    rate = client.household.state_rate
    share = WHOLE if client.tax.state_share is None else client.tax.state_share
    saved = 0 if client.tax.state_taxes_deferrals else share_of(pretax, rate)
    return Cents(half_up(conversion * share * rate, WHOLE * WHOLE)), Cents(saved)


def _refuse_contradictions(client: Client, status: Filing) -> None:
    tax = client.tax
    if status != "mfj" and (tax.spouse_wages or tax.spouse_medicare_wages):
        raise InputError("A spouse's wages (spouse_wages) belong on a joint return only: clear them, or give mfj.")
    if tax.adjustments_added_back > tax.adjustments:
        raise InputError(
            f"Adjustments added back (adjustments_added_back) of {dollars(tax.adjustments_added_back)} are more than "
            f"all adjustments, {dollars(tax.adjustments)}: give a part of them."
        )
    most = 2 if status in ("mfj", "mfs", "mfs_apart") else 1
    if not (0 <= tax.seniors <= most and 0 <= tax.blind_filers <= most):
        raise InputError(
            f"Filers of 65 or more (seniors) and blind filers (blind_filers) on this return: give 0 to {most}."
        )
