"""On which days money is converted: what the cadence wants, what the plan lets be, what was recorded.

Workings of the Conversions sheet, right of its account; {n} counts its lines from 0.
"""

from __future__ import annotations

from mbr_workbooks.sheet import Columns, Sheet
from mbr_workbooks.sheets.converting.conversion_choice import FAR, add_choice
from mbr_xl.household import MOST_SPANS
from mbr_xl.records import MOST_CONVERTED

_OPEN = (
    "AND({d}>=age_open,OR(windows_given=0,SUMPRODUCT((window_from<={d})*(window_to>={d}))>0),"
    "SUMPRODUCT((blackout_from<={d})*(blackout_to>={d}))=0)"
)

# Day by day, unsorted; then the days in order. In threads LibreOffice leaves such columns stale: see pay_workings.py.
DAYS: dict[str, tuple[str, str, str]] = {
    "candidate": (
        "Day wanted",
        "work_date",
        (
            "=IF(converts=0,0,IF(by_pay=1,IF({n}=0,opening_sweep,INDEX(pay_sweep,MAX(1,{n}))),"
            "IF({n}>=months_in_year,0,INDEX(period_sweep,{n}+1))))"
        ),
    ),
    "ready": (
        "Its money may leave from",
        "work_date",
        (
            "=IF({n}=0,opening_ready,IF(INDEX(pay_posted,MAX(1,{n}))=0,0,IF(months_used=0,"
            "INDEX(pay_posted,MAX(1,{n})),EDATE(INDEX(pay_posted,MAX(1,{n})),months_used))))"
        ),
    ),
    "asked": (
        "Day asked for",
        "work_date",
        ("=IF({candidate}=0,0,IF(AND(by_pay=1,{ready}>{candidate}),WORKDAY({ready}-1,1,bank_holidays),{candidate}))"),
    ),
    "placed": (
        "Day allowed",
        "work_date",
        (
            "=IF({asked}=0,0,IF("
            + _OPEN.replace("{d}", "{asked}")
            + ',{asked},IF(COUNTIF(gate_day,">="&{asked})=0,0,LARGE(gate_day,COUNTIF(gate_day,">="&{asked})))))'
        ),
    ),
    "kept": (
        "within the year",
        "work_date",
        ("=IF({placed}<=last_recorded,0,IF(AND({placed}>year_end,OR({placed}<>{candidate},most_used>0)),0,{placed}))"),
    ),
    "distinct": ("Day, once", "work_date", "=IF({kept}=0,0,IF(COUNTIF({kept^},{kept})>0,0,{kept}))"),
    "offer": ("In order", "work_date", "=IF({n}<offers,SMALL(sweep_distinct,COUNT(sweep_distinct)-offers+{n}+1),0)"),
    "use": (
        "Used",
        "work_date",
        "=IF({offer}=0,0,IF(most_used=0,{offer},IF(COUNTIF(pick_day,{offer})>0,{offer},0)))",
    ),
    "wanted": (
        "Wanted in the year, once",
        "work_number",
        (
            "=IF(OR({candidate}=0,{candidate}>year_end,{candidate}<=last_recorded),0,"
            "IF(COUNTIF({candidate^},{candidate})>0,0,1))"
        ),
    ),
    "unplaced": (
        "No day for it",
        "work_number",
        (
            "=IF(OR({candidate}=0,{candidate}>year_end,{candidate}<=last_recorded),0,"
            "IF(OR({placed}=0,{placed}>year_end),1,0))"
        ),
    ),
    "day": (
        "Day",
        "work_date",
        (
            "=IF({n}<recorded_days,INDEX(recorded_day,{n}+1),IF({n}-recorded_days<planned_days,"
            "SMALL(sweep_use,COUNT(sweep_use)-planned_days+{n}-recorded_days+1),0))"
        ),
    ),
}

