"""A made-up client whose year shows most of what the planner does; nobody's real figures."""

from __future__ import annotations

from datetime import date

from mbr_xl.cash_facts import Amount, CashFacts, Vest
from mbr_xl.client import Client
from mbr_xl.future_facts import FutureFacts, Goal
from mbr_xl.household import Election, Household, Payment, Span, Tier
from mbr_xl.ira_facts import IraFacts
from mbr_xl.limit_facts import LimitFacts
from mbr_xl.money import Cents, Millionths
from mbr_xl.paper_facts import PaperFacts
from mbr_xl.records import LedgerEntry
from mbr_xl.tax_facts import TaxFacts

VESTS = (date(2026, 2, 20), date(2026, 5, 20), date(2026, 8, 20), date(2026, 11, 20))


def sample_client() -> Client:
    """The sample household, a couple with one salary in this planner and one beside it, and what surrounds the plan."""
    return Client(
        household=sample_household(),
        tax=TaxFacts(
            filing_status="mfj",
            wage_benefits=Cents(8_125_00),
            spouse_wages=Cents(164_000_00),
            interest_income=Cents(3_800_00),
            qualified_income=Cents(9_500_00),
            prior_tax=Cents(91_200_00),
            prior_agi=Cents(446_000_00),
            federal_withheld=Cents(0),
            federal_to_come=Cents(81_000_00),
        ),
        cash=CashFacts(
            stub_date=date(2026, 1, 9),
            stub_gross=Cents(8_000_00),
            stub_pretax=Cents(880_00),
            stub_after_tax=Cents(1_200_00),
            stub_benefits=Cents(312_50),
            stub_federal=Cents(1_184_12),
            stub_state=Cents(521_10),
            stub_net=Cents(3_221_17),
            checking=Cents(14_500_00),
            monthly_spending=Cents(7_200_00),
            spending_day=1,
            cash_floor=Cents(5_000_00),
            savings=Cents(20_000_00),
            vests=tuple(
                Vest(day, 100, Cents(180_00), withheld=None, sold=True, sale_price=None, sale_date=None)
                for day in VESTS
            ),
            trading_windows=tuple(Span(date(2026, month, 10), date(2026, month + 1, 10)) for month in (2, 5, 8, 11)),
            amounts=(Amount(date(2026, 9, 1), Cents(26_000_00), "out", "tuition"),),
        ),
        iras=IraFacts(ira_value=Cents(0), ira_contributed=Cents(7_500_00), ira_converted=Cents(7_500_00)),
        trouble=LimitFacts(lookback_pay=Cents(262_000_00), safe_harbor_match=False),
        future=FutureFacts(
            years_to_go=20,
            future_growth=Millionths(60_000),
            plan_years=10,
            tax_drag=Millionths(100_000),
            end_gains_rate=Millionths(243_000),
            emergency_months=6,
            liquid_savings=Cents(60_000_00),
            insured_health="yes",
            insured_disability="yes",
            insured_life="no",
            hsa_coverage="family",
            hsa_contributed=Cents(8_750_00),
            espp_offered=True,
            espp_discount=Millionths(150_000),
            espp_used=True,
            goals=(Goal("education", date(2034, 8, 15), Cents(80_000_00)),),
        ),
        paper=PaperFacts(
            roth_ira_since=2019,
            ledger=(
                LedgerEntry(2024, "Roth IRA", "conversion", Cents(7_012_00), Cents(12_00)),
                LedgerEntry(2025, "Roth IRA", "conversion", Cents(7_009_00), Cents(9_00)),
                LedgerEntry(2025, "Roth 401(k)", "conversion", Cents(22_340_00), Cents(340_00)),
            ),
        ),
    )


def sample_household() -> Household:
    """An engineer paid biweekly in 2026: bonus in March, quarterly vests outside plan pay, a match trued up in spring.

    The elections are the best whole percents for these inputs, and fit in every pay.
    """
    vests = tuple(
        Payment(
            day, "rsu", Cents(18_000_00), separate=True, in_plan_pay=False, in_match_pay=False, in_additions_pay=True
        )
        for day in VESTS
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
