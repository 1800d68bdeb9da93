"""Tax: the year's federal tax side by side, what the conversion costs, Roth IRA contributions, estimated tax."""

from __future__ import annotations

from mbr_workbooks.sheet import Columns, Condition, Sheet, address, area
from mbr_workbooks.sheets.checking.check_inputs import Check
from mbr_workbooks.sheets.checking.check_results import INFO, LOOK
from mbr_workbooks.sheets.common import heading
from mbr_workbooks.sheets.taxes.estimates import add_estimates
from mbr_workbooks.sheets.taxes.tax_words import SHOWN, WORDS
from mbr_workbooks.sheets.taxes.tax_workings import add_workings
from mbr_xl.client import Client

WORDS_ROW, SIDE_ROW = 4, 11

# Lines of the side by side: column of the returns, label, style.
SIDE: list[tuple[str, str, str]] = [
    ("pretax", "Pre-tax deferrals", "dollars"),
    ("wages", "Wages, W-2 box 1, all of the return's", "dollars"),
    ("excess_taxed", "Excess deferral taxed this year, line 1h", "dollars"),
    ("conversion", "Taxable part of the conversion", "dollars"),
    ("ira_income", "Taxable IRA conversions and withdrawals", "dollars"),
    ("income", "Total income", "dollars"),
    ("agi", "Adjusted gross income", "dollars"),
    ("deduction", "Standard or itemized deduction", "dollars"),
    ("senior", "Deduction for seniors", "dollars"),
    ("taxable", "Taxable income", "dollars"),
    ("ordinary_tax", "Tax on ordinary income", "dollars"),
    ("gains_tax", "Tax on qualified dividends and gains", "dollars"),
    ("income_tax", "Income tax: both, never above the regular tax", "dollars"),
    ("credits_used", "Credits used", "dollars"),
    ("additional_medicare", "Additional Medicare Tax, on wages only", "dollars"),
    ("niit", "Net investment income tax", "dollars"),
    ("total", "Federal tax, other taxes included", "answer"),
    ("state_conversion", "State tax on the conversion, flat rate", "dollars"),
    ("state_saved", "State tax saved by pre-tax kept, flat rate", "dollars"),
    ("change", "Change against as planned, federal and state", "answer"),
    ("marginal_bracket", "Next dollar of conversion: income tax", "rate"),
    ("marginal_niit", "Next dollar: net investment income tax", "rate"),
    ("marginal", "Next dollar: federal", "rate"),
]
HEADS = ("As planned", "All pre-tax", "All Roth", "No conversion")

COST: list[tuple[str, str, str, str, str]] = [
    ("marginal_federal", "Federal rate on the next dollar", "=INDEX(return_marginal,1)", "rate", ""),
    (
        "marginal_state",
        "State rate on it",
        "=IF(tax_ready=0,0,ROUND(ROUND(state_rate*state_share_used,8),6))",
        "rate",
        "the rate typed, by the share that the state taxes",
    ),
    (
        "conversion_federal",
        "Federal tax of the conversion",
        "=ROUND(INDEX(return_total,1)-INDEX(return_total,ROWS(return_total)),2)",
        "dollars",
        "the year's tax with it less the tax without it",
    ),
    ("conversion_state", "State tax of it", "=INDEX(return_state_conversion,1)", "dollars", "flat rate"),
    ("conversion_cost", "Together", "=ROUND(conversion_federal+conversion_state,2)", "answer", ""),
    (
        "conversion_cost_share",
        "Share of its taxable part",
        "=IF(INDEX(return_conversion,1)=0,0,ROUND(conversion_cost/INDEX(return_conversion,1),6))",
        "rate",
        "",
    ),
    ("", "At the flat rates typed on Inputs", "=IF(tax_ready=0,0,total_tax)", "dollars", "as Conversions has it"),
]

NOTES = (
    "All pre-tax and all Roth: as if elected so from January 1; catch-up that must be Roth stays Roth.",
    "Each line is rounded to the cent by the rate schedules. Not in it: the alternative minimum tax, limits of itemized"
    " deductions,",
    "credits' own rules, and the state's return: state lines are the rate typed by what differs.",
)


def tax_sheet(client: Client | None = None) -> Sheet:
    """client: its facts stand on Inputs; every number here is a formula."""
    sheet = Sheet("Tax", tab_color="#6C8EBF")
    heading(sheet, "Tax", '="The year\'s tax around the plan, tax year "&tax_year&"."', home=4)
    sheet.widths = {0: 46, **dict.fromkeys(range(1, 5), 16)}
    for line, (name, formula) in enumerate(WORDS):
        sheet.put(WORDS_ROW + line, 0, formula, "text" if line else "label_bold")
        sheet.named(name, WORDS_ROW + line, 0)
    block = add_workings(sheet)
    row = _side_by_side(sheet, block, SIDE_ROW)
    row = _cost(sheet, row)
    sheet.page_breaks = [row - 1]
    row = _roth_ira(sheet, row)
    row = add_estimates(sheet, row)
    sheet.conditions.append(Condition(area(SIDE_ROW + 1, 1, row - SIDE_ROW, 4), f"={SHOWN}=0", "hidden"))
    sheet.print_area = area(0, 0, row, 5)
    return sheet


def _side_by_side(sheet: Sheet, block: Columns, row: int) -> int:
    sheet.section(row - 1, 0, "Side by side", 5)
    sheet.put(row, 0, None, "head_left")
    sheet.row(row, 1, HEADS, "head")
    for line, (key, label, style) in enumerate(SIDE, start=1):
        sheet.put(row + line, 0, label, "label_bold" if style == "answer" else "label")
        for case in range(len(HEADS)):
            cell = address(block.first_line + case, block.where[key], absolute=True)
            sheet.put(row + line, 1 + case, f"={cell}", style)
    sheet.named("all_pretax_change", row + [key for key, _, _ in SIDE].index("change") + 1, 2)
    sheet.named("all_roth_change", row + [key for key, _, _ in SIDE].index("change") + 1, 3)
    row += len(SIDE) + 1
    for line, note in enumerate(NOTES):
        sheet.put(row + line, 0, note, "note")
    return row + len(NOTES) + 2


