"""Paths: the two ways to Roth side by side for this household, and what waiting with the conversion costs.

Facts of law are text with their source; what depends on the inputs is a formula. The workings stand right of the page.
"""

from __future__ import annotations

from mbr_workbooks.sheet import Condition, Sheet, area
from mbr_workbooks.sheets.common import heading
from mbr_workbooks.sheets.converting.waiting import add_waiting

HEAD_ROW = 4
IN_PLAN, OUT, SOURCE = 1, 4, 7  # the first columns of the page's parts
LETTERS, SOURCE_LETTERS = 62, 40  # of one line
WORK = 9  # the first column of the workings

FIGURES: list[tuple[str, str, str | int, str]] = [
    ("Years of a five-year clock", "path_clock_years", 5, "work_number"),
    ("Age of the separation rule", "separation_age", 55, "work_number"),
    (
        "Conversions of the year",
        "conversions_in_year",
        "=SUMPRODUCT((sweep_day>0)*(sweep_day<=year_end)*(sweep_out>0))",
        "work_number",
    ),
    ("A clock that begins this year ends", "path_clock_end", "=DATE(tax_year+path_clock_years,1,1)", "work_date"),
    (
        "59 1/2",
        "half_age_day",
        '=IF(birth_date="",0,EDATE(birth_date,months_in_year*half_age+half_year))',
        "work_date",
    ),
    (
        "Earnings of this year's conversions",
        "earnings_moved",
        "=ROUND(SUMIFS(conversion_taxable,conversion_tax_year,tax_year)+total_to_traditional,2)",
        "work_money",
    ),
    (
        "Words: how they are counted",
        "words_counted",
        '=IF(counted_over="rolling 12 months"," in any 12 months"," a calendar year")',
        "work_text",
    ),
    (
        "Words: windows and blackouts",
        "words_windows",
        (
            '=IF(windows_given=0,"On any day","Only within "&windows_given&IF(windows_given=1," window"," windows"))'
            '&IF(COUNT(blackout_start)=0,"",", not in "&COUNT(blackout_start)&IF(COUNT(blackout_start)=1," blackout",'
            '" blackouts"))&IF(N(conversion_minimum)=0,"",", at least "&TEXT(conversion_minimum,"$#,##0")&" each")&"."'
        ),
        "work_text",
    ),
    (
        "Words: 59 1/2",
        "words_half_age",
        '=IF(half_age_day=0,"59 1/2",TEXT(half_age_day,"mmm d, yyyy")&" (59 1/2)")',
        "work_text",
    ),
]

