"""Excess annual additions: published cases, by hand, and the order of correction in plain fractions."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mbr_xl.engine.excess.excess_additions import Additions, counted_by_match, excess_additions
from mbr_xl.errors import InputError
from mbr_xl.household import Tier
from mbr_xl.rules import rules_for

PENALTIES = rules_for(2026).penalties


def made(**amounts: int) -> Additions:
    names = ("after_tax", "pretax", "roth", "match", "employer", "matched_after_tax", "matched_deferral")
    return Additions(**{name: amounts.get(name, 0) for name in names})


def test_aspa_question_23_of_2012() -> None:
    """benefitslink, 2012 ASPPA conference, Q&A 23: 17,000 deferred, 8,500 match (50% of deferrals), 24,750 profit
    sharing, 250 above 50,000: 166.67 of deferrals is refunded and 83.33 of match forfeited."""
    year = made(pretax=17_000_00, match=8_500_00, employer=24_750_00, matched_deferral=17_000_00)
    found = excess_additions(PENALTIES, 50_000_00, year, rate=320_000)
    assert found.excess == 250_00
    assert (found.matched_deferral, found.forfeited_match, found.forfeited_employer) == (166_67, 83_33, 0)
    assert (found.taxable, found.tax) == (166_67, 53_33)


def test_john_of_the_irs() -> None:
    """TC-25, irs.gov fix-it guide, 2015: 18,000 + 11,000 match + 35,000 profit sharing against 53,000 is 11,000 over;
    if his deferrals beyond 11,000 earned no match, those 7,000 come back first."""
    year = made(pretax=18_000_00, match=11_000_00, employer=35_000_00, matched_deferral=11_000_00)
    found = excess_additions(PENALTIES, 53_000_00, year)
    assert found.excess == 11_000_00
    assert found.unmatched_deferral == 7_000_00
    assert (found.matched_deferral, found.forfeited_match) == (2_000_00, 2_000_00)  # 4,000 left, a dollar for a dollar


def test_unmatched_after_tax_first() -> None:
    """The last check's match pushed the total $50 over (domain.md 4, mistake 1): $50 of after-tax comes back."""
    year = made(after_tax=37_500_00, pretax=24_500_00, match=10_050_00, matched_deferral=20_000_00)
    found = excess_additions(PENALTIES, 72_000_00, year, returned_earnings=40_000, rate=320_000, in_roth_ira=37_500_00)
    assert (found.excess, found.unmatched_after_tax, found.unmatched_deferral) == (50_00, 50_00, 0)
    assert (found.earnings, found.taxable, found.tax, found.ira_excise) == (2_00, 2_00, 64, 3_00)


def test_matched_after_tax_takes_its_match_along() -> None:
    """By hand: 10,000 of after-tax matched at 50%; 3,000 over: 2,000 comes back, 1,000 of match is forfeited."""
    year = made(after_tax=10_000_00, match=5_000_00, matched_after_tax=10_000_00)
    found = excess_additions(PENALTIES, 12_000_00, year)
    assert (found.matched_after_tax, found.forfeited_match, found.taxable) == (2_000_00, 1_000_00, 0)


def test_employer_money_last() -> None:
    year = made(roth=1_000_00, match=500_00, employer=60_000_00, matched_deferral=1_000_00)
    found = excess_additions(PENALTIES, 50_000_00, year)
    assert (found.matched_deferral, found.forfeited_match, found.forfeited_employer) == (1_000_00, 500_00, 10_000_00)
    assert (found.pretax, found.roth, found.taxable) == (0, 1_000_00, 0)


def test_more_matched_than_made_is_refused() -> None:
    with pytest.raises(InputError, match="matched_deferral"):
        excess_additions(PENALTIES, 0, made(pretax=1_00, matched_deferral=2_00))


@pytest.mark.parametrize(
    ("tiers", "expect"),
    [
        ((Tier("share", 500_000, 60_000),), 12_000_00),  # 50% on 6% of 200,000
        ((Tier("share", 1_000_000, 30_000), Tier("share", 500_000, 20_000)), 10_000_00),
        ((Tier("dollars", 1_000_000, 6_000_00), Tier("dollars", 500_000, 11_000_00)), 17_000_00),
        ((Tier("award", 70_000, 60_000),), 12_000_00),
        ((Tier("award", 70_000, 60_000), Tier("award", 10_000, 20_000)), 12_000_00),
        ((Tier("share", 1_000_000, 30_000), Tier("limit", 500_000)), None),
        ((), 0),
    ],
)
def test_what_a_formula_looks_at(tiers: tuple[Tier, ...], expect: int | None) -> None:
    assert counted_by_match([tiers], 200_000_00) == expect
    assert counted_by_match([(), tiers], 200_000_00) == expect


CENTS = st.integers(0, 3_000_000)


@given(CENTS, CENTS, CENTS, CENTS, CENTS, st.integers(0, 100), st.integers(0, 100), CENTS)
def test_order_in_fractions(
    after_tax: int, pretax: int, roth: int, match: int, employer: int, part: int, other: int, limit: int
) -> None:
    """Each step takes as much as there is, matched money with its share of the match, until nothing is over."""
    deferral = pretax + roth
    matched_after_tax, matched_deferral = after_tax * part // 100, deferral * other // 100
    year = Additions(after_tax, pretax, roth, match, employer, matched_after_tax, matched_deferral)
    found = excess_additions(PENALTIES, limit, year)

    matched = matched_after_tax + matched_deferral
    over = Fraction(max(0, after_tax + deferral + match + employer - limit))
    steps: list[Fraction] = []
    for amount, a_dollar in (
        (after_tax - matched_after_tax, Fraction(1)),
        (deferral - matched_deferral, Fraction(1)),
        (matched_after_tax, 1 + Fraction(match, matched or 1)),
        (matched_deferral, 1 + Fraction(match, matched or 1)),
    ):
        taken = min(Fraction(amount), over / a_dollar)
        steps.append(taken)
        over -= taken * a_dollar
    paid = (found.unmatched_after_tax, found.unmatched_deferral, found.matched_after_tax, found.matched_deferral)
    for cents, exact in zip(paid, steps, strict=True):
        assert abs(cents - exact) <= 1
    assert abs(found.forfeited_employer - over) <= 2
    assert sum(paid) + found.forfeited_match + found.forfeited_employer == found.excess
    assert found.pretax + found.roth == found.unmatched_deferral + found.matched_deferral
    assert 0 <= found.pretax <= pretax
    assert 0 <= found.roth <= roth
    assert 0 <= found.forfeited_match <= match + 1
