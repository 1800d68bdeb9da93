"""Forms that came, the ledger of earlier years, and what the clocks and withdrawals of Roth money depend on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mbr_xl.fact import fact, listed
from mbr_xl.money import Cents
from mbr_xl.records import MOST_FORMS, MOST_LEDGER, FormName, FormReceived, LedgerEntry


@dataclass(frozen=True, kw_only=True)
class PaperFacts:
    """Every field is an input of the planner under the same name; all may be blank."""

    forms_as_of: date | None = fact(
        "Records", "Forms looked through on", "blank: forms that did not come are not asked for"
    )
    return_filed: date | None = fact("Records", "Return of this year filed on", "blank: not filed yet")
    letter_wanted: FormName | None = fact("Records", "Letter on the Forms sheet", "blank: the first that is needed")
    roth_ira_since: int | None = fact(
        "Records", "First year of any Roth IRA", "contribution or conversion; blank: the earliest in the ledger"
    )
    roth_plan_since: int | None = fact(
        "Records", "First year of the plan's Roth account", "1099-R box 11; blank: the earliest in the ledger"
    )
    roth_ira_withdrawn: Cents | None = fact(
        "Records",
        "Withdrawn from Roth IRAs this year",
        "nonqualified, without rollovers and returned contributions; blank: none, and Form 8606 needs no Part III",
        kind="balance",
    )
    roth_ira_home: Cents | None = fact(
        "Records",
        "of it, for a first home",
        "at most $10,000 less what earlier years took; on Form 8606 once the five years are over",
        kind="balance",
    )
    access_date: date | None = fact(
        "Records", "Day on which Roth money may be needed", "blank: withdrawals are not looked at"
    )
    roth_ira_value: Cents | None = fact("Records", "All Roth IRAs, value on that day", "an estimate", kind="balance")
    roth_plan_value: Cents | None = fact(
        "Records", "The plan's Roth account, value on that day", "an estimate", kind="balance"
    )
    forms: tuple[FormReceived, ...] = listed(
        "Records",
        "Forms as they came",
        "of this plan, its employer and the IRAs (a 1099-R of an IRA: choose its kind); a corrected form takes the "
        "place of the first",
        prefix="form_",
        most=MOST_FORMS,
        sheet="Records",
    )
    ledger: tuple[LedgerEntry, ...] = listed(
        "Records",
        "Ledger of earlier years",
        "a conversion out of after-tax has two lines: after-tax, what left, and the Roth account, what arrived",
        prefix="ledger_",
        most=MOST_LEDGER,
        sheet="Records",
    )
