"""The workings of the Pay sheet, right of its answer, in the order in which one reads them."""

from __future__ import annotations

from mbr_workbooks.sheets.pays.matching import dollar_part, share_part

# A line beyond the last pay. MATCH is there for LibreOffice: it computes a column of like formulas in threads unless a
# function such as MATCH is in them, and in threads it leaves lines stale, or sees circles (Err:522), where columns
# lean on each other's lines above as these do.
UNUSED = "MATCH({n},pay_n,0)>pays"
UNGUARDED = frozenset({"key", "source"})

# Heading, style, formula. UNUSED stands for the test above; a formula without it gets it in front.
WORKINGS: dict[str, tuple[str, str, str]] = {
    "key": ("Sort key", "work_number", "=IF({n}<=pays,SMALL(source_key,COUNT(source_key)-pays+{n}),0)"),
    "source": ("Line of Payments", "work_number", "=IF({key}=0,0,MATCH({key},source_key,0))"),
    "raw_plan": ("Plan pay before limit", "work_money", "=IF(UNUSED,0,INDEX(source_plan_pay,{source}))"),
    "raw_match": ("Match pay before limit", "work_money", "=IF(UNUSED,0,INDEX(source_match_pay,{source}))"),
    "matched": ("Match counts it", "work_number", "=IF(UNUSED,0,INDEX(source_matched,{source}))"),
    "starts": (
        "Starts a check",
        "work_number",
        '=IF(UNUSED,0,IF(OR({kind}="base",INDEX(source_separate,{source})=1),1,0))',
    ),
    "check": ("Check", "work_number", "=IF(UNUSED,0,N({check-})+{starts})"),
    "counted": (
        "Plan pay within 401(a)(17)",
        "work_money",
        "=MAX(0,MIN({raw_plan},ROUND(limit_compensation-ytd_plan_pay-SUM({raw_plan^}),2)))",
    ),
    "check_match": (
        "Match pay of the check before",
        "work_money",
        "=IF({starts}=0,N({check_match-})+N({match_pay-}),0)",
    ),
    "election": (
        "Election",
        "work_text",
        '=IF(UNUSED,"",IF(separate_elections<>"yes","base",INDEX(kind_election,MATCH({kind},kind_names,0))))',
    ),
    "rates_line": ("Line of rates", "work_number", "=IF(UNUSED,0,MATCH({date},rates_from,1))"),
    "rates_column": (
        "Column of rates",
        "work_number",
        '=IF(UNUSED,0,MATCH({election}&"_pretax",rates_heads,0))',
    ),
    "cap": (
        "Plan's cap on after-tax",
        "work_rate",
        "=IF(UNUSED,0,INDEX(election_caps,MATCH({election},election_kinds,0)))",
    ),
    "left": (
        "Deferral left",
        "work_money",
        "=MAX(0,ROUND(deferral_limit-elsewhere-ytd_pretax-ytd_roth-SUM({pretax^})-SUM({roth^})-{later},2))",
    ),
    "pretax_left": (
        "Pre-tax left",
        "work_money",
        (
            '=IF(roth_catch_up_required="yes",'
            "MAX(0,ROUND(limit_deferral-elsewhere-ytd_pretax-SUM({pretax^})-{later_pretax},2)),{left})"
        ),
    ),
    "deferred": (
        "Deferred to date",
        "work_money",
        "=IF(UNUSED,0,ROUND(ytd_pretax+ytd_roth+SUM({pretax$})+SUM({roth$}),2))",
    ),
    "deferral": (
        "Deferral matched",
        "work_money",
        (
            '=IF({matched}=0,0,ROUND({pretax}+{roth}-IF(match_catch_up="yes",0,{catch_up})'
            '+IF(match_after_tax="yes",IF({stub}=1,{paid_after_tax},{after_tax_elected}),0),2))'
        ),
    ),
    "after": (
        "Formula has changed",
        "work_number",
        '=IF(UNUSED,0,IF(AND(match_change_date<>"",{date}>=match_change_date),1,0))',
    ),
    "unit": (
        "Match unit",
        "work_number",
        (
            '=IF(UNUSED,0,IF(match_by="per pay",{check},IF(match_by="quarterly",'
            "ROUNDUP(MONTH({date})/months_in_quarter,0),1))+{after}*key_step)"
        ),
    ),
    "close": ("Unit ends", "work_number", "=IF(OR(UNUSED,{unit}=N({unit+})),0,1)"),
    "unit_pay": (
        "Pay of the unit",
        "work_money",
        "=ROUND(IF({unit}={unit-},{unit_pay-},IF({after}=0,annual_start_pay,0))+{match_pay},2)",
    ),
    "unit_deferral": (
        "Deferral of the unit",
        "work_money",
        "=ROUND(IF({unit}={unit-},{unit_deferral-},IF({after}=0,annual_start_deferral,0))+{deferral},2)",
    ),
    "unit_lines": (
        "Pays of the unit",
        "work_number",
        "=IF({unit}={unit-},{unit_lines-},IF({after}=0,annual_start_lines,0))+IF({match_pay}>0,1,0)",
    ),
    "running": (
        "Matched deferral to date",
        "work_money",
        "=ROUND(IF({after}={after-},{running-},IF({after}=0,ytd_matched,0))+{deferral},2)",
    ),
    "share_one": (
        "Share tiers",
        "work_money",
        "=IF({close}=0,0,ROUND(IF({after}=0,"
        + share_part("first", "{unit_pay}", "{unit_deferral}", "{unit_lines}")
        + ","
        + share_part("after", "{unit_pay}", "{unit_deferral}", "{unit_lines}")
        + "),2))",
    ),
    "share_or": (
        "Share tiers, alternative",
        "work_money",
        "=IF({close}=0,0,ROUND(IF({after}=0,"
        + share_part("first_or", "{unit_pay}", "{unit_deferral}", "{unit_lines}")
        + ","
        + share_part("after_or", "{unit_pay}", "{unit_deferral}", "{unit_lines}")
        + "),2))",
    ),
    "by_unit": ("Alternatives compared here", "work_number", "=IF({after}=0,units_first,units_after)"),
    "shares_one": (
        "Share tiers to date",
        "work_money",
        (
            "=ROUND(IF({after}={after-},{shares_one-},IF({after}=0,start_shares_one,0))+IF({by_unit}=1,"
            "MAX({share_one},{share_or}),{share_one}),2)"
        ),
    ),
    "shares_or": (
        "Alternative to date",
        "work_money",
        "=ROUND(IF({after}={after-},{shares_or-},IF({after}=0,start_shares_or,0))+IF({by_unit}=1,0,{share_or}),2)",
    ),
    "earned": (
        "Match earned to date",
        "work_money",
        "=IF({close}=0,0,MAX(ROUND({shares_one}+ROUND(IF({after}=0,"
        + dollar_part("first", "{running}")
        + ","
        + dollar_part("after", "{running}")
        + "),2),2),ROUND({shares_or}+ROUND(IF({after}=0,"
        + dollar_part("first_or", "{running}")
        + ","
        + dollar_part("after_or", "{running}")
        + "),2),2)))",
    ),
    "reached_before": (
        "Most earned before",
        "work_money",
        "=IF({after}={after-},{reached-},IF({after}=0,start_earned,0))",
    ),
    "reached": ("Most earned", "work_money", "=MAX({reached_before},{earned})"),
    "change": (
        "New election reaches it",
        "work_number",
        "=IF(AND({date}>0,{date}>=open_from,{stub}=0,{at_limit}=1),1,0)",
    ),
    "change_base": (
        "Plan pay a new base election reaches",
        "work_money",
        '=IF(AND({change}=1,{election}="base"),{plan_pay},0)',
    ),
    "change_bonus": (
        "Plan pay a new bonus election reaches",
        "work_money",
        '=IF(AND({change}=1,{election}="bonus"),{plan_pay},0)',
    ),
    "spare": (
        "Share left for after-tax",
        "work_rate",
        "=IF(UNUSED,1,MAX(0,ROUND(share_elected-{pretax_rate}-{roth_rate},6)))",
    ),
    "spare_base": ("of base", "work_rate", "=IF(UNUSED,1,IF({change_base}>0,{spare},1))"),
    "spare_bonus": ("of bonus", "work_rate", "=IF(UNUSED,1,IF({change_bonus}>0,{spare},1))"),
    "fixed": (
        "After-tax a new election leaves",
        "work_money",
        '=IF({stub}=1,{paid_after_tax},IF(OR({change}=0,{election}="commission"),{after_tax_elected},{spilled}))',
    ),
    "posted": (
        "In the account",
        "work_date",
        "=IF(UNUSED,0,IF(posting_days=0,{date},WORKDAY({date},posting_days,bank_holidays)))",
    ),
    "sweep": (
        "Its conversion",
        "work_date",
        (
            '=IF(UNUSED,0,IF(OR(AND(cadence_used="automatic",{after_tax}>0),'
            'AND(cadence_used="each pay",{kind}="base")),'
            "IF(conversion_days=0,{posted},WORKDAY({posted},conversion_days,bank_holidays)),0))"
        ),
    ),
    "others_to_date": (
        "Other additions to date",
        "work_money",
        "=IF(UNUSED,0,ROUND(IF({n}=1,ytd_others,{others_to_date-})+{pretax}+{roth}-{catch_up}+{match}+{nonelective},2))",
    ),
    "to_date": (
        "After-tax to date",
        "work_money",
        "=IF(UNUSED,0,ROUND(IF({n}=1,N(ytd_after_tax),{to_date-})+{after_tax},2))",
    ),
}


def guarded(key: str, formula: str) -> str:
    if key not in UNGUARDED and "UNUSED" not in formula:
        formula = f"=IF(UNUSED,0,{formula[1:]})"
    return formula.replace("UNUSED", UNUSED)
