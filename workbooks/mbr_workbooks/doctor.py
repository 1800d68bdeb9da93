"""What each way into a cell still lacks on this computer, and what to do about it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath
from typing import Literal

from mbr_udfs.calc import IDENTIFIER
from mbr_workbooks.addin import calc_addin_listed, unopkg
from mbr_workbooks.machine import Excel, Machine
from mbr_workbooks.xlam import EXCEL_FILE, AddIn, read_addin
from mbr_xl import __version__

State = Literal["ready", "to do", "not here", "not known"]
OLDEST_PYTHON = (3, 11)
OLDEST_EXCEL = 16  # Excel 2016; 2019, 2021, 2024 and Microsoft 365 have the same number
OLDEST_LITE = 2021
XLWINGS = "xlwings>=0.37,<1"
INSTALL = "mbr-xl addin install"
_SECURITY = ("HKCU", r"Software\Policies\Microsoft\Office\{}\Excel\Security"), (
    "HKCU", r"Software\Microsoft\Office\{}\Excel\Security",
)  # fmt: skip
_LOCATIONS = 30  # trusted locations are numbered; Excel has five or six of its own


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: in order, worth knowing, or to be done, and then how."""

    state: Literal["ok", "note", "do"]
    text: str
    how: str = ""


@dataclass(frozen=True)
class Way:
    """One way into a cell; it is not here where the system or the program is not, and None where that is not known."""

    key: str
    name: str
    here: bool | None
    findings: tuple[Finding, ...]

    @property
    def state(self) -> State:
        if not self.here:
            return "not known" if self.here is None else "not here"
        return "to do" if any(finding.state == "do" for finding in self.findings) else "ready"


def diagnose(machine: Machine) -> list[Way]:
    """Every way, looked at on this computer."""
    return [look(machine) for look in WAYS.values()]


def excel_way(machine: Machine) -> Way:
    """The add-in of Excel for Windows."""

    def way(here: bool, *findings: Finding) -> Way:
        return Way("excel", "Excel for Windows, by the add-in", here, findings)

    if machine.system != "Windows":
        elsewhere = "xlwings Lite brings the functions into Excel on a Mac and in the browser: mbr-xl lite --help"
        return way(False, Finding("note", "The add-in needs Excel for Windows, and this is another system.", elsewhere))
    excel = machine.excel()
    if excel is None:
        how = "Install the desktop Excel of Microsoft 365, or Excel 2016 or later; or use xlwings Lite in the browser."
        return way(False, Finding("note", "Excel is not installed on this computer.", how))
    version = machine.version("xlwings")
    file, installed = installed_addin(machine)
    python = machine.path(installed.python) if installed and installed.python else machine.interpreter()
    found = [_excel(excel), *_python(machine, excel), *_xlwings(machine, version)]
    if version:
        found += _dll(machine, excel, python, version)
    return way(True, *found, *_addin(machine, file, installed, version), *_trust(machine, excel))


def lite_way(machine: Machine) -> Way:
    """xlwings Lite needs an Excel that can run it; whether it is in that Excel, or in the browser's, is not seen."""

    def way(here: bool | None, *findings: Finding) -> Way:
        return Way("lite", "Excel, by xlwings Lite", here, findings)

    start = 'In Excel: Home, Add-ins, search "xlwings Lite", Add. Then open the workbook that this makes: mbr-xl lite'
    needs = "It needs the internet and Excel of Microsoft 365, 2021 or later, or Excel in the browser, which is free"
    unseen = Finding("note", "Not looked at: whether xlwings Lite was added to Excel, which only Excel shows.", start)
    excel = machine.excel() if machine.system == "Windows" else None
    version = machine.mac_excel() if machine.system == "Darwin" else excel.version if excel else None
    if version is None:
        none = "This computer has no Excel that is seen from here"
        if machine.system not in ("Windows", "Darwin"):
            none = "Excel for the desktop is not made for this system"
        return way(None, Finding("note", f"{none}; Excel in the browser is not looked at. {needs}.", start))
    years = _years(machine.office()) if machine.system == "Windows" else []
    if _is_old(version) or (years and max(years) < OLDEST_LITE):
        named = f"Excel {version if _is_old(version) else max(years)}"
        how = "Use Excel in the browser for it, which is free, or Excel of Microsoft 365 or 2024."
        return way(False, Finding("note", f"{named} cannot run it. {needs}.", how))
    if not years:
        which = f"Excel {version or 'of an unknown version'} is here; which edition it is, is not seen. {needs}."
        return way(None, Finding("note", which, "In Excel: File, Account names the edition."), unseen)
    return way(True, Finding("ok", f"The Excel that is here can run it: {machine.office()}. {needs}."), unseen)


