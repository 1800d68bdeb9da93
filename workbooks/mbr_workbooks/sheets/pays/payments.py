"""Payments: the list of what is paid beside the regular pay, and below it the regular pay dates.

Both blocks share the columns from J on: the Pay sheet sorts the two by one key. The key is a whole number, date times
key_step plus the place within the day: regular pay, then what is paid inside it, then separate checks.
"""

from __future__ import annotations

from mbr_workbooks.sheet import Columns, Sheet, Table, Validation, Value, area
from mbr_workbooks.sheets.common import heading, yes_no
from mbr_xl.household import ELECTION_OF, MOST_PAYMENTS, Household

HEAD_ROW = 5
REGULAR = 55
CALENDAR_HEAD = HEAD_ROW + MOST_PAYMENTS + 4
SHARED = 9  # the first column that both blocks have

FIELDS = ("date", "kind", "amount", "separate", "in_plan_pay", "in_match_pay", "in_additions_pay")
COLUMNS = ("Date", "Kind", "Amount", "Own check", "In plan pay", "In match pay", "In 415 pay")
SHARED_KEYS = ["paid", "key", "kind", "gross", "plan_pay", "match_pay", "additions_pay", "matched", "separate"]
SHARED_HEADS = ["Paid on", "Sort key", "Kind", "Gross", "Plan pay", "Match pay", "415 pay", "Matched", "Own check"]
SHARED_STYLES = [
    "work_date",
    "work_number",
    "work_text",
    "work_money",
    "work_money",
    "work_money",
    "work_money",
    "work_number",
    "work_number",
]


def or_stub(planned: str) -> str:
    """The gross of the recorded pay of that date and kind, where there is one, else as planned."""
    of_the_pay = "paid_date,{paid},paid_kind,{kind}"
    return f"IF(COUNTIFS({of_the_pay})=0,{planned},ROUND(SUMIFS(paid_gross,{of_the_pay}),2))"


def payments_sheet(household: Household | None) -> Sheet:
    sheet = Sheet("Payments", tab_color="#D9A400", freeze=(HEAD_ROW + 1, 0), pages_tall=1)
    heading(
        sheet,
        "Payments",
        "Bonuses, commission, stock vests and the like, paid beside the salary. In any order.",
        home=len(FIELDS) - 1,
    )
    sheet.put(3, 0, "Not on its own check: paid inside the regular pay of that date, or of the next one.", "note")
    sheet.put(4, 0, "Two payments of one kind on one day: add them up. Below the list: the regular pay dates.", "note")
    _inputs(sheet, household)
    _payments(sheet)
    _calendar(sheet)
    for name, key in zip(SHARED_KEYS, range(SHARED, SHARED + len(SHARED_KEYS)), strict=True):
        sheet.named(f"source_{name}", HEAD_ROW + 1, key, CALENDAR_HEAD + REGULAR - HEAD_ROW)
    sheet.widths = {0: 16, 1: 15, 2: 17, 3: 13, 4: 13, 5: 14, 6: 14, 7: 3, 8: 9, 9: 14, 18: 10, 19: 9}
    sheet.widths |= dict.fromkeys(range(10, 18), 12)
    sheet.print_area = area(0, 0, HEAD_ROW + 1 + MOST_PAYMENTS, len(FIELDS))
    return sheet


