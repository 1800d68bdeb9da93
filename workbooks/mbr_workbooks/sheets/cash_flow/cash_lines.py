"""The lines of the Cash sheet: each pay's net and the balance after it; right of them the workings of the ways."""

from __future__ import annotations

from mbr_workbooks.sheet import Columns, Sheet
from mbr_workbooks.sheets.pays.pay import LINES
from mbr_xl.cash_answers import CASH_COLUMNS

WAYS = ("elected", "variable", "level")
# The columns of net pay and of the balance by way; those of the plan as elected are answers.
NET = {"elected": "net_pay", "variable": "variable_net", "level": "level_net"}
BALANCE = {"elected": "balance", "variable": "variable_balance", "level": "level_balance"}

HEADS = {
    "date": "Pay date",
    "kind": "Kind",
    "cash_pay": "Pay in cash",
    "benefits": "Benefits",
    "pretax": "Pre-tax",
    "federal": "Federal tax",
    "state": "State tax",
    "social_security": "Social Security",
    "medicare": "Medicare",
    "roth": "Roth",
    "other_withheld": "Other",
    "after_tax": "After-tax",
    "net_pay": "Net pay",
    "vest_cash": "Vest cash",
    "other_flow": "Other in, out",
    "spent": "Spent",
    "balance": "Balance",
    "lowest": "Lowest",
}
# A line beyond the last pay, or all of them without a stub; MATCH for the reason given in pay_workings.py.
UNUSED = "MATCH({n},pay_n,0)>cash_used"


def balance_at(net: str, day: str) -> str:
    """The balance at the end of a day, from the opening on: every pay's net and every flow up to it."""
    return (
        f'ROUND(N(checking)+SUMIFS({net},cash_date,">="&cash_opening,cash_date,"<="&{day})'
        f'+SUMIFS(flow_amount,flow_day,">0",flow_day,"<="&{day}),2)'
    )


def _new(source: str) -> str:
    return f'SUMIFS(flow_amount,flow_source,"{source}",flow_day,">"&{{since}},flow_day,"<="&{{date}})'


def _pay(key: str) -> str:
    return f"=INDEX(pay_{key},{{n}})"


