"""The command `mbr-xl`: plain words on the screen, --json for machines, an exit code for scripts, never a traceback."""

from __future__ import annotations

import errno
import io
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any

import typer

from mbr_workbooks.addin_command import addin
from mbr_workbooks.build_command import build
from mbr_workbooks.doctor_command import doctor
from mbr_workbooks.import_pay_command import import_pay
from mbr_workbooks.lite_command import lite
from mbr_workbooks.options import Force, Json
from mbr_workbooks.screen import console, make_way, print_json, progress, quoted, say_written, some, workbook_name
from mbr_workbooks.solve_command import solve
from mbr_xl import __version__
from mbr_xl.errors import InputError

OK, FAILED, BAD_INPUT, UNEXPECTED = 0, 1, 2, 3

app = typer.Typer(
    name="mbr-xl",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Plans a mega backdoor Roth in an Excel workbook, checks it, and makes the client's copy.\n\n"
    "Start with: mbr-xl demo sample\n\n"
    "Exit codes: 0 all is well, 1 the check failed, 2 a file or an option cannot be used, 3 a fault of the program.",
)


@app.callback(invoke_without_command=True)
def _options(
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show where an unexpected error happened.")] = False,
) -> None:
    if version:
        typer.echo(f"mbr_xl {__version__}")
        raise typer.Exit(OK)


@app.command(short_help="The sample: planner, check, client's copy.")
def demo(
    folder: Annotated[
        Path, typer.Argument(help="Where the files go; made if it is not there.", show_default="mbr-demo")
    ] = Path("mbr-demo"),
    force: Force = False,
    as_json: Json = False,
) -> None:
    """Make the sample household's planner, check it, write the client's copy, and print the plan.

    Example: mbr-xl demo sample

    An engineer paid every two weeks with a bonus and vesting shares. Open planner.xlsx in Excel afterwards, change
    anything on its Inputs sheet, save, and run: mbr-xl check sample/planner.xlsx
    """
    from mbr_workbooks.contents import build_planner
    from mbr_workbooks.handoff import hand_off
    from mbr_workbooks.package import reason
    from mbr_workbooks.sample import sample_client

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise InputError(f"The folder {folder} cannot be made ({reason(problem)}).") from None
    planner, copy = folder / "planner.xlsx", folder / "client-copy.xlsx"
    with make_way([planner, copy], force) as kept, progress(as_json) as say:
        say("Making the planner")
        build_planner(planner, sample_client(), stamped=True)
        say("Checking it and writing the client's copy")
        done = hand_off(planner, copy)
    checked = done.checked
    if as_json:
        from mbr_workbooks.summary import check_as_data

        print_json({**check_as_data(checked), "planner": str(planner), "client_copy": str(copy)})
    else:
        from mbr_workbooks.summary import print_check, print_plan

        screen = console()
        if checked.plan and checked.planner.household:
            print_plan(screen, checked.planner.household, checked.plan)
        screen.print()
        print_check(screen, checked)
        screen.print()
        say_written([planner, copy], kept)
    raise typer.Exit(OK if checked.passed else FAILED)


@app.command(short_help="An empty planner to fill in.")
def new(
    file: Annotated[Path, typer.Argument(help="The workbook to make, such as planner.xlsx.")],
    year: Annotated[str, typer.Option(metavar="YEAR", help="Tax year.")] = "2026",
    frequency: Annotated[
        str, typer.Option(metavar="WORD", help="How often pay comes: weekly, biweekly, semimonthly or monthly.")
    ] = "biweekly",
    first_pay_date: Annotated[
        str, typer.Option(metavar="DATE", help="Any regular pay date, such as 2026-01-02 or 1/2/2026.")
    ] = "",
    salary: Annotated[str, typer.Option(metavar="DOLLARS", help="Annual salary, such as 180000.")] = "",
    client: Annotated[str, typer.Option(metavar="NAME", help="The client's name, shown on the hand-off.")] = "",
    prepared_by: Annotated[str, typer.Option(metavar="NAME", help="Your name or firm.")] = "",
    force: Force = False,
    as_json: Json = False,
) -> None:
    """Make an empty planner to fill in.

    Example: mbr-xl new planner.xlsx --year 2026 --salary 180000

    Fill in the tinted cells of its Inputs sheet in Excel, save, and run: mbr-xl check planner.xlsx
    """
    from mbr_workbooks.start import start_planner
    from mbr_xl.rules import published_years

    file = workbook_name(file)
    with make_way([file], force) as kept, progress(as_json) as say:
        say("Making the planner")
        filled = start_planner(
            file, year=year, frequency=frequency, client=client, prepared_by=prepared_by, salary=salary,
            any_pay_date=first_pay_date,
        )  # fmt: skip
    if as_json:
        print_json({"file": str(file), "kept": [str(path) for path in kept]})
        return
    if filled.tax_year not in published_years():
        typer.echo(
            f"The limits of {filled.tax_year} are not all published: the planner projects them and says PROJECTED."
        )
    say_written([file], kept)
    typer.echo(f"Next: fill in the tinted cells of its Inputs sheet, save, and run: mbr-xl check {quoted(file)}")