def _inputs(sheet: Sheet, household: Household | None) -> None:
    styles = ("input_date", "input_choice", "input_money", *("input_choice",) * 4)
    for line in range(MOST_PAYMENTS):
        row = HEAD_ROW + 1 + line
        values: list[Value] = [None] * len(FIELDS)
        if household and line < len(household.payments):
            payment = household.payments[line]
            flags = [payment.separate, payment.in_plan_pay, payment.in_match_pay, payment.in_additions_pay]
            values = [payment.date, payment.kind, payment.amount / 100, *("yes" if flag else "no" for flag in flags)]
        for column, (value, style) in enumerate(zip(values, styles, strict=True)):
            sheet.put(row, column, value, style)
    for column, field in enumerate(FIELDS):
        sheet.named(f"payment_{field}", HEAD_ROW + 1, column, MOST_PAYMENTS)
    cells = [area(HEAD_ROW + 1, column, MOST_PAYMENTS) for column in range(len(FIELDS))]
    heads = ("head_input", "head_center", "head_input", *("head_center",) * 4)
    sheet.tables.append(Table("tblPayments", area(HEAD_ROW, 0, MOST_PAYMENTS + 1, len(FIELDS)), COLUMNS, heads))
    kinds = tuple(kind for kind in ELECTION_OF if kind != "base")
    sheet.validations += [
        Validation(
            cells[0],
            "date",
            "Date",
            "The day it is paid, in the tax year; inside a regular pay: that day or a little before.",
        ),
        Validation(cells[1], "list", "Kind", "The kind decides which election applies (Limits lists them).", kinds),
        Validation(cells[2], "money", "Amount", "Dollars before any deduction."),
        yes_no(cells[3], "Own check", "yes: a check of its own; no: inside the regular pay of that date or the next."),
        yes_no(cells[4], "In plan pay", "yes: the plan's elections take their share of it."),
        yes_no(cells[5], "In match pay", "yes: the match counts it and what is deferred from it."),
        yes_no(cells[6], "In 415 pay", "yes: it is pay for the 415(c) limit; nearly always yes."),
    ]


def _payments(sheet: Sheet) -> None:
    block = Columns(sheet, HEAD_ROW, MOST_PAYMENTS, SHARED - 1)
    block.where = {name: column for column, name in enumerate(f"in_{field}" for field in FIELDS)}
    block.place(["n", *SHARED_KEYS, "full", "used"])
    sheet.put(HEAD_ROW - 1, SHARED - 1, "Workings", "work_section")
    block.fill("n", "Line", list(range(1, MOST_PAYMENTS + 1)), "work_number", "work_head")
    formulas = {
        "paid": (
            '=IF({used}=0,0,IF({in_separate}="yes",{in_date},'
            "IF(SUMPRODUCT((regular_date>0)*(regular_date<{in_date}))>=regular_pays,0,"
            "INDEX(regular_date,SUMPRODUCT((regular_date>0)*(regular_date<{in_date}))+1))))"
        ),
        "key": '=IF({paid}<=N(ytd_date),0,{paid}*key_step+{n}+IF({in_separate}="yes",ROWS(payment_date),0))',
        "kind": '=IF({paid}=0,"",{in_kind})',
        "gross": f"=IF({{paid}}=0,0,{or_stub('{in_amount}')})",
        "plan_pay": '=IF({in_in_plan_pay}="yes",{gross},0)',
        "match_pay": '=IF({in_in_match_pay}="yes",{gross},0)',
        "additions_pay": '=IF({in_in_additions_pay}="yes",{gross},0)',
        "matched": '=IF(AND({paid}>0,{in_in_match_pay}="yes"),1,0)',
        "separate": '=IF(AND({paid}>0,{in_separate}="yes"),1,0)',
    }
    for key, head, style in zip(SHARED_KEYS, SHARED_HEADS, SHARED_STYLES, strict=True):
        block.fill(key, head, formulas[key], style, "work_head")
    # A line counts when it is complete and of the tax year; what the year-to-date figures hold gets no key.
    block.fill(
        "full",
        "Complete",
        "=IF(COUNTBLANK({in_date}:{in_in_additions_pay})=0,IF(AND(ISNUMBER({in_date}),ISNUMBER({in_amount})),1,0),0)",
        "work_number",
        "work_head",
    )
    block.fill(
        "used",
        "Counts",
        "=IF({full}=0,0,IF(YEAR({in_date})=tax_year,1,0))",
        "work_number",
        "work_head",
    )
    block.column += len(SHARED_KEYS) + 3
    block.place(["pair", "partial"])
    block.fill(
        "pair",
        "Date and kind",
        "=IF({key}=0,0,{paid}*key_step+MATCH({kind},kind_names,0))",
        "work_number",
        "work_head",
    )
    block.fill(
        "partial", "Half filled", '=IF(AND({full}=0,OR({in_date}<>"",{in_amount}<>"")),1,0)', "work_number", "work_head"
    )
    sheet.named("payment_line", HEAD_ROW + 1, block.where["n"], MOST_PAYMENTS)
    sheet.named("payment_paid", HEAD_ROW + 1, block.where["paid"], MOST_PAYMENTS)
    for key in ("full", "used", "pair", "partial"):
        sheet.named(f"payment_{key}", HEAD_ROW + 1, block.where[key], MOST_PAYMENTS)


