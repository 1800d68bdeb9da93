"""A formula with literal arguments, such as =MBR_ROOM(2026, 24500, 10000), read to what Excel would send."""

from mbr_udfs.catalogue import CATALOGUE, Function
from mbr_udfs.dates import read as read_date
from mbr_udfs.dates import serial
from mbr_xl.errors import InputError


def run(formula: str) -> object:
    """The answer that Excel would receive for a formula of one call."""
    function, cells = parse(formula)
    return function(*cells)


def parse(formula: str) -> tuple[Function, list[object]]:
    """The function and its cells: numbers are floats, a missing argument is None, {1,2;3,4} is a list of rows."""
    name, _, rest = formula.strip().removeprefix("=").partition("(")
    if not rest.endswith(")"):
        raise InputError(f"{formula} is not a formula of one function.")
    inside = rest[:-1]
    return CATALOGUE[name.strip()], [literal(part) for part in split(inside, ",")] if inside.strip() else []


def split(text: str, mark: str) -> list[str]:
    """The parts between the marks that stand outside quotation marks, brackets and braces."""
    parts, depth, quoted, start = [], 0, False, 0
    for i, c in enumerate(text):
        if c == '"':
            quoted = not quoted
        elif not quoted and c in "({":
            depth += 1
        elif not quoted and c in ")}":
            depth -= 1
        elif c == mark and not quoted and depth == 0:
            parts.append(text[start:i])
            start = i + 1
    return [*parts, text[start:]]


def literal(text: str) -> object:
    """A literal as the cell that it stands for: 6% is 0.06, TRUE a boolean, DATE(2026,1,2) a serial number."""
    text = text.strip()
    if not text:
        return None
    if text.startswith('"'):
        return text[1:-1].replace('""', '"')
    if text.startswith("{"):
        return [[literal(item) for item in split(row, ",")] for row in split(text[1:-1], ";")]
    if text.upper() in ("TRUE", "FALSE"):
        return text.upper() == "TRUE"
    if text.startswith("DATE("):
        day = read_date("-".join(part.strip() for part in text[5:-1].split(",")))
        if day is None:
            raise InputError(f"{text} is not a date.")
        return float(serial(day))
    if text.startswith("#"):
        return text
    return float(text[:-1]) / 100 if text.endswith("%") else float(text)
