"""Plan and actual: every difference of a recorded pay is explained to the cent, and money that waits is told."""

from __future__ import annotations

import random
from dataclasses import fields, replace
from datetime import date, timedelta
from fractions import Fraction

import pytest

from mbr_xl.engine.paydays import is_business_day
from mbr_xl.engine.plan import plan_year, rules_of
from mbr_xl.engine.recording.actual import AS_PLANNED, Difference, Part, compare_records
from mbr_xl.engine.recording.record_findings import record_findings, records_answers
from mbr_xl.engine.recording.waiting import due_day, waiting_money
from mbr_xl.errors import InputError
from mbr_xl.household import Election, Household, Payment, Span
from mbr_xl.money import Cents, Millionths
from mbr_xl.records import Converted, Paid
from mbr_xl.rules import bank_holidays
from tests.households import random_household
from tests.random_conversions import with_conversion_rules
from tests.small_planner import household

HOLIDAYS = bank_holidays()
JAN_2, JAN_16, JAN_30 = date(2026, 1, 2), date(2026, 1, 16), date(2026, 1, 30)
# 200,000 over 26 pays is 7,692.31; 11% of it 846.15, 10% 769.23, half of 6% 230.77.
FIRST = Paid(JAN_2, "base", Cents(7_692_31), Cents(846_15), after_tax=Cents(769_23), match=Cents(230_77))


def paid(*pays: Paid, **changes: object) -> Household:
    return household(paid=pays, **changes)


def compared(saver: Household) -> tuple[Difference, ...]:
    rules = rules_of(saver)
    return compare_records(saver, plan_year(saver, rules), rules)


def test_a_pay_as_planned_has_nothing_to_explain() -> None:
    (found,) = compared(paid(FIRST))
    assert found.as_planned
    assert found.sentence == AS_PLANNED
    for name, cents in (("gross", 769231), ("pretax", 84615), ("roth", 0), ("after_tax", 76923), ("match", 23077)):
        assert getattr(found, name) == Part(cents, cents)
    saver = paid(FIRST, conversion_lag=30)
    assert record_findings(saver, plan_year(saver, rules_of(saver)), rules_of(saver)) == []


def test_more_pay_brings_more_of_everything() -> None:
    """1,200 more: 11% of it is 132, 10% is 120, half of 6% is 36."""
    more = replace(FIRST, gross=Cents(8_892_31), pretax=Cents(978_15), after_tax=Cents(889_23), match=Cents(266_77))
    (found,) = compared(paid(more))
    assert found.gross == Part(769231, 889231, by_pay=120000)
    assert found.pretax == Part(84615, 97815, by_pay=13200)
    assert found.after_tax == Part(76923, 88923, by_pay=12000)
    assert found.match == Part(23077, 26677, by_pay=3600)
    assert found.sentence == "pay was $1,200 higher than planned"


def test_another_rate_is_asked_about() -> None:
    (found,) = compared(paid(replace(FIRST, after_tax=Cents(459_23))))
    assert found.after_tax == Part(76923, 45923, by_rate=-31000)
    assert found.sentence == "after-tax is $310 below the $769.23 (10%) elected: was the election in force?"
    saver = paid(replace(FIRST, after_tax=Cents(459_23)))
    plan = plan_year(saver, rules_of(saver))
    said = [(one.severity, one.field, one.message) for one in record_findings(saver, plan, rules_of(saver))]
    assert said == [("look", "paid_date", f"The pay of Fri, Jan 2, 2026 (base): {found.sentence}")]
    (none,) = compared(paid(replace(FIRST, roth=Cents(50_50))))
    assert none.sentence == "Roth is $50.50 above what is elected, nothing: was the election in force?"
    (low,) = compared(paid(replace(FIRST, pretax=Cents(384_62), match=Cents(192_31))))
    assert low.match == Part(23077, 19231, by_rate=-3846), "5% deferred of the 6% that is matched"