# Aspect, in plan, out to a Roth IRA, source; "=" begins a formula.
ROWS: list[tuple[str, str, str, str]] = [
    (
        "Open in this plan",
        (
            '=IF(in_plan_conversion="no","No: the plan allows no in-plan conversion.",'
            '"Yes, by what Inputs says of the plan."&IF(path_taken="in plan"," This plan is made with it.",""))'
        ),
        (
            '=IF(in_service_withdrawal<>"yes","No: the plan allows no in-service withdrawal of after-tax money.","Yes"'
            '&IF(withdrawal_age="","",", from age "&IF(withdrawal_age=half_age,"59 1/2",withdrawal_age))'
            '&IF(N(withdrawal_months)=0,"",", of money "&withdrawal_months&" months in the plan")'
            '&", by what Inputs says of the plan."&IF(path_taken="Roth IRA"," This plan is made with it.",""))'
        ),
        "Plan document; 26 USC 402A(c)(4) and 402(c)",
    ),
    (
        "How often, when",
        '=IF(in_plan_most="","No limit given","At most "&in_plan_most&words_counted)&". "&words_windows',
        '=IF(withdrawals_most="","No limit given","At most "&withdrawals_most&words_counted)&". "&words_windows',
        "Plan document",
    ),
    (
        "Fees this year",
        (
            '=TEXT(N(in_plan_fee)*MIN(conversions_in_year,IF(in_plan_most="",conversions_in_year,in_plan_most)),'
            '"$#,##0.00")&" for "&MIN(conversions_in_year,IF(in_plan_most="",conversions_in_year,in_plan_most))'
            '&" at "&TEXT(N(in_plan_fee),"$#,##0.00")&"."'
        ),
        (
            '=TEXT(N(withdrawal_fee)*MIN(conversions_in_year,IF(withdrawals_most="",conversions_in_year,'
            'withdrawals_most)),"$#,##0.00")&" for "&MIN(conversions_in_year,IF(withdrawals_most="",'
            'conversions_in_year,withdrawals_most))&" at "&TEXT(N(withdrawal_fee),"$#,##0.00")&"."'
        ),
        "Plan's fee disclosure, 29 CFR 2550.404a-5",
    ),
    (
        "Consent, suspension",
        "No spouse's consent. Contributions go on.",
        (
            '=IF(spousal_consent="yes","The spouse consents in writing. ","No spouse\'s consent by Inputs. ")'
            '&IF(N(suspends_months)=0,"Contributions go on.","Contributions stop for "&suspends_months&" months'
            '"&IF(suspends_match="yes",", the match too.","."))'
        ),
        "Plan document; 26 USC 417(a)(2)",
    ),
    (
        "Earnings",
        (
            '="Converted with the rest and taxed, or left as far as the plan allows; they cannot go to a traditional'
            ' IRA. This year\'s conversions carry "&TEXT(earnings_moved,"$#,##0.00")&"."'
        ),
        (
            '="Converted and taxed, or sent to a traditional IRA in the same distribution, untaxed for now; there they'
            ' count in the pro rata of an ordinary backdoor on December 31."'
        ),
        "Notice 2014-54; 26 USC 402(c)(2), 408(d)(2)",
    ),
    (
        "Tax, withholding",
        "The taxable part is income of the year. No withholding, not even by choice; no 10% tax at conversion.",
        (
            "The taxable part is income of the year. A direct rollover has no withholding; of a check paid to the"
            " person 20% of the taxable part is withheld. No 10% tax at conversion."
        ),
        "26 USC 402A(c)(4), 408A(d)(3)(A), 3405(c); Notice 2013-74",
    ),
    (
        "Income limits",
        "The taxable part is not excepted from the income that limits Roth IRA contributions.",
        "The taxable part does not count in the income that limits Roth IRA contributions.",
        "26 USC 408A(c)(3)(B)(i), read literally",
    ),
    (
        "Five-year clock",
        (
            '="One for each plan, from January 1 of the year of its first Roth money; a conversion can begin it. One'
            ' that begins in "&tax_year&" ends "&TEXT(path_clock_end,"mmm d, yyyy")&"."'
        ),
        (
            "=\"One for all the person's Roth IRAs, from January 1 of the first year with one; years in the plan do not"
            ' count. One that begins in "&tax_year&" ends "&TEXT(path_clock_end,"mmm d, yyyy")&"."'
        ),
        "26 USC 402A(d)(2)(B), 408A(d)(2)(B); Reg. 1.408A-10, A-4",
    ),
    (
        "Order of withdrawals",
        "Before it is qualified, each distribution is pro rata of earnings and of what was paid in and converted.",
        ("Contributions first, then conversions, oldest first and of each the taxed part first; earnings last."),
        "26 USC 72(e)(8), 402A(d)(4); 408A(d)(4)",
    ),
    (
        "10% on early use",
        (
            '="Only on what was taxed at conversion and taken before "&TEXT(path_clock_end,"mmm d, yyyy")&" and before'
            ' "&words_half_age&", and on earnings. Taxed by this year\'s plan: "&TEXT(total_taxable,"$#,##0.00")&"."'
        ),
        (
            '="Only on what was taxed at conversion and taken before "&TEXT(path_clock_end,"mmm d, yyyy")&" and before'
            ' "&words_half_age&", and on earnings. Taxed by this year\'s plan: "&TEXT(total_taxable,"$#,##0.00")&"."'
        ),
        "26 USC 72(t), 408A(d)(3)(F), 402A(c)(4)(D)",
    ),
    (
        "Access",
        (
            '="As the plan allows: on leaving the job, at 59 1/2, and by loan if it has loans. After leaving in or'
            ' after "&IF(birth_date="","the year of age 55",YEAR(birth_date)+separation_age&", the year of age "'
            '&separation_age)&", no 10% from this plan."'
        ),
        "At any time, in the order above. No loans, and no rule of 55.",
        "26 USC 72(p), 72(t)(2)(A)(v), 72(t)(3)(A), 4975(c)(1)(B)",
    ),
    (
        "Creditors",
        "Held from creditors in and out of bankruptcy in a plan under ERISA, but for a spouse's order and the IRS.",
        (
            "In bankruptcy without the dollar limit of IRAs, as a rollover from a plan; otherwise as the law of the"
            " state has it."
        ),
        "29 USC 1056(d); 11 USC 541(c)(2), 522(n)",
    ),
    (
        "Required distributions",
        "None in the owner's life, for years from 2024.",
        "None in the owner's life.",
        "26 USC 402A(d)(5), 408A(c)(4)",
    ),
    (
        "Forms",
        "Form 1099-R of the plan, code G in box 7; no Form 5498.",
        "Form 1099-R of the plan, code G in box 7; Form 5498 of the Roth IRA, box 2, about May 31.",
        "Instructions for Forms 1099-R and 5498",
    ),
    (
        "Undone?",
        "No: it cannot be turned back.",
        "No: it cannot be turned back.",
        "Notice 2010-84; 26 USC 408A(d)(6)(B)(iii)",
    ),
]


