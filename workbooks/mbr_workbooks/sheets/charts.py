"""The charts of Summary, and what they draw."""

from __future__ import annotations

from mbr_workbooks.sheet import Chart, Columns, Series, Sheet, address, column_letters
from mbr_workbooks.styles import SERIES


def add_charts(sheet: Sheet, place: int, row: int, work: int) -> None:
    """place: the row of the charts; row, work: where what they draw begins."""
    titles = (
        '=IF(plan_ready=0,"Annual additions and their limit",TEXT(total_additions,"$#,##0")&" of the "'
        '&TEXT(additions_limit,"$#,##0")&" annual additions limit")',
        '=IF(plan_ready=0,"After-tax through the year","After-tax of "&TEXT(total_after_tax,"$#,##0")&", room for "'
        '&TEXT(after_tax_room,"$#,##0"))',
    )
    for line, title in enumerate(titles):
        sheet.put(row + line, work, "Title of a chart", "work_label")
        sheet.put(row + line, work + 1, title, "work_text")
    series = _bars(sheet, row + 3, work)
    months_row = row + 10
    _months(sheet, months_row, work)
    where = f"=Summary!${column_letters(work + 1)}$"
    sheet.charts.append(
        Chart(
            address(place, 0),
            "column_stacked",
            f"{where}{row + 1}",
            "Stacked column of the annual additions: deferrals, employer, after-tax, unused; a line is the limit.",
            tuple(series[:-1]),
            series[-1],
            425,
            420,
        )
    )
    end, total, room = (column_letters(work + column) for column in (1, 2, 3))
    head, first, last = months_row + 1, months_row + 2, months_row + 13
    months = f"=Summary!${end}${first}:${end}${last}"
    sheet.charts.append(
        Chart(
            address(place, 3),
            "line",
            f"{where}{row + 2}",
            "Line chart of after-tax contributions to date by month end; a dashed line is the room for the year.",
            (
                Series(
                    f"=Summary!${total}${head}",
                    f"=Summary!${total}${first}:${total}${last}",
                    months,
                    SERIES["after_tax"],
                ),
            ),
            Series(f"=Summary!${room}${head}", f"=Summary!${room}${first}:${room}${last}", months, SERIES["limit"]),
            395,
            420,
        )
    )


def _bars(sheet: Sheet, head_row: int, work: int) -> list[Series]:
    """The column's parts, each with its amount in its name, and the limit; empty places either side give it length."""
    parts = [
        (
            'IF(total_catch_up>0,"Deferrals before catch-up","Deferrals")',
            "plan_ready*ROUND(total_deferral-total_catch_up,2)",
            "deferral",
        ),
        (
            'IF(other_additions>0,"Employer and other","Employer")',
            "plan_ready*ROUND(total_employer+other_additions,2)",
            "employer",
        ),
        ('"After-tax"', "plan_ready*total_after_tax", "after_tax"),
        ('"Left under 415(c)"', "plan_ready*MAX(0,ROUND(additions_limit-total_additions,2))", "unused"),
        ('"Limit"', "plan_ready*additions_limit", "limit"),
    ]
    places = [column_letters(work + column) for column in (1, 2, 3)]
    sheet.put(head_row, work, "Parts of the column", "work_label")
    sheet.put(head_row, work + 1, " ", "work_text")
    sheet.put(head_row, work + 2, "=tax_year", "work_number")
    sheet.put(head_row, work + 3, " ", "work_text")
    found = []
    for line, (label, formula, color) in enumerate(parts, start=1):
        row = head_row + line
        sheet.put(row, work, f'={label}&IF(plan_ready=0,""," "&TEXT({places[1]}{row + 1},"$#,##0"))', "work_label")
        for column in (1, 2, 3):
            here = column == 2 or color == "limit"
            sheet.put(row, work + column, f"={formula}" if here else None, "work_money")
        found.append(
            Series(
                f"=Summary!${column_letters(work)}${row + 1}",
                f"=Summary!${places[0]}${row + 1}:${places[2]}${row + 1}",
                f"=Summary!${places[0]}${head_row + 1}:${places[2]}${head_row + 1}",
                SERIES[color],
            )
        )
    return found


def _months(sheet: Sheet, months_row: int, work: int) -> None:
    months = Columns(sheet, months_row, 12, work)
    months.place(["month", "end", "sum", "room"])
    months.fill("month", "Month", list(range(1, 13)), "work_number", "work_head")
    months.fill("end", "Month end", "=DATE(tax_year,{month}+1,0)", "work_date", "work_head")
    months.fill(
        "sum",
        "After-tax to date",
        "=IF(plan_ready=0,0,ROUND(ytd_after_tax+SUMPRODUCT((pay_date>0)*(pay_date<={end})*pay_after_tax),2))",
        "work_money",
        "work_head",
    )
    months.fill("room", "Room for the year", "=plan_ready*after_tax_room", "work_money", "work_head")
