"""Years worked by hand, the arithmetic beside each; pay is monthly unless the case is about pay dates."""

from datetime import date

import pytest

from mbr_xl.errors import InputError
from mbr_xl.household import Election, Leave, Raise
from tests.hand_worked import JAN, bonus, column, dollars, plan

# The article's saver


def test_the_article():
    # 12% of 20,000 is 2,400: ten pays 24,000, the eleventh 500. Match 100% of the first 10,000 deferred.
    year = plan("100% of $10000", (12, 0, 15))
    top = year.headlines
    assert column(year, "pretax") == [2_400] * 10 + [500, 0]
    assert column(year, "match") == [2_400] * 4 + [400] + [0] * 7
    assert dollars(top.total_match) == 10_000
    assert dollars(top.after_tax_room) == 37_500  # 72,000 - 24,500 - 10,000
    assert top.binding == "annual additions limit, 415(c)"
    assert dollars(top.total_after_tax) == 36_000
    assert dollars(top.after_tax_unused) == 1_500
    assert top.best_base == 150_000  # a whole percent of the year is 2,400: 15 fit, 16 do not
    assert not top.elections_safe  # pre-tax elected does not fit in November and December
    assert dollars(year.pays[-1].additions_to_date) == 24_500 + 10_000 + 36_000
    assert dollars(year.pays[-1].room_left) == 1_500


def test_after_tax_stops_at_the_room_and_match_never_gives_way():
    # 20% is 4,000: nine pays 36,000, the tenth 1,500.
    year = plan("100% of $10000", (12, 0, 20))
    assert column(year, "after_tax") == [4_000] * 9 + [1_500, 0, 0]
    assert dollars(year.headlines.total_match) == 10_000
    assert dollars(year.headlines.total_after_tax_elected) == 48_000
    assert (year.headlines.over_by, year.headlines.total_additions) == (0, 72_000_00)


# Pay dates


def test_27_pays():
    # Fri, Jan 2, 2026 every two weeks; Jan 1, 2027 is paid on Dec 31, 2026. 260,000 / 26 = 10,000 a check.
    year = plan(
        rates=(0, 0, 10), pay_frequency="biweekly", any_pay_date=date(2026, 1, 2), annual_salary=260_000_00
    )  # fmt: skip
    assert year.headlines.pays == 27
    assert dollars(year.headlines.additions_pay_total) == 270_000
    assert dollars(year.headlines.total_after_tax) == 27_000
    by_27 = plan(pay_frequency="biweekly", any_pay_date=date(2026, 1, 2), annual_salary=270_000_00, salary_divisor=27)
    assert column(by_27, "gross") == [10_000] * 27


def test_raise_leave_hire_and_last_day():
    year = plan(
        hire_date=date(2026, 2, 1),
        leave_date=date(2026, 11, 29),
        raises=(Raise(date(2026, 6, 30), 300_000_00),),
        leaves=(Leave(date(2026, 4, 1), date(2026, 5, 28), 0), Leave(date(2026, 5, 29), date(2026, 5, 29), 333_333)),
    )
    # Feb, Mar 20,000; Apr unpaid; May 29 a third; Jun to Oct at 25,000; Nov 30 is after the last day.
    assert column(year, "gross") == [20_000, 20_000, 0, 6_666.66, 25_000, 25_000, 25_000, 25_000, 25_000]


# Catch-up


def test_catch_up_is_on_top():
    # Age 50 on the last day of the year; 10% of 40,000 is 4,000: eight pays 32,000, the ninth 500.
    year = plan(
        "100% of $10000", (10, 0, 25), annual_salary=480_000_00, birth_date=date(1976, 12, 31), prior_wages=150_000_00
    )
    top = year.headlines
    assert (dollars(top.deferral_limit), dollars(top.catch_up_allowed)) == (32_500, 8_000)
    assert column(year, "pretax") == [4_000] * 8 + [500] + [0] * 3
    assert column(year, "catch_up") == [0] * 6 + [3_500, 4_000, 500] + [0] * 3  # 28,000 - 24,500, and all after
    assert dollars(top.after_tax_room) == 37_500  # not 45,500: after-tax cannot be catch-up
    assert dollars(top.total_additions) == 72_000
    assert not top.roth_catch_up_required  # 150,000 does not exceed 150,000


