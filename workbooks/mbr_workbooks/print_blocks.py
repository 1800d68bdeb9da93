"""Which rows of a sheet have something to say, block by block, and which blocks go on a page together."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from mbr_workbooks.formulas import edges
from mbr_workbooks.sheet import Sheet
from mbr_workbooks.styles import properties

# What names a figure but is none, even where a formula writes it; a sentence stands for a block that has no figures.
_NAMES_IT = re.compile(r"head|label|section|note|unit|name|about|master|subtitle|marker|work_")
_SENTENCE = re.compile(r"text|label_bold|headline|wrap")
_HIDES_NOTHING = re.compile(r"[^;]*(?:;[^;]*)?")
_POINTS = 15.0  # of a row without a height of its own
_CHARS = 8.43  # of a column without a width of its own
_LETTER = (612 - 0.8 * 72, 792 - 1.15 * 72), (792 - 0.8 * 72, 612 - 1.15 * 72)  # upright, landscape, in the margins
_SAFE = 0.95  # programs and printers differ by a row or two
_FEW = 5  # rows that may stay empty between two blocks
_TRUSTED = 1.2  # a page of the sheet's own that is reckoned to be this full was seen to print as one


@dataclass(frozen=True)
class Rows:
    """Rows that follow each other, counted from 0, both ends included."""

    first: int
    last: int

    def __contains__(self, row: int) -> bool:
        return self.first <= row <= self.last


@dataclass(frozen=True)
class Shown:
    """What the file shows on a sheet.

    value: the stored value of a cell; hides: the cells whose numbers a format hides now; typed: rows with cells that
    are not the planner's own.
    """

    value: Callable[[int, int], object]
    hides: frozenset[tuple[int, int]]
    typed: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Page:
    """The printed part of one sheet of the planner, and what the file shows in it."""

    sheet: Sheet
    shown: Shown

    @cached_property
    def columns(self) -> tuple[int, int]:
        left, _, right, _ = edges(self.sheet.print_area)
        return left - 1, right - 1

    @cached_property
    def end(self) -> int:
        return edges(self.sheet.print_area)[3] - 1

    def blocks(self) -> list[Rows]:
        """The blocks that have something to say, each as far as it has; the heading always."""
        starts = sorted(self._starts())
        found = []
        for first, after in zip(starts, [*starts[1:], self.end + 1], strict=True):
            last = self._last(first, after - 1)
            if last is not None:
                found.append(Rows(first, last))
        return found

    def areas(self, blocks: list[Rows]) -> list[Rows]:
        """The blocks put together into stretches of rows, each of which begins a page.

        As few pages as can be, a break within a block counting as one where its head does not repeat; of as few, those
        with the fewest rows that have nothing to say; then those that break where a block begins, first of all where
        the sheet itself breaks.
        """
        if self.sheet.pages_tall == 1:
            return [Rows(blocks[0].first, blocks[-1].last)]
        best: list[tuple[tuple[int, int, int, int], list[Rows]]] = [((0, 0, 0, 0), [])]
        for upto in range(1, len(blocks) + 1):
            ways = []
            for begin in range(upto):
                run = Rows(blocks[begin].first, blocks[upto - 1].last)
                pages = self._pages(run)
                idle = sum(self._idle(one, other) for one, other in itertools.pairwise(blocks[begin:upto]))
                before = blocks[begin - 1].last if begin else -1
                elsewhere = int(begin > 0 and not any(before < row <= run.first for row in self.sheet.page_breaks))
                torn = 0 if self.sheet.repeat_rows else pages - 1
                added = (pages + torn, idle, pages - 1, elsewhere)
                cost = tuple(a + b for a, b in zip(best[begin][0], added, strict=True))
                ways.append((cost, [*best[begin][1], run]))
            best.append(min(ways, key=lambda way: way[0]))  # type: ignore[arg-type]
        return best[-1][1]

    def _idle(self, one: Rows, other: Rows) -> int:
        """Rows between two blocks that have nothing to say, a few aside."""
        rows = sum(self._holds(row) for row in range(one.last + 1, other.first))
        return rows if rows > _FEW else 0

    def _pages(self, run: Rows) -> int:
        """How many pages the rows take: one, where the sheet itself has them on one."""
        cuts = [0, *sorted(self.sheet.page_breaks), self.end + 1]
        own = next((Rows(a, b - 1) for a, b in itertools.pairwise(cuts) if run.first >= a and run.last < b), None)
        if own and self._height(own) <= self._capacity(own) * _TRUSTED:
            return 1
        return math.ceil(self._height(run) / self._capacity(run))

    def _starts(self) -> Iterable[int]:
        """A block begins with the head of a section, and with the words above a list."""
        starts = {0}
        for (row, column), cell in self.sheet.cells.items():
            if cell.style == "section" and (cell.value or cell.formula) and self._prints(row, column):
                starts.add(row)
        listed = [edges(table.cells) for table in self.sheet.tables]
        below = {bottom for _, _, _, bottom in listed}  # the row after a list, counted from 0
        for left, top, _, _ in listed:
            row = top - 1
            while row not in starts and row not in below and row > 0 and self._holds(row - 1):
                row -= 1
            if self._prints(row, left - 1):
                starts.add(row)
        return starts

    def _last(self, first: int, last: int) -> int | None:
        """The last row of a block that shows something; None where nothing does."""
        figures: set[int] = set()
        sentences: set[int] = set()
        fixed: set[int] = set()
        changing = False
        for (row, column), cell in self.sheet.cells.items():
            if not (first <= row <= last and self._prints(row, column)):
                continue
            sentence = bool(cell.formula and _SENTENCE.match(cell.style))
            figure = cell.style.startswith("input") or (cell.formula and not _NAMES_IT.match(cell.style))
            if sentence or figure:
                changing = True
                if self._shows(row, column, cell.style):
                    (sentences if sentence else figures).add(row)
            elif (cell.value is not None or cell.formula) and cell.style != "marker" and not self._hides(row, column):
                fixed.add(row)
        figures |= {row for row in self.shown.typed if first <= row <= last}
        if first == 0 and not figures:  # the heading, and the heads of a list that is empty
            return max(sentences | fixed | self._heads(last))
        if figures or not changing:
            charts = {self._under(chart.cell, chart.height) for chart in self.sheet.charts
                      if first <= edges(chart.cell)[1] - 1 <= last}  # fmt: skip
            return min(last, max(figures | sentences | fixed | charts, default=first))
        return max(sentences) if sentences else None

    def _heads(self, last: int) -> set[int]:
        tops = (edges(table.cells)[1] - 1 for table in self.sheet.tables)
        return {top for top in tops if top <= last}

    def _shows(self, row: int, column: int, style: str) -> bool:
        value = self.shown.value(row, column)
        if value is None or value == "" or self._hides(row, column):
            return False
        number = str(properties(style).get("num_format", ""))
        return not (value == 0 and not isinstance(value, str) and not _HIDES_NOTHING.fullmatch(number)) or (
            number.count(";") == 2 and not number.endswith(";")
        )

    def _hides(self, row: int, column: int) -> bool:
        return (row, column) in self.shown.hides

    def _prints(self, row: int, column: int) -> bool:
        return row <= self.end and self.columns[0] <= column <= self.columns[1]

    def _holds(self, row: int) -> bool:
        return row in self._rows

    @cached_property
    def _rows(self) -> frozenset[int]:
        return frozenset(row for row, column in self.sheet.cells if self._prints(row, column))

    def _height(self, rows: Rows) -> float:
        return sum(self.sheet.heights.get(row, _POINTS) for row in range(rows.first, rows.last + 1))

    def _under(self, cell: str, pixels: int) -> int:
        """The row in which a chart ends."""
        row, left = edges(cell)[1] - 1, pixels * 0.75
        while (left := left - self.sheet.heights.get(row, _POINTS)) > 0:
            row += 1
        return row

    def _capacity(self, rows: Rows) -> float:
        """Points of rows that a page takes: the columns are shrunk to its width, and the head of the sheet repeats."""
        wide, tall = _LETTER[self.sheet.landscape]
        pixels = sum(int(self.sheet.widths.get(column, _CHARS) * 7 + 5) for column in
                     range(self.columns[0], self.columns[1] + 1))  # fmt: skip
        repeated = self.sheet.repeat_rows
        head = self._height(Rows(*repeated)) if repeated and rows.first > repeated[1] else 0.0
        return tall * _SAFE * max(1.0, pixels * 0.75 / wide) - head
