"""Elections that stay within every limit whether the bonus comes in low, as expected or high."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from mbr_xl.client import Client
from mbr_xl.engine.electing.solve import Solution, best_steps, solution, trials_of
from mbr_xl.engine.electing.tried_cash import TriedCash
from mbr_xl.engine.electing.wishes import Wishes
from mbr_xl.engine.plan import plan_year
from mbr_xl.errors import InputError
from mbr_xl.household import Household
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
    Searched as by `solve`, one change at a time: the match, the deferral and the after-tax are those of the expected
    case, and what is tried must go in as elected, within the room and the floor of cash, in the low and the high case
    too. What is asked for, and the room to leave free, is asked of the expected case.
    Choice: elections in dollars that a low bonus cannot hold are counted in full where the after-tax is chosen.
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
    years = {share: trials_of(one, rules, wishes, holidays) for share, one in whole.items() if share != WHOLE}
    trials.cases = tuple(years.values())
    steps = best_steps(trials)
    found = solution(trials, steps, rules, holidays)
    elected = {share: replace(case, elections=found.household.elections) for share, case in cases.items()}
    plans = tuple((share, plan_year(case, rules, holidays)) for share, case in elected.items())
    if not (trials.keeps(trials.year(steps)) and all(plan.headlines.elections_safe for _, plan in plans)):
        raise InputError("No elections stay within every limit for a bonus that varies so much: narrow its range.")
    left = tuple(_left(share, plan, years.get(share, trials).cash) for share, plan in plans)
    return SafeElections(replace(found, unused=left, safe=True), plans, True)


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
