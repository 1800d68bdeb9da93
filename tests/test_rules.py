"""The law's numbers: against a second typing of them, the refusals, the user's own figures, the projection."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from mbr_xl.errors import InputError
from mbr_xl.rules import Filing, Rules, published_years, rules_for, years
from mbr_xl.rules.project import INDEXED, THIRD_QUARTER, indexed, project
from mbr_xl.rules.schema import LIMITS

STATUSES: tuple[Filing, ...] = ("single", "hoh", "mfj", "qss", "mfs", "mfs_apart")
TYPED = list(csv.DictReader((Path(__file__).parent / "published_limits.csv").read_text("utf-8").splitlines()))


def typed(value: str) -> tuple[int, ...]:
    if value.endswith("%"):
        return (round(float(value[:-1]) * 10_000),)
    return tuple(int(part) * 100 for part in value.split("-"))


def held(rules: Rules, limit: str) -> tuple[int, ...]:
    """What the program answers for a row of the typed list."""
    kind, _, rest = limit.partition(" ")
    match kind:
        case "roth_ira" | "covered" | "spouse_covered":
            band = rules.phase_out(kind, rest)
            assert band is not None
            return (band.start, band.end)
        case "brackets":
            return rules.tax(rest).edges
        case "gains":
            return rules.tax(rest).gains_edges
        case "standard_deduction" | "aged_or_blind":
            return (getattr(rules.tax(rest), kind),)
        case "niit" | "additional_medicare":
            return (getattr(rules, kind)(rest)[1],)
        case "payroll" | "penalties" | "estimated":
            return (getattr(getattr(rules, kind), rest),)
    assert rules.limit(limit).value == getattr(rules, limit)
    return (rules.limit(limit).value,)


@pytest.mark.parametrize("row", TYPED, ids=lambda row: f"{row['year']} {row['limit']}")
def test_a_number_is_the_one_typed_a_second_time(row: dict[str, str]) -> None:
    assert held(rules_for(int(row["year"])), row["limit"]) == typed(row["value"])


def test_no_limit_is_left_out_of_the_second_typing() -> None:
    rows = {(int(row["year"]), row["limit"]) for row in TYPED}
    for year in years():
        entries = rules_for(year).entries
        assert {name for name in LIMITS if entries[f"limits.{name}"].numbers} == {
            limit for y, limit in rows if y == year and limit in LIMITS
        }


def test_years() -> None:
    assert years() == tuple(range(2019, 2028))
    assert published_years() == tuple(range(2019, 2027))


def test_every_number_names_its_source_and_the_day_it_was_checked() -> None:
    for year in years():
        for entry in rules_for(year).entries.values():
            assert entry.none or (entry.source and entry.checked >= date(2026, 11, 23))


def test_a_limit_carries_its_source() -> None:
    limit = rules_for(2026).limit("415(c)")
    assert (limit.name, limit.value, limit.source) == ("annual_additions", 7_200_000, "Notice 2025-67")
    assert (limit.status, limit.checked) == ("published", date(2026, 11, 23))


@pytest.mark.parametrize(
    ("written", "name"),
    [("402(g)", "deferral"), ("415(C)", "annual_additions"), (" 401(A)(17) ", "compensation"), ("HCE", "hce")],
)
def test_synonyms_and_case(written: str, name: str) -> None:
    assert rules_for(2026).limit(written).name == name


def test_rules_are_loaded_once() -> None:
    assert rules_for(2026) is rules_for(2026)
    assert rules_for(2026, {"415(c)": 100_00}) is rules_for(2026, {"annual_additions": 100_00, "ira": None})


def test_before_2025_a_person_of_60_has_the_ordinary_catch_up() -> None:
    assert rules_for(2024).super_catch_up == rules_for(2024).catch_up == 750_000
    with pytest.raises(InputError, match="it starts in 2025"):
        rules_for(2024).limit("super_catch_up")


def test_no_roth_catch_up_before_2026() -> None:
    assert [rules_for(year).roth_catch_up_wages for year in (2019, 2025)] == [None, None]
    assert rules_for(2026).roth_catch_up_wages == 15_000_000


def test_phase_outs_by_status() -> None:
    rules = rules_for(2026)
    assert rules.phase_out("spouse_covered", "single") is None
    apart = rules.phase_out("covered", "mfs_apart")
    assert apart == rules.phase_out("covered", "single") != rules.phase_out("covered", "mfs")


def test_tax_table() -> None:
    table = rules_for(2026).tax("qss")
    assert table == rules_for(2026).tax("mfj")
    assert table.rates == (100_000, 120_000, 220_000, 240_000, 320_000, 350_000, 370_000)
    assert table.gains_rates == (0, 150_000, 200_000)
    assert rules_for(2026).tax("mfs_apart") == rules_for(2026).tax("mfs")


def test_senior_deduction() -> None:
    joint = rules_for(2026).senior("mfj")
    assert joint is not None
    assert (joint.amount, joint.above, joint.rate) == (600_000, 15_000_000, 60_000)
    assert rules_for(2024).senior("single") is None
    assert rules_for(2026).senior("mfs") is None


def test_every_status_has_its_thresholds() -> None:
    for status in STATUSES:
        assert rules_for(2027).niit(status)[0] == 38_000
        assert rules_for(2027).additional_medicare(status)[0] == 9_000


@pytest.mark.parametrize(
    ("ask", "sentence"),
    [
        (lambda: rules_for(2031), "No rules for 2031; have 2019 to 2027."),
        (lambda: rules_for(2018), "No rules for 2018; have 2019 to 2027."),
        (lambda: rules_for(2026.5), "A year is a whole number such as 2026; 2026.5 is not."),  # type: ignore[arg-type]
        (
            lambda: rules_for(2027).annual_additions,
            "No published annual additions limit (415(c)) for 2027; have 2019 to 2026: "
            "give your own limits or ask for a projection.",
        ),
        (
            lambda: rules_for(2027).roth_catch_up_wages,
            "No published Roth catch-up wage threshold (414(v)(7)) for 2027; have 2026: "
            "give your own limits or ask for a projection.",
        ),
        (
            lambda: rules_for(2025).limit("roth_catch_up_wages"),
            "No Roth catch-up wage threshold (414(v)(7)) for 2025: "
            "catch-up need not be Roth before 2026, Notice 2023-62.",
        ),
        (lambda: rules_for(2027).tax("single"), "No published tax brackets for 2027; have 2024 to 2026."),
        (lambda: rules_for(2023).tax("single"), "No tax brackets for 2023: income tax figures are kept from 2024 on."),
        (
            lambda: rules_for(2026).tax("married"),  # type: ignore[arg-type]
            "'married' is not a filing status; have single, hoh, mfj, qss, mfs, mfs_apart.",
        ),
        (
            lambda: rules_for(2026).limit("401k"),
            "'401k' is not a limit; have deferral or 402(g), catch_up, super_catch_up, annual_additions or 415(c), "
            "compensation or 401(a)(17), hce, key_employee, roth_catch_up_wages, ira, ira_catch_up, hsa_self, "
            "hsa_family, hsa_catch_up, wage_base.",
        ),
        (lambda: rules_for(2026, {"ira": 99}), "Your own IRA limit must be $1 or more."),
        (lambda: rules_for(2026, {"ira": 1e5}), "Your own IRA limit must be $1 or more."),  # type: ignore[dict-item]
        (
            lambda: rules_for(2026, {"415(c)": 700_00, "annual_additions": 700_00}),
            "Your own annual additions limit (415(c)) is given twice.",
        ),
        (
            lambda: rules_for(2024, {"super_catch_up": 1_125_000}),
            "No catch-up limit for ages 60 to 63 for 2024: leave your own figure for it blank.",
        ),
        (
            lambda: rules_for(2027, projected=True, growth=36_000_000),
            "The growth of CPI-U for a projection is -10% to 20% a year.",
        ),
    ],
)
def test_what_is_not_known_is_refused_in_one_sentence(ask, sentence: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(InputError) as refusal:
        ask()
    assert str(refusal.value) == sentence


# --- the user's own figures and projections -------------------------------------------------------------------------


def test_own_figures_stand_in_and_are_labelled() -> None:
    rules = rules_for(2027, {"415(c)": 7_500_000, "deferral": None})
    limit = rules.limit("annual_additions")
    assert (limit.value, limit.status, limit.source) == (7_500_000, "own", "your own figure")
    assert rules.note == "YOUR LIMITS"
    assert rules.note_for(["415(c)"]) == "YOUR LIMITS"
    assert rules.note_for(["wage_base"]) == ""


def test_both_labels() -> None:
    rules = rules_for(2027, {"deferral": 2_500_000}, projected=True)
    assert rules.deferral == 2_500_000
    assert rules.note == "PROJECTED, YOUR LIMITS"
    assert rules.note_for(["annual_additions"]) == "PROJECTED"
    assert rules.note_for(["deferral"]) == "YOUR LIMITS"
    assert rules.note_for(["hsa_self", "wage_base"]) == ""


def test_own_ordinary_catch_up_labels_the_60_to_63_amount_of_a_year_without_one() -> None:
    rules = rules_for(2024, {"catch_up": 800_000})
    assert rules.super_catch_up == 800_000
    assert rules.note_for(["super_catch_up"]) == "YOUR LIMITS"


def test_a_published_year_has_nothing_to_project() -> None:
    assert rules_for(2026, projected=True).note == ""


@pytest.mark.parametrize("name", INDEXED)
def test_the_formulas_reproduce_every_published_limit(name: str) -> None:
    for year in published_years():
        if rules_for(year).entries[f"limits.{name}"].numbers:
            assert indexed(name, year - 1) == rules_for(year).limit(name).value, year


def test_the_index_is_held_for_every_published_year() -> None:
    assert {year - 1 for year in published_years()} <= THIRD_QUARTER.keys()


def test_projection_of_2027() -> None:
    rules = rules_for(2027, projected=True)
    projected = {
        "deferral": 25_500, "catch_up": 8_500, "super_catch_up": 11_750, "annual_additions": 75_000,
        "compensation": 375_000, "hce": 170_000, "key_employee": 245_000, "roth_catch_up_wages": 155_000,
        "ira": 7_500, "ira_catch_up": 1_100,
    }  # fmt: skip
    for name, amount in projected.items():
        limit = rules.limit(name)
        assert (limit.value, limit.status, limit.checked) == (amount * 100, "projected", None), name
    assert "projected with CPI-U growth of 3.6%" in rules.limit("415(c)").source
    assert rules.limit("wage_base").status == rules.limit("hsa_self").status == "published"
    assert rules.note == "PROJECTED"


@pytest.mark.parametrize(
    ("growth", "name", "amount"),
    [
        (34_200, "key_employee", 240_000),
        (34_300, "key_employee", 245_000),
        (33_100, "deferral", 25_000),
        (33_200, "deferral", 25_500),
        (33_100, "catch_up", 8_000),
        (32_300, "hce", 170_000),
        (32_200, "hce", 165_000),
        (28_000, "annual_additions", 74_000),
        (-50_000, "annual_additions", 72_000),
    ],
)
def test_smaller_growth_lowers_a_projection_but_never_below_the_year_before(
    growth: int, name: str, amount: int
) -> None:
    assert rules_for(2027, projected=True, growth=growth).limit(name).value == amount * 100


def test_only_the_next_year_can_be_projected() -> None:
    with pytest.raises(InputError, match=r"^Only 2027, .* can be projected; 2028 cannot\.$"):
        project(2028, 2026, {})
