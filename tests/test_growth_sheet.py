"""The Growth sheet as written: its formulas computed without a spreadsheet program, its words and its checks."""

from __future__ import annotations

import re
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from mbr_workbooks.contents import planner
from mbr_workbooks.linting.formulas import formula_faults, reads_as_cell
from mbr_workbooks.sample import sample_household
from mbr_workbooks.sheet import Sheet
from mbr_workbooks.sheets.years_ahead.growth import CHECKS, growth_sheet
from mbr_workbooks.values import Result, computed_values
from mbr_workbooks.write import write_book
from mbr_xl.cash_facts import CashFacts
from mbr_xl.client import Client
from mbr_xl.engine.plan import plan_year, rules_of
from mbr_xl.future_answers import growth_answers, readiness_answers, year_table
from mbr_xl.future_facts import FutureFacts, Goal
from mbr_xl.household import Household
from mbr_xl.money import Cents

FACTS: dict[str, Any] = {
    "years_to_go": 20, "future_growth": 70_000, "plan_years": 12, "limit_growth": 20_000, "tax_drag": 60_000,
    "end_gains_rate": 200_000, "emergency_months": 6, "liquid_savings": 60_000_00, "insured_health": "yes",
    "insured_disability": "no", "hsa_coverage": "family", "hsa_contributed": 5_000_00, "nqdc_deferred": 20_000_00,
    "espp_offered": True, "espp_discount": 150_000, "espp_used": False,
    "goals": (Goal("home", date(2029, 6, 1), Cents(80_000_00)), Goal("other", date(2045, 9, 1), Cents(9_000_000_00))),
}  # fmt: skip


def household() -> Household:
    found: Any = sample_household()
    made: Household = found.household if isinstance(found, Client) else found
    return made


def client(**facts: Any) -> Client:
    spending = CashFacts(monthly_spending=Cents(9_000_00))
    return Client(household=household(), cash=spending, future=FutureFacts(**facts))


def sheets_of(given: Client | None) -> list[Sheet]:
    """The planner with Growth in it, and the faults that its checks count on a sheet of their own."""
    sheets = planner(given)
    if all(sheet.name != "Growth" for sheet in sheets):
        sheets.append(growth_sheet(given))
    faults = Sheet("Faults")
    for row, (_, _, formula, _) in enumerate(CHECKS):
        faults.put(row, 0, formula)
    return [*sheets, faults]


class Computed:
    """The values of a planner by defined name."""

    def __init__(self, given: Client | None, path: Path) -> None:
        self.sheets = sheets_of(given)
        write_book(self.sheets, path)
        self.values = computed_values(path)
        self.faults = {what: self.values["Faults", f"A{row}"] for row, (_, what, _, _) in enumerate(CHECKS, start=1)}

    def column(self, name: str) -> list[Result]:
        sheet = next(sheet for sheet in self.sheets if name in sheet.names)
        first, _, last = sheet.names[name].partition("!")[2].replace("$", "").partition(":")
        letters, rows = re.sub(r"\d", "", first), [int(re.sub(r"\D", "", end)) for end in (first, last or first)]
        return [self.values[sheet.name, f"{letters}{row}"] for row in range(rows[0], rows[1] + 1)]

    def __getitem__(self, name: str) -> Result:
        return self.column(name)[0]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Computed:
    return Computed(client(**FACTS), tmp_path_factory.mktemp("growth") / "filled.xlsx")


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Computed:
    return Computed(None, tmp_path_factory.mktemp("growth") / "empty.xlsx")


def in_cells(value: Any, name: str) -> Any:
    if isinstance(value, str) or name in ("end_year", "break_even_months", "before_open", "before_untold"):
        return value
    return value / (1_000_000 if name == "espp_gain" else 1 if name == "insurance_missing" else 100)


def test_equals_engine(filled: Computed) -> None:
    given = client(**FACTS)
    rules = rules_of(given.household)
    plan = plan_year(given.household, rules)
    growth = growth_answers(given, plan, rules)
    assert growth
    for name, value in {**asdict(growth), **asdict(readiness_answers(given, plan, rules))}.items():
        expect = in_cells(value, name)
        assert filled[name] == (expect if isinstance(expect, str) else pytest.approx(expect, abs=1e-9)), name
    roth = [line.roth / 100 for line in year_table(given, plan)]
    assert filled.column("future_roth") == pytest.approx(roth + [0] * 30)


