"""What decides between elections that bring the same money."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from mbr_xl.engine.electing.trial import CONTRIBUTIONS, Steps, Trials
from mbr_xl.household import Election


def preferred(trials: Trials, steps: Sequence[Election]) -> Election | None:
    """Of steps that bring the same money, the one that the saver prefers; None of none.

    Choice: level pay checks leave as much as they can to the bonus.
    """
    return max(steps, key=lambda step: _preference(trials, step), default=None)


def preference(trials: Trials, steps: Steps) -> tuple[int, ...]:
    """How far whole solutions are preferred, higher is more."""
    elected = [(step.base_pretax or 0) + (step.base_roth or 0) + (step.base_after_tax or 0) for step in steps]
    if trials.wishes.ties == "early":
        return (early(trials, *steps),)
    if trials.wishes.ties != "level":
        return (brought(trials, "base" if trials.wishes.ties == "pay checks first" else "bonus", *steps),)
    return min(elected) - max(elected), steps[-1].start.toordinal()


def _preference(trials: Trials, step: Election) -> tuple[int, int]:
    base = brought(trials, "base", step)
    if trials.wishes.ties == "pay checks first":
        return base, 0
    return early(trials, step) if trials.wishes.ties == "early" else 0, -base


def brought(trials: Trials, kind: str, *steps: Election) -> int:
    """What steps take from the pays of a kind, in millionths of cents, not rounded; in dollars in cents."""
    return sum(amount for _, amount in _taken(trials, kind, steps))


def early(trials: Trials, *steps: Election) -> int:
    """How early the money of these steps goes in: the amounts of `brought`, times the days left in the year."""
    end = date(trials.household.tax_year, 12, 31)
    return sum(amount * (end - day).days for kind in trials.pays for day, amount in _taken(trials, kind, steps))


def _taken(trials: Trials, kind: str, steps: Steps) -> Iterator[tuple[date, int]]:
    for step, until in zip(steps, [*(step.start for step in steps[1:]), date.max], strict=True):
        elected = sum(getattr(step, f"{kind}_{name}") or 0 for name in CONTRIBUTIONS)
        yield from (
            (day, elected if trials.in_dollars else pay * elected)
            for _, day, pay in trials.pays[kind]
            if step.start <= day < until
        )