@pytest.mark.parametrize(("reading", "room"), [("above_402g", 54_000), ("above_415c", 62_000)])
def test_the_two_readings_of_catch_up(reading, room):
    # 52 years old, 300,000, defers 4% = 12,000, match 50% of that.
    top = plan(
        "50% of 4%", (4, 0, 0), annual_salary=300_000_00, birth_date=date(1974, 5, 5), prior_wages=0,
        catch_up_reading=reading,
    ).headlines  # fmt: skip
    assert (dollars(top.total_deferral), dollars(top.total_match)) == (12_000, 6_000)
    assert dollars(top.after_tax_room) == room


def test_ages_60_to_63():
    top = plan(
        "100% of $10000", (20, 0, 0), birth_date=date(1965, 3, 3), prior_wages=100_000_00, annual_salary=480_000_00
    ).headlines
    assert (dollars(top.total_deferral), dollars(top.total_catch_up)) == (35_750, 11_250)
    assert dollars(top.after_tax_room) == 37_500
    assert (
        dollars(plan(super_catch_up_offered=False, birth_date=date(1965, 3, 3), prior_wages=0).headlines.deferral_limit)
        == 32_500
    )


def test_roth_catch_up_stops_pretax_at_402g():
    # 15% of 30,000 is 4,500: five pays 22,500, then 2,000 to 24,500. Roth 1% is 300 in every pay and goes on.
    year = plan(rates=(15, 1, 0), annual_salary=360_000_00, birth_date=date(1970, 1, 1), prior_wages=150_000_01)
    assert year.headlines.roth_catch_up_required
    assert column(year, "pretax") == [4_500] * 5 + [2_000] + [0] * 6
    assert column(year, "roth") == [300] * 12
    assert dollars(year.headlines.total_catch_up) == 3_600
    # The same saver with wages at the threshold defers pre-tax until both together reach 32,500.
    free = plan(rates=(15, 1, 0), annual_salary=360_000_00, birth_date=date(1970, 1, 1), prior_wages=150_000_00)
    assert column(free, "pretax") == [4_500] * 6 + [3_700] + [0] * 5  # 6 x 4,800 = 28,800; 3,700 left
    no_roth = plan(
        rates=(15, 0, 0), annual_salary=360_000_00, birth_date=date(1970, 1, 1), prior_wages=150_000_01,
        plan_has_roth=False, in_plan_conversion=False,
    )  # fmt: skip
    assert dollars(no_roth.headlines.total_deferral) == 24_500


def test_wages_decide_and_must_be_given():
    with pytest.raises(InputError, match="W-2 box 3"):
        plan(birth_date=date(1970, 1, 1))
    assert dollars(plan(birth_date=date(1970, 1, 1), catch_up_offered=False).headlines.deferral_limit) == 24_500
    assert dollars(plan(birth_date=date(1970, 1, 1), tax_year=2025).headlines.deferral_limit) == 31_000


def test_another_employer_shares_402g_but_not_415c():
    # 15,000 elsewhere: 9,500 left here; 10% of 20,000 is 2,000: four pays, then 1,500.
    year = plan("100% of $4000", (10, 0, 0), elsewhere=15_000_00)
    assert column(year, "pretax") == [2_000] * 4 + [1_500] + [0] * 7
    assert dollars(year.headlines.after_tax_room) == 58_500  # 72,000 - 9,500 - 4,000
    over = plan(
        elsewhere=20_000_00,
        birth_date=date(1985, 1, 1),
        ytd_date=date(2026, 3, 31),
        ytd_pretax=6_000_00,
        ytd_additions_pay=60_000_00,
    )
    assert dollars(over.headlines.over_by) == 1_500


# 401(a)(17)


@pytest.mark.parametrize(
    ("practice", "deferral", "match", "entitled"),
    [
        # 40,000 a month passes 360,000 after nine. 5% is 2,000, of which 50% is matched up to 6% (2,400).
        ("cumulative", 24_000, [1_000] * 9 + [0] * 3, 10_800),  # entitled: 50% of 6% of 360,000
        ("prorated", 24_000, [900] * 12, 10_800),  # 30,000 of each pay counts: 6% is 1,800
        ("stops contributions", 18_000, [1_000] * 9 + [0] * 3, 9_000),  # 18,000 is less than 6% of 360,000
    ],
)
def test_compensation_practices(practice, deferral, match, entitled):
    year = plan("50% of 6%", (5, 0, 5), annual_salary=480_000_00, compensation_practice=practice)
    top = year.headlines
    assert dollars(top.total_deferral) == deferral
    assert column(year, "match") == match
    assert dollars(top.annual_match) == entitled
    assert dollars(top.total_after_tax) == deferral
    assert dollars(top.additions_pay_total) == 480_000  # 415 pay has no such limit


