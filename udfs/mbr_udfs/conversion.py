"""What a conversion costs, when it happens, what waiting costs, its Form 1099-R, and which path the plan allows."""

from datetime import date
from typing import Annotated

from mbr_udfs.catalogue import cell_function
from mbr_udfs.cells import Value, key
from mbr_udfs.dates import plain_date
from mbr_udfs.height import Rows, padded
from mbr_udfs.kinds import BALANCE, DATE, FLAG, GROWTH, MONEY, RATE, TABLE, TEXT, Choice, Count
from mbr_xl.errors import InputError
from mbr_xl.money import share_of

Basis = Annotated[int, BALANCE, "After-tax money not yet converted or withdrawn."]
AccountValue = Annotated[int, BALANCE, "Value of the after-tax account now."]
TaxRate = Annotated[int, RATE, "Federal and state rate on the next dollar together, as 6% or 0.06."]
Converted = Annotated[
    int | None, BALANCE, "Dollars moved. Blank: all of the account; with leave: an amount equal to the basis."
]
EarningsTo = Annotated[
    str,
    Choice("roth", "traditional", "leave"),
    "Where earnings go: roth (default), converted and taxed; traditional, to a traditional IRA in the same "
    "distribution, nothing taxable now; leave, earnings of what is not moved stay.",
]
Contributions = Annotated[list[list[Value]], TABLE, "Two columns, date and amount: after-tax money by pay date."]


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
    from mbr_xl.engine.converting.conversion import taxable

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
    from mbr_xl.engine.converting.conversion import taxable

    return share_of(taxable(basis, value, converted, earnings_to), rate)


@cell_function
def CONVERT_SCHEDULE(
    contributions: Contributions,
    cadence: Annotated[
        str,
        Choice("automatic", "each pay", "monthly", "quarterly", "none"),
        "automatic or each pay (the business day after each contribution), monthly or quarterly (its last business "
        "day, for money paid before it), or none.",
    ],
    growth: Annotated[int, GROWTH, "Growth a year until converted, as 7% or 0.07; may be negative."],
    rate: Annotated[int, RATE, "Federal and state rate on the next dollar together. Blank: 0."] = 0,
    earnings_to: EarningsTo = "roth",
    until: Annotated[
        date | None, DATE, "The last day on which to convert; later money waits. Blank: all of it is converted."
    ] = None,
    rows: Rows = None,
) -> Annotated[list[list[object]], TABLE]:
    """Returns the dated conversions of after-tax contributions, with a row of heads: basis, value, taxable, tax, left.

    Money grows from its pay date at (1 + growth) a year of 365 days and is converted on the next business day at the
    soonest: what is paid on a month's last business day waits for the next conversion, and money of a December 31, too
    late for the last conversion of the last contribution's year, is converted on that business day after, in the next
    tax year. MBR_DELAY_COST counts alike.

    Source: 26 USC 72(e)(8)(B), 402A(c)(4).

    Example:
    =CONVERT_SCHEDULE({"date","amount";"1/30/2026",10000;"2/27/2026",10000}, "quarterly", 7%, 41.3%)

    Errors:
    =CONVERT_SCHEDULE({"1/30/2026",10000}, "weekly", 7%)
    =CONVERT_SCHEDULE({"1/30/2026",10000}, "monthly", 7)
    """
    from mbr_udfs.fields import head, kinds_of
    from mbr_xl.engine.converting.conversion import conversion_schedule
    from mbr_xl.results import ConversionLine
    from mbr_xl.rules import bank_holidays

    money = _contributions(contributions)
    if until is not None and until < (first := min(paid for paid, _ in money)):
        raise InputError(f"until: {plain_date(until)} is before the first contribution, {plain_date(first)}.")
    lines = conversion_schedule(money, cadence, growth, rate, earnings_to, until, bank_holidays())
    kinds = kinds_of(ConversionLine)
    body = [[kind.show(getattr(line, name)) for name, kind in kinds.items() if kind] for line in lines]
    return padded([[head(name) for name in kinds], *body], rows)


