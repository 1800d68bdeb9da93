"""Whole cents and whole millionths, rounded half up and once."""

from collections.abc import Iterable
from typing import NewType

Cents = NewType("Cents", int)
Millionths = NewType("Millionths", int)

WHOLE = 1_000_000  # a share of 100 % in millionths


def half_up(numerator: int, denominator: int) -> int:
    """The quotient rounded half up (towards plus infinity), exactly; the denominator is positive."""
    return (numerator + denominator // 2) // denominator


def share_of(amount: int, rate: int) -> int:
    """Cents of `amount` cents at a rate in millionths, rounded half up once."""
    return half_up(amount * rate, WHOLE)


def total(column: Iterable[int]) -> int:
    """The sum of a column. `census` compiles a loop in its place: what the compiler makes of `sum` is far slower."""
    return sum(column)


def dollars(amount: int) -> str:
    """Cents as US text: 3750000 is "$37,500", 20050 is "$200.50"."""
    sign = "-" if amount < 0 else ""
    whole, cents = divmod(abs(amount), 100)
    return f"{sign}${whole:,}.{cents:02d}" if cents else f"{sign}${whole:,}"


def percent(rate: int) -> str:
    """Millionths as US text: 110000 is "11%", 5500 is "0.55%"."""
    return f"{rate / 10_000:.4f}".rstrip("0").rstrip(".") + "%"
