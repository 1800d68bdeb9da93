"""Cash: the lowest balance in words, the three ways to pay for after-tax side by side, vests, and every pay's net."""

from __future__ import annotations

from mbr_workbooks.sheet import Chart, Columns, Condition, Series, Sheet, address, area, column_letters
from mbr_workbooks.sheets.cash_flow.cash_flows import add_candidates, add_flows, add_weeks
from mbr_workbooks.sheets.cash_flow.cash_lines import BALANCE, HEADS, NET, WAYS, add_lines
from mbr_workbooks.sheets.cash_flow.cash_words import RULES, VEST_TITLE, WORDS
from mbr_workbooks.sheets.cash_flow.vests import add_vests
from mbr_workbooks.sheets.common import heading
from mbr_workbooks.sheets.pays.pay import LINES, PAGES
from mbr_workbooks.styles import SERIES
from mbr_xl.cash_answers import CASH_COLUMNS, REFILLS_SHOWN
from mbr_xl.cash_facts import MOST_VESTS
from mbr_xl.client import Client

WAYS_HEAD, RULES_ROW, STUB_ROW, VESTS_HEAD = 8, 20, 24, 31
REFILLS_HEAD = VESTS_HEAD + MOST_VESTS + 3
HEAD_ROW = REFILLS_HEAD + REFILLS_SHOWN + 5
VALUE, RIGHT = 3, 9  # the first column of values, and of what stands right of them
WORK = len(CASH_COLUMNS) + 1

