"""The year of many savers of one plan at once: a table in, a table out, by the very rule that `plan_year` runs.

Needs the extra `census` (numpy, numba, pandas). The first census of a process waits some seconds for the compiler.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from mbr_xl.census_years import ANSWERS, BASE, CENTS, COMMON, Lines, Savers, compilable, run
from mbr_xl.engine import elections
from mbr_xl.engine.binding import BINDING
from mbr_xl.engine.columns import NOT_GIVEN, Pays, Saver, pays_of, prorates, terms_of
from mbr_xl.engine.events import Event, events, periods
from mbr_xl.engine.match import leaves_before_last_day
from mbr_xl.engine.plan import limits_of
from mbr_xl.engine.validate import MOST_MONEY, validate
from mbr_xl.errors import InputError
from mbr_xl.household import Household
from mbr_xl.money import WHOLE, Cents, dollars
from mbr_xl.rules import Rules, bank_holidays

OWN = tuple(name for name in Saver._fields if name.startswith("ytd_") or name == "elsewhere")
MONEY = ("annual_salary", "prior_wages", *OWN)
DATES = ("birth_date", "hire_date", "leave_date")
RATES = tuple(f"{kind}_{what}" for kind in elections.KINDS for what in ("pretax", "roth", "after_tax"))
PAYMENTS = ("bonus", "commission", "rsu", "sign-on", "retention", "overtime", "other")

ALWAYS = (date.min.toordinal(), date.max.toordinal())


def plan_census(
    frame: pd.DataFrame, plan: Household, rules: Rules, holidays: Collection[date] | None = None
) -> pd.DataFrame:
    """A row of answers for each saver of one plan, in the order and with the index of `frame`.

    frame: a row a saver; each column is an input of the household that differs by saver. Dollars: annual_salary,
    prior_wages, elsewhere, the ytd_ figures, and bonus, commission, rsu, sign-on, retention, overtime, other (the
    amount of the plan's one payment of that kind). Shares of 1, in force all year: base_pretax, base_roth,
    base_after_tax, and the same of bonus and commission. Dates: birth_date, hire_date, leave_date. A blank is 0, of a
    date or prior_wages not known; without a column the plan's own value holds for all.
    plan: what all share, a household; rules, holidays: as `plan_year` takes them.
    The answers are CENTS in dollars, binding in words and elections_safe: each the headline of that name that
    `plan_year` gives for the saver.
    Raises InputError, naming the row, for what cannot be used; also for raises, leaves or recorded pays in the plan,
    for columns of elections beside elections in dollars, and for payments inside a regular pay beside dates of hire or
    leaving.
    """
    validate(plan)
    paid = [name for name in PAYMENTS if name in frame]
    _refuse(frame, plan, paid)
    closed = bank_holidays() if holidays is None else holidays
    shared = replace(
        plan,
        birth_date=None,
        hire_date=None,
        leave_date=None,
        elections=() if any(name in frame for name in RATES) else plan.elections,
        payments=tuple(replace(one, amount=Cents(WHOLE)) if one.kind in paid else one for one in plan.payments),
    )
    listed = events(shared, closed)
    savers = _savers(frame, plan, rules, paid)
    _refuse_too_much(frame, savers, listed)
    source = [BASE if one.kind == "base" else paid.index(one.kind) if one.kind in paid else COMMON for one in listed]
    lines = Lines(
        _ints([one.date.toordinal() for one in listed]),
        _ints(source),
        _ints([elections.KINDS.index(one.election) for one in listed]),
        _ints([one.plan_pay > 0 or one.kind == "base" for one in listed]),
        _ints([one.match_pay > 0 or one.kind == "base" for one in listed]),
        _ints([one.additions_pay > 0 or one.kind == "base" for one in listed]),
    )
    caps = [elections.after_tax_cap(plan, kind) if plan.after_tax_allowed else 0 for kind in elections.KINDS]
    common = Pays(*(_ints(column) for column in pays_of(shared, listed)))
    terms = compilable(terms_of(plan, limits_of(shared, rules)))
    out = np.zeros((len(ANSWERS), len(frame)), np.int64)
    run(terms, savers, lines, common, elections.combined_cap(plan), _ints(caps), out)
    answers = pd.DataFrame({name: out[i] / 100 for i, name in enumerate(CENTS)}, index=frame.index)
    answers["binding"] = pd.Categorical.from_codes(out[-2], list(BINDING))
    answers["elections_safe"] = out[-1] == 1
    return answers


def _refuse(frame: pd.DataFrame, plan: Household, paid: list[str]) -> None:
    known = (*MONEY, *DATES, *RATES, *PAYMENTS)
    for name in frame.columns:
        if name not in known:
            raise InputError(f"{name!r} is no column of a census: have {', '.join(known)}.")
    if plan.paid:
        raise InputError("Recorded pays belong to one saver: leave them out of the plan of a census.")
    if plan.election_unit == "dollars" and any(name in RATES for name in frame.columns):
        raise InputError(
            "The columns of elections are shares of pay, and election_unit is dollars: leave them out, so that the "
            "plan's own elections hold."
        )
    if plan.raises or plan.leaves:
        raise InputError("Raises and leaves belong to one saver: leave them out of the plan of a census.")
    for name in paid:
        if sum(one.kind == name for one in plan.payments) != 1:
            raise InputError(f"The column {name} needs the date of one payment of that kind in the plan.")
    leaving = plan.hire_date or plan.leave_date or "hire_date" in frame or "leave_date" in frame
    if leaving and not all(one.separate for one in plan.payments):
        raise InputError("Beside dates of hire or leaving all payments of the plan must be paid separately.")
    if plan.ytd_date is None and any(name in frame for name in OWN if name != "elsewhere"):
        raise InputError("Year-to-date figures are given without their date: give the plan's ytd_date.")


def _savers(frame: pd.DataFrame, plan: Household, rules: Rules, paid: list[str]) -> Savers:
    hire, leave = (
        _days(frame, "hire_date", plan.hire_date, ALWAYS[0]),
        _days(frame, "leave_date", plan.leave_date, ALWAYS[1]),
    )
    _refuse_rows(frame, hire > leave, "the hire date lies after the last day of employment")
    leaving, which = np.unique(leave, return_inverse=True)
    early = [leaves_before_last_day(replace(plan, leave_date=date.fromordinal(day))) for day in leaving]
    catch_up, roth_catch_up = _catch_up(frame, plan, rules)
    own = [_money(frame, name, getattr(plan, name)) for name in OWN]
    if prorates(plan) and own[OWN.index("ytd_match_pay")].any():
        raise InputError("Year-to-date match pay cannot be prorated in a census: plan those savers one by one.")
    deferred = sum(own[OWN.index(name)] for name in ("elsewhere", "ytd_pretax", "ytd_roth"))
    ageless = _days(frame, "birth_date", plan.birth_date, 0) == 0
    _refuse_rows(
        frame,
        ageless & (deferred > rules.deferral),
        "deferrals so far and elsewhere pass 402(g): give the date of birth",
    )
    so_far = plan.ytd_matched_deferral
    matched = np.full(len(frame), NOT_GIVEN if so_far is None else so_far, dtype=np.int64)
    rates = [_rates(frame, name) for name in RATES] if any(name in frame for name in RATES) else []
    if not plan.plan_has_roth and rates:
        kinds = range(3) if plan.separate_elections else range(1)
        for kind in kinds:
            _refuse_rows(frame, rates[3 * kind + 1] > 0, "the plan takes no Roth deferrals")
    salary = _money(frame, "annual_salary", plan.annual_salary)
    return Savers(
        (salary + periods(plan) // 2) // periods(plan),
        hire,
        leave,
        _matrix([_money(frame, name, 0) for name in paid], len(frame)),
        _matrix(rates, len(frame)),
        Saver(
            catch_up, roth_catch_up, _ints(early)[which.reshape(-1)], *(*own, own[OWN.index("ytd_match_pay")], matched)
        ),
    )


def _catch_up(frame: pd.DataFrame, plan: Household, rules: Rules) -> tuple[Any, Any]:
    """Catch-up allowed in cents, and 1 where it must be Roth, asked once for each age and side of the wages."""
    born = _days(frame, "birth_date", plan.birth_date, 0)
    days, which = np.unique(born, return_inverse=True)
    years = _ints([date.fromordinal(day).year if day else 0 for day in days])[which.reshape(-1)]
    age = np.where(born > 0, plan.tax_year - years, -1)
    _refuse_rows(
        frame, (born > 0) & ((age < 1) | (age > 120)), f"the age at the end of {plan.tax_year} is not 1 to 120"
    )
    wages = _money(frame, "prior_wages", plan.prior_wages, blank=-1)
    threshold = rules.roth_catch_up_wages if plan.tax_year >= 2026 else None
    side = np.where(wages < 0, 0, 1 + (wages > (threshold or MOST_MONEY)))
    catch_up, must_be_roth = _ints([0] * len(frame)), _ints([0] * len(frame))
    for key in np.unique(3 * age[age > 0] + side[age > 0]):
        rows = (age > 0) & (3 * age + side == key)
        row = int(np.argmax(rows))
        known = None if side[row] == 0 else Cents(int(wages[row]))
        try:
            found = limits_of(replace(plan, birth_date=date(years[row], 1, 1), prior_wages=known), rules)
        except InputError as error:
            raise InputError(f"Row {frame.index[row]}: {error}") from error
        catch_up[rows], must_be_roth[rows] = found.catch_up, found.roth_catch_up
    return catch_up, must_be_roth


def _refuse_too_much(frame: pd.DataFrame, savers: Savers, listed: list[Event]) -> None:
    """The compiled rule cannot hold more in 64 bits."""
    regular = sum(line.kind == "base" for line in listed)
    total = savers.base_pay * regular + savers.payments.sum(axis=0)
    total += sum(line.gross for line in listed if line.kind != "base") + sum(savers.own[3:])
    most = f"pay and year to date come to more than {dollars(MOST_MONEY)}"
    _refuse_rows(frame, total > MOST_MONEY, most)


def _refuse_rows(frame: pd.DataFrame, bad: Any, why: str) -> None:
    if bad.any():
        raise InputError(f"Row {frame.index[int(np.argmax(bad))]}: {why}.")


def _money(frame: pd.DataFrame, name: str, common: int | None, blank: int = 0) -> Any:
    """Cents of a column of dollars, rounded half up, or of the plan's own value."""
    if name not in frame:
        return np.full(len(frame), blank if common is None else common, np.int64)
    values = _floats(frame, name)
    most = MOST_MONEY // 100
    bad = (values < 0) | (values > most)
    _refuse_rows(frame, bad, f"{name} is below $0 or above {dollars(MOST_MONEY)}")
    if name == "annual_salary":
        _refuse_rows(frame, np.isnan(values), "annual_salary is blank: it is needed")
    exact = np.rint(np.nan_to_num(values) * WHOLE).astype(np.int64)  # takes the noise off a binary half
    return np.where(np.isnan(values), blank, (exact + 5_000) // 10_000)


def _rates(frame: pd.DataFrame, name: str) -> Any:
    if name not in frame:
        return np.zeros(len(frame), np.int64)
    values = np.nan_to_num(_floats(frame, name))
    _refuse_rows(frame, (values < 0) | (values > 1), f"{name} is not a share from 0 to 1: 6% is 0.06")
    return np.rint(values * WHOLE).astype(np.int64)


def _floats(frame: pd.DataFrame, name: str) -> Any:
    try:
        return frame[name].to_numpy(dtype=float, na_value=np.nan)
    except (TypeError, ValueError) as error:
        raise InputError(f"The column {name} holds something that is no number.") from error


def _days(frame: pd.DataFrame, name: str, common: date | None, blank: int) -> Any:
    """Days counted as `date.toordinal` does."""
    if name not in frame:
        return np.full(len(frame), common.toordinal() if common else blank, np.int64)
    try:
        days = pd.to_datetime(frame[name], format="ISO8601").to_numpy("datetime64[D]")
    except (TypeError, ValueError) as error:
        raise InputError(
            f"The column {name} holds something that is no date: give dates, such as 2026-01-09."
        ) from error
    since_1970 = np.where(np.isnat(days), 0, days.astype(np.int64))
    return np.where(np.isnat(days), blank, since_1970 + date(1970, 1, 1).toordinal())


def _matrix(columns: list[Any], count: int) -> Any:
    return np.array(columns, np.int64).reshape(len(columns), count)


def _ints(numbers: Any) -> Any:
    return np.array(numbers, np.int64)
