"""Every bad input is refused in one sentence that names it."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from mbr_xl.engine.match import parse_match
from mbr_xl.engine.plan import plan_year, rules_of
from mbr_xl.engine.validate import problems, validate
from mbr_xl.errors import InputError
from mbr_xl.household import Election, Leave, Payment, Raise, Tier
from tests.hand_worked import JAN, bonus, household


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"payments": (bonus(date(2025, 12, 31), 1),)}, "not in 2026"),
        ({"payments": (bonus(date(2026, 12, 31), 1, separate=False),), "leave_date": date(2026, 12, 30)}, "no regular"),
        ({"payments": (bonus(date(2026, 1, 5), 1, False), bonus(date(2026, 1, 30), 1))}, "Two payments of the kind"),
        ({"elections": (Election(JAN, base_roth=10_000),), "plan_has_roth": False}, "no Roth deferrals"),
        ({"annual_salary": -1}, "annual_salary"),
        ({"tax_year": None, "any_pay_date": JAN}, "tax_year"),
        ({"any_pay_date": None}, "any_pay_date"),
        ({"annual_salary": None}, "annual_salary"),
        ({"growth_rate": -1_000_000}, "above -100%"),
        ({"federal_rate": 600_000, "state_rate": 500_000}, "more than 100%"),
        ({"raises": (Raise(date(2026, 5, 1), 1), Raise(date(2026, 4, 1), 1))}, "ascending"),
        ({"elections": (Election(date(2026, 5, 1)), Election(date(2026, 5, 1)))}, "ascending"),
        ({"leaves": (Leave(JAN, date(2026, 2, 1), 0), Leave(date(2026, 2, 1), date(2026, 3, 1), 0))}, "overlap"),
        ({"leaves": (Leave(date(2026, 2, 1), JAN, 0),)}, "before it starts"),
        ({"hire_date": date(2026, 5, 1), "leave_date": date(2026, 4, 1)}, "hire_date"),
        ({"opening_basis": 1, "opening_pre_1987": 2}, "opening_pre_1987"),
        ({"ytd_pretax": 1}, "ytd_date"),
        ({"ytd_date": date(2025, 5, 5)}, "ytd_date"),
        ({"ytd_date": JAN, "ytd_converted": 1, "ytd_taxable": 2}, "ytd_taxable"),
        ({"posting_lag": -1}, "posting_lag"),
        ({"payments": tuple(bonus(JAN, 1) for _ in range(61))}, "at most 60"),
        ({"cadence": "weekly"}, "automatic"),
        ({"cadence": "dates", "conversion_dates": (date(2027, 1, 4),)}, "conversion_dates"),
        ({"pay_frequency": "semimonthly"}, "second_day"),
        ({"match_tiers": parse_match("1% of 1%")[0] * 5}, "at most 4"),
        ({"match_change_date": JAN, "ytd_date": date(2026, 1, 31)}, "match_change_date"),
        (
            {"match_period": "quarterly", "match_tiers": parse_match("50% of 6%")[0], "ytd_date": date(2026, 2, 28),
             "ytd_additions_pay": 40_000_00},
            "must end a quarter",
        ),
        (
            {"match_period": "quarterly", "match_tiers": parse_match("50% of 6%")[0], "ytd_date": date(2026, 3, 16),
             "ytd_additions_pay": 60_000_00, "any_pay_date": date(2026, 1, 15), "pay_frequency": "monthly",
             "payments": (bonus(date(2026, 3, 30), 1),)},
            "follows on",
        ),
        ({"ytd_date": date(2026, 2, 28)}, "2 pays lie on or before"),
        ({"match_tiers": parse_match("50% of 6%")[0]}, "match_period is none"),
        ({"match_period": "per pay"}, "match_tiers is empty"),
        ({"match_period": "per pay", "match_tiers": (Tier("share", 500_000, 0),)}, "width is 0"),
        ({"match_period": "per pay", "match_tiers": (Tier("share", 1, 700_000),) * 2}, "more than 100%"),
        ({"plan_has_roth": False}, "needs Roth in the plan"),
        ({"earnings_to": "traditional"}, "in-service withdrawal"),
        ({"opening_basis": 1_00}, "opening_value"),
        ({"cadence": "dates"}, "conversion_dates is empty"),
        ({"birth_date": date(2027, 1, 1)}, "birth_date"),
        ({"combined_cap": 1_000_001}, "0% to 100%"),
        ({"annual_salary": 1.5}, "annual_salary"),
        ({"annual_salary": 10**12}, "at most"),
        ({"any_pay_date": datetime(2026, 1, 2)}, "any_pay_date"),
        ({"client": 5}, "client"),
        ({"plan_has_roth": "maybe"}, "yes or no"),
        ({"salary_divisor": 0}, "1 to 366"),
        ({"elections": (Election(JAN, base_pretax=1.5),)}, "base_pretax"),
        ({"elections": (Election(None),)}, "start"),
        ({"raises": (Raise(JAN, -1),)}, "Row 1 of raises"),
        ({"payments": (Payment(JAN, "gift", 1, True, True, True, True),)}, "sign-on"),
        ({"payments": (Payment(JAN, "bonus", -1, True, True, True, True),)}, "Row 1 of payments"),
        ({"payments": (Payment(JAN, "bonus", 1, None, True, True, True),)}, "yes or no"),
        ({"match_tiers": (Tier("percent", 1, 1),)}, "kind of tier"),
        ({"match_tiers": (Tier("share", 1, 2_000_000),)}, "0% to 100%"),
        ({"match_tiers": (Tier("dollars", -1, 1),)}, "1000%"),
    ],
)  # fmt: skip
def test_refused_in_one_sentence(changes, words):
    usual = household()
    rules = rules_of(usual)
    with pytest.raises(InputError, match=words) as refusal:
        plan_year(replace(usual, **changes), rules)
    assert str(refusal.value).endswith(".")
    assert "\n" not in str(refusal.value)


def test_all_problems_at_once():
    bad = replace(household(), opening_value=1, opening_basis=1, opening_pre_1987=2, ytd_pretax=1)
    assert len(list(problems(bad))) == 2
    assert validate(household()) is None
