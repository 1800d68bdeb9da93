"""The year's rule on ints: deferral, match, room and after-tax of one saver, pay by pay, readable as the law.

`plan_year` runs it as it stands; `census` compiles the same functions for many savers. Money is cents, rates are
millionths; columns hold one number a pay, in order of payment. No limit is known here: they are all arguments.
"""

from __future__ import annotations

from collections.abc import MutableSequence, Sequence
from typing import NamedTuple

from mbr_xl.engine.columns import (
    DEFERRAL_CONTINUES,
    NO_SHARE,
    NOT_GIVEN,
    STARTS_AT_LIMIT,
    Made,
    Pays,
    Saver,
    Terms,
)
from mbr_xl.engine.elections import within_caps
from mbr_xl.engine.match_rule import UNLIMITED, MatchSoFar, full_match, match_pays, year_match
from mbr_xl.money import WHOLE, half_up, total

# What sets the after-tax room: positions in the list of their words.
NOT_OFFERED, ANNUAL_ADDITIONS, ALL_OF_PAY, DOLLAR_CAP, SHARE_CAP = range(5)


class Sums(NamedTuple):
    """What the year adds up to before after-tax goes in, in cents, year to date included."""

    pretax: int
    roth: int
    catch_up: int  # by the plan's reading, as the room counts it
    total_match: int
    annual_match: int
    true_up_due: int
    nonelective: int
    profit_sharing: int
    additions_pay: int
    additions_limit: int
    limit_room: int  # what 415(c) leaves; below 0 where it is passed already
    sure_limit_room: int  # the same where more after-tax would bring all the match there can be
    room: int
    sure_room: int
    binding: int  # what sets the room


class Ends(NamedTuple):
    """What the year adds up to with its after-tax, in cents, year to date included."""

    after_tax_elected: int
    after_tax: int
    catch_up: int  # what is catch-up in the end
    additions: int
    over_by: int
    elections_safe: bool


def catch_up_part(terms: Terms, saver: Saver, deferral: int) -> int:
    """Cents of this plan's deferrals so far that are catch-up: what the person's deferrals pass 402(g) by.

    Source: 26 USC 414(v)(1), (3); Treas. Reg. 1.414(v)-1(c)(1).
    """
    return max(0, min(deferral, saver.catch_up, deferral + saver.elsewhere - terms.deferral))


def ytd_matched(terms: Terms, saver: Saver) -> int:
    """Cents of the year-to-date contributions that the match counts: as given, else all of them."""
    if saver.matched_so_far != NOT_GIVEN:
        return saver.matched_so_far
    deferral = saver.ytd_pretax + saver.ytd_roth
    if not terms.match_catch_up:
        deferral -= catch_up_part(terms, saver, deferral)
    if terms.match_after_tax:
        deferral += saver.ytd_after_tax
    return deferral


