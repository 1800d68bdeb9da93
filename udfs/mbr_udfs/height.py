"""The height of an answer whose rows depend on the inputs, for an Excel that does not spill."""

from typing import Annotated

from mbr_udfs.kinds import Count
from mbr_xl.errors import InputError

MOST_ROWS = 100_000  # above what any range that a function is asked for answers

Rows = Annotated[
    int | None,
    Count(2, MOST_ROWS),
    "Height of the answer, a row of heads counted where it has one, filled with blanks; for Excel before 2021.",
]


def padded(table: list[list[object]], rows: int | None) -> list[list[object]]:
    """The table with blank rows below it up to a height; raises InputError where it is higher itself."""
    if rows is None:
        return table
    if len(table) > rows:
        raise InputError(f"rows: the answer has {len(table)} rows in all; give at least {len(table)}.")
    return table + [[""] * len(table[0]) for _ in range(rows - len(table))]
