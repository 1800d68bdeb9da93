"""A cell of a pay file read as US exports write it: an amount in dollars, a day."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation

from mbr_xl.errors import InputError

MOST_CENTS = 10**11
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONEY = re.compile(r"(\d{1,3}(,\d{3})+|\d+)?(\.\d*)?")
_NOTHING = ("", "-", "--", "–", "—", "n/a", "na")


class DayFirst(InputError):
    """A date that only a day-first reading could be: then no date of the file can be trusted."""


def cents_of(text: str, head: str) -> int | None:
    """Cents of a US amount: $1,234.50, (310.00) and 310.00- are read; None where nothing stands there."""
    bare = text.replace("\xa0", " ").strip()
    if bare.lower() in _NOTHING:
        return None
    wrong = InputError(f'{head} is "{text}": that is no amount in dollars, such as 1,234.50')
    inside = bare[1:-1].strip() if bare.startswith("(") and bare.endswith(")") else ""
    below = bool(inside)
    bare = inside or bare
    for sign in (bare[:1], bare[-1:]):
        if sign == "-":
            if below:
                raise wrong
            below = True
    bare = bare.strip("-").strip().removeprefix("+").removeprefix("USD").removeprefix("$").removesuffix("USD").strip()
    if bare.startswith("-") and not below:  # $-310.00
        below, bare = True, bare[1:]
    if not bare or not bare.isascii() or not _MONEY.fullmatch(bare) or not any(sign.isdigit() for sign in bare):
        raise wrong
    try:
        cents = Decimal(bare.replace(",", "")) * 100
    except InvalidOperation:
        raise wrong from None
    whole = int(cents.to_integral_value())
    if abs(cents - whole) > Decimal("0.0001"):
        raise InputError(f'{head} is "{text}": it has parts of a cent')
    if whole > MOST_CENTS:
        raise InputError(f'{head} is "{text}": that is more than a billion dollars')
    return -whole if below else whole


def us_date_of(text: str) -> date:
    """A day as US exports write it: 1/9/2026, 01/09/26, 2026-01-09, 20260109, Jan 9, 2026, 9-Jan-2026.

    Raises DayFirst for what only a day-first reading could be, InputError for any other text.
    """
    words = text.replace(",", " ").replace("\xa0", " ").split()
    if words and words[0][:3].lower() in ("mon", "tue", "wed", "thu", "fri", "sat", "sun"):
        words = words[1:]
    bare = " ".join(words[:3])
    wrong = InputError(f'"{text}" is no US date, such as 1/9/2026')
    if found := re.match(r"(\d{4})-?(\d{2})-?(\d{2})(?![\d/])", bare, re.ASCII):
        year, month, day = (int(part) for part in found.groups())
    elif found := re.match(r"(\d{1,2})([/-])(\d{1,2})\2(\d{4}|\d{2})(?!\d)", bare, re.ASCII):
        month, day, year = int(found[1]), int(found[3]), int(found[4])
        if month > 12 >= day:
            raise DayFirst(f"{text} has no month {month}. US dates are read, month first: export the file so.")
    elif found := re.match(r"([A-Za-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)? (\d{4})(?!\d)", bare, re.ASCII):
        month, day, year = _month(found[1], wrong), int(found[2]), int(found[3])
    elif found := re.match(r"(\d{1,2})[- ]([A-Za-z]{3,9})[- ](\d{4}|\d{2})(?!\d)", bare, re.ASCII):
        day, month, year = int(found[1]), _month(found[2], wrong), int(found[3])
    else:
        raise wrong
    try:
        return date(year if year > 99 else 2000 + year, month, day)
    except ValueError:
        raise wrong from None


def _month(word: str, wrong: InputError) -> int:
    if word[:3].lower() not in _MONTHS:
        raise wrong
    return _MONTHS.index(word[:3].lower()) + 1