def defer(terms: Terms, saver: Saver, pays: Pays, made: Made) -> None:
    """Fills, pay by pay, what counts, what is elected, what is deferred and what of it the match counts.

    Source: 26 USC 401(a)(17) (counted pay), 402(g) (deferrals), 414(v)(7) (Roth catch-up).
    Choice: payroll stops deferrals at the limit, pre-tax before Roth within a pay; where catch-up must be Roth it
    stops pre-tax at 402(g) and lets Roth go on, but turns no pre-tax election into Roth.
    Choice: where 401(a)(17) is prorated the match counts of each check at most the limit divided by the year's pays,
    and of the year at most the limit; else pay counts until the year's pay has reached the limit.
    Choice: recorded deferrals, of later pays too, come out of the limits first; planned pays share what is left.
    Choice: elections in dollars are cut to the plan's caps, shares of the plan pay, within each pay.
    Choice: where the deferral continues as after-tax, all that is elected as deferral and cannot be one spills over;
    where after-tax starts at the limit, it does from the pay on with which deferrals reach 402(g) and catch-up.
    """
    plan_left = terms.compensation - saver.ytd_plan_pay
    match_left = terms.compensation - saver.match_counted
    deferred = saver.ytd_pretax + saver.ytd_roth
    left = terms.deferral + saver.catch_up - saver.elsewhere - deferred
    pretax_left = terms.deferral - saver.elsewhere - saver.ytd_pretax if saver.roth_catch_up else UNLIMITED
    catch_up = catch_up_part(terms, saver, deferred)
    has_records = len(pays.recorded) > 0
    later = later_pretax = 0  # recorded deferrals of the pays to come
    if has_records:
        for t in range(len(pays.recorded)):
            later_pretax += pays.paid_pretax[t]
            later += pays.paid_pretax[t] + pays.paid_roth[t]
    reserved = reserved_pretax = 0
    paid = False
    check = -1
    check_left = 0
    # Most pays of a year are like the one before: what is elected on them is computed once.
    pay_before = gross_before = pretax_before = roth_before = after_tax_before = -1
    pretax_elected = roth_elected = after_tax_alone = 0
    for t in range(len(pays.gross)):
        plan_pay = max(0, min(pays.plan_pay[t], plan_left))
        plan_left -= pays.plan_pay[t]
        made.nonelective[t] = half_up(plan_pay * terms.nonelective_rate, WHOLE)
        if pays.check[t] != check:
            check = pays.check[t]
            check_left = terms.a_check
        match_pay = max(0, min(pays.match_pay[t], check_left, match_left))
        check_left -= match_pay
        match_left -= match_pay
        made.match_pay[t] = match_pay

        if not terms.stops:
            plan_pay = pays.plan_pay[t]
        gross, pretax_rate, roth_rate, after_tax_rate = (
            pays.gross[t], pays.pretax_rate[t], pays.roth_rate[t], pays.after_tax_rate[t],
        )  # fmt: skip
        if terms.in_dollars:
            pretax_elected, roth_elected, after_tax_alone = within_caps(
                pretax_rate, roth_rate, after_tax_rate,
                half_up(plan_pay * terms.combined_cap, WHOLE), half_up(plan_pay * pays.after_tax_most[t], WHOLE),
            )  # fmt: skip
        elif (
            plan_pay != pay_before or gross != gross_before or pretax_rate != pretax_before
            or roth_rate != roth_before or after_tax_rate != after_tax_before
        ):  # fmt: skip
            pay_before, gross_before = plan_pay, gross
            pretax_before, roth_before, after_tax_before = pretax_rate, roth_rate, after_tax_rate
            pretax_elected = half_up(plan_pay * pretax_rate, WHOLE)
            roth_elected = min(half_up(plan_pay * roth_rate, WHOLE), gross - pretax_elected)
            free = gross - pretax_elected - roth_elected
            after_tax_alone = min(half_up(plan_pay * after_tax_rate, WHOLE), free)
        after_tax_elected = after_tax_alone
        made.plan_pay[t] = plan_pay
        made.pretax_elected[t] = pretax_elected
        made.roth_elected[t] = roth_elected

        if has_records:
            paid = pays.recorded[t] == 1
            later_pretax -= pays.paid_pretax[t]
            later -= pays.paid_pretax[t] + pays.paid_roth[t]
            reserved, reserved_pretax = (0, 0) if paid else (later, later_pretax)
        pretax = max(0, min(pretax_elected, left - reserved, pretax_left - reserved_pretax))
        roth = max(0, min(roth_elected, left - reserved - pretax))
        spilled = 0
        if terms.spill_over == DEFERRAL_CONTINUES:
            spilled = pretax_elected + roth_elected - pretax - roth
        if paid:
            pretax, roth = pays.paid_pretax[t], pays.paid_roth[t]
            made.nonelective[t] = pays.paid_nonelective[t]
        pretax_left -= pretax
        left -= pretax + roth
        if terms.spill_over == STARTS_AT_LIMIT and left > 0:
            after_tax_elected = 0
        after_tax_elected += spilled
        made.after_tax_elected[t] = after_tax_elected
        made.spilled[t] = spilled
        deferred += pretax + roth
        catch_up_before = catch_up
        catch_up = catch_up_part(terms, saver, deferred)
        made.pretax[t] = pretax
        made.roth[t] = roth
        made.catch_up[t] = catch_up - catch_up_before

        matched = 0
        if pays.in_match[t]:
            matched = pretax + roth
            if not terms.match_catch_up:
                matched -= catch_up - catch_up_before
            if terms.match_after_tax:
                matched += pays.paid_after_tax[t] if paid else after_tax_elected
        made.matched[t] = matched


