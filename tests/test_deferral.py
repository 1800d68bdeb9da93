"""The deferral limit, the catch-up by age and by the Roth rule of 2026."""

from __future__ import annotations

from datetime import date

import pytest

from mbr_xl.engine.deferral import age_at_year_end, catch_up_allowed, deferral_limit, roth_catch_up_required
from mbr_xl.errors import InputError
from mbr_xl.rules import rules_for

L2026 = rules_for(2026)


@pytest.mark.parametrize(
    ("born", "age"),
    [
        (date(1976, 12, 31), 50),  # attains 50 on the last day: 50 all year
        (date(1977, 1, 1), 49),
        (date(1966, 6, 1), 60),
        (date(1963, 1, 1), 63),
        (date(1962, 12, 31), 64),
        (date(2026, 12, 31), 0),
    ],
)
def test_age_on_december_31(born: date, age: int) -> None:
    assert age_at_year_end(2026, born) == age


@pytest.mark.parametrize("born", [date(2027, 1, 1), date(1905, 1, 1)])
def test_a_birth_date_that_cannot_be(born: date) -> None:
    with pytest.raises(InputError, match="does not fit the year 2026"):
        age_at_year_end(2026, born)


@pytest.mark.parametrize(
    ("year", "age", "limit"),
    [
        (2026, None, 24_500),
        (2026, 49, 24_500),
        (2026, 50, 32_500),  # Notice 2025-67
        (2026, 59, 32_500),
        (2026, 60, 35_750),
        (2026, 63, 35_750),
        (2026, 64, 32_500),  # the ordinary amount is back
        (2025, 61, 34_750),
        (2025, 64, 31_000),
        (2024, 61, 30_500),  # no higher amount before 2025
        (2019, 55, 25_000),
    ],
)
def test_deferral_limit_by_age(year: int, age: int | None, limit: int) -> None:
    assert deferral_limit(rules_for(year), age, None) == limit * 100


def test_what_the_plan_offers() -> None:
    assert catch_up_allowed(L2026, 61, None, super_catch_up_offered=False) == 800_000
    assert catch_up_allowed(L2026, 61, None, catch_up_offered=False) == 0
    assert deferral_limit(L2026, 61, None, catch_up_offered=False) == 2_450_000


@pytest.mark.parametrize(
    ("wages", "required"),
    [
        (15_000_000, False),  # "exceeds": FICA wages of exactly $150,000 are not above it
        (15_000_001, True),
        (17_610_000, True),
        (0, False),  # a new hire or a partner has no wages of last year here
    ],
)
def test_roth_rule_of_2026(wages: int, required: bool) -> None:
    assert roth_catch_up_required(L2026, 52, wages) is required
    assert catch_up_allowed(L2026, 52, wages, plan_has_roth=True) == 800_000
    assert catch_up_allowed(L2026, 52, wages, plan_has_roth=False) == (0 if required else 800_000)


def test_no_roth_rule_before_2026_or_under_50() -> None:
    assert roth_catch_up_required(rules_for(2025), 52, 90_000_000) is False
    assert roth_catch_up_required(rules_for(2025), 52, None) is False
    assert catch_up_allowed(rules_for(2025), 52, None, plan_has_roth=False) == 750_000
    assert roth_catch_up_required(L2026, 49, None) is False
    assert roth_catch_up_required(L2026, None, None) is False
    assert catch_up_allowed(L2026, 49, None, plan_has_roth=False) == 0


def test_blank_wages_are_not_the_favorable_answer() -> None:
    sentence = (
        r"^Give the 2025 Social Security wages from this employer \(W-2 box 3; 0 if none\): "
        r"above \$150,000 the 2026 catch-up must be Roth\.$"
    )
    with pytest.raises(InputError, match=sentence):
        roth_catch_up_required(L2026, 50, None)
    with pytest.raises(InputError, match=sentence):
        catch_up_allowed(L2026, 50, None, plan_has_roth=False)
    assert catch_up_allowed(L2026, 50, None, plan_has_roth=False, catch_up_offered=False) == 0


@pytest.mark.parametrize("age", [0, -3, 121, 1974, 50.5, True])
def test_no_age(age: int) -> None:
    with pytest.raises(InputError, match="is not an age: give whole years on December 31, 1 to 120"):
        catch_up_allowed(L2026, age, None)


def test_negative_wages() -> None:
    with pytest.raises(InputError, match="below 0"):
        roth_catch_up_required(L2026, 55, -1)


def test_a_limit_that_is_not_published() -> None:
    own = rules_for(2027, {"deferral": 2_550_000})
    assert deferral_limit(own, 40, None) == 2_550_000
    with pytest.raises(InputError, match="No published catch-up limit"):
        deferral_limit(own, 52, None)
    projected = rules_for(2027, projected=True)
    assert deferral_limit(projected, 61, None) == 3_725_000
    assert roth_catch_up_required(projected, 61, 15_500_001)
