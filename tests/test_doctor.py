"""The doctor before stand-ins of computers: one that is in order, then each thing that may be missing."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest

from mbr_workbooks.doctor import calc_way, diagnose, excel_way
from mbr_workbooks.doctor_command import report
from mbr_workbooks.machine import Machine
from mbr_xl import __version__
from tests.computers import ADDIN, APP_PATHS, EXCEL, POLICY, SECURITY, UNOPKG, Computer, Linux, addin, program, to_do


def test_a_windows_computer_in_order() -> None:
    way = excel_way(Computer())
    assert way.state == "ready", way
    assert [finding.text for finding in way.findings] == [
        f"Excel 16.0, 64-bit: {EXCEL}",
        r"Python 3.12.4, 64-bit: C:\Users\Ann\venv\Scripts\python.exe",
        "xlwings 0.37.8",
        f"The add-in of mbr_xl {__version__} for xlwings 0.37.8: {ADDIN}",
        "Excel's settings let an add-in of its startup folder run.",
    ]


Change = Callable[[Computer], None]


def store_excel(pc: Computer) -> None:
    path = r"C:\Program Files\WindowsApps\Microsoft.Office.Desktop\EXCEL.EXE"
    pc.files[path] = program(0x8664)
    pc.values["HKLM", APP_PATHS, ""] = path


def store_python(pc: Computer) -> None:
    pc.executable = r"C:\Users\Ann\AppData\Local\Microsoft\WindowsApps\python.exe"


def venv_of_store_python(pc: Computer) -> None:
    pc.base = r"C:\Program Files\WindowsApps\PythonSoftwareFoundation.Python.3.12_3.12.1264.0_x64__qbz5n2kfra8p0"


def no_xlwings(pc: Computer) -> None:
    pc.packages.pop("xlwings")


def old_xlwings(pc: Computer) -> None:
    pc.packages["xlwings"] = "0.33.1"


def no_pywin32(pc: Computer) -> None:
    pc.packages.pop("pywin32")


def newer_xlwings(pc: Computer) -> None:
    pc.packages["xlwings"] = "0.37.12"
    pc.files[r"C:\Users\Ann\venv\xlwings64-0.37.12.dll"] = b""


def no_dll(pc: Computer) -> None:
    pc.files.pop(r"C:\Users\Ann\venv\xlwings64-0.37.8.dll")


def no_dll_of_its_bits(pc: Computer) -> None:
    pc.files[EXCEL] = program(0x14C)


def no_addin(pc: Computer) -> None:
    pc.files.pop(ADDIN)


def another_file(pc: Computer) -> None:
    pc.files[ADDIN] = b"something else"


def older_addin(pc: Computer) -> None:
    pc.files[ADDIN] = addin(version="0.0.9")


def python_gone(pc: Computer) -> None:
    pc.files[ADDIN] = addin(python=r"C:\old\pythonw.exe")


def web_mark(pc: Computer) -> None:
    pc.files[f"{ADDIN}:Zone.Identifier"] = b"[ZoneTransfer]\r\nZoneId=3\r\nHostUrl=https://example.com\r\n"


def addins_off(pc: Computer) -> None:
    pc.values["HKCU", SECURITY, "DisableAllAddins"] = 1


def signed_only(pc: Computer) -> None:
    pc.values["HKCU", POLICY, "RequireAddinSig"] = 1


def no_trusted_folder(pc: Computer) -> None:
    pc.values["HKCU", rf"{SECURITY}\Trusted Locations", "AllLocationsDisabled"] = 1


@pytest.mark.parametrize(
    ("change", "text", "how"),
    [
        (store_excel, "edition of the Microsoft Store, which cannot start Python", "office.com"),
        (store_python, "edition of the Microsoft Store, which Excel cannot start", "python.org"),
        (venv_of_store_python, "edition of the Microsoft Store, which Excel cannot start", "python.org"),
        (no_xlwings, "xlwings, which connects Excel and Python, is not installed", 'pip install "xlwings>=0.37,<1"'),
        (old_xlwings, "xlwings 0.33.1 is not supported", "pip install"),
        (no_pywin32, "pywin32", "pip install pywin32"),
        (newer_xlwings, "made for xlwings 0.37.8, and 0.37.12 is installed", "mbr-xl addin install"),
        (no_dll, "xlwings64-0.37.8.dll is not beside", "pip install --force-reinstall xlwings==0.37.8"),
        (no_dll_of_its_bits, "xlwings32-0.37.8.dll is not beside", "--force-reinstall"),
        (no_addin, "The add-in is not installed", "mbr-xl addin install"),
        (another_file, "is not the add-in of mbr_xl", "Move that file away"),
        (older_addin, f"of mbr_xl 0.0.9, and {__version__} is here", "Close Excel, then mbr-xl addin install"),
        (python_gone, r"calls C:\old\pythonw.exe, which is not there", "mbr-xl addin install"),
        (web_mark, "marked the add-in as from the internet", "Unblock"),
        (addins_off, "disable all add-ins", "Trust Center"),
        (signed_only, "signed add-ins alone", "Trust Center"),
        (no_trusted_folder, "trust no folder", "Trusted Locations"),
    ],
    ids=lambda item: getattr(item, "__name__", ""),
)
def test_each_thing_that_may_be_missing(change: Change, text: str, how: str) -> None:
    pc = Computer()
    change(pc)
    way = excel_way(pc)
    assert way.state == "to do"
    assert [finding for finding in to_do(way) if text in finding.text and how in finding.how], way
    assert all(finding.how for finding in to_do(way)), "what is to be done is always said"


def test_two_faults_at_once_are_both_said() -> None:
    pc = Computer()
    no_addin(pc)
    no_pywin32(pc)
    assert len(to_do(excel_way(pc))) == 2


def test_without_excel() -> None:
    pc = Computer()
    pc.files.pop(EXCEL)
    assert excel_way(pc).state == "not here"
    pc.values.clear()
    way = excel_way(pc)
    assert way.state == "not here"
    assert "Lite" in way.findings[0].how


def test_python_and_excel_may_differ_in_bits() -> None:
    pc = Computer()
    pc.files[EXCEL] = program(0x14C)
    pc.files[r"C:\Users\Ann\venv\xlwings32-0.37.8.dll"] = b""
    way = excel_way(pc)
    assert way.state == "ready"
    assert any("they may differ" in finding.text for finding in way.findings)


@pytest.mark.parametrize("content", [b"", b"MZ", b"MZ".ljust(0x80, b"\xff"), b"#!/bin/sh" * 20])
def test_an_excel_that_cannot_be_read_needs_both_dlls(content: bytes) -> None:
    pc = Computer()
    pc.files[EXCEL] = content
    way = excel_way(pc)
    assert "32 or 64 bits is not known" in way.findings[0].text
    assert [finding.text.split()[0] for finding in to_do(way)] == ["xlwings32-0.37.8.dll"]


def test_trusted_locations_without_the_startup_folder_are_worth_knowing() -> None:
    pc = Computer()
    first = rf"{SECURITY}\Trusted Locations\Location0"
    pc.values["HKCU", first, "Path"] = "C:\\Models\\"
    way = excel_way(pc)
    assert way.state == "ready"
    assert way.findings[-1].state == "note"
    pc.values["HKCU", first, "Path"] = "%APPDATA%\\Microsoft\\Excel\\XLSTART\\"
    assert excel_way(pc).findings[-1].state == "ok"


def test_an_addin_that_calls_another_python_is_worth_knowing() -> None:
    pc = Computer()
    other = r"C:\Python313\pythonw.exe"
    pc.files |= {ADDIN: addin(python=other), other: b"", r"C:\Python313\xlwings64-0.37.8.dll": b""}
    way = excel_way(pc)
    assert way.state == "ready"
    assert any(finding.state == "note" and other in finding.text for finding in way.findings)


@pytest.mark.parametrize("zone", [0, 1, 2])
def test_a_mark_of_this_computer_or_of_the_intranet_is_none(zone: int) -> None:
    pc = Computer()
    pc.files[f"{ADDIN}:Zone.Identifier"] = f"[ZoneTransfer]\r\nZoneId={zone}\r\n".encode()
    assert excel_way(pc).state == "ready"


def test_elsewhere_than_on_windows() -> None:
    pc = Linux()
    assert excel_way(pc).state == "not here"
    pc.system = "Darwin"
    assert "mbr-xl lite" in excel_way(pc).findings[0].how


def test_libreoffice_in_order() -> None:
    way = calc_way(Linux())
    assert way.state == "ready"
    assert [finding.text for finding in way.findings] == [
        f"LibreOffice is here: {UNOPKG}", "Its Python is 3.12.", f"The add-in of mbr_xl {__version__} is installed.",
    ]  # fmt: skip


def test_libreoffice_and_what_it_may_lack() -> None:
    pc = Linux()
    pc.files.pop("/usr/lib/libreoffice/program/libpyuno.so")
    assert "python3-uno" in to_do(calc_way(pc))[0].how
    pc = Linux()
    pc.files["/usr/lib/libreoffice/program/libpyuno.so"] = b"libpython3.10.so"
    assert to_do(calc_way(pc))[0].text == "Its Python is 3.10, and the functions need 3.11 or later."
    pc = Linux()
    pc.says = "Identifier: com.example.other\n  Version: 9.9\n"
    assert to_do(calc_way(pc))[0].how == "mbr-xl addin install --for libreoffice"
    pc.says = "Identifier: org.mbrxl.addin\n  Version: 0.0.9\n"
    assert "of mbr_xl 0.0.9" in to_do(calc_way(pc))[0].text
    pc.says = None
    assert "Close all its windows" in to_do(calc_way(pc))[0].how
    pc.root = True
    assert "as the user" in to_do(calc_way(pc))[0].how
    pc.files.clear()
    assert calc_way(pc).state == "not here"


@pytest.mark.parametrize(
    ("system", "file", "version"),
    [
        ("Windows", r"C:\Program Files\LibreOffice\program\python-core-3.11.13", "3.11"),
        ("Windows", r"C:\Program Files\LibreOffice\program\python312.dll", "3.12"),
        ("Darwin", "/Applications/LibreOffice.app/Contents/Frameworks/LibreOfficePython.framework/Versions/3.12",
         "3.12"),
    ],
)  # fmt: skip
def test_the_python_that_libreoffice_brings(system: str, file: str, version: str) -> None:
    pc = Linux()
    pc.system = system
    unopkg = {
        "Windows": r"C:\Program Files\LibreOffice\program\unopkg.com",
        "Darwin": "/Applications/LibreOffice.app/Contents/MacOS/unopkg",
    }[system]
    pc.files, pc.programs = {unopkg: b"", file: b""}, {}
    assert f"Its Python is {version}." in [finding.text for finding in calc_way(pc).findings]


def test_the_exit_code_and_the_words(capsys: pytest.CaptureFixture[str]) -> None:
    pc = Computer()  # without LibreOffice, which is not missed
    assert report(diagnose(pc), as_json=False) == 0
    said = capsys.readouterr().out
    assert "Excel for Windows, by the add-in: READY\n  ok    Excel 16.0" in said
    assert "LibreOffice Calc: NOT HERE" in said
    assert "37,500" in said
    assert report([calc_way(pc)], as_json=False) == 1, "asked for alone, it is missed"
    no_addin(pc)
    assert report(diagnose(pc), as_json=False) == 1
    assert "  DO    The add-in is not installed.\n        mbr-xl addin install\n" in capsys.readouterr().out


def test_this_very_computer_can_be_asked() -> None:
    machine = Machine()
    assert [way.key for way in diagnose(machine)] == ["excel", "lite", "libreoffice"]
    assert machine.version("mbr-xl") == __version__
    assert machine.version("no-such-package-here") is None
    assert machine.package_folder("mbr_udfs")
    assert machine.package_folder("no_such_package_here") is None
    assert machine.read(machine.path(sys.executable), 4)
    assert machine.read(machine.path("/no/such/file")) is None
    assert machine.folder(machine.path("/no/such/folder")) == []
    assert machine.run([sys.executable, "-c", "print(1)"]) == "1\n"
    assert machine.run([sys.executable, "-c", "raise SystemExit(3)"]) is None
    assert machine.run(["/no/such/program"]) is None
