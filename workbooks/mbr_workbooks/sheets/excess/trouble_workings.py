"""The workings of the Testing sheet: who returns what first, what the match looks at, the steps of a correction."""

from __future__ import annotations

from mbr_workbooks.sheet import Columns, Sheet
from mbr_workbooks.sheets.excess.block import add_workings
from mbr_workbooks.sheets.excess.other_law import CONSTANTS, add_constants, add_testing_law
from mbr_xl.household import MOST_TIERS

LISTS = ("match_tiers", "match_or", "match_tiers_after", "match_or_after")

SETTINGS: dict[str, tuple[str, str, str]] = {
    "trouble_rate": ("Tax on the next dollar", "=federal_rate+state_rate", "work_rate"),
    "moved_to_ira": (
        "Converted to a Roth IRA this year",
        "=N(INDEX(moved_ira,1))",  # of Forms, whose first line is the tax year
        "work_money",
    ),
    "excess_ira_rate": (
        "Excise on an excess IRA contribution",
        "=IFERROR(INDEX(published_excess_ira,MATCH(tax_year,testing_years,0)),0)",
        "work_rate",
    ),
    "late_refund_rate": (
        "Excise on a late refund",
        "=IFERROR(INDEX(published_late_refund,MATCH(tax_year,testing_years,0)),0)",
        "work_rate",
    ),
    "acp_told": ("The test can be told", '=IF(OR(nhce_acp="",hce="no"),0,1)', "work_number"),
    "acp_average": ("Average of the others, in 0.01%", "=ROUND(N(nhce_acp)*ten_thousand,0)", "work_number"),
    "facts_clash": (
        "Facts that contradict each other",
        '=IF(N(elsewhere_roth)>N(elsewhere),1,0)+IF(excess_returned="",0,IF(YEAR(excess_returned)<tax_year,1,0))',
        "work_number",
    ),
    "back_in_year": (
        "The excess comes back in the tax year",
        '=IF(excess_returned="",0,IF(YEAR(excess_returned)=tax_year,1,0))',
        "work_number",
    ),
}
MADE: dict[str, tuple[str, str, str]] = {
    "made_after_tax": ("After-tax as elected", "=MAX(total_after_tax_elected,total_after_tax)", "work_money"),
    "made_deferral": (
        "Deferrals that are additions",
        "=ROUND(total_deferral-total_catch_up-excess_leaves,2)",
        "work_money",
    ),
    "made_pretax": (
        "of it pre-tax",
        '=MIN(made_deferral,ROUND(total_pretax-IF(excess_in_time="yes",INDEX(giveback_taken,1),0),2))',
        "work_money",
    ),
    "made_match": ("Match, true-up included", "=ROUND(total_match+true_up_due,2)", "work_money"),
    "made_employer": (
        "Other employer money",
        "=ROUND(total_nonelective+total_profit_sharing+N(other_additions),2)",
        "work_money",
    ),
    "match_pay_counted": (
        "Match pay within 401(a)(17)",
        "=MIN(limit_compensation,ROUND(N(ytd_match_pay)+SUM(pay_match_pay),2))",
        "work_money",
    ),
    **{
        f"counted_{name}": (
            f"Looked at by {name}",
            f'=IF(COUNTIF({name}_kind,"limit")>0,no_cap,MAX(ROUND(match_pay_counted*SUMIF({name}_kind,"share",'
            f'{name}_share),2)+SUMIF({name}_kind,"dollars",{name}_dollars),'
            f"ROUND(match_pay_counted*MAX(award_{name}),2)))",
            "work_money",
        )
        for name in LISTS
    },
    "match_looks_at": (
        "Contributions that the match looks at",
        '=MAX(counted_match_tiers,counted_match_or,IF(match_change_date="",0,'
        "MAX(counted_match_tiers_after,counted_match_or_after)))",
        "work_money",
    ),
    "made_matched_deferral": (
        "Matched deferrals",
        '=IF(made_match=0,0,MIN(made_deferral,IF(matched_deferral="",match_looks_at,matched_deferral)))',
        "work_money",
    ),
    "made_matched_after_tax": (
        "Matched after-tax",
        '=IF(OR(made_match=0,match_after_tax<>"yes"),0,MIN(made_after_tax,MAX(0,ROUND(match_looks_at-made_matched_deferral,2))))',
        "work_money",
    ),
    "made_matched": ("Matched, both", "=ROUND(made_matched_deferral+made_matched_after_tax,2)", "work_money"),
    "left_unmatched": (
        "Excess after unmatched after-tax",
        "=ROUND(excess_additions-back_after_tax,2)",
        "work_money",
    ),
    "left_matched": ("and after unmatched deferrals", "=ROUND(left_unmatched-back_deferral,2)", "work_money"),
    "after_tax_alone": (
        "Matched after-tax that would do",
        "=IF(made_matched=0,0,ROUND(left_matched*made_matched/(made_matched+made_match),2))",
        "work_money",
    ),
    "after_tax_match": (
        "Match that goes with it",
        "=IF(after_tax_alone<made_matched_after_tax,ROUND(left_matched-back_matched_after_tax,2),"
        "MIN(ROUND(left_matched-back_matched_after_tax,2),IF(made_matched=0,0,"
        "ROUND(made_match*made_matched_after_tax/made_matched,2))))",
        "work_money",
    ),
    "left_deferral": (
        "Excess after matched after-tax",
        "=ROUND(left_matched-back_matched_after_tax-after_tax_match,2)",
        "work_money",
    ),
    "deferral_alone": (
        "Matched deferrals that would do",
        "=IF(made_matched=0,0,ROUND(left_deferral*made_matched/(made_matched+made_match),2))",
        "work_money",
    ),
    "deferral_match": (
        "Match that goes with them",
        "=IF(deferral_alone<made_matched_deferral,ROUND(left_deferral-back_matched_deferral,2),"
        "MIN(ROUND(left_deferral-back_matched_deferral,2),IF(made_matched=0,0,"
        "ROUND(made_match*made_matched_deferral/made_matched,2))))",
        "work_money",
    ),
    "elected_deferral": (
        "Deferrals elected for the year",
        "=ROUND(N(ytd_pretax)+N(ytd_roth)+SUM(pay_pretax_elected)+SUM(pay_roth_elected),2)",
        "work_money",
    ),
    "group_others": (
        "Additions beside after-tax, both employers where related",
        '=ROUND(total_additions-total_after_tax+IF(elsewhere_related="yes",N(elsewhere_additions),0),2)',
        "work_money",
    ),
}
RETURNS = ("this plan, pre-tax", "this plan, Roth", "other plan, pre-tax", "other plan, Roth")
AMOUNTS = (
    "=total_pretax",
    "=total_roth",
    "=ROUND(N(elsewhere)-N(elsewhere_roth),2)",
    "=N(elsewhere_roth)",
)


