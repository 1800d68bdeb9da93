"""Whether the inputs can be used: every bad one gets a sentence that says what is wrong and what is allowed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields
from datetime import date, datetime
from itertools import pairwise
from typing import Any, get_args

from mbr_xl.engine.converting.validate_conversion import conversion_problems
from mbr_xl.engine.elections import KINDS
from mbr_xl.engine.paydays import us_date
from mbr_xl.engine.validate_paid import validate_paid
from mbr_xl.errors import InputError
from mbr_xl.fact import is_list
from mbr_xl.household import (
    MOST_DATES,
    MOST_TIERS,
    Household,
    PayKind,
    Tier,
    TierKind,
)
from mbr_xl.money import WHOLE, dollars, percent

MOST_MONEY = 10**11  # a billion dollars
MOST_LAG = 60
FIRST_YEAR, LAST_YEAR = 1975, 2100
FIRST_DATE = date(1900, 1, 1)
YEAR_TO_DATE = tuple(f.name for f in fields(Household) if f.name.startswith("ytd_") and f.name != "ytd_date")
SCALARS = tuple(
    (f.name, f.metadata["label"], str(f.type).removesuffix(" | None"), str(f.type).endswith(" | None"))
    for f in fields(Household)
    if not str(f.type).startswith("tuple")
)
LISTS = {
    **{f.name: f.metadata["most"] for f in fields(Household) if is_list(f)},
    "conversion_dates": MOST_DATES, "match_tiers": MOST_TIERS, "match_or": MOST_TIERS,
    "match_tiers_after": MOST_TIERS, "match_or_after": MOST_TIERS,
}  # fmt: skip


def validate(household: Household) -> None:
    """Nothing, if the inputs can be used.

    Raises InputError with the first that cannot.
    """
    for problem in problems(household):
        raise InputError(problem)


def problems(household: Household) -> Iterator[str]:
    """Every bad input in turn, a sentence each, in the order of the inputs.

    What depends on limits, on holidays or on more than one list (a payment without a pay to be paid in, wages that
    decide on Roth catch-up) is refused where it is used.
    """
    broken = list(_scalars(household))
    broken += _too_long(household)
    yield from broken
    if not broken:  # the rest compares values of the right kind
        checks = (_saver, _pay, _year_to_date, _payments, _elections, _match, _conversion, conversion_problems)
        for check in (*checks, validate_paid):
            yield from check(household)


def _scalars(h: Household) -> Iterator[str]:
    for name, label, kind, optional in SCALARS:
        value = getattr(h, name)
        if value is None and (optional or kind == "bool"):  # a blank yes or no is no
            continue
        fault = _fault(name, kind, value)
        if fault:
            yield f"{label} ({name}) {fault}."


def _fault(name: str, kind: str, value: Any) -> str:
    """What is wrong with one value and what is allowed; empty if nothing is."""
    if value is None:
        return "is blank: it is needed" if name != "any_pay_date" else "is blank: give any regular pay date"
    if kind == "bool":
        return "" if isinstance(value, bool) else f"is {value!r}: give yes or no"
    if kind == "str":
        return "" if isinstance(value, str) else f"is {value!r}: give text"
    if kind == "date":
        return "" if _is_date(value) else f"is {value!r}: give a date from {FIRST_DATE.year} to {LAST_YEAR}"
    if kind in CHOICES:
        allowed = CHOICES[kind]
        return "" if value in allowed else f"is {value!r}: give {', '.join(allowed[:-1])} or {allowed[-1]}"
    if isinstance(value, bool) or not isinstance(value, int):
        return f"is {value!r}: give a number"
    if kind == "Cents":
        return _money(value)
    if kind == "Millionths":
        if name == "growth_rate":
            usable = -WHOLE < value <= 10 * WHOLE
            return "" if usable else f"is {percent(value)}: give a growth above -100% and at most 1000%"
        return _share(value)
    low, high = NUMBERS[name]
    return "" if low <= value <= high else f"is {value}: give a whole number from {low} to {high}"


def _money(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, int):
        return f"is {value!r}: give a number"
    if value < 0:
        return f"is {dollars(value)}: give dollars, 0 or more"
    return "" if value <= MOST_MONEY else f"is {dollars(value)}: give at most {dollars(MOST_MONEY)}"


def _share(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, int):
        return f"is {value!r}: give a rate such as 6%"
    return "" if 0 <= value <= WHOLE else f"is {percent(value)}: give 0% to 100%"


def _is_date(value: object) -> bool:
    # A datetime is a date to Python, yet cannot be compared with one.
    return (
        isinstance(value, date) and not isinstance(value, datetime) and value >= FIRST_DATE and value.year <= LAST_YEAR
    )


CHOICES: dict[str, tuple[str, ...]] = {
    "Frequency": ("weekly", "biweekly", "semimonthly", "monthly"),
    **{
        kind: tuple(word.strip().strip("\"'") for word in kind[len("Literal[") : -1].split(","))
        for kind in (str(f.type).removesuffix(" | None") for f in fields(Household))
        if kind.startswith("Literal[")
    },
}
NUMBERS = {
    "tax_year": (FIRST_YEAR, LAST_YEAR), "second_day": (1, 31), "salary_divisor": (1, 366),
    "posting_lag": (0, MOST_LAG), "conversion_lag": (0, MOST_LAG), "in_plan_most": (1, 12),
    "withdrawals_most": (1, 12), "withdrawal_age": (18, 80), "withdrawal_months": (0, 120), "suspends_months": (0, 60),
    "cost_years": (1, 50),
}  # fmt: skip


def _too_long(h: Household) -> Iterator[str]:
    for name, most in LISTS.items():
        count = len(getattr(h, name))
        if count > most:
            yield f"The list {name} has {count} rows: at most {most} are allowed."


def _ascending(name: str, starts: Sequence[date]) -> Iterator[str]:
    for one, other in pairwise(starts):
        if other <= one:
            yield (
                f"The list {name} goes from {us_date(one)} to {us_date(other)}: give dates ascending, each date once."
            )


def _row(name: str, number: int, fault: str, value: object) -> str:
    return f"Row {number} of {name}: {fault} {value}."


def _saver(h: Household) -> Iterator[str]:
    if h.birth_date is not None and not 1 <= h.tax_year - h.birth_date.year <= 120:
        yield f"Date of birth (birth_date) is {us_date(h.birth_date)}: give a date 1 to 120 years before {h.tax_year}."


def _pay(h: Household) -> Iterator[str]:
    if h.pay_frequency == "semimonthly" and h.second_day is None:
        yield "Other day of the month (second_day) is blank: semimonthly pay needs it, 1 to 31 (31 is the last day)."
    if h.hire_date and h.leave_date and h.hire_date > h.leave_date:
        yield (
            f"Hire date (hire_date) is {us_date(h.hire_date)}, after the last day of employment (leave_date) "
            f"{us_date(h.leave_date)}: give a hire date on or before it."
        )
    for number, change in enumerate(h.raises, 1):
        if not _is_date(change.start):
            yield _row("raises", number, "the start must be a date, not", repr(change.start))
            return
        if fault := _money(change.annual_salary):
            yield _row("raises", number, "the annual salary", fault)
    yield from _ascending("raises", [change.start for change in h.raises])
    for number, leave in enumerate(h.leaves, 1):
        if not (_is_date(leave.start) and _is_date(leave.end)):
            yield _row("leaves", number, "start and end must be dates, not", f"{leave.start!r} and {leave.end!r}")
            return
        if leave.end < leave.start:
            yield f"Row {number} of leaves ends on {us_date(leave.end)}, before it starts: give an end on or after it."
        if fault := _share(leave.share_paid):
            yield _row("leaves", number, "the share paid", fault)
    for one, other in pairwise(sorted(h.leaves, key=lambda leave: leave.start)):
        if other.start <= one.end:
            yield (
                f"The leaves from {us_date(one.start)} and from {us_date(other.start)} overlap: "
                "give leaves that end before the next starts."
            )


def _year_to_date(h: Household) -> Iterator[str]:
    if h.ytd_date is None:
        for name in YEAR_TO_DATE:
            if getattr(h, name):
                yield (
                    f"Year-to-date figures ({name}) are given without their date (ytd_date): "
                    "give the last pay date they include."
                )
                return
    elif h.ytd_date.year != h.tax_year:
        yield f"Figures through (ytd_date) is {us_date(h.ytd_date)}: give a date in {h.tax_year}."
    prorated = h.compensation_practice == "prorated" and h.match_period in ("per pay", "quarterly")
    if prorated and h.ytd_match_pay and h.ytd_match_counted is None:
        yield (
            "Where 401(a)(17) is prorated, ytd_match_pay alone does not say how much of it the match counted: give "
            "ytd_match_counted, the sum of each check up to the prorated limit."
        )
    if h.ytd_match_counted is not None and h.ytd_match_counted > h.ytd_match_pay:
        yield (
            f"Match pay counted so far (ytd_match_counted) is {dollars(h.ytd_match_counted)}, above ytd_match_pay, "
            f"{dollars(h.ytd_match_pay)}: give at most that."
        )
    if h.ytd_taxable > h.ytd_converted:
        yield (
            f"Taxable so far (ytd_taxable) is {dollars(h.ytd_taxable)}, above what was converted (ytd_converted), "
            f"{dollars(h.ytd_converted)}: give at most that."
        )


def _payments(h: Household) -> Iterator[str]:
    for number, payment in enumerate(h.payments, 1):
        if not _is_date(payment.date):
            yield _row("payments", number, "the date must be a date, not", repr(payment.date))
        if payment.kind not in get_args(PayKind):
            kinds = ", ".join(get_args(PayKind))
            yield _row("payments", number, f"{payment.kind!r} is no kind of payment: give", kinds)
        if fault := _money(payment.amount):
            yield _row("payments", number, "the amount", fault)
        flags = (payment.separate, payment.in_plan_pay, payment.in_match_pay, payment.in_additions_pay)
        if not all(isinstance(flag, bool) for flag in flags):
            yield _row("payments", number, "the four flags must be", "yes or no")


def _elections(h: Household) -> Iterator[str]:
    for number, election in enumerate(h.elections, 1):
        if not _is_date(election.start):
            yield _row("elections", number, "the start must be a date, not", repr(election.start))
            return
        for kind in KINDS:
            for contribution in ("pretax", "roth", "after_tax"):
                name = f"{kind}_{contribution}"
                rate = getattr(election, name)
                if rate is not None and (fault := _money(rate) if h.election_unit == "dollars" else _share(rate)):
                    yield _row("elections", number, name, fault)
            used = h.separate_elections or kind == "base"
            if used and not h.plan_has_roth and getattr(election, f"{kind}_roth"):
                yield f"The plan takes no Roth deferrals: leave {kind}_roth in row {number} of elections 0 or blank."
    yield from _ascending("elections", [election.start for election in h.elections])


def _match(h: Household) -> Iterator[str]:
    for name in ("match_tiers", "match_or", "match_tiers_after", "match_or_after"):
        tiers: tuple[Tier, ...] = getattr(h, name)
        for number, tier in enumerate(tiers, 1):
            if tier.kind not in get_args(TierKind):
                yield _row(name, number, f"{tier.kind!r} is no kind of tier: give", ", ".join(get_args(TierKind)))
            if not 0 <= tier.rate <= 10 * WHOLE:
                yield _row(name, number, "the rate is", f"{percent(tier.rate)}: give 0% to 1000%")
            if tier.kind in ("share", "award") and (fault := _share(tier.width)):
                yield _row(name, number, "the share of pay", fault)
            if tier.kind == "dollars" and (fault := _money(tier.width)):
                yield _row(name, number, "the dollars", fault)
            if tier.kind != "limit" and tier.width == 0:
                yield _row(name, number, "the width is 0: give", "the share of pay or the dollars it covers")
        if sum(tier.width for tier in tiers if tier.kind == "share") > WHOLE:
            yield f"The shares of pay in {name} come to more than 100%: each is the next share, on top of those above."
    if h.match_period == "none" and (h.match_tiers or h.match_or):
        yield "A match formula is given, but match_period is none: give per pay, quarterly or annual, or no formula."
    if h.match_period != "none" and not (h.match_tiers or h.match_or):
        yield f"The match is {h.match_period} (match_period), but match_tiers is empty: give the formula, or say none."
    if h.match_change_date and h.ytd_date and h.match_change_date <= h.ytd_date:
        yield (
            f"Formula changes on (match_change_date) {us_date(h.match_change_date)}, not after the year-to-date "
            f"figures ({us_date(h.ytd_date)}): give the formula now in force as the first, and no change."
        )


def _conversion(h: Household) -> Iterator[str]:
    if h.opening_pre_1987 > h.opening_basis:
        yield (
            f"The basis from before 1987 (opening_pre_1987) is {dollars(h.opening_pre_1987)}, above the opening basis "
            f"(opening_basis) {dollars(h.opening_basis)}: give at most that."
        )
    if h.opening_basis and not h.opening_value:
        yield (
            f"The opening basis (opening_basis) is {dollars(h.opening_basis)}, but the account's value (opening_value) "
            "is blank or 0: give what it is worth."
        )
    if h.in_plan_conversion and not h.plan_has_roth:
        yield (
            "An in-plan conversion (in_plan_conversion) needs Roth in the plan, and plan_has_roth is no: say no to it, "
            "or yes to Roth."
        )
    if h.earnings_to == "traditional" and h.cadence != "none" and not h.in_service_withdrawal:
        yield (
            "Earnings (earnings_to) can reach a traditional IRA only by an in-service withdrawal, which the plan does "
            "not allow (in_service_withdrawal): give roth or leave."
        )
    if h.cadence == "dates" and not h.conversion_dates:
        yield "Conversions are on dates (cadence), but conversion_dates is empty: give the dates, or another cadence."
    if h.federal_rate + h.state_rate > WHOLE:
        yield "Federal and state rates (federal_rate, state_rate) come to more than 100%: give rates that do not."
    if h.cadence == "dates":
        opening = h.ytd_date or date(h.tax_year, 1, 1)
        for day in h.conversion_dates:
            if not _is_date(day):
                yield f"A conversion date (conversion_dates) is {day!r}: give a date."
            elif day.year != h.tax_year or day <= opening:
                yield (
                    f"The conversion date {us_date(day)} (conversion_dates) is not in {h.tax_year} after "
                    f"{us_date(opening)}: give dates that are."
                )
