"""The best elections from a date on, with what is elected before it: deferrals first, then after-tax into what is
left."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from mbr_xl.engine.electing.preference import preferred
from mbr_xl.engine.electing.spilling import overshooting
from mbr_xl.engine.electing.staircase import Pair, Tables, best_within, highest_on, reachable_sum, sums
from mbr_xl.engine.electing.trial import Steps, Trials, Tried
from mbr_xl.engine.match_rule import UNLIMITED
from mbr_xl.household import Election

Worth = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Found:
    """A step with its deferrals, and the year with it."""

    worth: Worth
    step: Election
    tried: Tried


def filled(trials: Trials, before: Steps, start: date, ceiling: int) -> Election | None:
    """The best step from `start` on after the steps `before`; None where nothing fits beside what is elected already.

    ceiling: cents of deferrals of the year to this plan, what is made included.
    Searched: for each deferral in turn, every rate of base pay with the highest rate of bonus that still fits, by
    match, then by deferral; then every pair of after-tax rates. That is the best of all pairs wherever a deferral
    more never brings less match: always but where catch-up is not matched. To fit is to pass no limit and to keep the
    floor of cash. Where what is elected beyond the deferral limit has a use, `overshooting` is tried too.
    Choice: where 415(c) has no room for the deferral beside after-tax already made, the deferral gives way.
    Choice: in dollars, of deferrals that bring the same, those that take least and most of base pay are gone on with;
    where cash cuts the deferral, it may miss the most by less than a dollar of every pay.
    """
    first = trials.step(start, before)
    found = [Found((0, 0, 0, 0), first, trials.year((*before, first)))]
    for contribution in trials.layers:
        found = _worthiest(
            trials, [new for one in found for new in _deferral(trials, before, one, contribution, ceiling)]
        )
    return preferred(trials, _with_after_tax(trials, before, found))


def _with_after_tax(trials: Trials, before: Steps, found: Sequence[Found]) -> list[Election]:
    """The steps with the after-tax that brings the most money, where it decides on match first the most of that."""
    known: dict[tuple[int, ...], list[tuple[int, Pair]]] = {}
    best: tuple[Worth, int] | None = None
    full: list[Election] = []
    for one in found:
        tried, step = one.tried, one.step
        target = tried.sums.sure_room - tried.after_tax - trials.household.cushion
        if before and target < 0:
            continue
        target = max(0, target)
        highest = [trials.highest(kind, step, "after_tax", tried.opens) for kind in ("base", "bonus")]
        key = (tried.opens, target, *highest)
        pairs = known.get(key)
        if pairs is None:
            tables = _tables(trials, step, highest, target, target, tried.opens)
            bars = trials.bars(tried, step.start)
            pairs = [(tables.amount(p), p) for p in best_within(tables, bars, trials.unit, trials.in_dollars)]
            if trials.cash is None:
                known[key] = pairs
        for money, pair in pairs:
            new, worth = _with(trials, step, "after_tax", pair), one.worth
            if trials.after_tax_decides:
                worth = trials.worth(trials.year((*before, new)))
            if best is None or (worth, tried.after_tax + money) > best:
                best, full = (worth, tried.after_tax + money), []
            if (worth, tried.after_tax + money) == best:
                full.append(new)
    return full


@dataclass(frozen=True, slots=True)
class _Search:
    """One deferral of one step: the year with any pair of its elections."""

    trials: Trials
    before: Steps
    step: Election
    contribution: str
    tables: Tables
    bare: Tried
    tops: dict[int, int] = field(default_factory=dict)
    years: dict[Pair, Tried] = field(default_factory=dict)

    def with_pair(self, pair: Pair) -> Election:
        return _with(self.trials, self.step, self.contribution, pair)

    def tried(self, pair: Pair) -> Tried:
        if pair not in self.years:
            self.years[pair] = self.trials.year((*self.before, self.with_pair(pair)))
        return self.years[pair]

    def found(self, pair: Pair) -> Found:
        tried = self.tried(pair)
        return Found(self.trials.worth(tried), self.with_pair(pair), tried)

    def breaks(self, pair: Pair) -> bool:
        """Whether 415(c), by what is not the saver's to choose any more, or cash is passed."""
        tried = self.tried(pair)
        return tried.after_tax > tried.sums.sure_limit_room or not self.trials.keeps_cash(tried)

    def top(self, i: int, most: int) -> int:
        """The lowest step of bonus that brings the most of what fits, up to `most`; below 0 where nothing fits."""
        if most < 0 or not self.breaks((i, most)):
            return most
        fitting = bisect_right(range(most), False, key=lambda j: self.breaks((i, j))) - 1
        return fitting if fitting < 0 else self.tables.lowest(fitting)

    def by_percent(self) -> list[Found]:
        pairs = self.tables.staircase()
        if self.trials.household.match_period == "none":  # nothing but the sum counts, if it fits
            best = self.tables.best()
            pairs = pairs if self.breaks(best[0]) else best
        found = []
        for i, most in pairs:
            j = self.top(i, most)
            if j < 0:
                break
            found.append(self.found((i, j)))
        return found

    def by_dollar(self) -> list[Found]:
        """Whole dollars are too many to try all: halves that cannot hold more are left alone."""
        if self.trials.household.match_period == "none":
            best = self.tables.best()
            if not self.breaks(best[0]) and not self.breaks(best[-1]):
                return [self.found(pair) for pair in dict.fromkeys((best[0], best[-1]))]
        last = bisect_right(self.tables.base, self.tables.target) - 1

        def value(i: int) -> tuple[int, ...] | None:
            j = self._top_known(i)
            return None if j < 0 else self.trials.worth(self.tried((i, j)))

        return [self.found((i, self._top_known(i))) for i, _ in highest_on(last, value, self._above)]

    def _top_known(self, i: int) -> int:
        if i not in self.tops:
            self.tops[i] = self.top(i, self.tables.top(i))
        return self.tops[i]

    def _above(self, low: int, high: int) -> tuple[int, ...] | None:
        """What no step of base from `low` to `high` passes: with the base of the one and the bonus of the other."""
        trials, j = self.trials, self._top_known(low)
        if j < 0:
            return None
        match, with_pays = trials.match_above((*self.before, self.with_pair((high, j))))
        counts = [len(trials.left(kind, self.step.start)) for kind in ("base", "bonus")]
        most = reachable_sum(counts, trials.unit, min(self.tables.target, self.tables.amount((high, j))))
        if j != self.tables.top(low) and trials.cash is not None:
            most -= trials.unit * sum(counts)
        return match, 0 if trials.unmatched_catch_up else with_pays, self.bare.deferred + most, with_pays


