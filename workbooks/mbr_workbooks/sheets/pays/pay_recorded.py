"""The workings of the Pay sheet that records, dollars and spill-over add: what the stub shows, what fits beside it."""

from __future__ import annotations

OF_THE_PAY = "paid_date,{date},paid_kind,{kind}"
TOGETHER = "ROUND({plan_pay}*combined_share,2)"


def stub(column: str) -> str:
    """What Records hold of this pay."""
    return f"=IF({{stub}}=0,0,ROUND(SUMIFS(paid_{column},{OF_THE_PAY}),2))"


# Heading, style, formula; as WORKINGS of pay_workings.py.
RECORDED: dict[str, tuple[str, str, str]] = {
    "stub": ("Recorded", "work_number", f"=IF(UNUSED,0,IF(COUNTIFS({OF_THE_PAY})>0,1,0))"),
    "paid_pretax": ("Stub: pre-tax", "work_money", stub("pretax")),
    "paid_roth": ("Stub: Roth", "work_money", stub("roth")),
    "paid_after_tax": ("Stub: after-tax", "work_money", stub("after_tax")),
    "paid_match": ("Stub: match", "work_money", stub("match")),
    "paid_nonelective": ("Stub: nonelective", "work_money", stub("nonelective")),
    # What later pays have put in already is no longer there for a pay that is still planned.
    "later_pretax": (
        "Pre-tax recorded later",
        "work_money",
        "=IF({stub}=1,0,ROUND(SUM(pay_paid_pretax)-SUM({paid_pretax$}),2))",
    ),
    "later": (
        "Deferrals recorded later",
        "work_money",
        "=IF({stub}=1,0,ROUND({later_pretax}+SUM(pay_paid_roth)-SUM({paid_roth$}),2))",
    ),
    "later_after_tax": (
        "After-tax recorded later",
        "work_money",
        "=IF({stub}=1,0,ROUND(SUM(pay_paid_after_tax)-SUM({paid_after_tax$}),2))",
    ),
    "later_match": (
        "Match recorded later",
        "work_money",
        "=IF({stub}=1,0,ROUND(SUM(pay_paid_match)-SUM({paid_match$}),2))",
    ),
    "pretax_amount": (
        "Pre-tax in dollars",
        "work_money",
        f"=IF(in_dollars=0,0,MIN(INDEX(rates_table,{{rates_line}},{{rates_column}}),{TOGETHER}))",
    ),
    "roth_amount": (
        "Roth in dollars",
        "work_money",
        (
            "=IF(in_dollars=0,0,MIN(INDEX(rates_table,{rates_line},{rates_column}+1),"
            f"ROUND({TOGETHER}-{{pretax_amount}},2)))"
        ),
    ),
    "after_tax_amount": (
        "After-tax in dollars",
        "work_money",
        (
            '=IF(OR(in_dollars=0,after_tax_allowed="no"),0,MIN(INDEX(rates_table,{rates_line},{rates_column}+1+1),'
            f"ROUND({{plan_pay}}*{{cap}},2),ROUND({TOGETHER}-{{pretax_amount}}-{{roth_amount}},2)))"
        ),
    ),
    "fits_pretax": ("Pre-tax that fits", "work_money", "=MIN({pretax_elected},{left},{pretax_left})"),
    "fits_roth": ("Roth that fits", "work_money", "=MIN({roth_elected},ROUND({left}-{fits_pretax},2))"),
    "spilled": (
        "Spills over",
        "work_money",
        (
            '=IF(AND(spill_over="deferral continues",after_tax_allowed<>"no"),'
            "ROUND({pretax_elected}+{roth_elected}-{fits_pretax}-{fits_roth},2),0)"
        ),
    ),
    "at_limit": (
        "After-tax may go in",
        "work_number",
        (
            '=IF(UNUSED,0,IF(spill_over<>"starts at the limit",1,'
            "IF(ROUND(deferral_limit-elsewhere-{deferred},2)>0,0,1)))"
        ),
    ),
    "own_after_tax": (
        "After-tax by its own election",
        "work_money",
        (
            "=IF({at_limit}=0,0,IF(in_dollars=1,{after_tax_amount},"
            "MAX(0,MIN(ROUND({plan_pay}*{after_tax_rate},2),ROUND({gross}-{pretax_elected}-{roth_elected},2)))))"
        ),
    ),
    "unit_paid": (
        "Match recorded in the unit",
        "work_money",
        "=ROUND(IF({unit}={unit-},{unit_paid-},0)+{paid_match},2)",
    ),
    "most": (
        "Most after-tax in dollars",
        "work_money",
        "=MAX(0,MIN(ROUND({plan_pay}*{cap},2),"
        "ROUND(ROUND({plan_pay}*share_elected,2)-{pretax_elected}-{roth_elected},2)))",
    ),
    "most_base": ("of base", "work_money", "=IF(UNUSED,no_cap,IF({change_base}>0,{most},no_cap))"),
    "most_bonus": ("of bonus", "work_money", "=IF(UNUSED,no_cap,IF({change_bonus}>0,{most},no_cap))"),
}
