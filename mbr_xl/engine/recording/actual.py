"""Plan and actual: how each recorded pay differs from what was planned, and why, to the cent."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from mbr_xl.engine.columns import Pays, Saver, Terms, pays_of, saver_of, terms_of
from mbr_xl.engine.events import events
from mbr_xl.engine.match_rule import MatchSoFar, match_pays
from mbr_xl.engine.plan import limits_of, plan_year
from mbr_xl.engine.year_rule import ytd_matched
from mbr_xl.household import Household
from mbr_xl.money import dollars, percent
from mbr_xl.records import Paid
from mbr_xl.results import PayLine, YearPlan
from mbr_xl.rules import Rules, bank_holidays

CONTRIBUTIONS = ("pretax", "roth", "after_tax")
WORDS = {"pretax": "pre-tax", "roth": "Roth", "after_tax": "after-tax"}


@dataclass(frozen=True)
class Part:
    """One amount of a pay in cents, planned and actual; the four parts add up to actual less planned.

    by_pay: because the pay itself differed; by_limit: because a limit cut it, or cut the planned one; by_rate: because
    another rate was applied; by_posting: of a match, because the employer posted another one than the formula gives.
    """

    planned: int
    actual: int
    by_pay: int = 0
    by_limit: int = 0
    by_rate: int = 0
    by_posting: int = 0

    @property
    def difference(self) -> int:
        """Cents that the actual amount is above the planned one."""
        return self.actual - self.planned


@dataclass(frozen=True)
class Difference:
    """A recorded pay beside the planned one, and the sentence that the Records sheet says of it."""

    date: date
    kind: str
    gross: Part
    pretax: Part
    roth: Part
    after_tax: Part
    match: Part
    sentence: str

    @property
    def as_planned(self) -> bool:
        """Whether the pay was as planned and the contributions as elected."""
        return self.sentence == AS_PLANNED


AS_PLANNED = "as planned"


def compare_records(
    household: Household, plan: YearPlan, rules: Rules, holidays: Collection[date] | None = None
) -> tuple[Difference, ...]:
    """Each recorded pay beside the planned one, in order of payment; empty where none is recorded.

    household, rules, holidays: those of the plan (None: the Federal Reserve's holidays).
    Choice: planned is what the plan said of a pay once the pays before it were recorded: a difference counts once, on
    the pay in which it arose.
    Choice: contributions come after the pay and the limits, so that a limit explains a cut before another rate does.
    """
    h = household
    closed = bank_holidays() if holidays is None else holidays
    recorded: dict[tuple[date, str], Paid] = {(one.date, one.kind): one for one in h.paid}
    order = [t for t, line in enumerate(plan.pays) if (line.date, line.kind) in recorded]
    matching = _Matching(h, plan, rules, closed)
    found: list[Difference] = []
    before: list[Paid] = []
    for t in order:
        line = plan.pays[t]
        expected = plan_year(replace(h, paid=tuple(before)), rules, closed)
        found.append(_difference(h, plan, expected, t, matching))
        before.append(recorded[line.date, line.kind])
    return tuple(found)


def _difference(h: Household, plan: YearPlan, expected: YearPlan, t: int, matching: _Matching) -> Difference:
    line, planned = plan.pays[t], expected.pays[t]
    gross = Part(planned.gross, line.gross, by_pay=line.gross - planned.gross)
    left = _left(h, expected, t)
    # What the limits would have let through of the elections on the pay as it was, and on the pay as planned.
    fits = _within(left, [getattr(line, f"{name}_elected") for name in CONTRIBUTIONS])
    fitted = _within(left, [getattr(planned, f"{name}_elected") for name in CONTRIBUTIONS])
    parts: list[Part] = []
    for name, fit, before in zip(CONTRIBUTIONS, fits, fitted, strict=True):
        elected, elected_before = getattr(line, f"{name}_elected"), getattr(planned, f"{name}_elected")
        then, now = getattr(planned, name), getattr(line, name)
        parts.append(
            Part(
                then,
                now,
                by_pay=elected - elected_before,
                by_limit=(fit - elected) - (before - elected_before) + (before - then),
                by_rate=now - fit,
            )
        )
    match = matching.part(t, planned, fits, [elected.by_pay for elected in parts])
    pretax, roth, after_tax = parts
    said = sentence(h, plan, t, planned.gross)
    return Difference(line.date, line.kind, gross, pretax, roth, after_tax, match, said)


def _left(h: Household, plan: YearPlan, t: int) -> tuple[int, int, int]:
    """Cents that the limits leave before pay t: pre-tax, all deferrals, after-tax."""
    top, past = plan.headlines, plan.pays[:t]
    pretax = h.elsewhere + h.ytd_pretax + sum(line.pretax for line in past)
    deferral = pretax + h.ytd_roth + sum(line.roth for line in past)
    all_left = top.deferral_limit - deferral
    pretax_left = top.deferral_limit - top.catch_up_allowed - pretax if top.roth_catch_up_required else all_left
    after_tax = top.after_tax_room - h.ytd_after_tax - sum(line.after_tax for line in past)
    return pretax_left, all_left, after_tax


def _within(left: tuple[int, int, int], elected: Sequence[int]) -> list[int]:
    """Cents of what is elected (pre-tax, Roth, after-tax) that the limits let through, never below 0."""
    pretax = max(0, min(elected[0], left[0], left[1]))
    roth = max(0, min(elected[1], left[1] - pretax))
    return [pretax, roth, max(0, min(elected[2], left[2]))]


class _Matching:
    """The match that the formula gives on one pay of the year, the others being as they were and are planned."""

    def __init__(self, h: Household, plan: YearPlan, rules: Rules, holidays: Collection[date]) -> None:
        limits = limits_of(h, rules)
        self._plan = plan
        self._terms: Terms = terms_of(h, limits)
        self._saver: Saver = saver_of(h, limits)
        self._pays: Pays = pays_of(h, events(h, holidays))
        self._counted = [line.match_pay for line in plan.pays]
        self._matched = [self._of(t, _counting(line), line.catch_up) for t, line in enumerate(plan.pays)]

    def part(self, t: int, planned: PayLine, fits: Sequence[int], by_pay: Sequence[int]) -> Part:
        """The match of pay t: as planned, with another pay, within the limits, as contributed, as posted."""
        line = self._plan.pays[t]
        counting = _counting(planned)
        raised = [cents + more for cents, more in zip(counting, by_pay, strict=True)]
        steps = [
            self._formula(t, planned.match_pay, counting, planned.catch_up),
            self._formula(t, line.match_pay, raised, line.catch_up),
            self._formula(t, line.match_pay, fits, line.catch_up),
            self._formula(t, line.match_pay, _counting(line), line.catch_up),
        ]
        pay, limit, rate = (after - before for before, after in pairwise(steps))
        posted = line.match - steps[-1] + steps[0] - planned.match
        return Part(planned.match, line.match, pay, limit, rate, posted)

    def _of(self, t: int, contributed: Sequence[int], catch_up: int) -> int:
        """Cents of these contributions of pay t (pre-tax, Roth, after-tax) that the match counts."""
        if not self._pays.in_match[t]:
            return 0
        pretax, roth, after_tax = contributed
        matched = pretax + roth
        if not self._terms.match_catch_up:
            matched -= min(catch_up, matched)
        return matched + (after_tax if self._terms.match_after_tax else 0)

    def _formula(self, t: int, pay: int, contributed: Sequence[int], catch_up: int) -> int:
        """Cents of match that the formula posts on pay t if it were of this match pay and these contributions."""
        terms, saver = self._terms, self._saver
        if not terms.match.offered or (terms.match.annual and saver.leaves_early):
            return 0
        counted: list[int] = list(self._counted)
        matched = list(self._matched)
        counted[t], matched[t] = pay, self._of(t, contributed, catch_up)
        limit = terms.deferral + saver.catch_up if terms.match_catch_up else terms.deferral
        so_far = MatchSoFar(saver.ytd_match, saver.ytd_match_pay, ytd_matched(terms, saver))
        match = [0] * len(counted)
        match_pays(
            terms.match, so_far, self._pays.unit, self._pays.segment, counted, matched, limit, terms.compensation,
            (), (), match,
        )  # fmt: skip
        return match[t]


def _counting(line: PayLine) -> tuple[int, int, int]:
    """Pre-tax, Roth and after-tax as a match takes them: of a planned pay the after-tax elected, as the rule has it."""
    return line.pretax, line.roth, line.after_tax if line.recorded else line.after_tax_elected


def sentence(household: Household, plan: YearPlan, t: int, planned_gross: int) -> str:
    """What the Records sheet says beside recorded pay t: the pay against the plan, contributions against elections.

    A limit explains what is missing where recorded pays up to that date have used it up.
    """
    h, line, top = household, plan.pays[t], plan.headlines
    said: list[str] = []
    more = line.gross - planned_gross
    if more:
        said.append(f"pay was {dollars(abs(more))} {'higher' if more > 0 else 'lower'} than planned")
    past = [one for one in h.paid if one.date <= line.date]
    deferral = h.elsewhere + h.ytd_pretax + h.ytd_roth + sum(one.pretax + one.roth for one in past)
    after_tax = h.ytd_after_tax + sum(one.after_tax for one in past)
    full = dict.fromkeys(("pretax", "roth"), deferral >= top.deferral_limit)
    full["after_tax"] = after_tax >= top.after_tax_room
    asks = False
    for name in CONTRIBUTIONS:
        elected, actual = getattr(line, f"{name}_elected"), getattr(line, name)
        if actual == elected:
            continue
        short = actual < elected
        words = f"{WORDS[name]} is {dollars(abs(actual - elected))} {'below' if short else 'above'} "
        words += f"the {dollars(elected)}{_share(h, line, name)} elected" if elected else "what is elected, nothing"
        said.append(words + (", the limit being reached" if short and full[name] else ""))
        asks = asks or not (short and full[name])
    return "; ".join(said) + (": was the election in force?" if asks else "") if said else AS_PLANNED


def _share(h: Household, line: PayLine, name: str) -> str:
    """The rate behind an elected amount, where elections are rates and nothing spills over into it."""
    if h.election_unit == "dollars" or h.spill_over != "none":
        return ""
    return f" ({percent(getattr(line, f'{name}_rate'))})"
