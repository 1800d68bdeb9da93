"""A household and what surrounds it, as a two-column range of name and value, read as the Inputs sheet has it."""

from dataclasses import fields
from datetime import date
from typing import Any

from mbr_udfs.cells import Value, key, shown
from mbr_udfs.fields import kinds_of, may_be_blank
from mbr_udfs.kinds import DATE, MATCH_RATE, MONEY, RATE, YEAR, Choice, Kind
from mbr_udfs.lists import records
from mbr_xl.client import OWNERS, Client
from mbr_xl.engine.match_text import parse_match
from mbr_xl.errors import InputError
from mbr_xl.fact import is_list, names_of, record_of
from mbr_xl.household import MOST_DATES, MOST_TIERS, Household, Tier

TIER_LISTS = ("match_tiers", "match_or", "match_tiers_after", "match_or_after")
_TIER_PARTS: dict[str, Kind[Any]] = {
    "kind": Choice("share", "dollars", "limit", "award"), "rate": MATCH_RATE, "share": RATE, "dollars": MONEY,
}  # fmt: skip
# What every field of a client is read by; no two owners have a field of one name.
_KINDS: dict[str, Kind[Any] | None] = {
    name: kind for owner in OWNERS.values() for name, kind in kinds_of(owner).items()
}
# Lists of records whose parts are rows of the range, by the prefix of their columns' names: field, record, most.
_RECORDS: dict[str, tuple[str, type[Any], int]] = {
    item.metadata["prefix"].rstrip("_"): (item.name, record_of(owner, item.name), item.metadata["most"])
    for owner in OWNERS.values()
    for item in fields(owner)
    if is_list(item) and item.metadata["sheet"] in ("Inputs", "Cash")
}
# Rows that may stand several times, the second time for the second of the list, and what reads them.
_LISTS: dict[str, tuple[int, dict[str, Kind[Any]]]] = {
    **{
        prefix: (most, {part: kind for part, kind in kinds_of(record).items() if kind})
        for prefix, (_, record, most) in _RECORDS.items()
    },
    **dict.fromkeys(TIER_LISTS, (MOST_TIERS, _TIER_PARTS)),
}
_MOST: dict[str, int] = {item.name: item.metadata["most"] for item in fields(Household) if is_list(item)}
_FORMULAS = {"match": ("match_tiers", "match_or"), "match_after": ("match_tiers_after", "match_or_after")}


def read_client(
    rows: list[list[Value]],
    payments: list[list[Value]] | None = None,
    elections: list[list[Value]] | None = None,
    actuals: list[list[Value]] | None = None,
) -> Client:
    """The client of a range whose rows are a field's name or label and its value; further columns are notes.

    A name without a value is a blank, and a heading where it is no field. `match` and `match_after` are formula text
    ("100% of 3% + 50% of 2%"), as is each list of tiers. The parts of a list (raise_start, leave_end, match_tiers_rate
    and so on; of cash vest_date, trading_start, amount_date) stand once for each item, conversion_dates once for each
    date. payments, elections, actuals: lists with heads; elections are shares of pay, or dollars where election_unit
    says so.
    Raises InputError for an unknown name with a value, a name given twice, and what is missing.
    """
    found: dict[str, Any] = {}
    lists: dict[str, dict[str, list[Value]]] = {}
    dates: list[date] = []
    known = _known()
    for row in rows:
        label, item = row[0], row[1] if len(row) > 1 else None
        name = known.get(key(label)) if label is not None else None
        if name is None:
            if item is not None and not (key(label) in ("name", "input", "field") and key(item) == "value"):
                raise InputError(f"household: {shown(label)} is not an input." if label is not None else
                                 f"household: {shown(item)} stands there without a name.")  # fmt: skip
            continue
        owner, part = _part(name)
        if part:
            lists.setdefault(owner, {}).setdefault(part, []).append(item)
        elif item is None:
            continue
        elif name == "conversion_dates":
            dates.extend(_dates(item))
        elif name in found:
            raise InputError(f"household: {name} is given twice.")
        else:
            found.update(_field(name, item, found))
    for owner, columns in lists.items():
        _add_list(found, owner, columns)
    if len(dates) > MOST_DATES:
        raise InputError(f"household: {len(dates)} conversion dates; give at most {MOST_DATES}.")
    missing = [name for name in kinds_of(Household) if name not in found and name not in may_be_blank(Household)]
    if missing:
        raise InputError(f"household: {missing[0]} is blank or missing; give {_wanted(missing[0])}.")
    for name, argument, listed_rows in (
        ("payments", "payments", payments), ("elections", "elections", elections), ("paid", "actuals", actuals),
    ):  # fmt: skip
        in_dollars = name == "elections" and found.get("election_unit") == "dollars"
        found[name] = records(listed_rows, record_of(Household, name), argument, _MOST[name], in_dollars)
    found["conversion_dates"] = tuple(dates)
    return Client(
        **{
            owner: record(**{name: found[name] for name in names_of(record) if name in found})
            for owner, record in OWNERS.items()
        }
    )


