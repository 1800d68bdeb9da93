"""How much the highly compensated may average in after-tax and match, given what the others average."""

from __future__ import annotations

from mbr_xl.errors import InputError
from mbr_xl.money import WHOLE, Millionths, half_up, percent

HUNDREDTH = 100  # 0.01 % in millionths: the step in which the test's averages are taken
POINTS = 20_000  # 26 USC 401(m)(2)(A)(ii): two percentage points
NEVER_A_SHARE = "give a share of pay from 0% to 100%"


def acp_limit(nhce_acp: int) -> Millionths:
    """The actual contribution percentage that highly compensated employees may reach; 0 where the others have 0.

    nhce_acp: average of match and after-tax over pay of the employees who are not highly compensated, millionths, of
    the prior year unless the plan tests on the current one. A safe harbor match may be left out of both averages;
    after-tax contributions never may. A plan whose eligible employees are all highly compensated passes without one.
    Returns the greater of 1.25 times that average and the lesser of twice it and two points more, in millionths.
    Raises InputError for a share under 0% or over 100%.
    Source: 26 USC 401(m)(2)(A); Reg. 1.401(m)-2(a)(1)(i), (ii).
    Choice: the average is taken to the nearest 0.01% as tests do, half up; the limit is cut to whole 0.01%, since an
    average of the highly compensated in such steps that is above the uncut limit fails.
    """
    if not 0 <= nhce_acp <= WHOLE:
        raise InputError(f"An average contribution percentage of {percent(nhce_acp)} cannot be: {NEVER_A_SHARE}.")
    average = half_up(nhce_acp, HUNDREDTH) * HUNDREDTH
    limit = max(average * 5 // 4, min(2 * average, average + POINTS))
    return Millionths(limit // HUNDREDTH * HUNDREDTH)
