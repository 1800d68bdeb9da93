"""Form 1099-R to expect: published forms, the split, the loss, and what is off in a form received."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mbr_xl.engine.converting.conversion import taxable
from mbr_xl.engine.paper.form_1099r import TRADITIONAL, Boxes, Difference, differences, form_1099r, total
from mbr_xl.errors import InputError
from mbr_xl.money import Cents


def boxes(box_1: float, box_2a: float, box_5: float, code: str = "G") -> Boxes:
    return Boxes(Cents(round(box_1 * 100)), Cents(round(box_2a * 100)), Cents(round(box_5 * 100)), code)


def amounts(form: Boxes) -> tuple[float, float, float, str]:
    return form.box_1 / 100, form.box_2a / 100, form.box_5 / 100, form.box_7


@pytest.mark.parametrize(
    ("case", "arguments", "form"),
    [
        ("TC-60, thefinancebuff.com", (10_000, 10_200), (10_200, 200, 10_000, "G")),
        ("TC-60 to a Roth IRA", (10_000, 10_200, None, "roth", "roth_ira"), (10_200, 200, 10_000, "G")),
        ("TC-74, money.stackexchange: in-plan", (10_000, 11_000), (11_000, 1_000, 10_000, "G")),
        ("TC-74: the split", (10_000, 11_000, None, "traditional", "roth_ira"), (11_000, 0, 10_000, "G")),
        ("TC-75, benefitslink: 30,100 in plan", (30_000, 30_100), (30_100, 100, 30_000, "G")),
        ("TC-71, irahelp: a loss; box 5 all that was put in", (5_000, 4_000), (4_000, 0, 5_000, "G")),
        ("by hand: part of an account at a loss", (5_000, 4_000, 2_000), (2_000, 0, 2_000, "G")),
        ("CC-9: one contract with pre-tax, 2,000 of 10,000", (10_000, 50_000, 10_000), (10_000, 8_000, 2_000, "G")),
        ("by hand: pro rata", (10_000, 10_200, 10_000), (10_000, 196.08, 9_803.92, "G")),
        ("by hand: leave, as much as the basis", (10_000, 10_200, None, "leave"), (10_000, 196.08, 9_803.92, "G")),
    ],
)
def test_cases(case: str, arguments: tuple[Any, ...], form: tuple[float, float, float, str]) -> None:
    money: list[Any] = [x * 100 if isinstance(x, int) else x for x in arguments]
    assert amounts(form_1099r(*money).form) == form, case


def test_the_split_is_one_distribution_with_two_destinations() -> None:
    expected = form_1099r(10_000_00, 10_200_00, None, "traditional", "roth_ira")
    roth, traditional = expected.parts
    assert (amounts(roth), roth.destination) == ((10_000, 0, 10_000, "G"), "Roth IRA")
    assert (amounts(traditional), traditional.destination) == ((200, 0, 0, "G"), TRADITIONAL)
    assert expected.form.destination == "Roth IRA and traditional IRA"
    assert expected.form.untied == 200_00  # the earnings that stay pre-tax are in neither box 2a nor box 5


def test_the_split_of_a_part_and_of_a_loss() -> None:
    half = form_1099r(10_000_00, 10_200_00, 5_100_00, "traditional", "roth_ira")
    assert [amounts(part)[:3] for part in half.parts] == [(5_000, 0, 5_000), (100, 0, 0)]
    loss = form_1099r(5_000_00, 4_000_00, None, "traditional", "roth_ira")
    assert [amounts(part)[:3] for part in loss.parts] == [(4_000, 0, 5_000)]


def test_destinations() -> None:
    assert form_1099r(1_00, 1_00).form.destination == "Roth account in the plan"
    assert form_1099r(1_00, 1_00, None, "leave").form.destination == "Roth account in the plan"
    assert form_1099r(1_00, 2_00, None, "traditional").form.destination == "Roth IRA and traditional IRA"
    assert form_1099r(1_00, 1_00, None, "traditional").form.destination == "Roth IRA"
    assert form_1099r(1_00, 1_00, path="roth_ira").form.destination == "Roth IRA"


@given(
    st.integers(0, 10**7),
    st.integers(1, 10**7),
    st.integers(1, 10**6),
    st.sampled_from(("roth", "traditional", "leave")),
    st.sampled_from(("in_plan", "roth_ira")),
)
def test_boxes_add_up(basis: int, value: int, share: int, earnings_to: str, path: str) -> None:
    converted = max(1, value * share // 10**6)
    path = "roth_ira" if earnings_to == "traditional" else path
    expected = form_1099r(basis, value, converted, earnings_to, path)
    assert amounts(total(expected.parts)) == amounts(expected.form)
    assert expected.form.box_1 == converted
    assert expected.form.box_2a == taxable(basis, value, converted, earnings_to)
    to_traditional = sum(part.box_1 for part in expected.parts if part.destination == TRADITIONAL)
    lost = max(0, basis - value) if converted == value else 0
    assert expected.form.untied == to_traditional - lost
    assert differences([expected.form], expected.parts) == ()


def test_what_is_off() -> None:
    expected = [form_1099r(10_000_00, 10_200_00).form]
    assert differences(expected, [boxes(10_200, 200, 10_000, "g ")]) == ()
    assert differences(expected, [boxes(10_200, 10_200, 0)]) == (
        Difference("2a", Cents(10_000_00), "Box 2a is $10,200, $10,000 more than the $200 expected."),
        Difference("5", Cents(-10_000_00), "Box 5 is $0, $10,000 less than the $10,000 expected."),
    )
    assert [d.sentence for d in differences(expected, [boxes(10_200, 200, 10_000, "1")])] == [
        "Box 7 is 1, G is expected."
    ]
    assert [d.sentence for d in differences(expected, [boxes(10_200, 200, 10_000, "")])] == [
        "Box 7 is blank, G is expected."
    ]


def test_a_year_of_conversions_on_one_form() -> None:
    conversions = [form_1099r(1_000_00, 1_010_00).form, form_1099r(2_000_00, 2_005_50).form]
    assert differences(conversions, [boxes(3_015.50, 15.50, 3_000)]) == ()
    (only,) = differences(conversions, [boxes(3_015.50, 15.49, 3_000)])
    assert (only.box, only.off_by) == ("2a", -1)


def test_codes_that_disagree() -> None:
    assert total([boxes(1, 0, 1), boxes(1, 0, 1, "1")]).box_7 == "1, G"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((100, 100, None, "roth", "rollover"), "give in_plan or roth_ira"),
        ((100, 100, 0), "Nothing is converted"),
        ((0, 0), "Nothing is converted"),
        ((0, 100, None, "leave"), "Nothing is converted"),
        ((100, 100, 200), "cannot be converted"),
        ((-1, 100), "basis"),
        ((100, 100, None, "split"), "no place for earnings"),
        ((100, 200, None, "traditional", "in_plan"), "cannot go to a traditional IRA in an in-plan conversion"),
        ((100, 100, None, "traditional", "in_plan"), "cannot go to a traditional IRA in an in-plan conversion"),
    ],
)
def test_refusals(arguments: tuple[Any, ...], words: str) -> None:
    with pytest.raises(InputError, match=words):
        form_1099r(*arguments)


def test_nothing_to_compare() -> None:
    with pytest.raises(InputError, match="at least one"):
        differences([boxes(1, 0, 1)], [])