def after_tax_room(terms: Terms, limit_room: int, limit_binding: int, plan_pay: int) -> tuple[int, int]:
    """The whole year's after-tax in cents, never below 0, and the limit or plan cap that sets it.

    limit_room: what 415(c) leaves, may be negative; limit_binding: its position; plan_pay: the year's.
    """
    if not terms.after_tax_allowed:
        return 0, NOT_OFFERED
    room, binding = limit_room, limit_binding
    if terms.after_tax_cap < room:
        room, binding = terms.after_tax_cap, DOLLAR_CAP
    if terms.after_tax_cap_share != NO_SHARE:
        share = half_up(plan_pay * terms.after_tax_cap_share, WHOLE)
        if share < room:
            room, binding = share, SHARE_CAP
    return max(0, room), binding


def fill(
    elected: Sequence[int], left: int, recorded: Sequence[bool], paid: Sequence[int], after_tax: MutableSequence[int]
) -> None:
    """After-tax goes in as elected until what the recorded pays leave of the year's room is full."""
    has_records = len(recorded) > 0
    if has_records:
        left -= total(paid)
    for t in range(len(elected)):
        if has_records and recorded[t] == 1:
            after_tax[t] = paid[t]
        else:
            after_tax[t] = max(0, min(elected[t], left))
            left -= after_tax[t]


def asked(recorded: Sequence[bool], elected: Sequence[int], paid: Sequence[int]) -> int:
    """Cents of the year's pays: of recorded ones what was paid in, of the others what is elected."""
    all_asked = total(elected)
    for t in range(len(recorded)):
        if recorded[t] == 1:
            all_asked += paid[t] - elected[t]
    return all_asked


