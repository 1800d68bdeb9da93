"""What may go into an IRA, what directly into a Roth IRA, and what of a conversion Form 8606 taxes."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from mbr_xl.engine.deferral import catch_up_name
from mbr_xl.errors import InputError
from mbr_xl.money import Cents, dollars, half_up
from mbr_xl.rules import Filing, PhaseOut, Rules

TEN_DOLLARS, LEAST = 1_000, 20_000  # 26 USC 219(g)(2)(B), (C), in cents
DECIMALS = range(3, 11)  # the form asks for at least three places


def ira_limit(rules: Rules, age: int | None = None, compensation: int | None = None) -> Cents:
    """The most in cents a person may put into all their IRAs for the year, never above taxable compensation.

    rules: the year's law; age: on December 31, None adds no catch-up; compensation: cents of taxable compensation for
    the year, on a joint return the couple's less what the spouse puts in; None leaves that limit out.
    Raises InputError for a number that is no age, negative compensation, or a year without a published limit.
    Source: 26 USC 219(b)(1), (b)(5), (c); 408(o), 408A(c)(2).
    Choice: blank compensation is taken to be at least the limit.
    """
    if compensation is not None and compensation < 0:
        raise InputError(f"Taxable compensation of {dollars(compensation)} cannot be: give dollars, 0 or more.")
    limit = rules.ira + (rules.ira_catch_up if catch_up_name(age) else 0)
    return Cents(limit if compensation is None else min(limit, compensation))


def roth_ira_limit(rules: Rules, magi: int, status: Filing, age: int | None = None) -> Cents:
    """The most in cents a person may put directly into Roth IRAs for the year, 0 from the end of the phase-out.

    rules: the year's law; magi: cents of modified adjusted gross income, may be negative, without income from IRA
    conversions and plan rollovers to a Roth IRA; status: single, hoh, mfj, qss, mfs (lived with the spouse at any time
    of the year) or mfs_apart; age: on December 31, None adds no catch-up. What goes into traditional IRAs uses up the
    same `ira_limit`.
    Raises InputError for an unknown status, a number that is no age, or a year without published limits.
    Source: 26 USC 408A(c)(3)(A), (B), 219(g)(2)(B), (C), 219(g)(4).
    Choice: compensation is taken to be at least the limit; the ratio is exact, not cut to three decimals; income of an
    in-plan conversion counts, since the law leaves out only what 408A(d)(3) taxes.
    """
    return phased_out(ira_limit(rules, age), rules.phase_out("roth_ira", status), magi)


def phased_out(limit: int, band: PhaseOut | None, magi: int) -> Cents:
    """What is left in cents of an IRA limit at an income: all up to the band, up to the next $10 in it, 0 from its end.

    limit: cents; band: start and end of the phase-out, None where there is none; magi: cents.
    Source: 26 USC 219(g)(2)(A), (B) (no less than $200 before the end), (C) (the reduction is rounded down to $10).
    """
    if band is None or magi <= band.start:
        return Cents(limit)
    if magi >= band.end:
        return Cents(0)
    left, width = limit * (band.end - magi), band.end - band.start
    rounded = -(-left // (width * TEN_DOLLARS)) * TEN_DOLLARS
    return Cents(min(limit, max(rounded, LEAST)))


@dataclass(frozen=True, slots=True)
class Form8606:
    """Part I and II of Form 8606, each line under its number; cents, and line 10 a share from 0 to 1."""

    line_1: Cents  # nondeductible contributions for the year
    line_2: Cents  # basis from earlier years
    line_3: Cents
    line_4: Cents  # part of line 1 made from January 1 to the due date of the next year
    line_5: Cents
    line_6: Cents  # value of all traditional, SEP and SIMPLE IRAs on December 31
    line_7: Cents  # distributions neither rolled over nor converted
    line_8: Cents  # converted to Roth IRAs
    line_9: Cents
    line_10: Fraction
    line_11: Cents  # nontaxable part of the conversion
    line_12: Cents  # nontaxable part of the other distributions
    line_13: Cents
    line_14: Cents  # basis carried to the next year
    line_15: Cents  # taxable part of the other distributions
    line_16: Cents
    line_17: Cents
    line_18: Cents  # taxable part of the conversion


def form_8606(
    contributed: int,
    converted: int,
    year_end_value: int | None,
    prior_basis: int = 0,
    decimals: int | None = None,
    late_contribution: int = 0,
    other_distributions: int = 0,
) -> Form8606:
    """The lines of Form 8606 for a conversion of traditional IRA money; the taxable part is at most what is converted.

    All amounts are cents of one person, not of a couple.
    contributed: nondeductible for the year; converted: to Roth IRAs in the year; year_end_value: of all traditional,
    rollover, SEP and SIMPLE IRAs on December 31, with rollovers still under way, never blank; prior_basis: line 14 of
    the last Form 8606; late_contribution: the part of `contributed` made in the next year; other_distributions: not
    rolled over, not converted, not to charity.
    decimals: places to which line 10 is rounded, 3 to 10; None is exact.
    Money of a plan that goes to a Roth IRA has no place here.
    Raises InputError for a blank year-end value, a negative amount, a late part above the whole, or other decimals.
    Source: 26 USC 408(d)(1), (2), 72(e)(8); Form 8606 and its instructions.
    Choice: exact, line 12 is at most what line 11 leaves of line 5, which half a cent twice could pass by a cent.
    Choice: where a rounded line 10 uses more than the basis, line 14 is 0.
    """
    if year_end_value is None:
        raise InputError(
            "Give the December 31 value of all traditional, SEP and SIMPLE IRAs, 0 if there are none: blank is not 0."
        )
    for name, amount in (
        ("nondeductible contribution", contributed),
        ("conversion", converted),
        ("December 31 value", year_end_value),
        ("basis from earlier years", prior_basis),
        ("contribution made in the next year", late_contribution),
        ("total of other distributions", other_distributions),
    ):
        if amount < 0:
            raise InputError(f"The {name} is {dollars(amount)}: give dollars, 0 or more.")
    if late_contribution > contributed:
        raise InputError(
            f"{dollars(late_contribution)} made in the next year is part of the year's contribution: "
            f"give at most {dollars(contributed)}."
        )
    if decimals is not None and decimals not in DECIMALS:
        raise InputError("Line 10 has at least three decimals: give 3 to 10, or leave blank for exact.")

    basis = contributed + prior_basis
    usable = basis - late_contribution
    total = year_end_value + converted + other_distributions
    share = min(Fraction(usable, total), Fraction(1)) if total else Fraction(0)
    if decimals is not None:
        share = Fraction(half_up(share.numerator * 10**decimals, share.denominator), 10**decimals)
    of_conversion, of_others = _of(converted, share), _of(other_distributions, share)
    if decimals is None:
        of_others = min(of_others, usable - of_conversion)
    of_both = of_conversion + of_others
    return Form8606(
        line_1=Cents(contributed),
        line_2=Cents(prior_basis),
        line_3=Cents(basis),
        line_4=Cents(late_contribution),
        line_5=Cents(usable),
        line_6=Cents(year_end_value),
        line_7=Cents(other_distributions),
        line_8=Cents(converted),
        line_9=Cents(total),
        line_10=share,
        line_11=Cents(of_conversion),
        line_12=Cents(of_others),
        line_13=Cents(of_both),
        line_14=Cents(max(0, basis - of_both)),
        line_15=Cents(other_distributions - of_others),
        line_16=Cents(converted),
        line_17=Cents(of_conversion),
        line_18=Cents(converted - of_conversion),
    )


def _of(amount: int, share: Fraction) -> int:
    return half_up(amount * share.numerator, share.denominator)


def taxable(
    contributed: int,
    converted: int,
    year_end_value: int | None,
    prior_basis: int = 0,
    decimals: int | None = None,
    late_contribution: int = 0,
    other_distributions: int = 0,
) -> Cents:
    """Taxable cents of a conversion of traditional IRA money, 0 to `converted`: line 18 of `form_8606`.

    Arguments and errors are those of `form_8606`.
    Source: 26 USC 408(d)(2), 408A(d)(3)(A)(i).
    """
    return form_8606(
        contributed, converted, year_end_value, prior_basis, decimals, late_contribution, other_distributions
    ).line_18
