"""Pay: the year pay by pay. Left the answer, a line a pay; right of it the workings it comes from.

Lines come from the Payments sheet, sorted by a whole-number key; everything else is one formula a column. What has
gone before is a SUM from the heading down to the line above, so lines never refer to totals of themselves.
"""

from __future__ import annotations

from mbr_workbooks.sheet import Columns, Condition, Sheet, area, column_letters
from mbr_workbooks.sheets.common import heading
from mbr_workbooks.sheets.pays.pay_recorded import RECORDED
from mbr_workbooks.sheets.pays.pay_workings import WORKINGS, guarded
from mbr_xl.results import PAY_COLUMNS

LINES = 115
HEAD_ROW = 4

HEADS = {
    "date": "Pay date",
    "kind": "Kind",
    "gross": "Gross pay",
    "plan_pay": "Plan pay",
    "match_pay": "Match pay",
    "additions_pay": "415 pay",
    "pretax_rate": "Pre-tax rate",
    "roth_rate": "Roth rate",
    "after_tax_rate": "After-tax rate",
    "pretax_elected": "Pre-tax elected",
    "roth_elected": "Roth elected",
    "pretax": "Pre-tax",
    "roth": "Roth",
    "catch_up": "Of it catch-up",
    "after_tax_elected": "After-tax elected",
    "after_tax": "After-tax that fits",
    "match": "Match",
    "nonelective": "Non-elective",
    "additions_to_date": "Additions to date",
    "room_left": "Room left",
    "recorded": "From the stub",
}

ANSWERS: dict[str, tuple[str, str]] = {
    "date": ("line_day", "=INT({key}/key_step)"),
    "kind": ("line_text", '=IF(UNUSED,"",INDEX(source_kind,{source}))'),
    "gross": ("line_money", "=IF(UNUSED,0,INDEX(source_gross,{source}))"),
    "plan_pay": ("line_money", '=IF(compensation_practice="stops contributions",{counted},{raw_plan})'),
    "match_pay": (
        "line_money",
        (
            "=MAX(0,MIN({raw_match},ROUND(limit_compensation-ytd_counted-"
            "IF(prorates=1,SUM({match_pay^}),SUM({raw_match^})),2),"
            "IF(prorates=1,ROUND(compensation_a_pay-{check_match},2),{raw_match})))"
        ),
    ),
    "additions_pay": ("line_money", "=IF(UNUSED,0,INDEX(source_additions_pay,{source}))"),
    "pretax_rate": (
        "line_rate",
        (
            "=IF(UNUSED,0,IF(in_dollars=1,IF({plan_pay}=0,0,ROUND({pretax_amount}/{plan_pay},6)),"
            "MIN(INDEX(rates_table,{rates_line},{rates_column}),combined_share)))"
        ),
    ),
    "roth_rate": (
        "line_rate",
        (
            "=IF(UNUSED,0,IF(in_dollars=1,IF({plan_pay}=0,0,ROUND({roth_amount}/{plan_pay},6)),"
            "MIN(INDEX(rates_table,{rates_line},{rates_column}+1),ROUND(combined_share-{pretax_rate},6))))"
        ),
    ),
    "after_tax_rate": (
        "line_rate",
        (
            '=IF(OR(UNUSED,after_tax_allowed="no"),0,'
            "IF(in_dollars=1,IF({plan_pay}=0,0,ROUND({after_tax_amount}/{plan_pay},6)),"
            "MIN(INDEX(rates_table,{rates_line},{rates_column}+1+1),{cap},ROUND(combined_share-{pretax_rate}-{roth_rate},6))))"
        ),
    ),
    "pretax_elected": ("line_money", "=IF(in_dollars=1,{pretax_amount},ROUND({plan_pay}*{pretax_rate},2))"),
    "roth_elected": (
        "line_money",
        "=IF(in_dollars=1,{roth_amount},MIN(ROUND({plan_pay}*{roth_rate},2),ROUND({gross}-{pretax_elected},2)))",
    ),
    "pretax": ("line_money", "=IF({stub}=1,{paid_pretax},{fits_pretax})"),
    "roth": ("line_money", "=IF({stub}=1,{paid_roth},{fits_roth})"),
    "catch_up": (
        "line_money",
        (
            "=IF(UNUSED,0,ROUND(MAX(0,MIN(catch_up_allowed,ROUND({deferred}+elsewhere-limit_deferral,2),{deferred}))"
            "-MAX(0,MIN(catch_up_allowed,ROUND({deferred}-{pretax}-{roth}+elsewhere-limit_deferral,2),"
            "ROUND({deferred}-{pretax}-{roth},2))),2))"
        ),
    ),
    "after_tax_elected": ("line_money", "=ROUND({own_after_tax}+{spilled},2)"),
    "after_tax": (
        "line_money",
        (
            "=IF({stub}=1,{paid_after_tax},"
            "MAX(0,MIN({after_tax_elected},ROUND(after_tax_room-ytd_after_tax-SUM({after_tax^})-{later_after_tax},2))))"
        ),
    ),
    "match": (
        "line_money",
        (
            "=IF({stub}=1,{paid_match},IF({close}*match_posted=0,0,"
            "MAX(0,MIN(ROUND({earned}-{reached_before}-{unit_paid},2),"
            'IF(match_max="",{earned},ROUND(match_max-ytd_match-SUM({match^})-{later_match},2))))))'
        ),
    ),
    "nonelective": ("line_money", "=IF({stub}=1,{paid_nonelective},ROUND({counted}*nonelective_rate,2))"),
    "additions_to_date": ("line_money", "=IF(UNUSED,0,ROUND({to_date}+{others_to_date},2))"),
    "room_left": ("line_money", "=IF(UNUSED,0,MAX(0,ROUND(after_tax_room-{to_date},2)))"),
    "recorded": ("line_yes", '=IF(UNUSED,0,IF({stub}=1,"yes","no"))'),
}


