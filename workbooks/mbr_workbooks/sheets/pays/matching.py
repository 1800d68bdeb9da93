"""The match formula made ready: tiers by kind with where each begins and ends, and the match on the year."""

from __future__ import annotations

from mbr_workbooks.sheet import Columns, Sheet
from mbr_xl.household import MOST_TIERS

# The inputs' name of an alternative, and the short name of what is made of it here.
SETS = {"match_tiers": "first", "match_or": "first_or", "match_tiers_after": "after", "match_or_after": "after_or"}
TITLES = {
    "first": "Match formula",
    "first_or": "or, if greater",
    "after": "After the change",
    "after_or": "or, if greater, after the change",
}


def share_part(tiers: str, pay: str, deferral: str, lines: str) -> str:
    """The tiers measured in pay. Each pay's deferral was rounded: an award is reached up to half a cent a pay below."""
    start, end = f"{tiers}_share_from*{pay}", f"{tiers}_share_to*{pay}"
    return (
        f"SUMPRODUCT({tiers}_share_rate*(({deferral}>{start})*({deferral}-{start})-({deferral}>{end})*({deferral}-{end})))"
        f"+{pay}*SUMPRODUCT({tiers}_award_rate*(ROUND({deferral}+{lines}*half_cent-{tiers}_award_at*{pay},8)>=0))"
    )


def dollar_part(tiers: str, deferral: str) -> str:
    """The tiers measured in dollars of the year, and those up to the deferral limit."""
    start, end = f"{tiers}_dollar_from", f"{tiers}_dollar_to"
    return (
        f"SUMPRODUCT({tiers}_dollar_rate*(({deferral}>{start})*({deferral}-{start})-({deferral}>{end})*({deferral}-{end})))"
        f"+{tiers}_limit_rate*MIN({deferral},match_limit)"
    )


def full_part(tiers: str, pay: str) -> str:
    """Match of somebody who defers without end: every width filled, every award reached."""
    return (
        f"ROUND({pay}*(SUMPRODUCT({tiers}_share_rate*({tiers}_share_to-{tiers}_share_from))+SUM({tiers}_award_rate)),2)"
        f"+ROUND(SUMPRODUCT({tiers}_dollar_rate*({tiers}_dollar_to-{tiers}_dollar_from))+{tiers}_limit_rate*match_limit,2)"
    )


def whole(tiers: str, pay: str, deferral: str, lines: str) -> str:
    return f"ROUND({share_part(tiers, pay, deferral, lines)},2)+ROUND({dollar_part(tiers, deferral)},2)"


def add_match_formula(sheet: Sheet, row: int) -> int:
    """The four sets of tiers, one under the other; gives the next free row."""
    for given, name in SETS.items():
        sheet.put(row, 0, TITLES[name], "work_section")
        block = Columns(sheet, row + 1, MOST_TIERS, 0, prefix=f"{name}_")
        block.place(
            [
                "tier",
                "share_rate",
                "share_width",
                "share_from",
                "share_to",
                "award_rate",
                "award_at",
                "dollar_rate",
                "dollar_width",
                "dollar_from",
                "dollar_to",
                "limit_part",
            ]
        )

        def part(kind: str, column: str, given: str = given) -> str:
            return f'=IF(INDEX({given}_kind,{{tier}})="{kind}",N(INDEX({given}_{column},{{tier}})),0)'

        block.fill("tier", "Tier", list(range(1, MOST_TIERS + 1)), "work_number", "work_head")
        block.fill("share_rate", "Rate on a share", part("share", "rate"), "work_rate", "work_head")
        block.fill("share_width", "Width", part("share", "share"), "work_rate", "work_head")
        block.fill("share_from", "From", "=ROUND(SUM({share_width^}),6)", "work_rate", "work_head")
        block.fill("share_to", "To", "=ROUND(SUM({share_width$}),6)", "work_rate", "work_head")
        block.fill("award_rate", "Award", part("award", "rate"), "work_rate", "work_head")
        block.fill("award_at", "Reached at", part("award", "share"), "work_rate", "work_head")
        block.fill("dollar_rate", "Rate on dollars", part("dollars", "rate"), "work_rate", "work_head")
        block.fill("dollar_width", "Width, $", part("dollars", "dollars"), "work_money", "work_head")
        block.fill("dollar_from", "From, $", "=ROUND(SUM({dollar_width^}),2)", "work_money", "work_head")
        block.fill("dollar_to", "To, $", "=ROUND(SUM({dollar_width$}),2)", "work_money", "work_head")
        block.fill("limit_part", "Rate to the limit", part("limit", "rate"), "work_rate", "work_head")
        row += MOST_TIERS + 3
    return row


