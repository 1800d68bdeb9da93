"""Workings of the Cash sheet beside its lines: what moves beside pay, refills, the weeks of the chart."""

from __future__ import annotations

from mbr_workbooks.sheet import Columns, Sheet, Value
from mbr_workbooks.sheets.cash_flow.cash_lines import BALANCE, NET, WAYS, balance_at
from mbr_workbooks.sheets.pays.pay import LINES
from mbr_xl.cash_facts import MOST_AMOUNTS, MOST_VESTS

MONTHS = 12
WEEKS = 53
SOURCES = (("spending", MONTHS), ("vest", MOST_VESTS), ("amount", MOST_AMOUNTS), ("tax", MOST_VESTS))


def add_flows(sheet: Sheet, head_row: int, column: int) -> int:
    """What enters or leaves beside pay, a line each: spending, vests, amounts, tax on vests; the next column."""
    sources: list[Value] = [source for source, count in SOURCES for _ in range(count)]
    items: list[Value] = [item for _, count in SOURCES for item in range(1, count + 1)]
    block = Columns(sheet, head_row, len(items), column, prefix="flow_")
    block.place(["source", "item", "amount", "falls_on", "day", *(BALANCE[way] for way in WAYS)])
    sheet.put(head_row - 1, column, "Workings: what moves beside pay", "work_section")
    block.fill("source", "Source", sources, "work_text", "work_head")
    block.fill("item", "Item", items, "work_number", "work_head")
    formulas = {
        "amount": (
            "Amount",
            '=IF(cash_known=0,0,IF({source}="spending",0-N(monthly_spending),IF({source}="vest",INDEX(vested_cash,{item}),'
            'IF({source}="tax",0-INDEX(vested_from_checking,{item}),'
            'IF(INDEX(amount_flow,{item})="in",1,-1)*N(INDEX(amount_dollars,{item}))))))',
        ),
        "falls_on": (
            "Falls on",
            '=IF({amount}=0,0,IF({source}="spending",MIN(DATE(tax_year,{item},1)+spending_on-1,DATE(tax_year,{item}+1,0)),'
            'IF({source}="vest",INDEX(vested_settles,{item}),'
            'IF({source}="tax",N(INDEX(vest_date,{item})),N(INDEX(amount_date,{item}))))))',
        ),
        "day": (
            "Day in the year",
            "=IF(OR({falls_on}=0,{falls_on}<cash_opening,{falls_on}>year_end),0,{falls_on})",
        ),
    }
    for key, (head, formula) in formulas.items():
        block.fill(key, head, formula, "work_money" if key == "amount" else "work_date", "work_head")
    for way in WAYS:
        formula = f"=IF({{day}}=0,0,{balance_at(f'cash_{NET[way]}', '{day}')})"
        block.fill(BALANCE[way], f"Balance, {way}", formula, "work_money", "work_head")
    return column + len(block.where)


def add_candidates(sheet: Sheet, head_row: int, column: int) -> int:
    """What may refill the account, unsorted: the lines of pay, then the vests; the next column."""
    count = LINES + MOST_VESTS
    block = Columns(sheet, head_row, count, column, prefix="candidate_")
    block.place(["n", "place", "key", "source", *WAYS])
    sheet.put(head_row - 1, column, "Workings: what refills the account", "work_section")
    block.fill("n", "Candidate", list(range(1, count + 1)), "work_number", "work_head")
    # Of pay its line; of a vest its line among the flows, where the months' spending comes before the vests.
    places: list[Value] = [*range(1, LINES + 1), *range(MONTHS + 1, MONTHS + MOST_VESTS + 1)]
    block.fill("place", "Line", places, "work_number", "work_head")
    pay = "{n}<=ROWS(cash_n)"
    block.fill(
        "key",
        "Sort key",
        f"=IF({pay},IF(INDEX(cash_variable,{{place}})=0,0,IF(INDEX(cash_date,{{place}})<cash_opening,0,"
        "INDEX(cash_date,{place})*key_step+{n})),IF(INDEX(flow_day,{place})=0,0,INDEX(flow_day,{place})*key_step+{n}))",
        "work_number",
        "work_head",
    )
    block.fill(
        "source",
        "Source",
        f'=IF({{key}}=0,"",IF({pay},INDEX(cash_kind,{{place}}),"vest"))',
        "work_text",
        "work_head",
    )
    for way in WAYS:
        formula = f"=IF({{key}}=0,0,IF({pay},INDEX(cash_{NET[way]},{{place}}),INDEX(flow_amount,{{place}})))"
        block.fill(way, way.capitalize(), formula, "work_money", "work_head")
    return column + len(block.where)


def add_weeks(sheet: Sheet, head_row: int, column: int) -> Columns:
    """What the chart draws: the lowest balance of each week, and the floor."""
    block = Columns(sheet, head_row, WEEKS, column)
    block.place(["n", "start", "end", *WAYS, "floor"])
    sheet.put(head_row - 1, column, "Workings: lowest balance of each week, for the chart", "work_section")
    block.fill("n", "Week", list(range(WEEKS)), "work_number", "work_head")
    block.fill("start", "From", "=DATE(tax_year,1,1)+{n}*days_in_week", "work_date", "work_head")
    block.fill("end", "To", "=MIN(year_end,{start}+days_in_week-1)", "work_date", "work_head")
    for way in WAYS:
        lines = f"(cash_date>={{start}})*(cash_date<={{end}})*(cash_date>=cash_opening)*(no_cap-cash_{BALANCE[way]})"
        other = f"(flow_day>={{start}})*(flow_day<={{end}})*(no_cap-flow_{BALANCE[way]})"
        formula = (
            f"=IF(cash_known=0,0,MIN({balance_at(f'cash_{NET[way]}', '{end}')},"
            f"ROUND(no_cap-MAX(SUMPRODUCT(MAX({lines})),SUMPRODUCT(MAX({other}))),2)))"
        )
        block.fill(way, way.capitalize(), formula, "work_money", "work_head")
    block.fill("floor", "Floor", "=IF(cash_known=0,0,N(cash_floor))", "work_money", "work_head")
    return block
