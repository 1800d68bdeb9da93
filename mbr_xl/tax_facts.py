"""The tax return around the plan: what the Tax sheet needs of the household, and last year's tax."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mbr_xl.fact import fact
from mbr_xl.money import Cents, Millionths
from mbr_xl.rules.tables import Filing


@dataclass(frozen=True, kw_only=True)
class TaxFacts:
    """Every field is an input cell of the planner under the same name; all may be blank."""

    filing_status: Filing | None = fact(
        "Tax",
        "Filing status",
        "hoh: head of household; mfj, mfs: married filing jointly, separately; qss: surviving spouse; last of the list:"
        " separately, and apart from the spouse all year; blank: no tax sheet",
    )
    gross_to_date: Cents | None = fact(
        "Tax", "Gross pay to date, all of it", "pays up to the year-to-date date; blank: 415 pay to date"
    )
    wage_benefits: Cents = fact(
        "Tax", "Pre-tax benefits of your wages, the year", "section 125 and payroll HSA", default=0
    )
    other_wages: Cents = fact("Tax", "Your wages from other employers", "W-2 box 1; none of this plan", default=0)
    spouse_wages: Cents = fact("Tax", "Spouse's wages", "W-2 box 1; only on a joint return", default=0)
    spouse_medicare_wages: Cents | None = fact(
        "Tax", "Spouse's Medicare wages", "W-2 box 5: give it, box 1 is lower by pre-tax deferrals; blank: as box 1"
    )
    other_income: Cents = fact(
        "Tax",
        "Other ordinary income",
        "business that you work in, taxable pensions, IRA withdrawals that section IRAs does not have; may be below 0",
        default=0,
        kind="income",
    )
    interest_income: Cents = fact(
        "Tax",
        "Interest, nonqualified dividends, short-term gains",
        "also rents, royalties, passive business: investment income, with losses as far as allowed; may be below 0",
        default=0,
        kind="income",
    )
    qualified_income: Cents = fact(
        "Tax", "Qualified dividends and long-term gains", "taxed at 0%, 15% or 20%", default=0
    )
    ira_conversion_income: Cents | None = fact(
        "Tax",
        "Taxable part of IRA conversions",
        "Form 8606 line 18, of both on a joint return; blank: as Backdoor has it",
    )
    adjustments: Cents = fact("Tax", "Adjustments to income", "Schedule 1, Part II", default=0)
    adjustments_added_back: Cents = fact(
        "Tax", "of it IRA deduction and student loan interest", "added back for a Roth IRA", default=0
    )
    itemized: Cents | None = fact("Tax", "Itemized deductions", "after their own limits; blank: standard deduction")
    seniors: int = fact("Tax", "Filers of 65 or more", "0, 1 or 2, at the end of the year", default=0)
    blind_filers: int = fact("Tax", "Blind filers", "0, 1 or 2", default=0)
    other_deductions: Cents = fact(
        "Tax", "Other deductions from adjusted gross income", "business income, tips, overtime", default=0
    )
    tax_credits: Cents = fact("Tax", "Credits", "child tax credit and others, against income tax only", default=0)
    other_taxes: Cents = fact("Tax", "Other taxes", "self-employment tax and others", default=0)
    state_share: Millionths | None = fact("Tax", "Share of a conversion that the state taxes", "blank: 100%")
    state_taxes_deferrals: bool = fact(
        "Tax", "State taxes pre-tax deferrals", "yes: no state tax is saved by them", default=False
    )
    roth_ira_planned: Cents = fact("Tax", "Planned directly into your Roth IRA", "for this year", default=0)
    prior_tax: Cents | None = fact("Tax", "Last year's total tax", "Form 1040, line 24; blank: no estimated tax shown")
    prior_agi: Cents | None = fact("Tax", "Last year's adjusted gross income", "Form 1040, line 11", kind="income")
    federal_withheld: Cents | None = fact(
        "Tax", "Federal tax withheld so far", "W-2 box 2, spouse's included; the 0.9% of box 6 is added on Tax"
    )
    federal_to_come: Cents | None = fact("Tax", "Federal tax still to be withheld this year", "as box 2 grows now")
    new_withholding_from: date | None = fact(
        "Tax", "First pay that a new W-4 can reach", "blank: the first pay a new election can reach"
    )
    estimate_april: Cents = fact("Tax", "Estimates paid by the April date", default=0)
    estimate_june: Cents = fact("Tax", "Paid after it, by the June date", default=0)
    estimate_september: Cents = fact("Tax", "Paid after it, by the September date", default=0)
    estimate_january: Cents = fact("Tax", "Paid after it, by the January date", default=0)
