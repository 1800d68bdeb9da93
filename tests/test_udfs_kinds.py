"""How cells are read: each kind, with what the hosts send for it."""

from dataclasses import fields
from datetime import date, datetime
from decimal import Decimal

import pytest

from mbr_udfs import cells, dates
from mbr_udfs.fields import head, kinds_of, may_be_blank
from mbr_udfs.kinds import (
    AGE,
    BIRTH_DATE,
    DATE,
    FLAG,
    GROWTH,
    INCOME,
    LIMIT,
    MATCH_RATE,
    MONEY,
    MOST_YEARS_KNOWN,
    RATE,
    TABLE,
    TAX_YEAR,
    TEXT,
    YEAR,
    Choice,
    Count,
)
from mbr_xl.client import inputs
from mbr_xl.engine.match_text import parse_match
from mbr_xl.errors import InputError
from mbr_xl.fact import is_list
from mbr_xl.household import Election, Household, Payment
from mbr_xl.results import ConversionLine, Headlines, PayLine

READ = [
    (MONEY, 24500.0, 2_450_000),
    (MONEY, 24500, 2_450_000),
    (MONEY, "$24,500", 2_450_000),
    (MONEY, " 24,500.00 ", 2_450_000),
    (MONEY, "24500.5\xa0", 2_450_050),
    (MONEY, 0.0, 0),
    (MONEY, "0", 0),
    (MONEY, 1.005, 101),
    (MONEY, 2.675, 268),
    (MONEY, 1.0, 100),
    (MONEY, Decimal("24500.25"), 2_450_025),
    (MONEY, [[24500.0]], 2_450_000),
    (RATE, 0.06, 60_000),
    (RATE, "6%", 60_000),
    (RATE, "6 %", 60_000),
    (RATE, "0.06", 60_000),
    (RATE, 1 / 3, 333_333),
    (RATE, "3.876%", 38_760),
    (RATE, 1.0, 1_000_000),
    (RATE, "100%", 1_000_000),
    (GROWTH, -0.1, -100_000),
    (GROWTH, "-10%", -100_000),
    (MATCH_RATE, 1.5, 1_500_000),
    (MATCH_RATE, "150%", 1_500_000),
    (TAX_YEAR, 2026.0, 2026),
    (TAX_YEAR, "2026", 2026),
    (DATE, 46024.0, date(2026, 1, 2)),
    (DATE, 46024.75, date(2026, 1, 2)),
    (DATE, datetime(2026, 1, 2, 9, 30), date(2026, 1, 2)),
    (DATE, date(2026, 1, 2), date(2026, 1, 2)),
    (DATE, "1/2/2026", date(2026, 1, 2)),
    (DATE, "2026-01-02", date(2026, 1, 2)),
    (DATE, "2026-01-02T00:00:00", date(2026, 1, 2)),
    (DATE, "Jan 2, 2026", date(2026, 1, 2)),
    (DATE, "Fri, Jan 2, 2026", date(2026, 1, 2)),
    (AGE, 52.0, 52),
    (AGE, "52", 52),
    (AGE, 27150.0, date(1974, 5, 1)),
    (AGE, datetime(1974, 5, 1), date(1974, 5, 1)),
    (AGE, "5/1/1974", date(1974, 5, 1)),
    (AGE, "1974-05-01", date(1974, 5, 1)),
    (FLAG, True, True),
    (FLAG, "Yes", True),
    (FLAG, "no", False),
    (FLAG, 0.0, False),
    (FLAG, "FALSE", False),
    (Choice("above_402g", "above_415c"), "Above 402g", "above_402g"),
    (Count(1, 31), 31.0, 31),
    (LIMIT, "415(c)", "annual_additions"),
    (LIMIT, "Catch Up", "catch_up"),
    (TEXT, 5.0, "5"),
]
ERROR_VALUES = [
    "#N/A", "#div/0!", "#SPILL!", "#BUSY!", "#PYTHON!", "#EXTERNAL!", "#timeout!", -2146826246, -2146826281.0,
    -2146826237, -2146826236.0,
]  # fmt: skip
REFUSED = [
    (MONEY, [0.06, 0.99, -1.0, True, "", "  ", "6%", "12k", "1,23", "24.500,00", "1e5", "--5", 1e12, [[1.0, 2.0]]]),
    (RATE, [6.0, 6, "6", 1.01, -0.01, True, "", "six", "101%", 37.0]),
    (GROWTH, [7.0, -1.5, "7"]),
    (MATCH_RATE, [6.0, 50.0]),
    (TAX_YEAR, [2026.5, 26.0, True, "this year", 46024.0, datetime(2026, 1, 1)]),
    (YEAR, [2031.0, 2018.0, "2027 maybe", "", "projected", [["year", 2026.0, 1.0]], [["deferral", 5.0], ["hce", 9.0]]]),
    (DATE, [0.0, 2026.0, "1/2/26", "2/30/2026", "13/1/2026", True, "soon", "", 1e9, -5.0]),
    (AGE, [0.0, -1.0, 5.0, 52.5, 121.0, 1974.0, True, "old", "", "5/1/74"]),
    (BIRTH_DATE, [52.0, 1974.0]),
    (FLAG, ["maybe", 2.0, "", datetime(2026, 1, 1)]),
    (Choice("before", "none"), ["after", 1.0, True, ""]),
    (Count(1, 31), [0.0, 32.0, 1.5, "", True]),
    (LIMIT, ["403(b)", 5.0, ""]),
    (TABLE, ["", None, [[None, ""], ["", None]]]),
]


