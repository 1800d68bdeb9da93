"""What a payout of the whole of a designated Roth account in a plan is: free, with the 10%, or taxable."""

from __future__ import annotations

from mbr_xl.engine.paper.roth_ira import Withdrawal
from mbr_xl.money import Cents


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
