"""The kinds of a cell, each defined once: how it is read, shown, formatted, bounded, and what a refusal asks for."""

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, TypeVar

from mbr_udfs import dates
from mbr_udfs.cells import Value, grid, key, shown
from mbr_udfs.kind import Kind as Kind
from mbr_udfs.kind import number_in
from mbr_udfs.words import Choice as Choice
from mbr_udfs.words import Flag, LimitName, Text
from mbr_xl.errors import InputError
from mbr_xl.money import WHOLE, dollars, half_up, percent

if TYPE_CHECKING:
    from mbr_xl.rules import Rules

T = TypeVar("T")

_SHORT_YEAR = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2}")

MOST_DOLLARS = 1_000_000_000
SMALLEST_DOLLARS = 1  # less is a rate or a slip where dollars are meant
OLDEST, YOUNGEST = 120, 14
MOST_YEARS_KNOWN = 256  # of spellings: the years themselves are few
_OF_DATES = frozenset("/-, ")
_NO_AGE = 2200  # up to here a number is an age or a year, above it the serial number of a date


class Money(Kind[int]):
    """Dollars and cents, read to whole cents rounded half up; negative only where `least` is below 0.

    Below `smallest`, other than 0, is refused: where somebody sets an amount it is a rate or a slip, and an answer
    from it would be wrong in silence. What an account holds or moves may be a few cents, and has the smallest 0.
    """

    name, unit, high = "MONEY", "dollars", MOST_DOLLARS

    def __init__(
        self, least: int = 0, wanted: str = "dollars, such as 24500, or 0", smallest: float = SMALLEST_DOLLARS
    ) -> None:
        self.low, self.wanted, self.smallest = least, wanted, smallest

    def convert(self, found: Value, name: str) -> int:
        if isinstance(found, str) and found.endswith("%"):
            raise self.refusal(found, name, "is a rate")
        number = found if type(found) is float else number_in(self, found, name, "$")
        if not self.smallest <= number <= MOST_DOLLARS:
            if number < 0 and self.low == 0:
                raise self.refusal(found, name, "is negative")
            if 0 < abs(number) < self.smallest:
                raise self.refusal(found, name, "is less than a dollar, and looks like a rate")
            if abs(number) > MOST_DOLLARS:
                raise self.refusal(found, name, "is more than a billion dollars")
        return half_up(round(number * 1_000_000), 10_000)  # millionths of a dollar take the noise off a binary half

    def show(self, answer: int) -> object:
        return answer / 100


class Rate(Kind[int]):
    """A share of something, read to whole millionths: 6%, "6%" and 0.06 are the same; a 6 is refused."""

    name, unit = "RATE", "rate"

    def __init__(self, least: int = 0, most: int = WHOLE, wanted: str = "a rate such as 6% or 0.06") -> None:
        self.least, self.most, self.wanted = least, most, wanted
        self.low, self.high = least / WHOLE, most / WHOLE

    def convert(self, found: Value, name: str) -> int:
        marked = isinstance(found, str) and found.endswith("%")
        number = number_in(self, str(found)[:-1].rstrip() if marked else found, name)
        rate = round(number * (10_000 if marked else WHOLE))
        if rate > self.most or (not marked and rate < -WHOLE):
            typed = f"{number:.10g}"
            hint = f": type {typed}% or {number / 100:.10g}" if abs(number) <= 100 and not marked else ""
            raise InputError(f"{name}: {typed}{'%' if marked else f' is {number * 100:.10g}%'}" + (hint or
                             f" is out of range; give {self.wanted}") + ".")  # fmt: skip
        if rate < self.least:
            raise self.refusal(found, name, "is negative" if self.least == 0 else "is too low")
        return rate

    def show(self, answer: int) -> object:
        return answer / WHOLE


class Count(Kind[int]):
    """A whole number between two bounds."""

    name = "COUNT"

    def __init__(self, low: int, high: int) -> None:
        self.low, self.high = low, high
        self.least, self.most = low, high
        self.wanted = f"a whole number from {low} to {high}"

    def convert(self, found: Value, name: str) -> int:
        number = number_in(self, found, name)
        if number != int(number) or not self.least <= number <= self.most:
            raise self.refusal(found, name)
        return int(number)

    def show(self, answer: int) -> object:
        return float(answer)


class TaxYear(Kind[int]):
    """A calendar year without its law, 2026 or 2026.0."""

    name, unit = "TAX_YEAR", "year"
    text = "The year in which the pay is paid, such as 2026."

    def __init__(self, wanted: str = "the tax year, such as 2026") -> None:
        self.wanted = wanted

    def convert(self, found: Value, name: str) -> int:
        number = number_in(self, found, name)
        if number != int(number) or not 1900 <= number <= 2199:
            raise self.refusal(found, name, "is not a year")
        return int(number)

    def show(self, answer: int) -> object:
        return float(answer)


