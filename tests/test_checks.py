"""What an advisor is told about a valid year, and which path a plan allows."""

from dataclasses import replace
from datetime import date

import pytest

from mbr_xl.engine.checks import findings
from mbr_xl.engine.converting.path import path
from mbr_xl.engine.match import parse_match
from mbr_xl.engine.plan import plan_year, rules_of
from mbr_xl.household import Election, Household

QUIET = Household(
    tax_year=2026,
    birth_date=date(1990, 1, 1),
    any_pay_date=date(2026, 1, 31),
    pay_frequency="monthly",
    annual_salary=294_000_00,  # 24,500 a month
    elections=(Election(date(2026, 1, 1), 100_000, 0, 160_000), Election(date(2026, 11, 1), 0)),
    growth_rate=70_000,
    posting_lag=0,
    conversion_lag=0,
)


def found(**changes):
    h = replace(QUIET, **changes)
    rules = rules_of(h)
    return findings(h, plan_year(h, rules), rules)


def elections(pretax, roth=0, after_tax=0):
    return {"elections": (Election(date(2026, 1, 1), pretax * 10_000, roth * 10_000, after_tax * 10_000),)}


def test_a_quiet_year():
    # Ten pays of 2,450 deferred, 47,040 of 47,500 after-tax, and no pair of whole percents fills more: only said.
    (one,) = found()
    assert (one.severity, one.field) == ("note", "elections")
    assert "$460 of after-tax room is unused" in one.message


@pytest.mark.parametrize(
    ("changes", "field", "severity", "words"),
    [
        (elections(0, 0, 26), "election_base_after_tax", "fix", "from Dec 31, 2026 (base) on: $4,440 too much that"),
        (elections(15), "election_base_pretax", "look", "from Jul 31, 2026 (base) on"),
        (elections(5), "elections", "note", "$9,800 short of $24,500"),
        ({"birth_date": None}, "birth_date", "note", "no date of birth"),
        ({"birth_date": None, **elections(15)}, "birth_date", "fix", "$44,100, above $24,500"),
        (
            {"birth_date": date(1970, 1, 1), "prior_wages": 200_000_00, **elections(12, 2)},
            "election_base_pretax", "fix", "passes $24,500 by $10,780",
        ),
        (
            {"birth_date": date(1970, 1, 1), "prior_wages": 200_000_00, "plan_has_roth": False,
             "in_plan_conversion": False, "in_service_withdrawal": True},
            "plan_has_roth", "look", "takes no Roth",
        ),
        (
            {"elsewhere": 30_000_00}, "elsewhere", "fix",
            "Deferrals are $5,500 over the limit of $24,500 for all employers together: the excess with its earnings "
            "should leave a plan by Apr 15, 2027.",
        ),
        (
            {"pay_frequency": "biweekly", "any_pay_date": date(2026, 1, 2)},
            "pay_frequency", "note", "27 pays instead of 26",
        ),
        ({"growth_rate": 0}, "growth_rate", "note", "Growth until conversion is 0%"),
        ({"in_plan_conversion": False}, "in_plan_conversion", "fix", "cannot turn Roth"),
        ({"cadence": "none"}, "cadence", "look", "is not converted on December 31, 2026"),
        (
            {"separate_elections": False, "elections": (Election(date(2026, 1, 1), bonus_after_tax=500_000),)},
            "separate_elections", "fix", "the base election hits all pay",
        ),
        (
            {"birth_date": date(1970, 1, 1), "prior_wages": 0, "elsewhere": 24_500_00, **elections(4)},
            "elsewhere", "look", "$8,000 of catch-up is there only because of deferrals elsewhere",
        ),
        ({"after_tax_allowed": False}, "after_tax_allowed", "note", "no after-tax"),
        ({"profit_sharing": 80_000_00}, "profit_sharing", "fix", "over $72,000"),
        ({"own_deferral": 25_000_00}, "own_deferral", "look", "YOUR LIMITS"),
        ({"opening_value": 900_00, "opening_basis": 1_000_00}, "unrecovered_basis", "look", "lost $100"),
        ({"elections": ()}, "elections", "look", "nothing is contributed"),
        ({"combined_cap": 250_000}, "elections", "look", "26% of base pay, above 25%"),
        (
            {"match_period": "per pay", "match_tiers": parse_match("100% of 6%")[0], **elections(20)},
            "elections", "look", "of match is lost",
        ),
        (
            {"match_period": "per pay", "match_tiers": parse_match("100% of 6%")[0], "true_up": "next spring",
             **elections(20)},
            "true_up", "note", "still to come in spring 2027",
        ),
        (
            {"match_period": "per pay", "match_tiers": parse_match("100% of 6%")[0], "annual_salary": 400_000_00},
            "compensation_practice", "note", "passes $360,000",
        ),
    ],
)  # fmt: skip
def test_found(changes, field, severity, words):
    (finding,) = [one for one in found(**changes) if words in one.message]
    assert (finding.severity, finding.field) == (severity, field)


def test_the_urgent_ones_come_first():
    h = replace(QUIET, elsewhere=30_000_00, growth_rate=0)
    rules = rules_of(h)
    order = [finding.severity for finding in findings(h, plan_year(h, rules), rules)]
    assert order == sorted(order, key=["fix", "look", "note"].index)
    assert len(set(order)) == 3


@pytest.mark.parametrize(
    ("plan", "begins"),
    [
        ((True, True, True), "Path A or Path B: "),
        ((True, True, False), "Path A: in-plan conversion"),
        ((True, False, True), "Path B: in-service withdrawal"),
        ((True, False, False), "Neither: the plan takes after-tax"),
        ((False, True, True), "Neither: after-tax contributions are missing"),
    ],
)
def test_path(plan, begins):
    assert path(*plan).startswith(begins)
    assert len(path(*plan)) <= 255
