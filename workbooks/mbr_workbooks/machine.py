"""This computer as far as the ways into a cell depend on it: the one file that asks Windows' registry and its files."""

from __future__ import annotations

import os
import platform
import plistlib
import shutil
import struct
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path, PurePath
from typing import Any

SECONDS = 30
_APP_PATHS = r"SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\excel.exe"
_OFFICE = r"SOFTWARE\Microsoft\Office\ClickToRun\Configuration"
_MAC_EXCEL = "/Applications/Microsoft Excel.app"
_STORE = "\\windowsapps\\"
_BITS = {0x14C: 32, 0x8664: 64, 0xAA64: 64}  # the machine field of a Windows program


@dataclass(frozen=True)
class Excel:
    """The Excel that Windows starts; `bits` is None where its file cannot be read."""

    path: str
    version: str
    bits: int | None

    @property
    def from_store(self) -> bool:
        return _STORE in self.path.lower()


class Machine:
    """What can be asked of a computer, nothing judged; tests put a stand-in for the questions below the line."""

    def excel(self) -> Excel | None:
        """The Excel of this Windows, found as Windows itself finds it."""
        path = next((p for hive in ("HKCU", "HKLM") if (p := self.registry(hive, _APP_PATHS, ""))), None)
        if not path or not self.exists(self.path(str(path).strip('"'))):
            return None
        path = str(path).strip('"')
        current = self.registry("HKCR", r"Excel.Application\CurVer", "")
        version = str(current or "").rpartition(".")[2]
        return Excel(path, f"{version}.0" if version else "", self.bits_of(self.path(path)))

    def office(self) -> str:
        """What Windows calls the editions of Office here, such as O365ProPlusRetail or ProPlus2019Volume, by commas."""
        return str(self.registry("HKLM", _OFFICE, "ProductReleaseIds") or "")

    def mac_excel(self) -> str | None:
        """The version of the Excel of this Mac, such as 16.89, "" where it does not say; None where there is none."""
        listed = self.read(self.path(f"{_MAC_EXCEL}/Contents/Info.plist"))
        if listed is None:
            return None
        with suppress(Exception):  # whatever a damaged list makes its reader raise
            return str(plistlib.loads(listed).get("CFBundleShortVersionString", ""))
        return ""

    def bits_of(self, program: PurePath) -> int | None:
        """32 or 64, out of a Windows program's own head."""
        head = self.read(program, 4096) or b""
        if head[:2] != b"MZ" or len(head) < 0x40:
            return None
        (place,) = struct.unpack_from("<I", head, 0x3C)
        if head[place : place + 4] != b"PE\0\0":
            return None
        return _BITS.get(struct.unpack_from("<H", head, place + 4)[0])

    def interpreter(self) -> PurePath:
        """The Python that Excel is to start: this one, without a console window where there is such a program."""
        quiet = self.path(self.executable).with_name("pythonw.exe")
        return quiet if self.exists(quiet) else self.path(self.executable)

    def startup(self) -> PurePath | None:
        """Excel's own folder of files to open at its start; None where Windows names no such place."""
        home = self.env("APPDATA")
        return self.path(home) / "Microsoft" / "Excel" / "XLSTART" if home else None

    def has_web_mark(self, file: PurePath) -> bool:
        """Whether Windows marked a file as from the internet or from a site that it restricts."""
        mark = self.read(self.path(f"{file}:Zone.Identifier"), 1024) or b""
        return any(line.strip() in (b"ZoneId=3", b"ZoneId=4") for line in mark.splitlines())

    # What follows asks the computer.

    system = platform.system()
    executable = sys.executable
    base = sys.base_prefix  # of a venv, the Python that it was made with
    python = sys.version_info[:3]
    python_bits = struct.calcsize("P") * 8

    def path(self, text: str) -> PurePath:
        return Path(text)

    def env(self, name: str) -> str | None:
        return os.environ.get(name) or None

    def registry(self, hive: str, key: str, name: str) -> Any:
        """A value of the registry, in the 64-bit or the 32-bit view; None where there is none, or no Windows."""
        if sys.platform != "win32":
            return None
        import winreg

        hives = {
            "HKCU": winreg.HKEY_CURRENT_USER, "HKLM": winreg.HKEY_LOCAL_MACHINE, "HKCR": winreg.HKEY_CLASSES_ROOT
        }  # fmt: skip
        for view in (winreg.KEY_WOW64_64KEY, winreg.KEY_WOW64_32KEY):
            with suppress(OSError), winreg.OpenKey(hives[hive], key, 0, winreg.KEY_READ | view) as opened:
                return winreg.QueryValueEx(opened, name)[0]
        return None

    def exists(self, file: PurePath) -> bool:
        return os.path.exists(file)

    def read(self, file: PurePath, most: int = -1) -> bytes | None:
        """The bytes of a file, None where it is not there or may not be read."""
        try:
            with open(file, "rb") as opened:
                return opened.read(most)
        except OSError:
            return None

    def folder(self, folder: PurePath) -> list[str]:
        """The names in a folder."""
        try:
            return sorted(os.listdir(folder))
        except OSError:
            return []

    def version(self, package: str) -> str | None:
        """The version of an installed Python package."""
        try:
            return metadata.version(package)
        except metadata.PackageNotFoundError:
            return None

    def package_folder(self, package: str) -> PurePath | None:
        """Where a package lies; it is not imported."""
        spec = find_spec(package)
        places = list(spec.submodule_search_locations or []) if spec else []
        return Path(places[0]) if places else None

    def which(self, program: str) -> str | None:
        """Where a program really lies, beyond any link on the path."""
        found = shutil.which(program)
        return os.path.realpath(found) if found else None

    def is_root(self) -> bool:
        return sys.platform != "win32" and os.geteuid() == 0

    def run(self, command: Sequence[str]) -> str | None:
        """What a program prints, None where it fails."""
        try:
            done = subprocess.run(
                command, capture_output=True, text=True, timeout=SECONDS, check=False, stdin=subprocess.DEVNULL
            )
        except (OSError, subprocess.TimeoutExpired):
            return None
        return done.stdout if done.returncode == 0 else None