KNOWN = "{date}>=cash_opening"
ANSWERS: dict[str, tuple[str, str]] = {
    "date": ("line_day", _pay("date")),
    "kind": ("line_text", '=IF(UNUSED,"",INDEX(pay_kind,{n}))'),
    "cash_pay": ("line_money", '=IF({kind}="rsu",0,{gross})'),
    "benefits": ("line_money", '=IF({kind}="base",MIN(N(stub_benefits),{gross}),0)'),
    "pretax": ("line_money", _pay("pretax")),
    "federal": (
        "line_money",
        '=IF({kind}="rsu",0,IF({kind}="base",MAX(0,ROUND(N(stub_federal)+({taxable}-stub_taxable)*withholding_used,2)),'
        'IF({kind}="overtime",ROUND({taxable}*withholding_used,2),'
        "ROUND(ROUND(({flat}-{flat_high})*supplemental_rate,2)+ROUND({flat_high}*supplemental_high_rate,2),2))))",
    ),
    "state": (
        "line_money",
        '=IF({kind}="rsu",0,IF({kind}="base",MAX(0,ROUND(N(stub_state)+({taxable}-stub_taxable)*N(state_rate),2)),'
        'ROUND({taxable}*IF({kind}="overtime",N(state_rate),state_flat_used),2)))',
    ),
    "social_security": (
        "line_money",
        '=IF({kind}="rsu",0,ROUND(MAX(0,MIN({wage},ROUND(wage_base-{wages_before},2)))*social_security_rate,2))',
    ),
    "medicare": (
        "line_money",
        '=IF({kind}="rsu",0,ROUND(ROUND({wage}*medicare_rate,2)+ROUND(MAX(0,MIN({wage},'
        "ROUND({wages_before}+{wage}-additional_medicare_above,2)))*additional_medicare_rate,2),2))",
    ),
    "roth": ("line_money", _pay("roth")),
    "other_withheld": (
        "line_money",
        "=IF({recorded}>0,ROUND({remains}-{after_tax}-{recorded_net},2),"
        'IF({kind}="base",MIN(stub_other,MAX(0,{remains})),0))',
    ),
    "after_tax": ("line_money", _pay("after_tax")),
    "net_pay": ("line_money", "=ROUND(MAX(0,{running})-MAX(0,{before}),2)"),
    "vest_cash": ("line_money", f"=ROUND({_new('vest')}+{_new('tax')},2)"),
    "other_flow": ("line_money", f"=ROUND({_new('amount')},2)"),
    "spent": ("line_money", f"=ROUND(0-{_new('spending')},2)"),
    "balance": ("line_money", f"=IF({KNOWN},{balance_at('cash_net_pay', '{date}')},0)"),
    "lowest": (
        "line_money",
        f"=IF({KNOWN},MIN({{balance}},ROUND(no_cap-SUMPRODUCT(MAX((flow_day>{{since}})*(flow_day<={{date}})"
        "*(no_cap-flow_balance))),2)),0)",
    ),
}
WORKINGS: dict[str, tuple[str, str, str]] = {
    "gross": ("Gross", "work_money", _pay("gross")),
    "plan_pay": ("Plan pay", "work_money", _pay("plan_pay")),
    "variable": (
        "Variable pay in cash",
        "work_number",
        '=IF(OR({kind}="base",{kind}="overtime",{kind}="rsu"),0,1)',
    ),
    "wage": ("FICA wage", "work_money", "=ROUND({gross}-{benefits},2)"),
    "wages_before": ("FICA wages before", "work_money", "=ROUND(wages_to_date+SUM({wage^}),2)"),
    "taxable": ("Taxable pay", "work_money", "=MAX(0,ROUND({wage}-{pretax},2))"),
    "flat": ("Supplemental wage", "work_money", '=IF(OR({kind}="base",{kind}="overtime"),0,{taxable})'),
    "flat_high": (
        "of it at the high rate",
        "work_money",
        "=MAX(0,MIN({flat},ROUND(N(ytd_supplemental)+SUM({flat^})+{flat}-supplemental_high_above,2)))",
    ),
    "remains": (
        "Before other and after-tax",
        "work_money",
        "=ROUND({cash_pay}-{benefits}-{pretax}-{federal}-{state}-{social_security}-{medicare}-{roth},2)",
    ),
    "recorded": ("Net on record", "work_number", '=COUNTIFS(paid_date,{date},paid_kind,{kind},paid_net_pay,">=0")'),
    "recorded_net": ("Recorded net", "work_money", "=SUMIFS(paid_net_pay,paid_date,{date},paid_kind,{kind})"),
    "spare": ("Before after-tax", "work_money", "=ROUND({remains}-{other_withheld},2)"),
    "starts": ("Starts a check", "work_number", "=IF({n}=1,1,INDEX(pay_starts,{n}))"),
    "ends": ("Ends it", "work_number", "=IF(OR(N({starts+})=1,{n}=cash_used),1,0)"),
    "before": ("Of the check before", "work_money", "=IF({starts}=1,0,N({running-}))"),
    "running": ("Of the check so far", "work_money", "=ROUND({before}+{spare}-{after_tax},2)"),
    "short": ("Check is short", "work_number", "=IF(AND({ends}=1,{running}<0),1,0)"),
    "since": ("Since", "work_date", "=IF({n}=1,0,N({date-}))"),
    "changes": (
        "After-tax can change",
        "work_number",
        "=IF({date}<N(change_from),0,IF(COUNTIFS(paid_date,{date},paid_kind,{kind})>0,0,1))",
    ),
    "most": (
        "Most after-tax",
        "work_money",
        '=IF(after_tax_allowed="no",0,MAX(0,MIN(ROUND({plan_pay}*INDEX(pay_cap,{n}),2),'
        "ROUND(ROUND({plan_pay}*combined_share,2)-INDEX(pay_pretax_elected,{n})-INDEX(pay_roth_elected,{n}),2),{spare})))",
    ),
    "variable_given": (
        "Variable: given",
        "work_money",
        "=IF({changes}*{variable}=0,0,MAX(0,MIN({most},ROUND(ways_left-SUM({variable_given^}),2))))",
    ),
    "level_given": (
        "Level: given",
        "work_money",
        '=IF(OR({changes}=0,{kind}="rsu"),0,MAX(0,MIN(ROUND({plan_pay}*level_rate,2),{most},'
        "ROUND(ways_left-SUM({level_given^}),2))))",
    ),
}
for _way in WAYS[1:]:
    WORKINGS |= {
        f"{_way}_after_tax": (
            f"{_way.capitalize()}: after-tax",
            "work_money",
            f"=IF({{changes}}=1,{{{_way}_given}},{{after_tax}})",
        ),
        f"{_way}_before": (
            "Of the check before",
            "work_money",
            f"=IF({{starts}}=1,0,N({{{_way}_running-}}))",
        ),
        f"{_way}_running": (
            "Of the check so far",
            "work_money",
            f"=ROUND({{{_way}_before}}+{{spare}}-{{{_way}_after_tax}},2)",
        ),
        f"{_way}_net": (
            f"{_way.capitalize()}: net pay",
            "work_money",
            f"=ROUND(MAX(0,{{{_way}_running}})-MAX(0,{{{_way}_before}}),2)",
        ),
        f"{_way}_balance": (
            f"{_way.capitalize()}: balance",
            "work_money",
            f"=IF({KNOWN},{balance_at(f'cash_{_way}_net', '{date}')},0)",
        ),
    }


def add_lines(sheet: Sheet, head_row: int) -> Columns:
    """The block with its heads in `head_row`; right of it the workings."""
    block = Columns(sheet, head_row, LINES, 0, prefix="cash_")
    block.place(CASH_COLUMNS)
    block.column = len(CASH_COLUMNS) + 1
    block.place(["n", *WORKINGS])
    for key in CASH_COLUMNS:
        style, formula = ANSWERS[key]
        block.fill(key, HEADS[key], _guarded(formula), style, "head_left" if key in ("date", "kind") else "head")
    block.fill("n", "Line", list(range(1, LINES + 1)), "work_number", "work_head")
    for key, (head, style, formula) in WORKINGS.items():
        block.fill(key, head, _guarded(formula), style, "work_head")
    return block


def _guarded(formula: str) -> str:
    if "UNUSED" not in formula:
        formula = f"=IF(UNUSED,0,{formula[1:]})"
    return formula.replace("UNUSED", UNUSED)