def calc_way(machine: Machine) -> Way:
    """The add-in of LibreOffice Calc."""
    key, name = "libreoffice", "LibreOffice Calc"
    program = unopkg(machine)
    if program is None:
        how = "Install LibreOffice from libreoffice.org."
        return Way(key, name, False, (Finding("note", "LibreOffice is not found on this computer.", how),))
    found = [Finding("ok", f"LibreOffice is here: {program}")]
    python = calc_python(machine, machine.path(program).parent)
    if python is None:
        how = "Linux: install the package python3-uno. Elsewhere: install LibreOffice anew from libreoffice.org."
        found.append(Finding("do", "Its Python, in which the functions run, is not found.", how))
    elif python < OLDEST_PYTHON:
        how = "Install LibreOffice 25.8 or later from libreoffice.org; on Linux, a newer release of the system."
        found.append(Finding("do", f"Its Python is {_dotted(python)}, and the functions need 3.11 or later.", how))
    else:
        found.append(Finding("ok", f"Its Python is {_dotted(python)}."))
    return Way(key, name, True, (*found, _calc_addin(machine, program)))


WAYS: dict[str, Callable[[Machine], Way]] = {"excel": excel_way, "lite": lite_way, "libreoffice": calc_way}


def installed_addin(machine: Machine) -> tuple[PurePath | None, AddIn | None]:
    """The add-in's file in Excel's startup folder, and what it says of itself; (file, None) where it is not ours."""
    folder = machine.startup()
    file = folder / EXCEL_FILE if folder else None
    content = machine.read(file) if file else None
    return (file, read_addin(content)) if content is not None else (None, None)


def calc_python(machine: Machine, program: PurePath) -> tuple[int, int] | None:
    """The version of the Python that LibreOffice brings or is bound to, read off the files of its program folder."""
    frameworks = program.parent / "Frameworks" / "LibreOfficePython.framework" / "Versions"
    names = [*machine.folder(program), *machine.folder(frameworks)]
    for name in names:  # Windows, then a Mac
        if match := re.fullmatch(r"python-core-(3)\.(\d+)[.\d]*|python(3)(\d+)\.dll|(3)\.(\d+)", name):
            major, minor = (part for part in match.groups() if part is not None)
            return int(major), int(minor)
    bound = re.search(rb"libpython(3)\.(\d+)", machine.read(program / "libpyuno.so") or b"")
    return (int(bound[1]), int(bound[2])) if bound else None


def _excel(excel: Excel) -> Finding:
    if excel.from_store:
        how = "Uninstall it and install Office from office.com; or use xlwings Lite."
        return Finding("do", "Excel is the edition of the Microsoft Store, which cannot start Python.", how)
    if _is_old(excel.version):
        how = "Install the desktop Excel of Microsoft 365, or Excel 2016 or later; or use xlwings Lite in the browser."
        return Finding("do", f"Excel {excel.version} is older than Excel 2016, which is 16.0: {excel.path}", how)
    bits = f"{excel.bits}-bit" if excel.bits else "32 or 64 bits is not known"
    return Finding("ok", f"Excel {excel.version or 'of an unknown version'}, {bits}: {excel.path}")


def _is_old(version: str) -> bool:
    first = version.partition(".")[0]
    return first.isdigit() and int(first) < OLDEST_EXCEL


def _years(editions: str) -> list[int]:
    """The years of the editions of Office that have Excel, Microsoft 365 as the newest; none for an edition of 2016,
    whose name has no year.
    """
    other = re.compile(r"Visio|Project|Access|Word|PowerPoint|Outlook|Publisher|OneNote|Skype", re.IGNORECASE)
    suites = [edition.strip() for edition in editions.split(",") if not other.match(edition.strip())]
    return [9999 for suite in suites if suite.startswith("O365")] + [
        int(year) for suite in suites for year in re.findall(r"20\d\d", suite)
    ]


def _python(machine: Machine, excel: Excel) -> list[Finding]:
    about = f"Python {_dotted(machine.python)}, {machine.python_bits}-bit: {machine.executable}"
    if any("\\windowsapps\\" in f"{path.lower()}\\" for path in (machine.executable, machine.base)):
        how = "Install Python from python.org, and mbr-xl with it."
        return [Finding("do", "Python is the edition of the Microsoft Store, which Excel cannot start.", how)]
    if excel.bits and excel.bits != machine.python_bits:
        return [Finding("ok", f"{about}. Excel has {excel.bits}: they may differ, since Python runs beside Excel.")]
    return [Finding("ok", about)]


def _xlwings(machine: Machine, version: str | None) -> list[Finding]:
    how = f'pip install "{XLWINGS}"'
    if version is None:
        return [Finding("do", "xlwings, which connects Excel and Python, is not installed.", how)]
    numbers = [int(part) for part in re.findall(r"\d+", version)[:2]]
    if not [0, 37] <= numbers < [1, 0]:
        return [Finding("do", f"xlwings {version} is not supported.", f"{how}, then {INSTALL}")]
    if machine.version("pywin32") is None:
        return [Finding("do", "pywin32, by which xlwings speaks to Excel, is not installed.", "pip install pywin32")]
    return [Finding("ok", f"xlwings {version}")]


