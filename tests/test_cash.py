"""The balance of checking and the three ways: by hand, and against a walk through every day of the year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from math import ceil, floor
from typing import Any

import holidays
import pytest

from mbr_xl.cash_answers import CashAnswers, Refill
from mbr_xl.cash_facts import Amount, CashFacts, Vest
from mbr_xl.client import Client
from mbr_xl.engine.cash_flow.cash import balances
from mbr_xl.engine.cash_flow.cash_ways import cash_answers, cash_lines, refills
from mbr_xl.engine.cash_flow.net_pay import net_lines
from mbr_xl.engine.plan import plan_year, rules_of
from mbr_xl.errors import InputError
from mbr_xl.household import Election, Household, Payment
from mbr_xl.results import PayLine, YearPlan
from mbr_xl.rules import Rules
from tests.households import random_household
from tests.random_cash import random_client
from tests.test_net_pay import STUB

Answered = tuple[Client, YearPlan, Rules, CashAnswers]


def monthly(facts: CashFacts, **changes: Any) -> Client:
    """Paid monthly on the 15th, 8,000.00 as the stub of test_net_pay.py: 3,221.17 a pay, 3,500.00 from the bonus."""
    given: dict[str, Any] = {
        "tax_year": 2026,
        "any_pay_date": date(2026, 1, 15),
        "pay_frequency": "monthly",
        "shift": "none",
        "annual_salary": 96_000_00,
        "federal_rate": 320_000,
        "state_rate": 93_000,
        "separate_elections": True,
        "elections": (Election(date(2026, 1, 1), base_pretax=110_000, base_after_tax=150_000),),
    }
    return Client(household=Household(**{**given, **changes}), cash=facts)


def answered(one: Client) -> Answered:
    rules = rules_of(one.household)
    plan = plan_year(one.household, rules)
    answers = cash_answers(one, plan, rules)
    assert answers is not None
    return one, plan, rules, answers


SPENDER = replace(STUB, checking=10_000_00, monthly_spending=4_000_00, cash_floor=2_000_00, savings=1_000_00)


def test_the_balance_by_hand() -> None:
    """4,000.00 leaves on the 1st, 3,221.17 comes on the 15th: 778.83 less each month. On the 1st of month m there are
    10,000.00 - 4,000.00 m + 3,221.17 (m - 1); the lowest is December's, 10,000.00 - 48,000.00 + 35,432.87."""
    one, plan, rules, answers = answered(monthly(SPENDER))
    assert (answers.elected_lowest, answers.elected_lowest_date) == (-2_567_13, date(2026, 12, 1))
    assert (answers.elected_gap, answers.elected_drawn, answers.elected_missing) == (4_567_13, 1_000_00, 3_567_13)
    # 6,000.00 - 778.83 (m - 1) is below 2,000.00 from m = 7 on.
    assert answers.elected_drawn_from == date(2026, 7, 1)
    assert answers.elected_year_end == 10_000_00 - 12 * 778_83
    assert (answers.refill_date, answers.refill_by) == (None, "")
    lines = cash_lines(one, plan, rules)
    assert [(line.spent, line.balance, line.lowest) for line in lines][:2] == [
        (4_000_00, 9_221_17, 6_000_00),
        (4_000_00, 8_442_34, 5_221_17),
    ]


