"""The best rates from a date on, with what is elected before it: deferrals first, then after-tax into what is left."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from mbr_xl.engine.elections import best_pairs, sums_by_step
from mbr_xl.engine.trial import CONTRIBUTIONS, Steps, Trials, Tried
from mbr_xl.household import Election

Found = tuple[tuple[int, ...], Election]  # with its worth


@dataclass(frozen=True, slots=True)
class Tables:
    """Cents by step of base and of bonus from a date on, within the highest elections and a target."""

    base: list[int]
    bonus: list[int]
    target: int

    def staircase(self) -> list[tuple[int, int]]:
        """For each step of base the lowest step of bonus that brings the most within the target."""
        return [
            (i, bisect_left(self.bonus, self.bonus[bisect_right(self.bonus, self.target - amount) - 1]))
            for i, amount in enumerate(self.base)
            if amount <= self.target
        ]


def filled(trials: Trials, before: Steps, start: date, ceiling: int) -> Election | None:
    """The best step from `start` on after the steps `before`; None where nothing fits beside what is elected already.

    ceiling: cents of deferrals of the year to this plan, what is made included.
    Searched: for each deferral in turn, every rate of base pay with the highest rate of bonus that still fits, by
    match, then by deferral; then every pair of after-tax rates. That is the best of all pairs wherever a deferral
    more never brings less match: always but where catch-up is not matched.
    Choice: where 415(c) has no room for the deferral beside after-tax already made, the deferral gives way.
    """
    steps = [trials.step(start, before)]
    for contribution in trials.layers:
        found = [one for step in steps for one in _deferral(trials, before, step, contribution, ceiling)]
        most = max((worth for worth, _ in found), default=None)
        steps = [step for worth, step in found if worth == most]
    full: list[tuple[int, Election]] = []
    for step in steps:
        tried = trials.year((*before, step))
        target = tried.sums.sure_room - tried.after_tax - trials.household.cushion
        if before and target < 0:
            continue
        tables = _tables(trials, step, "after_tax", max(0, target))
        for i, j in best_pairs(tables.base, tables.bonus, tables.target):
            full.append((tables.base[i] + tables.bonus[j], _with(trials, step, "after_tax", (i, j))))
    most_money = max((money for money, _ in full), default=0)
    return preferred(trials, [step for money, step in full if money == most_money])


def _deferral(trials: Trials, before: Steps, step: Election, contribution: str, ceiling: int) -> list[Found]:
    """The best rates of one deferral beside the step's others, each with its worth; none where nothing fits."""
    now = trials.year((*before, step))
    left = ceiling - now.deferred
    if contribution == "pretax" and trials.limits.roth_catch_up:
        left = min(left, trials.regular - now.pretax)
    tables = _tables(trials, step, contribution, max(0, left))

    def tried(i: int, j: int) -> Tried:
        return trials.year((*before, _with(trials, step, contribution, (i, j))))

    def over(i: int, j: int) -> int:
        return _over(tried(i, j))

    pairs = tables.staircase()
    if trials.household.match_period == "none":  # nothing but the sum counts, if it fits
        best = best_pairs(tables.base, tables.bonus, tables.target)
        pairs = best if over(*best[0]) == 0 else pairs
    found: list[Found] = []
    for i, j in pairs:
        if over(i, j) > 0:
            fitting = bisect_right(range(j), 0, key=partial(over, i)) - 1
            if fitting < 0:
                break
            j = bisect_left(tables.bonus, tables.bonus[fitting])
        found.append((trials.worth(tried(i, j)), _with(trials, step, contribution, (i, j))))
    if not found:
        return [] if before else [(trials.worth(now), step)]
    most = max(worth for worth, _ in found)
    return [one for one in found if one[0] == most]


def _over(tried: Tried) -> int:
    """Cents by which 415(c) is passed by what is not the saver's to choose any more."""
    return max(0, tried.after_tax - tried.sums.sure_limit_room)


def _tables(trials: Trials, step: Election, contribution: str, target: int) -> Tables:
    base, bonus = (
        sums_by_step(
            trials.left(kind, step.start), trials.wishes.step, trials.highest(kind, step, contribution), target
        )
        for kind in ("base", "bonus")
    )
    return Tables(base, bonus, target)


def _with(trials: Trials, step: Election, contribution: str, pair: tuple[int, int]) -> Election:
    rates = {
        f"{kind}_{contribution}": count * trials.wishes.step
        for kind, count in zip(("base", "bonus"), pair, strict=True)
        if trials.left(kind, step.start)
    }
    return trials.chosen(step, rates)


def preferred(trials: Trials, steps: Sequence[Election]) -> Election | None:
    """Of steps that bring the same money, the one that the saver prefers; None of none.

    Choice: level pay checks leave as much as they can to the bonus.
    """
    return max(steps, key=lambda step: _preference(trials, step), default=None)


def _preference(trials: Trials, step: Election) -> tuple[int, int]:
    base = brought(trials, "base", step)
    if trials.wishes.ties == "pay checks first":
        return base, 0
    return early(trials, step) if trials.wishes.ties == "early" else 0, -base


def brought(trials: Trials, kind: str, *steps: Election) -> int:
    """What steps take from the pays of a kind, in millionths of cents, not rounded."""
    return sum(amount for _, amount in _taken(trials, kind, steps))


def early(trials: Trials, *steps: Election) -> int:
    """How early the money of these steps goes in: millionths of cents, times the days left in the year."""
    end = date(trials.household.tax_year, 12, 31)
    return sum(amount * (end - day).days for kind in trials.pays for day, amount in _taken(trials, kind, steps))


def _taken(trials: Trials, kind: str, steps: Steps) -> Iterator[tuple[date, int]]:
    for step, until in zip(steps, [*(step.start for step in steps[1:]), date.max], strict=True):
        rate = sum(getattr(step, f"{kind}_{name}") or 0 for name in CONTRIBUTIONS)
        yield from ((day, pay * rate) for day, pay in trials.pays[kind] if step.start <= day < until)
