"""Random households that the engine accepts, and what each of them is as cells of the planner.

Neither uses the product's own reading, writing or pay-date code: a mistake there must not hide itself here.
"""

from __future__ import annotations

import calendar
import random
from dataclasses import fields, replace
from datetime import date, timedelta
from functools import cache
from typing import Any, get_args

import holidays

from mbr_xl import household as h
from mbr_xl.fact import is_list, record_of
from mbr_xl.household import Election, Household, Leave, Payment, Raise, Tier
from mbr_xl.records import Paid

Cell = float | int | str | date | None

USUAL = {"weekly": 52, "biweekly": 26, "semimonthly": 24, "monthly": 12}
KINDS = get_args(h.PayKind)
RATES = [name for name in Election.__dataclass_fields__ if name != "start"]
WHOLE = 1_000_000


def percent(whole: float) -> int:
    return round(whole * 10_000)


def some_dollars(rng: random.Random, low: int, high: int) -> int:
    """Whole thousands, whole dollars or odd cents, as people type them."""
    cents = rng.randint(low * 100, high * 100)
    step = rng.choice([1, 1, 100, 100_000])
    return max(low * 100, cents // step * step)


def some_day(rng: random.Random, first: date, last: date) -> date:
    return first + timedelta(days=rng.randint(0, max(0, (last - first).days)))


# Pay dates, a second statement of the rule of design.md section 4.


@cache
def closed_days(year: int) -> frozenset[date]:
    return frozenset(holidays.financial_holidays("FED", years=[year - 1, year, year + 1]))


def business_day_before(day: date) -> date:
    while day.weekday() > 4 or day in closed_days(day.year):
        day -= timedelta(days=1)
    return day


def nominal_dates(year: int, frequency: str, any_pay_date: date, second_day: int | None) -> list[date]:
    """The dates before any shift, in the year and a month on either side of it."""
    first, last = date(year - 1, 12, 1), date(year + 1, 1, 31)
    if frequency in ("weekly", "biweekly"):
        step = 7 if frequency == "weekly" else 14
        day = first + timedelta(days=(any_pay_date - first).days % step)
        return [day + timedelta(days=step * k) for k in range((last - day).days // step + 1)]
    of_month = calendar.monthrange(any_pay_date.year, any_pay_date.month)[1]
    days = [31 if any_pay_date.day == of_month else any_pay_date.day]
    if frequency == "semimonthly":
        assert second_day
        days.append(second_day)
    months = [(year - 1, 12), *((year, m) for m in range(1, 13)), (year + 1, 1)]
    return sorted(date(y, m, min(d, calendar.monthrange(y, m)[1])) for y, m in months for d in days)


def regular_dates(
    year: int,
    frequency: str,
    any_pay_date: date,
    second_day: int | None,
    shift: str,
    hire: date | None,
    leave: date | None,
) -> list[date]:
    """The regular pay dates of the year while employed."""
    days = nominal_dates(year, frequency, any_pay_date, second_day)
    if shift == "before":
        days = [business_day_before(day) for day in days]
    return [
        day for day in days if day.year == year and (hire is None or day >= hire) and (leave is None or day <= leave)
    ]


# What was really paid, and the two ways of electing beside shares of pay in parallel.


def some_paid(rng: random.Random, household: Household, regular: list[date]) -> tuple[Paid, ...]:
    """Stubs of the first pays of the year, at times with a gap, their amounts near what is planned or far from it."""
    ytd = household.ytd_date or date.min
    planned = [(day, "base", household.annual_salary // USUAL[household.pay_frequency]) for day in regular]
    for payment in household.payments:
        paid = payment.date if payment.separate else min(day for day in regular if day >= payment.date)
        planned.append((paid, payment.kind, payment.amount))
    planned = sorted(one for one in planned if one[0] > ytd)
    first = planned[: rng.randint(1, max(1, len(planned) - rng.choice([0, 1, 1, 3])))]
    if rng.random() < 0.35:
        first = [one for one in first if rng.random() < 0.75]
    scale = rng.choice([0.05, 0.15, 0.15, 0.4])
    found = []
    for day, kind, gross in first:
        gross = rng.choice([gross, gross, round(gross * rng.uniform(0.6, 1.3)), 0])
        gross = 0 if gross < 100 else gross  # below a dollar it is read as a slip
        shares = [rng.choice([0, rng.uniform(0, scale), rng.uniform(0, scale)]) for _ in range(3)]
        pretax, roth, after_tax = (int(gross * share / max(1, sum(shares))) for share in shares)
        if not household.plan_has_roth:
            roth = 0
        if household.birth_date is None:  # beyond 402(g) the age is asked for
            pretax, roth = min(pretax, 3_000), min(roth, 1_000)
        match = rng.choice([0, round(gross * 0.03), rng.randint(0, 50_000)])
        nonelective = rng.choice([0, 0, round(gross * 0.02)])
        found.append(Paid(day, kind, gross, pretax, roth, after_tax, match, nonelective))
    rng.shuffle(found)
    return tuple(found)


def in_dollars(rng: random.Random, household: Household) -> tuple[Election, ...]:
    """The same elections as dollars of a usual pay, whole ones or odd cents."""
    pay = household.annual_salary // USUAL[household.pay_frequency]

    def amount(rate: int | None) -> int | None:
        if rate is None:
            return None
        cents = round(pay * rate / WHOLE * rng.choice([1, 1, 1.7]))
        return cents if rng.random() < 0.1 and cents >= 100 else cents // 100 * 100

    return tuple(
        Election(one.start, **{name: amount(getattr(one, name)) for name in RATES}) for one in household.elections
    )


def as_it_happened(rng: random.Random, household: Household, regular: list[date]) -> Household:
    """Some households with recorded pays, some that elect dollars, some whose after-tax hangs on the limit."""
    if rng.random() < 0.2:
        household = replace(household, election_unit="dollars", elections=in_dollars(rng, household))
    if rng.random() < 0.35:
        household = replace(household, spill_over=rng.choice(["starts at the limit", "deferral continues"]))
    if rng.random() < 0.35:
        household = replace(household, paid=some_paid(rng, household, regular))
    return household


# The parts of a household.


def some_tier(rng: random.Random) -> Tier:
    kind = rng.choice(["share", "share", "share", "dollars", "dollars", "limit", "award"])
    if kind == "share":
        width = rng.choice([percent(w) for w in (1, 2, 2.5, 3, 4, 5, 6, 8, 100)])
        return Tier(
            "share", rng.choice([percent(r) for r in (25, 50, 50, 75, 100, 100, 150)] + [333_333, 666_667]), width
        )
    if kind == "dollars":
        rate = rng.choice([percent(r) for r in (25, 50, 100, 100)] + [333_333])
        return Tier("dollars", rate, some_dollars(rng, 500, 12_000))
    if kind == "limit":
        return Tier("limit", percent(rng.choice([10, 25, 50])))
    return Tier("award", percent(rng.choice([1, 3, 7, 8])), percent(rng.choice([1, 2, 3, 6])))


def some_tiers(rng: random.Random, count: int) -> tuple[Tier, ...]:
    """Tiers whose shares of pay come to at most 100 %."""
    tiers: list[Tier] = []
    for _ in range(count):
        tier = some_tier(rng)
        if tier.kind != "share" or tier.width + sum(one.width for one in tiers if one.kind == "share") <= WHOLE:
            tiers.append(tier)
    return tuple(tiers)


def some_formula(rng: random.Random) -> tuple[tuple[Tier, ...], tuple[Tier, ...]]:
    """A match formula and what it is compared with, if anything: shapes of real plans, or at random."""
    shapes: list[tuple[tuple[Tier, ...], tuple[Tier, ...]]] = [
        ((Tier("limit", percent(50)),), (Tier("dollars", percent(100), 300_000),)),
        ((Tier("dollars", percent(100), 600_000), Tier("dollars", percent(50), 1_100_000)), ()),
        ((Tier("limit", percent(50)),), ()),
        ((Tier("share", percent(50), percent(6)),), ()),
        ((Tier("share", percent(100), percent(3)), Tier("share", percent(50), percent(2))), ()),
        ((Tier("award", percent(7), percent(6)),), ()),
        ((Tier("award", percent(8), percent(2)),), (Tier("share", percent(100), percent(3)),)),
    ]
    if rng.random() < 0.4:
        return rng.choice(shapes)
    tiers = some_tiers(rng, rng.choice([1, 1, 2, 2, 3, 4]))
    other = some_tiers(rng, rng.choice([1, 1, 2, 4])) if rng.random() < 0.35 else ()
    return tiers, other


def some_match(rng: random.Random, first_change: date, last_change: date) -> dict[str, Any]:
    found: dict[str, Any] = {"last_day_rule": rng.random() < 0.25}
    if rng.random() < 0.3:
        found["nonelective_rate"] = percent(rng.choice([2, 3, 3, 4.25, 10]))
    if rng.random() < 0.25:
        found["profit_sharing_rate"] = percent(rng.choice([1, 2.5, 5, 15]))
    if rng.random() < 0.2:
        found["profit_sharing"] = some_dollars(rng, 100, 15_000)
    if rng.random() < 0.1:
        return found
    found["match_period"] = rng.choice(["per pay", "per pay", "quarterly", "annual"])
    found["match_tiers"], found["match_or"] = some_formula(rng)
    if rng.random() < 0.25 and first_change < last_change:
        found["match_change_date"] = some_day(rng, first_change, last_change)
        found["match_tiers_after"], found["match_or_after"] = some_formula(rng)
    if rng.random() < 0.25:
        found["match_max"] = some_dollars(rng, 500, 15_000)
    found["match_catch_up"] = rng.random() < 0.3
    found["match_after_tax"] = rng.random() < 0.2
    found["true_up"] = rng.choice(["none", "december", "next spring"])
    return found


def some_payments(rng: random.Random, year: int, regular: list[date]) -> tuple[Payment, ...]:
    """Payments of which no two of a kind are paid on one date; some may be past."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    found: list[Payment] = []
    taken: set[tuple[str, date]] = set()
    plain = rng.random() < 0.4
    for _ in range(rng.choice([0, 1, 2, 3, 4, 6, 10, rng.choice([10, 30, 60])])):
        kind = rng.choice(KINDS)
        separate = rng.random() < 0.5
        typed = some_day(rng, first, last)
        if regular and rng.random() < 0.3:
            typed = rng.choice(regular)
        paid = typed
        if not separate:
            later = [day for day in regular if day >= typed]
            if not later:
                continue
            paid = later[0]
        if {(kind, typed), (kind, paid)} & taken:
            continue
        taken |= {(kind, typed), (kind, paid)}
        amount = some_dollars(rng, *rng.choice([(1, 500), (1_000, 20_000), (5_000, 80_000), (50_000, 400_000)]))
        flags = (True, True, True) if plain else tuple(rng.random() < 0.75 for _ in range(3))
        found.append(Payment(typed, kind, amount, separate, *flags))
    rng.shuffle(found)
    return tuple(found)


def some_elections(rng: random.Random, year: int, plan_has_roth: bool, separate: bool) -> tuple[Election, ...]:
    scale = rng.choice([6, 15, 15, 30, 30, 60, 100])

    def some_rate(name: str) -> int | None:
        if rng.random() < 0.35:
            return None
        if name.endswith("roth") and (not plan_has_roth or rng.random() < 0.3):
            return 0
        whole = rng.randint(0, scale if name.endswith("after_tax") else max(6, scale // 2))
        return percent(whole + (rng.choice([0.5, 0.25, 0.75]) if whole < 100 and rng.random() < 0.15 else 0))

    days = {date(year, 1, 1)} if rng.random() < 0.7 else set()
    for _ in range(rng.choice([0, 0, 1, 2, 3, 11])):
        days.add(some_day(rng, date(year - 1, 10, 1), date(year, 12, 31)))
    names = RATES if separate or rng.random() < 0.3 else [name for name in RATES if name.startswith("base_")]
    return tuple(Election(day, **{name: some_rate(name) for name in names}) for day in sorted(days))


def some_leaves(rng: random.Random, year: int) -> tuple[Leave, ...]:
    found = []
    after = date(year, 1, 1)
    for _ in range(rng.choice([1, 1, 2, 3])):
        start = some_day(rng, after, after + timedelta(days=100))
        end = start + timedelta(days=rng.randint(0, 80))
        found.append(Leave(start, end, rng.choice([0, 0, percent(50), percent(60), 333_333, WHOLE])))
        after = end + timedelta(days=1)
        if after.year > year:
            break
    return tuple(found)


def some_conversion(rng: random.Random, year: int, opening: date, plan_has_roth: bool) -> dict[str, Any]:
    found: dict[str, Any] = {
        "in_plan_conversion": plan_has_roth and rng.random() < 0.9,
        "in_service_withdrawal": rng.random() < 0.3,
        "cadence": rng.choice(["automatic", "automatic", "each pay", "monthly", "quarterly", "dates", "none"]),
        "posting_lag": rng.choice([0, 1, 1, 2, 5, 10]),
        "conversion_lag": rng.choice([0, 1, 1, 3, 10]),
        "earnings_to": rng.choice(["roth", "roth", "traditional", "leave"]),
        "growth_rate": percent(rng.choice([0, 0, 5, 7, 7.25, 30, -8, -35])),
        "unrecovered_basis": rng.choice(["lost", "carried"]),
        "federal_rate": percent(rng.choice([0, 24, 32, 37])),
        "state_rate": percent(rng.choice([0, 3.876, 9.3])),
    }
    if found["earnings_to"] == "traditional" and found["cadence"] != "none":
        found["in_service_withdrawal"] = True
    if found["cadence"] == "dates":
        if opening >= date(year, 12, 30):
            found["cadence"] = "monthly"
        else:
            days = {
                some_day(rng, opening + timedelta(days=1), date(year, 12, 31)) for _ in range(rng.choice([1, 2, 4, 12]))
            }
            found["conversion_dates"] = tuple(sorted(days))
    if rng.random() < 0.45:
        value = some_dollars(rng, 50, 60_000)
        basis = round(value * rng.choice([1, 0.97, 0.8, 0.5, 1.2]))
        found |= {"opening_value": value, "opening_basis": basis}
        if rng.random() < 0.4:
            found["opening_pre_1987"] = round(basis * rng.choice([1, 0.3, 0.1]))
    return found


def some_limits(rng: random.Random, year: int) -> dict[str, Any]:
    own: dict[str, Any] = {
        "own_deferral": some_dollars(rng, 18_000, 27_000),
        "own_catch_up": some_dollars(rng, 5_000, 9_000),
        "own_annual_additions": some_dollars(rng, 50_000, 80_000),
        "own_compensation": some_dollars(rng, 200_000, 400_000),
    }
    if year >= 2025:
        own["own_super_catch_up"] = some_dollars(rng, 9_000, 13_000)
    if year >= 2026:
        own["own_roth_catch_up_wages"] = some_dollars(rng, 145_000, 165_000)
    if year == 2027 and rng.random() < 0.4:
        return own
    found = {"use_projection": year == 2027 or rng.random() < 0.1}
    if rng.random() < 0.15:
        found |= {name: own[name] for name in rng.sample(sorted(own), rng.randint(1, len(own)))}
    return found


def some_person(rng: random.Random, year: int) -> dict[str, Any]:
    age = rng.choice([None, 30, 45, 49, 50, 50, 55, 59, 60, 61, 62, 63, 64, 70])
    found: dict[str, Any] = {"prior_wages": None}
    if age is not None:
        found["birth_date"] = date(year - age, *rng.choice([(1, 1), (12, 31), (6, 15)]))
    if age is not None and age >= 50 and (year >= 2026 or rng.random() < 0.8):
        found["prior_wages"] = rng.choice(
            [0, 14_500_000, 15_000_000, 15_000_001, 14_999_999, 40_000_000, some_dollars(rng, 140_000, 165_000)]
        )
    elif rng.random() < 0.3:
        found["prior_wages"] = some_dollars(rng, 20_000, 400_000)
    if rng.random() < 0.25:
        found["elsewhere"] = some_dollars(rng, *rng.choice([(500, 9_000), (9_000, 24_000), (24_000, 40_000)]))
    return found


def some_figures(rng: random.Random, ytd: date, salary: int, plan_has_roth: bool) -> dict[str, Any]:
    """Year-to-date sums of about the size that the part of the year would have brought, at times far from it."""
    part = ytd.timetuple().tm_yday / 365
    pay = round(salary * part * rng.choice([1, 1, 1.3, 0.5]))

    def up_to(share: float) -> int:
        return rng.choice([0, rng.randint(0, round(pay * share)), rng.randint(0, round(pay * share))])

    deferral_cap = rng.choice([1_500_000, 2_450_000, 3_400_000])
    match_pay = rng.choice([pay, pay, round(pay * 0.8), 0])
    converted = up_to(0.1)
    return {
        "ytd_date": ytd,
        "ytd_pretax": min(up_to(0.15), deferral_cap),
        "ytd_roth": min(up_to(0.05), 800_000) if plan_has_roth else 0,
        "ytd_after_tax": min(up_to(0.2), 5_000_000),
        "ytd_match": min(up_to(0.05), 1_200_000) if match_pay else 0,
        "ytd_nonelective": min(up_to(0.03), 800_000),
        "ytd_plan_pay": pay,
        "ytd_match_pay": match_pay,
        "ytd_match_counted": rng.choice([match_pay, rng.randint(0, match_pay)]),
        "ytd_additions_pay": max(1_00, rng.choice([pay, pay, round(pay * 1.2)])),
        "ytd_matched_deferral": rng.choice([None, None, min(up_to(0.15), 2_000_000)]),
        "ytd_converted": converted,
        "ytd_taxable": rng.randint(0, converted),
    }


def some_caps(rng: random.Random) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, chance, choices in [
        ("after_tax_cap", 0.3, [some_dollars(rng, 1_000, 45_000)]),
        ("after_tax_cap_share", 0.25, [percent(c) for c in (2, 5, 10, 10, 25)]),
        ("cap_base", 0.25, [percent(c) for c in (5, 10, 25.5, 50)]),
        ("cap_bonus", 0.25, [0, percent(10), percent(90)]),
        ("cap_commission", 0.2, [percent(c) for c in (5, 15, 50)]),
        ("combined_cap", 0.3, [percent(c) for c in (20, 35, 50, 75, 90)]),
        ("most_elected", 0.3, [percent(c) for c in (5, 30, 60, 90, 100)]),
        ("other_additions", 0.2, [some_dollars(rng, 100, 20_000)]),
        ("cushion", 0.25, [some_dollars(rng, 1, 2_000)]),
    ]:
        if rng.random() < chance:
            found[name] = rng.choice(choices)
    return found


def random_household(seed: int | random.Random) -> Household:
    """A household that the engine accepts, the same for the same seed."""
    rng = seed if isinstance(seed, random.Random) else random.Random(seed)
    h = plain_household(rng)
    regular = regular_dates(
        h.tax_year, h.pay_frequency, h.any_pay_date, h.second_day, h.shift, h.hire_date, h.leave_date
    )
    return as_it_happened(rng, h, regular)


def plain_household(seed: int | random.Random) -> Household:
    """A household all of whose pays are planned and whose elections are shares of pay, after-tax in parallel."""
    rng = seed if isinstance(seed, random.Random) else random.Random(seed)
    year = rng.choice([*range(2019, 2028), 2025, 2026, 2026, 2026])
    first, last = date(year, 1, 1), date(year, 12, 31)

    frequency = rng.choice(list(USUAL))
    any_pay_date = some_day(rng, date(year - 1, 6, 1), date(year + 1, 6, 30))
    second_day = None
    if frequency == "semimonthly":
        day, second_day = rng.choice([(15, 31), (1, 16), (5, 20), (25, 10), (31, 15), (7, 22)])
        month = rng.randint(1, 12)
        any_pay_date = date(year, month, min(day, calendar.monthrange(year, month)[1]))
    elif rng.random() < 0.2:
        any_pay_date = rng.choice([date(year, 1, 1), date(year, 1, 31), date(year, 2, 28), date(year, 12, 31)])
    shift = rng.choice(["before", "before", "none"])
    annual_salary = rng.choice(
        [some_dollars(rng, 1_000, 60_000), some_dollars(rng, 60_000, 250_000), some_dollars(rng, 250_000, 900_000)]
    )
    divisor = rng.choice([None, None, None, USUAL[frequency] + 1, USUAL[frequency]])

    hire = leave = None
    if rng.random() < 0.25:
        hire = some_day(rng, date(year - 1, 10, 1), date(year, 10, 31))
    if rng.random() < 0.25:
        leave = some_day(rng, max(first, hire or first), rng.choice([last, last, date(year + 1, 2, 28)]))

    plan_has_roth = rng.random() < 0.75
    last_change = date(year, 12, 20)
    ytd = None
    if rng.random() < 0.3:
        ytd = rng.choice([some_day(rng, first, last), date(year, 3, 31), date(year, 6, 30), date(year, 9, 30)])
        if hire and ytd <= hire:
            ytd = None
    match = some_match(rng, (ytd or first) + timedelta(days=1), last_change)
    if ytd and match.get("match_period") == "quarterly":
        ytd = date(year, *rng.choice([(3, 31), (6, 30), (9, 30)]))
        changed = match.get("match_change_date")
        if (hire and ytd <= hire) or (changed and changed <= ytd):
            ytd = None

    regular = regular_dates(year, frequency, any_pay_date, second_day, shift, hire, leave)
    separate = rng.random() < 0.7
    figures = some_figures(rng, ytd, annual_salary, plan_has_roth) if ytd else {}
    raises = ()
    if rng.random() < 0.35:
        days = {some_day(rng, date(year - 1, 11, 1), last) for _ in range(rng.choice([1, 1, 2, 6]))}
        raises = tuple(Raise(day, round(annual_salary * rng.uniform(0.7, 1.4))) for day in sorted(days))

    person = some_person(rng, year)
    limits = some_limits(rng, year)
    if "birth_date" not in person:  # beyond 402(g) the age is asked for
        person["elsewhere"] = min(person.get("elsewhere", 0), 900_000)
        figures = {
            name: min(one, 400_000) if name in ("ytd_pretax", "ytd_roth") else one for name, one in figures.items()
        }

    return Household(
        client=rng.choice(["", "A. Example", "R & D <Ltd>"]),
        tax_year=year,
        **person,
        pay_frequency=frequency,
        any_pay_date=any_pay_date,
        second_day=second_day,
        shift=shift,
        annual_salary=annual_salary,
        salary_divisor=divisor,
        hire_date=hire,
        leave_date=leave,
        raises=raises,
        leaves=some_leaves(rng, year) if rng.random() < 0.25 else (),
        **figures,
        after_tax_allowed=rng.random() < 0.92,
        plan_has_roth=plan_has_roth,
        catch_up_offered=rng.random() < 0.85,
        super_catch_up_offered=rng.random() < 0.8,
        catch_up_reading=rng.choice(["above_402g", "above_402g", "above_415c"]),
        separate_elections=separate,
        compensation_practice=rng.choice(["cumulative", "prorated", "stops contributions"]),
        **some_caps(rng),
        **match,
        **some_conversion(rng, year, ytd or first, plan_has_roth),
        **limits,
        payments=some_payments(rng, year, regular),
        elections=some_elections(rng, year, plan_has_roth, separate),
        change_from=some_day(rng, first, last) if rng.random() < 0.35 else None,
    )


# A household as cells of the planner.

FORMULAS = ("match_tiers", "match_or", "match_tiers_after", "match_or_after")


def as_cell(value: Any, unit: str) -> Cell:
    """A field's value as it stands in a cell: dollars, shares of 1, yes and no, words, dates."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int) and "Cents" in unit:
        return value / 100
    if isinstance(value, int) and "Millionths" in unit:
        return value / WHOLE
    assert isinstance(value, (int, str, date)), value
    return value


def column(cells: list[Cell], rows: int) -> list[Cell]:
    return cells + [None] * (rows - len(cells))


def tier_cells(name: str, tiers: tuple[Tier, ...]) -> dict[str, list[Cell]]:
    return {
        f"{name}_kind": column([tier.kind for tier in tiers], 4),
        f"{name}_rate": column([tier.rate / WHOLE for tier in tiers], 4),
        f"{name}_share": column([t.width / WHOLE if t.kind in ("share", "award") else None for t in tiers], 4),
        f"{name}_dollars": column([t.width / 100 if t.kind == "dollars" else None for t in tiers], 4),
    }


def cells_of(household: Household, *, defaults_blank: bool = False) -> dict[str, Cell | list[Cell]]:
    """Every input cell of the planner by its name, for this household; None is a blank cell.

    With `defaults_blank` the cells that would hold a field's own default are left blank.
    """
    found: dict[str, Cell | list[Cell]] = {}
    for field in fields(Household):
        value = getattr(household, field.name)
        if field.name in FORMULAS:
            found |= tier_cells(field.name, value)
        elif field.name == "conversion_dates":
            found[field.name] = column(list(value), 12)
        elif is_list(field):
            prefix, rows = field.metadata["prefix"], field.metadata["most"]
            for part in fields(record_of(Household, field.name)):
                unit = str(part.type)
                if field.name == "elections" and household.election_unit == "dollars":
                    unit = unit.replace("Millionths", "Cents")
                cells = [as_cell(getattr(one, part.name), unit) for one in value]
                found[prefix + part.name] = column(cells, rows)
        elif defaults_blank and value == field.default and field.name != "tax_year":
            found[field.name] = None
        else:
            found[field.name] = as_cell(value, str(field.type)) if value != "" else None
    return found
