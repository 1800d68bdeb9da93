"""The vests of the Cash sheet: left what is typed, right of it the tax due at vest and what becomes of the shares."""

from __future__ import annotations

from dataclasses import fields

from mbr_workbooks.sheet import Columns, Condition, Sheet, area
from mbr_workbooks.sheets.list_table import list_table
from mbr_xl.cash_answers import VEST_COLUMNS
from mbr_xl.cash_facts import MOST_VESTS, CashFacts, Vest
from mbr_xl.client import Client

INPUTS = tuple(f.name for f in fields(Vest))
# Beside what is typed; the other answers stand in the workings, where there is room.
SHOWN: dict[str, str] = {
    "income": "Income at vest",
    "social_security": "Social Security",
    "medicare": "Medicare",
    "state": "State tax",
    "federal": "Federal tax withheld",
    "shares_withheld": "Shares withheld",
    "from_checking": "Tax from checking",
    "tax_missing": "Federal tax missing",
    "settles": "Cash on",
    "cash": "Cash",
    "outside": "Outside window",
}
BEHIND: dict[str, str] = {
    "tax_withheld": "Tax withheld in shares",
    "shares_kept": "Shares kept",
    "sale_date": "Sold on",
    "gain": "Gain since vest",
    "gain_tax": "Tax on gain",
}
OPEN = '(trading_start<>"")*(trading_start<={sale_date})*(trading_end>={sale_date})'
# Pays before the vest: those above its own line on Pay, or, where it has none of that day, all up to the day.
WAGES = 'SUMIFS(cash_wage,cash_n,"<"&{line})+{same_day}'
SUPPLEMENTAL = 'SUMIFS(cash_gross,cash_n,"<"&{line},cash_kind,"<>base",cash_kind,"<>overtime")+{same_day}'


def _before(to_date: str, since: str) -> str:
    """Wages before a vest; one in the figures to date is the last of them, one of another year its first."""
    return (
        f"=IF({{used}}=0,0,IF(YEAR({{in_date}})<>tax_year,0,IF({{in_date}}<=N(ytd_date),"
        f"MAX(0,ROUND({to_date}-{{income}},2)),ROUND({to_date}+{since},2))))"
    )


