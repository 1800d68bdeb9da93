"""The loop over many savers that is compiled: it hands each saver's columns to the year's rule and keeps the answers.

The rule itself is `engine.year_rule` and `engine.match_rule`, compiled as it stands. Arrays are int64; no number of the
rule may pass 2**63, which holds while one saver's pay and year to date stay within a billion dollars.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from types import FunctionType
from typing import Any, NamedTuple

import numba
import numpy as np
from numba.extending import overload, register_jitable

from mbr_xl import money
from mbr_xl.engine import elections, match_rule, year_rule
from mbr_xl.engine.columns import Made, Pays, Saver, Terms

BASE, COMMON = -1, -2  # where a line's money comes from, if not from a column of payments

# What is kept of a year, a row each of the answers: headlines in cents, then what binds and whether elections are safe.
CENTS = (
    "deferral_limit", "total_pretax", "total_roth", "total_catch_up", "total_match", "true_up_due", "match_lost",
    "total_employer", "additions_limit", "after_tax_room", "total_after_tax_elected", "total_after_tax",
    "after_tax_unused", "over_by",
)  # fmt: skip
FEWEST_TIERS = 1  # the compiler cannot loop over none
ANSWERS = (*CENTS, "binding", "elections_safe")

# The compiler reads these as they stand.
for rule in (
    money.half_up, elections.within_caps, match_rule.on_pay, match_rule.on_dollars, match_rule.in_full,
    match_rule.earned_before, match_rule.full_match, match_rule.greater_of, year_rule.catch_up_part,
    year_rule.ytd_matched, year_rule.after_tax_room,
):  # fmt: skip
    register_jitable(rule)


@overload(money.total)
def _total(column: Any) -> Any:
    """What is compiled for `money.total`."""

    def loop(column: Any) -> Any:
        found = 0
        for t in range(len(column)):
            found += column[t]
        return found

    return loop


# No array is made in what is compiled and all outlive it, so none is counted: counting took half of the time.
COMPILED: dict[str, Any] = {"nogil": True, "_nrt": False}


def _inlined(rule: Any, **called: Any) -> Any:
    """The rule compiled into whoever calls it, `called` in place of what it calls: a call would copy every column."""
    same = FunctionType(rule.__code__, {**rule.__globals__, **called}, rule.__name__, rule.__defaults__)
    return numba.njit(forceinline=True, **COMPILED)(same)


compiled_year = _inlined(
    year_rule.year_of,
    defer=_inlined(year_rule.defer),
    settle=_inlined(
        year_rule.settle, match_pays=_inlined(match_rule.match_pays), year_match=_inlined(match_rule.year_match)
    ),
    fill=_inlined(year_rule.fill),
    asked=_inlined(year_rule.asked),
)


class Lines(NamedTuple):
    """The plan's lines of the year, a number each: what is common to all savers."""

    day: Any
    source: Any  # BASE, COMMON or the column of payments
    kind: Any  # of election: 0 base, 1 bonus, 2 commission
    in_plan: Any
    in_match: Any
    in_additions: Any


class Savers(NamedTuple):
    """The savers' columns; `own` is each field of `Saver` as a column."""

    base_pay: Any  # of one regular pay
    hire: Any
    leave: Any
    payments: Any  # savers by columns of payments
    rates: Any  # savers by RATES; no column: the plan's elections hold
    own: Saver


def compilable(terms: Terms) -> Terms:
    """The same terms with as many tiers of a kind in each formula, since the compiler wants tuples of one type."""
    match = terms.match
    formulas = (match.formula, match.other, match.formula_after, match.other_after)
    share, award, dollar = match_rule.ShareTier(0, 0, 0), match_rule.AwardTier(0, 0), match_rule.DollarTier(0, 0, 0)
    shares = max(FEWEST_TIERS, *(len(one.shares) for one in formulas))
    awards = max(FEWEST_TIERS, *(len(one.awards) for one in formulas))
    amounts = max(FEWEST_TIERS, *(len(one.dollars) for one in formulas))
    filled = [
        one._replace(
            shares=(*one.shares, *[share] * (shares - len(one.shares))),
            awards=(*one.awards, *[award] * (awards - len(one.awards))),
            dollars=(*one.dollars, *[dollar] * (amounts - len(one.dollars))),
        )
        for one in formulas
    ]
    same = match._replace(formula=filled[0], other=filled[1], formula_after=filled[2], other_after=filled[3])
    return terms._replace(match=same)


def run(
    terms: Terms, savers: Savers, lines: Lines, common: Pays, most: int, caps: Any, out: Any, workers: int | None = None
) -> None:
    """Fills a column of `out` for each saver, in as many threads as there are processors."""
    count, workers = out.shape[1], workers or os.cpu_count() or 1
    edges = [count * i // workers for i in range(workers + 1)]

    def part(i: int) -> None:
        room = np.zeros((len(Pays._fields), len(lines.day)), np.int64)
        columns: Any = (row[: len(column)] for row, column in zip(room, common, strict=True))
        pays = Pays(*columns)
        made = Made(*np.zeros((len(Made._fields), len(lines.day)), np.int64))
        picked, rates = np.zeros(len(lines.day), np.int64), np.zeros((3, 3), np.int64)
        _compiled(terms, savers, lines, common, most, caps, pays, made, picked, rates, edges[i], edges[i + 1], out)

    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(part, range(workers)))


