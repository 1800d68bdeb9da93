"""The balance of checking through the year: what enters and leaves it day by day, and what the floor allows."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, NamedTuple

from mbr_xl.client import Client
from mbr_xl.engine.cash_flow.net_pay import net_lines
from mbr_xl.engine.cash_flow.vests import Gross, vest_lines
from mbr_xl.errors import InputError
from mbr_xl.money import Cents
from mbr_xl.results import PayLine
from mbr_xl.rules import Rules, bank_holidays

MONTHS = 12


class Flow(NamedTuple):
    """Cents that enter checking on a day beside pay; below 0 they leave it."""

    date: date
    source: Literal["spending", "vest", "tax", "amount"]
    amount: int


@dataclass(frozen=True, slots=True)
class Balances:
    """The balance in cents at the end of each day on which something enters or leaves, days ascending.

    lowest: the least of them and its first day; without such a day the opening balance.
    """

    days: tuple[date, ...]
    ends: tuple[Cents, ...]
    lowest: Cents
    lowest_date: date
    year_end: Cents

    def at(self, day: date, opening: int) -> int:
        """The balance at the end of any day."""
        last = opening
        for one, end in zip(self.days, self.ends, strict=True):
            if one > day:
                break
            last = end
        return last


def opening_day(client: Client) -> date:
    """The day at whose start the balance of checking is known: January 1, or the day after the figures to date."""
    h = client.household
    if client.cash.checking_date is not None:
        return client.cash.checking_date
    return date(h.tax_year, 1, 1) if h.ytd_date is None else h.ytd_date + timedelta(days=1)


def flows(client: Client, rules: Rules, lines: Sequence[Gross]) -> tuple[Flow, ...]:
    """What enters or leaves checking beside pay from the opening day to December 31: spending, vests, amounts.

    The monthly spending leaves on its day of each month, or on the month's last; a vest's cash enters on the day on
    which its sale settles, and what its shares withheld do not cover of its tax leaves on the day of the vest.
    lines: as in `vest_lines`; what they contribute is not read.
    Raises InputError for a day of the month that is none, and as `vest_lines`.
    """
    facts, year = client.cash, client.household.tax_year
    day = 1 if facts.spending_day is None else facts.spending_day
    if not 1 <= day <= 31:
        raise InputError(f"Day of the month (spending_day) is {day}: give a whole number from 1 to 31.")
    found = [
        Flow(date(year, month, min(day, monthrange(year, month)[1])), "spending", -facts.monthly_spending)
        for month in range(1, MONTHS + 1)
    ]
    if facts.vests or facts.trading_windows:
        vested = vest_lines(client, rules, bank_holidays(), lines)
        found += [Flow(line.settles, "vest", line.cash) for line in vested if line.settles is not None]
        found += [Flow(vest.date, "tax", -line.from_checking) for vest, line in zip(facts.vests, vested, strict=True)]
    found += [Flow(one.date, "amount", one.dollars if one.flow == "in" else -one.dollars) for one in facts.amounts]
    first, last = opening_day(client), date(year, 12, 31)
    return tuple(flow for flow in found if flow.amount and first <= flow.date <= last)


def balances(client: Client, lines: Sequence[PayLine], rules: Rules) -> Balances | None:
    """The balance of checking after each day of the year, for any tried pays; None where the facts are blank.

    lines: the year's pays in order of payment, as `plan_year` gives them or with other contributions; rules: of its
    year. Nothing else of the plan is read, so that a search may call it for any election that it tries.
    Raises InputError as `net_lines` and `flows`.
    Choice: a balance counts at the end of a day, when all pay and all spending of that day are done.
    """
    nets = None if client.cash.checking is None else net_lines(client, lines, rules)
    if nets is None:
        return None
    return account(
        client, zip((line.date for line in lines), (net.net for net in nets), strict=True), flows(client, rules, lines)
    )


def account(client: Client, pays: Iterable[tuple[date, int]], others: Iterable[Flow]) -> Balances:
    """The balances that these net pays and flows make; checking must be known."""
    first, last = opening_day(client), date(client.household.tax_year, 12, 31)
    opening = client.cash.checking or 0
    by_day: dict[date, int] = {}
    for day, amount in pays:
        if first <= day <= last:
            by_day[day] = by_day.get(day, 0) + amount
    for flow in others:
        by_day[flow.date] = by_day.get(flow.date, 0) + flow.amount
    days = sorted(by_day)
    ends: list[Cents] = []
    balance, lowest, lowest_date = opening, None, first
    for day in days:
        balance += by_day[day]
        ends.append(Cents(balance))
        if lowest is None or balance < lowest:
            lowest, lowest_date = balance, day
    least = opening if lowest is None else lowest
    return Balances(tuple(days), tuple(ends), Cents(least), lowest_date, Cents(balance))
