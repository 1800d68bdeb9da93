"""Growth: what the same money becomes converted, unconverted and taxable; what waiting costs; what is in line before.

The first page holds the answers, the second readiness and goals, the third a line a year.
"""

from __future__ import annotations

from mbr_workbooks.sheet import Chart, Condition, Series, Sheet, address, area, column_letters
from mbr_workbooks.sheets.checking.check_inputs import Check
from mbr_workbooks.sheets.checking.check_results import INFO, LOOK
from mbr_workbooks.sheets.common import heading
from mbr_workbooks.sheets.years_ahead.goals import GOAL_CHECKS, add_goals
from mbr_workbooks.sheets.years_ahead.growth_years import PRINTED_COLUMNS, WORK, add_terms, add_years
from mbr_workbooks.sheets.years_ahead.readiness import READINESS_CHECKS, add_readiness
from mbr_workbooks.styles import SERIES
from mbr_xl.client import Client

VALUE = 3  # the column of figures on the first page
MONEY_ROW, WAIT_ROW, LATE_ROW, TERMS_ROW, CLOSING_ROW, READINESS_ROW = 9, 18, 25, 31, 44, 48

ANSWERS: list[tuple[str, str, str]] = [
    ("end_paid_in", "Put in, all together", "=IF(future_last=0,0,INDEX(future_paid_to_date,MAX(1,future_last)))"),
    ("end_roth", "Converted to Roth", "=IF(future_last=0,0,INDEX(future_roth,MAX(1,future_last)))"),
    ("end_unconverted", "Left unconverted", "=IF(future_last=0,0,INDEX(future_unconverted,MAX(1,future_last)))"),
    ("end_taxable", "Taxable account", "=IF(future_last=0,0,INDEX(future_taxable,MAX(1,future_last)))"),
    ("roth_over_unconverted", "Roth above unconverted", "=ROUND(end_roth-end_unconverted,2)"),
    ("roth_over_taxable", "Roth above taxable account", "=ROUND(end_roth-end_taxable,2)"),
]
ASSUMED: list[tuple[str, str, str]] = [
    ("Growth a year, before fees", "=N(future_growth)", "rate"),
    ("After-tax in the first year", "=IF(future_last=0,0,INDEX(future_paid,1))", "dollars"),
    ("rising each year by", "=N(limit_growth)", "rate"),
    ("Years the plan takes it", "=future_plan_years", "number"),
    ("Years until the money is needed", "=future_last", "number"),
    ('="Money counts from the "&future_timing', "", ""),
    ("Taxable account: growth lost each year", "=N(tax_drag)", "rate"),
    ("Taxable account: rate on gains at the end", "=N(end_gains_rate)", "rate"),
    ("Unconverted: rate on earnings at the end", "=future_end_rate", "rate"),
    ("Converted late: rate on earnings then", "=future_late_rate", "rate"),
]
WORDS: dict[str, str] = {
    "growth_words": (
        '=IF(plan_ready=0,words_not_ready,IF(OR(years_to_go="",future_growth=""),"Fill in years until the money is'
        ' needed and growth a year, in section Growth of Inputs.",IF(growth_given=0,"The figures of section Growth'
        ' cannot be used: see Checks.","At "&TEXT(future_growth,"0.0#%")&" a year, "'
        '&TEXT(INDEX(future_paid,1),"$#,##0")&" a year"&IF(N(limit_growth)>0,", rising,","")'
        '&" for "&future_plan_years&IF(future_plan_years<future_last,'
        '" of "&future_last,"")&IF(future_last=1," year"," years")&" would be "&TEXT(end_roth,"$#,##0")&" of Roth money'
        ' at the end of "&end_year&".")))'
    ),
    "growth_words_more": (
        '=IF(growth_shown=0,"","Hypothetical, before fees; tax-free if qualified. That is "'
        '&TEXT(ABS(roth_over_taxable),"$#,##0")&IF(roth_over_taxable<0," less"," more")&" than in a taxable account,'
        ' and "&TEXT(ABS(roth_over_unconverted),"$#,##0")&IF(roth_over_unconverted<0," less"," more")'
        '&" than left unconverted, each after tax.")'
    ),
    "growth_words_young": (
        '=IF(growth_shown*too_young=0,"","At the end of "&end_year&" the saver is not 59 1/2 yet: earnings of a Roth'
        ' would be taxed, with 10% on top; the after-tax money put in would not.")'
    ),
    "late_words": (
        '=IF(growth_shown=0,"",IF(break_even="to the end","Left unconverted to the end, the first year\'s money would'
        ' still not be worth less than in a taxable account.","Left unconverted for more than "&break_even&", the first'
        " year's money would end below a taxable account, although converted then.\"))"
    ),
    "future_timing": '=IF(future_begin=1,"start of each year","end of each year")',
}