def test_the_bonus_brings_it_back() -> None:
    """By hand: on Sep 1 there are 6,000.00 - 8 times 778.83, -230.64; on Sep 18 tuition leaves 1,490.53 of it;
    a bonus of 5,000.00 on Sep 25 nets 5,000.00 less 22%, 9.3% and 7.65%: 3,052.50."""
    bonus = Payment(date(2026, 9, 25), "bonus", 5_000_00, True, True, True, True)
    facts = replace(SPENDER, checking=11_000_00, amounts=(Amount(date(2026, 9, 18), 1_500_00, "out", "tuition"),))
    _, _, _, answers = answered(monthly(facts, payments=(bonus,), leave_date=date(2026, 9, 30)))
    # Sep 15: 7,000.00 - 8 x 778.83 + 3,221.17 = 3,990.53; Sep 18: 2,490.53; Sep 25: 5,543.03; Oct 1: 1,543.03.
    assert (answers.elected_lowest, answers.elected_lowest_date) == (-6_456_97, date(2026, 12, 1))
    facts = replace(facts, amounts=(*facts.amounts, Amount(date(2026, 9, 30), 12_000_00, "in", "sale")))
    _, _, _, answers = answered(monthly(facts, payments=(bonus,), leave_date=date(2026, 9, 30)))
    # Now 769.36 on Sep 1 is the lowest, and Sep 15's pay brings it back.
    assert (answers.elected_lowest, answers.elected_lowest_date) == (769_36, date(2026, 9, 1))
    assert (answers.refill_date, answers.refill_by) == (date(2026, 9, 15), "base")
    assert answers.elected_variable_net == 3_052_50
    facts = replace(facts, amounts=(Amount(date(2026, 9, 18), 2_500_00, "out"), facts.amounts[1]), spending_day=28)
    _, _, _, answers = answered(monthly(facts, payments=(bonus,), leave_date=date(2026, 9, 30)))
    # Spending on the 28th: Aug 28: 11,000.00 - 8 x 778.83 = 4,769.36; Sep 15: 7,990.53; Sep 18: 5,490.53.
    assert answers.elected_lowest == 4_769_36 + 3_221_17 - 2_500_00 + 3_052_50 - 4_000_00 + 12_000_00 - 3 * 4_000_00
    tight = replace(facts, cash_floor=5_600_00, checking=11_000_00, monthly_spending=0, amounts=facts.amounts[:1])
    tight = replace(tight, checking=2_000_00, checking_date=date(2026, 9, 1))
    _, _, _, answers = answered(monthly(tight, payments=(bonus,)))
    # Sep 15: 5,221.17; Sep 18: 2,721.17; Sep 25: 5,773.67.
    assert (answers.elected_lowest, answers.elected_lowest_date) == (2_721_17, date(2026, 9, 18))
    assert (answers.refill_date, answers.refill_by) == (date(2026, 9, 25), "bonus")


def test_money_before_the_opening_day_is_past() -> None:
    facts = replace(SPENDER, checking_date=date(2026, 12, 15), cash_floor=0)
    one, plan, rules, answers = answered(monthly(facts))
    assert answers.elected_year_end == 10_000_00 + 3_221_17  # that day's own pay is still to come
    assert [line.balance for line in cash_lines(one, plan, rules)] == [0] * 11 + [13_221_17]


def test_the_three_ways_by_hand() -> None:
    """Room is 20,000.00. A bonus of 30,000.00 leaves, less 22%, 9.3%, 7.65%, 18,315.00 before after-tax. Out of it
    alone 18,315.00 goes in; level: 20,000.00 of 126,000.00 is 15.87%, so 15%: 1,200.00 a pay and 4,500.00."""
    bonus = Payment(date(2026, 3, 13), "bonus", 30_000_00, True, True, True, True)
    one, plan, rules, answers = answered(monthly(SPENDER, payments=(bonus,), after_tax_cap=20_000_00))
    assert refills(one, plan, rules) == (Refill(date(2026, 3, 13), "bonus", 18_315_00, 0, 13_815_00),)
    assert answers.elected_after_tax == 14_400_00
    assert answers.elected_variable_net == 18_315_00
    assert (answers.variable_after_tax, answers.variable_variable_net) == (18_315_00, 0)
    assert (answers.level_rate, answers.level_after_tax, answers.level_variable_net) == (
        150_000,
        18_900_00,
        13_815_00,
    )
    # Base pay gives none: 4,421.17 a pay covers 4,000.00 of spending.
    assert answers.variable_lowest == 6_000_00
    capped = monthly(SPENDER, payments=(bonus,), after_tax_cap=20_000_00, cap_bonus=250_000, cap_base=100_000)
    _, _, _, answers = answered(capped)
    # As elected the cap of 10% cuts base to 800.00; variable 25% of the bonus; level 10% of base and 15% of the bonus.
    assert (answers.elected_after_tax, answers.variable_after_tax, answers.level_after_tax) == (
        9_600_00,
        7_500_00,
        9_600_00 + 4_500_00,
    )
    # All contributions together at most 30% of the bonus: 9,000.00 less 1,500.00 pre-tax and 1,500.00 Roth.
    rates = Election(date(2026, 1, 1), bonus_pretax=50_000, bonus_roth=50_000)
    _, _, _, answers = answered(monthly(SPENDER, payments=(bonus,), elections=(rates,), combined_cap=300_000))
    assert answers.variable_after_tax == 6_000_00
    fixed = monthly(SPENDER, payments=(bonus,), after_tax_cap=20_000_00, change_from=date(2026, 3, 1))
    _, _, _, answers = answered(fixed)
    # January and February stay: 2,400.00; 17,600.00 of 110,000.00 is 16%.
    assert (answers.level_rate, answers.level_after_tax) == (160_000, 20_000_00)
    assert answers.variable_after_tax == 20_000_00 - 17_600_00 + 17_600_00


