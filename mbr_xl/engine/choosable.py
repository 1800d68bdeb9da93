"""The year's lines as the choice of the best elections sees them: which are open, and what goes in anyway."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from mbr_xl.engine.columns import STARTS_AT_LIMIT, Made, Pays, Saver, Terms
from mbr_xl.engine.elections import Choosable, most_elected
from mbr_xl.engine.events import Event
from mbr_xl.household import Household
from mbr_xl.money import WHOLE, half_up


def open_from(household: Household) -> date:
    """The first day on which a pay that is not recorded follows a new election.

    Choice: with change_from blank, all pays up to the last recorded one are past, recorded themselves or not.
    """
    h = household
    if h.change_from is not None or not h.paid:
        return h.change_from or date.min
    return max(record.date for record in h.paid) + timedelta(days=1)


def choosable(
    household: Household, lines: Sequence[Event], terms: Terms, saver: Saver, pays: Pays, made: Made
) -> list[Choosable]:
    """The lines of a year that the rule has filled, for `best_elections`."""
    found = []
    to_limit = terms.deferral + saver.catch_up - saver.elsewhere - saver.ytd_pretax - saver.ytd_roth
    first, most = open_from(household), most_elected(household)
    for t, line in enumerate(lines):
        to_limit -= made.pretax[t] + made.roth[t]
        pay = made.plan_pay[t]
        can_change = line.date >= first and not line.recorded and line.election != "commission"
        if terms.spill_over == STARTS_AT_LIMIT and to_limit > 0:  # it takes no after-tax yet
            can_change = False
        if terms.in_dollars:
            deferral = made.pretax_elected[t] + made.roth_elected[t]
            together = half_up(pay * most, WHOLE) - deferral
            highest = min(half_up(pay * pays.after_tax_most[t], WHOLE), together)
        else:
            highest = most - pays.pretax_rate[t] - pays.roth_rate[t]
        after_tax = made.spilled[t] if can_change else made.after_tax_elected[t]
        if line.recorded:
            after_tax = pays.paid_after_tax[t]
        found.append(Choosable(line.election, can_change, pay, highest, after_tax))
    return found
