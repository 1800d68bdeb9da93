"""The answers of the Growth sheet: what the years ahead bring, and what stands in line before it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from mbr_xl.client import Client
from mbr_xl.engine.years_ahead.future import (
    FutureYear,
    break_even_months,
    break_even_words,
    first_in_taxable,
    future_terms,
    future_years,
)
from mbr_xl.engine.years_ahead.goals import Reach, reaches
from mbr_xl.engine.years_ahead.late_start import late_start
from mbr_xl.engine.years_ahead.readiness import (
    Status,
    after_tax_left,
    deferral_short,
    deferred_pay,
    emergency,
    hsa,
    insurance,
    match_short,
    ordinary_backdoor,
    spending_account,
    stock_purchase,
)
from mbr_xl.money import Cents, Millionths
from mbr_xl.results import YearPlan
from mbr_xl.rules import Rules


@dataclass(frozen=True)
class GrowthAnswers:
    """At the end of the years to go, in cents after tax, if qualified; each is a defined name of the planner."""

    end_year: int
    end_paid_in: Cents
    end_roth: Cents
    end_unconverted: Cents
    end_taxable: Cents
    roth_over_unconverted: Cents
    roth_over_taxable: Cents
    short_wait_missed: Cents
    short_wait_worth: Cents
    short_wait_less: Cents
    short_wait_less_growth: Cents
    long_wait_missed: Cents
    long_wait_worth: Cents
    long_wait_less: Cents
    long_wait_less_growth: Cents
    first_year_taxable: Cents
    break_even_months: int
    break_even: str


@dataclass(frozen=True)
class ReadinessAnswers:
    """What is open, done, not offered or not told, with its number; each is a defined name of the planner."""

    ready_emergency: Status
    emergency_wanted: Cents
    emergency_short: Cents
    spare_savings: Cents
    ready_insurance: Status
    insurance_missing: int
    ready_match: Status
    match_short: Cents
    ready_deferral: Status
    deferral_short: Cents
    ready_hsa: Status
    hsa_limit: Cents
    hsa_short: Cents
    hsa_over: Cents
    ready_backdoor: Status
    backdoor_left: Cents
    ready_mega: Status
    mega_unused: Cents
    ready_espp: Status
    espp_gain: Millionths
    ready_nqdc: Status
    nqdc_match_lost: Cents
    ready_fsa: Status
    fsa_short: Cents
    ready_goals: Status
    goals_short: Cents
    before_open: int
    before_untold: int


def growth_answers(client: Client, plan: YearPlan, rules: Rules) -> GrowthAnswers | None:
    """What the years ahead bring; None while years_to_go or future_growth is blank.

    Raises InputError for years, growth or waits out of bounds.
    """
    del rules  # every sheet's answers are asked for alike; no limit of a year decides here
    terms = future_terms(client, plan)
    if terms is None:
        return None
    last = future_years(terms)[-1]
    months = break_even_months(terms)
    waits: dict[str, Any] = {}
    for name, years in zip(("short_wait", "long_wait"), terms.waits, strict=True):
        found = late_start(terms, years)
        waits |= {f"{name}_{part}": getattr(found, part) for part in ("missed", "worth", "less", "less_growth")}
    return GrowthAnswers(
        end_year=last.year,
        end_paid_in=last.paid_to_date,
        end_roth=last.roth,
        end_unconverted=last.unconverted,
        end_taxable=last.taxable,
        roth_over_unconverted=last.roth_less_unconverted,
        roth_over_taxable=last.roth_less_taxable,
        **waits,
        first_year_taxable=first_in_taxable(terms),
        break_even_months=months,
        break_even=break_even_words(months, terms.grows),
    )


def year_table(client: Client, plan: YearPlan) -> tuple[FutureYear, ...]:
    """The lines of the year table; none while years_to_go or future_growth is blank."""
    terms = future_terms(client, plan)
    return () if terms is None else future_years(terms)


def goal_lines(client: Client, plan: YearPlan) -> tuple[Reach, ...]:
    """The lines of the goals, each with what is accessible on its day."""
    return reaches(client, plan, emergency(client).spare)


def readiness_answers(client: Client, plan: YearPlan, rules: Rules) -> ReadinessAnswers:
    """What should be in place before after-tax money and beside it, each open, done or not told; never advice.

    Raises InputError for goals or growth that cannot be used, or an HSA limit that is not held.
    """
    top = plan.headlines
    fund = emergency(client)
    insured, missing = insurance(client)
    matched, match_gap = match_short(client, top, rules)
    deferred, deferral_gap = deferral_short(client, plan)
    health = hsa(client, rules)
    mega, mega_unused = after_tax_left(client, plan)
    backdoor, backdoor_left = ordinary_backdoor(client)
    espp, espp_gain = stock_purchase(client)
    nqdc, match_lost = deferred_pay(client, top, rules)
    fsa, fsa_gap = spending_account(client)
    goals = goal_lines(client, plan)
    goals_short = sum(goal.short for goal in goals)
    before = (fund.status, insured, matched, deferred, health.status, backdoor)
    return ReadinessAnswers(
        ready_emergency=fund.status,
        emergency_wanted=fund.wanted,
        emergency_short=fund.short,
        spare_savings=fund.spare,
        ready_insurance=insured,
        insurance_missing=missing,
        ready_match=matched,
        match_short=match_gap,
        ready_deferral=deferred,
        deferral_short=deferral_gap,
        ready_hsa=health.status,
        hsa_limit=health.limit,
        hsa_short=health.short,
        hsa_over=health.over,
        ready_backdoor=backdoor,
        backdoor_left=backdoor_left,
        ready_mega=mega,
        mega_unused=mega_unused,
        ready_espp=espp,
        espp_gain=espp_gain,
        ready_nqdc=nqdc,
        nqdc_match_lost=match_lost,
        ready_fsa=fsa,
        fsa_short=fsa_gap,
        ready_goals="not told" if not goals else "open" if goals_short else "done",
        goals_short=Cents(goals_short),
        before_open=before.count("open"),
        before_untold=before.count("not told"),
    )
