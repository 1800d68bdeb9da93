"""A year's federal return around the plan, line by line, and the tax on its next dollar."""

from __future__ import annotations

from dataclasses import dataclass

from mbr_xl.engine.taxes.income_tax import (
    additional_medicare_tax,
    gains_rate_at,
    gains_tax,
    net_investment_income_tax,
    senior_deduction,
    standard_deduction,
    tax_on,
    tax_on_next_dollar,
)
from mbr_xl.errors import InputError
from mbr_xl.money import WHOLE, Cents, Millionths, dollars, half_up
from mbr_xl.rules import Filing, Rules


@dataclass(frozen=True, slots=True, kw_only=True)
class Income:
    """What goes into a return: cents of the year, both spouses if joint; `other`, `interest` may be negative."""

    wages: int = 0  # W-2 box 1
    medicare_wages: int = 0  # W-2 box 5
    conversion: int = 0  # taxable part of conversions, the plan's and those of IRAs
    ira_withdrawals: int = 0  # taxable part of other IRA distributions
    excess_deferral: int = 0  # returned by the plans, taxed in the year: Form 1040, line 1h
    other: int = 0
    interest: int = 0  # ordinary investment income, rents and passive business with it
    gains: int = 0  # qualified dividends and net long-term gains
    adjustments: int = 0
    itemized: int | None = None  # None: the standard deduction
    seniors: int = 0
    blind: int = 0
    other_deductions: int = 0
    tax_credits: int = 0
    other_taxes: int = 0


@dataclass(frozen=True, slots=True)
class Return:
    """The lines of a return, each rounded to the cent by itself; rates are millionths."""

    income: Cents
    agi: Cents
    deduction: Cents
    senior: Cents
    taxable: Cents
    ordinary: Cents  # taxable income without gains
    ordinary_tax: Cents
    gains_tax: Cents
    income_tax: Cents  # the two, or the regular tax on all where that is less
    credits_used: Cents
    additional_medicare: Cents
    niit: Cents
    total: Cents  # with other taxes
    marginal_bracket: Millionths
    marginal_niit: Millionths
    marginal: Millionths


def year_return(rules: Rules, status: Filing, income: Income) -> Return:
    """The federal return of a year: total tax in cents, never below the other taxes, and the rate on the next dollar.

    rules: the year's law; status: single, hoh, mfj, qss, mfs or mfs_apart; income: the year's figures.
    The next dollar is one of a conversion: ordinary income, neither wages nor investment income.
    Raises InputError for a negative amount (other, interest aside), a count of persons out of bounds, an unknown
    status, or a year whose brackets are not published.
    Source: 26 USC 1(h), (j), 62, 63, 151(d)(5)(C), 1411, 3101(b)(2); the Qualified Dividends and Capital Gain Tax
    Worksheet (never more than the regular tax).
    Choice: every line is rounded to the cent; itemized deductions are taken as given, the limits of state taxes and of
    the 37% bracket included; no alternative minimum tax; credits reduce the income tax only, not below 0.
    """
    _refuse_negative(income)
    retirement = income.conversion + income.ira_withdrawals + income.excess_deferral
    agi = income.wages + retirement + income.other + income.interest + income.gains - income.adjustments
    senior = senior_deduction(rules, status, income.seniors, agi)
    standard = standard_deduction(rules, status, income.seniors + income.blind)
    deduction = standard if income.itemized is None else Cents(income.itemized)
    before = agi - deduction - senior - income.other_deductions
    taxable = max(0, before)
    ordinary = taxable - min(income.gains, taxable)
    ordinary_tax = tax_on(rules, status, ordinary)
    on_gains = gains_tax(rules, status, ordinary, taxable - ordinary)
    regular = tax_on(rules, status, taxable)
    income_tax = min(ordinary_tax + on_gains, regular)
    credits_used = min(income.tax_credits, income_tax)
    medicare = additional_medicare_tax(rules, status, income.medicare_wages)
    invested = income.interest + income.gains
    niit = net_investment_income_tax(rules, status, agi, max(0, invested))

    bracket = tax_on_next_dollar(rules, status, taxable)
    if ordinary_tax + on_gains <= regular:
        stacked = _next_dollar_below_gains(rules, status, taxable, income.gains)
        bracket = min(bracket, stacked) if ordinary_tax + on_gains == regular else stacked
    grows = _growth_of_taxable(rules, status, before, agi, senior, income.seniors)
    pays = income.tax_credits <= income_tax  # a dollar more of tax is not taken back by unused credits
    of_bracket = Millionths(half_up(bracket * grows, WHOLE) if pays else 0)
    rate, threshold = rules.niit(status)
    of_niit = Millionths(rate if threshold <= agi < threshold + invested else 0)
    return Return(
        income=Cents(agi + income.adjustments),
        agi=Cents(agi),
        deduction=deduction,
        senior=senior,
        taxable=Cents(taxable),
        ordinary=Cents(ordinary),
        ordinary_tax=ordinary_tax,
        gains_tax=on_gains,
        income_tax=Cents(income_tax),
        credits_used=Cents(credits_used),
        additional_medicare=medicare,
        niit=niit,
        total=Cents(income_tax - credits_used + medicare + niit + income.other_taxes),
        marginal_bracket=of_bracket,
        marginal_niit=of_niit,
        marginal=Millionths(of_bracket + of_niit),
    )


def _next_dollar_below_gains(rules: Rules, status: Filing, taxable: int, gains: int) -> Millionths:
    """The rate on one more dollar of ordinary income under the gains: its own, and what it lifts gains into.

    Source: 26 USC 1(h)(1): gains lie on top; while deductions still reach into them, a dollar uncovers a gain.
    """
    at_top = gains_rate_at(rules, status, taxable)
    if taxable < gains:
        return at_top
    ordinary = taxable - gains
    return Millionths(tax_on_next_dollar(rules, status, ordinary) + at_top - gains_rate_at(rules, status, ordinary))


def _growth_of_taxable(rules: Rules, status: Filing, before: int, agi: int, senior: int, seniors: int) -> int:
    """By how many millionths of a dollar the next dollar raises taxable income: more while a deduction phases out."""
    if before < 0:
        return 0
    law = rules.senior(status)
    phases_out = law is not None and senior > 0 and agi >= law.above
    return WHOLE + (seniors * law.rate if law is not None and phases_out else 0)


def _refuse_negative(income: Income) -> None:
    for name in Income.__dataclass_fields__:
        amount = getattr(income, name)
        if name not in ("other", "interest") and amount is not None and amount < 0:
            raise InputError(f"The figure for {name.replace('_', ' ')} is {dollars(amount)}: give 0 or more.")