# name: label, formula, style; on the year's totals, before and after a change of formula.
YEAR: dict[str, tuple[str, str, str]] = {
    "first_limit_rate": ("Rate to the deferral limit", "=SUM(first_limit_part)", "work_rate"),
    "first_or_limit_rate": ("the same, alternative", "=SUM(first_or_limit_part)", "work_rate"),
    "after_limit_rate": ("the same, after the change", "=SUM(after_limit_part)", "work_rate"),
    "after_or_limit_rate": ("the same, alternative after the change", "=SUM(after_or_limit_part)", "work_rate"),
    "match_by": ("Match is computed", '=IF(match_period="","none",match_period)', "work_text"),
    "match_limit": (
        "Deferral limit of the match",
        '=limit_deferral+IF(match_catch_up="yes",catch_up_allowed,0)',
        "work_money",
    ),
    "leaves_early": (
        "Last-day rule costs this saver",
        '=IF(AND(last_day_rule="yes",leave_date<>"",leave_date<year_end),1,0)',
        "work_number",
    ),
    "match_posted": (
        "A match is paid in the year",
        '=IF(OR(match_by="none",AND(match_by="annual",leaves_early=1)),0,1)',
        "work_number",
    ),
    "ytd_matched": (
        "Matched deferral to date",
        (
            '=IF(ytd_matched_deferral<>"",N(ytd_matched_deferral),ROUND(ytd_pretax+ytd_roth-IF(match_catch_up="yes",0,'
            'ytd_catch_up)+IF(match_after_tax="yes",ytd_after_tax,0),2))'
        ),
        "work_money",
    ),
    "ytd_counted": (
        "Match pay counted to date",
        '=IF(AND(prorates=1,ytd_match_counted<>""),N(ytd_match_counted),N(ytd_match_pay))',
        "work_money",
    ),
    "units_first": (
        "Alternatives compared pay by pay",
        (
            '=IF(COUNTIF(match_tiers_kind,"dollars")+COUNTIF(match_tiers_kind,"limit")+COUNTIF(match_or_kind,"dollars")'
            '+COUNTIF(match_or_kind,"limit")=0,1,0)'
        ),
        "work_number",
    ),
    "units_after": (
        "the same, after the change",
        (
            '=IF(COUNTIF(match_tiers_after_kind,"dollars")+COUNTIF(match_tiers_after_kind,"limit")'
            '+COUNTIF(match_or_after_kind,"dollars")+COUNTIF(match_or_after_kind,"limit")=0,1,0)'
        ),
        "work_number",
    ),
    "annual_start_pay": (
        "Annual match begins with pay",
        '=IF(match_by="annual",MIN(limit_compensation,N(ytd_match_pay)),0)',
        "work_money",
    ),
    "annual_start_deferral": ("and with deferral", '=IF(match_by="annual",ytd_matched,0)', "work_money"),
    "annual_start_lines": (
        "and with pays",
        '=IF(AND(match_by="annual",ytd_match_pay>0),ROWS(calendar_use),0)',
        "work_number",
    ),
    "start_dollars_one": (
        "Dollar tiers on deferrals to date",
        "=ROUND(" + dollar_part("first", "ytd_matched") + ",2)",
        "work_money",
    ),
    "start_dollars_or": (
        "the same, alternative",
        "=ROUND(" + dollar_part("first_or", "ytd_matched") + ",2)",
        "work_money",
    ),
    "start_shares_one": (
        "Share tiers are taken to have earned",
        (
            '=IF(OR(match_by="annual",COUNTIF(match_tiers_kind,"share")+COUNTIF(match_tiers_kind,"award")=0),0,'
            "MAX(0,ROUND(ytd_match-start_dollars_one,2)))"
        ),
        "work_money",
    ),
    "start_shares_or": (
        "the same, alternative",
        (
            '=IF(OR(match_by="annual",units_first=1,COUNTIF(match_or_kind,"share")+COUNTIF(match_or_kind,"award")=0),0,'
            "MAX(0,ROUND(ytd_match-start_dollars_or,2)))"
        ),
        "work_money",
    ),
    "start_earned": (
        "Match earned to date",
        '=IF(match_by="annual",N(ytd_match),ROUND(MAX(start_shares_one+start_dollars_one,start_shares_or+start_dollars_or),2))',
        "work_money",
    ),
    "year_pay_first": (
        "Year's pay, first formula",
        "=MIN(limit_compensation,ROUND(ytd_match_pay+SUMPRODUCT(pay_raw_match*(1-pay_after)),2))",
        "work_money",
    ),
    "year_pay_after": (
        "after the change",
        "=MIN(ROUND(limit_compensation-year_pay_first,2),ROUND(SUMPRODUCT(pay_raw_match*pay_after),2))",
        "work_money",
    ),
    "year_deferral_first": (
        "Year's matched deferral, first formula",
        "=ROUND(ytd_matched+SUMPRODUCT(pay_deferral*(1-pay_after)),2)",
        "work_money",
    ),
    "year_deferral_after": ("after the change", "=ROUND(SUMPRODUCT(pay_deferral*pay_after),2)", "work_money"),
    "year_lines_first": (
        "Year's pays, first formula",
        "=IF(ytd_match_pay>0,ROWS(calendar_use),0)+SUMPRODUCT((pay_raw_match>0)*(1-pay_after))",
        "work_number",
    ),
    "year_lines_after": ("after the change", "=SUMPRODUCT((pay_raw_match>0)*pay_after)", "work_number"),
    "year_match_first": (
        "Match on the year, first formula",
        "=ROUND(MAX("
        + whole("first", "year_pay_first", "year_deferral_first", "year_lines_first")
        + ","
        + whole("first_or", "year_pay_first", "year_deferral_first", "year_lines_first")
        + "),2)",
        "work_money",
    ),
    "year_match_after": (
        "after the change",
        '=IF(match_change_date="",0,ROUND(MAX('
        + whole("after", "year_pay_after", "year_deferral_after", "year_lines_after")
        + ","
        + whole("after_or", "year_pay_after", "year_deferral_after", "year_lines_after")
        + "),2))",
        "work_money",
    ),
    "full_match": (
        "Most the formula could give",
        '=IF(match_by="none",0,MIN(IF(match_max="",no_cap,match_max),ROUND(MAX('
        + full_part("first", "year_pay_first")
        + ","
        + full_part("first_or", "year_pay_first")
        + ')+IF(match_change_date="",0,MAX('
        + full_part("after", "year_pay_after")
        + ","
        + full_part("after_or", "year_pay_after")
        + ")),2)))",
        "work_money",
    ),
}
