"""Forms that came against those to expect: which box is off and by how much, what contradicts itself or is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from mbr_xl.client import Client
from mbr_xl.engine.checks import Finding
from mbr_xl.engine.paper.expected import ExpectedForms, expected_forms
from mbr_xl.engine.paper.form_1099r import DIRECT
from mbr_xl.engine.paper.form_w2 import about_w2
from mbr_xl.engine.paper.money_text import money_text
from mbr_xl.engine.paydays import us_date
from mbr_xl.money import Cents
from mbr_xl.records import FormReceived
from mbr_xl.results import YearPlan
from mbr_xl.rules import Rules

# What another code than G says. Source: Instructions for Forms 1099-R and 5498, box 7.
MEANINGS = {
    "1": "a payment to the person before 59 1/2",
    "2": "a payment to the person before 59 1/2 with an exception",
    "7": "a payment to the person at 59 1/2 or later",
    "8": "a refund of an excess, taxable this year",
    "P": "a refund of an excess, taxable in the year before",
    "E": "a refund of excess annual additions",
    "H": "a rollover out of a Roth account, not out of after-tax",
    "B": "money out of a Roth account",
    "BG": "a rollover out of a Roth account to another plan",
    "B1": "a payment out of a Roth account before 59 1/2",
    "B7": "a payment out of a Roth account at 59 1/2 or later",
}
OTHER_CODE = "another kind of payment"
REFUND_CODES = "8PE"
IRA_CODES = "JKNQRST"
OF_ROTH = "BH"


@dataclass(frozen=True, slots=True)
class Tie:
    """One box of all forms of a kind together: what they report and what the year should show, in cents.

    column, first: the list's column and its first form that counts; about: what is said of it where it is off.
    """

    name: str
    label: str
    reported: Cents
    expected: Cents
    column: str
    first: FormReceived
    about: str = ""

    @property
    def off_by(self) -> Cents:
        """Reported less expected."""
        return Cents(self.reported - self.expected)


def tie_out(client: Client, plan: YearPlan, rules: Rules) -> tuple[Finding, ...]:
    """What to look at in the forms that came, form by form, then their sums, then what is missing; empty if all ties.

    client: the forms in paper.forms, and the inputs; plan: their year; rules: its law.
    A form is first tested on its own: box 7 is G, nothing is withheld, box 1 is boxes 2a and 5 together. Sums are
    tested for each kind of form of which one came. Forms are missing from the day after they were due, by forms_as_of.
    Forms 1099-R of IRAs, of refunds and of other payments belong to none of this: see `left_out`.
    Source: Instructions for Forms 1099-R and 5498; General Instructions for Forms W-2 and W-3; Notice 2014-54.
    """
    expected = expected_forms(client, plan, rules)
    found = []
    for number, form in enumerate(client.paper.forms, start=1):
        sentence = "" if left_out(form, client.paper.forms, expected) else form_fault(form, expected)
        if sentence:
            found.append(Finding("look", "forms", f"Row {number} of forms ({named(form)}): {sentence}"))
    for tie in ties(client, plan, expected):
        if tie.off_by:
            found.append(Finding("look", tie.column, tie_sentence(tie), client.paper.forms.index(tie.first) + 1))
    found += [Finding("look", "forms_as_of", sentence) for sentence in missing(client, expected)]
    return tuple(found)


def named(form: FormReceived) -> str:
    """A form as a sentence names it."""
    return form.form + (f", {form.payer}" if form.payer else "")


def code_of(form: FormReceived) -> str:
    """Box 7 as the form's instructions write it."""
    return form.code.strip().upper()


