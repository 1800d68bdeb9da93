"""After-tax room: published cases, defects seen elsewhere, the two readings of catch-up, and what always holds."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mbr_xl.engine.room import ANNUAL_ADDITIONS, PLAN_CAP, SHARE_OF_PAY, Room, binding_words, room
from mbr_xl.errors import InputError
from mbr_xl.rules import Rules, rules_for

L2026 = rules_for(2026)


def law(year: int) -> Rules:
    """The year's law; for a year older than the files, the figures of that year's notice as the user's own."""
    older = {2017: (54_000, 18_000, 6_000), 2015: (53_000, 18_000, 6_000), 2014: (52_000, 17_500, 5_500)}
    if year not in older:
        return rules_for(year)
    additions, deferral, catch_up = (amount * 100 for amount in older[year])
    return rules_for(2019, {"415(c)": additions, "402(g)": deferral, "catch_up": catch_up})


def dollars_of_room(year: int, deferrals: int, employer: int, **rest: Any) -> int:
    cents = {k: v * 100 if isinstance(v, int) and k != "age" else v for k, v in rest.items()}
    answer = room(law(year), deferrals * 100, employer * 100, **cents)
    assert answer.room % 100 == 0
    return answer.room // 100


PUBLISHED = [
    # case, year, deferrals, employer, the rest, room, where it was read
    ("TC-01", 2026, 24_500, 10_000, {}, 37_500, "the article that the product implements"),
    ("TC-05", 2026, 24_500, 10_000, {"pay": 200_000}, 37_500, "bherila/us-tax-advantaged-params vectors"),
    ("TC-05 none", 2026, 24_500, 0, {"pay": 200_000}, 47_500, "RunTheNumbers; sdocpa"),
    ("TC-09", 2025, 23_500, 11_750, {}, 34_750, "Consilio, Microsoft 2025"),
    ("TC-11", 2024, 23_000, 11_500, {}, 34_500, "a Microsoft advisor's page"),
    ("TC-13", 2024, 23_000, 10_000, {}, 36_000, "bestmoneytip"),
    ("TC-13b", 2024, 23_000, 7_000, {}, 39_000, "bestmoneytip"),
    ("2024 none", 2024, 23_000, 0, {}, 46_000, "momentum"),
    ("2023 none", 2023, 22_500, 0, {}, 43_500, "steadyclimb"),
    ("TC-14", 2023, 22_500, 15_000, {}, 28_500, "Phippen"),
    ("TC-16", 2022, 20_500, 10_250, {}, 30_250, "Avier, Microsoft 2022"),
    ("TC-18", 2020, 19_500, 9_750, {}, 27_750, "Alterra"),
    # a line of Roth rollovers on the same screen is no annual addition: 8,000 of 57,000 is left
    ("TC-19", 2020, 19_500, 18_500, {"after_tax": 11_000}, 8_000, "Bogleheads"),
    ("TC-20", 2017, 18_000, 4_500, {}, 31_500, "Waffles on Wednesday"),
    ("TC-21", 2017, 18_000, 7_500, {}, 28_500, "White Coat Investor"),
    ("TC-22", 2014, 17_500, 0, {}, 34_500, "White Coat Investor"),
    ("CC-1", 2026, 12_000, 6_000, {"age": 52, "pay": 300_000}, 54_000, "tldev reads it so; by hand"),
    ("CC-2", 2026, 24_500, 10_000, {"age": 52}, 37_500, "by hand"),
    ("CC-4", 2026, 35_750, 10_000, {"age": 61}, 37_500, "by hand"),
    ("CC-5", 2026, 24_500, 3_000, {"pay": 60_000}, 32_500, "26 USC 415(c)(1)(B), by hand"),
    ("CC-7", 2026, 9_500, 4_000, {"elsewhere": 15_000}, 58_500, "by hand"),
    # defects of other calculators
    ("catch-up is not taken from room", 2026, 32_500, 0, {"age": 52}, 47_500, "agentcalc has less"),
    ("no catch-up without deferrals", 2026, 0, 0, {"age": 52}, 72_000, "others have 80,000"),
    ("at most what is deferred", 2026, 10_000, 3_000, {"age": 60}, 59_000, "j7nw4r has 70,250"),
    ("two plans: 402(g) is shared", 2026, 24_500, 0, {"elsewhere": 8_000, "age": 52}, 55_500, "by hand"),
]

BY_415C = [
    ("CC-1", 2026, 12_000, 6_000, {"age": 52, "pay": 300_000}, 62_000, "IRC 414(v)(3), by hand"),
    ("60 to 63", 2026, 10_000, 3_000, {"age": 60}, 69_000, "by hand; never 70,250"),
    ("no deferrals", 2026, 0, 0, {"age": 52}, 72_000, "never 80,000"),
    ("full catch-up above 402(g)", 2026, 32_500, 10_000, {"age": 52}, 37_500, "both readings agree"),
    ("under 50", 2026, 24_500, 10_000, {"age": 49}, 37_500, "both readings agree"),
    ("age not known", 2026, 24_500, 10_000, {}, 37_500, "a blank is not the favorable answer"),
    ("TC-23", 2017, 22_500, 37_500, {"age": 52}, 0, "PLANSPONSOR: 22,500 just fits"),
    ("TC-24a", 2017, 18_000, 42_000, {"age": 52}, 0, "BenefitsLink: 6,000 becomes catch-up, nothing is over"),
]


