"""Workings of the Forms sheet: Roth IRA basis by year, what stands on the day of access, the last five years."""

from __future__ import annotations

from mbr_workbooks.sheet import Columns, Sheet
from mbr_workbooks.sheets.paper.forms_moved import CONSTANTS
from mbr_xl.engine.paper.roth_ira import CLOCK

WORK_ROW = 5
FIRST = next(int(value) for name, value, _ in CONSTANTS if name == "first_roth_ira_year")
LAST = 2036  # the year after the last tax year that Inputs takes
COLUMN = 22  # of the workings, right of those by path
BASIS_ROW = WORK_ROW + 24  # heading of the years
RECAP_ROW = BASIS_ROW + LAST - FIRST + 4  # heading of the last five

_IRA = 'SUMIFS(ledger_{0},ledger_year,{{year}},ledger_account,"Roth IRA",ledger_kind,"{1}")'
_PLAN = 'SUMIFS(ledger_{0},ledger_year,{{year}},ledger_account,"Roth 401(k)",ledger_kind,"{1}")'
# Lines lean on the line before: MATCH keeps LibreOffice from computing them in threads (pay_workings.py).
_GUARD = "IF(MATCH({{year}},basis_year,0)=0,0,{0})"

BY_YEAR: dict[str, tuple[str, str, str]] = {
    "into": ("Contributions", "work_money", f"=ROUND({_IRA.format('amount', 'contribution')},2)"),
    "moved": (
        "Conversions",
        "work_money",
        f"=ROUND({_IRA.format('amount', 'conversion')}+SUMIFS(moved_ira,moved_year,{{year}}),2)",
    ),
    "taxed": (
        "of them taxed",
        "work_money",
        f"=ROUND({_IRA.format('taxed', 'conversion')}+SUMIFS(moved_ira_taxable,moved_year,{{year}}),2)",
    ),
    "out": (
        "Withdrawn",
        "work_money",
        f"=ROUND({_IRA.format('amount', 'withdrawal')}+IF({{year}}=tax_year,N(roth_ira_withdrawn),0),2)",
    ),
    "left": (
        "Contributions left",
        "work_money",
        "=" + _GUARD.format("MAX(0,ROUND(N({left-})+{into}-{out},2))"),
    ),
    "beyond": (
        "Withdrawn beyond contributions",
        "work_money",
        "=" + _GUARD.format("MAX(0,ROUND({out}-IF({year}=tax_year,N(form_8606_line_20),0)-N({left-})-{into},2))"),
    ),
    "gone": (
        "Conversions withdrawn so far",
        "work_money",
        "=" + _GUARD.format("MIN(ROUND(SUM({moved$}),2),ROUND(N({gone-})+{beyond},2))"),
    ),
    "reached": (
        "Taxed lately, in this year's withdrawal",
        "work_money",
        "=IF(OR({year}>tax_year,tax_year>={year}+clock_years,form_8606_old=1),0,MAX(0,ROUND(MIN(SUM({moved^})+{taxed},"
        "form_8606_gone+N(form_8606_line_23))-MAX(SUM({moved^}),form_8606_gone),2)))",
    ),
    # As of the day of access: what is left of each year's conversions, where it stands in the order, what it bears.
    "still": (
        "Left of the year",
        "work_money",
        "=IF({year}>access_year,0,ROUND({moved}-MAX(0,MIN({moved},ROUND(access_gone-SUM({moved^}),2))),2))",
    ),
    "still_taxed": ("of it taxed then", "work_money", "=MAX(0,ROUND({still}-({moved}-{taxed}),2))"),
    "before": ("What comes out before", "work_money", "=ROUND(access_contributions+SUM({still^}),2)"),
    "bears": (
        "Bears the 10%",
        "work_money",
        "=IF(OR(access_old=1,access_year>={year}+clock_years),0,MAX(0,MIN({still_taxed},ROUND(N(roth_ira_value)"
        "-{before},2))))",
    ),
    "starts": ("10% begins after", "work_money", "=IF({bears}>0,{before},no_cap)"),
    "ira_since": ("Roth IRA clock", "work_number", "=IF({into}+{moved}>0,{year},0)"),
    "plan_since": (
        "Plan clock",
        "work_number",
        f"=IF({_PLAN.format('amount', 'contribution')}+{_PLAN.format('amount', 'conversion')}"
        "+SUMIFS(moved_in_plan,moved_year,{year})+IF({year}=tax_year,total_roth,0)>0,{year},0)",
    ),
}

