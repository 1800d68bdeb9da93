"""Options that several commands share, and how a percent is read from the command line."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Annotated

import typer

from mbr_xl.errors import InputError
from mbr_xl.money import Millionths

Json = Annotated[bool, typer.Option("--json", help="Print JSON for a machine instead of words.")]
Force = Annotated[bool, typer.Option("--force", help="Replace existing files; the old ones are kept as NAME.bak.xlsx.")]


def percent_of(text: str, option: str) -> Millionths:
    """The millionths of "1", "0.1" or "80%"; raises InputError for what is no percent."""
    try:
        share = Decimal(text.strip().removesuffix("%")) * 10_000
    except InvalidOperation:
        share = Decimal("NaN")
    if not share.is_finite() or share != int(share) or abs(share) > 10**9:
        raise InputError(f"{option} is {text!r}: give a percent such as 1 or 0.1.")
    return Millionths(int(share))