def _cost(sheet: Sheet, row: int) -> int:
    sheet.section(row - 1, 0, "What the conversion costs", 5)
    for line, (name, label, formula, style, note) in enumerate(COST):
        sheet.put(row + line, 0, label, "label_bold" if style == "answer" else "label")
        sheet.put(row + line, 1, formula, style)
        sheet.put(row + line, 2, note, "unit")
        if name:
            sheet.named(name, row + line, 1)
    return row + len(COST) + 2


def _roth_ira(sheet: Sheet, row: int) -> int:
    sheet.section(row - 1, 0, "Directly into a Roth IRA", 5)
    sheet.put(row, 0, "If this year's conversions go", "head_left")
    sheet.row(row, 1, ["within the plan", "to a Roth IRA"], "head")
    magi = "=IF(tax_ready=0,0,ROUND(INDEX(return_agi,1)-ira_income_used+N(adjustments_added_back){},2))"
    allowed = (
        "=IF(tax_ready=0,0,MIN(roth_left,IF({magi}<=roth_start,roth_full,IF({magi}>=roth_end,0,MIN(roth_full,MAX(roth_least,"
        "ROUNDUP(ROUND(roth_full*(roth_end-{magi})/(roth_end-roth_start)/roth_step,6),0)*roth_step))))))"
    )
    sheet.put(row + 1, 0, "Modified adjusted gross income for it", "label")
    sheet.put(row + 2, 0, "Allowed", "label_bold")
    for column, path, less in ((1, "in_plan", ""), (2, "to_ira", "-INDEX(return_conversion,1)")):
        sheet.put(row + 1, column, magi.format(less), "dollars")
        sheet.put(row + 2, column, allowed.format(magi=f"roth_magi_{path}"), "answer")
        sheet.named(f"roth_magi_{path}", row + 1, column)
        sheet.named(f"roth_allowed_{path}", row + 2, column)
    lines = [
        (
            "roth_ira_allowed",
            "Allowed on the path taken",
            "=IF(path_to_ira=1,roth_allowed_to_ira,roth_allowed_in_plan)",
        ),
        ("", "Planned", "=N(roth_ira_planned)"),
        (
            "roth_ira_excess",
            "Planned above what is allowed",
            "=IF(tax_ready=0,0,MAX(0,ROUND(N(roth_ira_planned)-roth_ira_allowed,2)))",
        ),
    ]
    for line, (name, label, formula) in enumerate(lines, start=3):
        sheet.put(row + line, 0, label, "label")
        sheet.put(row + line, 1, formula, "dollars")
        if name:
            sheet.named(name, row + line, 1)
    note = "Income of an in-plan conversion counts here; of a rollover to a Roth IRA it does not: 26 USC 408A(c)(3)."
    sheet.put(row + 6, 0, note, "note")
    sheet.put(
        row + 7,
        0,
        "Less the nondeductible contribution of section IRAs; a deductible one uses the same limit: take it off.",
        "note",
    )
    return row + 10


CHECKS: list[Check] = [
    (
        LOOK,
        "Tax facts agree, those of IRAs and an excess too",
        "=tax_faults",
        "A spouse's wages need mfj; what is added back is part of adjustments; at most 2 of 65 or blind; see Testing.",
    ),
    (
        INFO,
        "The year has published tax brackets",
        '=IF(AND(filing_status<>"",tax_row=0),1,0)',
        "The Tax sheet has no answer for this year; Conversions uses the rates typed on Inputs.",
    ),
    (
        LOOK,
        "The federal rate typed is that of the next dollar",
        "=IF(AND(tax_ready=1,total_taxable>0,ROUND(federal_rate-marginal_federal,6)<>0),1,0)",
        "Tax computes another rate on the next dollar of conversion: see it there, correct Inputs or the tax facts.",
    ),
    (
        LOOK,
        "A direct Roth IRA contribution is allowed",
        "=IF(roth_ira_excess>0,1,0)",
        "Planned is above what the income allows: an excess costs 6% a year until it is taken out.",
    ),
    (
        LOOK,
        "Withholding and estimates avoid the penalty",
        "=IF(estimates_left>0,1,0)",
        "Tax has the dates, and the withholding that would do instead.",
    ),
    (
        INFO,
        "The spouse's Medicare wages are told",
        '=IF(AND(tax_ready=1,N(spouse_wages)>0,spouse_medicare_wages=""),1,0)',
        "Box 1 is used; box 5 is higher by the spouse's pre-tax deferrals, and so may be the 0.9% tax: give box 5.",
    ),
    (
        LOOK,
        "No deferred compensation (NQDC) is elected",
        "=IF(N(nqdc_deferred)>0,1,0)",
        "Tax and box 1 on Forms take it off pay typed with it, box 5 keeps it; Cash and elections count it as paid.",
    ),
    (
        LOOK,
        "No excess deferral is in this year's tax",
        "=IF(tax_ready=1,IF(INDEX(return_excess_taxed,1)>0,1,0),0)",
        "Tax adds it to income as if the plans return it: see Testing for the dates.",
    ),
    (
        INFO,
        "The deduction given is not below the standard one",
        '=IF(AND(tax_ready=1,itemized<>""),IF(N(itemized)<standard_deduction,1,0),0)',
        "Leave itemized deductions blank for the standard deduction, unless a spouse itemizes on a separate return.",
    ),
]
