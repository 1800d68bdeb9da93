"""An amount of money as the words about a form write it."""

from __future__ import annotations


def money_text(amount: int) -> str:
    """Cents with both decimals, as a form shows them: 1020000 is "$10,200.00"."""
    sign = "-" if amount < 0 else ""
    return f"{sign}${abs(amount) // 100:,}.{abs(amount) % 100:02d}"
