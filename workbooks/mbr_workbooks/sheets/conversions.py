"""Conversions: a line a conversion, with what stood in the after-tax account and what left it.

Workings run over every conversion day; the lines shown leave out the days with nothing in the account, so that the
table has no gaps. Unused lines hold 0.
"""

from __future__ import annotations

from mbr_workbooks.sheet import Columns, Condition, Sheet, area
from mbr_workbooks.sheets.common import heading
from mbr_workbooks.sheets.pay import LINES as PAY_LINES
from mbr_xl.results import CONVERSION_COLUMNS

LINES = PAY_LINES + 1
HEAD_ROW = 4
HEADS = {
    "date": "Converted on",
    "tax_year": "Tax year",
    "basis_added": "After-tax added",
    "basis": "Basis in account",
    "value": "Account value",
    "converted": "Converted",
    "taxable": "Taxable",
    "tax": "Tax on it",
    "to_traditional": "To a traditional IRA",
    "value_left": "Value left",
    "basis_left": "Basis left",
}

# A line beyond the last conversion day; with MATCH for the reason given in pay.py.
UNUSED = "MATCH({n},sweep_n,0)>sweeps"

# The account day by day; {x-} is the conversion before, on the first line the opening account.
WORKINGS: dict[str, tuple[str, str, str]] = {
    "candidate": (
        "Day, unsorted",
        "work_date",
        (
            "=IF(converts=0,0,IF(by_pay=1,IF({n}=0,opening_sweep,INDEX(pay_sweep,MAX(1,{n}))),"
            "IF({n}>=months_in_year,0,INDEX(period_sweep,{n}+1))))"
        ),
    ),
    "distinct": (
        "Day, once",
        "work_date",
        "=IF({candidate}=0,0,IF(COUNTIF({candidate^},{candidate})>0,0,{candidate}))",
    ),
    "day": (
        "Day",
        "work_date",
        "=IF({n}<sweeps,SMALL(sweep_distinct,COUNT(sweep_distinct)-sweeps+{n}+1),0)",
    ),
    "since": ("Grown since", "work_date", "=IF(UNUSED,0,IF({n}=0,opening_date,{day-}))"),
    "before": ("Not before", "work_date", "=IF(UNUSED,0,IF({n}=0,0,{day-}))"),
    "added": (
        "Basis added",
        "work_money",
        "=IF(UNUSED,0,ROUND(SUMPRODUCT((pay_posted>{before})*(pay_posted<={day})*pay_after_tax),2))",
    ),
    "value": (
        "Value",
        "work_money",
        (
            "=IF(UNUSED,0,ROUND(IF({n}=0,N(opening_value),N({value_left-}))*(1+growth_rate)^(({day}-{since})/days_in_year)"
            "+IF({added}=0,0,SUMPRODUCT((pay_posted>{before})*(pay_posted<={day})*pay_after_tax"
            "*(1+growth_rate)^(({day}-pay_posted)/days_in_year))),2))"
        ),
    ),
    "basis": ("Basis", "work_money", "=IF(UNUSED,0,ROUND(IF({n}=0,N(opening_basis),N({basis_left-}))+{added},2))"),
    "pre": ("of it pre-1987", "work_money", "=IF(UNUSED,0,IF({n}=0,N(opening_pre_1987),N({pre_left-})))"),
    "converted": ("Converted", "work_money", '=IF(earnings_used="roth",{value},MIN({value},{basis}))'),
    "from_pre": ("from pre-1987", "work_money", "=MIN({pre},{converted})"),
    "used": (
        "Basis used",
        "work_money",
        (
            '=IF(earnings_used<>"leave",MIN({basis},{value}),IF({value}<={pre},{converted},MIN({converted},{basis},'
            "ROUND({from_pre}+ROUND(({converted}-{from_pre})*({basis}-{pre})/({value}-{pre}),2),2))))"
        ),
    ),
    "value_left": ("Value left", "work_money", '=IF(earnings_used="leave",ROUND({value}-{converted},2),0)'),
    "basis_left": (
        "Basis left",
        "work_money",
        '=IF(AND({value_left}=0,unrecovered_basis<>"carried"),0,ROUND({basis}-{used},2))',
    ),
    "pre_left": ("pre-1987 left", "work_money", "=MIN(MAX(0,ROUND({pre}-{converted},2)),{basis_left})"),
    "shown": ("Shown", "work_number", "=IF({basis}+{value}>0,{n}+1,0)"),
}


def _look(key: str) -> str:
    return f"=IF({{line}}=0,0,INDEX(sweep_{key},{{line}}))"


