"""Conversions: a line a conversion, with what stood in the after-tax account and what left it.

Workings run over every conversion day; the lines shown leave out the days with nothing in the account, so that the
table has no gaps. Unused lines hold 0.
"""

from __future__ import annotations

from mbr_workbooks.sheet import Columns, Condition, Sheet, area
from mbr_workbooks.sheets.common import heading
from mbr_workbooks.sheets.converting.conversion_choice import LINES
from mbr_workbooks.sheets.converting.conversion_days import DAYS, add_days
from mbr_workbooks.sheets.pays.pay import LINES as PAY_LINES
from mbr_xl.results import CONVERSION_COLUMNS

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
_POWER = "(1+growth_rate)^(({day}-pay_posted)/days_in_year)"
_OPENED = "N(opening_value)*(1+growth_rate)^(({day}-opening_date)/days_in_year)"
_RECORDED = "=IF({real}=0,0,ROUND(SUMIFS(FIGURE,WHERE,{day}),2))"

# The account day by day; {x-} is the conversion before, on the first line the opening account. "ripe" is what may leave
# by the plan's months, "young" what may not yet; the contract is both, and pre-tax money not accounted for apart.
ACCOUNT: dict[str, tuple[str, str, str]] = {
    "real": ("Recorded", "work_number", "=IF({n}<recorded_days,1,0)"),
    "since": ("Grown since", "work_date", "=IF({n}=0,opening_date,{day-})"),
    "before": ("Not before", "work_date", "=IF({n}=0,0,{day-})"),
    "new": (
        "Basis come since",
        "work_money",
        "=ROUND(SUMPRODUCT((pay_posted>{before})*(pay_posted<={day})*pay_after_tax),2)",
    ),
    "added": ("Basis added", "work_money", "=ROUND(IF({n}=0,0,IF({shown-}=0,{added-},0))+{new},2)"),
    "ripe": (
        "May leave",
        "work_money",
        (
            "=ROUND(IF({n}=0,0,N({ripe_left-}))*(1+growth_rate)^(({day}-{since})/days_in_year)"
            f"+IF(AND(opening_ready>{{before}},opening_ready<={{day}}),{_OPENED},0)"
            "+IF(SUMPRODUCT((money_ready>{before})*(money_ready<={day})*pay_after_tax)=0,0,"
            f"SUMPRODUCT((money_ready>{{before}})*(money_ready<={{day}})*pay_after_tax*{_POWER})),2)"
        ),
    ),
    "young": (
        "May not leave yet",
        "work_money",
        (
            f"=IF(months_used=0,0,ROUND(IF(opening_ready>{{day}},{_OPENED},0)"
            f"+SUMPRODUCT((pay_posted<={{day}})*(money_ready>{{day}})*pay_after_tax*{_POWER}),2))"
        ),
    ),
    "value": ("Value", "work_money", "=ROUND({ripe}+{young},2)"),
    "basis": ("Basis", "work_money", "=ROUND(IF({n}=0,N(opening_basis),N({basis_left-}))+{new},2)"),
    "pre": ("of it pre-1987", "work_money", "=IF({n}=0,N(opening_pre_1987),N({pre_left-}))"),
    "other": (
        "Pre-tax money of the contract",
        "work_money",
        ('=IF(separate_contract="no",ROUND(N(other_value)*(1+growth_rate)^(({day}-opening_date)/days_in_year),2),0)'),
    ),
    "contract": ("Contract", "work_money", "=ROUND({value}+{other},2)"),
    "real_roth": (
        "Recorded: to Roth",
        "work_money",
        _RECORDED.replace("FIGURE", "converted_amount").replace("WHERE", "converted_date"),
    ),
    "real_out": (
        "all that left",
        "work_money",
        "=IF({real}=0,0,ROUND({real_roth}+SUMIFS(converted_to_traditional,converted_date,{day}),2))",
    ),
    "real_taxable": (
        "taxable, known",
        "work_money",
        _RECORDED.replace("FIGURE", "converted_taxable").replace("WHERE", "converted_date"),
    ),
    "open_roth": (
        "to Roth, taxable part not known",
        "work_money",
        _RECORDED.replace("FIGURE", "recorded_open_roth").replace("WHERE", "recorded_date"),
    ),
    "open_out": (
        "all of that",
        "work_money",
        "=IF({real}=0,0,ROUND({open_roth}+SUMIFS(recorded_open_traditional,recorded_date,{day}),2))",
    ),
    "planned": ("Would leave", "work_money", '=IF(earnings_used="leave",MIN({ripe},{basis}),{ripe})'),
    "made": ("Is made", "work_number", "=IF(OR({real}=1,{planned}>=N(conversion_minimum)),1,0)"),
    "out": ("Leaves", "work_money", "=IF({real}=1,{real_out},IF({made}=1,{planned},0))"),
    "prorated": ("of it pro rata", "work_money", "=IF({real}=1,{open_out},{out})"),
    "from_pre": ("from pre-1987", "work_money", "=MIN({pre},{prorated})"),
    "used_rata": (
        "Basis in it",
        "work_money",
        (
            "=MIN({basis},IF({contract}<={basis},{prorated},MIN({prorated},ROUND({from_pre}"
            "+ROUND(({prorated}-{from_pre})*({basis}-{pre})/({contract}-{pre}),2),2))))"
        ),
    ),
    "used": (
        "Basis used",
        "work_money",
        "=IF({real}=1,MIN({basis},ROUND({real_roth}-{open_roth}-{real_taxable}+{used_rata},2)),{used_rata})",
    ),
    "converted": (
        "Converted",
        "work_money",
        '=IF({real}=1,{real_roth},IF(earnings_used="traditional",{used},{out}))',
    ),
    "taxable": (
        "Taxable",
        "work_money",
        ("=IF({real}=1,ROUND({real_taxable}+MAX(0,ROUND({open_roth}-{used_rata},2)),2),ROUND({converted}-{used},2))"),
    ),
    "to_traditional": ("To a traditional IRA", "work_money", "=ROUND({out}-{converted},2)"),
    # All basis leaves pro rata only with all of the account: where it is confirmed, nothing is left.
    "ripe_left": (
        "May leave, left",
        "work_money",
        ("=IF(AND({real}=1,{open_out}=0,{basis}>0,{used}={basis},{other}=0),0,MAX(0,ROUND({ripe}-{out},2)))"),
    ),
    "value_left": ("Value left", "work_money", "=ROUND({ripe_left}+{young},2)"),
    "basis_left": (
        "Basis left",
        "work_money",
        '=IF(AND({made}=1,{value_left}+{other}=0,unrecovered_basis<>"carried"),0,ROUND({basis}-{used},2))',
    ),
    "pre_left": ("pre-1987 left", "work_money", "=MIN(MAX(0,ROUND({pre}-{out},2)),{basis_left})"),
    "shown": ("Shown", "work_number", "=IF(AND({made}=1,{ripe}+{out}+IF({young}=0,{basis},0)>0),{n}+1,0)"),
    "out_until": (
        "Contributions stop until",
        "work_date",
        (
            '=IF(OR(N(suspends_months)=0,{out}=0,IF({real}=1,COUNTIFS(converted_date,{day},converted_to,"Roth IRA"),'
            "out_used)=0),0,EDATE({day},suspends_months))"
        ),
    ),
}
# A line a pay, from the second one on: its money's first day out stands among DAYS.
PAYS: dict[str, tuple[str, str, str]] = {
    "suspended": (
        "Pay falls in a suspension",
        "work_number",
        (
            "=IF(OR({n}=0,N(suspends_months)=0),0,IF(INDEX(pay_date,MAX(1,{n}))=0,0,"
            "IF(SUMPRODUCT((sweep_day<INDEX(pay_date,MAX(1,{n})))*(sweep_out_until>INDEX(pay_date,MAX(1,{n}))))>0,1,0)))"
        ),
    ),
}
WORKINGS = {**DAYS, **ACCOUNT, **PAYS}