FIGURES: list[tuple[str, str, str | float, str]] = [
    ("Opening date", "opening_date", '=IF(ytd_date="",DATE(tax_year,1,1),ytd_date)', "work_date"),
    (
        "Plan converts",
        "converts",
        '=IF(OR(path_taken="",cadence_used="none"),0,1)',
        "work_number",
    ),
    ("By withdrawal", "out_used", '=IF(path_taken="Roth IRA",1,0)', "work_number"),
    (
        "Days follow the pays",
        "by_pay",
        '=IF(OR(cadence_used="automatic",cadence_used="each pay"),1,0)',
        "work_number",
    ),
    (
        "Conversion of the opening account",
        "opening_sweep",
        (
            '=IF(AND(cadence_used="automatic",N(opening_value)>0),IF(conversion_days=0,opening_date,'
            "WORKDAY(opening_date,conversion_days,bank_holidays)),0)"
        ),
        "work_date",
    ),
    ("Months in the plan first", "months_used", "=IF(out_used=1,N(withdrawal_months),0)", "work_number"),
    (
        "Opening account may leave from",
        "opening_ready",
        '=IF(OR(months_used=0,opening_seasoned="yes"),opening_date,EDATE(opening_date,months_used))',
        "work_date",
    ),
    ("Age that stands for a half year more", "half_age", 59, "work_number"),
    ("Months of a half year", "half_year", 6, "work_number"),
    (
        "Open by age from",
        "age_open",
        (
            '=IF(OR(out_used=0,withdrawal_age="",birth_date=""),0,EDATE(birth_date,months_in_year*withdrawal_age'
            "+IF(withdrawal_age=half_age,half_year,0)))"
        ),
        "work_date",
    ),
    ("Windows given", "windows_given", "=COUNT(window_start)", "work_number"),
    ("Most a year", "most_used", "=IF(out_used=1,N(withdrawals_most),N(in_plan_most))", "work_number"),
    ("Days recorded", "recorded_days", '=COUNTIF(recorded_once,">0")', "work_number"),
    ("Last of them", "last_recorded", "=MAX(recorded_once)", "work_date"),
    (
        "of them by this path",
        "recorded_of_path",
        (
            '=IF(out_used=1,COUNTIFS(converted_to,"Roth IRA",converted_date,">0"),'
            'COUNT(converted_date)-COUNTIFS(converted_to,"Roth IRA",converted_date,">0"))'
        ),
        "work_number",
    ),
    (
        "Earlier ones of the year",
        "earlier_of_year",
        '=COUNTIFS(earlier_date,">="&DATE(tax_year,1,1),earlier_date,"<="&year_end)',
        "work_number",
    ),
    ("Days offered", "offers", '=COUNTIF(sweep_distinct,">0")', "work_number"),
    ("Days planned", "planned_days", '=COUNTIF(sweep_use,">0")', "work_number"),
    ("Conversion days", "sweeps", "=recorded_days+planned_days", "work_number"),
    ("Lines shown", "conversions_shown", '=COUNTIF(sweep_shown,">0")', "work_number"),
    (
        "Conversion days in the year",
        "sweeps_in_year",
        "=SUMPRODUCT((sweep_day>0)*(sweep_day<=year_end))",
        "work_number",
    ),
    ("Last of them", "last_sweep", "=IF(sweeps_in_year=0,0,INDEX(sweep_day,MAX(1,sweeps_in_year)))", "work_date"),
    (
        "May leave, left then",
        "last_ripe_left",
        "=IF(sweeps_in_year=0,0,INDEX(sweep_ripe_left,MAX(1,sweeps_in_year)))",
        "work_money",
    ),
    (
        "Basis left then",
        "last_basis_left",
        "=IF(sweeps_in_year=0,N(opening_basis),INDEX(sweep_basis_left,MAX(1,sweeps_in_year)))",
        "work_money",
    ),
    ("Wanted days in the year", "days_wanted", "=SUM(sweep_wanted)", "work_number"),
    ("Wishes without an allowed day", "days_unplaced", "=SUM(sweep_unplaced)", "work_number"),
    ("Days below the least", "days_too_small", "=SUMPRODUCT((sweep_day>0)*(sweep_made=0))", "work_number"),
    ("Pays within a suspension", "suspended_pays", "=SUM(sweep_suspended)", "work_number"),
    (
        "planned to be put in by them",
        "suspended_contributions",
        "=ROUND(SUMPRODUCT(pays_suspended*(pay_pretax+pay_roth+pay_after_tax)),2)",
        "work_money",
    ),
    ("and their match", "suspended_match", "=ROUND(SUMPRODUCT(pays_suspended*pay_match),2)", "work_money"),
    ("Windows, blackouts: lines each", "spans_most", MOST_SPANS, "work_number"),
    ("Cents in a dollar", "cents_a_dollar", 100, "work_number"),
    ("Farther than any wait", "far_wait", FAR, "work_number"),
    (
        "Left by the records",
        "carried_money",
        (
            "=IF(last_recorded=0,0,MAX(0,ROUND(IF(opening_ready<=last_recorded,N(opening_value),0)"
            "+SUMPRODUCT((money_ready<=last_recorded)*pay_after_tax)-SUM(converted_amount)"
            "-SUM(converted_to_traditional),2)))"
        ),
        "work_money",
    ),
]


