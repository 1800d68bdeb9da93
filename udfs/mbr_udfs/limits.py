"""The published limits, what one person may defer, and what the highly compensated may average."""

from datetime import date
from typing import Annotated

import mbr_xl
from mbr_udfs import host
from mbr_udfs.catalogue import Noted, cell_function
from mbr_udfs.dates import plain_date
from mbr_udfs.kinds import AGE, FLAG, LIMIT, MONEY, OLDEST, RATE, TEXT, YOUNGEST, Year
from mbr_xl.errors import InputError

CATCH_UPS = {"ira_catch_up": 50, "hsa_catch_up": 55}


def whole_years(year: int, age: int | date | None) -> int | None:
    """The age on December 31 of the year, from the age itself or the date of birth; None stays None."""
    if not isinstance(age, date):
        return age
    from mbr_xl.engine import deferral

    years = deferral.age_at_year_end(year, age)
    if not YOUNGEST <= years <= OLDEST:
        raise InputError(f"age: born on {plain_date(age)} is {years} in {year}, which is not an age of a saver.")
    return years


def catch_up_limit(age: int | None) -> list[str]:
    """The names of the catch-up limits that an answer for this age may rest on."""
    from mbr_xl.engine import deferral

    name = deferral.catch_up_name(age)
    return [] if name is None else ["catch_up", name]


@cell_function
def MBR_LIMIT(
    year: Year,
    limit: Annotated[
        str,
        LIMIT,
        "deferral or 402(g), catch_up, super_catch_up, annual_additions or 415(c), compensation or 401(a)(17), hce, "
        "key_employee, roth_catch_up_wages, ira, ira_catch_up, hsa_self, hsa_family, hsa_catch_up, wage_base.",
    ],
    age: Annotated[int | date | None, AGE, "For the catch-ups: the amount at that age."] = None,
) -> Annotated[Noted[int], MONEY]:
    """Returns a published limit of a year in dollars, such as 72,000 for 415(c) in 2026.

    A limit that is not published is refused by name, unless the year asks for a projection or brings your own limits;
    the label PROJECTED or YOUR LIMITS then stands in the next cell.

    Source: the notice or revenue procedure that MBR_SOURCE names.

    Example:
    =MBR_LIMIT(2026, "415(c)")
    =MBR_LIMIT(2026, "catch_up", 61)
    =MBR_LIMIT({"year",2027;"deferral",25500}, "deferral")

    Errors:
    =MBR_LIMIT(2031, "deferral")
    =MBR_LIMIT(2026, "403(b)")
    """
    from mbr_xl.engine import deferral

    years = whole_years(year.year, age)
    if limit == "catch_up" and years is not None:
        name = deferral.catch_up_name(years)
        if name is None:
            return Noted(0, "")
        return Noted(getattr(year, name), year.note_for([name]))
    if limit == "super_catch_up" and years is not None and deferral.catch_up_name(years) != limit:
        return Noted(0, "")  # at 64 the ordinary amount is back
    if years is not None and years < CATCH_UPS.get(limit, 0):
        return Noted(0, "")
    return Noted(year.limit(limit).value, year.note_for([limit]))


@cell_function
def MBR_SOURCE(
    year: Year, limit: Annotated[str, LIMIT, "The name of the limit, as in MBR_LIMIT."]
) -> Annotated[str, TEXT]:
    """Returns where a limit comes from and when it was last checked against that source.

    Example:
    =MBR_SOURCE(2026, "deferral")
    =MBR_SOURCE({"year",2027;"deferral",25500}, "deferral")

    Errors:
    =MBR_SOURCE(2024, "super_catch_up")
    """
    found = year.limit(limit)
    checked = f", checked {plain_date(found.checked)}" if found.checked else ""
    return f"{found.source}{checked}"


