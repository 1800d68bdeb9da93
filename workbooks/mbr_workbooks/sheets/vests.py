"""The vests of the Cash sheet: left what is typed, right of it what becomes of the shares."""

from __future__ import annotations

from dataclasses import fields

from mbr_workbooks.sheet import Columns, Condition, Sheet, area
from mbr_workbooks.sheets.list_table import list_table
from mbr_xl.cash_answers import VEST_COLUMNS
from mbr_xl.cash_facts import MOST_VESTS, CashFacts, Vest
from mbr_xl.client import Client

INPUTS = tuple(f.name for f in fields(Vest))
HEADS = {
    "income": "Income at vest",
    "shares_withheld": "Shares withheld",
    "tax_withheld": "Tax withheld",
    "shares_kept": "Shares kept",
    "tax_missing": "Federal tax missing",
    "sale_date": "Sold on",
    "settles": "Cash on",
    "cash": "Cash",
    "gain": "Gain since vest",
    "gain_tax": "Tax on gain",
    "outside": "Outside window",
}
OPEN = '(trading_start<>"")*(trading_start<={sale_date})*(trading_end>={sale_date})'
FORMULAS: dict[str, tuple[str, str]] = {
    "income": ("line_money", "=IF({used}=0,0,ROUND({in_shares}*{in_price},2))"),
    # A part of a share is a whole share withheld.
    "shares_withheld": (
        "line_number",
        '=IF({used}=0,0,ROUNDUP(ROUND({in_shares}*IF({in_withheld}="",supplemental_rate,{in_withheld}),6),0))',
    ),
    "tax_withheld": ("line_money", "=IF({used}=0,0,ROUND({shares_withheld}*{in_price},2))"),
    "shares_kept": ("line_number", "=IF({used}=0,0,{in_shares}-{shares_withheld})"),
    "tax_missing": ("line_money", "=ROUND({income}*MAX(0,ROUND(N(federal_rate)-supplemental_rate,6)),2)"),
    "sale_date": (
        "date_or_none",
        '=IF(OR({used}=0,{in_sold}<>"yes"),0,IF({in_sale_date}<>"",{in_sale_date},'
        "IF(COUNT(trading_start)=0,{in_date},{opens})))",
    ),
    "settles": (
        "date_or_none",
        "=IF({sale_date}=0,0,WORKDAY({sale_date},IF({sale_date}>=next_day_from,settle_days,settle_days_before),"
        "bank_holidays))",
    ),
    "cash": ("line_money", "=IF({sale_date}=0,0,ROUND({shares_kept}*{sold_at},2))"),
    "gain": ("line_money", "=IF({sale_date}=0,0,ROUND({shares_kept}*ROUND({sold_at}-{in_price},2),2))"),
    "gain_tax": ("line_money", "=ROUND(MAX(0,{gain})*ROUND(N(federal_rate)+N(state_rate),6),2)"),
    "outside": (
        "line_yes",
        '=IF({used}=0,"",IF({in_sold}<>"yes","no",IF({sale_date}=0,"yes",IF(COUNT(trading_start)=0,"no",'
        f'IF(SUMPRODUCT({OPEN})>0,"no","yes")))))',
    ),
}
WORKINGS: dict[str, tuple[str, str, str]] = {
    "fault": (
        "Fault",
        "work_number",
        "=IF(COUNTA({in_date}:{in_sale_date})=0,0,IF(AND(ISNUMBER({in_date}),ISNUMBER({in_shares}),ISNUMBER({in_price})),"
        "IF(OR({in_shares}<1,{in_shares}<>INT(N({in_shares})),{in_price}<0,"
        'AND({in_sold}="yes",{in_sale_date}<>"",{in_sale_date}<{in_date})),1,0),1))',
    ),
    "used": ("Counts", "work_number", '=IF(AND(cash_known=1,{in_date}<>""),1,0)'),
    "sold_at": ("Sold at", "work_money", '=IF({used}=0,0,IF({in_sale_price}="",{in_price},{in_sale_price}))'),
    # The first day on or after the vest on which trading is open, 0 where it opens no more.
    "opens": (
        "Trading opens",
        "work_date",
        "=IF({used}=0,0,MOD(no_cap-SUMPRODUCT(MAX("
        '(trading_start<>"")*(trading_end>={in_date})'
        "*(no_cap-{in_date}-(trading_start-{in_date})*(trading_start>{in_date})))),no_cap))",
    ),
    "unpaired": (
        "Not on Payments",
        "work_number",
        "=IF({used}=0,0,IF(OR(YEAR({in_date})<>tax_year,{in_date}<=N(ytd_date)),0,"
        'IF(COUNTIFS(payment_date,{in_date},payment_kind,"rsu",payment_amount,{income})>0,0,1)))',
    ),
}


def add_vests(sheet: Sheet, row: int, work: int, client: Client | None) -> int:
    """The block with its heads in `row`, its workings from column `work` on; the next free row."""
    item = next(one for one in fields(CashFacts) if one.name == "vests")
    after = list_table(sheet, row, 0, CashFacts, item, client.cash.vests if client else ())
    block = Columns(sheet, row, MOST_VESTS, len(INPUTS), prefix="vested_")
    block.where = {f"in_{name}": column for column, name in enumerate(INPUTS)}
    block.place(VEST_COLUMNS)
    block.column = work
    block.place(list(WORKINGS))
    for key in VEST_COLUMNS:
        style, formula = FORMULAS[key]
        block.fill(key, HEADS[key], formula, style, "head_center" if key == "outside" else "head")
    for key, (head, style, formula) in WORKINGS.items():
        block.fill(key, head, formula, style, "work_head")
    first, line = row + 1, f'=$A{row + 2}<>""'
    outside = area(first, block.where["outside"], MOST_VESTS)
    sheet.conditions.append(Condition(outside, f'=${outside[0]}{first + 1}="yes"', "look"))
    sheet.conditions.append(Condition(area(first, len(INPUTS), MOST_VESTS, len(VEST_COLUMNS)), line, "used"))
    sheet.heights[row] = 32
    return after
