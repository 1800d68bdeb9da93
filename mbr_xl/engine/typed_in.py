"""Where the input was typed that a finding is about: the column of a list and its row, or the input itself."""

from __future__ import annotations

from dataclasses import fields

from mbr_xl.household import ELECTION_OF, Household
from mbr_xl.results import PayLine, YearPlan
from mbr_xl.rules import Rules

OWN_LIMITS = tuple(item.name for item in fields(Household) if item.name.startswith("own_"))


def election(household: Household, pay: PayLine, name: str) -> tuple[str, int | None]:
    """The column of elections that a pay follows, and the row in it, counted from 1; None where no row has a rate.

    household: validated; pay: of its year; name: "pretax", "roth" or "after_tax".
    """
    h = household
    column = f"{ELECTION_OF[pay.kind] if h.separate_elections else 'base'}_{name}"
    rows = [
        number
        for number, one in enumerate(h.elections, start=1)
        if one.start <= pay.date and getattr(one, column) is not None
    ]
    return f"election_{column}", rows[-1] if rows else None


def limit_given(household: Household) -> str:
    """The first limit of the user's own, or the input that allows projected ones."""
    return next((name for name in OWN_LIMITS if getattr(household, name) is not None), "use_projection")


def pretax_beyond(household: Household, plan: YearPlan, rules: Rules) -> tuple[str, int | None]:
    """The column and the row of the pre-tax deferral that passes the limit without catch-up; plan: passes it."""
    h = household
    pretax = h.elsewhere + h.ytd_pretax
    if pretax > rules.deferral:
        return ("ytd_pretax" if h.ytd_pretax >= h.elsewhere else "elsewhere"), None
    recorded: list[tuple[object, str]] = [(one.date, one.kind) for one in h.paid]
    for pay in plan.pays:
        pretax += pay.pretax if pay.recorded else pay.pretax_elected
        if pretax > rules.deferral:
            break
    if pay.recorded:
        return "paid_pretax", recorded.index((pay.date, pay.kind)) + 1
    return election(h, pay, "pretax")


def most_of_additions(household: Household, plan: YearPlan) -> str:
    """The input that brings most of the annual additions before any more after-tax."""
    h, top = household, plan.headlines
    match = sum(one.match for one in h.paid) + h.ytd_match
    nonelective = sum(one.nonelective for one in h.paid) + h.ytd_nonelective
    parts = {
        "other_additions": h.other_additions,
        "profit_sharing" if h.profit_sharing else "profit_sharing_rate": top.total_profit_sharing,
        "ytd_after_tax": h.ytd_pretax + h.ytd_roth + h.ytd_after_tax + h.ytd_match + h.ytd_nonelective,
        "paid_after_tax": sum(one.pretax + one.roth + one.after_tax + one.match + one.nonelective for one in h.paid),
        "nonelective_rate": top.total_nonelective - nonelective,
        "match_max": top.total_match + top.true_up_due - match,
        "elections": sum(pay.pretax + pay.roth for pay in plan.pays if not pay.recorded),
    }
    return max(parts, key=lambda name: parts[name])
