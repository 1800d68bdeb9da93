"""The after-tax that brings most beside deferrals that are tried."""

from __future__ import annotations

from collections.abc import Sequence

from mbr_xl.engine.electing.boxes import Box, Pair, Value, best_pairs_of
from mbr_xl.engine.electing.promise import highest_rate
from mbr_xl.engine.electing.staircase import Tables, best_within, sums
from mbr_xl.engine.electing.trial import KINDS, Steps, Trials, Tried
from mbr_xl.engine.match_rule import UNLIMITED
from mbr_xl.household import Election
from mbr_xl.money import WHOLE, share_of

MATCH_LOOKS, LATER_LOOKS = 400, 60


def tables_of(trials: Trials, step: Election, highest: Sequence[int], target: int, most: int, first: int = 0) -> Tables:
    """highest: steps of base and of bonus; target: cents; most: the tables end above it; first: the first line."""
    base, bonus = (
        sums(trials.left(kind, step.start, first), trials.unit, trials.in_dollars, top, most)
        for kind, top in zip(KINDS, highest, strict=True)
    )
    return Tables(base, bonus, target)


def with_pair(trials: Trials, step: Election, contribution: str, pair: Pair) -> Election:
    """The step with so many steps of base and of bonus as a contribution."""
    rates = {
        f"{kind}_{contribution}": count * trials.unit
        for kind, count in zip(KINDS, pair, strict=True)
        if trials.left(kind, step.start)
    }
    return trials.chosen(step, rates)


class AfterTax:
    """After-tax beside deferrals that are tried, on the steps before.

    Where after-tax is matched each dollar of it takes its match from the room too: pairs are looked for by the match
    and the after-tax that still fit.
    Choice: in MATCH_LOOKS boxes of pairs at most, for a later set in dollars in LATER_LOOKS.
    """

    def __init__(self, trials: Trials, before: Steps) -> None:
        self._trials, self._before = trials, before
        self._known: dict[tuple[int, ...], list[tuple[int, Pair]]] = {}
        self._most: dict[tuple[int, ...], int] = {}

    def best(self, step: Election, tried: Tried, least: Value | None = None) -> tuple[Value | None, list[Election]]:
        """What the deferrals of a step bring with the best after-tax, and the steps that bring it; match, where
        after-tax decides on it, before dollars. None where no room is left for what the steps before elect, and
        where after-tax decides and it brings less than `least`."""
        trials = self._trials
        target = _left(trials, tried.sums.room, tried)
        if self._before and target < 0 and tried.after_tax > trials.household.ytd_after_tax:
            return None, []
        target = max(0, target)
        highest = self.highest(step, tried.opens)
        if trials.after_tax_decides:
            return self._by_match(step, tried, highest, target, least)
        key = (tried.opens, target, *highest)
        bars = trials.bars(tried, step.start)
        pairs = None if bars else self._known.get(key)
        if pairs is None:
            tables = tables_of(trials, step, highest, target, target, tried.opens)
            pairs = [(tables.amount(p), p) for p in best_within(tables, bars, trials.unit, trials.in_dollars)]
            if not bars:
                self._known[key] = pairs
        value = (*trials.worth(tried), tried.after_tax + pairs[0][0])
        return value, [with_pair(trials, step, "after_tax", pair) for _, pair in pairs]

    def highest(self, step: Election, opens: int) -> list[int]:
        """How many steps of base and of bonus it may reach, from the line on that after-tax opens with."""
        return [self._trials.highest(kind, step, "after_tax", opens) for kind in KINDS]

    def highest_from(self, step: Election, first: int, last: int) -> list[int]:
        """The most of that, whichever line from one to another it opens with."""
        return [max(two) for two in zip(*(self.highest(step, opens) for opens in range(first, last + 1)), strict=True)]

    def most(self, step: Election, opens: int, target: int) -> int:
        """The most cents within a target, whatever cash allows."""
        key = (opens, target, *self.highest(step, opens))
        if key not in self._most:
            tables = tables_of(self._trials, step, key[2:], target, target, opens)
            self._most[key] = tables.most(tables.box, target)
        return self._most[key]

    def _by_match(
        self, step: Election, bare: Tried, highest: Sequence[int], target: int, least: Value | None
    ) -> tuple[Value | None, list[Election]]:
        trials = self._trials
        tables = tables_of(trials, step, highest, target, target, bare.opens)
        years: dict[Pair, Tried] = {(0, 0): bare}

        def year(pair: Pair) -> Tried:
            if pair not in years:
                years[pair] = trials.year((*self._before, with_pair(trials, step, "after_tax", pair)))
            return years[pair]

        def fits(pair: Pair) -> bool:
            tried = year(pair)
            return pair == (0, 0) or (_left(trials, tried.sums.room, tried) >= 0 and trials.keeps(tried))

        def value(pair: Pair) -> Value | None:
            return (*trials.worth(year(pair)), year(pair).after_tax) if fits(pair) else None

        def above(box: Box) -> Value | None:
            return self._matched_above(tables, box, year(box.low), year(box.high)) if fits(box.low) else None

        looks = LATER_LOOKS if self._before and trials.in_dollars else MATCH_LOOKS
        best, pairs = best_pairs_of(tables.box, value, above, least, looks, trials.tired)
        return best, [with_pair(trials, step, "after_tax", pair) for pair in pairs]

    def _matched_above(self, tables: Tables, box: Box, low: Tried, high: Tried) -> Value:
        """What no after-tax of a box passes, of which the lowest fits: it and its match share what is left."""
        trials = self._trials
        if box.size == 1:
            return (*trials.worth(low), low.after_tax)
        together = max(0, _left(trials, low.sums.limit_room, low))
        alone = max(0, min(together, _left(trials, low.sums.room, low)))
        rate, more = highest_rate(trials.terms.match), together
        if rate < UNLIMITED:
            more = min(together * rate // (WHOLE + rate), share_of(alone, rate))
            more += 0 if trials.in_dollars else len(low.made.match) + 1  # what rounding may add
        match = min(high.match, low.match + more)
        with_pays = min(high.sums.total_match, low.sums.total_match + more)
        left = max(0, min(alone, together - (match - low.match)))
        after_tax = low.after_tax - tables.amount(box.low) + tables.most(box, tables.amount(box.low) + left)
        return match, 0 if trials.unmatched_catch_up else with_pays, low.deferred, with_pays, after_tax


def _left(trials: Trials, room: int, tried: Tried) -> int:
    """Cents of a room beside the after-tax that is tried and what is kept free."""
    return room - tried.after_tax - trials.household.cushion
