"""What `solve` says of a deferral that it leaves, and what one step more would cost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from mbr_xl.client import Client
from mbr_xl.engine.electing.solve import solve
from mbr_xl.engine.electing.wishes import Wishes
from mbr_xl.engine.plan import plan_year, rules_of
from mbr_xl.household import Household, Tier
from tests.hand_worked import household as hand_worked
from tests.small_planner import household


def saver(**changes: Any) -> Household:
    return household(birth_date=date(1973, 5, 5), prior_wages=100_000_00, true_up="none", **changes)


def test_catch_up_that_is_not_matched() -> None:
    """What one step more would lose is planned anew, base and bonus each; half of 6% of 27 pays is 230.77 a pay."""
    h = saver(match_catch_up=False)
    found = solve(Client(household=h), rules_of(h), Wishes(changes=0))
    (step,) = found.household.elections
    lost = []
    for kind in ("base", "bonus"):
        more = replace(step, **{f"{kind}_pretax": getattr(step, f"{kind}_pretax") + 10_000, f"{kind}_after_tax": 0})
        other = replace(found.household, elections=(more,))
        lost.append(found.plan.headlines.total_match - plan_year(other, rules_of(other)).headlines.total_match)
    assert 0 < min(lost) <= 2 * 230_77
    short = 32_500_00 - found.plan.headlines.total_deferral
    assert found.unused[0] == (
        f"Deferrals end ${short / 100:,.2f} short of $32,500: one more step of 1% brings deferrals to $24,500 before "
        f"the last paychecks are paid, and these lose ${min(lost) / 100:,.2f} of match, since this plan matches no "
        "catch-up."
    )


def test_catch_up_that_is_matched_is_not_given_up() -> None:
    h = saver(match_catch_up=True)
    found = solve(Client(household=h), rules_of(h), Wishes(changes=0))
    assert found.plan.headlines.total_deferral > 32_000_00
    assert not any("catch-up" in sentence for sentence in found.unused)


def _room_says_what_is_true(h: Household, changes: int) -> None:
    """Where "one more step would pass it" is said of the room, every step more of after-tax is planned anew."""
    found = solve(h, rules_of(h), Wishes(changes=changes))
    said = [sentence for sentence in found.unused if "of after-tax room is left" in sentence]
    if not any("would pass it" in sentence for sentence in said):
        return
    unit = 100 if h.election_unit == "dollars" else 10_000
    for number, step in enumerate(found.steps):
        for kind in ("base", "bonus"):
            field = f"{kind}_after_tax"
            more = replace(step, **{field: (getattr(step, field) or 0) + unit})
            steps = (*found.steps[:number], more, *found.steps[number + 1 :])
            plan = plan_year(replace(h, elections=steps), rules_of(h))
            beside = sum(getattr(more, f"{kind}_{name}") or 0 for name in ("pretax", "roth", "after_tax"))
            reached = [pay for pay in plan.pays if pay.date >= step.start]
            pays = [pay.gross for pay in reached if (pay.kind == "bonus") == (kind == "bonus")]
            whole = 1_000_000 if unit > 100 else min(pays, default=0)
            within = beside <= whole * h.most_elected // 1_000_000
            goes_in = plan.headlines.total_after_tax > found.plan.headlines.total_after_tax
            assert not (pays and within and goes_in and plan.headlines.elections_safe)


def test_one_more_step_of_after_tax_passes_the_limit() -> None:
    for unit, changes in (("percent", 0), ("percent", 1), ("dollars", 0)):
        _room_says_what_is_true(saver(elections=(), election_unit=unit, match_catch_up=False), changes)
        _room_says_what_is_true(saver(elections=(), election_unit=unit, match_after_tax=True), changes)


def test_matched_after_tax_takes_room_for_its_match() -> None:
    """208,000 of pay, 100% of 12%: what is left is less than 1% of a pay and its match."""
    h = household(elections=(), match_tiers=(Tier("share", 1_000_000, 120_000),), match_after_tax=True)
    found = solve(h, rules_of(h), Wishes(changes=0))
    assert found.safe
    assert found.plan.headlines.match_lost == 0
    assert all("kept for all the match" not in sentence for sentence in found.unused)


def test_match_lost_with_the_changes_allowed() -> None:
    """600,000 a year in 12 pays: 50% of 6% of 360,000 is 10,800. 49% deferred from January reaches 24,500 at once; one
    set that cannot change keeps less, and the sentence says so."""
    pays = hand_worked("50% of 6%", annual_salary=600_000_00, true_up="none", elections=())
    found = solve(pays, rules_of(pays), Wishes(changes=0))
    lost = found.plan.headlines.match_lost
    assert lost > 0
    assert any(
        f"${lost / 100:,.0f} of match is lost: pays with too little deferral earn none of it with the changes allowed, "
        "and no true-up pays it later." == sentence
        for sentence in found.unused
    )
