"""The match of a year's pays worked by hand: front-loading, true-up, quarters, changes of formula, maxima."""

from datetime import date

import pytest

from mbr_xl.engine.match import parse_match
from mbr_xl.household import Election
from tests.hand_worked import JAN, bonus, column, dollars, plan

# Front-loading and true-up


def dana(rates, **changes):
    """240,000 in 24 checks of 10,000 in 2019, when the deferral limit was 19,000; 100% of 6% each check."""
    return plan(
        "100% of 6%", rates, tax_year=2019, pay_frequency="semimonthly", any_pay_date=date(2019, 1, 15), second_day=31,
        **changes,
    )  # fmt: skip


def test_front_loading_loses_match():
    year = dana((25, 0, 0))
    # 2,500 a check: seven make 17,500, the eighth has 1,500 left; 600 of match on each of the eight.
    assert column(year, "pretax") == [2_500] * 7 + [1_500] + [0] * 16
    assert dollars(year.headlines.total_match) == 4_800
    assert dollars(year.headlines.annual_match) == 14_400  # 6% of 240,000, less than 19,000
    assert dollars(year.headlines.match_lost) == 9_600


def test_level_deferrals_keep_it():
    year = dana((8, 0, 0))
    # 800 x 23 = 18,400; the last has 600 left, which is still 6% of its 10,000.
    assert column(year, "pretax")[-2:] == [800, 600]
    assert dollars(year.headlines.total_match) == 14_400
    assert year.headlines.match_lost == 0


@pytest.mark.parametrize("true_up", ["december", "next spring"])
def test_a_true_up_is_reserved(true_up):
    top = dana((25, 0, 0), true_up=true_up).headlines
    assert dollars(top.true_up_due) == 9_600
    assert dollars(top.total_employer) == 14_400
    assert dollars(top.after_tax_room) == 56_000 - 19_000 - 14_400
    assert top.match_lost == 0


def test_a_true_up_needs_the_last_day():
    gone = dana((25, 0, 0), true_up="next spring", last_day_rule=True, leave_date=date(2019, 12, 30))
    assert gone.headlines.true_up_due == 0
    stays = dana((25, 0, 0), true_up="next spring", last_day_rule=True, leave_date=date(2019, 12, 31))
    assert dollars(stays.headlines.true_up_due) == 9_600


# Match computed otherwise


def test_quarterly_match_sees_the_quarter():
    # Deferring 12% in January only: 2,400 of 60,000; 100% of 3% would be 600 a pay, or 1,800 a quarter.
    rates = (Election(JAN, base_pretax=120_000), Election(date(2026, 2, 1), base_pretax=0))
    by_pay = plan("100% of 3%", elections=rates)
    assert column(by_pay, "match")[:4] == [600, 0, 0, 0]
    by_quarter = plan("100% of 3%", elections=rates, match_period="quarterly")
    assert column(by_quarter, "match")[:4] == [0, 0, 1_800, 0]
    by_year = plan("100% of 3%", elections=rates, match_period="annual")
    assert column(by_year, "match") == [0] * 11 + [2_400]
    assert dollars(by_pay.headlines.match_lost) == 1_800
    assert by_year.headlines.match_lost == 0


def test_annual_match_needs_the_last_day():
    gone = plan("100% of 3%", (3, 0, 0), match_period="annual", last_day_rule=True, leave_date=date(2026, 12, 30))
    assert gone.headlines.total_match == 0
    assert dollars(gone.headlines.match_lost) == 7_200 - 600  # eleven pays: December's is on the 31st


def test_formula_change_starts_afresh():
    # 100% of the first 3,000 deferred until June 30, 50% of the first 4,000 after; 1,000 deferred a pay.
    after, _, _ = parse_match("50% of $4000")
    year = plan("100% of $3000", (5, 0, 0), match_change_date=date(2026, 7, 1), match_tiers_after=after)
    assert column(year, "match") == [1_000] * 3 + [0] * 3 + [500] * 4 + [0] * 2
    assert dollars(year.headlines.annual_match) == 5_000
    stopped = plan("100% of 5%", (5, 0, 0), match_change_date=date(2026, 7, 1))
    assert dollars(stopped.headlines.total_match) == 6_000


def test_greater_of_switches_once_and_takes_nothing_back():
    # 50% of 2,400 a pay against 100% of the first 3,000: 2,400 and 3,000 by the second pay, overtaken by 50% in pay 3
    # (3,600), then 1,200 each to 24,500 deferred: 12,250.
    year = plan("greater of 50% up to the deferral limit and 100% of $3000", (12, 0, 0))
    assert column(year, "match") == [2_400, 600, 600] + [1_200] * 7 + [250, 0]
    assert dollars(year.headlines.total_match) == 12_250


def test_match_maximum():
    year = plan("100% of 5%, at most $4,500.50", (5, 0, 0))
    assert column(year, "match") == [1_000] * 4 + [500.5] + [0] * 7