def add_trouble_workings(sheet: Sheet, row: int, column: int) -> None:
    """From `row` down, in columns from `column` on."""
    row = add_workings(sheet, row, column, "Workings: what the answers rest on", SETTINGS)
    row = _returns(sheet, row, column)
    row = _awards(sheet, row, column)
    row = add_workings(sheet, row, column, "Workings: annual additions and their correction", MADE)
    row = add_testing_law(sheet, row, column)
    add_constants(sheet, row, column, CONSTANTS)


def _returns(sheet: Sheet, row: int, column: int) -> int:
    """Which of the four parts of all deferrals comes back first: the plan asked, and in it the kind chosen."""
    sheet.put(row, column, "Workings: who returns an excess deferral", "work_section")
    block = Columns(sheet, row + 1, len(RETURNS), column, prefix="giveback_")
    block.place(["part", "there", "roth", "amount", "place", "taken"])
    block.fill("part", "Part", list(RETURNS), "work_text", "work_head")
    block.fill("there", "Other plan", [0, 0, 1, 1], "work_number", "work_head")
    block.fill("roth", "Roth", [0, 1, 0, 1], "work_number", "work_head")
    block.fill("amount", "Deferred", list(AMOUNTS), "work_money", "work_head")
    block.fill(
        "place",
        "Place",
        '=IF({there}=IF(excess_from="this plan",0,1),0,1+1)+IF({roth}=IF(excess_first="Roth",1,0),0,1)',
        "work_number",
        "work_head",
    )
    block.fill(
        "taken",
        "Comes back",
        '=MAX(0,MIN({amount},ROUND(excess_deferral-SUMIF(giveback_place,"<"&{place},giveback_amount),2)))',
        "work_money",
        "work_head",
    )
    return row + len(RETURNS) + 3


def _awards(sheet: Sheet, row: int, column: int) -> int:
    """The share of pay that earns an award, tier by tier."""
    sheet.put(row, column, "Workings: awards of the match", "work_section")
    block = Columns(sheet, row + 1, MOST_TIERS, column, prefix="award_")
    block.place(["tier", *LISTS])
    block.fill("tier", "Tier", list(range(1, MOST_TIERS + 1)), "work_number", "work_head")
    for name in LISTS:
        formula = f'=IF(INDEX({name}_kind,{{tier}})="award",N(INDEX({name}_share,{{tier}})),0)'
        block.fill(name, name, formula, "work_rate", "work_head")
    return row + MOST_TIERS + 3
