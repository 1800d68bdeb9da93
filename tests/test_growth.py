"""What a yearly amount becomes: published values, by hand, and against exact fractions."""

from __future__ import annotations

from fractions import Fraction
from math import floor
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mbr_xl.engine.years_ahead.growth import future_value
from mbr_xl.errors import InputError


@pytest.mark.parametrize(
    ("case", "arguments", "dollars"),
    [
        ("TC-77, Alterra: just over $1 million", (25_000_00, 20, 70_000, "end"), 1_024_887),
        ("TC-77 at the start of the year", (25_000_00, 20, 70_000, "begin"), 1_096_629),
        ("TC-04, the article: contributions missed", (40_000_00, 5, 0), 200_000),
        ("by hand: nothing", (0, 30, 70_000), 0),
        ("by hand: no years", (40_000_00, 0, 70_000, "end", 0, 10_000_00), 10_000),
        ("by hand: opening alone, 1.1 squared", (0, 2, 100_000, "end", 0, 100_000_00), 121_000),
        ("by hand: half of 10% is lost each year", (0, 2, 100_000, "end", 500_000, 100_000_00), 110_250),
        ("by hand: 20% of 21,000", (0, 2, 100_000, "end", 0, 100_000_00, 200_000), 116_800),
        ("by hand: 20% of the 10,000 on 210,000", (100_000_00, 2, 100_000, "end", 0, 0, 200_000), 208_000),
        ("by hand: a loss has no tax and no drag", (0, 1, -100_000, "end", 500_000, 100_000_00, 200_000), 90_000),
    ],
)
def test_cases(case: str, arguments: tuple[Any, ...], dollars: int) -> None:
    assert round(future_value(*arguments) / 100) == dollars, case


@given(
    st.integers(0, 10_000_000),
    st.integers(0, 50),
    st.integers(-500_000, 200_000),
    st.sampled_from(("end", "begin")),
    st.integers(0, 1_000_000),
    st.integers(0, 100_000_000),
    st.integers(0, 1_000_000),
)
def test_against_fractions(
    annual: int, years: int, growth: int, timing: str, drag: int, opening: int, exit_rate: int
) -> None:
    """The closed form of the annuity, exactly; floating point may differ only where the exact value is a near tie."""
    rate = Fraction(growth, 10**6)
    if growth > 0:
        rate *= 1 - Fraction(drag, 10**6)
    power = (1 + rate) ** years
    paid = annual * (power - 1) / rate if rate else Fraction(annual * years)
    value = opening * power + paid * (1 + rate if timing == "begin" else 1)
    value -= max(Fraction(0), value - opening - annual * years) * Fraction(exit_rate, 10**6)
    found = future_value(annual, years, growth, timing, drag, opening, exit_rate)
    assert found == floor(value + Fraction(1, 2)) or abs(found - value) < Fraction(1, 2) + Fraction(1, 1000)


def test_a_drag_or_a_tax_never_adds() -> None:
    without = future_value(40_000_00, 20, 70_000)
    assert future_value(40_000_00, 20, 70_000, drag=150_000) < without
    assert future_value(40_000_00, 20, 70_000, exit_rate=150_000) < without
    assert future_value(40_000_00, 20, 70_000, exit_rate=1_000_000) == 800_000_00
    assert future_value(40_000_00, 20, 70_000, drag=1_000_000) == 800_000_00


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((1, 1, 70_000, "middle"), "give end or begin"),
        ((1, 101, 70_000), "0 to 100"),
        ((1, -1, 70_000), "0 to 100"),
        ((-1, 1, 70_000), "yearly amount"),
        ((1, 1, 70_000, "end", 0, -1), "opening amount"),
        ((1, 1, -1_000_000), "above -100%"),
        ((1, 1, 7_000_000), "at most 100%"),
        ((1, 1, 70_000, "end", 1_000_001), "tax drag"),
        ((1, 1, 70_000, "end", 0, 0, -1), "tax at the end"),
    ],
)
def test_refusals(arguments: tuple[Any, ...], words: str) -> None:
    with pytest.raises(InputError, match=words):
        future_value(*arguments)
