"""The commands `mbr-xl addin ...`: the functions as an add-in of Excel for Windows or of LibreOffice."""

from __future__ import annotations

import tempfile
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from mbr_workbooks.options import Force, Json
from mbr_workbooks.screen import make_way, print_json, say_written
from mbr_xl.errors import InputError

TRY = "=MBR_ROOM(2026, 24500, 10000)"
MUST_SHOW = f"Then type {TRY} into a cell: it must show 37,500."


class Program(StrEnum):
    """Who the add-in is for."""

    excel = "excel"
    libreoffice = "libreoffice"


For = Annotated[Program, typer.Option("--for", help="The program that the add-in is for.")]

addin = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="The functions as an add-in of Excel for Windows or LibreOffice."
)


@addin.command(short_help="Write the add-in's file.")
def build(
    out: Annotated[Path | None, typer.Argument(help="The file; mbr_xl.xlam or mbr_xl.oxt if not given.")] = None,
    program: For = Program.excel,
    force: Force = False,
    as_json: Json = False,
) -> None:
    """Write the add-in's file, to look at or to carry to another computer.

    Example: mbr-xl addin build --for libreoffice

    That of Excel is made for the xlwings that is installed here and fits no other version; made on Windows it calls
    the Python that made it. For this computer, mbr-xl addin install does all of it.
    """
    from mbr_workbooks.addin import CALC_FILE, write_calc_addin, write_excel_addin
    from mbr_workbooks.machine import Machine
    from mbr_workbooks.xlam import EXCEL_FILE

    for_calc = program is Program.libreoffice
    path = out or Path(CALC_FILE if for_calc else EXCEL_FILE)
    path = path if path.suffix else path.with_suffix(".oxt" if for_calc else ".xlam")
    with make_way([path], force) as kept:
        if for_calc:
            write_calc_addin(path)
        else:
            write_excel_addin(path, Machine())
    if as_json:
        print_json({"file": str(path), "kept": [str(old) for old in kept]})
    else:
        say_written([path], kept)


@addin.command(short_help="Make it and install it for this user.")
def install(program: For = Program.excel, as_json: Json = False) -> None:
    """Make the add-in for this computer and install it for this user; close the program first.

    Example: mbr-xl addin install

    Excel's lies in the startup folder XLSTART, which Excel opens and trusts by itself. An older one is kept elsewhere.
    """
    from mbr_workbooks.addin import CALC_FILE, install_calc_addin, install_excel_addin, write_calc_addin
    from mbr_workbooks.machine import Machine

    where, kept = "LibreOffice's add-ins", None
    if program is Program.libreoffice:
        with tempfile.TemporaryDirectory() as folder:
            install_calc_addin(write_calc_addin(Path(folder) / CALC_FILE))
    else:
        target, kept = install_excel_addin(Machine())
        where = str(target)
    if as_json:
        print_json({"installed": where, "kept": [str(kept)] if kept else []})
        return
    typer.echo(f"Installed: {where}")
    if kept:
        typer.echo(f"Kept the old one as {kept}")
    typer.echo(f"Start {'LibreOffice' if program is Program.libreoffice else 'Excel'}. {MUST_SHOW}")


@addin.command(short_help="Take it out again.")
def remove(program: For = Program.excel, as_json: Json = False) -> None:
    """Take the add-in out again; formulas that use it keep their last values until they are recalculated.

    Example: mbr-xl addin remove
    """
    from mbr_workbooks.addin import remove_calc_addin, remove_excel_addin
    from mbr_workbooks.machine import Machine

    where = "LibreOffice's add-ins"
    if program is Program.libreoffice:
        remove_calc_addin()
    else:
        where = str(remove_excel_addin(Machine()))
    if as_json:
        print_json({"removed": where})
    else:
        typer.echo(f"Removed: {where}")


@addin.command(short_help="What is installed, and whether it fits.")
def status(program: For = Program.excel, as_json: Json = False) -> None:
    """Say what is installed, of which version, and whether it fits the xlwings that is installed.

    Example: mbr-xl addin status --for libreoffice

    Exit code 0 where it is ready, 1 where something is to be done. Both programs and xlwings Lite: mbr-xl doctor
    """
    from mbr_workbooks.doctor import WAYS
    from mbr_workbooks.doctor_command import report
    from mbr_workbooks.machine import Machine

    raise typer.Exit(report([WAYS[program.value](Machine())], as_json))


@addin.command(short_help="Help while typing, for Excel-DNA's IntelliSense.")
def intellisense(
    out: Annotated[Path | None, typer.Argument(help="The file; mbr_xl.intellisense.xml if not given.")] = None,
    force: Force = False,
    as_json: Json = False,
) -> None:
    """Write the help that the free Excel-DNA IntelliSense add-in shows in the cell while a formula is typed.

    Example: mbr-xl addin intellisense

    mbr_xl.xlam carries it already. The file is for a workbook or an add-in of another name that has the functions: it
    must lie beside that, as NAME.intellisense.xml, and not in XLSTART, where Excel would open it.
    """
    from mbr_workbooks.intellisense import INTELLISENSE_FILE
    from mbr_workbooks.intellisense import intellisense as text
    from mbr_workbooks.package import write_whole

    path = out or Path(INTELLISENSE_FILE)
    if path.suffix.lower() != ".xml":
        raise InputError(f"IntelliSense reads an .xml file: {path} is not.")
    with make_way([path], force) as kept:
        write_whole(path, text().encode())
    said: dict[str, Any] = {"file": str(path), "kept": [str(old) for old in kept]}
    if as_json:
        print_json(said)
    else:
        say_written([path], kept)
