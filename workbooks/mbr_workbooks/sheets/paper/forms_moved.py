"""Workings of the Forms sheet: what left the after-tax account by year and path, and what of it is confirmed."""

from __future__ import annotations

from mbr_workbooks.sheet import Columns, Sheet
from mbr_xl.errors import InputError
from mbr_xl.records import MOST_CONVERTED
from mbr_xl.rules import rules_for, years

HEAD_ROW = 5
# Constants of this sheet: name, value, why.
CONSTANTS: list[tuple[str, float, str]] = [
    ("checkbox_year", 2025, "Form 1040 has a box for a rollover from 2025 on"),
    ("months_to_may", 5, "Form 5498 is due on May 31"),
    ("months_to_april", 4, "the return is due in April ..."),
    ("return_day", 15, "... on the 15th, 26 USC 6072(a)"),
    ("saturday", 7, "as WEEKDAY counts"),
    ("months_to_amend", 36, "26 USC 6511(a): three years"),
    ("months_to_59_half", 714, "59 years and six months"),
    ("clock_years", 5, "26 USC 408A(d)(2)(B), (3)(F), 402A(d)(2)(B)"),
    ("first_home_most", 10_000, "26 USC 72(t)(8)(B), in a lifetime"),
    ("first_roth_ira_year", 1998, "there are Roth IRAs since then"),
    ("first_roth_plan_year", 2006, "there are Roth accounts in plans since then"),
    ("first_ira_year", 1975, "there are IRAs since then"),
    ("first_after_tax_year", 1950, "a ledger line further back is a typing error"),
]

# Of each converted row of Records: whether it took another path than planned, with its amounts.
RECORDED: dict[str, tuple[str, str, str]] = {
    "date": ("Date", "work_date", "=N(INDEX(converted_date,{n}))"),
    "other": (
        "Other path",
        "work_number",
        '=IF({date}=0,0,IF(COUNTIF(conversion_date,{date})=0,0,IF(IF(INDEX(converted_to,{n})="","Roth in plan",'
        "INDEX(converted_to,{n}))=forms_path,0,1)))",
    ),
    "year": ("Year", "work_number", "=IF({other}=0,0,YEAR({date}))"),
    "amount": ("Amount", "work_money", "=IF({other}=0,0,N(INDEX(converted_amount,{n})))"),
    "open": (
        "Rows of the day without a taxable part",
        "work_money",
        '=IF({other}=0,0,ROUND(SUMPRODUCT((converted_date={date})*(converted_taxable="")*converted_amount),2))',
    ),
    "taxable": (
        "Taxable",
        "work_money",
        '=IF({other}=0,0,IF(INDEX(converted_taxable,{n})<>"",INDEX(converted_taxable,{n}),IF({open}=0,0,'
        "ROUND((SUMIFS(conversion_taxable,conversion_date,{date})-SUMIFS(converted_taxable,converted_date,{date})"
        ")*{amount}/{open},2))))",
    ),
    "confirmed": (
        "A day confirmed",
        "work_number",
        "=IF({date}=0,0,IF(YEAR({date})<>tax_year,0,IF(COUNTIF({date^},{date})>0,0,IF(COUNTIF(converted_date,"
        '{date})<>COUNTIFS(converted_date,{date},converted_confirmed,"yes"),0,IF(SUMIFS(conversion_converted,'
        "conversion_date,{date})+SUMIFS(conversion_to_traditional,conversion_date,{date})>0,1,0)))))",
    ),
}
_SUM = "SUMIFS(conversion_{0},conversion_tax_year,{{year}})"
# The tax year and the year after, a line each.
YEARS: dict[str, tuple[str, str, str]] = {
    "year": ("Year", "work_number", "=tax_year+{n}"),
    "all": ("To Roth", "work_money", f"=ROUND({_SUM.format('converted')}+IF({{n}}=0,N(ytd_converted),0),2)"),
    "all_taxable": ("Taxable", "work_money", f"=ROUND({_SUM.format('taxable')}+IF({{n}}=0,N(ytd_taxable),0),2)"),
    "other": ("On the other path", "work_money", "=ROUND(SUMIFS(reconv_amount,reconv_year,{year}),2)"),
    "other_taxable": ("Taxable of it", "work_money", "=ROUND(SUMIFS(reconv_taxable,reconv_year,{year}),2)"),
    "lost": (
        "Basis lost",
        "work_money",
        "=ROUND(SUMPRODUCT((conversion_tax_year={year})*(conversion_value<conversion_basis)"
        "*(ROUND(conversion_basis-conversion_basis_left-conversion_converted+conversion_taxable,2)>0)"
        "*(conversion_basis-conversion_basis_left-conversion_converted+conversion_taxable)),2)",
    ),
    "in_plan": (
        "In plan",
        "work_money",
        '=IF(forms_path="Roth IRA",{other},ROUND({all}-{other},2))',
    ),
    "in_plan_taxable": (
        "Taxable, in plan",
        "work_money",
        '=IF(forms_path="Roth IRA",{other_taxable},ROUND({all_taxable}-{other_taxable},2))',
    ),
    "ira": ("To Roth IRAs", "work_money", "=ROUND({all}-{in_plan},2)"),
    "ira_taxable": ("Taxable, to Roth IRAs", "work_money", "=ROUND({all_taxable}-{in_plan_taxable},2)"),
    "traditional": ("To a traditional IRA", "work_money", f"=ROUND({_SUM.format('to_traditional')},2)"),
    "in_plan_basis": (
        "Box 5, in plan",
        "work_money",
        "=ROUND({in_plan}-{in_plan_taxable}+IF(AND({in_plan}<>0,{ira}=0),{lost},0),2)",
    ),
    "ira_basis": ("Box 5, rollover", "work_money", "=ROUND({ira}-{ira_taxable}+IF({ira}<>0,{lost},0),2)"),
}


