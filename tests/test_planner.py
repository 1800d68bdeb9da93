"""The planner as written: nothing for Excel to repair, every value stored, every name there, figures by hand."""

from __future__ import annotations

import re
import zipfile
from dataclasses import fields, replace
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils.datetime import to_excel

from mbr_workbooks.contents import build_planner, planner
from mbr_workbooks.lint import lint
from mbr_workbooks.linting.formulas import formula_faults, reads_as_cell
from mbr_workbooks.sample import sample_household
from mbr_workbooks.sheet import Sheet
from mbr_workbooks.values import NotComputed, computed_values
from mbr_workbooks.write import write_book
from mbr_xl.client import Client
from mbr_xl.engine.plan import plan_year, rules_of
from mbr_xl.household import USUAL_PAYS, Election, Household
from mbr_xl.money import Millionths
from mbr_xl.results import CONVERSION_COLUMNS, PAY_COLUMNS, Headlines
from tests.households import random_household
from tests.small_planner import every_input

TIER_LISTS = ("match_tiers", "match_or", "match_tiers_after", "match_or_after")
LISTS = {
    **{name: rows for name, rows in every_input().items() if rows > 1},
    **{f"{tiers}_{part}": 4 for tiers in TIER_LISTS for part in ("kind", "rate", "share", "dollars")},
    "conversion_dates": 12,
}
LINES = {name for name, rows in every_input().items() if rows == 1}
OTHERS = (
    "limit_deferral", "limit_catch_up", "limit_super_catch_up", "limit_annual_additions", "limit_compensation",
    "limit_roth_catch_up_wages", "bank_holidays", "half_cent", "elections_stamp", "inputs_stamp", "elections_current",
    "checks_failed", "master_check", "prepared_by", "disclosure",
)  # fmt: skip


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("planner") / "sample.xlsx"
    build_planner(path, sample_household(), prepared_by="Example Advisors LLC", stamped=True)
    return path


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("planner") / "empty.xlsx"
    build_planner(path)
    return path


def value_of(path: Path, name: str) -> object:
    book = openpyxl.load_workbook(path, data_only=True)
    ((sheet, cell),) = book.defined_names[name].destinations
    return book[sheet][cell.replace("$", "")].value


def test_nothing_for_excel_to_repair(sample: Path, empty: Path) -> None:
    assert lint(sample) == []
    assert lint(empty) == []


def test_tabs(empty: Path) -> None:
    assert openpyxl.load_workbook(empty).sheetnames == [
        "Start", "Summary", "Inputs", "Payments", "Elections", "Pay", "Conversions", "Paths", "Cash", "Tax", "Backdoor",
        "Growth", "Testing", "Records", "Forms", "Checks", "Limits",
    ]  # fmt: skip


def test_every_formula_has_its_value(sample: Path, empty: Path) -> None:
    for path in (sample, empty):
        stored = computed_values(path)
        formulas = openpyxl.load_workbook(path)
        values = openpyxl.load_workbook(path, data_only=True)
        count = 0
        for sheet in formulas:
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.data_type == "f":
                        count += 1
                        found = values[sheet.title][cell.coordinate].value
                        if isinstance(found, datetime | time):
                            found = to_excel(found)
                        expect = stored[sheet.title, cell.coordinate]
                        assert (found or "") == (expect or "") or found == pytest.approx(expect), cell.coordinate
        assert count > 9000


def test_names(empty: Path) -> None:
    book = openpyxl.load_workbook(empty)
    expected = LINES | LISTS.keys() | {f.name for f in fields(Headlines)} | set(OTHERS)
    expected |= {f"pay_{column}" for column in PAY_COLUMNS}
    expected |= {f"conversion_{column}" for column in CONVERSION_COLUMNS}
    assert expected <= set(book.defined_names)
    for name in expected:
        ((sheet, cells),) = book.defined_names[name].destinations
        rows = len(book[sheet][cells.replace("$", "")]) if ":" in cells else 1
        if name.startswith("pay_") and name[4:] in PAY_COLUMNS:
            assert rows == 115
        elif name.startswith("conversion_") and name[11:] in CONVERSION_COLUMNS:
            assert rows == 116
        elif name in LISTS:
            assert rows == LISTS[name], name
        elif name != "bank_holidays":
            assert rows == 1, name


