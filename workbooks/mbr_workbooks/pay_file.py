"""A pay file, as payroll or a record-keeper exports it: a csv of any separator, its lines read to pays."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from mbr_workbooks.package import reason
from mbr_workbooks.pay_cells import DayFirst, cents_of, us_date_of
from mbr_workbooks.pay_columns import (
    AMOUNTS,
    CONTRIBUTIONS,
    FIELDS,
    IGNORE,
    KINDS,
    field_of_head,
    field_of_source,
    kind_of_word,
    named,
    plain,
    rank_of_date,
)
from mbr_workbooks.pay_unknown import asked, refuse_unknown
from mbr_xl.errors import InputError

SEPARATORS = (",", ";", "\t", "|")
MOST_BYTES, MOST_LINES, HEADS_WITHIN = 20_000_000, 20_000, 60
_TOTALS = re.compile(
    r"\s*(grand |sub ?|report |year |ytd |employee )?(totals?|ytd|sum|year[ -]to[ -]date|summary)\b", re.I
)


TOTAL, HEADS_AGAIN = "a total, not a pay", "the heads once more"


class UnknownSource(InputError):
    """A source of a record-keeper that nobody has given a meaning; its text is the source."""


@dataclass(frozen=True)
class FilePay:
    """A pay of the file: its lines, its date, its kind where the file says it, and cents by field."""

    lines: tuple[int, ...]
    date: date
    kind: str | None
    amounts: Mapping[str, int]


@dataclass(frozen=True)
class NotRead:
    """A line that is no pay, or one that cannot be read; `fault` tells the two apart."""

    line: int
    why: str
    fault: bool


@dataclass(frozen=True)
class PayFile:
    """What a file holds: its pays in order, the lines left aside, and what each column and word was taken for."""

    pays: tuple[FilePay, ...]
    not_read: tuple[NotRead, ...]
    columns: Mapping[str, str]
    unused: tuple[str, ...]


@dataclass
class _Pays:
    """Pays as they are read: a line each, or several lines of sources that add up to one."""

    by_source: bool
    found: dict[tuple[date, str | None], tuple[list[int], dict[str, int]]] = field(default_factory=dict)
    alike: list[NotRead] = field(default_factory=list)

    def add(self, line: int, day: date, kind: str | None, amounts: Mapping[str, int]) -> None:
        lines, sums = self.found.setdefault((day, kind), ([], {}))
        if lines and not self.by_source:
            self.alike.append(NotRead(line, f"it is of the same date and kind as line {lines[0]}: add the two up, or "
                                            "name their kinds", True))  # fmt: skip
            return
        lines.append(line)
        for name, cents in amounts.items():
            sums[name] = sums.get(name, 0) + cents


def read_pay_file(path: Path, told: Mapping[str, str] | None = None, kept: Mapping[str, str] | None = None) -> PayFile:
    """Reads a file of pays.

    told: what a head, a source or a word for a kind stands for (a field or a kind), before the known words; kept: the
    same from an earlier file, where nothing is told.
    Raises InputError where the file cannot be read, where no line of it heads a date and an amount, where its dates
    are not US dates, where a column or a source of dollars is not known, and where a line of a file of sources cannot
    be read: a pay is never taken without one of its amounts.
    """
    try:
        with path.open("rb") as stream:
            content = stream.read(MOST_BYTES + 1)
    except OSError as problem:
        raise InputError(f"The file {path} cannot be read ({reason(problem)}).") from None
    if len(content) > MOST_BYTES:
        raise InputError(f"{path} has more than 20 MB: a year of pays is far smaller.")
    return read_pay_text(_decoded(content, path.name), path.name, told, kept)


def read_pay_text(
    text: str, name: str, told: Mapping[str, str] | None = None, kept: Mapping[str, str] | None = None
) -> PayFile:
    """Reads the text of such a file; `name` is what a refusal calls it."""
    said = {plain(word): meaning for word, meaning in (told or {}).items()}
    given = {plain(word): meaning for word, meaning in (kept or {}).items()} | said
    rows, at, columns = _table(text, name, given, frozenset(said))
    heads = [head.strip() for head in rows[at][1]]
    by_source = "source" in columns.values()
    pays, left = _Pays(by_source), []
    unknown: dict[str, None] = {}
    lines: list[list[str]] = []
    for line, cells in rows[at + 1 :]:
        row = {place: cells[place].strip() if place < len(cells) else "" for place in columns}
        filled = sum(bool(cell.strip()) for cell in cells)
        if not filled:
            continue
        if filled == 1 < len(columns):
            left.append(NotRead(line, "a note, not a pay", False))
            continue
        try:
            why = _take(pays, line, row, cells, columns, heads, given)
        except UnknownSource as refusal:
            unknown[str(refusal)] = None
            continue
        except DayFirst as refusal:
            raise InputError(f"{name}, line {line}: {refusal}") from None
        except InputError as refusal:
            left.append(NotRead(line, str(refusal), True))
        else:
            if why:
                left.append(NotRead(line, why, False))
            if why in (TOTAL, HEADS_AGAIN):
                continue
        lines.append(cells)
    refuse_unknown(name, heads, columns, lines, given)
    if by_source:
        _refuse_short(name, tuple(unknown), [one for one in left if one.fault])
    found = tuple(
        FilePay(tuple(lines), day, kind, sums)
        for (day, kind), (lines, sums) in sorted(pays.found.items(), key=lambda one: (one[0][0], one[1][0][0]))
    )
    used = {heads[place]: meaning for place, meaning in columns.items()}
    unused = tuple(head for place, head in enumerate(heads) if head and place not in columns)
    return PayFile(found, tuple(sorted([*left, *pays.alike], key=lambda one: one.line)), used, unused)


def _refuse_short(name: str, unknown: Sequence[str], faults: Sequence[NotRead]) -> None:
    """Raises InputError where a pay that is several lines of sources would miss one of them."""
    if unknown:
        raise InputError(asked(name, unknown, ("is a source that is not known", "are sources that are not known")))
    if faults:
        raise InputError(
            f"{name}, line {faults[0].line}: {faults[0].why}; nothing is taken, because a pay would miss that line."
        )


def _take(
    pays: _Pays, line: int, row: Mapping[int, str], cells: Sequence[str], columns: Mapping[int, str],
    heads: Sequence[str], given: Mapping[str, str],
) -> str:  # fmt: skip
    """Adds one line to the pays; gives why it is left aside where that is no fault."""
    place = {meaning: at for at, meaning in columns.items()}
    first = next(cell for cell in cells if cell.strip())
    written = row[place["date"]]
    if _TOTALS.match(first) or _TOTALS.match(written):
        return TOTAL
    if [cell.strip() for cell in cells] == list(heads):
        return HEADS_AGAIN
    if not written:
        raise InputError("it has no date")
    day = us_date_of(written)
    kind = None
    if "kind" in place and (word := row[place["kind"]]):
        kind = given.get(plain(word)) if given.get(plain(word)) in KINDS else kind_of_word(word)
        if kind is None:
            raise InputError(f'"{word}" is no known kind of pay: say what it is with --map "{word}=bonus" or the like')
    amounts: dict[str, int] = {}
    if "source" in place:
        source = row[place["source"]]
        meaning = given.get(plain(source)) or field_of_source(source)
        if meaning == IGNORE:
            return f"its source {source} is left aside, as you said"
        if meaning not in CONTRIBUTIONS:
            raise UnknownSource(source or "(blank)")
        cents = cents_of(row[place["amount"]], heads[place["amount"]])
        if cents is None:
            return "it has no amount"
        amounts[meaning] = cents
    else:
        for at, meaning in columns.items():
            if meaning in AMOUNTS and (cents := cents_of(row[at], heads[at])) is not None:
                amounts[meaning] = amounts.get(meaning, 0) + cents
        if not amounts:
            return "it has no amount"
    pays.add(line, day, kind, amounts)
    return ""


def _decoded(content: bytes, name: str) -> str:
    """The text: UTF-16 or UTF-8 where it says so or is so, else Windows' western code page."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        codes = ["utf-16"]
    elif content[1:2] == b"\0":
        codes = ["utf-16-le"]
    elif content[:1] == b"\0":
        codes = ["utf-16-be"]
    else:
        codes = ["utf-8-sig", "cp1252"]
    for code in codes:
        try:
            text = content.decode(code)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise InputError(f"{name} is no text: save it as CSV first.")


