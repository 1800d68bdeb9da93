"""How an input is declared: the section, label and note of its line or list on the Inputs sheet, beside its type."""

from __future__ import annotations

from dataclasses import Field, field, fields
from typing import Any, Literal, get_args, get_type_hints


def fact(
    section: str, label: str, note: str = "", default: Any = None, kind: Literal["", "balance", "growth", "income"] = ""
) -> Any:
    """A single input: a line of Inputs under its section, or a column of a list (its section is then empty).

    kind: what its type does not say: "balance" may be a few cents, "income" below 0, "growth" a rate below 0.
    """
    return field(default=default, metadata={"section": section, "label": label, "note": note, "kind": kind})


def column(label: str, note: str = "") -> Any:
    """A column of a list that every record fills."""
    return field(metadata={"section": "", "label": label, "note": note})


def listed(section: str, label: str, note: str = "", *, prefix: str, most: int, sheet: str = "Inputs") -> Any:
    """A list of at most `most` records: a table on `sheet`, its columns named `prefix` and the field's name."""
    about = {"section": section, "label": label, "note": note, "prefix": prefix, "most": most, "sheet": sheet}
    return field(default=(), metadata=about)


def is_list(item: Field[Any]) -> bool:
    """Whether the input was declared by `listed`."""
    return "prefix" in item.metadata


def record_of(owner: type[Any], name: str) -> type[Any]:
    """The record type of a listed input: of tuple[Vest, ...] it is Vest."""
    record: type[Any] = get_args(get_type_hints(owner)[name])[0]
    return record


def names_of(owner: type[Any]) -> tuple[str, ...]:
    """The names of a dataclass's fields, in order."""
    return tuple(item.name for item in fields(owner))
