"""Is this file an .xlsx that may be opened, and what are its parts? One sentence for each way in which it is not."""

from __future__ import annotations

import io
import os
import re
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from mbr_xl.errors import InputError

MOST_PACKED = 25 * 1024 * 1024
MOST_UNPACKED = 250 * 1024 * 1024
MOST_PARTS = 5_000
ADDED = (2026, 1, 1, 0, 0, 0)  # the date of every part that is added: the same file each time

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_MACRO_SHEETS = ("xl/macrosheets/", "xl/intlmacrosheets/")  # macros of Excel 4, which run without a vbaProject
_SAVE_AS = "save it as an Excel workbook (.xlsx)"


class Package:
    """The parts of one .xlsx in their order; parts that are not replaced keep every byte.

    Raises InputError with one sentence where the file is missing, damaged, protected or of another kind.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.original = _whole(path)
        self._infos, self._parts = _parts_of(path, self.original)

    @classmethod
    def of(cls, path: Path, content: bytes) -> Package:
        """The parts of a workbook held in memory; `path` names it in sentences."""
        self = cls.__new__(cls)
        self.path, self.original = path, content
        self._infos, self._parts = _parts_of(path, content)
        return self

    def __contains__(self, name: str) -> bool:
        return name in self._parts

    def __iter__(self) -> Iterator[str]:
        return iter(tuple(self._parts))

    def __getitem__(self, name: str) -> bytes:
        return self._parts[name]

    def __setitem__(self, name: str, content: bytes) -> None:
        if name not in self._parts:
            raise KeyError(name)
        self._parts[name] = content

    def add(self, name: str, content: bytes) -> None:
        """A new part behind the others; its content type and the relationship to it are the caller's."""
        if name in self._parts:
            raise KeyError(name)
        self._infos[name] = zipfile.ZipInfo(name, ADDED)
        self._parts[name] = content

    def drop(self, name: str) -> None:
        """Takes a part out, with its relationships, its content type and every relationship that leads to it."""
        folder, _, file = name.rpartition("/")
        self._parts.pop(f"{folder}/_rels/{file}.rels", None)
        del self._parts[name]
        self._parts["[Content_Types].xml"] = _without_part(self._parts["[Content_Types].xml"], name)
        for rels in [part for part in self._parts if part.endswith(".rels")]:
            self._parts[rels] = _without_target(rels, self._parts[rels], name)

    def to_bytes(self) -> bytes:
        """The workbook as one zip archive, parts in their old order."""
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in self._parts.items():
                archive.writestr(self._infos[name], content, compress_type=zipfile.ZIP_DEFLATED)
        return held.getvalue()


def write_whole(path: Path, content: bytes) -> None:
    """Writes a file under a temporary name beside it and then renames it: it is never half written.

    Raises InputError where it cannot be written, or would replace one that is open.
    """
    if path.exists():
        expect_closed(path)
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.stem}-", suffix=".part", dir=path.parent)
    except FileNotFoundError:
        raise InputError(f"There is no folder {path.parent} to write {path.name} into.") from None
    except OSError as problem:
        raise InputError(f"The folder {path.parent} cannot be written to ({reason(problem)}).") from None
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        umask = os.umask(0)
        os.umask(umask)
        os.chmod(name, 0o666 & ~umask)
        os.replace(name, path)
    except OSError as problem:
        Path(name).unlink(missing_ok=True)
        raise InputError(f"{path} cannot be written ({reason(problem)}): close it where it is open.") from None


def backup_name(path: Path) -> Path:
    """A name beside a file that is not taken: NAME.bak.xlsx, NAME.bak2.xlsx."""
    number = 1
    while (name := path.with_name(f"{path.stem}.bak{number if number > 1 else ''}{path.suffix}")).exists():
        number += 1
    return name


def reason(problem: OSError) -> str:
    """What the operating system says, in lower case and without the file's name."""
    return (problem.strerror or "no reason given").lower()


def open_elsewhere(path: Path) -> Path | None:
    """The mark beside a file by which Excel or LibreOffice says that it is open there; None where there is none."""
    marks = (path.parent / f"~${path.name}", path.parent / f".~lock.{path.name}#")
    return next((mark for mark in marks if mark.exists()), None)


def expect_closed(path: Path) -> None:
    """Raises InputError where a file that is to be replaced is open in Excel or LibreOffice: its next save there would
    undo the change."""
    mark = open_elsewhere(path)
    if mark is not None:
        program = "Excel" if mark.name.startswith("~$") else "LibreOffice"
        raise InputError(
            f"{path} is open in {program}, so it is not replaced: close it there and try again; if it is open nowhere, "
            f"delete {mark.name} beside it."
        )


