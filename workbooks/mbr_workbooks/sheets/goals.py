"""Goals on Growth: money needed on a date, against what could be taken by then without tax and without the 10%."""

from __future__ import annotations

from mbr_workbooks.sheet import Columns, Condition, Sheet, area
from mbr_workbooks.sheets.check_inputs import Check
from mbr_workbooks.sheets.check_results import LOOK
from mbr_workbooks.sheets.growth_years import PRINTED_COLUMNS, WORK
from mbr_xl.future_facts import MOST_GOALS

REACH: dict[str, tuple[str, str, str]] = {
    "what": ("For", "line_text", '=IF({amount}=0,"",INDEX(goal_what,{line}))'),
    "date": ("Needed on", "line_date", "=IF({amount}=0,0,N(INDEX(goal_date,{line})))"),
    "amount": ("Needed", "line_money", "=N(INDEX(goal_amount,{line}))"),
    "savings": (
        "Savings beyond the fund",
        "line_money",
        "=IF({amount}=0,0,MAX(0,ROUND(spare_savings-SUM({from_savings^}),2)))",
    ),
    "roth": ("Roth, tax- and penalty-free", "line_money", "=IF({amount}=0,0,MAX(0,ROUND({pool}-{used},2)))"),
    "accessible": ("Accessible then", "line_money", "=ROUND({savings}+{roth},2)"),
    "short": ("Short by", "line_money", "=ROUND({amount}-{from_savings}-{from_roth},2)"),
    "qualified": (
        "Earnings free",
        "line_yes",
        '=IF({amount}=0,"",IF(AND(goal_path<>"",{old}=1,YEAR({date})>=first_roth_year+goal_clock_years),"yes","no"))',
    ),
    "earnings_share": (
        "Taxed of each dollar from the plan",
        "line_rate",
        '=IF(AND({amount}>0,{qualified}="no",goal_path<>"Roth IRA",{value}>{basis}),'
        "ROUND(({value}-{basis})/{value},6),0)",
    ),
}
REACH_WORK: dict[str, tuple[str, str, str]] = {
    "ends": (
        "Year-ends before",
        "work_number",
        "=IF({amount}=0,N({ends-}),MAX(0,MIN(IF(growth_given=1,future_last,1),YEAR({date})-tax_year"
        "+IF(AND(MONTH({date})=months_in_year,DAY({date})=longest_month),1,0))))",
    ),
    "basis": (
        "Put in by then",
        "work_money",
        "=IF({ends}=0,0,IF(growth_given=1,INDEX(future_paid_to_date,MAX(1,{ends})),future_yearly))",
    ),
    "value": (
        "Worth then",
        "work_money",
        "=IF({ends}=0,0,IF(growth_given=1,INDEX(future_roth,MAX(1,{ends})),future_yearly))",
    ),
    "old": ("59 1/2 then", "work_number", "=IF(half_60_date=0,0,IF({date}>=half_60_date,1,0))"),
    "ledger": (
        "Free of the ledger",
        "work_money",
        '=IF({amount}=0,0,MAX(0,ROUND(SUMPRODUCT((ledger_account="Roth IRA")*(ledger_year<=YEAR({date}))*((ledger_kind='
        '"contribution")*ledger_amount+(ledger_kind="conversion")*(ledger_amount-ledger_taxed*(1-{old})*(YEAR({date})'
        '<ledger_year+goal_clock_years))-(ledger_kind="withdrawal")*ledger_amount)),2)))',
    ),
    "pool": (
        "Free, before earlier goals",
        "work_money",
        '=IF({amount}=0,0,ROUND({ledger}+IF({qualified}="yes",{value},IF(goal_path="Roth IRA",MIN({basis},{value}),'
        "0)),2))",
    ),
    # MATCH keeps LibreOffice from computing lines that lean on each other in threads, as in pay_workings.py.
    "grown": (
        "Taken before, grown",
        "work_money",
        "=IF(MATCH({line},reach_line,0)=1,0,(N({grown-})+N({from_roth-}))*(1+MAX(0,future_rate))^({ends}-N({ends-})))",
    ),
    "used": (
        "Taken before",
        "work_money",
        '=IF({amount}=0,0,ROUND(ROUND(IF({qualified}="yes",{grown},SUM({from_roth^})),8),2))',
    ),
    "from_savings": ("From savings", "work_money", "=MIN({amount},{savings})"),
    "from_roth": ("From Roth", "work_money", "=MIN(ROUND({amount}-{from_savings},2),{roth})"),
    "fault": (
        "Fault",
        "work_number",
        '=IF(COUNT(INDEX(goal_date,{line}),INDEX(goal_amount,{line}))+IF(INDEX(goal_what,{line})="",0,1)=0,0,'
        'IF(OR(INDEX(goal_what,{line})="",N(INDEX(goal_date,{line}))<DATE(tax_year,1,1),N(INDEX(goal_amount,{line}))<=0,'
        "N(INDEX(goal_date,{line}))<MAX({date^})),1,0))",
    ),
}
TERMS: dict[str, tuple[str, str, str]] = {
    "goal_path": (
        "Where after-tax turns Roth",
        '=IF(OR(cadence="none",AND(in_plan_conversion="no",in_service_withdrawal<>"yes")),"",IF(conversion_path<>"",'
        'conversion_path,IF(OR(in_plan_conversion="no",AND(earnings_to="traditional",in_service_withdrawal="yes")),'
        '"Roth IRA","in plan")))',
        "work_text",
    ),
    "goal_account": ("as the ledger calls it", '=IF(goal_path="Roth IRA",goal_path,"Roth 401(k)")', "work_text"),
    "goal_since": (
        "First year, as told",
        '=IF(goal_path="Roth IRA",N(roth_ira_since),N(roth_plan_since))',
        "work_number",
    ),
    "first_roth_year": (
        "First year of the clock",
        "=tax_year-MAX(0,IF(goal_since=0,0,tax_year-goal_since),SUMPRODUCT(MAX((ledger_account=goal_account)"
        '*(ledger_kind<>"withdrawal")*(tax_year-ledger_year))))',
        "work_number",
    ),
}
NOTES = (
    "Only year-ends before the day count. From a Roth IRA: the after-tax money converted by then, and all it is worth"
    " once qualified (59 1/2 and five taxable years).",
    "In the plan each dollar taken before that brings its share of earnings, taxed, with 10% more below 59 1/2, and"
    " many plans pay nothing out: it counts as 0 here.",
    "The ledger's Roth IRA money of earlier years counts as it went in, without earnings. Savings serve first; no"
    " dollar serves two goals.",
    "Exceptions to the 10% (a first home, education) are left out. 26 USC 408A(d), 402A(d), 72(e)(8), 72(t).",
)


