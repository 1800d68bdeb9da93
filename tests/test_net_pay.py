"""Net pay from a stub: hand-worked, and against exact fractions worked another way."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from fractions import Fraction
from math import floor
from typing import Any

import pytest

from mbr_xl.cash_facts import CashFacts
from mbr_xl.client import Client
from mbr_xl.engine.cash_flow.net_pay import NetLine, fica, net_lines, nets_with, supplemental_tax
from mbr_xl.engine.plan import plan_year, rules_of
from mbr_xl.errors import InputError
from mbr_xl.household import Election, Household, Payment
from mbr_xl.records import Paid
from mbr_xl.results import PayLine
from mbr_xl.rules import rules_for
from tests.households import random_household
from tests.random_cash import random_client

LAW = rules_for(2026)
# By hand: 8,000.00 - 312.50 benefits - 880.00 pre-tax - 1,184.12 federal - 521.10 state - 476.63 Social Security
# (6.2% of 7,687.50 is 476.625) - 111.47 Medicare (1.45% is 111.46875) - 1,200.00 after-tax - 93.01 other = 3,221.17.
STUB = CashFacts(
    stub_gross=8_000_00,
    stub_pretax=880_00,
    stub_after_tax=1_200_00,
    stub_benefits=312_50,
    stub_federal=1_184_12,
    stub_state=521_10,
    stub_net=3_221_17,
    checking=10_000_00,
)


def client(facts: CashFacts = STUB, **changes: Any) -> Client:
    given: dict[str, Any] = {
        "tax_year": 2026,
        "any_pay_date": date(2026, 1, 9),
        "annual_salary": 208_000_00,
        "federal_rate": 320_000,
        "state_rate": 93_000,
        "separate_elections": True,
        "elections": (Election(date(2026, 1, 1), base_pretax=110_000, base_after_tax=150_000),),
    }
    return Client(household=Household(**{**given, **changes}), cash=facts)


def lines_of(one: Client) -> tuple[tuple[PayLine, ...], tuple[NetLine, ...]]:
    rules = rules_of(one.household)
    pays = plan_year(one.household, rules).pays
    found = net_lines(one, pays, rules)
    assert found is not None
    return pays, found


def test_the_stub_itself_to_the_cent() -> None:
    """Its own gross and contributions bring its own net, whatever the rates on the next dollar."""
    for withholding in (None, 0, 370_000):
        _, lines = lines_of(client(replace(STUB, withholding_rate=withholding)))
        first = lines[0]
        assert (first.net, first.other) == (3_221_17, 93_01)
        assert (first.federal, first.state, first.social_security, first.medicare) == (1_184_12, 521_10, 476_63, 111_47)


def test_a_stub_past_the_wage_base() -> None:
    """By hand: no Social Security, and 0.9% of 7,687.50 (69.19) more Medicare, leave 500.45 of other deductions."""
    _, lines = lines_of(client(replace(STUB, stub_wages_before=250_000_00)))
    assert lines[0].other == 93_01 + 476_63 - 69_19


def test_social_security_stops_within_a_pay() -> None:
    """By hand: 7,687.50 a pay; 23 pays are 176,812.50, so the 24th bears it on 7,687.50 and the 25th not at all: 24
    pays are exactly 184,500.00. Medicare's 0.9% begins with the 27th of the year, which there is not."""
    _, lines = lines_of(client())
    assert [line.social_security for line in lines] == [476_63] * 24 + [0] * 2
    assert lines[24].net == 3_221_17 + 476_63
    _, lines = lines_of(client(annual_salary=260_000_00))
    # 10,000.00 - 312.50 = 9,687.50 a pay; 19 pays are 184,062.50: the 20th bears 6.2% of 437.50, which is 27.125.
    assert [line.social_security for line in lines][18:21] == [600_63, 27_13, 0]
    # 20 pays are 193,750.00: of the 21st 3,437.50 is above 200,000.00: 30.94 more than 140.47.
    assert [line.medicare for line in lines][19:22] == [140_47, 171_41, 140_47 + 87_19]


