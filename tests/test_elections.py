"""Rates by date, and the best pair against every pair tried."""

import random
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pytest

from mbr_xl.engine.elections import RatesByDate, best_pair, highest_percent, sums_by_percent
from mbr_xl.engine.plan import plan_year, rules_of
from mbr_xl.errors import InputError
from mbr_xl.household import ELECTION_OF, Election, Household
from tests.households import plain_household

CENT = Decimal(1)


def test_rates_by_date():
    h = Household(
        tax_year=2026, any_pay_date=date(2026, 1, 2), annual_salary=1, separate_elections=True,
        elections=(
            Election(date(2026, 1, 1), base_pretax=100_000, bonus_after_tax=500_000),
            Election(date(2026, 5, 1), base_after_tax=200_000),
        ),
        combined_cap=250_000,
    )  # fmt: skip
    rates = RatesByDate(h)
    base_before, base_after = rates.on(date(2026, 4, 30), "base"), rates.on(date(2026, 5, 1), "base")
    assert (base_before.pretax, base_before.after_tax) == (100_000, 0)
    assert (base_after.pretax, base_after.after_tax) == (100_000, 150_000)
    assert rates.on(date(2025, 12, 31), "base").pretax == 0
    assert rates.on(date(2026, 6, 1), "bonus").after_tax == 250_000
    with pytest.raises(InputError, match="no Roth"):
        RatesByDate(replace(h, plan_has_roth=False, elections=(Election(date(2026, 1, 1), bonus_roth=1),)))


def test_sums_and_highest():
    assert sums_by_percent([1_050, 50], 3, 10**9) == [0, 12, 22, 34]  # 10.5 and 0.5 round up; 31.5 and 1.5
    assert sums_by_percent([100_00], 100, 250) == [0, 100, 200, 300]  # ends with the first above
    assert highest_percent(1_000_000, [555_555, 700_000]) == 55
    assert highest_percent(80_000, [555_555]) == 8
    assert highest_percent(1_000_000, []) == 0


def every_pair(base, bonus, target):
    pairs = [
        (one + other, -i, -j) for i, one in enumerate(base) for j, other in enumerate(bonus) if one + other <= target
    ]
    _, i, j = max(pairs)
    return -i, -j


def test_staircase_equals_every_pair():
    rng = random.Random(20260101)
    for _ in range(300):
        pays = [[rng.choice([0, 1, 30, rng.randrange(2_000_000)]) for _ in range(rng.randrange(4))] for _ in "ab"]
        tops = [rng.randrange(13) for _ in "ab"]
        target = rng.choice([0, rng.randrange(100), rng.randrange(600_000)])
        full = [sums_by_percent(p, top, 10**12) for p, top in zip(pays, tops, strict=True)]
        ended = [sums_by_percent(p, top, target) for p, top in zip(pays, tops, strict=True)]
        assert best_pair(*ended, target) == best_pair(*full, target) == every_pair(*full, target)


def test_best_of_plain_households_is_the_best_of_all_pairs():
    """The whole choice again, in Decimal and by trying all pairs, from the lines of the year alone."""
    tried = 0
    for seed in range(60):
        h = plain_household(seed)
        if h.match_after_tax or not h.after_tax_allowed:
            continue
        year = plan_year(h, rules_of(h))
        top = year.headlines
        sums, fixed = {}, Decimal(h.ytd_after_tax)
        lines = {"base": [], "bonus": []}
        for pay in year.pays:
            kind = ELECTION_OF[pay.kind] if h.separate_elections else "base"
            if kind in lines and (h.change_from is None or pay.date >= h.change_from):
                lines[kind].append(pay)
            else:
                fixed += pay.after_tax_elected
        for kind, pays in lines.items():
            paid = [pay for pay in pays if pay.plan_pay]
            most = Decimal(min(1_000_000 if h.combined_cap is None else h.combined_cap, h.most_elected))
            caps = [most - pay.pretax_rate - pay.roth_rate for pay in paid]
            own = getattr(h, f"cap_{kind}")
            caps.append(Decimal(1_000_000 if own is None else own))
            highest = max(0, int(min(caps) / 10_000)) if paid else 0
            sums[kind] = [
                sum((Decimal(pay.plan_pay) * j / 100).quantize(CENT, ROUND_HALF_UP) for pay in paid)
                for j in range(highest + 1)
            ]
        target = max(Decimal(0), top.after_tax_room - fixed - h.cushion)
        i, j = every_pair(sums["base"], sums["bonus"], target)
        assert (top.best_base, top.best_bonus) == (i * 10_000, j * 10_000), seed
        assert top.best_after_tax == fixed + sums["base"][i] + sums["bonus"][j]
        tried += 1
    assert tried > 30


def test_the_best_elections_really_fit():
    """Elected for the whole year, they bring the after-tax they promise, all of it within the room."""
    tried = 0
    for seed in range(150):
        h = plain_household(seed)
        if h.ytd_date or h.change_from or len(h.elections) == 12 or not h.separate_elections:
            continue
        rules = rules_of(h)
        top = plan_year(h, rules).headlines
        if not (top.best_base or top.best_bonus):
            continue
        first = Election(date(h.tax_year - 3, 1, 1), base_after_tax=top.best_base, bonus_after_tax=top.best_bonus)
        others = tuple(replace(e, base_after_tax=None, bonus_after_tax=None) for e in h.elections)
        again = plan_year(replace(h, elections=(first, *others)), rules)
        assert again.headlines.total_after_tax == again.headlines.total_after_tax_elected, seed
        # At 100% of a pay, its other contributions may round up a cent each and leave so much less.
        assert 0 <= top.best_after_tax - again.headlines.total_after_tax <= 2 * len(again.pays), seed
        tried += 1
    assert tried > 20
