"""The functions as an add-in of LibreOffice or of Excel for Windows: made, installed, taken out."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from mbr_udfs.calc import IDENTIFIER, calc_addin
from mbr_workbooks.machine import Machine
from mbr_workbooks.package import backup_name, reason, write_whole
from mbr_workbooks.xlam import EXCEL_FILE, TEMPLATE, build_xlam, read_addin
from mbr_xl.errors import InputError

SECONDS = 120
CALC_FILE = "mbr_xl.oxt"
_PLACES = (  # where LibreOffice keeps unopkg when it is not on the path
    r"C:\Program Files\LibreOffice\program\unopkg.com",
    r"C:\Program Files (x86)\LibreOffice\program\unopkg.com",
    "/Applications/LibreOffice.app/Contents/MacOS/unopkg",
)


def write_calc_addin(path: Path) -> Path:
    """Writes the add-in for LibreOffice Calc; a path without an ending gets .oxt."""
    path = path if path.suffix else path.with_suffix(".oxt")
    if path.suffix.lower() != ".oxt":
        raise InputError(f"An add-in of LibreOffice is an .oxt file: {path} is not.")
    write_whole(path, calc_addin())
    return path


def write_excel_addin(path: Path, machine: Machine) -> Path:
    """Writes the add-in for Excel, for the xlwings that is installed here; a path without an ending gets .xlam."""
    path = path if path.suffix else path.with_suffix(".xlam")
    if path.suffix.lower() != ".xlam":
        raise InputError(f"An add-in of Excel is an .xlam file: {path} is not.")
    write_whole(path, excel_addin(machine))
    return path


def excel_addin(machine: Machine) -> bytes:
    """The add-in's file. Made on Windows it calls this very Python; made elsewhere, the one on the user's path."""
    version, folder = machine.version("xlwings"), machine.package_folder("xlwings")
    template = machine.read(folder / TEMPLATE) if folder else None
    if version is None or template is None:
        raise InputError('The add-in for Excel is made from xlwings, which is not installed: pip install "xlwings<1"')
    return build_xlam(template, version, str(machine.interpreter()) if machine.system == "Windows" else "")


def install_excel_addin(machine: Machine) -> tuple[Path, Path | None]:
    """Puts the add-in into Excel's startup folder and returns its path, and where the one before it was kept.

    Excel opens what lies in XLSTART at its start, without being told in a dialog, and trusts that folder as it comes,
    so that no macro warning appears; the folder AddIns it does neither open nor trust. The older add-in is kept
    outside, since Excel would open it as well.
    """
    target, home = excel_target(machine)
    content = excel_addin(machine)
    kept = None
    if target.exists() and (old := target.read_bytes()) != content:
        try:
            (home / "mbr_xl").mkdir(parents=True, exist_ok=True)
        except OSError as problem:
            raise InputError(f"The old add-in cannot be kept in {home} ({reason(problem)}).") from None
        kept = backup_name(home / "mbr_xl" / EXCEL_FILE)
        write_whole(kept, old)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        write_whole(target, content)
    except (OSError, InputError) as problem:
        if kept:
            kept.unlink(missing_ok=True)
        raise InputError(f"{target} cannot be written: close Excel and try again ({problem})") from None
    return target, kept


def remove_excel_addin(machine: Machine) -> Path:
    """Takes our add-in out of Excel's startup folder."""
    target, _ = excel_target(machine)
    if not target.exists():
        raise InputError(f"The add-in is not installed: there is no {target}.")
    if read_addin(target.read_bytes()) is None:
        raise InputError(f"{target} is not the add-in of mbr_xl: it is left as it is.")
    try:
        target.unlink()
    except OSError as problem:
        raise InputError(f"{target} cannot be removed ({reason(problem)}): close Excel and try again.") from None
    return target


def excel_target(machine: Machine) -> tuple[Path, Path]:
    """Where the add-in belongs, and the user's folder of programs' data; elsewhere than on Windows a refusal."""
    folder, home = machine.startup(), machine.env("APPDATA")
    if machine.system != "Windows" or folder is None or home is None:
        raise InputError(
            "The add-in of Excel runs in Excel for Windows alone, and this is another system: use xlwings Lite "
            "(mbr-xl lite) or LibreOffice (--for libreoffice)."
        )
    return Path(folder / EXCEL_FILE), Path(home)


def install_calc_addin(path: Path) -> None:
    """Adds the file at `path` to this user's LibreOffice, in place of an older one of ours."""
    _unopkg("add", "--force", str(path))


def remove_calc_addin() -> None:
    """Takes our add-in out of this user's LibreOffice."""
    if not calc_addin_version():
        raise InputError("The add-in is not installed in this user's LibreOffice.")
    _unopkg("remove", IDENTIFIER)


def calc_addin_version() -> str:
    """The version that this user's LibreOffice has installed, empty where it has none."""
    return calc_addin_listed(_unopkg("list"))


def calc_addin_listed(listed: str) -> str:
    """The version of our add-in in what unopkg lists, empty where it is not in it."""
    for entry in re.split(r"\n(?=Identifier:)", listed):
        if re.search(rf"Identifier:\s*{re.escape(IDENTIFIER)}\s", entry):
            found = re.search(r"Version:\s*(\S+)", entry)
            return found[1] if found else "unknown"
    return ""


def unopkg(machine: Machine) -> str | None:
    """LibreOffice's program for add-ins on this machine, or None."""
    beside = machine.which("soffice")
    near = [os.path.join(os.path.dirname(beside), "unopkg")] if beside else []
    candidates = [*near, machine.which("unopkg"), *_PLACES]
    return next((path for path in candidates if path and machine.exists(machine.path(path))), None)


def _unopkg(*arguments: str) -> str:
    program = unopkg(Machine())
    if program is None:
        raise InputError("LibreOffice is not found on this machine: install it, or open the .oxt file in it.")
    if sys.platform != "win32" and os.geteuid() == 0:
        raise InputError("LibreOffice refuses add-ins for root: run this as the user who works in LibreOffice.")
    return _run([program, *arguments])


def _run(command: Sequence[str]) -> str:
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=SECONDS, check=False, stdin=subprocess.DEVNULL
        )
    except subprocess.TimeoutExpired:
        raise InputError("LibreOffice did not answer: close all its windows and try again.") from None
    if done.returncode:
        said = " ".join((done.stderr or done.stdout).split())[-300:]
        raise InputError(f"LibreOffice refused ({said}): close all its windows and try again.")
    return done.stdout