FORMULAS: dict[str, tuple[str, str]] = {
    "income": ("line_money", "=IF({used}=0,0,ROUND({in_shares}*{in_price},2))"),
    "social_security": (
        "line_money",
        "=IF({used}=0,0,ROUND(MAX(0,MIN({income},ROUND(wage_base-{wages_before},2)))*social_security_rate,2))",
    ),
    "medicare": (
        "line_money",
        "=IF({used}=0,0,ROUND(ROUND({income}*medicare_rate,2)+ROUND(MAX(0,MIN({income},"
        "ROUND({wages_before}+{income}-additional_medicare_above,2)))*additional_medicare_rate,2),2))",
    ),
    "state": ("line_money", "=ROUND({income}*state_flat_used,2)"),
    # What the shares bring beyond all that is due is federal tax too.
    "federal": (
        "line_money",
        "=ROUND({federal_due}+MAX(0,ROUND({tax_withheld}-{due},2)),2)",
    ),
    # A part of a share is a whole share withheld.
    "shares_withheld": (
        "line_number",
        '=IF({used}=0,0,IF({in_withheld}="",{covering},ROUNDUP(ROUND({in_shares}*{in_withheld},6),0)))',
    ),
    "from_checking": ("line_money", "=MAX(0,ROUND({due}-{tax_withheld},2))"),
    "tax_withheld": ("work_money", "=IF({used}=0,0,ROUND({shares_withheld}*{in_price},2))"),
    "shares_kept": ("work_number", "=IF({used}=0,0,{in_shares}-{shares_withheld})"),
    "tax_missing": ("line_money", "=MAX(0,ROUND(ROUND({income}*N(federal_rate),2)-{federal},2))"),
    "sale_date": (
        "work_date",
        '=IF(OR({used}=0,{in_sold}<>"yes"),0,IF({in_sale_date}<>"",{in_sale_date},'
        "IF(COUNT(trading_start)=0,{in_date},{opens})))",
    ),
    "settles": (
        "date_or_none",
        "=IF({sale_date}=0,0,WORKDAY({sale_date},IF({sale_date}>=next_day_from,settle_days,settle_days_before),"
        "bank_holidays))",
    ),
    "cash": ("line_money", "=IF({sale_date}=0,0,ROUND({shares_kept}*{sold_at},2))"),
    "gain": ("work_money", "=IF({sale_date}=0,0,ROUND({shares_kept}*ROUND({sold_at}-{in_price},2),2))"),
    "gain_tax": ("work_money", "=ROUND(MAX(0,{gain})*ROUND(N(federal_rate)+N(state_rate),6),2)"),
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
    "line": (
        "Its place among the pays",
        "work_number",
        '=IF({used}=0,0,IF(COUNTIFS(cash_date,{in_date},cash_kind,"rsu")>0,SUMIFS(cash_n,cash_date,{in_date},'
        'cash_kind,"rsu"),1+COUNTIFS(cash_date,">0",cash_date,"<="&{in_date})))',
    ),
    "same_day": (
        "Vests of that day above it",
        "work_money",
        "=IF({used}=0,0,SUMIFS({income^},{in_date^},{in_date}))",
    ),
    "wages_before": ("FICA wages before", "work_money", _before("wages_to_date", WAGES)),
    "flat_before": ("Supplemental before", "work_money", _before("N(ytd_supplemental)", SUPPLEMENTAL)),
    "flat_high": (
        "Income at the high rate",
        "work_money",
        "=MAX(0,MIN({income},ROUND({flat_before}+{income}-supplemental_high_above,2)))",
    ),
    "federal_due": (
        "Federal tax due",
        "work_money",
        "=ROUND(ROUND(({income}-{flat_high})*supplemental_rate,2)+ROUND({flat_high}*supplemental_high_rate,2),2)",
    ),
    "due": (
        "All tax due at vest",
        "work_money",
        "=ROUND({federal_due}+{state}+{social_security}+{medicare},2)",
    ),
    # Whole shares that cover it: one more where those below fall short to the cent.
    "whole": ("Shares, rounded down", "work_number", "=IF({income}=0,0,INT(ROUND({due}/{in_price},6)))"),
    "covering": (
        "Shares that cover it",
        "work_number",
        "=IF({income}=0,0,MIN({in_shares},{whole}+IF(ROUND({whole}*{in_price},2)<{due},1,0)))",
    ),
    # The first day on or after the vest on which trading is open, 0 where it opens no more.
    "opens": (
        "Trading opens",
        "work_date",
        "=IF({used}=0,0,MOD(no_cap-SUMPRODUCT(MAX("
        '(trading_start<>"")*(trading_end>={in_date})'
        "*(no_cap-{in_date}-(trading_start-{in_date})*(trading_start>{in_date})))),no_cap))",
    ),
    # Payments takes one payment of a kind a day: several vests of a day are one there.
    "of_day": ("Vests of that day", "work_money", "=IF({used}=0,0,ROUND(SUMIFS(vested_income,vest_date,{in_date}),2))"),
    "unpaired": (
        "Not on Payments",
        "work_number",
        "=IF({used}=0,0,IF(OR(YEAR({in_date})<>tax_year,{in_date}<=N(ytd_date)),0,"
        'IF(COUNTIFS(payment_date,{in_date},payment_kind,"rsu",payment_amount,{of_day})>0,0,1)))',
    ),
}


def add_vests(sheet: Sheet, row: int, work: int, client: Client | None) -> int:
    """The block with its heads in `row`, its workings from column `work` on; the next free row."""
    item = next(one for one in fields(CashFacts) if one.name == "vests")
    after = list_table(sheet, row, 0, CashFacts, item, client.cash.vests if client else ())
    block = Columns(sheet, row, MOST_VESTS, len(INPUTS), prefix="vested_")
    block.where = {f"in_{name}": column for column, name in enumerate(INPUTS)}
    block.place(list(SHOWN))
    block.column = work
    block.place([*BEHIND, *WORKINGS])
    for key in VEST_COLUMNS:
        style, formula = FORMULAS[key]
        if key in SHOWN:
            block.fill(key, SHOWN[key], formula, style, "head_center" if key == "outside" else "head")
        else:
            block.fill(key, BEHIND[key], formula, style, "work_head")
    for key, (head, style, formula) in WORKINGS.items():
        block.fill(key, head, formula, style, "work_head")
    first, line = row + 1, f'=$A{row + 2}<>""'
    outside = area(first, block.where["outside"], MOST_VESTS)
    sheet.conditions.append(Condition(outside, f'=${outside[0]}{first + 1}="yes"', "look"))
    sheet.conditions.append(Condition(area(first, len(INPUTS), MOST_VESTS, len(SHOWN)), line, "used"))
    sheet.heights[row] = 32
    return after