def _years(
    terms: Terms, savers: Savers, lines: Lines, common: Pays, most: int, caps: Any, pays: Any, made: Any,
    picked: Any, rates: Any, first: int, last: int, out: Any,
) -> None:  # fmt: skip
    """The savers from `first` until before `last`; pays, made, picked, rates: room for one saver's."""
    count = 0
    now, done = pays, made
    for i in range(first, last):
        if i == first or savers.hire[i] != savers.hire[i - 1] or savers.leave[i] != savers.leave[i - 1]:
            count = 0
            for t in range(len(lines.day)):
                if lines.source[t] != BASE or savers.hire[i] <= lines.day[t] <= savers.leave[i]:
                    picked[count] = t
                    pays.in_match[count] = common.in_match[t]
                    pays.check[count] = common.check[t]
                    pays.unit[count] = common.unit[t]
                    pays.segment[count] = common.segment[t]
                    pays.pretax_rate[count] = common.pretax_rate[t]
                    pays.roth_rate[count] = common.roth_rate[t]
                    pays.after_tax_rate[count] = common.after_tax_rate[t]
                    if len(common.after_tax_most) > 0:
                        pays.after_tax_most[count] = common.after_tax_most[t]
                    count += 1
            now = Pays(
                pays.gross[:count], pays.plan_pay[:count], pays.match_pay[:count], pays.additions_pay[:count],
                pays.in_match[:count], pays.check[:count], pays.unit[:count], pays.segment[:count],
                pays.pretax_rate[:count], pays.roth_rate[:count], pays.after_tax_rate[:count],
                pays.after_tax_most[:count], pays.recorded, pays.paid_pretax, pays.paid_roth, pays.paid_after_tax,
                pays.paid_match, pays.paid_nonelective,
            )  # fmt: skip
            done = Made(
                made.plan_pay[:count], made.match_pay[:count], made.pretax_elected[:count], made.roth_elected[:count],
                made.after_tax_elected[:count], made.spilled[:count], made.pretax[:count], made.roth[:count],
                made.catch_up[:count], made.nonelective[:count], made.matched[:count], made.match[:count],
                made.after_tax[:count],
            )  # fmt: skip
        for k in range(count):
            t = picked[k]
            if lines.source[t] == BASE:
                gross = savers.base_pay[i]
            elif lines.source[t] == COMMON:
                gross = common.gross[t]
            else:
                gross = savers.payments[lines.source[t], i]
            pays.gross[k] = gross
            pays.plan_pay[k] = gross * lines.in_plan[t]
            pays.match_pay[k] = gross * lines.in_match[t]
            pays.additions_pay[k] = gross * lines.in_additions[t]
        if len(savers.rates) > 0:
            for kind in range(3):
                one = savers.rates[3 * kind : 3 * kind + 3, i]
                pretax, roth, after_tax = elections.within_caps(one[0], one[1], one[2], most, caps[kind])
                rates[kind, 0], rates[kind, 1], rates[kind, 2] = pretax, roth, after_tax
            for k in range(count):
                kind = lines.kind[picked[k]]
                pays.pretax_rate[k] = rates[kind, 0]
                pays.roth_rate[k] = rates[kind, 1]
                pays.after_tax_rate[k] = rates[kind, 2]
        own: Any = savers.own
        saver = Saver(
            own.catch_up[i], own.roth_catch_up[i] == 1, own.leaves_early[i] == 1, own.elsewhere[i], own.ytd_pretax[i],
            own.ytd_roth[i], own.ytd_after_tax[i], own.ytd_match[i], own.ytd_nonelective[i], own.ytd_plan_pay[i],
            own.ytd_match_pay[i], own.ytd_additions_pay[i], own.match_counted[i], own.matched_so_far[i],
        )  # fmt: skip
        sums, ends = compiled_year(terms, saver, now, done)
        out[0, i] = terms.deferral + saver.catch_up
        out[1, i] = sums.pretax
        out[2, i] = sums.roth
        out[3, i] = ends.catch_up
        out[4, i] = sums.total_match
        out[5, i] = sums.true_up_due
        out[6, i] = max(0, sums.annual_match - sums.total_match - sums.true_up_due)
        out[7, i] = sums.total_match + sums.true_up_due + sums.nonelective + sums.profit_sharing
        out[8, i] = sums.additions_limit
        out[9, i] = sums.room
        out[10, i] = ends.after_tax_elected
        out[11, i] = ends.after_tax
        out[12, i] = max(0, sums.room - ends.after_tax)
        out[13, i] = ends.over_by
        out[14, i] = sums.binding
        out[15, i] = ends.elections_safe


_compiled = numba.njit(**COMPILED)(_years)
