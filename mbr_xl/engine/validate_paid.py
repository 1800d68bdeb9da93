"""Whether the recorded pays can be used; that each has a planned pay to take the place of is asked in `events`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import get_args

from mbr_xl.engine.paydays import us_date
from mbr_xl.household import Household
from mbr_xl.money import dollars
from mbr_xl.records import Paid, PaidKind

MONEY = ("gross", "pretax", "roth", "after_tax", "match", "nonelective")
MOST = 10**11  # cents: a billion dollars


def validate_paid(household: Household) -> Iterator[str]:
    """Every recorded pay that cannot be used, a sentence each."""
    seen: set[tuple[date, str]] = set()
    for number, row in enumerate(household.paid, 1):
        fault = _fault(household, row)
        if not fault and (row.date, row.kind) in seen:
            fault = f"a second pay of {us_date(row.date)} ({row.kind}): add the two up, or correct one"
        if fault:
            yield f"Row {number} of the recorded pays is {fault}."
            continue
        seen.add((row.date, row.kind))


def _fault(household: Household, row: Paid) -> str:
    if not isinstance(row.date, date) or isinstance(row.date, datetime):
        return f"dated {row.date!r}: give a date"
    if row.kind not in get_args(PaidKind):
        return f"of the kind {row.kind!r}: give {', '.join(get_args(PaidKind))}"
    for name in (*MONEY, "net_pay"):
        value = getattr(row, name)
        if value is None and name == "net_pay":
            continue
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST:
            told = dollars(value) if isinstance(value, int) else repr(value)
            return f"of {us_date(row.date)} with {name} {told}: give dollars from $0 to {dollars(MOST)}"
    if household.ytd_date is not None and row.date <= household.ytd_date:
        return (
            f"dated {us_date(row.date)}, on or before the year-to-date figures of {us_date(household.ytd_date)} "
            "(ytd_date), which hold it already: leave it out"
        )
    contributed = row.pretax + row.roth + row.after_tax
    if contributed > row.gross:
        return (
            f"of {us_date(row.date)} ({row.kind}) with contributions of {dollars(contributed)}, above its gross of "
            f"{dollars(row.gross)}: correct one of them"
        )
    return ""