WAY_HEADS = ("As elected", "Out of bonus and commission", '="Level: "&TEXT(level_rate,"0%")&" of every pay"')
# Of each way, by the name after its own: label, formula with the way's columns, style.
FIGURES: dict[str, tuple[str, str, str]] = {
    "after_tax": ("After-tax for the year", "=ROUND(N(ytd_after_tax)+SUM({after_tax}),2)", "line_answer"),
    "lowest": ("Lowest balance", "=IF({depth}=0,N(checking),ROUND(no_cap-{depth},2))", "line_answer"),
    "lowest_date": ("Day of it", "=IF({depth}=0,cash_opening,no_cap-{first})", "date_or_none"),
    "gap": ("Short of the lowest to keep", "=MAX(0,ROUND(N(cash_floor)-{lowest},2))", "line_answer"),
    "variable_net": (
        "Net bonus and commission paid in",
        "=ROUND(SUMPRODUCT((cash_date>=cash_opening)*cash_variable*{net}),2)",
        "line_answer",
    ),
    "drawn": ("Drawn from savings", "=MIN(N(savings),{gap})", "line_answer"),
    "drawn_from": ("First drawn on", "=IF({drawn}*{below}=0,0,no_cap-{below})", "date_or_none"),
    "missing": ("Still missing", "=ROUND({gap}-{drawn},2)", "line_answer"),
    "year_end": (
        "Balance on December 31",
        '=ROUND(N(checking)+SUMIFS({net},cash_date,">="&cash_opening)+SUMIFS(flow_amount,flow_day,">0"),2)',
        "line_answer",
    ),
}
# What the figures of a way need on their way: a day is found as the distance from no_cap, so that MAX finds the first.
NEEDS: dict[str, str] = {
    "depth": "=MAX(SUMPRODUCT(MAX((cash_date>=cash_opening)*(no_cap-{balance}))),"
    "SUMPRODUCT(MAX((flow_day>0)*(no_cap-{flow_balance}))))",
    "first": "=MAX(SUMPRODUCT(MAX((cash_date>=cash_opening)*({balance}={lowest})*(no_cap-cash_date))),"
    "SUMPRODUCT(MAX((flow_day>0)*({flow_balance}={lowest})*(no_cap-flow_day))))",
    "below": "=MAX(SUMPRODUCT(MAX((cash_date>=cash_opening)*({balance}<N(cash_floor))*(no_cap-cash_date))),"
    "SUMPRODUCT(MAX((flow_day>0)*({flow_balance}<N(cash_floor))*(no_cap-flow_day))))",
}
STUB: list[tuple[str, str, str]] = [
    ("Social Security on the stub, as reckoned", "stub_social_security", ""),
    ("Medicare on it", "stub_medicare", ""),
    ("Other deductions, taken from each base pay", "stub_other", ""),
    ("Net pay of all pays planned", "net_pay_total", "=ROUND(SUM(cash_net_pay),2)"),
]
VEST_TOTALS: list[tuple[str, str, str]] = [
    ("Income from vests", "vest_income", "=ROUND(SUM(vested_income),2)"),
    (
        "Cash from their sale this year",
        "vest_cash_total",
        '=ROUND(SUMIFS(flow_amount,flow_source,"vest",flow_day,">0"),2)',
    ),
    (
        "Tax on vests that checking pays this year",
        "vest_from_checking",
        '=ROUND(0-SUMIFS(flow_amount,flow_source,"tax",flow_day,">0"),2)',
    ),
    ("Federal tax still missing on vests", "vest_tax_missing", "=ROUND(SUM(vested_tax_missing),2)"),
    ("Tax on gains since vest", "vest_gain_tax", "=ROUND(SUM(vested_gain_tax),2)"),
]
STUB_GIVEN = "AND(ISNUMBER(stub_gross),ISNUMBER(stub_net),ISNUMBER(checking))"
# Named workings: label, formula, style.
SETTINGS: dict[str, tuple[str, str, str]] = {
    "percent_points": ("Percent points of the whole", "100", "work_number"),
    "cash_faults": (
        "Faults of the cash inputs",
        "=SUM(vested_fault)"
        '+SUMPRODUCT(((trading_start<>"")<>(trading_end<>""))+(trading_end<>"")*(trading_end<trading_start))'
        '+SUMPRODUCT((((amount_date<>"")+(amount_dollars<>"")+(amount_flow<>""))>0)'
        '*(((amount_date<>"")*(amount_dollars<>"")*(amount_flow<>""))=0))'
        '+IF(spending_day="",0,IF(OR(N(spending_day)<1,N(spending_day)>longest_month,'
        "N(spending_day)<>INT(N(spending_day))),1,0))"
        f"+IF({STUB_GIVEN},IF(OR(stub_gross<=0,ROUND(N(stub_benefits)+N(stub_pretax)-stub_gross,2)>0),1,0),0)",
        "work_number",
    ),
    "cash_known": ("There is an answer", f"=IF(AND({STUB_GIVEN},cash_faults=0),1,0)", "work_number"),
    "cash_used": ("Lines used", "=IF(cash_known=1,pays,0)", "work_number"),
    "cash_opening": (
        "Balance known at the start of",
        '=IF(checking_date<>"",checking_date,IF(ytd_date="",DATE(tax_year,1,1),ytd_date+1))',
        "work_date",
    ),
    "spending_on": ("Spending leaves on day", '=IF(spending_day="",1,spending_day)', "work_number"),
    "withholding_used": (
        "Federal withholding on the next dollar",
        '=IF(withholding_rate="",N(federal_rate),withholding_rate)',
        "work_rate",
    ),
    "state_flat_used": (
        "State withholding on bonus",
        '=IF(supplemental_state_rate="",N(state_rate),supplemental_state_rate)',
        "work_rate",
    ),
    "wages_to_date": ("FICA wages to date", '=IF(ytd_wages="",N(ytd_additions_pay),ytd_wages)', "work_money"),
    "stub_wage": (
        "FICA wage of the stub",
        "=IF(cash_known=0,0,ROUND(stub_gross-N(stub_benefits),2))",
        "work_money",
    ),
    "stub_taxable": ("Taxable pay of the stub", "=ROUND(stub_wage-N(stub_pretax),2)*cash_known", "work_money"),
    "ways_left": (
        "Room on pays that can change",
        "=MAX(0,ROUND(after_tax_room-N(ytd_after_tax)-SUMPRODUCT((cash_changes=0)*cash_after_tax),2))",
        "work_money",
    ),
    "ways_pay": (
        "Plan pay that can change",
        '=ROUND(SUMPRODUCT((cash_changes=1)*(cash_kind<>"rsu")*cash_plan_pay),2)',
        "work_money",
    ),
    "level_rate": (
        "Level: whole percent",
        "=IF(ways_pay=0,0,MIN(1,ROUND(INT(ROUND(ways_left*percent_points/ways_pay,6))/percent_points,2)))",
        "work_rate",
    ),
    "refills": ("Refills of the account", '=COUNTIF(candidate_key,">0")', "work_number"),
    "short_checks": ("Checks that are short", "=SUM(cash_short)", "work_number"),
    "vests_outside": ("Sales outside a trading window", '=COUNTIF(vested_outside,"yes")', "work_number"),
    "vests_unpaired": ("Vests that are not on Payments", "=SUM(vested_unpaired)", "work_number"),
    "refill_days": (
        "First day at the floor again, from no_cap",
        "=IF(elected_gap=0,0,MAX(SUMPRODUCT(MAX((cash_date>=cash_opening)*(cash_date>elected_lowest_date)"
        "*(cash_balance>=N(cash_floor))*(no_cap-cash_date))),"
        "SUMPRODUCT(MAX((flow_day>elected_lowest_date)*(flow_balance>=N(cash_floor))*(no_cap-flow_day)))))",
        "work_plain",
    ),
    "refill_date": ("First day at the floor again", "=IF(refill_days=0,0,no_cap-refill_days)", "work_date"),
    "refill_line": (
        "Line of the variable pay of that day",
        "=IF(refill_date=0,0,MOD(no_cap-SUMPRODUCT(MAX("
        "(cash_date=refill_date)*(cash_variable=1)*(cash_net_pay>0)*(no_cap-cash_n))),no_cap))",
        "work_number",
    ),
    "refill_by": (
        "What came in then",
        '=IF(refill_date=0,"",IF(refill_line>0,INDEX(cash_kind,MAX(1,refill_line)),'
        'IF(SUMIFS(flow_amount,flow_day,refill_date,flow_source,"vest",flow_amount,">0")>0,"vest",'
        'IF(SUMIFS(flow_amount,flow_day,refill_date,flow_source,"amount",flow_amount,">0")>0,"amount","base"))))',
        "work_text",
    ),
}


