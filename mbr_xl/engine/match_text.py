"""A match formula as people write it: "100% of 3% + 50% of 2%"."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from typing import NoReturn

from mbr_xl.errors import InputError
from mbr_xl.household import MOST_TIERS, Tier
from mbr_xl.money import WHOLE, Cents, Millionths, half_up

EXAMPLES = (
    "100% of 3% + 50% of 2%; 100% of $6000 + 50% of $11000; 50% up to the deferral limit; "
    "7% of pay for reaching 6%; greater of 50% up to the deferral limit and 100% of $3000; "
    "at most $9,000 may follow"
)

_PERCENT = r"(\d+(?:\.\d*)?|\.\d+)\s*%"
_MONEY = r"\$\s*(\d[\d,]*(?:\.\d{1,2})?)"
_PAY = r"(?:\s+of\s+(?:eligible\s+|base\s+)?(?:pay|salary|compensation))?"
_FIRST = r"(?:the\s+)?(?:first\s+|next\s+)?"
_SHARE = re.compile(rf"{_PERCENT}\s*(?:of|on|to|up\s+to)\s+{_FIRST}{_PERCENT}{_PAY}")
_DOLLARS = re.compile(rf"{_PERCENT}\s*(?:of|on)\s+{_FIRST}{_MONEY}")
_LIMIT = re.compile(rf"{_PERCENT}\s*(?:of|on|to|up\s+to)\s+(?:the\s+)?(?:deferral|402\(g\)|irs)\s+limit")
_REACHING = r"(?:for\s+reaching|for|if(?:\s+deferrals?\s+reach(?:es)?)?)"
_AWARD = re.compile(rf"{_PERCENT}{_PAY}\s+{_REACHING}\s+{_PERCENT}{_PAY}")
_MAXIMUM = r"(?:at\s+most|(?:up\s+to\s+)?(?:a\s+)?max(?:imum)?(?:\s+of)?)"
_MOST = re.compile(rf"[,;]?\s*{_MAXIMUM}\s+{_MONEY}(?:\s+a\s+year)?\s*$")
_GREATER = re.compile(r"(?:the\s+)?(?:greater|larger|higher)\s+of\s*:?\s*")
_BETWEEN = re.compile(r"\s*;\s*|\s+and\s+|\s+or\s+")


def parse_match(text: str) -> tuple[tuple[Tier, ...], tuple[Tier, ...], Cents | None]:
    """The tiers, the tiers of the alternative ("greater of"), and the most match of a year in cents.

    text: tiers joined by +, each with its own width ("50% of 2%" is of the next 2%), case and spaces ignored; "none"
    is no match.
    Raises InputError for anything else, with examples.
    Choice: "50% of $2000" matches the next $2,000 deferred; "50% up to $2000" could mean either and is refused.
    """
    if not isinstance(text, str) or not text.strip():
        raise InputError(f"The match formula is blank: give for example {EXAMPLES}.")
    return _parsed(text)


@lru_cache(maxsize=256)  # a column of cells holds the same formula
def _parsed(text: str) -> tuple[tuple[Tier, ...], tuple[Tier, ...], Cents | None]:
    rest = " ".join(text.casefold().split())
    if rest == "none":
        return (), (), None
    most: Cents | None = None
    if found := _MOST.search(rest):
        most, rest = _cents(found[1], text), rest[: found.start()].strip()
    alternatives = [rest]
    if found := _GREATER.match(rest):
        alternatives = _BETWEEN.split(rest[found.end() :])
        if len(alternatives) != 2:
            _refuse(text, "greater of compares two formulas")
    tiers = [tuple(_tier(part.strip(), text) for part in one.split("+")) for one in alternatives]
    for one in tiers:
        if len(one) > MOST_TIERS:
            _refuse(text, f"a formula has at most {MOST_TIERS} tiers")
        if sum(tier.width for tier in one if tier.kind == "share") > WHOLE:
            _refuse(text, "the shares of pay come to more than 100%; each width is on top of the one before")
    return tiers[0], tiers[1] if len(tiers) == 2 else (), most


def _tier(part: str, text: str) -> Tier:
    if found := _SHARE.fullmatch(part):
        return Tier("share", _rate(found[1], text), _width(found[2], text))
    if found := _DOLLARS.fullmatch(part):
        return Tier("dollars", _rate(found[1], text), _cents(found[2], text))
    if found := _LIMIT.fullmatch(part):
        return Tier("limit", _rate(found[1], text))
    if found := _AWARD.fullmatch(part):
        return Tier("award", _rate(found[1], text), _width(found[2], text))
    if re.search(rf"%\s*up\s+to\s+{_MONEY}", part):
        _refuse(text, "'up to $' may mean the deferral or the match; write 'of $' for dollars deferred, 'at most $' "
                "for dollars of match")  # fmt: skip
    _refuse(text, f"'{part}' is not understood" if part else "a tier is missing beside the +")


def _rate(number: str, text: str) -> Millionths:
    rate = _millionths(number)
    if not 0 < rate <= 10 * WHOLE:
        _refuse(text, "a rate is above 0% and at most 1000%")
    return rate


def _width(number: str, text: str) -> int:
    width = _millionths(number)
    if not 0 < width <= WHOLE:
        _refuse(text, "a share of pay is above 0% and at most 100%")
    return width


def _millionths(number: str) -> Millionths:
    exact = Fraction(number) * WHOLE / 100
    return Millionths(half_up(exact.numerator, exact.denominator))


def _cents(number: str, text: str) -> Cents:
    cents = Cents(int(Fraction(number.replace(",", "")) * 100))
    if cents <= 0:
        _refuse(text, "an amount is above $0")
    return cents


def _refuse(text: str, why: str) -> NoReturn:
    shown = text.strip() if len(text.strip()) <= 80 else text.strip()[:77] + "..."
    raise InputError(f"The match formula {shown!r} cannot be used ({why}): give for example {EXAMPLES}.")
