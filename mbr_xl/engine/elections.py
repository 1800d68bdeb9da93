"""Contribution rates by date, and the whole percents that fill the after-tax room best."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from mbr_xl.errors import InputError
from mbr_xl.household import Household
from mbr_xl.money import WHOLE

ONE_PERCENT = WHOLE // 100
KINDS = ("base", "bonus", "commission")


@dataclass(frozen=True, slots=True)
class Rates:
    """Rates in millionths after the plan's caps; where elections are in dollars, cents of a pay as typed."""

    pretax: int
    roth: int
    after_tax: int


def combined_cap(household: Household) -> int:
    """The highest rate of all contributions together, in millionths."""
    return WHOLE if household.combined_cap is None else household.combined_cap


def most_elected(household: Household) -> int:
    """The highest rate of all contributions together that a new election may take, in millionths."""
    return min(combined_cap(household), household.most_elected)


def after_tax_cap(household: Household, kind: str) -> int:
    """The highest after-tax rate on that kind of pay, in millionths."""
    cap: int | None = getattr(household, f"cap_{kind}")
    return WHOLE if cap is None else cap


class RatesByDate:
    """The rates in force on any day, for each kind of pay.

    household: validated, its elections ascending by start. A blank leaves a rate as it was; before the first it is 0.
    """

    def __init__(self, household: Household) -> None:
        self._starts = [election.start for election in household.elections]
        self._rates: dict[str, list[Rates]] = {}
        for kind in KINDS if household.separate_elections else KINDS[:1]:
            pretax = roth = after_tax = 0
            steps = [Rates(0, 0, 0)]
            for election in household.elections:
                pretax = _changed(getattr(election, f"{kind}_pretax"), pretax)
                roth = _changed(getattr(election, f"{kind}_roth"), roth)
                after_tax = _changed(getattr(election, f"{kind}_after_tax"), after_tax)
                steps.append(_capped(household, kind, pretax, roth, after_tax))
            self._rates[kind] = steps

    def on(self, day: date, kind: str) -> Rates:
        """The rates of a kind of pay (base, bonus, commission) paid on that day."""
        return self._rates[kind][bisect_right(self._starts, day)]


def _changed(new: int | None, old: int) -> int:
    return old if new is None else new


def _capped(household: Household, kind: str, pretax: int, roth: int, after_tax: int) -> Rates:
    if roth and not household.plan_has_roth:
        raise InputError(f"The plan takes no Roth deferrals: leave {kind}_roth of the elections 0 or blank.")
    if household.election_unit == "dollars":  # caps are shares of a pay: they cut dollars pay by pay
        return Rates(pretax, roth, after_tax)
    most_after_tax = after_tax_cap(household, kind) if household.after_tax_allowed else 0
    return Rates(*within_caps(pretax, roth, after_tax, combined_cap(household), most_after_tax))


def within_caps(pretax: int, roth: int, after_tax: int, most: int, most_after_tax: int) -> tuple[int, int, int]:
    """The rates elected, cut to the plan's caps on all together and on after-tax; all in millionths, or all in cents.

    Choice: where the caps bind, pre-tax comes first, then Roth, then after-tax.
    """
    pretax = min(pretax, most)
    roth = min(roth, most - pretax)
    return pretax, roth, min(after_tax, most_after_tax, most - pretax - roth)


def sums_by_percent(pays: Iterable[int], highest: int, most: int) -> list[int]:
    """Cents that 0, 1, 2 ... whole percent of these pays come to, each pay rounded half up for itself.

    Ends at `highest` percent, or at the first sum above `most` cents.
    """
    return sums_by_step(pays, ONE_PERCENT, highest, most)


def sums_by_step(pays: Iterable[int], step: int, highest: int, most: int) -> list[int]:
    """Cents that 0, 1, 2 ... steps of these pays come to, each pay rounded half up for itself.

    step: millionths; ends at `highest` steps, or at the first sum above `most` cents.
    """
    alike = list(Counter(pays).items())
    sums = [0]
    twice, half, unit = 2 * step, WHOLE, 2 * WHOLE
    while len(sums) <= highest and sums[-1] <= most:
        rate = twice * len(sums)
        total = 0
        for pay, count in alike:
            total += (pay * rate + half) // unit * count
        sums.append(total)
    return sums


def best_pairs(base: Sequence[int], bonus: Sequence[int], target: int) -> list[tuple[int, int]]:
    """All steps of base, ascending, each with the lowest of bonus, whose sum comes nearest the target from below.

    base, bonus: cents by step from 0, ascending, as `sums_by_step`; target: cents; below 0 nothing fits.
    """
    most, best = -1, []
    j = len(bonus) - 1
    for i, amount in enumerate(base):
        left = target - amount
        while j >= 0 and bonus[j] > left:
            j -= 1
        if j < 0:
            break
        together = amount + bonus[j]
        if together > most:
            most, best = together, [(i, j)]
        elif together == most:
            best.append((i, j))
    return [(i, bisect_left(bonus, bonus[j])) for i, j in best]


