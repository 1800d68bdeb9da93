"""The tax around a plan: side by side, what the conversion costs, Roth IRA, estimated tax."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mbr_xl.client import Client
from mbr_xl.engine.plan import plan_year, rules_of
from mbr_xl.engine.taxes.estimated import curing_withholding, instalment_lines
from mbr_xl.errors import InputError
from mbr_xl.household import Election, Household, Payment
from mbr_xl.ira_facts import IraFacts
from mbr_xl.results import YearPlan
from mbr_xl.tax_answers import TaxAnswers, open_pays, tax_answers
from mbr_xl.tax_facts import TaxFacts
from tests.random_tax import random_client


def household(**changes: Any) -> Household:
    """Monthly pay of 20,000 in 2026, a vest of 30,000; 10% pre-tax, 5% after-tax; 1,200 of a conversion was taxable."""
    given: dict[str, Any] = {
        "tax_year": 2026,
        "birth_date": date(1985, 5, 5),
        "pay_frequency": "monthly",
        "any_pay_date": date(2026, 1, 15),
        "annual_salary": 240_000_00,
        "state_rate": 50_000,
        "federal_rate": 320_000,
        "payments": (Payment(date(2026, 5, 20), "rsu", 30_000_00, True, False, False, True),),
        "elections": (Election(date(2026, 1, 1), base_pretax=100_000, base_after_tax=50_000),),
    }
    return Household(**{**given, **changes})


def answers(saver: Household, **facts: Any) -> TaxAnswers:
    client, plan = planned(saver, **facts)
    found = tax_answers(client, plan, rules_of(saver))
    assert found
    return found


def planned(saver: Household, **facts: Any) -> tuple[Client, YearPlan]:
    return Client(household=saver, tax=TaxFacts(**facts)), plan_year(saver, rules_of(saver))


def with_taxable(saver: Household, taxable: int, **facts: Any) -> TaxAnswers:
    """As if that much of the year's conversions was taxable."""
    client, plan = planned(saver, **facts)
    plan = replace(plan, headlines=replace(plan.headlines, total_taxable=taxable))
    found = tax_answers(client, plan, rules_of(saver))
    assert found
    return found


def test_side_by_side_by_hand() -> None:
    """270,000 of pay, 24,000 deferred: 246,000 of wages, 270,000 with all of it Roth.

    Single, 16,100 standard deduction; brackets of 2026: 41,024 at 201,775, then 32%, 35% from 256,225.
    """
    found = answers(household(), filing_status="single")
    as_planned, _, all_roth, unconverted = found.returns
    assert [line.pretax for line in found.returns] == [24_000_00, 24_000_00, 0, 24_000_00]
    assert [line.wages for line in found.returns] == [246_000_00, 246_000_00, 270_000_00, 246_000_00]
    assert as_planned.medicare_wages == all_roth.medicare_wages == 270_000_00
    # 229,900 taxable: 1,240 + 4,560 + 12,166 + 23,058 = 41,024, and 32% of 28,125 = 9,000; 0.9% of 70,000 = 630
    assert (as_planned.taxable, as_planned.income_tax, as_planned.total) == (229_900_00, 50_024_00, 50_654_00)
    # 253,900 taxable: 41,024 and 32% of 52,125 = 16,680
    assert (all_roth.taxable, all_roth.income_tax, all_roth.total) == (253_900_00, 57_704_00, 58_334_00)
    assert as_planned.state_saved == 1_200_00
    assert found.all_roth_change == 7_680_00 + 1_200_00
    assert found.all_pretax_change == 0
    assert unconverted.total == as_planned.total
    assert (found.conversion_cost, found.conversion_cost_share) == (0, 0)
    assert found.marginal_federal == 320_000


def test_what_the_conversion_costs() -> None:
    """The first 26,325 above 229,900 lie in the 32% bracket, the rest of 30,000 in that of 35%: 8,424 + 1,286.25."""
    found = with_taxable(household(), 30_000_00, filing_status="single", state_share=500_000)
    assert found.conversion_federal == 8_424_00 + 1_286_25
    assert found.conversion_state == 750_00
    assert found.conversion_cost == 10_460_25
    assert found.conversion_cost_share == 348_675
    assert found.marginal_federal == 350_000
    assert found.marginal_state == 25_000


def test_a_conversion_lifts_investment_income_over_the_threshold() -> None:
    """201,900 of income, 10,000 of it interest: 1,900 above 200,000; 4,000 of conversion: 3.8% of as much again."""
    saver = household(annual_salary=168_000_00, payments=(), elections=())
    found = with_taxable(saver, 4_000_00, filing_status="single", interest_income=10_000_00, other_income=23_900_00)
    as_planned, _, _, unconverted = found.returns
    assert (unconverted.agi, unconverted.niit) == (201_900_00, 72_20)
    assert as_planned.niit - unconverted.niit == 152_00
    assert found.conversion_federal == 960_00 + 152_00  # 24% and 3.8% of 4,000
    assert found.marginal_federal == 278_000


