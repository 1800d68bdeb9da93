"""Two tables of cents by step, of base and of bonus, and the pairs of steps that bring most."""

from __future__ import annotations

import heapq
import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mbr_xl.engine.elections import best_pairs, sums_by_step
from mbr_xl.money import WHOLE, half_up

Pair = tuple[int, int]
Value = tuple[int, ...]
Half = tuple[tuple[int, ...], int, int]  # its place in the order, and its two ends
LOOKS = 200


def sums(pays: Sequence[int], unit: int, in_dollars: bool, highest: int, most: int) -> Sequence[int]:
    """Cents that 0, 1, 2 ... steps of these pays come to.

    unit: a step, in millionths of each pay, in dollars in cents of each pay; ends at `highest` steps, or at the first
    sum above `most` cents.
    """
    if not in_dollars:
        return sums_by_step(pays, unit, highest, most)
    together = unit * len(pays)
    last = min(highest, most // together + 1) if together else 0
    return range(0, together * last + 1, max(1, together))


@dataclass(frozen=True, slots=True)
class Tables:
    """Cents by step of base and of bonus, ascending from 0, and the target that they must not pass."""

    base: Sequence[int]
    bonus: Sequence[int]
    target: int

    def amount(self, pair: Pair) -> int:
        """Cents of both."""
        return self.base[pair[0]] + self.bonus[pair[1]]

    def top(self, i: int) -> int:
        """The lowest step of bonus that brings the most beside a step of base; below 0 where none fits."""
        place = bisect_right(self.bonus, self.target - self.base[i]) - 1
        return -1 if place < 0 else self.lowest(place)

    def lowest(self, j: int) -> int:
        """The lowest step of bonus that brings as much."""
        return bisect_left(self.bonus, self.bonus[j])

    def staircase(self) -> list[Pair]:
        """For each step of base the lowest step of bonus that brings the most within the target."""
        return [(i, self.top(i)) for i, amount in enumerate(self.base) if amount <= self.target]

    def best(self) -> list[Pair]:
        """All pairs that bring the most within the target, ascending by base."""
        return best_pairs(self.base, self.bonus, self.target)

    def reaching(self) -> list[Pair]:
        """For each step of base the lowest of bonus with which the target is reached, and the other way round."""
        found = []
        for one, other, turned in ((self.base, self.bonus, False), (self.bonus, self.base, True)):
            for i, amount in enumerate(one):
                j = bisect_left(other, self.target - amount)
                if j < len(other):
                    found.append((j, i) if turned else (i, j))
        return sorted(set(found))


@dataclass(frozen=True, slots=True)
class Within:
    """A bar on what base and bonus together put into some of their pays.

    base, bonus: those pays in cents; most: cents.
    """

    base: tuple[int, ...]
    bonus: tuple[int, ...]
    most: int


def best_within(tables: Tables, bars: Sequence[Within], unit: int, in_dollars: bool) -> list[Pair]:
    """All pairs that bring the most within the target and every bar; without bars, `Tables.best`.

    In dollars only the first and the last of them, by base. With the bars (0, 0) must be allowed.
    """
    last_base, last_bonus = len(tables.base) - 1, len(tables.bonus) - 1

    def used(pays: Sequence[int], step: int) -> int:
        if in_dollars:
            return unit * step * len(pays)
        return sum(half_up(pay * unit * step, WHOLE) for pay in pays)

    tight: dict[tuple[tuple[int, ...], tuple[int, ...]], int] = {}
    for bar in bars:
        if used(bar.base, last_base) + used(bar.bonus, last_bonus) > bar.most:
            key = bar.base, bar.bonus
            tight[key] = min(bar.most, tight.get(key, bar.most))
    if not tight:
        pairs = tables.best()
        return [pairs[0], pairs[-1]] if in_dollars and len(pairs) > 2 else pairs
    of_base, of_bonus, most = [key[0] for key in tight], [key[1] for key in tight], list(tight.values())
    columns: dict[int, list[int]] = {}

    def bonus_column(j: int) -> list[int]:
        if j not in columns:
            columns[j] = [used(pays, j) for pays in of_bonus]
        return columns[j]

    best = -1
    found: list[Pair] = []
    highest = last_bonus
    for i in range(last_base + 1):
        left = [one - used(pays, i) for one, pays in zip(most, of_base, strict=True)]
        if min(left) < 0:
            break
        j = min(highest, bisect_right(tables.bonus, tables.target - tables.base[i]) - 1)
        if j < 0:
            break
        if tables.base[i] + tables.bonus[j] < best:
            continue  # less than what is found, whatever the bars say
        if not all(map(int.__le__, bonus_column(j), left)):
            low, high = 0, j  # the first fits, the last does not
            while high - low > 1:
                middle = (low + high) // 2
                if all(map(int.__le__, bonus_column(middle), left)):
                    low = middle
                else:
                    high = middle
            j = highest = low
        together = tables.base[i] + tables.bonus[j]
        if together > best:
            best, found = together, []
        if together == best:
            pair = (i, tables.lowest(j))
            found = [found[0], pair] if in_dollars and len(found) == 2 else [*found, pair]
    return found


def highest_on(
    last: int, value: Callable[[int], Value | None], above: Callable[[int, int], Value | None]
) -> list[tuple[int, Value]]:
    """The steps from 0 to `last` at which a value is highest: the first, the last and others found on the way.

    value: of a step, None where it does not fit; above: what no step from one to another passes, None where none fits.
    The half that promises most is halved first; halves that cannot hold more are left alone.
    Choice: after LOOKS steps the search ends with the best of them, so that the first and the last may be others.
    """
    seen: dict[int, Value | None] = {step: value(step) for step in (0, last)}
    best: Value | None = max((one for one in seen.values() if one is not None), default=None)

    def add(low: int, high: int, end: int, halves: list[Half]) -> None:
        bound = above(low + 1, high - 1) if high - low > 1 else None
        if bound is not None and (best is None or bound > best or (end and bound == best)):
            order = tuple(-one for one in bound) if not end else (low,) if end < 0 else (-high,)
            heapq.heappush(halves, (order, low, high))

    # First for more than the best; then from either end for as much.
    for end in (0, -1, 1):
        open_halves: list[Half] = []
        add(0, last, end, open_halves)
        while open_halves and len(seen) < LOOKS:
            _, low, high = heapq.heappop(open_halves)
            middle = (low + high) // 2
            if middle not in seen:
                seen[middle] = value(middle)
            found = seen[middle]
            if found is not None and (best is None or found > best):
                best = found
            halves = [(low, middle), (middle, high)]
            if end and found == best:  # what lies beyond it is farther from that end
                beyond = halves[-1 if end < 0 else 0]
                halves.remove(beyond)
                open_halves = [one for one in open_halves if (one[1] < middle if end < 0 else one[2] > middle)]
                heapq.heapify(open_halves)
            for half in halves:
                add(*half, end, open_halves)
    return [(step, found) for step, found in sorted(seen.items()) if found is not None and found == best]


def reachable_sum(counts: Sequence[int], unit: int, most: int) -> int:
    """The most cents up to `most` that whole steps of so many pays of each kind can come to."""
    step = unit * math.gcd(*counts)
    return most // step * step if step else 0
