"""Money needed on a date, against what could be taken by then without tax and without the 10%."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from mbr_xl.client import Client
from mbr_xl.engine.converting.path import ROTH_IRA
from mbr_xl.engine.paper.ages import turns_59_and_a_half
from mbr_xl.engine.paper.ledger import PLAN_ROTH
from mbr_xl.engine.paper.roth_ira import CLOCK
from mbr_xl.engine.paydays import us_date
from mbr_xl.engine.years_ahead.future import FutureTerms, FutureYear, future_terms, future_years
from mbr_xl.engine.years_ahead.growth import nearest_cent
from mbr_xl.engine.years_ahead.way_out import WayOut, way_out
from mbr_xl.errors import InputError
from mbr_xl.future_facts import Goal
from mbr_xl.money import WHOLE, Cents, Millionths, dollars, half_up
from mbr_xl.records import LedgerEntry
from mbr_xl.results import YearPlan


@dataclass(frozen=True)
class Reach:
    """One goal: cents that savings and Roth money could give on its day, and what is missing.

    roth: neither taxed nor with the 10%, earlier goals served; qualified: earnings are free too; earnings_share: of
    each dollar taken out of the plan, where it would be taxed pro rata.
    """

    goal: Goal
    savings: Cents
    roth: Cents
    accessible: Cents
    short: Cents
    qualified: bool
    earnings_share: Millionths


def reaches(client: Client, plan: YearPlan, spare_savings: int) -> tuple[Reach, ...]:
    """Each goal in order with what is accessible on its day; savings serve first, and no dollar serves two goals.

    spare_savings: cents of liquid savings beyond the emergency fund.
    Raises InputError for goals that are not in order of date, before this tax year, or of no amount.
    Source: 26 USC 408A(d)(4)(B) (a Roth IRA gives contributions, then conversions, then earnings), 408A(d)(2) and
    402A(d)(2) (five taxable years and 59 1/2), 408A(d)(3)(F) (the 10% on the taxed part of a younger conversion),
    402A(d)(1) and 72(e)(8) (a plan gives basis and earnings pro rata).
    Choice: only year-ends that have passed count, and where only a withdrawal leads out, a year's money from the first
    one on which the age and the months in the plan let it leave; none where no conversion can be told. In a Roth IRA
    the after-tax money converted by then is accessible, at most what it is worth, and all of it once qualified; growth
    before a conversion that had to wait does not count. In a plan nothing is before then, since each dollar brings
    taxed earnings and many plans pay nothing out. Of earlier years the ledger's Roth IRA money counts as it went in,
    less withdrawals and less the taxed part of conversions younger than five years; its earnings do not count. Other
    exceptions to the 10% (a first home, education) are left out.
    Choice: once earnings count, what earlier goals took is counted with the growth it would have had.
    """
    goals = client.future.goals
    _refuse(goals, client.household.tax_year)
    terms = future_terms(client, plan)
    years = () if terms is None else future_years(terms)
    factor = max(1.0, 1 + (0 if terms is None else terms.growth) / WHOLE)
    way = way_out(client.household, plan)
    savings = max(0, spare_savings)
    taken: list[tuple[int, int]] = []  # year-ends before, and cents out of Roth money
    found = []
    for goal in goals:
        passed = year_ends_passed(goal.date, client.household.tax_year)
        ends = min(passed, (1 if terms is None else terms.years) + way.lag)
        basis, value = _standing(client, plan, years, max(0, ends - way.lag) if passed >= way.opens else 0)
        if terms is not None and way.waits and value:
            value = _since_conversion(terms, way, ends)
        qualified = is_qualified(client, way, goal.date)
        pool: int = ledger_free(client.paper.ledger, goal.date, _old(client, goal.date))
        if qualified:
            pool += value
        elif way.path == ROTH_IRA:
            pool += min(basis, value)
        used = nearest_cent(sum(cents * (factor if qualified else 1.0) ** (ends - then) for then, cents in taken))
        roth = max(0, pool - used)
        from_savings = min(goal.amount, savings)
        from_roth = min(goal.amount - from_savings, roth)
        pro_rata = not qualified and way.path != ROTH_IRA and value > basis
        found.append(
            Reach(
                goal,
                Cents(savings),
                Cents(roth),
                Cents(savings + roth),
                Cents(goal.amount - from_savings - from_roth),
                qualified,
                Millionths(half_up((value - basis) * WHOLE, value) if pro_rata else 0),
            )
        )
        savings -= from_savings
        taken.append((ends, from_roth))
    return tuple(found)


def year_ends_passed(day: date, tax_year: int) -> int:
    """How many December 31 from this tax year's on lie on or before a day."""
    return max(0, day.year - tax_year + (day.month == 12 and day.day == 31))


