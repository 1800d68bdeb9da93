"""What every kind of a cell has in common, and how a number is read out of a cell."""

from datetime import date
from typing import Any, Generic, TypeVar

from mbr_udfs.cells import Value, shown, value
from mbr_xl.errors import InputError

T = TypeVar("T")


class Kind(Generic[T]):
    """How one sort of cell is read and shown; `wanted` completes "give ..." in a refusal."""

    name = ""
    wanted = ""
    unit = ""
    is_range = False
    low: float | None = None  # bounds as the cell shows them, for a workbook's validation
    high: float | None = None
    words: tuple[str, ...] = ()
    text = ""  # what an argument of this kind means where its own text says nothing

    def read(self, cell: object, name: str) -> T:
        """The cell as the engine wants it; raises InputError in one sentence that begins with `name`."""
        found = value(cell, name)
        if found is None:
            raise InputError(f"{name} is blank: give {self.wanted}.")
        return self.convert(found, name)

    def convert(self, found: Value, name: str) -> T:
        raise NotImplementedError

    def show(self, answer: T) -> object:
        """The engine's answer as Excel receives it."""
        return answer

    def refusal(self, found: Value, name: str, why: str = "cannot be used here") -> InputError:
        return InputError(f"{name}: {shown(found)} {why}; give {self.wanted}.")


def number_in(kind: Kind[Any], found: Value, name: str, strip: str = "") -> float:
    """A number, or text that is one once the characters of `strip` and thousands commas are gone."""
    if isinstance(found, float):
        return found
    if isinstance(found, bool):
        raise kind.refusal(found, name, "is not a number")
    if isinstance(found, date):
        raise kind.refusal(found, name, "is a date")
    text = str(found)
    negative = text.startswith(("-", "(")) and (text[0] == "-" or text.endswith(")"))
    digits = text.strip("-()" if negative else "").strip().removeprefix(strip).strip()
    whole, _, rest = digits.partition(".")
    groups = whole.split(",")
    if len(groups) > 1 and (not 1 <= len(groups[0]) <= 3 or any(len(group) != 3 for group in groups[1:])):
        raise kind.refusal(found, name, "is not a number")
    plain = "".join(groups)
    if not (plain + rest).isascii() or not (plain + rest).isdigit():
        raise kind.refusal(found, name, "is not a number")
    return (-1 if negative else 1) * float(f"{plain or 0}.{rest or 0}")
