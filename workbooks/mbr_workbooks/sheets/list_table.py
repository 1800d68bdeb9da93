"""A list of records as a table of input cells: one column a field, headed, named, validated and filled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import Field, fields
from typing import Any

from mbr_udfs.fields import head
from mbr_workbooks.sheet import Sheet, Table, Validation, area
from mbr_workbooks.sheets.cell_kinds import bounds, choices, rule, shown, style
from mbr_xl.fact import record_of


def list_table(sheet: Sheet, row: int, column: int, owner: type[Any], item: Field[Any], records: Sequence[Any]) -> int:
    """Puts the table with its heads in `row`, from `column` on; the next row that is free after a gap of one.

    owner, item: the dataclass and its field, declared by `listed`; records: what fills it.
    Each column has the defined name prefix + field; the table is called tbl and the list's name.
    """
    about, record = item.metadata, record_of(owner, item.name)
    lines: int = about["most"]
    first = row + 1
    parts = fields(record)
    for line in range(lines):
        if column > 0:
            sheet.put(first + line, column - 1, "▸", "marker")
        for place, part in enumerate(parts):
            given = getattr(records[line], part.name) if line < len(records) else None
            # An amount that is 0 where it is not given stays blank, as somebody types it.
            nothing = given is None or (given == 0 and part.default == 0 and not isinstance(given, bool))
            value = None if nothing else shown(record, part.name, given)
            sheet.put(first + line, column + place, value, style(record, part.name))
    for place, part in enumerate(parts):
        kind, title = rule(record, part.name), title_of(part)
        note = part.metadata.get("note", "")
        message = f"{about['label']}: {title[:1].lower()}{title[1:]}{'; ' + note if note else ''}."
        cells = area(first, column + place, lines)
        sheet.named(about["prefix"] + part.name, first, column + place, lines)
        words = choices(record, part.name)
        sheet.validations.append(Validation(cells, kind, title[:32], message, words, *bounds(record, part.name)))
    titles = tuple(title_of(part) for part in parts)
    table = "tbl" + item.name.title().replace("_", "")
    sheet.tables.append(Table(table, area(row, column, lines + 1, len(parts)), titles))
    return first + lines + 1


def title_of(part: Field[Any]) -> str:
    """What heads a column: the label it was declared with, else its name in words."""
    return part.metadata.get("label") or head(part.name)