def test_catch_up_that_must_be_roth_stays_roth() -> None:
    """Age 55, wages last year above the threshold: 24,500 pre-tax at most, 8,000 stay Roth."""
    saver = household(
        birth_date=date(1971, 3, 3),
        prior_wages=300_000_00,
        elections=(Election(date(2026, 1, 1), base_pretax=60_000, base_roth=90_000),),
    )
    found = answers(saver, filing_status="mfj")
    client, plan = planned(saver)
    assert plan.headlines.total_deferral == 32_500_00
    assert plan.headlines.roth_catch_up_required
    assert [line.pretax for line in found.returns[:3]] == [plan.headlines.total_pretax, 24_500_00, 0]
    free = replace(saver, prior_wages=100_000_00)
    assert answers(free, filing_status="mfj").returns[1].pretax == 32_500_00
    assert open_pays(client, plan) == 12


def test_a_plan_without_roth_stays_pretax() -> None:
    saver = household(plan_has_roth=False, in_plan_conversion=False, in_service_withdrawal=True)
    assert [line.pretax for line in answers(saver, filing_status="mfj").returns] == [24_000_00] * 4


def test_state_that_taxes_deferrals() -> None:
    found = answers(household(), filing_status="single", state_taxes_deferrals=True)
    assert found.returns[0].state_saved == 0
    assert found.all_roth_change == 7_680_00


def test_no_answer_without_status_or_brackets() -> None:
    saver = household()
    client, plan = planned(saver, spouse_wages=1_00)
    assert tax_answers(client, plan, rules_of(saver)) is None
    for year in (2023, 2027):
        early = household(tax_year=year, any_pay_date=date(year, 1, 15), payments=(), elections=(), use_projection=True)
        client, plan = planned(early, filing_status="single")
        assert tax_answers(client, plan, rules_of(early)) is None


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"filing_status": "single", "spouse_wages": 1_00}, "joint return only"),
        ({"filing_status": "mfs", "spouse_medicare_wages": 1_00}, "joint return only"),
        ({"filing_status": "mfj", "adjustments": 1_00, "adjustments_added_back": 2_00}, r"\$2 are more than"),
        ({"filing_status": "single", "seniors": 2}, "give 0 to 1"),
        ({"filing_status": "mfj", "blind_filers": 3}, "give 0 to 2"),
    ],
)
def test_contradictions_are_refused(facts: dict[str, Any], says: str) -> None:
    with pytest.raises(InputError, match=says):
        answers(household(), **facts)


def test_roth_ira_on_both_paths() -> None:
    """170,500 of income with 10,000 of conversion: 153,000 to 168,000 is the band. Half of 7,500 is left at 160,500."""
    saver = household(annual_salary=160_500_00, payments=(), elections=())
    found = with_taxable(saver, 10_000_00, filing_status="single", roth_ira_planned=7_500_00)
    assert (found.roth_magi_in_plan, found.roth_magi_to_ira) == (170_500_00, 160_500_00)
    assert (found.roth_allowed_in_plan, found.roth_allowed_to_ira) == (0, 3_750_00)
    assert (found.roth_ira_allowed, found.roth_ira_excess) == (0, 7_500_00)
    out = replace(saver, in_plan_conversion=False, in_service_withdrawal=True)
    found = with_taxable(out, 10_000_00, filing_status="single", roth_ira_planned=7_500_00)
    assert (found.roth_ira_allowed, found.roth_ira_excess) == (3_750_00, 3_750_00)
    # Income from IRA conversions does not count, an IRA deduction is added back.
    found = with_taxable(
        out, 0, filing_status="single", ira_conversion_income=50_000_00, adjustments=2_000_00,
        adjustments_added_back=1_500_00,
    )  # fmt: skip
    assert found.roth_magi_in_plan == 160_000_00
    # Left blank it is line 18 of Form 8606: 7,500 of basis in 30,000 of IRAs, 7,500 converted: a quarter is basis.
    iras = IraFacts(ira_value=22_500_00, ira_contributed=7_500_00, ira_converted=7_500_00)
    client, plan = planned(out, filing_status="single")
    found = tax_answers(replace(client, iras=iras), plan, rules_of(out))
    assert found
    assert found.returns[0].agi == 160_500_00 + 5_625_00
    assert found.roth_magi_in_plan == 160_500_00
    # of 50 and more: 8,600 by half, rounded up to $10
    older = replace(saver, birth_date=date(1970, 1, 1), prior_wages=0)
    assert with_taxable(older, 0, filing_status="single").roth_allowed_in_plan == 4_300_00


ESTIMATES: dict[str, Any] = {
    "filing_status": "single", "prior_tax": 40_000_00, "prior_agi": 200_000_00, "federal_withheld": 20_000_00,
    "federal_to_come": 13_370_00,  # and 0.9% of 70,000, 630, as the law asks
}  # fmt: skip