@pytest.mark.parametrize(("case", "year", "deferrals", "employer", "rest", "expect", "read"), PUBLISHED)
def test_published_room(
    case: str, year: int, deferrals: int, employer: int, rest: dict[str, int], expect: int, read: str
) -> None:
    assert dollars_of_room(year, deferrals, employer, **rest) == expect, (case, read)


@pytest.mark.parametrize(("case", "year", "deferrals", "employer", "rest", "expect", "read"), BY_415C)
def test_room_where_deferrals_above_415c_are_catch_up(
    case: str, year: int, deferrals: int, employer: int, rest: dict[str, int], expect: int, read: str
) -> None:
    answer = room(
        law(year),
        deferrals * 100,
        employer * 100,
        catch_up_reading="above_415c",
        **{k: v if k == "age" else v * 100 for k, v in rest.items()},  # type: ignore[arg-type]
    )
    assert (answer.room, answer.over) == (expect * 100, 0), (case, read)
    assert any("for information" in note for note in answer.notes)


def test_recharacterized_catch_up() -> None:
    answer = room(law(2017), 1_800_000, 4_200_000, age=55, catch_up_reading="above_415c")
    assert (answer.catch_up, answer.base_deferrals) == (600_000, 1_200_000)
    without = room(law(2017), 1_800_000, 4_200_000, age=55)
    assert (without.catch_up, without.over) == (0, 600_000)


def test_excess_of_the_irs_example() -> None:
    """IRS 415(c) page, 2015: deferrals 18,000, match 11,000 and profit sharing 35,000 pass 53,000 by 11,000."""
    answer = room(law(2015), 1_800_000, 4_600_000)
    assert (answer.room, answer.over) == (0, 1_100_000)
    assert binding_words(answer) == "annual additions limit, 415(c): over by $11,000 (YOUR LIMITS)"
    assert any("unmatched after-tax first" in note for note in answer.notes)


def test_ceilings_of_2026() -> None:
    """72,000; 80,000 from 50; 83,250 at 60 to 63, but only where the catch-up itself is deferred."""
    for age, deferrals, ceiling in ((49, 2_450_000, 7_200_000), (50, 3_250_000, 8_000_000), (61, 3_575_000, 8_325_000)):
        assert deferrals + room(L2026, deferrals, 0, age=age).room == ceiling
    assert 2_450_000 + room(L2026, 2_450_000, 0, age=61).room == 7_200_000


def test_pay_stub_of_a_published_script() -> None:
    """presto8/401k-match-assistant: limit 61,000, deferral 10,750, match 5,750, after-tax 15,000 so far."""
    assert dollars_of_room(2022, 10_750, 5_750) == 44_500
    assert dollars_of_room(2022, 10_750, 5_750, after_tax=15_000) == 29_500


# --- which limit, in words ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rest", "words"),
    [
        ({}, "annual additions limit, 415(c): $37,500 left"),
        ({"after_tax": 3_755_000}, "annual additions limit, 415(c): over by $50"),
        ({"after_tax": 3_750_000}, "annual additions limit, 415(c): $0 left"),
        ({"after_tax": 3_740_050}, "annual additions limit, 415(c): $99.50 left"),
        ({"pay": 6_000_000}, "100% of pay, 415(c): $25,500 left"),
        ({"pay": 7_200_000}, "annual additions limit, 415(c): $37,500 left"),  # of equals the first
        ({"plan_cap": 2_500_000}, "the plan's cap on after-tax: $25,000 left"),
        ({"plan_cap": 2_500_000, "after_tax": 2_600_000}, "the plan's cap on after-tax: over by $1,000"),
        ({"plan_cap": 3_750_000}, "annual additions limit, 415(c): $37,500 left"),
        ({"plan_cap": 2_550_000, "pay": 6_000_000}, "100% of pay, 415(c): $25,500 left"),
    ],
)
def test_binding(rest: dict[str, int], words: str) -> None:
    assert binding_words(room(L2026, 2_450_000, 1_000_000, **rest)) == words  # type: ignore[arg-type]


def test_binding_names() -> None:
    assert room(L2026, 0, 0).binding == ANNUAL_ADDITIONS
    assert room(L2026, 0, 0, pay=100).binding == SHARE_OF_PAY
    assert room(L2026, 0, 0, plan_cap=0).binding == PLAN_CAP


def test_excess_deferral_stays_an_addition_and_is_said() -> None:
    answer = room(L2026, 2_600_000, 1_000_000, age=40)
    assert (answer.room, answer.base_deferrals, answer.excess_deferral) == (3_600_000, 2_600_000, 150_000)
    assert binding_words(answer) == (
        "annual additions limit, 415(c): $36,000 left; deferrals pass the deferral limit by $1,500"
    )
    assert "by April 15, 2027" in answer.notes[0]
    shared = room(L2026, 2_450_000, 0, age=52, elsewhere=1_000_000)
    assert (shared.catch_up, shared.excess_deferral) == (800_000, 200_000)