RECAP: dict[str, tuple[str, str, str]] = {
    "year": ("Year", "work_number", "=tax_year+1-clock_years+{n}"),
    "to_ira": ("To Roth IRAs", "work_money", "=ROUND(SUMIFS(basis_moved,basis_year,{year}),2)"),
    "to_ira_taxed": ("taxed then", "work_money", "=ROUND(SUMIFS(basis_taxed,basis_year,{year}),2)"),
    "in_plan": (
        "In the plan",
        "work_money",
        f"=ROUND({_PLAN.format('amount', 'conversion')}+SUMIFS(moved_in_plan,moved_year,{{year}}),2)",
    ),
    "in_plan_taxed": (
        "taxed then",
        "work_money",
        f"=ROUND({_PLAN.format('taxed', 'conversion')}+SUMIFS(moved_in_plan_taxable,moved_year,{{year}}),2)",
    ),
    "until": ("10% until", "work_date", "=DATE({year}+clock_years,1,0)"),
}


_OF_PLAN_BY = (
    '=IF(forms_path="Roth IRA",SUMIFS(reconv_{0},reconv_date,"<="&access_day),SUMIFS(conversion_{1},'
    'conversion_date,"<="&access_day)-SUMIFS(reconv_{0},reconv_date,"<="&access_day)+IF(N(ytd_date)<=access_day,'
    "N(ytd_{2}),0))"
)
WORKINGS: list[tuple[str, str, str, str]] = [
    ("Line of the tax year", "ledger_line", "=MATCH(tax_year,basis_year,0)", "work_number"),
    (
        "Faults of the ledger and its inputs",
        "paper_faults",
        '=SUMPRODUCT((ledger_account<>"")*(((ledger_year>tax_year)+(ledger_year<(ledger_account="Roth IRA")'
        '*first_roth_ira_year+(ledger_account="Roth 401(k)")*first_roth_plan_year+(ledger_account="after-tax")'
        '*first_after_tax_year+(ledger_account="traditional IRA")*first_ira_year)+((ledger_account="after-tax")'
        '+(ledger_account="Roth 401(k)"))*(ledger_year=tax_year)+(ledger_taxed>ledger_amount)'
        '+(ledger_kind="contribution")*(ledger_taxed<>"")*(ledger_taxed<>0)+(ledger_account="Roth IRA")'
        '*(ledger_kind="withdrawal")*(ledger_year=tax_year))>0))+IF(roth_ira_since="",0,'
        'IF(AND(roth_ira_since>=first_roth_ira_year,roth_ira_since<=tax_year),0,1))+IF(roth_plan_since="",0,'
        'IF(AND(roth_plan_since>=first_roth_plan_year,roth_plan_since<=tax_year),0,1))+IF(access_date="",0,'
        "IF(YEAR(access_date)<tax_year,1,0))+IF(N(roth_ira_home)>MIN(N(roth_ira_withdrawn),first_home_most),1,0)"
        '+IF(AND(N(roth_ira_withdrawn)>0,form_8606_old=1,roth_ira_first<>""),'
        "IF(tax_year>=N(roth_ira_first)+clock_years,1,0),0)",
        "work_number",
    ),
    (
        "59 1/2 on January 1",
        "form_8606_old",
        '=IF(birth_date="",0,IF(EDATE(birth_date,months_to_59_half)<=DATE(tax_year,1,1),1,0))',
        "work_number",
    ),
    (
        "Conversions withdrawn before this year",
        "form_8606_gone",
        "=INDEX(basis_gone,ledger_line-1)",
        "work_money",
    ),
    (
        "Plan's Roth basis, earlier years",
        "plan_basis_before",
        '=ROUND(SUMIFS(ledger_amount,ledger_account,"Roth 401(k)",ledger_kind,"<>withdrawal")'
        '-SUMIFS(ledger_amount,ledger_account,"Roth 401(k)",ledger_kind,"withdrawal")+SUMIFS(ledger_taxed,'
        'ledger_account,"Roth 401(k)",ledger_kind,"withdrawal"),2)',
        "work_money",
    ),
    ("Day of access, or the last of the year", "access_day", '=IF(access_date="",year_end,access_date)', "work_date"),
    ("Its year", "access_year", "=YEAR(access_day)", "work_number"),
    (
        "59 1/2 by then",
        "access_old",
        '=IF(birth_date="",0,IF(access_day>=EDATE(birth_date,months_to_59_half),1,0))',
        "work_number",
    ),
    (
        "Line of that year",
        "access_line",
        "=MATCH(MIN(access_year,MAX(basis_year)),basis_year,0)",
        "work_number",
    ),
    ("Roth IRA contributions then", "access_contributions", "=INDEX(basis_left,access_line)", "work_money"),
    ("Conversions withdrawn by then", "access_gone", "=INDEX(basis_gone,access_line)", "work_money"),
    (
        "Basis in Roth IRAs then",
        "access_ira_total",
        "=ROUND(access_contributions+SUM(basis_still),2)",
        "work_money",
    ),
    (
        "Roth IRA qualified then",
        "access_ira_qualified",
        '=IF(roth_ira_first="",0,IF(AND(access_old=1,access_year>=roth_ira_first+clock_years),1,0))',
        "work_number",
    ),
    (
        "In-plan conversions by then",
        "access_in_plan",
        _OF_PLAN_BY.format("amount", "converted", "converted"),
        "work_money",
    ),
    (
        "Basis in the plan's Roth account then",
        "access_plan_basis",
        '=MAX(0,ROUND(plan_basis_before+IF(N(ytd_date)<=access_day,N(ytd_roth),0)+SUMIFS(pay_roth,pay_date,"<="&'
        "access_day)+access_in_plan,2))",
        "work_money",
    ),
    (
        "Taxed of in-plan conversions lately",
        "access_plan_lately",
        '=ROUND(SUMIFS(ledger_taxed,ledger_account,"Roth 401(k)",ledger_kind,"conversion",ledger_year,">"&'
        "(access_year-clock_years))+IF(access_year<tax_year+clock_years,access_taxed_now,0)"
        "+IF(access_year<tax_year+1+clock_years,access_taxed_next,0),2)",
        "work_money",
    ),
    (
        "of it this year's by then",
        "access_taxed_now",
        '=ROUND(IF(forms_path="Roth IRA",0,SUMIFS(conversion_taxable,conversion_date,"<="&access_day,'
        'conversion_tax_year,tax_year)+IF(N(ytd_date)<=access_day,N(ytd_taxable),0))+IF(forms_path="Roth IRA",1,'
        '-1)*SUMIFS(reconv_taxable,reconv_date,"<="&access_day,reconv_year,tax_year),2)',
        "work_money",
    ),
    (
        "of it next January's by then",
        "access_taxed_next",
        '=ROUND(IF(forms_path="Roth IRA",0,SUMIFS(conversion_taxable,conversion_date,"<="&access_day,'
        'conversion_tax_year,tax_year+1))+IF(forms_path="Roth IRA",1,-1)*SUMIFS(reconv_taxable,reconv_date,"<="&'
        "access_day,reconv_year,tax_year+1),2)",
        "work_money",
    ),
    (
        "Plan's Roth account qualified then",
        "access_plan_qualified",
        '=IF(roth_plan_first="",0,IF(AND(access_old=1,access_year>=roth_plan_first+clock_years),1,0))',
        "work_number",
    ),
]


