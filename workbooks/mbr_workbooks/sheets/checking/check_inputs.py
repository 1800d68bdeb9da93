"""What Checks says of the inputs: each that cannot be used, counted by a formula, and what to do."""

from __future__ import annotations

FAIL = "FAIL"
Check = tuple[str, str, str, str]  # severity, what is checked, how many faults (a formula), what to do

INPUT_CHECKS: list[Check] = [
    (
        FAIL,
        "Tax year, one pay date and annual salary are given",
        '=IF(tax_year="",1,0)+IF(any_pay_date="",1,0)+IF(annual_salary="",1,0)',
        "Fill in the required lines of Inputs (marked *).",
    ),
    (
        FAIL,
        "Inputs are of the right kind",
        "=SUM(input_faults)",
        "Red on Inputs: a number typed as text, an unknown word, below 0 or above 100%.",
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
        "Not published for this year: give your own figures on Inputs, or allow the projection.",
    ),
    (
        FAIL,
        "Your own limits exist in that year",
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
        "Give W-2 box 3 of last year (0 for a new hire): it decides whether catch-up must be Roth.",
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
        "Leave is complete, ascending and without overlap",
        "=SUM(leave_faults)",
        "Each leave needs both days and the share paid; dates ascending.",
    ),
    (
        FAIL,
        "Year-to-date figures have their date, in the tax year",
        '=IF(ytd_date="",IF(ytd_pretax+ytd_roth+ytd_after_tax+ytd_match+ytd_nonelective+ytd_plan_pay+ytd_match_pay+ytd_additions_pay+ytd_converted+ytd_taxable+ytd_match_counted+ytd_matched_deferral>0,1,0),IF(YEAR(ytd_date)=tax_year,0,1))',
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
        "Elections are in the unit that Inputs say",
        '=SUMPRODUCT((election_rates<>"")*(election_rates<0))+IF(in_dollars=1,0,SUMPRODUCT((election_rates>1)*1))',
        "Shares of pay are 0% to 100%; for dollars of each pay say dollars on Inputs (Elections are in).",
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
        "A tier needs a kind and a rate; share and award need a share, dollars an amount.",
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
        '=IF(AND(match_by="quarterly",ytd_date<>""),SUMPRODUCT((pay_date>0)*(pay_date<=DATE(tax_year,ROUNDUP(MONTH(ytd_date)/months_in_quarter,0)*months_in_quarter+1,0))),0)',
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
        FAIL,
        "Year-to-date figures hold the pays up to their date",
        '=IF(AND(ytd_date<>"",N(ytd_additions_pay)=0),SUMPRODUCT((regular_date>0)*(regular_date<=ytd_date)),0)',
        "Pays lie before that date: give what was paid and contributed so far.",
    ),
    (
        FAIL,
        "Match pay to date is given as the match counted it",
        '=IF(OR(ytd_match_counted>ytd_match_pay,AND(prorates=1,match_by<>"none",ytd_match_pay>0,ytd_match_counted="")),1,0)',
        "Where 401(a)(17) is prorated: each check up to its part of the limit; never above all match pay.",
    ),
    (
        FAIL,
        "Date of birth is given where deferrals passed 402(g)",
        '=IF(AND(birth_date="",ROUND(elsewhere+ytd_pretax+ytd_roth+SUM(paid_pretax)+SUM(paid_roth)-limit_deferral,2)>0),1,0)',
        "The age decides whether that is catch-up or an excess.",
    ),
    (
        FAIL,
        "Recorded pays are complete",
        '=SUMPRODUCT(((paid_date<>"")+(paid_kind<>"")+(paid_gross<>"")+(paid_pretax<>"")+(paid_roth<>"")+(paid_after_tax<>"")'
        '+(paid_match<>"")+(paid_nonelective<>"")>0)*((paid_date="")+(paid_kind="")+(paid_gross="")>0))',
        "Records: each pay needs its date, its kind and its gross.",
    ),
    (
        FAIL,
        "Recorded pays take the place of planned ones",
        '=SUMPRODUCT((paid_date<>"")*(paid_kind<>"")*(paid_date>N(ytd_date))*(COUNTIFS(pay_date,paid_date,pay_kind,paid_kind)=0))',
        "Pay shows the dates and kinds planned: correct the record, or add the payment on Payments.",
    ),
    (
        FAIL,
        "One recorded pay of a kind a day",
        '=SUMPRODUCT((paid_date<>"")*(paid_kind<>"")*(COUNTIFS(paid_date,paid_date,paid_kind,paid_kind)>1))',
        "Records: add the two up, or correct one.",
    ),
    (
        FAIL,
        "Recorded pays come after the year-to-date figures",
        '=SUMPRODUCT((paid_date<>"")*(paid_date<=N(ytd_date)))',
        "Those figures hold them already: clear the rows of Records.",
    ),
    (
        FAIL,
        "Recorded contributions come out of their pay",
        "=SUMPRODUCT((ROUND(paid_pretax+paid_roth+paid_after_tax-paid_gross,2)>0)*1)",
        "Records: pre-tax, Roth and after-tax of a pay come to at most its gross.",
    ),
    (
        FAIL,
        "Match and formula go together",
        '=IF((match_by="none")=(SUMPRODUCT((match_tiers_kind<>"")+(match_or_kind<>""))=0),0,1)',
        "A formula needs how it is computed (per pay, quarterly, annual); a period needs a formula.",
    ),
    (
        FAIL,
        "Widths of match tiers can be used",
        "=SUM(tier_widths)",
        "Each width is above 0; the shares of one formula come to at most 100%.",
    ),
    (
        FAIL,
        "Opening basis has its value",
        "=IF(AND(opening_basis>0,N(opening_value)=0),1,0)",
        "Give what the after-tax account is worth on that day.",
    ),
    (
        FAIL,
        "In-plan conversion has Roth in the plan",
        '=IF(AND(plan_has_roth="no",in_plan_conversion<>"no"),1,0)',
        "In-plan conversion needs a Roth account in the plan: correct one of the two.",
    ),
    (
        FAIL,
        "Earnings can reach where they go",
        '=IF(AND(earnings_to="traditional",cadence_used<>"none",in_service_withdrawal<>"yes"),1,0)',
        "Only an in-service withdrawal can send earnings to a traditional IRA.",
    ),
    (
        FAIL,
        "Conversions on dates have dates",
        '=IF(AND(cadence_used="dates",COUNT(conversion_dates)=0),1,0)',
        "Give the dates, or another cadence.",
    ),
]
