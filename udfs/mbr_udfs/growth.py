"""What a yearly amount becomes."""

from typing import Annotated

from mbr_udfs.catalogue import cell_function
from mbr_udfs.kinds import BALANCE, GROWTH, MONEY, RATE, Choice, Count


@cell_function
def MBR_GROWTH(
    annual: Annotated[int, MONEY, "Dollars put in each year."],
    years: Annotated[int, Count(0, 100), "Number of years, 0 to 100."],
    growth: Annotated[int, GROWTH, "Growth a year, as 7% or 0.07; may be negative."],
    timing: Annotated[
        str, Choice("end", "begin"), "end, the default, puts each year's money in on its last day; begin on its first."
    ] = "end",
    drag: Annotated[
        int, RATE, "Share of each year's growth lost to tax that year, in a taxable account. Blank: 0."
    ] = 0,
    opening: Annotated[int, BALANCE, "Dollars that are there at the start. Blank: 0."] = 0,
    exit_rate: Annotated[int, RATE, "Tax taken from the growth at the end. Blank: 0."] = 0,
) -> Annotated[int, MONEY]:
    """Returns the value after the last year of a yearly amount: hypothetical, at the growth given, before fees.

    Without drag and exit_rate it is Excel's FV. A loss has no drag and no tax at the end; the opening counts as money
    put in, not as growth.

    Source: the annuity formula of FV.

    Example:
    =MBR_GROWTH(40000, 20, 7%)
    =MBR_GROWTH(40000, 20, 7%, "begin")
    =MBR_GROWTH(40000, 20, 7%, , 15%, 0, 15%)
    =MBR_GROWTH(0, 10, 5%, , , 100000)

    Errors:
    =MBR_GROWTH(40000, 20, 7)
    =MBR_GROWTH(40000, 2.5, 7%)
    """
    from mbr_xl.engine.years_ahead.growth import future_value

    return future_value(annual, years, growth, timing, drag, opening, exit_rate)
