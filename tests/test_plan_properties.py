"""What must hold in every year, over random households."""

from dataclasses import fields, replace
from datetime import date

import pytest

from mbr_xl.engine.checks import findings
from mbr_xl.engine.plan import plan_year, rules_of
from mbr_xl.results import PayLine
from tests.households import random_household

COUNT = 150


@pytest.fixture(scope="module")
def years(base_seed):
    """The seed, household, rules and year of each."""
    made = []
    for seed in range(base_seed, base_seed + COUNT):
        h = random_household(seed)
        rules = rules_of(h)
        made.append((seed, h, rules, plan_year(h, rules)))
    return made


def test_no_limit_is_passed(years):
    for seed, h, rules, year in years:
        top = year.headlines
        pays = [pay for pay in year.pays if not pay.recorded]  # the others are as they were, whatever the limits say
        planned = sum(pay.pretax + pay.roth for pay in pays)
        assert planned == 0 or h.elsewhere + top.total_deferral <= top.deferral_limit, seed
        added = sum(pay.after_tax for pay in pays)
        assert added == 0 or top.total_additions <= top.additions_limit, seed
        assert added == 0 or h.after_tax_cap is None or top.total_after_tax <= h.after_tax_cap, seed
        posted = h.ytd_match + sum(one.match for one in h.paid)
        assert top.total_match <= max(posted, 10**12 if h.match_max is None else h.match_max), seed
        assert top.total_catch_up <= top.catch_up_allowed, seed
        if top.roth_catch_up_required and any(pay.pretax for pay in pays):
            assert h.elsewhere + top.total_pretax <= rules.deferral, seed
        for pay in pays:
            assert pay.pretax + pay.roth + pay.after_tax_elected <= pay.gross, seed
            for one in ("pretax", "roth", "after_tax"):
                assert 0 <= getattr(pay, one) <= getattr(pay, f"{one}_elected"), seed


def test_lines_add_up_to_headlines(years):
    for seed, h, _, year in years:
        top = year.headlines
        for column, total, before in (
            ("pretax", top.total_pretax, h.ytd_pretax),
            ("roth", top.total_roth, h.ytd_roth),
            ("match", top.total_match, h.ytd_match),
            ("nonelective", top.total_nonelective, h.ytd_nonelective),
            ("after_tax", top.total_after_tax, h.ytd_after_tax),
            ("after_tax_elected", top.total_after_tax_elected, h.ytd_after_tax),
            ("additions_pay", top.additions_pay_total, h.ytd_additions_pay),
        ):
            assert before + sum(getattr(pay, column) for pay in year.pays) == total, (seed, column)
        of_the_year = [line for line in year.conversions if line.date.year == h.tax_year]
        for column, total, before in (
            ("converted", top.total_converted, h.ytd_converted),
            ("taxable", top.total_taxable, h.ytd_taxable),
            ("to_traditional", top.total_to_traditional, 0),
        ):
            assert before + sum(getattr(line, column) for line in of_the_year) == total, (seed, column)
        employer = top.total_match + top.true_up_due + top.total_nonelective + top.total_profit_sharing
        assert top.total_employer == employer, seed
        if year.pays and h.catch_up_reading == "above_402g":
            later = top.true_up_due + top.total_profit_sharing + h.other_additions
            assert year.pays[-1].additions_to_date == top.total_additions - later, seed


def test_no_cent_of_basis_is_lost_but_to_losses(years):
    for seed, h, _, year in years:
        held = h.opening_basis
        for line in year.conversions:
            assert line.basis == held + line.basis_added, seed
            assert 0 <= line.taxable <= line.converted, seed
            assert line.value == line.converted + line.to_traditional + line.value_left, seed
            used = line.converted - line.taxable
            lost = line.basis - used - line.basis_left
            assert lost >= 0, seed
            assert lost == 0 or (line.value_left == 0 and h.unrecovered_basis == "lost"), seed
            held = line.basis_left
        swept = sum(line.basis_added for line in year.conversions)
        assert swept <= sum(pay.after_tax for pay in year.pays), seed
        if h.growth_rate == 0 and h.opening_basis == h.opening_value == 0:
            assert year.headlines.total_taxable == h.ytd_taxable, seed
            reached = [line for line in year.conversions if line.date <= date(h.tax_year, 12, 31)]
            converted = sum(line.converted for line in reached)
            assert converted + year.headlines.unconverted_basis == sum(pay.after_tax for pay in year.pays), seed
            assert year.headlines.unconverted_basis == year.headlines.unconverted_value, seed


def test_safe_elections_change_nothing(years):
    for seed, _, _, year in years:
        if year.headlines.elections_safe:
            assert year.headlines.over_by == 0, seed
            assert all(pay.after_tax == pay.after_tax_elected for pay in year.pays if not pay.recorded), seed


def test_lines_are_in_order_of_payment(years):
    for seed, h, _, year in years:
        dates = [pay.date for pay in year.pays]
        assert dates == sorted(dates), seed
        assert len({(pay.date, pay.kind) for pay in year.pays}) == len(dates), seed
        assert all(h.ytd_date is None or day > h.ytd_date for day in dates), seed
        assert len(dates) == year.headlines.pays <= 115, seed


def test_more_growth_never_costs_less_tax(years):
    for seed, h, rules, year in years[:40]:
        if h.growth_rate >= 0:
            more = plan_year(replace(h, growth_rate=h.growth_rate + 50_000), rules)
            assert more.headlines.total_taxable >= year.headlines.total_taxable, seed
            assert [pay.after_tax for pay in more.pays] == [pay.after_tax for pay in year.pays], seed


def test_every_number_is_an_int_and_findings_are_sentences(years):
    numbers = [f.name for f in fields(PayLine) if f.name not in ("date", "kind", "recorded")]
    for seed, h, rules, year in years:
        for pay in year.pays:
            assert all(type(getattr(pay, name)) is int for name in numbers), seed
        for finding in findings(h, year, rules):
            assert finding.message.endswith("."), seed
            assert "\n" not in finding.message, seed
            assert len(finding.message) <= 255, (seed, finding.message)
            assert hasattr(h, finding.field) or hasattr(year.headlines, finding.field) or year.pays, seed
