"""Every row of tests/cases/NAME.csv: NAME is called with what Excel would send, and must answer `expect`.

A cell of a case is read as Excel reads a CSV: 6% and 24500 are numbers, 1/2/2026 a date, TRUE a boolean, nothing a
blank. Text that looks like one of these stands in quotation marks, a range in braces as an array constant. With a
`column` the answer is a table, and `expect` the sum of that column, or the number of its rows; with a `line` too, the
item of that column in the row that begins with it.
"""

import csv
from datetime import date, datetime
from pathlib import Path

import pytest

from mbr_udfs import CATALOGUE
from mbr_udfs.cells import MARK
from mbr_udfs.dates import read as read_date
from mbr_udfs.dates import serial
from mbr_udfs.formula import literal
from mbr_xl.errors import InputError

FOLDER = Path(__file__).parent / "cases"
EVIDENCE = {"irs", "published", "hand", "peer"}


def read(text: str) -> object:
    """A cell of the CSV as Excel would send it."""
    text = text.strip()
    if text.startswith(("{", '"')) or text.upper() in ("TRUE", "FALSE", ""):
        return literal(text)
    day = read_date(text) if "/" in text or text.count("-") == 2 else None
    if isinstance(day, date):
        return float(serial(day))
    try:
        return float(text[:-1]) / 100 if text.endswith("%") else float(text)
    except ValueError:
        return text


def files() -> list[Path]:
    """The files named as a function; lower-case names hold other cases, or the published ones left out and why."""
    return sorted(path for path in FOLDER.glob("*.csv") if path.stem.isupper())


def cases() -> list[object]:
    found = []
    for path in files():
        with path.open(newline="", encoding="utf-8") as file:
            found += [pytest.param(path.stem, row, id=f"{path.stem}: {row['case']}") for row in csv.DictReader(file)]
    return found


def arguments(name: str, row: dict[str, str]) -> dict[str, object]:
    return {a.name: read(row[a.name]) for a in CATALOGUE[name].arguments if a.name in row}


def total(table: list[list[object]], column: str) -> float:
    """The sum of a column, or the number of rows, heads included."""
    if column == "rows":
        return float(len(table))
    place = table[0].index(column)
    return round(sum(row[place] for row in table[1:]), 2)


def cell(table: list[list[object]], column: str, line: object) -> object:
    """The item of a column in the one row that begins with `line`, a date as its serial number."""
    (row,) = [row for row in table[1:] if row[0] == line]
    item = row[table[0].index(column)]
    return float(serial(item.date())) if isinstance(item, datetime) else item


def compared(row: dict[str, str], answer: object) -> tuple[object, object]:
    """Of an answer, what the row speaks of, and what that must be."""
    expect = read(row["expect"])
    if column := row.get("column"):
        assert isinstance(answer, list), answer
        answer = cell(answer, column, read(row["line"])) if row.get("line") else total(answer, column)
    if isinstance(expect, list):
        expect = expect if isinstance(expect[0], list) else [expect]
    return answer, expect


@pytest.mark.parametrize(("name", "row"), cases())
def test_case(name: str, row: dict[str, str]) -> None:
    assert row["evidence"] in EVIDENCE
    function, given = CATALOGUE[name], arguments(name, row)
    answer, expect = compared(row, function(*given.values()))
    assert answer == expect
    if isinstance(expect, str) and expect.startswith(MARK):
        with pytest.raises(InputError, match=r"\.$"):
            function.answer(*given.values())


def test_every_file_is_a_function_and_every_function_has_a_file() -> None:
    assert {path.stem for path in files()} == {function.name for function in CATALOGUE}


@pytest.mark.parametrize("function", list(CATALOGUE), ids=lambda function: function.name)
def test_each_function_has_an_answer_and_a_refusal_among_its_cases(function) -> None:
    with (FOLDER / f"{function.name}.csv").open(newline="", encoding="utf-8") as file:
        refused = [row["expect"].startswith(MARK) for row in csv.DictReader(file)]
    assert not all(refused)
    assert any(refused) or not function.arguments


def test_a_refusal_is_one_sentence() -> None:
    for name, row in (case.values for case in cases()):
        if row["expect"].startswith(MARK):
            text = row["expect"]
            assert text.endswith("."), text
            assert "\n" not in text, text
            assert "Traceback" not in text, text
            assert name