def test_match_that_the_employer_posts_otherwise() -> None:
    saver = paid(replace(FIRST, match=Cents(200_00)))
    (found,) = compared(saver)
    assert found.match == Part(23077, 20000, by_posting=-3077)
    messages = [one.message for one in record_findings(saver, plan_year(saver, rules_of(saver)), rules_of(saver))]
    assert messages == [
        "The match on the pay of Fri, Jan 2, 2026 (base) is $30.77 below what the formula gives on it: ask the "
        "employer."
    ]


def test_a_limit_explains_what_it_cut() -> None:
    """20,000 a month, 60% elected: 12,000 each in January and February at first, 24,500 in all. 11,000 in February
    leaves 1,500 for March, whatever March pays."""
    days = (date(2026, 1, 30), date(2026, 2, 27), date(2026, 3, 30))
    saver = household(
        pay_frequency="monthly", any_pay_date=days[0], annual_salary=240_000_00, payments=(), match_period="none",
        match_tiers=(), true_up="none", elections=(Election(date(2026, 1, 1), base_pretax=Millionths(600_000)),),
        paid=(
            Paid(days[0], "base", Cents(20_000_00), Cents(12_000_00)),
            Paid(days[1], "base", Cents(20_000_00), Cents(11_000_00)),
            Paid(days[2], "base", Cents(25_000_00), Cents(1_500_00)),
        ),
    )  # fmt: skip
    january, february, march = compared(saver)
    assert january.pretax == Part(1_200_000, 1_200_000)
    assert february.pretax == Part(1_200_000, 1_100_000, by_rate=-100_000)
    assert march.pretax == Part(150_000, 150_000, by_pay=300_000, by_limit=-300_000)
    assert march.sentence == (
        "pay was $5,000 higher than planned; pre-tax is $13,500 below the $15,000 (60%) elected, the limit being "
        "reached"
    )


def test_a_row_that_matches_no_pay_is_refused() -> None:
    with pytest.raises(InputError, match="Jan 9, 2026"):
        compared(paid(replace(FIRST, date=date(2026, 1, 9))))


def parts(found: Difference) -> list[Part]:
    return [getattr(found, field.name) for field in fields(found) if isinstance(getattr(found, field.name), Part)]


def recorded_households(count: int, base_seed: int) -> list[Household]:
    found: list[Household] = []
    seed = base_seed
    while len(found) < count:
        saver = random_household(seed)
        seed += 1
        if saver.paid:
            found.append(saver)
    return found


def test_the_parts_add_up_in_random_households(base_seed: int) -> None:
    for saver in recorded_households(60, base_seed):
        rules = rules_of(saver)
        plan = plan_year(saver, rules)
        found = compare_records(saver, plan, rules)
        assert [(one.date, one.kind) for one in found] == [
            (line.date, line.kind) for line in plan.pays if line.recorded
        ]
        for one in found:
            for part in parts(one):
                assert part.by_pay + part.by_limit + part.by_rate + part.by_posting == part.difference
            assert one.gross.by_posting == one.pretax.by_posting == one.after_tax.by_posting == 0
        answers = records_answers(saver, plan, rules)
        assert answers.gross_difference == sum(one.gross.difference for one in found)
        # Said of a pay is exactly what differs of it.
        stubs: dict[tuple[date, str], Paid] = {(one.date, one.kind): one for one in saver.paid}
        for one in found:
            line = next(line for line in plan.pays if (line.date, line.kind) == (one.date, one.kind))
            stub = stubs[one.date, one.kind]
            same = one.gross.difference == 0 and all(
                getattr(stub, name) == getattr(line, f"{name}_elected") for name in ("pretax", "roth", "after_tax")
            )
            assert one.as_planned is same


def test_recording_what_was_planned_explains_nothing(base_seed: int) -> None:
    for seed in range(base_seed, base_seed + 60):
        # A match counts planned after-tax as it is elected, recorded after-tax as it was: the two may differ.
        saver = replace(random_household(seed), paid=(), match_after_tax=False)
        rules = rules_of(saver)
        plan = plan_year(saver, rules)
        count = random.Random(seed).randint(0, len(plan.pays))
        stubs = tuple(
            Paid(line.date, line.kind, line.gross, line.pretax, line.roth, line.after_tax, line.match, line.nonelective)  # type: ignore[arg-type]
            for line in plan.pays[:count]
        )
        told = replace(saver, paid=stubs)
        for one in compare_records(told, plan_year(told, rules), rules):
            assert [part.difference for part in parts(one)] == [0] * 5, seed


