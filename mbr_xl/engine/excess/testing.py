"""The nondiscrimination test of match and after-tax: whether it concerns this saver, and what a refund would be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from mbr_xl.engine.excess.acp import HUNDREDTH, acp_limit
from mbr_xl.engine.excess.excess_deferral import earnings_on
from mbr_xl.errors import InputError
from mbr_xl.money import WHOLE, Cents, Millionths, dollars, half_up, share_of
from mbr_xl.rules import Penalties

Told = Literal["yes", "no", "not told"]


def highly_compensated(
    hce_limit: int | None,
    lookback_pay: int | None,
    five_percent_owner: bool = False,
    top_paid_election: bool = False,
    in_top_paid: bool | None = None,
) -> Told:
    """Whether the saver is a highly compensated employee this year; "not told" where the facts do not say.

    hce_limit: cents of 414(q) of the year BEFORE this one, None where it is not known; lookback_pay: cents of last
    year's 415 compensation from this employer, None if not known; five_percent_owner: more than 5%, this year or
    last; top_paid_election: the employer counts only the top-paid 20%; in_top_paid: whether the saver was one of them.
    Raises InputError for negative pay.
    Source: 26 USC 414(q)(1) to (3) (pay of the preceding year "in excess of" that year's amount).
    Choice: under the election a blank in_top_paid counts as yes.
    """
    if lookback_pay is not None and lookback_pay < 0:
        raise InputError(f"Last year's pay (lookback_pay) is {dollars(lookback_pay)}: give dollars, 0 or more.")
    if five_percent_owner:
        return "yes"
    if top_paid_election and in_top_paid is False:
        return "no"
    if hce_limit is None or lookback_pay is None:
        return "not told"
    return "yes" if lookback_pay > hce_limit else "no"


@dataclass(frozen=True, slots=True)
class AcpTest:
    """One saver in the ACP test and what a refund would be; amounts are cents.

    counted: match and after-tax of the year that the test counts; pay: testing pay, within 401(a)(17); ratio: of the
    two, in steps of 0.01%; limit: what the highly compensated may average; fits: what still fits if every one of them
    did as this saver does. refund: what would come back if every one did and the test failed; most: what could come
    back at the worst, since the largest dollars are refunded first; after_tax and match: the parts of `refund`;
    earnings: on it; taxable: of the refund in the year it is paid; tax: on that; ira_excise: a year's excise where it
    had gone to a Roth IRA; employer_excise: the employer's, if it is late; refund_by: without that excise; last_day.
    earnings, taxable, tax: None where there is a refund whose earnings are not told.
    """

    counted: Cents
    pay: Cents
    ratio: Millionths
    limit: Millionths
    fits: Cents
    refund: Cents
    most: Cents
    after_tax: Cents
    match: Cents
    earnings: Cents | None
    taxable: Cents | None
    tax: Cents | None
    ira_excise: Cents
    employer_excise: Cents
    refund_by: date
    last_day: date


def acp_test(
    year: int,
    penalties: Penalties,
    nhce_acp: int,
    match: int,
    after_tax: int,
    pay: int,
    *,
    safe_harbor_match: bool = False,
    automatic_enrollment: bool = False,
    returned_earnings: int | None = 0,
    rate: int = 0,
    in_roth_ira: int = 0,
) -> AcpTest:
    """What the ACP test would send back in cents if every highly compensated employee did as this saver does.

    year: the tested calendar year; penalties: its excise rates; nhce_acp: average of the others, millionths; match:
    cents for the year, true-up included; after_tax: cents; pay: testing pay within 401(a)(17), cents.
    safe_harbor_match: the match is left out of the test; automatic_enrollment: the plan is an EACA;
    returned_earnings: earnings on a refund as a share of it, None is not told, rate: tax on the next dollar, both
    millionths; in_roth_ira: cents of this year's after-tax that have been rolled to a Roth IRA.
    Raises InputError for an average that cannot be.
    Source: 26 USC 401(m)(2), (3), (6), (7) (income taxed when paid, no 72(t)), 4979(a), (f),
    4973(a), (f); Reg. 1.401(m)-2(a)(3) (ratios to 0.01%), 1.401(m)-2(b)(2) (largest dollars first, with their income).
    Choice: unmatched after-tax is refunded before match; match refunded is vested, so paid and taxable; the excess is
    what stands above the limit times pay.
    """
    counted = after_tax + (0 if safe_harbor_match else match)
    ratio = half_up(counted * (WHOLE // HUNDREDTH), pay) * HUNDREDTH if pay else 0
    limit = acp_limit(nhce_acp)
    allowed = share_of(pay, limit)
    refund = max(0, counted - allowed) if ratio > limit or (counted and not pay) else 0
    of_after_tax = min(refund, after_tax)
    of_match = refund - of_after_tax
    earnings = earnings_on(refund, returned_earnings)
    taxable = None if earnings is None else Cents(of_match + earnings)
    return AcpTest(
        counted=Cents(counted),
        pay=Cents(pay),
        ratio=Millionths(ratio),
        limit=limit,
        fits=Cents(max(0, allowed - counted)),
        refund=Cents(refund),
        most=Cents(counted),
        after_tax=Cents(of_after_tax),
        match=Cents(of_match),
        earnings=earnings,
        taxable=taxable,
        tax=None if taxable is None else Cents(share_of(taxable, rate)),
        ira_excise=Cents(share_of(min(of_after_tax, in_roth_ira), penalties.excess_ira)),
        employer_excise=Cents(share_of(refund, penalties.late_refund)),
        refund_by=date(year + 1, 6, 30) if automatic_enrollment else date(year + 1, 3, 15),
        last_day=date(year + 1, 12, 31),
    )
