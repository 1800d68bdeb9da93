"""After-tax that hangs on the deferral limit, and elections in dollars of each pay, worked by hand."""

from datetime import date

import pytest

from mbr_xl.engine.plan import plan_year, rules_of
from mbr_xl.errors import InputError
from mbr_xl.household import Election
from tests.hand_worked import JAN, bonus, column, dollars, household, plan


def test_deferral_continues_as_after_tax():
    # 15% of 20,000 is 3,000: eight pays, then 500 of 24,500; the other 2,500 and all later ones go on as after-tax.
    year = plan("50% of 6%", (15, 0, 1), spill_over="deferral continues")
    assert column(year, "pretax") == [3_000] * 8 + [500] + [0] * 3
    assert column(year, "after_tax") == [200] * 8 + [2_700] + [3_200] * 3
    assert column(year, "pretax_elected") == [3_000] * 12
    top = year.headlines
    assert top.elections_safe
    assert dollars(top.total_after_tax_elected) == 13_900
    assert column(year, "match") == [600] * 8 + [250] + [0] * 3
    # After-tax is matched: what spills over earns the match on.
    year = plan("50% of 6%", (15, 0, 0), spill_over="deferral continues", match_after_tax=True)
    assert column(year, "match") == [600] * 12


def test_what_spills_over_is_fixed_and_caps_on_after_tax_leave_it():
    # 11,500 spills over; the room is 72,000 - 24,500 = 47,500: 36,000 for twelve pays of 20,000 is exactly 15%.
    top = plan(rates=(15, 0, 0), spill_over="deferral continues").headlines
    assert (top.best_base, dollars(top.best_after_tax), top.best_unused) == (150_000, 47_500, 0)
    capped = plan(rates=(15, 0, 9), cap_base=50_000, spill_over="deferral continues")
    assert column(capped, "after_tax_elected") == [1_000] * 8 + [3_500] + [4_000] * 3
    yearly = plan(rates=(15, 0, 0), after_tax_cap=5_000_00, spill_over="deferral continues").headlines
    assert (dollars(yearly.total_after_tax), yearly.elections_safe) == (5_000, False)
    closed = plan(rates=(15, 0, 0), after_tax_allowed=False, spill_over="deferral continues").headlines
    assert (closed.total_after_tax_elected, closed.elections_safe) == (0, False)


def test_after_tax_starts_at_the_limit():
    # 24,500 is full with the ninth pay: after-tax goes in from that pay on.
    year = plan(rates=(15, 0, 10), spill_over="starts at the limit")
    assert column(year, "after_tax_elected") == [0] * 8 + [2_000] * 4
    assert year.headlines.elections_safe  # 36,000 elected is what reaches the limit; payroll ends it there
    # A percent of the four pays left is 800, and 47,500 of room would take 59%.
    top = year.headlines
    assert (top.best_base, dollars(top.best_after_tax)) == (590_000, 47_200)
    never = plan(rates=(10, 0, 10), spill_over="starts at the limit").headlines  # 24,000 of 24,500
    assert (never.total_after_tax_elected, never.best_base, dollars(never.after_tax_unused)) == (0, 0, 48_000)
    # Deferrals elsewhere and catch-up move the limit.
    year = plan(rates=(15, 0, 10), spill_over="starts at the limit", elsewhere=9_500_00)
    assert column(year, "after_tax_elected") == [0] * 4 + [2_000] * 8
    older = plan(
        rates=(15, 0, 10), spill_over="starts at the limit", birth_date=date(1970, 1, 1), prior_wages=100_000_00
    )
    assert column(older, "after_tax_elected") == [0] * 10 + [2_000] * 2  # 32,500 is full with the eleventh
    # Where catch-up must be Roth, pre-tax alone ends at 24,500 and never reaches the limit.
    pretax = plan(
        rates=(15, 0, 10), spill_over="starts at the limit", birth_date=date(1970, 1, 1), prior_wages=200_000_00
    ).headlines
    assert (pretax.total_deferral, pretax.total_after_tax, pretax.elections_safe) == (24_500_00, 0, False)


def in_dollars(base=(0, 0, 0), others=(None, None, None), **changes):
    amounts = [None if one is None else round(100 * one) for one in (*base, *others)]
    return plan(election_unit="dollars", elections=(Election(JAN, *amounts),), **changes)


def test_dollars_of_each_pay():
    year = in_dollars((2_000, 0, 1_234.56), (5_000, 0, 40_000), payments=(bonus(date(2026, 3, 13), 30_000),))
    assert [(p.kind, p.pretax_elected // 100, p.after_tax_elected) for p in year.pays[1:4]] == [
        ("base", 2_000, 1_234_56), ("bonus", 5_000, 25_000_00), ("base", 2_000, 1_234_56),
    ]  # fmt: skip
    first = year.pays[0]
    assert (first.pretax_rate, first.after_tax_rate) == (100_000, 61_728)  # what they come to of 20,000
    assert (year.headlines.best_base, year.headlines.best_bonus) == (0, 0)
    # 5,000 of the bonus and nine of 2,000 are 23,000: October has 1,500 left, then 24,500 is full.
    assert column(year, "pretax")[-3:] == [1_500, 0, 0]


def test_caps_stay_shares_of_pay():
    year = in_dollars((3_000, 0, 9_000), cap_base=300_000, combined_cap=400_000)
    assert (year.pays[0].pretax_elected, year.pays[0].after_tax_elected) == (3_000_00, 5_000_00)  # 8,000 in all
    year = in_dollars((3_000, 0, 9_000), cap_base=200_000)
    assert year.pays[0].after_tax_elected == 4_000_00


def test_best_whole_dollars():
    # Room 72,000 in twelve pays: 6,000 each. With two bonuses of 1,000: every dollar of base is 12, of bonus 2.
    top = in_dollars().headlines
    assert (dollars(top.best_base_dollars), top.best_unused) == (6_000, 0)
    payments = (bonus(date(2026, 3, 13), 1_000), bonus(date(2026, 9, 11), 1_000))
    top = in_dollars(payments=payments, most_elected=1_000_000).headlines
    # Bonuses full are 2,000: base of 5,833 is 69,996, and 4 are left; 5,834 is 70,008, and bonuses of 996 fill it.
    assert (dollars(top.best_base_dollars), dollars(top.best_bonus_dollars)) == (5_834, 996)
    assert top.best_unused == 0
    # 9% of 20,000 is the most of base: 21,600 of it, and 1,000 of each bonus.
    top = in_dollars(payments=payments, cap_base=90_000, most_elected=1_000_000).headlines
    assert (dollars(top.best_base_dollars), dollars(top.best_bonus_dollars)) == (1_800, 1_000)
    assert dollars(top.best_unused) == 72_000 - 23_600


def test_dollars_are_refused_where_they_cannot_be():
    with pytest.raises(InputError, match="base_pretax"):
        in_dollars((-1, 0, 0))
    h = household(election_unit="dollars", elections=())
    assert plan_year(h, rules_of(h)).headlines.total_after_tax == 0
