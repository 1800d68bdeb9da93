"""The year pay by pay: each line with what counts, what is elected and what the limits let through."""

from __future__ import annotations

from collections.abc import Sequence

from mbr_xl.engine.columns import Made, Pays, Saver, Terms
from mbr_xl.engine.elections import within_caps
from mbr_xl.engine.events import Event
from mbr_xl.engine.year_rule import catch_up_part
from mbr_xl.money import WHOLE, Cents, Millionths, half_up
from mbr_xl.results import PayLine


def pay_lines(
    terms: Terms, saver: Saver, events: Sequence[Event], pays: Pays, made: Made, room: int
) -> tuple[PayLine, ...]:
    """The Pay sheet's lines of a year that the rule has filled; room: cents of the whole year's after-tax."""
    rates: tuple[int, ...]
    ytd_deferral = saver.ytd_pretax + saver.ytd_roth
    additions = ytd_deferral - catch_up_part(terms, saver, ytd_deferral)
    additions += saver.ytd_after_tax + saver.ytd_match + saver.ytd_nonelective
    left = room - saver.ytd_after_tax
    lines = []
    for t, event in enumerate(events):
        pretax, roth, catch_up = made.pretax[t], made.roth[t], made.catch_up[t]
        after_tax, match, nonelective = made.after_tax[t], made.match[t], made.nonelective[t]
        additions += pretax + roth - catch_up + after_tax + match + nonelective
        left -= after_tax
        rates = pays.pretax_rate[t], pays.roth_rate[t], pays.after_tax_rate[t]
        if terms.in_dollars:
            pay = made.plan_pay[t]
            together, most = half_up(pay * terms.combined_cap, WHOLE), half_up(pay * pays.after_tax_most[t], WHOLE)
            amounts = within_caps(*rates, together, most)
            rates = tuple(half_up(amount * WHOLE, pay) if pay else 0 for amount in amounts)
        lines.append(
            PayLine(
                event.date,
                event.kind,
                Cents(event.gross),
                Cents(made.plan_pay[t]),
                Cents(made.match_pay[t]),
                Cents(event.additions_pay),
                Millionths(rates[0]),
                Millionths(rates[1]),
                Millionths(rates[2]),
                Cents(made.pretax_elected[t]),
                Cents(made.roth_elected[t]),
                Cents(pretax),
                Cents(roth),
                Cents(catch_up),
                Cents(made.after_tax_elected[t]),
                Cents(after_tax),
                Cents(match),
                Cents(nonelective),
                Cents(additions),
                Cents(max(0, left)),
                event.recorded,
            )
        )
    return tuple(lines)
