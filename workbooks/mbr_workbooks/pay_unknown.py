"""Columns of a pay file that hold dollars and are not known: the file is refused until each has a meaning."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from mbr_workbooks.pay_cells import us_date_of
from mbr_workbooks.pay_columns import IGNORE, another_figure, field_of_head, listing, plain
from mbr_xl.errors import InputError

_FIGURE = re.compile(r"[-+(]*[0-9][0-9.,]*[-)]*|[-+(]*\.[0-9]+[-)]*", re.ASCII)


def refuse_unknown(
    name: str, heads: Sequence[str], columns: Mapping[int, str], rows: Sequence[Sequence[str]], given: Mapping[str, str]
) -> None:
    """Raises InputError where a column that is not read holds dollars, and its head does not say that it is another
    figure than a contribution; left aside, such a column would make a contribution $0.

    columns: what each column that is read holds; rows: the cells of the lines below the heads; given: what heads were
    said to stand for. A figure of 0 in an unknown column is no dollar.
    """
    width = max((len(row) for row in rows), default=0)
    holding = [
        place
        for place in range(max(width, len(heads)))
        if place not in columns and any(place < len(row) and is_figure(row[place]) for row in rows)
    ]
    unnamed = [str(place + 1) for place in holding if place >= len(heads) or not heads[place]]
    if unnamed:
        raise InputError(f"{name}: column {listing(unnamed)} has dollars and no head: give it one in the file.")
    unknown = list(dict.fromkeys(heads[place] for place in holding if not _left_aside(heads[place], columns, given)))
    if unknown:
        raise InputError(asked(name, unknown, ("holds dollars and is not known", "hold dollars and are not known")))


def asked(name: str, unknown: Sequence[str], what: tuple[str, str]) -> str:
    """What to do about heads or sources that are not known; what: what one of them is or does, and several."""
    ignored = " ".join(f'--map "{word}={IGNORE}"' for word in unknown)
    return (
        f"{name}: nothing is taken, because {listing(unknown)} {what[len(unknown) > 1]}: say "
        f'--map "{unknown[0]}=after_tax" (or another field) for a contribution of the pay, and for what is none '
        f"{ignored}."
    )


def is_figure(text: str) -> bool:
    """Whether a cell holds a number other than 0, as dollars are written, readable or not; a date is none."""
    bare = re.sub(r"[\s$]|USD", "", text)
    if not _FIGURE.fullmatch(bare) or not re.search("[1-9]", bare):
        return False
    try:
        us_date_of(bare)
    except InputError:
        return True
    return False


def _left_aside(head: str, columns: Mapping[int, str], given: Mapping[str, str]) -> bool:
    """Whether a head says that its column is none of the contributions, or somebody said so."""
    if given.get(plain(head)) == IGNORE or another_figure(head):
        return True
    # The gross and net amounts of a record-keeper's line are not those of the pay.
    return "source" in columns.values() and field_of_head(head) in ("gross", "net_pay")
