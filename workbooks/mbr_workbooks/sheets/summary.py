"""Summary: the answer on one page, in words first; below it every figure of the year, each a name."""

from __future__ import annotations

from mbr_workbooks.sheet import Condition, Sheet, address, area
from mbr_workbooks.sheets.charts import add_charts
from mbr_workbooks.sheets.common import heading
from mbr_workbooks.sheets.converting.conversions import YEAR as CONVERSION_YEAR
from mbr_xl.engine.binding import ALL_OF_PAY, ANNUAL_ADDITIONS, DOLLAR_CAP, NOT_OFFERED, SHARE_CAP
from mbr_xl.results import Headlines

CHARTS_ROW, CLOSING_ROW, FIGURES_ROW = 18, 41, 46
WORK = 7  # the first column of the workings

# What stands on page one: label, formula, style; shown only when the inputs can be used.
LEFT: list[tuple[str, str, str]] = [
    ("Room for after-tax this year", "after_tax_room", "answer"),
    ('=IF(plan_ready=0,"","Set by: "&binding)', "", ""),
    ("After-tax planned", "total_after_tax", "answer"),
    ("Room unused", "after_tax_unused", "answer"),
    ("Deferrals, catch-up included", "total_deferral", "answer"),
    ("Employer money, true-up included", "total_employer", "answer"),
    ("Match lost", "match_lost", "answer"),
]
RIGHT: list[tuple[str, str, str]] = [
    (
        '="Best after-tax election, "&IF(separate_elections="yes","base pay","all pay")',
        "IF(in_dollars=1,best_base_dollars,best_base)",
        "percent",
    ),
    (
        "Best after-tax election, bonus",
        'IF(separate_elections="yes",IF(in_dollars=1,best_bonus_dollars,best_bonus),"same")',
        "percent",
    ),
    ("After-tax with these two all year", "best_after_tax", "answer"),
    ("Converted to Roth this year", "total_converted", "answer"),
    ("Taxable part of it", "total_taxable", "answer"),
    ("Tax on it", "total_tax", "answer"),
    ("Not converted on December 31", "unconverted_value", "answer"),
]