def left_out(form: FormReceived, forms: Sequence[FormReceived], expected: ExpectedForms) -> str:
    """Why a Form 1099-R is none of the plan's conversions, in a sentence; empty if it is one, or is another form.

    forms: all that came, this one among them. A code other than G is a conversion's in error only where no form with G
    came and it shows a conversion's amounts: basis in box 5 (of a code that is not a Roth account's), or box 1 as the
    year should show it.
    Source: Instructions for Forms 1099-R and 5498, box 7 (8, P, E: refunds; B, H: a Roth account; 2, 7: an IRA's
    conversion too; J, K, N, Q, R, S, T: IRAs only).
    Choice: a form that could be another event's is left out of the sums and said, instead of called wrong.
    """
    code = code_of(form)
    if form.form != "Form 1099-R":
        return ""
    if form.ira is not None:
        return f"Of a {form.ira}: left out of the plan's sums."
    if code in ("", DIRECT):
        return ""
    if any(letter in code for letter in IRA_CODES):
        return f"Code {code} is of an IRA: left out of the plan's sums; choose the IRA's kind on Records."
    if any(letter in code for letter in REFUND_CODES):
        return f"Code {code} is a refund, see Testing: left out of the conversions' sums."
    said = f"Code {code} is {MEANINGS.get(code, OTHER_CODE)}: left out of the conversions' sums."
    of_roth = any(letter in code for letter in OF_ROTH)
    in_error = form.box_1 in _amounts(expected) or (bool(form.box_5) and not of_roth)
    came = any((one.form, one.ira, code_of(one)) == (form.form, None, DIRECT) for one in forms)
    if expected.both.box_1 and in_error and not came:
        return ""
    return said if of_roth else f"{said} If it is of an IRA, choose the IRA's kind on Records."


def _amounts(expected: ExpectedForms) -> set[int]:
    return {amount for amount in (expected.in_plan.box_1, expected.rollover.box_1, expected.both.box_1) if amount}


def of_conversions(client: Client, kind: str, expected: ExpectedForms) -> list[FormReceived]:
    """The forms of a kind that came, without those that `left_out` leaves out."""
    forms = client.paper.forms
    return [form for form in forms if form.form == kind and not left_out(form, forms, expected)]


def form_fault(form: FormReceived, expected: ExpectedForms) -> str:
    """The first thing that is wrong with a form on its own, in a sentence; empty if there is nothing.

    form: one that `left_out` does not leave out.
    """
    if form.form == "Form 1099-R":
        return next(_faults_1099r(form, expected), "")
    if form.form == "Form 5498":
        return _fault_5498(form, expected)
    return ""


def _faults_1099r(form: FormReceived, expected: ExpectedForms) -> Iterator[str]:
    box_1, box_2a, box_5 = form.box_1 or 0, form.box_2 or 0, form.box_5 or 0
    code = code_of(form)
    if not box_1:
        yield "Box 1 is blank: type the boxes as the form shows them."
    if code != DIRECT:
        meaning = MEANINGS.get(code, OTHER_CODE)
        said = f"Code {code} is {meaning}" if code else "Box 7 is blank"
        yield f"{said}; a conversion or direct rollover of after-tax money is G."
    if form.box_4:
        yield f"Box 4 shows {money_text(form.box_4)} withheld; a direct rollover has none."
    gap = box_1 - box_2a - box_5
    if gap < 0 and not (box_2a == 0 and expected.both.box_5 > expected.both.box_1):
        yield f"Boxes 2a and 5 come to {money_text(box_2a + box_5)}, {money_text(-gap)} more than box 1."
    if gap > expected.to_traditional:
        if box_2a == 0 and box_5:
            yield (
                f"Box 2a is $0.00 beside a basis of {money_text(box_5)} in box 5: box 1 should equal boxes 2a and 5 "
                f"together, so box 2a should be {money_text(gap)}. A common issuer error."
            )
        yield f"Box 1 is {money_text(gap)} more than boxes 2a and 5 together."
    if gap == 0 and box_5 == 0 and expected.both.box_5:
        yield (
            "All of box 1 is shown as taxable and box 5 is blank, but the year's after-tax money is "
            f"{money_text(expected.both.box_5)}."
        )


def _fault_5498(form: FormReceived, expected: ExpectedForms) -> str:
    if form.ira is None:
        return "Say whether this Form 5498 is of a Roth IRA or a traditional IRA."
    wanted = expected.of_iras.roth_ira if form.ira == "Roth IRA" else expected.of_iras.traditional
    rolled = form.box_2 or 0
    if rolled and not wanted:
        if expected.in_plan.box_1:
            return (
                f"A rollover of {money_text(rolled)} is reported, but the conversions stayed in the plan, which brings "
                "no Form 5498: find out where the money went."
            )
        return f"A rollover of {money_text(rolled)} is reported, but none out of the plan is expected."
    if wanted and not rolled and (form.box_3 or 0) >= wanted:
        return (
            f"The rollover seems to stand in box 3 as a conversion of {money_text(form.box_3 or 0)}; box 3 is for "
            "conversions out of another IRA, and a rollover out of the plan belongs in box 2."
        )
    if wanted and not rolled and (form.box_1 or 0) >= wanted:
        return (
            f"The rollover seems to stand in {contributions_box(form.ira)} as a contribution of "
            f"{money_text(form.box_1 or 0)}; it belongs in box 2, and as a contribution it would be an excess."
        )
    return ""


