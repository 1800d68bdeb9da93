"""What a cell may hold, whichever program sends it: blanks, error values, a single cell sent as a range, text."""

from collections.abc import Hashable
from datetime import date
from functools import lru_cache
from math import inf, isfinite

from mbr_xl.errors import InputError

MARK = "#MBR! "  # begins every refusal that stands in a cell

# Excel's error values by their number; COM sends them as integers from _COM_ERROR on, other hosts as text.
ERRORS = {
    2000: "#NULL!", 2007: "#DIV/0!", 2015: "#VALUE!", 2023: "#REF!", 2029: "#NAME?", 2036: "#NUM!", 2042: "#N/A",
    2043: "#GETTING_DATA", 2045: "#SPILL!", 2046: "#CONNECT!", 2047: "#BLOCKED!", 2048: "#UNKNOWN!",
    2049: "#FIELD!", 2050: "#CALC!", 2051: "#BUSY!",
}  # fmt: skip
_COM_ERROR = -2146828288
_COM_ERRORS = range(_COM_ERROR + 2000, _COM_ERROR + 3000)  # newer errors among them, whose numbers nobody publishes
_ERROR_TEXTS = frozenset(ERRORS.values()) | {"#EXTERNAL!", "#PYTHON!", "#TIMEOUT!"}

Value = None | bool | float | str | date


def value(cell: object, name: str) -> Value:
    """The cell as None (blank), a boolean, a float, text without outer blanks, or a date (a datetime is one).

    Raises InputError for an error value, for several cells where one is meant, and for what is no number at all.
    A refusal that stands in the cell is passed on as it is, so that the first cause is what the user reads.
    """
    if type(cell) is float and 0 <= cell < inf:  # nearly all that Excel sends
        return cell
    while isinstance(cell, (list, tuple)):
        if len(cell) != 1:
            raise InputError(f"{name} is {'several cells' if cell else 'no cell'}: give one cell.")
        cell = cell[0]
    if isinstance(cell, str):
        text = cell.replace("\xa0", " ").strip()
        if text.startswith("#"):
            if text.startswith(MARK):
                raise InputError(text.removeprefix(MARK))
            if text.upper() in _ERROR_TEXTS:
                raise InputError(f"{name} holds the error {text.upper()}: correct that cell first.")
        return text or None
    if cell is None or isinstance(cell, (bool, date)):
        return cell
    if not hasattr(cell, "__float__"):
        raise InputError(f"{name} is neither a number nor text.")
    number = float(cell)
    if not isfinite(number):
        raise InputError(f"{name} is not a finite number.")
    if number < 0 and int(number) in _COM_ERRORS:
        error = ERRORS.get(int(number) - _COM_ERROR)
        held = f"the error {error}" if error else "an error value"
        raise InputError(f"{name} holds {held}: correct that cell first.")
    return number


def grid(cell: object, name: str) -> list[list[Value]]:
    """A range as rows of equal width, blank rows and blank columns at the right left out; nothing left is [].

    A whole column is a million rows, nearly all of them without a value: these go before any cell is looked at.
    """
    if isinstance(cell, (list, tuple)):
        kinds = {issubclass(kind, (list, tuple)) for kind in set(map(type, cell))}
        if len(kinds) > 1:
            raise InputError(f"{name} is not a rectangular range.")
        raw = cell if True in kinds else [cell]  # a host may send one row flat
        rows = [[value(item, name) for item in row] for row in raw if row.count(None) != len(row)]
    else:
        rows = [[value(cell, name)]]
    rows = [row for row in rows if any(item is not None for item in row)]
    width = max(map(_filled, rows), default=0)
    return [row if len(row) == width else row[:width] + [None] * (width - len(row)) for row in rows]


def _filled(row: list[Value]) -> int:
    """How many cells a row has up to its last that is not blank; it has one."""
    count = len(row)
    while row[count - 1] is None:
        count -= 1
    return count


def is_blank(cell: object) -> bool:
    """Whether a cell, or every cell of a range, is empty or holds only blanks."""
    if isinstance(cell, (list, tuple)):
        return cell.count(None) == len(cell) or all(is_blank(item) for item in cell)
    return cell is None or (isinstance(cell, str) and not cell.replace("\xa0", " ").strip())


def shown(item: Value) -> str:
    """A value as a refusal quotes it: 6.0 is 6, text stands in quotation marks."""
    if isinstance(item, bool):
        return str(item).upper()
    if isinstance(item, float):
        return f"{item:.10g}"
    if isinstance(item, date):
        return f"{item.month}/{item.day}/{item.year}"
    return f'"{item}"'


@lru_cache(maxsize=1024, typed=True)
def key(item: Hashable) -> str:
    """A name as it is compared: case, spaces, hyphens and underscores do not matter."""
    return "".join(c for c in str(item).lower() if c.isalnum())
