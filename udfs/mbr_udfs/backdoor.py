"""What may go into an IRA, what directly into a Roth IRA, and Form 8606 of a conversion."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

from mbr_udfs.catalogue import Noted, cell_function
from mbr_udfs.kinds import AGE, BALANCE, FILING, INCOME, MONEY, TABLE, Count, Year
from mbr_udfs.limits import whole_years

if TYPE_CHECKING:
    from mbr_xl.rules import Filing

SaverAge = Annotated[int | date | None, AGE, "Age on December 31, or date of birth. Blank: no catch-up."]
Contributed = Annotated[int, MONEY, "Nondeductible contributions to traditional IRAs for the year; 0 if none."]
ConvertedIra = Annotated[
    int, BALANCE, "Dollars of traditional, SEP and SIMPLE IRAs converted to Roth IRAs in the year."
]
YearEndValue = Annotated[
    int,
    BALANCE,
    "Value on December 31 of all traditional, rollover, SEP and SIMPLE IRAs of this person, not the spouse's; 0 if "
    "there are none, never blank.",
]
PriorBasis = Annotated[int, BALANCE, "Basis from earlier years: line 14 of the last Form 8606. Blank: 0."]
Decimals = Annotated[int | None, Count(3, 10), "Places to which line 10 is rounded, 3 to 10. Blank: exact."]
LateContribution = Annotated[
    int, MONEY, "The part of contributed that was made from January 1 to April 15 of the next year. Blank: 0."
]
OtherDistributions = Annotated[
    int, BALANCE, "Other distributions from these IRAs in the year, neither rolled over nor converted. Blank: 0."
]
# The lines of the form in their order, in our words.
LINES = (
    "Nondeductible contributions for the year",
    "Basis from earlier years",
    "Line 1 plus line 2",
    "Part of line 1 made in the next year",
    "Line 3 less line 4",
    "Value of all traditional, SEP and SIMPLE IRAs on December 31",
    "Distributions neither rolled over nor converted",
    "Converted to Roth IRAs",
    "Lines 6, 7 and 8 together",
    "Line 5 divided by line 9, at most 1",
    "Nontaxable part of the conversion",
    "Nontaxable part of the distributions of line 7",
    "Line 11 plus line 12",
    "Basis carried to later years",
    "Taxable part of the distributions of line 7",
    "Line 8",
    "Line 11",
    "Taxable part of the conversion",
)
SHARE = 10  # the line that is no amount


@cell_function
def BACKDOOR_LIMIT(
    year: Year,
    age: SaverAge = None,
    compensation: Annotated[
        int | None,
        MONEY,
        "Taxable compensation of the year; on a joint return the couple's, less what the spouse puts in. Blank: at "
        "least the limit.",
    ] = None,
) -> Annotated[Noted[int], MONEY]:
    """Returns the most that this person may put into all IRAs for the year, traditional and Roth together.

    There is no income limit on it, but it is never above taxable compensation.

    Source: 26 USC 219(b)(1), (b)(5), (c); 408(o), 408A(c)(2).

    Example:
    =BACKDOOR_LIMIT(2026)
    =BACKDOOR_LIMIT(2026, 52)
    =BACKDOOR_LIMIT(2026, 52, 5000)

    Errors:
    =BACKDOOR_LIMIT(2027, 52)
    =BACKDOOR_LIMIT(2026, 52, -1)
    """
    from mbr_xl.engine.iras.backdoor import ira_limit

    years = whole_years(year.year, age)
    return Noted(ira_limit(year, years, compensation), year.note_for(_limits(years)))


@cell_function
def BACKDOOR_ROTH_LIMIT(
    year: Year,
    magi: Annotated[
        int, INCOME, "Modified adjusted gross income, without income from IRA conversions; a loss is below 0."
    ],
    status: Annotated[
        "Filing",
        FILING,
        "single, hoh (head of household), mfj (joint), qss (surviving spouse), mfs (separate) or mfs_apart (separate, "
        "apart from the spouse all year).",
    ],
    age: SaverAge = None,
) -> Annotated[Noted[int], MONEY]:
    """Returns the most that this person may put directly into Roth IRAs for the year: 0 from the end of the phase-out.

    Taxable compensation is taken to be at least the limit. What goes into traditional IRAs uses up the same limit.
    Income of an in-plan conversion is part of magi: the law leaves out only rollovers and conversions to a Roth IRA.

    Source: 26 USC 408A(c)(3), 219(g)(2)(B), (C), 219(g)(4).

    Example:
    =BACKDOOR_ROTH_LIMIT(2026, 247000, "mfj")
    =BACKDOOR_ROTH_LIMIT(2026, 158000, "single", 55)
    =BACKDOOR_ROTH_LIMIT(2026, 300000, "mfj")

    Errors:
    =BACKDOOR_ROTH_LIMIT(2026, 247000, "married")
    =BACKDOOR_ROTH_LIMIT("2027 projected", 247000, "mfj")
    """
    from mbr_xl.engine.iras.backdoor import roth_ira_limit

    years = whole_years(year.year, age)
    return Noted(roth_ira_limit(year, magi, status, years), year.note_for(_limits(years)))


def _limits(age: int | None) -> list[str]:
    """The names of the limits that an IRA answer for this age rests on."""
    from mbr_xl.engine.deferral import catch_up_name

    return ["ira"] if catch_up_name(age) is None else ["ira", "ira_catch_up"]


@cell_function
def BACKDOOR_TAXABLE(
    contributed: Contributed,
    converted: ConvertedIra,
    year_end_value: YearEndValue,
    prior_basis: PriorBasis = 0,
    decimals: Decimals = None,
    late_contribution: LateContribution = 0,
    other_distributions: OtherDistributions = 0,
) -> Annotated[int, MONEY]:
    """Returns the taxable dollars of a conversion of traditional IRA money to a Roth IRA: line 18 of Form 8606.

    All IRAs of the person count as one: pre-tax money in any of them makes the conversion taxable in part. Money of an
    employer's plan has no place here, nor has an inherited IRA.

    Source: 26 USC 408(d)(2), 408A(d)(3)(A)(i); Form 8606 and its instructions.

    Example:
    =BACKDOOR_TAXABLE(7500, 7500, 0)
    =BACKDOOR_TAXABLE(7000, 7000, 93000)
    =BACKDOOR_TAXABLE(7000, 7000.33, 0)
    =BACKDOOR_TAXABLE(0, 10000, 10000, 10000)

    Errors:
    =BACKDOOR_TAXABLE(7500, 7500, )
    =BACKDOOR_TAXABLE(7500, 7500, 0, , 2)
    =BACKDOOR_TAXABLE(7500, 7500, 0, , , 8000)
    """
    from mbr_xl.engine.iras.backdoor import taxable

    return taxable(
        contributed, converted, year_end_value, prior_basis, decimals, late_contribution, other_distributions
    )


@cell_function
def BACKDOOR_FORM_8606(
    contributed: Contributed,
    converted: ConvertedIra,
    year_end_value: YearEndValue,
    prior_basis: PriorBasis = 0,
    decimals: Decimals = None,
    late_contribution: LateContribution = 0,
    other_distributions: OtherDistributions = 0,
) -> Annotated[list[list[object]], TABLE]:
    """Returns lines 1 to 18 of Form 8606 for the year, one below the other, with a row of heads; line 10 is a share.

    The arguments are those of BACKDOOR_TAXABLE. Lines 11 and 12 are each rounded to the cent, as on the form; line 10
    is exact without decimals, and then line 12 stops at what line 11 leaves of line 5. Where a rounded line 10 uses
    more than the basis, line 14 is 0.

    Source: as for BACKDOOR_TAXABLE.

    Example:
    =BACKDOOR_FORM_8606(7000, 7000, 93000)
    =BACKDOOR_FORM_8606(7000, 7000, 93000, , , 3000, 5000)

    Errors:
    =BACKDOOR_FORM_8606(7000, 7000, "n/a")
    """
    from mbr_xl.engine.iras.backdoor import form_8606

    form = form_8606(
        contributed, converted, year_end_value, prior_basis, decimals, late_contribution, other_distributions
    )
    body: list[list[object]] = []
    for line, meaning in enumerate(LINES, 1):
        found = getattr(form, f"line_{line}")
        body.append([float(line), meaning, float(found) if line == SHARE else MONEY.show(found)])
    return [["Line", "Meaning", "Amount"], *body]