def shape(formula: str, row: int) -> str:
    """A formula with its relative rows told by distance: one copied down keeps its shape."""
    return re.sub(
        r"(\$?[A-Z]{1,3})(\$?)(\d+)(?!\d|\()", lambda m: m[0] if m[2] else f"{m[1]}[{int(m[3]) - row}]", formula
    )


def test_one_formula_a_column() -> None:
    sheets: dict[str, Sheet] = {sheet.name: sheet for sheet in planner()}
    for name in ("Pay", "Conversions"):
        sheet = sheets[name]
        for _, place in sheet.names.items():
            found = re.fullmatch(rf"={name}!\$([A-Z]+)\$(\d+):\$\1\$(\d+)", place)
            if not found:
                continue
            column = openpyxl.utils.column_index_from_string(found[1]) - 1
            cells = [sheet.cells[row - 1, column] for row in range(int(found[2]), int(found[3]) + 1)]
            shapes = {shape(cell.formula, row) for row, cell in enumerate(cells, start=int(found[2]))}
            assert len(shapes) == 1, place


def test_sample_by_hand(sample: Path) -> None:
    # 26 pays of 208,000 / 26 = 8,000.00; bonus 30,000; vests 4 x 18,000 are 415 pay only.
    by_hand = {
        "pays": 26 + 1 + 4,
        "total_pretax": 26 * 880.00 + 1500.00,  # 11% of 8,000, 5% of 30,000
        "total_match": 26 * 240.00 + 750.00,  # 50% of 6% of 8,000; 50% of the 5% deferred from the bonus
        "annual_match": 7140.00,  # 50% of 6% of 238,000, for 24,380 deferred is more than 14,280
        "true_up_due": 150.00,  # 7,140 - 6,990
        "total_employer": 7140.00,
        "additions_pay_total": 208000.00 + 30000.00 + 72000.00,
        "additions_limit": 72000.00,
        "limit_room": 40480.00,  # 72,000 - 24,380 - 7,140
        "after_tax_room": 40000.00,  # the plan's cap
        "binding": "the plan's dollar cap on after-tax",
        "best_base": 0.15,  # 26 x 1,200 = 31,200 ...
        "best_bonus": 0.29,  # ... + 8,700 = 39,900 = 40,000 - cushion 100
        "best_after_tax": 39900.00,
        "total_after_tax": 39900.00,
        "after_tax_unused": 100.00,
        "elections_safe": "yes",
        "over_by": 0,
        "unconverted_value": 0,  # Dec 24 is posted Dec 29 and converted Dec 30
        # 26 x 1,200.00 grown one business day at 6%: 0.19 each; two weekends or holidays make it no more, for the money
        # posts Tuesday and moves Wednesday. The bonus: 8,700 x (1.06^(1/365) - 1) = 1.39.
        "total_taxable": 26 * 0.19 + 1.39,
        "checks_failed": 0,
        "master_check": "PASS",
    }
    found = {name: value_of(sample, name) for name in by_hand}
    assert found == {
        name: pytest.approx(value) if isinstance(value, float) else value for name, value in by_hand.items()
    }


def test_words(sample: Path) -> None:
    book = openpyxl.load_workbook(sample, data_only=True)
    words = "Starting with the paycheck of Fri, Jan 9, 2026, set after-tax to 15% of base pay and 29% of bonus."
    assert book["Summary"]["A5"].value == words
    assert book["Elections"]["A5"].value == words


