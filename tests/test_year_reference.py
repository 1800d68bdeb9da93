"""The engine says the same, to the cent, as a slow reference written from the law and the plan's words."""

from __future__ import annotations

from datetime import date

from mbr_xl.engine.plan import plan_year, rules_of
from mbr_xl.household import Household
from mbr_xl.results import YearPlan
from tests.households import random_household
from tests.year_reference import WHOLE, Line, cap, year

HOUSEHOLDS = 40  # the reference takes half a second for each
COLUMNS = (
    "date", "kind", "gross", "match_pay", "pretax_elected", "roth_elected", "pretax", "roth", "catch_up",
    "after_tax_elected", "after_tax", "match", "nonelective",
)  # fmt: skip
TOTALS = (
    "total_match", "annual_match", "true_up_due", "total_deferral", "total_employer", "additions_limit",
    "after_tax_room", "total_after_tax", "over_by", "elections_safe",
)  # fmt: skip


def test_the_engine_equals_the_reference(base_seed):
    for seed in range(base_seed, base_seed + HOUSEHOLDS):
        h = random_household(seed)
        rules = rules_of(h)
        plan = plan_year(h, rules)
        top = plan.headlines
        lines, totals = year(h, rules, top.catch_up_allowed, top.roth_catch_up_required)
        assert len(lines) == len(plan.pays), seed
        for number, (line, pay) in enumerate(zip(lines, plan.pays, strict=True)):
            assert pay.recorded == (line.stub is not None), (seed, number)
            for name in COLUMNS:
                assert getattr(pay, name) == getattr(line, name), (seed, number, name)
        for name in TOTALS:
            assert getattr(top, name) == totals[name], (seed, name)
        if h.election_unit == "dollars" and not h.match_after_tax:
            assert (top.best_base_dollars, top.best_bonus_dollars) == best_dollars(h, plan, lines), seed


def best_dollars(h: Household, plan: YearPlan, lines: list[Line]) -> tuple[int, int]:
    """Every whole dollar of base tried, each with the most of bonus that fits beside it."""
    last = max((one.date for one in h.paid), default=date.min)
    first = h.change_from
    kinds: dict[str, list[int]] = {"base": [], "bonus": []}
    target = plan.headlines.after_tax_room - h.ytd_after_tax - h.cushion
    for line in lines:
        kind = "base" if line.kind in ("base", "overtime") or not h.separate_elections else "bonus"
        late = line.date >= first if first else line.date > last
        reached = h.spill_over != "starts at the limit" or line.limit_reached
        if line.stub:
            target -= line.stub.after_tax
        elif late and reached and not (h.separate_elections and line.kind == "commission"):
            target -= line.spilled
            if line.pay:
                most = min(WHOLE if h.combined_cap is None else h.combined_cap, h.most_elected)
                together = (line.pay * most + WHOLE // 2) // WHOLE - line.pretax_elected - line.roth_elected
                kinds[kind].append(min((line.pay * cap(h, line) + WHOLE // 2) // WHOLE, together))
        else:
            target -= line.after_tax_elected
    most_base, most_bonus = (max(0, min(amounts, default=0) // 100) for amounts in kinds.values())
    best, found = -1, (0, 0)
    for base in range(most_base + 1):
        left = max(0, target) - 100 * base * len(kinds["base"])
        if left < 0:
            break
        bonus = min(most_bonus, left // (100 * len(kinds["bonus"]))) if kinds["bonus"] else 0
        brought = base * len(kinds["base"]) + bonus * len(kinds["bonus"])
        if brought > best:
            best, found = brought, (100 * base, 100 * bonus)
    return found
