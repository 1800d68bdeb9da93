"""What every sheet begins with."""

from __future__ import annotations

from mbr_workbooks.sheet import Condition, Sheet, Validation

NOT_BEGUN = 'AND(any_pay_date="",annual_salary="")'


def heading(sheet: Sheet, title: str, subtitle: str, column: int = 0, home: int = 0) -> None:
    """Title, one sentence, and the master check of the whole workbook, at the top of a sheet.

    home: the column of the way back to Start; 0 for none.
    """
    sheet.put(0, column, title, "title")
    sheet.put(1, column, subtitle, "subtitle")
    check = f'=IF({NOT_BEGUN},"Not filled in yet: begin with Inputs.","Checks: "&master_check)'
    sheet.put(2, column, check + '&IF(limits_note="","",". Limits: "&limits_note)', "master")
    sheet.links[2, column] = "internal:Checks!A1"
    sheet.heights[0] = 28
    if home:
        sheet.put(0, home, "Back to Start", "home")
        sheet.links[0, home] = "internal:Start!A1"
    cell = f"{'ABC'[column]}3"
    sheet.conditions.append(Condition(cell, f"={NOT_BEGUN}", "look"))
    sheet.conditions.append(Condition(cell, "=checks_wrong>0", "bad"))
    sheet.conditions.append(Condition(cell, "=checks_failed>0", "look"))
    sheet.conditions.append(Condition(cell, "=checks_failed=0", "good"))


def yes_no(cells: str, title: str, message: str) -> Validation:
    return Validation(cells, "list", title, message, ("yes", "no"))
