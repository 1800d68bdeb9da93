"""Two employers in a year: published and own cases, and the two limits stated again as inequalities."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mbr_xl.client import Client
from mbr_xl.engine.excess.two_employers import two_employers
from mbr_xl.engine.plan import plan_year, rules_of
from mbr_xl.errors import InputError
from mbr_xl.household import Election, Household
from mbr_xl.limit_answers import trouble_answers
from mbr_xl.limit_facts import LimitFacts
from mbr_xl.rules import rules_for

L2026 = rules_for(2026)


def second_job() -> Household:
    """CC-7: 15,000 deferred and 5,000 matched at a first, unrelated job; from July 1 a job with a match of 4,000."""
    return Household(
        tax_year=2026,
        elsewhere=15_000_00,
        pay_frequency="monthly",
        any_pay_date=date(2026, 7, 15),
        annual_salary=240_000_00,
        hire_date=date(2026, 7, 1),
        nonelective_rate=33_334,  # 4,000.08 of 120,000: the employer's money of the case, to the dollar
        elections=(Election(date(2026, 7, 1), base_pretax=80_000),),  # 1,600 a month, stopped at 9,500
    )


def test_cc_7_planned() -> None:
    h = second_job()
    rules = rules_of(h)
    plan = plan_year(h, rules)
    found = trouble_answers(Client(household=h), plan, rules)
    assert plan.headlines.total_deferral == 9_500_00
    assert found.deferral_here == 9_500_00
    assert found.deferral_left == 0
    assert plan.headlines.total_employer == 4_000_08
    assert found.group_room == plan.headlines.after_tax_room == 58_500_00 - 8
    assert found.strict_room == found.group_room


def test_payroll_that_is_not_told() -> None:
    """CC-7 with 20% elected: 24,000 of 120,000 is below 24,500, so this payroll lets it pass: 14,500 too much."""
    h = replace(second_job(), elections=(Election(date(2026, 7, 1), base_pretax=200_000),))
    rules = rules_of(h)
    found = trouble_answers(Client(household=h), plan_year(h, rules), rules)
    assert found.excess_deferral == 0  # what is planned stops at 9,500
    assert found.excess_untold == 14_500_00
    capped = replace(h, elections=(Election(date(2026, 7, 1), base_pretax=500_000),))
    assert trouble_answers(Client(household=capped), plan_year(capped, rules), rules).excess_untold == 15_000_00


def test_cc_7_related() -> None:
    """The same two jobs in one controlled group: 20,000 of additions there come off: 38,500."""
    h = second_job()
    rules = rules_of(h)
    plan = plan_year(h, rules)
    facts = LimitFacts(elsewhere_related=True, elsewhere_additions=20_000_00, elsewhere_pay=100_000_00)
    found = trouble_answers(Client(household=h, trouble=facts), plan, rules)
    assert found.group_limit == 72_000_00
    assert found.group_room == 38_500_00 - 8
    assert plan.headlines.after_tax_room == 58_500_00 - 8  # the plan's own room is left as it is


def test_tc_28() -> None:
    """TC-28, bherila vectors, 2026: 24,500 at one 401(k) leaves 0 to defer at the other; 415(c) is its own."""
    found = two_employers(L2026, 24_500_00, 0, 0, 0, 10_000_00, 200_000_00, 62_000_00, 24_500_00)
    assert (found.deferral_here, found.deferral_left, found.room, found.limit) == (0, 0, 62_000_00, 72_000_00)


def test_stricter_reading() -> None:
    """Age 52, 20,000 elsewhere, 12,500 here: 8,000 is catch-up only because of the other plan (401(a)(30))."""
    found = two_employers(L2026, 32_500_00, 12_500_00, 8_000_00, 0, 4_500_00, 300_000_00, 67_500_00, 20_000_00)
    assert (found.from_elsewhere, found.room, found.strict_room) == (8_000_00, 67_500_00, 59_500_00)
    read = two_employers(
        L2026, 32_500_00, 12_500_00, 8_000_00, 0, 4_500_00, 300_000_00, 67_500_00, 20_000_00, by_415c=True
    )
    assert read.strict_room == 67_500_00


def test_refusals() -> None:
    with pytest.raises(InputError, match="elsewhere_pay"):
        two_employers(L2026, 0, 0, 0, 0, 0, 0, 0, elsewhere_pay=-1)


def test_contradicting_facts_name_their_field() -> None:
    h = second_job()
    rules = rules_of(h)
    plan = plan_year(h, rules)
    with pytest.raises(InputError, match="elsewhere_roth"):
        trouble_answers(Client(household=h, trouble=LimitFacts(elsewhere_roth=15_000_01)), plan, rules)
    with pytest.raises(InputError, match="matched_deferral"):
        trouble_answers(Client(household=h, trouble=LimitFacts(matched_deferral=-1)), plan, rules)
    with pytest.raises(InputError, match="excess_returned"):
        trouble_answers(Client(household=h, trouble=LimitFacts(excess_returned=date(2025, 1, 1))), plan, rules)


def test_as_elected_and_stopped() -> None:
    """After-tax elected at 80% of 120,000 is 96,000; 58,500 fits, and 37,500 would be over if payroll went on."""
    h = replace(second_job(), elections=(Election(date(2026, 7, 1), base_pretax=80_000, base_after_tax=800_000),))
    rules = rules_of(h)
    found = trouble_answers(Client(household=h), plan_year(h, rules), rules)
    assert found.additions_elected == 9_500_00 + 4_000_08 + 96_000_00
    assert found.excess_additions == 37_500_08
    assert found.back_after_tax == 37_500_08


MONEY = st.integers(0, 90_000_00)


@given(MONEY, MONEY, MONEY, MONEY, MONEY, st.booleans(), st.integers(0, 200_000_00), st.integers(0, 200_000_00))
def test_room_is_the_last_dollar_that_fits(
    others: int, after_tax: int, own_room: int, there: int, elsewhere: int, related: bool, pay: int, other_pay: int
) -> None:
    found = two_employers(
        L2026, 24_500_00, 0, 0, after_tax, others + after_tax, pay, own_room, elsewhere,
        related=related, elsewhere_additions=there, elsewhere_pay=other_pay,
    )  # fmt: skip

    def fits(dollars: int) -> bool:
        """415(c) over this employer's plans, or over both where they are one employer; and the plan's own room."""
        additions, all_pay = others + dollars + there * related, pay + other_pay * related
        return dollars <= own_room and additions <= L2026.annual_additions and additions <= all_pay

    assert found.room == 0 or fits(found.room)
    assert not fits(found.room + 1)
    assert found.above_room == max(0, after_tax - found.room)
    assert found.deferral_here == max(0, 24_500_00 - elsewhere)
    assert found.strict_room <= found.room <= own_room
