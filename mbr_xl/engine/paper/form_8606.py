"""Form 8606, Part III: the year's nonqualified withdrawals from Roth IRAs, line by line, and what is income of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from mbr_xl.client import Client
from mbr_xl.engine.paper.ages import turns_59_and_a_half
from mbr_xl.engine.paper.roth_ira import CLOCK, Layer, RothIra
from mbr_xl.money import Cents, dollars

FIRST_HOME = Cents(10_000_00)  # 26 USC 72(t)(8)(B): of a lifetime


@dataclass(frozen=True, slots=True)
class PartIII:
    """Lines 19 to 25c in cents; None is a line that the form says to skip.

    recaptured: what lines 23 and 24 reach of conversions taxed in the last five years: it can bear the 10%, and so can
    line 25c.
    """

    line_19: Cents
    line_20: Cents
    line_21: Cents
    line_22: Cents
    line_23: Cents | None
    line_24: Cents | None
    line_25a: Cents | None
    line_25b: Cents | None
    line_25c: Cents | None
    recaptured: Cents


def part_iii(account: RothIra, year: int, withdrawn: int, first_home: int = 0, old_all_year: bool = False) -> PartIII:
    """Lines 19 to 25c, from the basis as it stands before the year's withdrawals.

    account: after the year's contributions, conversions and rollovers, before its withdrawals; year: the tax year;
    withdrawn: cents, nonqualified, first homes included; first_home: cents of it for a first home, on line 20 once the
    five years are over; old_all_year: 59 1/2 on January 1, without which what is reached may bear the 10%.
    Source: Form 8606 (2025), Part III, and its instructions; 26 USC 408A(d)(2)(A)(iv), (3)(F), (4)(B), 72(t)(8)(B);
    Instructions for Form 5329, line 1.
    Choice: line 25b is 0: distributions after a disaster, a birth or the like, and what is paid back of them, are left
    out.
    """
    clock_done = account.first_year is not None and year >= account.first_year + CLOCK
    line_20 = first_home if clock_done else 0
    line_21 = max(0, withdrawn - line_20)
    line_23 = line_24 = line_25a = line_25b = line_25c = None
    if line_21:
        line_23 = Cents(max(0, line_21 - account.contributions))
    if line_23:
        line_24 = account.conversions
        line_25a = Cents(max(0, line_23 - line_24))
    if line_25a:
        line_25b, line_25c = Cents(0), line_25a
    reached = 0 if old_all_year else _taxed_lately(account.layers, line_23 or 0, year)
    return PartIII(
        Cents(withdrawn), Cents(line_20), Cents(line_21), account.contributions, line_23, line_24, line_25a, line_25b,
        line_25c, Cents(reached),
    )  # fmt: skip


def _taxed_lately(layers: tuple[Layer, ...], out: int, year: int) -> int:
    """Cents of taxed parts younger than five years that an amount out of conversions takes."""
    total = 0
    for layer in layers:
        taken = min(out, layer.taxed)
        total += taken if year < layer.year + CLOCK else 0
        out -= min(out, layer.taxed + layer.untaxed)
    return total


def old_all_year(client: Client) -> bool:
    """Whether the saver is 59 1/2 on January 1 of the tax year; not, without a date of birth."""
    born = client.household.birth_date
    return born is not None and turns_59_and_a_half(born) <= date(client.household.tax_year, 1, 1)


def withdrawal_problems(client: Client) -> Iterator[tuple[str, str]]:
    """What in this year's withdrawals cannot be: the input, and a sentence that says what is allowed."""
    paper, year = client.paper, client.household.tax_year
    out, home = paper.roth_ira_withdrawn or 0, paper.roth_ira_home or 0
    most = min(out, FIRST_HOME)
    if home > most:
        yield (
            "roth_ira_home",
            f"The withdrawal for a first home (roth_ira_home) is {dollars(home)}: give at most {dollars(most)}, of "
            "what was withdrawn this year.",
        )
    went_in = [
        one.year
        for one in paper.ledger
        if one.account == "Roth IRA" and one.kind != "withdrawal" and one.amount and one.year <= year
    ]
    first = min([*went_in, *([paper.roth_ira_since] if paper.roth_ira_since else [])], default=year)
    if out and old_all_year(client) and year >= first + CLOCK:
        yield (
            "roth_ira_withdrawn",
            f"The withdrawal (roth_ira_withdrawn) of {dollars(out)} is typed as nonqualified, but 59 1/2 and the five "
            f"years were reached before {year}: every withdrawal is qualified, leave it blank.",
        )