def paths_sheet() -> Sheet:
    sheet = Sheet("Paths", tab_color="#6C8EBF", freeze=(HEAD_ROW + 1, 1), landscape=True)
    heading(
        sheet,
        "In the plan or out to a Roth IRA",
        "What each path means by the law and by what Inputs says of the plan. Facts to compare, not advice.",
        home=SOURCE,
    )
    sheet.widths = {0: 19, **dict.fromkeys(range(IN_PLAN, SOURCE), 17), SOURCE: 34, SOURCE + 1: 3}
    heads = {0: "", IN_PLAN: "In plan, to the Roth 401(k)", OUT: "Out, to a Roth IRA", SOURCE: "Source"}
    for column in range(SOURCE + 1):
        sheet.put(
            HEAD_ROW, column, heads.get(column), "head_left_indented" if IN_PLAN <= column < SOURCE else "head_left"
        )
    for column in (IN_PLAN, OUT):
        sheet.merges.append((HEAD_ROW, column, HEAD_ROW, column + OUT - IN_PLAN - 1))
    for line, (aspect, inside, out, source) in enumerate(ROWS):
        row = HEAD_ROW + 1 + line
        sheet.put(row, 0, aspect, "label_bold")
        for column, content in ((IN_PLAN, inside), (OUT, out)):
            sheet.put(row, column, content, "forms_wrap")
            # Paragraphs that nobody sorts or refers to; the table below needs the columns.
            sheet.merges.append((row, column, row, column + OUT - IN_PLAN - 1))
        sheet.put(row, SOURCE, source, "note_wrap")
        letters = max(_letters(inside), _letters(out), len(source) * LETTERS // SOURCE_LETTERS)
        sheet.heights[row] = 5 + 14 * max(1, -(-letters // LETTERS))
    for column, word in ((IN_PLAN, "in plan"), (OUT, "Roth IRA")):
        cells = area(HEAD_ROW, column, 1, OUT - IN_PLAN)
        sheet.conditions.append(Condition(cells, f'=AND(plan_ready=1,path_taken="{word}")', "chosen"))
    sheet.put(HEAD_ROW - 1, WORK, "Workings: words and figures", "work_section")
    for line, (label, name, figure, style) in enumerate(FIGURES):
        sheet.put(HEAD_ROW + 1 + line, WORK, label, "work_text")
        sheet.put(HEAD_ROW + 1 + line, WORK + 1, figure, style)
        sheet.named(name, HEAD_ROW + 1 + line, WORK + 1)
    end = add_waiting(sheet, HEAD_ROW + len(ROWS) + 2, WORK)
    sheet.widths |= {WORK: 30, WORK + 1: 16}
    sheet.pages_tall = 1
    sheet.print_area = area(0, 0, end, SOURCE + 1)
    return sheet


def _letters(content: str) -> int:
    """About how many letters are shown: of a formula its words, without those it compares with, and its figures."""
    if not content.startswith("="):
        return len(content)
    words = [word for word in content.split('"')[1::2] if word not in ("yes", "no", "in plan", "Roth IRA", "")]
    return sum(len(word) + 3 for word in words)
