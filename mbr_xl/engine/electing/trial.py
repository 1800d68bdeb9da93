"""Elections tried on one saver's year: the year's rule run for any set of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from mbr_xl.engine.columns import (
    IN_PARALLEL,
    STARTS_AT_LIMIT,
    Limits,
    Made,
    Pays,
    blank,
    pays_of,
    saver_of,
    terms_of,
)
from mbr_xl.engine.electing.boxes import Pair
from mbr_xl.engine.electing.staircase import Within
from mbr_xl.engine.electing.tried_cash import Bar, Cash, TriedCash
from mbr_xl.engine.electing.wishes import Wishes, kinds_chosen, reachable
from mbr_xl.engine.elections import ONE_DOLLAR, after_tax_cap, most_elected
from mbr_xl.engine.events import Event
from mbr_xl.engine.year_rule import Sums, asked, defer, fill, settle
from mbr_xl.errors import InputError
from mbr_xl.household import MOST_ELECTIONS, Election, Household
from mbr_xl.money import WHOLE, share_of

KINDS = ("base", "bonus")
ENOUGH = 25_000  # years
CASH_COSTS = 4  # net pays and balances take about so many times as long as a year
CONTRIBUTIONS = ("pretax", "roth", "after_tax")
Steps = tuple[Election, ...]


@dataclass(frozen=True, slots=True)
class Tried:
    """A year under tried elections, in cents with the year to date; `pretax`, `deferred` and `after_tax` as elected,
    on recorded pays as paid; where the plan's after-tax hangs on the deferral limit, deferrals as they go in, and what
    spills over as after-tax. From line `opens` on after-tax may go in; `made`: the lines, filled; `others`: the year
    of each other case."""

    sums: Sums
    pretax: int
    deferred: int
    after_tax: int
    opens: int
    made: Made
    others: tuple[Tried, ...] = ()

    @property
    def match(self) -> int:
        """Match of the year and a true-up to come."""
        return self.sums.total_match + self.sums.true_up_due


class Trials:
    """One saver's year, on which elections are tried; what is not chosen stays as the household has it.

    cases: the same year with other pay, in which what is elected must fit as well.
    """

    def __init__(
        self, household: Household, limits: Limits, events: Sequence[Event], wishes: Wishes, cash: TriedCash | None
    ) -> None:
        self.cases: tuple[Trials, ...] = ()
        h = household
        self._spent = 0
        self.household, self.limits, self.wishes, self.cash = h, limits, wishes, cash
        self.in_dollars = h.election_unit == "dollars"
        self.unit: int = ONE_DOLLAR if self.in_dollars else wishes.step
        self.dates = reachable(h, wishes, events)
        self.kinds = kinds_chosen(h, wishes)
        self.paid = sorted({event.date for event in events})
        self.terms, self.saver, self._given = terms_of(h, limits), saver_of(h, limits), pays_of(h, events)
        kind_of = {follows: kind for kind, kinds in self.kinds.items() for follows in kinds}
        self._chosen = [
            (t, event.date, kind_of[event.election])
            for t, event in enumerate(events)
            if event.election in kind_of and event.date >= self.dates[0] and not event.recorded
        ]
        self._pay_kinds = {
            kind: {events[t].kind for t, _, chosen in self._chosen if chosen == kind} for kind in self.kinds
        }
        made = self._run(self._given.pretax_rate, self._given.roth_rate, self._given.after_tax_rate)
        self.pays: dict[str, list[tuple[int, date, int]]] = {kind: [] for kind in self.kinds}
        for t, day, kind in self._chosen:
            if made.plan_pay[t] > 0:
                self.pays[kind].append((t, day, made.plan_pay[t]))
        self.all_chosen = len(self._chosen) == sum(e.date >= self.dates[0] and not e.recorded for e in events)
        self.allowed = limits.deferral_and_catch_up - h.elsewhere
        self.asked = self.allowed if wishes.asked is None else min(self.allowed, wishes.asked)
        self.regular = limits.deferral - h.elsewhere
        both = wishes.deferral == "pretax" and limits.roth_catch_up and limits.catch_up > 0
        self.unmatched_catch_up = h.match_period != "none" and not h.match_catch_up and self.regular < self.asked
        self.layers: tuple[str, ...] = ("pretax", "roth") if both else (wishes.deferral,)
        self.spills = self.terms.spill_over != IN_PARALLEL
        self.after_tax_decides = h.after_tax_allowed and h.match_after_tax and h.match_period != "none"
        decided = self.spills or self.unmatched_catch_up or self.after_tax_decides
        self.one_by_one = not (self.in_dollars or decided)
        self.starts_at_limit = self.terms.spill_over == STARTS_AT_LIMIT
        if cash is not None:
            cash.known(self._cash(cash, self.year((self.step(self.dates[0], ()),))))

    def year(self, steps: Steps) -> Tried:
        """The year with these steps in force."""
        self._spent += 1
        h, given = self.household, self._given
        pays, made = self.pays_with(steps), blank(len(given.gross))
        defer(self.terms, self.saver, pays, made)
        sums = settle(self.terms, self.saver, pays, made)
        pretax, deferred = sums.pretax, sums.pretax + sums.roth
        if not self.spills:
            pretax = h.ytd_pretax + asked(given.recorded, made.pretax_elected, made.pretax)
            deferred = pretax + h.ytd_roth + asked(given.recorded, made.roth_elected, made.roth)
        after_tax = h.ytd_after_tax + asked(given.recorded, made.after_tax_elected, given.paid_after_tax)
        others = tuple(case.year(steps) for case in self.cases)
        return Tried(sums, pretax, deferred, after_tax, self._opens(made), made, others)

    def tired(self) -> bool:
        """Whether more years have been tried than a saver would wait for, some seconds' worth of them."""
        return self._spent + sum(case._spent for case in self.cases) > ENOUGH

    def pays_with(self, steps: Steps) -> Pays:
        """The pays with these steps in force."""
        given = self._given
        rates = [list(given.pretax_rate), list(given.roth_rate), list(given.after_tax_rate)]
        number = 0
        step = steps[0]
        for t, day, kind in self._chosen:
            while number + 1 < len(steps) and steps[number + 1].start <= day:
                number += 1
                step = steps[number]
            for column, name in zip(rates, CONTRIBUTIONS, strict=True):
                column[t] = getattr(step, f"{kind}_{name}")
        return given._replace(pretax_rate=rates[0], roth_rate=rates[1], after_tax_rate=rates[2])

    def _cash(self, cash: TriedCash, tried: Tried) -> Cash:
        self._spent += CASH_COSTS
        made, given = tried.made, self._given
        left = tried.sums.room - self.household.ytd_after_tax
        fill(made.after_tax_elected, left, given.recorded, given.paid_after_tax, made.after_tax)
        return cash.year(made.pretax, made.roth, made.after_tax)

    def keeps_cash(self, tried: Tried, floor_alone: bool = False) -> bool:
        """Whether a tried year keeps the floor of checking and leaves every check enough, as far as can be; so in the
        other cases."""
        others = all(case.keeps_cash(one, floor_alone) for case, one in zip(self.cases, tried.others, strict=True))
        return others and (self.cash is None or self.cash.keeps(self._cash(self.cash, tried), floor_alone))

    def keeps(self, tried: Tried) -> bool:
        """Whether cash is kept in every case, and no limit is passed in the other cases."""
        others = all(case.fits(one) for case, one in zip(self.cases, tried.others, strict=True))
        return others and self.keeps_cash(tried)

    def fits(self, tried: Tried) -> bool:
        """Whether all that is elected goes in and passes no limit."""
        h, sums = self.household, tried.sums
        deferred, elected = sums.pretax + sums.roth, tried.deferred
        if self.starts_at_limit and deferred < self.allowed:
            made, recorded = tried.made, self._given.recorded
            elected = h.ytd_pretax + asked(recorded, made.pretax_elected, made.pretax)
            elected += h.ytd_roth + asked(recorded, made.roth_elected, made.roth)
        within = tried.after_tax <= sums.room or tried.after_tax <= h.ytd_after_tax
        return elected == deferred <= self.allowed and tried.after_tax <= sums.limit_room and within

    def cash_for(self, low: Tried, high: Tried, start: date, roth: bool) -> tuple[list[Within], Pair]:
        """What cash allows beside `low`, no more than `high` elects, and what a dollar of the deferral takes of it."""
        assert self.cash is not None
        bars = self.bars(low, start)
        if roth:
            return bars, (WHOLE, WHOLE)
        more = 2 * len(low.made.pretax) + self.cash.given_up(self._cash(self.cash, low), self._cash(self.cash, high))
        costs = [self.cash.cost(self._pay_kinds[kind]) for kind in KINDS]
        return [replace(bar, most=bar.most + more) for bar in bars], (costs[0], costs[1])

    def bars(self, tried: Tried, start: date) -> list[Within]:
        """What cash and the other cases allow of after-tax on the pays from a date on, beside a tried year."""
        others = []
        for case, one in zip(self.cases, tried.others, strict=True):
            base, bonus = (tuple(case.left(kind, start, one.opens)) for kind in KINDS)
            others += [Within(base, bonus, max(0, one.sums.room - one.after_tax)), *case.bars(one, start)]
        if self.cash is None:
            return others
        pays = {kind: [(t, pay) for t, day, pay in self.pays[kind] if day >= start] for kind in self.pays}
        pays = {kind: [(t, pay) for t, pay in found if t >= tried.opens] for kind, found in pays.items()}

        def of(kind: str, bar: Bar) -> tuple[int, ...]:
            return tuple(pay for t, pay in pays[kind] if t in bar.lines)

        bars = self.cash.bars(self._cash(self.cash, tried))
        return [*others, *(Within(of("base", bar), of("bonus", bar), bar.most) for bar in bars)]

    def _opens(self, made: Made) -> int:
        """The number of the first line into which after-tax may go."""
        if self.terms.spill_over != STARTS_AT_LIMIT:
            return 0
        left = self.allowed - self.household.ytd_pretax - self.household.ytd_roth
        for t in range(len(made.pretax)):
            left -= made.pretax[t] + made.roth[t]
            if left <= 0:
                return t
        return len(made.pretax)

    def worth(self, tried: Tried) -> tuple[int, int, int, int]:
        """What deferrals are chosen by: match, match that comes with the pays, deferral.

        Choice: of the same match, more of it with the pays goes before a true-up later, which may need employment
        then; but catch-up that earns no match is not given up for that.
        """
        with_pays = tried.sums.total_match
        return tried.match, 0 if self.unmatched_catch_up else with_pays, tried.deferred, with_pays

    def _run(self, pretax: Sequence[int], roth: Sequence[int], after_tax: Sequence[int]) -> Made:
        made = blank(len(pretax))
        pays = self._given._replace(pretax_rate=pretax, roth_rate=roth, after_tax_rate=after_tax)
        defer(self.terms, self.saver, pays, made)
        return made

    def elections(self, steps: Steps) -> Steps:
        """All rows of elections: those before the first step, the steps, and commission's as it was.

        Raises InputError where they are more than the planner holds.
        """
        first = steps[0].start
        last_old = max((day for day in self.paid if day < first), default=date.min)
        rows: dict[date, Election] = {}
        for row in self.household.elections:
            if row.start <= last_old:
                rows[row.start] = row
            elif self.household.separate_elections and not self.wishes.with_commission:
                kept = with_rates(Election(row.start), {name: getattr(row, name) for name in names_of("commission")})
                if kept != Election(row.start):
                    rows[row.start] = kept
        for step in steps:
            old = rows.get(step.start)
            kept_rates = {} if old is None else {name: getattr(old, name) for name in names_of("commission")}
            rows[step.start] = with_rates(step, kept_rates)
        if len(rows) > MOST_ELECTIONS:
            raise InputError(f"With these steps there are {len(rows)} rows of elections: {MOST_ELECTIONS} are allowed.")
        return tuple(rows[day] for day in sorted(rows))

    def step(self, start: date, before: Steps) -> Election:
        """A step of zeros; a kind of pay that is not paid any more keeps the rates it had."""
        rates: dict[str, int] = {}
        for kind, follows in self.kinds.items():
            old = before[-1] if before and not self.left(kind, start) else None
            for name in names_of(kind) if follows else ():
                rates[name] = getattr(old, name) if old else 0
        return self.chosen(Election(start), rates)

    def chosen(self, step: Election, rates: dict[str, int]) -> Election:
        """The step with some rates of base and bonus set; commission follows base where that is asked."""
        step = with_rates(step, rates)
        if len(self.kinds["base"]) == 1:
            return step
        pairs = zip(names_of("commission"), names_of("base"), strict=True)
        return with_rates(step, {commission: getattr(step, base) for commission, base in pairs})

    def left(self, kind: str, start: date, first: int = 0) -> list[int]:
        """Cents of the pays of a kind from that date and from that line on that elections apply to."""
        return [pay for t, day, pay in self.pays[kind] if day >= start and t >= first]

    def highest(self, kind: str, step: Election, contribution: str, first: int = 0) -> int:
        """How many steps a contribution may reach beside the others of that step, on pays from line `first` on.

        Choice: dollars are such that every pay of the kind from that date on holds them in full.
        """
        least = min(self.left(kind, step.start, first), default=0)
        if not least:
            return 0
        others: int = sum(getattr(step, f"{kind}_{name}") for name in CONTRIBUTIONS if name != contribution)
        together, alone = most_elected(self.household), WHOLE
        if contribution == "after_tax":
            if not self.household.after_tax_allowed:
                return 0
            alone = min(after_tax_cap(self.household, one) for one in self.kinds[kind])
        if self.in_dollars:
            together, alone = share_of(least, together), share_of(least, alone)
        return max(0, min(together - others, alone)) // self.unit


def names_of(kind: str) -> tuple[str, ...]:
    """The names of a kind's rates, as in an Election."""
    return tuple(f"{kind}_{name}" for name in CONTRIBUTIONS)


def with_rates(step: Election, rates: dict[str, Any]) -> Election:
    """The step with some rates set, in millionths or None."""
    return replace(step, **rates)
