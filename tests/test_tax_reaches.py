"""What of other subjects reaches the year's tax: IRAs, an excess deferral, withholding, deferred compensation."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from mbr_xl.client import Client
from mbr_xl.engine.paper.form_w2 import form_w2
from mbr_xl.engine.plan import plan_year, rules_of
from mbr_xl.errors import InputError
from mbr_xl.future_facts import FutureFacts
from mbr_xl.household import Household
from mbr_xl.ira_facts import IraFacts
from mbr_xl.limit_facts import LimitFacts
from mbr_xl.tax_answers import TaxAnswers, tax_answers
from mbr_xl.tax_facts import TaxFacts
from tests.test_tax_answers import household


def with_facts(saver: Household, tax: TaxFacts, **others: Any) -> TaxAnswers:
    client = Client(household=saver, tax=tax, **others)
    found = tax_answers(client, plan_year(saver, rules_of(saver)), rules_of(saver))
    assert found
    return found


PLAIN: dict[str, Any] = {"payments": (), "elections": ()}


def test_the_spouses_conversion_is_on_a_joint_return() -> None:
    """7,000 of basis in 100,000 (93,000 and 7,000 converted): 490 of 7,000 is free, 6,510 taxed: 382,510 of income."""
    saver = household(annual_salary=276_000_00, **PLAIN)
    iras = IraFacts(
        ira_value=0, spouse_ira_value=93_000_00, spouse_ira_contributed=7_000_00, spouse_ira_converted=7_000_00
    )
    joint = with_facts(saver, TaxFacts(filing_status="mfj", spouse_wages=100_000_00), iras=iras)
    assert {line.income for line in joint.returns} == {382_510_00}
    assert {line.ira_income for line in joint.returns} == {6_510_00}
    assert joint.roth_magi_in_plan == 376_000_00  # line 18 does not count
    assert with_facts(saver, TaxFacts(filing_status="mfs"), iras=iras).returns[0].income == 276_000_00
    unvalued = replace(iras, spouse_ira_value=None)
    assert with_facts(saver, TaxFacts(filing_status="mfj"), iras=unvalued).returns[0].income == 276_000_00


def test_other_ira_withdrawals_are_income_and_count_for_a_roth_ira() -> None:
    """20,000 without basis: line 15 is 20,000; 296,000 instead of 276,000, in the Roth income too."""
    saver = household(annual_salary=276_000_00, **PLAIN)
    iras = IraFacts(ira_value=50_000_00, ira_distributed=20_000_00)
    found = with_facts(saver, TaxFacts(filing_status="single"), iras=iras)
    assert (found.returns[0].income, found.roth_magi_in_plan) == (296_000_00, 296_000_00)
    # A typed line 18 replaces line 18 alone.
    typed = TaxFacts(filing_status="single", ira_conversion_income=1_000_00)
    found = with_facts(saver, typed, iras=iras)
    assert (found.returns[0].income, found.roth_magi_in_plan) == (297_000_00, 296_000_00)
    with pytest.raises(InputError, match="made in the next year"):
        with_facts(saver, typed, iras=replace(iras, ira_late=1_00))


def test_an_excess_deferral_is_income_of_its_year() -> None:
    """24,500 here, 20,000 elsewhere: 20,000 above 24,500. 300,000 less 24,500 of wages, and 20,000 on line 1h."""
    paid = {"ytd_date": date(2026, 12, 31), "ytd_additions_pay": 300_000_00, "ytd_pretax": 24_500_00}
    saver = household(**PLAIN, **paid, elsewhere=20_000_00)
    tax = TaxFacts(filing_status="single")
    planned, _, all_roth, _ = with_facts(saver, tax).returns
    assert planned.pretax == 24_500_00
    assert (planned.wages, planned.excess_taxed, planned.income) == (275_500_00, 20_000_00, 295_500_00)
    assert planned.medicare_wages == 300_000_00
    # All Roth here: the other plan returns its 20,000 of pre-tax; of a plan that returns Roth, nothing is added.
    assert (all_roth.excess_taxed, all_roth.income) == (20_000_00, 320_000_00)
    assert planned.state_saved == 225_00  # 5% of 24,500 less 20,000
    here = LimitFacts(excess_from="this plan", excess_first="Roth", returned_earnings=50_000)
    planned, _, all_roth, _ = with_facts(saver, tax, trouble=here).returns
    assert (planned.excess_taxed, all_roth.excess_taxed) == (20_000_00, 0)
    # Back within the year its earnings, 5% of 20,000, are income of the year too.
    back = replace(here, excess_returned=date(2026, 12, 1))
    planned, _, all_roth, _ = with_facts(saver, tax, trouble=back).returns
    assert (planned.excess_taxed, all_roth.excess_taxed) == (21_000_00, 1_000_00)


def test_additional_medicare_tax_withheld_by_law_is_credited() -> None:
    """600,000, single: 0.9% of 400,000 is withheld beside box 2. 90% of 176,734.25 is 159,060.83: a cent is left."""
    saver = household(annual_salary=600_000_00, **PLAIN)
    tax = TaxFacts(
        filing_status="single", prior_tax=200_000_00, prior_agi=600_000_00, federal_withheld=155_460_82
    )  # fmt: skip
    found = with_facts(saver, tax)
    assert (found.returns[0].total, found.returns[0].additional_medicare) == (176_734_25, 3_600_00)
    assert (found.medicare_withheld, found.tax_withheld) == (3_600_00, 159_060_82)
    assert (found.estimated_required, found.estimated_to_pay) == (159_060_83, 1)
    # Two of 180,000 have nothing withheld though 0.9% is due above 250,000; the spouse's 300,000: 900.
    saver = household(annual_salary=180_000_00, **PLAIN)
    assert with_facts(saver, TaxFacts(filing_status="mfj", spouse_wages=180_000_00)).medicare_withheld == 0
    both = TaxFacts(filing_status="mfj", spouse_wages=100_000_00, spouse_medicare_wages=300_000_00)
    assert with_facts(saver, both).medicare_withheld == 900_00


def test_a_loss_of_rents_lowers_investment_income() -> None:
    """252,000 of wages, rents of 10,000: 3.8%; a loss of 4,000 leaves 6,000 of 10,000 of gains; never below 0."""
    saver = household(annual_salary=252_000_00, **PLAIN)
    for rents, gains, niit in ((10_000_00, 0, 380_00), (-4_000_00, 10_000_00, 228_00), (-12_000_00, 10_000_00, 0)):
        tax = TaxFacts(filing_status="single", interest_income=rents, qualified_income=gains)
        line = with_facts(saver, tax).returns[0]
        assert (line.agi, line.niit) == (252_000_00 + rents + gains, niit)


def test_deferred_compensation_leaves_box_1_not_box_5() -> None:
    saver = household(**PLAIN)
    future = FutureFacts(nqdc_deferred=40_000_00)
    line = with_facts(saver, TaxFacts(filing_status="single"), future=future).returns[0]
    assert (line.wages, line.medicare_wages) == (200_000_00, 240_000_00)
    client = Client(household=saver, future=future)
    w2 = form_w2(client, plan_year(saver, rules_of(saver)), rules_of(saver))
    assert (w2.box_1, w2.box_5) == (200_000_00, 240_000_00)


def test_a_traditional_contribution_uses_up_the_roth_limit() -> None:
    """7,500 nondeductible and 7,500 planned directly at 100,000: all of the second is above the limit."""
    saver = household(annual_salary=100_000_00, **PLAIN)
    tax = TaxFacts(filing_status="single", roth_ira_planned=7_500_00)
    found = with_facts(saver, tax, iras=IraFacts(ira_contributed=7_500_00))
    assert (found.roth_ira_allowed, found.roth_ira_excess) == (0, 7_500_00)
    found = with_facts(saver, tax, iras=IraFacts(ira_contributed=3_000_00))
    assert (found.roth_ira_allowed, found.roth_ira_excess) == (4_500_00, 3_000_00)
    found = with_facts(saver, tax, iras=IraFacts(ira_compensation=2_000_00))
    assert (found.roth_ira_allowed, found.roth_ira_excess) == (2_000_00, 5_500_00)
