"""A plain saver whose year can be worked by hand: 240,000 a year, paid monthly, 20,000 a pay."""

from dataclasses import replace
from datetime import date

from mbr_xl.engine.match import parse_match
from mbr_xl.engine.plan import plan_year, rules_of
from mbr_xl.household import Election, Household, Payment

JAN = date(2026, 1, 1)


def household(text="none", rates=(0, 0, 0), **changes):
    """240,000 a year in 12 pays of 20,000 on month ends; rates are base percents: pre-tax, Roth, after-tax."""
    tiers, alternative, most = parse_match(text)
    percents = [round(rate * 10_000) for rate in rates]
    year = changes.get("tax_year", 2026)
    usual = Household(
        tax_year=year,
        any_pay_date=date(year, 1, 31),
        pay_frequency="monthly",
        annual_salary=240_000_00,
        separate_elections=True,
        match_period="per pay" if tiers else "none",
        match_tiers=tiers,
        match_or=alternative,
        match_max=most,
        elections=(Election(date(year, 1, 1), *percents),),
    )
    return replace(usual, **changes)


def plan(text="none", rates=(0, 0, 0), **changes):
    h = household(text, rates, **changes)
    return plan_year(h, rules_of(h))


def dollars(cents):
    return cents / 100


def column(year, name):
    return [getattr(pay, name) / 100 for pay in year.pays]


def bonus(day, amount, separate=True, kind="bonus", plan_pay=True, match_pay=True, additions_pay=True):
    return Payment(day, kind, amount * 100, separate, plan_pay, match_pay, additions_pay)
