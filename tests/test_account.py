"""The after-tax account: one contract or two, recorded conversions, and random years in exact fractions."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from math import floor
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mbr_xl.engine.converting.account import Account, Contribution, Moved, Terms, convert, left_at
from mbr_xl.engine.converting.conversion import conversion_fees, year_conversions
from mbr_xl.household import Household
from mbr_xl.records import Converted
from mbr_xl.rules import bank_holidays

FED = bank_holidays()
DAY = date(2026, 6, 30)


def one(account: Account, terms: Terms, moved: Moved | None = None) -> tuple[Any, Any]:
    done = convert(account, (), [account.date], terms, {account.date: moved} if moved else None)
    return done.lines[0], done.accounts[-1].account


def test_pro_rata_over_one_contract() -> None:
    """26 USC 72(e)(8)(B): 10,000 of after-tax money in a contract of 50,000 is 20% basis: 2,000 of 10,000."""
    line, left = one(Account(DAY, 10_000_00, 10_000_00), Terms(other_value=40_000_00))
    assert (line.converted, line.taxable, line.value_left, line.basis_left) == (10_000_00, 8_000_00, 0, 8_000_00)
    assert left.basis == 8_000_00, "the basis stays with the contract, though the after-tax money is gone"


def test_one_contract_with_earnings_to_a_traditional_ira() -> None:
    """The same, split: the pre-tax 8,000 to a traditional IRA, 2,000 to Roth, nothing taxable (Notice 2014-54)."""
    line, _ = one(Account(DAY, 10_000_00, 10_000_00), Terms("traditional", other_value=40_000_00))
    assert (line.converted, line.to_traditional, line.taxable) == (2_000_00, 8_000_00, 0)


def test_money_that_may_not_leave_counts_in_the_contract() -> None:
    """5,000 of 11,000 may leave, basis 10,000: 5,000 x 10,000 / 11,000 = 4,545.45 is basis, 454.55 taxable."""
    money = [Contribution(DAY, 5_000_00, DAY + timedelta(days=90))]
    done = convert(Account(DAY, 6_000_00, 5_000_00), money, [DAY], Terms())
    line = done.lines[0]
    assert (line.value, line.basis, line.converted, line.taxable) == (11_000_00, 10_000_00, 6_000_00, 545_45)
    assert (line.value_left, line.basis_left) == (5_000_00, 4_545_45)


def test_a_confirmed_conversion() -> None:
    line, left = one(Account(DAY, 10_200_00, 10_000_00), Terms(tax_rate=400_000), Moved(5_100_00, taxable=90_00))
    assert (line.converted, line.taxable, line.tax) == (5_100_00, 90_00, 36_00)
    assert (left.value, left.basis) == (5_100_00, 4_990_00)


def test_a_conversion_not_confirmed_is_pro_rata() -> None:
    line, left = one(Account(DAY, 10_200_00, 10_000_00), Terms(), Moved(5_100_00, open_to_roth=5_100_00))
    assert (line.taxable, left.value, left.basis) == (100_00, 5_100_00, 5_000_00)


def test_all_basis_out_is_all_of_the_account() -> None:
    """The account grew less than assumed: 10,150 moved with all of the basis, nothing of 10,200 is left."""
    _, left = one(Account(DAY, 10_200_00, 10_000_00), Terms(), Moved(10_150_00, taxable=150_00))
    assert (left.value, left.basis) == (0, 0)


def test_the_value_is_never_below_zero() -> None:
    line, left = one(Account(DAY, 10_200_00, 10_000_00), Terms(), Moved(10_400_00, open_to_roth=10_400_00))
    assert (line.value, line.converted, line.taxable) == (10_200_00, 10_400_00, 400_00)
    assert (left.value, left.basis) == (0, 0)


def test_earnings_recorded_to_a_traditional_ira() -> None:
    line, left = one(Account(DAY, 10_200_00, 10_000_00), Terms(), Moved(10_000_00, 200_00, 0, 10_000_00, 200_00))
    assert (line.converted, line.to_traditional, line.taxable, left.value) == (10_000_00, 200_00, 0, 0)


def saver(**changes: Any) -> Household:
    known: dict[str, Any] = {
        "tax_year": 2026, "any_pay_date": date(2026, 1, 15), "annual_salary": 120_000_00, "cadence": "monthly",
        "posting_lag": 0, "in_service_withdrawal": True, "in_plan_fee": 10_00, "withdrawal_fee": 50_00,
    }  # fmt: skip
    return Household(**{**known, **changes})


PAID = [(date(2026, month, 15), 1_000_00, "base") for month in range(1, 13)]


def test_records_take_the_place_of_the_plan_until_the_last_of_them() -> None:
    """1,000 a month, no growth. February 20: 1,900 moved, so that 100 is left; March's plan takes 1,100."""
    records = (
        Converted(date(2026, 2, 20), 1_400_00, 0),
        Converted(date(2026, 2, 20), 500_00, 0, "Roth IRA"),
    )
    h = saver(converted=records)
    lines, value, _ = year_conversions(h, PAID, FED)
    assert [(line.date, line.converted) for line in lines[:3]] == [
        (date(2026, 2, 20), 1_900_00), (date(2026, 2, 27), 100_00), (date(2026, 3, 31), 1_000_00),
    ]  # fmt: skip
    assert sum(line.converted for line in lines) == 12_000_00
    assert value == 0
    assert conversion_fees(h, lines) == 10_00 + 50_00 + 11 * 10_00


