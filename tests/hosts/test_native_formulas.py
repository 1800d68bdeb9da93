"""The client's plain formulas in a real LibreOffice: every case row that they claim, and random calls."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from mbr_udfs import CATALOGUE
from mbr_workbooks.equivalent import RULES
from mbr_workbooks.native import native_formula
from tests.hosts.office import Office
from tests.native_books import ANSWERS, NAMES, expect_same, is_refusal, native_book
from tests.random_calls import ALWAYS, ARGUMENTS, CallCase, random_call
from tests.test_cases import arguments, cases, compared

CALLS = 60


def in_calc(office: Office, path: Path, rows: Sequence[tuple[str, Sequence[Any]]]) -> list[Any]:
    """What the formulas come to; None is an error value."""
    path.write_bytes(native_book(rows))
    with office.open(path) as book:
        return [row[ANSWERS] for row in book.used("S")]


def of_case(name: str, row: Mapping[str, str], line: int) -> CallCase:
    """A case row with its figures in cells, and in the formula the words that a formula reads nowhere else.

    MBR_LIMIT is asked for the planner's year, which is 2026: for a year that is written it is a number.
    """
    cells: list[Any] = []
    texts: list[str] = []
    for argument, value in arguments(name, dict(row)).items():
        if name == "MBR_LIMIT" and row[argument] == "2026":
            texts.append("tax_year")
        elif argument in ALWAYS or name == "MBR_LIMIT" or isinstance(value, list):
            plain = isinstance(value, str) and not row[argument].startswith('"')
            texts.append(f'"{value}"' if plain else row[argument].strip())
        else:
            texts.append(f"{chr(65 + len(cells))}{line}")
            cells.append(value)
    while not texts[-1]:
        texts.pop()
    sent = [float(value) if isinstance(value, bool) else value for value in arguments(name, dict(row)).values()]
    return CallCase(name, f"={name}({','.join(texts)})", tuple(cells), tuple(sent), clean=False)


@pytest.mark.parametrize("name", RULES)
def test_every_case_row(office: Office, tmp_path: Path, name: str) -> None:
    rows = [row for of, row in (case.values for case in cases()) if of == name]
    claimed: list[tuple[dict[str, str], str, CallCase]] = []
    for row in rows:
        case = of_case(name, row, len(claimed) + 1)
        if formula := native_formula(case.formula, NAMES):
            claimed.append((row, formula, case))
    wrong = []
    found = in_calc(office, tmp_path / "cases.xlsx", [(formula, case.cells) for _, formula, case in claimed])
    for (row, _, case), answer in zip(claimed, found, strict=True):
        same, expect = compared(row, answer)
        if any(isinstance(cell, bool) for cell in case.cells):  # Calc has 1 and 0, and so has the add-in there
            expect = CATALOGUE[name](*case.given)
        unread = any(isinstance(cell, str) for cell in case.cells)  # a number typed as text
        if not (same == expect or ((is_refusal(expect) or unread) and (answer is None or is_refusal(answer)))):
            wrong.append(f"{row['case']}: {answer}, not {expect}")
    assert not wrong, "\n".join(wrong)
    assert len(claimed) >= (6 if name == "MBR_LIMIT" else len(rows) / 2), f"{len(claimed)} of {len(rows)}"


@pytest.mark.parametrize("name", ARGUMENTS)
def test_random_calls(office: Office, tmp_path: Path, base_seed: int, name: str) -> None:
    rng = random.Random(f"{name} {base_seed} calc")
    drawn = [random_call(name, row, rng) for row in range(1, CALLS + 1)]
    found = [(case, native_formula(case.formula, NAMES)) for case in drawn]
    answers = in_calc(office, tmp_path / "calls.xlsx", [(formula or "=1", case.cells) for case, formula in found])
    for (case, formula), answer in zip(found, answers, strict=True):
        if formula and not any(isinstance(cell, bool) for cell in case.cells):  # which Calc holds as 1 and 0
            expect_same(case, formula, answer)
