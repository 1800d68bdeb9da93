"""What Cash says in words, and what Checks says of it."""

from __future__ import annotations

from mbr_workbooks.sheets.checking.check_inputs import Check
from mbr_workbooks.sheets.checking.check_results import INFO, LOOK

LONG = '"ddd, mmm d, yyyy"'
CENTS = '"$#,##0.00;-$#,##0.00"'

WORDS = (
    '=IF(plan_ready=0,words_not_ready,IF(cash_faults>0,"The cash inputs cannot be used as they stand: see Checks.",'
    'IF(cash_known=0,"Fill in one pay stub (gross and net pay) and the balance of checking on Inputs, under Cash.",'
    f'"Lowest balance "&TEXT(elected_lowest,{CENTS})&" on "&TEXT(elected_lowest_date,{LONG})&": "'
    f'&IF(elected_gap=0,TEXT(ROUND(elected_lowest-N(cash_floor),2),{CENTS})&" above the lowest to keep.",'
    f'TEXT(elected_gap,{CENTS})&" below the lowest to keep."))))',
    '=IF(plan_ready*cash_known=0,"",IF(elected_gap=0,"",IF(elected_drawn=0,"No savings are given that could fill it.",'
    f'IF(elected_missing=0,"Savings of "&TEXT(elected_drawn,{CENTS})&" fill it from "'
    f'&TEXT(elected_drawn_from,{LONG})&" on.","Savings fill "&TEXT(elected_drawn,{CENTS})&" of it from "'
    f'&TEXT(elected_drawn_from,{LONG})&" on; "&TEXT(elected_missing,{CENTS})&" is missing."))&" "'
    '&IF(refill_date=0,"The account does not come back to it this year.",'
    '"The "&IF(refill_by="base","pay",IF(refill_by="vest","vest sold",'
    'IF(refill_by="amount","money coming in",IF(refill_by="other","other pay",refill_by))))'
    f'&" of "&TEXT(refill_date,{LONG})&" brings the account back to it.")))',
    '=IF(plan_ready*cash_known=0,"",IF(short_checks=0,"",short_checks&IF(short_checks=1," check is"," checks are")'
    '&" short: the elections leave no pay to take taxes from. See Net pay below."))',
)
RULES = (
    "A balance is that at the end of a day. The two other ways change after-tax alone, on pays that a new election can"
    " reach.",
    "Out of bonus and commission: base pay gives none, they give all that room, caps and withholding allow. Level: the"
    " same whole percent of every pay.",
    "Estimates from one stub, hypothetical. Federal and state withholding on base pay moves at the rates on the next"
    " dollar; variable pay bears the flat rates.",
)
VEST_TITLE = (
    "Vests: the tinted cells are inputs. FICA, state tax and the flat federal rate are withheld in shares; what they"
    " do not cover leaves checking that day"
)
CHECKS: list[Check] = [
    (
        LOOK,
        "Cash inputs can be used",
        "=cash_faults",
        "A stub without gross pay, a line of vests, windows or amounts half filled, a sale before its vest.",
    ),
    (
        LOOK,
        "Elections leave pay to take taxes from",
        "=short_checks",
        "Cash: net pay would be below 0. Payroll then takes less than elected: lower the election.",
    ),
    (
        LOOK,
        "Checking stays at the lowest to keep, savings drawn",
        "=IF(elected_missing>0,1,0)",
        "Cash says when, by how much, and what the two other ways would do.",
    ),
    (
        LOOK,
        "The pay stub adds up",
        "=IF(stub_other<0,1,0)",
        "Its net pay is higher than its lines allow: compare Social Security and Medicare on Cash with the stub.",
    ),
    (
        LOOK,
        "The pay stub is of the tax year",
        '=IF(stub_date="",0,IF(YEAR(stub_date)=tax_year,0,1))',
        "Withholding tables and the wage base change with the year: give a stub of the tax year.",
    ),
    (
        LOOK,
        "Vested shares are sold while trading is open",
        "=vests_outside",
        "Cash: a sale outside the trading windows, or none of them left. Give a sale date inside one.",
    ),
    (
        LOOK,
        "Every vest is a payment of kind rsu",
        "=vests_unpaired",
        "Payments needs the vest's date and shares times price, those of one day in one sum: wages of the wage base.",
    ),
    (
        LOOK,
        "Printed page holds every line of Cash",
        "=MAX(0,cash_used-cash_printed)",
        "Cash is longer than its print area: set it anew under Page Layout.",
    ),
    (
        INFO,
        "Withholding on vests reaches the federal rate",
        "=IF(vest_tax_missing>0,1,0)",
        "Federal tax withheld on a vest is below the rate on the next dollar: Cash says what is still to be paid.",
    ),
    (
        INFO,
        "Shares withheld on vests cover the tax due",
        '=COUNTIF(vested_from_checking,">0")',
        "FICA, state and flat federal tax on the vest: the rest leaves checking on its day. Raise the share withheld.",
    ),
    (
        INFO,
        "FICA wages to date are given",
        '=IF(AND(cash_known=1,ytd_date<>"",ytd_wages=""),1,0)',
        "415 pay to date stands in; benefits free of FICA would lower it.",
    ),
]
