"""A real LibreOffice for the tests: one soffice, driven by UNO from a child process of Debian's own Python."""

from __future__ import annotations

import json
import os
import queue
import shutil
import signal
import subprocess
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Any

UNO_PYTHON = os.environ.get("MBR_UNO_PYTHON", "/usr/bin/python3")
CHILD = Path(__file__).with_name("uno_child.py")
DAY_0 = date(1899, 12, 30)

Value = float | int | str | date | None


class OfficeError(RuntimeError):
    """LibreOffice refused an operation, did not answer in time, or died."""


def why_not_here() -> str:
    """The reason why this machine cannot run LibreOffice tests; empty if it can."""
    if os.name != "posix":
        return "LibreOffice is driven on Linux only"
    if not shutil.which("soffice"):
        return "LibreOffice (soffice) is not installed"
    if not Path(UNO_PYTHON).exists():
        return f"{UNO_PYTHON} does not exist, and UNO needs it"
    found = subprocess.run([UNO_PYTHON, "-c", "import uno"], capture_output=True, timeout=60, check=False)
    return "" if found.returncode == 0 else f"{UNO_PYTHON} cannot import uno (package python3-uno)"


def serial(day: date) -> int:
    return (day - DAY_0).days


def day_of(number: float) -> date:
    return DAY_0 + timedelta(days=round(number))


def _plain(value: Value | Sequence[Value]) -> Any:
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return serial(value) if isinstance(value, date) else value


class Document:
    """An open workbook. Cells are found by defined name; every call is one round trip."""

    def __init__(self, office: Office, number: int) -> None:
        self._office, self._number = office, number

    def _ask(self, op: str, **arguments: Any) -> Any:
        return self._office.ask(op, doc=self._number, **arguments)

    def unprotect(self) -> None:
        self._ask("unprotect")

    def names(self) -> list[str]:
        return list(self._ask("names"))

    def sheets(self) -> list[str]:
        return list(self._ask("sheets"))

    def where(self, name: str) -> tuple[str, int, int, int, int]:
        """Sheet, first column and row, last column and row of a defined name, counted from 0."""
        sheet, *corners = self._ask("where", name=name)
        return (sheet, *corners)

    def set(self, values: Mapping[str, Value | Sequence[Value]]) -> None:
        """Fills cells by defined name with automatic calculation off, then calculates; None is a blank cell."""
        self._ask("set", values={name: _plain(value) for name, value in values.items()})

    def recalculate(self) -> None:
        self._ask("recalculate")

    def read(self, names: Sequence[str]) -> dict[str, list[Any]]:
        """Each name's first column; "" is a blank cell or empty text, None an error."""
        found = self._ask("read", names=list(names))
        return {name: [row[0] for row in rows] for name, rows in found.items()}

    def used(self, sheet: str) -> list[list[Any]]:
        """Every value of a sheet from A1 to its last used cell, by rows."""
        return list(self._ask("used", sheet=sheet))

    def errors(self) -> list[str]:
        """The formulas whose result is an error, as text (at most 50)."""
        return [f"{where} {shown}: {formula}" for where, formula, shown in self._ask("errors")]

    def type(self, sheet: str, cell: str, text: str) -> None:
        """Types into a cell as at the keyboard."""
        self._ask("type", sheet=sheet, cell=cell, text=text)

    def type_named(self, name: str, text: str, row: int = 0) -> None:
        """Types into the cell `row` below the top of a defined name."""
        self._ask("type_named", name=name, row=row, text=text)

    def type_column(self, sheet: str, first: str, texts: Sequence[str]) -> None:
        """Types texts down a column, and calculates once."""
        self._ask("type_column", sheet=sheet, first=first, texts=list(texts))

    def type_array(self, sheet: str, cells: str, formula: str) -> list[list[Any]]:
        """Enters an array formula over a range; its rows, where "" is empty text and None an error."""
        return [list(row) for row in self._ask("type_array", sheet=sheet, cells=cells, formula=formula)]

    def fill(self, sheet: str, first: str, rows: Sequence[Sequence[Value]]) -> None:
        """Puts rows of values from a cell on; None is a blank cell."""
        self._ask("fill", sheet=sheet, first=first, rows=[_plain(row) for row in rows])

    def shown(self, sheet: str, cell: str) -> str:
        return str(self._ask("shown", sheet=sheet, cell=cell))

    def add_sheet(self, name: str) -> None:
        self._ask("add_sheet", name=name)

    def add_note(self, sheet: str, cell: str, text: str) -> None:
        self._ask("add_note", sheet=sheet, cell=cell, text=text)

    def save(self, path: Path) -> None:
        """Saves as .xlsx, as LibreOffice's own "Save as" does; an earlier file at `path` goes first, because
        LibreOffice reports no failure."""
        path.unlink(missing_ok=True)
        self._ask("save", path=str(path))
        if not path.exists():
            raise OfficeError(f"LibreOffice wrote no {path}")

    def close(self) -> None:
        self._ask("close")


class Office:
    """One running LibreOffice. `stop` ends it and everything it started."""

    def __init__(self, extension: Path | None = None) -> None:
        """extension: an add-in that this LibreOffice has installed."""
        added = [str(extension)] if extension else []
        self._child = subprocess.Popen(
            [UNO_PYTHON, str(CHILD), shutil.which("soffice") or "soffice", *added],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            start_new_session=True,  # so that one signal reaches soffice too
        )
        self._answers: queue.Queue[str] = queue.Queue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self._answer(90)

    def _read(self) -> None:
        assert self._child.stdout
        for line in self._child.stdout:
            self._answers.put(line)
        self._answers.put("")

    def _answer(self, seconds: float) -> Any:
        try:
            line = self._answers.get(timeout=seconds)
        except queue.Empty:
            self._kill()
            raise OfficeError(f"LibreOffice did not answer in {seconds:g} seconds") from None
        if not line:
            raise OfficeError("LibreOffice ended by itself")
        answer = json.loads(line)
        if "error" in answer:
            raise OfficeError(answer["error"])
        return answer["ok"]

    def ask(self, op: str, *, seconds: float = 120, **arguments: Any) -> Any:
        assert self._child.stdin
        try:
            self._child.stdin.write(json.dumps({"op": op, **arguments}) + "\n")
            self._child.stdin.flush()
        except OSError:
            raise OfficeError("LibreOffice is gone") from None
        return self._answer(seconds)

    @contextmanager
    def new(self) -> Iterator[Document]:
        """A new, empty workbook; closed in any case."""
        document = Document(self, self.ask("new"))
        try:
            yield document
        finally:
            document.close()

    @contextmanager
    def open(self, path: Path) -> Iterator[Document]:
        """The workbook, recalculated on load, its sheets unprotected; closed in any case."""
        document = Document(self, self.ask("load", path=str(path.resolve())))
        try:
            document.unprotect()
            yield document
        finally:
            document.close()

    def _kill(self) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self._child.pid, signal.SIGKILL)

    def stop(self) -> None:
        assert self._child.stdin
        with suppress(OSError, subprocess.TimeoutExpired):
            self._child.stdin.close()
            self._child.wait(30)
        self._kill()  # soffice shares the session and may outlive the child
        self._child.wait(10)
        self._reader.join(10)
        assert self._child.stdout
        self._child.stdout.close()