Rows = list[tuple[int, list[str]]]


def _table(text: str, name: str, given: Mapping[str, str], told: frozenset[str]) -> tuple[Rows, int, dict[int, str]]:
    """The rows with their line numbers, which of them holds the heads, and what each column means."""
    best: tuple[int, Rows, int, dict[int, str]] | None = None
    for separator in SEPARATORS:
        rows = _rows(text, name, separator)
        for at, (_, cells) in enumerate(rows[:HEADS_WITHIN]):
            columns = _columns(cells, given, told)
            values = set(columns.values())
            if "date" in values and (values & set(AMOUNTS) or {"source", "amount"} <= values):
                if best is None or len(columns) > best[0]:
                    best = len(columns), rows, at, columns
                break
    if best is None:
        if not text.strip():
            raise InputError(f"{name} is empty.")
        raise InputError(
            f"{name} has no line of heads with a date and an amount that are known: name its columns with "
            f'--map "Column=field", where field is one of {", ".join(FIELDS)}.'
        )
    return best[1], best[2], best[3]


def _rows(text: str, name: str, separator: str) -> Rows:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=True)
    rows: Rows = []
    before = 0
    try:
        for cells in reader:
            rows.append((before + 1, cells))  # a quoted cell may run over several lines
            before = reader.line_num
            if len(rows) > MOST_LINES:
                raise InputError(f"{name} has more than {MOST_LINES} lines: give the export of one year.")
    except csv.Error:
        return []
    return rows


def _columns(cells: Sequence[str], given: Mapping[str, str], told: frozenset[str]) -> dict[int, str]:
    """What each column of a line of heads holds; of several dates, kinds and the like the one told, else the best."""
    found: dict[int, str] = {}
    for place, head in enumerate(cells):
        meaning = given.get(plain(head))
        meaning = meaning if meaning in FIELDS else field_of_head(head)
        if meaning is not None:
            found[place] = meaning
    for single in ("date", "kind", "source", "amount"):
        places = [place for place, meaning in found.items() if meaning == single]
        said = [place for place in places if plain(cells[place]) in told]
        order = sorted(said or places, key=lambda place: rank_of_date(cells[place]) or 0)
        for place in set(places) - set(order[:1]):
            del found[place]
    if {"source", "amount"} <= set(found.values()):
        return {place: meaning for place, meaning in found.items() if meaning not in AMOUNTS}
    return {place: meaning for place, meaning in found.items() if meaning not in ("source", "amount", IGNORE)}


def amounts_said(amounts: Mapping[str, int]) -> str:
    """Amounts as a sentence lists them."""
    from mbr_xl.money import dollars

    return ", ".join(f"{named(name)} {dollars(amounts[name])}" for name in AMOUNTS if name in amounts)