@app.command(short_help="PASS or FAIL, and why, by cell.")
def check(
    file: Annotated[Path, typer.Argument(help="A planner saved by Excel or LibreOffice.")], as_json: Json = False
) -> None:
    """Compute a filled planner again and compare: the first line begins with PASS or FAIL.

    Example: mbr-xl check planner.xlsx

    Then comes what is wrong, by sheet and cell: inputs that cannot be used, numbers in the workbook that are not the
    engine's, formulas that were typed over, and what the plan itself gets wrong or leaves unused.
    """
    from mbr_workbooks.check import check as check_file
    from mbr_workbooks.summary import check_as_data, print_check

    with progress(as_json) as say:
        say(f"Checking {file.name}")
        checked = check_file(file)
    if as_json:
        print_json(check_as_data(checked))
    else:
        print_check(console(), checked)
    raise typer.Exit(OK if checked.passed else FAILED)


app.command(short_help="The best elections, into a copy.")(solve)
app.command("import-pay", short_help="Pays of an export, into Records.")(import_pay)
app.add_typer(addin, name="addin", short_help="The functions as an add-in: Excel, LibreOffice.")
app.command(short_help="What each way into a cell lacks here.")(doctor)
app.command(short_help="The functions for xlwings Lite.")(lite)


@app.command(short_help="The copy for the client.")
def handoff(
    file: Annotated[Path, typer.Argument(help="The filled planner; it is not changed.")],
    out: Annotated[Path, typer.Argument(help="The client's copy to write, an .xlsx.")],
    prepared_by: Annotated[str, typer.Option(metavar="NAME", help="Your name or firm, shown in the copy.")] = "",
    client: Annotated[str, typer.Option(metavar="NAME", help="The client's name, if not the planner's.")] = "",
    anyway: Annotated[bool, typer.Option("--anyway", help="Even if mbr-xl check says FAIL.")] = False,
    force: Force = False,
    as_json: Json = False,
) -> None:
    """Write the copy for the client: it calculates without Python and carries nobody else's names.

    Example: mbr-xl handoff planner.xlsx "Ann's plan.xlsx" --prepared-by "J. Doe"

    A plan of which mbr-xl check says FAIL is not handed off. Plain formulas stay live. A formula of the add-in becomes
    a plain one where there is one that computes the same, else its stored value. Links to files, names of authors and
    companies, and Python are taken out. Sheets and notes that you added stay. Hidden sheets go. Empty lists and
    subjects that have nothing to say are left out of the printed pages.
    """
    from mbr_workbooks.handoff import hand_off

    itself = out.exists() and file.exists() and out.samefile(file)
    with make_way([] if itself else [out], force) as kept, progress(as_json) as say:
        say(f"Checking {file.name} and writing the copy")
        done = hand_off(file, out, prepared_by=prepared_by, client=client, anyway=anyway)
    if as_json:
        print_json({
            "file": str(out), "native": [str(cell) for cell in done.native],
            "frozen": [str(cell) for cell in done.frozen], "removed": list(done.removed),
            "result": "PASS" if done.checked.passed else "FAIL",
        })  # fmt: skip
        return
    if done.native:
        cells = some([str(cell) for cell in done.native])
        typer.echo(f"Now plain formulas that compute the same without an add-in: {cells}.")
    if done.frozen:
        cells = some([str(cell) for cell in done.frozen])
        typer.echo(f"Now values, because they call an add-in or lead to another file: {cells}.")
    if done.removed:
        typer.echo(f"Taken out: {', '.join(done.removed)}.")
    if not done.checked.passed:
        typer.echo(f"Handed off although the check says FAIL: see mbr-xl check {quoted(file)}")
    say_written([out], kept)


app.command(short_help="What the project ships.")(build)


def run(arguments: Sequence[str]) -> int:
    """Runs one command line and returns its exit code; every error is one sentence on standard error."""
    sys.stdout = sys.stdout or io.StringIO()  # None where it is closed, or in a program without a console
    sys.stderr = sys.stderr or io.StringIO()
    for stream in (sys.stdout, sys.stderr):  # a Windows console may not know every character
        with suppress(AttributeError, ValueError):
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        code = app(list(arguments), prog_name="mbr-xl", standalone_mode=False)
        sys.stdout.flush()
        return code if isinstance(code, int) else OK
    except InputError as refusal:
        from mbr_workbooks.handoff import CheckFailed

        return _refused(arguments, str(refusal), FAILED if isinstance(refusal, CheckFailed) else BAD_INPUT)
    except (KeyboardInterrupt, typer.Abort):
        return _refused(arguments, "Stopped.", 130)
    except BrokenPipeError:  # whoever read the output has seen enough
        sys.stdout = io.StringIO()
        return OK
    except Exception as problem:
        if hasattr(problem, "format_message"):  # of typer, or of click under an older typer
            return _refused(arguments, _usage(problem), BAD_INPUT)
        if "--debug" in arguments:
            raise
        if isinstance(problem, OSError) and problem.errno == errno.ENOSPC:
            return _refused(arguments, "There is no space left to write to.", BAD_INPUT)
        what = f"{type(problem).__name__}: {problem}".splitlines()[0]
        return _refused(arguments, f"Unexpected fault of mbr-xl ({what}); mbr-xl --debug shows where.", UNEXPECTED)


def main() -> None:
    """Entry point of the console script."""
    sys.exit(run(sys.argv[1:]))


def _usage(problem: Any) -> str:
    """What is wrong with the command line, and where its help is; without any command, the help itself."""
    said = str(problem.format_message()).strip()
    context = getattr(problem, "ctx", None)
    if "Usage:" in said or context is None:
        return said
    return f"{said.rstrip('.').replace('Value error, ', '')}: see {context.command_path} --help."


def _refused(arguments: Sequence[str], sentence: str, code: int) -> int:
    if "--json" in arguments:
        print_json({"result": "ERROR", "error": sentence})
    else:
        typer.echo(sentence, err=True)
    return code