PRINTED = 38  # lines of the first printed page
PAGES = (PRINTED, 82, LINES)  # lines printed on one page, two, three
# Columns added up above their headings.
TOTALS = ("gross", "plan_pay", "match_pay", "additions_pay", "pretax_elected", "roth_elected", "pretax", "roth",
          "catch_up", "after_tax_elected", "after_tax", "match", "nonelective")  # fmt: skip


def pay_sheet(used: int = 0) -> Sheet:
    """used: lines in use when the file is made; where they fit one page, only that page is printed."""
    sheet = Sheet(
        "Pay", tab_color="#6C8EBF", freeze=(HEAD_ROW + 1, 2), landscape=True, repeat_rows=(HEAD_ROW, HEAD_ROW)
    )
    heading(
        sheet,
        "Pay",
        "The year pay by pay: what is elected, what fits, what the employer adds, what room is left.",
        home=len(PAY_COLUMNS) - 1,
    )
    answers = len(PAY_COLUMNS)
    first_working = answers + 1
    sheet.put(HEAD_ROW - 1, first_working, "Workings", "work_section")
    block = Columns(sheet, HEAD_ROW, LINES, 0, prefix="pay_")
    block.place(PAY_COLUMNS)
    block.column = first_working
    workings = {**WORKINGS, **RECORDED}
    block.place(["n", *workings])
    for key in PAY_COLUMNS:
        style, formula = ANSWERS[key]
        block.fill(key, HEADS[key], guarded(key, formula), style, "head_left" if key in ("date", "kind") else "head")
    block.fill("n", "Line", list(range(1, LINES + 1)), "work_number", "work_head")
    for key, (head, style, formula) in workings.items():
        block.fill(key, head, guarded(key, formula), style, "work_head")

    sheet.heights[HEAD_ROW] = 34
    sheet.zoom = 90
    for column, key in enumerate(PAY_COLUMNS):
        sheet.widths[column] = {"date": 11.5, "kind": 10.5, "additions_to_date": 10.7, "after_tax_rate": 8}.get(
            key, 7.3 if key.endswith("_rate") else 9.7
        )
    sheet.put(HEAD_ROW - 1, 0, "Total of the pays", "label_bold")
    for key in TOTALS:
        sheet.put(HEAD_ROW - 1, block.where[key], f"=SUM(pay_{key})", "line_total")
    sheet.widths[answers] = 3
    for key, column in block.where.items():
        if column >= first_working:
            sheet.widths[column] = 12 if workings.get(key, ("", "", ""))[1] in ("work_money", "work_date") else 9
    row = HEAD_ROW + 2
    used_line = f"=$A{row}>0"
    recorded = f'=${column_letters(block.where["recorded"])}{row}="yes"'
    sheet.put(HEAD_ROW - 2, 5, '=IF(COUNT(paid_date)=0,"","Tinted: as the pay stub shows it (Records)")', "note")
    for key in ("pretax", "roth", "after_tax"):
        elected, fits = (column_letters(block.where[name]) for name in (f"{key}_elected", key))
        cells = area(HEAD_ROW + 1, block.where[key], LINES)
        not_all = f'=AND(${fits}{row}<${elected}{row},${column_letters(block.where["recorded"])}{row}<>"yes")'
        sheet.conditions.append(Condition(cells, not_all, "short"))
    for first, last, style in (
        ("date", "kind", "used"),
        ("gross", "additions_pay", "used_money"),
        ("pretax_rate", "after_tax_rate", "used_rate"),
        ("pretax_elected", "room_left", "used_money"),
        ("recorded", "recorded", "used"),
    ):
        columns = block.where[last] - block.where[first] + 1
        cells = area(HEAD_ROW + 1, block.where[first], LINES, columns)
        sheet.conditions.append(Condition(cells, "=plan_ready=0", "muted"))
        sheet.conditions.append(Condition(cells, recorded, style.replace("used", "stub")))
        if first == "recorded":
            sheet.conditions.append(Condition(cells, used_line, "hidden"))
            continue
        sheet.conditions.append(Condition(cells, used_line, style))
    printed = next(lines for lines in PAGES if used <= lines)
    sheet.print_area = area(0, 0, HEAD_ROW + 1 + printed, answers)
    sheet.put(1, first_working, "Lines printed", "work_text")
    sheet.put(1, first_working + 2, printed, "work_number")
    sheet.named("pay_printed", 1, first_working + 2)
    return sheet