def test_recording_what_was_planned_changes_nothing() -> None:
    plain = saver(growth_rate=70_000)
    lines, value, basis = year_conversions(plain, PAID, FED)
    for count in (1, 5, 12):
        records = tuple(Converted(line.date, line.converted, line.taxable) for line in lines[:count])
        again = saver(growth_rate=70_000, converted=records)
        assert year_conversions(again, PAID, FED) == (lines, value, basis)
        unknown = tuple(Converted(line.date, line.converted) for line in lines[:count])
        assert year_conversions(saver(growth_rate=70_000, converted=unknown), PAID, FED) == (lines, value, basis)


# Random accounts in exact fractions: whole years between all days, so that growth is rational.

YEAR = timedelta(days=365)


def up(exact: Fraction) -> int:
    """Half a cent up; too near to the half to be told by a float is not this test's."""
    assume(abs((exact + Fraction(1, 2)) % 1) > Fraction(1, 10**4) or exact.denominator <= 2)
    return floor(exact + Fraction(1, 2))


@dataclass
class Book:
    """A ledger of lots: every dollar of the account with its date, and whether it may leave."""

    growth: Fraction
    lots: list[tuple[Fraction, int, int]] = field(default_factory=list)  # amount, year it came, year it may leave
    basis: int = 0
    old: int = 0  # of the basis, from before 1987

    def worth(self, year: int, ready: bool) -> int:
        return up(
            sum(
                (amount * self.growth ** (year - came) for amount, came, free in self.lots if (free <= year) == ready),
                Fraction(0),
            )
        )


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 10**9))
def test_random_accounts_in_fractions(seed: int) -> None:
    rng = random.Random(seed)
    start = date(2000, 1, 1)
    growth = rng.choice([0, 70_000, 125_000, -200_000])
    wait = rng.choice([0, 0, 1, 2])
    mode = rng.choice(["roth", "traditional", "leave"])
    lost, minimum = rng.random() < 0.5, rng.choice([0, 0, 50_000])
    other = rng.choice([0, rng.randint(1, 10**7)])
    value = rng.choice([0, rng.randint(1, 10**6)])
    basis = value and round(value * rng.choice([1, 0.5, 1.3]))
    old = basis and rng.choice([0, basis // 3])
    money = [
        Contribution(start + YEAR * (k + 1), amount, start + YEAR * (k + 1 + wait))
        for k, amount in enumerate([rng.randint(0, 500_000) for _ in range(5)])
    ]
    days = sorted(rng.sample(range(1, 9), rng.randint(1, 6)))
    recorded: dict[date, Moved] = {}
    for day in days[: rng.choice([0, 0, 1, 2])]:
        amount, split, half = rng.randint(0, 600_000), rng.choice([0, rng.randint(0, 9_000)]), rng.random() < 0.5
        taxable = rng.randint(0, amount)
        recorded[start + YEAR * day] = Moved(amount, split, 0, amount, split) if half else Moved(amount, split, taxable)
    terms = Terms(mode, growth, 400_000, lost, minimum, other, start + YEAR * wait)
    done = convert(Account(start, value, basis, old), money, [start + YEAR * day for day in days], terms, recorded)

    book = Book(1 + Fraction(growth, 10**6), [(Fraction(value), 0, wait)], basis, old)
    lines = iter(done.lines)
    coming = [(one.amount, k + 1, k + 1 + wait) for k, one in enumerate(money)]
    for day in days:
        while coming and coming[0][1] <= day:
            amount, came, free = coming.pop(0)
            book.lots.append((Fraction(amount), came, free))
            book.basis += amount
        ripe, young = book.worth(day, True), book.worth(day, False)
        contract = ripe + young + up(other * book.growth**day)
        before = book.basis
        move = recorded.get(start + YEAR * day)
        if move:
            out, rata = move.to_roth + move.to_traditional, move.open_to_roth + move.open_to_traditional
        else:
            out = rata = min(ripe, before) if mode == "leave" else ripe
        # The share of basis in what leaves; old basis leaves before the rest.
        if contract <= before:
            share = rata
        else:
            first = min(book.old, rata)
            share = min(rata, first + up(Fraction((rata - first) * (before - book.old), contract - book.old)))
        share = min(share, before)
        if not move and out < minimum:
            book.lots = [(Fraction(ripe), day, 0), *(lot for lot in book.lots if lot[2] > day)]
            continue
        if move:
            taxed = move.taxable + max(0, move.open_to_roth - share)
            used = min(before, move.to_roth - move.open_to_roth - move.taxable + share)
            to_roth = move.to_roth
        else:
            used, to_roth = share, share if mode == "traditional" else out
            taxed = to_roth - used
        left = max(0, ripe - out)
        if move and move.confirmed and used == before > 0 and not other:
            left = 0
        book.basis = before - used
        if left + young + (contract - ripe - young) == 0 and lost:
            book.basis = 0
        book.old = min(max(0, book.old - out), book.basis)
        book.lots = [(Fraction(left), day, 0), *(lot for lot in book.lots if lot[2] > day)]
        if ripe or out or (before and not young):
            line = next(lines)
            assert (line.date, line.value, line.basis) == (start + YEAR * day, ripe + young, before)
            assert (line.converted, line.taxable, line.to_traditional) == (to_roth, taxed, out - to_roth)
            assert (line.value_left, line.basis_left) == (left + young, book.basis)
            assert line.tax == up(Fraction(taxed * 4, 10))
    assert next(lines, None) is None
    end = start + YEAR * 12
    exact = sum((amount * book.growth ** (12 - came) for amount, came, _ in [*book.lots, *coming]), Fraction(0))
    found = left_at(done, Account(start, value, basis, old), money, end, terms)
    assert found == (up(exact), book.basis + sum(amount for amount, _, _ in coming))
