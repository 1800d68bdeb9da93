"""The command `mbr-xl doctor`."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from mbr_workbooks.options import Json
from mbr_workbooks.screen import print_json

if TYPE_CHECKING:
    from mbr_workbooks.doctor import Way

_MARK = {"ok": "ok  ", "note": "note", "do": "DO  "}


class In(StrEnum):
    """A way into a cell."""

    excel = "excel"
    lite = "lite"
    libreoffice = "libreoffice"


def doctor(
    program: Annotated[In | None, typer.Option("--for", help="Look at one way alone.")] = None, as_json: Json = False
) -> None:
    """Say what each way of getting the functions into cells still lacks on this computer, and what to do.

    Example: mbr-xl doctor

    Exit code 0 where one way is ready and none has something to be done (with --for: where that one is ready), else 1.
    A way whose program is not here, or of which that is not known, counts as neither. The planner workbook needs none
    of them.
    """
    from mbr_workbooks.doctor import WAYS, diagnose
    from mbr_workbooks.machine import Machine

    machine = Machine()
    raise typer.Exit(report([WAYS[program.value](machine)] if program else diagnose(machine), as_json))


def report(ways: Sequence[Way], as_json: bool) -> int:
    """Prints what was found and returns the exit code: 0 where a way is ready and none has something to be done."""
    states = [way.state for way in ways]
    bad = "to do" in states or "ready" not in states
    if as_json:
        print_json({
            "result": "FAIL" if bad else "PASS",
            "ways": [
                {
                    "way": way.key, "name": way.name, "state": way.state,
                    "findings": [{"state": f.state, "text": f.text, "how": f.how} for f in way.findings],
                }
                for way in ways
            ],
        })  # fmt: skip
        return int(bad)
    for way in ways:
        typer.echo(f"{way.name}: {way.state.upper()}")
        for finding in way.findings:
            typer.echo(f"  {_MARK[finding.state]}  {finding.text}")
            if finding.how:
                typer.echo(f"        {finding.how}")
    typer.echo("To try it: =MBR_ROOM(2026, 24500, 10000) in a cell must show 37,500.")
    return int(bad)
