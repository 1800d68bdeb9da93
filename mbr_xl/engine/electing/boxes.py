"""The best of all pairs of steps, found by what no pair of a box of them can pass."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Sequence
from typing import NamedTuple

Pair = tuple[int, int]
Value = tuple[int, ...]
TIES = 150
LOOKS = 12_000
LAST, FEW = 20, 2


class Box(NamedTuple):
    """All pairs from one to another, both included."""

    low: Pair
    high: Pair

    @property
    def size(self) -> int:
        """How many pairs it holds."""
        return (self.high[0] - self.low[0] + 1) * (self.high[1] - self.low[1] + 1)

    def halves(self) -> tuple[Box, Box]:
        """The box cut across its longer side."""
        (i, j), (k, m) = self
        if k - i >= m - j:
            middle = (i + k) // 2
            return Box((i, j), (middle, m)), Box((middle + 1, j), (k, m))
        middle = (j + m) // 2
        return Box((i, j), (k, middle)), Box((i, middle + 1), (k, m))


def best_pairs_of(
    all_pairs: Box,
    value: Callable[[Pair], Value | None],
    above: Callable[[Box], Value | None],
    least: Value | None = None,
    most_looks: int = LOOKS,
    tired: Callable[[], bool] = bool,
) -> tuple[Value | None, list[Pair]]:
    """The highest value of a pair that is `least` or more, and pairs that have it, ascending.

    value: of a pair, None where it does not fit; above: what no pair of a box passes, None where none fits.
    The box that promises most is cut in two first, of equals the smallest. Boxes that cannot hold more are left alone.
    Choice: once the best is known, others that bring the same are looked for from either end in at most TIES boxes.
    Choice: after `most_looks` boxes only the LAST that promise most, of few looks fewer, are gone on with, and of each
    half the better one; as soon as the search is tired, of all that has been tried, only FEW of them are.
    """
    best, found = least, set[Pair]()
    cut = False
    order: list[tuple[tuple[int, ...], int, Box]] = []
    looks = 0

    def add(boxes: Sequence[Box], end: int = 0) -> None:
        promises = [(bound, box) for box in boxes if (bound := above(box)) is not None]
        for bound, box in promises if not cut else [max(promises)] if promises else []:
            if best is None or bound >= best:
                key = (end * box[0 if end > 0 else 1][0],) if end else tuple(-one for one in bound)
                heapq.heappush(order, (key, box.size, box))

    def look(box: Box, end: int = 0) -> None:
        nonlocal best, looks
        looks += 1
        if box.size > 1:
            add(box.halves(), end)
            return
        one = value(box.low)
        if one is not None and (best is None or one >= best):
            if one != best:
                best = one
                found.clear()
            found.add(box.low)

    add([all_pairs])
    while order:
        bound = tuple(-one for one in order[0][0])
        if best is not None and (bound < best or (found and bound == best)):
            break
        look(heapq.heappop(order)[2])
        if not cut and (looks >= most_looks or tired()):
            cut = True
            order = heapq.nsmallest(FEW if tired() else min(LAST, max(FEW, most_looks // LAST)), order)
    equal = [box for key, _, box in order if best is not None and tuple(-one for one in key) == best]
    for end in (1, -1):
        order = []
        for box in equal:
            add([box], end)
        for _ in range(0 if tired() else min(TIES, most_looks)):
            if order:
                look(heapq.heappop(order)[2], end)
    return (best if found else None), sorted(found)