def _dll(machine: Machine, excel: Excel, python: PurePath, version: str) -> list[Finding]:
    """Excel loads xlwings' DLL of its own bitness from Python's folder, or from the one above in a venv."""
    missing = []
    for bits in [excel.bits] if excel.bits else [32, 64]:
        name = f"xlwings{bits}-{version}.dll"
        if not any(machine.exists(folder / name) for folder in (python.parent, python.parent.parent)):
            missing.append(name)
    how = f"pip install --force-reinstall xlwings=={version}, then {INSTALL}"
    return [Finding("do", f"{name} is not beside {python}.", how) for name in missing]


def _addin(machine: Machine, file: PurePath | None, installed: AddIn | None, version: str | None) -> list[Finding]:
    if file is None:
        return [Finding("do", "The add-in is not installed.", INSTALL)]
    if installed is None:
        how = f"Move that file away, then {INSTALL}"
        return [Finding("do", f"{file} is not the add-in of mbr_xl, or is damaged.", how)]
    found = []
    again = f"Close Excel, then {INSTALL}"
    if version and installed.xlwings != version:
        text = (
            f"The add-in is made for xlwings {installed.xlwings}, and {version} is installed: it cannot load its DLL."
        )
        found.append(Finding("do", text, again))
    if installed.version != __version__:
        found.append(Finding("do", f"The add-in is of mbr_xl {installed.version}, and {__version__} is here.", again))
    if installed.python and not machine.exists(machine.path(installed.python)):
        found.append(Finding("do", f"The add-in calls {installed.python}, which is not there any more.", again))
    elif installed.python and installed.python.lower() != str(machine.interpreter()).lower():
        found.append(Finding("note", f"The add-in calls another Python than this one: {installed.python}.", again))
    if machine.has_web_mark(file):
        how = f"Close Excel, then {INSTALL}; or in its Properties tick Unblock."
        found.append(Finding("do", "Windows marked the add-in as from the internet, so Excel may block it.", how))
    return found or [Finding("ok", f"The add-in of mbr_xl {installed.version} for xlwings {installed.xlwings}: {file}")]


def _trust(machine: Machine, excel: Excel) -> list[Finding]:
    """Whether Excel lets an unsigned add-in of its startup folder run, which it does as it comes."""
    version = excel.version or "16.0"
    keys = [(hive, key.format(version)) for hive, key in _SECURITY]

    def is_set(name: str, below: str = "") -> bool:
        return any(machine.registry(hive, f"{key}{below}", name) == 1 for hive, key in keys)

    center = "File, Options, Trust Center, Trust Center Settings"
    if is_set("DisableAllAddins"):
        how = f"{center}, Add-ins: clear Disable all Application Add-ins. If it is gray, ask whoever runs the computer."
        return [Finding("do", "Excel is set to disable all add-ins.", how)]
    if is_set("RequireAddinSig"):
        how = (
            f"{center}, Add-ins: clear Require Application Add-ins to be signed, or sign the add-in. If gray, as above."
        )
        return [Finding("do", "Excel is set to run signed add-ins alone, and this one is not signed.", how)]
    if is_set("AllLocationsDisabled", r"\Trusted Locations"):
        how = f"{center}, Trusted Locations: clear Disable all Trusted Locations. If it is gray, ask as above."
        return [Finding("do", "Excel is set to trust no folder, so the add-in's macros may not run.", how)]
    startup, home = machine.startup(), machine.env("APPDATA") or ""
    listed = [
        str(path).lower().replace("%appdata%", home.lower()).rstrip("\\")
        for hive, key in keys
        for number in range(_LOCATIONS)
        if (path := machine.registry(hive, rf"{key}\Trusted Locations\Location{number}", "Path"))
    ]
    if startup and listed and str(startup).lower() not in listed:
        how = f"If Excel says that macros are blocked: {center}, Trusted Locations, add {startup}"
        return [Finding("note", "Excel's startup folder is not among its trusted locations.", how)]
    return [Finding("ok", "Excel's settings let an add-in of its startup folder run.")]


def _calc_addin(machine: Machine, program: str) -> Finding:
    install = f"{INSTALL} --for libreoffice"
    if machine.is_root():
        return Finding("do", "LibreOffice refuses add-ins for root.", "Run this as the user who works in LibreOffice.")
    listed = machine.run([program, "list"])
    if listed is None:
        return Finding("do", "LibreOffice does not say which add-ins it has.", "Close all its windows and ask again.")
    version = calc_addin_listed(listed)
    if not version:
        return Finding("do", f"The add-in ({IDENTIFIER}) is not installed.", install)
    if version != __version__:
        return Finding("do", f"The add-in is of mbr_xl {version}, and {__version__} is here.", install)
    return Finding("ok", f"The add-in of mbr_xl {version} is installed.")


def _dotted(version: tuple[int, ...]) -> str:
    return ".".join(map(str, version))
