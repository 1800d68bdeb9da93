"""Elections that are found, with what single steps more still bring."""

from __future__ import annotations

from bisect import bisect_right

from mbr_xl.engine.electing.after_tax import AfterTax
from mbr_xl.engine.electing.boxes import Value
from mbr_xl.engine.electing.trial import KINDS, Steps, Trials, Tried
from mbr_xl.household import Election

MOST = 30


def topped_up(trials: Trials, steps: Steps) -> Steps:
    """The steps with so much more deferral in the last, then after-tax in any, as single rates more still bring.

    Elections that do not fit are left as they are.
    Choice: one rate after another, the deferral of whole percents not: of these every pair is tried before.
    """
    if not fits(trials, trials.year(steps)):
        return steps
    if trials.in_dollars:
        for _ in range(MOST):
            better = _with_more_deferral(trials, steps)
            if better is None:
                break
            steps = better
    for number, step in enumerate(steps):
        for kind in KINDS if trials.wishes.ties == "pay checks first" else KINDS[::-1]:
            steps = _filled_up(trials, steps, number, kind) if trials.left(kind, step.start) else steps
    return steps


def fits(trials: Trials, tried: Tried) -> bool:
    """Whether all of it goes in, keeps cash and leaves free what is asked, in every case."""
    left = tried.sums.room - tried.after_tax - trials.household.cushion
    return left >= 0 and trials.fits(tried) and trials.keeps(tried)


def one_more(trials: Trials, step: Election, kind: str, name: str, number: int = 1) -> Election | None:
    """The election with so many steps more of a contribution; None where the highest is passed."""
    field = f"{kind}_{name}"
    now = getattr(step, field) or 0
    if not trials.left(kind, step.start) or now // trials.unit + number > trials.highest(kind, step, name):
        return None
    return trials.chosen(step, {field: now + number * trials.unit})


def _with_more_deferral(trials: Trials, steps: Steps) -> Steps | None:
    """The steps with one step more of deferral in the last and the best after-tax there; None if none is better."""
    before, last, now = steps[:-1], steps[-1], trials.year(steps)
    best: Value = (*trials.worth(now), now.after_tax)
    found: Steps | None = None
    bare = trials.chosen(last, {f"{kind}_after_tax": 0 for kind in KINDS if trials.left(kind, last.start)})
    for kind in KINDS:
        more = one_more(trials, bare, kind, trials.layers[-1])
        if more is None or (tried := trials.year((*before, more))).deferred > trials.asked or not fits(trials, tried):
            continue
        if trials.worth(tried) <= trials.worth(now) and not trials.after_tax_decides:
            continue
        value, elected = AfterTax(trials, before).best(more, tried)
        if value is not None and value > best and fits(trials, trials.year((*before, elected[0]))):
            best, found = value, (*before, elected[0])
    return found


def _filled_up(trials: Trials, steps: Steps, number: int, kind: str) -> Steps:
    """The steps with the most after-tax of a kind in one of them that fits beside all else."""

    def with_more(count: int) -> Steps | None:
        more = one_more(trials, steps[number], kind, "after_tax", count)
        return None if more is None else (*steps[:number], more, *steps[number + 1 :])

    def passes(count: int) -> bool:
        tried = with_more(count)
        return tried is None or not fits(trials, trials.year(tried))

    top = trials.highest(kind, steps[number], "after_tax")
    count = bisect_right(range(1, top + 1), False, key=passes)
    found = with_more(count) if count else None
    gains = found is not None and trials.year(found).after_tax > trials.year(steps).after_tax
    return found if found is not None and gains else steps
