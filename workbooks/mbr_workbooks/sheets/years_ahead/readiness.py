"""The second page of Growth: what should be in place before after-tax money, and what stands beside it."""

from __future__ import annotations

from mbr_workbooks.sheet import Columns, Condition, Sheet, area
from mbr_workbooks.sheets.checking.check_inputs import Check
from mbr_workbooks.sheets.checking.check_results import LOOK
from mbr_workbooks.sheets.pays.matching import whole
from mbr_workbooks.sheets.years_ahead.growth_years import PRINTED_COLUMNS, WORK
from mbr_xl.rules import rules_for, years

STATUS, NUMBER, SAYS = 3, 4, 5

INSURANCE = ("insured_health", "insured_disability", "insured_life", "insured_umbrella")
_MISSING = "+".join(f'IF({name}="no",1,0)' for name in INSURANCE)
_UNTOLD = ",".join(f'{name}=""' for name in INSURANCE)
_NAMED = "&".join(f'IF({name}="no"," {name.partition("_")[2]}","")' for name in INSURANCE)

# Label, name of the status, its formula, name of the number, its formula, style, what is said of it.
Item = tuple[str, str, str, str, str, str, str]
BEFORE: list[Item] = [
    (
        "1. Emergency fund", "ready_emergency",
        '=IF(OR(emergency_months="",liquid_savings="",AND(N(emergency_months)>0,N(monthly_spending)=0)),"not told",'
        'IF(emergency_short>0,"open","done"))',
        "emergency_short", "=MAX(0,ROUND(emergency_wanted-N(liquid_savings),2))", "dollars",
        '=IF(ready_emergency="not told","months wanted, spending a month and liquid savings",TEXT(emergency_wanted,'
        '"$#,##0")&" wanted, "&TEXT(liquid_savings,"$#,##0")&" there"&IF(emergency_short>0,": short by the amount"'
        '&" shown",""))',
    ),
    (
        "2. Insurance", "ready_insurance",
        f'=IF(insurance_missing>0,"open",IF(OR({_UNTOLD}),"not told","done"))',
        "insurance_missing", f"={_MISSING}", "number",
        f'=IF(insurance_missing>0,"not in place:"&{_NAMED},IF(ready_insurance="done","in place, or not needed",'
        '"health, disability, life, umbrella: yes, no or not needed"))',
    ),
    (
        "3. 401(k) to the full match", "ready_match", '=IF(match_by="none","not told",IF(match_short>0,"open","done"))',
        "match_short",
        '=IF(match_by="none",0,IF(ROUND(full_match-total_match-true_up_due,2)>=1,'
        "ROUND(full_match-total_match-true_up_due,2),0))", "dollars",
        '=IF(match_by="none","no match is entered: none in this plan, or not told",'
        'IF(match_short>0,"match that the formula could give and that is not'
        ' coming","all that the formula gives on this pay is coming"))',
    ),
    (
        "4. 401(k) to the limit", "ready_deferral", '=IF(deferral_short>0,"open","done")',
        "deferral_short", "=MAX(0,ROUND(deferral_limit-N(elsewhere)-total_deferral,2))", "dollars",
        '=TEXT(total_deferral,"$#,##0")&" deferred"&IF(N(elsewhere)>0," here, "&TEXT(elsewhere,"$#,##0")&" elsewhere",'
        '"")&", the limit is "&TEXT(deferral_limit,"$#,##0")',
    ),
    (
        "5. Health Savings Account", "ready_hsa",
        '=IF(hsa_coverage="","not told",IF(hsa_over>0,"open",IF(hsa_coverage="none","done",'
        'IF(hsa_contributed="","not told",IF(hsa_short>0,"open","done")))))',
        "hsa_short",
        '=IF(OR(hsa_coverage="",hsa_contributed=""),0,MAX(0,ROUND(hsa_limit-hsa_contributed,2)))', "dollars",
        '=IF(hsa_coverage="","coverage and contributions",IF(hsa_over>0,"over by "&TEXT(hsa_over,"$#,##0")'
        '&", the limit is "&TEXT(hsa_limit,"$#,##0")&": 6% tax a year until it is out",'
        'IF(hsa_coverage="none","no coverage that allows an HSA",'
        '"the limit is "&TEXT(hsa_limit,"$#,##0")&" if eligible all year"&IF(hsa_contributed="","; contributions are'
        ' not told",", "&TEXT(hsa_contributed,"$#,##0")&" contributed"))))',
    ),
    (
        "6. Ordinary backdoor Roth IRA", "ready_backdoor",
        '=IF(backdoor_done="no","open",IF(backdoor_done<>"","done",IF(N(ira_contributed)=0,"not told",'
        'IF(backdoor_left>0,"open","done"))))',
        "backdoor_left", "=MAX(0,ROUND(N(ira_contributed)-N(ira_converted),2))", "dollars",
        '=IF(backdoor_done="not possible","not possible, as told",IF(N(ira_contributed)=0,IF(backdoor_done="","whether'
        ' it is done, or section IRAs","as told; section IRAs shows no contribution"),TEXT(ira_contributed,"$#,##0")'
        '&" contributed, "&TEXT(N(ira_converted),"$#,##0")&" converted"))',
    ),
    (
        "7. Mega backdoor Roth", "ready_mega",
        '=IF(after_tax_allowed="no","not offered",IF(mega_unused>0,"open","done"))',
        "mega_unused", "=after_tax_unused", "dollars",
        '=IF(after_tax_allowed="no","the plan takes no after-tax contributions",TEXT(total_after_tax,"$#,##0.00")'
        '&" of room for "&TEXT(after_tax_room,"$#,##0.00"))',
    ),
]  # fmt: skip
BESIDE: list[Item] = [
    (
        "Stock purchase plan (ESPP)", "ready_espp",
        '=IF(OR(espp_offered="",AND(espp_offered="yes",espp_used="")),"not told",IF(AND(espp_offered="yes",'
        'espp_used="no"),"open","done"))',
        "espp_gain",
        "=ROUND(MIN(N(espp_discount),1-1/million)/(1-MIN(N(espp_discount),1-1/million)),6)", "rate",
        '=IF(espp_offered="no","none is offered",IF(ready_espp="not told","whether it is offered and used",'
        '"gain on each dollar put in, if sold at once, before tax"))',
    ),
    (
        "Deferred compensation", "ready_nqdc",
        '=IF(nqdc_deferred="","not told",IF(AND(nqdc_deferred<>0,nqdc_counts<>"yes",match_by="none"),"not told",'
        'IF(nqdc_match_lost>0,"open","done")))',
        "nqdc_match_lost",
        '=IF(OR(N(nqdc_deferred)=0,nqdc_counts="yes"),0,MAX(0,ROUND(annual_match-nqdc_match,2)))', "dollars",
        '=IF(ready_nqdc="not told",IF(nqdc_deferred="","the amount elected, 0 if none","no match is entered that it'
        ' could cost"),IF(nqdc_match_lost>0,"match lost, as plan pay falls by "'
        '&TEXT(nqdc_deferred,"$#,##0"),IF(nqdc_deferred=0,"none is elected","no match is lost by it")))',
    ),
    (
        "Flexible Spending Account", "ready_fsa",
        '=IF(OR(fsa_costs="",AND(N(fsa_costs)>0,fsa_elected="")),"not told",IF(fsa_short>0,"open","done"))',
        "fsa_short",
        '=IF(OR(fsa_costs="",AND(N(fsa_costs)>0,fsa_elected="")),0,MAX(0,ROUND(N(fsa_costs)-N(fsa_elected),2)))',
        "dollars",
        '=IF(ready_fsa="not told","costs that it could pay, and what is elected",IF(fsa_short>0,"costs above'
        ' the election; what the plan and the law still allow is not told here","no costs above what is elected"))',
    ),
    (
        "Goals", "ready_goals",
        '=IF(SUM(reach_amount)=0,"not told",IF(goals_short>0,"open","done"))',
        "goals_short", "=ROUND(SUM(reach_short),2)", "dollars",
        '=IF(SUM(reach_amount)=0,"money needed on a date, on Inputs",IF(goals_short>0,"short of what is accessible'
        ' then, below","accessible then, below"))',
    ),
]  # fmt: skip

