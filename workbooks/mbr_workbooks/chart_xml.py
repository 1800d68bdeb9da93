"""What a chart keeps of the cells that it shows, for programs that draw without calculating: a mail preview, a phone,
and LibreOffice, which takes a title from there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from xml.sax.saxutils import escape

from mbr_workbooks.sheet_xml import Value

# A reference to cells of one sheet, and what is kept of them; the prefix is the writer's choice.
_KEPT = re.compile(
    rb"<(\w+:)?f>([^<]*)</\1f>(<\1(?:str|num)Cache>(?:<\1formatCode>[^<]*</\1formatCode>)?)"
    rb"<\1ptCount [^>]*/>((?:<\1pt [^>]*>.*?</\1pt>)*)",
    re.DOTALL,
)
_POINT = re.compile(rb'<(?:\w+:)?pt idx="(\d+)"[^>]*><(?:\w+:)?v>([^<]*)<')
_PLACE = re.compile(r"(?:'((?:[^']|'')+)'|([^'!]+))!(\$?[A-Z]+\$?\d+)(?::(\$?[A-Z]+\$?\d+))?")

Read = Callable[[str, str, str], Sequence[Value]]


def with_current(content: bytes, read: Read) -> bytes:
    """A chart's XML with what `read` gives for the cells of each reference, by sheet, first and last cell, in rows.

    What cannot be read, for which `read` raises LookupError, or is no range of one sheet, stays as it was.
    """

    def current(found: re.Match[bytes]) -> bytes:
        prefix, reference, head = (found[1] or b"").decode(), found[2].decode(), found[3]
        place = _PLACE.fullmatch(reference)
        if place is None:
            return found[0]
        sheet = (place[1] or place[2]).replace("''", "'")
        first = place[3].replace("$", "")
        try:
            values = read(sheet, first, (place[4] or first).replace("$", ""))
        except LookupError:
            return found[0]
        kept = {int(number): text.decode() for number, text in _POINT.findall(found[4])}
        now = {number: shown(value) for number, value in enumerate(values) if value is not None}
        if all(kept.get(number, "0") == now.get(number, "0") for number in {*kept, *now}):  # some keep a blank as 0
            return found[0]
        points = "".join(
            f'<{prefix}pt idx="{number}"><{prefix}v>{text}</{prefix}v></{prefix}pt>' for number, text in now.items()
        )
        counted = f'<{prefix}ptCount val="{len(values)}"/>'
        return f"<{prefix}f>{reference}</{prefix}f>".encode() + head + (counted + points).encode()

    return _KEPT.sub(current, content)


def shown(value: Value) -> str:
    """A value as a chart keeps it: 2026, not 2026.0."""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        return f"{value:.15g}"
    return escape(str(value))
