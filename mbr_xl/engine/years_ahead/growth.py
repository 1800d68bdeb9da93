"""What a yearly amount becomes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import floor
from typing import Literal, get_args

from mbr_xl.errors import InputError
from mbr_xl.money import WHOLE, Cents, dollars

Timing = Literal["end", "begin"]
MOST_YEARS = 100


def future_value(
    annual: int,
    years: int,
    growth: int,
    timing: str = "end",
    drag: int = 0,
    opening: int = 0,
    exit_rate: int = 0,
) -> Cents:
    """The value in cents after the last year, never below 0; without growth, the money put in.

    annual: cents put in each year; years: whole years, 0 to 100; growth: millionths a year, may be negative.
    timing: "end" puts each year's money in on its last day, "begin" on its first.
    drag: the share of each year's growth lost to tax that year, millionths; opening: cents that are there at the start.
    exit_rate: millionths of the growth, value less money put in and opening, that are taken at the end.
    Raises InputError for an unknown word, a negative amount, or a rate or number of years out of bounds.
    Source: arithmetic, the annuity formula of Excel's FV; hypothetical, before fees.
    Choice: a loss has no drag and no tax at the end; the opening counts as money put in, not as growth.
    """
    if timing not in get_args(Timing):
        raise InputError(f"{timing!r} is no time of the year: give end or begin.")
    if not 0 <= years <= MOST_YEARS:
        raise InputError(f"{years} years cannot be planned: give a whole number from 0 to {MOST_YEARS}.")
    for name, amount in (("yearly amount", annual), ("opening amount", opening)):
        if amount < 0:
            raise InputError(f"The {name} is {dollars(amount)}: give dollars, 0 or more.")
    if not -WHOLE < growth <= WHOLE:
        raise InputError("Growth a year is above -100% and at most 100%.")
    for name, rate in (("tax drag", drag), ("tax at the end", exit_rate)):
        if not 0 <= rate <= WHOLE:
            raise InputError(f"The {name} is a share of the growth: give 0% to 100%.")

    value = value_at_end([annual] * years, growth, timing == "begin", drag, opening)
    return nearest_cent(after_tax(value, opening + annual * years, exit_rate))


def year_ends(
    amounts: Iterable[int], growth: int, begin: bool = False, drag: int = 0, opening: int = 0
) -> Iterator[float]:
    """The value in cents, not rounded, after each of the years in which these amounts are put in; as `future_value`."""
    yearly = growth / WHOLE
    if yearly > 0:
        yearly *= (WHOLE - drag) / WHOLE
    value = float(opening)
    for amount in amounts:
        value = (value + amount) * (1 + yearly) if begin else value * (1 + yearly) + amount
        yield value


def value_at_end(amounts: Iterable[int], growth: int, begin: bool = False, drag: int = 0, opening: int = 0) -> float:
    """The value in cents, not rounded, after the last of these years; the opening where there is none."""
    return [float(opening), *year_ends(amounts, growth, begin, drag, opening)][-1]


def after_tax(value: float, paid_in: int, rate: int) -> float:
    """What is left of a value in cents when its growth above the money put in is taxed; a loss is not."""
    return value - max(0.0, value - paid_in) * rate / WHOLE


def nearest_cent(value: float) -> Cents:
    """Whole cents, half up; a millionth of a cent is noise of binary fractions and turns no half into less."""
    return Cents(floor(round(value, 6) + 0.5))