def add_days(sheet: Sheet, head_row: int, column: int) -> int:
    """The figures and tables beside the lines, from `column` on; the first column that is free after them."""
    column = _figures(sheet, head_row, column)
    column = _periods(sheet, head_row, column)
    column = _gates(sheet, head_row, column)
    column = _recorded(sheet, head_row, column)
    return add_choice(sheet, head_row, column)


def _figures(sheet: Sheet, head_row: int, column: int) -> int:
    sheet.put(head_row - 1, column, "Workings: figures of the account", "work_section")
    for line, (label, name, content, style) in enumerate(FIGURES):
        sheet.put(head_row + 1 + line, column, label, "work_text")
        sheet.put(head_row + 1 + line, column + 1, content, style)
        sheet.named(name, head_row + 1 + line, column + 1)
    sheet.widths |= {column - 1: 3, column: 30, column + 1: 14, column + 2: 3}
    return column + 3


def _periods(sheet: Sheet, head_row: int, column: int) -> int:
    """The twelve days that monthly, quarterly and typed dates offer."""
    sheet.put(head_row - 1, column, "Workings: days not tied to a pay", "work_section")
    block = Columns(sheet, head_row, 12, column, prefix="period_")
    block.place(["month", "end", "sweep"])
    block.fill("month", "Month", list(range(1, 13)), "work_number", "work_head")
    block.fill(
        "end", "Last business day", "=WORKDAY(DATE(tax_year,{month}+1,0)+1,-1,bank_holidays)", "work_date", "work_head"
    )
    block.fill(
        "sweep",
        "Conversion",
        (
            '=IF(cadence_used="dates",IF(AND(YEAR(N(INDEX(conversion_dates,{month})))=tax_year,'
            "N(INDEX(conversion_dates,{month}))>opening_date),INDEX(conversion_dates,{month}),0),"
            'IF(OR(cadence_used="monthly",AND(cadence_used="quarterly",MOD({month},months_in_quarter)=0)),'
            "IF({end}>opening_date,{end},0),0))"
        ),
        "work_date",
        "work_head",
    )
    sheet.widths |= {column: 10, column + 1: 14, column + 2: 14, column + 3: 3}
    return column + 4