# The year's figures: label, formula, style. Those computed on another sheet are not here.
FIGURES: dict[str, tuple[str, str, str]] = {
    "pays": ("Pays and payments planned", '=COUNTIF(source_key,">0")', "number"),
    "catch_up_allowed": (
        "Catch-up allowed",
        (
            '=IF(OR(age<catch_up_age,catch_up_offered="no",AND(roth_catch_up_required="yes",plan_has_roth="no")),0,'
            'IF(AND(age>=super_catch_up_from,age<=super_catch_up_to,super_catch_up_offered<>"no"),limit_super_catch_up,limit_catch_up))'
        ),
        "dollars",
    ),
    "roth_catch_up_required": (
        "Catch-up must be Roth",
        '=IF(AND(age>=catch_up_age,catch_up_offered<>"no",limit_roth_catch_up_wages>0,N(prior_wages)>limit_roth_catch_up_wages),"yes","no")',
        "answer_text",
    ),
    "deferral_limit": ("Deferral limit with catch-up", "=limit_deferral+catch_up_allowed", "dollars"),
    "total_pretax": ("Pre-tax deferrals", "=ROUND(ytd_pretax+SUM(pay_pretax),2)", "dollars"),
    "total_roth": ("Roth deferrals", "=ROUND(ytd_roth+SUM(pay_roth),2)", "dollars"),
    "total_deferral": ("Deferrals", "=ROUND(total_pretax+total_roth,2)", "dollars"),
    "total_catch_up": (
        "of it catch-up",
        (
            "=MAX(catch_up_above_402g,MIN(room_catch_up,ROUND(total_deferral+total_employer+other_additions"
            "+total_after_tax-additions_limit,2)))"
        ),
        "dollars",
    ),
    "total_match": ("Match paid in the year", "=ROUND(ytd_match+SUM(pay_match),2)", "dollars"),
    "annual_match": (
        "Match on the year's totals",
        '=IF(match_by="none",0,MIN(IF(match_max="",no_cap,match_max),ROUND(year_match_first+year_match_after,2)))',
        "dollars",
    ),
    "true_up_due": (
        "True-up still to come",
        (
            '=IF(OR(true_up="",true_up="none",leaves_early=1,AND(match_by<>"per pay",match_by<>"quarterly")),0,'
            "MAX(0,ROUND(annual_match-total_match,2)))"
        ),
        "dollars",
    ),
    "match_lost": ("Match lost", "=MAX(0,ROUND(annual_match-total_match-true_up_due,2))", "dollars"),
    "total_nonelective": ("Nonelective contributions", "=ROUND(ytd_nonelective+SUM(pay_nonelective),2)", "dollars"),
    "total_profit_sharing": (
        "Profit sharing",
        "=IF(leaves_early=1,0,ROUND(ROUND(MIN(limit_compensation,ROUND(ytd_plan_pay+SUM(pay_raw_plan),2))*profit_sharing_rate,2)+profit_sharing,2))",
        "dollars",
    ),
    "total_employer": (
        "Employer money",
        "=ROUND(total_match+true_up_due+total_nonelective+total_profit_sharing,2)",
        "dollars",
    ),
    "additions_pay_total": ("415 pay", "=ROUND(ytd_additions_pay+SUM(pay_additions_pay),2)", "dollars"),
    "additions_limit": ("Annual additions limit", "=MIN(limit_annual_additions,additions_pay_total)", "dollars"),
    "limit_room": (
        "What 415(c) leaves for after-tax",
        "=ROUND(additions_limit-ROUND(total_deferral-room_catch_up,2)-total_employer-other_additions,2)",
        "dollars",
    ),
    "after_tax_room": ("Room for after-tax", "=MAX(0,MIN(limit_room,cap_dollars,cap_of_pay))", "dollars"),
    "binding": (
        "Set by",
        f'=IF(after_tax_allowed="no","{NOT_OFFERED}",IF(AND(limit_room<=cap_dollars,limit_room<=cap_of_pay),'
        f'IF(limit_annual_additions<=additions_pay_total,"{ANNUAL_ADDITIONS}","{ALL_OF_PAY}"),'
        f'IF(cap_dollars<=cap_of_pay,"{DOLLAR_CAP}","{SHARE_CAP}")))',
        "answer_text",
    ),
    "total_after_tax_elected": ("After-tax elected", "=ROUND(ytd_after_tax+SUM(pay_after_tax_elected),2)", "dollars"),
    "total_after_tax": ("After-tax that fits", "=ROUND(ytd_after_tax+SUM(pay_after_tax),2)", "dollars"),
    "after_tax_unused": ("Room unused", "=MAX(0,ROUND(after_tax_room-total_after_tax,2))", "dollars"),
    "total_additions": (
        "Annual additions",
        "=ROUND(total_deferral-total_catch_up+total_employer+other_additions+total_after_tax,2)",
        "dollars",
    ),
    "over_by": (
        "Over a limit by",
        "=MAX(0,ROUND(total_additions-additions_limit,2),ROUND(total_deferral+elsewhere-deferral_limit,2))",
        "dollars",
    ),
    "elections_safe": (
        "Every election fits in every pay",
        "=IF(SUMPRODUCT((pay_stub=0)*((1-deferral_ends_itself)"
        "*((pay_pretax<>pay_pretax_elected)+(pay_roth<>pay_roth_elected))"
        '+(pay_after_tax<>pay_after_tax_elected)))+over_by=0,"yes","no")',
        "answer_text",
    ),
}
CONVERSION_LABELS = {
    "total_converted": "Converted to Roth",
    "total_taxable": "Taxable part",
    "total_tax": "Tax on it",
    "total_to_traditional": "Moved to a traditional IRA",
    "unconverted_value": "Not converted on December 31",
    "unconverted_basis": "of it after-tax money (basis)",
    "path_taken": "Path of the conversions",
    "total_conversion_fees": "Fees of the year's conversions",
}

