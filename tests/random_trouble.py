"""Random facts of testing, excess, other employers and IRAs, and years made up around them.

A year is made up rather than planned, so that every trouble is met often: the plan itself stays within its limits.
"""

from __future__ import annotations

import random
from dataclasses import MISSING, fields, replace
from datetime import date, timedelta
from typing import Any

from mbr_xl.client import Client
from mbr_xl.household import Household
from mbr_xl.ira_facts import IraFacts
from mbr_xl.limit_facts import LimitFacts
from mbr_xl.results import Headlines, YearPlan
from mbr_xl.rules import Rules, rules_for
from mbr_xl.tax_facts import TaxFacts
from tests.households import percent, some_dollars, some_tiers

STATUSES = ("single", "hoh", "mfj", "qss", "mfs", "mfs_apart")


def maybe(rng: random.Random, chance: float, value: Any, other: Any = None) -> Any:
    return value if rng.random() < chance else other


def some_limit_facts(rng: random.Random, year: int, elsewhere: int) -> LimitFacts:
    first = date(year, 1, 1)
    return LimitFacts(
        lookback_pay=maybe(
            rng, 0.8, rng.choice([12_500_000, 16_000_000, 16_000_001, some_dollars(rng, 80_000, 400_000)])
        ),
        five_percent_owner=rng.random() < 0.15,
        top_paid_election=rng.random() < 0.3,
        in_top_paid=rng.choice([None, True, False]),
        nhce_acp=maybe(rng, 0.75, rng.choice([0, 0, rng.randint(0, 150_000), rng.randint(0, 1_500) * 100])),
        safe_harbor_match=rng.random() < 0.4,
        automatic_enrollment=rng.random() < 0.3,
        returned_earnings=rng.choice([None, 0, percent(4), percent(7.25), rng.randint(0, 300_000)]),
        elsewhere_roth=maybe(rng, 0.5, rng.randint(0, elsewhere), 0),
        elsewhere_related=rng.choice([None, True, False]),
        elsewhere_additions=maybe(rng, 0.5, some_dollars(rng, 1_000, 60_000), 0),
        elsewhere_pay=maybe(rng, 0.5, some_dollars(rng, 1_000, 200_000), 0),
        excess_from=rng.choice(["this plan", "other plan"]),
        excess_first=rng.choice(["pre-tax", "Roth"]),
        excess_notice=maybe(rng, 0.3, date(year + 1, 2, 1)),
        excess_returned=maybe(rng, 0.6, first + timedelta(days=rng.choice([200, 364, 365, 400, 469, 470, 471, 700]))),
        matched_deferral=maybe(rng, 0.25, some_dollars(rng, 0, 30_000)),
    )


def some_ira_facts(rng: random.Random) -> IraFacts:
    contributed = rng.choice([0, 650_000, 700_000, 750_000, 860_000, some_dollars(rng, 0, 12_000)])
    value = rng.choice([0, 33, some_dollars(rng, 0, 5_000), some_dollars(rng, 5_000, 500_000)])
    basis = maybe(rng, 0.4, some_dollars(rng, 0, 60_000), 0)
    return IraFacts(
        ira_value=maybe(rng, 0.9, value),
        ira_contributed=contributed,
        ira_late=maybe(rng, 0.3, rng.randint(0, contributed), 0),
        ira_converted=rng.choice([0, contributed, contributed + 33, some_dollars(rng, 0, 100_000)]),
        ira_basis=basis,
        ira_distributed=maybe(rng, 0.2, some_dollars(rng, 0, 20_000), 0),
        ira_compensation=maybe(rng, 0.2, some_dollars(rng, 0, 9_000)),
        ira_pretax=maybe(rng, 0.5, rng.choice([0, value, rng.randint(0, value)])),
        roll_in_accepted=rng.random() < 0.5,
        **some_spouse(rng),
        magi=maybe(
            rng,
            0.85,
            rng.choice(
                [0, 9_999_00, 167_990_00, 251_999_00, some_dollars(rng, 0, 12_000), some_dollars(rng, 110_000, 260_000)]
            ),
        ),
    )


def some_spouse(rng: random.Random) -> dict[str, int]:
    """Facts of the spouse's IRAs, at times without the December 31 value."""
    contributed = rng.choice([0, 750_000, some_dollars(rng, 0, 9_000)])
    found = {
        "spouse_ira_contributed": contributed,
        "spouse_ira_late": maybe(rng, 0.3, rng.randint(0, contributed), 0),
        "spouse_ira_converted": rng.choice([0, contributed, some_dollars(rng, 0, 80_000)]),
        "spouse_ira_basis": maybe(rng, 0.4, some_dollars(rng, 0, 60_000), 0),
        "spouse_ira_distributed": maybe(rng, 0.2, some_dollars(rng, 0, 20_000), 0),
    }
    return maybe(rng, 0.6, found | maybe(rng, 0.8, {"spouse_ira_value": some_dollars(rng, 0, 200_000)}, {}), {})


