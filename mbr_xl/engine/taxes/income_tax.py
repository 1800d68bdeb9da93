"""Federal income tax of a filing status, and the two surtaxes that a conversion or its income can touch."""

from __future__ import annotations

from mbr_xl.errors import InputError
from mbr_xl.money import WHOLE, Cents, Millionths, dollars, half_up, share_of
from mbr_xl.rules import Filing, Rules

AGED_OR_BLIND = range(5)  # 26 USC 63(f): each of two persons may be 65 and blind


def tax_on(rules: Rules, status: Filing, taxable_income: int) -> Cents:
    """Regular income tax in cents on ordinary taxable income, before credits; 0 on none.

    rules: the year's law; status: single, hoh, mfj, qss, mfs or mfs_apart; taxable_income: cents after deductions,
    without gains taxed at their own rates.
    Raises InputError for a negative amount, an unknown status, or a year whose brackets are not published.
    Source: 26 USC 1(a) to (d), (j)(2), as adjusted by the year's revenue procedure.
    Choice: by the rate schedules to the cent; the Tax Table for incomes under $100,000, in steps of $50, may differ by
    a few dollars.
    """
    _not_negative("taxable income", taxable_income)
    table = rules.tax(status)
    tax, below = 0, 0
    for rate, edge in zip(table.rates, (*table.edges, taxable_income), strict=True):
        tax += max(0, min(edge, taxable_income) - below) * rate
        below = edge
    return Cents(half_up(tax, WHOLE))


def tax_on_next_dollar(rules: Rules, status: Filing, taxable_income: int) -> Millionths:
    """The bracket's rate in millionths on the next dollar of ordinary income, from the lowest rate to the highest.

    Arguments and errors are those of `tax_on`; at the very edge of a bracket the next dollar is in the one above.
    Source: 26 USC 1(j)(2).
    """
    _not_negative("taxable income", taxable_income)
    table = rules.tax(status)
    return table.rates[sum(taxable_income >= edge for edge in table.edges)]


def standard_deduction(rules: Rules, status: Filing, aged_or_blind: int = 0) -> Cents:
    """The standard deduction in cents, with what being 65 or blind adds.

    rules, status: as `tax_on`; aged_or_blind: how often one of the couple is 65 or blind, 0 to 4 (0 to 2 unmarried).
    Not in it: the deduction for seniors of 2025 to 2028. Not for a dependent, nor for a separate return whose spouse
    itemizes.
    Raises InputError for a count out of bounds, an unknown status, or a year without a published amount.
    Source: 26 USC 63(c), (f).
    """
    most = 2 if status in ("single", "hoh", "qss") else AGED_OR_BLIND[-1]
    if not 0 <= aged_or_blind <= most:
        raise InputError(f"{aged_or_blind} times 65 or blind cannot be: give 0 to {most}.")
    table = rules.tax(status)
    return Cents(table.standard_deduction + aged_or_blind * table.aged_or_blind)


def senior_deduction(rules: Rules, status: Filing, seniors: int, magi: int) -> Cents:
    """The deduction of 2025 to 2028 in cents for filers of 65 or more; 0 in other years and on separate returns.

    rules, status: as `tax_on`; seniors: 0, 1 or 2 on a joint return, else 0 or 1; magi: cents of modified adjusted
    gross income, conversions included, may be negative.
    Raises InputError for a count out of bounds or an unknown status.
    Source: 26 USC 151(d)(5)(C) ($6,000 each, less 6% of the income above the threshold, each for itself).
    """
    most = 2 if status in ("mfj", "mfs", "mfs_apart") else 1
    if not 0 <= seniors <= most:
        raise InputError(f"{seniors} filers of 65 or more (seniors) cannot be on this return: give 0 to {most}.")
    law = rules.senior(status)
    if law is None:
        return Cents(0)
    return Cents(seniors * max(0, law.amount - share_of(max(0, magi - law.above), law.rate)))


def gains_tax(rules: Rules, status: Filing, ordinary: int, gains: int) -> Cents:
    """The tax in cents at 0%, 15% and 20% on gains that lie on top of ordinary taxable income.

    rules, status: as `tax_on`; ordinary: cents of taxable income without the gains; gains: cents of qualified dividends
    and net long-term gains, as far as they are taxable income.
    Raises InputError for a negative amount, an unknown status, or a year whose brackets are not published.
    Source: 26 USC 1(h)(1), (11). Whether the regular tax on all of it is less is left to the caller.
    """
    _not_negative("ordinary taxable income", ordinary)
    _not_negative("total of gains", gains)
    table = rules.tax(status)
    tax, below, top = 0, ordinary, ordinary + gains
    for rate, edge in zip(table.gains_rates, (*table.gains_edges, top), strict=True):
        tax += max(0, min(edge, top) - below) * rate
        below = max(below, edge)
    return Cents(half_up(tax, WHOLE))


def gains_rate_at(rules: Rules, status: Filing, taxable_income: int) -> Millionths:
    """The rate in millionths on a dollar of gains that comes on top of that much taxable income, in cents.

    Arguments and errors are those of `tax_on`. Source: 26 USC 1(h)(1).
    """
    _not_negative("taxable income", taxable_income)
    table = rules.tax(status)
    return table.gains_rates[sum(taxable_income >= edge for edge in table.gains_edges)]


def additional_medicare_tax(rules: Rules, status: Filing, wages: int) -> Cents:
    """The 0.9% tax in cents on Medicare wages of the return above its threshold; 0 up to it.

    rules, status: as `tax_on`; wages: cents of W-2 box 5, on a joint return of both. A conversion is no wages.
    Raises InputError for a negative amount or an unknown status.
    Source: 26 USC 3101(b)(2).
    """
    _not_negative("total of wages", wages)
    rate, threshold = rules.additional_medicare(status)
    return Cents(share_of(max(0, wages - threshold), rate))


def net_investment_income_tax(rules: Rules, status: Filing, magi: int, investment_income: int) -> Cents:
    """The 3.8% tax in cents on net investment income, or on income above the threshold where that is less.

    rules, status: as `tax_on`; magi: cents of modified adjusted gross income, may be negative, conversions included;
    investment_income: cents, without distributions from plans and IRAs and without conversions.
    Raises InputError for a negative investment income or an unknown status.
    Source: 26 USC 1411(a)(1), (b), (c)(5).
    """
    _not_negative("net investment income", investment_income)
    rate, threshold = rules.niit(status)
    return Cents(share_of(max(0, min(investment_income, magi - threshold)), rate))


def _not_negative(name: str, amount: int) -> None:
    if amount < 0:
        raise InputError(f"The {name} is {dollars(amount)}: give dollars, 0 or more.")