def test_the_part_of_the_pay_is_the_rate_on_it(base_seed: int) -> None:
    """Against fractions of the elections as typed, in a plan without caps and far from every limit."""
    rng = random.Random(base_seed)
    for _ in range(60):
        rates = [rng.randint(0, 12) * 10_000 for _ in range(2)]
        gross, actual = 7_692_31, rng.randint(100_000, 1_500_000)
        stub = Paid(
            JAN_2, "base", Cents(actual), Cents(rng.randint(0, 20_000)), after_tax=Cents(rng.randint(0, 20_000))
        )
        election = Election(date(2026, 1, 1), base_pretax=Millionths(rates[0]), base_after_tax=Millionths(rates[1]))
        (found,) = compared(paid(stub, elections=(election,), payments=()))
        for part, rate, there in ((found.pretax, rates[0], stub.pretax), (found.after_tax, rates[1], stub.after_tax)):
            elected, before = (int(Fraction(rate, 1_000_000) * cents + Fraction(1, 2)) for cents in (actual, gross))
            assert part == Part(before, there, by_pay=elected - before, by_rate=there - elected)


def test_answers_by_hand() -> None:
    """Two pays; the first was converted on the sixth, the second came on the 20th and nothing was said of it since."""
    saver = paid(
        FIRST, replace(FIRST, date=JAN_16, after_tax=Cents(700_00)), replace(FIRST, date=JAN_30),
        converted=(Converted(date(2026, 1, 6), Cents(769_23), Cents(0), confirmed=True),),
    )  # fmt: skip
    rules = rules_of(saver)
    plan = plan_year(saver, rules)
    answers = records_answers(saver, plan, rules)
    assert answers.records_through == JAN_30
    assert (answers.pays_recorded, answers.pays_unexpected, answers.next_pay_date) == (3, 1, date(2026, 2, 13))
    assert (answers.after_tax_difference, answers.after_tax_recorded) == (-69_23, 2_238_46)
    assert answers.after_tax_to_come == plan.headlines.total_after_tax - 2_238_46
    # Jan 19, 2026 is a bank holiday; the pay of January 30 is in the account only on February 2.
    assert (answers.after_tax_waiting, answers.after_tax_overdue) == (700_00, 700_00)
    assert answers.waiting_since == date(2026, 1, 20)
    said = [one.message for one in record_findings(saver, plan, rules)]
    assert "$700 of after-tax has been in the account since Tue, Jan 20, 2026: was it converted?" in said
    assert "1 of 1 recorded conversions are not marked as invested again: converted money often lands in cash." in said
    nothing = records_answers(household(), plan_year(household(), rules), rules)
    assert (nothing.records_through, nothing.pays_recorded, nothing.after_tax_waiting) == (None, 0, 0)
    assert nothing.next_pay_date == JAN_2


def test_due_days_against_the_calendar(base_seed: int) -> None:
    rng = random.Random(base_seed)
    for _ in range(300):
        day = date(2026, 1, 1) + timedelta(rng.randint(0, 364))
        cadence = rng.choice(["monthly", "quarterly", "automatic", "none"])
        saver = household(cadence=cadence, conversion_lag=rng.randint(0, 5))
        due = due_day(saver, day, HOLIDAYS)
        if cadence == "none":
            assert due is None
            continue
        assert due is not None
        if cadence == "automatic":
            between = [day + timedelta(n) for n in range(1, (due - day).days + 1)]
            assert sum(is_business_day(one, HOLIDAYS) for one in between) == saver.conversion_lag
            continue
        later = next(one for one in (day + timedelta(n) for n in range(200)) if _is_end(one, cadence))
        assert due == later


def _is_end(day: date, cadence: str) -> bool:
    """Whether it is the last day of its month, or of its quarter, on which banks work."""
    if not is_business_day(day, HOLIDAYS) or (cadence == "quarterly" and day.month % 3):
        return False
    after = (day + timedelta(n) for n in range(1, 10))
    return not any(one.month == day.month and is_business_day(one, HOLIDAYS) for one in after)


