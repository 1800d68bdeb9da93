"""The first set of elections and one later change, chosen together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mbr_xl.engine.electing.boxes import Value
from mbr_xl.engine.electing.deferring_together import DeferringTogether, Later, best_together
from mbr_xl.engine.electing.four_sums import NONE, Four, FourSums
from mbr_xl.engine.electing.preference import preference
from mbr_xl.engine.electing.promise import promised
from mbr_xl.engine.electing.trial import Steps, Trials, Tried
from mbr_xl.engine.elections import ONE_PERCENT
from mbr_xl.money import WHOLE, half_up

SETS, CAPS, CASH_SETS = 200, 12, 3
CANDIDATES = 3_000
BOTH = 2_000


def together(trials: Trials, known: Steps, ceiling: int) -> Steps:
    """The best first set and one later change, if they bring more match, deferral or after-tax than the steps that are
    known, else those.

    ceiling: cents of deferrals of the year. The order is that of `solve`.
    Searched: for every later date all pairs of both sets, the deferral first, by what no pairs of a box can pass, then
    the after-tax into what is left, by the sums of all pairs before the date and of all from it on.
    Choice: not searched are plans in dollars, after-tax that hangs on the deferral limit or is matched, unmatched
    catch-up, and a bonus that may vary; with steps finer than 1% only where match is lost.
    Choice: the after-tax is searched for beside SETS of the deferrals that bring the same on a date; where a floor of
    cash or other cases must be kept, beside CASH_SETS of them, and its CANDIDATES highest sums are tried.
    """
    now = trials.year(known)
    if not searched(trials) or _at_best(trials, now, ceiling):
        return known
    later = [_later(trials, number) for number in range(1, len(trials.dates))]
    worth, found = deferrals(trials, later, ceiling, trials.worth(now))
    if worth is None:
        return known
    after = _AfterTaxTogether(trials, now.after_tax if worth == trials.worth(now) else -1)
    for one, fours in found:
        after.look(one, fours)
    return after.steps() or known


def searched(trials: Trials) -> bool:
    """Whether two sets are looked for together, and there is a date for the second."""
    return trials.one_by_one and not trials.cases and len(trials.dates) > 1


def deferrals(
    trials: Trials, later: Sequence[Later], ceiling: int, least: Value | None
) -> tuple[Value | None, list[tuple[DeferringTogether, list[Four]]]]:
    """The highest worth of the deferrals of both sets, if `least` or more, and what brings it."""
    roots = list(later)
    for contribution in trials.layers[:-1]:
        _, found = best_together([DeferringTogether(one, contribution, ceiling) for one in roots], None)
        roots = [Later(trials, one.later.day, *one.steps(four)) for one, fours in found for four in fours[:CASH_SETS]]
    return best_together([DeferringTogether(one, trials.layers[-1], ceiling) for one in roots], least)


def whole_match(trials: Trials, ceiling: int, known: int) -> int:
    """Cents of the most match that two sets bring together within a ceiling of deferrals; `known` if that is less."""
    if not searched(trials):
        return known
    later = [_later(trials, number) for number in range(1, len(trials.dates))]
    worth, _ = deferrals(trials, later, ceiling, (known + 1, 0, 0, 0))
    return known if worth is None else worth[0]


def least_for_match(trials: Trials, ceiling: int, match: int) -> int | None:
    """Cents of the least deferral that is known to bring so much match with a later change; None if none is."""
    found = []
    for number in range(1, len(trials.dates)) if searched(trials) and len(trials.layers) == 1 else ():
        one = DeferringTogether(_later(trials, number), trials.layers[-1], ceiling)
        for low, _ in one.cut(0, NONE)[:1]:
            year = one.year(low)
            if year.match >= match and one.fits(low) and one.sums.amount(low) <= one.left:
                found.append(year.deferred)
    return min(found, default=None)


def _later(trials: Trials, number: int) -> Later:
    first = trials.step(trials.dates[0], ())
    day = trials.dates[number]
    return Later(trials, day, first, trials.step(day, (first,)))


def most_match(trials: Trials, known: int) -> int:
    """Cents of match that no elections pass; known: match without a true-up of a year that may be as good."""
    nothing = trials.step(trials.dates[0], ())
    most = {
        f"{kind}_{trials.layers[-1]}": trials.highest(kind, nothing, trials.layers[-1]) * trials.unit
        for kind, follows in trials.kinds.items()
        if follows
    }
    steps = (trials.chosen(nothing, most),)
    return promised(trials, trials.year((nothing,)), trials.year(steps), steps, trials.allowed, known)[0]


def _at_best(trials: Trials, now: Tried, ceiling: int) -> bool:
    """Whether no elections can bring more, or in fine steps more match."""
    if now.match < most_match(trials, now.sums.total_match):
        return False
    if trials.unit < ONE_PERCENT:
        return True
    room = now.sums.room - trials.household.cushion
    return now.deferred == ceiling and (now.after_tax >= room or not trials.household.after_tax_allowed)


@dataclass(frozen=True, slots=True)
class _Bar:
    """The after-tax of some pays of each group is at most so many cents."""

    groups: tuple[tuple[int, ...], ...]
    most: int


class _AfterTaxTogether:
    """The after-tax of both sets beside deferrals that bring the same."""

    def __init__(self, trials: Trials, known: int) -> None:
        """known: cents of after-tax that must be passed."""
        self._trials, self._best = trials, known
        self._barred = trials.cash is not None or bool(trials.cases)
        self._found: list[tuple[Later, list[Four]]] = []

    def steps(self) -> Steps | None:
        """Both sets with the most after-tax, of equals those that the saver prefers; None where none passes `known`."""
        tried = [
            later.steps("after_tax", four)
            for later, fours in self._found
            for four in fours[: max(1, BOTH // len(self._found))]
        ]
        return max(tried, key=lambda steps: preference(self._trials, steps), default=None)

    def look(self, one: DeferringTogether, fours: Sequence[Four]) -> None:
        """Looks beside the deferrals of one date."""
        trials = self._trials
        by_caps: dict[Four, list[tuple[Later, Tried]]] = {}
        for four in fours[: CASH_SETS if self._barred else SETS]:
            first, second = one.steps(four)
            later = Later(trials, one.later.day, first, second)
            by_caps.setdefault(later.highest("after_tax", (first, second)), []).append((later, one.year(four)))
        highest = [caps for caps in by_caps if not any(_beyond(other, caps) for other in by_caps)]
        if self._barred:
            highest = list(by_caps)
        for caps in highest[:CAPS]:
            beside = by_caps[caps]
            tried = beside[0][1]
            target = max(0, tried.sums.room - trials.household.cushion - tried.after_tax)
            if tried.after_tax + target < self._best:
                continue
            table = beside[0][0].tables(caps, target)
            top = _lower(table.top, caps)
            if not self._barred:
                most, found = table.best(NONE, top, target)
                for later, _ in beside[:CAPS]:
                    self._take(tried.after_tax + most, later, found)
            else:
                for later, year in beside:
                    self._within_cash(table, top, target, later, year)

    def _take(self, after_tax: int, later: Later, fours: list[Four]) -> None:
        if after_tax > self._best:
            self._best, self._found = after_tax, [(later, fours)]
        elif after_tax == self._best and self._found:
            self._found.append((later, fours))

    def _within_cash(self, table: FourSums, top: Four, target: int, later: Later, year: Tried) -> None:
        bars, known = self._bars(top, later, year), dict[tuple[int, int, int], int]()

        def used(bar: int, n: int, step: int) -> int:
            key = bar, n, step
            if key not in known:
                known[key] = _cents(bars[bar].groups[n], step * self._trials.unit)
            return known[key]

        groups = [tuple(one) for one in later.groups]
        target = min([target, *(bar.most for bar in bars if list(bar.groups) == groups)])
        for tries, (most, four) in enumerate(table.descending(top, target)):
            if tries == CANDIDATES or year.after_tax + most < self._best:
                return
            if all(sum(used(b, n, four[n]) for n in range(4)) <= bar.most for b, bar in enumerate(bars)):
                self._take(year.after_tax + most, later, [four])
                return

    def _bars(self, top: Four, later: Later, year: Tried) -> list[_Bar]:
        """What cash allows, where the highest steps would pass it."""
        trials = self._trials
        found = []
        both = zip(trials.bars(year, later.first.start), trials.bars(year, later.day), strict=True)
        for all_of, after in both:
            early = len(all_of.base) - len(after.base), len(all_of.bonus) - len(after.bonus)
            groups = all_of.base[: early[0]], all_of.bonus[: early[1]], after.base, after.bonus
            if sum(_cents(pays, n * trials.unit) for pays, n in zip(groups, top, strict=True)) > all_of.most:
                found.append(_Bar(groups, all_of.most))
        return found


def _cents(pays: Sequence[int], rate: int) -> int:
    return sum(half_up(pay * rate, WHOLE) for pay in pays)


def _beyond(one: Four, other: Four) -> bool:
    return one != other and all(a >= b for a, b in zip(one, other, strict=True))


def _lower(one: Four, other: Four) -> Four:
    a, b, c, d = (min(m, n) for m, n in zip(one, other, strict=True))
    return a, b, c, d
