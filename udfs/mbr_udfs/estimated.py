"""What must still be paid by estimates, so that no penalty is due."""

from typing import TYPE_CHECKING, Annotated

from mbr_udfs.catalogue import cell_function
from mbr_udfs.kinds import FILING, INCOME, MONEY

if TYPE_CHECKING:
    from mbr_xl.rules import Filing


@cell_function
def MBR_ESTIMATED_TAX(
    current_tax: Annotated[int, MONEY, "Total tax of this year, conversions included, less refundable credits."],
    prior_tax: Annotated[
        int,
        MONEY,
        "Total tax of last year's return for 12 months. 0 says that there was no tax in a full year as a citizen or "
        "resident: then no estimates are due.",
    ],
    prior_agi: Annotated[int, INCOME, "Adjusted gross income of last year's return; a loss is below 0."],
    status: Annotated[
        "Filing | None",
        FILING,
        "This year's: single, hoh, mfj, qss, mfs or mfs_apart. Needed only where last year's income is above 75,000 "
        "and not above 150,000.",
    ] = None,
    withholding: Annotated[int, MONEY, "Income tax withheld over the year, from all pay. Blank: 0."] = 0,
) -> Annotated[int, MONEY]:
    """Returns what estimates must still bring this year so that no penalty is due; 0 where an exception applies.

    Enough is 90% of this year's tax, or 100% of last year's, 110% where last year's income was above 150,000 (75,000 on
    a separate return). No penalty is due where less than 1,000 is left after withholding, or where there was no tax
    last year. A quarter of it is due on each date: about April 15, June 15, September 15 and January 15. The law has
    had the same percentages and amounts in every year held here, so no year is asked for.

    Source: 26 USC 6654(d)(1)(B), (C), (e)(1), (2), (g).

    Example:
    =MBR_ESTIMATED_TAX(60000, 40000, 151000)
    =MBR_ESTIMATED_TAX(60000, 40000, 100000, "mfj", 30000)
    =MBR_ESTIMATED_TAX(60000, 40000, 151000, "mfj", 59500)

    Errors:
    =MBR_ESTIMATED_TAX(60000, 40000, 100000)
    =MBR_ESTIMATED_TAX(60000, , 151000)
    """
    from mbr_xl.engine.taxes.estimated import estimated_tax
    from mbr_xl.rules import published_years, rules_for

    law = rules_for(published_years()[-1])
    return estimated_tax(law, current_tax, prior_tax, prior_agi, status, withholding).to_pay
