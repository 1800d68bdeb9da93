"""A made-up client whose year shows most of what the planner does; nobody's real figures."""

from __future__ import annotations

from datetime import date

from mbr_xl.household import Election, Household, Payment, Tier
from mbr_xl.money import Cents, Millionths


def sample_household() -> Household:
    """An engineer paid biweekly in 2026: bonus in March, quarterly vests outside plan pay, a match trued up in spring.

    The elections are the best whole percents for these inputs, and fit in every pay.
    """
    vests = tuple(
        Payment(
            day, "rsu", Cents(18_000_00), separate=True, in_plan_pay=False, in_match_pay=False, in_additions_pay=True
        )
        for day in (date(2026, 2, 20), date(2026, 5, 20), date(2026, 8, 20), date(2026, 11, 20))
    )
    bonus = Payment(
        date(2026, 3, 13),
        "bonus",
        Cents(30_000_00),
        separate=True,
        in_plan_pay=True,
        in_match_pay=True,
        in_additions_pay=True,
    )
    return Household(
        client="Sample Client",
        tax_year=2026,
        birth_date=date(1985, 6, 15),
        pay_frequency="biweekly",
        any_pay_date=date(2026, 1, 9),
        annual_salary=Cents(208_000_00),
        separate_elections=True,
        after_tax_cap=Cents(40_000_00),
        cap_base=Millionths(250_000),
        cap_bonus=Millionths(500_000),
        cushion=Cents(100_00),
        match_period="per pay",
        match_tiers=(Tier("share", Millionths(500_000), 60_000),),
        true_up="next spring",
        in_plan_conversion=True,
        cadence="automatic",
        posting_lag=2,
        conversion_lag=1,
        earnings_to="roth",
        growth_rate=Millionths(60_000),
        federal_rate=Millionths(320_000),
        state_rate=Millionths(93_000),
        payments=(bonus, *vests),
        elections=(
            Election(
                date(2026, 1, 1),
                base_pretax=Millionths(110_000),
                base_roth=Millionths(0),
                base_after_tax=Millionths(150_000),
                bonus_pretax=Millionths(50_000),
                bonus_roth=Millionths(0),
                bonus_after_tax=Millionths(290_000),
            ),
        ),
    )
