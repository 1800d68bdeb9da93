"""What a pay file does not say is not $0: an unknown column of dollars and a missing contribution are refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from mbr_workbooks.cli import BAD_INPUT, FAILED, OK, run
from mbr_workbooks.import_pay import import_pays
from mbr_workbooks.read import read_planner
from mbr_xl.household import Election, Household
from mbr_xl.money import Cents, Millionths
from mbr_xl.records import Paid
from tests.small_planner import household, write_small_planner

Said = pytest.CaptureFixture[str]
# $8,000 every other Friday from January 9, 15% of it ($1,200) after-tax, at most $40,000 in the year; no match.
DAYS = ("1/9/2026", "1/23/2026", "2/6/2026", "2/20/2026")
STUBS = "Pay Date,Pay Type,Gross,Vol AT 401k,Federal Income Tax\n" + "".join(
    f"{day},Regular,8000,1200,900\n" for day in DAYS
)
PLAIN = STUBS.replace("Vol AT 401k", "After-Tax")


def saver(**changes: object) -> Household:
    given: dict[str, object] = {
        "annual_salary": Cents(208_000_00),
        "any_pay_date": date(2026, 1, 9),
        "payments": (),
        "match_period": "none",
        "match_tiers": (),
        "true_up": "none",
        "after_tax_cap": Cents(40_000_00),
        "elections": (Election(date(2026, 1, 1), base_after_tax=Millionths(150_000)),),
    }
    return household(**{**given, **changes})


@pytest.fixture
def planner(tmp_path: Path) -> Path:
    return write_small_planner(tmp_path / "planner.xlsx", saver())


def pay_file(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "pays.csv"
    path.write_text(text, encoding="utf-8")
    return path


def after_tax(planner: Path) -> list[int]:
    read = read_planner(planner).household
    assert read is not None
    return [one.after_tax for one in read.paid]


def test_an_unknown_column_of_dollars_is_refused_until_it_is_mapped(
    planner: Path, tmp_path: Path, capsys: Said
) -> None:
    pays, out = str(pay_file(tmp_path, STUBS)), tmp_path / "out.xlsx"
    assert run(["import-pay", str(planner), pays, str(out)]) == BAD_INPUT
    assert not out.exists()
    assert capsys.readouterr().err.strip() == (
        "pays.csv: nothing is taken, because Vol AT 401k holds dollars and is not known: say "
        '--map "Vol AT 401k=after_tax" (or another field) for a contribution of the pay, and for what is none '
        '--map "Vol AT 401k=ignore".'
    )
    assert run(["import-pay", str(planner), pays, str(out), "--map", "Vol AT 401k=after_tax"]) == OK
    assert after_tax(out) == [1_200_00] * 4  # $4,800: of the cap, $35,200 is left, and not $40,000
    assert "below" not in capsys.readouterr().out


def test_ignoring_it_is_not_saying_that_there_was_none(planner: Path, tmp_path: Path, capsys: Said) -> None:
    pays, out = str(pay_file(tmp_path, STUBS)), tmp_path / "out.xlsx"
    ignored = ["import-pay", str(planner), pays, str(out), "--map", "Vol AT 401k=ignore"]
    assert run(ignored) == BAD_INPUT
    assert not out.exists()
    assert capsys.readouterr().err.strip() == (
        "Nothing is taken: for the base pay of Fri, Jan 9, 2026 the file has no column of after-tax ($1,200 is "
        'planned). Name the column that has it with --map "COLUMN=after_tax", or add one to the file; only if the pays '
        "had none, say --none after_tax."
    )
    assert run([*ignored, "--none", "after-tax"]) == OK
    assert capsys.readouterr().out.count("no after-tax, as you said") == 4
    assert after_tax(out) == [0] * 4
    read = read_planner(out)
    assert [read.value(cell) for cell in read.cells("paid_after_tax")[:5]] == [0, 0, 0, 0, None]
    assert run([*ignored[:3], str(tmp_path / "more.xlsx"), *ignored[4:]]) == BAD_INPUT  # none is said file by file


def test_a_negative_line_is_refused_mapped_or_not(planner: Path, tmp_path: Path, capsys: Said) -> None:
    back = STUBS.replace("2/6/2026,Regular,8000,1200", "2/6/2026,Regular,8000,-1200")
    pays, out = str(pay_file(tmp_path, back)), tmp_path / "out.xlsx"
    assert run(["import-pay", str(planner), pays, str(out)]) == BAD_INPUT
    assert not out.exists()
    assert run(["import-pay", str(planner), pays, str(out), "--map", "Vol AT 401k=after_tax"]) == FAILED
    assert "after-tax is below 0" in capsys.readouterr().out
    assert after_tax(out) == [1_200_00] * 3


def test_a_blank_figure_where_one_is_planned_is_not_taken(planner: Path, tmp_path: Path) -> None:
    pays = pay_file(tmp_path, PLAIN.replace("2/6/2026,Regular,8000,1200", "2/6/2026,Regular,8000,"))
    done = import_pays(planner, pays)
    assert [one.result for one in done.outcomes] == ["taken", "taken", "not taken", "taken"]
    assert done.outcomes[2].why == (
        "the file has no figure for after-tax ($1,200 is planned): put it in, or 0; or, if there was none, say "
        "--none after_tax"
    )
    told = import_pays(planner, pays, none=("after_tax",))
    assert [one.after_tax for one in told.household.paid] == [1_200_00, 1_200_00, 0, 1_200_00]
    zero = import_pays(planner, pay_file(tmp_path, PLAIN.replace("2/6/2026,Regular,8000,1200", "2/6/2026,,8000,0")))
    assert [one.after_tax for one in zero.household.paid] == [1_200_00, 1_200_00, 0, 1_200_00]


def test_nothing_is_asked_of_what_is_neither_planned_nor_was_paid(tmp_path: Path) -> None:
    none = saver(elections=())
    path = write_small_planner(tmp_path / "planner.xlsx", none)
    pays = pay_file(tmp_path, "Pay Date,Gross\n1/23/2026,8000\n")
    assert [one.result for one in import_pays(path, pays).outcomes] == ["taken"]
    # The same planner with a pay recorded that had after-tax: the next file has to speak of it.
    before = Paid(date(2026, 1, 9), "base", Cents(8_000_00), after_tax=Cents(1_200_00))
    write_small_planner(path, saver(elections=(), paid=(before,)))
    assert run(["import-pay", str(path), str(pays)]) == BAD_INPUT
    assert [one.result for one in import_pays(path, pays, none=("after_tax",)).outcomes] == ["taken"]
    write_small_planner(
        path,
        saver(
            elections=(), ytd_date=date(2026, 1, 9), ytd_after_tax=Cents(1_200_00), ytd_additions_pay=Cents(8_000_00)
        ),
    )
    assert run(["import-pay", str(path), str(pays)]) == BAD_INPUT


def test_an_unknown_source_is_refused(planner: Path, tmp_path: Path, capsys: Said) -> None:
    history = "Date,Source,Amount\n1/9/2026,EMPLOYEE PRE-TAX,10\n1/9/2026,VOL AT,1200\n"
    pays, out = str(pay_file(tmp_path, history)), tmp_path / "out.xlsx"
    assert run(["import-pay", str(planner), pays, str(out)]) == BAD_INPUT
    assert "VOL AT is a source that is not known" in capsys.readouterr().err
    assert run(["import-pay", str(planner), pays, str(out), "--map", "VOL AT=after_tax"]) == OK
    assert after_tax(out) == [1_200_00]
