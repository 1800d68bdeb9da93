"""What the records say in sum, and what of it is worth a look."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from mbr_xl.engine.checks import Finding
from mbr_xl.engine.electing.instructions import long_date
from mbr_xl.engine.recording.actual import Difference, compare_records
from mbr_xl.engine.recording.waiting import waiting_money
from mbr_xl.household import Household
from mbr_xl.money import Cents, dollars
from mbr_xl.records_answers import RecordsAnswers
from mbr_xl.results import YearPlan
from mbr_xl.rules import Rules, bank_holidays


def records_answers(
    household: Household, plan: YearPlan, rules: Rules, holidays: Collection[date] | None = None
) -> RecordsAnswers:
    """The named results of the Records sheet; zeros and None where nothing is recorded.

    household, rules, holidays: those of the plan (None: the Federal Reserve's holidays).
    """
    h = household
    closed = bank_holidays() if holidays is None else holidays
    found = compare_records(h, plan, rules, closed)
    recorded = {(one.date, one.kind) for one in h.paid}
    lines = [line for line in plan.pays if (line.date, line.kind) in recorded]
    still = [line for line in plan.pays if (line.date, line.kind) not in recorded]
    through = max((*(one.date for one in h.paid), *(row.date for row in h.converted)), default=None)
    waiting = waiting_money(h, through, closed)
    return RecordsAnswers(
        records_through=through,
        pays_recorded=len(h.paid),
        pays_unexpected=sum(not one.as_planned for one in found),
        gross_difference=Cents(sum(one.gross.difference for one in found)),
        deferral_difference=Cents(sum(one.pretax + one.roth - one.pretax_elected - one.roth_elected for one in lines)),
        after_tax_difference=Cents(sum(one.after_tax - one.after_tax_elected for one in lines)),
        next_pay_date=min((line.date for line in still), default=None),
        after_tax_recorded=Cents(h.ytd_after_tax + sum(one.after_tax for one in h.paid)),
        after_tax_to_come=Cents(sum(line.after_tax for line in still)),
        conversions_recorded=len(h.converted),
        converted_recorded=Cents(h.ytd_converted + sum(row.amount for row in h.converted)),
        unconfirmed_conversions=sum(not row.confirmed for row in h.converted),
        uninvested_conversions=sum(not row.invested for row in h.converted),
        after_tax_waiting=Cents(waiting.amount),
        after_tax_overdue=Cents(waiting.overdue),
        waiting_since=waiting.since,
    )


def record_findings(
    household: Household, plan: YearPlan, rules: Rules, holidays: Collection[date] | None = None
) -> list[Finding]:
    """What the recorded pays and conversions show that somebody should look at; empty without records.

    household, rules, holidays: those of the plan. `field` of a finding is the column of Records that it is about.
    """
    h = household
    if not h.paid and not h.converted:
        return []
    found = compare_records(h, plan, rules, holidays)
    said = list(_pays(h, found))
    return [*said, *_conversions(h, records_answers(h, plan, rules, holidays))]


def _pays(h: Household, found: tuple[Difference, ...]) -> Iterator[Finding]:
    rows: dict[tuple[date, str], int] = {(one.date, one.kind): number for number, one in enumerate(h.paid, start=1)}
    for one in found:
        row = rows[one.date, one.kind]
        if not one.as_planned:
            yield Finding("look", "paid_date", f"The pay of {long_date(one.date)} ({one.kind}): {one.sentence}", row)
        if one.match.by_posting:
            more = one.match.by_posting
            yield Finding(
                "look",
                "paid_match",
                f"The match on the pay of {long_date(one.date)} ({one.kind}) is {dollars(abs(more))} "
                f"{'above' if more > 0 else 'below'} what the formula gives on it: ask the employer.",
                row,
            )


def _conversions(h: Household, answers: RecordsAnswers) -> Iterator[Finding]:
    a = answers
    if a.after_tax_overdue > 0 and a.waiting_since:
        yield Finding(
            "look",
            "converted_date",
            f"{dollars(a.after_tax_overdue)} of after-tax has been in the account since {long_date(a.waiting_since)}: "
            "was it converted?",
        )
    if a.unconfirmed_conversions:
        yield Finding(
            "look",
            "converted_confirmed",
            f"{a.unconfirmed_conversions} of {len(h.converted)} recorded conversions are not confirmed in writing: ask "
            "the plan's administrator for the confirmation.",
            [row.confirmed for row in h.converted].index(False) + 1,
        )
    if a.uninvested_conversions:
        yield Finding(
            "look",
            "converted_invested",
            f"{a.uninvested_conversions} of {len(h.converted)} recorded conversions are not marked as invested again: "
            "converted money often lands in cash.",
            [row.invested for row in h.converted].index(False) + 1,
        )
