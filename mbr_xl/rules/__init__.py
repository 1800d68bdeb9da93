"""The law, a file a year, and no limit anywhere else: `rules_for(2026)` is what the engine is given."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files

from mbr_xl.errors import InputError
from mbr_xl.money import Cents
from mbr_xl.rules.project import GROWTH, project
from mbr_xl.rules.schema import FIELDS, LIMITS, Entry, read
from mbr_xl.rules.tables import Estimated, Filing, Payroll, Penalties, PhaseOut, Senior, TaxTable
from mbr_xl.rules.year import Limit, Rules, limit_name, never

__all__ = [
    "Estimated", "Filing", "Limit", "Payroll", "Penalties", "PhaseOut", "Rules", "Senior", "TaxTable",
    "bank_holidays", "limit_name", "published_years", "rules_for", "years",
]  # fmt: skip


@cache
def years() -> tuple[int, ...]:
    """Every year with a file, ascending, the limits of the last of them perhaps not all published."""
    stems = (entry.name.removesuffix(".toml") for entry in files(__name__).iterdir())
    return tuple(sorted(int(stem) for stem in stems if stem.isdecimal()))


@cache
def published_years() -> tuple[int, ...]:
    """The years whose plan limits are all published."""
    return tuple(year for year in years() if not _unpublished(_entries(year)))


def rules_for(
    year: int, own: Mapping[str, int | None] | None = None, projected: bool = False, growth: int = GROWTH
) -> Rules:
    """The law of one year; limits that nobody has published stay refused until asked for.

    year: a year of `years()`.
    own: the user's own figures, cents by limit name, used instead of published ones; None is left out.
    projected: whether a limit that is not published is projected.
    growth: of CPI-U for that projection, millionths.
    Raises InputError for another year, an unknown name, a figure under $1 or of a limit that year does not
    have, and for a projection of any year but the one after the last published.
    """
    if isinstance(year, bool) or not isinstance(year, int):
        raise InputError(f"A year is a whole number such as 2026; {year!r} is not.")
    if year not in years():
        raise InputError(f"No rules for {year}; have {years()[0]} to {years()[-1]}.")
    figures: dict[str, int] = {}
    for name, value in (own or {}).items():
        key = limit_name(name)
        if value is None:
            continue
        if key in figures:
            raise InputError(f"Your own {LIMITS[key].title} is given twice.")
        figures[key] = value
    return _rules(year, tuple(sorted(figures.items())), bool(projected), growth)


@cache
def bank_holidays() -> frozenset[date]:
    """The days from 2018 to 2031 on which the Federal Reserve Banks are closed, weekends not counted.

    Source: Federal Reserve Board, Holidays Observed: a Saturday holiday does not close the Friday before.
    """
    found = tomllib.loads(_text("bank_holidays.toml"))
    return frozenset(day for days in found["dates"].values() for day in days)


@lru_cache(maxsize=64)  # a cell may come with any number of own figures
def _rules(year: int, own: tuple[tuple[str, int], ...], projected: bool, growth: int) -> Rules:
    entries = _entries(year)
    stand_ins: dict[str, Limit] = {}
    missing = _unpublished(entries)
    if projected and missing:
        last = published_years()[-1]
        published = {k: _entries(last)[f"limits.{k}"].numbers[0] for k in LIMITS}
        for key, (value, source) in project(year, last, published, growth).items():
            if key in missing:
                stand_ins[key] = Limit(key, value, source, None, "projected")
    for key, figure in own:
        title = LIMITS[key].title
        if never(entries[f"limits.{key}"]):
            raise InputError(f"No {title} for {year}: leave your own figure for it blank.")
        if isinstance(figure, bool) or not isinstance(figure, int) or figure < 100:
            raise InputError(f"Your own {title} must be $1 or more.")
        stand_ins[key] = Limit(key, Cents(figure), "your own figure", None, "own")
    return Rules(year, entries, stand_ins, _have())


@cache
def _entries(year: int) -> Mapping[str, Entry]:
    return read(_text(f"{year}.toml"), f"{year}.toml")


@cache
def _have() -> Mapping[str, tuple[int, ...]]:
    return {key: tuple(year for year in years() if _entries(year)[key].numbers) for key in FIELDS}


def _unpublished(entries: Mapping[str, Entry]) -> list[str]:
    return [k for k in LIMITS if not entries[f"limits.{k}"].numbers and not never(entries[f"limits.{k}"])]


def _text(name: str) -> str:
    return files(__name__).joinpath(name).read_text(encoding="utf-8")
