"""What becomes of a vest: tax due and shares withheld for it, cash after the sale, tax still missing, settlement."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple, Protocol

from mbr_xl.cash_answers import VestLine
from mbr_xl.cash_facts import Vest
from mbr_xl.client import Client
from mbr_xl.engine.cash_flow.net_pay import IN_SHARES, REGULAR, fica, supplemental_tax, wages_to_date
from mbr_xl.engine.paydays import add_business_days, us_date
from mbr_xl.errors import InputError
from mbr_xl.household import Span
from mbr_xl.money import WHOLE, Cents, dollars, share_of
from mbr_xl.rules import Rules

T_PLUS_1 = date(2024, 5, 28)  # the first day whose trades settle on the next business day
DAYS_BEFORE, DAYS_SINCE = 2, 1


class Gross(Protocol):
    """What is read of a pay beside the vests: `PayLine` and `Event` both have it."""

    @property
    def date(self) -> date: ...
    @property
    def kind(self) -> str: ...
    @property
    def gross(self) -> int: ...


class Due(NamedTuple):
    """Cents that the employer has to withhold on a vest."""

    federal: int
    state: int
    social_security: int
    medicare: int


def vest_lines(
    client: Client, rules: Rules, holidays: Collection[date], lines: Sequence[Gross]
) -> tuple[VestLine, ...]:
    """Each vest in the order given: shares, cents, days.

    lines: the year's pays in order of payment, whose wages come before the vest's; what they contribute is not read.
    Due at vest are the flat federal rate, state tax, Social Security to the wage base and Medicare. Shares withheld
    are rounded up to whole ones: of the share given, blank: as many as cover what is due. Where they do not,
    from_checking is the rest. The other shares are kept, or all of them sold on one day. federal is what is really
    withheld, tax_missing what it falls short of the federal rate on the next dollar; gain_tax the tax on a gain since
    the vest at the federal and state rates on the next dollar, nothing for a loss.
    Raises InputError for a vest of no shares, a sale before its vest, and a trading window that ends before it begins.
    Source: 26 USC 83(a), 3101, 3102(a), (f), 3121(a), 26 CFR 31.3402(g)-1(a)(2), (7); 17 CFR 240.15c6-1 (T+1 from
    May 28, 2024, before it T+2).
    Choice: what is withheld beyond what is due counts as federal income tax; what is short leaves checking on the day
    of the vest. Deferrals out of bonuses before it are not taken off what counts to $1,000,000. A vest in the figures
    to date is their last wage; one of another year is that year's first, under this year's figures.
    Choice: shares held for more than a year would be taxed lower; settlement counts the Federal Reserve's holidays.
    """
    windows = client.cash.trading_windows
    for window in windows:
        if window.end < window.start:
            raise InputError(
                f"A trading window ends on {us_date(window.end)} before it begins on {us_date(window.start)}."
            )
    found: list[VestLine] = []
    for vest in client.cash.vests:
        _refuse(vest)
        same_day = sum(
            line.income for one, line in zip(client.cash.vests, found, strict=False) if one.date == vest.date
        )
        due = _due(client, vest, same_day, rules, lines)
        found.append(_line(client, vest, due, windows, holidays))
    return tuple(found)


def _refuse(vest: Vest) -> None:
    if vest.shares < 1 or vest.price < 0:
        raise InputError(
            f"The vest of {us_date(vest.date)} has {vest.shares} shares at {dollars(vest.price)}: give 1 share or "
            "more, at $0 or more."
        )


def _due(client: Client, vest: Vest, same_day: int, rules: Rules, lines: Sequence[Gross]) -> Due:
    """same_day: cents of the vests of that day which stand before it."""
    h, facts, law = client.household, client.cash, rules.payroll
    income = vest.shares * vest.price
    wages: int = wages_to_date(client)
    supplemental: int = facts.ytd_supplemental
    if vest.date.year != h.tax_year:
        wages = supplemental = 0
    elif h.ytd_date is not None and vest.date <= h.ytd_date:
        wages, supplemental = max(0, wages - income), max(0, supplemental - income)
    else:
        for line in lines:
            if line.date > vest.date or (line.date == vest.date and line.kind == IN_SHARES):
                break
            wages += line.gross - (min(facts.stub_benefits, line.gross) if line.kind == "base" else 0)
            supplemental += 0 if line.kind in REGULAR else line.gross
        wages, supplemental = wages + same_day, supplemental + same_day
    flat_state = h.state_rate if facts.supplemental_state_rate is None else facts.supplemental_state_rate
    return Due(supplemental_tax(income, supplemental, law), share_of(income, flat_state), *fica(income, wages, law))


def _line(client: Client, vest: Vest, due: Due, windows: Sequence[Span], holidays: Collection[date]) -> VestLine:
    h = client.household
    income = vest.shares * vest.price
    if vest.withheld is not None:
        withheld = -(-vest.shares * vest.withheld // WHOLE)
    else:
        withheld = min(vest.shares, -(-sum(due) // vest.price)) if vest.price else 0
    kept, tax_withheld = vest.shares - withheld, withheld * vest.price
    federal = max(due.federal, tax_withheld - (sum(due) - due.federal))
    sold_on = _sale_date(vest, windows) if vest.sold else None
    settles, cash, gain = None, 0, 0
    if sold_on is not None:
        price = vest.price if vest.sale_price is None else vest.sale_price
        settles = add_business_days(sold_on, DAYS_SINCE if sold_on >= T_PLUS_1 else DAYS_BEFORE, holidays)
        cash, gain = kept * price, kept * (price - vest.price)
    return VestLine(
        income=Cents(income),
        shares_withheld=withheld,
        tax_withheld=Cents(tax_withheld),
        shares_kept=kept,
        social_security=Cents(due.social_security),
        medicare=Cents(due.medicare),
        state=Cents(due.state),
        federal=Cents(federal),
        from_checking=Cents(max(0, sum(due) - tax_withheld)),
        tax_missing=Cents(max(0, share_of(income, h.federal_rate) - federal)),
        sale_date=sold_on,
        settles=settles,
        cash=Cents(cash),
        gain=Cents(gain),
        gain_tax=Cents(share_of(max(0, gain), h.federal_rate + h.state_rate)),
        outside=vest.sold and not _is_open(sold_on, windows),
    )


def _sale_date(vest: Vest, windows: Sequence[Span]) -> date | None:
    """The day given, else the vest's own or the first after it with trading open; None where it opens no more."""
    if vest.sale_date is not None:
        if vest.sale_date < vest.date:
            raise InputError(
                f"The vest of {us_date(vest.date)} is sold on {us_date(vest.sale_date)}: give that day or a later one."
            )
        return vest.sale_date
    if not windows:
        return vest.date
    return min((max(vest.date, window.start) for window in windows if window.end >= vest.date), default=None)


def _is_open(day: date | None, windows: Sequence[Span]) -> bool:
    return day is not None and (not windows or any(window.start <= day <= window.end for window in windows))
