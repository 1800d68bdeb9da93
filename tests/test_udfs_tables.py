"""Functions that take or give tables: heads, labels, lists inside the household range, padding."""

import re
from datetime import date
from pathlib import Path

import pytest

from mbr_udfs import (
    BACKDOOR_FORM_8606,
    CONVERT_SCHEDULE,
    MBR_DELAY_COST,
    MBR_LIMIT,
    MBR_MATCH,
    MBR_PAY_DATES,
    MBR_ROOM,
    MBR_SCHEDULE,
)
from mbr_udfs.cells import MARK, grid
from mbr_udfs.fields import head
from mbr_udfs.household_range import read_client
from mbr_xl.cash_facts import Amount, Vest
from mbr_xl.errors import InputError
from mbr_xl.household import Leave, Raise, Span, Tier
from mbr_xl.results import CONVERSION_COLUMNS, PAY_COLUMNS

BASE = [
    ["tax_year", 2026.0],
    ["pay_frequency", "monthly"],
    ["any_pay_date", "1/30/2026"],
    ["annual_salary", 240000.0],
    ["separate_elections", "no"],
]
ELECTIONS = [["start", "base pretax", "Base_After_Tax"], ["1/1/2026", 0.1, 0.2]]


def client(*rows):
    return read_client(grid([*BASE, *[list(row) for row in rows]], "household"))


def household(*rows):
    return client(*rows).household


def total(table, name):
    place = table[0].index(name)
    return round(sum(row[place] for row in table[1:]), 2)


def test_the_schedule_has_the_pay_sheets_columns():
    table = MBR_SCHEDULE(BASE, None, ELECTIONS)
    assert table[0] == [head(name) for name in PAY_COLUMNS]
    assert len(table) == 13
    assert (total(table, "Pre-tax"), total(table, "After-tax")) == (24000.0, 48000.0)


def test_rows_fill_the_answer_with_blanks():
    table = MBR_SCHEDULE(BASE, None, ELECTIONS, None, 20.0)
    assert len(table) == 20
    assert table[13] == [""] * len(PAY_COLUMNS)
    assert MBR_SCHEDULE(BASE, None, ELECTIONS, None, 13) == MBR_SCHEDULE(BASE, None, ELECTIONS)
    assert MBR_SCHEDULE(BASE, None, ELECTIONS, None, 12).startswith("#MBR! rows: the answer has 13 rows")
    assert len(MBR_PAY_DATES(2026, "monthly", "1/30/2026", None, None, 20)) == 20


