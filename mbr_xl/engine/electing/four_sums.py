"""Cents by step of four groups of pays, base and bonus before a date and from it on, and the four steps that bring
most."""

from __future__ import annotations

import heapq
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

Four = tuple[int, int, int, int]
NONE: Four = (0, 0, 0, 0)
PAIRS = 11_000  # all pairs of 0% to 100% are 10,201
TIES = 300


@dataclass(frozen=True, slots=True)
class FourSums:
    """Cents by step, ascending from 0: of base and of bonus before a date, and of both from it on.

    Choice: of groups that have more than PAIRS pairs of steps, fewer, evenly spread, are tried, the highest among them.
    """

    columns: tuple[Sequence[int], Sequence[int], Sequence[int], Sequence[int]]

    @property
    def top(self) -> Four:
        """The highest step of each."""
        one, two, three, four = (len(column) - 1 for column in self.columns)
        return one, two, three, four

    def amount(self, four: Four) -> int:
        """Cents of all four."""
        return sum(column[n] for column, n in zip(self.columns, four, strict=True))

    def best(self, low: Four, high: Four, target: int) -> tuple[int, list[Four]]:
        """The most cents within the target from one four to another, and up to TIES that bring it, those first whose
        base before and after are alike; -1 and none where none fits."""
        before, after = self._pairs(0, low, high, target), self._pairs(2, low, high, target)
        late = sorted(after)
        most, place, found = -1, len(late) - 1, list[tuple[int, int]]()
        for early in sorted(before):
            while place >= 0 and early + late[place] > target:
                place -= 1
            if place < 0:
                break
            if (together := early + late[place]) >= most:
                found = [*found, (early, late[place])] if together == most else [(early, late[place])]
                most = together
        fours = [(*one, *two) for early, last in found[:TIES] for one in before[early] for two in after[last]]
        return most, sorted(fours, key=lambda four: abs(four[0] - four[2]))[:TIES]

    def descending(self, high: Four, target: int) -> Iterator[tuple[int, Four]]:
        """All fours up to one within the target, with their cents, the most first."""
        before, after = self._pairs(0, NONE, high, target), self._pairs(2, NONE, high, target)
        late = sorted(after)
        places = ((early, bisect_right(late, target - early) - 1) for early in before)
        order = [(-early - late[place], early, place) for early, place in places if place >= 0]
        heapq.heapify(order)
        while order:
            together, early, place = heapq.heappop(order)
            for one, two in product(before[early], after[late[place]]):
                yield -together, (*one, *two)
            if place:
                heapq.heappush(order, (-early - late[place - 1], early, place - 1))

    def _pairs(self, first: int, low: Four, high: Four, target: int) -> dict[int, list[tuple[int, int]]]:
        """The pairs of steps of two groups by what they bring, within the target."""
        ranges = [range(low[n], high[n] + 1) for n in (first, first + 1)]
        while len(ranges[0]) * len(ranges[1]) > PAIRS:
            longer = max((0, 1), key=lambda n: len(ranges[n]))
            last = ranges[longer][-1]
            ranges[longer] = range(last, ranges[longer].start - 1, -2 * abs(ranges[longer].step))[::-1]
        found: dict[int, list[tuple[int, int]]] = {}
        base, bonus = self.columns[first], self.columns[first + 1]
        for i in ranges[0]:
            amount = base[i]
            for j in ranges[1]:
                together = amount + bonus[j]
                if together > target:
                    break
                found.setdefault(together, []).append((i, j))
        return found
