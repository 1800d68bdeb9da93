"""On Testing: whether the saver is highly compensated, and what a failed ACP test would send back."""

from __future__ import annotations

from mbr_workbooks.sheets.excess.block import Figure, day_of, dollars_of, when_ready
from mbr_workbooks.sheets.excess.excess_block import earnings_of, or_not_told, told

ACP_WORDS = (
    (
        '=IF(plan_ready=0,words_not_ready,IF(hce="yes","Highly compensated in "&tax_year&": a failed test can send'
        ' money back, and a plan may cap after-tax for this group.",IF(hce="no","Not highly compensated in "'
        '&tax_year&": the'
        ' test sends nothing of this saver back.","Fill in last year\'s 415 pay on Inputs: it decides'
        ' whether the test can reach this saver.")))'
    ),
    when_ready(
        'IF(hce="no","",IF(nhce_acp="","Fill in the average of those not highly compensated on Inputs to see'
        ' what a refund could be.",IF(refund_alike>0,"If every highly compensated employee did as this saver does, "&'
        f'{dollars_of("refund_alike")}&" would come back by "&{day_of("refund_by")}&"; at worst "'
        f"&{dollars_of('refund_most')}"
        '&", at best nothing.","This saver\'s "&TEXT(acp_ratio,"0.00%")&" is within the "&TEXT(acp_limit,"0.00%")&"'
        ' that the highly compensated may average; others may still make the test fail.")))'
    ),
    when_ready(
        'IF(refund_alike=0,"",IF(moved_to_ira>0,"After-tax already rolled to a Roth IRA is then an excess contribution'
        ' there: 6% a year until it leaves with its earnings.","It cannot be rolled over, and what a conversion in the'
        ' plan has taxed stays taxed: ask the plan before converting in a year that may fail."))'
    ),
)
ACP = (
    Figure(
        "Limit for last year's pay, 414(q)",
        "hce_limit",
        "=N(IFERROR(INDEX(published_hce,MATCH(tax_year-1,testing_years,0)),0))",
        note="pay of last year above it makes a highly compensated employee of this year",
    ),
    Figure(
        "Highly compensated this year",
        "hce",
        '=IF(five_percent_owner="yes","yes",IF(AND(top_paid_election="yes",in_top_paid="no"),"no",'
        'IF(OR(hce_limit=0,lookback_pay=""),"not told",IF(lookback_pay>hce_limit,"yes","no"))))',
        "answer_text",
    ),
    Figure(
        "Plan's cap on after-tax",
        "",
        '=IF(after_tax_cap<>"",TEXT(after_tax_cap,"$#,##0"),IF(after_tax_cap_share<>"",TEXT(after_tax_cap_share,"0.0%")'
        '&" of pay","none"))',
        "answer_text",
        "a cap for this group alone belongs on Inputs: Cap on after-tax",
    ),
    Figure(
        "What the highly compensated may average",
        "acp_limit",
        "=INT(MAX(acp_average*acp_times,MIN(acp_average*acp_double,acp_average+acp_points)))/ten_thousand",
        "rate",
        "after-tax is always tested; a safe harbor match is not",
    ),
    Figure(
        "This saver: match and after-tax counted",
        "acp_counted",
        '=IF(acp_told=0,0,ROUND(total_after_tax+IF(safe_harbor_match="yes",0,made_match),2))',
    ),
    Figure("415 pay within 401(a)(17)", "acp_pay", "=MIN(limit_compensation,additions_pay_total)"),
    Figure(
        "This saver's ratio",
        "acp_ratio",
        "=IF(acp_pay=0,0,ROUND(ROUND(acp_counted*hundred,0)*ten_thousand/ROUND(acp_pay*hundred,0),0)/ten_thousand)",
        "rate",
        "of the two, to 0.01%",
    ),
    Figure(
        "Still fits if all did alike",
        "acp_fits",
        "=MAX(0,ROUND(ROUND(acp_pay*acp_limit,2)-acp_counted,2))",
    ),
    Figure(
        "Refund if all did alike",
        "refund_alike",
        "=IF(OR(acp_ratio>acp_limit,AND(acp_pay=0,acp_counted>0)),MAX(0,ROUND(acp_counted-ROUND(acp_pay*acp_limit,2),2)),0)",
        note="an estimate: the plan's own test decides",
    ),
    Figure("Refund at the worst", "refund_most", "=acp_counted", note="the largest dollars are sent back first"),
    Figure(
        "of the refund, after-tax", "refund_after_tax", "=MIN(refund_alike,total_after_tax)", note="not taxed again"
    ),
    Figure("of the refund, match", "refund_match", "=ROUND(refund_alike-refund_after_tax,2)", note="taxed, if vested"),
    Figure(
        "Earnings that come with it",
        "refund_earnings",
        earnings_of("refund_alike"),
        note=or_not_told("refund_earnings", ""),
    ),
    Figure(
        "Taxable when paid",
        "refund_taxable",
        told("refund_earnings", "ROUND(refund_match+refund_earnings,2)"),
        note=or_not_told("refund_taxable", "in the year of the refund; no 10% tax; no rollover; 1099-R code 8"),
    ),
    Figure(
        "Tax on it",
        "refund_tax",
        told("refund_taxable", "ROUND(refund_taxable*trouble_rate,2)"),
        note=or_not_told("refund_tax", "at the rates on Inputs"),
    ),
    Figure(
        "Refunds without excise tax by",
        "refund_by",
        '=IF(automatic_enrollment="yes",DATE(tax_year+1,months_in_quarter+months_in_quarter+1,0),'
        "DATE(tax_year+1,months_in_quarter,mid_month))",
        "date",
        "two and a half months after the year; an EACA has six",
    ),
    Figure(
        "Last day for a refund", "refund_last_day", "=DATE(tax_year+1+1,1,0)", "date", "after it the plan is at risk"
    ),
    Figure(
        "Employer's excise tax if late",
        "refund_employer_excise",
        "=ROUND(refund_alike*late_refund_rate,2)",
        note="10%, 26 USC 4979; the employer's, not the saver's",
    ),
    Figure(
        "Excise a year if it is in a Roth IRA",
        "refund_ira_excise",
        "=ROUND(MIN(refund_after_tax,moved_to_ira)*excess_ira_rate,2)",
        note="6%, 26 USC 4973, for each year-end at which it is still there",
    ),
)