def add_goals(sheet: Sheet, row: int) -> int:
    """The goals, a line each, with what they rest on; gives the row after them."""
    sheet.section(row + 1, 0, "Goals: what could be taken by then without tax and without the 10%", PRINTED_COLUMNS)
    head = row + 2
    table = Columns(sheet, head, MOST_GOALS, 0, prefix="reach_")
    table.place(tuple(REACH))
    table.column = WORK
    table.place(["line", *REACH_WORK])
    for key, (title, style, formula) in REACH.items():
        left = "head_left" if key in ("what", "date") else "head_center" if style == "line_yes" else "head"
        table.fill(key, title, formula, style, left)
    table.fill("line", "Line", list(range(1, MOST_GOALS + 1)), "work_number", "work_head")
    for key, (title, style, formula) in REACH_WORK.items():
        table.fill(key, title, formula, style, "work_head")
    sheet.heights[head] = 46
    first = head + 1
    sheet.conditions.append(Condition(area(first, 0, MOST_GOALS, PRINTED_COLUMNS), "=plan_ready=0", "hidden"))
    used = f"=$C{first + 1}>0"
    sheet.conditions.append(Condition(area(first, 6, MOST_GOALS), f"=$G{first + 1}>0", "short"))
    sheet.conditions.append(Condition(area(first, 0, MOST_GOALS, 2), used, "used"))
    sheet.conditions.append(Condition(area(first, 2, MOST_GOALS, 5), used, "used_money"))
    sheet.conditions.append(Condition(area(first, 7, MOST_GOALS), used, "used"))
    sheet.conditions.append(Condition(area(first, 8, MOST_GOALS), used, "used_rate"))
    row = first + MOST_GOALS
    for line, note in enumerate(NOTES):
        sheet.put(row + line, 0, note, "note")
    _terms(sheet)
    return row + len(NOTES)


def _terms(sheet: Sheet) -> None:
    """Workings beside the first pages, right of those of readiness."""
    column, row = WORK + 25, 6
    sheet.put(row - 1, column, "Workings: goals", "work_section")
    for name, (label, formula, style) in TERMS.items():
        sheet.put(row, column, label, "work_label")
        sheet.put(row, column + 1, formula, style)
        sheet.named(name, row, column + 1)
        row += 1
    sheet.widths |= {column: 26, column + 1: 14}


GOAL_CHECKS: list[Check] = [
    (
        LOOK,
        "Goals are complete and in order of date",
        "=SUM(reach_fault)",
        "Each goal needs what it is for, a date from this tax year on and an amount; dates ascending.",
    ),
]
