"""Deferrals elected beyond the limit, where the plan's after-tax hangs on it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import TypeVar

from mbr_xl.engine.electing.staircase import Pair, Tables

One = TypeVar("One")
ALL_PAIRS = 6_000
ENOUGH, SIDE = 200, 25


def overshooting(tables: Tables, in_dollars: bool, starts_at_limit: bool, first: bool) -> list[Pair]:
    """Pairs of elections that reach what is left to the deferral limit or pass it; none where nothing reaches it.

    tables: of all elections allowed, the target is what is left; first: nothing is elected before.
    Where the deferral continues as after-tax: each step of base with the lowest of bonus that reaches it, and the
    other way round; after-tax of its own brings the rest. Where after-tax starts at the limit, other pairs reach it
    earlier: all of them for the first set in whole percents.
    Choice: where pairs are more than can be tried, and for later sets, a grid of them and every so many of the lowest.
    """
    lowest = tables.reaching()
    enough, side = (ENOUGH, SIDE) if first else (ENOUGH // 4, SIDE // 2)
    found = set(_some(lowest, enough))
    if starts_at_limit:
        base: Sequence[int] = range(len(tables.base))
        bonus: Sequence[int] = range(len(tables.bonus))
        if not first or in_dollars or len(base) * len(bonus) > ALL_PAIRS:
            base, bonus = _some(base, side), _some(bonus, side)
        found.update(pair for pair in product(base, bonus) if tables.amount(pair) >= tables.target)
    return sorted(found)


def _some(those: Sequence[One], most: int) -> Sequence[One]:
    """At most about so many of them, evenly, the first and the last included."""
    if len(those) <= most:
        return those
    return [*those[:: -(-len(those) // (most - 1))], those[-1]]