TERMS: dict[str, tuple[str, str, str]] = {
    "emergency_wanted": (
        "Emergency fund wanted",
        '=IF(OR(emergency_months="",liquid_savings="",N(monthly_spending)=0),0,ROUND(emergency_months*monthly_spending,2))',
        "work_money",
    ),
    "spare_savings": (
        "Savings beyond it",
        '=IF(ready_emergency="not told",0,MAX(0,ROUND(liquid_savings-emergency_wanted,2)))',
        "work_money",
    ),
    "hsa_limit": (
        "HSA limit",
        '=IF(OR(hsa_coverage="",hsa_coverage="none"),0,IFERROR(IF(hsa_coverage="family",INDEX(hsa_table_family,'
        "MATCH(tax_year,hsa_table_years,0)),INDEX(hsa_table_self,MATCH(tax_year,hsa_table_years,0)))"
        "+IF(age>=hsa_catch_up_age,INDEX(hsa_table_more,MATCH(tax_year,hsa_table_years,0)),0),0))",
        "work_money",
    ),
    "hsa_over": (
        "HSA above the limit",
        '=IF(OR(hsa_coverage="",hsa_contributed=""),0,MAX(0,ROUND(hsa_contributed-hsa_limit,2)))',
        "work_money",
    ),
    "raw_pay_first": (
        "Match pay, first formula",
        "=ROUND(N(ytd_match_pay)+SUMPRODUCT(pay_raw_match*(1-pay_after)),2)",
        "work_money",
    ),
    "raw_pay_after": ("after the change", "=ROUND(SUMPRODUCT(pay_raw_match*pay_after),2)", "work_money"),
    "nqdc_cut": ("Deferred of it", "=MIN(N(nqdc_deferred),ROUND(raw_pay_first+raw_pay_after,2))", "work_money"),
    "nqdc_cut_first": (
        "of that, first formula",
        "=IF(raw_pay_first+raw_pay_after=0,0,ROUND(ROUND(nqdc_cut*raw_pay_first/(raw_pay_first+raw_pay_after),8),2))",
        "work_money",
    ),
    "less_pay_first": (
        "Pay left, first formula",
        "=MIN(limit_compensation,ROUND(raw_pay_first-nqdc_cut_first,2))",
        "work_money",
    ),
    "less_pay_after": (
        "after the change",
        "=MIN(ROUND(limit_compensation-less_pay_first,2),ROUND(raw_pay_after-nqdc_cut+nqdc_cut_first,2))",
        "work_money",
    ),
    "nqdc_match_first": (
        "Match on it, first formula",
        "=ROUND(MAX("
        + ",".join(
            whole(tiers, "less_pay_first", "year_deferral_first", "year_lines_first") for tiers in ("first", "first_or")
        )
        + "),2)",
        "work_money",
    ),
    "nqdc_match_after": (
        "after the change",
        '=IF(match_change_date="",0,ROUND(MAX('
        + ",".join(
            whole(tiers, "less_pay_after", "year_deferral_after", "year_lines_after") for tiers in ("after", "after_or")
        )
        + "),2))",
        "work_money",
    ),
    "nqdc_match": (
        "Match with less pay",
        '=IF(match_by="none",0,MIN(IF(match_max="",no_cap,match_max),ROUND(nqdc_match_first+nqdc_match_after,2)))',
        "work_money",
    ),
    "before_open": (
        "Open before after-tax money",
        "=" + "+".join(f'IF({item[1]}="open",1,0)' for item in BEFORE[:-1]),
        "work_number",
    ),
    "before_untold": (
        "Not told of it",
        "=" + "+".join(f'IF({item[1]}="not told",1,0)' for item in BEFORE[:-1]),
        "work_number",
    ),
    "ready_words": (
        "In words",
        '=IF(plan_ready=0,"",IF(before_open+before_untold=0,"All six that the plan puts first are done.","Before'
        ' after-tax money: "&IF(before_open=0,"",before_open&" open")&IF(before_open*before_untold=0,"",", ")'
        '&IF(before_untold=0,"",before_untold&" not told")&"."))',
        "work_text",
    ),
}


