"""The best elections of small random households against every election, by `plan_year` and by cash day by day.

Steps are of 10% or of whole dollars, and pays such that no rounding to the cent decides."""

import random
from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest

from mbr_workbooks.sample import sample_client
from mbr_xl.cash_facts import CashFacts
from mbr_xl.client import Client
from mbr_xl.engine.electing.bonus_range import safe_bonus
from mbr_xl.engine.electing.solve import solve
from mbr_xl.engine.electing.wishes import Wishes
from mbr_xl.engine.plan import plan_year, rules_of
from mbr_xl.household import Election
from tests.hand_worked import bonus, household
from tests.test_solve import TENTH
from tests.test_solve_cash import cash_of, keeps

FORMULAS = ("50% of 20%", "100% of 10%", "100% of 20% + 50% of 20%", "50% up to the deferral limit", "25% of 40%")


def small(rng, **changes):
    """Two to four monthly pays to the end of the year, and a bonus at times; the limits are within their reach."""
    in_dollars = changes.get("election_unit") == "dollars"
    count, pay = rng.randint(2, 3 if in_dollars else 4), 20 if in_dollars else 20_000
    start = date(2026, 13 - count, 1)
    extra = ()
    if rng.random() < 0.7:
        day = start + timedelta(days=rng.randint(0, 30 * count - 5))
        amount = pay * rng.choice([5, 10, 15, 20]) // 10
        extra = (bonus(day, amount, match_pay=rng.random() < 0.7),)
    limit = count * pay * rng.choice([10, 15, 25, 35])  # cents of so many percent
    text = rng.choice(["none", *FORMULAS]) if "match_catch_up" not in changes else rng.choice(FORMULAS)
    usual = {
        "elections": (), "annual_salary": 12 * pay * 100, "payments": extra, "change_from": start,
        "own_deferral": limit, "own_annual_additions": limit + count * pay * rng.choice([30, 50, 99]),
        "most_elected": 300_000 if in_dollars else 400_000,
        "true_up": rng.choice(["none", "none", "next spring"]) if text != "none" else "none",
    }  # fmt: skip
    if rng.random() < 0.3:
        usual |= {"cap_base": 200_000, "cap_bonus": rng.choice([100_000, 300_000])}
    return household(text, **{**usual, **changes})


def unmatched(rng):
    """What makes catch-up possible and not matched."""
    return {
        "birth_date": date(1970, 5, 5), "prior_wages": 100_000_00, "match_catch_up": False,
        "own_catch_up": rng.choice([3_00, 7_00, 20_00]),
    }  # fmt: skip


