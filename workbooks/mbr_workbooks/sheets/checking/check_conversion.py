"""What Checks says of conversions: terms and records that cannot be used, and what to look at in the year."""

from __future__ import annotations

from mbr_workbooks.sheets.checking.check_inputs import FAIL, Check

LOOK, INFO = "LOOK", "INFO"


def _bounds(name: str) -> str:
    return f'IF({name}="",0,IF(OR({name}<1,{name}>most_chosen,{name}<>INT({name})),1,0))'


CONVERSION_INPUT_CHECKS: list[Check] = [
    (
        FAIL,
        "The path taken is one that the plan allows",
        (
            '=IF(OR(AND(conversion_path="in plan",in_plan_conversion="no"),AND(conversion_path="Roth IRA",'
            'in_service_withdrawal<>"yes"),AND(conversion_path="in plan",earnings_to="traditional",'
            'cadence_used<>"none")),1,0)'
        ),
        "Leave the path blank, or correct what the plan allows; in plan, earnings cannot go to an IRA.",
    ),
    (
        FAIL,
        "Conversions a year, if limited, are 1 to 12",
        f"={_bounds('in_plan_most')}+{_bounds('withdrawals_most')}",
        "Blank where the plan has no such rule, or allows more than 12.",
    ),
    (
        FAIL,
        "Date of birth is given where a withdrawal has an age",
        '=IF(AND(withdrawal_age<>"",birth_date="",out_used=1),1,0)',
        "Give the date of birth, or clear the age.",
    ),
    (
        FAIL,
        "Windows and blackouts have both days, in order",
        "+".join(
            f'{"=" if name == "window" else ""}SUMPRODUCT((({name}_start<>"")<>({name}_end<>""))*1)'
            f'+SUMPRODUCT(({name}_start<>"")*({name}_end<>"")*({name}_end<{name}_start))'
            for name in ("window", "blackout")
        ),
        "Each needs its first and its last day, the last not before the first.",
    ),
    (
        FAIL,
        "Earlier conversions lie before this year's figures",
        '=COUNTIF(earlier_date,">"&opening_date)',
        "A conversion of this year belongs on Records with the others.",
    ),
    (
        FAIL,
        "Recorded conversions are complete, of the year, once each",
        "=SUM(recorded_fault)",
        "Date and amount; after the year-to-date date; taxable at most the amount; one a day and place.",
    ),
    (
        FAIL,
        "The conversions fit the sheet",
        "=MAX(0,sweeps-ROWS(sweep_n))",
        "Convert less often, or add up recorded ones of a week.",
    ),
]
CONVERSION_CHECKS: list[Check] = [
    (
        LOOK,
        "Every wanted conversion finds an allowed day",
        "=days_unplaced",
        "Windows, blackouts, age or months leave none by December 31: the money stays.",
    ),
    (
        LOOK,
        "Every conversion reaches the plan's least amount",
        "=days_too_small",
        "What is below it waits for the next conversion.",
    ),
    (
        LOOK,
        "No pay falls in a suspension after a withdrawal",
        "=suspended_pays",
        (
            '="Contributions stop after a withdrawal: "&TEXT(suspended_contributions,"$#,##0.00")&" and a match of "'
            '&TEXT(suspended_match,"$#,##0.00")&" are planned in those pays."'
        ),
    ),
    (
        LOOK,
        "No earnings are in a traditional IRA on December 31",
        "=IF(total_to_traditional>0,1,0)",
        "They count in the pro rata of an ordinary backdoor Roth of the year (Form 8606, line 6).",
    ),
    (
        LOOK,
        "Recorded conversions are within what the account held",
        "=SUMPRODUCT((sweep_real=1)*(sweep_real_out>sweep_value))",
        "More left than these inputs say was there: see days to the account, growth, opening value.",
    ),
    (
        LOOK,
        "Pre-tax money is given where it shares the account",
        '=IF(AND(separate_contract="no",N(other_value)=0),1,0)',
        "Without it the taxable part is too low.",
    ),
    (
        INFO,
        "The plan allows as many conversions as are wanted",
        "=MAX(0,choices-planned_days)",
        "The days used leave the least unconverted on December 31, then the least waiting.",
    ),
    (
        INFO,
        "The taxable part of recorded conversions is known",
        "=SUM(recorded_open)",
        "Until it is confirmed it is reckoned pro rata.",
    ),
    (
        INFO,
        "No spouse's consent is needed",
        '=IF(AND(spousal_consent="yes",out_used=1,planned_days>0),1,0)',
        "Each withdrawal needs it in writing: allow time.",
    ),
]
CHECKS: list[Check] = [*CONVERSION_INPUT_CHECKS, *CONVERSION_CHECKS]
