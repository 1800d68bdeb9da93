"""A match formula as a cell has it: text, or a range with the columns rate, width and perhaps kind."""

from mbr_udfs.cells import Value, key, shown
from mbr_udfs.kinds import MATCH_RATE, MONEY, RATE, Choice
from mbr_xl.engine.match_text import parse_match
from mbr_xl.errors import InputError
from mbr_xl.household import MOST_TIERS, Tier
from mbr_xl.money import Cents, Millionths

KIND = Choice("share", "dollars", "limit", "award")
COLUMNS = ("rate", "width", "kind")


def read_match(rows: list[list[Value]], name: str) -> tuple[tuple[Tier, ...], tuple[Tier, ...], Cents | None]:
    """The tiers, the tiers of the alternative and the year's maximum, as `parse_match` gives them."""
    if len(rows) == 1 and len(rows[0]) == 1:
        text = rows[0][0]
        if not isinstance(text, str):
            raise InputError(f'{name}: {shown(text)} is not a match formula; give text such as "50% of 6%".')
        return parse_match(text)
    columns = list(COLUMNS[: len(rows[0])])
    if any(key(item) in COLUMNS for item in rows[0]):
        columns, rows = [key(item) for item in rows[0]], rows[1:]
    if "rate" not in columns or "width" not in columns or len(rows[0] if rows else columns) > len(COLUMNS):
        raise InputError(f"{name}: a range needs the columns rate and width; have {', '.join(columns)}.")
    if not rows or len(rows) > MOST_TIERS:
        raise InputError(f"{name} has {len(rows)} tiers; give 1 to {MOST_TIERS}.")
    tiers = [_tier(dict(zip(columns, row, strict=True)), f"{name} row {i}") for i, row in enumerate(rows, 1)]
    return tuple(tiers), (), None


def _tier(row: dict[str, Value], where: str) -> Tier:
    rate = Millionths(MATCH_RATE.read(row["rate"], f"{where}, rate"))
    width = row["width"]
    if row.get("kind") is not None:
        kind = KIND.read(row["kind"], f"{where}, kind")
    else:  # a share of pay is at most 100 %, an amount at least a dollar; 1 itself may be either and is refused
        dollars = "$" in width if isinstance(width, str) else isinstance(width, float) and width > 1
        kind = "dollars" if dollars else "share"
        if width == 1.0 or (dollars and isinstance(width, float) and width <= 100):
            raise InputError(f"{where}: a width of {shown(width)} may be percent or dollars; add a column kind.")
    if kind == "limit":
        return Tier("limit", rate)
    if kind == "dollars":
        return Tier("dollars", rate, MONEY.read(width, f"{where}, width"))
    return Tier("award" if kind == "award" else "share", rate, RATE.read(width, f"{where}, width"))
