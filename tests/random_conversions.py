"""Random terms of conversion and random records of conversions, for the households of households.py."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from mbr_xl.household import Earlier, Household, Span
from mbr_xl.money import Cents
from mbr_xl.records import Converted


def some_spans(rng: random.Random, year: int, longest: int) -> tuple[Span, ...]:
    """Spans in any order, at times overlapping, at times reaching out of the year."""
    spans = []
    for _ in range(rng.choice([1, 1, 2, 4, 6])):
        start = date(year, 1, 1) + timedelta(days=rng.randint(-20, 364))
        spans.append(Span(start, start + timedelta(days=rng.randint(0, longest))))
    return tuple(spans)


def some_records(rng: random.Random, h: Household) -> tuple[Converted, ...]:
    """Conversions as they were, up to a day of the year, at most one a day and place."""
    opening = h.ytd_date or date(h.tax_year, 1, 1)
    room = (date(h.tax_year, 12, 31) - opening).days
    if room < 2:
        return ()
    until = rng.randint(1, room)
    rows: dict[tuple[date, str], Converted] = {}
    for _ in range(rng.choice([1, 2, 4, 12])):
        day = opening + timedelta(days=rng.randint(1, until))
        amount = rng.choice([0, rng.randint(1, 400_000), rng.randint(1, 4_000_000)])
        to: Any = rng.choice(["Roth in plan", "Roth IRA"])
        traditional = rng.randint(1, 50_000) if to == "Roth IRA" and rng.random() < 0.3 else 0
        taxable: Any = rng.choice([None, None, 0, amount // 50, rng.randint(0, amount)])
        rows[day, to] = Converted(day, Cents(amount), taxable, to, Cents(traditional))
    found = list(rows.values())
    rng.shuffle(found)
    return tuple(found)


def with_conversion_rules(household: Household, rng: random.Random) -> Household:
    """The household with some of the plan's terms of conversion, all of which the engine accepts."""
    h = household
    given: dict[str, Any] = {}
    paths: list[Any] = [None]
    if h.in_plan_conversion and (h.earnings_to != "traditional" or h.cadence == "none"):
        paths.append("in plan")
    if h.in_service_withdrawal:
        paths.append("Roth IRA")
    given["conversion_path"] = rng.choice(paths)
    opening = h.ytd_date or date(h.tax_year, 1, 1)
    for name in ("in_plan_most", "withdrawals_most"):
        if rng.random() < 0.75:
            given[name] = rng.choice([1, 2, 3, 4, 12, rng.randint(1, 12)])
    given["counted_over"] = rng.choice(["calendar year", "rolling 12 months"])
    if rng.random() < 0.3:
        given["earlier_conversions"] = tuple(
            Earlier(opening - timedelta(days=rng.randint(0, 420))) for _ in range(rng.choice([1, 1, 2, 6]))
        )
    if rng.random() < 0.3:
        given["conversion_minimum"] = rng.choice([1_00, 1_000_00, rng.randint(1, 2_000_000)])
    given["in_plan_fee"], given["withdrawal_fee"] = rng.choice([0, 25_00]), rng.choice([0, 50_00, 12_34])
    if h.birth_date and rng.random() < 0.3:
        given["withdrawal_age"] = min(80, max(18, h.tax_year - h.birth_date.year + rng.choice([-1, 0, 0, 1])))
        given["withdrawal_age"] = rng.choice([given["withdrawal_age"], 59])
    if rng.random() < 0.3:
        given["withdrawal_months"] = rng.choice([1, 2, 3, 6, 12, 24])
        given["opening_seasoned"] = rng.random() < 0.5
    if rng.random() < 0.3:
        given["suspends_months"], given["suspends_match"] = rng.choice([3, 6, 12]), rng.random() < 0.5
    given["spousal_consent"] = rng.random() < 0.1
    if rng.random() < 0.3:
        given["separate_contract"], given["other_value"] = False, rng.choice([0, rng.randint(1, 30_000_000)])
    if rng.random() < 0.25:
        given["conversion_windows"] = some_spans(rng, h.tax_year, rng.choice([3, 20, 60]))
    if rng.random() < 0.4:
        given["blackouts"] = some_spans(rng, h.tax_year, rng.choice([3, 20, 60]))
    if rng.random() < 0.3:
        given["converted"] = some_records(rng, h)
    given["cost_years"] = rng.choice([1, 5, 10, 30])
    return replace(h, **given)
