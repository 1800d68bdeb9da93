"""The top of Records: how far the records go, what differs, what waits for conversion, what the year still takes."""

from __future__ import annotations

from mbr_workbooks.sheet import Condition, Sheet, address, area
from mbr_workbooks.sheets.checking.check_inputs import Check
from mbr_workbooks.sheets.checking.check_results import LOOK
from mbr_workbooks.sheets.recording.records_beside import SAYS, WORKINGS, due, in_dollars

LABEL, VALUE, NOTE = 1, 4, 6
DAY = "ddd, mmm d, yyyy"

# Label, named value, its style, and the sentence beside it.
LINES: list[tuple[str, str, str, str, str]] = [
    (
        "Recorded through",
        "records_through",
        "=MAX(0,MAX(paid_date),MAX(converted_date))",
        "short_date",
        (
            '=IF(pays_recorded+conversions_recorded=0,"Nothing is recorded yet: type into the lists below, or take in a'
            ' pay file with mbr-xl import-pay.",pays_recorded&IF(pays_recorded=1," pay, "," pays, ")'
            '&conversions_recorded&IF(conversions_recorded=1," conversion."," conversions."))'
        ),
    ),
    (
        "Pay, against the plan",
        "gross_difference",
        "=ROUND(SUM(paid_gross_more),2)",
        "short_answer",
        (
            '=IF(pays_recorded=0,"",IF(pays_unexpected=0,"Every pay is as planned.",pays_unexpected'
            '&IF(pays_unexpected=1," pay is"," pays are")&" not as planned: what differs stands beside it."))'
        ),
    ),
    (
        "Deferrals, against the elections",
        "deferral_difference",
        "=ROUND(SUM(paid_deferral_more),2)",
        "short_answer",
        "",
    ),
    (
        "After-tax, against the elections",
        "after_tax_difference",
        "=ROUND(SUM(paid_after_tax_more),2)",
        "short_answer",
        "",
    ),
    (
        "After-tax so far",
        "after_tax_recorded",
        "=ROUND(N(ytd_after_tax)+SUM(paid_after_tax),2)",
        "short_answer",
        (
            '=IF(plan_ready=0,"",IF(after_tax_recorded>after_tax_room,'
            f'{in_dollars("ROUND(after_tax_recorded-after_tax_room,2)")}&" more than the year\'s room of "'
            f'&{in_dollars("after_tax_room")}&": see Checks.",'
            f'{in_dollars("ROUND(after_tax_room-after_tax_recorded,2)")}&" is left of the year\'s room of "'
            f'&{in_dollars("after_tax_room")}&"."))'
        ),
    ),
    (
        "Still to come, as elected",
        "after_tax_to_come",
        '=ROUND(SUMIFS(pay_after_tax,pay_recorded,"no"),2)',
        "short_answer",
        (
            '=IF(plan_ready=0,"",IF(next_pay_date=0,"No pay of the year is left to plan.","From the pay of "'
            f'&TEXT(next_pay_date,"{DAY}")&" on; "&{in_dollars("after_tax_unused")}&" of room is then unused."))'
        ),
    ),
    (
        "Best election from then on",
        "",
        "",
        "",
        "=IF(plan_ready=0,words_not_ready,words_best)",
    ),
    (
        "Converted so far",
        "converted_recorded",
        "=ROUND(N(ytd_converted)+SUM(converted_amount),2)",
        "short_answer",
        (
            '=IF(conversions_recorded=0,"",IF(unconfirmed_conversions=0,"All confirmed in writing",'
            'unconfirmed_conversions&" not confirmed in writing")&IF(uninvested_conversions=0,", all invested again.",'
            '", "&uninvested_conversions&" not marked as invested again."))'
        ),
    ),
    (
        "After-tax in the account then",
        "after_tax_waiting",
        "=IF(records_through=0,0,ROUND(left_behind+SUM(paid_waits),2))",
        "short_answer",
        (
            f'=IF(after_tax_overdue>0,{in_dollars("after_tax_overdue")}&" of after-tax has been in the account since "'
            f'&TEXT(waiting_since,"{DAY}")&": was it converted?",IF(after_tax_waiting>0,IF(due_known=0,'
            '"The plan\'s own rules decide when it can be converted.","No longer than the cadence takes."),""))'
        ),
    ),
]
TOP_ROWS = len(LINES) + 3