def add_basis(sheet: Sheet) -> None:
    """By year, and under it the figures of the day of access."""
    row, column = BASIS_ROW, COLUMN
    sheet.put(row - 1, column, "Workings: Roth IRA basis by year", "work_section")
    lines = LAST - FIRST + 1
    block = Columns(sheet, row, lines, column, prefix="basis_")
    block.place(["year", *BY_YEAR])
    block.fill("year", "Year", list(range(FIRST, LAST + 1)), "work_number", "work_head")
    for key, (head, style, formula) in BY_YEAR.items():
        block.fill(key, head, formula, style, "work_head")
    recap = Columns(sheet, RECAP_ROW, CLOCK, column, prefix="recap_")
    recap.place(["n", *RECAP])
    recap.fill("n", "Line", list(range(CLOCK)), "work_number", "work_head")
    for key, (head, style, formula) in RECAP.items():
        recap.fill(key, head, formula, style, "work_head")
    sheet.put(WORK_ROW - 1, column, "Workings: ledger and access", "work_section")
    for line, (label, name, formula, style) in enumerate(WORKINGS, start=WORK_ROW):
        sheet.put(line, column, label, "work_text")
        sheet.put(line, column + 3, formula, style)
        sheet.named(name, line, column + 3)
    sheet.widths |= dict.fromkeys(range(column, column + 1 + len(BY_YEAR)), 12)
