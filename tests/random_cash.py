"""Random cash facts around a random household: stubs that add up, vests, trading windows, spending, other amounts."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

from mbr_xl.cash_facts import MOST_VESTS, Amount, CashFacts, Vest
from mbr_xl.client import Client
from mbr_xl.household import Household, Span
from tests.households import percent, some_day, some_dollars


def random_cash(household: Household, rng: random.Random) -> CashFacts:
    """Facts that the engine accepts; now and then without what it needs, so that it has no answer."""
    year = household.tax_year
    first, last = date(year, 1, 1), date(year, 12, 31)
    gross = some_dollars(rng, 200, rng.choice([3_000, 9_000, 30_000]))
    benefits, pretax = (rng.choice([0, 0, rng.randint(0, gross // 6)]) for _ in range(2))
    roth, after_tax = (rng.choice([0, 0, rng.randint(0, gross // 10)]) for _ in range(2))
    federal, state = rng.randint(0, gross // 4), rng.choice([0, rng.randint(0, gross // 12)])
    kept = gross - benefits - pretax - roth - after_tax - federal - state - gross // 13
    checking_date = None
    if rng.random() < 0.4:
        checking_date = some_day(rng, first, last)
    facts = CashFacts(
        stub_date=rng.choice([None, first]),
        stub_gross=None if rng.random() < 0.04 else gross,
        stub_pretax=pretax,
        stub_roth=roth,
        stub_after_tax=after_tax,
        stub_benefits=benefits,
        stub_federal=federal,
        stub_state=state,
        stub_net=max(0, kept + rng.choice([0, -rng.randint(0, 20_000), rng.randint(0, 20_000)])),
        stub_wages_before=rng.choice([0, 0, some_dollars(rng, 10_000, 300_000)]),
        withholding_rate=rng.choice([None, percent(24), percent(35)]),
        supplemental_state_rate=rng.choice([None, 0, percent(10.23), 117_000]),
        ytd_wages=rng.choice([None, 0, some_dollars(rng, 1_000, 400_000)]),
        ytd_supplemental=rng.choice([0, 0, some_dollars(rng, 10_000, 1_100_000)]),
        checking=some_dollars(rng, 0, 60_000) * rng.choice([1, 1, 1, -1]),
        checking_date=checking_date,
        monthly_spending=rng.choice([0, some_dollars(rng, 500, 15_000)]),
        spending_day=rng.choice([None, 1, 15, 28, 30, 31]),
        cash_floor=rng.choice([0, 500_000, some_dollars(rng, 1, 20_000)]),
        savings=rng.choice([0, some_dollars(rng, 1, 40_000)]),
        trading_windows=some_windows(rng, year) if rng.random() < 0.5 else (),
        amounts=tuple(
            Amount(
                some_day(rng, date(year - 1, 12, 1), date(year + 1, 1, 20)),
                some_dollars(rng, 1, 20_000),
                rng.choice(["in", "out"]),
                rng.choice(["", "tuition"]),
            )
            for _ in range(rng.choice([0, 0, 2, 5, 24]))
        ),
        vests=some_vests(rng, household) if rng.random() < 0.7 else (),
    )
    return facts


def some_windows(rng: random.Random, year: int) -> tuple[Span, ...]:
    starts = [some_day(rng, date(year, 1, 1), date(year, 12, 31)) for _ in range(rng.choice([1, 2, 4, 6]))]
    return tuple(Span(start, start + timedelta(days=rng.choice([0, 10, 30]))) for start in starts)


def some_vests(rng: random.Random, household: Household) -> tuple[Vest, ...]:
    year = household.tax_year
    days = [some_day(rng, date(year - 1, 11, 1), date(year, 12, 31)) for _ in range(rng.choice([1, 3, 6, 12]))]
    days[0] = rng.choice([days[0], date(2024, 5, 27), date(2024, 5, 28)])
    found = []
    for day in days:
        price = rng.randint(1_00, 900_00)
        found.append(
            Vest(
                day,
                rng.randint(1, 2_000),
                price,
                rng.choice([None, percent(22), percent(37), 376_543, 0, 1_000_000]),
                rng.random() < 0.7,
                rng.choice([None, None, max(1_00, price + rng.randint(-5_000, 9_000))]),
                rng.choice([None, None, day + timedelta(days=rng.randint(0, 60))]),
            )
        )
    shares = [one for one in household.payments if one.kind == "rsu" and one.amount % 100 == 0]
    if shares:  # one whose income is on Payments
        found[-1] = Vest(shares[0].date, shares[0].amount // 100, 100, None, rng.random() < 0.5)
        if len(found) < MOST_VESTS and found[-1].shares > 1 and rng.random() < 0.5:  # of two grants, in one payment
            part = rng.randint(1, found[-1].shares - 1)
            found.append(replace(found[-1], shares=found[-1].shares - part))
            found[-2] = replace(found[-2], shares=part)
    return tuple(found)


def random_client(household: Household, seed: int) -> Client:
    """A client with random cash facts; some of the household's recorded pays get the net pay of their stub."""
    rng = random.Random(seed)
    nets = rng.random() < 0.7
    paid = tuple(
        replace(one, net_pay=rng.choice([None, 0, one.gross // 2, rng.randint(0, one.gross)]) if nets else None)
        for one in household.paid
    )
    household = replace(household, paid=paid)
    return Client(household=household, cash=random_cash(household, rng))
