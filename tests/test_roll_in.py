"""What a roll-in changes for the ordinary backdoor, and the Backdoor answers: published cases, by hand, fractions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mbr_xl.client import Client
from mbr_xl.engine.iras.roll_in import roll_in
from mbr_xl.engine.plan import plan_year, rules_of
from mbr_xl.errors import InputError
from mbr_xl.household import Household
from mbr_xl.ira_answers import BackdoorAnswers, backdoor_answers
from mbr_xl.ira_facts import IraFacts
from mbr_xl.tax_facts import TaxFacts
from tests.small_planner import household


def test_tc_80_with_the_money_rolled_in() -> None:
    """TC-80, the Teddy article: 7,000 nondeductible beside 93,000 pre-tax, 7,000 converted: 6,510 is taxable.

    With the 93,000 in the 401(k) on December 31 line 6 is 0, so that line 10 is 1 and nothing is taxable.
    """
    found = roll_in(7_000_00, 7_000_00, 93_000_00, rate=320_000)
    assert (found.before.line_18, found.tax_before) == (6_510_00, 2_083_20)
    assert (found.moved, found.after.line_6, found.after.line_18) == (93_000_00, 0, 0)
    assert found.saves == 2_083_20


def test_basis_never_moves() -> None:
    """408(d)(3)(A)(ii), (H): of 93,000 with 20,000 of old basis only 73,000 may go."""
    found = roll_in(7_000_00, 7_000_00, 93_000_00, prior_basis=20_000_00)
    assert found.moved == 73_000_00
    assert found.after.line_18 == 0
    assert found.after.line_14 == 20_000_00


def test_a_plan_that_takes_a_part() -> None:
    """By hand: 43,000 of 93,000 moved: line 9 is 57,000, 7,000 x 7/57 = 859.65 is not taxable."""
    found = roll_in(7_000_00, 7_000_00, 93_000_00, pretax=43_000_00)
    assert found.after.line_11 == 859_65
    assert found.after.line_18 == 6_140_35


def test_more_pre_tax_than_there_is() -> None:
    with pytest.raises(InputError, match="ira_pretax"):
        roll_in(0, 0, 10_00, pretax=11_00)


MONEY = st.integers(0, 20_000_000)


@given(MONEY, MONEY, MONEY, MONEY, st.integers(0, 100), MONEY, st.none() | MONEY)
def test_roll_in_in_fractions(
    contributed: int, converted: int, value: int, basis: int, late: int, other: int, asked: int | None
) -> None:
    """408(d)(2) over what is left after the roll-in; it never raises the tax and never moves basis."""
    late = contributed * late // 100
    asked = None if asked is None else min(asked, value)
    found = roll_in(contributed, converted, value, basis, late, other, asked, rate=400_000)
    usable, pot = contributed + basis - late, value + converted + other
    assert 0 <= found.moved <= (value if asked is None else asked)
    assert found.moved <= max(0, pot - usable)
    left = pot - found.moved
    share = min(Fraction(1), Fraction(usable, left)) if left else Fraction(0)
    assert abs(found.after.line_11 - converted * share) <= Fraction(1, 2)
    assert found.after.line_18 + found.after.line_15 <= found.before.line_18 + found.before.line_15
    assert found.saves == found.tax_before - found.tax_after >= 0
    if asked is None and pot - usable <= value:
        assert found.after.line_18 + found.after.line_15 == 0


def answers(saver: Household | None = None, *, tax: TaxFacts | None = None, **facts: Any) -> BackdoorAnswers | None:
    saver = saver or household()
    rules = rules_of(saver)
    client = Client(household=saver, iras=IraFacts(**facts), tax=tax or TaxFacts())
    return backdoor_answers(client, plan_year(saver, rules), rules)


def test_blank_value_gives_no_answer() -> None:
    assert answers(ira_contributed=7_500_00, ira_converted=7_500_00) is None


def test_clean_backdoor() -> None:
    """TC-03 and TC-82: 7,500 in, 7,500 converted, no other IRA: nothing taxable, nothing above the limit."""
    found = answers(ira_value=0, ira_contributed=7_500_00, ira_converted=7_500_00)
    assert found
    assert (found.ira_most, found.ira_left, found.ira_excess, found.ira_excise) == (7_500_00, 0, 0, 0)
    assert (found.ira_taxable, found.ira_basis_left, found.roll_in_moved, found.roll_in_saves) == (0, 0, 0, 0)
    assert found.direct_allowed is None  # neither status nor income is told


@pytest.mark.parametrize(
    ("case", "facts", "planned", "direct", "excess"),
    [
        ("TC-32, bherila: joint, 247,000", {"magi": 247_000_00}, 0, 3_750_00, 0),
        ("4,000 planned directly is 250 above it", {"magi": 247_000_00}, 4_000_00, 3_750_00, 250_00),
        ("408A(c)(2): 5,000 in a traditional IRA comes off 7,500", {"magi": 0, "ira_contributed": 5_000_00}, 3_000_00,
         2_500_00, 500_00),
        ("above the band nothing goes directly", {"magi": 260_000_00, "ira_contributed": 7_500_00}, 1_00, 0, 1_00),
        ("9,000 into a traditional IRA is 1,500 too much", {"magi": 260_000_00, "ira_contributed": 9_000_00}, 0, 0,
         1_500_00),
        ("Pub. 590-A: the band takes from compensation", {"magi": 247_000_00, "ira_compensation": 4_000_00}, 0,
         2_000_00, 0),
    ],
)  # fmt: skip
def test_limits(case: str, facts: dict[str, Any], planned: int, direct: int, excess: int) -> None:
    found = answers(ira_value=0, tax=TaxFacts(filing_status="mfj", roth_ira_planned=planned), **facts)
    assert found, case
    assert (found.direct_allowed, found.ira_excess) == (direct, excess), case
    assert found.ira_excise == excess * 6 // 100, case  # 26 USC 4973(a)


def test_income_of_the_tax_return_where_none_is_given() -> None:
    """230,000 of pay less 24,380 deferred is below the joint band of 242,000: all of 7,500 may go directly."""
    found = answers(ira_value=0, tax=TaxFacts(filing_status="mfj"))
    assert found
    assert found.direct_allowed == 7_500_00
    alone = answers(ira_value=0, tax=TaxFacts(filing_status="single"))
    assert alone
    assert alone.direct_allowed == 0  # the single band ends at 168,000


def test_the_spouse_has_a_form_of_her_own() -> None:
    """TC-88 (bherila) as the spouse's: basis 10,000, 10,000 left, 10,000 converted: half is taxable."""
    facts = {"spouse_ira_value": 10_000_00, "spouse_ira_converted": 10_000_00, "spouse_ira_basis": 10_000_00}
    found = answers(ira_value=0, ira_contributed=7_500_00, ira_converted=7_500_00, **facts)
    assert found
    assert (found.ira_taxable, found.spouse_ira_taxable, found.spouse_ira_basis_left) == (0, 5_000_00, 5_000_00)
    assert found.spouse_ira_tax == 1_600_00  # 32%
    left_out = answers(ira_value=0, spouse_ira_converted=10_000_00)
    assert left_out
    assert left_out.spouse_ira_taxable == 0


def test_no_limit_published() -> None:
    saver = replace(
        household(tax_year=2027, any_pay_date=date(2027, 1, 8), payments=(), elections=()),
        own_deferral=25_000_00, own_annual_additions=74_000_00, own_compensation=370_000_00,
    )  # fmt: skip
    found = answers(saver, ira_value=10_00, ira_converted=10_00)
    assert found
    assert (found.ira_most, found.ira_left, found.direct_allowed, found.ira_excess) == (None, None, None, None)
    assert found.ira_taxable == 10_00


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"ira_late": 1}, "ira_late"),
        ({"ira_pretax": 1}, "ira_pretax"),
        ({"ira_basis": -1}, "ira_basis"),
        ({"ira_compensation": -1}, "ira_compensation"),
        ({"spouse_ira_late": 1}, "spouse_ira_late"),
        ({"spouse_ira_basis": -1}, "spouse_ira_basis"),
    ],
)
def test_refusals(facts: dict[str, Any], words: str) -> None:
    with pytest.raises(InputError, match=words):
        answers(ira_value=0, **facts)