def every_election(h, start, kinds):
    """All pairs of pre-tax and after-tax for base pay and for bonus; 0 for a kind that is not paid any more."""
    in_dollars = h.election_unit == "dollars"
    step, most = 100 if in_dollars else TENTH, h.most_elected
    pays = {"base": h.annual_salary // 12, "bonus": min((one.amount for one in h.payments), default=0)}
    caps = {"base": h.cap_base, "bonus": h.cap_bonus}
    found = []
    for kind in ("base", "bonus"):
        whole = pays[kind] if in_dollars else 1_000_000
        top = whole * most // 1_000_000 if kind in kinds else 0
        alone = top if caps[kind] is None else whole * caps[kind] // 1_000_000
        rates = range(0, top + 1, step)
        found.append([(one, other) for one, other in product(rates, rates) if one + other <= top and other <= alone])
    for (pretax, after_tax), (extra, extra_after_tax) in product(*found):
        yield Election(start, pretax, 0, after_tax, extra, 0, extra_after_tax)


def worth(h, plan):
    """Match; with the pays, where catch-up does not give it up; deferral; match with the pays; after-tax."""
    top = plan.headlines
    with_pays = 0 if not h.match_catch_up and h.birth_date and h.match_tiers else top.total_match
    return top.total_match + top.true_up_due, with_pays, top.total_deferral, top.total_match, top.total_after_tax


def best_of_all(h, client, start, before=()):
    rules, best = rules_of(h), None
    nothing = (*before, Election(start, 0, 0, 0, 0, 0, 0))
    kinds = {"base"} | {one.kind for one in h.payments if one.date >= start}
    for step in every_election(h, start, kinds):
        plan = plan_year(replace(h, elections=(*before, step)), rules) if client is None else cash_of(
            client, (*before, step)
        )[0]  # fmt: skip
        top = plan.headlines
        if not top.elections_safe or top.total_after_tax > max(0, top.after_tax_room - h.cushion):
            continue
        value = worth(h, plan)
        if (best is None or value > best) and (client is None or keeps(client, (*before, step), nothing)):
            best = value
    return best


def check(h, client=None, changes=0):
    """One set is the best of all; with a change, it is at least the best of all after that set."""
    found = solve(h if client is None else client, rules_of(h), Wishes(step=TENTH, changes=changes))
    assert found.safe
    start = found.steps[0].start
    if not changes:
        assert worth(h, found.plan) == best_of_all(h, client, start)
        return
    first = solve(h if client is None else client, rules_of(h), Wishes(step=TENTH, changes=0)).steps
    alone = plan_year(replace(h, elections=first), rules_of(h))
    days = sorted({pay.date for pay in alone.pays if pay.date > start})
    bests = [best_of_all(h, client, day, first) for day in days]
    assert worth(h, found.plan) >= max([worth(h, alone), *(one for one in bests if one is not None)])


def spilling(rng, **changes):
    """After-tax hangs on the deferral limit; at times it is matched."""
    h = small(rng, spill_over=rng.choice(["starts at the limit", "deferral continues"]), **changes)
    return replace(h, match_after_tax=bool(h.match_tiers) and rng.random() < 0.5)


def matched(rng, **changes):
    """After-tax is matched, and 415(c) does not hold all of it; at times the catch-up is not matched."""
    late = unmatched(rng) | {"own_catch_up": 7_00 if "election_unit" in changes else 7_000_00}
    h = small(rng, match_after_tax=True, **(late if rng.random() < 0.4 else {"match_catch_up": True}), **changes)
    return replace(h, cushion=h.annual_salary // 100 if rng.random() < 0.3 else 0)


@pytest.mark.parametrize("case", range(6))
@pytest.mark.parametrize("changes", [0, 1])
def test_after_tax_that_hangs_on_the_limit(base_seed, case, changes):
    check(spilling(random.Random(base_seed + case)), changes=changes)


@pytest.mark.parametrize("case", range(3))
def test_after_tax_that_hangs_on_the_limit_in_dollars(base_seed, case):
    check(spilling(random.Random(base_seed + case), election_unit="dollars"))


@pytest.mark.parametrize("case", range(8))
@pytest.mark.parametrize("changes", [0, 1])
def test_after_tax_that_is_matched(base_seed, case, changes):
    check(matched(random.Random(base_seed + case)), changes=changes)


@pytest.mark.parametrize("case", range(4))
def test_after_tax_that_is_matched_in_dollars(base_seed, case):
    check(matched(random.Random(base_seed + case), election_unit="dollars"))


@pytest.mark.parametrize(
    ("text", "pay", "shared", "rates", "match", "after_tax"),
    [
        # 6% is 21,600 and 4% 14,400; all of it is matched: with 36,000 of match that is 72,000 to the dollar.
        ("100% of 12%", 360_000_00, 0, (60_000, 40_000), 36_000_00, 14_400_00),
        # 10% is 24,000 and 2% 4,800, the match 28,800 and profit sharing 12,000: 69,600; 1% more would be 74,400.
        ("100% of 20%", 240_000_00, 50_000, (100_000, 20_000), 28_800_00, 4_800_00),
    ],
)
def test_after_tax_that_is_matched_by_hand(text, pay, shared, rates, match, after_tax):
    h = household(text, annual_salary=pay, profit_sharing_rate=shared, match_after_tax=True, elections=())
    found = solve(h, rules_of(h), Wishes(changes=0))
    (step,), top = found.steps, found.plan.headlines
    assert (step.base_pretax, step.base_after_tax) == rates
    assert (top.total_match, top.total_after_tax, found.safe) == (match, after_tax, True)
    # With one change the rest of 415(c) is used as well.
    assert solve(h, rules_of(h)).plan.headlines.after_tax_unused == 0


@pytest.mark.parametrize("case", range(6))
def test_catch_up_that_is_not_matched(base_seed, case):
    rng = random.Random(base_seed + case)
    check(small(rng, **{**unmatched(rng), "own_catch_up": rng.choice([3_000_00, 7_000_00, 20_000_00])}))


@pytest.mark.parametrize("case", range(5))
def test_catch_up_that_is_not_matched_in_dollars(base_seed, case):
    rng = random.Random(base_seed + case)
    check(small(rng, election_unit="dollars", **unmatched(rng)))


@pytest.mark.parametrize("case", range(6))
@pytest.mark.parametrize("unit", ["percent", "dollars"])
def test_a_floor_that_cuts_the_deferral(base_seed, case, unit):
    """Checks of 14.47 of 20 after tax, of which most is spent; a bonus brings more."""
    rng = random.Random(base_seed + case)
    h = small(rng, election_unit=unit, federal_rate=240_000)
    one = 100 if unit == "dollars" else 100_000
    facts = CashFacts(
        stub_gross=20 * one, stub_federal=4 * one, stub_net=1447 * one // 100, checking=0, checking_date=h.change_from,
        monthly_spending=rng.choice([9, 11, 12, 13]) * one, spending_day=31,
    )  # fmt: skip
    check(h, Client(household=h, cash=facts))


def varied(rng):
    """A small household whose bonus may vary, and its shares; at times with a match on after-tax or other spilling."""
    day = date(2026, 11, rng.randint(1, 28))
    changes = {"payments": (bonus(day, rng.choice([10_000, 30_000, 60_000]), match_pay=rng.random() < 0.7),)}
    kind = rng.choice(["usual", "usual", "unmatched", "matched", "spilling"])
    makes = {"usual": small, "unmatched": small, "matched": matched, "spilling": spilling}
    more = {**unmatched(rng), "own_catch_up": 7_000_00} if kind == "unmatched" else {}
    h = makes[kind](rng, **changes, change_from=date(2026, 10, 1), **more)
    return h, rng.choice([0, 500_000]), rng.choice([1_500_000, 2_000_000])


def best_of_all_cases(h, start, shares, client_of=None):
    """The best worth with the bonus as expected, of all that is safe with any bonus."""
    rules, best = rules_of(h), None
    cases = []
    for share in shares:
        payments = tuple(replace(one, amount=one.amount * share // 1_000_000) for one in h.payments)
        case = replace(h, payments=payments)
        cases.append(case if client_of is None else client_of(case))
    nothing = (Election(start, 0, 0, 0, 0, 0, 0),)
    for step in every_election(h, start, {"base", "bonus"}):
        plan = plan_year(replace(h, elections=(step,)), rules)
        top = plan.headlines
        if not top.elections_safe or top.total_after_tax > max(0, top.after_tax_room - h.cushion):
            continue
        value = worth(h, plan)
        if best is not None and value <= best:
            continue
        if client_of is None:
            safe = all(plan_year(replace(one, elections=(step,)), rules).headlines.elections_safe for one in cases)
        else:
            safe = all(
                cash_of(one, (step,))[0].headlines.elections_safe and keeps(one, (step,), nothing) for one in cases
            )
        if safe:
            best = value
    return best


@pytest.mark.parametrize("case", range(8))
def test_a_bonus_that_may_vary(base_seed, case):
    """One set is the best of all that are safe with the low, the expected and the high bonus."""
    h, low, high = varied(random.Random(base_seed + case))
    found = safe_bonus(h, rules_of(h), low, high, Wishes(step=TENTH, changes=0))
    start = found.solution.steps[0].start
    assert worth(h, found.solution.plan) == best_of_all_cases(h, start, (low, 1_000_000, high))


@pytest.mark.parametrize("case", range(3))
def test_a_bonus_that_may_vary_beside_a_floor(base_seed, case):
    rng = random.Random(base_seed + case)
    day = date(2026, 11, rng.randint(1, 28))
    h = small(rng, federal_rate=240_000, change_from=date(2026, 10, 1), payments=(bonus(day, 30_000),))

    def client_of(case):
        facts = CashFacts(
            stub_gross=20_000_00, stub_federal=4_000_00, stub_net=14_470_00, checking=0, checking_date=h.change_from,
            monthly_spending=spending, spending_day=31,
        )  # fmt: skip
        return Client(household=case, cash=facts)

    spending = rng.choice([10_000_00, 12_000_00, 13_000_00])
    found = safe_bonus(client_of(h), rules_of(h), 0, 2_000_000, Wishes(step=TENTH, changes=0))
    start = found.solution.steps[0].start
    assert worth(h, found.solution.plan) == best_of_all_cases(h, start, (0, 1_000_000, 2_000_000), client_of)


def test_the_sample_with_half_or_twice_the_bonus():
    """208,000 in 26 pays and 15,000: with twice the bonus 10% and 6% are 22,600 - of 24,500, and 19% of base 39,520."""
    h = sample_client().household
    found = safe_bonus(h, rules_of(h), 500_000, 2_000_000, Wishes(changes=0))
    top = found.solution.plan.headlines
    assert (top.total_match, top.total_deferral, top.total_after_tax) == (7_140_00, 22_600_00, 39_520_00)
