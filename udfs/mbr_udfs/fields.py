"""Which kind a field of the household, of a payment, an election or a result line is: read off its type, once."""

from dataclasses import MISSING, Field, fields
from datetime import date
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from mbr_udfs import kinds
from mbr_xl.money import Cents, Millionths

# Fields whose type says less than the cell must hold.
_SPECIAL: dict[str, kinds.Kind[Any]] = {
    "tax_year": kinds.TAX_YEAR,
    "birth_date": kinds.BIRTH_DATE,
    "growth_rate": kinds.GROWTH,
    **dict.fromkeys(  # balances and what earnings bring may be a few cents
        ("opening_value", "opening_basis", "opening_pre_1987", "ytd_converted", "ytd_taxable"), kinds.BALANCE
    ),
    "second_day": kinds.Count(1, 31),
    "spending_day": kinds.Count(1, 31),
    "shares": kinds.Count(1, 100_000_000),
    "salary_divisor": kinds.Count(1, 366),
    "posting_lag": kinds.Count(0, 60),
    "conversion_lag": kinds.Count(0, 60),
    "in_plan_most": kinds.Count(1, 12),
    "withdrawals_most": kinds.Count(1, 12),
    "cost_years": kinds.Count(1, 50),
    "withdrawal_age": kinds.Count(18, 80),
    "withdrawal_months": kinds.Count(0, 120),
    "suspends_months": kinds.Count(0, 60),
    "years_to_go": kinds.Count(1, 50),
    **dict.fromkeys(("plan_years", "short_wait", "long_wait"), kinds.Count(0, 50)),
    "emergency_months": kinds.Count(0, 120),
}
# What an input's declaration asks for beside its type (fact.py).
_DECLARED: dict[str, kinds.Kind[Any]] = {"balance": kinds.BALANCE, "growth": kinds.GROWTH, "income": kinds.INCOME}
_BY_TYPE: dict[Any, kinds.Kind[Any]] = {
    Cents: kinds.MONEY, Millionths: kinds.RATE, date: kinds.DATE, bool: kinds.FLAG, str: kinds.TEXT,
    int: kinds.Count(0, 10_000),
}  # fmt: skip


_KINDS: dict[type[Any], dict[str, kinds.Kind[Any] | None]] = {}
_OPTIONAL: dict[type[Any], frozenset[str]] = {}


def kinds_of(record: type[Any]) -> dict[str, kinds.Kind[Any] | None]:
    """The kind of each field of a dataclass, in its order; None for a list of records."""
    if record not in _KINDS:
        hints = get_type_hints(record)
        _KINDS[record] = {field.name: _special(field) or _kind(hints[field.name]) for field in fields(record)}
    return _KINDS[record]


def item_kind(record: type[Any], name: str) -> kinds.Kind[Any] | None:
    """The kind of one item of a field that holds several, such as tuple[Cents, ...]; None where they are records."""
    return _kind(get_args(get_type_hints(record)[name])[0])


def may_be_blank(record: type[Any]) -> frozenset[str]:
    """The fields that may be left blank: those with a default of their own, or of a type that allows None."""
    if record not in _OPTIONAL:
        hints = get_type_hints(record)
        _OPTIONAL[record] = frozenset(
            field.name
            for field in fields(record)
            if type(None) in get_args(hints[field.name]) or field.default not in (None, MISSING)
        )
    return _OPTIONAL[record]


def _special(field: Field[Any]) -> kinds.Kind[Any] | None:
    return _SPECIAL.get(field.name) or _DECLARED.get(field.metadata.get("kind", ""))


def _kind(hint: Any) -> kinds.Kind[Any] | None:
    origin = get_origin(hint)
    if origin in (Union, UnionType):
        return _kind(next(part for part in get_args(hint) if part is not type(None)))
    if origin is Literal:
        return kinds.Choice(*get_args(hint))
    return _BY_TYPE.get(hint)


_WORDS = {"pretax": "pre-tax", "after tax": "after-tax", "catch up": "catch-up"}


def head(name: str) -> str:
    """A column's name as a reader sees it: pretax_elected is "Pre-tax elected"."""
    text = name.replace("_", " ")
    for plain, written in _WORDS.items():
        text = text.replace(plain, written)
    return text[:1].upper() + text[1:]
