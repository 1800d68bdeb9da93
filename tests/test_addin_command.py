"""`mbr-xl addin` and `mbr-xl doctor` as a person types them, and the installing on a stand-in of Windows."""

from __future__ import annotations

import importlib.util
import json
import sys
import zipfile
from pathlib import Path

import pytest

from mbr_workbooks.cli import BAD_INPUT, OK, run
from mbr_workbooks.machine import Machine
from mbr_workbooks.xlam import read_addin
from mbr_xl import __version__

Said = pytest.CaptureFixture[str]
needs_xlwings = pytest.mark.skipif(importlib.util.find_spec("xlwings") is None, reason="xlwings is not installed here")


@pytest.fixture
def windows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stand-in of Windows whose user's data lie in a folder of the test; that folder."""
    home = tmp_path / "Roaming"
    home.mkdir()

    class Windows(Machine):
        system = "Windows"

        def env(self, name: str) -> str | None:
            return str(home) if name == "APPDATA" else None

    monkeypatch.setattr("mbr_workbooks.machine.Machine", Windows)
    return home


def startup(home: Path) -> Path:
    return home / "Microsoft" / "Excel" / "XLSTART"


def test_help(capsys: Said) -> None:
    for command in (["addin"], ["addin", "build"], ["addin", "install"], ["addin", "remove"], ["addin", "status"],
                    ["addin", "intellisense"], ["doctor"]):  # fmt: skip
        assert run([*command, "--help"]) == OK
        said = capsys.readouterr().out
        assert command == ["addin"] or f"Example: mbr-xl {' '.join(command)}" in said


@needs_xlwings
def test_build_for_excel(tmp_path: Path, capsys: Said) -> None:
    file = tmp_path / "mine.xlam"
    assert run(["addin", "build", str(file.with_suffix(""))]) == OK
    assert capsys.readouterr().out == f"Wrote {file}\n"
    about = read_addin(file.read_bytes())
    assert about
    assert about.version == __version__
    assert about.python == ("" if sys.platform != "win32" else about.python)
    assert run(["addin", "build", str(file)]) == BAD_INPUT
    assert "exists already" in capsys.readouterr().err
    before = file.read_bytes()
    assert run(["addin", "build", str(file), "--force", "--json"]) == OK
    said = json.loads(capsys.readouterr().out)
    assert said == {"file": str(file), "kept": [str(tmp_path / "mine.bak.xlam")]}
    assert (tmp_path / "mine.bak.xlam").read_bytes() == before == file.read_bytes()
    assert run(["addin", "build", str(tmp_path / "mine.xlsx")]) == BAD_INPUT
    assert "An add-in of Excel is an .xlam file" in capsys.readouterr().err


def test_build_for_libreoffice(tmp_path: Path, capsys: Said) -> None:
    assert run(["addin", "build", str(tmp_path / "mine"), "--for", "libreoffice"]) == OK
    assert capsys.readouterr().out == f"Wrote {tmp_path / 'mine.oxt'}\n"
    with zipfile.ZipFile(tmp_path / "mine.oxt") as file:
        assert "component.py" in file.namelist()