@pytest.mark.parametrize(
    ("wage", "before", "social_security", "medicare"),
    [
        (10_000_00, 0, 620_00, 145_00),
        (10_000_00, 180_000_00, 279_00, 145_00),  # 4,500 to the wage base of 184,500
        (10_000_00, 184_500_00, 0, 145_00),
        (10_000_00, 195_000_00, 0, 145_00 + 45_00),  # 5,000 above 200,000
        (300_000_00, 0, 11_439_00, 4_350_00 + 900_00),
    ],
)
def test_fica_by_hand(wage: int, before: int, social_security: int, medicare: int) -> None:
    assert fica(wage, before, LAW.payroll) == (social_security, medicare)


@pytest.mark.parametrize(
    ("wage", "before", "tax"),
    [
        (30_000_00, 0, 6_600_00),
        (100_000_00, 950_000_00, 11_000_00 + 18_500_00),  # half of it above $1,000,000
        (1_200_000_00, 0, 220_000_00 + 74_000_00),
        (10_000_00, 1_000_000_00, 3_700_00),
    ],
)
def test_supplemental_by_hand(wage: int, before: int, tax: int) -> None:
    assert supplemental_tax(wage, before, LAW.payroll) == tax


def test_a_bonus_on_its_own_check() -> None:
    """By hand: 30,000.00 - 1,500.00 pre-tax; 22% of 28,500.00 is 6,270.00, 9.3% 2,650.50; FICA on 30,000.00 is
    1,860.00 and 435.00; after-tax of 29% is 8,700.00: 8,584.50 is left."""
    bonus = Payment(date(2026, 3, 13), "bonus", 30_000_00, True, True, True, True)
    step = Election(date(2026, 1, 1), base_pretax=110_000, bonus_pretax=50_000, bonus_after_tax=290_000)
    pays, lines = lines_of(client(payments=(bonus,), elections=(step,)))
    line = next(line for pay, line in zip(pays, lines, strict=True) if pay.kind == "bonus")
    assert (line.federal, line.state, line.social_security, line.medicare) == (6_270_00, 2_650_50, 1_860_00, 435_00)
    assert (line.net, line.benefits, line.other) == (8_584_50, 0, 0)
    _, flat = lines_of(client(replace(STUB, supplemental_state_rate=102_300), payments=(bonus,), elections=(step,)))
    assert flat[[pay.kind for pay in pays].index("bonus")].state == 2_915_55


def test_only_a_pretax_deferral_lowers_income_tax() -> None:
    """By hand, 1% of 8,000.00 more: 80.00 pre-tax costs 80.00 less 32% and 9.3% of it, 46.96; others cost 80.00."""
    nets = {}
    for name in ("base_pretax", "base_roth", "base_after_tax"):
        step = {"base_pretax": 110_000, "base_roth": 0, "base_after_tax": 150_000}
        step[name] += 10_000
        _, lines = lines_of(client(elections=(Election(date(2026, 1, 1), **step),)))
        nets[name] = lines[0].net
        assert lines[0].social_security == 476_63
    assert nets == {"base_pretax": 3_221_17 - 46_96, "base_roth": 3_141_17, "base_after_tax": 3_141_17}


def test_shares_bring_no_cash_but_fill_the_wage_base() -> None:
    vest = Payment(date(2026, 1, 9), "rsu", 180_000_00, True, False, False, True)
    pays, lines = lines_of(client(payments=(vest,)))
    shares = lines[[pay.kind for pay in pays].index("rsu")]
    assert (shares.cash_pay, shares.net, shares.federal, shares.social_security) == (0, 0, 0, 0)
    # The first pay brings the wages to 7,687.50, the vest to 187,687.50: nothing is left of the wage base.
    assert [line.social_security for line in lines][:3] == [476_63, 0, 0]


