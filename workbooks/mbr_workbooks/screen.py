"""What the commands share: the console, progress, JSON, and making way for a file without losing the old one."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape

from mbr_workbooks.package import backup_name, expect_closed, reason
from mbr_xl.errors import InputError

SHOWN = 8


def console() -> Console:
    """Standard output; without a terminal it has no colors and breaks no line."""
    return Console(highlight=False, width=None if sys.stdout.isatty() else 200, emoji=False)


@contextmanager
def progress(silent: bool) -> Iterator[Callable[[str], None]]:
    """Gives a function that says what is being done, on standard error and only on a terminal."""
    errors = Console(stderr=True, highlight=False)
    if silent or not errors.is_terminal:
        yield lambda _: None
        return
    with errors.status("", spinner="line") as status:
        yield lambda text: status.update(escape(f"{text} ..."))


def print_json(data: dict[str, Any]) -> None:
    """One JSON object, in ASCII so that every console and pipe can carry it."""
    print(json.dumps(data, indent=2, default=str))


@contextmanager
def make_way(paths: Sequence[Path], force: bool) -> Iterator[list[Path]]:
    """Keeps existing files as NAME.bak.xlsx while new ones are made, and gives those names.

    Where the making fails, the old files are put back. Raises InputError for an existing file without `force` or that
    is open, and where there is no folder to write into.
    """
    there = [path for path in paths if path.exists()]
    folders = [path for path in there if path.is_dir()]
    if folders:
        raise InputError(f"{folders[0]} is a folder: give a file name.")
    for path in paths:
        if not path.parent.is_dir():
            raise InputError(f"There is no folder {path.parent} to write {path.name} into.")
        if not os.access(path.parent, os.W_OK):
            raise InputError(f"The folder {path.parent} cannot be written to (permission denied).")
    if there and not force:
        raise InputError(f"{there[0]} exists already and is not overwritten: give another name, or --force.")
    for path in there:
        expect_closed(path)
    kept: dict[Path, Path] = {}
    try:
        for path in there:
            backup = backup_name(path)
            try:
                path.rename(backup)
            except OSError as problem:
                raise InputError(f"{path} cannot be replaced ({reason(problem)}): close it where it is open.") from None
            kept[path] = backup
        yield list(kept.values())
    except BaseException:
        for path, backup in kept.items():
            backup.replace(path)
        raise


def workbook_name(path: Path) -> Path:
    """The path with .xlsx where it has no ending; another ending is refused."""
    if not path.suffix:
        return path.with_suffix(".xlsx")
    if path.suffix.lower() != ".xlsx":
        raise InputError(f"A planner is an .xlsx file: {path} is not.")
    return path


def say_written(paths: Sequence[Path], kept: Sequence[Path]) -> None:
    """Names the files that were written and the old ones that were kept."""
    for path in paths:
        print(f"Wrote {path}")
    for path in kept:
        print(f"Kept the old file as {path}")


def quoted(path: Path) -> str:
    """A path as it is typed behind a command: in quotation marks where it has a space."""
    return f'"{path}"' if " " in str(path) else str(path)


def some(items: Sequence[str]) -> str:
    """The first few of a list, and how many more."""
    rest = f" and {len(items) - SHOWN} more" if len(items) > SHOWN else ""
    return ", ".join(items[:SHOWN]) + rest
