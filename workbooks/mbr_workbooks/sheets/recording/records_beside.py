"""What stands beside the recorded pays and conversions: what was planned, the difference, and a sentence on it."""

from __future__ import annotations

from dataclasses import fields

from mbr_workbooks.sheet import Columns, Condition, Sheet, area, column_letters
from mbr_xl.records import Converted, Paid

BESIDE = 11  # the first column right of the lists
SAYS = 17  # the column of the sentences, the last one printed
WORKINGS = SAYS + 2

# Columns beside the pays that other formulas read by name.
NAMED = (
    "gross_more",
    "deferral_more",
    "after_tax_more",
    "says",
    "unexpected",
    "posted",
    "waits",
    "late",
    "late_amount",
)
OF_THE_PAY = "pay_date,{date},pay_kind,{kind}"
AWAY = '(leave_start<>"")*(leave_start<={date})*(leave_end>={date})'
PLANNED_BASE = (
    "ROUND(INDEX(raise_salary_from,MATCH({date},raise_from,1))"
    f"*IF(SUMPRODUCT({AWAY})=0,1,SUMPRODUCT({AWAY}*leave_share_paid))/periods,2)"
)


def in_dollars(amount: str) -> str:
    """An amount as a sentence has it: cents only where there are some."""
    return f'TEXT({amount},IF(ROUND({amount},0)={amount},"$#,##0","$#,##0.00"))'


def due(day: str) -> str:
    """The day on which the cadence converts money that came on a day; 0 where it does not, or other rules decide."""
    step = 'IF(cadence_used="monthly",1,months_in_quarter)'
    end = f"WORKDAY(EOMONTH({day},MOD(-MONTH({day}),{step}))+1,-1,bank_holidays)"
    return (
        f"IF(OR(due_known=0,{day}=0),0,"
        f'IF(OR(cadence_used="automatic",cadence_used="each pay"),'
        f"IF(conversion_days=0,{day},WORKDAY({day},conversion_days,bank_holidays)),"
        f'IF(cadence_used="dates",IF(COUNTIF(conversion_dates,">="&{day})=0,0,'
        f'SMALL(conversion_dates,COUNT(conversion_dates)-COUNTIF(conversion_dates,">="&{day})+1)),'
        f"IF({end}>={day},{end},WORKDAY(EOMONTH({day},MOD(-MONTH({day}),{step})+{step})+1,-1,bank_holidays)))))"
    )


def _says(words: str, name: str, full: str) -> str:
    """The phrase about one contribution; empty where it is as elected."""
    share = (
        f'IF(OR(election_unit="dollars",AND(spill_over<>"",spill_over<>"none")),"",'
        f'" ("&TEXT({{{name}_rate}},IF(ROUND({{{name}_rate}},2)={{{name}_rate}},"0%","0.0###%"))&")")'
    )
    return (
        f'=IF({{{name}_more}}=0,"","{words} is "&{in_dollars(f"ABS({{{name}_more}})")}'
        f'&IF({{{name}_more}}<0," below "," above ")'
        f'&IF({{{name}_elected}}=0,"what is elected, nothing",'
        f'"the "&{in_dollars(f"{{{name}_elected}}")}&{share}&" elected")'
        f'&IF(AND({{{name}_more}}<0,{{{full}}}=1),", the limit being reached",""))'
    )


def _asks(name: str, full: str) -> str:
    return f"AND({{{name}_more}}<>0,OR({{{name}_more}}>0,{{{full}}}=0))"