def test_catch_up_here_is_at_most_what_is_deferred_here() -> None:
    answer = room(L2026, 500_000, 0, age=52, elsewhere=2_450_000)
    assert (answer.catch_up, answer.base_deferrals, answer.room) == (500_000, 0, 7_200_000)


# --- labels and refusals --------------------------------------------------------------------------------------------


def test_label_only_where_a_limit_that_was_used_is_not_published() -> None:
    projected = rules_for(2027, projected=True)
    assert room(projected, 2_550_000, 1_000_000).label == "PROJECTED"
    assert binding_words(room(projected, 2_550_000, 1_000_000)) == (
        "annual additions limit, 415(c): $39,500 left (PROJECTED)"
    )
    own = rules_for(2026, {"catch_up": 900_000, "ira": 100_000})
    assert room(own, 2_450_000, 0, age=52).label == ""
    assert room(own, 2_500_000, 0, age=52).label == "YOUR LIMITS"
    assert room(own, 2_500_000, 0, age=61).label == ""


def test_catch_up_is_asked_for_only_where_it_counts() -> None:
    own = rules_for(2027, {"415(c)": 7_500_000, "402(g)": 2_550_000})
    assert room(own, 2_550_000, 0, age=52).room == 4_950_000
    with pytest.raises(InputError, match="No published catch-up limit"):
        room(own, 2_600_000, 0, age=52)


@pytest.mark.parametrize("elsewhere", [0, 1_000_000])
def test_blank_age_above_402g(elsewhere: int) -> None:
    with pytest.raises(
        InputError, match=r"^Deferrals of \$24,600 are above the 2026 limit of \$24,500: give the age\.$"
    ):
        room(L2026, 2_460_000 - elsewhere, 0, elsewhere=elsewhere)


@pytest.mark.parametrize("name", ["deferrals", "employer", "after_tax", "pay", "plan_cap", "elsewhere"])
def test_negative_amounts(name: str) -> None:
    with pytest.raises(InputError, match=rf"^{name}: -\$5 is below 0; give 0 or more\.$"):
        room(L2026, **{"deferrals": 0, "employer": 0, name: -500})  # type: ignore[arg-type]


def test_unknown_reading_and_age() -> None:
    with pytest.raises(InputError, match="have above_402g, above_415c"):
        room(L2026, 0, 0, catch_up_reading="full")  # type: ignore[arg-type]
    with pytest.raises(InputError, match="is not an age"):
        room(L2026, 0, 0, age=1974)


def test_unpublished_year() -> None:
    with pytest.raises(InputError, match="give your own limits or ask for a projection"):
        room(rules_for(2027), 0, 0)


# --- what always holds ----------------------------------------------------------------------------------------------

money = st.integers(0, 12_000_000)
maybe_money = st.none() | st.integers(0, 50_000_000)
CASES = st.fixed_dictionaries(
    {
        "deferrals": money, "employer": money, "after_tax": money, "age": st.integers(18, 80),
        "pay": maybe_money, "plan_cap": maybe_money, "elsewhere": st.integers(0, 4_000_000),
    }
)  # fmt: skip
READINGS = st.sampled_from(["above_402g", "above_415c"])
YEARS = st.sampled_from(range(2019, 2027))


@given(YEARS, CASES)
def test_the_regulations_reading_never_leaves_less_room(year: int, case: dict[str, Any]) -> None:
    plan = room(rules_for(year), **case)
    regulation = room(rules_for(year), **case, catch_up_reading="above_415c")
    assert regulation.room >= plan.room >= 0
    assert regulation.over <= plan.over
    assert regulation.catch_up >= plan.catch_up


@given(YEARS, CASES, READINGS, st.integers(1, 1_000_000))
def test_more_employer_money_never_leaves_more_room(year: int, case: dict[str, Any], reading: Any, more: int) -> None:
    before = room(rules_for(year), **case, catch_up_reading=reading)
    after = room(rules_for(year), **case | {"employer": case["employer"] + more}, catch_up_reading=reading)
    assert after.room <= before.room
    assert after.over >= before.over


@given(YEARS, CASES, READINGS)
def test_filling_the_room_reaches_the_limit_and_one_cent_more_passes_it(
    year: int, case: dict[str, Any], reading: Any
) -> None:
    answer: Room = room(rules_for(year), **case, catch_up_reading=reading)
    assert answer.room == 0 or answer.over == 0
    assert answer.catch_up + answer.base_deferrals == case["deferrals"]
    if answer.over:
        return
    filled = case | {"after_tax": case["after_tax"] + answer.room}
    full = room(rules_for(year), **filled, catch_up_reading=reading)
    assert (full.room, full.over) == (0, 0)
    assert full.base_deferrals + case["employer"] + filled["after_tax"] <= full.limit
    passed = filled | {"after_tax": filled["after_tax"] + 1}
    assert room(rules_for(year), **passed, catch_up_reading=reading).over == 1