@cell_function
def MBR_DELAY_COST(
    contributions: Contributions,
    growth: Annotated[int, GROWTH, "Growth a year until converted, as 7% or 0.07; may be negative."],
    rate: TaxRate,
    years: Annotated[int, Count(1, 50), "Years for the last column, 1 to 50. Blank: 10."] = 10,
) -> Annotated[list[list[object]], TABLE]:
    """Returns what waiting to convert a year's after-tax money costs: a row a cadence, with a row of heads.

    The rows are at once (the business day after each contribution), each month, quarterly, twice a year, once a year,
    and never this year, which is converted on the last business day of the next. No cadence is quicker than at once:
    money paid on a conversion day waits for the next one, and what is too late for the year's last one, as money of
    December 31, is converted on that business day after. CONVERT_SCHEDULE counts alike. Earnings are converted too.
    Growth after a conversion is no part of this: it is not taxed, if qualified.

    The last column is what the extra tax, paid at the end of each year, would have become by the end of so many years,
    grown instead at the same rate, untaxed: hypothetical, the planner's years for the cost of waiting.

    Source: 26 USC 72(e)(8)(B), 402A(c)(4), 408A(d)(3)(A).

    Example:
    =MBR_DELAY_COST({"date","amount";"1/29/2026",10000}, 7%, 40%)
    =MBR_DELAY_COST({"date","amount";"1/29/2026",10000}, 7%, 40%, 20)

    Errors:
    =MBR_DELAY_COST({"12/31/2025",10000;"1/29/2026",10000}, 7%, 40%)
    =MBR_DELAY_COST({"1/29/2026",10000}, 7%, )
    """
    from mbr_xl.engine.converting.delay import compounded, delay_cost
    from mbr_xl.rules import bank_holidays

    money = _contributions(contributions)
    heads: list[object] = ["Cadence", "Conversions", "Last conversion", "Taxable", "Tax", "More than at once"]
    heads.append("Over the years")
    body = [
        [
            line.cadence,
            float(line.conversions),
            "" if line.last is None else DATE.show(line.last),
            *(MONEY.show(amount) for amount in (line.taxable, line.tax, line.more)),
            MONEY.show(compounded(line.more, years, growth)),
        ]
        for line in delay_cost(money, growth, rate, bank_holidays())
    ]
    return [heads, *body]


@cell_function
def CONVERT_FORM_1099R(
    basis: Basis,
    value: AccountValue,
    converted: Converted = None,
    earnings_to: EarningsTo = "roth",
    path: Annotated[
        str | None,
        Choice("in_plan", "roth_ira"),
        "in_plan, to the plan's Roth account; roth_ira, by direct rollover to a Roth IRA. The boxes are the same. "
        "Blank: in_plan, but roth_ira where earnings go to a traditional IRA.",
    ] = None,
    rows: Rows = None,
) -> Annotated[list[list[object]], TABLE]:
    """Returns the boxes of Form 1099-R to expect after a conversion, with a row of heads: 1, 2a, 5 and 7.

    The first row is the whole distribution. With earnings to a traditional IRA, which an in-plan conversion cannot do,
    the rows below are its two destinations: a payer may send one form or a form for each. Then box 2a is 0, and box 1
    exceeds box 5 by what is in the traditional IRA. Where all of an account is moved at a loss, box 5 is above box 1.
    Box 4 is blank: nothing is withheld.

    Source: Notice 2014-54; Instructions for Forms 1099-R and 5498; 26 USC 402(c)(2), 402A(c)(4), 408A(e).

    Example:
    =CONVERT_FORM_1099R(10000, 10200)
    =CONVERT_FORM_1099R(10000, 10200, , "traditional")

    Errors:
    =CONVERT_FORM_1099R(10000, 10200, , "traditional", "in_plan")
    =CONVERT_FORM_1099R(10000, 10200, 0)
    =CONVERT_FORM_1099R(10000, 10200, , , "rollover")
    """
    from mbr_xl.engine.paper.form_1099r import form_1099r

    expected = form_1099r(basis, value, converted, earnings_to, path)
    forms = [(expected.form.destination, expected.form)]
    if len(expected.parts) > 1:
        forms += [(f"of it, {part.destination}", part) for part in expected.parts]
    body = [
        [to, MONEY.show(form.box_1), MONEY.show(form.box_2a), MONEY.show(form.box_5), form.box_7] for to, form in forms
    ]
    return padded([["Destination", "Box 1", "Box 2a", "Box 5", "Box 7"], *body], rows)


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
    from mbr_xl.engine.converting.path import path

    return path(after_tax, in_plan, in_service)


def _contributions(rows: list[list[Value]]) -> list[tuple[date, int]]:
    """Date and amount of each row; heads, if any, name the columns.

    Raises InputError for another range, no row below the heads, and a year whose bank holidays are not held.
    """
    from mbr_xl.rules import bank_holidays

    if len(rows[0]) != 2:
        raise InputError(f"contributions is a range of {len(rows[0])} columns; give two, date and amount.")
    columns = (0, 1)
    if {key(item) for item in rows[0]} == {"date", "amount"}:
        columns = (0, 1) if key(rows[0][0]) == "date" else (1, 0)
        rows = rows[1:]
    if not rows:
        raise InputError("contributions has heads and no row below them; give date and amount.")
    money = [
        (DATE.read(row[columns[0]], f"contributions row {i}, date"),
         BALANCE.read(row[columns[1]], f"contributions row {i}, amount"))
        for i, row in enumerate(rows, 1)
    ]  # fmt: skip
    holidays = bank_holidays()
    first, last = min(holidays).year, max(holidays).year - 1  # money may be converted in the year after
    if wrong := [paid.year for paid, _ in money if not first <= paid.year <= last]:
        raise InputError(
            f"contributions: {wrong[0]} needs bank holidays that are not held; give a year from {first} to {last}."
        )
    return money