# Printed beside the pays: heading, style, formula.
PAYS: dict[str, tuple[str, str, str]] = {
    "planned_gross": (
        "Pay planned",
        "line_money",
        (
            f'=IF({{there}}=0,0,IF({{kind}}="base",{PLANNED_BASE},'
            "ROUND(SUMIFS(payment_amount,payment_paid,{date},payment_kind,{kind}),2)))"
        ),
    ),
    "gross_more": ("more or less", "line_money", "=IF({there}=0,0,ROUND(N({gross})-{planned_gross},2))"),
    "deferral_elected": (
        "Deferral elected",
        "line_money",
        "=ROUND({pretax_elected}+{roth_elected},2)",
    ),
    "deferral_more": ("more or less", "line_money", "=ROUND({pretax_more}+{roth_more},2)"),
    "after_tax_elected": (
        "After-tax elected",
        "line_money",
        f"=IF({{there}}=0,0,SUMIFS(pay_after_tax_elected,{OF_THE_PAY}))",
    ),
    "after_tax_more": ("more or less", "line_money", "=IF({there}=0,0,ROUND(N({after_tax})-{after_tax_elected},2))"),
    "says": (
        "What it says",
        "line_says",
        (
            '=IF({used}=0,"",IF(OR({date}="",{kind}="",{gross}=""),"give its date, kind and gross pay",'
            'IF({date}<=N(ytd_date),"the year-to-date figures hold this pay already: clear one of the two",'
            'IF({there}=0,"no such pay in the plan: correct its date or kind, or add the payment",'
            'IF(COUNTIFS(paid_date,{date},paid_kind,{kind})>1,"recorded twice: keep one line",'
            'IF(OR({say_gross}<>"",{say_rest}<>""),'
            '{say_gross}&IF(AND({say_gross}<>"",{say_rest}<>""),"; ","")&{say_rest}'
            '&IF({asks}=1,": was the election in force?",""),"as planned"))))))'
        ),
    ),
}
PAY_WORKINGS: dict[str, tuple[str, str, str]] = {
    "used": ("Filled in", "work_number", "=IF(COUNTA({date}:{net_pay})=0,0,1)"),
    "there": (
        "Planned",
        "work_number",
        (
            '=IF(OR({date}="",{kind}=""),0,IF({date}<=N(ytd_date),0,IF({kind}="base",COUNTIF(regular_date,{date}),'
            "COUNTIFS(payment_paid,{date},payment_kind,{kind}))))"
        ),
    ),
    "pretax_elected": ("Pre-tax elected", "work_money", f"=IF({{there}}=0,0,SUMIFS(pay_pretax_elected,{OF_THE_PAY}))"),
    "roth_elected": ("Roth elected", "work_money", f"=IF({{there}}=0,0,SUMIFS(pay_roth_elected,{OF_THE_PAY}))"),
    "pretax_more": ("Pre-tax more", "work_money", "=IF({there}=0,0,ROUND(N({pretax})-{pretax_elected},2))"),
    "roth_more": ("Roth more", "work_money", "=IF({there}=0,0,ROUND(N({roth})-{roth_elected},2))"),
    "pretax_rate": ("Pre-tax rate", "work_rate", f"=IF({{there}}=0,0,SUMIFS(pay_pretax_rate,{OF_THE_PAY}))"),
    "roth_rate": ("Roth rate", "work_rate", f"=IF({{there}}=0,0,SUMIFS(pay_roth_rate,{OF_THE_PAY}))"),
    "after_tax_rate": ("After-tax rate", "work_rate", f"=IF({{there}}=0,0,SUMIFS(pay_after_tax_rate,{OF_THE_PAY}))"),
    "deferral_full": (
        "Deferral limit reached",
        "work_number",
        (
            '=IF({there}=0,0,IF(ROUND(elsewhere+ytd_pretax+ytd_roth+SUMIFS(paid_pretax,paid_date,"<="&{date})'
            '+SUMIFS(paid_roth,paid_date,"<="&{date})-deferral_limit,2)>=0,1,0))'
        ),
    ),
    "room_full": (
        "Room used up",
        "work_number",
        '=IF({there}=0,0,IF(ROUND(ytd_after_tax+SUMIFS(paid_after_tax,paid_date,"<="&{date})-after_tax_room,2)>=0,1,0))',
    ),
    "say_gross": (
        "On the pay",
        "work_text",
        (
            f'=IF({{gross_more}}=0,"","pay was "&{in_dollars("ABS({gross_more})")}'
            '&IF({gross_more}>0," higher"," lower")&" than planned")'
        ),
    ),
    "say_pretax": ("On pre-tax", "work_text", _says("pre-tax", "pretax", "deferral_full")),
    "say_roth": ("On Roth", "work_text", _says("Roth", "roth", "deferral_full")),
    "say_after_tax": ("On after-tax", "work_text", _says("after-tax", "after_tax", "room_full")),
    "say_deferral": (
        "On deferrals",
        "work_text",
        '={say_pretax}&IF(AND({say_pretax}<>"",{say_roth}<>""),"; ","")&{say_roth}',
    ),
    "say_rest": (
        "On contributions",
        "work_text",
        '={say_deferral}&IF(AND({say_deferral}<>"",{say_after_tax}<>""),"; ","")&{say_after_tax}',
    ),
    "asks": (
        "A limit does not explain it",
        "work_number",
        (
            f"=IF(OR({_asks('pretax', 'deferral_full')},{_asks('roth', 'deferral_full')},"
            f"{_asks('after_tax', 'room_full')}),1,0)"
        ),
    ),
    "unexpected": ("Not as planned", "work_number", '=IF({used}=0,0,IF({says}="as planned",0,1))'),
    "posted": (
        "In the account",
        "work_date",
        (
            "=IF(OR(N({date})=0,N({after_tax})=0),0,IF(posting_days=0,{date},"
            "WORKDAY({date},posting_days,bank_holidays)))"
        ),
    ),
    "waits": (
        "Waits",
        "work_money",
        "=IF(AND({posted}>last_recorded_conversion,{posted}<=records_through),N({after_tax}),0)",
    ),
    "due": ("To be converted on", "work_date", f"=IF({{waits}}=0,0,{due('{posted}')})"),
    "late": ("Overdue since", "work_date", "=IF(AND({due}>0,{due}<records_through),{posted},0)"),
    "late_amount": ("Overdue", "work_money", "=IF({late}=0,0,{waits})"),
}
CONVERSIONS: dict[str, tuple[str, str, str]] = {
    "came": (
        "After-tax that had come",
        "line_money",
        (
            "=IF({first}=0,0,ROUND(IF({before}=0,N(opening_basis),0)"
            '+SUMIFS(paid_after_tax,paid_posted,">"&{before},paid_posted,"<="&{date}),2))'
        ),
    ),
    "moved": (
        "of it moved that day",
        "line_money",
        (
            "=IF({first}=0,0,ROUND(SUMIFS(converted_amount,converted_date,{date})"
            "-SUMIFS(converted_taxable,converted_date,{date}),2))"
        ),
    ),
    "unmoved": (
        "not moved",
        "line_money",
        "=IF(ROUND(ABS({came}-{moved})-ROUND({came}*near_enough,2),2)<=0,0,ROUND({came}-{moved},2))",
    ),
    "says": (
        "What it says",
        "line_says",
        (
            '=IF(COUNTA({date}:{invested})=0,"",IF(OR({date}="",{amount}=""),"give its date and amount",'
            'IF({confirmed}="yes","confirmed","not confirmed in writing: ask for the confirmation")'
            '&IF({invested}="yes","; invested again","; not marked as invested again")'
            '&IF({taxable}="","; taxable part as modeled until the plan tells it","")'
            f'&IF({{unmoved}}>0,"; "&{in_dollars("{unmoved}")}&" that had come was not moved","")))'
        ),
    ),
}
CONVERSION_WORKINGS: dict[str, tuple[str, str, str]] = {
    "first": ("First of its day", "work_number", "=IF(N({date})=0,0,IF(COUNTIF({date^},{date})=0,1,0))"),
    "before": (
        "Conversion before",
        "work_date",
        (
            '=IF(N({date})=0,0,IF(COUNTIF(converted_date,"<"&{date})=0,0,'
            'SMALL(converted_date,COUNTIF(converted_date,"<"&{date}))))'
        ),
    ),
}


