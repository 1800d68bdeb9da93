"""Random tax facts that the engine accepts, and what each of them is as cells of the planner."""

from __future__ import annotations

import random
from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any, get_args

from mbr_xl.client import Client
from mbr_xl.future_facts import FutureFacts
from mbr_xl.household import Household
from mbr_xl.ira_facts import IraFacts
from mbr_xl.limit_facts import LimitFacts
from mbr_xl.rules import Filing
from mbr_xl.tax_facts import TaxFacts
from tests.households import Cell, as_cell, random_household, some_dollars

STATUSES: tuple[Filing, ...] = get_args(Filing)
# Where rates change: amounts near them are drawn more often than chance would.
EDGES = (50_000, 75_000, 100_000, 125_000, 150_000, 200_000, 250_000, 400_000, 600_000)


def some_amount(rng: random.Random, high: int) -> int:
    """Cents: often nothing, else up to `high` dollars."""
    return 0 if rng.random() < 0.4 else some_dollars(rng, 0, high)


def random_tax_facts(rng: random.Random, year: int) -> TaxFacts:
    """Facts that fit their filing status; about one in eight without a status."""
    status = None if rng.random() < 0.12 else rng.choice(STATUSES)
    couple = 2 if status in ("mfj", "mfs", "mfs_apart") else 1
    joint = status == "mfj"
    adjustments = some_amount(rng, 20_000)
    estimated = rng.random() < 0.7
    return TaxFacts(
        filing_status=status,
        gross_to_date=rng.choice([None, None, some_dollars(rng, 0, 300_000)]),
        wage_benefits=some_amount(rng, 12_000),
        other_wages=some_amount(rng, 120_000),
        spouse_wages=some_amount(rng, rng.choice((60_000, 500_000))) if joint else 0,
        spouse_medicare_wages=rng.choice([None, some_dollars(rng, 0, 300_000)]) if joint else None,
        other_income=some_amount(rng, 100_000) - (some_amount(rng, 60_000) if rng.random() < 0.3 else 0),
        interest_income=some_amount(rng, rng.choice((3_000, 90_000)))
        - (some_amount(rng, 30_000) if rng.random() < 0.3 else 0),
        qualified_income=some_amount(rng, rng.choice((5_000, 400_000))),
        ira_conversion_income=rng.choice([None, some_amount(rng, 8_000)]),
        adjustments=adjustments,
        adjustments_added_back=rng.choice((0, adjustments, adjustments // 2)),
        itemized=rng.choice([None, None, some_dollars(rng, 0, 80_000)]),
        seniors=rng.choice((0, 0, couple, rng.randint(0, couple))),
        blind_filers=rng.choice((0, 0, 0, rng.randint(0, couple))),
        other_deductions=some_amount(rng, 15_000),
        tax_credits=some_amount(rng, rng.choice((4_400, 60_000))),
        other_taxes=some_amount(rng, 9_000),
        state_share=rng.choice([None, None, 0, rng.randint(0, 1_000_000)]),
        state_taxes_deferrals=rng.random() < 0.3,
        roth_ira_planned=rng.choice((0, 7_000_00, 7_500_00, 8_600_00)),
        prior_tax=rng.choice((0, some_dollars(rng, 0, 250_000))) if estimated else None,
        prior_agi=some_dollars(rng, 0, 400_000) if estimated or rng.random() < 0.5 else None,
        federal_withheld=rng.choice([None, some_dollars(rng, 0, 80_000)]),
        federal_to_come=rng.choice([None, some_dollars(rng, 0, 80_000)]),
        new_withholding_from=rng.choice([None, date(year, 1, 1) + timedelta(days=rng.randrange(365))]),
        estimate_april=some_amount(rng, 10_000),
        estimate_june=some_amount(rng, 10_000),
        estimate_september=some_amount(rng, 10_000),
        estimate_january=some_amount(rng, 10_000),
    )


def random_ira_facts(rng: random.Random) -> IraFacts:
    """Facts of an ordinary backdoor, at times without the value that Form 8606 needs."""
    contributed = rng.choice((0, 7_000_00, 7_500_00, some_dollars(rng, 0, 8_000)))
    spouse = rng.choice((0, 7_000_00, some_dollars(rng, 0, 8_000)))
    return IraFacts(
        ira_value=rng.choice([None, 0, some_dollars(rng, 0, 200_000)]),
        ira_contributed=contributed,
        ira_late=rng.choice((0, 0, contributed // 2)),
        ira_converted=rng.choice((0, contributed, some_dollars(rng, 0, 60_000))),
        ira_basis=some_amount(rng, 20_000),
        ira_distributed=some_amount(rng, 5_000) if rng.random() < 0.3 else 0,
        ira_compensation=rng.choice([None, None, some_dollars(rng, 0, 9_000)]),
        spouse_ira_value=rng.choice([None, 0, some_dollars(rng, 0, 200_000)]),
        spouse_ira_contributed=spouse,
        spouse_ira_late=rng.choice((0, 0, spouse // 2)),
        spouse_ira_converted=rng.choice((0, spouse, some_dollars(rng, 0, 60_000))),
        spouse_ira_basis=some_amount(rng, 20_000),
        spouse_ira_distributed=some_amount(rng, 5_000) if rng.random() < 0.3 else 0,
    )


def random_limit_facts(rng: random.Random, household: Household) -> LimitFacts:
    """What decides how much of an excess deferral is income of its year."""
    return LimitFacts(
        elsewhere_roth=rng.choice((0, household.elsewhere, household.elsewhere // 3)),
        excess_from=rng.choice(("this plan", "other plan")),
        excess_first=rng.choice(("pre-tax", "Roth")),
        excess_returned=rng.choice([None, date(household.tax_year, 12, 1), date(household.tax_year + 1, 4, 20)]),
        returned_earnings=rng.choice((0, rng.randint(0, 200_000))),
    )


def random_client(seed: int) -> Client:
    """A random household with random tax and IRA facts, the same for the same seed."""
    rng, household = random.Random(seed), random_household(seed)
    if household.birth_date is not None and rng.random() < 0.4:
        household = replace(household, elsewhere=some_dollars(rng, 0, 30_000))
    return Client(
        household=household,
        tax=random_tax_facts(rng, household.tax_year),
        iras=random_ira_facts(rng),
        trouble=random_limit_facts(rng, household),
        future=FutureFacts(nqdc_deferred=rng.choice([None, None, some_dollars(rng, 0, 60_000)])),
    )


def tax_cells(facts: TaxFacts | IraFacts | LimitFacts, *, defaults_blank: bool = False) -> dict[str, Cell]:
    """Every input cell of the section by its name; None is a blank cell."""
    found: dict[str, Cell] = {}
    for field in fields(facts):
        value: Any = getattr(facts, field.name)
        blank = defaults_blank and value == field.default
        found[field.name] = None if blank else as_cell(value, str(field.type))
    return found
