"""The ACP limit: the statute's three bands, published and by hand, against plain fractions."""

from __future__ import annotations

from fractions import Fraction
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mbr_xl.engine.excess.acp import acp_limit
from mbr_xl.errors import InputError


# case, average of the others in basis points, limit in basis points
@pytest.mark.parametrize(
    ("case", "others", "limit"),
    [
        ("TC-94, benefitslink: nobody else contributes", 0, 0),
        ("by hand: twice", 150, 300),
        ("by hand: where twice and two points meet", 200, 400),
        ("by hand: two points more", 300, 500),
        ("by hand: where two points and 1.25 times meet", 800, 1_000),
        ("by hand: 1.25 times", 1_000, 1_250),
        ("by hand: 1.25 times 8.33% is 10.4125%", 833, 1_041),
        ("by hand: 1.25 times 9.15% is 11.4375%, and 11.44% fails", 915, 1_143),
    ],
)
def test_bands(case: str, others: int, limit: int) -> None:
    assert acp_limit(others * 100) == limit * 100, case


def test_the_average_is_taken_to_the_nearest_hundredth() -> None:
    assert acp_limit(33_349) == acp_limit(33_300)
    assert acp_limit(33_350) == acp_limit(33_400)


@given(st.integers(0, 10_000))
def test_the_highest_average_that_passes(others: int) -> None:
    """The statute read as two inequalities: the limit passes one of them, a hundredth more passes neither."""
    n = Fraction(others, 10_000)

    def passes(h: Fraction) -> bool:
        return h <= n * Fraction(5, 4) or (h <= 2 * n and h - n <= Fraction(2, 100))

    limit = acp_limit(others * 100)
    assert limit % 100 == 0
    assert passes(Fraction(limit, 10**6))
    assert not passes(Fraction(limit + 100, 10**6))
    assert limit // 100 == floor(10_000 * max(n * Fraction(5, 4), min(2 * n, n + Fraction(2, 100))))


@pytest.mark.parametrize("wrong", [-1, 1_000_001, 6_000_000])
def test_what_is_no_share(wrong: int) -> None:
    with pytest.raises(InputError, match="from 0% to 100%"):
        acp_limit(wrong)
