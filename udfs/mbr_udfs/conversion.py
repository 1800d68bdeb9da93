"""What a conversion costs, when it happens, and which path the plan allows."""

from datetime import date
from typing import Annotated

from mbr_udfs.catalogue import cell_function
from mbr_udfs.cells import Value, key
from mbr_udfs.kinds import DATE, FLAG, GROWTH, MONEY, RATE, TABLE, TEXT, Choice
from mbr_xl.errors import InputError
from mbr_xl.money import share_of

Basis = Annotated[int, MONEY, "After-tax money not yet converted or withdrawn."]
AccountValue = Annotated[int, MONEY, "Value of the after-tax account now."]
TaxRate = Annotated[int, RATE, "Federal and state rate on the next dollar together, as 6% or 0.06."]
Converted = Annotated[
    int | None, MONEY, "Dollars moved. Blank: all of the account; with leave: an amount equal to the basis."
]
EarningsTo = Annotated[
    str,
    Choice("roth", "traditional", "leave"),
    "Where earnings go: roth (default), converted and taxed; traditional, to a traditional IRA in the same "
    "distribution, nothing taxable now; leave, earnings of what is not moved stay.",
]


@cell_function
def CONVERT_TAXABLE(
    basis: Basis, value: AccountValue, converted: Converted = None, earnings_to: EarningsTo = "roth"
) -> Annotated[int, MONEY]:
    """Returns the taxable dollars of a conversion out of the after-tax account: the earnings that move with it.

    Always pro rata inside the account: moving 10,000 out of 10,200 takes 196.08 of the 200 earnings along.

    Source: 26 USC 72(e)(8)(B), 72(d)(2); Notice 2014-54.

    Example:
    =CONVERT_TAXABLE(10000, 10200)
    =CONVERT_TAXABLE(10000, 10200, 10000)
    =CONVERT_TAXABLE(10000, 10200, , "traditional")
    =CONVERT_TAXABLE(10000, 10200, , "leave")
    =CONVERT_TAXABLE(5000, 4000)

    Errors:
    =CONVERT_TAXABLE(10000, 10200, 10300)
    =CONVERT_TAXABLE(10000, 10200, , "split")
    """
    from mbr_xl.engine.conversion import taxable

    return taxable(basis, value, converted, earnings_to)


@cell_function
def CONVERT_TAX(
    basis: Basis, value: AccountValue, rate: TaxRate, converted: Converted = None, earnings_to: EarningsTo = "roth"
) -> Annotated[int, MONEY]:
    """Returns the tax on a conversion: the taxable dollars at the rate on the next dollar, to the cent.

    Source: 26 USC 402A(c)(4), 408A(d)(3)(A): taxed as if distributed, without the 10% additional tax.

    Example:
    =CONVERT_TAX(10000, 10200, 0.413)
    =CONVERT_TAX(10000, 10200, "41.3%")

    Errors:
    =CONVERT_TAX(10000, 10200, 37)
    """
    from mbr_xl.engine.conversion import taxable

    return share_of(taxable(basis, value, converted, earnings_to), rate)


@cell_function
def CONVERT_SCHEDULE(
    contributions: Annotated[list[list[Value]], TABLE, "Two columns, date and amount: after-tax money by pay date."],
    cadence: Annotated[
        str,
        Choice("automatic", "each_pay", "monthly", "quarterly", "none"),
        "automatic or each_pay (the business day after each contribution), monthly or quarterly (its last business "
        "day), or none.",
    ],
    growth: Annotated[int, GROWTH, "Growth a year until converted, as 7% or 0.07; may be negative."],
    rate: Annotated[int, RATE, "Federal and state rate on the next dollar together. Blank: 0."] = 0,
    earnings_to: EarningsTo = "roth",
    until: Annotated[
        date | None, DATE, "The last day on which to convert. Blank: December 31 of the last contribution's year."
    ] = None,
) -> Annotated[list[list[object]], TABLE]:
    """Returns the dated conversions of after-tax contributions, with a row of heads: basis, value, taxable, tax, left.

    Money stands in the account from its pay date on and grows at (1 + growth) a year of 365 days.

    Source: 26 USC 72(e)(8)(B), 402A(c)(4).

    Example:
    =CONVERT_SCHEDULE({"date","amount";"1/30/2026",10000;"2/27/2026",10000}, "quarterly", 7%, 41.3%)

    Errors:
    =CONVERT_SCHEDULE({"1/30/2026",10000}, "weekly", 7%)
    =CONVERT_SCHEDULE({"1/30/2026",10000}, "monthly", 7)
    """
    from mbr_udfs.fields import head, kinds_of
    from mbr_xl.engine.conversion import conversion_schedule
    from mbr_xl.results import ConversionLine
    from mbr_xl.rules import bank_holidays

    money = _contributions(contributions)
    lines = conversion_schedule(money, cadence, growth, rate, earnings_to, until, bank_holidays())
    kinds = kinds_of(ConversionLine)
    body = [[kind.show(getattr(line, name)) for name, kind in kinds.items() if kind] for line in lines]
    return [[head(name) for name in kinds], *body]


@cell_function
def MBR_PATH(
    after_tax: Annotated[bool, FLAG, "Whether the plan takes after-tax contributions."],
    in_plan: Annotated[bool, FLAG, "Whether the plan allows in-plan Roth conversion."],
    in_service: Annotated[bool, FLAG, "Whether the plan allows in-service withdrawal of after-tax money."],
) -> Annotated[str, TEXT]:
    """Returns which path to Roth the plan allows: in-plan conversion, rollover to a Roth IRA, both or neither.

    Source: 26 USC 402A(c)(4), 408A(e), 401(k)(2)(B); the plan document decides.

    Example:
    =MBR_PATH("yes", "yes", "no")
    =MBR_PATH("yes", "no", "yes")
    =MBR_PATH("yes", "no", "no")

    Errors:
    =MBR_PATH("yes", , "no")
    """
    from mbr_xl.engine.path import path

    return path(after_tax, in_plan, in_service)


def _contributions(rows: list[list[Value]]) -> list[tuple[date, int]]:
    """Date and amount of each row; heads, if any, name the columns."""
    if len(rows[0]) != 2:
        raise InputError(f"contributions is a range of {len(rows[0])} columns; give two, date and amount.")
    columns = (0, 1)
    if {key(item) for item in rows[0]} == {"date", "amount"}:
        columns = (0, 1) if key(rows[0][0]) == "date" else (1, 0)
        rows = rows[1:]
    return [
        (DATE.read(row[columns[0]], f"contributions row {i}, date"),
         MONEY.read(row[columns[1]], f"contributions row {i}, amount"))
        for i, row in enumerate(rows, 1)
    ]  # fmt: skip