def test_a_check_never_pays_less_than_nothing() -> None:
    """By hand: of 8,000.00 there are 312.50 of benefits, 2,000.00 pre-tax, tax of 825.72 and 416.94, FICA of 588.10:
    3,856.74 before other deductions, 3,763.73 after 93.01 of them; 6,000.00 of after-tax cannot be taken."""
    step = Election(date(2026, 1, 1), base_pretax=250_000, base_after_tax=750_000)
    _, lines = lines_of(client(elections=(step,)))
    first = lines[0]
    assert (first.federal, first.state, first.spare) == (825_72, 416_94, 3_763_73)
    assert (first.net, first.short) == (0, True)


def test_a_bonus_inside_the_check_shares_its_fate() -> None:
    """What the bonus cannot bear is taken from base pay in the same check; on its own check it cannot."""
    step = Election(date(2026, 1, 1), bonus_after_tax=1_000_000)
    made = {}
    for separate in (False, True):
        bonus = Payment(date(2026, 1, 9), "bonus", 2_000_00, separate, True, True, True)
        _, (base, extra, *_) = lines_of(client(payments=(bonus,), elections=(step,)))
        made[separate] = (base.net, extra.net, base.short, extra.short)
    # The bonus: 2,000.00 - 440.00 - 186.00 - 124.00 - 29.00 leave 1,221.00 for 2,000.00 of after-tax: 779.00 short.
    base = made[True][0]
    assert made == {False: (base, -779_00, False, False), True: (base, 0, False, True)}


def test_a_recorded_net_pay_wins() -> None:
    saver = client(paid=(Paid(date(2026, 1, 9), "base", 8_000_00, 880_00, 0, 1_200_00, net_pay=3_300_00),))
    rules = rules_of(saver.household)
    pays = plan_year(replace(saver.household, paid=()), rules).pays
    lines = net_lines(saver, pays, rules)
    assert lines is not None
    assert [line.net for line in lines][:2] == [3_300_00, 3_221_17]
    assert lines[0].other == 93_01 + 3_221_17 - 3_300_00


def test_unpaid_leave_owes_nothing() -> None:
    _, lines = lines_of(client(annual_salary=0))
    assert {(line.net, line.short, line.benefits, line.other) for line in lines} == {(0, False, 0, 0)}


def test_no_stub_no_net_pay() -> None:
    for blank in ("stub_gross", "stub_net"):
        one = client(replace(STUB, **{blank: None}))
        assert net_lines(one, (), LAW) is None


def test_a_stub_that_cannot_be() -> None:
    for facts in (replace(STUB, stub_gross=0), replace(STUB, stub_benefits=7_200_00)):
        with pytest.raises(InputError, match="stub_gross"):
            net_lines(client(facts), (), LAW)


def cents(amount: Fraction) -> int:
    return floor(amount + Fraction(1, 2))


