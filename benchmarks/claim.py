"""What a benchmark hands over: a claim, what was measured beside what, and whether the claim holds here."""

import time
from collections.abc import Callable
from typing import NamedTuple


class Claim(NamedTuple):
    """One line of the table; `ratio` is measured within one run, so it says something on any machine."""

    what: str
    ratio: str
    measured: str
    claimed: str
    held: bool


def least(
    work: Callable[[], object],
    runs: int = 25,
    at_least: float = 0.005,
    clock: Callable[[], float] = time.process_time,
) -> float:
    """Seconds of one call: the best of several runs of as many calls as fill some time.

    clock: of the processors, so that other programs do not count; `time.perf_counter` is the wall's.
    """
    calls, best = 1, float("inf")
    while (taken := _time(work, calls, clock)) < at_least:
        calls *= max(2, int(at_least / max(taken, 1e-9)))
    for _ in range(runs):
        best = min(best, _time(work, calls, clock) / calls)
    return best


def _time(work: Callable[[], object], calls: int, clock: Callable[[], float]) -> float:
    start = clock()
    for _ in range(calls):
        work()
    return clock() - start


def report(claims: list[Claim]) -> int:
    """Prints the claims; 0 if all hold, else 1."""
    for one in claims:
        print(f"{one.what}: {one.measured}; {one.ratio} (claim: {one.claimed}; {'held' if one.held else 'NOT HELD'})")
    return 0 if all(one.held for one in claims) else 1
