"""What a client's program has not got, in a formula: add-ins, Python, other workbooks, files."""

from __future__ import annotations

import re

# Functions that a client's program has not got: ours under any route, other add-ins', Python's, other workbooks'.
_QUOTED = re.compile(r'"(?:[^"]|"")*"')
_FOREIGN = re.compile(
    r"(?<![A-Z0-9_.])(?:_xldudf_|_xll\.|(?:_xlfn\.)?_xlws\.PY\s*\(|(?:MBR|CONVERT|BACKDOOR)_[A-Z0-9_]+\s*\()"
    r"|(?<![\w\]])\[(?:\d+|[^\[\]]+\.xl\w+)\][^\[\](),;]*!"
    r"|'(?:[^']|'')*[\\/](?:[^']|'')*'!|\.xl\w+'?!\w+\(",  # a path; a function of another file
    re.IGNORECASE,
)
# A link that is a formula and leads into a folder of somebody's: a file: address, a drive, a server, a root.
_LOCAL_LINK = re.compile(r'\bHYPERLINK\s*\(\s*"(?:file:|[A-Z]:[\\/]|\\\\|/)', re.IGNORECASE)


def is_foreign(formula: str | None) -> bool:
    """Whether a formula needs an add-in, Python, another workbook or a file; other text in quotation marks does not
    count.
    """
    if formula is None:
        return False
    return bool(_FOREIGN.search(_QUOTED.sub('""', formula)) or _LOCAL_LINK.search(formula))
