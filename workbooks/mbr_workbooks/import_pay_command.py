"""The command `mbr-xl import-pay`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from mbr_workbooks.options import Json
from mbr_workbooks.screen import make_way, print_json, progress, say_written, workbook_name
from mbr_xl.errors import InputError


def import_pay(
    file: Annotated[Path, typer.Argument(help="A filled planner.")],
    pays: Annotated[Path, typer.Argument(metavar="CSV", help="The export of payroll or of the record-keeper.")],
    out: Annotated[Path | None, typer.Argument(help="The copy to write; without one nothing is written.")] = None,
    in_place: Annotated[
        bool, typer.Option("--in-place", help="Change the planner itself; the old one is kept as NAME.bak.xlsx.")
    ] = False,
    map_: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="COLUMN=FIELD", help="What a column, a source or a kind of the file is."),
    ] = None,
    none: Annotated[
        list[str] | None,
        typer.Option(
            "--none", metavar="FIELD", help="A contribution that the pays had none of, where the file is silent."
        ),
    ] = None,
    near: Annotated[
        bool, typer.Option("--near", help="Take a pay dated up to 3 business days from its planned date.")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Replace pays that are recorded otherwise, and an existing OUT.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Take the pays of a pay-stub or record-keeper export into Records, and say what was taken and what was not.

    Example: mbr-xl import-pay planner.xlsx "Pay history.csv" --in-place

    Separators, heads, totals, $ and parentheses are understood; dates are US dates. A column that is not known is
    named by --map "Vol AT 401k=after_tax", which the planner keeps. Fields: date, kind, gross, pretax, roth,
    after_tax, match, nonelective, net_pay, source, amount, ignore.

    A column of dollars that is not known is refused until it is mapped, or left aside by --map "Meals=ignore". So is a
    file without a contribution that the plan expects: say --none match if the pays really had none.

    Exit code: 0 nothing to look at; 1 some pays or lines were not taken, the others are; 2 refused, nothing was taken.
    """
    from mbr_workbooks.import_pay import import_pays, write_import

    target = None if out is None else workbook_name(out)
    if in_place and target is not None:
        raise InputError("Give a name for the copy or --in-place, not both.")
    if target is not None and target.exists() and file.exists() and target.samefile(file):
        raise InputError("The copy needs a file of its own: give another name, or --in-place to change the planner.")
    kept: list[Path] = []
    written: list[Path] = []
    with progress(as_json) as say:
        say(f"Reading {pays.name}")
        done = import_pays(file, pays, meanings_of(map_ or []), force, near, nones_of(none or []))
        if done.values and target is not None:
            with make_way([target], force) as kept:
                write_import(done, target)
            written = [target]
        elif done.values and in_place:
            backup = write_import(done, None)
            written, kept = [file], [backup] if backup else []
    if as_json:
        print_json({**as_data(done), "files": [str(path) for path in written], "kept": [str(path) for path in kept]})
    else:
        for sentence in report(done):
            typer.echo(sentence)
        if done.values and not written:
            typer.echo("Nothing is written: give a name for the copy, or --in-place.")
        say_written(written, kept)
    raise typer.Exit(1 if done.refused else 0)


def meanings_of(options: list[str]) -> dict[str, str]:
    """What --map says, by head; raises InputError for an option without a field that is known."""
    from mbr_workbooks.pay_columns import FIELDS, KINDS, meaning_of

    found: dict[str, str] = {}
    for option in options:
        head, sign, word = option.rpartition("=")
        meaning = meaning_of(word)
        if not sign or not head.strip() or meaning is None:
            raise InputError(
                f'--map "{option}": give a column and a field, such as "Vol AT 401k=after_tax"; fields are '
                f"{', '.join(FIELDS)}; for a word of a column of kinds, {', '.join(KINDS)}."
            )
        found[head.strip()] = meaning
    return found


def nones_of(options: list[str]) -> list[str]:
    """The contributions that --none names; raises InputError for another word."""
    from mbr_workbooks.pay_columns import CONTRIBUTIONS, meaning_of

    found = [meaning_of(option) or "" for option in options]
    for option, name in zip(options, found, strict=True):
        if name not in CONTRIBUTIONS:
            raise InputError(f'--none "{option}": name a contribution, one of {", ".join(CONTRIBUTIONS)}.')
    return found


def report(done: Any) -> list[str]:
    """What became of the file, in plain words: a summary, the columns, then pay by pay."""
    counts: dict[str, int] = {}
    for one in done.outcomes:
        counts[one.result] = counts.get(one.result, 0) + 1
    summary = ", ".join(f"{count} {result}" for result, count in counts.items())
    said = [f"Pays and lines of the file: {summary}." if summary else "The file has no pays below its heads."]
    said.append("Columns: " + ", ".join(f"{head} is {meaning}" for head, meaning in done.file.columns.items()) + ".")
    if done.file.unused:
        said.append(f"Columns left aside: {', '.join(done.file.unused)}.")
    said += [str(one) for one in done.outcomes]
    said += [str(one) for one in explained(done)]
    return [*said, *done.notes]


def explained(done: Any) -> list[str]:
    """How the pays that were taken differ from what was elected."""
    from mbr_xl.engine.electing.instructions import long_date
    from mbr_xl.engine.plan import plan_year, rules_of
    from mbr_xl.engine.recording.actual import compare_records

    household = done.household
    taken = {(one.date, one.kind) for one in done.outcomes if one.result in ("taken", "filled in", "replaced")}
    if not taken:
        return []
    rules = rules_of(household)
    try:
        found = compare_records(household, plan_year(household, rules), rules)
    except InputError as refusal:
        return [f"With these pays the plan cannot be made: {refusal}"]
    return [
        f"{long_date(one.date)} {one.kind}: {one.sentence}"
        for one in found
        if (one.date, one.kind) in taken and not one.as_planned
    ]


def as_data(done: Any) -> dict[str, Any]:
    """An import for a machine; money in dollars with cents."""
    return {
        "result": "FAIL" if done.refused else "PASS",
        "columns": dict(done.file.columns),
        "unused_columns": list(done.file.unused),
        "rows": [
            {
                "result": one.result,
                "lines": list(one.lines),
                "date": one.date.isoformat() if one.date else None,
                "kind": one.kind or None,
                "amounts": {name: cents / 100 for name, cents in one.amounts.items()},
                "why": one.why,
            }
            for one in done.outcomes
        ],
        "explained": explained(done),
        "notes": list(done.notes),
    }