@pytest.mark.parametrize(("kind", "cell", "expect"), READ)
def test_read(kind, cell, expect):
    found = kind.read(cell, "input")
    assert found == expect
    assert type(found) is type(expect)


@pytest.mark.parametrize(
    ("kind", "cell"), [(kind, cell) for kind, wrong in REFUSED for cell in [*wrong, *ERROR_VALUES, None]]
)
def test_refused_in_one_sentence(kind, cell):
    if kind is TABLE and cell in ERROR_VALUES:
        cell = [[1.0, cell]]
    with pytest.raises(InputError) as refusal:
        kind.read(cell, "input")
    assert str(refusal.value).endswith(".")
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("cell", [float("nan"), float("inf"), float("-inf")])
def test_no_number_that_is_not_finite(cell):
    for kind in (MONEY, RATE, DATE, AGE, YEAR):
        with pytest.raises(InputError, match="finite"):
            kind.read(cell, "input")


def test_the_hint_for_a_rate():
    with pytest.raises(InputError, match=r"^rate: 6 is 600%: type 6% or 0.06\.$"):
        RATE.read(6.0, "rate")


def test_error_values_are_named():
    assert cells.ERRORS[2042] == "#N/A"
    with pytest.raises(InputError, match=r"^pay holds the error #N/A"):
        MONEY.read(-2146826246, "pay")
    with pytest.raises(InputError, match=r"^pay holds the error #DIV/0!"):
        MONEY.read("#DIV/0!", "pay")
    for cell in ("#BUSY!", -2146826237):
        with pytest.raises(InputError, match=r"^pay holds the error #BUSY!: correct that cell first\.$"):
            MONEY.read(cell, "pay")
    with pytest.raises(InputError, match=r"^words holds the error #PYTHON!: correct that cell first\.$"):
        TEXT.read("#Python!", "words")
    with pytest.raises(InputError, match=r"^pay holds an error value: correct that cell first\.$"):
        MONEY.read(-2146826288 + 99, "pay")  # the number of a newer error
    assert INCOME.read(-214682.99, "loss") == -21468299


def test_an_earlier_refusal_is_passed_on():
    with pytest.raises(InputError, match=r"^year: no rules for 2031\.$"):
        MONEY.read("#MBR! year: no rules for 2031.", "pay")


def test_year_brings_its_law():
    assert YEAR.read(2026.0, "year").annual_additions == 7_200_000
    own = YEAR.read([["name", "value"], ["year", 2027.0], ["Deferral", "$25,500"], ["hce", None], [None, None]], "year")
    assert (own.deferral, own.note_for(["deferral"])) == (2_550_000, "YOUR LIMITS")
    both = YEAR.read([["year", "2027 projected"], ["deferral", 25500.0]], "year")
    assert both.note_for(["deferral", "annual_additions"]) == "PROJECTED, YOUR LIMITS"
    assert YEAR.read("2027 Projected", "year").note_for(["deferral"]) == "PROJECTED"
    assert YEAR.read("2026 projected", "year").note_for(["deferral"]) == ""


