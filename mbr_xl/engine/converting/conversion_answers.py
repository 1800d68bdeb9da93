"""What the year's conversions answer beside their lines: what waiting costs, and what a withdrawal suspends."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from mbr_xl.client import Client
from mbr_xl.engine.converting.conversion import conversions_of
from mbr_xl.engine.converting.conversion_days import months_after
from mbr_xl.engine.converting.delay import DelayLine, compounded, delay_cost
from mbr_xl.engine.converting.path import ROTH_IRA, path_taken
from mbr_xl.household import Household
from mbr_xl.money import Cents
from mbr_xl.results import PayLine, YearPlan
from mbr_xl.rules import Rules, bank_holidays


@dataclass(frozen=True)
class ConversionAnswers:
    """Each is a defined name of the planner; the tuples are columns of the table "What waiting costs", a value a
    cadence in the order of `delay.CADENCES`, empty where no pay is planned."""

    days_wanted: int
    days_unplaced: int
    days_too_small: int
    suspended_pays: int
    suspended_contributions: Cents
    suspended_match: Cents
    cost_conversions: tuple[int, ...]
    cost_last: tuple[date | None, ...]
    cost_taxable: tuple[Cents, ...]
    cost_tax: tuple[Cents, ...]
    cost_more: tuple[Cents, ...]
    cost_compounded: tuple[Cents, ...]


def conversion_answers(client: Client, plan: YearPlan, rules: Rules) -> ConversionAnswers:
    """What the planner says of the year's conversions beside their lines.

    client: its household made the plan with these rules.
    """
    h = client.household
    closed = bank_holidays()
    done, _, _, _, days = conversions_of(h, [(pay.date, pay.after_tax, pay.kind) for pay in plan.pays], closed)
    stopped = suspended(h, plan)
    waits = year_delay(h, plan, closed)
    return ConversionAnswers(
        days.wanted,
        days.unplaced,
        len(done.too_small),
        len(stopped),
        Cents(sum(pay.pretax + pay.roth + pay.after_tax for pay in stopped)),
        Cents(sum(pay.match for pay in stopped)),
        tuple(line.conversions for line in waits),
        tuple(line.last for line in waits),
        tuple(line.taxable for line in waits),
        tuple(line.tax for line in waits),
        tuple(line.more for line in waits),
        tuple(compounded(line.more, h.cost_years, h.growth_rate) for line in waits),
    )


def year_delay(household: Household, plan: YearPlan, holidays: Collection[date]) -> tuple[DelayLine, ...]:
    """What each cadence would cost with this year's after-tax money, as `delay_cost`; empty where no pay is planned.

    Choice: the plan's windows and limits are left aside, and so is what the account opened with: it compares cadences.
    """
    h = household
    money = [(pay.date, pay.after_tax) for pay in plan.pays]
    return delay_cost(money, h.growth_rate, h.federal_rate + h.state_rate, holidays) if money else ()


def suspended(household: Household, plan: YearPlan) -> tuple[PayLine, ...]:
    """The pays that a withdrawal's suspension of contributions reaches; none where the plan suspends nothing.

    A pay after a withdrawal and before the same day so many months later, in this tax year.
    Source: plan terms.
    """
    h = household
    if not h.suspends_months:
        return ()
    real = {row.date: False for row in h.converted}
    real |= {row.date: True for row in h.converted if row.to == "Roth IRA"}
    out = [
        (line.date, months_after(line.date, h.suspends_months))
        for line in plan.conversions
        if line.converted + line.to_traditional > 0 and real.get(line.date, path_taken(h) == ROTH_IRA)
    ]
    return tuple(pay for pay in plan.pays if any(day < pay.date < until for day, until in out))