def reference(one: Client, pays: tuple[PayLine, ...]) -> list[Fraction]:
    """Net pay of each line worked on sums to date, in exact dollars: what the year-to-date column of a stub shows."""
    facts, h, law = one.cash, one.household, rules_of(one.household).payroll
    assert facts.stub_gross is not None
    assert facts.stub_net is not None

    def dollars(amount: int) -> Fraction:
        return Fraction(amount, 100)

    def rate(millionths: int) -> Fraction:
        return Fraction(millionths, 10**6)

    def money(amount: Fraction) -> Fraction:
        return Fraction(cents(amount * 100), 100)

    def ss_to(wages: Fraction) -> Fraction:
        return min(wages, dollars(law.wage_base))

    def above(wages: Fraction, edge: int) -> Fraction:
        return max(Fraction(0), wages - dollars(edge))

    def fica_between(start: Fraction, end: Fraction) -> Fraction:
        found = money((ss_to(end) - ss_to(start)) * rate(law.social_security))
        found += money((end - start) * rate(law.medicare))
        edge = law.additional_medicare_withheld_above
        return found + money((above(end, edge) - above(start, edge)) * rate(law.additional_medicare))

    stub_wage = dollars(facts.stub_gross - facts.stub_benefits)
    start = dollars(facts.stub_wages_before)
    stub_taxable = stub_wage - dollars(facts.stub_pretax)
    taken = dollars(facts.stub_federal + facts.stub_state + facts.stub_roth + facts.stub_after_tax + facts.stub_net)
    other = stub_taxable - taken - fica_between(start, start + stub_wage)
    regular = rate(h.federal_rate if facts.withholding_rate is None else facts.withholding_rate)
    flat_state = rate(h.state_rate if facts.supplemental_state_rate is None else facts.supplemental_state_rate)
    wages = dollars(h.ytd_additions_pay if facts.ytd_wages is None else facts.ytd_wages)
    flat = dollars(facts.ytd_supplemental)
    found = []
    for pay in pays:
        gross, pretax = dollars(pay.gross), dollars(pay.pretax)
        benefits = min(dollars(facts.stub_benefits), gross) if pay.kind == "base" else Fraction(0)
        taxable = max(Fraction(0), gross - benefits - pretax)
        after = wages + gross - benefits
        spent = pretax + dollars(pay.roth)
        if pay.kind not in ("base", "overtime"):
            flat += taxable
        if pay.kind != "rsu":
            spent += benefits + fica_between(wages, after)
            if pay.kind == "base":
                spent += max(Fraction(0), money(dollars(facts.stub_federal) + (taxable - stub_taxable) * regular))
                spent += max(
                    Fraction(0), money(dollars(facts.stub_state) + (taxable - stub_taxable) * rate(h.state_rate))
                )
            elif pay.kind == "overtime":
                spent += money(taxable * regular) + money(taxable * rate(h.state_rate))
            else:
                edge = law.supplemental_high_above
                high = above(flat, edge) - above(flat - taxable, edge)
                spent += money((taxable - high) * rate(law.supplemental)) + money(high * rate(law.supplemental_high))
                spent += money(taxable * flat_state)
        wages = after
        left = (Fraction(0) if pay.kind == "rsu" else gross) - spent
        if pay.kind == "base":
            left -= min(other, max(Fraction(0), left))
        known = [stub.net_pay for stub in h.paid if (stub.date, stub.kind) == (pay.date, pay.kind)]
        found.append(left - dollars(pay.after_tax) if known in ([], [None]) else dollars(known[0] or 0))
    return found


def test_against_exact_fractions(base_seed: int) -> None:
    """Sum of each check, floored at 0, over random households; a tie of half a cent is rounded up in both."""
    checks = 0
    for seed in range(base_seed, base_seed + 250):
        household = random_household(seed)
        one = random_client(household, seed)
        rules = rules_of(household)
        pays = plan_year(household, rules).pays
        lines = net_lines(one, pays, rules)
        if lines is None:
            continue
        exact = reference(one, pays)
        separate = {(payment.date, payment.kind) for payment in household.payments if payment.separate}
        groups: list[list[int]] = []
        for place, pay in enumerate(pays):
            if not groups or pay.kind == "base" or (pay.date, pay.kind) in separate:
                groups.append([])
            groups[-1].append(place)
        for group in groups:
            left = sum(exact[place] for place in group)
            assert sum(lines[place].net for place in group) == max(0, left) * 100, f"seed {seed}"
            assert lines[group[-1]].short == (left < 0)
            checks += 1
    assert checks > 3_000


def test_other_after_tax_moves_nothing_else(base_seed: int) -> None:
    rng = random.Random(base_seed)
    for seed in range(base_seed, base_seed + 60):
        household = random_household(seed)
        one = random_client(household, seed)
        rules = rules_of(household)
        pays = plan_year(household, rules).pays
        lines = net_lines(one, pays, rules)
        if lines is None:
            continue
        tried = [
            pay.after_tax if line.recorded else rng.randint(0, pay.gross) for pay, line in zip(pays, lines, strict=True)
        ]
        again = net_lines(one, [replace(pay, after_tax=cents) for pay, cents in zip(pays, tried, strict=True)], rules)
        assert again is not None
        assert nets_with(lines, tried) == [line.net for line in again]
