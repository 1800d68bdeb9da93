"""The year's lines before anybody contributes: which pay is paid when, and what counts it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from mbr_xl.engine.paydays import pay_dates, us_date
from mbr_xl.errors import InputError
from mbr_xl.household import ELECTION_OF, USUAL_PAYS, Household, Payment
from mbr_xl.money import WHOLE, dollars, half_up


@dataclass(frozen=True, slots=True)
class Event:
    """One pay or payment, in cents: what is paid, and what of it elections, match and 415 count, uncapped.

    election is the kind whose rates it follows; events of one `check` are paid in one check; recorded: gross is as
    the stub shows it.
    """

    date: date
    kind: str
    election: str
    gross: int
    plan_pay: int
    match_pay: int
    additions_pay: int
    in_match: bool
    check: int
    recorded: bool = False


def periods(household: Household) -> int:
    """By how many pays the annual salary is divided."""
    return household.salary_divisor or USUAL_PAYS[household.pay_frequency]


def regular_dates(household: Household, holidays: Collection[date]) -> list[date]:
    """The regular pay dates of the year while employed, past ones included."""
    h = household
    dates = pay_dates(h.tax_year, h.pay_frequency, h.any_pay_date, h.shift, h.second_day, holidays)
    return [
        d for d in dates
        if (h.hire_date is None or d >= h.hire_date) and (h.leave_date is None or d <= h.leave_date)
    ]  # fmt: skip


def past_pays(household: Household, dates: Sequence[date]) -> int:
    """How many of these regular pay dates the year-to-date figures hold."""
    return 0 if household.ytd_date is None else bisect_right(dates, household.ytd_date)


def regular_gross(household: Household, paid: date) -> int:
    """Cents of the regular pay of that date: salary in force by periods, less what a leave does not pay."""
    salary: int = household.annual_salary
    for change in household.raises:
        if change.start <= paid:
            salary = change.annual_salary
    share: int = WHOLE
    for leave in household.leaves:
        if leave.start <= paid <= leave.end:
            share = leave.share_paid
    return half_up(salary * share, WHOLE * periods(household))


def events(household: Household, holidays: Collection[date]) -> list[Event]:
    """The lines of the year in order of payment: by date, regular pay first, payments inside it, separate checks.

    household: validated; holidays: the Federal Reserve's.
    Raises InputError for a payment outside the year, one inside a regular pay that is not paid any more, two payments
    of one kind on one date, a quarterly match begun in the middle of a quarter, past pays without their figures, a
    recorded pay that is none of the lines.
    Choice: a payment paid up to ytd_date is past and left out; a separate one before hire or after leaving stays.
    """
    dates = regular_dates(household, holidays)
    past = past_pays(household, dates)
    _refuse_bare_year_to_date(household, dates[:past])
    inside: dict[date, list[Payment]] = {}
    separate: dict[date, list[Payment]] = {}
    seen: set[tuple[date, str]] = set()
    for payment in household.payments:
        if payment.date.year != household.tax_year:
            raise InputError(f"{_named(payment)} is not in {household.tax_year}: give a date of that year.")
        paid = payment.date
        if not payment.separate:
            following = bisect_right(dates, paid)
            if following and dates[following - 1] == paid:
                following -= 1
            if following == len(dates):
                raise InputError(
                    f"{_named(payment)} has no regular pay to be paid in: give a date up to the last regular pay, "
                    "or say that it is paid separately."
                )
            paid = dates[following]
        if household.ytd_date is not None and paid <= household.ytd_date:
            continue
        if (paid, payment.kind) in seen:
            raise InputError(
                f"Two payments of the kind {payment.kind} are paid on {us_date(paid)}: add them up, or move one."
            )
        seen.add((paid, payment.kind))
        (separate if payment.separate else inside).setdefault(paid, []).append(payment)

    lines: list[Event] = []
    check = 0
    regular = set(dates[past:])
    stubs = {(record.date, record.kind): record.gross for record in household.paid}
    for day in sorted(regular | separate.keys()):
        if day in regular:
            stub = stubs.get((day, "base"))
            gross = regular_gross(household, day) if stub is None else stub
            lines.append(Event(day, "base", "base", gross, gross, gross, gross, True, check, stub is not None))
            for payment in inside.get(day, ()):
                lines.append(_payment_line(household, day, payment, check, stubs.get((day, payment.kind))))
            check += 1
        for payment in separate.get(day, ()):
            lines.append(_payment_line(household, day, payment, check, stubs.get((day, payment.kind))))
            check += 1
    _refuse_split_quarter(household, lines)
    _refuse_unplanned_record(household, lines)
    return lines


def _refuse_bare_year_to_date(household: Household, past: Sequence[date]) -> None:
    """Pays lie in the past, so their figures cannot all be blank: the year would be planned as if nothing was paid."""
    h = household
    if past and not h.ytd_additions_pay and h.ytd_date is not None:
        raise InputError(
            f"{len(past)} pays lie on or before {us_date(h.ytd_date)} (ytd_date), but the 415 pay so far "
            "(ytd_additions_pay) is blank or 0: give the year-to-date figures."
        )


def _refuse_split_quarter(household: Household, lines: Sequence[Event]) -> None:
    """A quarterly match cannot be computed on the rest of a quarter whose first pays are only known as a sum."""
    h = household
    if h.match_period != "quarterly" or h.ytd_date is None:
        return
    quarter = (h.ytd_date.month - 1) // 3
    for line in lines:
        if (line.date.month - 1) // 3 == quarter:
            raise InputError(
                "With a quarterly match the year-to-date figures must end a quarter: "
                f"ytd_date is {us_date(h.ytd_date)}, but a pay of that quarter follows on {us_date(line.date)}."
            )


def _refuse_unplanned_record(household: Household, lines: Sequence[Event]) -> None:
    """A recorded pay takes the place of a planned one: of which, its date and kind must say."""
    if sum(line.recorded for line in lines) == len(household.paid):
        return
    planned = {(line.date, line.kind) for line in lines}
    record = next(one for one in household.paid if (one.date, one.kind) not in planned)
    there = [line.kind for line in lines if line.date == record.date]
    if there:
        what = f"{' and '.join(there)} on that date"
    else:
        near = min((line.date for line in lines), key=lambda day: abs((day - record.date).days), default=None)
        what = "no pay on that date" + ("" if near is None else f", the nearest on {us_date(near)}")
    raise InputError(
        f"The recorded pay of {us_date(record.date)} ({record.kind}, {dollars(record.gross)}) is none of the planned "
        f"ones: the planner has {what}; correct its date or kind, or add the payment."
    )


def _payment_line(household: Household, paid: date, payment: Payment, check: int, stub: int | None) -> Event:
    amount = payment.amount if stub is None else stub
    return Event(
        paid,
        payment.kind,
        ELECTION_OF[payment.kind] if household.separate_elections else "base",
        amount,
        amount if payment.in_plan_pay else 0,
        amount if payment.in_match_pay else 0,
        amount if payment.in_additions_pay else 0,
        payment.in_match_pay,
        check,
        stub is not None,
    )


def _named(payment: Payment) -> str:
    return f"The payment of {dollars(payment.amount)} ({payment.kind}) dated {us_date(payment.date)}"
