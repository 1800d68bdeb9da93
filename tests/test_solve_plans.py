"""The best elections in plans of another kind: dollars of each pay, after-tax that hangs on the deferral limit, and
years part of which is on record; each against every election tried."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from mbr_xl.cash_facts import CashFacts
from mbr_xl.client import Client
from mbr_xl.engine.electing.boxes import Box, best_pairs_of
from mbr_xl.engine.electing.solve import solve
from mbr_xl.engine.electing.staircase import Tables, Within, best_within
from mbr_xl.engine.electing.wishes import Wishes
from mbr_xl.engine.plan import plan_year, rules_of
from mbr_xl.household import Election
from mbr_xl.money import share_of
from mbr_xl.records import Paid
from tests.hand_worked import bonus, household
from tests.test_solve import TENTH, best_of_all, every_step, solved, worth
from tests.test_solve_cash import cash_of, keeps

JAN = date(2026, 1, 30)


def test_every_pair_within_bars():
    """Sums of two kinds of pay under a target and bars, against all pairs."""
    for case in range(40):
        base = [1_000 + 37 * case, 2_345][: 1 + case % 2]
        extra = [777 * (1 + case % 5), 5_000][: case % 3]
        unit = 50_000
        columns = [[sum(share_of(pay, unit * i) for pay in pays) for i in range(12)] for pays in (base, extra)]
        target = 300 + 113 * case
        bars = [Within(tuple(base[:1]), (), 90 + 7 * case), Within(tuple(base), tuple(extra[:1]), 150 + 31 * case)]
        totals = {}
        for i, j in product(range(12), repeat=2):
            used = [
                sum(share_of(pay, unit * step) for pays, step in ((bar.base, i), (bar.bonus, j)) for pay in pays)
                for bar in bars
            ]
            if columns[0][i] + columns[1][j] <= target and all(u <= b.most for u, b in zip(used, bars, strict=True)):
                totals[i, j] = columns[0][i] + columns[1][j]
        most = max(totals.values())
        found = best_within(Tables(*columns, target), bars, unit, False)
        assert {totals[pair] for pair in found} == {most}
        assert {i for i, _ in found} == {i for (i, _), total in totals.items() if total == most}


def test_boxes_find_the_highest():
    """Values that no order helps to find, under bounds that are too high by one or more."""
    for case in range(40):
        wide, high = 7 + case % 23, 1 + case % 17
        values = {
            (i, j): (min(7 * i + 5 * j, 90 - (case % 9) * i) + (i * j * case) % 4,) if (i + j + case) % 5 else None
            for i, j in product(range(wide), range(high))
        }

        def above(box, values=values, case=case):
            (i, j), (k, m) = box
            inside = [one[0] for (a, b), one in values.items() if i <= a <= k and j <= b <= m and one is not None]
            return (max(inside) + case % 3,) if inside else None

        best, found = best_pairs_of(Box((0, 0), (wide - 1, high - 1)), values.get, above)
        most = max((one for one in values.values() if one is not None), default=None)
        places = sorted(pair for pair, value in values.items() if value == most and most is not None)
        assert (best, found) == (most, places)
        if most is not None:
            assert best_pairs_of(Box((0, 0), (wide - 1, high - 1)), values.get, above, most)[1] == places
            assert best_pairs_of(Box((0, 0), (wide - 1, high - 1)), values.get, above, (most[0] + 1,)) == (None, [])


def test_the_most_of_a_box_of_whole_dollars():
    """Sums of two kinds of pays, whole dollars of each, against all pairs; in percent the same by tables."""
    for case in range(60):
        counts, tops = (1 + case % 5, case % 4), (3 + case % 11, 2 + case % 13)
        base, extra = (range(0, 100 * n * top + 1, max(1, 100 * n)) for n, top in zip(counts, tops, strict=True))
        as_lists = Tables(list(base), list(extra), 0)
        low, high = (case % 3, 0), (len(base) - 1, (len(extra) - 1) // (1 + case % 2))
        target = 100 * (7 * case % 90) + 37
        inside = product(range(low[0], high[0] + 1), range(high[1] + 1))
        most = max((total for i, j in inside if (total := base[i] + extra[j]) <= target), default=-1)
        assert Tables(base, extra, 0).most(Box(low, high), target) == most
        assert as_lists.most(Box(low, high), target) == most


def small_dollars(text="none", **changes):
    """30 a month from November on and a bonus: few enough whole dollars to try them all."""
    usual = {
        "annual_salary": 360_00, "election_unit": "dollars", "elections": (), "change_from": date(2026, 11, 1),
        "payments": (bonus(date(2026, 12, 11), 41),),
    }  # fmt: skip
    return household(text, **{**usual, **changes})


DOLLARS = {
    "no match": (small_dollars(own_deferral=33_00), None),
    "match": (small_dollars("50% of 20%", own_deferral=33_00), None),
    "little is asked": (small_dollars("100% of 10%"), 17_00),
    "match on the bonus alone": (
        small_dollars("100% of 30%", own_deferral=26_00, payments=(bonus(date(2026, 12, 11), 41),)), None
    ),
    "a cap on the year": (small_dollars("25% of 40%", after_tax_cap=19_00, cap_base=200_000), None),
    "one election": (small_dollars("50% of 20%", own_deferral=25_00, separate_elections=False), None),
}  # fmt: skip


def every_dollar(start, base, extra):
    """All whole dollars of deferral and after-tax: base and bonus together at most so many."""
    for one, at, two, at_two in product(range(base + 1), range(base + 1), range(extra + 1), range(extra + 1)):
        if one + at <= base and two + at_two <= extra:
            yield Election(start, 100 * one, 0, 100 * at, 100 * two, 0, 100 * at_two)


@pytest.mark.parametrize("name", DOLLARS)
def test_whole_dollars_are_the_best_of_all(name):
    h, asked = DOLLARS[name]
    found = solved(h, changes=0, asked=asked, most=300_000)
    start, extra = found.steps[0].start, 12 if h.separate_elections else 0
    assert found.safe
    assert start == date(2026, 11, 30)
    assert worth(h, found.plan, True) == best_of_all(h, every_dollar(start, 9, extra), asked=asked)


def test_dollars_within_cash_are_the_best_of_all():
    """Two pays and a bonus that pay no tax, 18 a month spent of 28 after FICA: the floor leaves less than is wanted."""
    h = small_dollars(payments=(bonus(date(2026, 12, 11), 30),), own_deferral=10_00, most_elected=300_000)
    facts = CashFacts(
        stub_gross=30_00, stub_net=27_70, checking=10_00, checking_date=date(2026, 11, 2), monthly_spending=32_00,
        spending_day=31,
    )  # fmt: skip
    client = Client(household=h, cash=facts)
    found = solve(client, rules_of(h), Wishes(changes=0))
    start = found.steps[0].start
    nothing = (Election(start, 0, 0, 0, 0, 0, 0),)
    best = max(
        worth(h, plan, True)
        for step in every_dollar(start, 9, 9)
        if (plan := cash_of(client, (step,))[0]).headlines.elections_safe and keeps(client, (step,), nothing)
    )
    assert worth(h, found.plan, True) == best
    without = solve(h, rules_of(h), Wishes(changes=0))
    assert worth(h, without.plan, True) > best


def test_dollars_worked_by_hand_in_words():
    """24,500 in twelve pays is 2,041 and 8 left; beside 24,492 there are 47,508 of room, twelve times 3,959."""
    found = solved(household(election_unit="dollars", elections=()), changes=0)
    assert found.sentence == (
        "Starting with the paycheck of Fri, Jan 30, 2026, set pre-tax to $2,041 of each base paycheck and after-tax to "
        "$3,959 of each base paycheck."
    )
    assert found.unused == ("Deferrals end $8 short of $24,500: one more step of $1 would pass it.",)
    # A change adds the 8 in December, and leaves after-tax that much less.
    two = solved(household(election_unit="dollars", elections=()))
    assert (two.plan.headlines.total_deferral, two.plan.headlines.total_after_tax) == (24_500_00, 47_500_00)
    assert two.unused == ()


SPILLS = {
    "no match": household(elections=()),
    "match a pay": household("50% of 6%", elections=(), payments=(bonus(date(2026, 3, 13), 41_000),)),
    "true-up": household("100% of 4%", elections=(), true_up="december", payments=(bonus(date(2026, 9, 11), 41_000),)),
    "matched after-tax": household("50% of 6%", elections=(), match_after_tax=True),
    "a limit within reach": household("25% of 10%", elections=(), own_deferral=10_000_00, cap_base=200_000),
    "low pay": household("50% of 6%", elections=(), annual_salary=48_000_00),
}


@pytest.mark.parametrize("spill_over", ["starts at the limit", "deferral continues"])
@pytest.mark.parametrize("name", SPILLS)
def test_after_tax_that_hangs_on_the_limit_is_the_best_of_all(name, spill_over):
    h = replace(SPILLS[name], spill_over=spill_over)
    found = solved(h, step=TENTH, changes=0, most=400_000)
    assert found.safe
    rules, best = rules_of(h), None
    for step in every_step(found.steps[0].start, TENTH, 400_000):
        year = plan_year(replace(h, elections=(step,)), rules)
        top = year.headlines
        if top.elections_safe:
            best = max(best or worth(h, year, True), worth(h, year, True))
    assert worth(h, found.plan, True) == best


def test_spilling_in_words():
    h = household(elections=(), spill_over="starts at the limit", own_deferral=12_000_00)
    found = solved(h, step=TENTH, changes=0, most=400_000)
    # 10% reaches 12,000 with the sixth pay and leaves 30% after-tax to seven: 42,000. 20% and 20% would be 10 x 4,000,
    # 30% and 10% 11 x 2,000.
    assert found.sentence.endswith("set pre-tax to 10% of base pay and after-tax to 30% of base pay.")
    assert found.plan.headlines.total_after_tax == 42_000_00
    assert found.unused[0] == (
        "After-tax starts with the paycheck of Tue, Jun 30, 2026, which reaches the deferral limit; payroll stops "
        "deferrals there."
    )
    never = solved(household(elections=(), spill_over="starts at the limit", annual_salary=24_000_00), changes=0)
    assert never.unused[0] == (
        "Deferrals do not reach the deferral limit, where this plan's after-tax starts: none goes in."
    )
    on = solved(household(elections=(), spill_over="deferral continues"), changes=0)
    # 11% of 20,000 is 26,400: 1,900 of it passes 24,500.
    assert on.plan.headlines.total_deferral == 24_500_00
    assert any("elected as deferral beyond it goes in as after-tax" in one for one in on.unused)


@pytest.mark.parametrize("gap", [False, True])
def test_the_rest_of_a_year_begun(gap):
    """Pays on record are what they were, also beside one that is not; the rest is the best of all."""
    months = [date(2026, 1, 30), date(2026, 2, 27), date(2026, 3, 31), date(2026, 4, 30)]
    paid = tuple(
        Paid(day, "base", 19_500_00 + 100_00 * n, 4_000_00, 0, 3_000_00, 600_00) for n, day in enumerate(months)
    )
    h = household("50% of 6%", (10, 0, 5), payments=(bonus(date(2026, 9, 15), 41_000),), paid=paid[2:] if gap else paid)
    found = solved(h, step=TENTH, changes=0, most=300_000)
    start = found.steps[0].start
    assert start == date(2026, 5, 29)
    assert worth(h, found.plan, True) == best_of_all(h, every_step(start, TENTH, 300_000), h.elections)
    assert [pay.after_tax for pay in found.plan.pays if pay.recorded] == [3_000_00] * len(h.paid)
    later = solved(replace(h, change_from=date(2026, 7, 1)), step=TENTH, changes=0)
    assert later.steps[0].start == date(2026, 7, 31)


def test_a_lead_of_two_pays():
    found = solved(household(elections=()), decided=date(2026, 3, 1), lead_pays=2)
    assert found.steps[0].start == date(2026, 5, 29)
    assert all(pay.pretax_elected == 0 for pay in found.plan.pays[:4])