def test_what_is_shown_is_read_back():
    for kind, answer in [(MONEY, 2_450_050), (RATE, 333_333), (DATE, date(2026, 1, 2)), (FLAG, True), (TAX_YEAR, 2026)]:
        assert kind.read(kind.show(answer), "input") == answer


def test_grid_leaves_blank_rows_and_columns_out():
    whole_column = [["a", 1.0, None], [None, "", None], ["b", None, None], *[[None] * 3 for _ in range(50)]]
    assert cells.grid(whole_column, "range") == [["a", 1.0], ["b", None]]
    assert cells.grid((("a", 1.0),), "range") == [["a", 1.0]]
    assert cells.grid(["a", 1.0], "range") == [["a", 1.0]]
    assert cells.grid("a", "range") == [["a"]]
    assert cells.grid(None, "range") == []
    assert cells.grid([], "range") == cells.grid([[]], "range") == []
    assert cells.grid((None, "a", None), "range") == [[None, "a"]]
    with pytest.raises(InputError, match=r"^range is not a rectangular range\.$"):
        cells.grid([["a"], 1.0], "range")


@pytest.mark.parametrize("row", [tuple, list])
def test_whole_columns_are_read_as_their_rows(row):
    rows = [row((None, None))] * 1_048_576
    assert cells.is_blank(rows)
    assert cells.grid(rows, "columns") == []
    rows[0], rows[4], rows[-1] = row(("date", "amount")), row((None, 5.0)), row(("", " x "))
    assert not cells.is_blank(rows)
    assert cells.grid(rows, "columns") == [["date", "amount"], [None, 5.0], [None, "x"]]
    rows[-1] = row((None, "#N/A"))
    with pytest.raises(InputError, match=r"^columns holds the error #N/A: correct that cell first\.$"):
        cells.grid(rows, "columns")


def test_serial_numbers_are_excels():
    assert dates.serial(date(2026, 1, 2)) == 46024
    assert dates.read(61) == date(1900, 3, 1)
    assert dates.read(60) is None


@pytest.mark.parametrize("record", [Household, Payment, Election, PayLine, ConversionLine, Headlines])
def test_every_field_has_a_kind(record):
    lists = {f.name for f in fields(record) if isinstance(f.default, tuple)} if record is Household else set()
    assert {name for name, kind in kinds_of(record).items() if kind is None} == lists


def test_required_inputs():
    required = {name for name in kinds_of(Household) if name not in may_be_blank(Household)}
    assert required == {"tax_year", "any_pay_date", "annual_salary"}
    assert not may_be_blank(Payment)
    assert "start" not in may_be_blank(Election)


def test_labels_of_inputs_are_one_each():
    every = [item for _, item in inputs() if not is_list(item)]
    names = [cells.key(item.name) for item in every] + [cells.key(item.metadata["label"]) for item in every]
    twice = {name for name in names if names.count(name) > 1}
    assert twice == {cells.key(f.name) for f in every if cells.key(f.name) == cells.key(f.metadata["label"])}


def test_heads():
    assert [head(name) for name in ("date", "pretax_elected", "after_tax", "catch_up")] == [
        "Date", "Pre-tax elected", "After-tax", "Catch-up",
    ]  # fmt: skip


def test_a_year_is_read_once_however_it_is_spelled():
    for cell in (2026.0, 2026, "2026", [[2026.0]], "2027 projected", " 2027 Projected\xa0"):
        assert YEAR.read(cell, "year") is YEAR.read(cell, "year")
    for k in range(2 * MOST_YEARS_KNOWN):
        assert YEAR.read(f"2027{' ' * (k + 1)}projected", "year").note == "PROJECTED"
    assert len(YEAR.known) <= MOST_YEARS_KNOWN
    for cell in (True, "TRUE", 1.0, 2026.5, date(2026, 1, 2)):
        for _ in range(2):
            with pytest.raises(InputError, match=r"^year: .*\.$"):
                YEAR.read(cell, "year")


def test_a_text_that_is_refused_is_refused_each_time():
    for _ in range(2):
        with pytest.raises(InputError, match="is not a date"):
            DATE.read("2/30/2026", "day")
        with pytest.raises(InputError, match="is not understood"):
            parse_match("half of it")
    assert parse_match("50% of 6%") == parse_match(" 50%  of 6% ")