def _deferral(trials: Trials, before: Steps, one: Found, contribution: str, ceiling: int) -> list[Found]:
    """The best elections of one deferral beside the step's others; none where nothing fits."""
    step, now = one.step, one.tried
    left = ceiling - now.deferred
    if contribution == "pretax" and trials.limits.roth_catch_up:
        left = min(left, trials.regular - now.pretax)
    left = max(0, left)
    highest = [trials.highest(kind, step, contribution) for kind in ("base", "bonus")]
    search = _Search(trials, before, step, contribution, _tables(trials, step, highest, left, left), now)
    found = search.by_dollar() if trials.in_dollars else search.by_percent()
    if trials.spills and left > 0 and ceiling == trials.allowed and contribution == trials.layers[-1]:
        tables = _tables(trials, step, highest, left, UNLIMITED)
        for pair in overshooting(tables, trials.in_dollars, trials.starts_at_limit, not before):
            new = search.found(pair)
            room = new.tried.sums.sure_room - trials.household.cushion
            spilled = new.tried.after_tax - now.after_tax
            if (spilled <= 0 or new.tried.after_tax <= room) and not search.breaks(pair):
                found.append(new)
    if not found:
        return [] if before else [Found(trials.worth(now), step, now)]
    return _worthiest(trials, found)


def _worthiest(trials: Trials, found: list[Found]) -> list[Found]:
    """Those with the best worth; all where after-tax, still to be chosen, may bring match that decides."""
    if trials.after_tax_decides:
        return found
    most = max((one.worth for one in found), default=None)
    return [one for one in found if one.worth == most]


def _tables(trials: Trials, step: Election, highest: Sequence[int], target: int, most: int, first: int = 0) -> Tables:
    """highest: steps of base and of bonus; target: cents; most: the tables end above it; first: the first line."""
    base, bonus = (
        sums(trials.left(kind, step.start, first), trials.unit, trials.in_dollars, top, most)
        for kind, top in zip(("base", "bonus"), highest, strict=True)
    )
    return Tables(base, bonus, target)


def _with(trials: Trials, step: Election, contribution: str, pair: Pair) -> Election:
    rates = {
        f"{kind}_{contribution}": count * trials.unit
        for kind, count in zip(("base", "bonus"), pair, strict=True)
        if trials.left(kind, step.start)
    }
    return trials.chosen(step, rates)
