"""Stand-ins of computers: their files, registry and packages are what a test says."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from pathlib import PurePath, PurePosixPath, PureWindowsPath
from typing import Any

from mbr_workbooks.doctor import Finding, Way
from mbr_workbooks.machine import Machine
from mbr_workbooks.xlam import _core, _strings
from mbr_xl import __version__

EXCEL = r"C:\Program Files\Microsoft Office\root\Office16\EXCEL.EXE"
APP_PATHS = r"SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\excel.exe"
SECURITY = r"Software\Microsoft\Office\16.0\Excel\Security"
POLICY = r"Software\Policies\Microsoft\Office\16.0\Excel\Security"
PYTHON = r"C:\Users\Ann\venv\Scripts\pythonw.exe"
STARTUP = r"C:\Users\Ann\AppData\Roaming\Microsoft\Excel\XLSTART"
ADDIN = rf"{STARTUP}\mbr_xl.xlam"
UNOPKG = "/usr/lib/libreoffice/program/unopkg"


def program(machine: int) -> bytes:
    """The head of a Windows program for a processor."""
    return b"MZ".ljust(0x3C, b"\0") + struct.pack("<I", 0x80) + bytes(0x40) + b"PE\0\0" + struct.pack("<H", machine)


def addin(xlwings: str = "0.37.8", version: str = __version__, python: str = PYTHON) -> bytes:
    """As much of an add-in's file as says what it is."""
    import zipfile
    from io import BytesIO

    held = BytesIO()
    with zipfile.ZipFile(held, "w") as file:
        file.writestr("docProps/core.xml", _core(xlwings).replace(f"mbr_xl {__version__} ", f"mbr_xl {version} "))
        file.writestr("xl/sharedStrings.xml", _strings([("Interpreter_Win", python)]))
    return held.getvalue()


class Computer(Machine):
    """A stand-in: its files, registry and packages are what a test says."""

    system = "Windows"
    executable = r"C:\Users\Ann\venv\Scripts\python.exe"
    base = r"C:\Python312"
    python = (3, 12, 4)
    python_bits = 64

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {
            EXCEL: program(0x8664), PYTHON: b"", ADDIN: addin(), r"C:\Users\Ann\venv\xlwings64-0.37.8.dll": b"",
        }  # fmt: skip
        self.values: dict[tuple[str, str, str], Any] = {
            ("HKLM", APP_PATHS, ""): EXCEL, ("HKCR", r"Excel.Application\CurVer", ""): "Excel.Application.16",
        }  # fmt: skip
        self.packages = {"xlwings": "0.37.8", "pywin32": "312"}
        self.programs: dict[str, str] = {}
        self.says: str | None = ""
        self.root = False

    def path(self, text: str) -> PurePath:
        return PureWindowsPath(text) if self.system == "Windows" else PurePosixPath(text)

    def env(self, name: str) -> str | None:
        return r"C:\Users\Ann\AppData\Roaming" if name == "APPDATA" and self.system == "Windows" else None

    def registry(self, hive: str, key: str, name: str) -> Any:
        return self.values.get((hive, key, name))

    def exists(self, file: PurePath) -> bool:
        return str(file) in self.files

    def read(self, file: PurePath, most: int = -1) -> bytes | None:
        content = self.files.get(str(file))
        return content if content is None or most < 0 else content[:most]

    def folder(self, folder: PurePath) -> list[str]:
        below = [self.path(name) for name in self.files]
        return sorted(path.name for path in below if path.parent == folder)

    def version(self, package: str) -> str | None:
        return self.packages.get(package)

    def which(self, program: str) -> str | None:
        return self.programs.get(program)

    def is_root(self) -> bool:
        return self.root

    def run(self, command: Sequence[str]) -> str | None:
        return self.says if command[1:] == ["list"] else None


class Linux(Computer):
    """A computer with LibreOffice and our add-in in it."""

    system = "Linux"
    executable = "/usr/bin/python3"

    def __init__(self) -> None:
        super().__init__()
        self.files = {UNOPKG: b"", "/usr/lib/libreoffice/program/libpyuno.so": b"\0libpython3.12.so.1.0\0"}
        self.values = {}
        self.programs = {"soffice": "/usr/lib/libreoffice/program/soffice"}
        self.says = (
            "All deployed user packages:\n\nIdentifier: com.example.other\n  Version: 9.9\n\n"
            f"Identifier: org.mbrxl.addin\n  Version: {__version__}\n  URL: x\n"
        )


def to_do(way: Way) -> list[Finding]:
    return [finding for finding in way.findings if finding.state == "do"]