def contributions_box(ira: str | None) -> str:
    """The box of Form 5498 with the year's contributions. Source: Instructions for Form 5498, boxes 1 and 10."""
    return "box 10" if ira == "Roth IRA" else "box 1"


def ties(client: Client, plan: YearPlan, expected: ExpectedForms) -> Iterator[Tie]:
    """Each box added up over the forms of a kind, beside what the year should show; only kinds of which one came.

    Boxes 1, 3 and 5 of Form W-2 count where every one that came has them typed, box 3 where its wage base is published.
    """

    def tie(name: str, label: str, of_kind: list[FormReceived], box: str, wanted: Cents) -> Tie:
        total = Cents(sum(getattr(form, box) or 0 for form in of_kind))
        return Tie(name, label, total, wanted, f"form_{box}", of_kind[0])

    forms = client.paper.forms
    of_plan = of_conversions(client, "Form 1099-R", expected)
    both = expected.both
    if of_plan:
        yield tie("off_box_1", "Form 1099-R box 1", of_plan, "box_1", both.box_1)
        yield tie("off_box_2a", "Form 1099-R box 2a", of_plan, "box_2", both.box_2a)
        yield tie("off_box_5", "Form 1099-R box 5", of_plan, "box_5", both.box_5)
    of_employer = [form for form in forms if form.form == "Form W-2"]
    if of_employer:
        w2 = expected.w2
        for box, field, amount in (
            ("1", "box_1", w2.box_1),
            ("3", "box_3", w2.box_3),
            ("5", "box_5", w2.box_5),
            ("12 D", "box_12_d", w2.box_12_d),
            ("12 AA", "box_12_aa", w2.box_12_aa),
        ):
            of_wages = not box.startswith("12")
            if amount is None or (of_wages and any(getattr(form, field) is None for form in of_employer)):
                continue
            name = f"off_w2_{field.removeprefix('box_12_')}"
            found = tie(name, f"Form W-2 box {box}", of_employer, field, amount)
            yield replace(found, about=about_w2(w2, box, found.off_by))
    for kind, name, wanted in (
        ("Roth IRA", "off_5498_roth", expected.of_iras.roth_ira),
        ("traditional IRA", "off_5498_traditional", expected.of_iras.traditional),
    ):
        of_ira = [form for form in forms if form.form == "Form 5498" and form.ira == kind]
        if of_ira:
            yield tie(name, f"Form 5498 of the {kind}, box 2", of_ira, "box_2", wanted)


def tie_sentence(tie: Tie) -> str:
    """A box that is off, in a sentence."""
    how = "too much" if tie.off_by > 0 else "too little"
    return (
        f"{tie.label}: {money_text(tie.reported)} reported, {money_text(tie.expected)} expected, "
        f"{money_text(abs(tie.off_by))} {how}.{tie.about}"
    )


def missing(client: Client, expected: ExpectedForms) -> Iterator[str]:
    """The forms that should have come by forms_as_of and did not, a sentence each."""
    today = client.paper.forms_as_of
    if today is None:
        return
    forms = client.paper.forms
    counted = [form for form in forms if not left_out(form, forms, expected)]
    came = {(form.form, form.ira if form.form == "Form 5498" else None) for form in counted}
    w2 = expected.w2
    for key, label, amount, due in (
        (("Form W-2", None), "Form W-2", w2.box_5 or w2.box_12_d or w2.box_12_aa, expected.dates.january),
        (("Form 1099-R", None), "Form 1099-R", expected.both.box_1, expected.dates.january),
        (("Form 5498", "Roth IRA"), "Form 5498 of the Roth IRA", expected.of_iras.roth_ira, expected.dates.may),
        (
            ("Form 5498", "traditional IRA"),
            "Form 5498 of the traditional IRA",
            expected.of_iras.traditional,
            expected.dates.may,
        ),
    ):
        if amount and today > due and key not in came:
            yield f"{label} has not come; it was due {us_date(due)}."
