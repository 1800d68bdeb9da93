"""The year's rule a second time, slow and in fractions: each figure from what the law and the plan say, line by line.

It takes from the product only the inputs and the limits; every "so far" is summed anew, so that no running figure of
the engine is repeated here. Money is cents as Fractions that are whole once rounded.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from math import floor
from typing import Any

from mbr_xl.household import ELECTION_OF, Household, Tier
from mbr_xl.rules import Rules
from tests.households import USUAL, regular_dates

WHOLE = 1_000_000
NONE = Fraction(10**15)


def cents(amount: Fraction | int) -> int:
    """Rounded half up, once."""
    return floor(Fraction(amount) + Fraction(1, 2))


@dataclass
class Line:
    """One pay: what it is, then what is found of it."""

    date: date
    kind: str
    gross: int
    counts: tuple[bool, bool, bool]  # for the plan's elections, the match, 415
    check: int
    stub: Any
    found: dict[str, Any] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        try:
            return self.__dict__["found"][name]
        except KeyError:
            raise AttributeError(name) from None


def lines_of(h: Household) -> list[Line]:
    """The pays of the year in order, those that Records have as their stubs show them."""
    regular = regular_dates(
        h.tax_year, h.pay_frequency, h.any_pay_date, h.second_day, h.shift, h.hire_date, h.leave_date
    )
    since = h.ytd_date or date.min
    stubs = {(one.date, one.kind): one for one in h.paid}
    rows: list[tuple[tuple[date, int, int], str, int, tuple[bool, bool, bool]]] = []
    for day in regular:
        salary = [h.annual_salary, *(one.annual_salary for one in h.raises if one.start <= day)][-1]
        share = [WHOLE, *(one.share_paid for one in h.leaves if one.start <= day <= one.end)][-1]
        periods = h.salary_divisor or USUAL[h.pay_frequency]
        rows.append(((day, 0, 0), "base", cents(Fraction(salary * share, WHOLE * periods)), (True, True, True)))
    for place, one in enumerate(h.payments):
        day = one.date if one.separate else min(day for day in regular if day >= one.date)
        counts = (one.in_plan_pay, one.in_match_pay, one.in_additions_pay)
        rows.append(((day, 2 if one.separate else 1, place), one.kind, one.amount, counts))
    found: list[Line] = []
    check = 0
    for key, kind, gross, counts in sorted(row for row in rows if row[0][0] > since):
        check += key[1] != 1
        stub = stubs.get((key[0], kind))
        found.append(Line(key[0], kind, gross if stub is None else stub.gross, counts, check, stub))
    return found


def in_force(h: Household, line: Line, what: str) -> int:
    kind = ELECTION_OF[line.kind] if h.separate_elections else "base"
    given = [getattr(one, f"{kind}_{what}") for one in h.elections if one.start <= line.date]
    return [0, *(one for one in given if one is not None)][-1]


def cap(h: Household, line: Line) -> int:
    kind = ELECTION_OF[line.kind] if h.separate_elections else "base"
    own = getattr(h, f"cap_{kind}")
    return (WHOLE if own is None else own) if h.after_tax_allowed else 0


def elect(h: Household, line: Line) -> None:
    """What the elections in force give on the pay: shares cut to the caps, or dollars cut to the caps in dollars."""
    most = WHOLE if h.combined_cap is None else h.combined_cap
    if h.election_unit == "dollars":
        most, own = cents(Fraction(line.pay * most, WHOLE)), cents(Fraction(line.pay * cap(h, line), WHOLE))
    else:
        own = cap(h, line)
    pretax = min(in_force(h, line, "pretax"), most)
    roth = min(in_force(h, line, "roth"), most - pretax)
    after_tax = min(in_force(h, line, "after_tax"), own, most - pretax - roth)
    if h.election_unit != "dollars":
        pretax, roth, after_tax = (cents(Fraction(line.pay * rate, WHOLE)) for rate in (pretax, roth, after_tax))
    line.found |= {"pretax_elected": min(pretax, line.gross)}
    line.found |= {"roth_elected": min(roth, line.gross - line.pretax_elected)}
    line.found |= {"alone": min(after_tax, line.gross - line.pretax_elected - line.roth_elected)}


def tiers_of(tiers: tuple[Tier, ...], pay: int, deferral: int, lines: int, running: int, limit: int) -> tuple[int, int]:
    """What the tiers in shares of pay give on a unit, and those in dollars on the year so far, each rounded once."""
    shares, dollars = Fraction(0), Fraction(0)
    share_from = dollar_from = Fraction(0)
    for tier in tiers:
        rate, width = Fraction(tier.rate, WHOLE), Fraction(tier.width)
        if tier.kind == "share":
            width = width / WHOLE
            shares += rate * max(Fraction(0), min(deferral - share_from * pay, width * pay))
            share_from += width
        elif tier.kind == "award":
            if pay > 0 and deferral + Fraction(lines, 2) >= width / WHOLE * pay:
                shares += rate * pay
        elif tier.kind == "dollars":
            dollars += rate * max(Fraction(0), min(running - dollar_from, width))
            dollar_from += width
        else:
            dollars += rate * min(running, limit)
    return cents(shares), cents(dollars)


def year(h: Household, rules: Rules, allowed: int, must_be_roth: bool) -> tuple[list[Line], dict[str, Any]]:
    """All lines and headlines up to after-tax; allowed: cents of catch-up, must_be_roth: whether it must be Roth."""
    lines = lines_of(h)
    compensation = rules.compensation
    for t, line in enumerate(lines):
        before = lines[:t]
        raw = line.gross * line.counts[0]
        past = h.ytd_plan_pay + sum(one.gross * one.counts[0] for one in before)
        counted = max(0, min(raw, compensation - past))
        line.found |= {"counted": counted, "pay": counted if h.compensation_practice == "stops contributions" else raw}
        raw = line.gross * line.counts[1]
        if h.compensation_practice == "prorated" and h.match_period != "annual":
            periods = h.salary_divisor or USUAL[h.pay_frequency]
            so_far = h.ytd_match_pay if h.ytd_match_counted is None else h.ytd_match_counted
            of_check = sum(one.match_pay for one in before if one.check == line.check)
            match_pay = min(
                raw, cents(Fraction(compensation, periods)) - of_check,
                compensation - so_far - sum(one.match_pay for one in before),
            )  # fmt: skip
        else:
            past = h.ytd_match_pay + sum(one.gross * one.counts[1] for one in before)
            match_pay = min(raw, compensation - past)
        line.found |= {"match_pay": max(0, match_pay)}
        elect(h, line)
        defer(h, rules, allowed, must_be_roth, lines, t)
    top = match(h, rules, allowed, lines)
    top |= rooms(h, rules, allowed, lines, top)
    for t, line in enumerate(lines):
        taken = sum(one.stub.after_tax for one in lines if one.stub)
        taken += sum(one.after_tax for one in lines[:t] if not one.stub)
        fits = min(line.after_tax_elected, top["after_tax_room"] - h.ytd_after_tax - taken)
        line.found |= {"after_tax": line.stub.after_tax if line.stub else max(0, fits)}
    top["total_after_tax"] = h.ytd_after_tax + sum(one.after_tax for one in lines)
    planned = [one for one in lines if not one.stub]
    excess = h.elsewhere + top["total_deferral"] - rules.deferral - allowed
    # Deferrals that run into the limit are what such a plan waits for.
    filled = h.spill_over == "starts at the limit" and h.after_tax_allowed and excess >= 0
    parts = ("after_tax",) if continues(h) or filled else ("pretax", "roth", "after_tax")
    fits = all(getattr(one, name) == getattr(one, f"{name}_elected") for one in planned for name in parts)
    limit_excess = top["total_after_tax"] - top["limit_room"]
    if h.catch_up_reading == "above_415c":
        # Catch-up is then what passes 415(c), at least what passes 402(g): as much as there is of it gives way.
        limit_excess = max(0, limit_excess)
    top["over_by"] = max(0, excess, limit_excess)
    top["elections_safe"] = fits and top["over_by"] == 0
    return lines, top


def continues(h: Household) -> bool:
    return h.spill_over == "deferral continues" and h.after_tax_allowed


def defer(h: Household, rules: Rules, allowed: int, must_be_roth: bool, lines: list[Line], t: int) -> None:
    """What of a pay is deferred, what spills over, and what of it is catch-up."""
    line, before = lines[t], lines[:t]
    ytd = h.ytd_pretax + h.ytd_roth
    limit = rules.deferral + allowed - h.elsewhere
    # Recorded pays count in full before a planned one; a recorded one looks back only, for what was elected of it.
    others = before if line.stub else [*before, *(one for one in lines[t + 1 :] if one.stub)]

    def put(one: Line, name: str) -> int:
        return int(getattr(one.stub if one.stub else one, name))

    left = limit - ytd - sum(put(one, "pretax") + put(one, "roth") for one in others)
    pretax_left = rules.deferral - h.elsewhere - h.ytd_pretax - sum(put(one, "pretax") for one in others)
    pretax = max(0, min(line.pretax_elected, left, pretax_left if must_be_roth else left))
    roth = max(0, min(line.roth_elected, left - pretax))
    spilled = line.pretax_elected + line.roth_elected - pretax - roth if continues(h) else 0
    if line.stub:
        pretax, roth = line.stub.pretax, line.stub.roth
    past = ytd + sum(put(one, "pretax") + put(one, "roth") for one in before)
    alone = line.alone
    if h.spill_over == "starts at the limit" and past + pretax + roth < limit:
        alone = 0

    def catch_up(deferred: int) -> int:
        return max(0, min(allowed, deferred, deferred + h.elsewhere - rules.deferral))

    now = catch_up(past + pretax + roth) - catch_up(past)
    after_tax = alone + spilled
    matched = pretax + roth - (0 if h.match_catch_up else now)
    if h.match_after_tax:
        matched += line.stub.after_tax if line.stub else after_tax
    nonelective = cents(Fraction(line.counted * h.nonelective_rate, WHOLE))
    if line.stub:
        nonelective = line.stub.nonelective
    line.found |= {
        "pretax": pretax, "roth": roth, "spilled": spilled, "after_tax_elected": after_tax, "catch_up": now,
        "matched": matched * line.counts[1],
        "nonelective": nonelective,
        "limit_reached": past + pretax + roth >= limit,
    }  # fmt: skip


def match(h: Household, rules: Rules, allowed: int, lines: list[Line]) -> dict[str, Any]:
    """The match of each pay and of the year."""
    early = h.last_day_rule and h.leave_date is not None and h.leave_date < date(h.tax_year, 12, 31)
    limit = rules.deferral + (allowed if h.match_catch_up else 0)
    change = h.match_change_date
    most = NONE if h.match_max is None else Fraction(h.match_max)
    ytd_deferral = h.ytd_pretax + h.ytd_roth
    caught = max(0, min(allowed, ytd_deferral, ytd_deferral + h.elsewhere - rules.deferral))
    ytd_matched = ytd_deferral - (0 if h.match_catch_up else caught) + (h.ytd_after_tax if h.match_after_tax else 0)
    if h.ytd_matched_deferral is not None:
        ytd_matched = h.ytd_matched_deferral
    ytd_lines = 55 if h.ytd_match_pay else 0
    annual = h.match_period == "annual"

    def segment(one: Line) -> int:
        return int(change is not None and one.date >= change)

    def unit(one: Line) -> tuple[int, int]:
        number = {"per pay": one.check, "quarterly": (one.date.month + 2) // 3}.get(h.match_period, 0)
        return segment(one), number

    formulas = ((h.match_tiers, h.match_or), (h.match_tiers_after, h.match_or_after))
    in_dollars = [any(tier.kind in ("dollars", "limit") for tiers in pair for tier in tiers) for pair in formulas]

    def earned(number: int, closed: list[list[Line]], last: list[Line]) -> int:
        """All that the formula of a segment has earned once these units are closed; `last` are its lines so far."""
        pair, first = formulas[number], number == 0
        running = (ytd_matched if first else 0) + sum(one.matched for one in last)
        by_pay = [[0], [0]]
        for part in closed:
            pay, deferral = sum(one.match_pay for one in part), sum(one.matched for one in part)
            count = sum(one.match_pay > 0 for one in part)
            if annual and first:
                pay, deferral = pay + min(rules.compensation, h.ytd_match_pay), deferral + ytd_matched
                count += ytd_lines
            for which, tiers in enumerate(pair):
                by_pay[which].append(tiers_of(tiers, pay, deferral, count, running, limit)[0])
        start = [0, 0]
        if first and not annual:
            for which, tiers in enumerate(pair):
                measured = any(tier.kind in ("share", "award") for tier in tiers)
                if measured and (which == 0 or in_dollars[0]):
                    start[which] = max(0, h.ytd_match - tiers_of(tiers, 0, 0, 0, ytd_matched, limit)[1])
        flat = [tiers_of(tiers, 0, 0, 0, running, limit)[1] for tiers in pair]
        if in_dollars[number]:
            return max(start[which] + sum(by_pay[which]) + flat[which] for which in (0, 1))
        return start[0] + sum(max(one, other) for one, other in zip(*by_pay, strict=True))

    recorded = sum(one.stub.match for one in lines if one.stub)
    for t, line in enumerate(lines):
        amount = 0
        closes = t == len(lines) - 1 or unit(lines[t + 1]) != unit(line)
        if h.match_period != "none" and closes and not (annual and early):
            so_far = [one for one in lines[: t + 1] if segment(one) == segment(line)]
            names = sorted({unit(one) for one in so_far}, key=[unit(one) for one in so_far].index)
            units = [[one for one in so_far if unit(one) == name] for name in names]
            reached = [
                earned(segment(line), units[:k], [one for part in units[:k] for one in part])
                for k in range(len(units) + 1)
            ]
            reached[0] = (h.ytd_match if annual else reached[0]) if segment(line) == 0 else 0
            posted = sum(one.stub.match for one in units[-1] if one.stub)
            new = reached[-1] - max(reached[:-1])
            paid = h.ytd_match + recorded + sum(one.match for one in lines[:t] if not one.stub)
            amount = max(0, min(new - posted if new > 0 else 0, most - paid))
        line.found["match"] = line.stub.match if line.stub else int(amount)

    annual_match, left = 0, rules.compensation
    for number, pair in enumerate(formulas if change else formulas[:1]):
        part = [one for one in lines if segment(one) == number]
        pay = sum(one.gross * one.counts[1] for one in part)
        deferral = sum(one.matched for one in part)
        count = sum(one.gross * one.counts[1] > 0 for one in part)
        if number == 0:
            pay, deferral, count = pay + h.ytd_match_pay, deferral + ytd_matched, count + ytd_lines
        pay = min(left, pay)
        left -= pay
        annual_match += max(sum(tiers_of(tiers, pay, deferral, count, deferral, limit)) for tiers in pair)
    annual_match = int(min(most, annual_match)) if h.match_period != "none" else 0
    total = h.ytd_match + sum(one.match for one in lines)
    due = h.true_up != "none" and h.match_period in ("per pay", "quarterly") and not early
    return {
        "total_match": total, "annual_match": annual_match, "true_up_due": max(0, annual_match - total) if due else 0,
        "early": early,
    }  # fmt: skip


def rooms(h: Household, rules: Rules, allowed: int, lines: list[Line], top: dict[str, Any]) -> dict[str, Any]:
    """What the year adds up to, and the room that it leaves for after-tax."""
    deferral = h.ytd_pretax + h.ytd_roth + sum(one.pretax + one.roth for one in lines)
    catch_up = max(0, min(allowed, deferral, deferral + h.elsewhere - rules.deferral))
    if h.catch_up_reading == "above_415c":
        catch_up = max(catch_up, min(allowed, deferral))
    nonelective = h.ytd_nonelective + sum(one.nonelective for one in lines)
    pay = min(rules.compensation, h.ytd_plan_pay + sum(one.gross * one.counts[0] for one in lines))
    sharing = 0 if top["early"] else cents(Fraction(pay * h.profit_sharing_rate, WHOLE)) + h.profit_sharing
    employer = top["total_match"] + top["true_up_due"] + nonelective + sharing
    additions_pay = h.ytd_additions_pay + sum(one.gross * one.counts[2] for one in lines)
    limit = min(rules.annual_additions, additions_pay)
    limit_room = limit - (deferral - catch_up) - employer - h.other_additions
    stops = h.compensation_practice == "stops contributions"
    plan_pay = (min(h.ytd_plan_pay, rules.compensation) if stops else h.ytd_plan_pay) + sum(one.pay for one in lines)
    bounds = [Fraction(limit_room)]
    if h.after_tax_cap is not None:
        bounds.append(Fraction(h.after_tax_cap))
    if h.after_tax_cap_share is not None:
        bounds.append(Fraction(cents(Fraction(plan_pay * h.after_tax_cap_share, WHOLE))))
    if not h.after_tax_allowed:
        bounds.append(Fraction(0))
    return {
        "total_deferral": deferral, "total_employer": employer, "additions_limit": limit, "limit_room": limit_room,
        "after_tax_room": int(max(Fraction(0), min(bounds))),
    }  # fmt: skip