def test_rules_of_the_plan_leave_nothing_overdue() -> None:
    for rule in (
        {"conversion_minimum": 1}, {"in_plan_most": 2}, {"conversion_windows": (Span(JAN_2, JAN_30),)},
        {"blackouts": (Span(JAN_2, JAN_16),)}, {"in_plan_conversion": False},
    ):  # fmt: skip
        assert due_day(household(**rule), JAN_2, HOLIDAYS) is None
    assert due_day(household(cadence="dates", conversion_dates=(JAN_16, JAN_30)), JAN_16, HOLIDAYS) == JAN_16
    assert due_day(household(cadence="dates", conversion_dates=(JAN_16,)), JAN_30, HOLIDAYS) is None


def test_what_waits_is_what_came_and_did_not_leave(base_seed: int) -> None:
    """Without growth, and all of it moved each time: contributions posted less conversions, by a plain ledger."""
    rng = random.Random(base_seed)
    for _ in range(40):
        stubs = [
            replace(FIRST, date=JAN_2 + timedelta(14 * n), after_tax=Cents(rng.randint(0, 90_000))) for n in range(5)
        ]
        until = stubs[-1].date
        days = sorted(rng.sample([JAN_2 + timedelta(n) for n in range(4, 50)], rng.randint(0, 3)))
        came = [(stub.date, stub.after_tax) for stub in stubs]
        converted, left, last = [], 0, date.min
        posted = [(next_business_day(day), cents) for day, cents in came]
        for day in days:
            amount = sum(cents for there, cents in posted if last < there <= day)
            converted.append(Converted(day, Cents(amount), Cents(0)))
            last = day
        left = sum(cents for there, cents in posted if last < there <= max(until, last))
        saver = household(paid=tuple(stubs), converted=tuple(converted), growth_rate=0, payments=())
        assert waiting_money(saver, max(until, last), HOLIDAYS).amount == left
        # One missed altogether: what it would have moved waits, whatever the others moved.
        if converted and (missed := converted[0].amount):
            short = replace(saver, converted=(replace(converted[0], amount=Cents(0)), *converted[1:]))
            assert waiting_money(short, max(until, last), HOLIDAYS).amount == left + missed


def test_gain_or_loss_is_not_money_left_behind() -> None:
    for amount, taxable, waits in (
        (769_60, 37, 0),
        (769_23, None, 0),
        (785_00, None, 0),
        (740_00, 0, 0),
        (700_00, 0, 69_23),
    ):
        moved = Converted(date(2026, 1, 6), Cents(amount), None if taxable is None else Cents(taxable))
        assert waiting_money(paid(FIRST, converted=(moved,)), date(2026, 1, 9), HOLIDAYS).amount == waits


def next_business_day(day: date) -> date:
    while True:
        day += timedelta(1)
        if is_business_day(day, HOLIDAYS):
            return day


def test_answers_of_random_conversions(base_seed: int) -> None:
    """Overdue is part of what waits, and has a day; what waits is never below 0."""
    for seed in range(base_seed, base_seed + 60):
        saver = with_conversion_rules(random_household(seed), random.Random(seed))
        rules = rules_of(saver)
        answers = records_answers(saver, plan_year(saver, rules), rules)
        assert 0 <= answers.after_tax_overdue <= answers.after_tax_waiting
        assert (answers.waiting_since is not None) == (answers.after_tax_overdue > 0)
        assert answers.conversions_recorded == len(saver.converted)


def test_a_bonus_beside_a_base_pay_is_compared_with_its_own_line() -> None:
    bonus = Payment(JAN_2, "bonus", Cents(10_000_00), True, True, True, True)
    stub = Paid(JAN_2, "bonus", Cents(9_000_00), after_tax=Cents(900_00), match=Cents(0))
    base, found = compared(paid(FIRST, stub, payments=(bonus,)))
    assert base.as_planned
    assert found.gross.difference == -1_000_00
    assert found.after_tax == Part(100_000, 90_000, by_pay=-10_000)
