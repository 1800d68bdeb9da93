"""The saver of the benchmarks: 26 pay checks, a bonus and a vest, a match by pay with a true-up."""

from dataclasses import replace
from datetime import date, timedelta

from mbr_xl.engine.match_text import parse_match
from mbr_xl.household import Election, Household, Payment

TIERS = parse_match("100% of 3% + 50% of 2%")[0]
SAVER = Household(
    tax_year=2026,
    birth_date=date(1980, 5, 5),
    any_pay_date=date(2026, 1, 9),
    annual_salary=22_000_000,
    separate_elections=True,
    match_period="per pay",
    match_tiers=TIERS,
    true_up="december",
    payments=(
        Payment(date(2026, 3, 13), "bonus", 5_000_000, True, True, True, True),
        Payment(date(2026, 9, 11), "rsu", 3_000_000, True, True, False, True),
    ),
    elections=(Election(date(2026, 1, 1), 100_000, None, 110_000, 50_000, None, 300_000),),
)


def with_pays(count: int) -> Household:
    """The saver with so many pays: 12 checks and payments on days of their own."""
    days = (date(2026, 1, 5) + timedelta(days=3 * k) for k in range(count - 12))
    payments = tuple(Payment(day, "bonus", 500_000, True, True, True, True) for day in days)
    return replace(SAVER, pay_frequency="monthly", payments=payments)
