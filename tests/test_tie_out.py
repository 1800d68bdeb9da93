"""Forms that came: what is off and by how much, what contradicts itself, what is missing, and the letter that "
"asks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from mbr_workbooks.contents import planner
from mbr_xl.client import Client
from mbr_xl.engine.paper.letter import Letter, letters
from mbr_xl.engine.paper.paper_findings import paper_findings
from mbr_xl.engine.paper.tie_out import tie_out
from mbr_xl.engine.plan import plan_year, rules_of
from mbr_xl.household import Election, Household
from mbr_xl.money import Cents
from mbr_xl.paper_answers import paper_answers
from mbr_xl.paper_facts import PaperFacts
from mbr_xl.records import Converted, FormReceived, LedgerEntry


def household(value: float, basis: float, **changes: Any) -> Household:
    """A year whose only after-tax money is the opening account, converted on Monday, January 5, and confirmed."""
    to: Any = "Roth IRA" if changes.get("conversion_path") == "Roth IRA" else "Roth in plan"
    amount, taxable = Cents(round(value * 100)), Cents(round((value - basis) * 100))
    row = Converted(date(2026, 1, 5), amount, taxable, to, confirmed=True)
    given: dict[str, Any] = {
        "client": "Ann Sample",
        "tax_year": 2026,
        "birth_date": date(1980, 5, 5),
        "pay_frequency": "monthly",
        "any_pay_date": date(2026, 1, 30),
        "annual_salary": 120_000_00,
        "opening_value": round(value * 100),
        "opening_basis": round(basis * 100),
        "elections": (Election(date(2026, 1, 1), base_pretax=50_000, base_roth=50_000),),
        "converted": (row,),
    }
    return Household(**{**given, **changes})


OUT = {"in_service_withdrawal": True, "conversion_path": "Roth IRA"}


def form(box_1: float, box_2a: float | None, box_5: float | None, code: str = "G", box_4: float | None = None) -> Any:
    def cents(amount: float | None) -> Cents | None:
        return None if amount is None else Cents(round(amount * 100))

    return FormReceived(
        "Form 1099-R", "Example Trust", None, cents(box_1), cents(box_2a), cents(box_4), cents(box_5), code
    )


def form_5498(ira: Any, box_1: float, box_2: float) -> FormReceived:
    return FormReceived("Form 5498", "Example Brokerage", ira, Cents(round(box_1 * 100)), Cents(round(box_2 * 100)))


def w2(d: float, aa: float) -> FormReceived:
    return FormReceived(
        "Form W-2", "Example Corp", None, box_12_d=Cents(round(d * 100)), box_12_aa=Cents(round(aa * 100))
    )


def client(saver: Household, *forms: FormReceived, **facts: Any) -> Client:
    return Client(household=saver, paper=PaperFacts(forms=forms, **facts))


def said(given: Client) -> list[str]:
    rules = rules_of(given.household)
    return [found.message for found in tie_out(given, plan_year(given.household, rules), rules)]


def drafted(given: Client) -> tuple[Letter, ...]:
    rules = rules_of(given.household)
    return letters(given, plan_year(given.household, rules), rules)


def row(sentence: str, number: int = 1, name: str = "Form 1099-R, Example Trust") -> str:
    return f"Row {number} of forms ({name}): {sentence}"


def test_published_forms_tie() -> None:
    assert said(client(household(10_200, 10_000), form(10_200, 200, 10_000))) == []  # TC-60, thefinancebuff.com
    loss = household(4_000, 5_000, converted=())
    assert said(client(loss, form(4_000, 0, 5_000))) == []  # TC-71; Instr. 1099-R, box 2a, Losses


def test_one_form_or_a_form_a_destination() -> None:
    # thefinancebuff.com, "one 1099-R, two rollovers": issuers may combine; here 10,000 to Roth and 1,000 of earnings.
    split = household(11_000, 10_000, in_service_withdrawal=True, earnings_to="traditional", converted=())
    assert said(client(split, form(11_000, 0, 10_000))) == []
    assert said(client(split, form(10_000, 0, 10_000), form(1_000, 0, 0))) == []
    assert said(client(split, form(11_000, 1_000, 10_000))) == [
        "Form 1099-R box 2a: $1,000.00 reported, $0.00 expected, $1,000.00 too much."
    ]


def test_the_common_error() -> None:
    # irahelp.com, forum post 30759: 10,259 with a basis of 9,852, box 2a of 0.
    found = said(client(household(10_259, 9_852, **OUT), form(10_259, 0, 9_852)))
    assert found == [
        row(
            "Box 2a is $0.00 beside a basis of $9,852.00 in box 5: box 1 should equal boxes 2a and 5 together,"
            " so box 2a should be $407.00. A common issuer error."
        ),
        "Form 1099-R box 2a: $0.00 reported, $407.00 expected, $407.00 too little.",
    ]


@pytest.mark.parametrize(
    ("received", "sentence"),
    [
        (
            form(10_200, 10_200, None),
            "All of box 1 is shown as taxable and box 5 is blank, but the year's after-tax money is $10,000.00.",
        ),
        (form(10_200, None, None), "Box 1 is $10,200.00 more than boxes 2a and 5 together."),
        (form(10_200, 200, 10_200), "Boxes 2a and 5 come to $10,400.00, $200.00 more than box 1."),
        (
            form(10_200, 200, 10_000, "1"),
            "Code 1 is a payment to the person before 59 1/2; a conversion or direct rollover of after-tax money is G.",
        ),
        (
            form(10_200, 200, 10_000, "h "),
            "Code H is a rollover out of a Roth account, not out of after-tax; a conversion or direct rollover"
            " of after-tax money is G.",
        ),
        (
            form(10_200, 200, 10_000, "X"),
            "Code X is another kind of payment; a conversion or direct rollover of after-tax money is G.",
        ),
        (form(10_200, 200, 10_000, ""), "Box 7 is blank; a conversion or direct rollover of after-tax money is G."),
        (form(10_200, 200, 10_000, "G", 40), "Box 4 shows $40.00 withheld; a direct rollover has none."),
        (form(0, 200, 10_000), "Box 1 is blank: type the boxes as the form shows them."),
    ],
)
def test_a_form_on_its_own(received: FormReceived, sentence: str) -> None:
    assert said(client(household(10_200, 10_000), received))[0] == row(sentence)


OF_IRA = FormReceived("Form 1099-R", "IRA Custodian", "traditional IRA", Cents(7_500_00), Cents(0), code="2")
REFUND = FormReceived("Form 1099-R", "Example Trust", None, Cents(1_050_00), Cents(50_00), None, Cents(1_000_00), "8")


@pytest.mark.parametrize(
    ("received", "why"),
    [
        # Instr. 1099-R, box 7: an IRA's conversion is 2 or 7, box 5 blank; 8, P, E are refunds; B, H a Roth account's.
        (OF_IRA, "Of a traditional IRA: left out of the plan's sums."),
        (
            replace(OF_IRA, ira=None),
            "Code 2 is a payment to the person before 59 1/2 with an exception: left out of the conversions' sums."
            " If it is of an IRA, choose the IRA's kind on Records.",
        ),
        (REFUND, "Code 8 is a refund, see Testing: left out of the conversions' sums."),
        (replace(REFUND, code="8b "), "Code 8B is a refund, see Testing: left out of the conversions' sums."),
        (replace(REFUND, code="PB"), "Code PB is a refund, see Testing: left out of the conversions' sums."),
        (replace(REFUND, code="E"), "Code E is a refund, see Testing: left out of the conversions' sums."),
        (
            replace(REFUND, code="H"),
            "Code H is a rollover out of a Roth account, not out of after-tax: left out of the conversions' sums.",
        ),
        (replace(OF_IRA, ira="Roth IRA", code="J"), "Of a Roth IRA: left out of the plan's sums."),
        (
            replace(OF_IRA, ira=None, code="J"),
            "Code J is of an IRA: left out of the plan's sums; choose the IRA's kind on Records.",
        ),
    ],
)
def test_forms_of_other_events_are_left_out_and_bring_no_letter(received: FormReceived, why: str) -> None:
    saver = household(30_000, 30_000)
    right = form(30_000, 0, 30_000)
    for forms in ((received,), (received, right), (right, received)):
        given = client(saver, *forms)
        assert (said(given), drafted(given)) == ([], ())
        rules = rules_of(saver)
        notes = [one for one in paper_findings(given, plan_year(saver, rules), rules) if one.field == "forms"]
        number = forms.index(received) + 1
        assert [(one.severity, one.message) for one in notes] == [
            ("note", row(why, number, f"Form 1099-R, {received.payer}"))
        ]
    late = client(saver, received, forms_as_of=date(2027, 2, 2))
    assert said(late)[-1] == "Form 1099-R has not come; it was due Feb 1, 2027."


def test_a_conversion_under_a_wrong_code_is_told_from_another_event() -> None:
    saver = household(10_200, 10_000)
    wrong, right = form(10_200, 200, 10_000, "7"), form(10_200, 200, 10_000)
    assert [letter.form for letter in drafted(client(saver, wrong))] == ["Form 1099-R"]
    assert drafted(client(saver, wrong, right)) == ()  # the conversion's form is there: this is something else
    assert "Code 7" in drafted(client(saver, form(10_200, 10_200, None, "7")))[0].paragraphs[2]  # box 1 as expected
    (letter,) = drafted(client(saver, OF_IRA, wrong))
    assert (letter.to, letter.paragraphs[0].count("box 1 ")) == ("Example Trust, Plan administrator", 1)


def test_5498() -> None:
    in_plan, out = household(10_200, 10_000), household(10_200, 10_000, **OUT)
    name = "Form 5498, Example Brokerage"
    assert said(client(out, form_5498("Roth IRA", 0, 10_200))) == []
    assert said(client(in_plan, form_5498("Roth IRA", 7_500, 0))) == []  # an ordinary contribution
    assert said(client(in_plan, form_5498("Roth IRA", 0, 10_200))) == [
        row(
            "A rollover of $10,200.00 is reported, but the conversions stayed in the plan, which brings no Form"
            " 5498: find out where the money went.",
            name=name,
        ),
        "Form 5498 of the Roth IRA, box 2: $10,200.00 reported, $0.00 expected, $10,200.00 too much.",
    ]
    assert said(client(out, form_5498("Roth IRA", 10_200, 0)))[0] == row(
        "The rollover seems to stand in box 10 as a contribution of $10,200.00; it belongs in box 2, and as a"
        " contribution it would be an excess.",
        name=name,
    )
    # Instr. 5498, box 3: no rollover of a plan under 408A(e). Box 1 of a traditional IRA, box 10 of a Roth IRA.
    converted = replace(form_5498("Roth IRA", 0, 0), box_3=Cents(10_200_00))
    assert said(client(out, converted))[0] == row(
        "The rollover seems to stand in box 3 as a conversion of $10,200.00; box 3 is for conversions out of another"
        " IRA, and a rollover out of the plan belongs in box 2.",
        name=name,
    )
    assert drafted(client(out, converted))[0].paragraphs[0] == (
        "The form received: Roth IRA, box 10 $0.00, box 2 $0.00, box 3 $10,200.00."
    )
    split = household(11_000, 10_000, in_service_withdrawal=True, earnings_to="traditional", converted=())
    assert "stand in box 1 as" in said(client(split, form_5498("traditional IRA", 1_000, 0)))[0]
    assert said(client(out, form_5498("traditional IRA", 0, 200)))[0] == row(
        "A rollover of $200.00 is reported, but none out of the plan is expected.", name=name
    )
    assert "Roth IRA or a traditional IRA" in said(client(out, form_5498(None, 0, 1)))[0]


def test_w2() -> None:
    saver = household(10_200, 10_000)  # 12 pays of 10,000.00, 5% pre-tax and 5% Roth
    assert said(client(saver, w2(6_000, 6_000))) == []
    assert said(client(saver, w2(3_000, 6_000), w2(3_000, 0))) == []  # two forms of one employer
    assert said(client(saver, w2(12_000, 0))) == [
        "Form W-2 box 12 D: $12,000.00 reported, $6,000.00 expected, $6,000.00 too much.",
        "Form W-2 box 12 AA: $0.00 reported, $6,000.00 expected, $6,000.00 too little.",
    ]


def test_what_is_missing() -> None:
    saver = household(10_200, 10_000, **OUT)
    assert said(client(saver)) == []
    assert said(client(saver, forms_as_of=date(2027, 2, 1))) == []  # the last day
    assert said(client(saver, forms_as_of=date(2027, 2, 2))) == [
        "Form W-2 has not come; it was due Feb 1, 2027.",
        "Form 1099-R has not come; it was due Feb 1, 2027.",
    ]
    came = (w2(6_000, 6_000), form(10_200, 200, 10_000))
    assert said(client(saver, *came, forms_as_of=date(2027, 6, 2))) == [
        "Form 5498 of the Roth IRA has not come; it was due Jun 1, 2027."
    ]
    assert said(client(saver, *came, form_5498("Roth IRA", 0, 10_200), forms_as_of=date(2027, 6, 2))) == []
    assert said(client(household(10_200, 10_000), *came, forms_as_of=date(2027, 6, 2))) == []  # no 5498 in the plan


def test_counts() -> None:
    given = client(household(10_259, 9_852, **OUT), form(10_259, 0, 9_852), forms_as_of=date(2027, 2, 2))
    rules = rules_of(given.household)
    found = paper_answers(given, plan_year(given.household, rules), rules)
    assert (found.forms_at_fault, found.forms_missing, found.off_box_2a, found.off_box_1) == (1, 1, -407_00, 0)


def test_findings_name_their_cells() -> None:
    entries = (LedgerEntry(2025, "after-tax", "contribution", Cents(9_000_00)),)
    given = client(household(10_200, 10_000, converted=()), form(10_200, 0, 10_000), forms_as_of=date(2027, 2, 1))
    given = replace(given, paper=replace(given.paper, ledger=entries))
    rules = rules_of(given.household)
    found = paper_findings(given, plan_year(given.household, rules), rules)
    assert [(one.severity, one.field) for one in found] == [
        ("look", "opening_basis"),
        ("look", "forms"),
        ("look", "form_box_2"),
        ("note", "converted_confirmed"),
    ]
    assert found[2].row == 1
    assert found[0].message == (
        "The ledger leaves $9,000 of after-tax basis, the opening basis is $10,000: see the plan's statement."
    )
    names = {name for sheet in planner() for name in sheet.names} | {"forms"}
    assert {one.field for one in found} <= names
    wrong = replace(given, paper=replace(given.paper, ledger=(replace(entries[0], year=2026),)))
    assert paper_findings(wrong, plan_year(given.household, rules), rules)[0].severity == "fix"


def test_the_letter() -> None:
    given = client(household(10_259, 9_852, **OUT), form(10_259, 0, 9_852), w2(6_000, 6_000))
    (letter,) = drafted(given)
    assert letter == Letter(
        "Form 1099-R",
        "Example Trust, Plan administrator",
        "Form 1099-R for 2026, Ann Sample: request to check it",
        (
            "The form received: box 1 $10,259.00, box 2a $0.00, box 4 $0.00, box 5 $9,852.00, code G.",
            "Our records of the year's conversions show box 1 $10,259.00, box 2a $407.00, box 4 $0.00, box 5 $9,"
            "852.00, code G.",
            "Box 2a is $0.00 beside a basis of $9,852.00 in box 5: box 1 should equal boxes 2a and 5 together,"
            " so box 2a should be $407.00. A common issuer error. Form 1099-R box 2a: $0.00 reported, $407.00"
            " expected, $407.00 too little.",
            "Please compare this with your records. If they agree with ours, please issue a corrected Form"
            " 1099-R to the recipient and to the IRS; if they do not, please send the dates and amounts that"
            " your records show.",
            "The return for 2026 is due Apr 15, 2027: please answer before it is filed. Without a corrected form"
            " by then it may have to be prepared from the records.",
            "This letter asks for a form to be checked. It is no tax advice and claims no result.",
        ),
    )


def test_a_letter_after_filing_and_on_a_plan_not_confirmed() -> None:
    saver = household(10_259, 9_852, **OUT)
    given = client(saver, form(10_259, 0, 9_852), return_filed=date(2027, 3, 1))
    assert drafted(given)[0].paragraphs[4] == (
        "The return for 2026 was filed on Mar 1, 2027. A corrected form may lead to an amended return (Form"
        " 1040-X), in general possible until Apr 15, 2030."
    )
    loose = replace(given, household=replace(saver, converted=()))
    assert (
        drafted(loose)[0]
        .paragraphs[1]
        .startswith(
            "Our plan of the year's conversions, 1 of them not confirmed in writing yet, shows box 1 $10,259.00"
        )
    )


def test_a_letter_for_each_kind_of_form() -> None:
    given = client(household(10_200, 10_000), form_5498("Roth IRA", 0, 10_200), w2(12_000, 0), form(10_200, 200, 9_000))
    found = drafted(given)
    assert [(letter.form, letter.to) for letter in found] == [
        ("Form 1099-R", "Example Trust, Plan administrator"),
        ("Form 5498", "Example Brokerage, IRA trustee or custodian"),
        ("Form W-2", "Example Corp, Employer, payroll"),
    ]
    assert "$10,200.00 converted inside the plan" in found[1].paragraphs[1]
    assert "$6,000.00 (box 12 D)" in found[2].paragraphs[1]
    assert drafted(client(household(10_200, 10_000), form(10_200, 200, 10_000))) == ()
