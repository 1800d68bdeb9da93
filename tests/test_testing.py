"""Who is highly compensated, and what a failed ACP test sends back: by hand, and against the regulation's two steps."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mbr_xl.engine.excess.acp import acp_limit
from mbr_xl.engine.excess.testing import acp_test, highly_compensated
from mbr_xl.errors import InputError
from mbr_xl.rules import rules_for

PENALTIES = rules_for(2026).penalties
LIMIT_2025 = rules_for(2025).hce


@pytest.mark.parametrize(
    ("case", "facts", "answer"),
    [
        ("414(q)(1)(B): 2025 pay above 160,000 makes one of 2026", {"lookback_pay": 160_000_01}, "yes"),
        ("in excess of: exactly 160,000 is not", {"lookback_pay": 160_000_00}, "no"),
        ("414(q)(1)(A): an owner at any pay", {"lookback_pay": 50_000_00, "five_percent_owner": True}, "yes"),
        ("an owner without the pay", {"lookback_pay": None, "five_percent_owner": True}, "yes"),
        ("pay not told", {"lookback_pay": None}, "not told"),
        (
            "top-paid election, not among them",
            {"lookback_pay": 300_000_00, "top_paid_election": True, "in_top_paid": False},
            "no",
        ),
        ("the same, blank counts as yes", {"lookback_pay": 300_000_00, "top_paid_election": True}, "yes"),
        ("without the election it does not matter", {"lookback_pay": 300_000_00, "in_top_paid": False}, "yes"),
        (
            "top-paid, but pay within the limit",
            {"lookback_pay": 150_000_00, "top_paid_election": True, "in_top_paid": True},
            "no",
        ),
    ],
)
def test_highly_compensated(case: str, facts: dict[str, Any], answer: str) -> None:
    assert highly_compensated(LIMIT_2025, **facts) == answer, case


def test_highly_compensated_without_a_limit() -> None:
    assert highly_compensated(None, 300_000_00) == "not told"
    assert highly_compensated(None, None, five_percent_owner=True) == "yes"
    with pytest.raises(InputError, match="lookback_pay"):
        highly_compensated(LIMIT_2025, -1)


def test_by_hand() -> None:
    """Others average 3%, so 5%; 12,000 match and 24,000 after-tax on 360,000 are 10%: 18,000 would come back."""
    found = acp_test(
        2026, PENALTIES, 30_000, 12_000_00, 24_000_00, 360_000_00, returned_earnings=50_000, rate=400_000,
        in_roth_ira=10_000_00,
    )  # fmt: skip
    assert (found.limit, found.ratio) == (50_000, 100_000)
    assert (found.refund, found.after_tax, found.match, found.most) == (18_000_00, 18_000_00, 0, 36_000_00)
    assert (found.earnings, found.taxable, found.tax) == (900_00, 900_00, 360_00)
    assert (found.ira_excise, found.employer_excise) == (600_00, 1_800_00)  # 6% of 10,000; 10% of 18,000
    assert (found.refund_by, found.last_day) == (date(2027, 3, 15), date(2027, 12, 31))


def test_match_comes_after_after_tax() -> None:
    """TC-94 (benefitslink): nobody else contributes, so nothing may stay: after-tax and match come back."""
    found = acp_test(2026, PENALTIES, 0, 10_000_00, 5_000_00, 200_000_00, rate=320_000)
    assert (found.limit, found.refund, found.after_tax, found.match) == (0, 15_000_00, 5_000_00, 10_000_00)
    assert (found.taxable, found.tax) == (10_000_00, 3_200_00)  # the match is taxed, the after-tax is not


def test_safe_harbor_match_is_left_out_but_after_tax_never() -> None:
    found = acp_test(2026, PENALTIES, 0, 10_000_00, 5_000_00, 200_000_00, safe_harbor_match=True)
    assert (found.counted, found.refund, found.match) == (5_000_00, 5_000_00, 0)


def test_an_eaca_has_six_months() -> None:
    found = acp_test(2026, PENALTIES, 0, 0, 0, 1, automatic_enrollment=True)
    assert found.refund_by == date(2027, 6, 30)


def test_a_ratio_that_rounds_to_the_limit_passes() -> None:
    """5.004% is 5.00% as tests count; 5.006% is 5.01%."""
    assert acp_test(2026, PENALTIES, 30_000, 0, 5_004_00, 100_000_00).refund == 0
    assert acp_test(2026, PENALTIES, 30_000, 0, 5_006_00, 100_000_00).refund == 6_00
    assert acp_test(2026, PENALTIES, 30_000, 0, 4_000_00, 100_000_00).fits == 1_000_00
    assert acp_test(2026, PENALTIES, 30_000, 0, 4_000_00, 0).refund == 4_000_00


def two_steps(contributions: list[Fraction], pays: list[Fraction], limit: Fraction) -> list[Fraction]:
    """Reg. 1.401(m)-2(b)(2)(ii), (iii) as published explanations give it (rpgconsultants.com, "leveling method"):
    ratios are levelled from the highest down until the average passes; those dollars are then taken from the largest
    contributions down."""
    ratios = [c / p for c, p in zip(contributions, pays, strict=True)]
    while sum(ratios) / len(ratios) > limit:
        top = max(ratios)
        at_top = [i for i, ratio in enumerate(ratios) if ratio == top]
        below = max((ratio for ratio in ratios if ratio < top), default=Fraction(0))
        needed = top - (sum(ratios) - limit * len(ratios)) / len(at_top)
        for i in at_top:
            ratios[i] = max(below, needed)
    total = sum(c - r * p for c, r, p in zip(contributions, ratios, pays, strict=True))
    left = list(contributions)
    while total > 0:
        top = max(left)
        at_top = [i for i, c in enumerate(left) if c == top]
        below = max((c for c in left if c < top), default=Fraction(0))
        step = min(top - below, total / len(at_top))
        for i in at_top:
            left[i] -= step
        total -= step * len(at_top)
    return [c - kept for c, kept in zip(contributions, left, strict=True)]


AMOUNTS = st.integers(0, 60_000_00)
PAYS = st.integers(20_000_00, 360_000_00)


@given(AMOUNTS, AMOUNTS, PAYS, st.integers(0, 1_200), st.integers(1, 4))
def test_refund_if_all_did_alike(match: int, after_tax: int, pay: int, others: int, count: int) -> None:
    """The regulation's two steps over a group in which every one did as this saver does."""
    found = acp_test(2026, PENALTIES, others * 100, match, after_tax, pay)
    counted, limit = match + after_tax, acp_limit(others * 100)
    refunds = two_steps([Fraction(counted)] * count, [Fraction(pay)] * count, Fraction(limit, 10**6))
    if found.refund:
        assert all(abs(found.refund - refund) <= Fraction(1, 2) for refund in refunds)
    else:
        assert max(refunds) <= Fraction(pay, 20_000) + Fraction(1, 2)  # within the rounding of the ratio
    assert found.after_tax + found.match == found.refund <= found.most == counted
    assert found.after_tax <= after_tax
    assert 0 <= found.match <= match


@given(st.lists(st.tuples(AMOUNTS, PAYS), min_size=2, max_size=5), st.integers(0, 1_200))
def test_no_refund_is_above_the_worst(group: list[tuple[int, int]], others: int) -> None:
    """Whatever the others do, nobody gets back more than was counted, and the largest dollars go first."""
    contributions, pays = [Fraction(c) for c, _ in group], [Fraction(p) for _, p in group]
    refunds = two_steps(contributions, pays, Fraction(acp_limit(others * 100), 10**6))
    for (contribution, pay), refund in zip(group, refunds, strict=True):
        assert 0 <= refund <= acp_test(2026, PENALTIES, others * 100, 0, contribution, pay).most
    first = max(range(len(group)), key=lambda i: contributions[i])
    assert refunds[first] == max(refunds)
