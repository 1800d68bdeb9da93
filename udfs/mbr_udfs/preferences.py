"""The words of `prefer`: what is wanted of the best elections."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from mbr_udfs.cells import key
from mbr_udfs.kinds import DATE, MONEY, RATE
from mbr_xl.errors import InputError

if TYPE_CHECKING:
    from mbr_xl.engine.electing.wishes import Wishes

WORDS: dict[str, tuple[str, object]] = {
    "level": ("ties", "level"),
    "early": ("ties", "early"),
    "bonusfirst": ("ties", "bonus first"),
    "paychecksfirst": ("ties", "pay checks first"),
    "roth": ("deferral", "roth"),
    "pretax": ("deferral", "pretax"),
    "withcommission": ("with_commission", True),
}
NUMBERS = {"no": 0, "one": 1, "two": 2, "three": 3, "four": 4}
WANTED = (
    "level, early, bonus first or pay checks first; Roth or pre-tax; deferral 10000; with commission; a step such as "
    "0.1%; no change to 4 changes; changes on 4/1/2026 7/1/2026; with commas between"
)
_COMMA = re.compile(r"(?<!\d),|,(?!\d{3}(?!\d))")  # not that of 10,000
_CHANGES = re.compile(r"(no|one|two|three|four|\d+)[\s_-]*changes?")
_DAYS = re.compile(r"changes?[\s_-]+on[\s_-]+(.+)")
_DEFERRAL = re.compile(r"deferrals?\b[\s:]*(.*)")


def wishes_in(text: str, year: int) -> "Wishes":
    """What the words of `prefer` ask for in a year; raises InputError for a word that is none of them."""
    from mbr_xl.engine.electing.wishes import Wishes

    wanted: dict[str, object] = {}
    for part, field, wish in _wishes(text, year):
        if field in wanted:
            raise InputError(f'prefer: "{part}" is the second of its sort; give one of each.')
        wanted[field] = wish
    return Wishes(**wanted)  # type: ignore[arg-type]


def _wishes(text: str, year: int) -> Iterator[tuple[str, str, object]]:
    """Each part between commas, the field of `Wishes` it sets, and to what."""
    for part in (part.strip() for part in _COMMA.split(text)):
        plain = part.lower()
        if key(part) in WORDS:
            yield (part, *WORDS[key(part)])
        elif found := _CHANGES.fullmatch(plain):
            yield part, "changes", NUMBERS[found[1]] if found[1] in NUMBERS else int(found[1])
        elif found := _DAYS.fullmatch(plain):
            days = {DATE.read(day, "prefer: changes on") for day in found[1].split()}
            if any(day.year != year for day in days):
                raise InputError(f'prefer: "{part}" has a day of another year; give days of {year}.')
            yield part, "change_dates", tuple(sorted(days))
        elif found := _DEFERRAL.fullmatch(plain):
            yield part, "asked", MONEY.read(found[1], "prefer: deferral")
        elif part.endswith("%") or part[:1].isdigit() or part.startswith("."):  # a cell of 0.1% alone is 0.001
            yield part, "step", RATE.read(part, "prefer")
        elif key(part):
            raise InputError(f'prefer: "{part}" is not one of the words; give {WANTED}.')
