"""The year table of Growth, a line a year, and the workings that it, the waits and the chart rest on."""

from __future__ import annotations

from mbr_workbooks.sheet import Columns, Condition, Sheet, area
from mbr_xl.engine.years_ahead.future import MOST_GROWTH, MOST_YEARS
from mbr_xl.money import WHOLE

# Printed: key, heading, style, formula; {n} is the line, and the unrounded values stand in the workings.
YEARS: dict[str, tuple[str, str, str]] = {
    "year": ("Dec 31", "line_count", "=IF(UNUSED,0,tax_year+{n}-1)"),
    "paid": (
        "Put in",
        "line_money",
        "=IF(OR(UNUSED,{n}>future_plan_years),0,ROUND(ROUND(future_yearly*(1+N(limit_growth))^({n}-1),8),2))",
    ),
    "paid_to_date": ("Put in so far", "line_money", "=IF(UNUSED,0,ROUND(SUM({paid$}),2))"),
    "roth": ("Converted to Roth", "line_money", "=IF(UNUSED,0,ROUND(ROUND({grown},8),2))"),
    "unconverted": (
        "Left unconverted",
        "line_money",
        "=IF(UNUSED,0,ROUND(ROUND({grown}-future_end_rate*MAX(0,{grown}-{paid_to_date}),8),2))",
    ),
    "taxable": (
        "Taxable account",
        "line_money",
        "=IF(UNUSED,0,ROUND(ROUND({dragged}-future_gains_rate*MAX(0,{dragged}-{paid_to_date}),8),2))",
    ),
    "roth_less_unconverted": ("Roth above unconverted", "line_money", "=ROUND({roth}-{unconverted},2)"),
    "roth_less_taxable": ("Roth above taxable", "line_money", "=ROUND({roth}-{taxable},2)"),
    "converted_then": (
        "First year's money if converted only then: at the end",
        "line_money",
        "=IF(UNUSED,0,ROUND(ROUND(INDEX(future_paid,1)*(1+future_rate)^(future_grows-{n}+1-future_begin)"
        "*((1+future_rate)^({n}-1+future_begin)-future_late_rate*MAX(0,(1+future_rate)^({n}-1+future_begin)-1)),8),2))",
    ),
}
WORKINGS: dict[str, tuple[str, str]] = {
    "grown": (
        "Grown",
        "=IF(UNUSED,0,SUMPRODUCT((future_n<={n})*future_paid"
        "*(1+future_rate)^(({n}-future_n+future_begin)*(future_n<={n}))))",
    ),
    "dragged": (
        "Grown after drag",
        "=IF(UNUSED,0,SUMPRODUCT((future_n<={n})*future_paid"
        "*(1+future_net_rate)^(({n}-future_n+future_begin)*(future_n<={n}))))",
    ),
}
PRINTED_COLUMNS = len(YEARS)
WORK = PRINTED_COLUMNS + 1  # first column of the workings

