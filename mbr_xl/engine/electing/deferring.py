"""The deferral that brings most, found by what no pair of a box of elections can pass."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace

from mbr_xl.engine.electing.after_tax import AfterTax, tables_of, with_pair
from mbr_xl.engine.electing.boxes import LOOKS, Box, Pair, Value, best_pairs_of
from mbr_xl.engine.electing.promise import promised
from mbr_xl.engine.electing.staircase import most_dollars
from mbr_xl.engine.electing.trial import KINDS, Steps, Trials, Tried
from mbr_xl.engine.match_rule import UNLIMITED
from mbr_xl.household import Election
from mbr_xl.money import WHOLE

GRID, NEAR = 12, 3
FINE, LATER, LEAST = 1_500, 2_000, 20
COST_OF_CASH = 5  # a year with its net pays and balances takes about so many times as long


class Deferring:
    """One deferral of one step: the pair of its elections, of base and of bonus, that brings most.

    Beyond the deferral limit a pair may elect only where the plan's after-tax hangs on the limit.
    Boxes of pairs are left out by the match of the highest pair, counted up to the pay at which the lowest reaches the
    limit, by the deferral that fits, and by the after-tax that fits beside it.
    Choice: where pairs are too many to try all (dollars, steps of 0.1%), the proof ends after FINE boxes, for later
    sets after LATER on all dates together, with cash after a fifth of them; what promised most by then is gone on
    with. Whole percents are searched to the end for the first set, for later ones in LOOKS boxes on all dates together.
    Choice: less than a cent of a pay, which rounding alone may add, is not searched for: of match in a year of which
    the whole deferral earns a formula's highest rate, nor of after-tax where the deferral continues as that.
    """

    def __init__(
        self, trials: Trials, before: Steps, step: Election, contribution: str, ceiling: int, after: AfterTax | None
    ) -> None:
        """ceiling: cents of deferrals of the year; after: what after-tax is chosen by, None where deferrals follow."""
        self._trials, self._before, self._step, self._after = trials, before, step, after
        self._contribution = contribution
        self._now = now = trials.year((*before, step))
        self._given = trials.year((*before, trials.step(step.start, before))).match if trials.all_chosen else 0
        left = ceiling - now.deferred
        if contribution == "pretax" and trials.limits.roth_catch_up:
            left = min(left, trials.regular - now.pretax)
        self._ceiling = ceiling
        self._over = trials.spills and after is not None and left >= 0 and ceiling == trials.allowed
        left = max(0, left)
        highest = [trials.highest(kind, step, contribution) for kind in KINDS]
        self.tables = tables_of(trials, step, highest, left, UNLIMITED if self._over else left)
        self._counts = len(trials.left("base", step.start)), len(trials.left("bonus", step.start))
        self._rounds = trials.household.match_period != "none"
        self._years: dict[Pair, Tried] = {}
        self._steps: dict[Pair, list[Election]] = {}
        self._best: Value | None = None

    def best(self, least: Value | None) -> tuple[Value | None, list[Election]]:
        """The highest value that is `least` or more, and the steps that bring it."""
        self._best = least
        known = self._some() if self._trials.in_dollars else []
        start = max((value for value, _ in known), default=None)
        if start is None or (least is not None and start < least):
            start, known = least, []
        slow = COST_OF_CASH if self._trials.cash is not None else 1
        looks = max(LEAST, LATER // slow // len(self._trials.dates)) if self._before else FINE // slow
        if self.tables.box.size <= LOOKS // 2:  # all of them, where need be
            looks = LOOKS // len(self._trials.dates) if self._before else LOOKS
        self._best = start
        best, pairs = best_pairs_of(self.tables.box, self._value, self._above, start, looks, self._trials.tired)
        while self._rounds and best is not None and best != start:  # again with the match known that rounding brought
            start, known = best, [(best, pair) for pair in pairs]
            best, pairs = best_pairs_of(self.tables.box, self._value, self._above, start, looks, self._trials.tired)
        if best is None and known:
            best, pairs = start, [pair for value, pair in known if value == start]
        return best, [step for pair in pairs for step in self._steps[pair]]

    def _some(self) -> list[tuple[Value, Pair]]:
        """Some pairs that fit, to begin with: steps of base pay, each with the most of bonus; for a first set more of
        them about the best.
        """
        found: dict[int, tuple[Value, Pair]] = {}
        seen = set[int]()

        def look(steps: Iterable[int]) -> None:
            for i in steps:
                if 0 <= i <= last and i not in seen:
                    seen.add(i)
                    j = self._top(i, self.tables.top(i))
                    if j >= 0 and (value := self._value((i, j))) is not None:
                        found[i] = value, (i, j)

        last = bisect_right(self.tables.base, self.tables.target) - 1
        look(last * n // GRID for n in range(GRID + 1))
        apart = 0 if self._before else last // GRID
        while apart > 0:
            best = sorted(found, key=lambda i: found[i][0])[-NEAR:]
            look(i + by for i in best for by in (-apart, apart))
            apart //= 2
        return list(found.values())

    def by_percent(self) -> tuple[Value | None, list[Election]]:
        """The highest value, and the steps that bring it, where a deferral more never brings less match."""
        pairs = self.tables.staircase()
        if self._trials.household.match_period == "none":  # nothing but the sum counts, if it fits
            best = self.tables.best()
            pairs = pairs if self.breaks(best[0]) else best
        found: list[tuple[Value, Pair]] = []
        for i, most in pairs:
            j = self._top(i, most)
            if j < 0:
                break
            found.append((self._trials.worth(self.year((i, j))), (i, j)))
        highest = max((value for value, _ in found), default=None)
        return highest, [self._elected(pair) for value, pair in found if value == highest]

    def _top(self, i: int, most: int) -> int:
        """The lowest step of bonus that brings the most of what fits, up to `most`; below 0 where nothing fits."""
        if most < 0 or not self.breaks((i, most)):
            return most
        fitting = bisect_right(range(most), False, key=lambda j: self.breaks((i, j))) - 1
        return fitting if fitting < 0 else self.tables.lowest(fitting)

    def year(self, pair: Pair) -> Tried:
        """The year with a pair."""
        if pair not in self._years:
            self._years[pair] = self._trials.year((*self._before, self._elected(pair)))
        return self._years[pair]

    def _elected(self, pair: Pair) -> Election:
        return with_pair(self._trials, self._step, self._contribution, pair)

    def breaks(self, pair: Pair) -> bool:
        """Whether 415(c), by what is not the saver's to choose any more, or cash is passed, or a limit in another
        case."""
        tried = self.year(pair)
        return tried.after_tax > tried.sums.limit_room or not self._trials.keeps(tried)

    def _value(self, pair: Pair) -> Value | None:
        trials, tried = self._trials, self.year(pair)
        if not self._over and self.tables.amount(pair) > self.tables.target:
            return None
        room = tried.sums.room - trials.household.cushion
        if self.breaks(pair) or (tried.after_tax > max(room, self._now.after_tax)):
            return None
        if self._after is None:
            self._steps[pair] = [self._elected(pair)]
            return trials.worth(tried)
        best, self._steps[pair] = self._after.best(self._elected(pair), tried, self._best)
        if best is not None and (self._best is None or best > self._best):
            self._best = best
        return best

    def _above(self, box: Box) -> Value | None:
        """What no pair of a box passes; None where none fits."""
        trials, tables = self._trials, self.tables
        if not self._over:
            (i, j), (k, m) = box
            if tables.amount(box.low) > tables.target:
                return None
            k = min(k, bisect_right(tables.base, tables.target - tables.bonus[j]) - 1)
            m = min(m, bisect_right(tables.bonus, tables.target - tables.base[i]) - 1)
            box = Box((i, j), (k, m))
        low, high = self.year(box.low), self.year(box.high)
        if low.after_tax > low.sums.limit_room + low.match - self._given or not trials.keeps_cash(low, self._over):
            return None
        if self._over:
            deferred = min(trials.allowed, high.deferred)
        else:
            deferred = self._now.deferred + tables.most(box, tables.target)
            if trials.cash is not None and trials.in_dollars and not trials.keeps_cash(high):
                deferred = min(deferred, low.deferred + self._cash_above(box, low, high))
        steps = self._elected(box.high)
        if self._after is not None and trials.after_tax_decides:
            base, bonus = self._after.highest_from(self._elected(box.low), high.opens, low.opens)
            steps = with_pair(trials, steps, "after_tax", (base, bonus))
        known = 0 if self._best is None else self._best[3]
        match, with_pays, room = promised(trials, low, high, (*self._before, steps), deferred, known)
        worth = (match, 0 if trials.unmatched_catch_up else with_pays, deferred, with_pays)
        if self._after is None or (self._best is not None and worth < self._best[:4]):
            return worth if self._after is None else (*worth, 0)
        after_tax = self._after_tax_above(box, low, high, room - trials.household.cushion)
        if trials.cash is not None and trials.in_dollars and not self._over:
            after_tax = min(after_tax, low.after_tax + self._cash_after_tax_above(box, low, high, deferred))
        return (*worth, after_tax)

    def _cash_above(self, box: Box, low: Tried, high: Tried) -> int:
        """The most that cash allows to be deferred beside the lowest pair of a box."""
        bars, costs = self._trials.cash_for(low, high, self._step.start, self._contribution == "roth")
        more = box.high[0] - box.low[0], box.high[1] - box.low[1]
        return most_dollars(bars, self._counts, more, self._trials.unit, costs)

    def _cash_after_tax_above(self, box: Box, low: Tried, high: Tried, deferred: int) -> int:
        """The most after-tax that it allows beside the pairs of a box that defer so much."""
        trials = self._trials
        assert self._after is not None
        bars, costs = trials.cash_for(low, high, self._step.start, self._contribution == "roth")
        (i, j), (k, m) = box
        base, bonus = self._counts
        left = []
        for bar in bars:  # what is deferred more, and not out of other pays than the bar's
            beside = trials.unit * ((k - i) * (base - len(bar.base)) + (m - j) * (bonus - len(bar.bonus)))
            taken = max(0, deferred - low.deferred - beside) * min(costs) // WHOLE
            left.append(replace(bar, most=max(0, bar.most - taken)))
        highest = self._after.highest(self._elected(box.low), low.opens)
        return most_dollars(left, self._counts, (highest[0], highest[1]), trials.unit, (WHOLE, WHOLE))

    def _after_tax_above(self, box: Box, low: Tried, high: Tried, room: int) -> int:
        """The most after-tax of the year in a pair of a box that leaves so much room for it."""
        trials, step = self._trials, self._elected(box.low)
        assert self._after is not None
        if self._over and not trials.starts_at_limit and high.deferred >= trials.allowed:
            return self._spilled_above(box, high, room)
        if high.after_tax >= room:
            return high.after_tax
        return high.after_tax + max(
            self._after.most(step, opens, room - low.after_tax) for opens in range(high.opens, low.opens + 1)
        )

    def _spilled_above(self, box: Box, high: Tried, room: int) -> int:
        """The same where the limit is reached and the deferral continues: deferral and after-tax count together."""
        tables, (low, top) = self.tables, box
        assert self._after is not None
        beside = high.after_tax - tables.amount(top)
        bare = self._after.highest(self._step, 0)
        last = [min(n + more, m) for n, more, m in zip(top, bare, tables.box.high, strict=True)]
        most = tables.most(Box(low, (last[0], last[1])), room - beside)
        return beside + most if most >= 0 else 0
