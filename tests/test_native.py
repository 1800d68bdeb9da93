"""Plain formulas for calls of our functions: the same to the cent, never a number for what is refused."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from mbr_udfs import CATALOGUE
from mbr_udfs.cells import MARK
from mbr_workbooks.cli import run
from mbr_workbooks.edit import calculated, edit
from mbr_workbooks.equivalent import RULES
from mbr_workbooks.foreign import is_foreign
from mbr_workbooks.formulas import Cell, read_written
from mbr_workbooks.handoff import hand_off
from mbr_workbooks.linting.formulas import formula_faults
from mbr_workbooks.native import native_formula
from mbr_workbooks.package import Package
from mbr_workbooks.read import read_planner
from mbr_workbooks.sheet_xml import cells_of, sheets_of
from mbr_xl.errors import InputError
from tests.native_books import LIMITS, NAMES, computed, expect_same, is_refusal
from tests.random_calls import ARGUMENTS, CallCase, random_call
from tests.small_planner import household, write_small_planner
from tests.test_handoff import parts

CALLS = 400


def expect_all_same(cases: Sequence[CallCase], tax_year: int = 2026) -> None:
    rows, blank = [], "=1"
    for case in cases:
        rows.append((native_formula(case.formula, NAMES) or blank, case.cells))
    answers = computed(rows, tax_year)
    found = [(case, row[0], answer) for case, row, answer in zip(cases, rows, answers, strict=True) if row[0] != blank]
    assert len(found) > len(cases) / 2
    for case, formula, answer in found:
        assert not list(formula_faults(formula[1:], constants=False)), formula
        expect_same(case, formula, answer)
    assert sum(isinstance(answer, float) or case.name == "MBR_PATH" for case, _, answer in found) > len(found) / 5


@pytest.mark.parametrize("name", ARGUMENTS)
def test_random_calls(name: str, base_seed: int) -> None:
    rng = random.Random(f"{name} {base_seed}")
    expect_all_same([random_call(name, row, rng) for row in range(1, CALLS + 1)])


@pytest.mark.parametrize("tax_year", [2024, 2026, 2027])
@pytest.mark.parametrize("name", ["MBR_ROOM", "MBR_DEFERRAL_LIMIT"])
def test_the_planners_own_year(name: str, tax_year: int, base_seed: int) -> None:
    rng = random.Random(f"{name} {tax_year} {base_seed}")
    cases = [random_call(name, row, rng, tax_year) for row in range(1, CALLS // 4)]
    if tax_year == 2027:
        answers = computed([(native_formula(case.formula, NAMES) or '="#MBR! "', case.cells) for case in cases], 2027)
        assert all(map(is_refusal, answers)), "2027 is not published"
    else:
        expect_all_same(cases, tax_year)


def test_every_rule_is_tried() -> None:
    assert set(RULES) == {*ARGUMENTS, "MBR_LIMIT"}


@pytest.mark.parametrize("tax_year", [2024, 2025, 2026, 2027])
def test_a_limit_of_the_planners_year(tax_year: int) -> None:
    formulas = [native_formula(f'=MBR_LIMIT(tax_year,"{name}")', NAMES) for name in LIMITS]
    for name, answer in zip(LIMITS, computed([(str(formula), ()) for formula in formulas], tax_year), strict=True):
        wanted = CATALOGUE["MBR_LIMIT"](float(tax_year), name)
        assert answer == wanted or (is_refusal(answer) and is_refusal(wanted)), (name, answer, wanted)


# By hand: what is left of the formula, the cells beside it, the answer.
SAID: list[tuple[str, tuple[Any, ...], object]] = [
    ("=CONVERT_TAXABLE(A1,B1)", (10_000, 10_200), 200),
    ("=CONVERT_TAXABLE(A1,B1,C1)", (10_000, 10_200, 10_000), 196.08),
    ('=CONVERT_TAXABLE(A1,B1,,"Leave")', (10_000, 10_200), 196.08),
    ("=ROUND(CONVERT_TAX(A1,B1,41.3%),0)", (10_000, 10_200), 83),
    ("=1000-CONVERT_TAX( A1, B1 ,C1)*2", (10_000, 10_200, 0.37), 852),
    ("=IF(A1>0,MBR_ROOM(2026,A1,B1)/2,0)", (24_500, 10_000), 18_750),
    ("=A1-mbr_room(2026,24500,10000)", (40_000,), 2_500),
    ("=MBR_ROOM(2026,MBR_DEFERRAL_LIMIT(2026,A1),B1,,A1)", (52, 10_000), 37_500),
    ("=MBR_ROOM(2026,SUM(A1:C1),10000)", (20_000, 4_000, 500), 37_500),
    ("=MBR_ROOM(tax_year,A1+0.005,B1)", (24_499.99, 10_000), 37_500),
    ("=MBR_ROOM('L'!$A$1,A1,B1)", (24_500, 10_000), 37_500),  # the planner's year, by its cell
    ("=MBR_ROOM(2026,A1,B1,,DATE(1974,5,5))", (32_500, 10_000), 37_500),
    ('=A1&" of "&MBR_LIMIT(2026,"415(c)")', ("some",), "some of 72000"),
    ('=COUNTIF(A1:C1,">"&MBR_LIMIT(2026,"catch_up"))', (8_000, 8_001, 9_000), 2),
    ("=IF(MBR_ROTH_CATCH_UP(2026,52,180000),A1,B1)", (1, 2), 1),
    ("=BACKDOOR_TAXABLE(A1,B1,C1,,3)", (1_000, 1_000, 2_000), 667),
    ("=MBR_ACP_LIMIT(A1)", (0.0833,), 0.1041),
    ("=MBR_ESTIMATED_TAX(A1,B1,C1)", (60_000, 40_000.05, 151_000), 44_000.06),
    ('=LEN(MBR_PATH(A1,B1,"no"))>100', ("yes", "no"), True),
    # refused, and therefore no number, whatever stands around it
    ("=CONVERT_TAXABLE(A1,B1,C1)", (10_000, 10_200, 10_300), MARK),
    ("=CONVERT_TAX(A1,B1,C1)", (10_000, 10_200, 37), MARK),
    ("=CONVERT_TAX(A1,B1,C1)", (10_000, "10200", 0.37), MARK),
    ("=MBR_ROOM(2026,A1,B1)", (24_500.01, 0), MARK),
    ("=MBR_ROOM(2026,A1,B1)", (None, 0), MARK),
    ("=MBR_ROOM(2026,A1,B1)", ("#N/A", 0), MARK),
    ("=MBR_ROOM(2026,MBR_DEFERRAL_LIMIT(2026,A1),B1)", (9, 0), MARK),
    ("=IFERROR(MBR_ROOM(2026,A1,B1),0)", ("#N/A", 0), MARK),
    ("=CONVERT_TAXABLE(A1,B1,C1)", (999_999_999, 1_000_000_000, 500_000_000), MARK),  # no exact product
]


@pytest.mark.parametrize(("formula", "cells", "wanted"), SAID)
def test_by_hand(formula: str, cells: tuple[Any, ...], wanted: object) -> None:
    plain = native_formula(formula, NAMES)
    assert plain is not None
    assert not is_foreign(plain)
    (answer,) = computed([(plain, cells)])
    assert str(answer).startswith(MARK) if wanted == MARK else answer == wanted, (plain, answer)


@pytest.mark.parametrize(
    "formula",
    [
        "=CONVERT_TAX(10000,10200,37%)",  # nothing is left but a number
        '=CONVERT_TAX(A1,B1,37%,,C1)',  # where earnings go is a word that may change
        "=MBR_ROOM(2026,A1:A3,B1)", "=MBR_ROOM(2026,A1:A3*1,B1)", "=MBR_ROOM(2026,pay_gross,B1)",
        "=MBR_ROOM(2026,IF(A1,B1:B3,0),B1)", "=MBR_ROOM(2026,OFFSET(A1,0,0,2,1),B1)", "=MBR_ROOM(2026,{1,2},B1)",
        "=MBR_ROOM(2026,'Jan:Dec'!A1,B1)", "=MBR_ROOM(2026,A1#,B1)", "=MBR_ROOM(2026,Table1[Paid],B1)",
        "=MBR_ROOM(A1,B1,C1)", "=MBR_ROOM(2031,A1,B1)", '=MBR_ROOM("2027 projected",A1,B1)',
        "=MBR_ROOM(2026,A1)", "=MBR_ROOM(2026,A1,)", "=MBR_ROOM(2026,A1,-5)", "=MBR_ROOM(2026,A1,B1,,,,,,,9)",
        '=MBR_ROOM(2026,A1,B1,,,,,"above_415c")', "=MBR_GROWTH(A1,20,7%)", "=A1-MBR_GROWTH(A1,20,7%)",
        "=MBR_BINDING(2026,A1,B1)", "=MBR_PAY_DATES(2026,A1)", "=A1&MBR_VERSION()", "=MBR_NO_SUCH(A1)",
        "=BACKDOOR_TAXABLE(A1,B1,C1,,7)", "=MBR_DEFERRAL_LIMIT(2026,A1,,\"no\")", '=MBR_LIMIT(tax_year,"ira")',
        "=CONVERT_TAXABLE(A1,B1)+CONVERT_TAXABLE(10000,9000,10000)",
    ],
)  # fmt: skip
def test_has_no_equivalent(formula: str) -> None:
    plain = native_formula(formula, NAMES)
    assert plain is None or is_foreign(plain), plain


def test_what_is_no_call_of_ours_stays_letter_for_letter() -> None:
    first = '=IF( SUMPRODUCT(A1:A9,--(B1:B9="x"),{1;2;3}) >0,'
    around = first + "'My sheet'!$A$1 & \"MBR_ROOM(1)\", Table1[[#This Row],[a]])"
    assert native_formula(around, NAMES) == around
    assert native_formula(around + "+MBR_ROOM(2026,24500,0)", NAMES) == around + "+47500"


def typed_cells(book: Any, pages: Mapping[str, Any]) -> None:
    page = book.add_worksheet("Mine")
    page.write_row(0, 0, [24_500, 10_000, 0.37, 10_200])
    formulas: list[tuple[str, object]] = [
        ("=MBR_ROOM(2026,A1,B1)", 37_500),  # A2
        ("=[1]!MBR_ROOM(2026,A1,B1)-_xldudf_CONVERT_TAX(B1,D1,C1)", 37_426),
        ("=A2*2", 75_000),
        ("=MBR_ROOM(2026,A1,B1)", 37_000),  # A5: saved by a version that answered otherwise
        ("=A5+MBR_ROOM(2026,A1,B1)", 74_500),  # and this one builds on it
        ("=MBR_GROWTH(A1,1,7%)", 24_500),  # A7
        ("=MBR_ROOM(2026,A1,A7)", 23_000),
        ("=MBR_ROOM(2026,24500,B2)", "#MBR! employer is blank: give dollars, such as 24500, or 0."),  # A9
        ('=MBR_PATH("yes",IF(A1>0,"yes","no"),"no")', CATALOGUE["MBR_PATH"]("yes", "yes", "no")),
        ("=MBR_ROOM(2026,A1,-1)", "#MBR! employer: -1 is negative; give dollars, such as 24500, or 0."),  # A11
        ("=MBR_ROOM(2026,A1,B1)<MBR_PAY_DATES(A1)", False),
    ]
    for row, (formula, value) in enumerate(formulas, 1):
        page.write_formula(row, 0, formula, None, value)
    # as an Excel that spills keeps a call of an add-in
    page.write_dynamic_array_formula("C2", "=MBR_ROOM(2026,A1,B1)", None, 37_500)
    page.write_dynamic_array_formula("C3", "=MBR_ROOM(2026,A1,SUM(B1:B1*1))", None, 37_500)
    page.write_dynamic_array_formula("D3", "=MBR_ROOM(2026,A1,SUM(B1:B1, 0))", None, 37_500)
    page.write_dynamic_array_formula("C4:C5", "=MBR_ROOM(2026,A1,B1)", None, 37_500)


def test_hand_off_keeps_them_live(tmp_path: Path) -> None:
    planner, out = write_small_planner(tmp_path / "planner.xlsx", household(), typed_cells), tmp_path / "client.xlsx"
    done = hand_off(planner, out)
    assert {cell.address for cell in done.native} == {"A2", "A3", "A8", "A10", "C2", "D3"}
    assert {cell.address for cell in done.frozen} == {"A5", "A6", "A7", "A9", "A11", "A12", "C3", "C4"}
    old, new = read_planner(planner), read_planner(out)
    for cell in (*done.native, *done.frozen):
        assert new.value(cell) == old.value(cell), cell
        formula = new.written.formula(cell)
        assert (formula is None) == (cell in done.frozen), cell
        assert formula is None or not is_foreign(formula)
    part = next(sheet.part for sheet in sheets_of(Package(out)) if sheet.name == "Mine")
    stored = cells_of(parts(out)[part])
    assert not any("cm" in stored[cell.address].attributes for cell in done.native)
    assert not any(stored[cell.address].formula_attributes for cell in done.native)
    assert "xl/calcChain.xml" not in parts(out)
    again = calculated(out.read_bytes(), done.native)
    assert all(again[cell] == old.value(cell) for cell in done.native)
    assert not any(is_foreign(text) for text in map(read_written(out, out.read_bytes()).formula, done.native))


def test_the_clients_copy_follows_a_changed_input(tmp_path: Path) -> None:
    planner, out = write_small_planner(tmp_path / "planner.xlsx", household(), typed_cells), tmp_path / "client.xlsx"
    hand_off(planner, out)
    edit(out, {Cell("Mine", 1, 2): 12_000.0})
    changed = read_planner(out)
    assert changed.value(Cell("Mine", 2, 1)) == 35_500
    assert changed.value(Cell("Mine", 3, 1)) == 35_500  # 12,000 of basis in 10,200: a loss, nothing is taxed
    edit(out, {Cell("Mine", 1, 2): "n/a"})
    assert str(read_planner(out).value(Cell("Mine", 2, 1))).startswith(MARK)


def test_a_missing_value_is_refused_as_before(tmp_path: Path) -> None:
    def no_value(book: Any, pages: Mapping[str, Any]) -> None:
        book.add_worksheet("Mine").write_formula(0, 0, "=MBR_ROOM(2026,B1,0)", None, 77)

    planner = write_small_planner(tmp_path / "planner.xlsx", household(), no_value)
    package = Package(planner)
    part = next(sheet.part for sheet in sheets_of(package) if sheet.name == "Mine")
    package[part] = package[part].replace(b"<v>77</v>", b"")
    planner.write_bytes(package.to_bytes())
    with pytest.raises(InputError, match=r"Mine!A1 calls an add-in and has no stored value"):
        hand_off(planner, tmp_path / "client.xlsx")


def test_the_command_says_which(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    planner = write_small_planner(tmp_path / "planner.xlsx", household(), typed_cells)
    assert run(["handoff", str(planner), str(tmp_path / "client.xlsx")]) == 0
    assert "Now plain formulas that compute the same without an add-in: Mine!A2" in capsys.readouterr().out
    assert run(["handoff", str(planner), str(tmp_path / "other.xlsx"), "--json"]) == 0
    assert "Mine!A2" in json.loads(capsys.readouterr().out)["native"]
