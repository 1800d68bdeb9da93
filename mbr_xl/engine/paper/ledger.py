"""Basis and clocks across years: the ledger of earlier years and this year's plan put together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from mbr_xl.client import Client
from mbr_xl.engine.paper.ages import turns_59_and_a_half
from mbr_xl.engine.paper.by_path import by_path
from mbr_xl.engine.paper.form_8606 import PartIII, old_all_year, part_iii, withdrawal_problems
from mbr_xl.engine.paper.roth_ira import CLOCK, FIRST_YEAR, RothIra, Withdrawal, roth_ira, withdraw
from mbr_xl.engine.paper.roth_plan import withdraw_all
from mbr_xl.engine.paydays import us_date
from mbr_xl.errors import InputError
from mbr_xl.household import Household
from mbr_xl.money import Cents, dollars
from mbr_xl.records import LedgerAccount, LedgerEntry
from mbr_xl.results import YearPlan

PLAN_ROTH: LedgerAccount = "Roth 401(k)"
OF_THE_PLAN: tuple[LedgerAccount, ...] = ("after-tax", PLAN_ROTH)
EARLIEST: dict[LedgerAccount, int] = {
    "after-tax": 1950,
    PLAN_ROTH: 2006,
    "Roth IRA": FIRST_YEAR,
    "traditional IRA": 1975,
}


@dataclass(frozen=True, slots=True)
class PlanRoth:
    """The plan's Roth account: basis in cents, what was taxed of its conversions by year, and the first year."""

    basis: Cents
    taxed: tuple[tuple[int, Cents], ...]
    first_year: int | None


def problems(client: Client) -> Iterator[tuple[str, str]]:
    """What in the ledger and the clocks cannot be: the input, and a sentence that says what is allowed."""
    year = client.household.tax_year
    for number, one in enumerate(client.paper.ledger, start=1):
        who = f"Row {number} of ledger"
        earliest = EARLIEST[one.account]
        if not earliest <= one.year <= year:
            yield "ledger", f"{who} is of {one.year}: give a year from {earliest} to {year}."
        elif one.account in OF_THE_PLAN and one.year == year:
            yield "ledger", f"{who}: what this plan does in {year} comes from the plan: give earlier years only."
        elif one.account == "Roth IRA" and one.kind == "withdrawal" and one.year == year:
            yield "ledger", f"{who}: a withdrawal of {year} goes on Inputs (roth_ira_withdrawn), if it is nonqualified."
        if one.amount < 0 or not 0 <= one.taxed <= one.amount:
            yield "ledger", f"{who}: {dollars(one.taxed)} taxed of {dollars(one.amount)} cannot be."
        elif one.kind == "contribution" and one.taxed:
            yield "ledger", f"{who}: a contribution has no taxed part: leave it blank."
    for name, first, earliest in (
        ("roth_ira_since", client.paper.roth_ira_since, FIRST_YEAR),
        ("roth_plan_since", client.paper.roth_plan_since, EARLIEST[PLAN_ROTH]),
    ):
        if first is not None and not earliest <= first <= year:
            yield name, f"The first year ({name}) is {first}: give {earliest} to {year}, or leave it blank."
    yield from withdrawal_problems(client)


def rolled_as_conversion(client: Client) -> Iterator[str]:
    """Conversions to a Roth IRA that look like a rollover of the plan's Roth account, a sentence each.

    client: the ledger: the same year and amount left the Roth account, and nothing of the conversion was taxed.
    Source: Treas. Reg. 1.408A-10, Q&A-3 (its basis counts as contributions, its earnings as earnings); Form 8606,
    line 22.
    """
    ledger = client.paper.ledger
    out = {(one.year, one.amount) for one in ledger if (one.account, one.kind) == (PLAN_ROTH, "withdrawal")}
    for number, one in enumerate(ledger, start=1):
        if (
            (one.account, one.kind, one.taxed) == ("Roth IRA", "conversion", 0)
            and one.amount
            and (one.year, one.amount) in out
        ):
            yield (
                f"Row {number} of ledger: {dollars(one.amount)} left the Roth 401(k) in {one.year} too. A Roth 401(k) "
                "rolled to a Roth IRA counts with its basis (1099-R box 5) only, as a contribution; its earnings stay "
                "earnings."
            )


