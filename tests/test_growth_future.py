"""The years ahead: the published case, by hand, and against exact fractions and logarithms."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from decimal import Decimal, getcontext
from fractions import Fraction
from math import floor
from typing import Any

import pytest

from mbr_xl.client import Client
from mbr_xl.engine.plan import plan_year, rules_of
from mbr_xl.engine.years_ahead.future import (
    FutureTerms,
    FutureYear,
    break_even_months,
    break_even_words,
    converted_after,
    first_in_taxable,
    future_terms,
    future_years,
)
from mbr_xl.engine.years_ahead.growth import future_value
from mbr_xl.engine.years_ahead.late_start import late_start
from mbr_xl.errors import InputError
from mbr_xl.future_answers import growth_answers, year_table
from mbr_xl.future_facts import FutureFacts
from mbr_xl.household import Household
from mbr_xl.money import WHOLE, Millionths
from tests.random_future import random_client

GIVEN: dict[str, Any] = {"annual_salary": 200_000_00, "federal_rate": 320_000, "state_rate": 50_000}
SAVER = Household(tax_year=2026, any_pay_date=date(2026, 1, 2), **GIVEN)
PLAN = plan_year(SAVER, rules_of(SAVER))


def client(**facts: Any) -> Client:
    given: dict[str, Any] = {"years_to_go": 3, "future_growth": 100_000, "yearly_after_tax": 1_000_00, **facts}
    return Client(household=SAVER, future=FutureFacts(**given))


def terms(**facts: Any) -> FutureTerms:
    found = future_terms(client(**facts), PLAN)
    assert found
    return found


@pytest.mark.parametrize(("paid_in", "dollars"), [("end of year", 1_024_887), ("start of year", 1_096_629)])
def test_published_case(paid_in: str, dollars: int) -> None:
    """TC-77, Alterra: 25,000 a year for 20 years at 7%."""
    facts = {"years_to_go": 20, "future_growth": 70_000, "yearly_after_tax": 25_000_00, "paid_in": paid_in}
    found = growth_answers(client(**facts), PLAN, rules_of(SAVER))
    assert found
    assert round(found.end_roth / 100) == dollars
    assert (found.end_year, found.end_paid_in) == (2045, 500_000_00)


def test_the_article_waits_five_years() -> None:
    """TC-04: 40,000 a year, five years: 200,000 of contributions missed."""
    found = growth_answers(
        client(years_to_go=20, future_growth=70_000, yearly_after_tax=40_000_00), PLAN, rules_of(SAVER)
    )
    assert found
    assert found.long_wait_missed == 200_000_00
    assert found.short_wait_missed == 40_000_00
    assert found.long_wait_worth == future_value(40_000_00, 15, 70_000)
    assert found.long_wait_less == found.end_roth - found.long_wait_worth
    assert found.long_wait_less_growth == found.long_wait_less - 200_000_00


def test_year_table_by_hand() -> None:
    """1,000 at the end of each year at 10%; 37% on the earnings; 20% lost on the way, 28% on gains at the end.

    Year 2: 1,000 x 1.1 + 1,000 = 2,100; unconverted 2,100 - 37 = 2,063. The taxable account grows 8%: 2,080; the drag
    took 20 of the 28 cents on a dollar of growth, so 8/80 = 10% of the 80 is left to tax: 2,072.
    Year 3: 2,100 x 1.1 + 1,000 = 3,310, less 37% of 310; 2,080 x 1.08 + 1,000 = 3,246.40, less 10% of 246.40.
    The first 1,000, converted after a year: 100 - 37 of it earnings, 1,063 x 1.1 = 1,169.30 at the end.
    """
    table = future_years(terms(tax_drag=200_000, end_gains_rate=280_000))
    year_2: list[Any] = [2027, 1_000_00, 2_000_00, 2_100_00, 2_063_00, 2_072_00, 37_00, 28_00, 1_169_30]
    assert table[1] == FutureYear(*year_2)
    assert table[2].unconverted == 3310_00 - 114_70
    assert table[2].taxable == 3246_40 - 24_64
    assert [line.converted_then for line in table] == [1_210_00, 1_169_30, 1_210_00 - 77_70]


def test_the_plan_ends_and_limits_rise() -> None:
    """2 of 4 years, the second 5% more: 1,000 and 1,050; growth goes on: (1,100 + 1,050) x 1.21 = 2,601.50."""
    table = future_years(terms(years_to_go=4, plan_years=2, limit_growth=50_000))
    assert [line.paid for line in table] == [1_000_00, 1_050_00, 0, 0]
    assert table[-1].roth == 2_601_50
    assert table[-1].paid_to_date == 2_050_00


def test_equals_the_growth_function_where_they_overlap() -> None:
    rng = random.Random(77)
    for _ in range(300):
        annual, years, growth = rng.randint(0, 6_000_000), rng.randint(1, 50), rng.randint(-200, 300) * 1_000
        begin, drag, rate = rng.random() < 0.5, rng.randint(0, 500) * 1_000, rng.randint(0, 500) * 1_000
        made = terms(
            years_to_go=years, future_growth=growth, yearly_after_tax=annual, end_ordinary_rate=rate, tax_drag=drag,
            paid_in="start of year" if begin else "end of year",
        )  # fmt: skip
        last, timing = future_years(made)[-1], "begin" if begin else "end"
        assert last.roth == future_value(annual, years, growth, timing)
        assert last.unconverted == future_value(annual, years, growth, timing, exit_rate=rate)
        assert last.taxable == future_value(annual, years, growth, timing, drag)
        gains = replace(made, gains_rate=Millionths(rate))
        assert future_years(gains)[-1].taxable == future_value(annual, years, growth, timing, drag, exit_rate=rate)


def test_each_dollar_of_growth_is_taxed_once() -> None:
    """Over one year the whole tax is the gains rate on the growth, however much of it the drag takes on the way."""
    for drag in (0, 40_000, 150_000, 200_000):
        made = terms(
            years_to_go=1, future_growth=100_000, yearly_after_tax=100_000_00, paid_in="start of year", tax_drag=drag,
            end_gains_rate=200_000,
        )  # fmt: skip
        assert abs(future_years(made)[0].taxable - 108_000_00) <= 1, drag
    assert terms(tax_drag=300_000, end_gains_rate=200_000).gains_rate == 0
    assert terms(tax_drag=1_000_000, end_gains_rate=200_000).gains_rate == 0


def near(found: int, exact: Fraction) -> bool:
    """The exact value rounded half up; where it is within a thousandth of a cent of a tie, either side of it."""
    return found == floor(exact + Fraction(1, 2)) or abs(abs(found - exact) - Fraction(1, 2)) < Fraction(1, 1000)


def test_against_fractions(base_seed: int) -> None:
    """Each contribution by itself, exactly: its power, its share of the tax."""
    rng = random.Random(base_seed)
    checked = 0
    for _ in range(150):
        made = future_terms(random_client(rng, SAVER), PLAN)
        if made is None:
            continue
        g, one = 1 + Fraction(made.growth, WHOLE), Fraction(1)
        d = g if g <= 1 else 1 + Fraction(made.growth, WHOLE) * (1 - Fraction(made.drag, WHOLE))
        table = future_years(made)
        for n in {1, made.years, rng.randint(1, made.years)}:
            line, paid = table[n - 1], made.amounts[:n]
            grown = sum((one * paid[k] * g ** (n - 1 - k + made.begin) for k in range(n)), Fraction(0))
            dragged = sum((one * paid[k] * d ** (n - 1 - k + made.begin) for k in range(n)), Fraction(0))
            assert line.paid_to_date == sum(paid)
            assert near(line.roth, grown)
            taxed = max(Fraction(0), grown - sum(paid)) * Fraction(made.end_rate, WHOLE)
            assert near(line.unconverted, grown - taxed)
            taxed = max(Fraction(0), dragged - sum(paid)) * Fraction(made.gains_rate, WHOLE)
            assert near(line.taxable, dragged - taxed)
            then = g ** (n - 1 + made.begin)
            left = then - max(Fraction(0), then - 1) * Fraction(made.late_rate, WHOLE)
            assert near(line.converted_then, made.amounts[0] * left * g ** (made.years - n))
            checked += 1
        wait = rng.randint(0, 12)
        late = late_start(made, wait)
        less = sum((one * made.amounts[k] * g ** (made.grows - k) for k in range(min(wait, made.years))), Fraction(0))
        assert abs(late.less - less) <= 1 + Fraction(1, 1000), "a difference of two amounts that are rounded"
        assert late.missed == sum(made.amounts[:wait])
    assert checked > 200


def exact_break_even(made: FutureTerms) -> Decimal:
    """The years at which the two are worth the same, by logarithms:
    (1-r) G^M + r G^(M-t) = T, so t = M - ln((T - (1-r) G^M) / r) / ln G; for growth and a rate above 0."""
    getcontext().prec = 50
    g, r = 1 + Decimal(made.growth) / WHOLE, Decimal(made.late_rate) / WHOLE
    d = 1 + Decimal(made.growth) / WHOLE * (1 - Decimal(made.drag) / WHOLE)
    grown = d**made.grows
    outside = grown - (grown - 1) * Decimal(made.gains_rate) / WHOLE
    rest = (outside - (1 - r) * g**made.grows) / r
    return Decimal("Infinity") if rest <= 0 else made.grows - rest.ln() / g.ln()


def test_break_even_against_logarithms() -> None:
    rng = random.Random(3)
    inside = 0
    for _ in range(500):
        made = terms(
            years_to_go=rng.randint(1, 50), future_growth=rng.randint(10, 150) * 1_000, yearly_after_tax=40_000_00,
            tax_drag=rng.randint(0, 400) * 1_000, end_gains_rate=rng.randint(0, 300) * 1_000,
            paid_in=rng.choice(["start of year", "end of year"]),
        )  # fmt: skip
        months = 12 * exact_break_even(made)
        found = break_even_months(made)
        if months >= 12 * made.grows:
            assert found == 12 * made.grows or abs(months - 12 * made.grows) < Decimal("0.01")
        else:
            inside += months > 12
            assert found == floor(months) or abs(months - round(months)) < Decimal("0.01")
    assert inside > 100


def test_break_even_by_hand() -> None:
    """10% growth, 3 years: 1,000 grows to 1,210 from year end to year end. Outside, at 20% of the 210, it is 1,168.
    Converted after one year 1,063 x 1.1 = 1,169.30 is more; after 13 months 63% of 1,210 and 37% of 1,000 x 1.1^(11/12)
    = 1,091.30, together 762.30 + 403.78, is less."""
    made = terms(end_gains_rate=200_000)
    assert first_in_taxable(made) == 1_168_00
    assert (converted_after(made, 12), converted_after(made, 13)) == (1_169_30, 1_166_08)
    assert break_even_months(made) == 12
    assert break_even_words(12, 2) == "1 year"


@pytest.mark.parametrize(
    ("facts", "months"),
    [
        ({"years_to_go": 10, "end_gains_rate": 500_000}, 9 * 12),  # outside more is taxed: it never catches up
        ({"years_to_go": 10, "future_growth": -50_000}, 9 * 12),  # no earnings, no tax
        ({"years_to_go": 10}, 0),  # outside nothing at all is taxed
        ({"years_to_go": 1}, 0),  # the money never grows
    ],
)
def test_break_even_at_its_ends(facts: dict[str, Any], months: int) -> None:
    assert break_even_months(terms(**facts)) == months


def test_break_even_in_words() -> None:
    said = {0: "less than a month", 1: "1 month", 12: "1 year", 25: "2 years 1 month", 93: "7 years 9 months"}
    assert {months: break_even_words(months, 10) for months in said} == said
    assert break_even_words(120, 10) == "to the end"
    assert break_even_words(0, 0) == "to the end"


def test_nothing_told_is_no_answer() -> None:
    for facts in (FutureFacts(), FutureFacts(years_to_go=5), FutureFacts(future_growth=Millionths(70_000))):
        given = Client(household=SAVER, future=facts)
        assert growth_answers(given, PLAN, rules_of(SAVER)) is None
        assert year_table(given, PLAN) == ()


def test_blank_amount_is_this_years_after_tax_and_blank_rate_todays() -> None:
    made = terms(yearly_after_tax=None)
    assert made.amounts[0] == PLAN.headlines.total_after_tax
    assert made.end_rate == made.late_rate == 370_000


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"years_to_go": 0}, "years_to_go is 0: give a whole number from 1 to 50"),
        ({"years_to_go": 51}, "years_to_go"),
        ({"future_growth": 300_001}, r"future_growth is 30.0001%: give a growth a year above -100%, at most 30%"),
        ({"future_growth": -1_000_000}, "future_growth"),
        ({"limit_growth": 400_000}, "limit_growth"),
        ({"plan_years": 51}, "plan_years"),
        ({"short_wait": 51}, "short_wait"),
        ({"long_wait": -1}, "long_wait is -1: give a whole number from 0 to 50"),
    ],
)
def test_refusals(facts: dict[str, Any], words: str) -> None:
    with pytest.raises(InputError, match=words):
        terms(**facts)
    with pytest.raises(InputError, match="cannot be"):
        late_start(terms(), -1)
