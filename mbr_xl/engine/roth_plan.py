"""What comes out of a designated Roth account in a plan: basis and earnings pro rata, without an order."""

from __future__ import annotations

from mbr_xl.engine.roth_ira import Withdrawal
from mbr_xl.errors import InputError
from mbr_xl.money import Cents, dollars, half_up


def basis_of(basis: int, value: int, amount: int) -> Cents:
    """Cents of basis in a withdrawal that is not qualified, at most the basis; the rest of it is taxable earnings.

    basis: contributions and conversions still in the account; value: of the account; amount: withdrawn.
    Raises InputError for a negative amount or more than the account holds.
    Source: 26 USC 402A(d)(1), 72(e)(8)(B); Treas. Reg. 1.402A-1, Q&A-3 and 7.
    """
    for name, given in (("basis", basis), ("value", value), ("withdrawal", amount)):
        if given < 0:
            raise InputError(f"The {name} is {dollars(given)}: give dollars, 0 or more.")
    if amount > value:
        raise InputError(f"{dollars(amount)} cannot leave an account of {dollars(value)}: give at most its value.")
    if value <= basis:
        return Cents(amount)
    return Cents(min(basis, half_up(amount * basis, value)))


def rolled_part(basis: int, income: int, rolled: int) -> tuple[Cents, Cents, Cents]:
    """Of a part rolled to a Roth IRA: its income, its basis, and the income that is left over and taxable, in cents.

    basis, income: of the distribution, not qualified; rolled: at most both together. Income is rolled over first.
    Raises InputError for more rolled over than was distributed, or a negative amount.
    Source: 26 USC 402(c)(2); Treas. Reg. 1.402A-1, Q&A-5.
    """
    if min(basis, income, rolled) < 0 or rolled > basis + income:
        raise InputError(f"Of {dollars(basis + income)} no {dollars(rolled)} can be rolled over.")
    income_rolled = min(income, rolled)
    return Cents(income_rolled), Cents(rolled - income_rolled), Cents(income - income_rolled)


def withdraw_all(basis: int, taxed_lately: int, value: int, qualified: bool, old_enough: bool) -> Withdrawal:
    """What is free of tax and of the 10% when the whole account is paid out; `first` is 0 unless all of it is free.

    basis, value: cents; taxed_lately: what was taxed of in-plan conversions of the last five taxable years; qualified:
    five taxable years and 59 1/2; old_enough: 59 1/2. Leaving the employer in or after the year of age 55 is an
    exception to the 10% that is left out, as are others; whether the plan pays out at all is the plan's rule.
    Source: 26 USC 402A(d), 402A(c)(4)(D), 408A(d)(3)(F), 72(t).
    Choice: what was taxed lately is taken to be still in the account.
    """
    if qualified:
        return Withdrawal(Cents(value), Cents(value), Cents(0), Cents(0))
    returned = min(basis, value)
    penalized = 0 if old_enough else min(taxed_lately, returned)
    taxable = value - returned
    free = returned - penalized
    return Withdrawal(
        Cents(free if not penalized and not taxable else 0), Cents(free), Cents(penalized), Cents(taxable)
    )