def test_elections_that_change_later_are_told_with_their_dates(tmp_path: Path) -> None:
    household, day = sample_household(), date(2026, 12, 24)
    first = household.elections[0]
    steps = (
        replace(first, base_after_tax=Millionths(150_000)),
        Election(date(2026, 6, 1), base_pretax=Millionths(100_000)),  # after-tax stays: nothing to tell
        Election(day, base_after_tax=Millionths(162_500)),
    )
    # 26 x 1,200, of the last 1,300: 31,300, and 8,700 of the bonus. One set brings 39,900, the cushion kept.
    path = tmp_path / "later.xlsx"
    build_planner(path, replace(household, elections=steps))
    book = openpyxl.load_workbook(path, data_only=True)
    assert value_of(path, "total_after_tax") == 40_000.00
    start = "Starting with the paycheck of Fri, Jan 9, 2026, set after-tax to "
    assert book["Summary"]["A5"].value == f"{start}15% of base pay and 29% of bonus."
    assert book["Summary"]["A6"].value == (
        "From Thu, Dec 24, 2026: 16.25% of base pay and 29% of bonus. The elections on file do that, and fit in every "
        "pay."
    )
    # Less than the best: the best is told, and what is on file beside it.
    build_planner(path, replace(household, elections=(replace(first, base_after_tax=Millionths(50_000)),)))
    book = openpyxl.load_workbook(path, data_only=True)
    assert book["Summary"]["A5"].value == f"{start}15% of base pay and 29% of bonus."
    assert book["Summary"]["A6"].value == (
        "The elections on file fit in every pay. They bring $19,100.00 of after-tax; the best would bring $39,900.00."
    )


def test_empty_planner_says_what_is_missing(empty: Path) -> None:
    book = openpyxl.load_workbook(empty, data_only=True)
    assert value_of(empty, "tax_year") == 2026
    assert value_of(empty, "pay_frequency") == "biweekly"
    assert book["Summary"]["A5"].value.startswith("Nothing to plan yet: fill in Inputs")
    assert book["Summary"]["B10"].value == "-"
    masters = {sheet["B3" if sheet.title == "Inputs" else "A3"].value for sheet in book}
    assert masters == {"Not filled in yet: begin with Inputs."}


def test_unpublished_year_shows_no_number(tmp_path: Path) -> None:
    household = Household(tax_year=2027, any_pay_date=date(2027, 1, 8), annual_salary=sample_household().annual_salary)
    build_planner(tmp_path / "planner.xlsx", household)
    summary = openpyxl.load_workbook(tmp_path / "planner.xlsx", data_only=True)["Summary"]
    assert summary["A5"].value.startswith("There is no published limit for 2027")
    assert {summary[f"{column}{row}"].value for row in range(10, 17) for column in "BE"} == {"-", None}


def test_each_sheet_opens_at_its_top_and_leads_back(sample: Path, empty: Path) -> None:
    assert openpyxl.load_workbook(sample).active.title == "Summary", "a filled planner opens with its answer"
    book = openpyxl.load_workbook(empty)
    assert book.active.title == "Start"
    for sheet in book:
        assert sheet.sheet_view.topLeftCell in (None, "A1")
        links = {cell.hyperlink.location for row in sheet["A1:Z3"] for cell in row if cell.hyperlink}
        assert links == ({"Checks!A1"} if sheet.title == "Start" else {"Checks!A1", "Start!A1"}), sheet.title


def test_no_developer_words_where_a_client_reads(sample: Path) -> None:
    choices = {"above_402g", "above_415c"}  # names for formulas stand in small print only
    for sheet in openpyxl.load_workbook(sample, data_only=True):
        for row in sheet[sheet.print_area.partition("!")[2].replace("$", "")]:
            for cell in row:
                if isinstance(cell.value, str) and cell.font.size > 9:
                    words = set(re.findall(r"\w+_\w+", cell.value)) - choices - {"mbr_xl"}
                    assert not words, (sheet.title, cell.coordinate, words)


def test_every_line_in_use_is_printed(tmp_path: Path) -> None:
    weekly = replace(sample_household(), pay_frequency="weekly", any_pay_date=date(2026, 1, 1), shift="none")
    build_planner(tmp_path / "weekly.xlsx", weekly)
    book = openpyxl.load_workbook(tmp_path / "weekly.xlsx")
    assert value_of(tmp_path / "weekly.xlsx", "pays") == 53 + 5
    assert book["Pay"].print_area == "'Pay'!$A$1:$U$87", "two pages"


