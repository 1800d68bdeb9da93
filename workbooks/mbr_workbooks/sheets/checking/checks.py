"""Checks: what must be put right, before there is an answer or in the plan; what to look at; what is good to know."""

from __future__ import annotations

from mbr_workbooks.sheet import Condition, Sheet, area
from mbr_workbooks.sheets.cash_flow.cash_words import CHECKS as CASH_CHECKS
from mbr_workbooks.sheets.checking.check_conversion import CONVERSION_CHECKS, CONVERSION_INPUT_CHECKS
from mbr_workbooks.sheets.checking.check_inputs import FAIL, INPUT_CHECKS
from mbr_workbooks.sheets.checking.check_results import INFO, LOOK, RESULT_CHECKS
from mbr_workbooks.sheets.common import heading
from mbr_workbooks.sheets.excess.backdoor import CHECKS as BACKDOOR_CHECKS
from mbr_workbooks.sheets.excess.trouble import CHECKS as TROUBLE_CHECKS
from mbr_workbooks.sheets.lists import TIER_LISTS
from mbr_workbooks.sheets.paper.forms import CHECKS as FORM_CHECKS
from mbr_workbooks.sheets.recording.records_top import CHECKS as RECORD_CHECKS
from mbr_workbooks.sheets.taxes.tax import CHECKS as TAX_CHECKS
from mbr_workbooks.sheets.years_ahead.growth import CHECKS as GROWTH_CHECKS
from mbr_xl.client import OWNERS, inputs
from mbr_xl.fact import is_list, names_of, record_of

HEAD_ROW = 4
# Lists of the plan that are declared in a way of their own, each by its first column.
OWN_LISTS = ("conversion_dates", *(f"{tiers}_kind" for tiers in TIER_LISTS))
BLOCKING = (*INPUT_CHECKS, *CONVERSION_INPUT_CHECKS)
EVERY = (
    *BLOCKING,
    *RESULT_CHECKS,
    *CONVERSION_CHECKS,
    *CASH_CHECKS,
    *RECORD_CHECKS,
    *TAX_CHECKS,
    *BACKDOOR_CHECKS,
    *GROWTH_CHECKS,
    *TROUBLE_CHECKS,
    *FORM_CHECKS,
)


def checks_sheet() -> Sheet:
    sheet = Sheet("Checks", tab_color="#6B4E9B", freeze=(HEAD_ROW + 1, 0), repeat_rows=(HEAD_ROW, HEAD_ROW))
    heading(
        sheet,
        "Checks",
        (
            "FAIL: to be put right; inputs that cannot be used, at the top, leave no answer. LOOK: money or time may be"
            " lost. INFO: good to know."
        ),
        home=3,
    )
    sheet.row(HEAD_ROW, 0, ["Result", "What should hold"], "head_left")
    sheet.put(HEAD_ROW, 2, "Found", "head_center")
    sheet.put(HEAD_ROW, 3, "What to do if it is not OK", "head_left")
    sheet.widths = {0: 9, 1: 51, 2: 8, 3: 78, 4: 3, 5: 14, 6: 30}
    for line, (severity, what, formula, cure) in enumerate(EVERY):
        row = HEAD_ROW + 1 + line
        sheet.put(row, 0, f'=IF(C{row + 1}=0,"OK",F{row + 1})', "text")
        sheet.put(row, 1, what, "text")
        sheet.put(row, 2, formula, "line_count")
        sheet.put(row, 3, cure, "note")
        sheet.put(row, 5, severity, "work_text")
    first, lines = HEAD_ROW + 1, len(EVERY)
    sheet.put(HEAD_ROW, 5, "Severity", "work_head_left")
    sheet.named("check_results", first, 0, lines)
    sheet.named("input_results", first, 0, len(BLOCKING))
    sheet.put(1, 6, "Results that are FAIL or LOOK", "work_text")
    sheet.put(2, 6, "The master check", "work_text")
    sheet.put(3, 6, "1: no input is FAIL, there is an answer", "work_text")
    sheet.put(1, 5, f'=COUNTIF(check_results,"{FAIL}")+COUNTIF(check_results,"{LOOK}")', "work_number")
    master = '=IF(checks_wrong>0,"FAIL, "&checks_wrong&" to correct",'
    master += 'IF(checks_failed>0,"PASS, "&checks_failed&" to look at","PASS"))'
    sheet.put(2, 5, master, "work_text")
    sheet.put(0, 6, "Results that are FAIL", "work_text")
    sheet.put(0, 5, f'=COUNTIF(check_results,"{FAIL}")', "work_number")
    sheet.named("checks_wrong", 0, 5)
    _lines_filled(sheet)
    sheet.put(3, 5, f'=IF(COUNTIF(input_results,"{FAIL}")=0,1,0)', "work_number")
    sheet.named("checks_failed", 1, 5)
    sheet.named("master_check", 2, 5)
    sheet.named("plan_ready", 3, 5)
    cells = area(first, 0, lines)
    for word, style in (("OK", "good"), (FAIL, "bad_fill"), (LOOK, "look_fill"), (INFO, "info")):
        sheet.conditions.append(Condition(cells, f'=$A{first + 1}="{word}"', style))
    for column in (1, 3):
        style = "strong" if column == 1 else "ink"
        sheet.conditions.append(Condition(area(first, column, lines), f"=$C{first + 1}>0", style))
    sheet.print_area = area(0, 0, first + lines, 4)
    return sheet


def _lines_filled(sheet: Sheet) -> None:
    """How much is filled in, now and when the print areas of a client's copy were fitted to it."""
    lists = [
        item.metadata["prefix"] + names_of(record_of(owner, item.name))[0]
        for owner, item in ((OWNERS[name], item) for name, item in inputs())
        if is_list(item)
    ]
    counted = "+".join(f"COUNTA({name})" for name in ("household_inputs", *OWN_LISTS, *lists))
    sheet.put(1, 8, "Inputs and lines filled in", "work_text")
    sheet.put(1, 7, f"={counted}", "work_number")
    sheet.put(2, 8, "The same when this copy's printed pages were set; blank in a planner", "work_text")
    sheet.put(2, 7, None, "work_number")
    sheet.named("lines_filled", 1, 7)
    sheet.named("lines_fitted", 2, 7)