def test_vests_are_paired_with_payments() -> None:
    vest = Vest(date(2026, 2, 20), 100, 180_00)
    rsu = Payment(date(2026, 2, 20), "rsu", 18_000_00, True, False, False, True)
    facts = replace(SPENDER, vests=(vest,))
    assert answered(monthly(facts, payments=(rsu,)))[3].vests_unpaired == 0
    assert answered(monthly(facts, payments=(replace(rsu, amount=18_000_01),)))[3].vests_unpaired == 1
    assert answered(monthly(facts))[3].vests_unpaired == 1
    # Two grants vest on one day: Payments takes them in one sum, 18,000 and 50 at 180 are 27,000.
    two = replace(facts, vests=(vest, replace(vest, shares=50)))
    assert answered(monthly(two, payments=(replace(rsu, amount=27_000_00),)))[3].vests_unpaired == 0
    assert answered(monthly(two, payments=(rsu,)))[3].vests_unpaired == 2


def test_nothing_is_said_without_stub_or_balance() -> None:
    for blank in ("stub_gross", "stub_net", "checking"):
        one = monthly(replace(SPENDER, **{blank: None}))
        rules = rules_of(one.household)
        plan = plan_year(one.household, rules)
        assert cash_answers(one, plan, rules) is None
        assert balances(one, plan.pays, rules) is None
        assert cash_lines(one, plan, rules) == ()


def test_a_day_that_is_none() -> None:
    one = monthly(replace(SPENDER, spending_day=32))
    with pytest.raises(InputError, match="spending_day"):
        answered(one)


def shares_withheld(vest: Vest, due: int) -> int:
    if vest.withheld is not None:
        return ceil(Fraction(vest.shares * vest.withheld, 10**6))
    return next(count for count in range(vest.shares + 1) if count * vest.price >= due or count == vest.shares)


def due_at(one: Client, place: int, pays: tuple[PayLine, ...]) -> int:
    """Cents due at the vest in that place, from sums to date before and after it, in exact dollars."""
    h, facts, law = one.household, one.cash, rules_of(one.household).payroll
    vest = facts.vests[place]
    income = vest.shares * vest.price
    wages = h.ytd_additions_pay if facts.ytd_wages is None else facts.ytd_wages
    flat = facts.ytd_supplemental
    if vest.date.year != h.tax_year:
        wages = flat = 0
    elif h.ytd_date and vest.date <= h.ytd_date:
        wages, flat = max(0, wages - income), max(0, flat - income)
    else:
        own = [t for t, pay in enumerate(pays) if (pay.date, pay.kind) == (vest.date, "rsu")]
        earlier = pays[: own[0]] if own else [pay for pay in pays if pay.date <= vest.date]
        wages += sum(pay.gross - min(pay.gross, facts.stub_benefits) * (pay.kind == "base") for pay in earlier)
        flat += sum(pay.gross for pay in earlier if pay.kind not in ("base", "overtime"))
        above = sum(other.shares * other.price for other in facts.vests[:place] if other.date == vest.date)
        wages, flat = wages + above, flat + above

    def part(rate: int, amount: int) -> int:
        return floor(Fraction(rate, 10**6) * amount + Fraction(1, 2))

    def over(start: int, edge: int) -> int:
        return max(0, start + income - edge) - max(0, start - edge)

    high = over(flat, law.supplemental_high_above)
    state = h.state_rate if facts.supplemental_state_rate is None else facts.supplemental_state_rate
    return sum(
        (
            part(law.supplemental, income - high),
            part(law.supplemental_high, high),
            part(law.social_security, income - over(wages, law.wage_base)),
            part(law.medicare, income),
            part(law.additional_medicare, over(wages, law.additional_medicare_withheld_above)),
            part(state, income),
        )
    )


