"""What Checks says of a year whose inputs can be used: what to look at, what is good to know."""

from __future__ import annotations

from mbr_workbooks.sheets.checking.check_inputs import FAIL, Check

LOOK, INFO = "LOOK", "INFO"

RESULT_CHECKS: list[Check] = [
    (
        FAIL,
        "Annual additions are within their limit, 415(c)",
        "=IF(ROUND(total_additions-additions_limit,2)>0,1,0)",
        "Summary says by how much, before any more after-tax: the plan would have to correct that.",
    ),
    (
        LOOK,
        "Pre-tax elected fits in every pay",
        "=(1-deferral_ends_itself)*SUMPRODUCT((pay_stub=0)*(pay_pretax<>pay_pretax_elected))",
        "Payroll should stop it at the limit; later pays then earn less match.",
    ),
    (
        LOOK,
        "Roth elected fits in every pay",
        "=(1-deferral_ends_itself)*SUMPRODUCT((pay_stub=0)*(pay_roth<>pay_roth_elected))",
        "Payroll should stop it at the limit; later pays then earn less match.",
    ),
    (
        FAIL,
        "After-tax elected fits in every pay",
        "=SUMPRODUCT((pay_stub=0)*(pay_after_tax<>pay_after_tax_elected))",
        "Payroll often does not stop it at 415(c): use the best elections.",
    ),
    (
        FAIL,
        "Catch-up that must be Roth is elected as Roth",
        '=IF(AND(roth_catch_up_required="yes",ROUND(elsewhere+ytd_pretax+SUM(pay_paid_pretax)'
        "+SUMPRODUCT((pay_stub=0)*pay_pretax_elected)-limit_deferral,2)>0),1,0)",
        "Catch-up must be Roth: elect Roth for what is above the deferral limit.",
    ),
    (
        FAIL,
        "After-tax is recorded only where the plan takes it",
        '=IF(AND(after_tax_allowed="no",SUM(paid_after_tax)>0),1,0)',
        "The stub shows after-tax that the plan does not take: correct Inputs or Records, or ask payroll.",
    ),
    (
        LOOK,
        "Catch-up is open to this saver",
        '=IF(AND(roth_catch_up_required="yes",plan_has_roth="no"),1,0)',
        "Catch-up must be Roth and the plan takes no Roth deferrals: there is no catch-up.",
    ),
    (
        FAIL,
        "Date of birth is given where deferrals pass the limit",
        '=IF(AND(birth_date="",ROUND(elsewhere+ytd_pretax+ytd_roth+SUM(pay_paid_pretax)+SUM(pay_paid_roth)'
        "+SUMPRODUCT((pay_stub=0)*(pay_pretax_elected+pay_roth_elected))-limit_deferral,2)>0),1,0)",
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
        "No better whole percents or dollars",
        "=IF(ROUND(after_tax_unused-best_unused,2)>0,1,0)",
        "The best elections on Elections fill more of the room.",
    ),
    (
        LOOK,
        "Elections were chosen for these inputs",
        '=IF(elections_current="",0,1)',
        "Inputs changed since: look at Elections again.",
    ),
    (
        FAIL,
        "Rates for bonus and commission are used",
        '=IF(separate_elections="yes",0,SUMPRODUCT((election_other_rates<>"")*(election_other_rates<>0)))',
        "The base election hits all pay here: clear those rates, or say yes to separate elections.",
    ),
    (
        LOOK,
        "Catch-up comes from this plan's own deferrals",
        '=IF(AND(catch_up_reading<>"above_415c",ROUND(total_catch_up-MAX(0,total_deferral-limit_deferral),2)>0),1,0)',
        "Deferrals elsewhere make it catch-up; a plan that does not count it so has that much less room.",
    ),
    (LOOK, "Some election is given", "=IF(COUNT(election_start)=0,1,0)", "Without elections nothing is contributed."),
    (
        FAIL,
        "After-tax money can turn Roth",
        '=IF(AND(in_plan_conversion="no",in_service_withdrawal<>"yes",OR(after_tax_allowed<>"no",N(opening_value)>0)),1,0)',
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
        "The regulation's test is chosen on Inputs; it is for information only.",
    ),
    (
        LOOK,
        "Printed pages hold every line",
        "=MAX(0,pays-pay_printed)+MAX(0,conversions_shown-conversions_printed)",
        "Pay or Conversions is longer than its print area: set it anew under Page Layout.",
    ),
    (
        INFO,
        "Filled in as when this copy's pages were set",
        '=IF(lines_fitted="",0,MAX(0,lines_filled-lines_fitted))',
        "New lines may lie below the print areas: see that they print (Page Layout, Print Area).",
    ),
    (
        INFO,
        "The usual number of pays",
        "=MAX(0,regular_pays-INDEX(frequency_pays,MATCH(frequency_used,frequency_names,0)))",
        "A 27th or 53rd pay: the salary divided as Inputs says comes to more than a year's.",
    ),
    (
        INFO,
        "No true-up is still to come",
        "=IF(true_up_due>0,1,0)",
        "Room is kept for it: it counts for this year even when it is paid next spring.",
    ),
    (
        INFO,
        "Pay stays within the compensation limit",
        "=IF(OR(ROUND(ytd_plan_pay+SUM(pay_raw_plan)-limit_compensation,2)>0,"
        'AND(match_by<>"none",ROUND(ytd_match_pay+SUM(pay_raw_match)-limit_compensation,2)>0)),1,0)',
        "401(a)(17): employer money counts pay up to the limit only.",
    ),
    (
        INFO,
        "Deferrals reach their limit",
        "=IF(ROUND(deferral_limit-total_deferral-elsewhere,2)>0,1,0)",
        "More could be deferred this year.",
    ),
]
