"""Whether elections that are tried keep the floor of checking, and how much after-tax it still allows."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from mbr_xl.client import Client
from mbr_xl.engine.cash_flow.cash import Balances, account, flows, opening_day
from mbr_xl.engine.cash_flow.net_pay import REGULAR, NetLine, net_lines, stub_of
from mbr_xl.engine.events import Event
from mbr_xl.money import WHOLE
from mbr_xl.rules import Rules


class TriedPay(NamedTuple):
    """One line under tried elections, in cents: what the net pay is made from."""

    date: date
    kind: str
    gross: int
    pretax: int
    roth: int
    after_tax: int


@dataclass(frozen=True, slots=True)
class Cash:
    """The cash of one tried year: its balances, and for each check the cents that it has too little, 0 if none."""

    nets: tuple[NetLine, ...]
    balances: Balances
    short: tuple[int, ...]


class Bar(NamedTuple):
    """The after-tax of some lines together, by their numbers, is at most so many cents."""

    lines: frozenset[int]
    most: int


class TriedCash:
    """The cash of one saver's year, on which elections are tried.

    A day that can keep the floor must keep it, savings drawn where need be; on one that cannot, even with nothing
    elected, the balance must not be lower than the lowest that cannot be helped. No check may have too little for what
    is elected and withheld, or less of it than with nothing elected.
    Choice: that is what breaking the floor least means.
    """

    def __init__(self, client: Client, events: Sequence[Event], rules: Rules) -> None:
        self._client, self._events, self._rules = client, events, rules
        self._flows, self._opening = flows(client, rules, events), opening_day(client)
        self.savings: int = client.cash.savings
        self.floor: int = client.cash.cash_floor - self.savings
        self._least: list[int] = []
        self._short: tuple[int, ...] = ()
        self.lack, self.lack_date = 0, date.min

    def known(self, nothing: Cash) -> None:
        """Sets what cannot be helped, from the year with nothing elected."""
        found = nothing.balances
        self.lack, self.lack_date = max(0, self.floor - found.lowest), found.lowest_date
        self._least = [self.floor if end >= self.floor else min(self.floor, found.lowest) for end in found.ends]
        self._short = nothing.short

    def year(self, pretax: Sequence[int], roth: Sequence[int], after_tax: Sequence[int]) -> Cash:
        """The cash with these contributions, in cents a line."""
        pays: list[Any] = [
            TriedPay(event.date, event.kind, event.gross, *amounts)
            for event, *amounts in zip(self._events, pretax, roth, after_tax, strict=True)
        ]
        nets = net_lines(self._client, pays, self._rules)
        assert nets is not None  # the stub is given: `tried_cash` has looked
        found = account(self._client, ((pay.date, net.net) for pay, net in zip(pays, nets, strict=True)), self._flows)
        return Cash(nets, found, tuple(max(0, -left) for left in _left(nets)))

    def keeps(self, tried: Cash, floor_alone: bool = False) -> bool:
        """Whether the floor and every check, or the floor alone, are kept as far as they can be."""
        kept = all(map(int.__ge__, tried.balances.ends, self._least))
        return kept and (floor_alone or all(map(int.__le__, tried.short, self._short)))

    def cost(self, kinds: Collection[str]) -> int:
        """The least, in millionths of a dollar, by which a dollar of pre-tax lowers the net of pays of these kinds."""
        facts, h, law = self._client.cash, self._client.household, self._rules.payroll
        regular = (h.federal_rate if facts.withholding_rate is None else facts.withholding_rate) + h.state_rate
        supplemental = sum(event.gross for event in self._events if event.kind not in REGULAR)
        high = facts.ytd_supplemental + supplemental > law.supplemental_high_above
        flat = (law.supplemental_high if high else law.supplemental) + (
            h.state_rate if facts.supplemental_state_rate is None else facts.supplemental_state_rate
        )
        return WHOLE - max((regular if kind in REGULAR else flat for kind in kinds), default=0)

    def given_up(self, low: Cash, high: Cash) -> int:
        """Cents of other deductions of the checks of one tried year that another, with more elected, has no pay for."""
        return max(0, sum(one.other for one in low.nets) - sum(one.other for one in high.nets))

    def bars(self, tried: Cash) -> list[Bar]:
        """What the floor and the checks allow of after-tax beside what these lines carry: a dollar of it costs a dollar
        of net pay."""
        found = []
        days, ends, least = tried.balances.days, tried.balances.ends, self._least
        slack = [end - one for end, one in zip(ends, least, strict=True)]
        for place in reversed(range(len(slack) - 1)):
            slack[place] = min(slack[place], slack[place + 1])
        counted = [t for t, event in enumerate(self._events) if event.date >= self._opening]
        for number, t in enumerate(counted):
            place = bisect_left(days, self._events[t].date)
            if place < len(slack):
                found.append(Bar(frozenset(counted[: number + 1]), slack[place]))
        for lines, left in zip(_checks(tried.nets), _left(tried.nets), strict=True):
            found.append(Bar(frozenset(lines), max(0, left)))
        return found


def tried_cash(client: Client, events: Sequence[Event], rules: Rules) -> TriedCash | None:
    """The cash of a client's year; None where the stub or the balance of checking is blank.

    client: the inputs; events: the year's lines; rules: of its year.
    Raises InputError as `net_lines` and `flows`.
    """
    if client.cash.checking is None or stub_of(client, rules) is None:
        return None
    return TriedCash(client, events, rules)


def _checks(nets: Sequence[NetLine]) -> list[list[int]]:
    """The numbers of the lines of each check."""
    found: list[list[int]] = []
    for t, line in enumerate(nets):
        if line.starts or not found:
            found.append([])
        found[-1].append(t)
    return found


def _left(nets: Sequence[NetLine]) -> list[int]:
    """Cents that each check has left; below 0 it is short."""
    return [sum(nets[t].spare - nets[t].after_tax for t in lines) for lines in _checks(nets)]
