"""The command `mbr-xl solve`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from mbr_workbooks.options import Force, Json, percent_of
from mbr_workbooks.screen import make_way, print_json, progress, quoted, say_written, workbook_name
from mbr_xl.errors import InputError

if TYPE_CHECKING:
    from mbr_workbooks.solve import Solved, Year


def solve(
    file: Annotated[Path, typer.Argument(help="A filled planner; it is not changed.")],
    out: Annotated[Path | None, typer.Argument(help="The copy to write; without one nothing is written.")] = None,
    step: Annotated[
        str,
        typer.Option(metavar="PERCENT", help="Step of the plan's elections, such as 0.1; $1 where they are dollars."),
    ] = "1",
    changes: Annotated[int, typer.Option(help="Later changes at most.")] = 1,
    prefer: Annotated[
        str,
        typer.Option(
            metavar="WORDS",
            help='Between elections that bring the same: level, early, "bonus first", "pay checks first".',
        ),
    ] = "level",
    roth: Annotated[bool, typer.Option("--roth", help="Deferrals are Roth instead of pre-tax.")] = False,
    deferral: Annotated[
        str,
        typer.Option(
            metavar="DOLLARS",
            help="Deferral wanted for the year, more where the whole match takes more; if not given, all allowed.",
        ),
    ] = "",
    with_commission: Annotated[
        bool, typer.Option("--with-commission", help="Commission follows the base election.")
    ] = False,
    decided: Annotated[
        str, typer.Option(metavar="DATE", help="Day of the decision, if the planner has no first pay date.")
    ] = "",
    lead: Annotated[int, typer.Option(help="Pays after that day that still follow the old election.")] = 1,
    change_date: Annotated[
        list[str] | None, typer.Option(metavar="DATE", help="A day on which elections can change; once for each.")
    ] = None,
    bonus_low: Annotated[
        str, typer.Option(metavar="PERCENT", help="The least the bonus may come in at, such as 80.")
    ] = "",
    bonus_high: Annotated[
        str, typer.Option(metavar="PERCENT", help="The most the bonus may come in at, such as 120.")
    ] = "",
    force: Force = False,
    as_json: Json = False,
) -> None:
    """Find the best elections and write them into a copy of the planner.

    Example: mbr-xl solve planner.xlsx solved.xlsx --step 0.1 --bonus-low 80 --bonus-high 120

    They break no limit and no cash floor, then keep the most match, then defer what is wanted, then put in the most
    after-tax; beside them stands what is elected now. The copy differs in the table of elections, in the
    number that stands for their inputs, and in what is calculated from them.
    """
    from mbr_udfs.kinds import DATE, MONEY
    from mbr_workbooks.solve import solve_planner, write_solved
    from mbr_xl.engine.electing.wishes import Ties, Wishes
    from mbr_xl.money import Cents

    target = None if out is None else workbook_name(out)
    if target is not None and target.exists() and file.exists() and target.samefile(file):
        raise InputError("The copy needs a file of its own: give another name than the planner's.")
    wishes = Wishes(
        deferral="roth" if roth else "pretax",
        asked=Cents(MONEY.read(deferral, "--deferral")) if deferral else None,
        step=percent_of(step, "--step"),
        changes=changes,
        change_dates=tuple(sorted(DATE.read(day, "--change-date") for day in change_date)) if change_date else None,
        ties=cast(Ties, prefer.replace("-", " ")),
        with_commission=with_commission,
        decided=DATE.read(decided, "--decided") if decided else None,
        lead_pays=lead,
    )
    low = percent_of(bonus_low, "--bonus-low") if bonus_low else None
    high = percent_of(bonus_high, "--bonus-high") if bonus_high else None
    kept: list[Path] = []
    with progress(as_json) as say:
        say(f"Solving {file.name}")
        solved = solve_planner(file, wishes, low, high)
        found = solved.solution
        if found.safe and target is not None:
            with make_way([target], force) as kept:
                write_solved(solved, target)
    written = [target] if found.safe and target is not None else []
    if as_json:
        print_json({**solution_as_data(solved), "files": [str(path) for path in written]})
    else:
        typer.echo(found.sentence)
        for sentence in (*found.unused, *beside_now(solved)):
            typer.echo(sentence)
        if not found.safe:
            typer.echo(f"Nothing is written. What does not fit: mbr-xl check {quoted(file)}")
        say_written(written, kept)
    raise typer.Exit(0 if found.safe else 1)


def beside_now(solved: Solved) -> list[str]:
    """The year with these elections beside the year as elected now, a line a figure."""
    from mbr_xl.engine.electing.instructions import long_date
    from mbr_xl.money import dollars

    now, then = solved.before, solved.after
    lines = [
        f"{label}: {dollars(new)}; as elected now {dollars(old)}."
        for label, new, old in (
            ("After-tax of the year", then.after_tax, now.after_tax),
            ("Match", then.match, now.match),
            ("After-tax room left", then.unused, now.unused),
        )
    ]
    if then.lowest is not None and now.lowest is not None and then.lowest_date and now.lowest_date:
        lines.append(
            f"Lowest balance of checking: {dollars(then.lowest)} on {long_date(then.lowest_date)}; as elected now "
            f"{dollars(now.lowest)} on {long_date(now.lowest_date)}."
        )
    return lines


def solution_as_data(solved: Solved) -> dict[str, Any]:
    """A solution for a machine; money in dollars with cents, elections as shares, or dollars where the plan's are."""
    from mbr_workbooks.summary import headlines_as_data

    found = solved.solution
    unit = 100 if found.household.election_unit == "dollars" else 1_000_000
    steps = [
        {
            "start": step.start.isoformat(),
            **{
                name: getattr(step, name) / unit
                for name in step.__dataclass_fields__
                if name != "start" and getattr(step, name) is not None
            },
        }
        for step in found.steps
    ]
    return {
        "result": "PASS" if found.safe else "FAIL",
        "sentence": found.sentence,
        "steps": steps,
        "unused": list(found.unused),
        "headlines": headlines_as_data(found.plan),
        "best": _year_as_data(solved.after),
        "now": _year_as_data(solved.before),
    }


def _year_as_data(year: Year) -> dict[str, Any]:
    return {
        "after_tax": year.after_tax / 100,
        "match": year.match / 100,
        "unused": year.unused / 100,
        "lowest": None if year.lowest is None else year.lowest / 100,
        "lowest_date": None if year.lowest_date is None else year.lowest_date.isoformat(),
    }