def _calendar(sheet: Sheet) -> None:
    sheet.section(CALENDAR_HEAD - 1, 0, "Regular pay dates", len(FIELDS))
    sheet.put(CALENDAR_HEAD - 1, SHARED, "Regular pays planned, what each pays", "work_section")
    sheet.heights[CALENDAR_HEAD] = 26
    block = Columns(sheet, CALENDAR_HEAD, REGULAR, 0, prefix="")
    block.place(["n", "month", "half", "nominal", "shifted", "use", "repeats"])
    block.column = SHARED
    block.place(SHARED_KEYS)
    block.fill("n", "Line", list(range(REGULAR)), "work_number", "work_head")
    block.fill(
        "month", "Month, if twice a month", [1 + line // 2 for line in range(REGULAR)], "work_number", "work_head"
    )
    block.fill("half", "Second of the month", [line % 2 for line in range(REGULAR)], "work_number", "work_head")
    step, day = "step_days", "IF({half}=0,first_pay_day,other_pay_day)"
    block.fill(
        "nominal",
        "Date before shift",
        "=IF(dates_known=0,0,IF(step_days>0,DATE(tax_year,1,1)+MOD(any_pay_date-DATE(tax_year,1,1),"
        + step
        + ")+"
        + step
        + '*{n},IF(frequency_used="semimonthly",MIN(DATE(tax_year,{month},1)+'
        + day
        + "-1,DATE(tax_year,{month}+1,0)),MIN(DATE(tax_year,{n}+1,1)+first_pay_day-1,DATE(tax_year,{n}+1+1,0)))))",
        "work_date",
        "work_head",
    )
    block.fill(
        "shifted",
        "Paid on",
        '=IF({nominal}=0,0,IF(shift="none",{nominal},WORKDAY({nominal}+1,-1,bank_holidays)))',
        "work_date",
        "work_head",
    )
    block.fill(
        "use",
        "Employed then",
        '=IF({shifted}=0,0,IF(AND(YEAR({shifted})=tax_year,{shifted}>=N(hire_date),OR(leave_date="",{shifted}<=leave_date)),'
        "{shifted},0))",
        "work_date",
        "work_head",
    )
    block.fill(
        "repeats",
        "Two on one day",
        "=IF({shifted}=0,0,IF(AND(YEAR({shifted})=tax_year,COUNTIF({shifted^},{shifted})>0),1,0))",
        "work_number",
        "work_head",
    )
    salary = "INDEX(raise_salary_from,MATCH({paid},raise_from,1))"
    away = '(leave_start<>"")*(leave_start<={paid})*(leave_end>={paid})'
    formulas: dict[str, str | list[Value]] = {
        "paid": "=IF({n}<regular_pays,SMALL(calendar_use,COUNT(calendar_use)-regular_pays+{n}+1),0)",
        "key": "=IF({paid}<=N(ytd_date),0,{paid}*key_step)",
        "kind": '=IF({paid}=0,"","base")',
        "gross": (
            "=IF({paid}=0,0,"
            + or_stub(f"ROUND({salary}*IF(SUMPRODUCT({away})=0,1,SUMPRODUCT({away}*leave_share_paid))/periods,2)")
            + ")"
        ),
        "plan_pay": "={gross}",
        "match_pay": "={gross}",
        "additions_pay": "={gross}",
        "matched": "=IF({paid}=0,0,1)",
        "separate": [0] * REGULAR,
    }
    for key, head, style in zip(SHARED_KEYS, SHARED_HEADS, SHARED_STYLES, strict=True):
        block.fill(key, head, formulas[key], style, "work_head")
    first = CALENDAR_HEAD + 1
    sheet.named("calendar_use", first, block.where["use"], REGULAR)
    sheet.named("calendar_repeats", first, block.where["repeats"], REGULAR)
    sheet.named("regular_date", first, block.where["paid"], REGULAR)
