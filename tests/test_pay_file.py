"""Pay files: what payroll and record-keepers export, read to pays; any other text is refused or reported."""

from __future__ import annotations

import csv
import io
from contextlib import suppress
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mbr_workbooks.pay_cells import DayFirst, cents_of, us_date_of
from mbr_workbooks.pay_columns import FIELDS, KINDS, field_of_head, field_of_source, kind_of_word, meaning_of, plain
from mbr_workbooks.pay_file import FilePay, PayFile, read_pay_file, read_pay_text
from mbr_xl.errors import InputError

# A stub list as a payroll prints it: a report's preamble, a column of kinds, totals, dollars and parentheses.
STUBS = """Pay Statement Summary
Company:,Example Corp,,,,,,,
Employee:,"Sample, Ann",,,,,,,

Check Date,Pay Period End,Check Type,Gross Pay,401K PRE-TAX,401K ROTH,401K AFTER TAX,ER MATCH,YTD Gross,Net Pay
01/02/2026,12/27/2025,Regular,"$7,692.31",$846.15,-,"$769.23",$230.77,"$7,692.31","$4,410.00"
01/16/2026,01/10/2026,Regular,"$7,692.31",$846.15,-,"$769.23",$230.77,"$15,384.62","$4,410.00"
03/13/2026,03/07/2026,Bonus,"$30,000.00",$0.00,-,"$3,000.00",$0.00,"$53,076.93","$16,500.00"
Totals,,,"$45,384.62","$1,692.30",,"$4,538.46",$461.54,,"$25,320.00"
"""
# A contribution history as a record-keeper exports it: a row a source and fund, notes below.
HISTORY = """\ufeffPlan name:;EXAMPLE CORP 401(K) PLAN
Date range:;01/01/2026 - 03/31/2026

Date;Transaction Type;Source;Investment;Amount
01/02/2026;Contribution;EMPLOYEE PRE-TAX;TARGET DATE 2050;846.15
01/02/2026;Contribution;EMPLOYEE AFTER TAX;TARGET DATE 2050;500.00
01/02/2026;Contribution;EMPLOYEE AFTER TAX;STABLE VALUE;269.23
01/02/2026;Contribution;COMPANY MATCH;TARGET DATE 2050;230.77
01/20/2026;Contribution;EMPLOYEE AFTER TAX;TARGET DATE 2050;769.23
01/20/2026;Contribution;ROLLOVER;TARGET DATE 2050;100.00
01/21/2026;Adjustment;EMPLOYEE AFTER TAX;TARGET DATE 2050;(19.23)

Date downloaded 04/01/2026 9:01 AM
"""
# A wide worksheet with one column a deduction and totals of deductions that are not the plan's.
WIDE = "\t".join(
    ["Payment Date", "Pay Type", "Gross Earnings", "Pre Tax Deductions", "Pre Tax Medical", "401(k) Pre-Tax",
     "401(k) Catch-Up", "Post Tax Deductions", "401(k) After-Tax", "Employer Match 401(k)", "Net Amount"]
) + "\n" + "\t".join(["Jan 2, 2026", "Base Pay", "7692.31", "1046.15", "200.00", "800.00", "46.15", "769.23", "769.23",
                      "230.77", "4410.00"]) + "\n"  # fmt: skip


def pays(text: str, told: dict[str, str] | None = None) -> tuple[FilePay, ...]:
    return read_pay_text(text, "file.csv", told).pays


def test_a_list_of_stubs() -> None:
    file = read_pay_text(STUBS, "stubs.csv")
    first, _, bonus = file.pays
    assert first == FilePay(
        (6,), date(2026, 1, 2), "base",
        {"gross": 769231, "pretax": 84615, "after_tax": 76923, "match": 23077, "net_pay": 441000},
    )  # fmt: skip
    assert (bonus.date, bonus.kind, bonus.amounts["after_tax"]) == (date(2026, 3, 13), "bonus", 300000)
    assert [(one.line, one.why, one.fault) for one in file.not_read] == [(9, "a total, not a pay", False)]
    assert file.unused == ("Pay Period End", "YTD Gross")
    assert file.columns["ER MATCH"] == "match"


