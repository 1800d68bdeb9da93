"""Elections in words for payroll, and what they leave unused and why."""

from __future__ import annotations

from datetime import date

from mbr_xl.engine.elections import RatesByDate
from mbr_xl.engine.paydays import us_date
from mbr_xl.engine.trial import CONTRIBUTIONS, Steps, Trials, with_rates
from mbr_xl.household import Election
from mbr_xl.money import dollars, percent
from mbr_xl.results import YearPlan

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
WORDS = {"pretax": "pre-tax", "roth": "Roth", "after_tax": "after-tax"}


def long_date(day: date) -> str:
    """A date as payroll reads it, whatever the machine's language: "Fri, Apr 10, 2026"."""
    return f"{DAYS[day.weekday()]}, {us_date(day)}"


def in_words(trials: Trials, steps: Steps) -> tuple[str, ...]:
    """What to elect from which paycheck, a phrase a step.

    The first names each contribution that it sets or ends; a later one only what it changes.
    """
    return tuple(_in_words(trials, steps, number) for number in range(len(steps)))


def _in_words(trials: Trials, steps: Steps, number: int) -> str:
    step, old = steps[number], _before(trials, steps, number)
    parts = []
    for name in CONTRIBUTIONS:
        kinds = [kind for kind in ("base", "bonus") if trials.left(kind, step.start)]
        new = [getattr(step, f"{kind}_{name}") or 0 for kind in kinds]
        before = [getattr(old, f"{kind}_{name}") or 0 for kind in kinds]
        if (number and new == before) or not any((*new, *before)):
            continue
        parts.append(f"{WORDS[name]} to {_rates(trials, kinds, new)}")
    what = _joined(parts) or "after-tax to 0%"
    if not number:
        return f"Starting with the paycheck of {long_date(step.start)}, set {what}"
    last = step.start == max(trials.paid)
    return f"{'for' if last else 'from'} {long_date(step.start)}{'' if last else ' on'}, set {what}"


def _before(trials: Trials, steps: Steps, number: int) -> Election:
    """The rates in force just before a step."""
    if number:
        return steps[number - 1]
    rates = RatesByDate(trials.household)
    earlier = [day for day in trials.paid if day < steps[0].start]
    found: dict[str, int] = {}
    for kind, follows in trials.kinds.items():
        if earlier and follows:
            force = rates.on(earlier[-1], kind)
            found |= {f"{kind}_{name}": getattr(force, name) for name in CONTRIBUTIONS}
    return with_rates(Election(steps[0].start), found)


def _rates(trials: Trials, kinds: list[str], rates: list[int]) -> str:
    if not any(rates):
        return "0%"
    if not trials.household.separate_elections:
        return f"{percent(rates[0])} of all pay"
    pay = {"base": "base pay and commission" if trials.wishes.with_commission else "base pay", "bonus": "bonus"}
    return " and ".join(f"{percent(rate)} of {pay[kind]}" for kind, rate in zip(kinds, rates, strict=True))


def _joined(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + f" and {parts[-1]}" if parts else ""


def why_unused(trials: Trials, steps: Steps, plan: YearPlan) -> tuple[str, ...]:
    """What these elections leave of the match, the deferral and the after-tax room, and why, a sentence each."""
    top, h = plan.headlines, trials.household
    found = []
    if not top.elections_safe:
        found.append(
            "What is elected or paid in already, and cannot be changed any more, does not fit under the limits."
        )
    if top.match_lost > 0:
        found.append(
            f"{dollars(top.match_lost)} of match is lost: pays with too little deferral earn none of it, and no "
            "true-up pays it later."
        )
    short = trials.asked - top.total_deferral
    if short > 0:
        found.append(f"Deferrals end {dollars(short)} short of {dollars(trials.asked)}: {_why_short(trials, steps)}.")
    if top.after_tax_unused > 0:
        why = f"the limit is {top.binding}, and one more step of {percent(trials.wishes.step)} would pass it"
        at_top = all(
            (getattr(step, f"{kind}_after_tax") or 0) // trials.wishes.step >= trials.highest(kind, step, "after_tax")
            for step in steps
            for kind in ("base", "bonus")
            if trials.left(kind, step.start)
        )
        if at_top:
            why = "the highest election allowed is reached in every pay"
        elif h.match_after_tax:
            why += "; after-tax is matched, so room is kept for all the match there can be"
        if h.cushion:
            why += f"; {dollars(h.cushion)} is kept free as asked"
        found.append(f"{dollars(top.after_tax_unused)} of after-tax room is left: {why}.")
    return tuple(found)


def _why_short(trials: Trials, steps: Steps) -> str:
    """Whether a step more would pass the ceiling, the highest election, or cost something that ranks higher."""
    last, step, most = steps[-1], trials.wishes.step, trials.wishes.highest(trials.household)
    more = []
    for kind in ("base", "bonus"):
        deferred = sum(getattr(last, f"{kind}_{name}") or 0 for name in ("pretax", "roth"))
        if trials.left(kind, last.start) and deferred + step <= most:
            name = f"{kind}_{trials.layers[-1]}"
            more.append(trials.chosen(last, {name: getattr(last, name) + step}))
    if not more:
        return f"the highest election, {percent(most)} of a pay in all, is reached"
    if all(trials.year((*steps[:-1], one)).deferred > trials.asked for one in more):
        return f"one more step of {percent(step)} would pass it"
    return "more would pass a limit or cost match"
