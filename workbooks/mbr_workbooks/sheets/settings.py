"""What formulas rest on beside the inputs: every constant with its reason, and blank inputs made good."""

from __future__ import annotations

CONSTANTS: dict[str, tuple[float, str]] = {
    "half_cent": (0.005, "a sum of rounded cents reaches a figure up to half a cent below it"),
    "near_enough": (0.05, "of what had come to the account: gain or loss, not money that a conversion left"),
    "days_in_year": (365, "growth counts days over 365"),
    "days_in_week": (7, "weekly pay"),
    "days_in_fortnight": (14, "biweekly pay"),
    "longest_month": (31, "a pay date on the last day of its month stays there"),
    "months_in_quarter": (3, ""),
    "months_in_year": (12, ""),
    "catch_up_age": (50, "26 USC 414(v)(5)(A)"),
    "super_catch_up_from": (60, "26 USC 414(v)(2)(E)"),
    "super_catch_up_to": (63, "26 USC 414(v)(2)(E)"),
    "oldest_age": (120, "a date of birth further back is a typing error"),
    "key_step": (1000, "sort keys are date times this plus the place within the day"),
    "no_cap": (1_000_000_000_000, "stands for no cap"),
    "leave_cells": (3, "a leave has three cells"),
    "most_of_pay": (0.75, "new elections leave a quarter of a pay for taxes and benefits, unless Inputs say otherwise"),
    "percent_steps": (100, "an election moves by whole percents of pay"),
    "million": (1_000_000, "marks of the inputs count millionths"),
    "stamp_prime": (999_983, "the stamp of the inputs is a remainder by this prime"),
}

SETTINGS: dict[str, tuple[str, str, str]] = {
    "year_end": ("December 31", "=DATE(tax_year+1,1,0)", "work_date"),
    "frequency_used": ("Pay frequency", '=IF(pay_frequency="",INDEX(frequency_names,1+1),pay_frequency)', "work_text"),
    "periods": (
        "Salary is divided by",
        '=IF(salary_divisor="",INDEX(frequency_pays,MATCH(frequency_used,frequency_names,0)),salary_divisor)',
        "work_number",
    ),
    "step_days": (
        "Days from pay to pay",
        '=IF(frequency_used="weekly",days_in_week,IF(frequency_used="biweekly",days_in_fortnight,0))',
        "work_number",
    ),
    "dates_known": (
        "Pay dates can be told",
        '=IF(OR(any_pay_date="",AND(frequency_used="semimonthly",second_day="")),0,1)',
        "work_number",
    ),
    "first_pay_day": (
        "Day of the month",
        '=IF(any_pay_date="",0,IF(any_pay_date=EOMONTH(any_pay_date,0),longest_month,DAY(any_pay_date)))',
        "work_number",
    ),
    "other_pay_day": ("Other day of the month", "=N(second_day)", "work_number"),
    "catch_up_above_402g": (
        "Catch-up: deferrals above 402(g)",
        "=MAX(0,MIN(catch_up_allowed,ROUND(total_deferral+elsewhere-limit_deferral,2),total_deferral))",
        "work_money",
    ),
    "room_catch_up": (
        "Catch-up as the room counts it",
        '=IF(catch_up_reading="above_415c",MAX(catch_up_above_402g,MIN(catch_up_allowed,total_deferral)),catch_up_above_402g)',
        "work_money",
    ),
    "regular_pays": ("Regular pays while employed", '=COUNTIF(calendar_use,">0")', "work_number"),
    "prorates": (
        "Match pay is capped check by check",
        '=IF(AND(compensation_practice="prorated",match_by<>"annual"),1,0)',
        "work_number",
    ),
    "compensation_a_pay": ("401(a)(17) by the pay", "=ROUND(limit_compensation/periods,2)", "work_money"),
    "in_dollars": ("Elections are dollars of each pay", '=IF(election_unit="dollars",1,0)', "work_number"),
    "open_from": (
        "First day that a new election reaches",
        '=IF(change_from="",IF(COUNT(paid_date)=0,0,MAX(paid_date)+1),change_from)',
        "work_date",
    ),
    "deferral_ends_itself": (
        "Deferral elected beyond the limit is as the plan works",
        (
            '=IF(after_tax_allowed="no",0,IF(spill_over="deferral continues",1,IF(AND(spill_over="starts at the limit",'
            "ROUND(total_deferral+elsewhere-deferral_limit,2)>=0),1,0)))"
        ),
        "work_number",
    ),
    "combined_share": ("Highest election, all together", '=IF(combined_cap="",1,combined_cap)', "work_rate"),
    "share_elected": (
        "Most of a pay that new elections take",
        '=MIN(combined_share,IF(most_elected="",most_of_pay,most_elected))',
        "work_rate",
    ),
    "cap_base_used": ("Highest after-tax election, base", '=IF(cap_base="",1,cap_base)', "work_rate"),
    "cap_bonus_used": ("Highest after-tax election, bonus", '=IF(cap_bonus="",1,cap_bonus)', "work_rate"),
    "cap_commission_used": (
        "Highest after-tax election, commission",
        '=IF(cap_commission="",1,cap_commission)',
        "work_rate",
    ),
    "cap_dollars": (
        "Plan's dollar cap on after-tax",
        '=IF(after_tax_allowed="no",0,IF(after_tax_cap="",no_cap,after_tax_cap))',
        "work_money",
    ),
    "cap_of_pay": (
        "Plan's cap as a share of pay",
        (
            '=IF(after_tax_cap_share="",no_cap,ROUND(after_tax_cap_share*ROUND(IF(compensation_practice='
            '"stops contributions",MIN(N(ytd_plan_pay),limit_compensation),N(ytd_plan_pay))+SUM(pay_plan_pay),2),2))'
        ),
        "work_money",
    ),
    "age": ("Age on December 31", '=IF(birth_date="",0,tax_year-YEAR(birth_date))', "work_number"),
    "ytd_catch_up": (
        "Catch-up to date",
        "=MAX(0,MIN(catch_up_allowed,ROUND(ytd_pretax+ytd_roth+elsewhere-limit_deferral,2),ROUND(ytd_pretax+ytd_roth,2)))",
        "work_money",
    ),
    "ytd_others": (
        "Annual additions to date without after-tax",
        "=ROUND(ytd_pretax+ytd_roth-ytd_catch_up+ytd_match+ytd_nonelective,2)",
        "work_money",
    ),
    "posting_days": ("Days to the account", '=IF(posting_lag="",1,posting_lag)', "work_number"),
    "conversion_days": ("Days to the conversion", '=IF(conversion_lag="",1,conversion_lag)', "work_number"),
    "cadence_used": ("Converted", '=IF(cadence="","automatic",cadence)', "work_text"),
    "earnings_used": ("Earnings go", '=IF(earnings_to="","roth",earnings_to)', "work_text"),
}