ANSWERS: dict[str, tuple[str, str]] = {
    "date": ("line_date", _look("day")),
    "tax_year": ("line_number", "=IF({line}=0,0,YEAR({date}))"),
    "basis_added": ("line_money", _look("added")),
    "basis": ("line_money", _look("basis")),
    "value": ("line_money", _look("value")),
    "converted": ("line_money", _look("converted")),
    "taxable": (
        "line_money",
        '=IF(OR({line}=0,earnings_used="traditional"),0,ROUND({converted}-INDEX(sweep_used,MAX(1,{line})),2))',
    ),
    "tax": ("line_money", "=ROUND({taxable}*(federal_rate+state_rate),2)"),
    "to_traditional": ("line_money", '=IF(earnings_used="traditional",ROUND({value}-{converted},2),0)'),
    "value_left": ("line_money", _look("value_left")),
    "basis_left": ("line_money", _look("basis_left")),
}


PRINTED = 30  # lines of the first printed page
PAGES = (PRINTED, 63, 96, LINES)
SUBTITLE = (
    '="What moves to Roth, when, and what of it is taxable. "&IF(earnings_used="roth","Earnings are converted and taxed'
    ' too: nothing is left.",IF(earnings_used="traditional","Earnings go to a traditional IRA, untaxed for now.",'
    '"Earnings stay in the plan; a part of each conversion is taxable."))&" Growth is hypothetical."'
)
TOTALS = ("basis_added", "converted", "taxable", "tax", "to_traditional")


def conversions_sheet(used: int = 0) -> Sheet:
    """used: lines in use when the file is made; where they fit one page, only that page is printed."""
    sheet = Sheet(
        "Conversions", tab_color="#6C8EBF", freeze=(HEAD_ROW + 1, 1), landscape=True, repeat_rows=(HEAD_ROW, HEAD_ROW)
    )
    heading(
        sheet,
        "Conversions",
        SUBTITLE,
        home=len(CONVERSION_COLUMNS) - 1,
    )
    answers = len(CONVERSION_COLUMNS)
    block = Columns(sheet, HEAD_ROW, LINES, 0, prefix="conversion_")
    block.place(CONVERSION_COLUMNS)
    block.column = answers + 1
    block.place(["line"])
    for key in CONVERSION_COLUMNS:
        style, formula = ANSWERS[key]
        block.fill(key, HEADS[key], formula, style, "head_left" if key == "date" else "head")
    first = answers + 1
    sheet.put(HEAD_ROW - 1, first, "Workings", "work_section")
    work = Columns(sheet, HEAD_ROW, LINES, first + 1, prefix="sweep_")
    work.place(["n", *WORKINGS])
    block.where["n"] = work.where["n"]
    block.fill(
        "line",
        "Line shown",
        "=IF({n}<conversions_shown,SMALL(sweep_shown,COUNT(sweep_shown)-conversions_shown+{n}+1),0)",
        "work_number",
        "work_head",
    )
    work.fill("n", "Line", list(range(LINES)), "work_number", "work_head")
    for key, (head, style, formula) in WORKINGS.items():
        if key not in ("candidate", "distinct", "day") and "UNUSED" not in formula:
            formula = f"=IF(UNUSED,0,{formula[1:]})"
        work.fill(key, head, formula.replace("UNUSED", UNUSED), style, "work_head")
    sheet.heights[HEAD_ROW] = 32
    sheet.widths = {**dict.fromkeys(range(answers), 12.5), 0: 14, 1: 8, 8: 14, answers: 3}
    sheet.put(HEAD_ROW - 1, 0, '="Planned, "&tax_year', "label_bold")
    for key in TOTALS:
        formula = f"=SUMIFS(conversion_{key},conversion_tax_year,tax_year)"
        sheet.put(HEAD_ROW - 1, block.where[key], formula, "line_total")
    sheet.widths |= dict.fromkeys(range(first, first + 2 + len(WORKINGS)), 12)
    _periods(sheet, first + 2 + len(WORKINGS) + 1)
    used_line = f"=$A{HEAD_ROW + 2}>0"
    for cells, style in (
        (area(HEAD_ROW + 1, 0, LINES, 2), "used"),
        (area(HEAD_ROW + 1, 2, LINES, answers - 2), "used_money"),
    ):
        sheet.conditions.append(Condition(cells, "=plan_ready=0", "muted"))
        sheet.conditions.append(Condition(cells, used_line, style))
    printed = next(lines for lines in PAGES if used <= lines)
    sheet.print_area = area(0, 0, HEAD_ROW + 1 + printed, answers)
    sheet.put(1, first, "Lines printed", "work_text")
    sheet.put(1, first + 2, printed, "work_number")
    sheet.named("conversions_printed", 1, first + 2)
    return sheet


