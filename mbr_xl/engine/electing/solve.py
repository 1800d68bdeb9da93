"""The best elections of a year: what to elect from the first pay that can change, and what to change later."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from mbr_xl.client import Client
from mbr_xl.engine.electing.asked_for import least_ceiling, more_than_asked
from mbr_xl.engine.electing.filling import filled
from mbr_xl.engine.electing.forgotten import without_changes
from mbr_xl.engine.electing.instructions import in_words
from mbr_xl.engine.electing.preference import preference
from mbr_xl.engine.electing.together import together
from mbr_xl.engine.electing.topped_up import topped_up
from mbr_xl.engine.electing.trial import Steps, Trials, with_rates
from mbr_xl.engine.electing.tried_cash import tried_cash
from mbr_xl.engine.electing.unused import why_unused
from mbr_xl.engine.electing.wishes import Wishes, validate_wishes
from mbr_xl.engine.events import events
from mbr_xl.engine.plan import limits_of, plan_year
from mbr_xl.engine.validate import validate
from mbr_xl.household import Election, Household
from mbr_xl.results import YearPlan
from mbr_xl.rules import Rules, bank_holidays

Score = tuple[bool, tuple[int, ...], int, int, tuple[int, ...]]
WORTH = 3  # of a score: what a later change must better


@dataclass(frozen=True, slots=True)
class Solution:
    """The best elections and the year with them.

    steps: in force from their start; a rate of commission is None unless it was asked for; household: the saver's,
    with all rows of elections; safe: no limit is passed and everything elected fits; words: a phrase a step; unused:
    what is left, and why, a sentence each.
    """

    household: Household
    steps: Steps
    plan: YearPlan
    safe: bool
    words: tuple[str, ...]
    unused: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """What to tell payroll."""
        return "; ".join(self.words) + "."


def solve(
    who: Client | Household, rules: Rules, wishes: Wishes | None = None, holidays: Collection[date] | None = None
) -> Solution:
    """The elections that break no limit and no floor of cash, then keep the most match, then defer what is asked, then
    put in the most after-tax.

    who: a client, or a household alone, of whose cash nothing is known; rules, holidays: as for `plan_year`; wishes:
    None is all that 402(g) and catch-up allow, pre-tax, in whole percents, with one later change at most. In a plan
    whose elections are dollars the step is a dollar of each pay.
    Searched: the best set from the first pay that can change, for the rest of the year, and the best set from every
    later date after it, kept where match, deferral or after-tax gains, both as `filled` does; then both sets together,
    as `together` does, taken where they bring more; then, up to `changes` sets in all, the best set from every later
    date again. Where catch-up is not matched the first set is also tried with regular deferrals alone, so that a later
    set can add catch-up without losing match.
    Raises InputError for an input that cannot be used, and where no pay is left that can change.
    Choice: a first set that needs its change is taken where that brings more; `unused` says what would not fit if the
    change were forgotten.
    Choice: what is asked for is a ceiling, unless the whole match takes more: then the least that brings it is.
    Choice: of all boxes of pairs so many are looked at as a saver would wait for, some seconds; the best known by then
    is gone on with.
    Choice: where the floor of cash is broken even with nothing elected, those that break it least are gone on with.
    """
    trials = trials_of(who, rules, wishes, holidays)
    return solution(trials, best_steps(trials), rules, holidays)


def best_steps(trials: Trials) -> Steps:
    """The best elections of these trials, as `solve` says, that fit in all their cases."""
    wanted = trials.wishes
    trials.asked = ceiling = least_ceiling(trials)
    found: list[tuple[Score, Steps]] = []
    for first_ceiling in _first_ceilings(trials):
        first = filled(trials, (), trials.dates[0], first_ceiling)
        if first is not None:
            steps: Steps = (first.step,)
            found.append(_changed(trials, (_score(trials, steps), steps), min(1, wanted.changes)))
    best = max(found, key=lambda one: one[0])
    if wanted.changes and best[0][0]:
        both = together(trials, best[1], ceiling)
        if (score := _score(trials, both))[:WORTH] > best[0][:WORTH]:
            found.append((score, both))
    if wanted.changes > 1:
        found = [_changed(trials, one, wanted.changes + 1 - len(one[1])) for one in found]
    return topped_up(trials, max(found, key=lambda one: one[0])[1])


def _changed(trials: Trials, best: tuple[Score, Steps], changes: int) -> tuple[Score, Steps]:
    """The steps with so many more at most, one after another, each where it brings more."""
    for _ in range(changes):
        steps = best[1]
        tried = [(*steps, step) for step in _changes(trials, steps, best[0])]
        scored = max(((_score(trials, one), one) for one in tried), key=lambda one: one[0], default=best)
        if scored[0][:WORTH] <= best[0][:WORTH]:
            break
        best = scored
    return best


def trials_of(
    who: Client | Household, rules: Rules, wishes: Wishes | None = None, holidays: Collection[date] | None = None
) -> Trials:
    """The year on which elections are tried; arguments and errors are those of `solve`."""
    household = who.household if isinstance(who, Client) else who
    validate(household)
    wanted = wishes or Wishes()
    validate_wishes(wanted, household)
    closed = bank_holidays() if holidays is None else holidays
    lines = events(household, closed)
    cash = tried_cash(who, lines, rules) if isinstance(who, Client) else None
    return Trials(household, limits_of(household, rules), lines, wanted, cash)


def solution(trials: Trials, steps: Steps, rules: Rules, holidays: Collection[date] | None = None) -> Solution:
    """These steps as a solution, whether or not they are the best; the year with them is computed by `plan_year`."""
    solved = replace(trials.household, elections=_sparse(trials.elections(steps), steps))
    plan = plan_year(solved, rules, holidays)
    safe = plan.headlines.elections_safe
    unused = (*more_than_asked(trials, steps), *why_unused(trials, steps, plan, safe), *without_changes(trials, steps))
    return Solution(solved, steps, plan, safe, in_words(trials, steps), unused)


def _first_ceilings(trials: Trials) -> list[int]:
    h = trials.household
    spread = trials.unmatched_catch_up and h.match_period != "annual" and h.true_up == "none"
    return [trials.asked, trials.regular] if spread else [trials.asked]


def _changes(trials: Trials, steps: Steps, score: Score) -> list[Election]:
    """The best later steps that may better a score, one a date; dates that cannot are not searched through."""
    least = (*score[1], score[2] + 1) if score[0] else None
    found = []
    for day in trials.dates:
        if day > steps[-1].start and (new := filled(trials, steps, day, trials.asked, least)) is not None:
            found.append(new.step)
            least = new.value
    return found


def _score(trials: Trials, steps: Steps) -> Score:
    """In order: safe, match and deferral, after-tax, fewer steps, the saver's preference."""
    tried = trials.year(steps)
    sums = tried.sums
    elected = tried.after_tax > trials.household.ytd_after_tax
    fit = tried.after_tax <= sums.limit_room and (tried.after_tax <= sums.room or not elected)
    as_elected = tried.deferred == sums.pretax + sums.roth <= trials.allowed
    return (
        as_elected and fit and trials.keeps(tried),
        trials.worth(tried),
        tried.after_tax,
        -len(steps),
        preference(trials, steps),
    )


def _sparse(rows: Steps, steps: Steps) -> Steps:
    """A later step says only what it changes."""
    starts = [step.start for step in steps]
    kept = []
    for row in rows:
        if row.start in starts[1:]:
            old = steps[starts.index(row.start) - 1]
            same = {
                name: None
                for name in row.__dataclass_fields__
                if name != "start" and not name.startswith("commission") and getattr(row, name) == getattr(old, name)
            }
            row = with_rates(row, same)
        kept.append(row)
    return tuple(kept)
