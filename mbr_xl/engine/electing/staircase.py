"""Two tables of cents by step, of base and of bonus, and the pairs of steps that bring most."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from mbr_xl.engine.electing.boxes import Box, Pair
from mbr_xl.engine.elections import best_pairs, sums_by_step
from mbr_xl.money import WHOLE, half_up


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

    @property
    def box(self) -> Box:
        """All pairs."""
        return Box((0, 0), (len(self.base) - 1, len(self.bonus) - 1))

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

    def most(self, box: Box, target: int) -> int:
        """The most cents that a pair of a box brings within a target; below 0 where none fits."""
        (i, j), (k, m) = box
        left = target - self.amount(box.low)
        if left < 0:
            return -1
        if not isinstance(self.base, range) or not isinstance(self.bonus, range):
            one, other = self.base[i : k + 1], self.bonus[j : m + 1]
            return sum(column[n] for column, n in zip((one, other), best_pairs(one, other, target)[0], strict=True))
        (few, most_few), (many, most_many) = sorted(
            ((self.base.step, k - i), (self.bonus.step, m - j)), key=lambda one: (not one[1], -one[0])
        )
        # So many steps less of the one leave what whole steps of the other fill as well: no more need be tried.
        first = min(most_few, left // few)
        steps = range(first, max(-1, first - many), -1)
        return self.amount(box.low) + max(few * n + many * min(most_many, (left - few * n) // many) for n in steps)


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


def most_dollars(bars: Sequence[Within], counts: Pair, steps: Pair, unit: int, costs: Pair) -> int:
    """Cents that no so many more steps of base and of bonus, of dollars of each pay, pass under any of the bars.

    counts: pays of base and of bonus; costs: millionths of a dollar that a dollar of each takes of a bar.
    Of each bar alone what takes least of it goes first, in parts of a step.
    """
    all_takes = [[cost * len(pays) for cost, pays in zip(costs, (bar.base, bar.bonus), strict=True)] for bar in bars]
    highest = []
    for n in (0, 1):
        alone = (bar.most * WHOLE // (unit * takes[n]) for bar, takes in zip(bars, all_takes, strict=True) if takes[n])
        highest.append(unit * counts[n] * min(steps[n], *alone, steps[n]))
    most = sum(highest)
    for bar, takes in zip(bars, all_takes, strict=True):
        left, found = bar.most * WHOLE, 0
        order = sorted((0, 1), key=lambda n: takes[n] * counts[1 - n])  # by takes / counts
        for n in order:
            part = highest[n] * takes[n]  # of its counts, times counts
            if part <= left * counts[n]:
                found += highest[n]
                left -= part // counts[n] if counts[n] else 0
            else:
                found += left * counts[n] // takes[n]
                break
        most = min(most, found)
    step = unit * math.gcd(*counts)
    return most // step * step if step else 0
