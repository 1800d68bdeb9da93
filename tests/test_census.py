"""The census answers for every saver what the year of that saver alone answers, and refuses what it cannot use."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from mbr_xl.engine.columns import blank, pays_of, saver_of, terms_of
from mbr_xl.engine.events import events
from mbr_xl.engine.plan import limits_of, plan_year, rules_of
from mbr_xl.engine.year_rule import year_of
from mbr_xl.errors import InputError
from mbr_xl.household import MOST_TIERS, Election, Household, Payment, Tier
from mbr_xl.money import WHOLE
from mbr_xl.rules import bank_holidays
from tests.households import percent, plain_household, random_household, some_day, some_dollars

np = pytest.importorskip("numpy", reason="the extra census is not installed: no numpy")
pd = pytest.importorskip("pandas", reason="the extra census is not installed: no pandas")
pytest.importorskip("numba", reason="the extra census is not installed: no numba")

from mbr_xl import census_years  # noqa: E402
from mbr_xl.census import MONEY, OWN, PAYMENTS, RATES, plan_census  # noqa: E402

HOUSEHOLDS = 1500
PLANS, SAVERS = 120, 8


@pytest.fixture(autouse=True)
def one_compilation(monkeypatch):
    """Formulas of all lengths as one: each new length would be compiled anew, for seconds."""
    monkeypatch.setattr(census_years, "FEWEST_TIERS", MOST_TIERS)


def test_the_compiled_rule_equals_the_rule_as_it_stands(base_seed):
    closed = bank_holidays()
    for seed in range(base_seed, base_seed + HOUSEHOLDS):
        h = random_household(seed)
        limits = limits_of(h, rules_of(h))
        lines = events(h, closed)
        terms, saver, pays, made = terms_of(h, limits), saver_of(h, limits), pays_of(h, lines), blank(len(lines))
        expected = year_of(terms, saver, pays, made)
        arrays = type(pays)(*(np.array(column, np.int64) for column in pays))
        filled = type(made)(*(np.zeros(len(lines), np.int64) for _ in made))
        assert census_years.compiled_year(census_years.compilable(terms), saver, arrays, filled) == expected, seed
        for name, column, kept in zip(made._fields, filled, made, strict=True):
            assert column.tolist() == kept, (seed, name)


def a_plan(rng: random.Random) -> Household:
    """What the savers of a plan share."""
    h = plain_household(rng)
    h = replace(h, spill_over=rng.choice(["none", "none", "starts at the limit", "deferral continues"]))
    payments = tuple(replace(one, separate=True) for one in h.payments)
    if h.ytd_date and h.compensation_practice == "prorated":  # a census cannot tell what of it was counted
        h = replace(h, compensation_practice="cumulative")
    h = replace(h, ytd_match_counted=None)
    return replace(h, raises=(), leaves=(), hire_date=None, leave_date=None, payments=payments)


def savers_of(rng: random.Random, plan: Household) -> tuple[list[Household], dict[str, list[Any]]]:
    """Some savers as households and as columns; which inputs have a column is drawn."""
    year = plan.tax_year
    money = [name for name in MONEY if name in ("annual_salary", "elsewhere") or (plan.ytd_date and name in OWN)]
    names = [name for name in money if rng.random() < 0.7]
    names += [name for name in ("hire_date", "leave_date") if rng.random() < 0.5]
    kinds = [one.kind for one in plan.payments]
    once = [kind for kind in PAYMENTS if kinds.count(kind) == 1 and rng.random() < 0.8]
    rates = [name for name in RATES if plan.plan_has_roth or "roth" not in name] if rng.random() < 0.7 else []
    rates = [name for name in rates if rng.random() < 0.8]
    columns: dict[str, list[Any]] = {name: [] for name in (*names, *once, *rates, "birth_date", "prior_wages")}
    households = []
    for _ in range(SAVERS):
        age = rng.choice([None, 30, 49, 50, 59, 60, 63, 64])
        born = None if age is None else date(year - age, rng.randint(1, 12), 28)
        wages = None if age is None or age < 50 else rng.choice([0, 14_500_000, 15_000_000, 15_000_100, 40_000_000])
        own: dict[str, Any] = {"birth_date": born, "prior_wages": wages}
        hire = some_day(rng, date(year - 1, 6, 1), date(year, 9, 30))
        for name in names:
            if name == "hire_date":
                own[name] = rng.choice([None, hire])
            elif name == "leave_date":
                own[name] = rng.choice([None, some_day(rng, hire, date(year + 1, 1, 31))])
            else:
                own[name] = some_dollars(rng, 1, rng.choice([500, 20_000, 400_000]))
        so_far = (own.get(name, getattr(plan, name)) for name in ("elsewhere", "ytd_pretax", "ytd_roth"))
        if born is None and sum(so_far) > 1_800_000:  # beyond 402(g) the age is asked for
            own["birth_date"] = date(year - 40, 1, 1)
        amounts = {kind: some_dollars(rng, 0, rng.choice([500, 90_000])) for kind in once}
        elected = {name: percent(rng.choice([0, 3, 5.5, 10, 20, 60, 100])) for name in rates}
        households.append(
            replace(
                plan,
                **own,
                payments=tuple(replace(one, amount=amounts.get(one.kind, one.amount)) for one in plan.payments),
                elections=(Election(date(year, 1, 1), **elected),) if rates else plan.elections,
            )
        )
        for name, value in own.items():
            columns[name].append(value if value is None or isinstance(value, date) else value / 100)
        for name, value in amounts.items():
            columns[name].append(value / 100)
        for name, value in elected.items():
            columns[name].append(value / 1_000_000)
    return households, columns


def test_the_census_equals_the_year_of_each_saver(base_seed):
    compared = 0
    for seed in range(base_seed, base_seed + PLANS):
        rng = random.Random(seed)
        plan = a_plan(rng)
        households, columns = savers_of(rng, plan)
        rules = rules_of(plan)
        frame = pd.DataFrame(columns, index=[f"S{i}" for i in range(SAVERS)])
        answers = plan_census(frame, plan, rules)
        assert list(answers.index) == list(frame.index)
        assert list(answers.columns) == list(census_years.ANSWERS)
        for i, household in enumerate(households):
            top = plan_year(household, rules).headlines
            for name in census_years.CENTS:
                assert answers[name].iloc[i] == getattr(top, name) / 100, (seed, i, name)
            assert answers["binding"].iloc[i] == top.binding, (seed, i)
            assert answers["elections_safe"].iloc[i] == top.elections_safe, (seed, i)
            compared += 1
    assert compared == PLANS * SAVERS


PLAN = Household(
    tax_year=2026,
    any_pay_date=date(2026, 1, 9),
    annual_salary=20_000_000,
    payments=(Payment(date(2026, 3, 13), "bonus", 1_000_000, True, True, True, True),),
)


def test_the_largest_numbers_that_are_let_through_do_not_overflow():
    billion = 10**11
    large = replace(
        PLAN,
        pay_frequency="monthly",
        annual_salary=billion - PLAN.payments[0].amount,
        own_deferral=billion,
        own_annual_additions=billion,
        own_compensation=billion,
        match_period="annual",
        match_catch_up=True,
        match_after_tax=True,
        nonelective_rate=WHOLE,
        profit_sharing_rate=WHOLE,
        after_tax_cap_share=WHOLE,
        elections=(Election(date(2026, 1, 1), base_pretax=WHOLE),),
    )
    kinds = [Tier("award", 10 * WHOLE, 1), Tier("share", 10 * WHOLE, WHOLE), Tier("dollars", 10 * WHOLE, billion)]
    kinds.append(Tier("limit", 10 * WHOLE))
    for tier in kinds:
        h = replace(large, match_tiers=(tier,) * MOST_TIERS)
        limits, lines = limits_of(h, rules_of(h)), events(h, bank_holidays())
        terms, saver, pays, made = terms_of(h, limits), saver_of(h, limits), pays_of(h, lines), blank(len(lines))
        arrays = type(pays)(*(np.array(column, np.int64) for column in pays))
        filled = type(made)(*(np.zeros(len(lines), np.int64) for _ in made))
        compiled = census_years.compiled_year(census_years.compilable(terms), saver, arrays, filled)
        assert compiled == year_of(terms, saver, pays, made), tier.kind


@pytest.mark.parametrize(
    ("plan", "columns", "says"),
    [
        (PLAN, {"salary": [1.0]}, "no column of a census"),
        (PLAN, {"annual_salary": [-1.0]}, "Row 7: annual_salary is below"),
        (PLAN, {"annual_salary": [None]}, "annual_salary is blank"),
        (PLAN, {"annual_salary": ["much"]}, "no number"),
        (PLAN, {"annual_salary": [9.9e8], "bonus": [9.9e8]}, "come to more than"),
        (PLAN, {"base_pretax": [6.0]}, "6% is 0.06"),
        (PLAN, {"birth_date": ["soon"]}, "no date"),
        (PLAN, {"birth_date": [date(2027, 1, 1)]}, "not 1 to 120"),
        (PLAN, {"birth_date": [date(1970, 1, 1)]}, "Row 7: Give the 2025 Social Security wages"),
        (PLAN, {"rsu": [1.0]}, "needs the date of one payment"),
        (PLAN, {"ytd_pretax": [1.0]}, "ytd_date"),
        (PLAN, {"hire_date": [date(2026, 5, 1)], "leave_date": [date(2026, 4, 1)]}, "after the last day"),
        (replace(PLAN, plan_has_roth=False, in_plan_conversion=False), {"base_roth": [0.1]}, "no Roth deferrals"),
        (
            replace(PLAN, payments=(replace(PLAN.payments[0], separate=False),)),
            {"hire_date": [date(2026, 5, 1)]},
            "paid separately",
        ),
    ],
)
def test_what_cannot_be_used_is_refused(plan, columns, says):
    with pytest.raises(InputError, match=says):
        plan_census(pd.DataFrame(columns, index=[7]), plan, rules_of(plan))


def test_a_table_without_rows_or_columns_of_its_own():
    assert len(plan_census(pd.DataFrame({"annual_salary": []}), PLAN, rules_of(PLAN))) == 0
    answers = plan_census(pd.DataFrame(index=[1, 2]), PLAN, rules_of(PLAN))
    top = plan_year(PLAN, rules_of(PLAN)).headlines
    assert answers["after_tax_room"].tolist() == [top.after_tax_room / 100] * 2