class YearOfLaw(Kind["Rules"]):
    """A year read to its law; "2027 projected" asks for a projection, a range of names and values brings limits."""

    name, unit = "YEAR", "year"
    wanted = 'the tax year, such as 2026, or "2027 projected"'
    text = 'The tax year, such as 2026; "2027 projected"; or two columns, name and value, of your own limits.'
    plain = TaxYear(wanted)

    def read(self, cell: object, name: str) -> "Rules":
        if isinstance(cell, (float, str, int)) and cell in self.known:
            return self.known[cell]
        if isinstance(cell, (list, tuple)):
            rows = grid(cell, name)
            if len(rows) > 1 or (rows and len(rows[0]) > 1):
                return self._own(rows, name)
        return super().read(cell, name)

    def __init__(self) -> None:
        self.known: dict[object, Rules] = {}  # a sheet asks for the same few years in every cell

    def convert(self, found: Value, name: str) -> "Rules":
        if found in self.known:
            return self.known[found]
        from mbr_xl.rules import rules_for

        year, projected = self.parts(found, name)
        law = rules_for(year, projected=projected)
        if len(self.known) < MOST_YEARS_KNOWN:
            self.known[found] = law
        return law

    def parts(self, found: Value, name: str) -> tuple[int, bool]:
        """The year, and whether what is not published for it may be projected."""
        from mbr_xl.rules import years

        words = found.lower().split() if isinstance(found, str) else []
        projected = len(words) == 2 and words[1] == "projected"
        year = self.plain.convert(words[0] if projected else found, name)
        if year not in years():
            raise InputError(f"{name}: no rules for {year}; have {years()[0]} to {years()[-1]}.")
        return year, projected

    def _own(self, rows: list[list[Value]], name: str) -> "Rules":
        from mbr_xl.rules import rules_for

        if len(rows[0]) != 2:
            raise InputError(f"{name} is a range of {len(rows[0])} columns: your own limits are two, name and value.")
        own: dict[str, int | None] = {}
        year: tuple[int, bool] | None = None
        for label, item in rows:
            if key(label) in ("name", "limit") and key(item) in ("value", "amount"):
                continue
            if item is None:
                continue
            if key(label) in ("year", "taxyear"):
                if year is not None:
                    raise InputError(f"{name}: the row year is given twice; give it once.")
                year = self.parts(item, f"{name}: year")
            elif label is None:
                raise InputError(f"{name}: {shown(item)} stands there without the name of a limit.")
            else:
                limit = LIMIT.convert(label, name)
                if limit in own:
                    raise InputError(f"{name}: {label} is given twice; give each of your own limits once.")
                own[limit] = MONEY.convert(item, f"{name}: {label}")
        if year is None:
            raise InputError(f"{name}: your own limits need a row named year, such as year and 2026.")
        return rules_for(year[0], own=own, projected=year[1])

    def show(self, answer: "Rules") -> object:
        return float(answer.year)


class Date(Kind[date]):
    """A day, as a date cell, its serial number, or text such as 1/2/2026 or 2026-01-02."""

    name, unit = "DATE", "date"
    wanted = "a date such as 1/2/2026"

    def __init__(self, first: int = 1950, last: int = 2100) -> None:
        self.first, self.last = first, last
        self.low, self.high = dates.serial(date(first, 1, 1)), dates.serial(date(last, 12, 31))

    def convert(self, found: Value, name: str) -> date:
        day = None if isinstance(found, bool) else dates.read(found)
        if day is None:
            short = isinstance(found, str) and _SHORT_YEAR.fullmatch(found)
            raise self.refusal(found, name, "has a year of two digits" if short else "is not a date")
        if not self.first <= day.year <= self.last:
            raise self.refusal(found, name, f"is not a date from {self.first} to {self.last}")
        return day

    def show(self, answer: date) -> object:
        return datetime(answer.year, answer.month, answer.day)


class Age(Kind[int | date]):
    """Whole years on December 31 of the tax year, or the date of birth."""

    name, unit = "AGE", "years or date of birth"
    wanted = "the age on December 31, such as 52, or the date of birth"
    text = "Age on December 31 of the year, or date of birth."

    def convert(self, found: Value, name: str) -> int | date:
        if isinstance(found, date) or (isinstance(found, str) and not _OF_DATES.isdisjoint(found)):
            return BIRTH_DATE.convert(found, name)
        number = number_in(self, found, name)
        if number > _NO_AGE:
            return BIRTH_DATE.convert(number, name)
        if number != int(number):
            raise self.refusal(found, name, "is not a whole number of years")
        if not YOUNGEST <= number <= OLDEST:
            raise self.refusal(found, name, "is not an age")
        return int(number)


class Table(Kind[list[list[Value]]]):
    """A range of one or two dimensions; the function that takes it reads its columns by their heads."""

    name, is_range = "TABLE", True

    def __init__(self, wanted: str = "a range") -> None:
        self.wanted = wanted

    def read(self, cell: object, name: str) -> list[list[Value]]:
        rows = grid(cell, name)
        if not rows:
            raise InputError(f"{name} is blank: give {self.wanted}.")
        return rows


MONEY, RATE = Money(), Rate()
BALANCE = Money(smallest=0)
INCOME = Money(-MOST_DOLLARS, "dollars, such as 151000; a loss is below 0")
GROWTH = Rate(-WHOLE, WHOLE, "a rate such as 7%, 0.07 or -10%")
MATCH_RATE = Rate(0, 3 * WHOLE, "a rate such as 50% or 0.5")
TAX_YEAR, YEAR, AGE = TaxYear(), YearOfLaw(), Age()
DATE, BIRTH_DATE = Date(), Date(1910)
FLAG, TEXT, TABLE, LIMIT = Flag(), Text(), Table(), LimitName()
FILING = Choice("single", "hoh", "mfj", "qss", "mfs", "mfs_apart")

Year = Annotated["Rules", YEAR]


def plain(kind: Kind[T], answer: T) -> str:
    """A value as a person writes it: $24,500, 6%, 1/2/2026, no."""
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    if isinstance(answer, date):
        return shown(answer)
    if isinstance(answer, int) and isinstance(kind, Money | Rate):
        return dollars(answer) if isinstance(kind, Money) else percent(answer)
    return str(answer)
