"""Elections in words for payroll."""

from __future__ import annotations

from datetime import date

from mbr_xl.engine.electing.trial import CONTRIBUTIONS, Steps, Trials, with_rates
from mbr_xl.engine.elections import RatesByDate
from mbr_xl.engine.paydays import us_date
from mbr_xl.household import Election
from mbr_xl.money import dollars, percent

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
    what = _joined(parts) or f"after-tax to {_nothing(trials)}"
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


def _nothing(trials: Trials) -> str:
    return "$0" if trials.in_dollars else "0%"


def _rates(trials: Trials, kinds: list[str], rates: list[int]) -> str:
    if not any(rates):
        return _nothing(trials)
    with_commission = trials.wishes.with_commission
    if trials.in_dollars:
        pay = {"base": "each base paycheck and commission" if with_commission else "each base paycheck"}
        pay["bonus"] = "each bonus"
    else:
        pay = {"base": "base pay and commission" if with_commission else "base pay", "bonus": "bonus"}
    if not trials.household.separate_elections:
        pay = {"base": "each pay" if trials.in_dollars else "all pay"}
    show = dollars if trials.in_dollars else percent
    return " and ".join(f"{show(rate)} of {pay[kind]}" for kind, rate in zip(kinds, rates, strict=True))


def _joined(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + f" and {parts[-1]}" if parts else ""