CONSTANTS: dict[str, tuple[float, str]] = {
    "most_future_years": (MOST_YEARS, "lines of the year table"),
    "most_future_growth": (MOST_GROWTH / WHOLE, "beyond it a cell's 15 digits no longer hold the cents"),
    "usual_long_wait": (5, "five years late, as people tell of it"),
    "months_to_half_60": (714, "59 years and six months, 26 USC 72(t)(2)(A)(i)"),
    "goal_clock_years": (5, "taxable years, 26 USC 408A(d)(2)(B), 402A(d)(2)(B)"),
    "hsa_catch_up_age": (55, "26 USC 223(b)(3)"),
}
TERMS: dict[str, tuple[str, str, str]] = {
    "growth_given": (
        "Section Growth can be used",
        "=IF(AND(ISNUMBER(years_to_go),ISNUMBER(future_growth),N(years_to_go)>=1,N(years_to_go)<=most_future_years,"
        "N(years_to_go)=INT(N(years_to_go)),N(future_growth)>-1,N(future_growth)<=most_future_growth,"
        "N(limit_growth)>=0,N(limit_growth)<=most_future_growth,N(plan_years)>=0,N(plan_years)<=most_future_years,"
        "N(short_wait)>=0,N(short_wait)<=most_future_years,N(long_wait)>=0,N(long_wait)<=most_future_years),1,0)",
        "work_number",
    ),
    "growth_shown": ("and is shown", "=growth_given*plan_ready", "work_number"),
    "future_last": ("Years to go", "=IF(growth_given=1,years_to_go,0)", "work_number"),
    "future_plan_years": (
        "Years the plan takes the money",
        '=MIN(future_last,IF(plan_years="",future_last,N(plan_years)))',
        "work_number",
    ),
    "future_begin": ("1: from the start of the year", '=IF(paid_in="start of year",1,0)', "work_number"),
    "future_yearly": (
        "After-tax a year",
        '=IF(yearly_after_tax="",total_after_tax,yearly_after_tax)',
        "work_money",
    ),
    "future_rate": ("Growth a year", "=IF(growth_given=1,future_growth,0)", "work_plain"),
    "future_net_rate": (
        "Growth after drag",
        "=IF(future_rate>0,future_rate*(1-N(tax_drag)),future_rate)",
        "work_plain",
    ),
    "future_gains_rate": (
        "Rate at the end, the drag's tax credited",
        "=IF(N(end_gains_rate)>N(tax_drag),ROUND((end_gains_rate-N(tax_drag))/(1-N(tax_drag)),6),0)",
        "work_plain",
    ),
    "future_late_rate": (
        "Today's federal and state rate",
        "=MIN(1,ROUND(N(federal_rate)+N(state_rate),6))",
        "work_plain",
    ),
    "future_end_rate": (
        "Rate on unconverted earnings at the end",
        '=IF(end_ordinary_rate="",future_late_rate,end_ordinary_rate)',
        "work_plain",
    ),
    "future_grows": ("Years the first money grows", "=MAX(0,future_last-1+future_begin)", "work_number"),
    "end_year": ("Last year", "=IF(future_last=0,0,tax_year+future_last-1)", "work_number"),
    "half_60_date": ("59 1/2 on", '=IF(birth_date="",0,EDATE(birth_date,months_to_half_60))', "work_date"),
    "too_young": (
        "Not 59 1/2 at the end",
        '=IF(OR(birth_date="",future_last=0),0,IF(DATE(end_year+1,1,0)<half_60_date,1,0))',
        "work_number",
    ),
    "first_year_taxable": (
        "First year's money in a taxable account",
        "=IF(future_last=0,0,ROUND(ROUND(INDEX(future_paid,1)*((1+future_net_rate)^future_grows"
        "-future_gains_rate*MAX(0,(1+future_net_rate)^future_grows-1)),8),2))",
        "work_money",
    ),
    "late_years": (
        "Whole years it may wait",
        "=MAX(0,SUMPRODUCT((future_n<=future_last)*(future_converted_then>=first_year_taxable))-1+future_begin)"
        "*(future_last>0)",
        "work_number",
    ),
    "break_even_months": ("Months it may wait", "=late_years*months_in_year+SUM(late_holds)", "work_number"),
    "late_months": ("Months beyond whole years", "=break_even_months-late_years*months_in_year", "work_number"),
    "break_even": (
        "in words",
        '=IF(future_last=0,"",IF(break_even_months>=future_grows*months_in_year,"to the end",'
        'IF(break_even_months=0,"less than a month",IF(late_years=0,"",late_years&IF(late_years=1," year"," years"))'
        '&IF(late_years*late_months=0,""," ")&IF(late_months=0,"",late_months&IF(late_months=1," month"," months")))))',
        "work_text",
    ),
    "growth_chart_title": (
        "Title of the chart",
        '="What it may become, after tax"&IF(growth_shown=0,"",", to "&end_year)',
        "work_text",
    ),
}
WORK_ROW = 30  # below the words and the waits


