"""How much deferral is gone for: what is asked for, or the least that brings the whole match."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import partial

from mbr_xl.engine.electing.deferring import GRID, Deferring
from mbr_xl.engine.electing.filling import filled
from mbr_xl.engine.electing.together import least_for_match, most_match, whole_match
from mbr_xl.engine.electing.trial import Steps, Trials
from mbr_xl.money import dollars

ALL, PARTS = 200, 64


def least_ceiling(trials: Trials) -> int:
    """Cents of the year's deferrals: what is asked for, or where less match comes with that than with all that is
    allowed, the least that is known to bring as much.

    Choice: known is the least of one set for the rest of the year, beside GRID steps of bonus where these are more
    than ALL, and that of two sets where less on any pay would lose match. Where after-tax is matched too, the least of
    PARTS parts of the way from what is asked for.
    """
    h, asked = trials.household, trials.asked
    top = trials.allowed if h.match_catch_up else min(trials.allowed, trials.regular)
    if h.match_period == "none" or asked >= top:
        return asked
    if not trials.after_tax_decides:
        least = _least(trials, top, most_match(trials, 0), asked)
        if least is not None:
            return least

    def match(ceiling: int) -> int:
        found = filled(trials, (), trials.dates[0], ceiling)
        return -1 if found is None else found.value[0]

    most = match(top)
    whole = max(most, whole_match(trials, top, most) if trials.wishes.changes else most)
    if match(asked) >= whole:
        return asked
    if trials.after_tax_decides:
        parts = [asked + (top - asked) * n // PARTS for n in range(PARTS + 1)]
        return parts[bisect_left(range(PARTS), True, key=lambda n: match(parts[n]) >= whole)]
    least = _least(trials, top, whole, asked)
    return max(asked, top) if least is None else least


def _least(trials: Trials, top: int, match: int, asked: int) -> int | None:
    """The least deferral known to bring so much match, or what is asked for, if that is more."""
    one = _least_of_one_set(trials, top, match)
    if one is not None and one <= asked:
        return asked
    two = least_for_match(trials, top, match) if trials.wishes.changes else None
    found = [cents for cents in (one, two) if cents is not None]
    return max(asked, min(found)) if found else None


def _least_of_one_set(trials: Trials, top: int, match: int) -> int | None:
    """The same with one set for the rest of the year: for each step of bonus the lowest of base."""
    one = Deferring(trials, (), trials.step(trials.dates[0], ()), trials.layers[0], top, None)
    table, (_, last) = one.tables, one.tables.box.high

    def enough(j: int, i: int) -> bool:
        return one.year((i, j)).match >= match

    found = []
    for j in range(last + 1) if last <= ALL else sorted({last * n // GRID for n in range(GRID + 1)}):
        i = bisect_left(range(table.box.high[0] + 1), True, key=partial(enough, j))
        if i <= table.box.high[0] and table.amount((i, j)) <= table.target and not one.breaks((i, j)):
            found.append(one.year((i, j)).deferred)
    return min(found, default=None)


def more_than_asked(trials: Trials, steps: Steps) -> Iterator[str]:
    """That more is deferred than was asked for, where it is."""
    asked = trials.wishes.asked
    if asked is None:
        return
    now, nothing = trials.year(steps), trials.year((trials.step(trials.dates[0], ()),))
    deferred = now.sums.pretax + now.sums.roth
    if deferred > max(asked, nothing.deferred):
        yield f"{dollars(deferred)} is deferred instead of the {dollars(asked)} asked for: the whole match takes it."
