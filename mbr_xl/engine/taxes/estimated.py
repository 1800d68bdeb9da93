"""What must still be paid by estimates to avoid the penalty for underpayment, and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from mbr_xl.errors import InputError
from mbr_xl.money import Cents, dollars, half_up, percent, share_of
from mbr_xl.rules import Filing, Rules
from mbr_xl.rules.tables import TAX, column

SMALL = "less than {} of tax is left after withholding"
NO_PRIOR_TAX = "no tax last year"
FIRST_YEAR = 2007  # Emancipation Day has moved the date since then
LAST_YEAR = 2199


@dataclass(frozen=True, slots=True)
class EstimatedTax:
    """What avoids the penalty; amounts are cents.

    required: the year's required annual payment, withholding included, 0 under an exception; to_pay: what estimates
    must still bring.
    why: the rule that set it, in words; instalments: to_pay in four, by due date.
    """

    required: Cents
    to_pay: Cents
    why: str
    instalments: tuple[Cents, Cents, Cents, Cents]


def estimated_tax(
    rules: Rules,
    current_tax: int,
    prior_tax: int,
    prior_agi: int,
    status: Filing | None = None,
    withholding: int = 0,
) -> EstimatedTax:
    """What estimates must still bring in cents so that no penalty is due, never below 0.

    rules: the year's law; current_tax, prior_tax: cents of total tax of this year and of last year's return, with
    additional taxes, less refundable credits; 0 for last year means that a full year without tax liability lies
    behind a citizen or resident; prior_agi: cents of last year's adjusted gross income, may be negative.
    status: this year's; None is refused where it decides. withholding: cents over the year, from all pay.
    Raises InputError for a negative amount, an unknown status, or a blank status that decides.
    Source: 26 USC 6654(d)(1)(B), (C) (90% of this year's tax, or 100% of last year's, 110% above $150,000 of AGI,
    $75,000 on a separate return), 6654(e)(1), (2) (under $1,000; no tax last year), 6654(g) (withholding).
    Choice: the regular method, four equal parts; not the annualized one, nor the rules for farmers.
    """
    for name, amount in (
        ("this year's tax", current_tax),
        ("last year's tax", prior_tax),
        ("withholding", withholding),
    ):
        if amount < 0:
            raise InputError(f"The figure for {name} is {dollars(amount)}: give dollars, 0 or more.")
    if status is None:
        answer = _estimated(rules, current_tax, prior_tax, prior_agi, False, withholding)
        if answer != _estimated(rules, current_tax, prior_tax, prior_agi, True, withholding):
            raise InputError(
                f"Give the filing status: with {dollars(prior_agi)} of AGI last year it decides between 100% and 110%."
            )
        return answer
    separate = column(TAX, status) == "separate"
    return _estimated(rules, current_tax, prior_tax, prior_agi, separate, withholding)


def _estimated(
    rules: Rules, current_tax: int, prior_tax: int, prior_agi: int, separate: bool, withholding: int
) -> EstimatedTax:
    law = rules.estimated
    high = prior_agi > (law.high_agi_separate if separate else law.high_agi)
    prior_share = law.prior_share_high if high else law.prior_share
    of_current, of_prior = share_of(current_tax, law.current_share), share_of(prior_tax, prior_share)
    required = min(of_current, of_prior)
    if current_tax - withholding < law.smallest:
        return _answer(0, 0, SMALL.format(dollars(law.smallest)))
    if prior_tax == 0:
        return _answer(0, 0, NO_PRIOR_TAX)
    this_year = f"{percent(law.current_share)} of this year's tax"
    why = this_year if of_current <= of_prior else f"{percent(prior_share)} of last year's tax"
    return _answer(required, max(0, required - withholding), why)


def _answer(required: int, to_pay: int, why: str) -> EstimatedTax:
    return EstimatedTax(Cents(required), Cents(to_pay), why, instalments(to_pay))


def instalments(to_pay: int) -> tuple[Cents, Cents, Cents, Cents]:
    """The total in cents in four equal parts that sum to it.

    Raises InputError for a negative total.
    Source: 26 USC 6654(c)(1), (d)(1)(A).
    Choice: odd cents are paid early, so that no date is a cent short.
    """
    if to_pay < 0:
        raise InputError(f"Estimates of {dollars(to_pay)} cannot be: give dollars, 0 or more.")
    first, second, third, fourth = ((to_pay + left) // 4 for left in (3, 2, 1, 0))
    return Cents(first), Cents(second), Cents(third), Cents(fourth)


@dataclass(frozen=True, slots=True)
class InstalmentLine:
    """One due date; each field is a column named instalment_ and the field's name in the planner. Cents.

    amount: the part of what estimates must bring; paid: by that date, after the one before; still_due: what had to be
    paid by then in all, less what is.
    """

    due: date
    amount: Cents
    paid: Cents
    still_due: Cents


def instalment_lines(tax_year: int, to_pay: int, paid: Sequence[int]) -> tuple[InstalmentLine, ...]:
    """The four due dates with what is paid and what is still to be paid by each, never below 0.

    tax_year: 2007 to 2199; to_pay: cents that estimates must bring; paid: four amounts in cents, each after the date
    before.
    Raises InputError for another year, a negative amount, or another number of payments.
    Source: 26 USC 6654(b)(3) (what is paid counts against the earliest instalment), (c), (d)(1)(A).
    """
    if len(paid) != 4 or min(paid) < 0:
        raise InputError("Estimates paid are four amounts, one a due date: give dollars, 0 or more.")
    lines, needed, given = [], 0, 0
    for day, amount, payment in zip(due_dates(tax_year), instalments(to_pay), paid, strict=True):
        needed, given = needed + amount, given + payment
        lines.append(InstalmentLine(day, amount, Cents(payment), Cents(max(0, needed - given))))
    return tuple(lines)


def curing_withholding(to_pay: int, paid: Sequence[int]) -> Cents:
    """More withholding in cents that makes every instalment whole, whenever it is withheld; 0 where none is needed.

    to_pay, paid: as `instalment_lines`. Withholding counts as paid in four equal parts on the due dates, so that it
    heals dates that have passed; a payment of estimates does not.
    Raises InputError for a negative amount, or another number of payments.
    Source: 26 USC 6654(g)(1).
    Choice: a third of a cent is rounded to the cent.
    """
    if len(paid) != 4 or min(to_pay, *paid) < 0:
        raise InputError("Estimates paid are four amounts, one a due date: give dollars, 0 or more.")
    return Cents(max(0, *(to_pay - half_up(4 * sum(paid[:k]), k) for k in (1, 2, 3, 4))))


def due_dates(tax_year: int) -> tuple[date, date, date, date]:
    """The four days in order on which estimates for a calendar tax year are due, the last in the January after.

    tax_year: 2007 to 2199.
    Raises InputError for another year.
    Source: 26 USC 6654(c)(2), 7503 (a weekend or a legal holiday of the District of Columbia moves the date on);
    D.C. Code 28-2701; Rev. Rul. 2015-13 (a holiday of another state does not).
    Choice: postponements by notice, as in 2020 or after a disaster, are left out.
    """
    if not FIRST_YEAR <= tax_year <= LAST_YEAR:
        raise InputError(f"{tax_year} is no tax year here: give {FIRST_YEAR} to {LAST_YEAR}.")
    holidays = {_emancipation_day(tax_year), _king_day(tax_year + 1)}  # no other is near one of the four days
    nominal = (
        date(tax_year, 4, 15),
        date(tax_year, 6, 15),
        date(tax_year, 9, 15),
        date(tax_year + 1, 1, 15),
    )
    first, second, third, fourth = (_next_working_day(day, holidays) for day in nominal)
    return first, second, third, fourth


def _next_working_day(day: date, holidays: set[date]) -> date:
    while day.weekday() >= 5 or day in holidays:
        day += timedelta(days=1)
    return day


def _emancipation_day(year: int) -> date:
    """April 16; a Saturday's is kept on the Friday, a Sunday's on the Monday."""
    day = date(year, 4, 16)
    return day + timedelta(days={5: -1, 6: 1}.get(day.weekday(), 0))


def _king_day(year: int) -> date:
    """The third Monday of January."""
    return date(year, 1, 15) + timedelta(days=-date(year, 1, 15).weekday() % 7)
