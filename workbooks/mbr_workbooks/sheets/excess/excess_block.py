"""On Testing: an excess of deferrals, and an excess of annual additions in the order in which it is corrected."""

from __future__ import annotations

from mbr_workbooks.sheets.excess.block import Figure, day_of, dollars_of, when_ready
from mbr_xl.engine.excess.excess_deferral import LATE, NEXT_YEAR, SAME_YEAR, WITH_ROTH

CLASH = (
    'IF(facts_clash>0,"Facts of Testing and excess contradict each other: look at elsewhere_roth and excess_returned'
    ' on Inputs.",'
)


def earnings_of(amount: str) -> str:
    """What goes with an amount; blank where there is one and its earnings are not told."""
    return f'=IF(AND(returned_earnings="",{amount}>0),"",ROUND({amount}*N(returned_earnings),2))'


def told(name: str, formula: str) -> str:
    """The formula where the named amount is told, else blank."""
    return f'=IF(ISNUMBER({name}),{formula},"")'


def or_not_told(name: str, note: str) -> str:
    """The note of a figure, which is that its earnings are not told where it is blank."""
    return f'=IF(ISNUMBER({name}),"{note}","not told: give Earnings on money that comes back on Inputs")'


DEFERRAL_WORDS = (
    when_ready(
        f'{CLASH}IF(excess_deferral=0,"No excess: deferrals of "&{dollars_of("total_deferral+N(elsewhere)")}&", all'
        f" plans"
        f' together, stay within "&{dollars_of("deferral_limit")}&".","Deferrals pass "'
        f'&{dollars_of("deferral_limit")}&" by'
        f' "&{dollars_of("excess_deferral")}&": "&{dollars_of("excess_here")}&" comes back from this plan and "'
        f'&{dollars_of("excess_there")}&" from the other, with earnings."))'
    ),
    when_ready(
        f'IF(excess_deferral=0,"The limit is the person\'s, over all plans. An excess would have to be out by "'
        f'&{day_of("excess_return_by")}&".","Tell the plan by "&{day_of("excess_tell_by")}&"; the money must be out by'
        f' "&{day_of("excess_return_by")}&". An extended return does not move that date.")'
    ),
    when_ready(
        'IF(excess_deferral=0,"",IF(excess_in_time="yes","In time it is taxed once, for "&tax_year&", and its earnings'
        ' in the year they are paid. Left in, the same dollars are taxed again when they leave.","Too late: the same'
        ' dollars are taxed for "&tax_year&" and again when they leave the plan, and they stay annual additions."))'
    ),
)
DEFERRAL = (
    Figure(
        "Excess deferral, all plans together",
        "excess_deferral",
        "=MAX(0,ROUND(total_deferral+N(elsewhere)-deferral_limit,2))",
        note="above 402(g) and the catch-up allowed",
    ),
    Figure(
        "comes back from this plan",
        "excess_here",
        "=ROUND(INDEX(giveback_taken,1)+INDEX(giveback_taken,1+1),2)",
        note="the plan asked first is told on Inputs",
    ),
    Figure("comes back from the other", "excess_there", "=ROUND(excess_deferral-excess_here,2)"),
    Figure(
        "of the excess, pre-tax",
        "excess_pretax",
        "=ROUND(SUMIF(giveback_roth,0,giveback_taken),2)",
        note="added to income of the tax year, whenever it is paid",
    ),
    Figure(
        "of the excess, Roth",
        "excess_roth",
        "=ROUND(SUMIF(giveback_roth,1,giveback_taken),2)",
        note="was taxed as pay; left in, it gets no basis",
    ),
    Figure(
        "Earnings that come with it",
        "excess_earnings",
        earnings_of("excess_deferral"),
        note=or_not_told("excess_earnings", ""),
    ),
    Figure(
        "Income of the tax year",
        "excess_taxed_in_year",
        '=IF(back_in_year=0,excess_pretax,IF(ISNUMBER(excess_earnings),ROUND(excess_pretax+excess_earnings,2),""))',
        note=or_not_told("excess_taxed_in_year", "Form 1040, line 1h"),
    ),
    Figure(
        "Income of the year it is paid",
        "excess_taxed_when_paid",
        "=IF(back_in_year=1,0,IF(ISNUMBER(excess_earnings),"
        'ROUND(excess_earnings+IF(excess_in_time="yes",0,excess_deferral),2),""))',
        note=or_not_told("excess_taxed_when_paid", "where that is a later year; no 10% tax in time"),
    ),
    Figure(
        "Tax on both",
        "excess_tax",
        told("excess_earnings", "ROUND((excess_taxed_in_year+excess_taxed_when_paid)*trouble_rate,2)"),
        note=or_not_told("excess_tax", "at the rates on Inputs"),
    ),
    Figure(
        "Second tax if it stays in",
        "excess_taxed_twice",
        "=ROUND(excess_deferral*trouble_rate,2)",
        note="what missing the date would cost at those rates",
    ),
    Figure("Back in time", "excess_in_time", '=IF(N(excess_returned)<=excess_return_by,"yes","no")', "answer_text"),
    Figure(
        "Tell the plan by",
        "excess_tell_by",
        '=IF(excess_notice="",DATE(tax_year+1,months_in_quarter,1),excess_notice)',
        "date",
        "the plan sets it, often March 1",
    ),
    Figure(
        "Out of the plan by",
        "excess_return_by",
        "=DATE(tax_year+1,months_in_quarter+1,mid_month)",
        "date",
        "no weekend and no extension moves it",
    ),
    Figure(
        "Form 1099-R, box 7",
        "excess_code",
        f'=IF(excess_deferral=0,"",IF(back_in_year=1,"{SAME_YEAR}",IF(excess_in_time="yes","{NEXT_YEAR}","{LATE}"))'
        f'&IF(excess_roth>0,"{WITH_ROTH}",""))',
        "label_bold",
    ),
    Figure(
        "Leaves annual additions",
        "excess_leaves",
        '=IF(AND(excess_in_time="yes",excess_here>0),MAX(0,ROUND(total_deferral-total_catch_up'
        "-MIN(total_deferral-excess_here,limit_deferral),2)),0)",
        note="once paid in time; what stays counts up to 402(g), since it may be no catch-up then",
    ),
)

