"""Every file that is no planner gets one sentence and a non-zero exit code, never a traceback."""

from __future__ import annotations

import io
import os
import stat
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from mbr_workbooks import package
from mbr_workbooks.cli import BAD_INPUT, run
from mbr_workbooks.package import Package
from mbr_xl.errors import InputError
from tests.small_planner import household, write_small_planner

LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "'
    + b"lol" * 1000
    + b'">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + i, b"&%c;" % (97 + i) * 100) for i in range(6))
    + b"]><workbook>&g;</workbook>"
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.fixture(scope="module")
def planner(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return write_small_planner(tmp_path_factory.mktemp("good") / "planner.xlsx", household()).read_bytes()


def changed(content: bytes, parts: dict[str, bytes | None]) -> bytes:
    """The zip archive with some parts replaced, added, or (None) left out."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, part in parts.items():
            if part is not None:
                new.writestr(name, part)
    return held.getvalue()


def foreign(_: bytes) -> bytes:
    held = io.BytesIO()
    with xlsxwriter.Workbook(held) as book:
        book.add_worksheet().write(0, 0, "Household budget")
    return held.getvalue()


def twice(content: bytes) -> bytes:
    held = io.BytesIO(content)
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(held, "a") as archive:
        archive.writestr("xl/workbook.xml", "again")
    return held.getvalue()


def macros(content: bytes) -> bytes:
    types = zipfile.ZipFile(io.BytesIO(content)).read("[Content_Types].xml")
    main = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    return changed(
        content,
        {
            "[Content_Types].xml": types.replace(main, b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"),
            "xl/vbaProject.bin": OLE,
        },
    )


def lying_size(content: bytes) -> bytes:
    """A part whose header claims fewer bytes than it unpacks to, as in a zip bomb."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        info = max(archive.infolist(), key=lambda item: item.file_size)
    return content.replace(
        struct.pack("<II", info.compress_size, info.file_size), struct.pack("<II", info.compress_size, 9)
    )


def flipped(content: bytes) -> bytes:
    middle = len(content) // 3
    return content[:middle] + bytes(byte ^ 0xFF for byte in content[middle : middle + 40]) + content[middle + 40 :]


def without_names(content: bytes) -> bytes:
    book = zipfile.ZipFile(io.BytesIO(content)).read("xl/workbook.xml")
    return changed(content, {"xl/workbook.xml": book.replace(b'name="tax_year"', b'name="some_year"')})


FILES: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "empty.xlsx": (lambda _: b"", "is empty"),
    "cut.xlsx": (lambda content: content[: len(content) // 2], "damaged or cut short"),
    "tail.xlsx": (lambda content: content[len(content) // 2 :], "is not a workbook"),
    "flipped.xlsx": (flipped, "damaged"),
    "twice.xlsx": (twice, "one of its parts twice"),
    "lying.xlsx": (lying_size, "damaged"),
    "locked.xlsx": (lambda _: OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "password"),
    "old.xls": (lambda _: OLE + b"\0" * 600 + "Workbook".encode("utf-16-le"), "old Excel format"),
    "macros.xlsm": (macros, "holds macros"),
    "renamed-macros.xlsx": (macros, "holds macros"),
    "binary.xlsb": (lambda content: changed(content, {"xl/workbook.xml": None, "xl/workbook.bin": b"x"}), ".xlsb"),
    "calc.ods": (
        lambda content: changed(content, {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}),
        "OpenDocument",
    ),
    "table.xlsx": (lambda _: b"date,amount\n2026-01-02,100\n", "plain text"),
    "page.xlsx": (lambda _: b"<html><table><tr><td>1</td></tr></table></html>", "web page"),
    "paper.xlsx": (lambda _: b"%PDF-1.7 \0", "PDF"),
    "noise.xlsx": (lambda _: bytes(range(256)) * 4, "is not a workbook"),
    "letter.xlsx": (lambda content: changed(content, {"word/document.xml": b"<x/>"}), "Word"),
    "archive.xlsx": (lambda content: changed(content, {"xl/workbook.xml": None}), "not an Excel workbook"),
    "broken-xml.xlsx": (lambda content: changed(content, {"xl/workbook.xml": b"<workbook><sheets>"}), "damaged"),
    "entities.xlsx": (lambda content: changed(content, {"xl/workbook.xml": LAUGHS}), "damaged"),
    "broken-sheet.xlsx": (lambda content: changed(content, {"xl/worksheets/sheet2.xml": b"<worksheet><c"}), "damaged"),
    "no-sheet.xlsx": (lambda content: changed(content, {"xl/worksheets/sheet2.xml": None}), "damaged"),
    "budget.xlsx": (foreign, "not an mbr_xl planner"),
    "no-year.xlsx": (without_names, "no cell named tax_year"),
    "~$planner.xlsx": (lambda _: b"\0" * 165, "mark that a workbook is open"),
}


@pytest.mark.parametrize("name", FILES)
def test_one_sentence(name: str, planner: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make, words = FILES[name]
    file = tmp_path / name
    file.write_bytes(make(planner))
    for command in (["check", str(file)], ["handoff", str(file), str(tmp_path / "out.xlsx")]):
        assert run(command) == BAD_INPUT
        said = capsys.readouterr()
        assert words in said.err
        assert said.err.count("\n") == 1
        assert not said.out
    assert not (tmp_path / "out.xlsx").exists()


def test_missing_and_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", str(tmp_path / "none.xlsx")]) == BAD_INPUT
    assert "There is no file" in capsys.readouterr().err
    assert run(["check", str(tmp_path)]) == BAD_INPUT
    assert "is a folder" in capsys.readouterr().err


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="file permissions do not bind this user")
def test_unreadable(tmp_path: Path, planner: bytes) -> None:
    file = tmp_path / "mine.xlsx"
    file.write_bytes(planner)
    file.chmod(stat.S_IWUSR)
    with pytest.raises(InputError, match="may not read it"):
        Package(file)


def test_too_large_packed(tmp_path: Path, planner: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "large.xlsx"
    file.write_bytes(planner)
    monkeypatch.setattr(package, "MOST_PACKED", 1000)
    with pytest.raises(InputError, match="too large"):
        Package(file)


def test_too_large_unpacked(tmp_path: Path, planner: bytes) -> None:
    file = tmp_path / "bomb.xlsx"
    file.write_bytes(changed(planner, {"xl/media/zeros.bin": b"\0" * (package.MOST_UNPACKED + 1)}))
    assert file.stat().st_size < package.MOST_PACKED
    with pytest.raises(InputError, match="unpacked it is 25"):
        Package(file)


def test_open_in_another_program_is_noted(tmp_path: Path, planner: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "planner.xlsx"
    file.write_bytes(planner)
    (tmp_path / "~$planner.xlsx").write_bytes(b"\0")
    assert run(["check", str(file)]) == 0
    assert "last saved version" in capsys.readouterr().out


def test_unexpected_faults_have_no_traceback(
    tmp_path: Path, planner: bytes, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fault(_: Path) -> None:
        raise RuntimeError("boom\nmore")

    monkeypatch.setattr("mbr_workbooks.check.read_planner", fault)
    file = tmp_path / "planner.xlsx"
    file.write_bytes(planner)
    assert run(["check", str(file)]) == 3
    said = capsys.readouterr().err
    assert "boom" in said
    assert "--debug" in said
    assert "Traceback" not in said
    with pytest.raises(RuntimeError, match="boom"):
        run(["--debug", "check", str(file)])
