"""The three ways to pay for after-tax side by side: as elected, out of variable pay, and level."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from mbr_xl.cash_answers import CashAnswers, CashLine, Refill
from mbr_xl.client import Client
from mbr_xl.engine.cash_flow.cash import Balances, Flow, account, flows, opening_day
from mbr_xl.engine.cash_flow.net_pay import IN_SHARES, NetLine, is_variable, net_lines, nets_with, stub_of
from mbr_xl.engine.cash_flow.vests import vest_lines
from mbr_xl.engine.elections import after_tax_cap, combined_cap
from mbr_xl.household import ELECTION_OF
from mbr_xl.money import WHOLE, Cents, Millionths, half_up, share_of
from mbr_xl.results import PayLine, YearPlan
from mbr_xl.rules import Rules, bank_holidays

HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Way:
    """After-tax of each line in cents, what the pays then leave, and the balances that follow."""

    after_tax: Sequence[int]
    nets: list[Cents]
    balances: Balances


def cash_answers(client: Client, plan: YearPlan, rules: Rules) -> CashAnswers | None:
    """The year's cash in three ways, in cents and days; None where the stub or the balance of checking is blank.

    Raises InputError as `net_lines` and `flows`.
    Choice: the ways change after-tax alone, on pays from `change_from` on that are not on record; what more or less
    match it would bring is left as planned. A gap to the floor is filled from savings as far as they go; refill is
    the first day after the lowest on which the balance itself is at the floor again, and what came in then.
    """
    facts, h = client.cash, client.household
    lines = net_lines(client, plan.pays, rules)
    stub = stub_of(client, rules)
    if lines is None or stub is None or facts.checking is None:
        return None
    others = flows(client, rules, plan.pays)
    vests = vest_lines(client, rules, bank_holidays(), plan.pays)
    percent, _ = level_after_tax(client, plan, lines)
    elected, variable, levelled = _ways(client, plan, lines, others)
    refill_date, refill_by = _refill(client, plan.pays, elected, others)
    paid: dict[date, int] = {one.date: one.amount for one in h.payments if one.kind == IN_SHARES}
    vested: dict[date, int] = {}  # several vests of a day are one payment: Payments takes one of a kind a day
    for vest, vest_line in zip(facts.vests, vests, strict=True):
        vested[vest.date] = vested.get(vest.date, 0) + vest_line.income
    return CashAnswers(
        stub_social_security=Cents(stub.social_security),
        stub_medicare=Cents(stub.medicare),
        stub_other=Cents(stub.other),
        net_pay_total=Cents(sum(elected.nets)),
        short_checks=sum(line.short for line in lines),
        vest_income=Cents(sum(vest.income for vest in vests)),
        vest_cash_total=Cents(sum(flow.amount for flow in others if flow.source == "vest")),
        vest_from_checking=Cents(-sum(flow.amount for flow in others if flow.source == "tax")),
        vest_tax_missing=Cents(sum(vest.tax_missing for vest in vests)),
        vest_gain_tax=Cents(sum(vest.gain_tax for vest in vests)),
        vests_outside=sum(vest.outside for vest in vests),
        vests_unpaired=sum(
            vest.date.year == h.tax_year
            and (h.ytd_date is None or vest.date > h.ytd_date)
            and paid.get(vest.date) != vested[vest.date]
            for vest in facts.vests
        ),
        level_rate=Millionths(percent * WHOLE // HUNDRED),
        refill_date=refill_date,
        refill_by=refill_by,
        **_figures(client, plan.pays, "elected", elected),
        **_figures(client, plan.pays, "variable", variable),
        **_figures(client, plan.pays, "level", levelled),
    )


def cash_lines(client: Client, plan: YearPlan, rules: Rules) -> tuple[CashLine, ...]:
    """The Cash sheet's lines, a pay a line, as elected; none where the stub or the balance of checking is blank.

    Raises InputError as `cash_answers`.
    """
    lines = net_lines(client, plan.pays, rules)
    if lines is None or client.cash.checking is None:
        return ()
    others = flows(client, rules, plan.pays)
    found = _way(client, plan.pays, lines, [line.after_tax for line in plan.pays], others).balances
    opening, since = opening_day(client), None
    made = []
    for pay, line in zip(plan.pays, lines, strict=True):
        first = 0 if since is None else bisect_right(found.days, since)
        last = bisect_right(found.days, pay.date)
        known = pay.date >= opening
        balance = found.ends[last - 1] if known else Cents(0)
        new = [flow for flow in others if flow.date <= pay.date and (since is None or flow.date > since)]
        made.append(
            CashLine(
                date=pay.date,
                kind=pay.kind,
                cash_pay=Cents(line.cash_pay),
                benefits=Cents(line.benefits),
                pretax=Cents(line.pretax),
                federal=Cents(line.federal),
                state=Cents(line.state),
                social_security=Cents(line.social_security),
                medicare=Cents(line.medicare),
                roth=Cents(line.roth),
                other_withheld=Cents(line.other),
                after_tax=Cents(line.after_tax),
                net_pay=Cents(line.net),
                vest_cash=Cents(_sum(new, "vest") + _sum(new, "tax")),
                other_flow=_sum(new, "amount"),
                spent=Cents(-_sum(new, "spending")),
                balance=balance,
                lowest=min([balance, *found.ends[first:last]]) if known else Cents(0),
            )
        )
        since = pay.date
    return tuple(made)


def refills(client: Client, plan: YearPlan, rules: Rules) -> tuple[Refill, ...]:
    """What refills the account from its opening day on, by date: each variable pay's net, each vest's cash.

    In every way the cents that come in that day; on one day pays in order of payment before vests in the order given.
    None where the stub or the balance of checking is blank. Raises InputError as `cash_answers`.
    """
    lines = net_lines(client, plan.pays, rules)
    if lines is None or client.cash.checking is None:
        return ()
    others, opening = flows(client, rules, plan.pays), opening_day(client)
    nets = zip(*(way.nets for way in _ways(client, plan, lines, others)), strict=True)
    found = [
        Refill(pay.date, pay.kind, *three)
        for pay, three in zip(plan.pays, nets, strict=True)
        if is_variable(pay.kind) and pay.date >= opening
    ]
    found += [Refill(flow.date, "vest", *([Cents(flow.amount)] * 3)) for flow in others if flow.source == "vest"]
    return tuple(sorted(found, key=lambda one: one.date))


def variable_after_tax(client: Client, plan: YearPlan, lines: Sequence[NetLine]) -> list[int]:
    """After-tax of each line in cents where base pay gives none: variable pay gives all it can, in order of payment.

    As far as the year's room, the plan's caps and the pay itself after its withholding allow.
    Choice: dollars, not whole percents; pay in shares gives none.
    """
    left = _left(client, plan)
    found: list[int] = []
    for pay, line in zip(plan.pays, lines, strict=True):
        amount: int = pay.after_tax
        if _can_change(client, pay):
            amount = min(_most(client, pay, line), left) if is_variable(pay.kind) else 0
            left -= amount
        found.append(amount)
    return found


def level_after_tax(client: Client, plan: YearPlan, lines: Sequence[NetLine]) -> tuple[int, list[int]]:
    """The whole percent of every pay that fits the year's room, and the after-tax of each line in cents with it.

    The room left by the plan pay still to come, rounded down; less where a cap or the pay itself is lower.
    Choice: pay in shares gives none.
    """
    left = _left(client, plan)
    changing = [pay for pay in plan.pays if _can_change(client, pay) and pay.kind != IN_SHARES]
    paid = sum(pay.plan_pay for pay in changing)
    # To a millionth of a percent, as the sheet's ROUND has it, so that 28.9999999% is 29% in both.
    percent = min(HUNDRED, half_up(left * HUNDRED * WHOLE, paid) // WHOLE) if paid else 0
    found: list[int] = []
    for pay, line in zip(plan.pays, lines, strict=True):
        amount: int = pay.after_tax
        if _can_change(client, pay):
            wanted = 0 if pay.kind == IN_SHARES else share_of(pay.plan_pay, percent * WHOLE // HUNDRED)
            amount = min(wanted, _most(client, pay, line), left)
            left -= amount
        found.append(amount)
    return percent, found


def _can_change(client: Client, pay: PayLine) -> bool:
    h = client.household
    if h.change_from is not None and pay.date < h.change_from:
        return False
    return all((one.date, one.kind) != (pay.date, pay.kind) for one in h.paid)


def _left(client: Client, plan: YearPlan) -> int:
    """Room for after-tax in cents on the pays that can change."""
    fixed = sum(pay.after_tax for pay in plan.pays if not _can_change(client, pay))
    return max(0, plan.headlines.after_tax_room - client.household.ytd_after_tax - fixed)


def _most(client: Client, pay: PayLine, line: NetLine) -> int:
    """The most after-tax in cents that the plan's caps and the pay itself allow."""
    h = client.household
    if not h.after_tax_allowed:
        return 0
    kind = ELECTION_OF[pay.kind] if h.separate_elections else "base"
    together = share_of(pay.plan_pay, combined_cap(h)) - pay.pretax_elected - pay.roth_elected
    return max(0, min(share_of(pay.plan_pay, after_tax_cap(h, kind)), together, line.spare))


