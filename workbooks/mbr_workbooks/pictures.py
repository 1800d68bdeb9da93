"""Pictures of a workbook's sheets, as LibreOffice prints them: one PNG a sheet, of its first page."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from mbr_workbooks.package import Package, write_whole
from mbr_workbooks.sheet_xml import sheets_of
from mbr_xl.errors import InputError

PROGRAMS = ("soffice", "pdftoppm")
SECONDS = 240
DOTS_PER_INCH = 96


def missing_programs() -> list[str]:
    """Which of the programs that pictures need are not installed here."""
    return [program for program in PROGRAMS if shutil.which(program) is None]


def pictures(path: Path, folder: Path, say: Callable[[str], None] = lambda _: None) -> list[Path]:
    """Writes NAME-SHEET.png for every visible sheet into `folder`; raises InputError where a program is missing."""
    missing = missing_programs()
    if missing:
        raise InputError(f"Pictures need {' and '.join(missing)}, which is not installed here.")
    folder.mkdir(parents=True, exist_ok=True)
    package = Package(path)
    names = [sheet.name for sheet in sheets_of(package) if not sheet.hidden]
    with tempfile.TemporaryDirectory() as work:
        alone = [Path(work) / f"{_file_name(path, name)}.xlsx" for name in names]
        for i, file in enumerate(alone):
            write_whole(file, _only_sheet(path, package.original, i))
        say(f"LibreOffice prints {len(names)} sheets of {path.name}")
        _to_pdf(alone, Path(work))
        return [_to_png(file.with_suffix(".pdf"), folder / f"{file.stem}.png") for file in alone]


def _file_name(path: Path, sheet: str) -> str:
    return f"{path.stem}-{re.sub(r'[^a-z0-9]+', '-', sheet.lower()).strip('-')}"


def _only_sheet(path: Path, content: bytes, keep: int) -> bytes:
    """The workbook with every other sheet hidden and without a print area: those LibreOffice leaves out of a PDF."""
    package = Package.of(path, content)
    number = iter(range(10_000))

    def state(found: re.Match[bytes]) -> bytes:
        plain = re.sub(rb'\s+state="\w+"', b"", found[0])
        return plain if next(number) == keep else plain.replace(b"<sheet ", b'<sheet state="hidden" ')

    book = re.sub(rb"<sheet [^>]*/>", state, package["xl/workbook.xml"])
    area = rb'<definedName\b(?=[^>]*name="_xlnm\.Print_Area")(?![^>]*localSheetId="%d")[^>]*>[^<]*</definedName>' % keep
    book = re.sub(area, b"", book)
    book = re.sub(rb'\s(?:activeTab|firstSheet)="\d+"', b"", book)
    package["xl/workbook.xml"] = book.replace(b"<workbookView ", b'<workbookView activeTab="%d" ' % keep)
    part = sheets_of(package)[keep].part
    package[part] = package[part].replace(b"&amp;F", path.name.encode())  # a footer shows the real name
    return package.to_bytes()


def _to_pdf(files: Sequence[Path], work: Path) -> None:
    """One soffice in a profile of its own; it reports no failure, so that the output decides."""
    command = [
        "soffice", f"-env:UserInstallation={(work / 'profile').as_uri()}", "--headless", "--norestore", "--nologo",
        "--convert-to", "pdf", "--outdir", str(work), *map(str, files),
    ]  # fmt: skip
    _run(command)
    for file in files:
        if not file.with_suffix(".pdf").exists():
            raise InputError(f"LibreOffice made no PDF of {file.stem}.")


def _to_png(pdf: Path, picture: Path) -> Path:
    target = pdf.with_suffix("")
    _run(["pdftoppm", "-png", "-r", str(DOTS_PER_INCH), "-f", "1", "-l", "1", "-singlefile", str(pdf), str(target)])
    made = target.with_suffix(".png")
    if not made.exists():
        raise InputError(f"pdftoppm made no picture of {pdf.stem}.")
    write_whole(picture, made.read_bytes())
    return picture


def _run(command: Sequence[str]) -> None:
    try:
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise InputError(f"{command[0]} did not finish in {SECONDS} seconds.") from None
    except OSError as problem:
        raise InputError(f"{command[0]} cannot be started ({problem.strerror}).") from None