def _look(key: str) -> str:
    return f"=IF({{line}}=0,0,INDEX(sweep_{key},{{line}}))"


ANSWERS: dict[str, tuple[str, str]] = {
    "date": ("line_date", _look("day")),
    "tax_year": ("line_number", "=IF({line}=0,0,YEAR({date}))"),
    "basis_added": ("line_money", _look("added")),
    "basis": ("line_money", _look("basis")),
    "value": ("line_money", _look("value")),
    "converted": ("line_money", _look("converted")),
    "taxable": ("line_money", _look("taxable")),
    "tax": ("line_money", "=ROUND({taxable}*(federal_rate+state_rate),2)"),
    "to_traditional": ("line_money", _look("to_traditional")),
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
NOTE = 5  # the column of the words on the plan's limit, right of the master check's
LIMIT_NOTE = (
    '=IF(most_used=0,"","The plan allows "&most_used&words_counted&": "&planned_days&" planned"'
    '&IF(recorded_of_path=0,"",", "&recorded_of_path&" recorded")&". ")&IF(recorded_days=0,"","Tinted: recorded.")'
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
        if key in ACCOUNT:
            formula = f"=IF({UNUSED},0,{formula[1:]})"
        work.fill(key, head, formula, style, "work_head")
    for name, key in (("money_ready", "ready"), ("pays_suspended", "suspended")):
        sheet.named(name, HEAD_ROW + 2, work.where[key], PAY_LINES)
    sheet.put(2, NOTE, LIMIT_NOTE, "note")
    sheet.heights[HEAD_ROW] = 32
    sheet.widths = {**dict.fromkeys(range(answers), 12.5), 0: 14, 1: 8, 8: 14, answers: 3}
    sheet.put(HEAD_ROW - 1, 0, '="Planned, "&tax_year', "label_bold")
    for key in TOTALS:
        formula = f"=SUMIFS(conversion_{key},conversion_tax_year,tax_year)"
        sheet.put(HEAD_ROW - 1, block.where[key], formula, "line_total")
    sheet.widths |= dict.fromkeys(range(first, first + 2 + len(WORKINGS)), 12)
    add_days(sheet, HEAD_ROW, first + 2 + len(WORKINGS) + 1)
    used_line = f"=$A{HEAD_ROW + 2}>0"
    for cells, style in (
        (area(HEAD_ROW + 1, 0, LINES, 2), "used"),
        (area(HEAD_ROW + 1, 2, LINES, answers - 2), "used_money"),
    ):
        sheet.conditions.append(Condition(cells, "=plan_ready=0", "muted"))
        real = f"=AND({used_line[1:]},COUNTIF(converted_date,$A{HEAD_ROW + 2})>0)"
        sheet.conditions.append(Condition(cells, real, style.replace("used", "stub")))
        sheet.conditions.append(Condition(cells, used_line, style))
    printed = next(lines for lines in PAGES if used <= lines)
    sheet.print_area = area(0, 0, HEAD_ROW + 1 + printed, answers)
    sheet.put(1, first, "Lines printed", "work_text")
    sheet.put(1, first + 2, printed, "work_number")
    sheet.named("conversions_printed", 1, first + 2)
    return sheet


# On Summary, among the year's figures.
YEAR: dict[str, str] = {
    "total_converted": "=ROUND(N(ytd_converted)+SUMIFS(conversion_converted,conversion_tax_year,tax_year),2)",
    "total_taxable": "=ROUND(N(ytd_taxable)+SUMIFS(conversion_taxable,conversion_tax_year,tax_year),2)",
    "total_tax": (
        "=ROUND(ROUND(N(ytd_taxable)*(federal_rate+state_rate),2)+SUMIFS(conversion_tax,conversion_tax_year,tax_year),2)"
    ),
    "total_to_traditional": "=ROUND(SUMIFS(conversion_to_traditional,conversion_tax_year,tax_year),2)",
    "unconverted_value": (
        "=ROUND(last_ripe_left*(1+growth_rate)^((year_end-IF(sweeps_in_year=0,opening_date,last_sweep))/days_in_year)"
        "+IF(opening_ready>last_sweep,N(opening_value)*(1+growth_rate)^((year_end-opening_date)/days_in_year),0)"
        "+SUMPRODUCT((money_ready>last_sweep)*pay_after_tax"
        "*(1+growth_rate)^((year_end-pay_posted)*(year_end>pay_posted)/days_in_year)),2)"
    ),
    "unconverted_basis": "=ROUND(last_basis_left+SUMPRODUCT((pay_posted>last_sweep)*pay_after_tax),2)",
    "path_taken": (
        '=IF(AND(in_plan_conversion="no",in_service_withdrawal<>"yes"),"",IF(conversion_path<>"",conversion_path,'
        'IF(OR(in_plan_conversion="no",AND(earnings_to="traditional",in_service_withdrawal="yes")),"Roth IRA",'
        '"in plan")))'
    ),
    "total_conversion_fees": (
        "=ROUND(IF(out_used=1,N(withdrawal_fee),N(in_plan_fee))*SUMPRODUCT((sweep_day>0)*(sweep_day<=year_end)"
        "*(sweep_real=0)*(sweep_out>0))"
        '+N(withdrawal_fee)*COUNTIFS(converted_to,"Roth IRA",converted_date,">0")'
        '+N(in_plan_fee)*(COUNT(converted_date)-COUNTIFS(converted_to,"Roth IRA",converted_date,">0")),2)'
    ),
}