def refuse_problems(client: Client) -> None:
    """Raises InputError with the first sentence of `problems`, if there is one."""
    for _, sentence in problems(client):
        raise InputError(sentence)


def basis_left(entries: tuple[LedgerEntry, ...], account: str, through: int) -> Cents:
    """Cents of basis in an account that gives basis and earnings pro rata: what went in less the untaxed part out.

    account: "after-tax", or "traditional IRA" with its nondeductible contributions; through: the last year that counts.
    Source: 26 USC 72(e)(8), 72(f), 408(d)(2).
    """
    total = 0
    for one in entries:
        if one.account == account and one.year <= through:
            total += one.amount if one.kind == "contribution" else one.taxed - one.amount
    return Cents(max(0, total))


def roth_ira_through(client: Client, plan: YearPlan, year: int) -> RothIra:
    """The Roth IRAs at the end of a year: the ledger, and what this plan rolls over to them.

    client: for the ledger, this year's withdrawals and the plan's path; plan: its year; year: the last that counts.
    Source: 26 USC 408A(d)(4)(B); Form 8606, Part III (lines 22 and 24) and its instructions.
    Choice: the plan's rollovers of a year count in all of it, as the regulation adds up a year's conversions.
    """
    entries = _into_roth_iras(client, plan)
    out, now = client.paper.roth_ira_withdrawn or 0, client.household.tax_year
    if not out:
        return roth_ira(entries, year, client.paper.roth_ira_since)
    before = roth_ira(entries, now, client.paper.roth_ira_since)
    home = part_iii(before, now, out, client.paper.roth_ira_home or 0).line_20
    entries.append(LedgerEntry(now, "Roth IRA", "withdrawal", Cents(out)))
    return roth_ira(entries, year, client.paper.roth_ira_since, {now: home})


def form_8606_part_iii(client: Client, plan: YearPlan) -> PartIII | None:
    """Lines 19 to 25c of this year's Form 8606; None where no nonqualified withdrawal of a Roth IRA is typed.

    client: for the ledger, this year's withdrawals and the date of birth; plan: its year.
    Source: as `part_iii`.
    """
    paper, now = client.paper, client.household.tax_year
    if not paper.roth_ira_withdrawn:
        return None
    before = roth_ira(_into_roth_iras(client, plan), now, paper.roth_ira_since)
    return part_iii(before, now, paper.roth_ira_withdrawn, paper.roth_ira_home or 0, old_all_year(client))


def _into_roth_iras(client: Client, plan: YearPlan) -> list[LedgerEntry]:
    """The ledger's lines of Roth IRAs and the plan's rollovers to them, without this year's withdrawals."""
    h = client.household
    entries = [one for one in client.paper.ledger if one.account == "Roth IRA"]
    for of in (h.tax_year, h.tax_year + 1):
        found = by_path(h, plan, of)
        if found.roth_ira:
            taxable = found.roth_ira_taxable
            entries.append(LedgerEntry(of, "Roth IRA", "conversion", found.roth_ira, taxable))
    return entries


@dataclass(frozen=True, slots=True)
class ConversionYear:
    """Cents converted in a year to Roth IRAs and in the plan, each with the part that was taxed then.

    until: the last day on which an early withdrawal of the taxed parts can bear the 10%.
    """

    year: int
    to_ira: Cents
    to_ira_taxed: Cents
    in_plan: Cents
    in_plan_taxed: Cents
    until: date


def conversion_years(client: Client, plan: YearPlan) -> tuple[ConversionYear, ...]:
    """The conversions of the tax year and the four before it, the oldest first: those whose five years still run.

    client: for the ledger and the plan's path; plan: its year.
    Source: 26 USC 408A(d)(3)(F), 402A(c)(4)(D): five taxable years from January 1 of the year of the conversion.
    """
    h = client.household
    now = by_path(h, plan, h.tax_year)

    def of(year: int, account: str, name: str) -> int:
        return sum(
            getattr(one, name)
            for one in client.paper.ledger
            if (one.year, one.account, one.kind) == (year, account, "conversion")
        )

    found = []
    for year in range(h.tax_year - CLOCK + 1, h.tax_year + 1):
        amounts = [of(year, account, name) for account in ("Roth IRA", PLAN_ROTH) for name in ("amount", "taxed")]
        if year == h.tax_year:
            this_year = (now.roth_ira, now.roth_ira_taxable, now.in_plan, now.in_plan_taxable)
            amounts = [before + new for before, new in zip(amounts, this_year, strict=True)]
        to_ira, to_ira_taxed, in_plan, in_plan_taxed = (Cents(amount) for amount in amounts)
        until = date(year + CLOCK - 1, 12, 31)
        found.append(ConversionYear(year, to_ira, to_ira_taxed, in_plan, in_plan_taxed, until))
    return tuple(found)


