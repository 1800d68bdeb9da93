"""How much a person may defer in a year: the 402(g) limit and the catch-up on top of it."""

from __future__ import annotations

from datetime import date

from mbr_xl.errors import InputError
from mbr_xl.money import Cents, dollars
from mbr_xl.rules import Rules

CATCH_UP_AGE = 50  # 26 USC 414(v)(5)(A)
SUPER_CATCH_UP_AGES = range(60, 64)  # 26 USC 414(v)(2)(E): attains 60 but not 64 by the end of the year


def age_at_year_end(year: int, birth_date: date) -> int:
    """The age on December 31 of the year, 0 to 120.

    year: the tax year; birth_date: the day of birth, December 31 included.
    Raises InputError where the birth date lies after the year or more than 120 years before.
    Source: Reg. 1.414(v)-1(g)(3) (who turns 50 within the year counts as 50 all year).
    """
    age = year - birth_date.year
    if not 0 <= age <= 120:
        raise InputError(f"A date of birth in {birth_date.year} does not fit the year {year}.")
    return age


def catch_up_name(age: int | None, super_catch_up_offered: bool = True) -> str | None:
    """The name of the catch-up limit that applies at an age; None under 50 or where the age is not known.

    age: on December 31 of the year, 1 to 120.
    Raises InputError for a number that is no age.
    """
    if age is None:
        return None
    if isinstance(age, bool) or not isinstance(age, int) or not 1 <= age <= 120:
        raise InputError(f"{age!r} is not an age: give whole years on December 31, 1 to 120.")
    if age < CATCH_UP_AGE:
        return None
    return "super_catch_up" if age in SUPER_CATCH_UP_AGES and super_catch_up_offered else "catch_up"


def roth_catch_up_required(rules: Rules, age: int | None, prior_wages: int | None) -> bool:
    """Whether catch-up of this person must be Roth; never before 2026, and never under 50.

    rules: the year's law; age: on December 31, None if not known.
    prior_wages: cents of last year's Social Security wages from this employer (W-2 box 3), 0 for a new hire.
    Raises InputError where a person of 50 or more leaves prior_wages blank.
    Source: 26 USC 414(v)(7)(A) (wages that exceed the threshold); Notice 2023-62; T.D. 10033.
    """
    if catch_up_name(age) is None or (threshold := rules.roth_catch_up_wages) is None:
        return False
    if prior_wages is None:
        raise InputError(
            f"Give the {rules.year - 1} Social Security wages from this employer (W-2 box 3; 0 if none): "
            f"above {dollars(threshold)} the {rules.year} catch-up must be Roth."
        )
    if prior_wages < 0:
        raise InputError(f"Last year's wages of {dollars(prior_wages)} are below 0.")
    return prior_wages > threshold


def catch_up_allowed(
    rules: Rules,
    age: int | None,
    prior_wages: int | None,
    plan_has_roth: bool = True,
    catch_up_offered: bool = True,
    super_catch_up_offered: bool = True,
) -> Cents:
    """The catch-up in cents this person may make in this plan; 0 under 50 or where the age is not known.

    rules: the year's law; age: on December 31; prior_wages: cents of last year's Social Security wages here.
    plan_has_roth: whether the plan takes Roth deferrals: without, a person whose catch-up must be Roth has none.
    catch_up_offered, super_catch_up_offered: what the plan allows; the amount for ages 60 to 63 is its option.
    Raises InputError where the plan has no Roth and last year's wages are blank for a person of 50 or more: a
    blank never becomes the favorable answer.
    Source: 26 USC 414(v)(2), (5), (7); Reg. 1.414(v)-1(c).
    """
    name = catch_up_name(age, super_catch_up_offered)
    if name is None or not catch_up_offered:
        return Cents(0)
    if not plan_has_roth and roth_catch_up_required(rules, age, prior_wages):
        return Cents(0)
    return rules.super_catch_up if name == "super_catch_up" else rules.catch_up


def deferral_limit(
    rules: Rules,
    age: int | None,
    prior_wages: int | None,
    plan_has_roth: bool = True,
    catch_up_offered: bool = True,
    super_catch_up_offered: bool = True,
) -> Cents:
    """The most in cents this person may defer in the year, pre-tax and Roth together: 402(g) plus catch-up.

    Arguments and errors are those of `catch_up_allowed`. The limit is the person's, over all employers' plans.
    Source: 26 USC 402(g)(1), 414(v).
    """
    catch_up = catch_up_allowed(rules, age, prior_wages, plan_has_roth, catch_up_offered, super_catch_up_offered)
    return Cents(rules.deferral + catch_up)
