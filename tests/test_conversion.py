"""Conversions as published and worked by hand: pro rata, split, losses, money from before 1987, waiting."""

from datetime import date

import pytest

from mbr_xl.engine.converting.conversion import Account, Contribution, Terms, conversion_schedule, convert, taxable
from mbr_xl.errors import InputError
from mbr_xl.rules import bank_holidays

FED = bank_holidays()
DAY = date(2026, 6, 30)


@pytest.mark.parametrize(
    ("basis", "value", "converted", "earnings_to", "expect"),
    [
        (10_000_00, 10_200_00, None, "roth", 200_00),  # the article; The Finance Buff's form
        (10_000_00, 10_200_00, 10_000_00, "roth", 196_08),  # 10,000 x 200 / 10,200 = 196.078
        (10_000_00, 10_200_00, None, "traditional", 0),
        (10_000_00, 10_200_00, None, "leave", 196_08),
        (5_000_00, 4_000_00, None, "roth", 0),  # a loss
        (5_000_00, 4_000_00, 1_000_00, "roth", 0),
        (5_000_00, 4_000_00, None, "leave", 0),
        (0, 20_000_00, 20_000_00, "roth", 20_000_00),  # pre-tax money: all taxable
        (10_000_00, 10_000_00, None, "roth", 0),
        (0, 0, None, "roth", 0),
        (10_000_00, 11_000_00, None, "roth", 1_000_00),
        (10_000_00, 11_000_00, 5_500_00, "roth", 500_00),
    ],
)
def test_taxable(basis, value, converted, earnings_to, expect):
    assert taxable(basis, value, converted, earnings_to) == expect


@pytest.mark.parametrize(
    "arguments", [(-1, 0), (0, -1), (0, 100, 101), (0, 100, -1), (0, 100, None, "ira"), (100, 50, 60, "leave")]
)
def test_taxable_refuses(arguments):
    with pytest.raises(InputError):
        taxable(*arguments)


def sweep(value, basis, pre_1987=0, **terms):
    done = convert(Account(DAY, value, basis, pre_1987), (), [DAY], Terms(**terms))
    return done.lines[0], done.accounts[-1][0]


def test_roth_converts_everything():
    line, left = sweep(10_200_00, 10_000_00, tax_rate=350_000)
    assert (line.converted, line.taxable, line.tax, line.to_traditional) == (10_200_00, 200_00, 70_00, 0)
    assert (left.value, left.basis) == (0, 0)


def test_traditional_takes_the_earnings():
    line, left = sweep(10_200_00, 10_000_00, earnings_to="traditional")
    assert (line.converted, line.taxable, line.to_traditional) == (10_000_00, 0, 200_00)
    assert (left.value, left.basis) == (0, 0)


def test_leave_keeps_earnings_and_the_basis_in_them():
    line, left = sweep(10_200_00, 10_000_00, earnings_to="leave")
    assert (line.converted, line.taxable, line.to_traditional) == (10_000_00, 196_08, 0)
    assert (left.value, left.basis) == (200_00, 196_08)  # 10,000.00 - 9,803.92 of basis used


def test_money_from_before_1987_comes_out_first():
    # 4,000 of 10,000 basis is old. Moving 10,000 of 12,000: 4,000 free, then 6,000 x 6,000 / 8,000 = 4,500 of basis.
    line, left = sweep(12_000_00, 10_000_00, 4_000_00, earnings_to="leave")
    assert (line.converted, line.taxable) == (10_000_00, 1_500_00)
    assert (left.value, left.basis, left.pre_1987) == (2_000_00, 1_500_00, 0)


@pytest.mark.parametrize(("lost", "basis_left"), [(True, 0), (False, 1_000_00)])
def test_a_loss_is_never_taxable_and_its_basis_is_lost_or_carried(lost, basis_left):
    line, left = sweep(4_000_00, 5_000_00, unrecovered_lost=lost)
    assert (line.converted, line.taxable, left.value, left.basis) == (4_000_00, 0, 0, basis_left)


