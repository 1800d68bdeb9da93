"""A block of answers: a heading, the answer in words, labelled figures with their names, and the source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mbr_workbooks.sheet import Condition, Sheet, area

LABEL, VALUE = 0, 1
MONEY, LONG_DAY = '"$#,##0.00"', '"ddd, mmm d, yyyy"'


@dataclass(frozen=True)
class Figure:
    """A line: label, defined name ("" for none), formula, style of its value, what stands beside it."""

    label: str
    name: str
    formula: str
    style: str = "dollars"
    note: str = ""


def add_block(
    sheet: Sheet,
    row: int,
    title: str,
    words: Sequence[str],
    figures: Sequence[Figure],
    source: str,
    shown: str,
    note: int,
    always: int = 0,
) -> int:
    """Puts the block from `row` on; gives the next row that is free after a gap of one.

    words: formulas of sentences, a line each; shown: a condition under which the figures are to be seen, else their
    lines look empty (they keep their values); note: the column of the notes, the last one printed; always: so many of
    the figures are to be seen as soon as there is a plan.
    """
    sheet.section(row, LABEL, title, note + 1)
    row += 1
    for line, sentence in enumerate(words):
        sheet.put(row, LABEL, sentence, "label_bold" if line == 0 else "text")
        row += 1
    first = row
    for figure in figures:
        sheet.put(row, LABEL, figure.label, "label")
        sheet.put(row, VALUE, figure.formula, figure.style)
        if figure.note:
            sheet.put(row, note, figure.note, "unit")
        if figure.name:
            sheet.named(figure.name, row, VALUE)
        row += 1
    sheet.conditions.append(Condition(area(first, VALUE, len(figures)), "=plan_ready=0", "hidden"))
    rest = area(first + always, LABEL, len(figures) - always, note + 1)
    sheet.conditions.append(Condition(rest, f"=NOT({shown})", "hidden"))
    sheet.put(row, LABEL, source, "note")
    return row + 2


def add_workings(sheet: Sheet, row: int, column: int, title: str, lines: dict[str, tuple[str, str, str]]) -> int:
    """Named values right of the printed page: label, formula and style by name; the next row that is free."""
    sheet.put(row, column, title, "work_section")
    for line, (name, (label, formula, style)) in enumerate(lines.items(), start=1):
        sheet.put(row + line, column, label, "work_text")
        sheet.put(row + line, column + 1, formula, style)
        sheet.put(row + line, column + 2, name, "work_text")
        sheet.named(name, row + line, column + 1)
    return row + len(lines) + 2


def dollars_of(name: str) -> str:
    return f"TEXT({name},{MONEY})"


def day_of(name: str) -> str:
    return f"TEXT({name},{LONG_DAY})"


def when_ready(formula: str) -> str:
    """A sentence that waits for a plan."""
    return f'=IF(plan_ready=0,"",{formula})'
