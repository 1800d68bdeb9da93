"""Goals on Growth: money needed on a date, against what could be taken by then without tax and without the 10%."""

from __future__ import annotations

from mbr_workbooks.sheet import Columns, Condition, Sheet, area
from mbr_workbooks.sheets.checking.check_inputs import Check
from mbr_workbooks.sheets.checking.check_results import LOOK
from mbr_workbooks.sheets.years_ahead.growth_years import PRINTED_COLUMNS, WORK
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
    "passed": (
        "Year-ends before",
        "work_number",
        "=IF({amount}=0,0,MAX(0,YEAR({date})-tax_year"
        "+IF(AND(MONTH({date})=months_in_year,DAY({date})=longest_month),1,0)))",
    ),
    "ends": (
        "of them with growth",
        "work_number",
        "=IF({amount}=0,N({ends-}),MIN(IF(growth_given=1,future_last,1)+goal_lag,{passed}))",
    ),
    "left": ("Years whose money has left", "work_number", "=IF({passed}<goal_opens,0,MAX(0,{ends}-goal_lag))"),
    "basis": (
        "Put in by then",
        "work_money",
        "=IF({left}=0,0,IF(growth_given=1,INDEX(future_paid_to_date,MAX(1,{left})),future_yearly))",
    ),
    # The years that each line grows: since it was put in, or since it could leave, the fewer; losses all count.
    "waited": (
        "Worth with growth since it left",
        "work_money",
        "=IF({left}*goal_waits*growth_given=0,0,ROUND(ROUND(IF(future_rate>0,"
        "SUMPRODUCT((future_n<={left})*future_paid*(1+future_rate)^((future_n<={left})*({left}-future_n+future_begin"
        "-({left}-future_n+future_begin>MAX(0,{ends}-goal_opens))*({left}-future_n+future_begin-MAX(0,{ends}-goal_opens"
        "))))),"
        "SUMPRODUCT((future_n<={left})*future_paid*(1+future_rate)^((future_n<={left})*({ends}-future_n"
        "+future_begin)))),8),2))",
    ),
    "value": (
        "Worth then",
        "work_money",
        "=IF({left}=0,0,IF(growth_given=0,future_yearly,IF(goal_waits=0,INDEX(future_roth,MAX(1,{left})),{waited})))",
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
    "goal_way": (
        "Where after-tax turns Roth",
        '=IF(OR(cadence="none",AND(in_plan_conversion="no",in_service_withdrawal<>"yes")),"",IF(conversion_path<>"",'
        'conversion_path,IF(OR(in_plan_conversion="no",AND(earnings_to="traditional",in_service_withdrawal="yes")),'
        '"Roth IRA","in plan")))',
        "work_text",
    ),
    "goal_lag": (
        "Year-ends until money may leave",
        '=IF(goal_way="Roth IRA",ROUNDUP(N(withdrawal_months)/months_in_year,0),0)',
        "work_number",
    ),
    "goal_opens": (
        "Year of the table open by age",
        '=IF(goal_way<>"Roth IRA",0,IF(age_open=0,0,YEAR(age_open)-tax_year+1))',
        "work_number",
    ),
    "goal_waits": ("Money has to wait", "=IF(OR(goal_lag>0,goal_opens>0),1,0)", "work_number"),
    "goal_first": (
        "Year of the first conversion",
        '=IF(goal_way="",0,IF(recorded_of_path>0,tax_year,IF(SUMPRODUCT((conversion_date>last_recorded)'
        "*(conversion_converted>0)*(conversion_tax_year=tax_year))>0,tax_year,IF(SUMPRODUCT((conversion_date>"
        "last_recorded)*(conversion_converted>0))>0,tax_year+1,"
        "IF(MAX(goal_lag,goal_opens-1)>0,tax_year+MAX(goal_lag,goal_opens-1),IF(total_after_tax+N(opening_value)=0,"
        "tax_year+1,0))))))",
        "work_number",
    ),
    "goal_path": ("Way that can be told", '=IF(goal_first=0,"",goal_way)', "work_text"),
    "goal_account": ("as the ledger calls it", '=IF(goal_path="Roth IRA",goal_path,"Roth 401(k)")', "work_text"),
    "goal_since": (
        "First year, as told",
        '=IF(goal_path="Roth IRA",N(roth_ira_since),N(roth_plan_since))',
        "work_number",
    ),
    "first_roth_year": (
        "First year of the clock",
        "=goal_first-MAX(0,IF(goal_since=0,0,goal_first-goal_since),SUMPRODUCT(MAX((ledger_account=goal_account)"
        '*(ledger_kind<>"withdrawal")*(goal_first-ledger_year))))',
        "work_number",
    ),
    "goal_words": (
        "In words",
        '=IF(OR(plan_ready=0,SUM(reach_amount)=0),"",IF(goal_path="","No conversion of this plan\'s after-tax money can'
        ' be told: none of it counts below.",IF(MAX(goal_lag,goal_opens-1)>0,"Only a withdrawal leads out: this plan\'s'
        ' money counts from the end of "&(tax_year+MAX(goal_lag,goal_opens-1))&", by its age and months.","")))',
        "work_text",
    ),
}
NOTES = (
    "Only year-ends before the day count, for money that its age and months let leave. From a Roth IRA: the after-tax"
    " money converted by then, and all it is worth once qualified (59 1/2, five taxable years).",
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
    sheet.put(row, 0, "=goal_words", "note")
    row += 1
    for line, note in enumerate(NOTES):
        sheet.put(row + line, 0, note, "note")
    _terms(sheet)
    return row + len(NOTES)


def _terms(sheet: Sheet) -> None:
    """Workings beside the first pages, right of those of readiness."""
    column, row = WORK + 27, 6
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
        "A conversion can be told that brings the goals their Roth money",
        '=IF(AND(SUM(reach_amount)>0,goal_path=""),1,0)',
        "None is recorded or planned: this plan's after-tax money counts as 0 for every goal. See Conversions.",
    ),
    (
        LOOK,
        "Goals are complete and in order of date",
        "=SUM(reach_fault)",
        "Each goal needs what it is for, a date from this tax year on and an amount; dates ascending.",
    ),
]
