"""What an input's type asks of its cell: the validation, the words of a choice, and how a value is shown."""

from __future__ import annotations

from datetime import date
from typing import Any

from mbr_udfs import kinds
from mbr_udfs.fields import kinds_of
from mbr_udfs.kind import Kind
from mbr_workbooks.sheet import Value
from mbr_xl.money import WHOLE

STYLES = {"list": "input_word", "text": "input_text", "growth": "input_rate", "income": "input_money"}
_RULES: dict[str, str] = {
    "MONEY": "money", "RATE": "rate", "DATE": "date", "TAX_YEAR": "whole", "COUNT": "whole", "TEXT": "text",
}  # fmt: skip
TAX_YEARS = (2019, 2035)


def kind_of(owner: type[Any], name: str) -> Kind[Any]:
    """The kind of a single input, or of a column of a list."""
    kind = kinds_of(owner)[name]
    assert kind is not None, f"{owner.__name__}.{name} is a list"
    return kind


def choices(owner: type[Any], name: str) -> tuple[str, ...]:
    """The words an input takes, () where it takes none."""
    kind = kind_of(owner, name)
    return ("yes", "no") if kind is kinds.FLAG else kind.words


def rule(owner: type[Any], name: str) -> str:
    """date, money, income (money that may be below 0), rate, growth (a rate that may), whole, text or list."""
    kind = kind_of(owner, name)
    if choices(owner, name):
        return "list"
    if kind.low is not None and kind.low < 0:
        return "growth" if kind.name == "RATE" else "income"
    return _RULES[kind.name]


def style(owner: type[Any], name: str) -> str:
    """The role in which an input cell is shown."""
    kind = rule(owner, name)
    return STYLES.get(kind, f"input_{kind}")


def bounds(owner: type[Any], name: str) -> tuple[int, int]:
    """The least and the most of a whole number; two zeros for what is none."""
    kind = kind_of(owner, name)
    if kind.name == "TAX_YEAR":
        return TAX_YEARS
    return (kind.least, kind.most) if isinstance(kind, kinds.Count) else (0, 0)


def shown(owner: type[Any], name: str, value: Any) -> Value:
    """A value as its cell holds it: dollars, shares, the words yes and no; None for a blank."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None or isinstance(value, date | str):
        return value or None
    kind = rule(owner, name)
    if kind == "whole":
        return int(value)
    return float(value) / (100 if kind in ("money", "income") else WHOLE)
