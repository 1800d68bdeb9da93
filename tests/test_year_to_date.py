"""A year begun and continued from its sums answers what the whole year answers."""

import random
from dataclasses import replace

from mbr_xl.engine.events import events
from mbr_xl.engine.plan import plan_year, rules_of
from mbr_xl.errors import InputError
from mbr_xl.household import Household
from mbr_xl.rules import bank_holidays
from tests.households import random_household

SAME = (
    "total_pretax", "total_roth", "total_match", "annual_match", "true_up_due", "after_tax_room", "total_after_tax",
    "total_additions", "total_nonelective", "total_profit_sharing", "additions_limit",
)  # fmt: skip
HOUSEHOLDS = 250


def from_january(household: Household) -> Household:
    blank = {name: field.default for name, field in Household.__dataclass_fields__.items() if name.startswith("ytd_")}
    return replace(
        household, **blank, cadence="none", opening_value=0, opening_basis=0, opening_pre_1987=0, conversion_dates=(),
        change_from=None,
    )  # fmt: skip


def begun(household: Household, rng: random.Random) -> tuple[Household, Household] | None:
    """The household, and the same with one of its pay dates behind it; None where there is too little to cut."""
    whole = from_january(household)
    try:
        plan = plan_year(whole, rules_of(whole))
    except InputError:  # the sums that were taken out decided something
        return None
    regular = sorted({pay.date for pay in plan.pays if pay.kind == "base"})
    if len(regular) < 4:
        return None
    cut = rng.choice(regular[:-1])
    paid = [event for event in events(whole, bank_holidays()) if event.date <= cut]
    past = plan.pays[: len(paid)]
    matched = 0
    for pay, event in zip(past, paid, strict=True):
        if event.in_match:
            matched += pay.pretax + pay.roth - (0 if whole.match_catch_up else pay.catch_up)
            matched += pay.after_tax_elected if whole.match_after_tax else 0
    return whole, replace(
        whole,
        ytd_date=cut,
        ytd_pretax=sum(pay.pretax for pay in past),
        ytd_roth=sum(pay.roth for pay in past),
        ytd_after_tax=sum(pay.after_tax for pay in past),
        ytd_match=sum(pay.match for pay in past),
        ytd_nonelective=sum(pay.nonelective for pay in past),
        ytd_plan_pay=sum(event.plan_pay for event in paid),
        ytd_match_pay=sum(event.match_pay for event in paid),
        ytd_match_counted=sum(pay.match_pay for pay in past),
        ytd_additions_pay=sum(event.additions_pay for event in paid),
        ytd_matched_deferral=matched,
    )


def test_a_year_begun_ends_as_the_whole_year(base_seed):
    compared = 0
    for seed in range(base_seed, base_seed + HOUSEHOLDS):
        cut = begun(random_household(seed), random.Random(seed))
        if cut is None:
            continue
        whole, part = cut
        try:
            ends = plan_year(part, rules_of(part)).headlines
        except InputError:  # a quarterly match in the middle of a quarter, a formula that changed before
            continue
        expected = plan_year(whole, rules_of(whole)).headlines
        # Sums cannot tell which of two alternatives earned the match so far, nor by how many half cents of rounding a
        # year's deferrals fall short of an award: then room may only be smaller.
        tiers = (*whole.match_tiers, *whole.match_tiers_after)
        if whole.match_or or whole.match_or_after or any(tier.kind == "award" for tier in tiers):
            assert ends.after_tax_room <= expected.after_tax_room + 1, seed
        else:
            for name in SAME:
                assert abs(getattr(ends, name) - getattr(expected, name)) <= 1, (seed, name)
        compared += 1
    assert compared > HOUSEHOLDS / 3
