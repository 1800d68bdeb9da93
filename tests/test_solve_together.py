"""The first set of elections and one later change against all pairs of sets, tried one by one with `plan_year`."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest

from mbr_workbooks.sample import sample_household
from mbr_xl.cash_facts import CashFacts
from mbr_xl.client import Client
from mbr_xl.engine.electing.four_sums import FourSums
from mbr_xl.engine.electing.solve import solve
from mbr_xl.engine.electing.wishes import Wishes
from mbr_xl.engine.plan import plan_year, rules_of
from mbr_xl.household import Election
from mbr_xl.records import Paid
from tests.hand_worked import bonus, household
from tests.test_solve_cash import cash_of, keeps

FORMULAS = ("none", "50% of 20%", "100% of 25%", "100% of 20% + 50% of 20%", "50% up to the deferral limit")


def small(rng):
    """Three monthly pays to the end of the year, now and then four, and a bonus; the limits are within their reach."""
    count = rng.choice([3, 3, 3, 4])
    start = date(2026, 13 - count, 1)
    day = start + timedelta(days=rng.randint(0, 30 * count - 5))
    text = rng.choice(FORMULAS)
    limit = count * 20_000 * rng.choice([7, 12, 18, 27])  # cents of so many percent
    return household(
        text, elections=(), payments=(bonus(day, rng.choice([13, 20, 31]) * 1_000, match_pay=rng.random() < 0.7),),
        change_from=start, own_deferral=limit, own_annual_additions=limit + count * 20_000 * rng.choice([23, 41, 90]),
        most_elected=rng.choice([600_000, 750_000]), cap_base=rng.choice([None, None, 250_000]),
        cushion=rng.choice([0, 0, 1_000_00]), true_up=rng.choice(["none", "next spring"]) if text != "none" else "none",
        match_period=rng.choice(["per pay", "annual"]) if text != "none" else "none",
        annual_salary=240_000_00 if rng.random() < 0.7 else 300_000_00,
    )  # fmt: skip


def rates(step, most, cap):
    """All pairs of pre-tax and after-tax of a kind."""
    each = range(0, most + 1, step)
    return [
        (one, other)
        for one, other in product(each, each)
        if one + other <= most and other <= (most if cap is None else cap)
    ]


def every_pair_of_sets(h, step):
    """The rows of elections of one set for the year, and of any two."""
    days = sorted({pay.date for pay in plan_year(h, rules_of(h)).pays if pay.date >= h.change_from})
    paid = h.payments[0].date
    start = days[0]
    for day in days:
        base, bonuses = rates(step, h.most_elected, h.cap_base), rates(step, h.most_elected, h.cap_bonus)
        for early, late, extra in product(base if day > start else [(0, 0)], base, bonuses):
            second = Election(day, late[0], 0, late[1], extra[0], 0, extra[1])
            before = extra if paid < day else (0, 0)
            first = Election(start, early[0], 0, early[1], before[0], 0, before[1])
            yield (first, second) if day > start else (second,)


def worth(plan):
    top = plan.headlines
    match = top.total_match + top.true_up_due
    return match, top.total_match, top.total_deferral, top.total_match, top.total_after_tax


def all_worths(h, step):
    rules = rules_of(h)
    found = set()
    for rows in every_pair_of_sets(h, step):
        plan = plan_year(replace(h, elections=rows), rules)
        top = plan.headlines
        if top.elections_safe and top.total_after_tax <= max(0, top.after_tax_room - h.cushion):
            found.add(worth(plan))
    return found


def check(rng, asked):
    h = small(rng)
    step = rng.choice([200_000, 250_000])
    found = solve(h, rules_of(h), Wishes(step=step))
    every = all_worths(h, step)
    assert found.safe
    assert worth(found.plan) == max(every)
    if not asked:
        return
    wanted = max(every)[2] * rng.choice([0, 30, 60, 90]) // 100
    found = worth(solve(h, rules_of(h), Wishes(step=step, asked=wanted)).plan)
    whole = max(every)[0]
    with_match = [one for one in every if one[0] == whole]
    least = min(one[2] for one in with_match)
    if least > wanted:  # the least ceiling that brings the whole match is known of one set alone
        assert found in with_match
        assert found[2] >= least
        return
    assert found == max(one for one in with_match if one[2] <= wanted)


@pytest.mark.parametrize("case", range(6))
def test_two_sets_are_the_best_of_all_pairs_of_sets(base_seed, case):
    check(random.Random(base_seed + case), asked=case % 2)


def test_the_whole_match_above_401a17():
    """50,000 a month; pay counts up to 360,000, to the 10,000 of August. 6% is 3,000 of each of eight pays, 24,000,
    and brings half of 6% of 360,000, 10,800; all year it would be 36,000, 11,500 beyond 24,500. One set that fits, 4%,
    would lose 3,500. Beside it 72,000 - 24,000 - 10,800 = 37,200 are left: 72 steps of 500."""
    h = household("50% of 6%", annual_salary=600_000_00, elections=())
    found = solve(h, rules_of(h))
    top = found.plan.headlines
    assert found.safe
    assert (top.total_deferral, top.total_match, top.match_lost) == (24_000_00, 10_800_00, 0)
    assert top.total_after_tax == 36_000_00  # 4 pays and 8 pays: whole multiples of 2,000
    first, second = found.steps
    assert (first.base_pretax, second.base_pretax, second.start) == (60_000, 0, date(2026, 9, 30))
    assert found.unused == (
        "Deferrals end $500 short of $24,500: one more step of 1% would pass it.",
        "$1,200 of after-tax room is left: the limit is annual additions limit, 415(c), and one more step of 1% would "
        "pass it.",
        "Without the change of Wed, Sep 30, 2026, $11,500 of deferral would not fit.",
    )
    assert solve(h, rules_of(h), Wishes(changes=0)).plan.headlines.match_lost == 3_500_00
    fine = solve(h, rules_of(h), Wishes(step=1_000)).plan.headlines
    assert (fine.total_match, fine.match_lost) == (10_800_00, 0)


def test_a_year_begun():
    """21 pays of 8,000 are left, 80 a step. Three are on record, 800 and 680 each, two follow the old 11% and 15%, the
    bonus its 5% and 29%: 5,660 deferred, 13,140 after-tax. 18,840 left are 235 steps; of 39,900 - 13,140 = 26,760 there
    are 334 steps. 19 x 11 + 2 x 13 = 235 and 19 x 16 + 2 x 15 = 334; after 11% and 15% no later set brings 334."""
    days = (date(2026, 1, 9), date(2026, 1, 23), date(2026, 2, 6))
    paid = tuple(Paid(day, "base", 8_000_00, 800_00, 0, 680_00, 240_00) for day in days)
    h = replace(sample_household(), paid=paid, change_from=date(2026, 3, 20))
    found = solve(h, rules_of(h))
    assert found.safe
    assert found.plan.headlines.total_deferral == 5_660_00 + 235 * 80_00
    assert found.plan.headlines.total_after_tax == 13_140_00 + 334 * 80_00
    assert found.plan.headlines.match_lost == 0


def test_the_match_goes_before_the_deferral_asked_for():
    """Half of 6% of 208,000 and of 30,000 is 7,140; 6% of both is 14,280."""
    h = sample_household()
    for changes in (0, 1):
        found = solve(h, rules_of(h), Wishes(asked=3_000_00, changes=changes))
        top = found.plan.headlines
        assert (top.total_deferral, top.total_match + top.true_up_due) == (14_280_00, 7_140_00)
        assert found.unused[0] == ("$14,280 is deferred instead of the $3,000 asked for: the whole match takes it.")
    enough = solve(h, rules_of(h), Wishes(asked=20_000_00)).plan.headlines
    assert (enough.total_deferral, enough.total_match) == (20_000_00, 7_140_00)
    # Two sets need less than one: 6% to August is 24,000; 4% all year, as much, brings 7,200.
    h = household("50% of 6%", annual_salary=600_000_00, elections=())
    top = solve(h, rules_of(h), Wishes(asked=1_000_00)).plan.headlines
    assert (top.total_deferral, top.total_match) == (24_000_00, 10_800_00)


def test_a_change_that_must_not_be_forgotten():
    """What the first set alone would elect is planned anew."""
    days = (date(2026, 1, 9), date(2026, 1, 23), date(2026, 2, 6))
    paid = tuple(Paid(day, "base", 8_000_00, 800_00, 0, 680_00, 240_00) for day in days)
    h = replace(sample_household(), paid=paid, change_from=date(2026, 3, 20))
    found = solve(h, rules_of(h))
    alone = plan_year(replace(found.household, elections=found.household.elections[:-1]), rules_of(h))
    top = alone.headlines
    elected = sum(pay.after_tax_elected for pay in alone.pays if not pay.recorded) + 3 * 680_00
    over = elected - top.total_after_tax
    assert over > 0
    day = found.steps[1].start
    assert found.unused[-1] == (
        f"Without the change of {day:%a}, {day:%b} {day.day}, 2026, ${over // 100:,} of after-tax would not fit."
    )


@pytest.mark.parametrize("case", range(2))
def test_two_sets_within_cash(base_seed, case):
    """Three pays of 20 of which 14.47 come in and most is spent: every pair of sets, the cash of each day by day."""
    rng = random.Random(base_seed + case)
    h = household(
        rng.choice(FORMULAS[:3]), elections=(), payments=(bonus(date(2026, 11, rng.randint(3, 28)), 20_000),),
        change_from=date(2026, 10, 1), own_deferral=rng.choice([7_000_00, 13_000_00]), federal_rate=240_000,
        own_annual_additions=rng.choice([30_000_00, 50_000_00]), most_elected=500_000,
    )  # fmt: skip
    facts = CashFacts(
        stub_gross=20_000_00, stub_federal=4_000_00, stub_net=14_470_00, checking=3_000_00,
        checking_date=h.change_from, monthly_spending=rng.choice([7_000_00, 9_000_00, 11_000_00]), spending_day=31,
    )  # fmt: skip
    client, step = Client(household=h, cash=facts), 250_000
    found = solve(client, rules_of(h), Wishes(step=step))
    nothing, best = (Election(date(2026, 10, 30), 0, 0, 0, 0, 0, 0),), ()
    for rows in every_pair_of_sets(h, step):
        plan = cash_of(client, rows)[0]
        if plan.headlines.elections_safe and worth(plan) > best and keeps(client, rows, nothing):
            best = worth(plan)
    assert worth(found.plan) == best
    broken = len(found.steps) == 2 and not keeps(client, found.steps[:1], nothing)
    assert any(one.endswith("the cash floor or a check would be broken.") for one in found.unused) == broken


def test_sums_of_four_groups():
    """Against all fours of steps, with ties and a group that has no pays."""
    rng = random.Random(7)
    for _ in range(40):
        columns = tuple([0, *sorted(rng.choices(range(0, 90, 5), k=rng.randint(0, 5)))] for _ in range(4))
        table, target = FourSums(columns), rng.randrange(200)
        low = tuple(rng.randrange(len(column)) for column in columns)
        inside = product(*(range(n, top + 1) for n, top in zip(low, table.top, strict=True)))
        totals = {four: table.amount(four) for four in inside if table.amount(four) <= target}
        most = max(totals.values(), default=-1)
        found, fours = table.best(low, table.top, target)
        assert found == most
        assert set(fours) == {four for four, amount in totals.items() if amount == most}
        every = list(table.descending(table.top, target))
        assert [amount for amount, _ in every] == sorted((amount for amount, _ in every), reverse=True)
        assert {four for _, four in every} == {
            four for four in product(*(range(len(column)) for column in columns)) if table.amount(four) <= target
        }
