"""The employer match: of one pay, of a year, and of a year's pays one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mbr_xl.engine.match_text import parse_match
from mbr_xl.errors import InputError
from mbr_xl.household import Household, Tier
from mbr_xl.money import WHOLE, Cents, half_up

__all__ = ["Formula", "Matched", "annual_match", "full_match", "match_amount", "match_lines", "parse_match", "ytd_base"]

_SQUARE = WHOLE * WHOLE


@dataclass(frozen=True, slots=True)
class Formula:
    """One alternative of a match formula, made ready: tiers by kind, each with where it begins."""

    shares: tuple[tuple[int, int, int], ...]  # rate, from, width in millionths
    awards: tuple[tuple[int, int], ...]  # rate, share of pay to reach
    dollars: tuple[tuple[int, int, int], ...]  # rate, from and width in cents
    limits: int  # sum of the rates on deferrals up to the deferral limit

    @staticmethod
    def of(tiers: Sequence[Tier]) -> Formula:
        """The formula of these tiers; each width is on top of those of its kind above it."""
        shares, awards, dollars, limits = [], [], [], 0
        share_from = dollars_from = 0
        for tier in tiers:
            if tier.kind == "share":
                shares.append((int(tier.rate), share_from, tier.width))
                share_from += tier.width
            elif tier.kind == "dollars":
                dollars.append((int(tier.rate), dollars_from, tier.width))
                dollars_from += tier.width
            elif tier.kind == "limit":
                limits += tier.rate
            else:
                awards.append((int(tier.rate), tier.width))
        return Formula(tuple(shares), tuple(awards), tuple(dollars), limits)

    @property
    def by_pay(self) -> bool:
        """Whether any tier is measured in shares of pay."""
        return bool(self.shares or self.awards)

    def on_pay(self, pay: int, deferral: int, lines: int) -> int:
        """Cents of the tiers measured in pay, for the pay and deferral of one unit, rounded once.

        lines: the pays in the unit. Each pay's deferral was rounded to the cent, so an award counts as reached up to
        half a cent a pay below its share.
        """
        part = 0
        for rate, start, width in self.shares:
            part += rate * max(0, min(deferral * WHOLE - start * pay, width * pay))
        for rate, width in self.awards:
            if pay > 0 and (2 * deferral + lines) * WHOLE >= 2 * width * pay:
                part += rate * pay * WHOLE
        return half_up(part, _SQUARE)

    def on_dollars(self, deferral: int, limit: int) -> int:
        """Cents of the tiers measured in dollars, for deferrals so far and the deferral limit, rounded once."""
        part = self.limits * min(deferral, limit)
        for rate, start, width in self.dollars:
            part += rate * max(0, min(deferral - start, width))
        return half_up(part, WHOLE)

    def in_full(self, pay: int, limit: int) -> int:
        """Cents for somebody who defers without end: every width filled, every award reached."""
        part = sum(rate * width * pay for rate, _, width in self.shares)
        part += sum(rate * pay * WHOLE for rate, _ in self.awards if pay > 0)
        flat = self.limits * limit + sum(rate * width for rate, _, width in self.dollars)
        return half_up(part, _SQUARE) + half_up(flat, WHOLE)


def match_amount(
    pay: int,
    deferral: int,
    tiers: Sequence[Tier],
    alternative: Sequence[Tier] = (),
    most: int | None = None,
    deferral_limit: int | None = None,
    lines: int = 1,
) -> Cents:
    """Match in cents on one pay or one year; never below 0 or above `most`.

    pay, deferral: cents of the pay or year, not negative; tiers, alternative: the greater of the two counts; most:
    dollar maximum; deferral_limit: cents, needed by tiers up to the deferral limit; lines: pays in `pay`.
    Raises InputError for negative amounts, or where a tier needs the deferral limit and there is none.
    """
    if pay < 0 or deferral < 0:
        raise InputError("Pay and deferral cannot be negative: give dollars, 0 or more.")
    if deferral_limit is None and any(tier.kind == "limit" for tier in (*tiers, *alternative)):
        raise InputError("A match up to the deferral limit needs the year: give it, such as 2026.")
    amounts = [
        one.on_pay(pay, deferral, lines) + one.on_dollars(deferral, deferral_limit or 0)
        for one in (Formula.of(tiers), Formula.of(alternative))
    ]
    amount = max(amounts)
    return Cents(amount if most is None else min(amount, most))


@dataclass(frozen=True, slots=True)
class Matched:
    """One line as the match sees it, in cents: its check, pay counted after and before 401(a)(17), deferral counted."""

    date: date
    check: int
    pay: int
    raw_pay: int
    deferral: int


def formulas(household: Household) -> tuple[tuple[Formula, Formula], tuple[Formula, Formula]]:
    """The two alternatives before the change of formula, and the two after it."""
    h = household
    before = Formula.of(h.match_tiers), Formula.of(h.match_or)
    if h.match_change_date is None:
        return before, before
    return before, (Formula.of(h.match_tiers_after), Formula.of(h.match_or_after))


def leaves_before_last_day(household: Household) -> bool:
    """Whether the last-day rule costs this saver what needs employment on 31 December."""
    h = household
    return h.last_day_rule and h.leave_date is not None and h.leave_date < date(h.tax_year, 12, 31)


def segment_of(household: Household, day: date) -> int:
    """0 before the formula changes, 1 from that day on."""
    return int(household.match_change_date is not None and day >= household.match_change_date)


def ytd_base(formula: Formula, household: Household, ytd_deferral: int, limit: int) -> int:
    """Match so far that the tiers measured in pay are taken to have earned: what the dollar tiers do not explain."""
    if household.match_period == "annual" or not formula.by_pay:
        return 0
    return max(0, household.ytd_match - formula.on_dollars(ytd_deferral, limit))


def match_lines(
    household: Household, lines: Sequence[Matched], ytd_deferral: int, limit: int, compensation: int
) -> list[int]:
    """Match posted on each line, in cents: on the last line of its check, quarter or year, else 0.

    household: validated; lines: in order of payment; ytd_deferral: matched deferral so far; limit: the deferral limit
    that tiers up to it mean; compensation: 401(a)(17).
    What a formula has earned so far is never taken back, and never more than match_max in the year.
    """
    h = household
    match = [0] * len(lines)
    annual = h.match_period == "annual"
    if h.match_period == "none" or (annual and leaves_before_last_day(h)):
        return match
    left = None if h.match_max is None else max(0, h.match_max - h.ytd_match)
    pairs = formulas(h)
    units = [_unit(h, line) for line in lines]
    segment = -1
    pay = deferral = paid_lines = 0  # of the open unit
    for t, line in enumerate(lines):
        if segment != units[t][0]:
            segment = units[t][0]
            one, other = pairs[segment]
            running, base_one, base_other, highest = 0, 0, 0, 0  # deferral, share parts and match of the segment
            if segment == 0:
                running = ytd_deferral
                base_one, base_other = (ytd_base(f, h, ytd_deferral, limit) for f in (one, other))
                if annual:
                    pay, deferral = min(compensation, h.ytd_match_pay), ytd_deferral
                    paid_lines, highest = int(h.ytd_match_pay > 0), int(h.ytd_match)
                else:
                    highest = max(f.on_dollars(running, limit) + b for f, b in ((one, base_one), (other, base_other)))
        pay += line.pay
        deferral += line.deferral
        paid_lines += line.pay > 0
        running += line.deferral
        if t + 1 < len(lines) and units[t] == units[t + 1]:
            continue
        base_one += one.on_pay(pay, deferral, paid_lines)
        base_other += other.on_pay(pay, deferral, paid_lines)
        earned = max(base_one + one.on_dollars(running, limit), base_other + other.on_dollars(running, limit))
        amount = max(0, earned - highest)
        highest = max(highest, earned)
        pay = deferral = paid_lines = 0
        if left is not None:
            amount = min(amount, left)
            left -= amount
        match[t] = amount
    return match


def _unit(household: Household, line: Matched) -> tuple[int, int]:
    """What the match is computed on together: a check, a quarter or the year, within one formula."""
    segment = segment_of(household, line.date)
    if household.match_period == "per pay":
        return segment, line.check
    return segment, (line.date.month - 1) // 3 if household.match_period == "quarterly" else 0


def annual_match(
    household: Household, lines: Sequence[Matched], ytd_deferral: int, limit: int, compensation: int, full: bool = False
) -> int:
    """Match in cents that the formula gives on the whole year's pay and deferral, at most match_max.

    As match_lines; full: as if the saver deferred without end.
    Source: 26 USC 401(a)(17)(A): the year's pay counts up to the limit, however payroll spreads it.
    """
    h = household
    if h.match_period == "none":
        return 0
    total, left = 0, compensation
    for segment, pair in enumerate(formulas(h)):
        raw = [line for line in lines if segment_of(h, line.date) == segment]
        pay, deferral = sum(line.raw_pay for line in raw), sum(line.deferral for line in raw)
        paid_lines = sum(line.raw_pay > 0 for line in raw)
        if segment == 0:
            pay, deferral = pay + h.ytd_match_pay, deferral + ytd_deferral
            paid_lines += h.ytd_match_pay > 0
        elif h.match_change_date is None:
            break
        pay = min(left, pay)
        left -= pay
        total += max(
            f.in_full(pay, limit) if full else f.on_pay(pay, deferral, paid_lines) + f.on_dollars(deferral, limit)
            for f in pair
        )
    return total if h.match_max is None else min(total, h.match_max)


def full_match(household: Household, lines: Sequence[Matched], limit: int, compensation: int) -> int:
    """The most match the formula could give on this year's pay, whatever is deferred."""
    return annual_match(household, lines, 0, limit, compensation, full=True)
