"""Pays as they were take the place of planned ones; what is planned after them shares what they leave."""

from dataclasses import asdict, replace
from datetime import date
from random import Random

import pytest

from mbr_xl.engine.checks import findings
from mbr_xl.engine.plan import plan_year, rules_of
from mbr_xl.errors import InputError
from mbr_xl.records import Paid
from tests.hand_worked import JAN, bonus, column, dollars, household, plan
from tests.households import plain_household

JAN_31 = date(2026, 1, 30)  # the 31st is a Saturday
FEB_28 = date(2026, 2, 27)


def paid(day, gross, pretax=0, roth=0, after_tax=0, match=0, nonelective=0, kind="base"):
    return Paid(day, kind, *(100 * one for one in (gross, pretax, roth, after_tax, match, nonelective)))


def test_a_recorded_pay_stands_as_it_was():
    # Planned: 20,000 a month, 10% pre-tax, 5% after-tax, 50% of 6%. The stub of January shows another pay.
    year = plan("50% of 6%", (10, 0, 5), paid=(paid(JAN_31, 25_000, 3_000, 0, 500, 700),))
    first = year.pays[0]
    assert (first.recorded, year.pays[1].recorded) == (True, False)
    assert (first.gross, first.plan_pay, first.match_pay, first.additions_pay) == (25_000_00,) * 4
    assert (first.pretax, first.after_tax, first.match) == (3_000_00, 500_00, 700_00)
    assert (first.pretax_elected, first.after_tax_elected) == (2_500_00, 1_250_00)  # plan beside actual
    # 24,500 less 3,000 leaves 21,500: ten pays of 2,000, then 1,500 in December.
    assert column(year, "pretax") == [3_000, *[2_000] * 10, 1_500]
    assert column(year, "match") == [700, *[600] * 11]
    top = year.headlines
    assert dollars(top.additions_pay_total) == 245_000
    assert dollars(top.total_match) == 7_300
    # 50% of 6% of 245,000 is 7,350: January should have had 750.
    assert (dollars(top.annual_match), dollars(top.match_lost)) == (7_350, 50)
    assert not top.elections_safe  # December's 2,000 does not fit
    assert dollars(top.total_after_tax) == 500 + 11 * 1_000
    assert dollars(top.after_tax_room) == 72_000 - 24_500 - 7_300


def test_a_true_up_makes_good_what_was_not_posted():
    top = plan("50% of 6%", (10, 0, 0), true_up="december", paid=(paid(JAN_31, 20_000, 2_000),)).headlines
    assert (dollars(top.total_match), dollars(top.true_up_due), top.match_lost) == (6_600, 600, 0)


def test_later_records_come_out_of_the_limits_before_an_earlier_planned_pay():
    # February's stub shows 24,000: January, not typed in yet, has 500 left, and nobody else anything.
    year = plan(rates=(10, 0, 0), paid=(paid(FEB_28, 30_000, 24_000),))
    assert column(year, "pretax") == [500, 24_000, *[0] * 10]
    # The room is 72,000 less 24,500; February's 40,000 of after-tax leaves January 7,500.
    year = plan(rates=(10, 0, 50), annual_salary=480_000_00, paid=(paid(FEB_28, 60_000, 20_500, 0, 39_000),))
    assert column(year, "pretax")[:3] == [4_000, 20_500, 0]
    assert column(year, "after_tax")[:3] == [8_500, 39_000, 0]


def test_match_of_a_unit_that_is_recorded_in_part():
    # A quarter's match is 50% of 6% of 60,000: 1,800. The stubs of January and February show 500 each: 800 in March.
    stubs = (paid(JAN_31, 20_000, 2_000, match=500), paid(FEB_28, 20_000, 2_000, match=500))
    year = plan("50% of 6%", (10, 0, 0), match_period="quarterly", paid=stubs)
    assert column(year, "match")[:6] == [500, 500, 800, 0, 0, 1_800]


def test_what_happened_may_pass_the_limits():
    year = plan(rates=(10, 0, 0), birth_date=date(1990, 1, 1), paid=(paid(JAN_31, 30_000, 25_000, 0, 5_000),))
    top = year.headlines
    assert dollars(top.over_by) == 500  # 25,000 against 24,500
    assert column(year, "pretax")[1:] == [0] * 11
    none = household(after_tax_allowed=False, paid=(paid(JAN_31, 30_000, 0, 0, 5_000),))
    made = plan_year(none, rules_of(none))
    assert dollars(made.headlines.total_after_tax) == 5_000
    found = [one for one in findings(none, made, rules_of(none)) if one.field == "after_tax_allowed"]
    assert [one.severity for one in found] == ["fix", "note"]
    assert "$5,000" in found[0].message