def test_carried_basis_frees_later_earnings():
    # 1,000 of basis is carried; the next 3,000 has grown by 600 on the day it is converted: 3,600 - 4,000 < 0.
    opening = Account(date(2026, 1, 2), 4_000_00, 5_000_00)
    terms = Terms(unrecovered_lost=False)
    first = convert(opening, (), [opening.date], terms)
    account = first.accounts[-1][0]
    later = convert(
        Account(date(2026, 3, 2), 600_00, account.basis), [Contribution(date(2026, 3, 2), 3_000_00)],
        [date(2026, 3, 2)], terms,
    )  # fmt: skip
    assert later.lines[0].taxable == 0
    assert later.lines[0].basis_left == 400_00


def test_a_year_of_growth_is_taxed_once():
    # 10,000.00 at 7% for 365 days is 10,700.00.
    done = convert(
        Account(date(2025, 6, 30), 0, 0), [Contribution(date(2025, 6, 30), 10_000_00)], [DAY],
        Terms(growth_rate=70_000, tax_rate=400_000),
    )  # fmt: skip
    assert (done.lines[0].value, done.lines[0].taxable, done.lines[0].tax) == (10_700_00, 700_00, 280_00)


def test_an_empty_account_has_no_line():
    done = convert(Account(date(2026, 1, 1), 0, 0), (), [date(2026, 1, 30), date(2026, 2, 27)], Terms())
    assert done.lines == ()


def test_schedule_by_cadence():
    money = [(date(2026, 1, 15), 1_000_00), (date(2026, 2, 13), 1_000_00), (date(2026, 12, 31), 500_00)]
    each = conversion_schedule(money, "automatic", 70_000, 350_000, holidays=FED)
    assert [line.date for line in each] == [date(2026, 1, 16), date(2026, 2, 17), date(2027, 1, 4)]
    assert [line.tax_year for line in each] == [2026, 2026, 2027]
    # One day: 1,000 x (1.07^(1/365) - 1) = 0.1854; four days over Presidents' Day: 0.7417.
    assert [line.taxable for line in each[:2]] == [19, 74]
    monthly = conversion_schedule(money, "monthly", holidays=FED)
    assert [(line.date, line.converted) for line in monthly] == [
        (date(2026, 1, 30), 1_000_00), (date(2026, 2, 27), 1_000_00), (date(2027, 1, 4), 500_00),
    ]  # fmt: skip
    quarterly = conversion_schedule(money, "quarterly", holidays=FED)
    assert [(line.date, line.converted) for line in quarterly] == [
        (date(2026, 3, 31), 2_000_00), (date(2027, 1, 4), 500_00),
    ]  # fmt: skip
    last_day = conversion_schedule(money, "quarterly", until=date(2026, 12, 31), holidays=FED)
    assert [line.date for line in last_day] == [date(2026, 3, 31)]
    soon = conversion_schedule([(date(2026, 2, 3), 1_000_00)], "quarterly", until=date(2026, 3, 30), holidays=FED)
    assert soon == ()
    assert conversion_schedule(money, "none") == ()
    assert len(conversion_schedule(money, "automatic", until=date(2026, 12, 31), holidays=FED)) == 2
    assert conversion_schedule(list(reversed(money)), "monthly", holidays=FED) == monthly


@pytest.mark.parametrize(
    "terms",
    [
        {"cadence": "daily"}, {"cadence": "dates"}, {"growth": -1_000_000}, {"rate": 1_000_001}, {"rate": -1},
        {"earnings_to": "ira"}, {"contributions": [(DAY, -1)]},
    ],
)  # fmt: skip
def test_schedule_refuses(terms):
    with pytest.raises(InputError):
        conversion_schedule(**{"contributions": [(DAY, 100)], **terms})
