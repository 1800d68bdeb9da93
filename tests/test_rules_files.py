"""The rules files: what the schema refuses, and the bank holidays against the Federal Reserve calendar."""

from __future__ import annotations

from datetime import date, timedelta
from importlib.resources import files

import holidays
import pytest

from mbr_xl.rules import bank_holidays
from mbr_xl.rules.schema import FIELDS, read

FILE_2026 = files("mbr_xl.rules").joinpath("2026.toml").read_text(encoding="utf-8")


def test_the_schema_knows_every_field_of_a_file() -> None:
    assert read(FILE_2026, "2026.toml").keys() == FIELDS.keys()


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("hce = {", "hcee = {", "missing limits.hce"),
        ("[niit]", "[niit]\nlocal = {none = 'x'}", "not a field of the schema: niit.local"),
        ("[niit]", "title = 'x'\n[niit]", "not a field of the schema: gains.title"),
        ("value = 24_500, source", "value = 24_500, sauce", "a field is"),
        ("value = 24_500", "value = '24,500'", "not a number"),
        ("value = 24_500", "value = true", "not a number"),
        ("value = 24_500", "value = nan", "negative or finer"),
        ("value = 24_500", "value = 24_500.001", "finer than a cent"),
        ("value = 24_500", "value = -24_500", "negative"),
        ("value = 24_500", "value = [24_500, 25_000]", "1 ascending"),
        ("[153_000, 168_000]", "[168_000, 153_000]", "2 ascending"),
        ("[153_000, 168_000]", "[153_000]", "2 ascending"),
        ("value = 0.038", "value = 3.8", "a rate is a share"),
        ("value = 0.038", "value = 0.0380001", "finer than"),
        ('value = 24_500, source = "Notice 2025-67"', 'value = 24_500, source = ""', "the source or the reason"),
        (
            'value = 24_500, source = "Notice 2025-67", checked = 2026-11-23',
            'value = 24_500, source = "Notice 2025-67", checked = "soon"',
            "checked is not a date",
        ),
    ],
)
def test_a_file_that_is_not_the_schema_does_not_load(old: str, new: str, complaint: str) -> None:
    assert old in FILE_2026
    with pytest.raises(ValueError, match=complaint):
        read(FILE_2026.replace(old, new, 1), "2026.toml")


def test_a_section_must_be_a_section() -> None:
    with pytest.raises(ValueError, match="niit is not a section"):
        read("niit = 3", "x.toml")


def test_a_rate_may_be_text_and_is_exact() -> None:
    entries = read(FILE_2026.replace("value = 0.0145", "value = '0.014501'"), "2026.toml")
    assert entries["payroll.medicare"].numbers == (14_501,)


# --- bank holidays --------------------------------------------------------------------------------------------------


def test_bank_holidays_are_those_of_the_federal_reserve() -> None:
    calendar = holidays.financial_holidays("FED", years=range(2018, 2032))
    assert bank_holidays() == {day for day in calendar if day.weekday() < 5}


def test_a_saturday_holiday_closes_no_friday_and_a_sunday_one_closes_monday() -> None:
    days = bank_holidays()
    assert date(2026, 7, 3) not in days  # July 4, 2026 is a Saturday
    assert date(2021, 6, 18) not in days  # the first Juneteenth
    assert date(2027, 12, 31) not in days  # January 1, 2028 is a Saturday
    assert {date(2022, 6, 20), date(2027, 7, 5), date(2023, 1, 2)} <= days
    assert all(day.weekday() < 5 for day in days)
    assert date(2018, 12, 5) not in days  # a day of mourning closed the exchange, not the banks


def test_every_year_has_its_holidays() -> None:
    day, last = date(2018, 1, 1), date(2031, 12, 31)
    counts: dict[int, int] = {}
    while day <= last:
        counts[day.year] = counts.get(day.year, 0) + (day in bank_holidays())
        day += timedelta(days=1)
    assert set(counts.values()) <= {9, 10, 11}
    assert sum(counts.values()) == len(bank_holidays())
