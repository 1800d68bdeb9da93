"""Pay dates, the match, and the year pay by pay."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

from mbr_udfs.catalogue import Noted, cell_function
from mbr_udfs.cells import Value
from mbr_udfs.height import Rows, padded
from mbr_udfs.kinds import DATE, MONEY, TABLE, TAX_YEAR, YEAR, Choice, Count, Table
from mbr_xl.errors import InputError

if TYPE_CHECKING:
    from mbr_xl.rules import Rules


@cell_function
def MBR_PAY_DATES(
    year: Annotated[int, TAX_YEAR],
    frequency: Annotated[
        str, Choice("weekly", "biweekly", "semimonthly", "monthly"), "weekly, biweekly, semimonthly or monthly."
    ],
    any_pay_date: Annotated[date, DATE, "Any regular pay date, past or future, before a holiday moves it."],
    shift: Annotated[
        str,
        Choice("before", "none"),
        "before, the default, pays what falls on a weekend or a Federal Reserve bank holiday on the business day "
        "before; none leaves it.",
    ] = "before",
    second_day: Annotated[
        int | None, Count(1, 31), "For semimonthly: the other day of the month, 1 to 31; 31 is the last day."
    ] = None,
    rows: Rows = None,
) -> Annotated[list[list[object]], TABLE]:
    """Returns the dates paid in the year, one below the other: 52 or 53 weekly, 26 or 27 biweekly, 24 or 12.

    Pay belongs to the year in which it is paid, so a January 1 pay date that is moved to December 31 belongs to the
    old year. A holiday on a Saturday does not close the banks on Friday.

    Source: Reg. 1.451-2(a); Federal Reserve Board, holidays observed.

    Example:
    =MBR_PAY_DATES(2026, "monthly", DATE(2026,1,31))
    =MBR_PAY_DATES(2026, "semimonthly", DATE(2026,1,15), "before", 31)

    Errors:
    =MBR_PAY_DATES(2026, "fortnightly", DATE(2026,1,2))
    =MBR_PAY_DATES(2026, "semimonthly", DATE(2026,1,15))
    """
    from mbr_xl.engine.paydays import pay_dates
    from mbr_xl.rules import bank_holidays

    holidays = bank_holidays()
    first, last = min(holidays).year + 1, max(holidays).year - 1
    if shift == "before" and not first <= year <= last:
        raise InputError(f"year: bank holidays are held for {first} to {last}; give one of them, or shift none.")
    days = pay_dates(year, frequency, any_pay_date, shift, second_day, holidays)
    return padded([[DATE.show(day)] for day in days], rows)


@cell_function
def MBR_MATCH(
    pay: Annotated[int, MONEY, "Pay that the match counts: of one pay, or of the year."],
    deferral: Annotated[int, MONEY, "Deferrals that are matched, out of that pay."],
    formula: Annotated[
        list[list[Value]],
        Table('text such as "50% of 6%", or a range with the columns rate and width'),
        'Text such as "100% of 3% + 50% of 2%" or "100% of $6000"; or a range with the columns rate and width. A width '
        "is on top of the one before.",
    ],
    year: Annotated[
        "Rules | None", YEAR, "The year, where pay is the year's: it then stops at 401(a)(17). Blank: no limit."
    ] = None,
) -> Annotated[Noted[int], MONEY]:
    """Returns the employer match on one pay, or on a year's pay and deferrals, by the plan's formula.

    The formula is tiers joined by +: a rate on the next share of pay, or on the next dollars deferred, or up to the
    deferral limit (which needs the year), or an award such as "7% of pay for reaching 6%". "greater of ... and ..." and
    "at most $9,000" may be added. In a range a width under 1 is a share of pay, a width of 1 or more is dollars; a
    third column, kind, may say share, dollars, limit or award.

    Source: the plan document; 26 USC 401(a)(17) for the year's pay.

    Example:
    =MBR_MATCH(200000, 24500, "50% of 6%")
    =MBR_MATCH(7692.31, 942.31, "50% of 6%")
    =MBR_MATCH(400000, 24500, "100% of 3% + 50% of 2%", 2026)
    =MBR_MATCH(100000, 5000, {"rate","width";1,0.03;0.5,0.02})

    Errors:
    =MBR_MATCH(100000, 5000, "50% up to $2000")
    =MBR_MATCH(100000, 5000, {"rate","width";6,0.03})
    """
    from mbr_udfs.match_range import read_match
    from mbr_xl.engine.match import match_amount

    tiers, other, most = read_match(formula, "formula")
    used = ["compensation"]
    limit = None
    if year is not None:
        pay = min(pay, year.compensation)
        if any(tier.kind == "limit" for tier in (*tiers, *other)):
            limit = year.deferral
            used.append("deferral")
    answer = match_amount(pay, deferral, tiers, other, most, limit)
    return Noted(answer, year.note_for(used) if year is not None else "")


Payments = Annotated[
    list[list[Value]] | None,
    TABLE,
    "Bonuses, commission, vests: date, kind, amount, separate, in_plan_pay, in_match_pay, in_additions_pay.",
]
Actuals = Annotated[
    list[list[Value]] | None,
    TABLE,
    "Pays as they were, in place of the planned ones: date, kind, gross, pretax, roth, after_tax, match, nonelective.",
]


@cell_function
def MBR_SCHEDULE(
    household: Annotated[
        list[list[Value]],
        TABLE,
        "Two columns, name and value, as the Inputs sheet has them; a row match holds the match formula.",
    ],
    payments: Payments = None,
    elections: Annotated[
        list[list[Value]] | None,
        TABLE,
        "Rates by date: start, base_pretax, base_roth, base_after_tax, bonus_pretax and so on; blank is unchanged.",
    ] = None,
    actuals: Actuals = None,
    rows: Rows = None,
) -> Annotated[Noted[list[list[object]]], TABLE]:
    """Returns the year pay by pay, under heads: pay, rates, contributions elected and allowed, match, room left.

    A row of household is a field and its value, by its name or its label on the Inputs sheet; what is left out has the
    planner's default, and rows of Tax, Cash and other subjects change nothing here. Rows match and match_after hold a
    formula as in MBR_MATCH. A list takes its parts in rows of the same name, one for each item: raise_start and
    raise_annual_salary; leave_start, leave_end and leave_share_paid; match_tiers_kind, match_tiers_rate,
    match_tiers_share and match_tiers_dollars; conversion_dates.

    A row of actuals takes the place of the planned pay of its date and kind, and stands in the answer as it was; the
    other pays share what the recorded ones leave of each limit. A row that is none of the planned pays is refused.

    Source: 26 USC 401(a)(17), 402(g), 414(v), 415(c).

    Example:
    =MBR_SCHEDULE({"tax_year",2026;"pay_frequency","monthly";"any_pay_date","1/30/2026";"annual_salary",240000;
    "separate_elections","no";"match_period","per pay";"match","50% of 6%"}, ,
    {"start","base_pretax","base_after_tax";"1/1/2026",0.12,0.15})
    =MBR_SCHEDULE({"tax_year",2026;"pay_frequency","monthly";"any_pay_date","1/30/2026";"annual_salary",240000;
    "separate_elections","no";"match_period","per pay";"match","50% of 6%"}, ,
    {"start","base_pretax","base_after_tax";"1/1/2026",0.12,0.15},
    {"date","kind","gross","pretax","after_tax","match";"1/30/2026","base",20000,2400,1000,600})

    Errors:
    =MBR_SCHEDULE({"tax_year",2026;"salary",240000})
    =MBR_SCHEDULE({"tax_year",2026;"any_pay_date","1/30/2026"})
    """
    from mbr_udfs.fields import head, kinds_of
    from mbr_udfs.household_range import read_client
    from mbr_xl.engine.plan import plan_year, rules_of
    from mbr_xl.results import PayLine

    saver = read_client(household, payments, elections, actuals).household
    plan = plan_year(saver, rules_of(saver))
    kinds = kinds_of(PayLine)
    heads: list[object] = [head(name) for name in kinds]
    body = [[kind.show(getattr(line, name)) for name, kind in kinds.items() if kind] for line in plan.pays]
    return Noted(padded([heads, *body], rows), plan.headlines.limits_note)
