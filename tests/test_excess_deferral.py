"""Excess deferrals: who returns what, by when, what is taxed when; by hand, by the IRS's words, and cent by cent."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mbr_xl.engine.excess.excess_deferral import LATE, NEXT_YEAR, SAME_YEAR, WITH_ROTH, excess_deferral
from mbr_xl.errors import InputError

LIMIT = 24_500_00


def test_two_employers_by_hand() -> None:
    """15,000 at the first job and 14,500 here are 5,000 above 24,500; the first plan returns it in the next spring.

    irs.gov, "What happens when an employee has elective deferrals in excess of the limits": income of the year of
    deferral, its earnings of the year in which it is withdrawn, no 10% tax by April 15.
    """
    found = excess_deferral(2026, LIMIT, 14_500_00, 0, 0, 15_000_00, returned_earnings=40_000, rate=320_000)
    assert (found.excess, found.here, found.there) == (5_000_00, 0, 5_000_00)
    assert (found.pretax, found.roth, found.earnings) == (5_000_00, 0, 200_00)
    assert (found.taxed_in_year, found.taxed_when_paid) == (5_000_00, 200_00)
    assert (found.tax, found.taxed_twice) == (1_664_00, 1_600_00)
    assert (found.tell_by, found.return_by) == (date(2027, 3, 1), date(2027, 4, 15))
    assert (found.code, found.in_time, found.leaves_additions) == (NEXT_YEAR, True, 0)


def test_left_in_it_is_taxed_twice() -> None:
    """The same page: an excess left in is taxed when contributed and again when distributed."""
    found = excess_deferral(2026, LIMIT, 14_500_00, 0, 0, 15_000_00, returned=date(2027, 4, 16), rate=320_000)
    assert (found.in_time, found.code) == (False, LATE)
    assert (found.taxed_in_year, found.taxed_when_paid) == (5_000_00, 5_000_00)
    assert found.tax == 3_200_00
    assert found.leaves_additions == 0


def test_this_plan_returns_it_and_415_has_room_again() -> None:
    """Reg. 1.415(c)-1(b)(2)(ii)(D): what is back by April 15 is no annual addition."""
    given: dict[str, Any] = {"excess_from": "this plan", "elsewhere": 15_000_00}
    assert excess_deferral(2026, LIMIT, 14_500_00, 0, 0, **given).leaves_additions == 5_000_00
    late = excess_deferral(2026, LIMIT, 14_500_00, 0, 0, returned=date(2027, 5, 1), **given)
    assert late.leaves_additions == 0


def test_catch_up_never_left_additions() -> None:
    """Age 52: 5,000 here are all catch-up because of 36,000 elsewhere; returning them frees nothing."""
    found = excess_deferral(2026, 32_500_00, 5_000_00, 0, 5_000_00, 36_000_00, excess_from="this plan")
    assert (found.excess, found.here, found.there, found.leaves_additions) == (8_500_00, 5_000_00, 3_500_00, 0)


def test_roth() -> None:
    """402A(c)(2): a Roth excess was taxed as pay; only its earnings are taxed, and code B stands beside."""
    found = excess_deferral(
        2026, LIMIT, 10_000_00, 4_500_00, 0, 15_000_00, 6_000_00, excess_first="Roth", returned_earnings=100_000
    )
    assert (found.pretax, found.roth, found.taxed_in_year, found.taxed_when_paid) == (0, 5_000_00, 0, 500_00)
    assert found.code == NEXT_YEAR + WITH_ROTH
    same = excess_deferral(
        2026, LIMIT, 10_000_00, 4_500_00, 0, 15_000_00, 6_000_00, returned=date(2026, 12, 31), returned_earnings=100_000
    )
    assert (same.code, same.taxed_in_year, same.taxed_when_paid) == (SAME_YEAR, 5_500_00, 0)


@pytest.mark.parametrize(("day", "in_time"), [(date(2028, 4, 15), True), (date(2028, 4, 16), False)])
def test_a_weekend_does_not_move_the_date(day: date, in_time: bool) -> None:
    """April 15, 2028 is a Saturday (newfront.com, "Excess deferrals": the date is not extended)."""
    assert day.weekday() >= 5
    assert excess_deferral(2027, LIMIT, LIMIT + 1, 0, 0, returned=day).in_time is in_time


def test_no_excess_says_nothing() -> None:
    found = excess_deferral(2026, LIMIT, 20_000_00, 4_500_00, 0, returned_earnings=40_000, rate=320_000)
    assert (found.excess, found.earnings, found.tax, found.code, found.taxed_twice) == (0, 0, 0, "", 0)


def test_refusals() -> None:
    with pytest.raises(InputError, match="elsewhere_roth"):
        excess_deferral(2026, LIMIT, 0, 0, 0, 100_00, 101_00)
    with pytest.raises(InputError, match="excess_returned"):
        excess_deferral(2026, LIMIT, 0, 0, 0, returned=date(2025, 12, 31))


SMALL = st.integers(0, 40)


@given(SMALL, SMALL, SMALL, SMALL, st.integers(0, 60), st.booleans(), st.booleans())
def test_cent_by_cent(
    pretax: int, roth: int, there_pretax: int, there_roth: int, limit: int, here_first: bool, roth_first: bool
) -> None:
    """Every cent above the limit leaves by itself, from the first pot in the order asked that still has one."""
    pots = {
        ("this plan", "pre-tax"): pretax,
        ("this plan", "Roth"): roth,
        ("other plan", "pre-tax"): there_pretax,
        ("other plan", "Roth"): there_roth,
    }
    order = sorted(pots, key=lambda pot: ((pot[0] == "this plan") != here_first, (pot[1] == "Roth") != roth_first))
    taken = dict.fromkeys(pots, 0)
    while sum(pots.values()) > limit:
        pot = next(pot for pot in order if pots[pot])
        pots[pot] -= 1
        taken[pot] += 1
    found = excess_deferral(
        2026, limit, pretax, roth, 0, there_pretax + there_roth, there_roth,
        excess_from="this plan" if here_first else "other plan", excess_first="Roth" if roth_first else "pre-tax",
    )  # fmt: skip
    assert found.excess == sum(taken.values())
    assert found.here == taken["this plan", "pre-tax"] + taken["this plan", "Roth"]
    assert found.there == taken["other plan", "pre-tax"] + taken["other plan", "Roth"]
    assert found.here_pretax == taken["this plan", "pre-tax"]
    assert found.pretax == taken["this plan", "pre-tax"] + taken["other plan", "pre-tax"]
    assert found.roth == taken["this plan", "Roth"] + taken["other plan", "Roth"]


def test_what_stays_may_be_no_catch_up() -> None:
    """Age 52, 2026: of 32,500 here 24,500 counted; 10,000 comes back and all 22,500 that stays counts: 2,000."""
    given: dict[str, Any] = {"excess_from": "this plan", "without_catch_up": LIMIT}
    found = excess_deferral(2026, 32_500_00, 32_500_00, 0, 8_000_00, 10_000_00, **given)
    assert (found.here, found.leaves_additions) == (10_000_00, 2_000_00)
    # 15,000 here of which 8,000 was read as catch-up: 7,000 counted; all of the 12,000 that stays may count now.
    found = excess_deferral(2026, 32_500_00, 15_000_00, 0, 8_000_00, 20_500_00, **given)
    assert (found.here, found.leaves_additions) == (3_000_00, 0)


@given(SMALL, SMALL, st.integers(0, 20), st.integers(0, 20), st.booleans())
def test_what_a_return_frees(here: int, elsewhere: int, basic: int, allowance: int, other_first: bool) -> None:
    """Never more than came back, and after it each reading of catch-up finds at most what is said to count."""
    catch_up = min(allowance, here, max(0, here + elsewhere - basic))
    found = excess_deferral(
        2026, basic + allowance, here, 0, catch_up, elsewhere,
        excess_from="other plan" if other_first else "this plan", without_catch_up=basic,
    )  # fmt: skip
    stays = here - found.here
    counts = here - catch_up - found.leaves_additions
    assert 0 <= found.leaves_additions <= found.here
    assert counts >= stays - min(allowance, stays, max(0, stays + elsewhere - found.there - basic))  # all plans
    if found.leaves_additions:
        assert counts == min(stays, basic)  # its own alone