def cash_sheet(client: Client | None = None, used: int = 0) -> Sheet:
    """used: lines in use when the file is made; where they fit one page, only that page is printed."""
    columns = len(CASH_COLUMNS)
    sheet = Sheet("Cash", tab_color="#6C8EBF", landscape=True, repeat_rows=(HEAD_ROW, HEAD_ROW))
    heading(sheet, "Cash", "What each pay leaves, and how low checking falls through the year.", home=columns - 1)
    sheet.put(4, 0, WORDS[0], "headline_wide")
    sheet.heights[4] = 20
    for row, words in enumerate(WORDS[1:], start=5):
        sheet.put(row, 0, words, "text")
    sheet.conditions.append(Condition(address(4, 0), "=AND(plan_ready=1,cash_known=1,elected_missing>0)", "bad"))
    sheet.conditions.append(Condition(address(6, 0), "=short_checks>0", "bad"))
    sheet.widths = {**dict.fromkeys(range(columns), 10.8), **dict.fromkeys(range(7), 12.6), columns: 3}
    _ways(sheet)
    _stub_and_vests(sheet)
    sheet.section(VESTS_HEAD - 1, 0, VEST_TITLE, columns)
    add_vests(sheet, VESTS_HEAD, WORK, client)
    block = add_lines(sheet, HEAD_ROW)
    _lines(sheet, block)
    column = max(block.where.values()) + 2
    column = add_flows(sheet, HEAD_ROW, column) + 1
    column = add_candidates(sheet, HEAD_ROW, column) + 1
    _refills(sheet)
    weeks = add_weeks(sheet, HEAD_ROW, column)
    _chart(sheet, weeks)
    _settings(sheet)
    sheet.widths |= dict.fromkeys(range(WORK, max(weeks.where.values()) + 1), 12)
    printed = next(lines for lines in PAGES if used <= lines)
    sheet.print_area = area(0, 0, HEAD_ROW + 1 + printed, columns)
    sheet.page_breaks = [HEAD_ROW - 3]
    sheet.put(1, WORK, "Lines printed", "work_text")
    sheet.put(1, WORK + 2, printed, "work_number")
    sheet.named("cash_printed", 1, WORK + 2)
    return sheet


