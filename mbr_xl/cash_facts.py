"""The household's cash: one pay stub as it was, spending, vests, and the floor that must stay."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from mbr_xl.fact import column, fact, listed
from mbr_xl.household import Span
from mbr_xl.money import Cents, Millionths

MOST_VESTS, MOST_TRADING_WINDOWS, MOST_AMOUNTS = 12, 6, 24
Day = date  # in a record that has a field of that name


@dataclass(frozen=True)
class Vest:
    """Shares that vest: how many are withheld for tax, and whether and when the rest is sold."""

    date: date = column("Vests on")
    shares: int = column("Shares")
    price: Cents = column("Price")
    withheld: Millionths | None = fact(
        "",
        "Withheld for tax",
        "share of the shares for all taxes, FICA and state included; blank: as many as cover them",
    )
    sold: bool = fact("", "Sold", "the shares that are kept; blank: no", default=False)
    sale_price: Cents | None = fact("", "Sale price", "blank: the price at vest")
    sale_date: Day | None = fact("", "Sale date", "blank: at vest, or the first day on which trading is open")


@dataclass(frozen=True)
class Amount:
    """Money that enters or leaves checking on a day, beside pay, vests and the monthly spending."""

    date: date = column("Date")
    dollars: Cents = column("Amount")
    flow: Literal["in", "out"] = column("In or out")
    what: str = fact("", "What", default="")


@dataclass(frozen=True, kw_only=True)
class CashFacts:
    """Every field is an input cell of the planner under the same name; all may be blank.

    The stub is one regular pay as it was; the plan's pays move from it only in what changes. Without its gross and
    net pay and the balance of checking nothing is said of cash.
    """

    stub_date: date | None = fact("Cash", "One pay stub of base pay: its date", "a stub of this tax year")
    stub_gross: Cents | None = fact("Cash", "Stub: gross pay", "of base pay alone; blank: no cash sheet")
    stub_pretax: Cents = fact("Cash", "Stub: pre-tax deferral", default=0, kind="balance")
    stub_roth: Cents = fact("Cash", "Stub: Roth deferral", default=0, kind="balance")
    stub_after_tax: Cents = fact("Cash", "Stub: after-tax contribution", default=0, kind="balance")
    stub_benefits: Cents = fact(
        "Cash", "Stub: pre-tax benefits", "section 125 and payroll HSA: free of FICA too", default=0, kind="balance"
    )
    stub_federal: Cents = fact("Cash", "Stub: federal income tax withheld", default=0, kind="balance")
    stub_state: Cents = fact("Cash", "Stub: state income tax withheld", default=0, kind="balance")
    stub_net: Cents | None = fact("Cash", "Stub: net pay", "what it leaves unexplained is taken from each base pay")
    stub_wages_before: Cents = fact(
        "Cash", "Stub: FICA wages before it", "this year; decides what Social Security it bore; blank: 0", default=0
    )
    withholding_rate: Millionths | None = fact(
        "Cash", "Federal withholding on the next dollar of base pay", "blank: federal rate on the next dollar"
    )
    supplemental_state_rate: Millionths | None = fact(
        "Cash", "State withholding on bonus and the like", "blank: state rate on the next dollar"
    )
    ytd_wages: Cents | None = fact(
        "Cash", "FICA wages to date", "pays up to the year-to-date date, before deferrals; blank: 415 pay to date"
    )
    ytd_supplemental: Cents = fact("Cash", "of it bonus, vests and the like", "counts to $1,000,000", default=0)

    checking: Cents | None = fact(
        "Cash", "Checking account", "balance at the start of its date; blank: no cash sheet", kind="income"
    )
    checking_date: date | None = fact(
        "Cash", "Date of that balance", "blank: January 1, or the day after the year-to-date date"
    )
    monthly_spending: Cents = fact("Cash", "Spending a month", "all that leaves checking, in one sum", default=0)
    spending_day: int | None = fact("Cash", "Day of the month it leaves", "31 is the last day; blank: 1")
    cash_floor: Cents = fact("Cash", "Lowest balance to keep", default=0)
    savings: Cents = fact("Cash", "Savings that may be drawn", "to keep the lowest balance", default=0)

    vests: tuple[Vest, ...] = listed(
        "Cash",
        "Vests",
        "shares and what becomes of them; the income itself is a payment of kind rsu",
        prefix="vest_",
        most=MOST_VESTS,
        sheet="Cash",
    )
    trading_windows: tuple[Span, ...] = listed(
        "Cash",
        "Trading windows",
        "sales only on these days; empty: on any",
        prefix="trading_",
        most=MOST_TRADING_WINDOWS,
    )
    amounts: tuple[Amount, ...] = listed(
        "Cash", "Other amounts", "tuition, taxes, rent income, a spouse's pay", prefix="amount_", most=MOST_AMOUNTS
    )
