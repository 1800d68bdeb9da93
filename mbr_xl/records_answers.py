"""What the Records sheet says on top: how far the records go, what differs, what waits, what is still to come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mbr_xl.money import Cents


@dataclass(frozen=True)
class RecordsAnswers:
    """Named results of the Records sheet; differences are actual less planned, or less what is elected."""

    records_through: date | None
    pays_recorded: int
    pays_unexpected: int  # that are not as planned
    gross_difference: Cents
    deferral_difference: Cents
    after_tax_difference: Cents
    next_pay_date: date | None
    after_tax_recorded: Cents  # year to date included
    after_tax_to_come: Cents
    conversions_recorded: int
    converted_recorded: Cents
    unconfirmed_conversions: int
    uninvested_conversions: int
    after_tax_waiting: Cents  # basis in the account by the day through which the records go
    after_tax_overdue: Cents  # of it, what the cadence would have converted before that day
    waiting_since: date | None