def _ways(sheet: Sheet) -> None:
    """A column a way; what it needs on the way stands in the workings, a column a way too."""
    sheet.section(WAYS_HEAD - 1, 0, "Three ways to pay for it", VALUE + len(WAYS))
    sheet.row(WAYS_HEAD, 0, [None] * VALUE, "head_left")
    sheet.row(WAYS_HEAD, VALUE, WAY_HEADS, "head")
    sheet.heights[WAYS_HEAD] = 48
    first = WAYS_HEAD + 1
    for line, (label, _, _) in enumerate(FIGURES.values()):
        sheet.put(first + line, 0, label, "label")
    needs_row, needs_column = WAYS_HEAD, WORK + 6
    sheet.put(needs_row - 1, needs_column, "Workings: days and depths of each way, from no_cap", "work_section")
    for line, key in enumerate(NEEDS):
        sheet.put(needs_row + line, needs_column, key, "work_text")
    for place, way in enumerate(WAYS):
        where = {
            "after_tax": "cash_after_tax" if way == "elected" else f"cash_{way}_after_tax",
            "net": f"cash_{NET[way]}",
            "balance": f"cash_{BALANCE[way]}",
            "flow_balance": f"flow_{BALANCE[way]}",
            **{
                key: address(first + line, VALUE + place, True)
                for line, key in enumerate(FIGURES)
                if key != "after_tax"
            },
            **{key: address(needs_row + line, needs_column + 2 + place, True) for line, key in enumerate(NEEDS)},
        }
        for line, (key, (_, formula, style)) in enumerate(FIGURES.items()):
            text = formula.format(**where)
            sheet.put(first + line, VALUE + place, f"=IF(cash_known=0,0,{text[1:]})", style)
            sheet.named(f"{way}_{key}", first + line, VALUE + place)
        for line, formula in enumerate(NEEDS.values()):
            text = formula.format(**where)
            sheet.put(needs_row + line, needs_column + 2 + place, f"=IF(cash_known=0,0,{text[1:]})", "work_plain")
    cells = area(first, VALUE, len(FIGURES), len(WAYS))
    sheet.conditions.append(Condition(cells, "=plan_ready*cash_known=0", "hidden"))
    gaps = area(first + list(FIGURES).index("missing"), VALUE, 1, len(WAYS))
    sheet.conditions.append(Condition(gaps, f"={address(first + list(FIGURES).index('missing'), VALUE)}>0", "bad"))
    for line, rule in enumerate(RULES):
        sheet.put(RULES_ROW + line, 0, rule, "note")


def _stub_and_vests(sheet: Sheet) -> None:
    stub = {
        "stub_social_security": "=ROUND(MAX(0,MIN(stub_wage,ROUND(wage_base-N(stub_wages_before),2)))"
        "*social_security_rate,2)",
        "stub_medicare": "=ROUND(ROUND(stub_wage*medicare_rate,2)+ROUND(MAX(0,MIN(stub_wage,"
        "ROUND(N(stub_wages_before)+stub_wage-additional_medicare_above,2)))*additional_medicare_rate,2),2)",
        "stub_other": "=IF(cash_known=0,0,ROUND(stub_taxable-N(stub_roth)-N(stub_after_tax)-N(stub_federal)"
        "-N(stub_state)-stub_social_security-stub_medicare-stub_net,2))",
    }
    sheet.section(STUB_ROW, 0, "Net pay, from the stub", VALUE + len(WAYS))
    sheet.section(STUB_ROW, RIGHT, "Vests in sum", len(CASH_COLUMNS) - RIGHT)
    for column, value, lines in ((0, VALUE, STUB), (RIGHT, RIGHT + 4, VEST_TOTALS)):
        for line, (label, name, formula) in enumerate(lines, start=1):
            sheet.put(STUB_ROW + line, column, label, "label")
            sheet.put(STUB_ROW + line, value, formula or stub[name], "line_answer")
            sheet.named(name, STUB_ROW + line, value)
        cells = area(STUB_ROW + 1, value, len(lines))
        sheet.conditions.append(Condition(cells, "=plan_ready*cash_known=0", "hidden"))


