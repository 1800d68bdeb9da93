"""What no year can bring that elects as much as one tried year or more, and no more than another."""

from __future__ import annotations

from mbr_xl.engine.columns import DEFERRAL_CONTINUES, IN_PARALLEL, Pays, blank
from mbr_xl.engine.electing.trial import Steps, Trials, Tried
from mbr_xl.engine.match_rule import UNLIMITED, Formula, MatchTerms
from mbr_xl.engine.year_rule import defer, settle, ytd_matched
from mbr_xl.money import WHOLE, share_of


def promised(trials: Trials, low: Tried, high: Tried, steps: Steps, deferred: int, known: int) -> tuple[int, int, int]:
    """What no year passes that elects what `low` does or more, and what `high` does or less: match with a true-up,
    match without it, and the after-tax room of a year that has all of both and of `deferred`.

    steps: those of `high`, with all the after-tax that may be chosen; deferred: cents that no such year passes.
    What the match counts of a pay is at most what `steps` elect, and what `low`, up to the pay before, leaves of the
    limit; of the year at most the limit. A formula without awards gives at most its highest rate of that, but for
    what rounding adds; known: match without a true-up of a year that may be as good, rounded so. Where after-tax is
    matched, what is matched and its match share what 415(c) leaves.
    """
    terms, h, pays = trials.terms, trials.household, trials.pays_with(steps)
    made = blank(len(pays.gross))
    defer(terms._replace(deferral=UNLIMITED, spill_over=IN_PARALLEL), trials.saver, pays, made)
    left = (trials.allowed if h.match_catch_up else max(0, trials.regular)) - h.ytd_pretax - h.ytd_roth
    each, together, all_left = list(made.matched), list(made.matched), max(0, left)
    spilled = terms.spill_over == DEFERRAL_CONTINUES and h.match_after_tax
    for t, counts in enumerate(pays.in_match):
        if counts and not (len(pays.recorded) > 0 and pays.recorded[t]):
            matched = made.pretax[t] + made.roth[t]
            after_tax = made.after_tax_elected[t] if h.match_after_tax and t >= high.opens else 0
            if not spilled:
                matched = min(matched, max(0, left))
            each[t] = together[t] = matched + after_tax
            if not (spilled or terms.match.changes):
                together[t] = min(matched, all_left) + after_tax
                all_left -= min(matched, all_left)
        left -= low.made.pretax[t] + low.made.roth[t]

    # What is deferred counts for the room as one sum.
    pretax, roth = [0] * len(each), [0] * len(each)
    pretax[0] = deferred - h.ytd_pretax - h.ytd_roth
    made = made._replace(pretax=pretax, roth=roth, matched=together if _by_totals(terms.match) else each)
    sums = settle(terms, trials.saver, pays, made)
    with_pays, match, annual = sums.total_match, sums.total_match + sums.true_up_due, sums.annual_match
    rate = highest_rate(terms.match)
    if rate < UNLIMITED:
        most = h.ytd_match + sum(pays.paid_match) + share_of(sum(together), rate)
        with_pays = min(with_pays, known if most < known <= most + len(each) else most)
    if sums.true_up_due and together != each:
        annual = settle(terms, trials.saver, pays, made._replace(matched=together)).annual_match
    top = max(with_pays, annual) if sums.true_up_due else with_pays
    before_match = sums.limit_room + match
    if trials.after_tax_decides and rate < UNLIMITED:
        within = _within_room(trials, pays, rate, before_match + deferred, known)
        top, with_pays = min(top, within), min(with_pays, within)
    return top, with_pays, min(before_match, sums.room + match) - top


def _within_room(trials: Trials, pays: Pays, rate: int, left: int, known: int) -> int:
    """The most match that fits beside what it is the match of: of what is left for both, rate / (1 + rate).

    left: cents of the year for deferrals, after-tax and match together, what is made included.
    """
    h = trials.household
    made = h.ytd_pretax + h.ytd_roth + h.ytd_after_tax
    made += sum(pays.paid_pretax) + sum(pays.paid_roth) + sum(pays.paid_after_tax)
    counted = ytd_matched(trials.terms, trials.saver)
    for t, recorded in enumerate(pays.recorded):
        if recorded and pays.in_match[t]:
            counted += pays.paid_pretax[t] + pays.paid_roth[t] + pays.paid_after_tax[t]
    given = max(h.ytd_match + sum(pays.paid_match), share_of(counted, rate))
    most = max(given, (given * WHOLE + rate * (left - made)) // (WHOLE + rate))
    rounds = len(pays.gross) + 1
    if trials.in_dollars:
        return known if most < known <= most + rounds else most
    return most + rounds


def highest_rate(match: MatchTerms) -> int:
    """Millionths of what it matches that a match gives at most; UNLIMITED where awards can be more."""
    return max(_highest_rate(one) for one in _formulas(match))


def _formulas(match: MatchTerms) -> tuple[Formula, ...]:
    return match.formula, match.other, match.formula_after, match.other_after


def _by_totals(match: MatchTerms) -> bool:
    """Whether it does not matter to the match from which pays a deferral comes."""
    return not match.changes and (match.annual or not any(one.by_pay for one in _formulas(match)))


def _highest_rate(formula: Formula) -> int:
    """Millionths of what it matches that it gives at most; UNLIMITED where awards can be more."""
    if formula.awards:
        return UNLIMITED
    tiers = (formula.shares, formula.dollars)
    return formula.limits + sum(max((tier.rate for tier in one), default=0) for one in tiers)