def _known() -> dict[str, str]:
    """What a row may be called: each field by its name and its label, each part of a list, and the match formulas."""
    every = [item for record in OWNERS.values() for item in fields(record)]
    names = {item.name: item.metadata["label"] for item in every if not is_list(item)}
    known = {key(label): name for name, label in names.items()} | {key(name): name for name in names}
    known |= {key(f"{owner}_{part}"): f"{owner}_{part}" for owner, (_, parts) in _LISTS.items() for part in parts}
    return known | {key(name): name for name in _FORMULAS}


def _part(name: str) -> tuple[str, str]:
    """The list and the part of it that a row is, such as match_tiers and rate; two empty texts for other rows."""
    for owner, (_, parts) in _LISTS.items():
        part = name.removeprefix(f"{owner}_")
        if part != name and part in parts:
            return owner, part
    return "", ""


def _field(name: str, item: Value, found: dict[str, Any]) -> dict[str, Any]:
    """The fields that one row sets; `found` are those set so far."""
    where = f"household: {name}"
    if name in _FORMULAS or name in TIER_LISTS:
        tiers, other, most = parse_match(item if isinstance(item, str) else shown(item))
        if name in TIER_LISTS:
            if other or most is not None:
                raise InputError(f"{where} is one formula; give greater of and at most in the row match.")
            return {name: tiers}
        first, second = _FORMULAS[name]
        if found.keys() & {first, second} or (most is not None and "match_max" in found):
            raise InputError(f"{where}: the match is given twice.")
        return {first: tiers, second: other} | ({} if most is None else {"match_max": most})
    if name == "tax_year":
        year, projected = YEAR.parts(item, where)
        return {"tax_year": year} | ({"use_projection": True} if projected else {})
    kind = _KINDS[name]
    if kind is None:
        raise InputError(f"{where} is a list; give it in its own range.")
    return {name: kind.read(item, where)}


def _add_list(found: dict[str, Any], owner: str, columns: dict[str, list[Value]]) -> None:
    """The records of one list from its parts, blank ones left out."""
    most, kinds = _LISTS[owner]
    field = _RECORDS[owner][0] if owner in _RECORDS else owner
    if found.get(field):
        raise InputError(f"household: {field} is given twice.")
    made: list[Any] = []
    for i in range(max(len(items) for items in columns.values())):
        items = {part: columns[part][i] for part in columns if i < len(columns[part]) and columns[part][i] is not None}
        if items:
            where = f"household: {owner} {i + 1}"
            read = {part: kinds[part].read(item, f"{where}, {part}") for part, item in items.items()}
            made.append(_record(owner, read, where))
    if len(made) > most:
        raise InputError(f"household: {len(made)} rows of {owner}; give at most {most}.")
    found[field] = tuple(made)


def _record(owner: str, read: dict[str, Any], where: str) -> Any:
    kinds = _LISTS[owner][1]
    if owner in _RECORDS:
        record = _RECORDS[owner][1]
        needed = [part for part in kinds if part not in may_be_blank(record)]
    else:
        record = None
        width = {"dollars": "dollars", "limit": ""}.get(read.get("kind", ""), "share")
        needed = ["kind", "rate", width] if width else ["kind", "rate"]
    for part in needed:
        if part not in read:
            raise InputError(f"{where}: {part} is blank; give {kinds[part].wanted}.")
    if record is not None:
        return record(**read)
    return Tier(read["kind"], read["rate"], read.get("dollars" if read["kind"] == "dollars" else "share", 0))


def _dates(item: Value) -> list[date]:
    parts: list[Value] = [part.strip() for part in item.split(";")] if isinstance(item, str) else [item]
    return [DATE.read(part, "household: conversion_dates") for part in parts]


def _wanted(name: str) -> str:
    kind = _KINDS[name]
    return kind.wanted if kind is not None else "it"
