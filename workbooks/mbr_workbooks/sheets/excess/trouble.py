"""Testing: limits in trouble. A failed test, an excess of deferrals or additions, another employer in the year."""

from __future__ import annotations

from mbr_workbooks.sheet import Sheet, area
from mbr_workbooks.sheets.checking.check_inputs import FAIL, Check
from mbr_workbooks.sheets.checking.check_results import INFO, LOOK
from mbr_workbooks.sheets.common import heading
from mbr_workbooks.sheets.excess.acp_block import ACP, ACP_WORDS
from mbr_workbooks.sheets.excess.block import Figure, add_block, dollars_of, when_ready
from mbr_workbooks.sheets.excess.excess_block import ADDITIONS, ADDITIONS_WORDS, DEFERRAL, DEFERRAL_WORDS
from mbr_workbooks.sheets.excess.trouble_workings import add_trouble_workings
from mbr_xl.client import Client

NOTE, WORK = 2, 4

NOBODY = 'AND(N(elsewhere)=0,N(elsewhere_additions)=0,elsewhere_related<>"yes")'
TWO_WORDS = (
    when_ready(
        f'IF({NOBODY},"No other employer is told. After a'
        ' job change, fill in the deferrals elsewhere (elsewhere) on Inputs.","Tell the new payroll that "'
        f'&{dollars_of("N(elsewhere)")}&" was deferred elsewhere in "&tax_year&": at most "'
        f'&{dollars_of("deferral_here")}&"'
        ' may be deferred here, catch-up included.")'
    ),
    when_ready(
        f'IF({NOBODY},"",IF(elsewhere_related="yes","The employers are related: one limit of "'
        f'&{dollars_of("group_limit")}&" holds for both, and "&{dollars_of("group_room")}&" of after-tax fits here.",'
        'IF(elsewhere_related="no","An unrelated employer has a 415(c) limit of its own: "'
        f'&{dollars_of("group_room")}&" of after-tax fits here.","If the other employer is unrelated, "'
        f'&{dollars_of("group_room")}&" of after-tax fits here; if it is related, one 415(c) limit holds for both:'
        ' say yes or no on Inputs.")))'
    ),
    when_ready(
        f'IF(catch_up_elsewhere=0,"",{dollars_of("catch_up_elsewhere")}&" is catch-up only because of deferrals'
        f' elsewhere. A plan that counts its own deferrals alone, 401(a)(30), has room for "'
        f'&{dollars_of("strict_room")}&".")'
    ),
)
TWO = (
    Figure(
        "Most that may be deferred here",
        "deferral_here",
        "=MAX(0,ROUND(deferral_limit-N(elsewhere),2))",
        note="402(g) and catch-up are the person's, over all plans",
    ),
    Figure("of it, not planned yet", "deferral_left", "=MAX(0,ROUND(deferral_here-total_deferral,2))"),
    Figure(
        "Excess deferral if payroll is not told",
        "excess_untold",
        "=MAX(0,ROUND(MAX(total_deferral,MIN(elected_deferral,deferral_limit))+N(elsewhere)-deferral_limit,2))",
        note="this payroll stops what is elected at the limit alone",
    ),
    Figure(
        "415(c) limit that holds here",
        "group_limit",
        '=MIN(limit_annual_additions,ROUND(additions_pay_total+IF(elsewhere_related="yes",N(elsewhere_pay),0),2))',
        note=f'=IF(OR({NOBODY},elsewhere_related<>""),"one for each unrelated employer, one for a controlled group",'
        '"if unrelated; say yes or no on Inputs")',
    ),
    Figure(
        "After-tax that fits here",
        "group_room",
        "=MAX(0,MIN(after_tax_room,ROUND(group_limit-group_others,2)))",
        note="Room on Summary looks at this plan alone",
    ),
    Figure("Planned after-tax above that", "above_group_room", "=MAX(0,ROUND(total_after_tax-group_room,2))"),
    Figure(
        "Catch-up only because of deferrals elsewhere",
        "catch_up_elsewhere",
        '=IF(catch_up_reading="above_415c",0,MAX(0,ROUND(total_catch_up-MAX(0,total_deferral-limit_deferral),2)))',
    ),
    Figure(
        "After-tax that fits in the stricter reading",
        "strict_room",
        "=MAX(0,MIN(after_tax_room,ROUND(group_limit-group_others-catch_up_elsewhere,2)))",
        note="if this plan counts that part as an addition",
    ),
)


