"""One saver's year: every pay, every conversion, and the answers on top."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from mbr_xl.engine.conversion import year_conversions
from mbr_xl.engine.deferral import CATCH_UP_AGE, age_at_year_end, catch_up_allowed, roth_catch_up_required
from mbr_xl.engine.elections import Choosable, Rates, best_elections
from mbr_xl.engine.events import events
from mbr_xl.engine.match import annual_match, full_match, leaves_before_last_day, match_lines
from mbr_xl.engine.schedule import Draft, Limits, catch_up_part, drafts, matched, pay_lines, ytd_matched
from mbr_xl.engine.validate import validate
from mbr_xl.errors import InputError
from mbr_xl.household import Household
from mbr_xl.money import WHOLE, Cents, Millionths, half_up, share_of
from mbr_xl.results import Headlines, YearPlan
from mbr_xl.rules import Rules, bank_holidays, rules_for

USED = ("deferral", "annual_additions", "compensation")
USED_FROM_50 = ("catch_up", "super_catch_up", "roth_catch_up_wages")

NOT_OFFERED = "after-tax not offered"
ANNUAL_ADDITIONS = "annual additions limit, 415(c)"
ALL_OF_PAY = "100% of pay, 415(c)"
DOLLAR_CAP = "the plan's dollar cap on after-tax"
SHARE_CAP = "the plan's cap on after-tax as a share of pay"


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
    """
    h = household
    validate(h)
    closed = bank_holidays() if holidays is None else holidays
    limits = limits_of(h, rules)
    lines = drafts(h, limits, events(h, closed))
    deferral_limit = limits.deferral_and_catch_up

    total_pretax = h.ytd_pretax + sum(line.pretax for line in lines)
    total_roth = h.ytd_roth + sum(line.roth for line in lines)
    total_deferral = total_pretax + total_roth
    total_catch_up = catch_up_part(h, limits, total_deferral)
    if h.catch_up_reading == "above_415c":
        total_catch_up = max(total_catch_up, min(limits.catch_up, total_deferral))
    base_deferral = total_deferral - total_catch_up

    as_matched = matched(h, lines)
    so_far = ytd_matched(h, limits)
    match_limit = limits.deferral + (limits.catch_up if h.match_catch_up else 0)
    match = match_lines(h, as_matched, so_far, match_limit, limits.compensation)
    total_match = h.ytd_match + sum(match)
    full = annual_match(h, as_matched, so_far, match_limit, limits.compensation)
    trues_up = h.true_up != "none" and h.match_period in ("per pay", "quarterly") and not leaves_before_last_day(h)
    true_up_due = max(0, full - total_match) if trues_up else 0
    total_nonelective = h.ytd_nonelective + sum(line.nonelective for line in lines)
    profit_sharing = _profit_sharing(h, limits, lines)
    total_employer = total_match + true_up_due + total_nonelective + profit_sharing

    additions_pay = h.ytd_additions_pay + sum(line.event.additions_pay for line in lines)
    additions_limit = min(limits.annual_additions, additions_pay)
    limit_room = additions_limit - base_deferral - total_employer - h.other_additions
    by_dollars = limits.annual_additions <= additions_pay
    room, binding = after_tax_room(h, limit_room, ANNUAL_ADDITIONS if by_dollars else ALL_OF_PAY, lines)

    pays = pay_lines(h, limits, lines, match, room)
    total_elected = h.ytd_after_tax + sum(line.after_tax_elected for line in lines)
    total_after_tax = h.ytd_after_tax + sum(pay.after_tax for pay in pays)
    total_additions = base_deferral + total_employer + h.other_additions + total_after_tax
    over_by = max(0, total_additions - additions_limit, total_deferral + h.elsewhere - deferral_limit)
    as_elected = all(
        pay.pretax == pay.pretax_elected and pay.roth == pay.roth_elected and pay.after_tax == pay.after_tax_elected
        for pay in pays
    )

    sure_room = room
    if h.match_after_tax:  # more after-tax may bring more match: keep room for all the match there can be
        most_match = full_match(h, as_matched, match_limit, limits.compensation)
        reserve = max(0, most_match - total_match - true_up_due)
        sure_room = after_tax_room(h, limit_room - reserve, "", lines)[0]
    best = best_elections(h, [_choosable(line) for line in lines], sure_room)

    conversions, unconverted_value, unconverted_basis = year_conversions(
        h, [(pay.date, pay.after_tax, pay.kind) for pay in pays], closed
    )
    this_year = [line for line in conversions if line.tax_year == h.tax_year]
    tax_so_far = share_of(h.ytd_taxable, h.federal_rate + h.state_rate)

    headlines = Headlines(
        limits_note=limits_note(h, rules),
        pays=len(pays),
        deferral_limit=Cents(deferral_limit),
        catch_up_allowed=Cents(limits.catch_up),
        roth_catch_up_required=limits.roth_catch_up,
        total_pretax=Cents(total_pretax),
        total_roth=Cents(total_roth),
        total_deferral=Cents(total_deferral),
        total_catch_up=Cents(total_catch_up),
        total_match=Cents(total_match),
        annual_match=Cents(full),
        true_up_due=Cents(true_up_due),
        match_lost=Cents(max(0, full - total_match - true_up_due)),
        total_nonelective=Cents(total_nonelective),
        total_profit_sharing=Cents(profit_sharing),
        total_employer=Cents(total_employer),
        additions_pay_total=Cents(additions_pay),
        additions_limit=Cents(additions_limit),
        after_tax_room=Cents(room),
        binding=binding,
        total_after_tax_elected=Cents(total_elected),
        total_after_tax=Cents(total_after_tax),
        after_tax_unused=Cents(max(0, room - total_after_tax)),
        total_additions=Cents(total_additions),
        over_by=Cents(over_by),
        elections_safe=as_elected and over_by == 0,
        best_base=_percent(best.base),
        best_bonus=_percent(best.bonus),
        best_after_tax=Cents(best.after_tax),
        best_unused=Cents(max(0, room - best.after_tax)),
        total_converted=Cents(h.ytd_converted + sum(line.converted for line in this_year)),
        total_taxable=Cents(h.ytd_taxable + sum(line.taxable for line in this_year)),
        total_tax=Cents(tax_so_far + sum(line.tax for line in this_year)),
        total_to_traditional=Cents(sum(line.to_traditional for line in this_year)),
        unconverted_value=unconverted_value,
        unconverted_basis=unconverted_basis,
    )
    return YearPlan(pays, conversions, headlines)