def growth_sheet(client: Client | None = None) -> Sheet:
    """The sheet; all it says comes from cells, so that a client's file and an empty planner have the same formulas."""
    del client
    sheet = Sheet("Growth", tab_color="#1B8A7A", landscape=False)
    heading(
        sheet,
        "Growth",
        "What the same money becomes after tax, what waiting costs, and what comes before it. Hypothetical; no advice.",
        home=PRINTED_COLUMNS - 1,
    )
    sheet.widths = {**dict.fromkeys(range(PRINTED_COLUMNS), 15), 0: 12, PRINTED_COLUMNS: 3}
    _words(sheet)
    _answers(sheet)
    _waiting(sheet)
    _late(sheet)
    _assumed(sheet)
    sheet.put(
        CLOSING_ROW,
        0,
        "Hypothetical, before fees; no promise and no advice. Tax on earnings before a prompt conversion is on"
        " Conversions and is left out here. Roth earnings are free only if qualified.",
        "note",
    )
    years_row = add_goals(sheet, add_readiness(sheet, READINESS_ROW)) + 1
    last = add_years(sheet, years_row)
    add_terms(sheet)
    _chart(sheet)
    sheet.page_breaks = [READINESS_ROW - 1, years_row - 1]
    sheet.print_area = area(0, 0, last, PRINTED_COLUMNS)
    return sheet


def _words(sheet: Sheet) -> None:
    sheet.put(4, 0, "=growth_words", "headline_wide")
    sheet.heights[4] = 20
    sheet.put(5, 0, "=growth_words_more", "text")
    sheet.put(6, 0, "=late_words", "text")
    sheet.put(7, 0, "=growth_words_young", "text")
    sheet.conditions.append(Condition("A8", "=too_young=1", "look"))
    sheet.put(3, WORK, "Workings: words", "work_section")
    for line, (name, formula) in enumerate(WORDS.items()):
        sheet.put(4 + line, WORK, name, "work_label")
        sheet.put(4 + line, WORK + 1, formula, "work_text")
        sheet.named(name, 4 + line, WORK + 1)


def _hidden(sheet: Sheet, cells: str) -> None:
    sheet.conditions.append(Condition(cells, "=growth_shown=0", "hidden"))


def _answers(sheet: Sheet) -> None:
    title = '="At the end of "&IF(growth_shown=0,"those years",end_year)&", after tax"'
    sheet.row(MONEY_ROW, 0, [title, None, None, None], "section")
    for line, (name, label, formula) in enumerate(ANSWERS, start=1):
        sheet.put(MONEY_ROW + line, 0, label, "label")
        sheet.put(MONEY_ROW + line, VALUE, formula, "short_answer")
        sheet.named(name, MONEY_ROW + line, VALUE)
    _hidden(sheet, area(MONEY_ROW + 1, VALUE, len(ANSWERS)))


