"""Pay dates against a calendar: domain facts of 26, 27, 52 and 53 pays, and what holidays do to them."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from mbr_xl.engine.paydays import add_business_days, last_business_day, pay_dates, us_date
from mbr_xl.errors import InputError
from mbr_xl.rules import bank_holidays

FED = bank_holidays()


@pytest.mark.parametrize(
    ("year", "frequency", "anchor", "shift", "count", "first", "last"),
    [
        (2026, "weekly", date(2026, 1, 1), "none", 53, date(2026, 1, 1), date(2026, 12, 31)),
        (2026, "weekly", date(2026, 1, 1), "before", 52, date(2026, 1, 8), date(2026, 12, 31)),
        (2026, "biweekly", date(2026, 1, 1), "none", 27, date(2026, 1, 1), date(2026, 12, 31)),
        (2026, "biweekly", date(2026, 1, 1), "before", 26, date(2026, 1, 15), date(2026, 12, 31)),
        (2025, "biweekly", date(2026, 1, 1), "before", 27, date(2025, 1, 2), date(2025, 12, 31)),
        (2026, "biweekly", date(2026, 1, 2), "none", 26, date(2026, 1, 2), date(2026, 12, 18)),
        (2026, "biweekly", date(2026, 1, 2), "before", 27, date(2026, 1, 2), date(2026, 12, 31)),
        (2027, "biweekly", date(2026, 1, 2), "before", 26, date(2027, 1, 15), date(2027, 12, 31)),
        (2027, "weekly", date(2027, 1, 1), "none", 53, date(2027, 1, 1), date(2027, 12, 31)),
        (2027, "biweekly", date(2027, 1, 1), "none", 27, date(2027, 1, 1), date(2027, 12, 31)),
        (2027, "biweekly", date(2027, 1, 8), "before", 26, date(2027, 1, 8), date(2027, 12, 24)),  # a Saturday holiday
        (2028, "biweekly", date(2028, 1, 1), "none", 27, date(2028, 1, 1), date(2028, 12, 30)),
        (2028, "biweekly", date(2028, 1, 2), "none", 27, date(2028, 1, 2), date(2028, 12, 31)),
        (2024, "biweekly", date(2024, 1, 2), "none", 27, date(2024, 1, 2), date(2024, 12, 31)),
    ],
)
def test_long_and_short_years(year, frequency, anchor, shift, count, first, last):
    dates = pay_dates(year, frequency, anchor, shift, holidays=FED)
    assert (len(dates), dates[0], dates[-1]) == (count, first, last)


def test_the_anchor_may_be_any_pay_date_of_any_year():
    near = pay_dates(2026, "biweekly", date(2026, 1, 2), holidays=FED)
    assert pay_dates(2026, "biweekly", date(2026, 1, 2) - timedelta(days=14 * 80), holidays=FED) == near
    assert pay_dates(2026, "biweekly", date(2026, 1, 2) + timedelta(days=14 * 80), holidays=FED) == near


def test_every_day_is_paid_in_exactly_one_year():
    """Twelve years of weekly pay: no pay is lost or doubled where a holiday moves it over New Year."""
    for weekday in range(7):
        dates = [
            day
            for year in range(2019, 2031)
            for day in pay_dates(year, "weekly", date(2024, 1, 1 + weekday), holidays=FED)
        ]
        assert dates == sorted(set(dates))
        assert all(3 <= (b - a).days <= 11 for a, b in pairwise(dates))


def test_semimonthly_and_monthly():
    semi = pay_dates(2026, "semimonthly", date(2026, 1, 15), second_day=31, holidays=FED)
    assert len(semi) == 24
    assert semi[:4] == [date(2026, 1, 15), date(2026, 1, 30), date(2026, 2, 13), date(2026, 2, 27)]
    # 28 February is the last day of its month, so the pay is on the last day of every month.
    monthly = pay_dates(2026, "monthly", date(2026, 2, 28), "none")
    assert monthly[0] == date(2026, 1, 31)
    assert monthly[3] == date(2026, 4, 30)
    assert pay_dates(2026, "monthly", date(2026, 1, 30), "none")[1] == date(2026, 2, 28)
    assert len(pay_dates(2026, "monthly", date(2026, 1, 1), holidays=FED)) == 12  # 1 Jan 2027 is paid on 31 Dec 2026
    assert pay_dates(2026, "monthly", date(2026, 1, 1), holidays=FED)[-1] == date(2026, 12, 31)


def test_a_saturday_holiday_does_not_close_the_friday():
    # 4 July 2026 is a Saturday: the Fed is open on Friday the 3rd.
    assert date(2026, 7, 3) in pay_dates(2026, "biweekly", date(2026, 7, 3), holidays=FED)
    # 19 June 2026 is a Friday and a holiday.
    assert date(2026, 6, 18) in pay_dates(2026, "biweekly", date(2026, 6, 19), holidays=FED)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((2026, "fortnightly", date(2026, 1, 2)), "weekly, biweekly, semimonthly or monthly"),
        ((2026, "weekly", date(2026, 1, 2), "after"), "before or none"),
        ((2026, "semimonthly", date(2026, 1, 15)), "1 to 31"),
        ((2026, "semimonthly", date(2026, 1, 15), "before", 32), "1 to 31"),
        ((2026, "semimonthly", date(2026, 1, 15), "before", 15), "stay apart"),
        ((2026, "semimonthly", date(2026, 1, 15), "before", 16), "stay apart"),
    ],
)
def test_refusals(arguments, words):
    with pytest.raises(InputError, match=words):
        pay_dates(*arguments, holidays=FED)


def test_business_days():
    assert add_business_days(date(2026, 12, 31), 1, FED) == date(2027, 1, 4)
    assert add_business_days(date(2026, 1, 3), 0, FED) == date(2026, 1, 3)
    assert add_business_days(date(2026, 1, 3), 1, FED) == date(2026, 1, 5)
    assert last_business_day(2026, 5, FED) == date(2026, 5, 29)
    assert last_business_day(2026, 10, FED) == date(2026, 10, 30)
    assert us_date(date(2026, 4, 3)) == "Apr 3, 2026"
