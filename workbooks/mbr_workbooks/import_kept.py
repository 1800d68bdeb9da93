"""What a planner keeps of the columns of a pay file, so that the next file of the same payroll is read alike."""

from __future__ import annotations

from collections.abc import Mapping

from mbr_udfs.cells import is_blank
from mbr_workbooks.edit import Typed
from mbr_workbooks.formulas import Cell
from mbr_workbooks.pay_columns import meaning_of, plain
from mbr_workbooks.read import PlannerFile
from mbr_xl.errors import InputError

HEADS, FIELDS = "import_head", "import_field"


def kept_meanings(planner: PlannerFile) -> dict[str, str]:
    """What the planner says of the columns of the file that was imported last.

    Raises InputError for a row that names no field and no kind of pay.
    """
    found: dict[str, str] = {}
    for head, meaning in zip(planner.cells(HEADS), planner.cells(FIELDS), strict=False):
        text, word = planner.value(head), planner.value(meaning)
        if is_blank(text) or is_blank(word):
            continue
        known = meaning_of(str(word))
        if known is None:
            raise InputError(f'{meaning}: "{word}" is no field of a pay and no kind of it: choose one of the list.')
        found[str(text)] = known
    return found


def keep_meanings(planner: PlannerFile, meanings: Mapping[str, str]) -> tuple[dict[Cell, Typed], tuple[str, ...]]:
    """The cells that keep what the columns mean, and what to say where they cannot."""
    heads, meant = planner.cells(HEADS), planner.cells(FIELDS)
    if not heads or len(heads) != len(meant):
        return {}, ("This planner has no place that keeps what the columns mean: a new one has.",)
    places = {plain(str(text)): i for i, cell in enumerate(heads) if not is_blank(text := planner.value(cell))}
    free = [i for i, cell in enumerate(heads) if is_blank(planner.value(cell))]
    found: dict[Cell, Typed] = {}
    left: list[str] = []
    for head, meaning in meanings.items():
        at = places.get(plain(head))
        if at is None and not free:
            left.append(head)
            continue
        if at is None:
            at = free.pop(0)
            found[heads[at]] = head
        if planner.value(meant[at]) != meaning:
            found[meant[at]] = meaning
    notes = (f"The list of columns on Records is full: {', '.join(left)} is not kept.",) if left else ()
    return found, notes