def test_build_without_xlwings(tmp_path: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    class Bare(Machine):
        def version(self, package: str) -> str | None:
            return None

    monkeypatch.setattr("mbr_workbooks.machine.Machine", Bare)
    assert run(["addin", "build", str(tmp_path / "mine.xlam")]) == BAD_INPUT
    said = capsys.readouterr().err
    assert said == 'The add-in for Excel is made from xlwings, which is not installed: pip install "xlwings<1"\n'
    assert list(tmp_path.iterdir()) == []


@needs_xlwings
def test_install_status_and_remove(windows: Path, capsys: Said) -> None:
    file = startup(windows) / "mbr_xl.xlam"
    assert run(["addin", "install"]) == OK
    said = capsys.readouterr().out
    assert said.startswith(f"Installed: {file}\n")
    assert "it must show 37,500" in said
    about = read_addin(file.read_bytes())
    assert about
    assert Path(about.python).parent == Path(sys.executable).parent
    first = file.read_bytes()
    assert run(["addin", "install", "--json"]) == OK, "once more changes nothing"
    assert json.loads(capsys.readouterr().out) == {"installed": str(file), "kept": []}
    assert file.read_bytes() == first
    assert [path.name for path in startup(windows).iterdir()] == ["mbr_xl.xlam"], "Excel would open any other"
    assert run(["addin", "status", "--json"]) == 1, "there is no Excel in this stand-in"
    assert json.loads(capsys.readouterr().out)["ways"][0]["state"] == "not here"
    assert run(["addin", "remove"]) == OK
    assert capsys.readouterr().out == f"Removed: {file}\n"
    assert list(startup(windows).iterdir()) == []
    assert run(["addin", "remove"]) == BAD_INPUT
    assert "The add-in is not installed" in capsys.readouterr().err


@needs_xlwings
def test_an_older_one_is_kept_where_excel_does_not_open_it(windows: Path, capsys: Said) -> None:
    file = startup(windows) / "mbr_xl.xlam"
    file.parent.mkdir(parents=True)
    kept = [windows / "mbr_xl" / name for name in ("mbr_xl.bak.xlam", "mbr_xl.bak2.xlam")]
    for old, where in zip((b"old", b"older"), kept, strict=True):
        file.write_bytes(old)
        assert run(["addin", "install"]) == OK
        assert f"Kept the old one as {where}" in capsys.readouterr().out
        assert where.read_bytes() == old
    assert [path.name for path in file.parent.iterdir()] == ["mbr_xl.xlam"]


@needs_xlwings
def test_excel_that_holds_the_file(windows: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    file = startup(windows) / "mbr_xl.xlam"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"old")

    def replace(source: str, target: str) -> None:
        if str(target) == str(file):
            raise PermissionError(13, "The process cannot access the file because it is being used")
        Path(source).rename(target)

    monkeypatch.setattr("mbr_workbooks.package.os.replace", replace)
    assert run(["addin", "install"]) == BAD_INPUT
    assert "close Excel and try again" in capsys.readouterr().err
    assert file.read_bytes() == b"old"
    assert [path.name for path in file.parent.iterdir()] == ["mbr_xl.xlam"]
    assert list((windows / "mbr_xl").iterdir()) == []


def test_a_file_of_somebody_else_is_not_removed(windows: Path, capsys: Said) -> None:
    file = startup(windows) / "mbr_xl.xlam"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"something else")
    assert run(["addin", "remove"]) == BAD_INPUT
    assert "is not the add-in of mbr_xl: it is left as it is" in capsys.readouterr().err
    assert file.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="this is about other systems")
@pytest.mark.parametrize("command", ["install", "remove"])
def test_elsewhere_than_on_windows(command: str, capsys: Said) -> None:
    assert run(["addin", command]) == BAD_INPUT
    said = capsys.readouterr().err
    assert "Excel for Windows alone" in said
    assert "Lite" in said
    assert said.count("\n") == 1


def test_intellisense(tmp_path: Path, capsys: Said) -> None:
    file = tmp_path / "mbr_xl.intellisense.xml"
    assert run(["addin", "intellisense", str(file), "--json"]) == OK
    assert json.loads(capsys.readouterr().out) == {"file": str(file), "kept": []}
    assert 'Name="MBR_ROOM"' in file.read_text(encoding="utf-8")
    assert run(["addin", "intellisense", str(file)]) == BAD_INPUT
    assert run(["addin", "intellisense", str(tmp_path / "a.txt")]) == BAD_INPUT


def test_doctor(capsys: Said) -> None:
    code = run(["doctor", "--json"])
    said = json.loads(capsys.readouterr().out)
    assert [way["way"] for way in said["ways"]] == ["excel", "lite", "libreoffice"]
    assert code == (0 if said["result"] == "PASS" else 1)
    ready = next(way for way in said["ways"] if way["way"] == "lite")["state"] == "ready"
    assert run(["doctor", "--for", "lite"]) == (OK if ready else 1)
    assert capsys.readouterr().out.startswith(f"Excel, by xlwings Lite: {'READY' if ready else 'NOT '}")