def is_qualified(client: Client, way: WayOut, day: date) -> bool:
    """Whether the earnings of the money converted under this plan are free of tax on a day: five years and 59 1/2.

    Source: 26 USC 408A(d)(2)(B) (a clock a person), 402A(d)(2)(B) (a clock a plan).
    Choice: without a date of birth the saver is taken to be younger; without earlier Roth money the clock begins with
    the year of the first conversion.
    """
    paper = client.paper
    account, since = ("Roth IRA", paper.roth_ira_since) if way.path == ROTH_IRA else (PLAN_ROTH, paper.roth_plan_since)
    years = [one.year for one in paper.ledger if one.account == account and one.kind != "withdrawal"]
    first = min([*years, way.first_year, *([since] if since else [])])
    return way.path != "" and _old(client, day) and day.year >= first + CLOCK


def ledger_free(ledger: Iterable[LedgerEntry], day: date, old_enough: bool) -> Cents:
    """Cents of the ledger's Roth IRA money that are free of tax and of the 10% on a day; never more than the law's.

    Source: 26 USC 408A(d)(3)(F), 408A(d)(4)(B).
    Choice: withdrawals are taken from what is free, whatever they came out of.
    """
    free = 0
    for one in ledger:
        if one.account != "Roth IRA" or one.year > day.year:
            continue
        if one.kind == "withdrawal":
            free -= one.amount
        else:
            aged = old_enough or day.year >= one.year + CLOCK
            free += one.amount if aged or one.kind == "contribution" else one.amount - one.taxed
    return Cents(max(0, free))


def _old(client: Client, day: date) -> bool:
    born = client.household.birth_date
    return born is not None and day >= turns_59_and_a_half(born)


def _standing(client: Client, plan: YearPlan, years: Sequence[FutureYear], ends: int) -> tuple[int, int]:
    """Basis and value in cents of what this plan brings, after so many year-ends; growth not told is none."""
    if ends == 0:
        return 0, 0
    if not years:
        annual = client.future.yearly_after_tax
        made = plan.headlines.total_after_tax if annual is None else annual
        return made, made
    return years[ends - 1].paid_to_date, years[ends - 1].roth


def _since_conversion(terms: FutureTerms, way: WayOut, ends: int) -> Cents:
    """What the money that has left by so many year-ends is worth with the growth since it left; losses all count."""
    growth, total = 1 + terms.growth / WHOLE, 0.0
    for number, paid in enumerate(terms.amounts[: ends - way.lag], start=1):
        years = ends - number + terms.begin
        if terms.growth > 0:
            years = min(years - way.lag, max(0, ends - way.opens))
        total += paid * growth**years
    return nearest_cent(total)


def _refuse(goals: Sequence[Goal], tax_year: int) -> None:
    before = date(tax_year, 1, 1)
    for number, goal in enumerate(goals, start=1):
        if goal.date < before:
            raise InputError(
                f"Row {number} of goals is dated {us_date(goal.date)}: give dates in order, none before this one or"
                f" before {tax_year}."
            )
        if goal.amount <= 0:
            raise InputError(f"Row {number} of goals needs {dollars(goal.amount)}: give dollars above 0.")
        before = goal.date