@pytest.mark.parametrize("seed", range(6))
def test_equals_engine(seed: int, tmp_path: Path) -> None:
    household = random_household(seed)
    plan = plan_year(household, rules_of(household))
    path = tmp_path / "planner.xlsx"
    sheets = planner(Client(household=household))
    write_book(sheets, path)
    values = computed_values(path)

    def column(name: str) -> list[float | str]:
        sheet = next(sheet for sheet in sheets if name in sheet.names)
        first, _, last = sheet.names[name].partition("!")[2].replace("$", "").partition(":")
        letters = re.sub(r"\d", "", first)
        rows = range(int(re.sub(r"\D", "", first)), int(re.sub(r"\D", "", last or first)) + 1)
        return [values[sheet.name, f"{letters}{row}"] for row in rows]

    for name in ("gross", "pretax", "roth", "match", "after_tax", "additions_to_date"):
        expect = [getattr(line, name) / 100 for line in plan.pays]
        assert column(f"pay_{name}") == pytest.approx(expect + [0] * (115 - len(expect)), abs=1e-6)
    for name in ("value", "converted", "taxable", "basis_left"):
        expect = [getattr(line, name) / 100 for line in plan.conversions]
        assert column(f"conversion_{name}") == pytest.approx(expect + [0] * (116 - len(expect)), abs=1e-6)
    assert column("after_tax_room") == pytest.approx([plan.headlines.after_tax_room / 100])
    assert column("best_after_tax") == pytest.approx([plan.headlines.best_after_tax / 100])


def test_same_parts_each_time(sample: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.xlsx"
    build_planner(again, sample_household(), prepared_by="Example Advisors LLC", stamped=True)
    with zipfile.ZipFile(sample) as one, zipfile.ZipFile(again) as other:
        assert {name: one.read(name) for name in one.namelist()} == {
            name: other.read(name) for name in other.namelist()
        }
    assert [path.name for path in tmp_path.iterdir()] == ["again.xlsx"]


def test_inputs_are_open_and_all_else_is_locked(sample: Path) -> None:
    book = openpyxl.load_workbook(sample)
    for sheet in book:
        assert sheet.protection.sheet, sheet.title
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    assert cell.protection.locked, (sheet.title, cell.coordinate)
    for name in LINES:
        ((sheet_name, cell),) = book.defined_names[name].destinations
        assert not book[sheet_name][cell.replace("$", "")].protection.locked, name


def test_frequencies_fit() -> None:
    assert set(USUAL_PAYS) == {"weekly", "biweekly", "semimonthly", "monthly"}


def test_a_formula_without_value_is_a_fault(tmp_path: Path) -> None:
    sheet = Sheet("Only")
    sheet.put(0, 0, "=1/0")
    write_book([sheet], tmp_path / "broken.xlsx")
    with pytest.raises(NotComputed, match="Only!A1"):
        computed_values(tmp_path / "broken.xlsx")


@pytest.mark.parametrize(
    ("formula", "fault"),
    [
        ("SUM(1,0", "parentheses"), ("IF(A1=0,1;0)", "semicolon"), ("XLOOKUP(A1,B1:B2,C1:C2)", "XLOOKUP"),
        ("A1*0.06", "0.06"), ("Y2026!A1", "quotes"), ('IF(A1="x,1,0)', "quote"), ("tblPay[[@Date]]", "stored"),
    ],
)  # fmt: skip
def test_lint_of_a_formula(formula: str, fault: str) -> None:
    assert any(fault in found for found in formula_faults(formula))


def test_names_that_read_as_cells() -> None:
    assert all(reads_as_cell(name) for name in ("A1", "OPT2", "R", "c", "R1C1", "XFD1048576"))
    assert not any(reads_as_cell(name) for name in ("tax_year", "XFE1", "R_1", "half_cent", "AAAA1"))


def test_the_cost_of_waiting_is_not_taken_for_this_plan(sample: Path) -> None:
    """Paths compares rules; what the plan itself converts stands beside them, from Conversions."""
    page = openpyxl.load_workbook(sample, data_only=True)["Paths"]
    texts = [cell.value for cell in page["A"] if isinstance(cell.value, str)]
    household = sample_household()
    plan = plan_year(household, rules_of(household))
    lines = [line for line in plan.conversions if line.tax_year == household.tax_year]
    taxable, tax = sum(line.taxable for line in lines) / 100, sum(line.tax for line in lines) / 100
    assert taxable > 0
    begins = f"This plan's own conversions stand on Conversions: {len(lines)}, taxable ${taxable:,.2f}, tax ${tax:,.2f}"
    assert sum(text.startswith(begins) for text in texts) == 1
    assert "at once" not in texts
    assert {"If converted", "day after each pay"} <= set(texts)
