"""Two sets of one deferral, the first and a later one, found by what no pair of them in a box of steps can pass."""

from __future__ import annotations

import heapq
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from itertools import count

from mbr_xl.engine.electing.boxes import Value
from mbr_xl.engine.electing.four_sums import NONE, Four, FourSums
from mbr_xl.engine.electing.promise import promised
from mbr_xl.engine.electing.staircase import sums
from mbr_xl.engine.electing.trial import Steps, Trials, Tried
from mbr_xl.household import Election

LOOKS = 600
CASH_LOOKS, KEPT = 24, 4
SMALL = 300


@dataclass(slots=True)
class Later:
    """One date of the change, and the two sets to which a contribution is added."""

    trials: Trials
    day: date
    first: Election
    second: Election
    groups: tuple[list[int], list[int], list[int], list[int]] = field(init=False)

    def __post_init__(self) -> None:
        pays = [self.trials.pays[kind] for kind in ("base", "bonus")]
        before = [[pay for _, day, pay in one if self.first.start <= day < self.day] for one in pays]
        after = [[pay for _, day, pay in one if day >= self.day] for one in pays]
        self.groups = before[0], before[1], after[0], after[1]

    def steps(self, contribution: str, four: Four) -> tuple[Election, Election]:
        """The sets with so many steps of a contribution; a kind not paid before the date has its rate from the start,
        one not paid from it on keeps it."""
        rates: list[dict[str, int]] = [{}, {}]
        for n, kind in enumerate(("base", "bonus")):
            early, late = self.groups[n], self.groups[n + 2]
            if early or late:
                rates[0][f"{kind}_{contribution}"] = four[n if early else n + 2] * self.trials.unit
                rates[1][f"{kind}_{contribution}"] = four[n + 2 if late else n] * self.trials.unit
        return self.trials.chosen(self.first, rates[0]), self.trials.chosen(self.second, rates[1])

    def tables(self, highest: Four, target: int) -> FourSums:
        """Cents by step, up to so many steps each, or to the first above the target."""
        one, two, three, four = (
            sums(pays, self.trials.unit, False, top, target) for pays, top in zip(self.groups, highest, strict=True)
        )
        return FourSums((one, two, three, four))

    def highest(self, contribution: str, steps: tuple[Election, Election]) -> Four:
        """The most steps of a contribution beside these sets; 0 for a group without pays."""
        found = []
        for n, pays in enumerate(self.groups):
            kind, step = ("base", "bonus")[n % 2], steps[n // 2]
            found.append(self.trials.highest(kind, step, contribution) if pays else 0)
        return found[0], found[1], found[2], found[3]


class DeferringTogether:
    """One deferral of both sets about one date."""

    def __init__(self, later: Later, contribution: str, ceiling: int) -> None:
        """ceiling: cents of deferrals of the year."""
        trials = later.trials
        self.later, self._trials, self.contribution = later, trials, contribution
        now = self.year_of((later.first, later.second))
        left = ceiling - now.deferred
        if contribution == "pretax" and trials.limits.roth_catch_up:
            left = min(left, trials.regular - now.pretax)
        self.left, self._deferred = max(0, left), now.deferred
        highest = later.highest(contribution, (later.first, later.second))
        self.sums = later.tables(highest, self.left)
        self._years: dict[Four, Tried] = {}

    def year_of(self, steps: Steps) -> Tried:
        """The year with both sets."""
        return self._trials.year(steps)

    def steps(self, four: Four) -> tuple[Election, Election]:
        """Both sets with so many steps."""
        return self.later.steps(self.contribution, four)

    def year(self, four: Four) -> Tried:
        """The year with so many steps."""
        if four not in self._years:
            self._years[four] = self._trials.year(self.steps(four))
        return self._years[four]

    def fits(self, four: Four) -> bool:
        """Whether 415(c) has room beside what is not the saver's to choose, cash is kept, and all goes in in the other
        cases."""
        tried = self.year(four)
        return tried.after_tax <= tried.sums.limit_room and self._trials.keeps(tried)

    def target(self, low: Four) -> int:
        """Cents that no four from `low` on passes: what is left of the ceiling, and of 415(c) beside the match of that;
        catch-up may still go beyond it."""
        sums = self.year(low).sums
        more = sums.limit_room - self.year(low).after_tax + self._trials.limits.catch_up - sums.catch_up
        return min(self.left, self.sums.amount(low) + max(0, more))

    def above(self, low: Four, high: Four, known: int) -> tuple[Value, Four] | None:
        """What no four of a box passes, and the highest of each that can fit; None where none fits.

        known: match with the pays of a year that may be as good.
        """
        trials, table = self._trials, self.sums
        if table.amount(low) > self.left or not self.fits(low):
            return None
        target = self.target(low)
        spare = target - table.amount(low)
        one, two, three, four = (
            min(n, bisect_right(column, spare + column[m]) - 1)
            for column, m, n in zip(table.columns, low, high, strict=True)
        )
        high = one, two, three, four
        deferred = self._deferred + min(target, table.amount(high))
        match, with_pays, _ = promised(trials, self.year(low), self.year(high), self.steps(high), deferred, known)
        return (match, with_pays, deferred, with_pays), high

    def cut(self, known: int, guess: Four) -> list[tuple[Four, Four]]:
        """All fours, in boxes: first that outside of which the most match cannot be, then what is below it.

        guess: the lowest steps of that box, for another date.
        """
        whole = self.above(NONE, self.sums.top, known)
        if whole is None:
            return []
        (match, with_pays, *_), high = whole
        low, found = list(NONE), []

        def enough(n: int, step: int) -> bool:
            top = list(high)
            top[n] = step
            one = self.above(NONE, (top[0], top[1], top[2], top[3]), known)
            return one is not None and one[0][:2] >= (match, with_pays)

        for n in range(4):
            try_first = min(guess[n], high[n])
            if enough(n, try_first):
                least = try_first
                if least and enough(n, least - 1):
                    least = bisect_left(range(least - 1), True, key=partial(enough, n))
            else:
                least = bisect_left(range(high[n]), True, try_first + 1, key=partial(enough, n))
            if least:
                below = list(high)
                below[n] = least - 1
                found.append(((low[0], low[1], low[2], low[3]), (below[0], below[1], below[2], below[3])))
            low[n] = least
        return [((low[0], low[1], low[2], low[3]), high), *found]

    def solved(self, low: Four, high: Four, bound: Value, look: bool) -> tuple[Value, list[Four]] | None:
        """What is best of a box, where it brings the match that is promised; None where that is not known.

        look: whether to look for the highest sums at once.
        """
        trials = self._trials
        if low == high:
            return (trials.worth(self.year(low)), [low] if self.fits(low) else [])
        sure = trials.worth(self.year(low))[:2] >= bound[:2]
        if not (sure or look):
            return None
        most, fours = self.sums.best(low, high, self.target(low))
        if most < 0:
            return bound, []
        if sure and trials.cash is None and not trials.cases and self.fits(fours[0]):
            return trials.worth(self.year(fours[0])), fours
        kept = []
        for four in fours[:CASH_LOOKS]:
            if trials.worth(self.year(four))[:2] >= bound[:2] and self.fits(four):
                kept.append(four)
                if len(kept) == KEPT:
                    break
        return (trials.worth(self.year(kept[0])), kept) if kept else None


def best_together(
    dates: Sequence[DeferringTogether], least: Value | None
) -> tuple[Value | None, list[tuple[DeferringTogether, list[Four]]]]:
    """The highest worth of a deferral of both sets that is `least` or more, and for the dates the fours that bring it.

    Choice: the proof ends after LOOKS boxes; the best that is found by then counts.
    """
    order: list[tuple[Value, int, int, DeferringTogether, Four, Four, list[Four], bool]] = []
    best, number = least, count()
    found: list[tuple[DeferringTogether, list[Four]]] = []
    guess = NONE

    def add(one: DeferringTogether, low: Four, high: Four, look: bool) -> None:
        promise = one.above(low, high, 0 if best is None else best[3])
        if promise is not None and (best is None or promise[0] >= best):
            bound, high = promise
            size = sum(b - a for a, b in zip(low, high, strict=True))
            heapq.heappush(order, (tuple(-n for n in bound), size, next(number), one, low, high, [], look))

    for one in dates:
        whole = one.above(NONE, one.sums.top, 0 if best is None else best[3])
        if whole is None or (best is not None and whole[0] < best):
            continue
        boxes = one.cut(0 if best is None else best[3], guess)
        guess = boxes[0][0] if boxes else guess
        for low, high in boxes:
            add(one, low, high, True)
    looks = 0
    while order:
        key, _, _, one, low, high, fours, look = heapq.heappop(order)
        bound = tuple(-n for n in key)
        if best is not None and bound < best:
            break
        if fours:
            best = bound
            found.append((one, fours))
            continue
        looks += 1
        if looks > LOOKS:
            break
        solved = one.solved(low, high, bound, look or _small(low, high))
        if solved is None:
            for half in _halves(low, high):
                add(one, *half, False)
        elif solved[1] and (best is None or solved[0] >= best):
            heapq.heappush(order, (tuple(-n for n in solved[0]), 0, next(number), one, low, high, solved[1], False))
    if not found:  # the proof has ended early
        done = [entry for entry in order if entry[6]]
        best_done = min((entry[0] for entry in done), default=None)
        found = [(entry[3], entry[6]) for entry in done if entry[0] == best_done]
        best = best if best_done is None else tuple(-n for n in best_done)
    return (best if found else None), found


def _small(low: Four, high: Four) -> bool:
    a, b, c, d = (n - m + 1 for m, n in zip(low, high, strict=True))
    return a * b <= SMALL and c * d <= SMALL


def _halves(low: Four, high: Four) -> Iterator[tuple[Four, Four]]:
    longest = max(range(4), key=lambda n: high[n] - low[n])
    middle = (low[longest] + high[longest]) // 2
    first, last = list(high), list(low)
    first[longest], last[longest] = middle, middle + 1
    yield low, (first[0], first[1], first[2], first[3])
    yield (last[0], last[1], last[2], last[3]), high