def trouble_sheet(client: Client | None = None) -> Sheet:
    """The Testing sheet; all of it is formulas, so that a client changes nothing in it."""
    sheet = Sheet("Testing", tab_color="#B0703C", freeze=(3, 0))
    heading(sheet, "Testing", "What can go wrong although the elections fit, by when, and what it costs.", home=NOTE)
    sheet.widths = {0: 43, 1: 17, 2: 68, 3: 3, 4: 44, 5: 16, 6: 24, 7: 14, 8: 16, 9: 14}
    ready = "AND(plan_ready=1,facts_clash=0)"
    row = add_block(
        sheet,
        4,
        "Highly compensated, and the ACP test",
        ACP_WORDS,
        ACP,
        "26 USC 401(m), 414(q), 4973, 4979; Reg. 1.401(m)-2.",
        "AND(plan_ready=1,acp_told=1)",
        NOTE,
        always=3,
    )
    row = add_block(
        sheet,
        row,
        "Excess deferrals",
        DEFERRAL_WORDS,
        DEFERRAL,
        "26 USC 402(g), 402A(d)(3); Reg. 1.402(g)-1(e), 1.415(c)-1(b)(2)(ii)(D); Form 1099-R instructions.",
        ready,
        NOTE,
    )
    sheet.page_breaks = [row]
    row = add_block(
        sheet,
        row,
        "Excess annual additions",
        ADDITIONS_WORDS,
        ADDITIONS,
        "26 USC 415(c); Rev. Proc. 2021-30, section 6.06(2). The match of a dollar is taken at the year's average.",
        ready,
        NOTE,
    )
    row = add_block(
        sheet,
        row,
        "Another employer this year",
        TWO_WORDS,
        TWO,
        "26 USC 402(g), 401(a)(30), 414(v), 415(f).",
        ready,
        NOTE,
    )
    sheet.print_area = area(0, 0, row - 1, NOTE + 1)
    add_trouble_workings(sheet, 4, WORK)
    return sheet


CHECKS: list[Check] = [
    (
        LOOK,
        "Facts of testing and excess agree",
        "=facts_clash",
        "The Roth part elsewhere is at most all of it; an excess comes back in the tax year or later.",
    ),
    (
        FAIL,
        "No excess deferral over all plans",
        "=IF(excess_deferral>0,1,0)",
        "Testing says which plan to tell, by when, and what is taxed.",
    ),
    (
        LOOK,
        "No excess additions with the after-tax elected",
        "=IF(excess_additions>0,1,0)",
        "Lower the after-tax election; Testing says in which order money would come back.",
    ),
    (
        LOOK,
        "The ACP test leaves this saver's after-tax alone",
        "=IF(refund_alike>0,1,0)",
        "Above what the highly compensated may average: a refund may follow a conversion; see Testing.",
    ),
    (
        LOOK,
        "After-tax fits beside a related employer's plan",
        "=IF(above_group_room>0,1,0)",
        "Related employers share one 415(c) limit: lower after-tax here or there.",
    ),
    (
        LOOK,
        "A related employer's additions are told",
        '=IF(AND(elsewhere_related="yes",N(elsewhere_additions)=0),1,0)',
        "Give the annual additions and the pay there; without them the room looks too large.",
    ),
    (
        LOOK,
        "Whether the other employer is related is told",
        f'=IF(OR({NOBODY},elsewhere_related<>""),0,1)',
        "Say yes or no on Inputs: related employers share one 415(c) limit, and the room here may be less.",
    ),
    (
        INFO,
        "No deferrals elsewhere to tell payroll of",
        "=IF(N(elsewhere)>0,1,0)",
        "A new payroll does not know them: Testing says what to tell it.",
    ),
]
