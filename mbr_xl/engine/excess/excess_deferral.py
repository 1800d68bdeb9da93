"""Deferrals above 402(g) and the catch-up: which plan returns what, by when, and what is taxed when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from mbr_xl.errors import InputError
from mbr_xl.money import Cents, dollars, share_of

Kind = Literal["pre-tax", "Roth"]
From = Literal["this plan", "other plan"]

SAME_YEAR, NEXT_YEAR, LATE = "8", "P; its earnings 8", "1, 2 or 7, when the plan may pay it"
WITH_ROTH = "; with B for the Roth part"


@dataclass(frozen=True, slots=True)
class ExcessDeferral:
    """An excess deferral and its way back; amounts are cents, all 0 where there is none.

    excess: above the limit; here, there: the parts that this plan and the others return, here_pretax of it pre-tax;
    pretax, roth: what it is made of; earnings: that go with it; taxed_in_year: income of the tax year;
    taxed_when_paid: income of a later year in which it is paid; tax: on both; taxed_twice: tax a second time on the
    excess itself where it stays past the date; in_time: back by April 15; tell_by: the plan's date; return_by:
    April 15; code: of box 7, "" without an excess; leaves_additions: what no longer counts under 415(c) once this
    plan has returned it in time. earnings and what counts them: None where there is an excess whose earnings are
    not told.
    """

    excess: Cents
    here: Cents
    here_pretax: Cents
    there: Cents
    pretax: Cents
    roth: Cents
    earnings: Cents | None
    taxed_in_year: Cents | None
    taxed_when_paid: Cents | None
    tax: Cents | None
    taxed_twice: Cents
    in_time: bool
    tell_by: date
    return_by: date
    code: str
    leaves_additions: Cents


def excess_deferral(
    year: int,
    limit: int,
    pretax: int,
    roth: int,
    catch_up: int,
    elsewhere: int = 0,
    elsewhere_roth: int = 0,
    *,
    excess_from: From = "other plan",
    excess_first: Kind = "pre-tax",
    notice: date | None = None,
    returned: date | None = None,
    returned_earnings: int | None = 0,
    without_catch_up: int | None = None,
    rate: int = 0,
) -> ExcessDeferral:
    """By how many cents a person's deferrals pass 402(g) with catch-up, 0 or more, and what follows.

    year: of the deferrals; limit: 402(g) and the catch-up allowed; pretax, roth: deferrals to this plan; catch_up: the
    part of them that is no annual addition; elsewhere, elsewhere_roth: deferrals to other plans and their Roth part;
    excess_from: the plan asked first, the other returns only what it cannot; excess_first: which deferrals a plan
    returns first; notice: its date for being told, None is March 1; returned: the day it is paid, None is next year
    by April 15; returned_earnings: as a share of the excess, None: not told, rate: tax on the next dollar,
    both millionths; without_catch_up: cents of 402(g) alone, None is `limit`.
    Raises InputError where the Roth part elsewhere is more than all of it, or the money comes back before the year.
    Source: 26 USC 402(g)(1), (2)(A), (C), (6), 402A(c)(2), (d)(3); Reg. 1.402(g)-1(e), 1.415(c)-1(b)(2)(ii)(D);
    instructions to Form 1099-R, box 7.
    Choice: April 15 is not moved by a weekend or an extended return; earnings are a plain share of the excess; what
    remains after the return counts under 415(c) up to 402(g), as a plan that knows its own deferrals alone reads
    catch-up: never more room than either reading gives.
    """
    if elsewhere_roth > elsewhere:
        raise InputError(
            f"The Roth part of deferrals elsewhere (elsewhere_roth) is {dollars(elsewhere_roth)}: give at most "
            f"{dollars(elsewhere)}, the deferrals elsewhere."
        )
    if returned is not None and returned.year < year:
        raise InputError(f"An excess deferral of {year} cannot come back in {returned.year} (excess_returned).")
    plans = [(pretax, roth), (elsewhere - elsewhere_roth, elsewhere_roth)]
    excess = left = max(0, pretax + roth + elsewhere - limit)
    from_plan, from_kind, here_pretax = [0, 0], [0, 0], 0
    for plan in (0, 1) if excess_from == "this plan" else (1, 0):
        for kind in (0, 1) if excess_first == "pre-tax" else (1, 0):
            part = min(left, plans[plan][kind])
            from_plan[plan] += part
            from_kind[kind] += part
            here_pretax += part if plan == kind == 0 else 0
            left -= part
    earnings = earnings_on(excess, returned_earnings)
    return_by = date(year + 1, 4, 15)
    in_time = returned is None or returned <= return_by
    same_year = returned is not None and returned.year == year
    taxed_in_year = _sum(from_kind[0], earnings if same_year else 0)
    taxed_when_paid = Cents(0) if same_year else _sum(earnings, 0 if in_time else excess)
    taxed = _sum(taxed_in_year, taxed_when_paid)
    counted = pretax + roth - catch_up
    still_counted = min(pretax + roth - from_plan[0], limit if without_catch_up is None else without_catch_up)
    code = SAME_YEAR if same_year else NEXT_YEAR if in_time else LATE
    return ExcessDeferral(
        excess=Cents(excess),
        here=Cents(from_plan[0]),
        here_pretax=Cents(here_pretax),
        there=Cents(from_plan[1]),
        pretax=Cents(from_kind[0]),
        roth=Cents(from_kind[1]),
        earnings=earnings,
        taxed_in_year=taxed_in_year,
        taxed_when_paid=taxed_when_paid,
        tax=None if taxed is None else Cents(share_of(taxed, rate)),
        taxed_twice=Cents(share_of(excess, rate)),
        in_time=in_time,
        tell_by=notice or date(year + 1, 3, 1),
        return_by=return_by,
        code=(code + (WITH_ROTH if from_kind[1] else "")) if excess else "",
        leaves_additions=Cents(max(0, counted - still_counted) if in_time and from_plan[0] else 0),
    )


def earnings_on(amount: int, share: int | None) -> Cents | None:
    """Cents of earnings that go with an amount; None where there is an amount and their share is not told."""
    if share is None:
        return None if amount else Cents(0)
    return Cents(share_of(amount, share))


def _sum(*amounts: int | None) -> Cents | None:
    """None where one of them is not told."""
    return None if None in amounts else Cents(sum(amount or 0 for amount in amounts))
