"""How much after-tax still fits, and what stops the next dollar."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

from mbr_udfs.catalogue import Noted, cell_function
from mbr_udfs.kinds import AGE, MONEY, TEXT, Choice, Year
from mbr_udfs.limits import whole_years

if TYPE_CHECKING:
    from mbr_xl.engine.room import Reading, Room

Deferrals = Annotated[
    int, MONEY, "This year's elective deferrals to this employer's plans, pre-tax and Roth, catch-up included."
]
Employer = Annotated[
    int,
    MONEY,
    "All of this employer's money for the year, vested or not, with what is still to come and without last year's "
    "true-up paid this spring.",
]
AfterTax = Annotated[int, MONEY, "After-tax contributions made so far this year. Blank: 0."]
AgeHere = Annotated[
    int | date | None, AGE, "Age on December 31, or date of birth. Needed where deferrals are above 402(g)."
]
Pay = Annotated[int | None, MONEY, "415 pay from this employer, before deferrals. Blank: not below the dollar limit."]
PlanCap = Annotated[int | None, MONEY, "The plan's own cap on after-tax, dollars a year, made included. Blank: none."]
CatchUpReading = Annotated[
    "Reading",
    Choice("above_402g", "above_415c"),
    "above_402g, the default and what plans use, or above_415c, the regulation's test, for information.",
]
Elsewhere = Annotated[
    int, MONEY, "This year's deferrals to other employers' plans; used only for 402(g) and catch-up. Blank: 0."
]


@cell_function
def MBR_ROOM(
    year: Year,
    deferrals: Deferrals,
    employer: Employer,
    after_tax: AfterTax = 0,
    age: AgeHere = None,
    pay: Pay = None,
    plan_cap: PlanCap = None,
    catch_up_reading: CatchUpReading = "above_402g",
    elsewhere: Elsewhere = 0,
) -> Annotated[Noted[int], MONEY]:
    """Returns the after-tax dollars that still fit in this employer's plan this year; never below 0.

    Catch-up is what all deferrals exceed 402(g) by, at most the allowance of the age. The rest of the deferrals is an
    annual addition, even where it is an excess to be returned. After-tax itself is never catch-up. The plan is taken to
    offer the catch-up of the age, 60 to 63 included.

    Source: 26 USC 415(c)(1) and (2), 402(g), 414(v)(3); Reg. 1.415(c)-1(b), 1.414(v)-1.

    Example:
    =MBR_ROOM(2026, 24500, 10000)
    =MBR_ROOM(2026, 32500, 10000, 0, 52)
    =MBR_ROOM(2026, 24500, 3000, , , 60000)
    =MBR_ROOM("2027 projected", 24500, 10000)

    Errors:
    =MBR_ROOM(2026, 32500, 10000)
    =MBR_ROOM(2026, 24500, )
    =MBR_ROOM(2026, 0.06, 10000)
    """
    found = _room(year, deferrals, employer, after_tax, age, pay, plan_cap, catch_up_reading, elsewhere)
    return Noted(found.room, found.label)


@cell_function
def MBR_BINDING(
    year: Year,
    deferrals: Deferrals,
    employer: Employer,
    after_tax: AfterTax = 0,
    age: AgeHere = None,
    pay: Pay = None,
    plan_cap: PlanCap = None,
    catch_up_reading: CatchUpReading = "above_402g",
    elsewhere: Elsewhere = 0,
) -> Annotated[str, TEXT]:
    """Returns, in words, which limit stops the next after-tax dollar, and by how much it is passed where it is.

    The arguments are those of MBR_ROOM.

    Source: as for MBR_ROOM.

    Example:
    =MBR_BINDING(2026, 24500, 10000)
    =MBR_BINDING(2026, 24500, 10000, 37550)
    =MBR_BINDING(2026, 24500, 3000, , , 60000)

    Errors:
    =MBR_BINDING(2026, 24500, "n/a")
    """
    from mbr_xl.engine.room import binding_words

    return binding_words(_room(year, deferrals, employer, after_tax, age, pay, plan_cap, catch_up_reading, elsewhere))


def _room(
    year: Year,
    deferrals: int,
    employer: int,
    after_tax: int,
    age: int | date | None,
    pay: int | None,
    plan_cap: int | None,
    catch_up_reading: "Reading",
    elsewhere: int,
) -> "Room":
    from mbr_xl.engine.room import room

    years = whole_years(year.year, age)
    return room(year, deferrals, employer, after_tax, years, pay, plan_cap, catch_up_reading, elsewhere)