def _periods(sheet: Sheet, column: int) -> None:
    """The twelve days that monthly, quarterly and typed dates offer, and the figures of the account."""
    sheet.put(HEAD_ROW - 1, column, "Workings: days not tied to a pay", "work_section")
    block = Columns(sheet, HEAD_ROW, 12, column, prefix="period_")
    block.place(["month", "end", "sweep"])
    block.fill("month", "Month", list(range(1, 13)), "work_number", "work_head")
    block.fill(
        "end", "Last business day", "=WORKDAY(DATE(tax_year,{month}+1,0)+1,-1,bank_holidays)", "work_date", "work_head"
    )
    block.fill(
        "sweep",
        "Conversion",
        '=IF(cadence_used="dates",IF(AND(YEAR(N(INDEX(conversion_dates,{month})))=tax_year,N(INDEX(conversion_dates,{month}))>opening_date),'
        "INDEX(conversion_dates,{month}),0),"
        'IF(OR(cadence_used="monthly",AND(cadence_used="quarterly",MOD({month},months_in_quarter)=0)),IF({end}>opening_date,{end},0),0))',
        "work_date",
        "work_head",
    )
    lines = [
        ("Opening date", "opening_date", '=IF(ytd_date="",DATE(tax_year,1,1),ytd_date)', "work_date"),
        (
            "Plan converts",
            "converts",
            '=IF(AND(in_plan_conversion="no",in_service_withdrawal<>"yes"),0,IF(cadence_used="none",0,1))',
            "work_number",
        ),
        (
            "Days follow the pays",
            "by_pay",
            '=IF(OR(cadence_used="automatic",cadence_used="each pay"),1,0)',
            "work_number",
        ),
        (
            "Conversion of the opening account",
            "opening_sweep",
            '=IF(AND(cadence_used="automatic",N(opening_value)>0),IF(conversion_days=0,opening_date,WORKDAY(opening_date,conversion_days,bank_holidays)),0)',
            "work_date",
        ),
        ("Conversion days", "sweeps", '=COUNTIF(sweep_distinct,">0")', "work_number"),
        ("Lines shown", "conversions_shown", '=COUNTIF(sweep_shown,">0")', "work_number"),
        (
            "Conversion days in the year",
            "sweeps_in_year",
            "=SUMPRODUCT((sweep_day>0)*(sweep_day<=year_end))",
            "work_number",
        ),
        ("Last of them", "last_sweep", "=IF(sweeps_in_year=0,0,INDEX(sweep_day,MAX(1,sweeps_in_year)))", "work_date"),
        (
            "Value left then",
            "last_value_left",
            "=IF(sweeps_in_year=0,N(opening_value),INDEX(sweep_value_left,MAX(1,sweeps_in_year)))",
            "work_money",
        ),
        (
            "Basis left then",
            "last_basis_left",
            "=IF(sweeps_in_year=0,N(opening_basis),INDEX(sweep_basis_left,MAX(1,sweeps_in_year)))",
            "work_money",
        ),
    ]
    for line, (label, name, formula, style) in enumerate(lines):
        row = HEAD_ROW + 15 + line
        sheet.put(row, column, label, "work_text")
        sheet.put(row, column + 2, formula, style)
        sheet.named(name, row, column + 2)
    sheet.widths[column - 1] = 3
    sheet.widths |= {column: 18, column + 1: 14, column + 2: 14}


# On Summary, among the year's figures.
YEAR: dict[str, str] = {
    "total_converted": "=ROUND(N(ytd_converted)+SUMIFS(conversion_converted,conversion_tax_year,tax_year),2)",
    "total_taxable": "=ROUND(N(ytd_taxable)+SUMIFS(conversion_taxable,conversion_tax_year,tax_year),2)",
    "total_tax": (
        "=ROUND(ROUND(N(ytd_taxable)*(federal_rate+state_rate),2)+SUMIFS(conversion_tax,conversion_tax_year,tax_year),2)"
    ),
    "total_to_traditional": "=ROUND(SUMIFS(conversion_to_traditional,conversion_tax_year,tax_year),2)",
    "unconverted_value": (
        "=ROUND(last_value_left*(1+growth_rate)^((year_end-IF(sweeps_in_year=0,opening_date,last_sweep))/days_in_year)"
        "+SUMPRODUCT((pay_posted>last_sweep)*pay_after_tax"
        "*(1+growth_rate)^((year_end-pay_posted)*(year_end>pay_posted)/days_in_year)),2)"
    ),
    "unconverted_basis": "=ROUND(last_basis_left+SUMPRODUCT((pay_posted>last_sweep)*pay_after_tax),2)",
}
