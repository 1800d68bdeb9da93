"""What really happened, as the Records sheet keeps it: pays, conversions, forms received, and the ledger of basis."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from mbr_xl.fact import column, fact
from mbr_xl.money import Cents

PaidKind = Literal["base", "bonus", "commission", "rsu", "sign-on", "retention", "overtime", "other"]
ConvertedTo = Literal["Roth in plan", "Roth IRA"]
FormName = Literal["Form 1099-R", "Form 5498", "Form W-2"]
IraKind = Literal["Roth IRA", "traditional IRA"]
LedgerAccount = Literal["after-tax", "Roth 401(k)", "Roth IRA", "traditional IRA"]
LedgerEntryKind = Literal["contribution", "conversion", "withdrawal"]

MOST_PAID, MOST_CONVERTED, MOST_FORMS, MOST_LEDGER = 115, 60, 12, 60


@dataclass(frozen=True)
class Paid:
    """A pay as its stub shows it; it takes the place of the planned pay of that date and kind."""

    date: date = column("Pay date", "the day it was paid")
    kind: PaidKind = column("Kind", "base or the payment's kind")
    gross: Cents = column("Gross", "before any deduction")
    pretax: Cents = fact("", "Pre-tax", default=Cents(0), kind="balance")
    roth: Cents = fact("", "Roth", default=Cents(0), kind="balance")
    after_tax: Cents = fact("", "After-tax", default=Cents(0), kind="balance")
    match: Cents = fact("", "Match", default=Cents(0), kind="balance")
    nonelective: Cents = fact("", "Nonelective", default=Cents(0), kind="balance")
    net_pay: Cents | None = fact("", "Net pay", "blank: not known", kind="balance")


@dataclass(frozen=True)
class Converted:
    """A conversion as the plan confirmed it; blank taxable is not known yet."""

    date: date = column("Converted on", "the day of the plan's confirmation")
    amount: Cents = column("Amount to Roth", "earnings included")
    taxable: Cents | None = fact("", "Taxable part", "blank: not known yet", kind="balance")
    to: ConvertedTo = fact("", "Moved to", default="Roth in plan")
    to_traditional: Cents = fact("", "Earnings to a traditional IRA", default=Cents(0), kind="balance")
    confirmed: bool = fact("", "Confirmed in writing", default=False)
    invested: bool = fact("", "Invested again", default=False)


@dataclass(frozen=True)
class FormReceived:
    """A form of this tax year as it came.

    box_1 and box_2 (2a) of Form 1099-R; of Form 5498 box_1 is contributions (box 1 of a traditional IRA, box 10 of a
    Roth IRA), box_2 rollovers and box_3 an IRA's conversion; of Form W-2 box_1, box_3 and box_5 are wages. None is a
    blank box.
    ira: whose Form 5498 or 1099-R it is; a Form 1099-R with None is the plan's.
    """

    form: FormName = column("Form")
    payer: str = fact("", "From", "payer, employer or trustee as the form names it", default="")
    ira: IraKind | None = fact("", "IRA", "5498: the kind of IRA it is of; 1099-R: blank is the plan's")
    box_1: Cents | None = fact(
        "",
        "Box 1 (Roth 5498: 10)",
        "5498, contributions: box 1 of a traditional IRA, 10 of a Roth IRA; W-2: wages",
        kind="balance",
    )
    box_2: Cents | None = fact("", "Box 2 or 2a", "1099-R: 2a, taxable; 5498: 2, rollovers", kind="balance")
    box_4: Cents | None = fact("", "Box 4", "1099-R: federal tax withheld", kind="balance")
    box_5: Cents | None = fact("", "Box 5", "1099-R: after-tax contributions; W-2: Medicare wages", kind="balance")
    code: str = fact("", "Box 7", "1099-R: distribution code, such as G", default="")
    box_12_d: Cents | None = fact("", "W-2 box 12 D", "pre-tax deferrals", kind="balance")
    box_12_aa: Cents | None = fact("", "W-2 box 12 AA", "Roth deferrals", kind="balance")
    box_3: Cents | None = fact(
        "", "Box 3", "W-2: Social Security wages; 5498: conversion of another IRA", kind="balance"
    )


@dataclass(frozen=True)
class LedgerEntry:
    """Dollars into or out of an account in a year; taxed is what of a conversion or a withdrawal was income then."""

    year: int = column("Year", "the tax year it counted for")
    account: LedgerAccount = column("Account")
    kind: LedgerEntryKind = column(
        "What",
        "conversion: rollovers of after-tax or pre-tax money to Roth too. A Roth 401(k) rolled to a Roth IRA: of its "
        "basis (1099-R box 5) only, a withdrawal there and a contribution here",
    )
    amount: Cents = column("Amount")
    taxed: Cents = fact(
        "", "Taxed then", "of a conversion or withdrawal; blank: nothing", default=Cents(0), kind="balance"
    )
