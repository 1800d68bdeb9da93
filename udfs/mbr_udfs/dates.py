"""Excel dates: serial numbers, date cells, and the two ways of writing a date that cannot be misread here."""

from datetime import date, datetime, timedelta
from functools import lru_cache

_EPOCH = date(1899, 12, 30)
_FIRST = 61  # March 1, 1900; the serials below it are off by Excel's February 29, 1900
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def serial(day: date) -> int:
    """The number by which Excel keeps a day of March 1900 or later."""
    return (day - _EPOCH).days


def read(found: object) -> date | None:
    """The day of a date cell, a serial number, or text: 2026-01-02, 1/2/2026 or Jan 2, 2026; else None."""
    if isinstance(found, datetime):
        return found.date()
    if isinstance(found, date):
        return found
    if isinstance(found, int | float):
        days = int(found)
        return _EPOCH + timedelta(days) if _FIRST <= days < 80_000 else None
    if isinstance(found, str):
        return _written(found)
    return None


@lru_cache(maxsize=4096)  # the dates of a birth and of a year's pays stand in many cells
def _written(text: str) -> date | None:
    """US text: a weekday before it and a time of day after it are left aside; a year has four digits."""
    if text[:4].isdecimal():
        text = text.replace("T", " ", 1)
    words = text.replace(",", " ").split()
    if words and words[0][:3].lower() in ("mon", "tue", "wed", "thu", "fri", "sat", "sun"):
        words = words[1:]
    if len(words) >= 3 and words[0][:3].lower() in _MONTHS and words[0].isalpha():
        parts = [words[2], str(_MONTHS.index(words[0][:3].lower()) + 1), words[1]]
    elif words and "-" in words[0]:
        parts = words[0].split("-")
    elif words and "/" in words[0]:
        month, _, rest = words[0].partition("/")
        day, _, year = rest.partition("/")
        parts = [year, month, day]
    else:
        return None
    if len(parts) != 3 or len(parts[0]) != 4 or not all(part.isdecimal() for part in parts):
        return None
    try:
        return date(int(parts[0]), int(parts[1]), int(parts[2]))
    except ValueError:
        return None


def plain_date(day: date) -> str:
    """A date as US text: 1/2/2026."""
    return f"{day.month}/{day.day}/{day.year}"