def _ways(client: Client, plan: YearPlan, lines: Sequence[NetLine], others: Sequence[Flow]) -> tuple[Way, Way, Way]:
    """As elected, out of variable pay, level."""
    elected: list[int] = [line.after_tax for line in plan.pays]
    variable, (_, level) = variable_after_tax(client, plan, lines), level_after_tax(client, plan, lines)
    one, two, three = (_way(client, plan.pays, lines, after_tax, others) for after_tax in (elected, variable, level))
    return one, two, three


def _way(
    client: Client, pays: Sequence[PayLine], lines: Sequence[NetLine], after_tax: Sequence[int], others: Sequence[Flow]
) -> Way:
    nets = nets_with(lines, after_tax)
    return Way(after_tax, nets, account(client, zip((pay.date for pay in pays), nets, strict=True), others))


def _figures(client: Client, pays: Sequence[PayLine], name: str, way: Way) -> dict[str, Any]:
    facts, found, opening = client.cash, way.balances, opening_day(client)
    gap = max(0, facts.cash_floor - found.lowest)
    drawn = min(facts.savings, gap)
    below = next((day for day, end in zip(found.days, found.ends, strict=True) if end < facts.cash_floor), None)
    into = sum(net for pay, net in zip(pays, way.nets, strict=True) if is_variable(pay.kind) and pay.date >= opening)
    figures = {
        "after_tax": client.household.ytd_after_tax + sum(way.after_tax),
        "lowest": found.lowest,
        "lowest_date": found.lowest_date,
        "gap": gap,
        "variable_net": into,
        "drawn": drawn,
        "drawn_from": below if drawn else None,
        "missing": gap - drawn,
        "year_end": found.year_end,
    }
    return {f"{name}_{key}": value for key, value in figures.items()}


def _refill(client: Client, pays: Sequence[PayLine], way: Way, others: Sequence[Flow]) -> tuple[date | None, str]:
    """The first day after the lowest on which the floor is reached again, and what came in: kind of pay, vest, amount.

    Variable pay is named before a vest, a vest before other amounts, those before regular pay.
    """
    found, floor = way.balances, client.cash.cash_floor
    days = zip(found.days, found.ends, strict=True)
    day = next((day for day, end in days if day > found.lowest_date and end >= floor), None)
    if found.lowest >= floor or day is None:
        return None, ""
    for pay, net in zip(pays, way.nets, strict=True):
        if pay.date == day and is_variable(pay.kind) and net > 0:
            return day, pay.kind
    into = {flow.source for flow in others if flow.date == day and flow.amount > 0}
    return day, "vest" if "vest" in into else "amount" if "amount" in into else "base"


def _sum(found: Sequence[Flow], source: str) -> Cents:
    return Cents(sum(flow.amount for flow in found if flow.source == source))