def test_a_contribution_history_adds_up_by_source() -> None:
    with pytest.raises(InputError, match=r'ROLLOVER is a source that is not known.*--map "ROLLOVER=ignore"'):
        read_pay_text(HISTORY, "history.csv")
    file = read_pay_text(HISTORY.removeprefix("\ufeff"), "history.csv", {"rollover": "ignore"})
    first, second, back = file.pays
    assert first == FilePay((5, 6, 7, 8), date(2026, 1, 2), None, {"pretax": 84615, "after_tax": 76923, "match": 23077})
    assert second.amounts == {"after_tax": 76923}
    assert back.amounts == {"after_tax": -1923}
    assert [(one.line, one.fault) for one in file.not_read] == [(10, False), (13, False)]
    with pytest.raises(InputError, match=r'line 7: Amount is "269\.23x".*a pay would miss that line'):
        read_pay_text(HISTORY.replace("269.23", "269.23x"), "history.csv", {"rollover": "ignore"})


def test_a_wide_worksheet_takes_the_plan_columns_alone() -> None:
    with pytest.raises(InputError, match="because Pre Tax Deductions and Post Tax Deductions hold dollars"):
        read_pay_text(WIDE, "wide.csv")
    file = read_pay_text(WIDE, "wide.csv", {"Pre Tax Deductions": "ignore", "Post Tax Deductions": "ignore"})
    assert file.pays[0].amounts == {
        "gross": 769231, "pretax": 84615, "after_tax": 76923, "match": 23077, "net_pay": 441000,
    }  # fmt: skip
    assert file.unused == ("Pre Tax Deductions", "Pre Tax Medical", "Post Tax Deductions")


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_encodings(code: str, tmp_path: Path) -> None:
    path = tmp_path / "stubs.csv"
    path.write_bytes(STUBS.replace("Sample, Ann", "Gómez, Ann").encode(code))
    assert len(read_pay_file(path).pays) == 3
    path.write_bytes(STUBS.replace("\n", "\r\n").encode(code))
    assert len(read_pay_file(path).pays) == 3


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1/9/2026", date(2026, 1, 9)), ("01/09/26", date(2026, 1, 9)), ("1-9-2026", date(2026, 1, 9)),
        ("2026-01-09", date(2026, 1, 9)), ("20260109", date(2026, 1, 9)), ("Jan 9, 2026", date(2026, 1, 9)),
        ("January 9, 2026", date(2026, 1, 9)), ("09-Jan-2026", date(2026, 1, 9)), ("9-Jan-26", date(2026, 1, 9)),
        ("Fri, Jan 9, 2026", date(2026, 1, 9)), ("1/9/2026 12:00 AM", date(2026, 1, 9)),
        ("2026-01-09T00:00:00", date(2026, 1, 9)), ("12/31/2026", date(2026, 12, 31)),
    ],
)  # fmt: skip
def test_us_dates(text: str, day: date) -> None:
    assert us_date_of(text) == day


@pytest.mark.parametrize("text", ["2/30/2026", "9.1.2026", "1/9", "soon", "Fed 9, 2026", "13/13/2026", "", "1/9/20266"])
def test_no_dates(text: str) -> None:
    with pytest.raises(InputError):
        us_date_of(text)


def test_a_day_first_date_condemns_the_file() -> None:
    with pytest.raises(DayFirst):
        us_date_of("16/01/2026")
    with pytest.raises(InputError, match=r"line 3: 16/01/2026 has no month 16"):
        read_pay_text("Pay Date,Gross\n02/01/2026,100\n16/01/2026,100\n", "file.csv")


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("$1,234.50", 123450), ("(310.00)", -31000), ("310.00-", -31000), ("-310", -31000), ("$-310.00", -31000),
        ("($1,234.5)", -123450), ("1234567.89", 123456789), (" 0.37 ", 37), (".5", 50), ("USD 12", 1200), ("-", None),
        ("", None), ("n/a", None), ("$0.00", 0), ("7692.3100000001", 769231),
    ],
)  # fmt: skip
def test_amounts(text: str, cents: int | None) -> None:
    assert cents_of(text, "Gross") == cents


