"""One saver's year: every pay, every conversion, and the answers on top."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from mbr_xl.engine.binding import BINDING
from mbr_xl.engine.choosable import choosable
from mbr_xl.engine.columns import Limits, blank, pays_of, saver_of, terms_of
from mbr_xl.engine.converting.conversion import conversion_fees, year_conversions
from mbr_xl.engine.converting.path import path_taken
from mbr_xl.engine.deferral import CATCH_UP_AGE, age_at_year_end, catch_up_allowed, roth_catch_up_required
from mbr_xl.engine.elections import ONE_DOLLAR, ONE_PERCENT, best_elections
from mbr_xl.engine.events import events
from mbr_xl.engine.schedule import pay_lines
from mbr_xl.engine.validate import validate
from mbr_xl.engine.year_rule import year_of
from mbr_xl.errors import InputError
from mbr_xl.household import Household
from mbr_xl.money import Cents, Millionths, dollars, share_of
from mbr_xl.results import Headlines, YearPlan
from mbr_xl.rules import Rules, bank_holidays, rules_for

USED = ("deferral", "annual_additions", "compensation")
USED_FROM_50 = ("catch_up", "super_catch_up", "roth_catch_up_wages")


def rules_of(household: Household) -> Rules:
    """The law of the household's year with its own figures, projected where it asks for that.

    Raises InputError for a year without rules, and for an own figure that cannot be one.
    """
    h = household
    if h.tax_year is None:
        raise InputError("Tax year (tax_year) is blank: it is needed.")
    own = {
        "deferral": h.own_deferral,
        "catch_up": h.own_catch_up,
        "super_catch_up": h.own_super_catch_up,
        "annual_additions": h.own_annual_additions,
        "compensation": h.own_compensation,
        "roth_catch_up_wages": h.own_roth_catch_up_wages,
    }
    return rules_for(h.tax_year, own, h.use_projection)


def limits_of(household: Household, rules: Rules) -> Limits:
    """The limits of this saver's year, in cents.

    Raises InputError where last year's wages are blank and decide whether catch-up must be Roth.
    Choice: with no date of birth there is no catch-up.
    """
    h = household
    age = None if h.birth_date is None else age_at_year_end(h.tax_year, h.birth_date)
    must_be_roth = h.catch_up_offered and roth_catch_up_required(rules, age, h.prior_wages)
    allowed = catch_up_allowed(rules, age, h.prior_wages, h.plan_has_roth, h.catch_up_offered, h.super_catch_up_offered)
    return Limits(rules.deferral, allowed, must_be_roth, rules.annual_additions, rules.compensation)


def limits_note(household: Household, rules: Rules) -> str:
    """Empty, or whether limits that the year used are projected or the user's own."""
    h = household
    catch_up = h.birth_date is not None and h.tax_year - h.birth_date.year >= CATCH_UP_AGE and h.catch_up_offered
    return rules.note_for((*USED, *USED_FROM_50) if catch_up else USED)


def plan_year(household: Household, rules: Rules, holidays: Collection[date] | None = None) -> YearPlan:
    """The whole year pay by pay, with its conversions and headlines; nothing passes a limit.

    household: the inputs; rules: of its year, as `rules_of` gives them; holidays: on which no bank works, None is
    the Federal Reserve's.
    Raises InputError for an input that cannot be used, in one sentence.
    Source: 26 USC 401(a)(17), 402(g), 414(v), 415(c), 72(e)(8), 402A(c)(4).
    Choice: after-tax is what gives way at 415(c), never the match; a true-up still to come is reserved.
    Choice: what recorded pays put in stands, whatever the limits say; planned pays share what it leaves of them.
    """
    h = household
    validate(h)
    closed = bank_holidays() if holidays is None else holidays
    limits = limits_of(h, rules)
    _refuse_age_unknown(h, limits)
    lines = events(h, closed)
    terms, saver, given, made = terms_of(h, limits), saver_of(h, limits), pays_of(h, lines), blank(len(lines))
    sums, ends = year_of(terms, saver, given, made)
    pays = pay_lines(terms, saver, lines, given, made, sums.room)
    best = best_elections(h, choosable(h, lines, terms, saver, given, made), sums.sure_room)

    conversions, unconverted_value, unconverted_basis = year_conversions(
        h, [(pay.date, pay.after_tax, pay.kind) for pay in pays], closed
    )
    this_year = [line for line in conversions if line.tax_year == h.tax_year]
    tax_so_far = share_of(h.ytd_taxable, h.federal_rate + h.state_rate)

    headlines = Headlines(
        limits_note=limits_note(h, rules),
        pays=len(pays),
        deferral_limit=Cents(limits.deferral_and_catch_up),
        catch_up_allowed=Cents(limits.catch_up),
        roth_catch_up_required=limits.roth_catch_up,
        total_pretax=Cents(sums.pretax),
        total_roth=Cents(sums.roth),
        total_deferral=Cents(sums.pretax + sums.roth),
        total_catch_up=Cents(ends.catch_up),
        total_match=Cents(sums.total_match),
        annual_match=Cents(sums.annual_match),
        true_up_due=Cents(sums.true_up_due),
        match_lost=Cents(max(0, sums.annual_match - sums.total_match - sums.true_up_due)),
        total_nonelective=Cents(sums.nonelective),
        total_profit_sharing=Cents(sums.profit_sharing),
        total_employer=Cents(sums.total_match + sums.true_up_due + sums.nonelective + sums.profit_sharing),
        additions_pay_total=Cents(sums.additions_pay),
        additions_limit=Cents(sums.additions_limit),
        after_tax_room=Cents(sums.room),
        binding=BINDING[sums.binding],
        total_after_tax_elected=Cents(ends.after_tax_elected),
        total_after_tax=Cents(ends.after_tax),
        after_tax_unused=Cents(max(0, sums.room - ends.after_tax)),
        total_additions=Cents(ends.additions),
        over_by=Cents(ends.over_by),
        elections_safe=ends.elections_safe,
        best_base=Millionths(0 if terms.in_dollars else best.base * ONE_PERCENT),
        best_bonus=Millionths(0 if terms.in_dollars else best.bonus * ONE_PERCENT),
        best_after_tax=Cents(best.after_tax),
        best_unused=Cents(max(0, sums.room - best.after_tax)),
        total_converted=Cents(h.ytd_converted + sum(line.converted for line in this_year)),
        total_taxable=Cents(h.ytd_taxable + sum(line.taxable for line in this_year)),
        total_tax=Cents(tax_so_far + sum(line.tax for line in this_year)),
        total_to_traditional=Cents(sum(line.to_traditional for line in this_year)),
        unconverted_value=unconverted_value,
        unconverted_basis=unconverted_basis,
        path_taken=path_taken(h),
        total_conversion_fees=conversion_fees(h, conversions),
        best_base_dollars=Cents(best.base * ONE_DOLLAR if terms.in_dollars else 0),
        best_bonus_dollars=Cents(best.bonus * ONE_DOLLAR if terms.in_dollars else 0),
    )
    return YearPlan(pays, conversions, headlines)


def _refuse_age_unknown(household: Household, limits: Limits) -> None:
    """Whether deferrals above 402(g) are an excess or catch-up depends on the age."""
    h = household
    deferred = h.elsewhere + h.ytd_pretax + h.ytd_roth + sum(one.pretax + one.roth for one in h.paid)
    if h.birth_date is None and deferred > limits.deferral:
        raise InputError(
            f"Deferrals so far and elsewhere come to {dollars(deferred)}, above {dollars(limits.deferral)}: give "
            "the date of birth (birth_date)."
        )