def test_rows_are_as_many_as_a_long_list_answers():
    # Tuesdays and Thursdays from 1/2/2018 on: also where a holiday follows, no two are converted on one day.
    weeks = [[43102.0 + 7 * (k // 2) + 2 * (k % 2), 100.0] for k in range(1199)]
    table = CONVERT_SCHEDULE(weeks, "each pay", 0.0)
    assert len(table) == 1200
    assert CONVERT_SCHEDULE(weeks, "each pay", 0.0, None, None, None, 1200) == table
    assert len(CONVERT_SCHEDULE(weeks, "each pay", 0.0, None, None, None, 100_000)) == 100_000
    assert CONVERT_SCHEDULE(weeks, "each pay", 0.0, None, None, None, 1000) == (
        f"{MARK}rows: the answer has 1200 rows in all; give at least 1200."
    )


def test_fixed_heights_are_those_of_the_readme():
    readme = (Path(__file__).parents[1] / "udfs" / "README.md").read_text("utf-8")
    found = re.search(r"MBR_DELAY_COST always has (\d+) rows\s+and BACKDOOR_FORM_8606 (\d+), heads included", readme)
    assert found
    heights = {len(MBR_DELAY_COST([["1/30/2026", 10000.0]] * n, 0.07, 0.4)) for n in (1, 50)}
    assert heights == {int(found[1])}
    assert {len(BACKDOOR_FORM_8606(7000, n, 93000)) for n in (0, 7000)} == {int(found[2])}


def test_a_table_has_the_label_as_its_last_column():
    table = MBR_SCHEDULE([*BASE, ["own_deferral", 20000.0]], None, ELECTIONS, None, 20)
    assert [row[-1] for row in table] == ["Limits", *["YOUR LIMITS"] * 12, *[""] * 7]
    projected = MBR_SCHEDULE([["tax_year", "2027 projected"], *BASE[1:2], ["any_pay_date", "1/29/2027"], *BASE[3:]])
    assert projected[1][-1] == "PROJECTED"


def test_a_number_has_the_label_beside_it():
    assert MBR_ROOM("2027 projected", 24500, 10000)[0][1] == "PROJECTED"
    assert MBR_LIMIT([["year", 2026], ["deferral", 25000]], "deferral") == [[25000.0, "YOUR LIMITS"]]
    assert MBR_LIMIT([["year", 2026], ["deferral", 25000]], "415(c)") == 72000.0
    own = [["year", 2026], ["compensation", 250000]]
    assert MBR_MATCH(300000, 17000, "50% of 5%", own) == [[6250.0, "YOUR LIMITS"]]


@pytest.mark.parametrize("name", ["deferral", "annual_additions"])
def test_no_limit_of_ones_own_goes_unlabelled(name):
    plain = MBR_ROOM(2026, 24500, 10000)
    answer = MBR_ROOM([["year", 2026], [name, 80000 if name == "annual_additions" else 26000]], 24500, 10000)
    assert answer[0][1] == "YOUR LIMITS"
    assert plain == 37500.0


def test_columns_go_by_their_heads_in_any_order():
    payments = [
        ["Amount", "Date", "Kind", "Separate", "In plan pay", "IN_MATCH_PAY", "in_additions_pay"],
        [None] * 7,
        ["$100,000", 46094.0, "Bonus", True, "yes", 1.0, "Y"],
        [None] * 7,
    ]
    table = MBR_SCHEDULE(BASE, payments, ELECTIONS)
    bonus = next(row for row in table if row[1] == "bonus")
    assert (bonus[0].month, bonus[0].day, bonus[2]) == (3, 13, 100000.0)
    headless = [["3/13/2026", "bonus", 100000.0, "yes", "yes", "yes", "yes"]]
    assert MBR_SCHEDULE(BASE, headless, ELECTIONS) == table


def test_the_match_is_text_or_lists():
    text = household(["match_period", "per pay"], ["match", "100% of 3% + 50% of 2%"], ["match_after", "none"])
    parts = household(
        ["match_tiers_kind", "share"],
        ["match_tiers_rate", 1.0],
        ["match_tiers_share", 0.03],
        ["match_tiers_kind", "share"],
        ["match_tiers_rate", 0.5],
        ["match_tiers_share", 0.02],
        ["match_tiers_kind", None],
    )
    assert text.match_tiers == parts.match_tiers == (Tier("share", 1_000_000, 30_000), Tier("share", 500_000, 20_000))
    assert household(["match_or", "100% of $3000"]).match_or == (Tier("dollars", 1_000_000, 300_000),)
    greater = household(["match", "greater of 50% of 6% and 100% of $3000, at most $9,000"])
    assert greater.match_or
    assert greater.match_max == 900_000


def test_other_lists_repeat_their_rows():
    saver = household(
        ["raise_start", "7/1/2026"],
        ["raise_annual_salary", 260000.0],
        ["leave_start", "3/1/2026"],
        ["leave_end", "4/30/2026"],
        ["leave_share_paid", 0.5],
        ["conversion_dates", "3/31/2026; 6/30/2026"],
        ["conversion_dates", 46295.0],
        ["A heading", None],
        ["birth_date", 27150.0],
        ["Hire date", "", "a note"],
    )
    assert [r.annual_salary for r in saver.raises] == [26_000_000]
    assert isinstance(saver.raises[0], Raise)
    assert saver.leaves[0].share_paid == 500_000
    assert isinstance(saver.leaves[0], Leave)
    assert len(saver.conversion_dates) == 3
    assert saver.birth_date is not None
    assert saver.hire_date is None


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([["salary", 1.0]], '"salary" is not an input'),
        ([[None, 5.0]], "stands there without a name"),
        ([["client", "A"], ["Client", "B"]], "client is given twice"),
        ([["match", "50% of 6%"], ["match_tiers", "50% of 6%"]], "given twice"),
        ([["match_tiers", "greater of 50% of 6% and 100% of $3000"]], "is one formula"),
        ([["raise_start", "7/1/2026"]], "annual_salary is blank"),
        ([["match_tiers_kind", "share"], ["match_tiers_rate", 0.5]], "share is blank"),
        ([["growth_rate", 7.0]], "type 7% or 0.07"),
        ([["posting_lag", 1.5]], "whole number"),
        ([["catch_up_offered", "maybe"]], "neither yes nor no"),
        ([["conversion_dates", "3/31/26"]], "a year of two digits"),
        ([["payments", "many"]], "is not an input"),
    ],
)
def test_household_rows_refused(rows, sentence):
    with pytest.raises(InputError, match=sentence):
        household(*rows)


def test_the_planners_labels_are_understood():
    saver = household(["Plan takes after-tax contributions", "no"], ["Last year's Social Security wages", 100000.0])
    assert not saver.after_tax_allowed
    assert saver.prior_wages == 10_000_000


def test_pay_dates_are_one_column_of_dates():
    days = MBR_PAY_DATES(2026, "monthly", 46052.0)
    assert len(days) == 12
    assert all(len(row) == 1 for row in days)
    assert (days[0][0].month, days[0][0].day) == (1, 30)


def test_conversions_have_their_columns():
    table = CONVERT_SCHEDULE([["Amount", "Date"], [10000.0, "1/30/2026"]], "monthly", 0.0)
    assert table[0] == [head(name) for name in CONVERSION_COLUMNS]
    assert len(table) == 2
    assert CONVERT_SCHEDULE([["1/30/2026", 10000.0]], "none", 0.0) == [table[0]]


def test_all_employer_money_with_the_true_up_stays_under_415c():
    rows = [["match_period", "per pay"], ["match", "100% of 5%"], ["true_up", "next spring"]]
    table = MBR_SCHEDULE([*BASE, *rows], None, [["start", "base_pretax", "base_after_tax"], ["1/1/2026", 0.5, 0.5]])
    true_up = 12000.0 - total(table, "Match")
    assert true_up == 9000.0
    assert total(table, "Pre-tax") + total(table, "After-tax") + 12000.0 == 72000.0


def test_cash_lists_repeat_their_rows():
    cash = client(
        ["vest_date", "5/15/2026"],
        ["vest_shares", 100.0],
        ["vest_price", "$250"],
        ["vest_withheld", None],
        ["vest_date", "8/14/2026"],
        ["vest_shares", 50.0],
        ["vest_price", 260.0],
        ["vest_withheld", 0.4],
        ["Trading start", "6/1/2026"],
        ["trading_end", "6/30/2026"],
        ["amount_date", "9/1/2026"],
        ["amount_dollars", 3000.0],
        ["amount_flow", "Out"],
        ["Stub: net pay", "14,470"],
        ["Vests", None, "a heading"],
    ).cash
    assert cash.vests == (
        Vest(date(2026, 5, 15), 100, 250_00),
        Vest(date(2026, 8, 14), 50, 260_00, withheld=400_000),
    )
    assert cash.trading_windows == (Span(date(2026, 6, 1), date(2026, 6, 30)),)
    assert cash.amounts == (Amount(date(2026, 9, 1), 3_000_00, "out"),)
    assert cash.stub_net == 14_470_00


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([["vest_date", "5/15/2026"], ["vest_price", 250.0]], "household: vest 1: shares is blank; give a whole"),
        ([["vest_sold", "yes"]], "household: vest 1: date is blank"),
        ([["trading_start", "6/1/26"]], "household: trading 1, start: .* a year of two digits"),
        ([["amount_date", "9/1/2026"]], "household: amount 1: dollars is blank"),
        ([["trading_start", "6/1/2026"], ["trading_end", "6/2/2026"]] * 7, "7 rows of trading; give at most 6"),
        ([["stub_gross", "20%"]], "household: stub_gross: .* is a rate; give dollars"),
        ([["withholding_rate", 24.0]], "household: withholding_rate: 24 is 2400%: type 24% or 0.24"),
        ([["filing_status", "married"]], "household: filing_status: .* not one of the choices"),
        ([["vests", 2.0]], '"vests" is not an input'),
    ],
)
def test_rows_of_other_subjects_refused(rows, sentence):
    with pytest.raises(InputError, match=sentence):
        client(*rows)
