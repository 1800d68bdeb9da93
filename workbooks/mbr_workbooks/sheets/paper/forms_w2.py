"""Tie-out of Form W-2 on the Forms sheet: its boxes among the sums, and what a box that is off rests on."""

from __future__ import annotations

from typing import NamedTuple


class Sum(NamedTuple):
    """A box added up over the forms of a kind: its name, its column of the list, and the cells that say what to expect.

    every: it counts only where every form of the kind has it typed, and something is expected.
    """

    label: str
    name: str
    box: str
    kind: str
    ira: str
    expected: str
    due: str
    every: bool = False


def _of(label: str, name: str, box: str, expected: str, every: bool = False) -> Sum:
    return Sum(f"Form W-2 {label}", name, box, "Form W-2", "", expected, "forms_due_january", every)


SUMS = [
    _of("box 1", "off_w2_box_1", "box_1", "expected_w2_box_1", True),
    _of("box 3", "off_w2_box_3", "box_3", "expected_w2_box_3", True),
    _of("box 5", "off_w2_box_5", "box_5", "expected_w2_box_5", True),
    _of("box 12 D", "off_w2_d", "box_12_d", "expected_w2_d"),
    _of("box 12 AA", "off_w2_aa", "box_12_aa", "expected_w2_aa"),
]


def _money(amount: str) -> str:
    return f'TEXT({amount},"$#,##0.00")'


_LESS = f'" less benefits "&{_money("wage_benefits")}'
_MADE = {
    "off_w2_box_1": f'{_LESS}&", pre-tax deferrals "&{_money("total_pretax")}&IF(N(nqdc_deferred)=0,"",'
    f'", deferred compensation "&{_money("nqdc_deferred")})',
    "off_w2_box_3": f'{_LESS}&", up to the wage base"',
    "off_w2_box_5": _LESS,
}


def came_with(one: Sum) -> str:
    """Counts the forms of a sum that counts only where each has the box; 0 where one has not."""
    count = f'COUNTIFS(form_form,"{one.kind}")'
    typed = f'SUMPRODUCT((form_form="{one.kind}")*ISNUMBER(form_{one.box}))'
    return f"=IF(OR(NOT(ISNUMBER({one.expected})),{typed}<{count}),0,{count})"


def about(one: Sum, off: str) -> str:
    """The words after a W-2's sum that is off: the error that it may be, and what the wages are expected from."""
    made = _MADE.get(one.name)
    number = one.label.removeprefix("Form W-2 ")
    error = f"do not lower {number}" if made else "belong in no box 12 code"
    less = f"{off}+total_after_tax" if made else f"{off}-total_after_tax"
    words = (
        f"&IF(AND(total_after_tax>0,ROUND({less},2)=0),\" That is the year's after-tax contributions, which "
        f'{error}.","")'
    )
    if made:
        words += f'&" Expected from pay "&{_money("forms_w2_pay")}&{made}&", as typed and planned."'
    return words


def absent(one: Sum, otherwise: str) -> str:
    """The words where a sum does not count, though its form came."""
    if not one.every:
        return otherwise
    return (
        f'IF(COUNTIFS(form_form,"{one.kind}")=0,{otherwise},IF(ISNUMBER({one.expected}),"Not typed on every Form W-2",'
        '"No wage base is published"))'
    )
