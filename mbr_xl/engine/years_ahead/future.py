"""What the same money a year becomes: converted to Roth, left unconverted, or in a taxable account."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

from mbr_xl.client import Client
from mbr_xl.engine.years_ahead.growth import after_tax, nearest_cent, value_at_end, year_ends
from mbr_xl.errors import InputError
from mbr_xl.money import WHOLE, Cents, Millionths, half_up, percent
from mbr_xl.results import YearPlan

MOST_YEARS = 50
# Above it, decades of growth make sums whose cents a spreadsheet's 15 digits no longer hold.
MOST_GROWTH = Millionths(300_000)


@dataclass(frozen=True, slots=True)
class FutureTerms:
    """The years ahead as the facts have them, blanks made good; amounts are cents, rates millionths.

    amounts: what is put in, a year each, 0 once the plan is not available any more; begin: at the start of the year,
    else at its end; gains_rate: on the taxable account's growth at the end, what the drag took already credited.
    """

    tax_year: int
    amounts: tuple[Cents, ...]
    plan_years: int
    growth: Millionths
    begin: bool
    drag: Millionths
    gains_rate: Millionths
    end_rate: Millionths
    late_rate: Millionths
    waits: tuple[int, int]

    @property
    def years(self) -> int:
        return len(self.amounts)

    @property
    def grows(self) -> int:
        """The years that the first year's money grows."""
        return self.years - 1 + self.begin


@dataclass(frozen=True)
class FutureYear:
    """One line of the year table, as of December 31: cents after tax, were the money taken then and if qualified.

    converted_then: what the first year's money, converted only on this day, is worth at the end.
    """

    year: int
    paid: Cents
    paid_to_date: Cents
    roth: Cents
    unconverted: Cents
    taxable: Cents
    roth_less_unconverted: Cents
    roth_less_taxable: Cents
    converted_then: Cents


def future_terms(client: Client, plan: YearPlan) -> FutureTerms | None:
    """The terms of the years ahead; None while the years or the growth are not told.

    Raises InputError for years, a growth or a wait out of bounds.
    Choice: a blank rate on unconverted earnings is today's federal and state rate; a blank amount a year is this
    year's after-tax.
    Choice: each dollar of growth of a taxable account is taxed once at the gains rate: what the drag took on the way
    is credited at the end, so that the rate on what growth is left is (gains rate - drag) / (1 - drag).
    """
    facts, saver = client.future, client.household
    if facts.years_to_go is None or facts.future_growth is None:
        return None
    if not 1 <= facts.years_to_go <= MOST_YEARS:
        raise InputError(f"years_to_go is {facts.years_to_go}: give a whole number from 1 to {MOST_YEARS}.")
    for name, rate in (("future_growth", facts.future_growth), ("limit_growth", facts.limit_growth)):
        if not -WHOLE < rate <= MOST_GROWTH:
            raise InputError(f"{name} is {percent(rate)}: give a growth a year above -100%, at most 30%.")
    for name, years in (
        ("plan_years", facts.plan_years or 0), ("short_wait", facts.short_wait), ("long_wait", facts.long_wait)
    ):  # fmt: skip
        if not 0 <= years <= MOST_YEARS:
            raise InputError(f"{name} is {years}: give a whole number from 0 to {MOST_YEARS}.")
    today = saver.federal_rate + saver.state_rate
    annual = plan.headlines.total_after_tax if facts.yearly_after_tax is None else facts.yearly_after_tax
    plan_years = min(facts.years_to_go, facts.years_to_go if facts.plan_years is None else facts.plan_years)
    rise = 1 + facts.limit_growth / WHOLE
    return FutureTerms(
        tax_year=saver.tax_year,
        amounts=tuple(
            nearest_cent(annual * rise**year) if year < plan_years else Cents(0) for year in range(facts.years_to_go)
        ),
        plan_years=plan_years,
        growth=facts.future_growth,
        begin=facts.paid_in == "start of year",
        drag=facts.tax_drag,
        gains_rate=_left_to_tax(facts.end_gains_rate, facts.tax_drag),
        end_rate=Millionths(min(WHOLE, today)) if facts.end_ordinary_rate is None else facts.end_ordinary_rate,
        late_rate=Millionths(min(WHOLE, today)),
        waits=(facts.short_wait, facts.long_wait),
    )


