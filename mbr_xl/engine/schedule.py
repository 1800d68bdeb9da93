"""The year pay by pay: what is counted, what is elected, what the limits let through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mbr_xl.engine.elections import RatesByDate
from mbr_xl.engine.events import Event, periods
from mbr_xl.engine.match import Matched
from mbr_xl.household import Household
from mbr_xl.money import WHOLE, Cents, Millionths, half_up
from mbr_xl.results import PayLine


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of this saver's year in cents, and whether catch-up must be Roth."""

    deferral: int
    catch_up: int
    roth_catch_up: bool
    annual_additions: int
    compensation: int

    @property
    def deferral_and_catch_up(self) -> int:
        """All deferrals of the person to every employer's plans."""
        return self.deferral + self.catch_up


@dataclass(slots=True)
class Draft:
    """One line on its way to a PayLine; money in cents, rates in millionths."""

    event: Event
    counted_pay: int  # plan pay within 401(a)(17)
    plan_pay: int  # plan pay that elections apply to
    match_pay: int
    pretax_rate: int
    roth_rate: int
    after_tax_rate: int
    pretax_elected: int = 0
    roth_elected: int = 0
    after_tax_elected: int = 0
    pretax: int = 0
    roth: int = 0
    catch_up: int = 0
    nonelective: int = 0


def catch_up_part(household: Household, limits: Limits, deferral: int) -> int:
    """Cents of this plan's deferrals so far that are catch-up: what the person's deferrals pass 402(g) by.

    Source: 26 USC 414(v)(1), (3); Treas. Reg. 1.414(v)-1(c)(1).
    """
    return min(deferral, limits.catch_up, max(0, deferral + household.elsewhere - limits.deferral))


def drafts(household: Household, limits: Limits, events: Sequence[Event]) -> list[Draft]:
    """The lines with counted pay, elections and deferrals; employer money and after-tax follow from their totals.

    household: validated; events: in order of payment.
    Source: 26 USC 401(a)(17) (counted pay), 402(g) (deferrals), 414(v)(7) (Roth catch-up).
    Choice: payroll stops deferrals at the limit, pre-tax before Roth within a pay; where catch-up must be Roth it
    stops pre-tax at 402(g) and lets Roth go on, but turns no pre-tax election into Roth.
    """
    h = household
    rates = RatesByDate(h)
    plan_left = limits.compensation - h.ytd_plan_pay
    counted = match_counted(h, limits, events)
    deferred = h.ytd_pretax + h.ytd_roth
    left = limits.deferral_and_catch_up - h.elsewhere - deferred
    pretax_left = limits.deferral - h.elsewhere - h.ytd_pretax
    stops = h.compensation_practice == "stops contributions"
    lines = []
    for event, match_pay in zip(events, counted, strict=True):
        counted_pay = max(0, min(event.plan_pay, plan_left))
        plan_left -= event.plan_pay
        pay = counted_pay if stops else event.plan_pay
        rate = rates.on(event.date, event.election)
        line = Draft(event, counted_pay, pay, match_pay, rate.pretax, rate.roth, rate.after_tax)

        line.pretax_elected = half_up(pay * rate.pretax, WHOLE)
        after_pretax = event.gross - line.pretax_elected
        line.roth_elected = min(half_up(pay * rate.roth, WHOLE), after_pretax)
        after_roth = after_pretax - line.roth_elected
        line.after_tax_elected = min(half_up(pay * rate.after_tax, WHOLE), after_roth)

        most_pretax = min(left, pretax_left) if limits.roth_catch_up else left
        line.pretax = max(0, min(line.pretax_elected, most_pretax))
        line.roth = max(0, min(line.roth_elected, left - line.pretax))
        left -= line.pretax + line.roth
        pretax_left -= line.pretax
        before, deferred = deferred, deferred + line.pretax + line.roth
        line.catch_up = catch_up_part(h, limits, deferred) - catch_up_part(h, limits, before)
        line.nonelective = half_up(counted_pay * h.nonelective_rate, WHOLE)
        lines.append(line)
    return lines


def match_counted(household: Household, limits: Limits, events: Sequence[Event]) -> list[int]:
    """Cents of each line's pay that the match counts, by the plan's 401(a)(17) practice.

    Prorated: each check at most the limit divided by the year's pays, and the year at most the limit. Else: pay
    counts until the year's pay has reached the limit. A match computed on the year's totals has no checks to prorate.
    """
    h = household
    left = limits.compensation - h.ytd_match_pay
    if h.compensation_practice != "prorated" or h.match_period == "annual":
        counted = []
        for event in events:
            counted.append(max(0, min(event.match_pay, left)))
            left -= event.match_pay
        return counted
    a_check = half_up(limits.compensation, periods(h))
    counted, check, check_left = [], -1, 0
    for event in events:
        if event.check != check:
            check, check_left = event.check, a_check
        pay = max(0, min(event.match_pay, check_left, left))
        check_left -= pay
        left -= pay
        counted.append(pay)
    return counted


def matched(household: Household, lines: Sequence[Draft]) -> list[Matched]:
    """The lines as the match sees them: only deferrals out of pay that the match counts."""
    h = household
    found = []
    for line in lines:
        event = line.event
        deferral = line.pretax + line.roth
        if not h.match_catch_up:
            deferral -= line.catch_up
        if h.match_after_tax:
            deferral += line.after_tax_elected
        if not event.in_match:
            deferral = 0
        found.append(Matched(event.date, event.check, line.match_pay, event.match_pay, deferral))
    return found


def ytd_matched(household: Household, limits: Limits) -> int:
    """Cents of the year-to-date contributions that the match counts."""
    h = household
    deferral = h.ytd_pretax + h.ytd_roth
    if not h.match_catch_up:
        deferral -= catch_up_part(h, limits, deferral)
    return deferral + (h.ytd_after_tax if h.match_after_tax else 0)


def pay_lines(
    household: Household, limits: Limits, lines: Sequence[Draft], match: Sequence[int], room: int
) -> tuple[PayLine, ...]:
    """The Pay sheet's lines: after-tax goes in as elected until the year's room is full.

    match: cents by line; room: cents of the whole year's after-tax, ytd_after_tax included.
    """
    h = household
    ytd_deferral = h.ytd_pretax + h.ytd_roth
    left = room - h.ytd_after_tax
    additions = ytd_deferral - catch_up_part(h, limits, ytd_deferral)
    additions += h.ytd_after_tax + h.ytd_match + h.ytd_nonelective
    done = []
    for line, posted in zip(lines, match, strict=True):
        after_tax = max(0, min(line.after_tax_elected, left))
        left -= after_tax
        additions += line.pretax + line.roth - line.catch_up + after_tax + posted + line.nonelective
        done.append(
            PayLine(
                line.event.date,
                line.event.kind,
                Cents(line.event.gross),
                Cents(line.plan_pay),
                Cents(line.match_pay),
                Cents(line.event.additions_pay),
                Millionths(line.pretax_rate),
                Millionths(line.roth_rate),
                Millionths(line.after_tax_rate),
                Cents(line.pretax_elected),
                Cents(line.roth_elected),
                Cents(line.pretax),
                Cents(line.roth),
                Cents(line.catch_up),
                Cents(line.after_tax_elected),
                Cents(after_tax),
                Cents(posted),
                Cents(line.nonelective),
                Cents(additions),
                Cents(max(0, left)),
            )
        )
    return tuple(done)