def add_moved(sheet: Sheet, column: int) -> None:
    """The two years on top, under them constants and dates, then the converted rows."""
    sheet.put(HEAD_ROW - 1, column, "Workings: what left the after-tax account, by path", "work_section")
    block = Columns(sheet, HEAD_ROW, 2, column, prefix="moved_")
    block.place(["n", *YEARS])
    block.fill("n", "Line", [0, 1], "work_number", "work_head")
    for key, (head, style, formula) in YEARS.items():
        block.fill(key, head, formula, style, "work_head")
    row = _lines(sheet, HEAD_ROW + 4, column)
    row = _wage_bases(sheet, row, column)
    sheet.put(row, column, "Workings: conversions as recorded", "work_section")
    records = Columns(sheet, row + 1, MOST_CONVERTED, column, prefix="reconv_")
    records.place(["n", *RECORDED])
    records.fill("n", "Row", list(range(1, MOST_CONVERTED + 1)), "work_number", "work_head")
    for key, (head, style, formula) in RECORDED.items():
        records.fill(key, head, formula, style, "work_head")
    sheet.widths |= dict.fromkeys(range(column, column + 1 + len(YEARS)), 12)


def _lines(sheet: Sheet, row: int, column: int) -> int:
    lines: list[tuple[str, str, str | float, str]] = [
        (
            "Path of what is not recorded",
            "forms_path",
            '=IF(path_taken="Roth IRA","Roth IRA","Roth in plan")',
            "work_text",
        ),
        (
            "Pay of the year",
            "forms_w2_pay",
            '=ROUND(IF(gross_to_date="",N(ytd_additions_pay),gross_to_date)+SUM(pay_gross),2)',
            "work_money",
        ),
        (
            "Conversions not confirmed",
            "conversions_unconfirmed",
            "=SUMPRODUCT((conversion_tax_year=tax_year)*(conversion_converted+conversion_to_traditional>0))"
            "-SUM(reconv_confirmed)",
            "work_number",
        ),
        (
            "Forms W-2 and 1099-R due",
            "forms_due_january",
            "=WORKDAY(EOMONTH(year_end,1)-1,1,bank_holidays)",
            "work_date",
        ),
        (
            "Form 5498 due",
            "forms_due_may",
            "=WORKDAY(EOMONTH(year_end,months_to_may)-1,1,bank_holidays)",
            "work_date",
        ),
        ("April 16, Emancipation Day", "april_16", "=DATE(tax_year+1,months_to_april,return_day+1)", "work_date"),
        (
            "as it is kept",
            "april_16_kept",
            "=IF(WEEKDAY(april_16)=saturday,april_16-1,IF(WEEKDAY(april_16)=1,april_16+1,april_16))",
            "work_date",
        ),
        ("Return due", "forms_return_due", "=WORKDAY(april_16-1-1,1,april_16_kept)", "work_date"),
        (
            "Wage base",
            "forms_wage_base",
            "=IFERROR(INDEX(wage_bases,MATCH(tax_year,wage_base_years,0)),0)",
            "work_money",
        ),
    ]
    sheet.put(row, column, "Workings: dates and words", "work_section")
    for line, (label, name, content, style) in enumerate(lines, start=row + 1):
        sheet.put(line, column, label, "work_text")
        sheet.put(line, column + 3, content, style)
        sheet.named(name, line, column + 3)
    row += len(lines) + 2
    sheet.put(row, column, "Workings: constants of this sheet", "work_section")
    for line, (name, value, why) in enumerate(CONSTANTS, start=row + 1):
        sheet.put(line, column, name, "work_text")
        sheet.put(line, column + 3, value, "work_plain")
        sheet.put(line, column + 4, why, "work_text")
        sheet.named(name, line, column + 3)
    return row + len(CONSTANTS) + 2


def _wage_bases(sheet: Sheet, row: int, column: int) -> int:
    """The published wage bases by year, out of the rules."""
    sheet.put(row, column, "Workings: Social Security wage base by year", "work_section")
    known: list[tuple[int, float]] = []
    for year in years():
        try:
            known.append((year, rules_for(year).wage_base / 100))
        except InputError:
            continue
    for line, (year, base) in enumerate(known, start=row + 1):
        sheet.put(line, column, year, "work_plain")
        sheet.put(line, column + 3, base, "work_money")
    sheet.named("wage_base_years", row + 1, column, len(known))
    sheet.named("wage_bases", row + 1, column + 3, len(known))
    return row + len(known) + 2