def _left_to_tax(gains_rate: int, drag: int) -> Millionths:
    """The rate on the growth left after the drag that brings the whole tax to the gains rate; 0 where it is passed."""
    return Millionths(half_up((gains_rate - drag) * WHOLE, WHOLE - drag) if gains_rate > drag else 0)


def future_years(terms: FutureTerms) -> tuple[FutureYear, ...]:
    """The year table, a line a year; each amount in cents is rounded once.

    Source: 26 USC 408A(d)(1), 402A(d)(1) (qualified distributions are not income), 72(e)(8) (earnings left
    unconverted are); hypothetical, before fees.
    Choice: what a conversion at once costs is left out here: it is on the Conversions sheet.
    """
    grown = year_ends(terms.amounts, terms.growth, terms.begin)
    dragged = year_ends(terms.amounts, terms.growth, terms.begin, terms.drag)
    lines = []
    for number, (paid, sum_paid, value, taxable) in enumerate(
        zip(terms.amounts, accumulate(terms.amounts), grown, dragged, strict=True)
    ):
        roth = nearest_cent(value)
        unconverted = nearest_cent(after_tax(value, sum_paid, terms.end_rate))
        outside = nearest_cent(after_tax(taxable, sum_paid, terms.gains_rate))
        lines.append(
            FutureYear(
                terms.tax_year + number,
                paid,
                Cents(sum_paid),
                roth,
                unconverted,
                outside,
                Cents(roth - unconverted),
                Cents(roth - outside),
                converted_after(terms, 12 * (number + terms.begin)),
            )
        )
    return tuple(lines)


def converted_after(terms: FutureTerms, months: int) -> Cents:
    """What the first year's money is worth at the end if it is converted so many months after it was put in.

    Choice: the tax on the earnings comes out of the money that is converted, at today's federal and state rate.
    """
    first, growth = terms.amounts[0], 1 + terms.growth / WHOLE
    then = after_tax(first * growth ** (months / 12), first, terms.late_rate)
    return nearest_cent(then * growth ** (terms.grows - months / 12))


def first_in_taxable(terms: FutureTerms) -> Cents:
    """What the first year's money is worth at the end in a taxable account."""
    first = terms.amounts[0]
    value = value_at_end([0] * terms.grows, terms.growth, drag=terms.drag, opening=first)
    return nearest_cent(after_tax(value, first, terms.gains_rate))


def break_even_months(terms: FutureTerms) -> int:
    """The whole months that money may stay unconverted and still not end below a taxable account, 0 to all of them.

    The value at the end falls with each month of waiting, since more of the growth is taxed as ordinary income: the
    last month that holds is found by halving.
    Choice: the first year's money decides, amounts compared to the cent; what is put in later has less time to lose.
    """
    least = first_in_taxable(terms)
    low, high = 0, 12 * terms.grows
    while low < high:
        middle = (low + high + 1) // 2
        if converted_after(terms, middle) >= least:
            low = middle
        else:
            high = middle - 1
    return low


def break_even_words(months: int, grows: int) -> str:
    """The same in words: "7 years 4 months", "less than a month", "to the end" where the tax never catches up."""
    if months >= 12 * grows:
        return "to the end"
    if months == 0:
        return "less than a month"
    years, rest = divmod(months, 12)
    parts = [f"{number} {word}{'s' * (number > 1)}" for number, word in ((years, "year"), (rest, "month")) if number]
    return " ".join(parts)