def _refills(sheet: Sheet) -> None:
    """By date what variable pay and vests bring in, in each way; what does not fit is said."""
    sheet.section(
        REFILLS_HEAD - 1,
        0,
        '="What refills the account"'
        '&IF(refills>ROWS(refill_date_of),", the first "&ROWS(refill_date_of)&" of "&refills,"")',
        VALUE + len(WAYS),
    )
    block = Columns(sheet, REFILLS_HEAD, REFILLS_SHOWN, 0, prefix="refill_")
    block.place(["date_of", "source", "what", *WAYS])
    block.column = WORK
    block.place(["n", "key", "place"])
    block.fill("date_of", "Day", "=INT({key}/key_step)", "line_day", "head_left")
    block.fill("source", "From", '=IF({key}=0,"",INDEX(candidate_source,{place}))', "line_text", "head_left")
    block.fill("what", " ", [None] * REFILLS_SHOWN, "line_text")
    for way, title in zip(WAYS, ("As elected", "Out of bonus", "Level"), strict=True):
        block.fill(way, title, f"=IF({{key}}=0,0,INDEX(candidate_{way},{{place}}))", "line_money")
    block.fill("n", "Line", list(range(1, REFILLS_SHOWN + 1)), "work_number", "work_head")
    block.fill(
        "key",
        "Sort key",
        "=IF({n}<=refills,SMALL(candidate_key,COUNT(candidate_key)-refills+{n}),0)",
        "work_number",
        "work_head",
    )
    block.fill("place", "Candidate", "=IF({key}=0,0,MATCH({key},candidate_key,0))", "work_number", "work_head")
    first = REFILLS_HEAD + 1
    used = Condition(area(first, 0, REFILLS_SHOWN, VALUE), f"=$A{first + 1}>0", "used")
    sheet.conditions.append(used)
    cells = area(first, VALUE, REFILLS_SHOWN, len(WAYS))
    sheet.conditions.append(Condition(cells, f"=$A{first + 1}>0", "used_money"))


def _lines(sheet: Sheet, block: Columns) -> None:
    columns = len(CASH_COLUMNS)
    sheet.section(HEAD_ROW - 2, 0, "Pay by pay, as elected", columns)
    sheet.heights[HEAD_ROW] = 32
    sheet.put(HEAD_ROW - 1, 0, "Total", "label_bold")
    for key in HEADS:
        if key not in ("date", "kind", "balance", "lowest"):
            sheet.put(HEAD_ROW - 1, block.where[key], f"=SUM(cash_{key})", "line_total")
    sheet.put(HEAD_ROW - 1, block.where["n"], "Workings", "work_section")
    row = HEAD_ROW + 2
    first, lines = HEAD_ROW + 1, LINES
    short = column_letters(block.where["short"])
    net = area(first, block.where["net_pay"], lines)
    sheet.conditions.append(Condition(net, f"=${short}{row}>0", "short"))
    for key in ("balance", "lowest"):
        cells, letters = area(first, block.where[key], lines), column_letters(block.where[key])
        below = f"=AND($A{row}>=cash_opening,$A{row}>0,${letters}{row}<N(cash_floor))"
        sheet.conditions.append(Condition(cells, below, "short"))
    for first_column, count, style in ((0, 2, "used"), (2, columns - 2, "used_money")):
        cells = area(first, first_column, lines, count)
        sheet.conditions.append(Condition(cells, "=plan_ready=0", "muted"))
        sheet.conditions.append(Condition(cells, f"=$A{row}>0", style))


def _chart(sheet: Sheet, weeks: Columns) -> None:
    first, last = weeks.first_line + 1, weeks.first_line + weeks.lines
    names = dict(zip(WAYS, ("As elected", "Out of bonus and commission", "Level"), strict=True))
    colors = dict(zip(WAYS, ("after_tax", "employer", "deferral"), strict=True))

    def column(key: str) -> str:
        letters = column_letters(weeks.where[key])
        return f"=Cash!${letters}${first}:${letters}${last}"

    sheet.charts.append(
        Chart(
            address(WAYS_HEAD - 1, VALUE + len(WAYS) + 1),
            "line",
            "Lowest balance of checking, week by week",
            "Line chart of the lowest balance of each week in three ways; a dashed line is the lowest to keep.",
            tuple(Series(names[way], column(way), column("end"), SERIES[colors[way]]) for way in WAYS),
            Series("Lowest to keep", column("floor"), column("end"), SERIES["limit"]),
            890,
            310,
            least=None,
        )
    )


def _settings(sheet: Sheet) -> None:
    sheet.put(3, WORK, "Workings: what is used", "work_section")
    for line, (name, (label, content, style)) in enumerate(SETTINGS.items(), start=4):
        sheet.put(line, WORK, label, "work_text")
        sheet.put(line, WORK + 4, int(content) if content.isdecimal() else content, style)
        sheet.named(name, line, WORK + 4)