def settle(terms: Terms, saver: Saver, pays: Pays, made: Made) -> Sums:
    """Posts the match of what was deferred; what the year adds up to, and the after-tax room that it leaves.

    Source: 26 USC 401(a)(17), 402(g), 414(v), 415(c).
    Choice: a true-up and profit sharing still to come are reserved; where after-tax is itself matched, sure_room
    reserves the most match that the formula could give.
    """
    pretax = saver.ytd_pretax + total(made.pretax)
    roth = saver.ytd_roth + total(made.roth)
    catch_up = catch_up_part(terms, saver, pretax + roth)
    if terms.above_415c:
        catch_up = max(catch_up, min(saver.catch_up, pretax + roth))

    limit = terms.deferral + saver.catch_up if terms.match_catch_up else terms.deferral
    so_far = MatchSoFar(saver.ytd_match, saver.ytd_match_pay, ytd_matched(terms, saver))
    total_match = saver.ytd_match
    if terms.match.offered and not (terms.match.annual and saver.leaves_early):
        total_match += match_pays(
            terms.match, so_far, pays.unit, pays.segment, made.match_pay, made.matched, limit, terms.compensation,
            pays.recorded, pays.paid_match, made.match,
        )  # fmt: skip
    else:
        for t in range(len(pays.recorded)):
            made.match[t] = pays.paid_match[t]
            total_match += pays.paid_match[t]
    annual_match = 0
    if terms.match.offered:
        annual_match = year_match(
            terms.match, so_far, pays.segment, pays.match_pay, made.matched, limit, terms.compensation
        )
    true_up_due = max(0, annual_match - total_match) if terms.trues_up and not saver.leaves_early else 0
    nonelective = saver.ytd_nonelective + total(made.nonelective)
    profit_sharing = 0
    if not saver.leaves_early:
        counted = min(terms.compensation, saver.ytd_plan_pay + total(pays.plan_pay))
        profit_sharing = half_up(counted * terms.profit_sharing_rate, WHOLE) + terms.profit_sharing
    employer = total_match + true_up_due + nonelective + profit_sharing

    additions_pay = saver.ytd_additions_pay + total(pays.additions_pay)
    additions_limit = min(terms.annual_additions, additions_pay)
    limit_room = additions_limit - (pretax + roth - catch_up) - employer - terms.other_additions
    binding = ANNUAL_ADDITIONS if terms.annual_additions <= additions_pay else ALL_OF_PAY
    plan_pay = min(saver.ytd_plan_pay, terms.compensation) if terms.stops else saver.ytd_plan_pay
    plan_pay += total(made.plan_pay)
    room, room_binding = after_tax_room(terms, limit_room, binding, plan_pay)
    sure_limit_room, sure_room = limit_room, room
    if terms.match_after_tax:
        most_match = 0
        if terms.match.offered:
            most_match = full_match(terms.match, so_far, pays.segment, pays.match_pay, limit, terms.compensation)
        sure_limit_room -= max(0, most_match - total_match - true_up_due)
        sure_room = after_tax_room(terms, sure_limit_room, binding, plan_pay)[0]
    return Sums(
        pretax, roth, catch_up, total_match, annual_match, true_up_due, nonelective, profit_sharing, additions_pay,
        additions_limit, limit_room, sure_limit_room, room, sure_room, room_binding,
    )  # fmt: skip


def year_of(terms: Terms, saver: Saver, pays: Pays, made: Made) -> tuple[Sums, Ends]:
    """The year's answers; `made` is filled pay by pay, and nothing passes a limit.

    Source: 26 USC 415(c).
    Choice: after-tax is what gives way at 415(c), never the match.
    """
    defer(terms, saver, pays, made)
    sums = settle(terms, saver, pays, made)
    left = sums.room - saver.ytd_after_tax
    fill(made.after_tax_elected, left, pays.recorded, pays.paid_after_tax, made.after_tax)
    after_tax_elected = saver.ytd_after_tax + total(made.after_tax_elected)
    after_tax = saver.ytd_after_tax + total(made.after_tax)
    deferral = sums.pretax + sums.roth
    # The room is counted as if all the allowance were catch-up; under the regulation only what passes 415(c) is.
    additions = sums.additions_limit - sums.limit_room + after_tax
    catch_up = sums.catch_up
    if terms.above_415c:
        above_402g = catch_up_part(terms, saver, deferral)
        all_in = additions + sums.catch_up
        catch_up = max(above_402g, min(sums.catch_up, max(0, all_in - sums.additions_limit)))
        additions = all_in - catch_up
    excess_deferral = deferral + saver.elsewhere - terms.deferral - saver.catch_up
    over_by = max(0, additions - sums.additions_limit, excess_deferral)
    elected = saver.ytd_pretax + saver.ytd_roth
    elected += asked(pays.recorded, made.pretax_elected, made.pretax) + asked(
        pays.recorded, made.roth_elected, made.roth
    )
    fits = saver.ytd_after_tax + asked(pays.recorded, made.after_tax_elected, made.after_tax) == after_tax
    # Where after-tax starts at the limit, what is elected beyond it is what reaches it: the plan itself stops it there.
    reached = terms.spill_over == STARTS_AT_LIMIT and excess_deferral >= 0
    deferral_fits = terms.spill_over == DEFERRAL_CONTINUES or reached or elected == deferral
    safe = deferral_fits and fits and over_by == 0
    return sums, Ends(after_tax_elected, after_tax, catch_up, additions, over_by, safe)
