"""Forms: the paper of the year for a client and a CPA: forms to expect, the return, ledger, tie-out and one letter.

Left the printed pages; right of them the workings: what was moved by path, basis by year, the forms line by line.
"""

from __future__ import annotations

from mbr_workbooks.sheet import Condition, Sheet, area
from mbr_workbooks.sheets.checking.check_inputs import FAIL, Check
from mbr_workbooks.sheets.checking.check_results import INFO, LOOK
from mbr_workbooks.sheets.common import heading
from mbr_workbooks.sheets.paper.forms_8606 import PART_III
from mbr_workbooks.sheets.paper.forms_ledger import add_ledger
from mbr_workbooks.sheets.paper.forms_letter import add_letter
from mbr_workbooks.sheets.paper.forms_lines import EXPECTED, RETURN, Line
from mbr_workbooks.sheets.paper.forms_moved import add_moved
from mbr_workbooks.sheets.paper.forms_tie import add_tie_out

WORK = 6  # the first column of the workings
COLUMNS = 5
FIRST_ROW = 5


def forms_sheet() -> Sheet:
    sheet = Sheet("Forms", tab_color="#1B8A7A")
    heading(
        sheet,
        "Forms",
        "The paper of the year: what should come, where it goes, what is off. For the client's tax preparer.",
        home=COLUMNS - 1,
    )
    sheet.put(
        3,
        0,
        '=IF(plan_ready=0,"Fill in Inputs first: there is no plan to expect forms from.",'
        'IF(conversions_unconfirmed>0,conversions_unconfirmed&IF(conversions_unconfirmed=1," conversion is","'
        ' conversions are")&" not confirmed in writing yet: the earnings are hypothetical, and forms will differ'
        ' by that. Record them on Records.","Every conversion of the year is recorded and confirmed in writing.")'
        ")",
        "note",
    )
    sheet.widths = {0: 27, 1: 24, 2: 14, 3: 62, 4: 31, 5: 3}
    row = FIRST_ROW
    row = _table(sheet, row, '="Forms to expect for "&tax_year', EXPECTED)
    sheet.put(
        row,
        0,
        '="Forms W-2 and 1099-R are due "&TEXT(forms_due_january,"mmm d, yyyy")&", Form 5498 "&'
        'TEXT(forms_due_may,"mmm d, yyyy")&". The return is due "&TEXT(forms_return_due,"mmm d, yyyy")&"."',
        "note",
    )
    row = _table(sheet, row + 2, "Where it goes on the return", RETURN)
    row = add_ledger(sheet, row + 1)
    sheet.page_breaks = [row]
    row = _table(sheet, row + 1, '="Withdrawals from Roth IRAs in "&tax_year', PART_III)
    row = add_tie_out(sheet, row + 1)
    row = add_letter(sheet, row + 1)
    add_moved(sheet, WORK)
    sheet.print_area = area(0, 0, row, COLUMNS)
    return sheet


def _table(sheet: Sheet, row: int, title: str, lines: list[Line]) -> int:
    """A line a box; gives the next free row."""
    sheet.section(row, 0, title, COLUMNS)
    sheet.row(row + 1, 0, ["Form", "Box or line"], "head_left")
    sheet.put(row + 1, 2, "Amount", "head")
    sheet.row(row + 1, 3, ["Where it goes, what it means", "Source"], "head_left_indented")
    for line, (form, box, name, formula, style, where, source) in enumerate(lines, start=row + 2):
        sheet.put(line, 0, form, "label_bold")
        sheet.put(line, 1, box, "label")
        sheet.put(line, 2, formula, style)
        sheet.put(line, 3, where, "about")
        sheet.put(line, 4, source, "forms_source")
        sheet.heights[line] = 15.5
        if name:
            sheet.named(name, line, 2)
    first, count = row + 2, len(lines)
    sheet.conditions.append(Condition(area(first, 2, count), "=plan_ready=0", "hidden"))
    sheet.conditions.append(
        Condition(area(first, 0, count, COLUMNS), f"=AND(ISNUMBER($C{first + 1}),$C{first + 1}=0)", "muted")
    )
    return row + 2 + count


CHECKS: list[Check] = [
    (
        LOOK,
        "Forms that came agree with the year",
        "=forms_at_fault+forms_off",
        "Forms says which box is off and by how much, and drafts a letter.",
    ),
    (LOOK, "No form is missing", "=forms_missing", "Forms names what has not come by the day given on Inputs."),
    (
        FAIL,
        "The ledger of earlier years can be used",
        "=paper_faults",
        "Records, Inputs: earlier years only, at most the amount taxed, first years that can be.",
    ),
    (
        LOOK,
        "No rollover of the Roth 401(k) is typed as a conversion to a Roth IRA",
        "=forms_rolled",
        "Its basis (1099-R box 5) only counts, as a contribution (Reg. 1.408A-10, Q&A-3); its earnings stay earnings.",
    ),
    (
        LOOK,
        "The ledger's after-tax basis is the opening basis",
        '=IF(AND(COUNTIF(ledger_account,"after-tax")>0,ytd_date="",ROUND(ledger_after_tax_basis-N(opening_basis),'
        "2)<>0),1,0)",
        "Inputs (opening basis) and the ledger on Records disagree: see the plan's statement.",
    ),
    (
        INFO,
        "Conversions of the year are confirmed in writing",
        '=IF(forms_as_of="",0,conversions_unconfirmed)',
        "Record each conversion with its confirmation: a letter to the payer rests on them.",
    ),
]
