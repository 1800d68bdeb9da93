"""What a rules file must say: the fields of one year of law, and the reading of a file against them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

from mbr_xl.money import WHOLE


@dataclass(frozen=True)
class Field:
    """A field of a rules file: what a refusal calls it, its unit, and how many ascending numbers it holds."""

    title: str
    unit: Literal["dollars", "rate"] = "dollars"
    count: int = 1


@dataclass(frozen=True)
class Entry:
    """A field as a file has it: cents or millionths with a source, or no numbers and the reason why not."""

    numbers: tuple[int, ...]
    source: str
    checked: date | None
    none: str = ""


NOT_PUBLISHED = "not published"  # a reason beginning so is curable by the user's own figure or a projection

LIMITS: dict[str, Field] = {
    "deferral": Field("deferral limit (402(g))"),
    "catch_up": Field("catch-up limit (414(v), age 50)"),
    "super_catch_up": Field("catch-up limit for ages 60 to 63"),
    "annual_additions": Field("annual additions limit (415(c))"),
    "compensation": Field("compensation limit (401(a)(17))"),
    "hce": Field("highly compensated employee amount (414(q))"),
    "key_employee": Field("key employee amount (416(i))"),
    "roth_catch_up_wages": Field("Roth catch-up wage threshold (414(v)(7))"),
    "ira": Field("IRA limit"),
    "ira_catch_up": Field("IRA catch-up limit"),
    "hsa_self": Field("HSA limit, self-only"),
    "hsa_family": Field("HSA limit, family"),
    "hsa_catch_up": Field("HSA catch-up limit"),
    "wage_base": Field("Social Security wage base"),
}


def _pair(title: str) -> Field:
    return Field(title, count=2)


SECTIONS: dict[str, dict[str, Field]] = {
    "limits": LIMITS,
    "roth_ira": {s: _pair("Roth IRA phase-out") for s in ("single", "joint", "separate")},
    "covered": {s: _pair("IRA deduction phase-out") for s in ("single", "joint", "separate")},
    "spouse_covered": {s: _pair("IRA deduction phase-out, spouse covered") for s in ("joint", "separate")},
    "tax": {
        "rates": Field("income tax rates", "rate", 7),
        **{s: Field("tax brackets", count=6) for s in ("single", "joint", "separate", "head")},
    },
    "deduction": {
        **{s: Field("standard deduction") for s in ("single", "joint", "separate", "head")},
        "extra_unmarried": Field("additional deduction, 65 or blind"),
        "extra_married": Field("additional deduction, 65 or blind"),
        "senior": Field("senior deduction"),
        "senior_above": Field("senior deduction phase-out"),
        "senior_above_joint": Field("senior deduction phase-out"),
        "senior_rate": Field("senior deduction phase-out", "rate"),
    },
    "gains": {
        "rates": Field("long-term gains rates", "rate", 3),
        **{s: _pair("long-term gains brackets") for s in ("single", "joint", "separate", "head")},
    },
    "niit": {
        "rate": Field("net investment income tax", "rate"),
        **{s: Field("net investment income tax threshold") for s in ("single", "joint", "separate")},
    },
    "payroll": {
        "social_security": Field("Social Security rate", "rate"),
        "medicare": Field("Medicare rate", "rate"),
        "additional_medicare": Field("Additional Medicare Tax", "rate"),
        **{s: Field("Additional Medicare Tax threshold") for s in ("single", "joint", "separate")},
        "additional_medicare_withheld_above": Field("Additional Medicare withholding threshold"),
        "supplemental": Field("supplemental wage rate", "rate"),
        "supplemental_high": Field("supplemental wage rate above the high threshold", "rate"),
        "supplemental_high_above": Field("supplemental wage high threshold"),
    },
    "penalties": {
        "excess_ira": Field("excise tax on an excess IRA contribution", "rate"),
        "early_distribution": Field("additional tax on an early distribution", "rate"),
        "late_refund": Field("excise tax on a late refund of excess contributions", "rate"),
    },
    "estimated": {
        "current_share": Field("estimated tax: share of this year's tax", "rate"),
        "prior_share": Field("estimated tax: share of last year's tax", "rate"),
        "prior_share_high": Field("estimated tax: share of last year's tax, high income", "rate"),
        "high_agi": Field("estimated tax: high income"),
        "high_agi_separate": Field("estimated tax: high income, separate return"),
        "smallest": Field("estimated tax: smallest amount penalized"),
    },
}

FIELDS: dict[str, Field] = {
    f"{section}.{name}": field for section, fields in SECTIONS.items() for name, field in fields.items()
}


def read(text: str, name: str) -> dict[str, Entry]:
    """The entries of a rules file, keyed "section.field", exactly the fields of FIELDS.

    text: the TOML of one year; name: the file's name, for messages. Dollars become cents, rates millionths.
    Raises ValueError where a field is missing, extra or malformed: a forgotten field must not load.
    """
    found = tomllib.loads(text, parse_float=Decimal)
    for section, content in found.items():
        if not isinstance(content, dict):
            raise ValueError(f"{name}: {section} is not a section.")
    keys = {f"{section}.{key}" for section, content in found.items() for key in content}
    if missing := sorted(FIELDS.keys() - keys):
        raise ValueError(f"{name}: missing {', '.join(missing)}.")
    if extra := sorted(keys - FIELDS.keys()):
        raise ValueError(f"{name}: not a field of the schema: {', '.join(extra)}.")
    return {
        f"{section}.{key}": _entry(found[section][key], field, f"{name}: {section}.{key}")
        for section, fields in SECTIONS.items()
        for key, field in fields.items()
    }


def _entry(raw: Any, field: Field, where: str) -> Entry:
    if not isinstance(raw, dict) or set(raw) not in ({"value", "source", "checked"}, {"none"}):
        raise ValueError(f"{where}: a field is {{value, source, checked}} or {{none}}.")
    texts = [raw[key] for key in ("none", "source") if key in raw]
    if not all(isinstance(text, str) and text.strip() for text in texts):
        raise ValueError(f"{where}: the source or the reason is empty.")
    if "none" in raw:
        return Entry((), "", None, raw["none"])
    if type(raw["checked"]) is not date:
        raise ValueError(f"{where}: checked is not a date.")
    values = raw["value"] if isinstance(raw["value"], list) else [raw["value"]]
    scale = 100 if field.unit == "dollars" else WHOLE
    numbers = tuple(_whole(value, scale, where) for value in values)
    if len(numbers) != field.count or list(numbers) != sorted(set(numbers)):
        raise ValueError(f"{where}: {field.count} ascending values are needed.")
    if field.unit == "rate" and any(number > WHOLE * 2 for number in numbers):
        raise ValueError(f"{where}: a rate is a share, 0.062 for 6.2%.")
    return Entry(numbers, raw["source"], raw["checked"])


def _whole(value: Any, scale: int, where: str) -> int:
    """The value times the scale, exactly; a float never comes here, since the file is parsed to Decimal."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal | str):
        raise ValueError(f"{where}: {value!r} is not a number.")
    try:
        number = Decimal(value) * scale
    except InvalidOperation:
        raise ValueError(f"{where}: {value!r} is not a number.") from None
    if not number.is_finite() or number < 0 or number != int(number):
        raise ValueError(f"{where}: {value} is negative or finer than a cent or a millionth.")
    return int(number)
