"""Start: what this workbook is, how to use it, what the colors mean, whose it is."""

from __future__ import annotations

from mbr_workbooks.sheet import Sheet, Validation, area
from mbr_workbooks.sheets.common import heading

SHEETS = {
    "Summary": "The answer on one page, in words and figures, with two charts; every figure of the year below.",
    "Inputs": "Saver, pay, year to date, plan, match, conversion, limits of your own; raises, leave, match tiers.",
    "Payments": "Bonuses, commission, vests and the like, and how the plan counts each. Below: the regular pay dates.",
    "Elections": "Rates by date and kind of pay; the best whole percents for base pay and bonus.",
    "Pay": "The year pay by pay: elected and fits, match, additions and room to date.",
    "Conversions": "What turns Roth and when, the taxable part, what stays.",
    "Checks": "What must be put right, what to look at, what is good to know.",
    "Limits": "The law's numbers by year with their sources, the ones in use, constants.",
}
STEPS = (
    "Fill in Inputs from the pay stub and the plan document; required lines are marked *.",
    "List bonuses and vests on Payments, and say how the plan counts each.",
    "Look at Checks until nothing says FAIL.",
    "Read the best election on Elections, type it into the table there, and copy the stamp.",
    "Look at Summary, Pay and Conversions; print or send them.",
)


def start_sheet(prepared_by: str, disclosure: str) -> Sheet:
    sheet = Sheet("Start", tab_color="#1F3A5F")
    heading(
        sheet,
        "Mega backdoor Roth planner",
        "After-tax contributions beside the deferral limit, and their conversion to Roth, for one saver and one year.",
    )
    sheet.widths = {0: 18, 1: 100}
    sheet.row(4, 0, ["How to use it", None], "section")
    for line, step in enumerate(STEPS):
        sheet.put(5 + line, 0, f"Step {line + 1}", "label")
        sheet.put(5 + line, 1, step, "text")
    row = 6 + len(STEPS)
    sheet.row(row, 0, ["Sheets", None], "section")
    for line, (name, about) in enumerate(SHEETS.items(), start=1):
        sheet.put(row + line, 0, name, "link")
        sheet.links[row + line, 0] = f"internal:{name}!A1"
        sheet.put(row + line, 1, about, "text")
    row += len(SHEETS) + 2
    sheet.row(row, 0, ["What the cells mean", None], "section")
    sheet.put(row + 1, 0, "input", "input_text")
    sheet.put(
        row + 1,
        1,
        "Tinted, framed and in blue, beside a ▸ or in a list: to be typed. All else is locked, without a password.",
        "text",
    )
    sheet.put(row + 2, 0, "result", "answer_text")
    sheet.put(
        row + 2, 1, "Calculated by plain formulas; nothing here needs a macro, an add-in or a connection.", "text"
    )
    sheet.put(row + 3, 0, "working", "work_text")
    sheet.put(row + 3, 1, "How a result comes about; not printed.", "text")
    row += 5
    sheet.row(row, 0, ["Whose it is", None], "section")
    sheet.put(row + 1, 0, "Prepared by", "label")
    sheet.put(row + 1, 1, prepared_by or None, "input_text")
    sheet.put(row + 2, 0, "Disclosure", "label")
    sheet.put(row + 2, 1, disclosure, "input_note")
    sheet.heights[row + 2] = 78
    sheet.named("prepared_by", row + 1, 1)
    sheet.named("disclosure", row + 2, 1)
    sheet.validations += [
        Validation(f"B{row + 2}", "text", "Prepared by", "The firm or person whose work this is; shown on Summary."),
        Validation(f"B{row + 3}", "text", "Disclosure", "Your firm's own words; shown on Summary."),
    ]
    sheet.put(
        row + 4,
        0,
        "Made with mbr_xl. Law as cited on Limits; each figure there has its source and the day it was checked.",
        "note",
    )
    sheet.print_area = area(0, 0, row + 5, 2)
    return sheet