def _waiting(sheet: Sheet) -> None:
    sheet.section(WAIT_ROW, 0, "Waiting: contributions missed are not made up", 4)
    sheet.put(WAIT_ROW + 1, 0, "Begin", "head_left")
    sheet.row(WAIT_ROW + 1, 1, ["Missed", "Worth at the end", "Less by"], "head")
    sheet.put(WAIT_ROW + 1, WORK, "Years", "work_head")
    sheet.put(WAIT_ROW + 1, WORK + 1, "of it growth", "work_head")
    waits = (
        ("no_wait", "0"),
        ("short_wait", '=IF(short_wait="",1,N(short_wait))'),
        ("long_wait", '=IF(long_wait="",usual_long_wait,N(long_wait))'),
    )
    for line, (name, years) in enumerate(waits, start=WAIT_ROW + 2):
        wait, begin = address(line, WORK), f"{column_letters(WORK)}{line + 1}"
        sheet.put(line, WORK, 0 if years == "0" else years, "work_number")
        words = f'=IF({begin}=0,"now","in "&{begin}&IF({begin}=1," year"," years"))'
        sheet.put(line, 0, words, "label")
        parts = {
            "missed": f"=ROUND(SUMPRODUCT((future_n<={wait})*future_paid),2)",
            "worth": (
                f"=ROUND(ROUND(SUMPRODUCT((future_n>{wait})*(future_n<=future_last)*future_paid"
                "*(1+future_rate)^((future_last-future_n+future_begin)*(future_n<=future_last))),8),2)"
            ),
            "less": f"=ROUND(end_roth-{address(line, 2)},2)",
        }
        for column, (part, formula) in enumerate(parts.items(), start=1):
            sheet.put(line, column, formula, "line_money")
            if name != "no_wait":
                sheet.named(f"{name}_{part}", line, column)
        sheet.put(line, WORK + 1, f"=ROUND({address(line, 3)}-{address(line, 1)},2)", "work_money")
        if name != "no_wait":
            sheet.named(f"{name}_less_growth", line, WORK + 1)
    _hidden(sheet, area(WAIT_ROW + 2, 1, len(waits), 3))


def _late(sheet: Sheet) -> None:
    sheet.section(LATE_ROW, 0, "Converting late: for how long it still holds", 4)
    sheet.put(LATE_ROW + 1, 0, "First year's money stays above a taxable account if", "label")
    sheet.put(LATE_ROW + 2, 0, "converted within", "label")
    sheet.put(LATE_ROW + 2, VALUE, "=break_even", "answer_text")
    sheet.put(LATE_ROW + 3, 0, "In a taxable account it would be worth", "label")
    sheet.put(LATE_ROW + 3, VALUE, "=first_year_taxable", "line_money")
    _hidden(sheet, area(LATE_ROW + 2, VALUE, 2))


def _assumed(sheet: Sheet) -> None:
    sheet.section(TERMS_ROW, 0, "What is assumed", 4)
    for line, (label, formula, style) in enumerate(ASSUMED, start=1):
        sheet.put(TERMS_ROW + line, 0, label, "label" if formula else "note")
        if formula:
            sheet.put(TERMS_ROW + line, VALUE, formula, style)
    _hidden(sheet, area(TERMS_ROW + 1, VALUE, len(ASSUMED)))


def _chart(sheet: Sheet) -> None:
    def place(name: str) -> str:
        return sheet.names[f"growth_chart_{name}"].partition("!")[2]

    series = []
    for name, color in (("roth", "after_tax"), ("unconverted", "deferral"), ("taxable", "limit")):
        _, column, first = place(name).partition(":")[0].split("$")
        head = f"=Growth!${column}${int(first) - 1}"
        series.append(Series(head, f"=Growth!{place(name)}", f"=Growth!{place('years')}", SERIES[color]))
    sheet.charts.append(
        Chart(
            address(MONEY_ROW, 4),
            "years",
            f"=Growth!{place('title')}",
            "Lines over the years: converted to Roth, left unconverted and in a taxable account, each after tax.",
            tuple(series[:-1]),
            series[-1],
            560,
            330,
        )
    )


CHECKS: list[Check] = [
    (
        LOOK,
        "Years, growth and waits of section Growth can be used",
        '=IF(OR(years_to_go="",future_growth=""),0,1-growth_given)',
        "Years to go 1 to 50, growth above -100% and at most 30%, waits and years of the plan 0 to 50, whole numbers.",
    ),
    (
        LOOK,
        "The money is needed after 59 1/2",
        "=growth_given*too_young",
        "Before it, Roth earnings are taxed, with 10% on top; Growth shows values after 59 1/2.",
    ),
    (
        LOOK,
        "Waiting to convert still beats a taxable account",
        '=IF(AND(growth_given=1,cadence="none",after_tax_allowed<>"no",total_after_tax>0),IF(end_unconverted<end_taxable,1,0),0)',
        "Nothing is converted: taxed as ordinary income at the end, it would be worth less than outside the plan.",
    ),
    *GOAL_CHECKS,
    *READINESS_CHECKS,
    (
        INFO,
        "Nothing that comes before after-tax money is open",
        "=before_open",
        "Growth lists what the sheet Inputs says of emergency fund, insurance, 401(k), HSA and backdoor.",
    ),
]