def test_words(filled: Computed, empty: Computed) -> None:
    said = [filled.values["Growth", f"A{row}"] for row in (5, 6, 7, 8)]
    assert said == [
        "At 7.0% a year, $39,900 a year, rising, for 12 of 20 years would be $1,349,106 of Roth money at the"
        " end of 2045.",
        "Hypothetical, before fees; tax-free if qualified. That is $182,928 more than in a taxable account, and"
        " $336,167 more than left unconverted, each after tax.",
        "Left unconverted for more than 7 years 9 months, the first year's money would end below a taxable account,"
        " although converted then.",
        "",  # born June 15, 1985: 60 by then
    ]
    assert str(empty.values["Growth", "A5"]).startswith("Nothing to plan yet")
    assert empty["break_even"] == ""
    assert filled["ready_words"] == "Before after-tax money: 3 open, 1 not told."


def test_checks(filled: Computed, tmp_path: Path) -> None:
    assert set(filled.faults.values()) == {0, 3}, "three of the six before are open, and nothing else is to be said"
    late = client(**{**FACTS, "years_to_go": 5, "tax_drag": 0, "goals": FACTS["goals"][::-1]})
    late = replace(late, household=replace(late.household, cadence="none"))
    young = Computed(late, tmp_path / "young.xlsx")
    assert young.faults["The money is needed after 59 1/2"] == 1
    assert str(young.values["Growth", "A8"]).startswith("At the end of 2030 the saver is not 59 1/2 yet")
    assert young.faults["Waiting to convert still beats a taxable account"] == 1
    assert young.faults["Goals are complete and in order of date"] == 1
    wrong = Computed(client(**{**FACTS, "years_to_go": 51}), tmp_path / "wrong.xlsx")
    assert wrong.faults["Years, growth and waits of section Growth can be used"] == 1
    assert wrong["end_roth"] == 0


def test_too_much_and_what_cannot_be_told_is_said(tmp_path: Path) -> None:
    given = client(**{**FACTS, "hsa_contributed": 12_000_00, "fsa_costs": 10_000_00, "fsa_elected": 3_400_00})
    given = replace(given, household=replace(given.household, cadence="none"))
    found = Computed(given, tmp_path / "over.xlsx")
    said = [str(value) for (sheet, _), value in found.values.items() if sheet == "Growth"]
    assert (found["ready_hsa"], found["hsa_over"]) == ("open", 3250)
    assert "over by $3,250, the limit is $8,750: 6% tax a year until it is out" in said
    assert "costs above the election; what the plan and the law still allow is not told here" in said
    assert str(found["goal_words"]).startswith("No conversion of this plan's after-tax money can be told")
    for what in ("HSA contributions are within the year's limit", "No FSA stands in the way of the HSA"):
        assert found.faults[what] == 1
    assert found.faults["A conversion can be told that brings the goals their Roth money"] == 1


def test_nothing_for_excel_to_repair(filled: Computed) -> None:
    sheet = next(sheet for sheet in filled.sheets if sheet.name == "Growth")
    for place, cell in sheet.cells.items():
        if cell.formula:
            assert list(formula_faults(cell.formula[1:])) == [], place
            assert all(len(text) <= 255 for text in re.findall(r'"((?:[^"]|"")*)"', cell.formula)), place
    assert not [name for name in sheet.names if reads_as_cell(name)]


def shape(formula: str, row: int) -> str:
    """A formula with its relative rows told by distance: one copied down keeps its shape."""
    return re.sub(
        r"(\$?[A-Z]{1,3})(\$?)(\d+)(?!\d|\()", lambda m: m[0] if m[2] else f"{m[1]}[{int(m[3]) - row}]", formula
    )


def test_one_formula_a_column(filled: Computed) -> None:
    sheet = next(sheet for sheet in filled.sheets if sheet.name == "Growth")
    seen = 0
    for name, place in sheet.names.items():
        found = re.fullmatch(r"=Growth!\$([A-Z]+)\$(\d+):\$\1\$(\d+)", place)
        if found and name.startswith(("future_", "reach_", "late_", "growth_chart_")):
            column = openpyxl.utils.column_index_from_string(found[1]) - 1
            rows = range(int(found[2]), int(found[3]) + 1)
            assert len({shape(sheet.cells[row - 1, column].formula, row) for row in rows}) == 1, name
            seen += 1
    assert seen > 30
