"""The best elections from a date on, with what is elected before it: deferrals first, then after-tax into what is
left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mbr_xl.engine.electing.after_tax import AfterTax
from mbr_xl.engine.electing.boxes import Value
from mbr_xl.engine.electing.deferring import Deferring
from mbr_xl.engine.electing.preference import preferred
from mbr_xl.engine.electing.trial import Steps, Trials
from mbr_xl.household import Election


@dataclass(frozen=True, slots=True)
class Filled:
    """A step, and what the year brings with it: match first, then deferral, then after-tax."""

    value: Value
    step: Election


def filled(trials: Trials, before: Steps, start: date, ceiling: int, least: Value | None = None) -> Filled | None:
    """The best step from `start` on after the steps `before`, if it brings `least` or more; None where nothing fits
    beside what is elected already.

    ceiling: cents of deferrals of the year to this plan, what is made included.
    Searched: all pairs of elections of base pay and of bonus, a deferral and then after-tax, for what fits: passes no
    limit and keeps the floor of cash. In percent, where a deferral more never brings less match, every rate of base
    pay with the highest of bonus that fits; else, and in dollars, `Deferring` leaves out only what cannot be better.
    Choice: where catch-up must be Roth, pre-tax is chosen first and Roth beside it.
    Choice: where 415(c) has no room for the deferral beside after-tax already made, the deferral gives way.
    """
    first = trials.step(start, before)
    after = AfterTax(trials, before)
    found = [first]
    for contribution in trials.layers[:-1]:
        found = _deferred(trials, before, found, contribution, ceiling)
    if trials.one_by_one:
        found = _deferred(trials, before, found, trials.layers[-1], ceiling)
        return _with_after_tax(trials, before, after, found or ([] if before else [first]), least)
    best: Value | None = least
    steps: list[Election] = []
    for one in found:
        value, new = Deferring(trials, before, one, trials.layers[-1], ceiling, after).best(best)
        if value is not None:
            steps = [*steps, *new] if value == best else new
            best = value
    if not steps and not before:
        return _with_after_tax(trials, before, after, [first], least)
    step = preferred(trials, steps)
    return None if step is None or best is None else Filled(best, step)


def _with_after_tax(
    trials: Trials, before: Steps, after: AfterTax, found: Sequence[Election], least: Value | None
) -> Filled | None:
    """The best of steps of deferrals, with after-tax."""
    best, full = least, list[Election]()
    for one in found:
        value, steps = after.best(one, trials.year((*before, one)))
        if value is not None and (best is None or value >= best):
            full = [*full, *steps] if value == best else steps
            best = value
    step = preferred(trials, full)
    return None if step is None or best is None else Filled(best, step)


def _deferred(
    trials: Trials, before: Steps, steps: Sequence[Election], contribution: str, ceiling: int
) -> list[Election]:
    """Steps with the best of one deferral, before any after-tax; none where nothing fits beside the steps before."""
    best: Value | None = None
    found: list[Election] = []
    for step in steps:
        search = Deferring(trials, before, step, contribution, ceiling, None)
        value, new = search.best(best) if trials.in_dollars else search.by_percent()
        if value is not None and (best is None or value >= best):
            found = [*found, *new] if value == best else new
            best = value
    return found
