"""Whether the plan's terms of conversion and the recorded conversions can be used."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from typing import get_args

from mbr_xl.engine.converting.path import ROTH_IRA, path_taken
from mbr_xl.engine.paydays import us_date
from mbr_xl.household import Household, Span
from mbr_xl.money import dollars
from mbr_xl.records import ConvertedTo

MOST_MONEY = 10**11


def conversion_problems(household: Household) -> Iterator[str]:
    """Every term or record of a conversion that cannot be used, a sentence each."""
    h = household
    yield from _path(h)
    for name, spans in (("conversion_windows", h.conversion_windows), ("blackouts", h.blackouts)):
        for number, span in enumerate(spans, 1):
            yield from _span(name, number, span)
    opening = h.ytd_date or date(h.tax_year, 1, 1)
    for number, row in enumerate(h.earlier_conversions, 1):
        if not _is_date(row.date):
            yield f"Row {number} of earlier_conversions: the date is {row.date!r}: give a date."
        elif row.date > opening:
            yield (
                f"Row {number} of earlier_conversions is {us_date(row.date)}, after {us_date(opening)}: record a "
                "conversion of this year with the others (converted)."
            )
    yield from _converted(h)


def _path(h: Household) -> Iterator[str]:
    if h.conversion_path == "in plan" and not h.in_plan_conversion:
        yield (
            "The path taken (conversion_path) is in plan, which the plan does not allow (in_plan_conversion): leave it "
            "blank, or say yes to in-plan conversion."
        )
    if h.conversion_path == "Roth IRA" and not h.in_service_withdrawal:
        yield (
            "The path taken (conversion_path) is Roth IRA, but the plan allows no in-service withdrawal "
            "(in_service_withdrawal): leave it blank, or say yes to the withdrawal."
        )
    if h.conversion_path == "in plan" and h.earnings_to == "traditional" and h.cadence != "none":
        yield (
            "Earnings (earnings_to) cannot go to a traditional IRA in an in-plan conversion (conversion_path): give "
            "Roth IRA, or another place for the earnings."
        )
    if h.withdrawal_age is not None and h.birth_date is None and path_taken(h) == ROTH_IRA:
        yield (
            f"In-service withdrawal begins at age {h.withdrawal_age} (withdrawal_age), but there is no date of birth "
            "(birth_date): give it."
        )


def _span(name: str, number: int, span: Span) -> Iterator[str]:
    if not (_is_date(span.start) and _is_date(span.end)):
        yield f"Row {number} of {name}: start and end must be dates, not {span.start!r} and {span.end!r}."
    elif span.end < span.start:
        yield f"Row {number} of {name} ends on {us_date(span.end)}, before it starts: give an end on or after it."


def _converted(h: Household) -> Iterator[str]:
    for number, row in enumerate(h.converted, 1):
        if not _is_date(row.date):
            yield f"Row {number} of converted: the date is {row.date!r}: give a date."
            return
        if row.date.year != h.tax_year:
            yield f"Row {number} of converted is {us_date(row.date)}: give conversions of {h.tax_year}."
        elif h.ytd_date and row.date <= h.ytd_date:
            yield (
                f"Row {number} of converted is {us_date(row.date)}, which the year-to-date figures through "
                f"{us_date(h.ytd_date)} already hold: give later ones."
            )
        if row.to not in get_args(ConvertedTo):
            yield f"Row {number} of converted: {row.to!r} is no place: give {' or '.join(get_args(ConvertedTo))}."
        for words, amount in (
            ("amount", row.amount),
            ("taxable part", row.taxable),
            ("amount to a traditional IRA", row.to_traditional),
        ):
            if amount is None and words == "taxable part":
                continue
            if isinstance(amount, bool) or not isinstance(amount, int):
                yield f"Row {number} of converted: the {words} is {amount!r}: give a number."
                return
            if not 0 <= amount <= MOST_MONEY:
                yield (
                    f"Row {number} of converted: the {words} is {dollars(amount)}: give dollars, 0 to "
                    f"{dollars(MOST_MONEY)}."
                )
        if row.taxable is not None and row.taxable > row.amount:
            yield (
                f"Row {number} of converted: the taxable part, {dollars(row.taxable)}, is above the amount, "
                f"{dollars(row.amount)}: give at most that."
            )
        if row.to_traditional and row.to == "Roth in plan":
            yield (
                f"Row {number} of converted: an in-plan conversion sends nothing to a traditional IRA: move it to "
                "Roth IRA, or leave to_traditional 0."
            )
    for (day, to), count in Counter((row.date, row.to) for row in h.converted).items():
        if count > 1:
            yield f"The list converted has {count} rows of {us_date(day)} to {to}: add them up in one."


def _is_date(value: object) -> bool:
    return isinstance(value, date) and not isinstance(value, datetime)