def test_award():
    short = plan("7% of pay for reaching 6%", (5.99, 0, 0))
    assert short.headlines.total_match == 0
    year = plan("7% of pay for reaching 6%", (6, 0, 0), annual_salary=240_001_00)
    assert column(year, "match") == [1_400.01] * 12  # 7% of 20,000.08 is 1,400.0056


def test_catch_up_is_matched_only_where_the_plan_says():
    facts = {"annual_salary": 480_000_00, "birth_date": date(1970, 1, 1), "prior_wages": 0}
    assert dollars(plan("50% up to the deferral limit", (10, 0, 0), **facts).headlines.total_match) == 12_250
    matched = plan("50% up to the deferral limit", (10, 0, 0), match_catch_up=True, **facts)
    assert dollars(matched.headlines.total_match) == 16_250  # half of 32,500


def test_after_tax_is_matched_where_the_plan_says():
    # 3% pre-tax and 4% after-tax: 600 + 800 = 1,400, of which 5% = 1,000 is matched.
    year = plan("100% of 5%", (3, 0, 4), match_after_tax=True)
    assert column(year, "match") == [1_000] * 12
    # The best election keeps room for all 12,000 of match: 72,000 - 7,200 - 12,000 = 52,800, or 22%.
    assert year.headlines.best_base == 220_000
    none_yet = plan("100% of 5%", (3, 0, 0), match_after_tax=True)
    assert dollars(none_yet.headlines.after_tax_room) == 72_000 - 7_200 - 7_200
    assert none_yet.headlines.best_base == 220_000


def test_pay_that_does_not_count():
    # 50,000 of stock: no election and no match touch it, but 415 counts it.
    year = plan(
        "100% of 3%", (10, 0, 10),
        payments=(bonus(date(2026, 5, 15), 50_000, kind="rsu", plan_pay=False, match_pay=False),),
        elections=(Election(JAN, 100_000, 0, 100_000, 100_000, 0, 100_000),),
    )  # fmt: skip
    stock = next(pay for pay in year.pays if pay.kind == "rsu")
    assert (stock.pretax, stock.after_tax, stock.match, stock.additions_pay) == (0, 0, 0, 50_000_00)
    assert dollars(year.headlines.additions_pay_total) == 290_000


def test_half_of_deferrals_with_catch_up_matched():
    # As Meta: half of what is deferred up to the limit, catch-up too. At 52: 32,500 deferred, 16,250 of match.
    year = plan(
        "50% up to the deferral limit", (15, 0, 0), birth_date=date(1974, 1, 1), prior_wages=0, match_catch_up=True
    )
    assert dollars(year.headlines.total_deferral) == 32_500
    assert dollars(year.headlines.total_match) == 16_250
    assert dollars(year.headlines.after_tax_room) == 31_250  # 72,000 - 24,500 - 16,250


def test_greater_of_two_shares_of_pay_is_decided_pay_by_pay():
    # 3% of 20,000 is 600: 100% of 3% gives 600, 50% of 8% 300. 8% is 1,600: 600 against 800. Six pays of each.
    rates = Election(date(2026, 1, 1), base_pretax=30_000), Election(date(2026, 7, 1), base_pretax=80_000)
    year = plan("greater of 50% of 8% and 100% of 3%", elections=rates)
    assert column(year, "match") == [600] * 6 + [800] * 6


@pytest.mark.parametrize("cut", [date(2026, 3, 31), date(2026, 6, 30), date(2026, 8, 15)])
@pytest.mark.parametrize("practice", ["cumulative", "prorated", "stops contributions"])
def test_a_year_begun_goes_on_as_the_whole_year(cut, practice):
    changes = {
        "annual_salary": 480_000_00, "compensation_practice": practice, "after_tax_cap_share": 60_000,
        "nonelective_rate": 20_000, "true_up": "next spring", "birth_date": date(1980, 1, 1),
    }  # fmt: skip
    whole = plan("50% of 6%", (5, 0, 8), **changes)
    past = [pay for pay in whole.pays if pay.date <= cut]
    months = len(past)
    part = plan(
        "50% of 6%", (5, 0, 8), **changes, ytd_date=cut,
        ytd_pretax=sum(pay.pretax for pay in past), ytd_after_tax=sum(pay.after_tax for pay in past),
        ytd_match=sum(pay.match for pay in past), ytd_nonelective=sum(pay.nonelective for pay in past),
        ytd_plan_pay=months * 40_000_00, ytd_match_pay=months * 40_000_00,
        ytd_match_counted=sum(pay.match_pay for pay in past), ytd_additions_pay=months * 40_000_00,
    )  # fmt: skip
    for name in ("total_deferral", "total_match", "annual_match", "true_up_due", "total_nonelective", "after_tax_room",
                 "total_after_tax", "additions_limit"):  # fmt: skip
        assert getattr(part.headlines, name) == getattr(whole.headlines, name), name