def test_estimated_tax_by_hand() -> None:
    """50,654 of tax: 90% is 45,588.60; 110% of 40,000 is 44,000. 33,370 and 630 are withheld: 10,000 in four parts."""
    found = answers(household(), **ESTIMATES, estimate_april=2_500_00, estimate_september=1_000_00)
    assert (found.estimated_required, found.estimated_to_pay) == (44_000_00, 10_000_00)
    assert found.estimated_why == "110% of last year's tax"
    assert [(line.due, line.amount, line.paid, line.still_due) for line in found.instalments] == [
        (date(2026, 4, 15), 2_500_00, 2_500_00, 0),
        (date(2026, 6, 15), 2_500_00, 0, 2_500_00),
        (date(2026, 9, 15), 2_500_00, 1_000_00, 4_000_00),
        (date(2027, 1, 15), 2_500_00, 0, 6_500_00),
    ]
    assert (found.estimates_paid, found.estimates_left) == (3_500_00, 6_500_00)
    # the most of 10,000 less four, two, four thirds and one times what is paid by each date: 0, 5,000, 5,333.33, 6,500
    assert found.cure_withholding == 6_500_00
    assert (found.cure_pays, found.cure_per_pay) == (12, 542_00)


def test_pays_that_a_new_form_w4_reaches() -> None:
    saver = household(change_from=date(2026, 7, 1))
    assert answers(saver, **ESTIMATES).cure_pays == 6
    assert answers(saver, **ESTIMATES, new_withholding_from=date(2026, 11, 1)).cure_pays == 2
    none = answers(saver, **ESTIMATES, new_withholding_from=date(2026, 12, 30))
    assert (none.cure_withholding, none.cure_pays, none.cure_per_pay) == (10_000_00, 0, 0)


def test_estimated_tax_needs_last_year_and_withholding() -> None:
    for blank in ("prior_tax", "prior_agi"):
        found = answers(household(), **{**ESTIMATES, blank: None})
        assert (found.instalments, found.estimated_required, found.estimated_why) == ((), 0, "")
    found = answers(household(), **{**ESTIMATES, "federal_withheld": None, "federal_to_come": None})
    assert found.instalments == ()
    found = answers(household(), **{**ESTIMATES, "federal_withheld": None})
    assert found.estimated_to_pay == 30_000_00
    assert (found.medicare_withheld, found.tax_withheld) == (630_00, 14_000_00)


@given(st.integers(0, 5_000_000), st.lists(st.integers(0, 2_000_000), min_size=4, max_size=4))
def test_the_cure_is_the_least_that_heals_every_date(to_pay: int, paid: list[int]) -> None:
    """A quarter of what is withheld counts on each date: 26 USC 6654(g)(1)."""

    def short(more: int) -> Fraction:
        by_date = [Fraction(to_pay - more) * k / 4 - sum(paid[:k]) for k in (1, 2, 3, 4)]
        return max(by_date)

    cure = curing_withholding(to_pay, paid)
    assert short(cure) <= 1  # a third of a cent may have been rounded away
    assert cure == 0 or short(cure - 2) > 0
    lines = instalment_lines(2026, to_pay, paid)
    assert sum(line.amount for line in lines) == to_pay
    assert lines[-1].still_due == max(0, to_pay - sum(paid))


def test_wrong_payments_are_refused() -> None:
    with pytest.raises(InputError, match="four amounts"):
        curing_withholding(100, [1, 2, 3])
    with pytest.raises(InputError, match="four amounts"):
        instalment_lines(2026, 100, [1, 2, 3, -4])


def test_random_clients_keep_their_identities(base_seed: int) -> None:
    """What is true of any answer: the sums of the lines, and the parts of what a conversion costs."""
    seen = 0
    for seed in range(base_seed, base_seed + 120):
        client = random_client(seed)
        saver = client.household
        plan, rules = plan_year(saver, rules_of(saver)), rules_of(saver)
        found = tax_answers(client, plan, rules)
        if found is None:
            assert client.tax.filing_status is None or saver.tax_year not in (2024, 2025, 2026)
            continue
        seen += 1
        tax = client.tax
        for line in found.returns:
            parts = line.income_tax - line.credits_used + line.additional_medicare + line.niit + tax.other_taxes
            assert line.total == parts, seed
            assert line.marginal == line.marginal_bracket + line.marginal_niit, seed
        as_planned, all_pretax, all_roth, unconverted = found.returns
        assert all_roth.pretax <= as_planned.pretax <= all_pretax.pretax, seed
        assert all_pretax.total <= as_planned.total <= all_roth.total, seed
        assert 0 <= found.conversion_federal == as_planned.total - unconverted.total, seed
        assert found.roth_allowed_in_plan <= found.roth_allowed_to_ira, seed
        assert found.estimated_to_pay == sum(line.amount for line in found.instalments), seed
    assert seen > 20
