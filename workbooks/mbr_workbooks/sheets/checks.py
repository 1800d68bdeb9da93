"""Checks: what must be put right before there is an answer, what to look at, and what is good to know."""

from __future__ import annotations

from mbr_workbooks.sheet import Condition, Sheet, area
from mbr_workbooks.sheets.common import heading

HEAD_ROW = 4
FAIL, LOOK, INFO = "FAIL", "LOOK", "INFO"

# severity, what is checked, how many faults (a formula), what to do.
CHECKS: list[tuple[str, str, str, str]] = [
    (
        FAIL,
        "Tax year, one pay date and annual salary are given",
        '=IF(tax_year="",1,0)+IF(any_pay_date="",1,0)+IF(annual_salary="",1,0)',
        "Fill in the required lines of Inputs (marked *).",
    ),
    (
        FAIL,
        "Inputs are of their kind",
        "=SUM(input_faults)",
        "A number typed as text, an unknown word, an amount below 0 or a share above 100%: column Fault of Inputs.",
    ),
    (
        FAIL,
        "The tax year has rules",
        "=IF(COUNTIF(limit_years,tax_year)=0,1,0)",
        "Limits lists the years that this workbook knows; ask for a newer one.",
    ),
    (
        FAIL,
        "Every limit used is known",
        "=limits_missing",
        "Not published for this year: type your own figures on Inputs, or set the projection there to yes.",
    ),
    (
        FAIL,
        "Own limits are of limits that the year has",
        '=IF(AND(own_super_catch_up<>"",super_catch_up_none=1),1,0)+IF(AND(own_roth_catch_up_wages<>"",roth_catch_up_none=1),1,0)',
        "The law of this year has no such limit: clear your own figure.",
    ),
    (
        FAIL,
        "Date of birth fits the year",
        '=IF(birth_date="",0,IF(OR(age<0,age>oldest_age),1,0))',
        "Correct the date of birth.",
    ),
    (
        FAIL,
        "Last year's wages are given where they decide",
        '=IF(AND(uses_catch_up=1,limit_roth_catch_up_wages>0,prior_wages=""),1,0)',
        (
            "Give last year's Social Security wages (W-2 box 3; 0 for a new hire): they decide whether catch-up must be"
            " Roth."
        ),
    ),
    (
        FAIL,
        "Semimonthly pay has its other day",
        '=IF(AND(frequency_used="semimonthly",second_day=""),1,0)',
        "Give the other day of the month, 31 for the last.",
    ),
    (
        FAIL,
        "No two regular pays fall on one day",
        "=SUM(calendar_repeats)",
        "Give days of the month that stay apart, such as 15 and 31.",
    ),
    (
        FAIL,
        "Hire date comes before the last day",
        '=IF(AND(hire_date<>"",leave_date<>"",leave_date<hire_date),1,0)',
        "Correct one of the two dates.",
    ),
    (
        FAIL,
        "Raises are complete and ascending",
        "=SUM(raise_faults)",
        "Each raise needs a date and a salary, dates ascending.",
    ),
    (
        FAIL,
        "Leaves are complete, ascending and apart",
        "=SUM(leave_faults)",
        "Each leave needs both days and the share paid, without overlap, dates ascending.",
    ),
    (
        FAIL,
        "Year-to-date figures have their date, in the tax year",
        '=IF(ytd_date="",IF(ytd_pretax+ytd_roth+ytd_after_tax+ytd_match+ytd_nonelective+ytd_plan_pay+ytd_match_pay+ytd_additions_pay+ytd_converted+ytd_taxable>0,1,0),IF(YEAR(ytd_date)=tax_year,0,1))',
        "Give the date through which the figures run, or clear the figures.",
    ),
    (
        FAIL,
        "Taxable to date is part of what was converted",
        "=IF(ytd_taxable>ytd_converted,1,0)",
        "Give at most what was converted.",
    ),
    (FAIL, "Payments are complete", "=SUM(payment_partial)", "A payment needs all seven cells of its line."),
    (
        FAIL,
        "Payments are of the tax year",
        "=SUMPRODUCT((payment_full=1)*((payment_date<DATE(tax_year,1,1))+(payment_date>year_end)))",
        "Give a date of the tax year.",
    ),
    (
        FAIL,
        "Payments inside a regular pay have one",
        "=SUMPRODUCT((payment_used=1)*(payment_paid=0))",
        "No regular pay follows: give an earlier date, or say that it is paid on its own check.",
    ),
    (
        FAIL,
        "One payment of a kind a day",
        "=SUMPRODUCT((payment_pair>0)*(COUNTIF(payment_pair,payment_pair)>1))",
        "Add the two up, or move one.",
    ),
    (
        FAIL,
        "Elections are dated and ascending",
        '=SUM(election_faults)+SUMPRODUCT((election_start="")*(election_rates<>""))',
        "Give each line of rates its date, dates ascending.",
    ),
    (
        FAIL,
        "No Roth deferrals where the plan takes none",
        '=IF(plan_has_roth="no",IF(SUM(election_base_roth)+IF(separate_elections="yes",SUM(election_bonus_roth)+SUM(election_commission_roth),0)>0,1,0),0)',
        "The plan takes no Roth deferrals: clear the Roth rates, or correct the plan.",
    ),
    (
        FAIL,
        "Match tiers are complete",
        "=SUM(tier_faults)",
        "A tier needs a kind and a rate; share and award a share of pay, dollars a dollar amount.",
    ),
    (
        FAIL,
        "The match formula changes after the year-to-date figures",
        '=IF(AND(match_change_date<>"",ytd_date<>"",match_change_date<=ytd_date),1,0)',
        "Give the formula now in force as the first, and no change.",
    ),
    (
        FAIL,
        "Quarterly match: year-to-date figures end with a quarter",
        '=IF(AND(match_by="quarterly",ytd_date<>""),SUMPRODUCT((regular_date>0)*(regular_date<=DATE(tax_year,ROUNDUP(MONTH(ytd_date)/months_in_quarter,0)*months_in_quarter+1,0))),0)',
        "Give figures through the end of a quarter.",
    ),
    (
        FAIL,
        "Conversion dates lie in the year, after the opening",
        '=IF(cadence_used="dates",SUMPRODUCT((conversion_dates<>"")*((conversion_dates<=opening_date)+(conversion_dates>year_end))),0)',
        "Give dates of the tax year, after January 1 or the year-to-date date.",
    ),
    (
        FAIL,
        "Basis from before 1987 is part of the basis",
        "=IF(opening_pre_1987>opening_basis,1,0)",
        "Give at most the opening basis.",
    ),
    (FAIL, "Tax rates come to at most 100%", "=IF(ROUND(federal_rate+state_rate,6)>1,1,0)", "Correct the rates."),
    (
        LOOK,
        "Nothing is over a limit",
        "=IF(over_by>0,1,0)",
        "Deferrals or additions pass a limit by the amount on Summary: lower an election, or expect a refund.",
    ),
    (
        LOOK,
        "Pre-tax elected fits in every pay",
        "=SUMPRODUCT((pay_pretax<>pay_pretax_elected)*1)",
        "Payroll should stop it at the limit; later pays then earn less match.",
    ),
    (
        LOOK,
        "Roth elected fits in every pay",
        "=SUMPRODUCT((pay_roth<>pay_roth_elected)*1)",
        "Payroll should stop it at the limit; later pays then earn less match.",
    ),
    (
        LOOK,
        "After-tax elected fits in every pay",
        "=SUMPRODUCT((pay_after_tax<>pay_after_tax_elected)*1)",
        "Payroll often does not stop it at 415(c): use the best elections.",
    ),
    (
        LOOK,
        "Catch-up that must be Roth is elected as Roth",
        '=IF(AND(roth_catch_up_required="yes",elsewhere+ytd_pretax+SUM(pay_pretax_elected)>limit_deferral),1,0)',
        "Catch-up must be Roth: elect Roth for what is above the deferral limit.",
    ),
    (
        LOOK,
        "Catch-up is open to this saver",
        '=IF(AND(roth_catch_up_required="yes",plan_has_roth="no"),1,0)',
        "Catch-up must be Roth and the plan takes no Roth deferrals: there is no catch-up.",
    ),
    (
        LOOK,
        "Date of birth is given where deferrals pass the limit",
        '=IF(AND(birth_date="",ROUND(elsewhere+ytd_pretax+ytd_roth+SUM(pay_pretax_elected)+SUM(pay_roth_elected)-limit_deferral,2)>0),1,0)',
        "Give the date of birth, or deferrals stop at the limit.",
    ),
    (
        LOOK,
        "No match is lost",
        "=IF(match_lost>0,1,0)",
        "Spread deferrals over the year, or see the true-up and last-day rules.",
    ),
    (
        LOOK,
        "No better whole percents",
        "=IF(ROUND(after_tax_unused-best_unused,2)>0,1,0)",
        "The best elections on Elections fill more of the room.",
    ),
    (
        LOOK,
        "Elections were chosen for these inputs",
        '=IF(elections_current="",0,1)',
        "Inputs changed since: look at Elections again.",
    ),
    (LOOK, "Some election is given", "=IF(COUNT(election_start)=0,1,0)", "Without elections nothing is contributed."),
    (
        LOOK,
        "After-tax money can turn Roth",
        '=IF(AND(in_plan_conversion="no",in_service_withdrawal<>"yes"),1,0)',
        "The plan allows neither in-plan conversion nor in-service withdrawal.",
    ),
    (
        LOOK,
        "All is converted on December 31",
        "=IF(unconverted_value>0,1,0)",
        "What is left is on Summary; its earnings go on growing taxable.",
    ),
    (
        LOOK,
        "Limits are the published ones",
        '=IF(limits_note="",0,1)',
        "Own or projected figures are used: replace them when the IRS publishes.",
    ),
    (
        LOOK,
        "Catch-up is read as plans do",
        '=IF(catch_up_reading="above_415c",1,0)',
        "above_415c is the regulation's test, for information.",
    ),
    (
        LOOK,
        "Match and formula go together",
        '=IF((match_by="none")=(COUNT(match_tiers_rate)+COUNT(match_or_rate)=0),0,1)',
        "A formula without a period, or a period without a formula, gives no match.",
    ),
    (
        LOOK,
        "Printed pages hold every line",
        "=MAX(0,pays-pay_printed)+MAX(0,conversions_shown-conversions_printed)",
        "Pay or Conversions has more lines than its print area: set it anew under Page Layout.",
    ),
    (
        INFO,
        "More pays than usual this year",
        "=MAX(0,regular_pays-INDEX(frequency_pays,MATCH(frequency_used,frequency_names,0)))",
        "A 27th or 53rd pay: the salary divided as Inputs says comes to more than a year's.",
    ),
    (
        INFO,
        "A true-up is still to come",
        "=IF(true_up_due>0,1,0)",
        "Room is kept for it: it counts for this year even when it is paid next spring.",
    ),
    (
        INFO,
        "Pay passes the compensation limit",
        "=IF(ytd_plan_pay+SUM(pay_raw_plan)>limit_compensation,1,0)",
        "401(a)(17): employer money counts pay up to the limit only.",
    ),
    (
        INFO,
        "Deferrals end below the limit",
        "=IF(ROUND(deferral_limit-total_deferral-elsewhere,2)>0,1,0)",
        "More could be deferred this year.",
    ),
]