# Right of the page: name, label, formula, style.
WORK: list[tuple[str, str, str, str]] = [
    ("pays_recorded", "Pays recorded", "=COUNT(paid_date)", "work_number"),
    ("pays_unexpected", "Pays not as planned", "=SUM(paid_unexpected)", "work_number"),
    (
        "next_pay_date",
        "First pay not recorded",
        '=IF(COUNTIFS(pay_date,">0",pay_recorded,"no")=0,0,INDEX(pay_date,MATCH("no",pay_recorded,0)))',
        "work_date",
    ),
    ("conversions_recorded", "Conversions recorded", "=COUNT(converted_date)", "work_number"),
    (
        "unconfirmed_conversions",
        "Not confirmed",
        '=conversions_recorded-COUNTIFS(converted_date,">0",converted_confirmed,"yes")',
        "work_number",
    ),
    (
        "uninvested_conversions",
        "Not invested again",
        '=conversions_recorded-COUNTIFS(converted_date,">0",converted_invested,"yes")',
        "work_number",
    ),
    ("last_recorded_conversion", "Last recorded conversion", "=MAX(0,MAX(converted_date))", "work_date"),
    (
        "due_known",
        "The cadence alone decides",
        (
            '=IF(OR(AND(in_plan_conversion="no",in_service_withdrawal<>"yes"),cadence_used="none",'
            'COUNT(window_start)+COUNT(blackout_start)>0,N(conversion_minimum)>0,in_plan_most<>"",withdrawals_most<>"",'
            'withdrawal_age<>"",N(withdrawal_months)>0),0,1)'
        ),
        "work_number",
    ),
    (
        "left_behind",
        "After-tax that conversions left",
        "=IF(last_recorded_conversion=0,N(opening_basis),MAX(0,ROUND(SUM(converted_unmoved),2)))",
        "work_money",
    ),
    (
        "left_since",
        "since",
        "=IF(left_behind<=0,0,IF(last_recorded_conversion=0,opening_date,last_recorded_conversion))",
        "work_date",
    ),
    ("left_due", "To be converted on", f"={due('left_since')}", "work_date"),
    ("left_late", "Overdue", "=IF(AND(left_due>0,left_due<records_through),left_behind,0)", "work_money"),
    ("after_tax_overdue", "After-tax overdue", "=ROUND(left_late+SUM(paid_late_amount),2)", "work_money"),
    (
        "waiting_since",
        "Overdue since",
        (
            '=IF(left_late>0,left_since,IF(COUNTIF(paid_late,">0")=0,0,'
            'SMALL(paid_late,COUNT(paid_late)-COUNTIF(paid_late,">0")+1)))'
        ),
        "work_date",
    ),
]

CHECKS: list[Check] = [
    (
        LOOK,
        "Recorded pays are as planned and elected",
        "=pays_unexpected",
        "Records says beside each pay what differs; ask payroll where an election was not in force.",
    ),
    (
        LOOK,
        "After-tax is converted when it should be",
        "=IF(after_tax_overdue>0,1,0)",
        "Records: ask the plan's administrator whether it was converted, and record it.",
    ),
    (
        LOOK,
        "Recorded conversions are confirmed in writing",
        "=unconfirmed_conversions",
        "Ask the plan's administrator for the confirmation and keep it with the tax papers.",
    ),
    (
        LOOK,
        "Converted money is invested again",
        "=uninvested_conversions",
        "Look at the Roth account: converted money often lands in cash.",
    ),
]


def records_top(sheet: Sheet, row: int) -> None:
    """Puts the summary from `row` on, TOP_ROWS high, its workings right of the page."""
    sheet.section(row, LABEL, "Where the year stands", SAYS)
    first = row + 1
    for line, (label, name, formula, style, words) in enumerate(LINES, start=first):
        sheet.put(line, LABEL, label, "label")
        if name:
            sheet.put(line, VALUE, formula, style)
            sheet.named(name, line, VALUE)
        if words:
            sheet.put(line, NOTE, words, "text")
        sheet.heights[line] = 17
    sheet.put(0, WORKINGS, "Workings", "work_section")
    for line, (name, label, formula, style) in enumerate(WORK, start=1):
        sheet.put(line, WORKINGS, label, "work_text")
        sheet.put(line, WORKINGS + 2, formula, style)
        sheet.named(name, line, WORKINGS + 2)
    values = area(first + 1, VALUE, len(LINES) - 1)
    sheet.conditions.append(Condition(values, "=OR(plan_ready=0,records_through=0)", "hidden"))
    for line, (_, name, _, _, _) in enumerate(LINES, start=first):
        test = {
            "gross_difference": "pays_unexpected>0",
            "converted_recorded": "unconfirmed_conversions+uninvested_conversions>0",
            "after_tax_waiting": "after_tax_overdue>0",
            "after_tax_recorded": "after_tax_recorded>after_tax_room",
        }.get(name)
        if test:
            sheet.conditions.append(Condition(address(line, NOTE), f"={test}", "look"))
