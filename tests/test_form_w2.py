"""Form W-2 as it came: wages that are off, by how much, what they are expected from, and after-tax that lowers them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from mbr_xl.engine.paper.tie_out import tie_out
from mbr_xl.engine.plan import plan_year, rules_of
from mbr_xl.future_facts import FutureFacts
from mbr_xl.household import Election
from mbr_xl.money import Cents
from mbr_xl.records import FormReceived
from mbr_xl.tax_facts import TaxFacts
from tests.test_tie_out import client, drafted, household, said

FROM = "Expected from pay $120,000.00 less benefits $0.00"


def w2(box_1: float | None, box_3: float | None = None, box_5: float | None = None, **more: Any) -> FormReceived:
    """Of 12 pays of 10,000.00 with 5% pre-tax and 5% Roth."""

    def cents(amount: float | None) -> Cents | None:
        return None if amount is None else Cents(round(amount * 100))

    boxes = {"box_1": cents(box_1), "box_3": cents(box_3), "box_5": cents(box_5)}
    given = {"box_12_d": Cents(6_000_00), "box_12_aa": Cents(6_000_00), **boxes, **more}
    return FormReceived("Form W-2", "Example Corp", None, **given)


SAVER = household(10_200, 10_000)


def test_wages_that_tie_or_are_not_typed() -> None:
    assert said(client(SAVER, w2(114_000, 120_000, 120_000))) == []
    assert said(client(SAVER, w2(None))) == []
    assert said(client(SAVER, w2(100_000), w2(14_000, box_12_d=None, box_12_aa=None))) == []
    # A second form without its box 1: no sum to compare.
    assert said(client(SAVER, w2(100_000), w2(None, box_12_d=None, box_12_aa=None))) == []


def test_a_cent_of_wages() -> None:
    assert said(client(SAVER, w2(0.01, 119_000, 120_000.50))) == [
        "Form W-2 box 1: $0.01 reported, $114,000.00 expected, $113,999.99 too little. "
        f"{FROM}, pre-tax deferrals $6,000.00, as typed and planned.",
        "Form W-2 box 3: $119,000.00 reported, $120,000.00 expected, $1,000.00 too little. "
        f"{FROM}, up to the wage base, as typed and planned.",
        f"Form W-2 box 5: $120,000.50 reported, $120,000.00 expected, $0.50 too much. {FROM}, as typed and planned.",
    ]
    given = client(SAVER, w2(0.01))
    rules = rules_of(SAVER)
    (found,) = tie_out(given, plan_year(SAVER, rules), rules)
    assert (found.severity, found.field, found.row) == ("look", "form_box_1", 1)


def test_what_is_typed_moves_the_expectation() -> None:
    # 120,000 less 2,000 of benefits, 6,000 pre-tax and 10,000 deferred: 102,000; benefits leave boxes 3 and 5 too.
    given = replace(
        client(SAVER, w2(102_001, 118_000, 118_000)),
        tax=TaxFacts(wage_benefits=Cents(2_000_00)),
        future=FutureFacts(nqdc_deferred=Cents(10_000_00)),
    )
    assert said(given) == [
        "Form W-2 box 1: $102,001.00 reported, $102,000.00 expected, $1.00 too much. Expected from pay $120,000.00 "
        "less benefits $2,000.00, pre-tax deferrals $6,000.00, deferred compensation $10,000.00, as typed and planned."
    ]


def test_after_tax_lowers_no_wages_and_has_no_code() -> None:
    # 10% after-tax: 12,000.00 a year. This W-2 takes it off boxes 1, 3 and 5, and shows it in 12 D.
    rates = Election(SAVER.elections[0].start, base_pretax=50_000, base_roth=50_000, base_after_tax=100_000)
    saver = replace(SAVER, elections=(rates,), converted=(), cadence="none")
    wrong = w2(102_000, 108_000, 108_000, box_12_d=Cents(18_000_00))
    error = "$12,000.00 too {0}. That is the year's after-tax contributions, which {1}."
    found = said(client(saver, wrong))
    assert [error.format("little", f"do not lower box {box}") in found[at] for at, box in enumerate((1, 3, 5))] == [
        True
    ] * 3
    assert found[3] == (
        "Form W-2 box 12 D: $18,000.00 reported, $6,000.00 expected, "
        + error.format("much", "belong in no box 12 code")
    )
    (letter,) = drafted(client(saver, wrong))
    assert letter.paragraphs[0] == (
        "The form received: box 1 $102,000.00, box 3 $108,000.00, box 5 $108,000.00, box 12 D $18,000.00, "
        "box 12 AA $6,000.00."
    )
    assert letter.paragraphs[1] == (
        "Our records of the year's pay show wages of $114,000.00 (box 1), $120,000.00 (box 3) and $120,000.00 (box 5), "
        "pre-tax deferrals of $6,000.00 (box 12 D) and Roth deferrals of $6,000.00 (box 12 AA), catch-up included. "
        "After-tax contributions of $12,000.00 lower none of the wages and have no code in box 12."
    )
    # Another amount is not called that; nor is any where nothing is after-tax.
    assert "after-tax" not in " ".join(said(client(saver, w2(102_000.01))))
    assert "after-tax" not in " ".join(said(client(SAVER, w2(102_000))))
