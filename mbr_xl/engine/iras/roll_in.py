"""Pre-tax IRA money moved into a 401(k) before December 31: what it changes for the ordinary backdoor."""

from __future__ import annotations

from dataclasses import dataclass

from mbr_xl.engine.iras.backdoor import Form8606, form_8606
from mbr_xl.errors import InputError
from mbr_xl.money import Cents, dollars, share_of


@dataclass(frozen=True, slots=True)
class RollIn:
    """Form 8606 as things stand and with the roll-in; `moved`: cents rolled in, `saves`: tax less in this year."""

    moved: Cents
    before: Form8606
    after: Form8606
    tax_before: Cents
    tax_after: Cents
    saves: Cents


def roll_in(
    contributed: int,
    converted: int,
    year_end_value: int,
    prior_basis: int = 0,
    late_contribution: int = 0,
    other_distributions: int = 0,
    pretax: int | None = None,
    rate: int = 0,
) -> RollIn:
    """What rolling pre-tax IRA money into a 401(k) by December 31 saves in cents of this year's tax, 0 or more.

    The first six are those of `form_8606`, without the roll-in; year_end_value: as it would be without it; pretax:
    cents that the 401(k) would take, None is all that is pre-tax; rate: tax on the next dollar, millionths.
    Never more than the pre-tax part is moved: no basis may go into a 401(k).
    Raises InputError as `form_8606` does, and where the pre-tax money is above the December 31 value.
    Source: 26 USC 408(d)(3)(A)(ii), (H) (only what would be taxable may go, and it goes first), 408(d)(2); Form 8606,
    lines 6 to 18.
    Choice: the part of the year's taxable income that other withdrawals leave is in the tax too.
    """
    if pretax is not None and not 0 <= pretax <= year_end_value:
        raise InputError(
            f"Pre-tax IRA money (ira_pretax) is {dollars(pretax)}: give 0 to {dollars(year_end_value)}, the value of "
            "the IRAs on December 31 (ira_value)."
        )
    given = (prior_basis, None, late_contribution, other_distributions)
    before = form_8606(contributed, converted, year_end_value, *given)
    taxable_money = max(0, before.line_9 - before.line_5)
    moved = min(year_end_value if pretax is None else pretax, year_end_value, taxable_money)
    after = form_8606(contributed, converted, year_end_value - moved, *given)
    tax_before = share_of(before.line_15 + before.line_18, rate)
    tax_after = share_of(after.line_15 + after.line_18, rate)
    return RollIn(
        Cents(moved), before, after, Cents(tax_before), Cents(tax_after), Cents(max(0, tax_before - tax_after))
    )