@cell_function
def MBR_DEFERRAL_LIMIT(
    year: Year,
    age: Annotated[int | date | None, AGE, "Age on December 31, or date of birth. Blank: no catch-up."] = None,
    prior_wages: Annotated[
        int | None, MONEY, "Last year's Social Security wages from this employer (W-2 box 3); 0 if new."
    ] = None,
    plan_has_roth: Annotated[bool, FLAG, "Whether the plan takes Roth deferrals. Blank: yes."] = True,
    catch_up_offered: Annotated[bool, FLAG, "Whether the plan offers catch-up. Blank: yes."] = True,
    super_catch_up_offered: Annotated[
        bool, FLAG, "Whether the plan offers the higher amount for ages 60 to 63, which is its option. Blank: yes."
    ] = True,
) -> Annotated[Noted[int], MONEY]:
    """Returns the most that this person may defer in the year, pre-tax and Roth together: 402(g) plus catch-up.

    Catch-up begins in the year in which a person turns 50, on December 31 at the latest. Who earned more than the
    wage threshold last year has catch-up only as Roth, and so none in a plan without Roth.

    Source: 26 USC 402(g)(1), 414(v).

    Example:
    =MBR_DEFERRAL_LIMIT(2026)
    =MBR_DEFERRAL_LIMIT(2026, 52)
    =MBR_DEFERRAL_LIMIT(2026, 61)
    =MBR_DEFERRAL_LIMIT(2026, DATE(1976,12,31))

    Errors:
    =MBR_DEFERRAL_LIMIT(2026, 0)
    =MBR_DEFERRAL_LIMIT(2026, 52, , "no")
    """
    from mbr_xl.engine import deferral

    years = whole_years(year.year, age)
    found = deferral.deferral_limit(year, years, prior_wages, plan_has_roth, catch_up_offered, super_catch_up_offered)
    return Noted(found, year.note_for(["deferral", *catch_up_limit(years)]))


@cell_function
def MBR_ROTH_CATCH_UP(
    year: Year,
    age: Annotated[int | date, AGE, "Age on December 31 of the year, or date of birth."],
    prior_wages: Annotated[
        int, MONEY, "Last year's Social Security wages from this employer (W-2 box 3); 0 for a new hire."
    ],
) -> Annotated[Noted[bool], FLAG]:
    """Returns TRUE where this person's catch-up must be Roth: wages last year above the threshold, from 2026 on.

    Exactly the threshold is not above it.

    Source: 26 USC 414(v)(7)(A); Notice 2023-62; T.D. 10033.

    Example:
    =MBR_ROTH_CATCH_UP(2026, 52, 180000)
    =MBR_ROTH_CATCH_UP(2026, 52, 150000)

    Errors:
    =MBR_ROTH_CATCH_UP(2026, 52, )
    """
    from mbr_xl.engine import deferral

    required = deferral.roth_catch_up_required(year, whole_years(year.year, age), prior_wages)
    return Noted(required, year.note_for(["roth_catch_up_wages"]))


@cell_function
def MBR_ACP_LIMIT(
    nhce_acp: Annotated[
        int,
        RATE,
        "Average of match and after-tax over pay of the employees who are not highly compensated, as 3% or 0.03; last "
        "year's, unless the plan tests on this year's.",
    ],
) -> Annotated[int, RATE]:
    """Returns the share of pay that match and after-tax of the highly compensated may average: the ACP limit.

    It is the greater of 1.25 times the others' average, and the lesser of twice it and two points more, cut to whole
    0.01%. A safe harbor match may be left out of both averages, after-tax never may: where nobody else contributes, the
    highly compensated may not either, and what they put in is returned after the year.

    Source: 26 USC 401(m)(2)(A); Reg. 1.401(m)-2(a)(1).

    Example:
    =MBR_ACP_LIMIT(3%)
    =MBR_ACP_LIMIT(1.5%)
    =MBR_ACP_LIMIT(0)

    Errors:
    =MBR_ACP_LIMIT(3)
    """
    from mbr_xl.engine.excess.acp import acp_limit

    return acp_limit(nhce_acp)


@cell_function
def MBR_VERSION() -> Annotated[str, TEXT]:
    """Returns the version, the years that have rules, the last with all its limits published, and where it runs.

    Example:
    =MBR_VERSION()
    """
    from mbr_xl import rules

    years, published = rules.years(), rules.published_years()
    where = f", in {host.name}" if host.name else ""
    have = f"rules for {years[0]} to {years[-1]}, limits published to {published[-1]}"
    return f"mbr_xl {mbr_xl.__version__}, {have}{where}"
