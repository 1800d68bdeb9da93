"""Elections that stay within every limit whether the bonus comes in low, as expected or high."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from mbr_xl.client import Client
from mbr_xl.engine.electing.solve import Solution, solution, solve, trials_of
from mbr_xl.engine.electing.trial import Steps, names_of, with_rates
from mbr_xl.engine.electing.tried_cash import TriedCash
from mbr_xl.engine.electing.wishes import Wishes
from mbr_xl.engine.elections import KINDS
from mbr_xl.engine.plan import plan_year
from mbr_xl.errors import InputError
from mbr_xl.household import Election, Household
from mbr_xl.money import WHOLE, Cents, Millionths, dollars, percent, share_of
from mbr_xl.results import YearPlan
from mbr_xl.rules import Rules

MOST_SHARE = 10 * WHOLE


@dataclass(frozen=True, slots=True)
class SafeElections:
    """One set of elections, and the year with it in each case.

    solution: with the bonus as expected, its `unused` a sentence a case; cases: the share of the expected bonus and
    the year with it, ascending; safe: in none of the cases a limit is passed, or the cash floor broken more than it
    must be.
    """

    solution: Solution
    cases: tuple[tuple[Millionths, YearPlan], ...]
    safe: bool


def safe_bonus(
    who: Client | Household,
    rules: Rules,
    low: Millionths,
    high: Millionths,
    wishes: Wishes | None = None,
    holidays: Collection[date] | None = None,
) -> SafeElections:
    """The best elections for the expected bonus among those that pass no limit and keep the cash floor in any case.

    who, rules, wishes, holidays: as for `solve`; low, high: shares of the bonus expected, such as 80 % and 120 %.
    Only payments of the kind bonus that new elections still reach move with the share.
    Tried are the best elections for the high, the expected and the low case, then the lowest of all of them rate by
    rate. Of those that are safe in every case, the one that brings most with the expected bonus is taken.
    Raises InputError for shares out of order, and as `solve`.
    """
    if not 0 <= low <= WHOLE <= high <= MOST_SHARE:
        raise InputError(
            f"The bonus may come in at {percent(low)} to {percent(high)} of what is expected: "
            "give a low share of 0% to 100% and a high one of 100% to 1000%."
        )
    shares = sorted({low, Millionths(WHOLE), high})
    client = who if isinstance(who, Client) else None
    household = who.household if isinstance(who, Client) else who
    trials = trials_of(who, rules, wishes, holidays)
    start = trials.dates[0]
    cases = {share: _with_bonus(household, start, share) for share in shares}
    whole = {share: case if client is None else replace(client, household=case) for share, case in cases.items()}
    years = {share: trials_of(one, rules, wishes, holidays) for share, one in whole.items()}
    found = [solve(whole[share], rules, wishes, holidays).steps for share in reversed(shares)]
    found = [steps for steps in found if steps[0].start == start]
    found.append((_lowest(found),))
    best: tuple[tuple[int, int, int], SafeElections] | None = None
    for steps in found:
        one = solution(trials, steps, rules, holidays)
        elected = {share: replace(case, elections=one.household.elections) for share, case in cases.items()}
        plans = tuple((share, plan_year(case, rules, holidays)) for share, case in elected.items())
        safe = all(
            plan.headlines.elections_safe and years[share].keeps_cash(years[share].year(steps)) for share, plan in plans
        )
        left = tuple(_left(share, plan, years[share].cash) for share, plan in plans)
        made, top = SafeElections(replace(one, unused=left, safe=safe), plans, safe), one.plan.headlines
        worth = (top.total_match + top.true_up_due, top.total_deferral, top.total_after_tax)
        if safe and (best is None or worth > best[0]):
            best = worth, made
    if best is None:
        raise InputError("No elections stay within every limit for a bonus that varies so much: narrow its range.")
    return best[1]


def _with_bonus(household: Household, start: date, share: Millionths) -> Household:
    payments = tuple(
        replace(payment, amount=Cents(share_of(payment.amount, share)))
        if payment.kind == "bonus" and payment.date >= start
        else payment
        for payment in household.payments
    )
    return replace(household, payments=payments)


def _left(share: Millionths, plan: YearPlan, cash: TriedCash | None) -> str:
    top = plan.headlines
    words = (
        f"With the bonus at {percent(share)} of what is expected, {dollars(top.total_deferral)} is deferred and "
        f"{dollars(top.total_after_tax)} goes in after-tax; {dollars(top.after_tax_unused)} of room is left."
    )
    if cash is not None and cash.lack > 0:
        words += f" Even with nothing elected, checking falls {dollars(cash.lack)} below the cash floor."
    return words


def _lowest(found: Sequence[Steps]) -> Election:
    """One step with the lowest rate of each that any of the others elects."""
    steps = [step for steps in found for step in steps]
    names = (name for kind in KINDS for name in names_of(kind) if getattr(steps[0], name) is not None)
    return with_rates(steps[0], {name: min(getattr(step, name) for step in steps) for name in names})