def add_years(sheet: Sheet, row: int) -> int:
    """The year table; gives the row after it."""
    sheet.section(row, 0, "Year by year, were the money taken then: after tax, if qualified", PRINTED_COLUMNS)
    head = row + 1
    table = Columns(sheet, head, MOST_YEARS, 0, prefix="future_")
    table.place(tuple(YEARS))
    table.column = WORK
    table.place(["n", *WORKINGS])
    table.fill("n", "Line", list(range(1, MOST_YEARS + 1)), "work_number", "work_head")
    unused = "{n}>future_last"
    for key, (title, style, formula) in YEARS.items():
        table.fill(key, title, formula.replace("UNUSED", unused), style, "head_center" if key == "year" else "head")
    for key, (title, formula) in WORKINGS.items():
        table.fill(key, title, formula.replace("UNUSED", unused), "work_money", "work_head")
    sheet.heights[head] = 60
    first = head + 1
    sheet.conditions.append(Condition(area(first, 0, MOST_YEARS, PRINTED_COLUMNS), "=plan_ready=0", "hidden"))
    sheet.conditions.append(Condition(area(first, 0, MOST_YEARS), f"=$A{first + 1}>0", "used"))
    sheet.conditions.append(
        Condition(area(first, 1, MOST_YEARS, PRINTED_COLUMNS - 1), f"=$A{first + 1}>0", "used_money")
    )
    return first + MOST_YEARS


def add_terms(sheet: Sheet) -> None:
    """Right of the printed pages: constants, blanks made good, the months of a late conversion, the chart's points."""
    row = WORK_ROW
    sheet.put(row - 1, WORK, "Workings: constants", "work_section")
    for name, (value, why) in CONSTANTS.items():
        sheet.put(row, WORK, name, "work_label")
        sheet.put(row, WORK + 1, value, "work_plain")
        sheet.put(row, WORK + 2, why, "work_text")
        sheet.named(name, row, WORK + 1)
        row += 1
    row += 2
    sheet.put(row - 1, WORK, "Workings: what is assumed, blanks made good", "work_section")
    for name, (label, formula, style) in TERMS.items():
        sheet.put(row, WORK, label, "work_label")
        sheet.put(row, WORK + 1, formula, style)
        sheet.named(name, row, WORK + 1)
        row += 1
    column = WORK + 16  # clear of the workings of the goals
    sheet.put(WORK_ROW - 1, column, "Workings: months beyond the last whole year", "work_section")
    months = Columns(sheet, WORK_ROW, 11, column, prefix="late_")
    months.place(["month", "worth", "holds"])
    months.fill("month", "Month", list(range(1, 12)), "work_number", "work_head")
    since = "((late_years*months_in_year+{month})/months_in_year)"
    months.fill(
        "worth",
        "Worth at the end",
        f"=ROUND(ROUND(INDEX(future_paid,1)*(1+future_rate)^(future_grows-{since})"
        f"*((1+future_rate)^{since}-future_late_rate*MAX(0,(1+future_rate)^{since}-1)),8),2)",
        "work_money",
        "work_head",
    )
    months.fill(
        "holds",
        "Holds",
        f"=IF(AND({since}<=future_grows,{{worth}}>=first_year_taxable),1,0)",
        "work_number",
        "work_head",
    )
    sheet.put(WORK_ROW + 13, column, "Workings: chart", "work_section")
    points = Columns(sheet, WORK_ROW + 14, MOST_YEARS + 1, column, prefix="growth_chart_")
    points.place(["point", "years", "roth", "unconverted", "taxable"])
    points.fill("point", "Point", list(range(MOST_YEARS + 1)), "work_number", "work_head")
    points.fill("years", "Years", "=growth_shown*MIN({point},future_last)", "work_number", "work_head")
    for key, title in (
        ("roth", "Converted to Roth"), ("unconverted", "Left unconverted"), ("taxable", "Taxable account")
    ):  # fmt: skip
        # Points beyond the last year repeat it, so that no line falls to 0.
        formula = f"=IF({{years}}=0,0,INDEX(future_{key},MAX(1,{{years}})))"
        points.fill(key, title, formula, "work_money", "work_head")
    sheet.widths |= {WORK: 26, **dict.fromkeys(range(WORK + 1, WORK + 15), 13), WORK + 15: 3}
    sheet.widths |= dict.fromkeys(range(column, column + 5), 13)
