"""What `solve` says of a deferral that it leaves, and what one step more would cost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from mbr_xl.client import Client
from mbr_xl.engine.electing.solve import solve
from mbr_xl.engine.electing.wishes import Wishes
from mbr_xl.engine.plan import plan_year, rules_of
from mbr_xl.household import Household
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
