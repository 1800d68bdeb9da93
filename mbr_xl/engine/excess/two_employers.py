"""Two employers in one year: one 402(g) limit for the person, one 415(c) limit for each unrelated employer."""

from __future__ import annotations

from dataclasses import dataclass

from mbr_xl.errors import InputError
from mbr_xl.money import Cents, dollars
from mbr_xl.rules import Rules


@dataclass(frozen=True, slots=True)
class TwoEmployers:
    """What another employer's plan leaves here; amounts are cents for the year.

    deferral_here: the most that may be deferred here, catch-up included; deferral_left: of it, not planned yet;
    untold: excess deferral of the year where this plan's payroll is not told of the deferrals elsewhere;
    limit: 415(c) that applies here, of both employers' pay where they are related; room: after-tax that fits here;
    from_elsewhere: catch-up that is one only because of deferrals elsewhere; strict_room: after-tax that fits if this
    plan does not count that part as catch-up; above_room: planned after-tax above `room`.
    """

    deferral_here: Cents
    deferral_left: Cents
    untold: Cents
    limit: Cents
    room: Cents
    from_elsewhere: Cents
    strict_room: Cents
    above_room: Cents


def two_employers(
    rules: Rules,
    deferral_limit: int,
    deferral: int,
    catch_up: int,
    after_tax: int,
    additions: int,
    additions_pay: int,
    own_room: int,
    elsewhere: int = 0,
    *,
    elected: int = 0,
    related: bool = False,
    elsewhere_additions: int = 0,
    elsewhere_pay: int = 0,
    by_415c: bool = False,
) -> TwoEmployers:
    """The room here in cents, never above what this plan alone leaves (`own_room`) and never below 0.

    rules: the year's law; deferral_limit: 402(g) and the catch-up allowed; deferral, catch_up, after_tax: of this
    plan; additions: all annual additions here, after-tax included; additions_pay: 415 pay here; own_room: after-tax
    that this plan and its caps allow by themselves; elsewhere: deferrals to other employers' plans; elected:
    deferrals here as elected, which payroll stops at the limit alone; related: the employers are one controlled or
    affiliated group; elsewhere_additions, elsewhere_pay: the other employer's, used where related; by_415c: catch-up
    is read above 415(c), where deferrals elsewhere make none.
    Raises InputError for a negative amount elsewhere.
    Source: 26 USC 402(g)(1), (3), 401(a)(30), 414(b), (c), (m), (o), 414(v)(3), 415(c), (f), (h).
    Choice: plans of unrelated employers are never added up; MBR_ROOM and the plan's own room are left as they are.
    """
    for name, amount in (
        ("elsewhere", elsewhere),
        ("elsewhere_additions", elsewhere_additions),
        ("elsewhere_pay", elsewhere_pay),
    ):
        if amount < 0:
            raise InputError(f"{name}: {dollars(amount)} is below 0; give 0 or more.")
    others = additions - after_tax + (elsewhere_additions if related else 0)
    limit = min(rules.annual_additions, additions_pay + (elsewhere_pay if related else 0))
    room = max(0, min(own_room, limit - others))
    from_elsewhere = 0 if by_415c else max(0, catch_up - max(0, deferral - rules.deferral))
    strict = max(0, min(own_room, limit - others - from_elsewhere))
    here = max(0, deferral_limit - elsewhere)
    return TwoEmployers(
        deferral_here=Cents(here),
        deferral_left=Cents(max(0, here - deferral)),
        untold=Cents(max(0, max(deferral, min(elected, deferral_limit)) + elsewhere - deferral_limit)),
        limit=Cents(limit),
        room=Cents(room),
        from_elsewhere=Cents(from_elsewhere),
        strict_room=Cents(strict),
        above_room=Cents(max(0, after_tax - room)),
    )
