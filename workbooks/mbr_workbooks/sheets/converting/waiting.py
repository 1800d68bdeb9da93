"""What waiting with the conversion costs: the year's after-tax money by each cadence, against converting at once."""

from __future__ import annotations

from mbr_workbooks.sheet import Columns, Condition, Sheet, Value, area, column_letters
from mbr_workbooks.sheets.pays.pay import LINES as PAY_LINES
from mbr_xl.engine.converting.delay import CADENCES, MONTHS

# Months from one conversion to the next; 0 is at once, above 12 not in this year.
STEPS = {CADENCES[0]: 0, **{name: 12 // len(months) for name, months in MONTHS.items()}, CADENCES[-1]: 24}
USUAL_YEARS = 10
# Here "at once" could be taken for this plan's own conversions.
SHOWN = {CADENCES[0]: "day after each pay"}

HEADS: dict[str, tuple[str, str, str]] = {
    "conversions": ("Conversions", "number", "=SUM(INDEX(wait_once,0,{k}))"),
    "last": ("The last on", "date_or_none", "=SUMPRODUCT(MAX(INDEX(wait_day,0,{k})*1))"),
    "taxable": ("Taxable", "dollars", "=ROUND(SUM(INDEX(wait_earned,0,{k})),2)"),
    "tax": ("Tax on it", "dollars", "=ROUND(SUM(INDEX(wait_taxed,0,{k})),2)"),
    "more": ("More than first line", "dollars", "=ROUND({tax}-INDEX(cost_tax,1),2)"),
    "compounded": (
        '="Over "&cost_horizon&IF(cost_horizon=1," year"," years")',
        "dollars",
        (
            "=IF(MIN(growth_rate,1)=0,ROUND({more}*cost_horizon,2),"
            "ROUND({more}*((1+MIN(growth_rate,1))^cost_horizon-1)/MIN(growth_rate,1),2))"
        ),
    ),
}


def add_waiting(sheet: Sheet, row: int, work: int) -> int:
    """The table from `row` on, from the first column; its workings from column `work` on. The first row that is free
    after it."""
    sheet.section(row, 0, "What waiting costs", len(HEADS) + 2)
    sheet.put(
        row + 1,
        0,
        (
            '="A comparison, not this plan: its after-tax money, "&TEXT(SUM(pay_after_tax),"$#,##0.00")&", grown from'
            ' each pay date and converted by one rule alone. Growth of "&TEXT(growth_rate,"0.0%")'
            '&" a year is hypothetical."'
        ),
        "note",
    )
    head = row + 2
    sheet.put(head - 2, work, "Workings: what waiting costs", "work_section")
    table = Columns(sheet, head, len(CADENCES), 0, prefix="cost_")
    table.place(["cadence", *HEADS])
    table.column = work
    table.place(["k", "step"])
    table.fill("cadence", "If converted", [SHOWN.get(name, name) for name in CADENCES], "label", "head_left")
    for key, (title, style, formula) in HEADS.items():
        table.fill(key, title, formula, style)
    table.fill("k", "Line", list(range(1, len(CADENCES) + 1)), "work_number", "work_head")
    table.fill("step", "Months apart", [STEPS[name] for name in CADENCES], "work_number", "work_head")
    end = head + 1 + len(CADENCES)
    sheet.put(
        end + 1,
        0,
        (
            '="This plan\'s own conversions stand on Conversions: "&conversions_in_year&", taxable "'
            '&TEXT(SUMIFS(conversion_taxable,conversion_tax_year,tax_year),"$#,##0.00")&", tax "'
            '&TEXT(SUMIFS(conversion_tax,conversion_tax_year,tax_year),"$#,##0.00")&". There money grows from the day'
            " it reaches the account and moves on the plan's days, the opening account with it.\""
        ),
        "note",
    )
    sheet.put(
        end,
        0,
        (
            '="The last column: what the extra tax would have become by the end, paid each year and grown instead at'
            " the same rate, untaxed. Never this year: converted in one sum at the end of the next, that year's tax.\""
        ),
        "note",
    )
    cells = area(head + 1, 1, len(CADENCES), len(HEADS))
    sheet.conditions.append(Condition(cells, "=plan_ready=0", "hidden"))
    years: tuple[tuple[str, str, Value], ...] = (
        ("Years", "cost_horizon", '=IF(cost_years="",cost_years_usual,cost_years)'),
        ("Years if blank", "cost_years_usual", USUAL_YEARS),
    )
    for line, (label, name, content) in enumerate(years):
        sheet.put(head + 1 + line, work + 3, label, "work_text")
        sheet.put(head + 1 + line, work + 4, content, "work_number")
        sheet.named(name, head + 1 + line, work + 4)
    _lines(sheet, head, work, table.where["step"])
    return end + 2


def _lines(sheet: Sheet, head: int, work: int, step_column: int) -> None:
    """A line a pay: the day on which each cadence converts its money; beside the first of a day what that day costs."""
    count = len(CADENCES)
    lines = Columns(sheet, head + count + 2, PAY_LINES, work)
    keys = {what: [f"{what}{k}" for k in range(count)] for what in ("day", "once", "earned", "taxed")}
    lines.place(["n", "soonest", *(key for group in keys.values() for key in group)])
    lines.fill("n", "Pay", list(range(1, PAY_LINES + 1)), "work_number", "work_head")
    lines.fill(
        "soonest",
        "Soonest",
        "=IF(INDEX(pay_after_tax,{n})=0,0,WORKDAY(INDEX(pay_date,{n}),1,bank_holidays))",
        "work_date",
        "work_head",
    )
    for k, name in enumerate(CADENCES):
        step = f"${column_letters(step_column)}${head + 2 + k}"
        lines.fill(
            f"day{k}",
            name,
            (
                f"=IF({{soonest}}=0,0,IF({step}=0,{{soonest}},IF({step}>months_in_year,"
                "WORKDAY(DATE(tax_year+1+1,1,1),-1,bank_holidays),IF({soonest}>year_end,{soonest},"
                f"INDEX(period_end,ROUNDUP(MONTH({{soonest}})/MAX(1,{step}),0)*MAX(1,{step}))))))"
            ),
            "work_date",
            "work_head",
        )
        days = area(lines.first_line, lines.where[f"day{k}"], PAY_LINES, absolute=True)
        for what, title, formula in (
            ("once", "Once", "=IF({day}=0,0,IF(COUNTIF({day^},{day})>0,0,1))"),
            (
                "earned",
                "Earnings",
                (
                    "=IF({once}=0,0,MAX(0,ROUND(ROUND(SUMPRODUCT((DAYS={day})*pay_after_tax"
                    "*(1+growth_rate)^(({day}-pay_date)/days_in_year)),2)-SUMPRODUCT((DAYS={day})*pay_after_tax),2)))"
                ),
            ),
            ("taxed", "Tax", "=ROUND({earned}*(federal_rate+state_rate),2)"),
        ):
            own = formula.replace("DAYS", days)
            for other in keys:
                own = own.replace(f"{{{other}}}", f"{{{other}{k}}}").replace(f"{{{other}^}}", f"{{{other}{k}^}}")
            lines.fill(f"{what}{k}", title, own, "work_number" if what == "once" else "work_money", "work_head")
    for what, group in keys.items():
        sheet.named(f"wait_{what}", lines.first_line, lines.where[group[0]], PAY_LINES, count)
    sheet.widths |= dict.fromkeys(range(work, work + 1 + 4 * count), 13)
