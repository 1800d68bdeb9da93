"""The match on ints: what a formula gives on one unit of pay, on a year, and on a year's pays in turn.

Plain loops without objects of ours beyond named tuples, so that `census` can compile them as they stand. There no
number may pass 2**63: a product of three factors is therefore taken in parts.
"""

from __future__ import annotations

from collections.abc import MutableSequence, Sequence
from typing import NamedTuple

from mbr_xl.money import WHOLE, half_up, total

UNLIMITED = 10**15  # cents: no maximum
# How many rounded contributions the year-to-date sums hold is not known: no year has more regular pays than this.
PAST_PAYS = 55


class ShareTier(NamedTuple):
    """Matches deferrals between two shares of pay: all in millionths."""

    rate: int
    start: int
    width: int


class AwardTier(NamedTuple):
    """A share of pay for deferrals that reach another share of it: both in millionths."""

    rate: int
    reach: int


class DollarTier(NamedTuple):
    """Matches the year's deferrals between two amounts: the rate in millionths, start and width in cents."""

    rate: int
    start: int
    width: int


class Formula(NamedTuple):
    """One alternative of a match formula, made ready: tiers by kind, each with where it begins."""

    shares: Sequence[ShareTier]
    awards: Sequence[AwardTier]
    dollars: Sequence[DollarTier]
    limits: int  # sum of the rates on deferrals up to the deferral limit
    by_pay: bool  # whether any tier is measured in shares of pay
    by_dollars: bool  # whether any is measured in dollars


class MatchTerms(NamedTuple):
    """How the employer matches; `formula` and `other` (the greater counts) until the change, the next two after it."""

    formula: Formula
    other: Formula
    formula_after: Formula
    other_after: Formula
    changes: bool  # whether there is a change of formula
    offered: bool
    annual: bool  # computed on the year's totals
    most: int  # cents a year, or UNLIMITED


class MatchSoFar(NamedTuple):
    """The year to date as the match counts it, in cents."""

    match: int
    pay: int
    deferral: int


