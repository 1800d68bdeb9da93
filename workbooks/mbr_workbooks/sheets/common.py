"""What every sheet begins with."""

from __future__ import annotations

from mbr_workbooks.sheet import Condition, Sheet, Validation


def heading(sheet: Sheet, title: str, subtitle: str, column: int = 0) -> None:
    """Title, one sentence, and the master check of the whole workbook, at the top of a sheet."""
    sheet.put(0, column, title, "title")
    sheet.put(1, column, subtitle, "subtitle")
    sheet.put(2, column, '="Checks: "&master_check&IF(limits_note="","",". "&limits_note)', "master")
    sheet.heights[0] = 28
    cell = f"{'ABC'[column]}3"
    sheet.conditions.append(Condition(cell, "=checks_failed=0", "good"))
    sheet.conditions.append(Condition(cell, "=checks_failed>0", "bad"))


def yes_no(cells: str, title: str, message: str) -> Validation:
    return Validation(cells, "list", title, message, ("yes", "no"))
