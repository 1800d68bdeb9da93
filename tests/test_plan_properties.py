"""What must hold in every year, over random households: each is planned once, and once again where two are compared.

MBR_HOUSEHOLDS gives another number of households than COUNT.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cached_property

import pytest

from mbr_xl.engine.checks import findings
from mbr_xl.engine.plan import plan_year, rules_of
from mbr_xl.household import Household
from mbr_xl.results import Headlines, PayLine, YearPlan
from mbr_xl.rules import Rules
from tests.households import random_household
from tests.random_conversions import with_conversion_rules

COUNT = int(os.environ.get("MBR_HOUSEHOLDS", "10000"))
NUMBERS = [field.name for field in fields(PayLine) if field.name not in ("date", "kind", "recorded")]


@dataclass(frozen=True)
class Case:
    """A household and its year; `seen` counts how often a property had something to say."""

    seed: int
    h: Household
    rules: Rules
    year: YearPlan
    seen: Counter[str]

    @cached_property
    def top(self) -> Headlines:
        return self.year.headlines


def case_of(seed: int, seen: Counter[str]) -> Case:
    """One household in three has terms of conversion, and some of these have recorded conversions."""
    h = random_household(seed)
    if seed % 3 == 0:
        h = with_conversion_rules(h, random.Random(-seed))
    rules = rules_of(h)
    return Case(seed, h, rules, plan_year(h, rules), seen)


def no_limit_is_passed(case: Case) -> None:
    h, rules, top = case.h, case.rules, case.top
    pays = [pay for pay in case.year.pays if not pay.recorded]  # the others are as they were, whatever the limits say
    planned = sum(pay.pretax + pay.roth for pay in pays)
    assert planned == 0 or h.elsewhere + top.total_deferral <= top.deferral_limit
    added = sum(pay.after_tax for pay in pays)
    assert added == 0 or top.total_additions <= top.additions_limit
    assert added == 0 or h.after_tax_cap is None or top.total_after_tax <= h.after_tax_cap
    assert top.additions_limit <= min(rules.annual_additions, top.additions_pay_total)
    posted = h.ytd_match + sum(one.match for one in h.paid)
    assert top.total_match <= max(posted, 10**12 if h.match_max is None else h.match_max)
    assert top.total_catch_up <= top.catch_up_allowed
    if top.roth_catch_up_required and any(pay.pretax for pay in pays):
        assert h.elsewhere + top.total_pretax <= rules.deferral
    assert sum(pay.match_pay for pay in case.year.pays) <= rules.compensation
    for pay in pays:
        assert pay.pretax + pay.roth + pay.after_tax_elected <= pay.gross
        assert 0 <= pay.pretax <= pay.pretax_elected
        assert 0 <= pay.roth <= pay.roth_elected
        assert 0 <= pay.after_tax <= pay.after_tax_elected
    case.seen["deferrals stopped at the limit"] += 0 < planned < sum(p.pretax_elected + p.roth_elected for p in pays)
    case.seen["after-tax stopped at the limit"] += 0 < added < sum(pay.after_tax_elected for pay in pays)


def lines_add_up_to_headlines(case: Case) -> None:
    h, top, pays = case.h, case.top, case.year.pays
    assert top.total_pretax == h.ytd_pretax + sum(pay.pretax for pay in pays)
    assert top.total_roth == h.ytd_roth + sum(pay.roth for pay in pays)
    assert top.total_match == h.ytd_match + sum(pay.match for pay in pays)
    assert top.total_nonelective == h.ytd_nonelective + sum(pay.nonelective for pay in pays)
    assert top.total_after_tax == h.ytd_after_tax + sum(pay.after_tax for pay in pays)
    assert top.total_after_tax_elected == h.ytd_after_tax + sum(pay.after_tax_elected for pay in pays)
    assert top.additions_pay_total == h.ytd_additions_pay + sum(pay.additions_pay for pay in pays)
    of_the_year = [line for line in case.year.conversions if line.date.year == h.tax_year]
    assert top.total_converted == h.ytd_converted + sum(line.converted for line in of_the_year)
    assert top.total_taxable == h.ytd_taxable + sum(line.taxable for line in of_the_year)
    assert top.total_to_traditional == sum(line.to_traditional for line in of_the_year)


def additions_are_the_sum_of_their_parts(case: Case) -> None:
    h, top, pays = case.h, case.top, case.year.pays
    assert top.total_deferral == top.total_pretax + top.total_roth
    employer = top.total_match + top.true_up_due + top.total_nonelective + top.total_profit_sharing
    assert top.total_employer == employer
    of_the_person = top.total_deferral - top.total_catch_up + top.total_after_tax
    assert top.total_additions == of_the_person + employer + h.other_additions
    if pays and h.catch_up_reading == "above_402g":
        later = top.true_up_due + top.total_profit_sharing + h.other_additions
        assert pays[-1].additions_to_date == top.total_additions - later
    case.seen["catch-up"] += top.total_catch_up > 0


def no_cent_of_basis_is_lost_but_to_losses(case: Case) -> None:
    """Basis that came in has been converted, is lost or stands there; so on each line and over the year."""
    h, year = case.h, case.year
    if h.converted or h.separate_contract is False:  # a real form may say anything; a contract holds other money
        return
    held, lost_in_all, year_end = h.opening_basis, 0, date(h.tax_year, 12, 31)
    for line in year.conversions:
        assert line.basis == held + line.basis_added
        assert 0 <= line.taxable <= line.converted
        assert line.value == line.converted + line.to_traditional + line.value_left
        lost = line.basis - (line.converted - line.taxable) - line.basis_left
        assert lost >= 0
        assert lost == 0 or (line.value_left == 0 and h.unrecovered_basis == "lost")
        held = line.basis_left
        if line.date <= year_end:
            lost_in_all += lost
    put_in = sum(pay.after_tax for pay in year.pays)
    assert sum(line.basis_added for line in year.conversions) <= put_in
    reached = [line for line in year.conversions if line.date <= year_end]
    used = sum(line.converted - line.taxable for line in reached)
    assert h.opening_basis + put_in == used + lost_in_all + year.headlines.unconverted_basis
    case.seen["basis lost to losses"] += lost_in_all > 0
    case.seen["basis left unconverted"] += year.headlines.unconverted_basis > 0


def no_conversion_taxes_basis(case: Case) -> None:
    """At most what an account has gained is taxable, and nothing where nothing grows."""
    h, year = case.h, case.year
    if h.converted or h.separate_contract is False:
        return
    for line in year.conversions:
        assert line.taxable <= max(0, line.value - line.basis)
        case.seen["taxed conversions"] += line.taxable > 0
    if h.growth_rate == 0 and h.opening_basis == h.opening_value == 0:
        assert year.headlines.total_taxable == h.ytd_taxable
        assert year.headlines.unconverted_basis == year.headlines.unconverted_value


def more_room_never_gives_less_after_tax(case: Case) -> None:
    """A higher 415(c) limit and a higher cap of the plan, by up to $10,000 each."""
    h, top = case.h, case.top
    more = 100_000 * (1 + case.seed % 10)
    cap = None if h.after_tax_cap is None else h.after_tax_cap + more
    wide = replace(h, own_annual_additions=case.rules.annual_additions + more, after_tax_cap=cap)
    wider = plan_year(wide, rules_of(wide))
    assert wider.headlines.after_tax_room >= top.after_tax_room
    assert wider.headlines.best_after_tax >= top.best_after_tax
    for pay, other in zip(case.year.pays, wider.pays, strict=True):
        assert other.after_tax >= pay.after_tax
        assert (other.pretax, other.roth, other.match) == (pay.pretax, pay.roth, pay.match)
    case.seen["more after-tax with more room"] += wider.headlines.total_after_tax > top.total_after_tax
    case.seen["better elections with more room"] += wider.headlines.best_after_tax > top.best_after_tax


def room_above_415c_is_at_least_room_above_402g(case: Case) -> None:
    readings = {case.h.catch_up_reading: case.top.after_tax_room}
    for reading in {"above_402g", "above_415c"} - set(readings):
        other = replace(case.h, catch_up_reading=reading)
        readings[reading] = plan_year(other, case.rules).headlines.after_tax_room
    assert readings["above_415c"] >= readings["above_402g"]
    case.seen["readings that differ"] += readings["above_415c"] > readings["above_402g"]


def safe_elections_change_nothing(case: Case) -> None:
    if case.top.elections_safe:
        assert case.top.over_by == 0
        assert all(pay.after_tax == pay.after_tax_elected for pay in case.year.pays if not pay.recorded)
    case.seen["safe elections"] += case.top.elections_safe


def lines_are_in_order_of_payment(case: Case) -> None:
    dates = [pay.date for pay in case.year.pays]
    assert dates == sorted(dates)
    assert len({(pay.date, pay.kind) for pay in case.year.pays}) == len(dates)
    assert all(case.h.ytd_date is None or day > case.h.ytd_date for day in dates)
    assert len(dates) == case.top.pays <= 115


def more_growth_never_costs_less_tax(case: Case) -> None:
    h = case.h
    if case.seed % 10 or h.growth_rate < 0 or h.converted or h.conversion_minimum:
        return
    more = plan_year(replace(h, growth_rate=h.growth_rate + 50_000), case.rules)
    assert more.headlines.total_taxable >= case.top.total_taxable
    assert [pay.after_tax for pay in more.pays] == [pay.after_tax for pay in case.year.pays]
    case.seen["more tax with more growth"] += more.headlines.total_taxable > case.top.total_taxable


def every_number_is_an_int(case: Case) -> None:
    for pay in case.year.pays:
        assert all(type(getattr(pay, name)) is int for name in NUMBERS)


def findings_are_sentences(case: Case) -> None:
    """That each names an input is in test_findings_on_checks."""
    if case.seed % 10:
        return
    for finding in findings(case.h, case.year, case.rules):
        assert finding.message.endswith(".")
        assert "\n" not in finding.message
        assert len(finding.message) <= 255


PROPERTIES: tuple[Callable[[Case], None], ...] = (
    no_limit_is_passed, lines_add_up_to_headlines, additions_are_the_sum_of_their_parts,
    no_cent_of_basis_is_lost_but_to_losses, no_conversion_taxes_basis, more_room_never_gives_less_after_tax,
    room_above_415c_is_at_least_room_above_402g, safe_elections_change_nothing, lines_are_in_order_of_payment,
    more_growth_never_costs_less_tax, every_number_is_an_int, findings_are_sentences,
)  # fmt: skip
# A property that never has anything to say proves nothing: these occur in one household of a hundred at least.
OCCUR = (
    "deferrals stopped at the limit", "after-tax stopped at the limit", "catch-up", "basis lost to losses",
    "basis left unconverted", "taxed conversions", "more after-tax with more room", "better elections with more room",
    "readings that differ", "safe elections", "more tax with more growth",
)  # fmt: skip


@dataclass(frozen=True)
class Run:
    broken: dict[Callable[[Case], None], tuple[int, AssertionError]]
    seen: Counter[str]


@pytest.fixture(scope="module")
def run(base_seed: int) -> Run:
    """Every property asked of every household; the first household that breaks one is kept."""
    done = Run({}, Counter())
    for seed in range(base_seed, base_seed + COUNT):
        case = case_of(seed, done.seen)
        for holds in PROPERTIES:
            if holds not in done.broken:
                try:
                    holds(case)
                except AssertionError as error:
                    done.broken[holds] = seed, error
    return done


@pytest.mark.parametrize("holds", PROPERTIES, ids=lambda holds: holds.__name__)
def test_it_holds(holds: Callable[[Case], None], run: Run) -> None:
    if holds in run.broken:
        seed, error = run.broken[holds]
        raise AssertionError(f"household {seed}: {error}") from error


@pytest.mark.parametrize("what", OCCUR)
def test_it_occurs(what: str, run: Run) -> None:
    if run.broken:
        pytest.skip("a property is broken, and was asked no more from there on")
    assert run.seen[what] >= COUNT // 100, run.seen