def best_pair(base: Sequence[int], bonus: Sequence[int], target: int) -> tuple[int, int]:
    """The percents of base and of bonus whose sum comes nearest to the target without passing it.

    base, bonus: cents by whole percent from 0, ascending, as `sums_by_percent`; target: cents, not negative.
    Among equals the smallest base percent, then the smallest bonus percent.
    """
    most, best = -1, (0, 0)
    for i, amount in enumerate(base):
        if amount > target:
            break
        filled = bonus[bisect_right(bonus, target - amount) - 1]
        if amount + filled > most:
            most, best = amount + filled, (i, bisect_left(bonus, filled))
    return best


def highest_percent(cap: int, left: Collection[int]) -> int:
    """The highest whole percent that the cap and every pay's rate left over (millionths) allow; 0 with no pay."""
    return max(0, min(cap, *left) // ONE_PERCENT) if left else 0


ONE_DOLLAR = 100


def best_dollars(base: tuple[int, int], bonus: tuple[int, int], target: int) -> tuple[int, int]:
    """The whole dollars of each base and of each bonus pay whose sum comes nearest to the target without passing it.

    base, bonus: how many pays there are, and the most dollars that every one of them can hold; target: cents.
    Among equals the smallest base amount. Only as many base amounts are looked at as there are bonus pays: up to the
    last at which every bonus is at its most more base brings more; after it what is left repeats with that period.
    """
    (pays, most), (bonuses, most_bonus) = base, bonus
    dollars = target // ONE_DOLLAR
    first = max(0, min(most, (dollars - bonuses * most_bonus) // pays)) if pays else 0
    best, found = -1, (0, 0)
    for amount in range(first, min(most, first + bonuses) + 1):
        left = dollars - pays * amount
        if left < 0:
            break
        more = min(most_bonus, left // bonuses) if bonuses else 0
        if pays * amount + bonuses * more > best:
            best, found = pays * amount + bonuses * more, (amount, more)
    return found


@dataclass(frozen=True, slots=True)
class Choosable:
    """One line as the choice of elections sees it, in cents.

    election: its kind; pay: what elections count; highest: the most after-tax beside its deferrals, in millionths of
    pay, where elections are in dollars in cents; after_tax: what goes in whatever is chosen, all of it where the line
    is not open.
    """

    election: str
    open: bool
    pay: int
    highest: int
    after_tax: int


@dataclass(frozen=True, slots=True)
class Best:
    """The best whole percents, or where elections are in dollars whole dollars, and the year's after-tax money with
    them, in cents."""

    base: int
    bonus: int
    after_tax: int


def best_elections(household: Household, lines: Sequence[Choosable], room: int) -> Best:
    """The whole percents of base and bonus that fill the year's after-tax room best; in a plan of dollars, the whole
    dollars of each pay.

    household: validated; lines: the year's; room: cents of the whole year's after-tax, what is made included.
    Everything else stays as elected: lines that are not open, commission, pre-tax, Roth and what spills over.
    `cushion` is left free.
    Choice: dollars are such that every open pay of the kind holds them in full.
    """
    h = household
    pays: dict[str, list[int]] = {}
    highest: dict[str, int] = {}
    in_dollars = h.election_unit == "dollars"
    before = h.ytd_after_tax + sum(line.after_tax for line in lines)
    target = max(0, room - before - h.cushion)
    for kind in ("base", "bonus"):
        paid = [line for line in lines if line.open and line.election == kind and line.pay > 0]
        left = {line.highest for line in paid} if h.after_tax_allowed else set()
        pays[kind] = [line.pay for line in paid]
        if in_dollars:
            highest[kind] = max(0, min(left, default=0) // ONE_DOLLAR)
        else:
            highest[kind] = highest_percent(after_tax_cap(h, kind), left)
    if in_dollars:
        counts = len(pays["base"]), len(pays["bonus"])
        amounts = best_dollars((counts[0], highest["base"]), (counts[1], highest["bonus"]), target)
        together = ONE_DOLLAR * (counts[0] * amounts[0] + counts[1] * amounts[1])
        return Best(*amounts, before + together)
    base_sums, bonus_sums = (sums_by_percent(pays[kind], highest[kind], target) for kind in ("base", "bonus"))
    base, bonus = best_pair(base_sums, bonus_sums, target)
    return Best(base, bonus, before + base_sums[base] + bonus_sums[bonus])
