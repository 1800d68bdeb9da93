"""The boxes of Form 1099-R to expect after a conversion, and by how much a form received is off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from mbr_xl.engine.converting.conversion import taxable
from mbr_xl.errors import InputError
from mbr_xl.money import Cents, dollars

Path = Literal["in_plan", "roth_ira"]
ROTH = {"in_plan": "Roth account in the plan", "roth_ira": "Roth IRA"}
TRADITIONAL = "traditional IRA"
DIRECT = "G"  # direct rollover, an in-plan Roth rollover among them


@dataclass(frozen=True, slots=True)
class Boxes:
    """One form: gross, taxable and after-tax contributions in cents, the code, and where the money went."""

    box_1: Cents
    box_2a: Cents
    box_5: Cents
    box_7: str = DIRECT
    destination: str = ""

    @property
    def untied(self) -> Cents:
        """Box 1 less boxes 2a and 5; 0 for a conversion, earnings sent to a traditional IRA, below 0 after a loss."""
        return Cents(self.box_1 - self.box_2a - self.box_5)


@dataclass(frozen=True, slots=True)
class Expected:
    """What to expect: the distribution as one form, and the same by destination, where it has more than one."""

    form: Boxes
    parts: tuple[Boxes, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """A box of the forms received that is not as expected; off_by is received less expected, None for the code."""

    box: str
    off_by: Cents | None
    sentence: str


def form_1099r(
    basis: int, value: int, converted: int | None = None, earnings_to: str = "roth", path: str | None = None
) -> Expected:
    """The Form 1099-R of one conversion: box 1 is what is moved, box 2a of it taxable, box 5 after-tax, code G.

    basis, value, converted, earnings_to: as `conversion.taxable`, cents.
    path: "in_plan" to the plan's Roth account, "roth_ira" by direct rollover to a Roth IRA; the boxes are the same.
    None is in_plan, but roth_ira where earnings go to a traditional IRA, which an in-plan conversion cannot do.
    Box 1 is 2a and 5 together but for two cases. With earnings_to "traditional" there is one distribution with two
    destinations: box 2a is 0, box 5 what goes Roth, and the rest of box 1 is in the traditional IRA. And where all of
    an account is moved at a loss, box 5 is all of the contributions, above box 1.
    A direct rollover has no tax withheld: box 4 is blank.
    Raises InputError where nothing is moved, for an unknown path, for earnings to a traditional IRA in plan, and as
    `conversion.taxable` does.
    Source: 26 USC 402(c)(2), 402A(c)(4), 408A(e); Notice 2014-54; Instructions for Forms 1099-R and 5498 (boxes 1, 2a,
    Losses, 5, code G; in-plan Roth rollovers).
    Choice: the split is shown as one form in all and as a form a destination; payers send either, with equal sums.
    """
    if path is None:
        path = "roth_ira" if earnings_to == "traditional" else "in_plan"
    if path not in get_args(Path):
        raise InputError(f"{path!r} is no path: give in_plan or roth_ira.")
    if path == "in_plan" and earnings_to == "traditional":
        raise InputError(
            "Earnings cannot go to a traditional IRA in an in-plan conversion: give roth_ira as the path, or another "
            "place for the earnings."
        )
    tax_on = taxable(basis, value, converted, earnings_to)
    if converted is None:
        converted = min(basis, value) if earnings_to == "leave" else value
    if converted == 0:
        raise InputError("Nothing is converted, so no Form 1099-R comes: give an account with something in it.")
    earnings = tax_on if earnings_to != "traditional" else taxable(basis, value, converted)
    after_tax = converted - earnings
    lost = max(0, basis - value) if converted == value else 0
    to_roth = Boxes(Cents(converted), tax_on, Cents(after_tax + lost), DIRECT, ROTH[path])
    if earnings_to != "traditional" or earnings == 0:
        return Expected(to_roth, (to_roth,))
    roth = Boxes(Cents(after_tax), Cents(0), Cents(after_tax), DIRECT, ROTH[path])
    traditional = Boxes(earnings, Cents(0), Cents(0), DIRECT, TRADITIONAL)
    both = Boxes(
        Cents(converted), Cents(0), Cents(after_tax), DIRECT, f"{roth.destination} and {traditional.destination}"
    )
    return Expected(both, (roth, traditional))


def total(forms: Sequence[Boxes]) -> Boxes:
    """The forms of a year as one, boxes added; the code is theirs where they agree, else all codes with commas.

    Raises InputError where there is none.
    """
    if not forms:
        raise InputError("Give the boxes of at least one Form 1099-R.")
    return Boxes(
        Cents(sum(form.box_1 for form in forms)),
        Cents(sum(form.box_2a for form in forms)),
        Cents(sum(form.box_5 for form in forms)),
        ", ".join(sorted({form.box_7.strip().upper() for form in forms})),
    )


def differences(expected: Sequence[Boxes], received: Sequence[Boxes]) -> tuple[Difference, ...]:
    """Which boxes of the forms received are off, and by how much; none where all tie out to the cent.

    expected: a form for each conversion of the year; received: what came, one form or several. Their sums are compared,
    since a payer may put a year's conversions on one form or a destination on each.
    Raises InputError where either has no form.
    Source: Instructions for Forms 1099-R and 5498.
    """
    wanted, came = total(expected), total(received)
    found: list[Difference] = []
    for box, want, have in (
        ("1", wanted.box_1, came.box_1),
        ("2a", wanted.box_2a, came.box_2a),
        ("5", wanted.box_5, came.box_5),
    ):
        if want != have:
            how = "more" if have > want else "less"
            gap = dollars(abs(have - want))
            sentence = f"Box {box} is {dollars(have)}, {gap} {how} than the {dollars(want)} expected."
            found.append(Difference(box, Cents(have - want), sentence))
    if wanted.box_7 != came.box_7:
        sentence = f"Box 7 is {came.box_7 or 'blank'}, {wanted.box_7} is expected."
        found.append(Difference("7", None, sentence))
    return tuple(found)
