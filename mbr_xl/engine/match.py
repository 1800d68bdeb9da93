"""The employer match of one pay or year, and a household's terms of it as the rule of `match_rule` reads them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from mbr_xl.engine.match_rule import (
    UNLIMITED,
    AwardTier,
    DollarTier,
    Formula,
    MatchTerms,
    ShareTier,
    on_dollars,
    on_pay,
)
from mbr_xl.engine.match_text import parse_match
from mbr_xl.errors import InputError
from mbr_xl.household import Household, Tier
from mbr_xl.money import Cents

__all__ = ["leaves_before_last_day", "match_amount", "match_terms", "parse_match", "segment_of", "unit_of"]


@lru_cache(maxsize=256)
def formula_of(tiers: tuple[Tier, ...]) -> Formula:
    """The formula of these tiers; each width is on top of those of its kind above it."""
    shares, awards, dollars, limits = [], [], [], 0
    share_from = dollars_from = 0
    for tier in tiers:
        if tier.kind == "share":
            shares.append(ShareTier(tier.rate, share_from, tier.width))
            share_from += tier.width
        elif tier.kind == "dollars":
            dollars.append(DollarTier(tier.rate, dollars_from, tier.width))
            dollars_from += tier.width
        elif tier.kind == "limit":
            limits += tier.rate
        else:
            awards.append(AwardTier(tier.rate, tier.width))
    by_pay, by_dollars = bool(shares or awards), bool(dollars or limits)
    return Formula(tuple(shares), tuple(awards), tuple(dollars), limits, by_pay, by_dollars)


def match_terms(household: Household) -> MatchTerms:
    """How the employer of a validated household matches."""
    h = household
    before = formula_of(h.match_tiers), formula_of(h.match_or)
    changes = h.match_change_date is not None
    after = (formula_of(h.match_tiers_after), formula_of(h.match_or_after)) if changes else before
    most = UNLIMITED if h.match_max is None else h.match_max
    return MatchTerms(*before, *after, changes, h.match_period != "none", h.match_period == "annual", most)


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
    amount = max(
        on_pay(one, pay, deferral, lines) + on_dollars(one, deferral, deferral_limit or 0)
        for one in (formula_of(tuple(tiers)), formula_of(tuple(alternative)))
    )
    return Cents(amount if most is None else min(amount, most))


def leaves_before_last_day(household: Household) -> bool:
    """Whether the last-day rule costs this saver what needs employment on 31 December."""
    h = household
    return h.last_day_rule and h.leave_date is not None and h.leave_date < date(h.tax_year, 12, 31)


def segment_of(household: Household, day: date) -> int:
    """0 before the formula changes, 1 from that day on."""
    return int(household.match_change_date is not None and day >= household.match_change_date)


def unit_of(household: Household, day: date, check: int) -> int:
    """The number of what the match is computed on together: a check, a quarter or the year, within one formula."""
    segment = segment_of(household, day)
    if household.match_period == "per pay":
        return 2 * check + segment
    return 2 * ((day.month - 1) // 3) + segment if household.match_period == "quarterly" else segment
