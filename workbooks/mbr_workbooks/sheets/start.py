"""Start: what this workbook is, how to use it, what the colors mean, whose it is."""

from __future__ import annotations

from mbr_workbooks.sheet import Sheet, Validation, area
from mbr_workbooks.sheets.common import heading

SHEETS = {
    "Summary": "The answer on one page, in words and figures, with two charts; then every figure of the year.",
    "Inputs": "To fill in: saver, pay, year to date, plan, match, conversion; then, as far as wanted, tax, cash, IRAs,"
    " growth and readiness.",
    "Payments": "To fill in: bonuses, commission, stock vests and the like, and how the plan counts each.",
    "Elections": "To fill in: rates by date and kind of pay. The best whole percents for base pay and bonus are there.",
    "Pay": "The year pay by pay: what is elected, what fits, match, annual additions and room to date.",
    "Conversions": "What turns Roth and when, the taxable part, and what stays behind.",
    "Paths": "In the plan or out to a Roth IRA, side by side; and what converting later costs.",
    "Cash": "Net pay and the balance of the household, its lowest day, the floor, and what fills a gap.",
    "Tax": "The year's federal tax as planned, pre-tax and Roth side by side; estimated tax with its dates.",
    "Backdoor": "The ordinary backdoor Roth IRA: limits, Form 8606 line by line, what a roll-in would change.",
    "Growth": "What the money may grow to, what waiting costs, what comes first, and money needed on a date.",
    "Testing": "When a limit fails: nondiscrimination tests, excess deferrals and additions, two employers.",
    "Records": "To fill in as it happens: pays, conversions, forms, the ledger of earlier years.",
    "Forms": "The forms to expect, where they go on the return, whether those that came tie out, a letter where not.",
    "Checks": "What must be put right, what deserves a look, what is good to know.",
    "Limits": "The law's numbers by year with their sources, and which of them this plan uses.",
}
STEPS = (
    "Fill in Inputs from the pay stub and the plan document. Lines marked * are required.",
    "List bonuses and vests on Payments, and say how the plan counts each.",
    "Look at Checks until nothing says FAIL.",
    "Read the best election on Elections, type it into the table there, and the number beside it.",
    "Look at Summary, Pay and Conversions; print them or send them.",
    "Once a month type what happened into Records, and look at the best election for the rest of the year.",
)
MEANINGS = (
    (
        "input",
        "example_input",
        "Tinted, framed and blue, beside a ▸ or in a framed list: to be typed. All else is locked.",
    ),
    (
        "result",
        "example_answer",
        "Calculated by plain formulas: no macro, no add-in, no connection. There is no password.",
    ),
    ("working", "example_working", "Small and grey: how a result comes about. Not printed."),
)


def start_sheet(prepared_by: str, disclosure: str) -> Sheet:
    sheet = Sheet("Start", tab_color="#1F3A5F")
    heading(
        sheet,
        "Mega backdoor Roth planner",
        "After-tax contributions beside the deferral limit, and their conversion to Roth, for one saver and one year.",
    )
    sheet.widths = {0: 18, 1: 100}
    sheet.section(4, 0, "How to use it", 2)
    for line, step in enumerate(STEPS):
        sheet.put(5 + line, 0, f"Step {line + 1}", "label")
        sheet.put(5 + line, 1, step, "about")
    row = 6 + len(STEPS)
    sheet.section(row, 0, "Sheets", 2)
    for line, (name, about) in enumerate(SHEETS.items(), start=1):
        sheet.put(row + line, 0, name, "link")
        sheet.links[row + line, 0] = f"internal:{name}!A1"
        sheet.put(row + line, 1, about, "about")
    row += len(SHEETS) + 2
    sheet.section(row, 0, "What the cells mean", 2)
    for line, (word, style, about) in enumerate(MEANINGS, start=1):
        sheet.put(row + line, 0, word, style)
        sheet.put(row + line, 1, about, "about")
    row += len(MEANINGS) + 2
    sheet.section(row, 0, "Whose it is", 2)
    sheet.put(row + 1, 0, "▸ Prepared by", "label")
    sheet.put(row + 1, 1, prepared_by or None, "input_text")
    sheet.put(row + 2, 0, "▸ Disclosure", "wrap")
    sheet.put(row + 2, 1, disclosure, "input_note")
    sheet.heights[row + 2] = 78
    sheet.put(row + 3, 0, '=IF(copy_of="","","Copy of")', "label")
    sheet.put(row + 3, 1, None, "about")
    sheet.named("copy_of", row + 3, 1)
    sheet.named("prepared_by", row + 1, 1)
    sheet.named("disclosure", row + 2, 1)
    sheet.validations += [
        Validation(f"B{row + 2}", "text", "Prepared by", "The firm or person whose work this is; shown on Summary."),
        Validation(f"B{row + 3}", "text", "Disclosure", "Your firm's own words; shown on Summary."),
    ]
    sheet.put(
        row + 4,
        0,
        "Made with mbr_xl. The law is cited on Limits: each figure there has its source and the day it was checked.",
        "note",
    )
    sheet.print_area = area(0, 0, row + 5, 2)
    return sheet