def beside_pays(sheet: Sheet, head: int, lines: int) -> None:
    """The columns right of the recorded pays, and their workings right of the printed page."""
    names = [part.name for part in fields(Paid)]
    block = _block(sheet, head, lines, names, PAYS)
    block.column = WORKINGS
    block.place(list(PAY_WORKINGS))
    sheet.put(head - 1, WORKINGS, "Workings", "work_section")
    for key, (title, style, formula) in PAYS.items():
        block.fill(key, title, formula, style, "head_left_indented" if key == "says" else "head")
    for key, (title, style, formula) in PAY_WORKINGS.items():
        block.fill(key, title, formula, style, "work_head")
    for key in NAMED:
        sheet.named(f"paid_{key}", head + 1, block.where[key], lines)
    _marked(sheet, head, lines, block, "unexpected", ">0")


def beside_conversions(sheet: Sheet, head: int, lines: int) -> None:
    """The columns right of the recorded conversions."""
    names = [part.name for part in fields(Converted)]
    block = _block(sheet, head, lines, names, CONVERSIONS)
    block.column = WORKINGS
    block.place(list(CONVERSION_WORKINGS))
    for key, (title, style, formula) in CONVERSIONS.items():
        block.fill(key, title, formula, style, "head_left_indented" if key == "says" else "head")
    for key, (title, style, formula) in CONVERSION_WORKINGS.items():
        block.fill(key, title, formula, style, "work_head")
    for key in ("says", "unmoved"):
        sheet.named(f"converted_{key}", head + 1, block.where[key], lines)
    column = column_letters(block.where["unmoved"])
    for key in ("says", "unmoved"):
        cells = area(head + 1, block.where[key], lines)
        sheet.conditions.append(Condition(cells, f"=${column}{head + 2}>0", "look_plain"))


def _block(sheet: Sheet, head: int, lines: int, inputs: list[str], beside: dict[str, tuple[str, str, str]]) -> Columns:
    block = Columns(sheet, head, lines, 1)
    block.place(inputs)
    block.column = BESIDE
    block.place([key for key in beside if key != "says"])
    block.where["says"] = SAYS
    return block


def _marked(sheet: Sheet, head: int, lines: int, block: Columns, key: str, test: str) -> None:
    """The sentence and the differences stand out where a line is not as planned."""
    formula = f"=${column_letters(block.where[key])}{head + 2}{test}"
    sheet.conditions.append(Condition(area(head + 1, SAYS, lines), formula, "look_plain"))
    for one in ("gross_more", "deferral_more", "after_tax_more"):
        cells = area(head + 1, block.where[one], lines)
        sheet.conditions.append(Condition(cells, f"={column_letters(block.where[one])}{head + 2}<>0", "look"))