def on_pay(formula: Formula, pay: int, deferral: int, lines: int) -> int:
    """Cents of the tiers measured in pay, for the pay and deferral of one unit, rounded once.

    lines: the pays in the unit. Each pay's deferral was rounded to the cent, so an award counts as reached up to half
    a cent a pay below its share.
    """
    if not formula.by_pay:
        return 0
    whole = rest = 0  # the match times WHOLE, and times WHOLE once more what is left of that
    for tier in formula.shares:
        reached = max(0, min(deferral * WHOLE - tier.start * pay, tier.width * pay))
        whole += tier.rate * (reached // WHOLE)
        rest += tier.rate * (reached % WHOLE)
    for award in formula.awards:
        if pay > 0 and (2 * deferral + lines) * WHOLE >= 2 * award.reach * pay:
            whole += award.rate * pay
    return half_up(whole + rest // WHOLE, WHOLE)


def on_dollars(formula: Formula, deferral: int, limit: int) -> int:
    """Cents of the tiers measured in dollars, for deferrals so far and the deferral limit, rounded once."""
    if not formula.by_dollars:
        return 0
    part = formula.limits * min(deferral, limit)
    for tier in formula.dollars:
        part += tier.rate * max(0, min(deferral - tier.start, tier.width))
    return half_up(part, WHOLE)


def in_full(formula: Formula, pay: int, limit: int) -> int:
    """Cents for somebody who defers without end: every width filled, every award reached."""
    whole = rest = 0
    for tier in formula.shares:
        whole += tier.rate * (tier.width * pay // WHOLE)
        rest += tier.rate * (tier.width * pay % WHOLE)
    for award in formula.awards:
        whole += award.rate * pay
    flat = formula.limits * limit
    for dollars in formula.dollars:
        flat += dollars.rate * dollars.width
    return half_up(whole + rest // WHOLE, WHOLE) + half_up(flat, WHOLE)


def earned_before(formula: Formula, annual: bool, so_far: MatchSoFar, limit: int) -> int:
    """Match so far that the tiers measured in pay are taken to have earned: what the dollar tiers do not explain."""
    if annual or not formula.by_pay:
        return 0
    return max(0, so_far.match - on_dollars(formula, so_far.deferral, limit))


def match_pays(
    terms: MatchTerms,
    so_far: MatchSoFar,
    units: Sequence[int],
    segments: Sequence[int],
    pays: Sequence[int],
    deferrals: Sequence[int],
    limit: int,
    compensation: int,
    recorded: Sequence[bool],
    paid: Sequence[int],
    match: MutableSequence[int],
) -> int:
    """The match of all pays in cents; each unit's is posted into `match` on the unit's last pay.

    units: what is computed together has one number; segments: 0 before the change of formula, 1 from it on; pays,
    deferrals: cents that the match counts; limit: that tiers up to the deferral limit mean; compensation: 401(a)(17).
    recorded, paid: cents of match on the pays as they were, or both empty; in `match` they stand as paid.
    What a formula has earned so far is never taken back, and never more than the most in the year.
    Choice: of two alternatives in shares of pay the greater counts in each unit; where one has dollars of the year,
    the greater of what each has earned so far.
    Choice: later pays are matched as if the formula had matched the recorded ones, whatever was paid on those; within
    one unit what was paid on its recorded pays is taken off. Recorded match comes out of the year's most first.
    """
    posted_all = 0
    has_records = len(recorded) > 0
    left = terms.most - so_far.match
    if has_records:
        left -= total(paid)
    left = max(0, left)
    posted = 0  # on recorded pays of the open unit
    unit_pay = unit_deferral = unit_lines = unit_segment = -1  # of the unit before: most units of a year are alike
    of_unit = of_unit_other = 0
    formula, other = terms.formula, terms.other
    segment = -1
    pay = deferral = lines = 0  # of the open unit
    running = by_pay = by_pay_other = highest = 0  # deferral, share parts and match of the segment
    last = len(units) - 1
    for t in range(len(units)):
        if segments[t] != segment:
            segment = segments[t]
            running = by_pay = by_pay_other = highest = 0
            if segment == 1:
                formula, other = terms.formula_after, terms.other_after
            else:
                running = so_far.deferral
                by_pay = earned_before(formula, terms.annual, so_far, limit)
                if formula.by_dollars or other.by_dollars:
                    by_pay_other = earned_before(other, terms.annual, so_far, limit)
                if terms.annual:
                    pay, deferral = min(compensation, so_far.pay), so_far.deferral
                    lines, highest = PAST_PAYS * int(so_far.pay > 0), so_far.match
                else:
                    highest = max(
                        by_pay + on_dollars(formula, running, limit), by_pay_other + on_dollars(other, running, limit)
                    )
        pay += pays[t]
        deferral += deferrals[t]
        running += deferrals[t]
        if pays[t] > 0:
            lines += 1
        match[t] = 0
        if has_records and recorded[t] == 1:
            match[t] = paid[t]
            posted += paid[t]
            posted_all += paid[t]
        if t < last and units[t + 1] == units[t]:
            continue
        if pay != unit_pay or deferral != unit_deferral or lines != unit_lines or segment != unit_segment:
            unit_pay, unit_deferral, unit_lines, unit_segment = pay, deferral, lines, segment
            of_unit, of_unit_other = on_pay(formula, pay, deferral, lines), on_pay(other, pay, deferral, lines)
            # Both in shares of pay: the greater of the two counts in each unit by itself.
            if not (formula.by_dollars or other.by_dollars):
                of_unit, of_unit_other = max(of_unit, of_unit_other), 0
        by_pay += of_unit
        by_pay_other += of_unit_other
        earned = max(by_pay + on_dollars(formula, running, limit), by_pay_other + on_dollars(other, running, limit))
        pay = deferral = lines = 0
        if earned > highest:
            if not (has_records and recorded[t] == 1):
                match[t] = max(0, min(earned - highest - posted, left))
                left -= match[t]
                posted_all += match[t]
            highest = earned
        posted = 0
    return posted_all


def year_match(
    terms: MatchTerms,
    so_far: MatchSoFar,
    segments: Sequence[int],
    pays: Sequence[int],
    deferrals: Sequence[int],
    limit: int,
    compensation: int,
) -> int:
    """Match in cents that the formula gives on the whole year's pay and deferral, at most the most in a year.

    pays: cents before 401(a)(17); the rest as `match_pays`.
    Source: 26 USC 401(a)(17)(A): the year's pay counts up to the limit, however payroll spreads it.
    """
    pay, deferral, lines = so_far.pay, so_far.deferral, PAST_PAYS * int(so_far.pay > 0)
    pay_after = deferral_after = lines_after = 0
    for t in range(len(pays)):
        if segments[t] == 1:
            pay_after += pays[t]
            deferral_after += deferrals[t]
            lines_after += int(pays[t] > 0)
        else:
            pay += pays[t]
            deferral += deferrals[t]
            lines += int(pays[t] > 0)
    pay = min(compensation, pay)
    match = greater_of(terms.formula, terms.other, pay, deferral, lines, limit)
    if terms.changes:
        pay_after = min(compensation - pay, pay_after)
        match += greater_of(terms.formula_after, terms.other_after, pay_after, deferral_after, lines_after, limit)
    return min(match, terms.most)


def full_match(
    terms: MatchTerms, so_far: MatchSoFar, segments: Sequence[int], pays: Sequence[int], limit: int, compensation: int
) -> int:
    """The most match in cents that the formula could give on this year's pay, whatever is deferred; as `year_match`."""
    pay, pay_after = so_far.pay, 0
    for t in range(len(pays)):
        if segments[t] == 1:
            pay_after += pays[t]
        else:
            pay += pays[t]
    pay = min(compensation, pay)
    match = max(in_full(terms.formula, pay, limit), in_full(terms.other, pay, limit))
    if terms.changes:
        pay_after = min(compensation - pay, pay_after)
        match += max(in_full(terms.formula_after, pay_after, limit), in_full(terms.other_after, pay_after, limit))
    return min(match, terms.most)


def greater_of(formula: Formula, other: Formula, pay: int, deferral: int, lines: int, limit: int) -> int:
    """The greater of two alternatives, in cents, on totals."""
    return max(
        on_pay(formula, pay, deferral, lines) + on_dollars(formula, deferral, limit),
        on_pay(other, pay, deferral, lines) + on_dollars(other, deferral, limit),
    )