WORDS: dict[str, str] = {
    "limits_note": (
        '=IF(limits_projected>0,"PROJECTED","")&IF(limits_projected*limits_own>0,", ","")&IF(limits_own>0,"YOUR'
        ' LIMITS","")'
    ),
    "words_not_ready": (
        '=IF(AND(any_pay_date="",annual_salary=""),"Nothing to plan yet: fill in Inputs, beginning with the lines'
        ' marked *.",IF(limits_missing>0,"There is no published limit for "&tax_year&'
        '": give your own figures on Inputs, or allow the projection there.",'
        '"The inputs cannot be used as they stand: see Checks."))'
    ),
    "words_best": (
        '=IF(after_tax_allowed="no","The plan takes no after-tax contributions: there is no mega backdoor Roth in it.",'
        'IF(change_date=0,"No pay is left in "&tax_year&" that a new election could reach.",'
        '"Starting with the paycheck of "&TEXT(change_date,"ddd, mmm d, yyyy")&", set after-tax to "&words_rates&"."))'
    ),
    "on_file_best": (
        '=IF(AND(elections_safe="yes",change_date>0,total_after_tax>0,ROUND(total_after_tax-best_after_tax,2)>=0),1,0)'
    ),
    "words_rates": (
        "=IF(on_file_best=1,INDEX(rates_words,MATCH(change_date,rates_from,1)),"
        'IF(SUM(pay_change_base)+SUM(pay_change_bonus)=0,"nothing: no pay counts",'
        'IF(SUM(pay_change_base)=0,"",IF(in_dollars=1,TEXT(best_base_dollars,"$#,##0"),TEXT(best_base,"0%"))'
        '&IF(separate_elections="yes"," of base pay"," of all pay")&IF(in_dollars=1," each time",""))'
        '&IF(SUM(pay_change_base)*SUM(pay_change_bonus)=0,""," and ")'
        '&IF(SUM(pay_change_bonus)=0,"",IF(in_dollars=1,TEXT(best_bonus_dollars,"$#,##0"),TEXT(best_bonus,"0%"))'
        '&" of bonus"&IF(in_dollars=1," each time",""))))'
    ),
    "words_safe": (
        '=IF(elections_safe<>"yes","Not all that is elected fits: see Checks, and Pay where elected and fits differ.",'
        'IF(on_file_best=1,IF(words_later="","",words_later&". ")&"The elections on file do that, and fit in every'
        ' pay.",'
        'IF(total_after_tax=best_after_tax,"The elections on file fit in every pay.",'
        '"The elections on file fit in every pay. They bring "&TEXT(total_after_tax,"$#,##0.00")'
        '&" of after-tax; the best would bring "&TEXT(best_after_tax,"$#,##0.00")&".")))'
    ),
}