def walk(one: Client, pays: tuple[PayLine, ...], nets: list[int]) -> dict[date, int]:
    """The balance at the end of every day on which money moves, worked day by day; settlement by the FED calendar."""
    facts, year = one.cash, one.household.tax_year
    closed = holidays.financial_holidays("FED", years=range(year - 2, year + 3))
    start = facts.checking_date
    if start is None:
        start = date(year, 1, 1) if one.household.ytd_date is None else one.household.ytd_date + timedelta(days=1)
    incoming: list[tuple[date, int]] = []
    dues = [due_at(one, place, pays) for place in range(len(facts.vests))]
    for vest_place, vest in enumerate(facts.vests):
        short = dues[vest_place] - shares_withheld(vest, dues[vest_place]) * vest.price
        if short > 0:
            incoming.append((vest.date, -short))
        if not vest.sold:
            continue
        day = vest.sale_date or vest.date
        if vest.sale_date is None and facts.trading_windows:
            last = max(window.end for window in facts.trading_windows)
            while day <= last and not any(w.start <= day <= w.end for w in facts.trading_windows):
                day += timedelta(days=1)
            if day > last:
                continue
        left = 1 if day >= date(2024, 5, 28) else 2
        while left:
            day += timedelta(days=1)
            left -= day.weekday() < 5 and day not in closed
        kept = vest.shares - shares_withheld(vest, dues[vest_place])
        incoming.append((day, kept * (vest.price if vest.sale_price is None else vest.sale_price)))
    balance, found = facts.checking or 0, {}
    day = start
    while day <= date(year, 12, 31):
        moved = [net for pay, net in zip(pays, nets, strict=True) if pay.date == day]
        moved += [amount for settles, amount in incoming if settles == day and amount]
        moved += [one.dollars * (1 if one.flow == "in" else -1) for one in facts.amounts if one.date == day]
        wanted = facts.spending_day or 1
        if facts.monthly_spending and (
            day.day == wanted or (day.day < wanted and (day + timedelta(days=1)).month != day.month)
        ):
            moved.append(-facts.monthly_spending)
        if moved and day.year == year:
            balance += sum(moved)
            found[day] = balance
        day += timedelta(days=1)
    return found


def test_against_a_walk_through_the_year(base_seed: int) -> None:
    tried = 0
    for seed in range(base_seed, base_seed + 120):
        household = random_household(seed)
        one = random_client(household, seed)
        rules = rules_of(household)
        plan = plan_year(household, rules)
        answers, nets = cash_answers(one, plan, rules), net_lines(one, plan.pays, rules)
        if answers is None:
            continue
        assert nets is not None
        found = balances(one, plan.pays, rules)
        assert found is not None
        days = walk(one, plan.pays, [line.net for line in nets])
        assert dict(zip(found.days, found.ends, strict=True)) == days, f"seed {seed}"
        if not days:
            continue
        lowest = min(days.values())
        assert answers.elected_lowest == lowest
        assert days[answers.elected_lowest_date] == lowest
        assert answers.elected_year_end == days[max(days)]
        since = date.min
        for line in cash_lines(one, plan, rules):
            between = [end for day, end in days.items() if since < day <= line.date]
            assert line.lowest == (min(between) if between else line.balance)
            assert line.balance == days.get(line.date, 0)
            assert line.cash_pay - line.net_pay == sum(
                (line.benefits, line.pretax, line.federal, line.state, line.social_security, line.medicare, line.roth,
                 line.other_withheld, line.after_tax)
            ) or _is_floored(nets, plan, line.date)  # fmt: skip
            since = line.date
        tried += 1
    assert tried > 80


def _is_floored(nets: Any, plan: YearPlan, day: date) -> bool:
    """Whether some line of that day's checks is below 0 before the check is floored."""
    return any(line.spare < line.after_tax for pay, line in zip(plan.pays, nets, strict=True) if pay.date == day)


def test_ways_keep_to_room_and_pay(base_seed: int) -> None:
    """No way passes the room or a cap by what it adds, none leaves a check short that was not short before."""
    for seed in range(base_seed, base_seed + 200):
        household = random_household(seed)
        one = random_client(household, seed)
        rules = rules_of(household)
        plan = plan_year(household, rules)
        answers = cash_answers(one, plan, rules)
        if answers is None:
            continue
        room = max(plan.headlines.after_tax_room, answers.elected_after_tax)
        assert max(answers.variable_after_tax, answers.level_after_tax) <= room, f"seed {seed}"
        for way in ("elected", "variable", "level"):
            gap, drawn, missing = (getattr(answers, f"{way}_{key}") for key in ("gap", "drawn", "missing"))
            assert gap == drawn + missing == max(0, one.cash.cash_floor - getattr(answers, f"{way}_lowest"))
            assert drawn <= one.cash.savings