def test_prorated_counts_the_check_not_the_line():
    # January's check: 20,000 base and 30,000 bonus inside it; 360,000 / 12 = 30,000 counts, 10,000 of the bonus.
    year = plan(
        "100% of 3%", (3, 0, 0), compensation_practice="prorated",
        payments=(bonus(date(2026, 1, 10), 30_000, separate=False),),
        elections=(Election(JAN, base_pretax=30_000, bonus_pretax=30_000),),
    )  # fmt: skip
    assert [(pay.kind, pay.match_pay // 100, pay.match // 100) for pay in year.pays[:3]] == [
        ("base", 20_000, 0), ("bonus", 10_000, 900), ("base", 20_000, 600),
    ]  # fmt: skip


def test_prorating_leaves_an_annual_match_alone():
    # 240,000 base and a bonus of 50,000 come to 290,000: 3% of all of it, though the bonus passes 30,000 a check.
    year = plan(
        "100% of 3%", (3, 0, 0), compensation_practice="prorated", match_period="annual",
        payments=(bonus(date(2026, 3, 10), 50_000),),
        elections=(Election(JAN, base_pretax=30_000, bonus_pretax=30_000),),
    )  # fmt: skip
    assert dollars(year.headlines.total_match) == 8_700


def test_nonelective_and_profit_sharing_count_360000():
    top = plan(
        annual_salary=480_000_00, nonelective_rate=30_000, profit_sharing_rate=20_000, profit_sharing=500_00
    ).headlines
    assert dollars(top.total_nonelective) == 10_800  # 3% of 360,000
    assert dollars(top.total_profit_sharing) == 7_700  # 2% of 360,000, and 500


# Elections


def test_order_within_a_day_and_kinds_of_election():
    year = plan(
        payments=(
            bonus(date(2026, 1, 30), 1_000, kind="commission"),
            bonus(date(2026, 1, 30), 2_000, separate=False),
            bonus(date(2026, 1, 20), 3_000, separate=False, kind="overtime"),
        ),
        elections=(Election(JAN, 10_000, 0, 0, 20_000, 0, 0, 30_000),),
    )
    assert [(pay.kind, pay.gross // 100, pay.pretax_rate) for pay in year.pays[:4]] == [
        ("base", 20_000, 10_000), ("bonus", 2_000, 20_000), ("overtime", 3_000, 10_000), ("commission", 1_000, 30_000),
    ]  # fmt: skip
    one = plan(rates=(5, 0, 0), payments=(bonus(date(2026, 1, 30), 1_000),), separate_elections=False)
    assert one.pays[1].pretax_rate == 50_000


def test_a_blank_rate_stays_as_it_was():
    year = plan(
        elections=(Election(JAN, 50_000, 10_000, 20_000), Election(date(2026, 3, 31), None, 0, 30_000)),
    )
    assert [(p.pretax_rate, p.roth_rate, p.after_tax_rate) for p in year.pays[1:3]] == [
        (50_000, 10_000, 20_000), (50_000, 0, 30_000),
    ]  # fmt: skip


def test_the_plans_caps():
    year = plan(rates=(30, 30, 30), combined_cap=500_000)
    assert (year.pays[0].pretax_rate, year.pays[0].roth_rate, year.pays[0].after_tax_rate) == (300_000, 200_000, 0)
    capped = plan(rates=(10, 0, 30), cap_base=150_000)
    assert capped.pays[0].after_tax_rate == 150_000
    by_dollars = plan(rates=(0, 0, 10), after_tax_cap=10_000_00).headlines
    assert (by_dollars.binding, dollars(by_dollars.total_after_tax)) == ("the plan's dollar cap on after-tax", 10_000)
    by_share = plan(rates=(0, 0, 10), after_tax_cap_share=40_000).headlines
    assert by_share.binding == "the plan's cap on after-tax as a share of pay"
    assert dollars(by_share.after_tax_room) == 9_600
    low_paid = plan(rates=(20, 0, 50), annual_salary=60_000_00).headlines
    assert (low_paid.binding, dollars(low_paid.after_tax_room)) == ("100% of pay, 415(c)", 48_000)
    nothing = plan(rates=(20, 0, 50), after_tax_allowed=False).headlines
    assert (nothing.binding, nothing.after_tax_room, nothing.total_after_tax_elected) == ("after-tax not offered", 0, 0)


def test_best_elections_for_base_and_bonus():
    pay = {"payments": (bonus(date(2026, 3, 13), 50_000),), "most_elected": 1_000_000}
    # Room 72,000. A percent of base is 2,400, of bonus 500. Exactly full with the least of base: 10% is 24,000, and
    # 48,000 of the bonus is 96% (9% of base would leave 50,400, more than the whole bonus).
    top = plan(**pay).headlines
    assert (top.best_base, top.best_bonus, top.best_unused) == (100_000, 960_000, 0)
    # At most 9% of base: 21,600, and all of the bonus; 400 stays.
    top = plan(cap_base=90_000, **pay).headlines
    assert (top.best_base, top.best_bonus, dollars(top.best_unused)) == (90_000, 1_000_000, 400)
    # From April 1 nine base pays of 20,000 remain: a percent is 1,800, and 40 of them fill 72,000.
    late = plan(change_from=date(2026, 4, 1), **pay).headlines
    assert (late.best_base, late.best_bonus, late.best_unused) == (400_000, 0, 0)
    # A quarter of each pay is left unless another share is given: 72% of the bonus is 36,000, 15% of base the same.
    usual = plan(**{**pay, "most_elected": 750_000}).headlines
    assert (usual.best_base, usual.best_bonus, usual.best_unused) == (150_000, 720_000, 0)
    # The plan takes 35% of a bonus, and 11% of it is deferred.
    least = plan("none", (0, 0, 0, 11, 0, 0), cap_base=0, combined_cap=350_000, **{**pay, "most_elected": 400_000})
    assert least.headlines.best_bonus == 240_000
    over = plan("none", (50, 0, 0), **{**pay, "most_elected": 400_000}).headlines
    assert over.best_base == 0
    kept = plan(change_from=date(2026, 4, 1), cushion=1_00, **pay).headlines
    assert (kept.best_base, dollars(kept.best_unused)) == (390_000, 1_800)


# Year to date


def test_going_on_from_year_to_date_is_the_whole_year():
    whole = plan("100% of 3% + 50% of 2%", (11, 1, 14), annual_salary=241_234_00, nonelective_rate=20_000)
    past = whole.pays[:5]

    def so_far(name):
        return sum(getattr(pay, name) for pay in past)

    rest = plan(
        "100% of 3% + 50% of 2%", (11, 1, 14), annual_salary=241_234_00, nonelective_rate=20_000,
        ytd_date=past[-1].date, ytd_pretax=so_far("pretax"), ytd_roth=so_far("roth"),
        ytd_after_tax=so_far("after_tax"), ytd_match=so_far("match"), ytd_nonelective=so_far("nonelective"),
        ytd_plan_pay=so_far("gross"), ytd_match_pay=so_far("gross"), ytd_additions_pay=so_far("gross"),
    )  # fmt: skip
    assert rest.pays == whole.pays[5:]
    names = (
        "total_pretax", "total_roth", "total_match", "annual_match", "total_nonelective", "after_tax_room",
        "total_after_tax", "total_after_tax_elected", "total_additions", "match_lost",
    )  # fmt: skip
    assert [getattr(rest.headlines, n) for n in names] == [getattr(whole.headlines, n) for n in names]


def test_conversions_of_the_year():
    # 2,000 after-tax on each month end, converted two business days later; December's in January 2027.
    year = plan(rates=(0, 0, 10), federal_rate=370_000, state_rate=93_000)
    assert [line.date for line in year.conversions[:2]] == [date(2026, 2, 3), date(2026, 3, 3)]
    assert (year.conversions[-1].date, year.conversions[-1].tax_year) == (date(2027, 1, 5), 2027)
    top = year.headlines
    assert (dollars(top.total_converted), dollars(top.unconverted_value), dollars(top.unconverted_basis)) == (
        22_000, 2_000, 2_000,
    )  # fmt: skip
    never = plan(rates=(0, 0, 10), in_plan_conversion=False)
    assert never.conversions == ()
    assert dollars(never.headlines.unconverted_basis) == 24_000
    # In one go on June 30: 10,000 of opening value with 9,000 of basis, and five months' after-tax.
    once = plan(
        rates=(0, 0, 10), cadence="dates", conversion_dates=(date(2026, 6, 30),), opening_value=10_000_00,
        opening_basis=9_000_00, federal_rate=300_000,
    )  # fmt: skip
    line = once.conversions[0]
    assert (dollars(line.value), dollars(line.taxable), dollars(line.tax)) == (20_000, 1_000, 300)