def summary_sheet() -> Sheet:
    sheet = Sheet("Summary", tab_color="#1B8A7A", landscape=False)
    heading(
        sheet,
        "Summary",
        '="Tax year "&tax_year&IF(client="","",", "&client)&IF(prepared_by="",IF(copy_of="","",". From "&copy_of),'
        '". Prepared by "&prepared_by)',
        home=4,
    )
    sheet.widths = {0: 34, 1: 24, 2: 3, 3: 34, 4: 20, 5: 3, 6: 3, 7: 24, 8: 14, 9: 16, 10: 16}
    sheet.put(4, 0, "=IF(plan_ready=0,words_not_ready,words_best)", "headline_wide")
    sheet.heights[4] = 20
    sheet.put(5, 0, '=IF(plan_ready=0,"",words_safe)', "text")
    changed = "The inputs have changed since these elections were chosen: look at Elections again."
    sheet.put(6, 0, f'=IF(elections_current="","","{changed}")', "text")
    sheet.conditions.append(Condition("A7", '=elections_current<>""', "bad"))
    sheet.section(8, 0, "Contributions", 2)
    sheet.section(8, 3, "Elections and conversions", 2)
    for column, lines in ((0, LEFT), (3, RIGHT)):
        for line, (label, formula, style) in enumerate(lines):
            row = 9 + line
            sheet.heights[row] = 18
            sheet.put(row, column, label, "label" if formula else "note")
            if style == "percent":
                in_dollars = Condition(address(row, column + 1), "=in_dollars=1", "each_pay")
                sheet.conditions.append(in_dollars)
            if formula:
                shown = "answer_percent" if style == "percent" else style
                sheet.put(row, column + 1, f'=IF(plan_ready=0,"-",{formula})', shown)
    _words(sheet)
    add_charts(sheet, CHARTS_ROW, 4 + len(WORDS), WORK)
    sheet.put(
        CLOSING_ROW,
        0,
        '="Hypothetical: growth of "&TEXT(growth_rate,"0.0%")&" a year until conversion, before fees. Not a promise,'
        ' and no advice."',
        "note",
    )
    sheet.put(CLOSING_ROW + 1, 0, "=disclosure", "disclosure")
    # The one merged cell: a paragraph of text that nobody sorts or refers to.
    sheet.merges.append((CLOSING_ROW + 1, 0, CLOSING_ROW + 1, 4))
    sheet.heights[CLOSING_ROW + 1] = 52
    _figures(sheet)
    sheet.page_breaks = [FIGURES_ROW - 1]
    return sheet


def _figures(sheet: Sheet) -> None:
    row = FIGURES_ROW
    sheet.section(row - 1, 0, "The year in figures", 5)
    sheet.row(row, 0, ["Figure"], "head_left")
    sheet.row(row, 1, ["Amount"], "head")
    sheet.row(row, 2, [None, "Name for formulas", None], "head_left")
    computed_elsewhere = {
        "best_base", "best_bonus", "best_base_dollars", "best_bonus_dollars", "best_after_tax", "best_unused",
        "limits_note",
    }  # fmt: skip
    figures = dict(FIGURES)
    figures |= {
        name: (label, CONVERSION_YEAR[name], "answer_text" if name == "path_taken" else "dollars")
        for name, label in CONVERSION_LABELS.items()
    }
    missing = set(Headlines.__dataclass_fields__) - set(figures) - computed_elsewhere
    assert not missing, missing
    row += 1
    # The name stands with the formula in the workings: it is empty where all limits are the published ones.
    sheet.put(row, 0, "Limits", "label")
    sheet.put(row, 1, '=IF(limits_note="","published",limits_note)', "answer_text")
    sheet.put(row, 3, "limits_note", "name")
    for line, (name, (label, formula, style)) in enumerate(figures.items(), start=1):
        sheet.put(row + line, 0, label, "label")
        sheet.put(row + line, 1, formula, style)
        sheet.put(row + line, 3, name, "name")
        sheet.named(name, row + line, 1)
        if name == "binding":
            sheet.heights[row + line] = 30  # its longest words take two lines
    sheet.conditions.append(Condition(area(row, 1, len(figures) + 1), "=plan_ready=0", "hidden"))
    sheet.print_area = area(0, 0, row + len(figures) + 1, 5)


def _words(sheet: Sheet) -> None:
    """The sentences, right of the printed page."""
    sheet.put(3, WORK, "Workings: words and charts", "work_section")
    for line, (name, formula) in enumerate(WORDS.items()):
        sheet.put(4 + line, WORK, name, "work_label")
        sheet.put(4 + line, WORK + 1, formula, "work_text")
        sheet.named(name, 4 + line, WORK + 1)
