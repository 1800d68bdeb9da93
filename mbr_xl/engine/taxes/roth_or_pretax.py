"""The year's return as planned, with all deferrals pre-tax, with all of them Roth, and without the conversion."""

from __future__ import annotations

from dataclasses import dataclass

from mbr_xl.client import Client
from mbr_xl.engine.excess.excess_deferral import excess_deferral
from mbr_xl.engine.iras.backdoor import Form8606, form_8606
from mbr_xl.engine.taxes.year_tax import Income, Return, year_return
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
    excess_taxed: Cents
    ira_income: Cents
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
    (both are Medicare wages), 414(v)(7) (catch-up that must be Roth stays Roth), 402A(c)(4) (a conversion is income),
    402(g)(1)(A), (2)(C) (an excess deferral is income of its year, its earnings when paid), 408(d)(1), 6013(a) (IRA
    income, of both on a joint return).
    Choice: as if elected so from January 1; a plan without Roth keeps its pre-tax deferrals. State tax is a flat rate
    on what differs between the cases, not a state return.
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
        taxed_back, pretax_back = _excess(client, plan, rules, pretax)
        income = income_of(client, plan, pretax, conversion, taxed_back)
        found = year_return(rules, status, income)
        on_conversion, saved = _state(client, pretax, pretax_back, conversion)
        first = planned = planned or (found, on_conversion, saved)
        lines.append(
            ReturnLine(
                case=case,
                pretax=Cents(pretax),
                conversion=Cents(conversion),
                wages=Cents(income.wages),
                medicare_wages=Cents(income.medicare_wages),
                excess_taxed=Cents(taxed_back),
                ira_income=Cents(income.conversion - conversion + income.ira_withdrawals),
                state_conversion=on_conversion,
                state_saved=saved,
                change=Cents(found.total + on_conversion - saved - first[0].total - first[1] + first[2]),
                **{name: getattr(found, name) for name in Return.__dataclass_fields__},
            )
        )
    return tuple(lines)


def income_of(client: Client, plan: YearPlan, pretax: int, conversion: int, excess: int = 0) -> Income:
    """What goes into the return, in cents.

    pretax: deferred so; conversion: taxable part of the plan's conversions; excess: excess deferral taxed in the year.
    Raises InputError where the IRA facts cannot be a Form 8606.
    Choice: gross pay holds the deferred compensation elected, which leaves wages but, vested, not Medicare wages.
    """
    tax = client.tax
    deferred = client.future.nqdc_deferred or 0
    employer = employer_medicare_wages(client, plan)
    return Income(
        wages=max(0, employer - pretax - deferred) + tax.other_wages + tax.spouse_wages,
        medicare_wages=employer + tax.other_wages + spouse_medicare_wages(client),
        conversion=conversion + ira_conversion_income(client),
        ira_withdrawals=sum(form.line_15 for form in _forms_8606(client)),
        excess_deferral=excess,
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


def employer_medicare_wages(client: Client, plan: YearPlan) -> Cents:
    """Medicare wages in cents of this employer for the year, 0 or more: W-2 box 5."""
    h, tax = client.household, client.tax
    so_far = h.ytd_additions_pay if tax.gross_to_date is None else tax.gross_to_date
    return Cents(max(0, so_far + sum(pay.gross for pay in plan.pays) - tax.wage_benefits))


def spouse_medicare_wages(client: Client) -> Cents:
    """The spouse's Medicare wages in cents: as given, else the spouse's wages."""
    tax = client.tax
    return tax.spouse_wages if tax.spouse_medicare_wages is None else tax.spouse_medicare_wages


def ira_conversion_income(client: Client) -> Cents:
    """Taxable cents of the year's IRA conversions: as given, else by Form 8606 of the IRA facts, 0 without them.

    Raises InputError where the IRA facts cannot be a Form 8606.
    Source: 26 USC 408(d)(1), (2), 408A(d)(3)(A), 6013(a); Form 8606, line 18, of each spouse on a joint return.
    """
    forms = _forms_8606(client)
    given = client.tax.ira_conversion_income
    return Cents(sum(form.line_18 for form in forms)) if given is None else given


def _forms_8606(client: Client) -> list[Form8606]:
    """Form 8606 of the saver, and on a joint return of the spouse; none of who has no December 31 value."""
    iras, forms = client.iras, []
    if iras.ira_value is not None:
        own = (iras.ira_contributed, iras.ira_converted, iras.ira_value, iras.ira_basis, None, iras.ira_late)
        forms.append(form_8606(*own, iras.ira_distributed))
    if iras.spouse_ira_value is not None and client.tax.filing_status == "mfj":
        forms.append(
            form_8606(
                iras.spouse_ira_contributed,
                iras.spouse_ira_converted,
                iras.spouse_ira_value,
                iras.spouse_ira_basis,
                None,
                iras.spouse_ira_late,
                iras.spouse_ira_distributed,
            )
        )
    return forms


def _excess(client: Client, plan: YearPlan, rules: Rules, pretax: int) -> tuple[Cents, Cents]:
    """Cents of an excess deferral that are income of the year with that much deferred pre-tax here; the pre-tax part.

    Raises InputError for facts of an excess that contradict each other.
    """
    top, facts = plan.headlines, client.trouble
    found = excess_deferral(
        rules.year,
        top.deferral_limit,
        pretax,
        top.total_deferral - pretax,
        top.total_catch_up,
        client.household.elsewhere,
        facts.elsewhere_roth,
        excess_from=facts.excess_from,
        excess_first=facts.excess_first,
        returned=facts.excess_returned,
        returned_earnings=facts.returned_earnings or 0,
    )
    return found.taxed_in_year or Cents(0), found.pretax


def state_rate_of_conversion(client: Client) -> Millionths:
    """The state's rate in millionths on a dollar of conversion: the rate by the share that the state taxes."""
    share = WHOLE if client.tax.state_share is None else client.tax.state_share
    return Millionths(share_of(client.household.state_rate, share))


def _state(client: Client, pretax: int, pretax_back: int, conversion: int) -> tuple[Cents, Cents]:
    """State tax in cents on the conversion, and what pre-tax deferrals save less the excess taxed, at the flat rate."""
    rate = client.household.state_rate
    share = WHOLE if client.tax.state_share is None else client.tax.state_share
    saved = 0 if client.tax.state_taxes_deferrals else share_of(pretax, rate) - share_of(pretax_back, rate)
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