def _whole(path: Path) -> bytes:
    if path.name.startswith(("~$", ".~lock.")):
        raise InputError(f"{path} is the mark that a workbook is open, not the workbook: give the file without it.")
    if path.parts[:1] in (("https:",), ("http:",)):
        raise InputError(f"{path} is a web address: save the workbook to a folder and give that file.")
    try:
        if path.is_dir():
            raise InputError(f"{path} is a folder: give a workbook (.xlsx).")
        size = path.stat().st_size
        if size == 0:
            raise InputError(f"{path} is empty: it holds no bytes at all.")
        if size > MOST_PACKED:
            raise InputError(f"{path} is too large: {size / 2**20:,.0f} MB, and at most 25 MB are read.")
        return path.read_bytes()
    except FileNotFoundError:
        raise InputError(f"There is no file {path}.") from None
    except PermissionError:
        raise InputError(f"{path} cannot be opened: another program holds it, or you may not read it.") from None
    except OSError as problem:
        raise InputError(f"{path} cannot be read ({reason(problem)}).") from None


def _parts_of(path: Path, content: bytes) -> tuple[dict[str, zipfile.ZipInfo], dict[str, bytes]]:
    if not content.startswith(_ZIP):
        raise InputError(_not_zip(path, content))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            listed = [info for info in archive.infolist() if not info.is_dir()]
            infos = {info.filename: info for info in listed}
            unpacked = sum(info.file_size for info in listed)
            if unpacked > MOST_UNPACKED or len(listed) > MOST_PARTS:
                size = f"{unpacked / 2**20:,.0f} MB in {len(listed):,} parts"
                raise InputError(f"{path} is too large: unpacked it is {size}, and at most 250 MB are read.")
            if any(info.flag_bits & 1 for info in listed):
                raise InputError(f"{path} is protected by a password: remove the password and save it again.")
            if len(infos) != len(listed):
                raise InputError(f"{path} is damaged: it holds one of its parts twice.")
            _expect_xlsx(path, infos, archive)
            # Reading a part checks its length and its checksum, so a header that lies about either is refused here.
            return infos, {name: archive.read(info) for name, info in infos.items()}
    except (zipfile.BadZipFile, EOFError, zlib.error, NotImplementedError, OSError, UnicodeError, struct.error):
        raise InputError(f"{path} is damaged or cut short: it is not a whole workbook.") from None


def _not_zip(path: Path, content: bytes) -> str:
    head = content[:4096]
    if head.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            return f"{path} is protected by a password: remove the password in Excel and save it again."
        return f"{path} is in the old Excel format (.xls) or another old Office format: {_SAVE_AS}."
    if head.lstrip().lower().startswith((b"<!doctype html", b"<html", b"<?xml", b"<table")):
        return f"{path} is a web page or XML under another name, not a workbook: open it in Excel and {_SAVE_AS}."
    if head.startswith(b"%PDF"):
        return f"{path} is a PDF, not a workbook."
    if b"\0" not in head or head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return f"{path} is plain text (such as CSV), not a workbook: open it in Excel and {_SAVE_AS}."
    return f"{path} is not a workbook, or it is damaged."


def _expect_xlsx(path: Path, infos: Mapping[str, zipfile.ZipInfo], archive: zipfile.ZipFile) -> None:
    if "mimetype" in infos and b"opendocument" in archive.read("mimetype"):
        raise InputError(f"{path} is an OpenDocument file (.ods): {_SAVE_AS}.")
    if "xl/workbook.bin" in infos:
        raise InputError(f"{path} is a binary workbook (.xlsb): {_SAVE_AS}.")
    if "word/document.xml" in infos or "ppt/presentation.xml" in infos:
        raise InputError(f"{path} is a Word or PowerPoint file, not a workbook.")
    if "[Content_Types].xml" not in infos or "xl/workbook.xml" not in infos:
        raise InputError(f"{path} is a zip archive, but not an Excel workbook.")
    types = archive.read("[Content_Types].xml")
    macros = any(name.endswith("vbaProject.bin") or name.startswith(_MACRO_SHEETS) for name in infos)
    if macros or b"macroEnabled" in types:
        raise InputError(f"{path} holds macros (.xlsm); a planner has none, and none are run or passed on: {_SAVE_AS}.")
    if b"http://purl.oclc.org/ooxml" in archive.read("xl/workbook.xml"):
        raise InputError(f"{path} is a Strict Open XML workbook: {_SAVE_AS}.")


def _without_part(types: bytes, name: str) -> bytes:
    part = re.escape(f"/{name}".encode())
    return re.sub(rb"<Override\b[^>]*PartName=[\"']" + part + rb"[\"'][^>]*?(/>|>\s*</Override>)", b"", types)


def _without_target(rels: str, content: bytes, name: str) -> bytes:
    folder = rels.rpartition("_rels/")[0]

    def keep(found: re.Match[bytes]) -> bytes:
        target = re.search(rb"\bTarget=[\"']([^\"']*)[\"']", found[0])
        external = b'TargetMode="External"' in found[0]
        return b"" if target and not external and resolve(folder, target[1].decode()) == name else found[0]

    return re.sub(rb"<Relationship\b[^>]*?(?:/>|>\s*</Relationship>)", keep, content)


def resolve(folder: str, target: str) -> str:
    """The part that a relationship target names, seen from a folder of the package ("xl/")."""
    return target[1:] if target.startswith("/") else os.path.normpath(folder + target).replace(os.sep, "/")
