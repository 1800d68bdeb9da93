"""The command `mbr-xl build`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mbr_workbooks.options import Force, Json
from mbr_workbooks.screen import make_way, print_json, progress, say_written


def build(
    folder: Annotated[Path, typer.Argument(help="The project's folder.")] = Path(),
    no_pictures: Annotated[bool, typer.Option("--no-pictures", help="Leave the pictures out.")] = False,
    everything: Annotated[
        bool, typer.Option("--all", help="All that a user may be given, into FOLDER: workbooks and add-ins.")
    ] = False,
    force: Force = False,
    as_json: Json = False,
) -> None:
    """Make what the project ships: the workbooks, their pictures and the function reference.

    Example: mbr-xl build .

    Writes workbooks/planner.xlsx, workbooks/sample-client.xlsx, workbooks/pictures/ and udfs/README.md, over what an
    earlier build left; a workbook that was filled in or saved since stays, unless --force. Pictures need LibreOffice
    (soffice) and pdftoppm. With --all nothing of the project is touched: FOLDER then holds the workbooks, the planner
    for xlwings Lite, and the add-ins, and no file that is there is overwritten without --force.
    """
    from mbr_workbooks.build import all_files, build_all
    from mbr_workbooks.build import build as build_project
    from mbr_workbooks.machine import Machine
    from mbr_workbooks.pictures import missing_programs

    with progress(as_json) as say:
        if everything:
            machine = Machine()
            with make_way(all_files(folder, machine), force) as kept:
                made = build_all(folder, machine, say)
        else:
            made, kept = build_project(folder, with_pictures=not no_pictures, force=force, say=say)
    missing = [] if no_pictures or everything else missing_programs()
    if as_json:
        print_json({
            "files": [str(path) for path in made], "kept": [str(path) for path in kept], "missing_programs": missing,
        })  # fmt: skip
        return
    if everything and not any(path.suffix == ".xlam" for path in made):
        typer.echo('No add-in for Excel: it is made from xlwings, which is not here (pip install "xlwings<1").')
    if missing:
        typer.echo(f"No pictures: {' and '.join(missing)} is not installed here.")
    say_written(made, kept)
