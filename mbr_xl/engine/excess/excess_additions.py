"""Annual additions above 415(c): in which order money comes back or is forfeited, and what of it is taxed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mbr_xl.engine.excess.excess_deferral import earnings_on
from mbr_xl.errors import InputError
from mbr_xl.household import Tier
from mbr_xl.money import Cents, dollars, half_up, share_of
from mbr_xl.rules import Penalties


def counted_by_match(formulas: Sequence[Sequence[Tier]], pay: int) -> int | None:
    """The cents of a year's contributions that a match formula looks at; None is all of them, 0 without a formula.

    formulas: the tiers of each formula that may apply; the one that looks at most counts. pay: cents of match pay
    within 401(a)(17).
    Choice: the widths of all tiers of the year, whatever their rate; an award counts up to the share that earns it.
    """
    most = 0
    for tiers in formulas:
        if any(tier.kind == "limit" for tier in tiers):
            return None
        shares = sum(tier.width for tier in tiers if tier.kind == "share")
        flat = sum(tier.width for tier in tiers if tier.kind == "dollars")
        award = max((tier.width for tier in tiers if tier.kind == "award"), default=0)
        most = max(most, share_of(pay, shares) + flat, share_of(pay, award))
    return most


@dataclass(frozen=True, slots=True)
class Additions:
    """The annual additions of one plan's year by what they are, in cents; deferrals without catch-up."""

    after_tax: int
    pretax: int
    roth: int
    match: int
    employer: int  # nonelective, profit sharing, forfeitures and any other addition
    matched_after_tax: int  # of after_tax
    matched_deferral: int  # of pretax and roth


@dataclass(frozen=True, slots=True)
class ExcessAdditions:
    """How an excess is taken out, in the order of the fields up to forfeited_employer; amounts are cents.

    The first three leave for the person with earnings; matched ones take their match along, which is forfeited.
    pretax, roth: what the deferrals that come back are; earnings: on all that comes back; taxable, tax: in the year it
    is paid; ira_excise: a year's excise on after-tax that had gone to a Roth IRA. earnings, taxable, tax: None where
    something comes back whose earnings are not told.
    """

    excess: Cents
    unmatched_after_tax: Cents
    unmatched_deferral: Cents
    matched_after_tax: Cents
    matched_deferral: Cents
    forfeited_match: Cents
    forfeited_employer: Cents
    pretax: Cents
    roth: Cents
    earnings: Cents | None
    taxable: Cents | None
    tax: Cents | None
    ira_excise: Cents


def excess_additions(
    penalties: Penalties,
    limit: int,
    made: Additions,
    *,
    returned_earnings: int | None = 0,
    rate: int = 0,
    in_roth_ira: int = 0,
) -> ExcessAdditions:
    """By how many cents the additions pass the limit, 0 or more, and in which order that is corrected.

    penalties: the year's excise rates; limit: cents of 415(c), or of pay if less; made: the additions by kind.
    returned_earnings: on what comes back as a share of it, None is not told, rate: tax on the next dollar, both
    millionths; in_roth_ira: cents of this year's after-tax that have been rolled to a Roth IRA.
    Raises InputError where more is said to be matched than was contributed.
    Source: 26 USC 415(c), 4973(a), (f); Rev. Proc. 2021-30, section 6.06(2) (unmatched after-tax, then unmatched
    deferrals, each with earnings; then matched after-tax and matched deferrals with their match, which is forfeited
    like employer money); Reg. 1.402(c)-2 (no rollover); instructions to Form 1099-R, code E.
    Choice: the match that goes with a matched dollar is the year's match over all matched dollars; of deferrals the
    pre-tax ones come back first; a share ends in whole cents and the parts add up to the excess.
    """
    deferral = made.pretax + made.roth
    if made.matched_deferral > deferral or made.matched_after_tax > made.after_tax:
        raise InputError(
            f"Matched deferrals (matched_deferral) of {dollars(made.matched_deferral)} cannot be: give at most "
            f"{dollars(deferral)}, the deferrals without catch-up."
        )
    excess = max(0, made.after_tax + deferral + made.match + made.employer - limit)
    left = excess
    unmatched_after_tax = min(left, made.after_tax - made.matched_after_tax)
    left -= unmatched_after_tax
    unmatched_deferral = min(left, deferral - made.matched_deferral)
    left -= unmatched_deferral

    matched = made.matched_after_tax + made.matched_deferral
    paid, forfeited = [0, 0], 0
    for place, amount in enumerate((made.matched_after_tax, made.matched_deferral)):
        alone = half_up(left * matched, matched + made.match) if matched else 0
        paid[place] = min(amount, alone)
        its_match = left - paid[place] if alone < amount else min(left - paid[place], _of(made.match, amount, matched))
        forfeited += its_match
        left -= paid[place] + its_match

    after_tax_back = unmatched_after_tax + paid[0]
    deferral_back = unmatched_deferral + paid[1]
    pretax = min(deferral_back, made.pretax)
    earnings = earnings_on(after_tax_back + deferral_back, returned_earnings)
    taxable = None if earnings is None else Cents(pretax + earnings)
    return ExcessAdditions(
        excess=Cents(excess),
        unmatched_after_tax=Cents(unmatched_after_tax),
        unmatched_deferral=Cents(unmatched_deferral),
        matched_after_tax=Cents(paid[0]),
        matched_deferral=Cents(paid[1]),
        forfeited_match=Cents(forfeited),
        forfeited_employer=Cents(left),
        pretax=Cents(pretax),
        roth=Cents(deferral_back - pretax),
        earnings=earnings,
        taxable=taxable,
        tax=None if taxable is None else Cents(share_of(taxable, rate)),
        ira_excise=Cents(share_of(min(after_tax_back, in_roth_ira), penalties.excess_ira)),
    )


def _of(match: int, amount: int, matched: int) -> int:
    return half_up(match * amount, matched) if matched else 0
