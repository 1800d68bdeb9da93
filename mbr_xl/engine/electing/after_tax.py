"""The after-tax that brings most beside deferrals that are tried."""

from __future__ import annotations

from collections.abc import Sequence

from mbr_xl.engine.electing.boxes import Box, Pair, Value, best_pairs_of
from mbr_xl.engine.electing.staircase import Tables, best_within, sums
from mbr_xl.engine.electing.trial import KINDS, Steps, Trials, Tried
from mbr_xl.household import Election

MATCH_LOOKS = 400


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

    Choice: where after-tax is matched and what brings most does not bring all the match there could be, more match is
    looked for in MATCH_LOOKS boxes of pairs.
    """

    def __init__(self, trials: Trials, before: Steps) -> None:
        self._trials, self._before = trials, before
        self._known: dict[tuple[int, ...], list[tuple[int, Pair]]] = {}
        self._most: dict[tuple[int, ...], int] = {}

    def best(self, step: Election, tried: Tried) -> tuple[Value | None, list[Election]]:
        """What the deferrals of a step bring with the best after-tax, and the steps that bring it; match, where
        after-tax decides on it, before dollars. None where no room is left for what the steps before elect."""
        trials = self._trials
        target = tried.sums.sure_room - tried.after_tax - trials.household.cushion
        if self._before and target < 0 and tried.after_tax > trials.household.ytd_after_tax:
            return None, []
        target = max(0, target)
        highest = self.highest(step, tried.opens)
        if trials.after_tax_decides:
            return self._by_match(step, tried, highest, target)
        key = (tried.opens, target, *highest)
        pairs = self._known.get(key)
        if pairs is None:
            tables = tables_of(trials, step, highest, target, target, tried.opens)
            bars = trials.bars(tried, step.start)
            pairs = [(tables.amount(p), p) for p in best_within(tables, bars, trials.unit, trials.in_dollars)]
            if trials.cash is None:
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
        self, step: Election, bare: Tried, highest: Sequence[int], target: int
    ) -> tuple[Value | None, list[Election]]:
        trials = self._trials
        tables = tables_of(trials, step, highest, target, target, bare.opens)
        years: dict[Pair, Tried] = {}

        def year(pair: Pair) -> Tried:
            if pair not in years:
                years[pair] = trials.year((*self._before, with_pair(trials, step, "after_tax", pair)))
            return years[pair]

        def worth(pair: Pair) -> Value:
            return trials.worth(year(pair))

        def value(pair: Pair) -> Value | None:
            amount = tables.amount(pair)
            if amount > target:
                return None
            found = (*worth(pair), bare.after_tax + amount)
            return found if pair == (0, 0) or trials.keeps_cash(year(pair)) else None

        # What brings most is the best where it also brings all the match that the highest after-tax would.
        bars = trials.bars(bare, step.start)
        pairs = best_within(tables, bars, trials.unit, trials.in_dollars)
        least = max((*worth(pair), bare.after_tax + tables.amount(pair)) for pair in pairs)
        best_known = [pair for pair in pairs if (*worth(pair), bare.after_tax + tables.amount(pair)) == least]
        if least[:-1] == worth(tables.box.high):
            return least, [with_pair(trials, step, "after_tax", pair) for pair in best_known]

        def above(box: Box) -> Value | None:
            most = tables.most(box, target)
            if most < 0 or worth(box.high) < least[:-1] or not trials.keeps_cash(year(box.low)):
                return None
            return (*worth(box.high), bare.after_tax + most)

        found, better = best_pairs_of(tables.box, value, above, least, MATCH_LOOKS)
        return found or least, [with_pair(trials, step, "after_tax", pair) for pair in better or best_known]
