"""What becomes of a vest: shares withheld, cash after the sale, tax still missing, settlement, trading windows."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from mbr_xl.cash_answers import VestLine
from mbr_xl.cash_facts import Vest
from mbr_xl.client import Client
from mbr_xl.engine.paydays import add_business_days, us_date
from mbr_xl.errors import InputError
from mbr_xl.household import Span
from mbr_xl.money import WHOLE, Cents, dollars, share_of
from mbr_xl.rules import Rules

T_PLUS_1 = date(2024, 5, 28)  # the first day whose trades settle on the next business day
DAYS_BEFORE, DAYS_SINCE = 2, 1


def vest_lines(client: Client, rules: Rules, holidays: Collection[date]) -> tuple[VestLine, ...]:
    """Each vest in the order given: shares, cents, days.

    Shares withheld are rounded up to whole ones; the rest is kept, or all of it sold on one day. tax_missing is what
    the flat 22% falls short of the federal rate on the next dollar; gain_tax the tax on a gain since the vest at the
    federal and state rates on the next dollar, nothing for a loss.
    Raises InputError for a vest of no shares, a sale before its vest, and a trading window that ends before it begins.
    Source: 26 USC 83(a), 26 CFR 31.3402(g)-1(a)(7); 17 CFR 240.15c6-1 (T+1 from May 28, 2024, before it T+2).
    Choice: shares held for more than a year would be taxed lower; settlement counts the Federal Reserve's holidays.
    """
    windows = client.cash.trading_windows
    for window in windows:
        if window.end < window.start:
            raise InputError(
                f"A trading window ends on {us_date(window.end)} before it begins on {us_date(window.start)}."
            )
    return tuple(_line(client, vest, windows, rules, holidays) for vest in client.cash.vests)


def _line(client: Client, vest: Vest, windows: Sequence[Span], rules: Rules, holidays: Collection[date]) -> VestLine:
    h, flat = client.household, rules.payroll.supplemental
    if vest.shares < 1 or vest.price < 0:
        raise InputError(
            f"The vest of {us_date(vest.date)} has {vest.shares} shares at {dollars(vest.price)}: give 1 share or "
            "more, at $0 or more."
        )
    income = vest.shares * vest.price
    withheld = -(-vest.shares * (flat if vest.withheld is None else vest.withheld) // WHOLE)
    kept = vest.shares - withheld
    missing = share_of(income, max(0, h.federal_rate - flat))
    sold_on = _sale_date(vest, windows) if vest.sold else None
    settles, cash, gain = None, 0, 0
    if sold_on is not None:
        price = vest.price if vest.sale_price is None else vest.sale_price
        settles = add_business_days(sold_on, DAYS_SINCE if sold_on >= T_PLUS_1 else DAYS_BEFORE, holidays)
        cash, gain = kept * price, kept * (price - vest.price)
    return VestLine(
        income=Cents(income),
        shares_withheld=withheld,
        tax_withheld=Cents(withheld * vest.price),
        shares_kept=kept,
        tax_missing=Cents(missing),
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