@pytest.mark.parametrize("text", ["1.234,56", "12,34", "1,2345", "12%", "ten", "1.005", "$", "--5-", "(-5)", "9" * 14])
def test_no_amounts(text: str) -> None:
    with pytest.raises(InputError, match="Gross is"):
        cents_of(text, "Gross")


@pytest.mark.parametrize(
    ("head", "field"),
    [
        ("401K PRE-TAX", "pretax"), ("401(k) Traditional", "pretax"), ("Traditional 401(k)", "pretax"),
        ("401(k) Catch-Up", "pretax"), ("Roth 401(k)", "roth"), ("ROTH CATCH-UP", "roth"), ("After-Tax", "after_tax"),
        ("401K AFTER TAX", "after_tax"), ("Employee After-Tax Contribution", "after_tax"), ("Pre Tax Deductions", None),
        ("Post Tax Deductions", None), ("Pre-Tax Medical", None), ("YTD 401K PRE-TAX", None), ("401k Pre-Tax %", None),
        ("Company Match", "match"), ("Match Rate", None), ("Profit Sharing", "nonelective"), ("Gross Pay", "gross"),
        ("Federal Taxable Gross", None), ("Net Pay", "net_pay"), ("Pay Period End", None), ("Hours", None),
        ("Roth In-Plan Conversion", None), ("401K LOAN REPAYMENT", None), ("Memo", None),
    ],
)  # fmt: skip
def test_what_a_head_is_taken_for(head: str, field: str | None) -> None:
    assert field_of_head(head) == field


def test_words() -> None:
    assert field_of_source("EMPLOYER DISCRETIONARY") == "nonelective"
    assert field_of_source("EMPLOYER") is None
    assert kind_of_word("Regular") == "base"
    assert kind_of_word("RSU Vest") == "rsu"
    assert kind_of_word("Off-cycle") is None
    assert [meaning_of(word) for word in (*FIELDS, *KINDS, "After-Tax", "net pay")] == [
        *FIELDS, *KINDS, "after_tax", "net_pay",
    ]  # fmt: skip
    assert plain("401(k)  After-Tax") == "401k aftertax"


def test_what_is_told_wins_and_what_was_kept_helps() -> None:
    text = "Pay Date,Advice Date,Vol AT 401k,What,Gross\n1/2/2026,1/5/2026,10,Off-cycle,100\n"
    with pytest.raises(InputError, match="no line of heads"):
        read_pay_text("When,How much\n1/2/2026,10\n", "file.csv")
    told = {"Advice Date": "date", "Vol AT 401k": "after_tax", "What": "kind", "Off-cycle": "bonus"}
    (pay,) = pays(text, told)
    assert pay == FilePay((2,), date(2026, 1, 5), "bonus", {"after_tax": 1000, "gross": 10000})
    kept = read_pay_text(text, "file.csv", {}, {"Vol AT 401k": "after_tax"})
    assert kept.pays[0].amounts == {"after_tax": 1000, "gross": 10000}
    assert kept.pays[0].date == date(2026, 1, 2)


@pytest.mark.parametrize(
    ("head", "cell", "refused"),
    [
        ("Vol AT 401k", "1200", True), ("Vol AT 401k", "$1,200.00", True), ("Vol AT 401k", "(1,200.00)", True),
        ("Vol AT 401k", "-1200", True), ("Vol AT 401k", "1.200,00", True), ("Vol AT 401k", "1200.005", True),
        ("Vol AT 401k", "1200 USD", True), ("Contributions", "1200.00", True), ("Post Tax Deductions", "1200", True),
        ("Vol AT 401k", "0.00", False), ("Vol AT 401k", "-", False), ("Vol AT 401k", "", False),
        ("Vol AT 401k", "15%", False), ("Vol AT 401k", "yes", False), ("Period", "1/9/2026", False),
        ("Posted", "20260109", False), ("YTD After-Tax", "1200", False), ("Federal Income Tax", "900", False),
        ("Social Security", "496", False), ("Employee ID", "10023", False), ("Check #", "10023", False),
        ("Dental", "12.50", False), ("After-Tax %", "15", False), ("Regular Hours", "80.00", False),
    ],
)  # fmt: skip
def test_dollars_of_an_unknown_column_refuse_the_file(head: str, cell: str, refused: bool) -> None:
    text = f'Pay Date,Gross,"{head}"\n1/9/2026,8000,"{cell}"\n'
    if refused:
        with pytest.raises(InputError, match=f"because {head} holds dollars"):
            read_pay_text(text, "file.csv")
        read_pay_text(text, "file.csv", {head: "ignore"})
    assert refused or pays(text)[0].amounts == {"gross": 8000_00}


