"""What the engine answers of cash: every pay's net, every vest, and the balance of checking through the year."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date

from mbr_xl.money import Cents, Millionths


@dataclass(frozen=True, slots=True)
class CashLine:
    """A line of the Cash sheet, its columns in order: one pay, and what checking did since the line before.

    cash_pay less all that follows up to other_withheld is net_pay, except where a check would come to less than 0.
    balance is that at the end of the day, lowest the least at the end of any day since the line before; both are 0
    before the day on which the balance is known. vest_cash is net of vest tax that is taken from checking.
    """

    date: date
    kind: str
    cash_pay: Cents
    benefits: Cents
    pretax: Cents
    federal: Cents
    state: Cents
    social_security: Cents
    medicare: Cents
    roth: Cents
    other_withheld: Cents
    after_tax: Cents
    net_pay: Cents
    vest_cash: Cents
    other_flow: Cents
    spent: Cents
    balance: Cents
    lowest: Cents


@dataclass(frozen=True, slots=True)
class VestLine:
    """What becomes of one vest; sale_date and settles are None where nothing is sold.

    Social Security, Medicare, state and federal tax are what is withheld: in shares, and the rest from checking.
    """

    income: Cents
    shares_withheld: int
    tax_withheld: Cents
    shares_kept: int
    social_security: Cents
    medicare: Cents
    state: Cents
    federal: Cents
    from_checking: Cents
    tax_missing: Cents
    sale_date: date | None
    settles: date | None
    cash: Cents
    gain: Cents
    gain_tax: Cents
    outside: bool


@dataclass(frozen=True, slots=True)
class Refill:
    """What variable pay or a vest brings into the account on a day, in each of the three ways."""

    date: date
    source: str
    elected: Cents
    variable: Cents
    level: Cents


@dataclass(frozen=True, kw_only=True)
class CashAnswers:
    """The Cash sheet's answers, each a defined name. Three ways side by side: as elected, variable (after-tax out of
    bonus and commission alone), level (the same percent of every pay).

    Of each way: the year's after-tax, the lowest balance and its day, what it lacks to the floor, the net of variable
    pay that comes into the account, what is drawn from savings from which day, and what even they leave missing.
    """

    stub_social_security: Cents
    stub_medicare: Cents
    stub_other: Cents
    net_pay_total: Cents
    short_checks: int
    vest_income: Cents
    vest_cash_total: Cents
    vest_from_checking: Cents
    vest_tax_missing: Cents
    vest_gain_tax: Cents
    vests_outside: int
    vests_unpaired: int
    level_rate: Millionths
    refill_date: date | None
    refill_by: str
    elected_after_tax: Cents
    elected_lowest: Cents
    elected_lowest_date: date
    elected_gap: Cents
    elected_variable_net: Cents
    elected_drawn: Cents
    elected_drawn_from: date | None
    elected_missing: Cents
    elected_year_end: Cents
    variable_after_tax: Cents
    variable_lowest: Cents
    variable_lowest_date: date
    variable_gap: Cents
    variable_variable_net: Cents
    variable_drawn: Cents
    variable_drawn_from: date | None
    variable_missing: Cents
    variable_year_end: Cents
    level_after_tax: Cents
    level_lowest: Cents
    level_lowest_date: date
    level_gap: Cents
    level_variable_net: Cents
    level_drawn: Cents
    level_drawn_from: date | None
    level_missing: Cents
    level_year_end: Cents


REFILLS_SHOWN = 8
CASH_COLUMNS: tuple[str, ...] = tuple(f.name for f in fields(CashLine))
VEST_COLUMNS: tuple[str, ...] = tuple(f.name for f in fields(VestLine))
REFILL_COLUMNS: tuple[str, ...] = tuple(f.name for f in fields(Refill))
