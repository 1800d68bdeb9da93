"""Estimated tax: the examples of Publication 505, the exceptions, the parts, and due dates that were."""

from __future__ import annotations

from datetime import date
from typing import Any

import holidays as calendars
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mbr_xl.engine.taxes.estimated import due_dates, estimated_tax, instalments
from mbr_xl.errors import InputError
from mbr_xl.rules import Filing, rules_for

L2026 = rules_for(2026)


@pytest.mark.parametrize(
    ("case", "current", "prior", "agi", "status", "withheld", "required", "to_pay"),
    [
        ("CC-12: 110%, the smaller of 54,000 and 44,000", 60_000, 40_000, 151_000, "mfj", 0, 44_000, 44_000),
        ("Pub. 505 of 2008, Ivy Fields: 90% of 11,000", 11_000, 10_000, 90_000, "single", 1_600, 9_900, 8_300),
        ("Pub. 505 of 2010, Ivy Fields: last year's", 21_546, 12_400, 90_000, "single", 1_600, 12_400, 10_800),
        ("Pub. 505 of 2014, Lori Lane: last year's", 21_946, 12_400, 90_000, "single", 1_600, 12_400, 10_800),
        ("by hand: 150,000 does not exceed 150,000", 60_000, 40_000, 150_000, "mfj", 0, 40_000, 40_000),
        ("by hand: a separate return, 75,001", 60_000, 40_000, 75_001, "mfs", 0, 44_000, 44_000),
        ("by hand: apart, still a separate return", 60_000, 40_000, 75_001, "mfs_apart", 0, 44_000, 44_000),
        ("by hand: a separate return, 75,000", 60_000, 40_000, 75_000, "mfs", 0, 40_000, 40_000),
        ("by hand: withholding covers it", 60_000, 40_000, 151_000, "mfj", 45_000, 44_000, 0),
        ("by hand: 999 is under 1,000", 60_000, 90_000, 151_000, "mfj", 59_001, 0, 0),
        ("by hand: 1,000 is not, but 90% is withheld", 60_000, 90_000, 151_000, "mfj", 59_000, 54_000, 0),
        ("by hand: 1,000 of tax, nothing withheld", 1_000, 5_000, 20_000, "single", 0, 900, 900),
        ("by hand: no tax last year", 60_000, 0, 151_000, "mfj", 0, 0, 0),
        ("by hand: a loss last year", 60_000, 40_000, -5_000, "mfj", 0, 40_000, 40_000),
    ],
)
def test_cases(
    case: str, current: int, prior: int, agi: int, status: Filing, withheld: int, required: int, to_pay: int
) -> None:
    answer = estimated_tax(L2026, current * 100, prior * 100, agi * 100, status, withheld * 100)
    assert (answer.required, answer.to_pay) == (required * 100, to_pay * 100), case
    assert sum(answer.instalments) == to_pay * 100


def test_the_rule_in_words() -> None:
    def why(*arguments: Any) -> str:
        return estimated_tax(L2026, *arguments).why

    assert why(60_000_00, 40_000_00, 151_000_00, "mfj") == "110% of last year's tax"
    assert why(60_000_00, 40_000_00, 100_000_00, "mfj") == "100% of last year's tax"
    assert why(40_000_00, 40_000_00, 100_000_00, "mfj") == "90% of this year's tax"
    assert why(60_000_00, 0, 100_000_00, "mfj") == "no tax last year"
    small = "less than $1,000 of tax is left after withholding"
    assert why(60_000_00, 40_000_00, 100_000_00, "mfj", 59_500_00) == small


def test_a_blank_status_only_where_it_does_not_matter() -> None:
    assert estimated_tax(L2026, 60_000_00, 40_000_00, 151_000_00).to_pay == 44_000_00
    assert estimated_tax(L2026, 60_000_00, 40_000_00, 75_000_00).to_pay == 40_000_00
    assert estimated_tax(L2026, 30_000_00, 40_000_00, 100_000_00).to_pay == 27_000_00
    with pytest.raises(InputError, match="Give the filing status"):
        estimated_tax(L2026, 60_000_00, 40_000_00, 100_000_00)


def test_cc_12_by_quarter() -> None:
    assert estimated_tax(L2026, 60_000_00, 40_000_00, 151_000_00).instalments == (11_000_00,) * 4


@given(st.integers(0, 10**9))
def test_instalments(to_pay: int) -> None:
    parts = instalments(to_pay)
    assert sum(parts) == to_pay
    assert max(parts) - min(parts) <= 1
    for k in range(1, 5):
        assert sum(parts[:k]) * 4 >= to_pay * k  # no date is short


# As announced: 2007, 2012 and 2018 April 17, 2011, 2016, 2017, 2022 and 2023 April 18 (Emancipation Day);
# the fourth of 2023 on January 16, 2024, those of 2024 in June and September (conestogacapital.com); Rev. Rul. 2015-13.
@pytest.mark.parametrize(
    ("tax_year", "first", "second", "third", "fourth"),
    [
        (2007, "04-17", "06-15", "09-17", "01-15"),
        (2011, "04-18", "06-15", "09-15", "01-17"),
        (2016, "04-18", "06-15", "09-15", "01-17"),
        (2017, "04-18", "06-15", "09-15", "01-16"),
        (2018, "04-17", "06-15", "09-17", "01-15"),
        (2019, "04-15", "06-17", "09-16", "01-15"),
        (2022, "04-18", "06-15", "09-15", "01-17"),
        (2023, "04-18", "06-15", "09-15", "01-16"),
        (2024, "04-15", "06-17", "09-16", "01-15"),
        (2025, "04-15", "06-16", "09-15", "01-15"),
        (2026, "04-15", "06-15", "09-15", "01-15"),
        (2027, "04-15", "06-15", "09-15", "01-18"),
        (2028, "04-18", "06-15", "09-15", "01-16"),
    ],
)
def test_due_dates(tax_year: int, first: str, second: str, third: str, fourth: str) -> None:
    found = [day.isoformat() for day in due_dates(tax_year)]
    assert found == [f"{tax_year}-{first}", f"{tax_year}-{second}", f"{tax_year}-{third}", f"{tax_year + 1}-{fourth}"]


def test_due_dates_by_another_calendar() -> None:
    """The holidays of the District of Columbia as the package "holidays" has them."""
    for tax_year in range(2007, 2060):
        closed = calendars.country_holidays("US", subdiv="DC", years=[tax_year, tax_year + 1])
        nominal = [(tax_year, 4), (tax_year, 6), (tax_year, 9), (tax_year + 1, 1)]
        for (year, month), found in zip(nominal, due_dates(tax_year), strict=True):
            day = 15
            while date(year, month, day).weekday() >= 5 or date(year, month, day) in closed:
                day += 1
            assert found == date(year, month, day)


@pytest.mark.parametrize("year", [2006, 2200])
def test_years_out_of_reach(year: int) -> None:
    with pytest.raises(InputError, match="2007 to 2199"):
        due_dates(year)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((-1, 1, 1, "mfj"), "this year's tax"),
        ((1, -1, 1, "mfj"), "last year's tax"),
        ((1, 1, 1, "mfj", -1), "withholding"),
        ((1, 1, 1, "married"), "not a filing status"),
    ],
)
def test_refusals(arguments: tuple[Any, ...], words: str) -> None:
    with pytest.raises(InputError, match=words):
        estimated_tax(L2026, *arguments)


def test_a_negative_total_has_no_parts() -> None:
    with pytest.raises(InputError, match="0 or more"):
        instalments(-1)
