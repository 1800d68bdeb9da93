"""The random households are worth their name: the engine takes each, and every trait of issue 2 occurs."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable
from functools import partial

import pytest

from mbr_xl.engine.plan import plan_year, rules_of
from mbr_xl.household import Household
from mbr_xl.results import YearPlan
from tests.households import KINDS, cells_of, random_household

HOUSEHOLDS = 300
AT_LEAST = 3

Trait = Callable[[Household, YearPlan], bool]


def field_is(name: str, value: object, h: Household, _: YearPlan) -> bool:
    return getattr(h, name) == value


def given(name: str, h: Household, _: YearPlan) -> bool:
    return getattr(h, name) not in (None, 0, ())


def has_tier(kind: str, h: Household, _: YearPlan) -> bool:
    return any(tier.kind == kind for tier in (*h.match_tiers, *h.match_or, *h.match_tiers_after, *h.match_or_after))


def has_kind(kind: str, h: Household, p: YearPlan) -> bool:
    return any(line.kind == kind for line in p.pays)


def age(years: int, h: Household, _: YearPlan) -> bool:
    return h.birth_date is not None and h.tax_year - h.birth_date.year == years


def inside_and_apart(h: Household, _: YearPlan) -> bool:
    return {True, False} <= {payment.separate for payment in h.payments}


FLAGS = (
    "after_tax_allowed", "plan_has_roth", "catch_up_offered", "super_catch_up_offered", "separate_elections",
    "match_catch_up", "match_after_tax", "last_day_rule", "in_plan_conversion", "in_service_withdrawal",
    "use_projection",
)  # fmt: skip

CHOICES: dict[str, tuple[object, ...]] = {
    "pay_frequency": ("weekly", "biweekly", "semimonthly", "monthly"),
    "shift": ("before", "none"),
    "tax_year": tuple(range(2019, 2028)),
    "catch_up_reading": ("above_402g", "above_415c"),
    "compensation_practice": ("cumulative", "prorated", "stops contributions"),
    "match_period": ("per pay", "quarterly", "annual", "none"),
    "true_up": ("none", "december", "next spring"),
    "election_unit": ("percent", "dollars"),
    "spill_over": ("none", "starts at the limit", "deferral continues"),
    "cadence": ("automatic", "each pay", "monthly", "quarterly", "dates", "none"),
    "earnings_to": ("roth", "traditional", "leave"),
    "unrecovered_basis": ("lost", "carried"),
    **dict.fromkeys(FLAGS, (True, False)),
}

GIVEN = (
    "birth_date", "prior_wages", "elsewhere", "second_day", "salary_divisor", "hire_date", "leave_date", "raises",
    "leaves", "ytd_date", "ytd_pretax", "ytd_roth", "ytd_after_tax", "ytd_match", "ytd_nonelective", "ytd_plan_pay",
    "ytd_match_pay", "ytd_additions_pay", "ytd_converted", "ytd_taxable", "after_tax_cap", "after_tax_cap_share",
    "cap_base", "cap_bonus", "cap_commission", "combined_cap", "other_additions", "cushion", "match_or",
    "match_change_date", "match_or_after", "match_max", "nonelective_rate", "profit_sharing_rate", "profit_sharing",
    "opening_value", "opening_basis", "opening_pre_1987", "change_from", "own_deferral", "own_catch_up",
    "own_annual_additions", "own_compensation", "own_roth_catch_up_wages", "payments", "elections",
)  # fmt: skip

TRAITS: dict[str, Trait] = {
    **{f"{name} {value}": partial(field_is, name, value) for name, values in CHOICES.items() for value in values},
    **{f"{name} given": partial(given, name) for name in GIVEN},
    **{f"tier {kind}": partial(has_tier, kind) for kind in ("share", "dollars", "limit", "award")},
    **{f"pay {kind}": partial(has_kind, kind) for kind in ("base", *KINDS)},
    **{f"age {years}": partial(age, years) for years in (49, 50, 59, 60, 63, 64)},
    "payments inside and apart": inside_and_apart,
    "pay that plan, match or 415 leaves out": lambda h, p: any(
        not (pay.in_plan_pay and pay.in_match_pay and pay.in_additions_pay) for pay in h.payments
    ),
    "many payments": lambda h, p: len(h.payments) >= 20,
    "elections change": lambda h, p: sum(e.start.year == h.tax_year for e in h.elections) >= 2,
    "growth": lambda h, p: h.growth_rate > 0,
    "loss": lambda h, p: h.growth_rate < 0,
    "dollar limit 415(c) binds": lambda h, p: p.headlines.binding == "annual additions limit, 415(c)",
    "100% of pay binds": lambda h, p: p.headlines.binding == "100% of pay, 415(c)",
    "the plan's dollar cap binds": lambda h, p: "dollar cap" in p.headlines.binding,
    "the plan's share cap binds": lambda h, p: "share of pay" in p.headlines.binding,
    "deferrals are cut": lambda h, p: any(
        line.pretax + line.roth < line.pretax_elected + line.roth_elected for line in p.pays
    ),
    "after-tax is cut": lambda h, p: any(line.after_tax < line.after_tax_elected for line in p.pays),
    "over a limit": lambda h, p: p.headlines.over_by > 0,
    "elections safe": lambda h, p: p.headlines.elections_safe and p.headlines.total_after_tax > 0,
    "catch-up made": lambda h, p: p.headlines.total_catch_up > 0,
    "catch-up must be Roth": lambda h, p: p.headlines.roth_catch_up_required and p.headlines.catch_up_allowed > 0,
    "Roth catch-up closed to a plan without Roth": lambda h, p: (
        p.headlines.roth_catch_up_required and not h.plan_has_roth
    ),
    "true-up due": lambda h, p: p.headlines.true_up_due > 0,
    "match lost": lambda h, p: p.headlines.match_lost > 0,
    "pay stops at 401(a)(17)": lambda h, p: (
        h.compensation_practice == "stops contributions" and any(x.plan_pay == 0 < x.gross for x in p.pays)
    ),
    "best base": lambda h, p: 0 < p.headlines.best_base < 1_000_000,
    "best bonus": lambda h, p: p.headlines.best_bonus > 0,
    "best dollars of base": lambda h, p: p.headlines.best_base_dollars > 0,
    "best dollars of bonus": lambda h, p: p.headlines.best_bonus_dollars > 0,
    "pays recorded, others planned": lambda h, p: {line.recorded for line in p.pays} == {True, False},
    "a gap in the records": lambda h, p: any(
        one.recorded < other.recorded for one, other in itertools.pairwise(p.pays)
    ),
    "recorded beyond what is left": lambda h, p: bool(h.paid) and p.headlines.over_by > 0,
    "deferral goes on as after-tax": lambda h, p: (
        h.spill_over == "deferral continues"
        and any(
            line.pretax + line.roth < line.pretax_elected + line.roth_elected for line in p.pays if not line.recorded
        )
    ),
    "after-tax begins at the limit": lambda h, p: (
        h.spill_over == "starts at the limit" and p.headlines.total_after_tax > h.ytd_after_tax
    ),
    "several conversions": lambda h, p: len(p.conversions) >= 3,
    "conversion in the next year": lambda h, p: any(c.tax_year > h.tax_year for c in p.conversions),
    "taxable conversion": lambda h, p: p.headlines.total_taxable > h.ytd_taxable,
    "to a traditional IRA": lambda h, p: p.headlines.total_to_traditional > 0,
    "left unconverted": lambda h, p: p.headlines.unconverted_basis > 0,
    "projected limits": lambda h, p: "PROJECTED" in p.headlines.limits_note,
    "own limits": lambda h, p: "YOUR LIMITS" in p.headlines.limits_note,
}


def test_every_trait_occurs() -> None:
    seen: Counter[str] = Counter()
    for seed in range(HOUSEHOLDS):
        household = random_household(seed)
        plan = plan_year(household, rules_of(household))
        seen.update(name for name, trait in TRAITS.items() if trait(household, plan))
    rare = {name: seen[name] for name in TRAITS if seen[name] < AT_LEAST}
    assert not rare, f"too rare in {HOUSEHOLDS} households: {rare}"


def test_same_seed_same_household() -> None:
    assert random_household(7) == random_household(7)
    assert random_household(7) != random_household(8)


@pytest.mark.parametrize("seed", range(20))
def test_cells_fill_their_lists(seed: int) -> None:
    household = random_household(seed)
    cells = cells_of(household)
    assert {len(cells[name]) for name in cells if name.startswith("payment_")} == {60}  # type: ignore[arg-type]
    assert {len(cells[name]) for name in cells if name.startswith("election_") and name != "election_unit"} == {12}  # type: ignore[arg-type]
    assert cells["annual_salary"] == household.annual_salary / 100
    assert cells["growth_rate"] == household.growth_rate / 1_000_000
    blank = cells_of(household, defaults_blank=True)
    assert blank.keys() == cells.keys()
    assert blank["tax_year"] == household.tax_year
