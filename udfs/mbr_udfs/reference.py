"""The function reference in Microsoft's page shape; every example in it is run, and shows what Excel would show.

`python -m mbr_udfs.reference udfs/README.md` writes it anew below the hand-written head.
"""

import sys
from datetime import date
from pathlib import Path

from mbr_udfs.catalogue import CATALOGUE, Function
from mbr_udfs.dates import plain_date
from mbr_udfs.formula import run
from mbr_udfs.kinds import Choice

MARKER = "<!-- Below this line: written by `python -m mbr_udfs.reference udfs/README.md`. -->"
CHAPTERS = {
    "limits": "Limits",
    "room": "Room for after-tax",
    "pay": "Pay, match and schedule",
    "elections": "Elections",
    "conversion": "Conversion",
    "backdoor": "Backdoor Roth IRA",
    "estimated": "Estimated tax",
    "growth": "Growth",
}
ROWS_SHOWN, COLUMNS_SHOWN = 4, 12


def document(readme: str) -> str:
    """The whole README: its head as it stands, then the function pages as the catalogue has them now."""
    head = readme.partition(MARKER)[0]
    return f"{head}{MARKER}\n\n{functions()}"


def functions() -> str:
    """A list of the functions with links, then a page for each."""
    listed = sorted(CATALOGUE, key=lambda function: list(CHAPTERS).index(function.chapter))
    lines: list[str] = []
    for chapter, title in CHAPTERS.items():
        lines += [f"**{title}**", ""]
        lines += [f"- [{f.name}](#{f.name.lower()}): {f.description}" for f in listed if f.chapter == chapter]
        lines += [""]
    return "\n".join([*lines, *(page(function) for function in listed)]).rstrip() + "\n"


def page(function: Function) -> str:
    """One function: description, syntax, arguments, errors, example."""
    first, *remarks = function.sections[""]
    parts = [f"## {function.name}", first, *remarks]
    if source := function.sections.get("Source"):
        parts.append(f"Source: {' '.join(source)}")
    parts += ["### Syntax", f"`{function.syntax}`"]
    if function.arguments:
        rows = ["| Argument | | Meaning |", "|---|---|---|"]
        for argument in function.arguments:
            needed = "Required" if argument.required else "Optional"
            rows.append(f"| {argument.name} | {needed} | {argument.text} |")
        parts += ["### Arguments", "\n".join(rows)]
    if formulas := function.sections.get("Errors"):
        parts += ["### Errors", *(_example(formula) for formula in formulas)]
    parts += ["### Example", *(_example(formula) for formula in function.sections["Example"])]
    return "\n\n".join(parts) + "\n"


def choices(function: Function) -> dict[str, tuple[str, ...]]:
    """The words that each argument of a few words takes."""
    return {a.name: a.kind.words for a in function.arguments if isinstance(a.kind, Choice)}


def _example(formula: str) -> str:
    answer = run(formula)
    if not isinstance(answer, list):
        return f"`{formula}` shows **{shown(answer)}**"
    years = [head == "Tax year" for head in answer[0]]  # a year takes no thousands comma
    table = [[shown(item, year) for item, year in zip(row, years, strict=True)] for row in answer[:ROWS_SHOWN]]
    table = [row[:COLUMNS_SHOWN] for row in table]
    wide, high = len(answer[0]) > COLUMNS_SHOWN, len(answer) > ROWS_SHOWN
    lines = [f"| {' | '.join(row)}{' | …' if wide else ''} |" for row in table]
    if len(answer) == 1:
        return f"`{formula}` shows **{table[0][0]}** and beside it **{table[0][1]}**"
    rule = "|" + "---|" * (len(table[0]) + wide)
    rest = f"\n\n(first {ROWS_SHOWN} of {len(answer)} rows{', first columns' if wide else ''})" if high else ""
    if len(answer[0]) == 1:  # one column without heads
        lines = ["| |", rule, *lines]
    else:
        lines.insert(1, rule)
    return f"`{formula}` shows\n\n" + "\n".join(lines) + rest


def shown(item: object, year: bool = False) -> str:
    """A value as a cell with a usual format shows it."""
    if year and isinstance(item, float):
        return f"{item:.0f}"
    if isinstance(item, bool):
        return str(item).upper()
    if isinstance(item, float):
        if item == int(item):
            return f"{item:,.0f}"
        return f"{item:,.2f}" if abs(item) >= 1 else f"{item:g}"
    return plain_date(item) if isinstance(item, date) else str(item)


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.write_text(document(target.read_text(encoding="utf-8")), encoding="utf-8")