def plan_roth(client: Client, plan: YearPlan, until: date | None = None) -> PlanRoth:
    """The plan's Roth account on a day: Roth deferrals and in-plan conversions, less the basis of withdrawals.

    client: for the ledger and the plan's path; plan: its year; until: the day, None is the end of the tax year.
    Source: 26 USC 402A(d)(2)(B) (a clock a plan), 402A(c)(4), 72(e)(8).
    """
    h = client.household
    last = until or date(h.tax_year, 12, 31)
    entries = [one for one in client.paper.ledger if one.account == PLAN_ROTH and one.year <= last.year]
    basis = sum(one.taxed - one.amount if one.kind == "withdrawal" else one.amount for one in entries)
    taxed: dict[int, int] = {}
    for one in entries:
        if one.kind == "conversion":
            taxed[one.year] = taxed.get(one.year, 0) + one.taxed
    deferred: int = sum(pay.roth for pay in plan.pays if pay.date <= last)
    if h.ytd_date is None or h.ytd_date <= last:
        deferred += h.ytd_roth
    for year in (h.tax_year, h.tax_year + 1):
        found = by_path(h, plan, year, last)
        basis += found.in_plan
        taxed[year] = taxed.get(year, 0) + found.in_plan_taxable
    years = [one.year for one in entries if one.kind != "withdrawal" and one.amount]
    years += [client.paper.roth_plan_since] if client.paper.roth_plan_since else []
    years += _first_of_plan(h, plan)
    parts = tuple((year, Cents(amount)) for year, amount in sorted(taxed.items()) if amount)
    return PlanRoth(Cents(max(0, basis + deferred)), parts, min(years, default=None))


def _first_of_plan(h: Household, plan: YearPlan) -> list[int]:
    """This year, if it brings Roth money into the plan; the next, if only January's conversion does."""
    if plan.headlines.total_roth or by_path(h, plan, h.tax_year).in_plan:
        return [h.tax_year]
    return [h.tax_year + 1] if by_path(h, plan, h.tax_year + 1).in_plan else []


def access(client: Client, plan: YearPlan) -> tuple[Withdrawal | None, Withdrawal | None]:
    """What could be withdrawn on access_date of the Roth IRAs and of the plan's Roth account, whole; None if not asked.

    client: for the ledger, the day, the values and the date of birth; plan: its year.
    Raises InputError for a ledger that cannot be, or a day before this tax year.
    Source: 26 USC 408A(d)(2) to (4), 402A(d), 72(t).
    Choice: without a date of birth the saver is taken to be younger than 59 1/2.
    """
    h, paper = client.household, client.paper
    day = paper.access_date
    if day is None:
        return None, None
    refuse_problems(client)
    if day.year < h.tax_year:
        raise InputError(
            f"The day on which money may be needed (access_date) is {us_date(day)}: give one from {h.tax_year} on."
        )
    old = h.birth_date is not None and day >= turns_59_and_a_half(h.birth_date)
    of_ira = of_plan = None
    if paper.roth_ira_value is not None:
        of_ira = withdraw(roth_ira_through(client, plan, day.year), paper.roth_ira_value, day, old)
    if paper.roth_plan_value is not None:
        account = plan_roth(client, plan, day)
        lately = sum(amount for year, amount in account.taxed if day.year < year + CLOCK)
        clock_done = account.first_year is not None and day.year >= account.first_year + CLOCK
        of_plan = withdraw_all(account.basis, lately, paper.roth_plan_value, old and clock_done, old)
    return of_ira, of_plan