ADDITIONS_WORDS = (
    when_ready(
        f'IF(excess_additions=0,"No excess: additions of "&{dollars_of("additions_elected")}&", with the after-tax'
        f' elected, stay within "&{dollars_of("additions_limit")}&IF(excess_leaves>0," once the excess deferral is'
        f' back","")&".","With the after-tax elected, additions pass "&{dollars_of("additions_limit")}&" by "'
        f'&{dollars_of("excess_additions")}&" unless payroll stops it.")'
    ),
    when_ready(
        'IF(excess_additions=0,"Payroll often does not stop after-tax at 415(c): what is elected is what may go in."'
        ',"The plan corrects it in the order below; there is no fixed date, and nothing of it'
        ' can be rolled over. A lower election now avoids it.")'
    ),
    when_ready(
        'IF(OR(excess_additions=0,total_converted=0),"",IF(moved_to_ira>0,"What had gone to a Roth IRA counts as a'
        " regular contribution there, probably an excess: withdraw it with earnings by the return's extended due"
        ' date.","What was converted in the plan comes back from the Roth account there; the tax on the'
        ' conversion stays."))'
    ),
)
ADDITIONS = (
    Figure(
        "Annual additions with the after-tax elected",
        "additions_elected",
        "=ROUND(made_after_tax+made_deferral+made_match+made_employer+excess_leaves,2)",
        note="payroll often does not stop after-tax at 415(c)",
    ),
    Figure(
        "Excess annual additions",
        "excess_additions",
        "=MAX(0,ROUND(additions_elected-excess_leaves-additions_limit,2))",
        note="after an excess deferral that leaves in time",
    ),
    Figure(
        "1. Unmatched after-tax, paid out",
        "back_after_tax",
        "=MIN(excess_additions,ROUND(made_after_tax-made_matched_after_tax,2))",
        note="not taxed; its earnings are",
    ),
    Figure(
        "2. Unmatched deferrals, paid out",
        "back_deferral",
        "=MIN(left_unmatched,ROUND(made_deferral-made_matched_deferral,2))",
        note="pre-tax is taxed when paid",
    ),
    Figure(
        "3. Matched after-tax, paid out",
        "back_matched_after_tax",
        "=MIN(made_matched_after_tax,after_tax_alone)",
        note="its match is forfeited",
    ),
    Figure(
        "4. Matched deferrals, paid out",
        "back_matched_deferral",
        "=MIN(made_matched_deferral,deferral_alone)",
        note="their match is forfeited",
    ),
    Figure("Match forfeited with 3 and 4", "forfeited_match", "=ROUND(after_tax_match+deferral_match,2)"),
    Figure(
        "5. Other employer money, forfeited",
        "forfeited_employer",
        "=ROUND(left_deferral-back_matched_deferral-deferral_match,2)",
    ),
    Figure(
        "of the deferrals, pre-tax", "back_pretax", "=MIN(ROUND(back_deferral+back_matched_deferral,2),made_pretax)"
    ),
    Figure("of the deferrals, Roth", "back_roth", "=ROUND(back_deferral+back_matched_deferral-back_pretax,2)"),
    Figure(
        "Earnings that come with it",
        "back_earnings",
        earnings_of("(back_after_tax+back_deferral+back_matched_after_tax+back_matched_deferral)"),
        note=or_not_told("back_earnings", ""),
    ),
    Figure(
        "Taxable when paid",
        "back_taxable",
        told("back_earnings", "ROUND(back_pretax+back_earnings,2)"),
        note=or_not_told("back_taxable", "in the year it is paid; no 10% tax; 1099-R code E"),
    ),
    Figure(
        "Tax on it",
        "back_tax",
        told("back_taxable", "ROUND(back_taxable*trouble_rate,2)"),
        note=or_not_told("back_tax", "at the rates on Inputs"),
    ),
    Figure(
        "Excise a year if it is in a Roth IRA",
        "back_ira_excise",
        "=ROUND(MIN(ROUND(back_after_tax+back_matched_after_tax,2),moved_to_ira)*excess_ira_rate,2)",
        note="6%, 26 USC 4973, for each year-end at which it is still there",
    ),
)