def after_tax_room(household: Household, limit_room: int, limit_name: str, lines: list[Draft]) -> tuple[int, str]:
    """The whole year's after-tax in cents, never below 0, and the limit or plan cap that sets it.

    limit_room: what 415(c) leaves, may be negative; limit_name: its words; lines: the year's.
    """
    h = household
    if not h.after_tax_allowed:
        return 0, NOT_OFFERED
    caps = [(limit_room, limit_name)]
    if h.after_tax_cap is not None:
        caps.append((h.after_tax_cap, DOLLAR_CAP))
    if h.after_tax_cap_share is not None:
        plan_pay = h.ytd_plan_pay + sum(line.plan_pay for line in lines)
        caps.append((share_of(plan_pay, h.after_tax_cap_share), SHARE_CAP))
    amount, name = min(caps, key=lambda cap: cap[0])
    return max(0, amount), name


def _profit_sharing(household: Household, limits: Limits, lines: list[Draft]) -> int:
    h = household
    if leaves_before_last_day(h):
        return 0
    counted = min(limits.compensation, h.ytd_plan_pay + sum(line.event.plan_pay for line in lines))
    return half_up(counted * h.profit_sharing_rate, WHOLE) + h.profit_sharing


def _choosable(line: Draft) -> Choosable:
    rates = Rates(line.pretax_rate, line.roth_rate, line.after_tax_rate)
    return Choosable(line.event.date, line.event.election, line.plan_pay, rates, line.after_tax_elected)


def _percent(whole: int) -> Millionths:
    return Millionths(whole * WHOLE // 100)
