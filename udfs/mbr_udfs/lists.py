"""Lists with heads: a range whose first row names the columns, each row below it one record."""

from datetime import date
from typing import Any, TypeVar

from mbr_udfs.cells import Value, key, shown
from mbr_udfs.fields import kinds_of, may_be_blank
from mbr_udfs.kinds import DATE, MONEY, RATE
from mbr_xl.errors import InputError

R = TypeVar("R")


def records(
    rows: list[list[Value]] | None, record: type[R], name: str, most: int, in_dollars: bool = False
) -> tuple[R, ...]:
    """The rows of a list as records, blank rows left out.

    The heads are the record's field names, spaces or underscores, case ignored, in any order. Without heads (the
    first row begins with a date) the columns are the fields in their order. in_dollars: what the record has as shares
    of pay is dollars of each pay here.
    """
    if not rows:
        return ()
    fields = kinds_of(record)
    heads, body = _heads(rows, list(fields), name)
    missing = [field for field in fields if field not in heads and field not in may_be_blank(record)]
    if missing:
        raise InputError(f"{name} has no column {', '.join(missing)}.")
    if len(body) > most:
        raise InputError(f"{name} has {len(body)} rows: give at most {most}.")
    return tuple(_record(row, heads, record, f"{name} row {i}", in_dollars) for i, row in enumerate(body, 1))


def _heads(rows: list[list[Value]], fields: list[str], name: str) -> tuple[list[str], list[list[Value]]]:
    if not isinstance(rows[0][0], str) or _is_date(rows[0][0]):
        if len(rows[0]) > len(fields):
            raise InputError(f"{name} has {len(rows[0])} columns: give {', '.join(fields)}, or a row of heads.")
        return fields[: len(rows[0])], rows
    known = {key(field): field for field in fields}
    heads: list[str] = []
    for item in rows[0]:
        field = known.get(key(item))
        if field is None:
            raise InputError(f"{name}: {shown(item)} is not a column; have {', '.join(fields)}.")
        if field in heads:
            raise InputError(f"{name} has the column {field} twice.")
        heads.append(field)
    return heads, rows[1:]


def _is_date(item: Value) -> bool:
    try:
        return isinstance(DATE.convert(item, ""), date)
    except InputError:
        return False


def _record(row: list[Value], heads: list[str], record: type[R], where: str, in_dollars: bool) -> R:
    found: dict[str, Any] = {}
    for field, item in zip(heads, row, strict=True):
        kind = kinds_of(record)[field]
        if kind is None or (item is None and field in may_be_blank(record)):
            continue
        if in_dollars and kind is RATE:
            kind = MONEY
        found[field] = kind.read(item, f"{where}, {field}")
    return record(**found)
