"""What the years after this one depend on: growth, horizon, priorities, money needed on a date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from mbr_xl.fact import column, fact, listed
from mbr_xl.money import Cents, Millionths

Insured = Literal["yes", "no", "not needed"]
HsaCoverage = Literal["none", "self-only", "family"]
GoalKind = Literal["education", "home", "business", "other"]
PaidIn = Literal["end of year", "start of year"]

MOST_GOALS = 8


@dataclass(frozen=True)
class Goal:
    """Money that is needed on a date."""

    what: GoalKind = column("For")
    date: date = column("Needed on")
    amount: Cents = column("Amount", "in dollars of that day")


@dataclass(frozen=True, kw_only=True)
class FutureFacts:
    """Every field is an input cell of the planner under the same name; all may be blank.

    Without `years_to_go` and `future_growth` nothing is said of growth. Readiness says "not told" of what is blank.
    """

    years_to_go: int | None = fact("Growth", "Years until the money is needed", "this one included; 1 to 50")
    future_growth: Millionths | None = fact(
        "Growth", "Growth a year over those years", "hypothetical, before fees; at most 30%", kind="growth"
    )
    plan_years: int | None = fact(
        "Growth", "Years the plan may be available", "until a change of job or law, this one included; blank: all"
    )
    yearly_after_tax: Cents | None = fact("Growth", "After-tax a year", "blank: this year's, as the plan has it")
    limit_growth: Millionths = fact("Growth", "It grows each year by", "as limits rise; at most 30%", default=0)
    paid_in: PaidIn = fact("Growth", "Money counts from", default="end of year")
    tax_drag: Millionths = fact(
        "Growth",
        "Taxable account: share of growth lost to tax each year",
        "on dividends and sales; blank: 0%",
        default=0,
    )
    end_gains_rate: Millionths = fact("Growth", "Taxable account: tax rate on gains at the end", "blank: 0%", default=0)
    end_ordinary_rate: Millionths | None = fact(
        "Growth",
        "Tax rate at the end on earnings left unconverted",
        "ordinary income; blank: today's federal and state",
    )
    short_wait: int = fact("Growth", "Waiting compared: years", "blank: 1", default=1)
    long_wait: int = fact("Growth", "Waiting compared: years, longer", "blank: 5", default=5)

    emergency_months: int | None = fact(
        "Readiness", "Emergency fund wanted, months of spending", "times spending a month in section Cash"
    )
    liquid_savings: Cents | None = fact("Readiness", "Liquid savings", "that could serve as emergency fund; 0 if none")
    insured_health: Insured | None = fact("Readiness", "Health insurance in place")
    insured_disability: Insured | None = fact("Readiness", "Disability insurance in place")
    insured_life: Insured | None = fact("Readiness", "Life insurance in place")
    insured_umbrella: Insured | None = fact("Readiness", "Umbrella liability insurance in place")
    hsa_coverage: HsaCoverage | None = fact(
        "Readiness", "HSA-eligible coverage", "a high-deductible health plan and no other, all year"
    )
    hsa_contributed: Cents | None = fact("Readiness", "HSA contributions for the year", "the employer's included")
    backdoor_done: Literal["yes", "no", "not possible"] | None = fact(
        "Readiness", "Ordinary backdoor Roth IRA done", "blank: by what section IRAs says"
    )
    espp_offered: bool | None = fact("Readiness", "Stock purchase plan (ESPP) offered")
    espp_discount: Millionths = fact("Readiness", "ESPP discount", "such as 15%", default=0)
    espp_used: bool | None = fact("Readiness", "ESPP used as far as wanted")
    nqdc_deferred: Cents | None = fact(
        "Readiness",
        "Deferred compensation elected for the year",
        "0 if none; type pay with it: it leaves W-2 box 1, not Cash",
    )
    nqdc_counts: bool = fact("Readiness", "Plan pay counts deferred compensation", "usually not", default=False)
    fsa_costs: Cents | None = fact(
        "Readiness",
        "Costs that an FSA could pay this year",
        "0 if none is offered; no more than plan and law let it pay",
    )
    fsa_elected: Cents | None = fact("Readiness", "FSA elected")
    goals: tuple[Goal, ...] = listed(
        "Readiness", "Goals", "money needed on a date, in order of date", prefix="goal_", most=MOST_GOALS
    )
