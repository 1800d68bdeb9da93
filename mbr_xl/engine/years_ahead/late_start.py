"""What waiting costs: contributions that are never made up, and their growth."""

from __future__ import annotations

from dataclasses import dataclass

from mbr_xl.engine.years_ahead.future import FutureTerms
from mbr_xl.engine.years_ahead.growth import nearest_cent, value_at_end
from mbr_xl.errors import InputError
from mbr_xl.money import Cents


@dataclass(frozen=True)
class LateStart:
    """Beginning so many years later, in cents at the end: what is missed, what is there, and how much less it is."""

    years: int
    missed: Cents
    worth: Cents
    less: Cents
    less_growth: Cents


def late_start(terms: FutureTerms, years: int) -> LateStart:
    """What the Roth money comes to at the end if contributions begin `years` years later; while growth is not below 0
    never more than beginning now.

    years: whole years from 0.
    Raises InputError for years below 0.
    Source: arithmetic; the usual case told is $40,000 a year and five years, $200,000 missed.
    Choice: the end and the year in which the plan stops taking the money stay where they are: a year's room that is
    not used is gone (26 USC 415(c) is a limit of each year).
    """
    if years < 0:
        raise InputError(f"A wait of {years} years cannot be: give a whole number, 0 or more.")
    missed = terms.amounts[:years]
    kept = (*[Cents(0)] * len(missed), *terms.amounts[years:])
    now, later = (nearest_cent(value_at_end(amounts, terms.growth, terms.begin)) for amounts in (terms.amounts, kept))
    less = now - later
    return LateStart(years, Cents(sum(missed)), later, Cents(less), Cents(less - sum(missed)))