def some_tax_facts(rng: random.Random) -> TaxFacts:
    return TaxFacts(
        filing_status=maybe(rng, 0.9, rng.choice(STATUSES)),
        roth_ira_planned=maybe(rng, 0.4, some_dollars(rng, 0, 9_000), 0),
    )


def some_year(rng: random.Random, household: Household, rules: Rules) -> YearPlan:
    """Headlines that add up as a plan's do, but need not stay within any limit."""
    made: dict[str, Any] = {
        field.name: {"str": "", "bool": False}.get(str(field.type), 0)
        for field in fields(Headlines)
        if field.default is MISSING
    }
    catch_up = rng.choice([0, 0, rules.catch_up])
    pretax, roth = some_dollars(rng, 0, 30_000), maybe(rng, 0.5, some_dollars(rng, 0, 20_000), 0)
    above = max(0, pretax + roth + household.elsewhere - rules.deferral)
    total_catch_up = min(above, catch_up, pretax + roth)
    match = maybe(rng, 0.8, some_dollars(rng, 0, 15_000), 0)
    true_up = maybe(rng, 0.2, some_dollars(rng, 0, 2_000), 0)
    nonelective, sharing = (
        maybe(rng, 0.3, some_dollars(rng, 0, 20_000), 0),
        maybe(rng, 0.3, some_dollars(rng, 0, 40_000), 0),
    )
    employer = match + true_up + nonelective + sharing
    after_tax = maybe(rng, 0.8, some_dollars(rng, 0, 50_000), 0)
    elected = after_tax + maybe(rng, 0.4, some_dollars(rng, 0, 20_000), 0)
    pay = rng.choice([some_dollars(rng, 20_000, 80_000), some_dollars(rng, 80_000, 600_000), 0])
    limit = min(rules.annual_additions, pay)
    others = pretax + roth - total_catch_up + employer + household.other_additions
    made |= {
        "deferral_limit": rules.deferral + catch_up,
        "catch_up_allowed": catch_up,
        "total_pretax": pretax,
        "total_roth": roth,
        "total_deferral": pretax + roth,
        "total_catch_up": total_catch_up,
        "total_match": match,
        "true_up_due": true_up,
        "total_nonelective": nonelective,
        "total_profit_sharing": sharing,
        "total_employer": employer,
        "additions_pay_total": pay,
        "additions_limit": limit,
        "after_tax_room": max(0, limit - others),
        "total_after_tax": after_tax,
        "total_after_tax_elected": elected,
        "total_additions": others + after_tax,
        "total_converted": maybe(rng, 0.7, some_dollars(rng, 0, 60_000), 0),
        "total_to_traditional": maybe(rng, 0.2, 500_00, 0),
    }
    return YearPlan((), (), Headlines(**made))


def made_up(seed: int) -> tuple[Client, YearPlan, Rules]:
    """A client, a year and its rules, the same for the same seed."""
    rng = random.Random(seed)
    year = rng.choice([2019, 2022, 2024, 2025, 2026, 2026, 2026, 2027])
    age = rng.choice([None, 30, 49, 50, 62])
    change = rng.random() < 0.3
    household = Household(
        tax_year=year,
        any_pay_date=date(year, 1, 2),
        annual_salary=200_000_00,
        birth_date=None if age is None else date(year - age, 6, 15),
        use_projection=year == 2027,
        elsewhere=maybe(rng, 0.6, some_dollars(rng, 0, 32_000), 0),
        other_additions=maybe(rng, 0.2, some_dollars(rng, 0, 5_000), 0),
        catch_up_reading=rng.choice(["above_402g", "above_402g", "above_415c"]),
        ytd_match_pay=some_dollars(rng, 0, 400_000),
        ytd_pretax=some_dollars(rng, 0, 30_000),
        ytd_roth=maybe(rng, 0.5, some_dollars(rng, 0, 10_000), 0),
        match_period="annual",
        match_tiers=some_tiers(rng, rng.choice([0, 1, 2, 4])),
        match_or=some_tiers(rng, rng.choice([0, 0, 1, 2])),
        match_change_date=date(year, 7, 1) if change else None,
        match_tiers_after=some_tiers(rng, rng.choice([0, 1, 2])),
        match_or_after=some_tiers(rng, rng.choice([0, 1])),
        match_after_tax=rng.random() < 0.4,
        in_plan_conversion=rng.random() < 0.6,
        in_service_withdrawal=rng.random() < 0.8,
        earnings_to=rng.choice(["roth", "traditional", "leave"]),
        conversion_path=rng.choice([None, "in plan", "Roth IRA"]),
        federal_rate=percent(rng.choice([0, 24, 32, 35])),
        state_rate=percent(rng.choice([0, 3.876, 9.3])),
    )
    rules = rules_for(year, None, household.use_projection)
    client = Client(
        household=household,
        trouble=some_limit_facts(rng, year, household.elsewhere),
        iras=some_ira_facts(rng),
        tax=some_tax_facts(rng),
    )
    plan = some_year(rng, household, rules)
    moved = replace(household, ytd_converted=plan.headlines.total_converted)
    return replace(client, household=moved), plan, rules


def without(client: Client, **sections: Any) -> Client:
    """The client with other facts in some sections."""
    return replace(client, **sections)
