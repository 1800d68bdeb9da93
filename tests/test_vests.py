"""Vests by hand: tax due and what is withheld of it, sale, settlement, trading windows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from mbr_xl.cash_answers import Refill, VestLine
from mbr_xl.cash_facts import CashFacts, Vest
from mbr_xl.client import Client
from mbr_xl.engine.cash_flow.cash_ways import cash_lines, refills
from mbr_xl.engine.cash_flow.vests import vest_lines
from mbr_xl.engine.plan import plan_year, rules_of
from mbr_xl.errors import InputError
from mbr_xl.household import Payment, Span
from mbr_xl.rules import bank_holidays, rules_for
from tests.test_cash import answered, monthly


def vest_line(vest: Vest, windows: tuple[Span, ...] = (), year: int = 2026, **facts: Any) -> VestLine:
    one = monthly(CashFacts(vests=(vest,), trading_windows=windows, **facts))
    (line,) = vest_lines(one, rules_for(year, projected=True), bank_holidays(), ())
    return line


def test_a_vest_by_hand() -> None:
    """101 shares at 180.00 are 18,180.00, which owe 3,999.60 federal (22%), 1,127.16 and 263.61 (FICA), 1,690.74 state
    (9.3%): 7,081.11, so 40 shares, 7,200.00, of which 118.89 more is federal; at 32% of 5,817.60 1,699.11 is missing.
    61 sold at 190.00: 11,590.00, a gain of 610.00 at 41.3%."""
    line = vest_line(Vest(date(2026, 2, 20), 101, 180_00, None, True, 190_00))
    assert (line.income, line.shares_withheld, line.tax_withheld, line.shares_kept) == (18_180_00, 40, 7_200_00, 61)
    assert (line.tax_missing, line.cash, line.gain, line.gain_tax) == (1_699_11, 11_590_00, 610_00, 251_93)
    assert (line.social_security, line.medicare, line.state) == (1_127_16, 263_61, 1_690_74)
    assert (line.federal, line.from_checking) == (4_118_49, 0)
    assert (line.sale_date, line.settles, line.outside) == (date(2026, 2, 20), date(2026, 2, 23), False)
    kept = vest_line(Vest(date(2026, 2, 20), 100, 180_00, 370_000))
    assert (kept.shares_withheld, kept.shares_kept, kept.cash, kept.sale_date, kept.outside) == (37, 63, 0, None, False)
    # Of 18,000.00 38.95% is due, 7,011.00: 6,660.00 in shares, 351.00 from checking; 22% of federal tax and no more.
    assert (kept.from_checking, kept.federal, kept.tax_missing) == (351_00, 3_960_00, 1_800_00)
    loss = vest_line(Vest(date(2026, 2, 20), 100, 180_00, 370_000, True, 170_00))
    assert (loss.gain, loss.gain_tax) == (-630_00, 0)
    # 50% of 18,000.00 is 9,000.00, less 3,051.00 of FICA and state: 5,949.00 is above 32%, so nothing is missing.
    half = vest_line(Vest(date(2026, 2, 20), 100, 180_00, 500_000))
    assert (half.federal, half.tax_missing, half.from_checking) == (5_949_00, 0, 0)
    gift = vest_line(Vest(date(2026, 2, 20), 100, 0, None, True))
    assert (gift.shares_withheld, gift.federal, gift.from_checking) == (0, 0, 0)


def vesting(*vests: Vest, **facts: Any) -> Client:
    """25,000.00 on the 15th of each month and 100,000.00 in shares on May 20; 35% federal, 9.3% state."""
    stub = CashFacts(stub_gross=25_000_00, stub_net=15_000_00, checking=0, vests=vests, **facts)
    shares = Payment(date(2026, 5, 20), "rsu", 100_000_00, True, False, False, True)
    return monthly(stub, annual_salary=300_000_00, payments=(shares,), elections=(), federal_rate=350_000)


MAY = Vest(date(2026, 5, 20), 1_000, 100_00, None, True)


def vested(one: Client) -> list[VestLine]:
    rules = rules_of(one.household)
    return list(vest_lines(one, rules, bank_holidays(), plan_year(one.household, rules).pays))


def test_a_vest_bears_fica_and_state_tax() -> None:
    """By hand: 5 pays of 25,000.00 come before, so 59,500.00 is left of the wage base: 6.2% is 3,689.00. Medicare 1.45%
    of 100,000.00 and 0.9% of the 25,000.00 above 200,000.00: 1,450.00 and 225.00. State 9,300.00, federal 22,000.00:
    36,664.00, which 367 shares cover; 36.00 of their 36,700.00 are federal tax too: 35,000.00 - 22,036.00 is missing.
    633 shares bring 63,300.00. The year bears the Social Security of 184,500.00: 11,439.00."""
    one, plan, rules, answers = answered(vesting(MAY))
    (line,) = vested(one)
    assert (line.social_security, line.medicare, line.state, line.federal) == (3_689_00, 1_675_00, 9_300_00, 22_036_00)
    assert (line.shares_withheld, line.tax_withheld, line.from_checking) == (367, 36_700_00, 0)
    assert (line.tax_missing, line.cash) == (12_964_00, 63_300_00)
    assert (answers.vest_tax_missing, answers.vest_cash_total) == (12_964_00, 63_300_00)
    on_pays = sum(pay.social_security for pay in cash_lines(one, plan, rules))
    assert (on_pays, on_pays + line.social_security) == (5 * 1_550_00, 11_439_00)


def test_a_share_withheld_that_is_given() -> None:
    """By hand: 37% of 1,000 shares is 37,000.00, less 14,664.00 of FICA and state 22,336.00 federal: 12,664.00 is
    missing. 22% is 22,000.00: the other 14,664.00 leaves checking on May 20."""
    (line,) = vested(vesting(replace(MAY, withheld=370_000)))
    assert (line.federal, line.tax_missing, line.from_checking, line.cash) == (22_336_00, 12_664_00, 0, 63_000_00)
    one, plan, rules, answers = answered(vesting(replace(MAY, withheld=220_000)))
    (line,) = vested(one)
    assert (line.federal, line.tax_missing, line.from_checking, line.cash) == (
        22_000_00,
        13_000_00,
        14_664_00,
        78_000_00,
    )
    assert (answers.vest_from_checking, answers.vest_cash_total) == (14_664_00, 78_000_00)
    shares, june = cash_lines(one, plan, rules)[5:7]
    assert (shares.kind, shares.vest_cash, june.vest_cash) == ("rsu", -14_664_00, 78_000_00)
    # Five pays of 15,000.00 less the tax of May 20; the sale settles on May 21.
    assert shares.balance == 5 * 15_000_00 - 14_664_00
    assert refills(one, plan, rules) == (Refill(date(2026, 5, 21), "vest", 78_000_00, 78_000_00, 78_000_00),)


def test_a_vest_above_a_million_of_supplemental_wages() -> None:
    """By hand: all of it at 37%, which is above the 35% on the next dollar; of 950,000.00 half of it."""
    (line,) = vested(vesting(MAY, ytd_supplemental=2_000_000_00))
    assert (line.shares_withheld, line.federal, line.tax_missing) == (517, 37_036_00, 0)  # 51,664.00 is due
    (line,) = vested(vesting(MAY, ytd_supplemental=950_000_00))
    assert (line.shares_withheld, line.federal, line.tax_missing) == (442, 29_536_00, 5_464_00)  # 29,500.00 of it


def test_two_vests_of_one_day() -> None:
    """By hand: the second finds 35,500.00 + 59,500.00 gone: with 225,000.00 before it, 0.9% is on all of it."""
    first, second = vested(vesting(MAY, replace(MAY, shares=500)))
    assert (first.social_security, second.social_security) == (3_689_00, 0)
    assert second.medicare == 725_00 + 450_00


def test_vests_of_the_past() -> None:
    """In the figures to date, a vest is their last wage: 190,000.00 less its 100,000.00 leaves 94,500.00 of the base.
    One of another year is its first wage."""
    facts = {"ytd_date": date(2026, 5, 31), "ytd_additions_pay": 190_000_00}
    one = vesting(MAY, replace(MAY, date=date(2025, 12, 20)))
    to_date, before = vested(Client(household=replace(one.household, **facts), cash=one.cash))
    assert (to_date.social_security, to_date.medicare) == (5_859_00, 1_450_00)
    assert (before.social_security, before.medicare) == (6_200_00, 1_450_00)


@pytest.mark.parametrize(
    ("sold", "settles"),
    [
        (date(2026, 7, 2), date(2026, 7, 3)),  # Saturday, July 4 closes no bank on the Friday
        (date(2026, 9, 4), date(2026, 9, 8)),  # over the weekend and Labor Day
        (date(2026, 12, 31), date(2027, 1, 4)),  # the cash comes next year
        (date(2024, 5, 24), date(2024, 5, 29)),  # T+2 until May 27, 2024, Memorial Day
        (date(2024, 5, 28), date(2024, 5, 29)),
    ],
)
def test_settlement(sold: date, settles: date) -> None:
    assert vest_line(Vest(date(2024, 1, 2), 10, 1_00, None, True, None, sold)).settles == settles


def test_trading_windows() -> None:
    windows = (Span(date(2026, 5, 10), date(2026, 6, 10)), Span(date(2026, 2, 10), date(2026, 3, 10)))
    inside = vest_line(Vest(date(2026, 2, 20), 10, 1_00, None, True), windows)
    assert (inside.sale_date, inside.outside) == (date(2026, 2, 20), False)
    later = vest_line(Vest(date(2026, 3, 11), 10, 1_00, None, True), windows)
    assert (later.sale_date, later.outside) == (date(2026, 5, 10), False)
    never = vest_line(Vest(date(2026, 6, 11), 10, 1_00, None, True), windows)
    assert (never.sale_date, never.cash, never.outside) == (None, 0, True)
    typed = vest_line(Vest(date(2026, 3, 11), 10, 1_00, None, True, None, date(2026, 3, 12)), windows)
    assert (typed.sale_date, typed.outside) == (date(2026, 3, 12), True)
    with pytest.raises(InputError, match="before it begins"):
        vest_line(Vest(date(2026, 2, 20), 10, 1_00), (Span(date(2026, 2, 2), date(2026, 2, 1)),))
    with pytest.raises(InputError, match="that day or a later one"):
        vest_line(Vest(date(2026, 2, 20), 10, 1_00, None, True, None, date(2026, 2, 19)))
