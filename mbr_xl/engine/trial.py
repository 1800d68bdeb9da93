"""Elections tried on one saver's year: the year's rule run for any set of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from mbr_xl.engine.columns import Limits, Made, blank, pays_of, saver_of, terms_of
from mbr_xl.engine.elections import after_tax_cap
from mbr_xl.engine.events import Event
from mbr_xl.engine.wishes import Wishes, kinds_chosen, reachable
from mbr_xl.engine.year_rule import Sums, defer, settle
from mbr_xl.errors import InputError
from mbr_xl.household import MOST_ELECTIONS, Election, Household

CONTRIBUTIONS = ("pretax", "roth", "after_tax")
Steps = tuple[Election, ...]


@dataclass(frozen=True, slots=True)
class Tried:
    """A year under tried elections, in cents with the year to date; `pretax`, `deferred` and `after_tax` as elected."""

    sums: Sums
    pretax: int
    deferred: int
    after_tax: int

    @property
    def match(self) -> int:
        """Match of the year and a true-up to come."""
        return self.sums.total_match + self.sums.true_up_due


class Trials:
    """One saver's year, on which elections are tried; what is not chosen stays as the household has it."""

    def __init__(self, household: Household, limits: Limits, events: Sequence[Event], wishes: Wishes) -> None:
        h = household
        self.household, self.limits, self.wishes = h, limits, wishes
        self.dates = reachable(h, wishes, events)
        self.kinds = kinds_chosen(h, wishes)
        self.paid = sorted({event.date for event in events})
        self._terms, self._saver, self._given = terms_of(h, limits), saver_of(h, limits), pays_of(h, events)
        kind_of = {follows: kind for kind, kinds in self.kinds.items() for follows in kinds}
        self._chosen = [
            (t, event.date, kind_of[event.election])
            for t, event in enumerate(events)
            if event.election in kind_of and event.date >= self.dates[0]
        ]
        made = self._run(self._given.pretax_rate, self._given.roth_rate, self._given.after_tax_rate)
        self.pays: dict[str, list[tuple[date, int]]] = {kind: [] for kind in self.kinds}
        for t, day, kind in self._chosen:
            if made.plan_pay[t] > 0:
                self.pays[kind].append((day, made.plan_pay[t]))
        self.allowed = limits.deferral_and_catch_up - h.elsewhere
        self.asked = self.allowed if wishes.asked is None else min(self.allowed, wishes.asked)
        self.regular = limits.deferral - h.elsewhere
        both = wishes.deferral == "pretax" and limits.roth_catch_up and limits.catch_up > 0
        self.unmatched_catch_up = h.match_period != "none" and not h.match_catch_up and self.regular < self.asked
        self.layers: tuple[str, ...] = ("pretax", "roth") if both else (wishes.deferral,)

    def year(self, steps: Steps) -> Tried:
        """The year with these steps in force."""
        h, given = self.household, self._given
        rates = [list(given.pretax_rate), list(given.roth_rate), list(given.after_tax_rate)]
        number = 0
        step = steps[0]
        for t, day, kind in self._chosen:
            while number + 1 < len(steps) and steps[number + 1].start <= day:
                number += 1
                step = steps[number]
            for column, name in zip(rates, CONTRIBUTIONS, strict=True):
                column[t] = getattr(step, f"{kind}_{name}")
        made = self._run(*rates)
        sums = settle(self._terms, self._saver, given._replace(
            pretax_rate=rates[0], roth_rate=rates[1], after_tax_rate=rates[2]), made)  # fmt: skip
        pretax = h.ytd_pretax + sum(made.pretax_elected)
        return Tried(
            sums, pretax, pretax + h.ytd_roth + sum(made.roth_elected), h.ytd_after_tax + sum(made.after_tax_elected)
        )

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
        defer(self._terms, self._saver, pays, made)
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

    def left(self, kind: str, start: date) -> list[int]:
        """Cents of the pays of a kind from that date on that elections apply to."""
        return [pay for day, pay in self.pays[kind] if day >= start]

    def highest(self, kind: str, step: Election, contribution: str) -> int:
        """How many steps a contribution may reach beside the others of that step."""
        if not self.left(kind, step.start):
            return 0
        others = sum(getattr(step, f"{kind}_{name}") for name in CONTRIBUTIONS if name != contribution)
        most = self.wishes.highest(self.household) - others
        if contribution == "after_tax":
            most = min(most, *(after_tax_cap(self.household, one) for one in self.kinds[kind]))
            most = most if self.household.after_tax_allowed else 0
        return int(max(0, most) // self.wishes.step)


def names_of(kind: str) -> tuple[str, ...]:
    """The names of a kind's rates, as in an Election."""
    return tuple(f"{kind}_{name}" for name in CONTRIBUTIONS)


def with_rates(step: Election, rates: dict[str, Any]) -> Election:
    """The step with some rates set, in millionths or None."""
    return replace(step, **rates)