def _gates(sheet: Sheet, head_row: int, column: int) -> int:
    """Windows, blackouts and the age: the business days on which a path can open. The first allowed day after one that
    is not is among them."""
    sheet.put(head_row - 1, column, "Workings: windows, blackouts, age", "work_section")
    block = Columns(sheet, head_row, 2 * MOST_SPANS + 1, column)
    block.place(["k", "from", "to", "opens", "gate"])
    block.fill("k", "Line", list(range(1, 2 * MOST_SPANS + 2)), "work_number", "work_head")
    for key, head in (("from", "First day"), ("to", "Last day")):
        end = "start" if key == "from" else "end"
        block.fill(
            key,
            head,
            f"=IF({{k}}<=spans_most,N(INDEX(window_{end},MIN({{k}},spans_most))),IF({{k}}<=spans_most+spans_most,"
            f"N(INDEX(blackout_{end},MAX(1,MIN({{k}}-spans_most,spans_most)))),age_open))",
            "work_date",
            "work_head",
        )
    block.fill(
        "opens",
        "Opens",
        (
            "=IF({from}=0,0,IF(AND({k}>spans_most,{k}<=spans_most+spans_most),WORKDAY({to},1,bank_holidays),"
            "WORKDAY({from}-1,1,bank_holidays)))"
        ),
        "work_date",
        "work_head",
    )
    block.fill(
        "gate", "if allowed", "=IF({opens}=0,0,IF(" + _OPEN.replace("{d}", "{opens}") + ",{opens},0))", "work_date",
        "work_head",
    )  # fmt: skip
    first = head_row + 1
    for prefix, row in (("window", first), ("blackout", first + MOST_SPANS)):
        sheet.named(f"{prefix}_from", row, block.where["from"], MOST_SPANS)
        sheet.named(f"{prefix}_to", row, block.where["to"], MOST_SPANS)
    sheet.named("gate_day", first, block.where["gate"], 2 * MOST_SPANS + 1)
    sheet.widths |= {**dict.fromkeys(range(column + 1, column + 5), 13), column: 7, column + 5: 3}
    return column + 6


def _recorded(sheet: Sheet, head_row: int, column: int) -> int:
    """The conversions as they were, a line a row of Records, and their days once and in order."""
    sheet.put(head_row - 1, column, "Workings: conversions recorded", "work_section")
    block = Columns(sheet, head_row, MOST_CONVERTED, column, prefix="recorded_")
    block.place(["k", "date", "once", "day", "open", "open_roth", "open_traditional", "fault"])
    block.fill("k", "Line", list(range(1, MOST_CONVERTED + 1)), "work_number", "work_head")
    for key, head, style, formula in (
        ("date", "Date", "work_date", "=N(INDEX(converted_date,{k}))"),
        ("once", "once", "work_date", "=IF({date}=0,0,IF(COUNTIF({date^},{date})>0,0,{date}))"),
        (
            "day",
            "in order",
            "work_date",
            "=IF({k}>recorded_days,0,SMALL(recorded_once,COUNT(recorded_once)-recorded_days+{k}))",
        ),
        (
            "open",
            "Taxable part not known",
            "work_number",
            '=IF({date}=0,0,IF(INDEX(converted_taxable,{k})="",1,0))',
        ),
        ("open_roth", "of it to Roth", "work_money", "=IF({open}=1,N(INDEX(converted_amount,{k})),0)"),
        (
            "open_traditional",
            "to a traditional IRA",
            "work_money",
            "=IF({open}=1,N(INDEX(converted_to_traditional,{k})),0)",
        ),
        (
            "fault",
            "Fault",
            "work_number",
            (
                "=IF(COUNT(INDEX(converted_date,{k}),INDEX(converted_amount,{k}),INDEX(converted_taxable,{k}),"
                "INDEX(converted_to_traditional,{k}))=0,0,IF(OR({date}=0,COUNT(INDEX(converted_amount,{k}))=0),1,"
                "IF(OR(YEAR({date})<>tax_year,{date}<=N(ytd_date),N(INDEX(converted_amount,{k}))<0,"
                "N(INDEX(converted_taxable,{k}))<0,N(INDEX(converted_to_traditional,{k}))<0,"
                "N(INDEX(converted_taxable,{k}))>N(INDEX(converted_amount,{k})),"
                'AND(N(INDEX(converted_to_traditional,{k}))>0,INDEX(converted_to,{k})<>"Roth IRA"),'
                'SUMPRODUCT((recorded_date={date})*((converted_to="Roth IRA")=(INDEX(converted_to,{k})="Roth IRA")))>1'
                "),1,0)))"
            ),
        ),
    ):
        block.fill(key, head, formula, style, "work_head")
    sheet.widths |= {**dict.fromkeys(range(column + 1, column + 8), 12), column: 7, column + 8: 3}
    return column + 9
