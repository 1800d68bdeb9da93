"""The best elections against every election tried, and what they say."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from mbr_xl.engine.electing.bonus_range import safe_bonus
from mbr_xl.engine.electing.solve import solve
from mbr_xl.engine.electing.wishes import Wishes
from mbr_xl.engine.elections import best_pairs, sums_by_step
from mbr_xl.engine.plan import plan_year, rules_of
from mbr_xl.errors import InputError
from mbr_xl.household import Election, Leave, Payment, Raise
from tests.hand_worked import bonus, household
from tests.households import random_household
from tests.test_elections import every_pair

TENTH = 100_000
JAN = date(2026, 1, 31)


def solved(h, most=None, **wishes):
    h = h if most is None else replace(h, most_elected=most)
    return solve(h, rules_of(h), Wishes(**wishes))


def worth(h, plan, with_pays_first):
    top = plan.headlines
    match = top.total_match + top.true_up_due
    first = top.total_match if with_pays_first else 0
    return match, first, top.total_deferral, top.total_match, top.total_after_tax


def every_step(start, step, most):
    """All rates of base and bonus: deferral and after-tax, at most `most` together."""
    rates = range(0, most + 1, step)
    for base, base_at, extra, extra_at in product(rates, repeat=4):
        if base + base_at <= most and extra + extra_at <= most:
            yield Election(
                start, base_pretax=base, base_roth=0, base_after_tax=base_at, bonus_pretax=extra, bonus_roth=0,
                bonus_after_tax=extra_at,
            )  # fmt: skip


def best_of_all(h, steps, before=(), asked=None, with_pays_first=True):
    """The best worth of any step after those before it, by the planner's own year; only what is safe counts. No more is
    deferred than asked, unless the whole match takes more: then the least that brings it."""
    rules, found = rules_of(h), []
    for step in steps:
        year = plan_year(replace(h, elections=(*before, step)), rules)
        top = year.headlines
        if top.elections_safe and top.total_after_tax <= max(0, top.after_tax_room - h.cushion):
            found.append(worth(h, year, with_pays_first))
    if asked is not None and found:
        whole = max(found)[0]
        ceiling = max(asked, min(one[2] for one in found if one[0] == whole))
        found = [one for one in found if one[2] <= ceiling]
    return max(found, default=None)


SMALL = {
    "plain": household(),
    "match a pay": household("50% of 6%", payments=(bonus(date(2026, 3, 13), 41_000),)),
    "match, true-up": household(
        "100% of 3% + 50% of 2%", true_up="next spring", payments=(bonus(date(2026, 6, 12), 90_000, False),)
    ),
    "bonus without match": household(
        "50% of 6%", payments=(bonus(date(2026, 3, 13), 81_000, match_pay=False),)
    ),
    "match now or a true-up later": household(
        "100% of 3%", true_up="next spring", payments=(bonus(date(2026, 3, 13), 81_000),)
    ),
    "one election for all pay": household(
        "50% of 6%", separate_elections=False, payments=(bonus(date(2026, 3, 13), 41_000),)
    ),
    "dollars": household("50% up to the deferral limit", payments=(bonus(date(2026, 12, 11), 33_333),)),
    "raise and leave": household(
        "100% of 4%", annual_salary=180_000_00, raises=(Raise(date(2026, 7, 1), 211_111_11),),
        leaves=(Leave(date(2026, 4, 1), date(2026, 5, 15), 0),), cushion=1_000_00,
    ),
    "caps": household(
        "25% of 10%", cap_base=150_000, cap_bonus=200_000, after_tax_cap=20_000_00,
        payments=(bonus(date(2026, 2, 13), 70_000),),
    ),
    "little pay": household("100% of 6%", annual_salary=31_000_00, payments=(bonus(date(2026, 5, 5), 9_000),)),
    "greater of": household(
        "greater of 100% of $6000 and 50% up to the deferral limit", payments=(bonus(date(2026, 9, 9), 50_000),)
    ),
    "year to date": household(
        "100% of 5%", ytd_date=date(2026, 6, 30), ytd_pretax=11_000_00, ytd_after_tax=9_000_00, ytd_match=5_000_00,
        ytd_plan_pay=120_000_00, ytd_match_pay=120_000_00, ytd_additions_pay=120_000_00,
    ),
    "made already, and a bonus": household(
        "100% of 5%", ytd_date=date(2026, 6, 30), ytd_after_tax=45_000_00, ytd_match=5_000_00,
        ytd_plan_pay=120_000_00, ytd_match_pay=120_000_00, ytd_additions_pay=120_000_00,
        payments=(bonus(date(2026, 9, 11), 37_000),),
    ),
    "made already, no match, and a bonus": household(
        ytd_date=date(2026, 6, 30), ytd_after_tax=55_000_00, ytd_plan_pay=120_000_00,
        ytd_additions_pay=120_000_00, payments=(bonus(date(2026, 9, 11), 37_000),),
    ),
    "after-tax made already": household(
        "100% of 5%", ytd_date=date(2026, 6, 30), ytd_after_tax=50_000_00, ytd_match=5_000_00,
        ytd_plan_pay=120_000_00, ytd_match_pay=120_000_00, ytd_additions_pay=120_000_00,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SMALL)
@pytest.mark.parametrize("asked", [None, 15_000_00])
def test_one_set_is_the_best_of_all_sets(name, asked):
    h = replace(SMALL[name], elections=())
    found = solved(h, step=TENTH, changes=0, most=400_000, asked=asked)
    assert found.safe
    start = found.steps[0].start
    assert worth(h, found.plan, True) == best_of_all(h, every_step(start, TENTH, 400_000), asked=asked)


@pytest.mark.parametrize("name", ["match a pay", "dollars", "raise and leave", "after-tax made already"])
def test_a_change_brings_no_less_than_the_best_change_after_the_best_set(name):
    h = replace(SMALL[name], elections=())
    first = solved(h, step=TENTH, changes=0, most=300_000)
    found = solved(h, step=TENTH, changes=1, most=300_000)
    days = sorted({pay.date for pay in first.plan.pays} - {first.steps[0].start})
    worths = [best_of_all(h, every_step(day, TENTH, 300_000), first.steps) for day in days]
    best = max(one for one in [*worths, worth(h, first.plan, True)] if one)
    assert worth(h, found.plan, True) >= best
    assert found.safe


def test_catch_up_that_is_not_matched_costs_no_match():
    h = household("100% of 6%", birth_date=date(1970, 5, 5), prior_wages=100_000_00, true_up="none")
    found = solved(h)
    assert found.plan.headlines.total_match == 14_400_00
    level = plan_year(replace(h, elections=(Election(JAN, base_pretax=130_000),)), rules_of(h)).headlines
    assert level.total_match < found.plan.headlines.total_match
    assert found.plan.headlines.total_deferral > 24_500_00
    assert found.plan.headlines.match_lost == 0


def test_catch_up_out_of_an_early_bonus_costs_no_match_either():
    """6 % of 280,000 matched in full is 16,800; catch-up out of February's bonus would leave December's pay none."""
    h = household(
        "100% of 6%", birth_date=date(1970, 5, 5), prior_wages=100_000_00, payments=(bonus(date(2026, 2, 13), 40_000),)
    )
    early = Election(JAN, base_pretax=60_000, bonus_pretax=450_000)
    assert plan_year(replace(h, elections=(early,)), rules_of(h)).headlines.total_match < 16_800_00
    for changes in (0, 1):
        found = solved(h, changes=changes)
        assert found.plan.headlines.total_match == 16_800_00
        assert found.safe
    assert found.plan.headlines.total_deferral > 24_500_00


def test_the_cushion_stays_free():
    found = solved(household(cushion=777_00), step=1_000, changes=0).plan.headlines
    assert 777_00 <= found.after_tax_unused < 777_00 + 240_00  # a step is 240 a year


def test_catch_up_that_must_be_roth():
    h = household(birth_date=date(1970, 5, 5), prior_wages=200_000_00)
    found = solved(h, step=1_000)
    top = found.plan.headlines
    assert (top.total_pretax, top.total_roth) == (24_500_00, 8_000_00)
    assert found.safe
    as_roth = solved(h, step=1_000, deferral="roth").plan.headlines
    assert (as_roth.total_pretax, as_roth.total_roth) == (0, 32_500_00)
    under = solved(household(), deferral="roth").plan.headlines
    assert (under.total_pretax, under.total_roth > 24_000_00) == (0, True)


def test_staircase_with_ties_equals_every_pair():
    for base, extra, target in (([0, 10, 20, 30], [0, 10, 20], 30), ([0, 0, 7], [0, 0], 6), ([0, 5], [0, 9], 4)):
        totals = {(i, j): a + b for i, a in enumerate(base) for j, b in enumerate(extra) if a + b <= target}
        most = max(totals.values())
        found = best_pairs(base, extra, target)
        assert found[0] == every_pair(base, extra, target)
        assert all(totals[pair] == most for pair in found)
        assert {i for i, _ in found} == {i for (i, _), total in totals.items() if total == most}
    assert best_pairs([0, 1], [0, 1], -1) == []
    assert sums_by_step([1_050, 50], 5_000, 4, 10**9) == [0, 5, 12, 17, 22]  # 0.5 % of 10.50 and 0.50, each rounded


def test_words_as_payroll_reads_them():
    h = household(
        "50% of 6%", payments=(bonus(date(2026, 9, 15), 40_000),), change_from=date(2026, 4, 1),
        elections=(Election(date(2026, 1, 1), base_pretax=100_000, bonus_pretax=100_000),), cap_bonus=400_000,
    )  # fmt: skip
    found = solved(h, changes=0)
    assert found.sentence == (
        "Starting with the paycheck of Thu, Apr 30, 2026, set pre-tax to 6% of base pay and 19% of bonus and after-tax "
        "to 14% of base pay and 35% of bonus."
    )
    # 6,000 before, 9 x 1,200 and 7,600; match 12 x 600 and 1,200; 72,000 - 24,400 - 8,400 = 9 x 2,800 and 14,000.
    assert found.plan.headlines.total_after_tax == 39_200_00
    assert found.unused == ("Deferrals end $100 short of $24,500: one more step of 1% would pass it.",)
    assert found.household.elections[0] == h.elections[0]
    assert found.household.elections[1].start == date(2026, 4, 30)
    assert found.safe


def test_a_year_worked_by_hand():
    """20,000 a month, no bonus: 10 % is 24,000; 24,500 needs 500 more, 2.5 % of one pay: in whole percents 2 %, 400.
    20 % after-tax fills the 48,000 beside 24,000; beside 24,400 there are 47,600, so December gets 18 %."""
    found = solved(household())
    assert found.sentence == (
        "Starting with the paycheck of Fri, Jan 30, 2026, set pre-tax to 10% of base pay and after-tax to 20% of base "
        "pay; for Thu, Dec 31, 2026, set pre-tax to 12% of base pay and after-tax to 18% of base pay."
    )
    assert found.plan.headlines.total_deferral == 24_400_00
    assert found.plan.headlines.total_after_tax == 47_600_00
    assert found.unused == ("Deferrals end $100 short of $24,500: one more step of 1% would pass it.",)


def test_commission_and_older_and_later_rows():
    rows = (
        Election(date(2026, 1, 1), base_pretax=50_000, commission_after_tax=30_000),
        Election(date(2026, 6, 10), base_pretax=70_000),
        Election(date(2026, 9, 1), base_after_tax=200_000, commission_after_tax=40_000),
    )
    pay = Payment(date(2026, 10, 15), "commission", 30_000_00, True, True, True, True)
    h = household(elections=rows, payments=(pay,), change_from=date(2026, 6, 15))
    found = solved(h, changes=0)
    assert found.household.elections[0] == rows[0]
    assert [row.start for row in found.household.elections] == [
        date(2026, 1, 1), date(2026, 6, 30), date(2026, 9, 1),
    ]  # fmt: skip
    assert found.household.elections[2] == Election(date(2026, 9, 1), commission_after_tax=40_000)
    (line,) = [one for one in found.plan.pays if one.kind == "commission"]
    assert line.after_tax_rate == 40_000
    assert found.safe
    asked = solved(h, changes=0, with_commission=True)
    (line,) = [one for one in asked.plan.pays if one.kind == "commission"]
    assert (line.pretax_rate, line.after_tax_rate) == (asked.steps[0].base_pretax, asked.steps[0].base_after_tax)
    assert "of base pay and commission" in asked.sentence


def test_dates():
    h = household()
    assert solved(h, decided=date(2026, 3, 1)).steps[0].start == date(2026, 4, 30)
    assert solved(h, decided=date(2026, 3, 1), lead_pays=0).steps[0].start == date(2026, 3, 31)
    quarters = tuple(date(2026, month, 1) for month in (4, 7, 10))
    found = solved(h, change_dates=quarters)
    assert found.steps[0].start == date(2026, 4, 30)
    assert {step.start for step in found.steps[1:]} <= {date(2026, 7, 31), date(2026, 10, 30)}
    for refused in ({"decided": date(2026, 12, 31)}, {"change_dates": ()}):
        with pytest.raises(InputError, match="No pay is left"):
            solved(h, **refused)
    with pytest.raises(InputError, match="No pay is left"):
        solved(replace(h, change_from=date(2027, 1, 1)))


def test_preferences_decide_between_equals():
    h = household(payments=(bonus(date(2026, 3, 31), 20_000),), cap_bonus=1_000_000)
    by = {ties: solved(h, ties=ties, changes=0) for ties in ("bonus first", "pay checks first", "early", "level")}
    worths = {worth(h, one.plan, True) for one in by.values()}
    assert len(worths) == 1
    from_base = {
        ties: sum(p.pretax + p.after_tax for p in one.plan.pays if p.kind == "base") for ties, one in by.items()
    }
    assert from_base["bonus first"] == min(from_base.values()) < from_base["pay checks first"]
    assert from_base["pay checks first"] == max(from_base.values())


@pytest.mark.parametrize(
    ("wishes", "words"),
    [
        ({"deferral": "both"}, "give pretax or roth"),
        ({"step": 500}, "give 0.1% to 25%"),
        ({"changes": 9}, "give 0 to 4"),
        ({"ties": "late"}, "is no preference"),
        ({"asked": -1}, "below \\$0"),
        ({"lead_pays": 11}, "give 0 to 10"),
    ],
)
def test_refusals(wishes, words):
    with pytest.raises(InputError, match=words):
        solved(household(), **wishes)
    with pytest.raises(InputError, match="no Roth"):
        solved(household(plan_has_roth=False, in_plan_conversion=False), deferral="roth")


def test_random_households_are_safe_wherever_anything_is(base_seed):
    """Solved elections break no limit, unless what cannot be changed any more breaks one by itself; a change is never
    worse than none."""
    tried = 0
    for seed in range(base_seed, base_seed + 40):
        h = random_household(seed)
        try:
            found, one = solved(h), solved(h, changes=0)
        except InputError:  # no pay is left, elections are in dollars, or a twelfth row of elections is taken
            continue
        assert found.plan == plan_year(found.household, rules_of(h)), seed
        top = found.plan.headlines
        if not found.safe:
            start = found.steps[0].start
            none = Election(start, *(0 for _ in range(6)))
            kept = tuple(row for row in h.elections if row.start < start)
            later = tuple(
                Election(
                    row.start, commission_pretax=row.commission_pretax, commission_roth=row.commission_roth,
                    commission_after_tax=row.commission_after_tax,
                )
                for row in h.elections if row.start > start
            )  # fmt: skip
            nothing = plan_year(replace(h, elections=(*kept, none, *later)[:12]), rules_of(h)).headlines
            assert not nothing.elections_safe, seed
        else:
            assert top.over_by == 0, seed
            planned = sum(pay.after_tax for pay in found.plan.pays if not pay.recorded)
            assert planned == 0 or top.total_after_tax <= top.after_tax_room, seed
        assert (found.safe, top.total_match + top.true_up_due) >= (
            one.safe, one.plan.headlines.total_match + one.plan.headlines.true_up_due,
        ), seed  # fmt: skip
        assert not one.safe or found.safe, seed
        tried += 1
    assert tried > 20


def test_a_bonus_that_may_vary_never_passes_a_limit():
    h = household("50% of 6%", payments=(bonus(date(2026, 9, 15), 40_000),))
    rules = rules_of(h)
    found = safe_bonus(h, rules, 800_000, 1_200_000)
    assert [share for share, _ in found.cases] == [800_000, 1_000_000, 1_200_000]
    assert found.safe
    for share, plan in found.cases:
        amounts = [pay.gross for pay in plan.pays if pay.kind == "bonus"]
        assert amounts == [40_000_00 * share // 1_000_000]
        assert plan.headlines.elections_safe
    assert len(found.solution.unused) == 3
    # What is best for the expected bonus passes a limit with the high one: that is what the range is for.
    best = solve(h, rules)
    more = replace(best.household, payments=(replace(h.payments[0], amount=48_000_00),))
    assert not plan_year(more, rules).headlines.elections_safe
    assert found.solution.plan.headlines.total_after_tax < best.plan.headlines.total_after_tax
    for low, high in ((1_100_000, 1_200_000), (800_000, 900_000), (800_000, 11_000_000)):
        with pytest.raises(InputError, match="give a low share"):
            safe_bonus(h, rules, low, high)


def test_a_bonus_range_over_random_households(base_seed):
    tried = 0
    for seed in range(base_seed, base_seed + 16):
        h = random_household(seed)
        try:
            found = safe_bonus(h, rules_of(h), 500_000, 1_500_000)
        except InputError:
            continue
        assert found.safe, seed
        assert all(plan.headlines.over_by == 0 for _, plan in found.cases), seed
        tried += 1
    assert tried > 4