def add_readiness(sheet: Sheet, row: int) -> int:
    """The list in its order; gives the row after it."""
    sheet.section(row, 0, "What comes before, in order", PRINTED_COLUMNS)
    sheet.put(row + 1, 0, "=ready_words", "label_bold")
    row = _items(sheet, row + 2, "In place first", BEFORE)
    row = _items(sheet, row + 1, "Beside it", BESIDE)
    _terms(sheet)
    return row


def _items(sheet: Sheet, row: int, title: str, items: list[Item]) -> int:
    sheet.row(row, 0, [title, None, None], "head_left")
    sheet.put(row, STATUS, "Status", "head_center")
    sheet.put(row, NUMBER, "By", "head")
    sheet.row(row, SAYS, ["Why", *[None] * (PRINTED_COLUMNS - SAYS - 1)], "head_left_indented")
    first = row + 1
    for line, (label, status, status_formula, number, formula, style, says) in enumerate(items):
        sheet.put(first + line, 0, label, "label")
        sheet.put(first + line, STATUS, status_formula, "line_yes")
        sheet.named(status, first + line, STATUS)
        sheet.put(first + line, NUMBER, formula, style)
        sheet.named(number, first + line, NUMBER)
        sheet.put(first + line, SAYS, says, "unit")
    cells = area(first, STATUS, len(items))
    sheet.conditions.append(
        Condition(area(first, STATUS, len(items), PRINTED_COLUMNS - STATUS), "=plan_ready=0", "hidden")
    )
    for word, look in (("open", "look"), ("done", "good"), ("not told", "muted"), ("not offered", "muted")):
        sheet.conditions.append(Condition(cells, f'=$D{first + 1}="{word}"', look))
    sheet.conditions.append(
        Condition(
            area(first, NUMBER, len(items)), f'=OR($D{first + 1}="not told",$D{first + 1}="not offered")', "hidden"
        )
    )
    return first + len(items)


