"""How cost grows with pays, savers and candidates: doubling one may at most double the time, within a quarter.

`python benchmarks/growth.py` prints a line a size and draws growth.svg. Candidates are the steps of one kind of pay:
pairs are their square.
"""

from collections.abc import Callable

import picture
from claim import Claim, least, report
from elections import ROOM, WHOLE, saver, staircase
from sample import SAVER, with_pays

from mbr_xl.engine.columns import blank, pays_of, saver_of, terms_of
from mbr_xl.engine.events import events
from mbr_xl.engine.plan import limits_of, rules_of
from mbr_xl.engine.year_rule import year_of
from mbr_xl.rules import bank_holidays

LEEWAY = 1.25
PANELS: list[picture.Panel] = []


def of_pays(count: int) -> Callable[[], object]:
    """The year's rule on so many pays."""
    h = with_pays(count)
    limits, lines = limits_of(h, rules_of(h)), events(h, bank_holidays())
    assert len(lines) == count
    given = terms_of(h, limits), saver_of(h, limits), pays_of(h, lines)
    return lambda: year_of(*given, blank(count))


def of_savers(count: int) -> Callable[[], object]:
    """A census of so many."""
    import numpy as np
    import pandas as pd

    from mbr_xl.census import plan_census

    frame = pd.DataFrame({"annual_salary": np.linspace(60_000, 400_000, count)})
    return lambda: plan_census(frame, SAVER, rules_of(SAVER))


def of_candidates(count: int) -> Callable[[], object]:
    """The best pair of elections with so many steps a kind; low pay, so that all steps fit."""
    import random

    base, bonus = saver(random.Random(1), 1)
    assert sum(base) + sum(bonus) < ROOM
    return lambda: staircase(base, bonus, WHOLE // count)


def line(what: str, work: Callable[[int], Callable[[], object]], sizes: tuple[int, ...]) -> Claim:
    """The times of growing sizes, printed with bars and drawn, and whether the last doubling at most doubles."""
    times = [least(work(size)) for size in sizes]
    PANELS.append(picture.Panel(what, sizes, times))
    for size, taken in zip(sizes, times, strict=True):
        print(f"{what:>10} {size:>9,} {1000 * taken:>10.3f} ms  {'#' * round(50 * taken / max(times))}")
    doubled = times[-1] / times[-2]
    return Claim(
        f"Twice the {what} ({sizes[-2]:,} to {sizes[-1]:,})",
        f"{doubled:.2f} times the time; {sizes[-1] // sizes[0]} times the {what}: {times[-1] / times[0]:.1f} times",
        f"{1000 * times[-1]:.3g} ms",
        "linear: at most twice the time and a quarter",
        doubled <= 2 * LEEWAY,
    )


def claims() -> list[Claim]:
    found = [line("pays", of_pays, (13, 26, 52, 104)), line("candidates", of_candidates, (125, 250, 500, 1000))]
    try:
        found.append(line("savers", of_savers, (50_000, 100_000, 200_000, 400_000)))
    except ImportError:
        print("The extra census is not installed: growth with savers is left out.")
    picture.draw(PANELS)
    return found


if __name__ == "__main__":
    raise SystemExit(report(claims()))
