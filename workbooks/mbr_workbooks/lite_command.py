"""The command `mbr-xl lite`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mbr_workbooks.options import Force, Json
from mbr_workbooks.screen import make_way, print_json, progress, say_written, some, workbook_name
from mbr_xl.errors import InputError

PLANNER = Path("planner-lite.xlsx")


def lite(
    file: Annotated[
        Path | None, typer.Argument(help="An .xlsx workbook of yours; without one the planner is made.")
    ] = None,
    out: Annotated[Path | None, typer.Argument(help="The copy to write; without one, FILE-lite.xlsx.")] = None,
    in_place: Annotated[
        bool, typer.Option("--in-place", help="Change FILE itself; the old one is kept as NAME.bak.xlsx.")
    ] = False,
    force: Force = False,
    as_json: Json = False,
) -> None:
    """Put the functions into a workbook for xlwings Lite, the free add-in for Windows, Mac and the web.

    Example: mbr-xl lite "My model.xlsx"

    Without FILE it makes planner-lite.xlsx, the planner with a sheet Functions, where every function stands with live
    examples. The functions travel inside the workbook. An xlwings Lite project that is there already is kept beside
    ours, or the workbook is refused. Cells that call the functions by another way in, such as the add-in for Windows,
    are written as xlwings Lite keeps them, with the values that they have; what cannot be is named. A workbook with
    macros (.xlsm) is refused: save a copy of it as .xlsx. Open the result in Excel and start xlwings Lite, under Home,
    Add-ins.
    """
    from mbr_udfs.catalogue import CATALOGUE
    from mbr_workbooks.lite import add_project, build_lite_planner
    from mbr_workbooks.lite_formulas import Rewritten, write_as_lite
    from mbr_workbooks.package import Package, write_whole

    if in_place and (file is None or out is not None):
        raise InputError("--in-place changes a FILE of yours: give that file, and no name for a copy.")
    if file is not None and file.suffix.lower() != ".xlsx":
        raise InputError(f"mbr-xl lite takes an .xlsx workbook, and {file} is none: save a copy of it as .xlsx.")
    target = PLANNER if file is None else file if in_place else workbook_name(out or _beside(file))
    if file is not None and not in_place and target.exists() and file.exists() and target.samefile(file):
        raise InputError("The copy needs a file of its own: give another name, or --in-place to change the workbook.")
    beside, kept, formulas = False, [], Rewritten((), ())
    with progress(as_json) as say:
        if file is None:
            say("Making the planner")
            with make_way([target], force) as kept:
                build_lite_planner(target)
        else:
            say(f"Reading {file.name}")
            package = Package(file)
            beside = add_project(package)
            formulas = write_as_lite(package)
            if in_place:
                from mbr_workbooks.edit import back_up

                kept = [back_up(file)]
                write_whole(file, package.to_bytes())
            else:
                with make_way([target], force) as kept:
                    write_whole(target, package.to_bytes())
    if as_json:
        print_json({
            "file": str(target), "kept": [str(path) for path in kept], "project_kept": beside,
            "rewritten": [str(cell) for cell in formulas.cells], "left": list(formulas.left),
        })  # fmt: skip
        return
    if beside:
        typer.echo(
            "The workbook has an xlwings Lite project of its own: it is kept, and ours stands beside it in main.py."
        )
    if formulas.cells:
        typer.echo(f"Written as xlwings Lite keeps them: {some([str(cell) for cell in formulas.cells])}.")
    for place in formulas.left:
        typer.echo(f"Left as it was, so type it again in Excel: {place}")
    say_written([target], kept)
    typer.echo(f"Its {len(list(CATALOGUE))} functions answer once xlwings Lite runs: Home, Add-ins, xlwings Lite.")
    typer.echo("Then type =MBR_ROOM(2026, 24500, 10000), which shows 37500.")


def _beside(file: Path) -> Path:
    return file.with_name(f"{file.stem}-lite{file.suffix}")