def test_401a17_counts_real_pay():
    # 360,000 is the limit: a stub of 340,000 leaves 20,000 of match pay and of nonelective pay.
    year = plan("50% of 6%", (5, 0, 0), nonelective_rate=10_000, paid=(paid(JAN_31, 340_000, 1_000, match=500),))
    assert column(year, "match_pay")[:3] == [340_000, 20_000, 0]
    assert column(year, "nonelective")[:3] == [0, 200, 0]


def test_the_best_elections_begin_after_the_last_record():
    # Ten pays of 20,000 remain: a percent is 2,000. The room is 72,000 less 1,000 recorded: 35%, and 1,000 is left.
    stubs = (paid(JAN_31, 20_000, after_tax=600), paid(FEB_28, 20_000, after_tax=400))
    top = plan(rates=(0, 0, 5), paid=stubs).headlines
    assert (top.best_base, dollars(top.best_after_tax), dollars(top.best_unused)) == (350_000, 71_000, 1_000)
    # January is missing: it lies before the last record, keeps its 5%, and is not open: 70,600 is left for 10 pays.
    top = plan(rates=(0, 0, 5), paid=stubs[1:]).headlines
    assert (top.best_base, dollars(top.best_after_tax)) == (350_000, 71_400)
    # With change_from given it is open where it is not recorded.
    top = plan(rates=(0, 0, 5), paid=stubs[1:], change_from=JAN).headlines
    assert (top.best_base, dollars(top.best_after_tax)) == (320_000, 70_800)  # 11 pays: 32% is 70,400


def test_a_recorded_payment_counts_where_its_flags_say():
    payments = (bonus(date(2026, 3, 13), 50_000, additions_pay=False),)
    stub = paid(date(2026, 3, 13), 60_000, 6_000, kind="bonus")
    year = plan(rates=(10, 0, 0), payments=payments, paid=(stub,))
    line = next(pay for pay in year.pays if pay.kind == "bonus")
    assert (line.gross, line.plan_pay, line.match_pay, line.additions_pay) == (60_000_00, 60_000_00, 60_000_00, 0)


def test_recording_what_was_planned_changes_no_headline(base_seed):
    rng = Random(base_seed)
    for seed in range(base_seed, base_seed + 200):
        h = plain_household(seed)
        rules = rules_of(h)
        planned = plan_year(h, rules)
        if not planned.pays:
            continue
        first = rng.randint(1, len(planned.pays))
        stubs = tuple(
            Paid(p.date, p.kind, p.gross, p.pretax, p.roth, p.after_tax, p.match, p.nonelective)
            for p in planned.pays[:first]
            if rng.random() < 0.9
        )
        as_was = replace(h, paid=stubs, change_from=h.change_from or date(h.tax_year, 1, 1))
        made = plan_year(as_was, rules)
        for one, other in zip(planned.pays, made.pays, strict=True):
            if not h.match_after_tax:  # what is matched is then what went in, not what was elected
                assert replace(other, recorded=False) == one, seed
        same = {name: value for name, value in asdict(planned.headlines).items() if not name.startswith("best_")}
        if h.match_after_tax:
            continue
        found = {name: getattr(made.headlines, name) for name in same}
        if not same["elections_safe"]:  # what did not fit may all be past
            same.pop("elections_safe")
            found.pop("elections_safe")
        assert found == same, seed


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ((paid(date(2026, 2, 2), 20_000),), "no pay on that date, the nearest on Jan 30, 2026"),
        ((paid(JAN_31, 20_000, kind="bonus"),), "the planner has base on that date"),
        ((paid(JAN_31, 20_000), paid(JAN_31, 1)), "a second pay of Jan 30, 2026"),
        ((paid(JAN_31, 20_000, 12_000, 0, 8_001),), r"contributions of \$20,001, above its gross of \$20,000"),
        ((paid(JAN_31, -1),), "gross -\\$1"),
        ((paid(JAN_31, 1, kind="gift"),), "of the kind 'gift'"),
        ((Paid("1/30", "base", 1),), "give a date"),
    ],
)
def test_refused_in_one_sentence(rows, words):
    with pytest.raises(InputError, match=words) as refusal:
        plan(paid=rows)
    assert str(refusal.value).endswith(".")


def test_a_record_within_the_year_to_date_is_refused():
    with pytest.raises(InputError, match="which hold it already"):
        plan(ytd_date=JAN_31, ytd_additions_pay=1_00, paid=(paid(JAN_31, 20_000),))