def checks_sheet() -> Sheet:
    sheet = Sheet("Checks", tab_color="#B3261E", freeze=(HEAD_ROW + 1, 0), landscape=True, pages_tall=1)
    heading(
        sheet,
        "Checks",
        "FAIL: to be put right before there is an answer. LOOK: money or time may be lost. INFO: good to know.",
    )
    sheet.row(HEAD_ROW, 0, ["Result", "What is checked", "Found", "What to do"], "head_left")
    sheet.widths = {0: 10, 1: 54, 2: 8, 3: 96, 4: 3, 5: 14}
    for line, (severity, what, formula, cure) in enumerate(CHECKS):
        row = HEAD_ROW + 1 + line
        sheet.put(row, 0, f'=IF(C{row + 1}=0,"OK",F{row + 1})', "text")
        sheet.put(row, 1, what, "text")
        sheet.put(row, 2, formula, "line_count")
        sheet.put(row, 3, cure, "note")
        sheet.put(row, 5, severity, "work_text")
    first, lines = HEAD_ROW + 1, len(CHECKS)
    sheet.put(HEAD_ROW, 5, "Severity", "work_head")
    sheet.named("check_results", first, 0, lines)
    sheet.put(1, 6, "Results that are FAIL or LOOK", "work_text")
    sheet.put(2, 6, "The master check", "work_text")
    sheet.put(3, 6, "1: no FAIL, there is an answer", "work_text")
    sheet.put(1, 5, f'=COUNTIF(check_results,"{FAIL}")+COUNTIF(check_results,"{LOOK}")', "work_number")
    sheet.put(2, 5, '=IF(checks_failed=0,"PASS",checks_failed&" to look at")', "work_text")
    sheet.put(3, 5, f'=IF(COUNTIF(check_results,"{FAIL}")=0,1,0)', "work_number")
    sheet.named("checks_failed", 1, 5)
    sheet.named("master_check", 2, 5)
    sheet.named("plan_ready", 3, 5)
    cells = area(first, 0, lines)
    for word, style in (("OK", "good"), (FAIL, "bad"), (LOOK, "look"), (INFO, "muted")):
        sheet.conditions.append(Condition(cells, f'=$A{first + 1}="{word}"', style))
    sheet.print_area = area(0, 0, first + lines, 4)
    return sheet