def _terms(sheet: Sheet) -> None:
    """Workings right of the chart's points, beside the first pages."""
    column, row = WORK + 22, 6
    sheet.put(row - 1, column, "Workings: readiness", "work_section")
    for name, (label, formula, style) in TERMS.items():
        sheet.put(row, column, label, "work_label")
        sheet.put(row, column + 1, formula, style)
        sheet.named(name, row, column + 1)
        row += 1
    row += 2
    sheet.put(row - 1, column, "Workings: HSA limits by year", "work_section")
    table = Columns(sheet, row, len(years()), column, prefix="hsa_table_")
    table.place(["years", "self", "family", "more"])
    laws = [rules_for(year) for year in years()]
    table.fill("years", "Year", list(years()), "work_number", "work_head")
    for key, title, amounts in (
        ("self", "Self-only", [law.hsa_self for law in laws]),
        ("family", "Family", [law.hsa_family for law in laws]),
        ("more", "More from 55", [law.hsa_catch_up for law in laws]),
    ):
        table.fill(key, title, [cents / 100 for cents in amounts], "work_money", "work_head")
    sheet.put(row + len(years()) + 1, column, "26 USC 223(b); the Rev. Proc. of each year", "work_text")
    sheet.widths |= {column: 26, column + 1: 14, column + 2: 14, column + 3: 14}


READINESS_CHECKS: list[Check] = [
    (
        LOOK,
        "HSA contributions are within the year's limit",
        "=IF(hsa_over>0,1,0)",
        "Over it costs 6% a year until it is out (26 USC 4973(a)(5), (g)); taken out with its earnings by the due date"
        " of the return it does not (223(f)(3)).",
    ),
    (
        LOOK,
        "No FSA stands in the way of the HSA",
        '=IF(AND(OR(hsa_coverage="self-only",hsa_coverage="family"),N(fsa_elected)>0),1,0)',
        "A general health FSA, the spouse's too, makes one not eligible for an HSA; one of limited purpose or for"
        " dependent care does not (26 USC 223(c)(1)).",
    ),
]
