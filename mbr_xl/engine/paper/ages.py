"""The day of 59 1/2, on which the 10% and half of what makes a withdrawal qualified depend."""

from __future__ import annotations

from datetime import date

HALF_YEARS = 59  # and six months


def turns_59_and_a_half(birth_date: date) -> date:
    """The day on which a person is 59 1/2: six months after the 59th birthday.

    Source: 26 USC 72(t)(2)(A)(i), 408A(d)(2)(A)(i).
    """
    year, month = birth_date.year + HALF_YEARS + (birth_date.month > 6), (birth_date.month + 5) % 12 + 1
    day = birth_date.day
    while True:
        try:
            return date(year, month, day)
        except ValueError:
            day -= 1