def test_dollars_without_a_head_refuse_the_file() -> None:
    for text in ("Pay Date,Gross,\n1/9/2026,8000,1200\n", "Pay Date,Gross\n1/9/2026,8000,1200\n"):
        with pytest.raises(InputError, match="column 3 has dollars and no head"):
            read_pay_text(text, "file.csv")
    totals = "Pay Date,Gross,\n1/9/2026,8000,\nTotals,8000,1200\n"
    assert pays(totals)[0].amounts == {"gross": 8000_00}


def test_a_line_of_an_unknown_column_alone_counts() -> None:
    with pytest.raises(InputError, match="because Vol AT 401k holds dollars"):
        read_pay_text("Pay Date,Gross,Vol AT 401k\n1/9/2026,8000,\n2/6/2026,,-1200\n", "file.csv")


def test_faults_are_reported_by_line() -> None:
    text = (
        "Pay Date,Check Type,Gross\n,Regular,10\n1/2/2026,Regular,ten\n1/2/2026,Strange,10\n1/16/2026,Regular,10\n"
        "1/16/2026,Regular,12\n1/30/2026,Regular,\nPay Date,Check Type,Gross\n"
    )
    file = read_pay_text(text, "file.csv")
    assert [pay.lines for pay in file.pays] == [(5,)]
    faults = {one.line: (one.why, one.fault) for one in file.not_read}
    assert faults[2] == ("it has no date", True)
    assert faults[3][0].startswith('Gross is "ten"')
    assert '--map "Strange=bonus"' in faults[4][0]
    assert "add the two up" in faults[6][0]
    assert faults[7] == ("it has no amount", False)
    assert faults[8] == ("the heads once more", False)


def test_files_that_are_none(tmp_path: Path) -> None:
    for name, content in (("empty.csv", b""), ("bytes.csv", b"\x89PNG\0\0\0\0\x01"), ("blank.csv", b"\n\n")):
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(InputError):
            read_pay_file(path)
    with pytest.raises(InputError, match="cannot be read"):
        read_pay_file(tmp_path / "none.csv")
    with pytest.raises(InputError, match="cannot be read"):
        read_pay_file(tmp_path)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.binary(max_size=400), st.binary(max_size=60).map(lambda end: b"Pay Date,Gross\n1/2/2026," + end)))
def test_any_bytes_are_refused_or_reported(content: bytes) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder, "file.csv")
        path.write_bytes(content)
        with suppress(InputError):
            read_pay_file(path)


CELL = st.one_of(
    st.sampled_from([
        "Pay Date", "Date", "Gross", "401k Pre-Tax", "After-Tax", "Source", "Amount", "Kind", "1/2/2026", "16/1/2026",
        "Total", "$1,234.50", "(5)", "-", "Regular", "EMPLOYEE AFTER TAX", '"', "'", "\x00",
        "2026-13-01", "1e9", "٣", "½", "１",
    ]),
    st.text(max_size=8),
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(st.lists(CELL, max_size=6), max_size=8), st.sampled_from([",", ";", "\t", "|"]))
def test_any_table_is_refused_or_reported(rows: list[list[str]], separator: str) -> None:
    text = "\n".join(separator.join(row) for row in [["Pay Date", "Gross", "Source", "Amount"], *rows])
    _read(text)
    quoted = io.StringIO()
    csv.writer(quoted, delimiter=separator).writerows([["Pay Date", "Gross", "After-Tax"], *rows])
    _read(quoted.getvalue())


def _read(text: str) -> PayFile | None:
    try:
        file = read_pay_text(text, "file.csv")
    except InputError:
        return None
    for pay in file.pays:
        assert pay.lines
        assert pay.amounts
        assert all(isinstance(cents, int) for cents in pay.amounts.values())
    return file
