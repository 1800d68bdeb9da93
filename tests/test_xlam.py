"""The add-in of Excel read back: by oletools, by pyOpenVBA, by openxml-audit, by its parts."""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from mbr_udfs import CATALOGUE, vba
from mbr_workbooks.intellisense import NAMESPACE, intellisense
from mbr_workbooks.lint import lint
from mbr_workbooks.machine import Machine
from mbr_workbooks.xlam import AddIn, build_xlam, read_addin
from mbr_xl import __version__
from mbr_xl.errors import InputError

pytestmark = pytest.mark.skipif(importlib.util.find_spec("xlwings") is None, reason="xlwings is not installed here")

PYTHON = r"C:\Users\O'Neil & Sons\venv\Scripts\pythonw.exe"
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
X14 = "{http://schemas.microsoft.com/office/spreadsheetml/2009/9/main}"
WORKBOOK_ASKED = 'If SheetExists(ActiveWorkbook, PROJECT_NAME & ".conf") = True Then'
WORKBOOK_NOT_ASKED = "If False Then 'mbr_xl: never the workbook"
# oletools warns on import; so it reads in a process of its own.
READ_BACK = """
import json, sys
from oletools.olevba import VBA_Parser
found = VBA_Parser(sys.argv[1])
print(json.dumps({name: code for _, _, name, code in found.extract_macros()}))
"""


def of_xlwings() -> tuple[bytes, str]:
    machine = Machine()
    folder, version = machine.package_folder("xlwings"), machine.version("xlwings")
    assert folder
    assert version
    return Path(folder / "quickstart_addin.xlam").read_bytes(), version


@pytest.fixture(scope="module")
def built() -> bytes:
    return build_xlam(*of_xlwings(), PYTHON)


@pytest.fixture(scope="module")
def parts(built: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(built)) as file:
        assert file.testzip() is None
        return {name: file.read(name) for name in file.namelist()}


@pytest.fixture(scope="module")
def code(built: bytes, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Every VBA module as oletools reads it."""
    pytest.importorskip("olefile")
    path = tmp_path_factory.mktemp("xlam") / "mbr_xl.xlam"
    path.write_bytes(built)
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", READ_BACK, str(path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, str] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_the_same_parts_every_time(built: bytes) -> None:
    assert build_xlam(*of_xlwings(), PYTHON) == built


def test_oletools_reads_every_module(code: dict[str, str]) -> None:
    assert set(code) == {"ThisWorkbook.cls", "Sheet2.cls", "Dictionary.cls", "xlwings.bas", "xlwings_udfs.bas"}
    read = code["xlwings_udfs.bas"].replace("\r\n", "\n").rstrip("\n")
    assert read == vba.module().replace("\r\n", "\n").rstrip("\n")
    _, version = of_xlwings()
    assert f'Lib "xlwings64-{version}.dll"' in code["xlwings.bas"]
    assert 'PROJECT_NAME As String = "mbr_xl"' in code["xlwings.bas"]


def test_nothing_else_of_xlwings_module_is_changed(code: dict[str, str], tmp_path: Path) -> None:
    """Beside the project's name: a workbook and its folder no longer name the program that is started as Python."""
    from pyopenvba import ExcelFile

    template = tmp_path / "template.xlam"
    template.write_bytes(of_xlwings()[0])
    with ExcelFile(template) as file:
        old = file.get_module("xlwings").splitlines()
    new = code["xlwings.bas"].splitlines()
    changed = [(a.strip(), b.strip()) for a, b in zip(old, new, strict=True) if a != b]
    assert changed == [
        ('Public Const PROJECT_NAME As String = "myaddin"', 'Public Const PROJECT_NAME As String = "mbr_xl"'),
        ('For Each cell In Range(sht.Range("A1"), lastCell)', 'For Each cell In sht.Range(sht.Range("A1"), lastCell)'),
        (WORKBOOK_ASKED, WORKBOOK_NOT_ASKED),
        ('If source = "" Or source = "directory" Then', "If False Then 'mbr_xl: never the workbook's folder"),
    ]


def settings_code(module: str) -> str:
    """What of xlwings' VBA reads the settings, for the interpreter: without its branches for a Mac and other programs,
    and with what asks Windows answered."""
    found = ""
    for name in ("GetConfigFromSheet", "GetConfig", "SheetExists"):
        match = re.search(rf"^Function {name}\(.*?^End Function$", module, re.MULTILINE | re.DOTALL)
        assert match, name
        taken = [True]
        for line in match[0].splitlines():
            if line.strip().startswith("#If"):
                taken.append('App = "Microsoft Excel"' in line)
            elif line.strip().startswith("#Else"):
                taken[-1] = not taken[-1]
            elif line.strip().startswith("#End"):
                taken.pop()
            elif all(taken):
                found += f"{line}\n"
    answers = {
        "ExpandEnvironmentStrings(ByVal text)": "text", "FileExists(file)": "False", "GetFullName(wb)": '"C:\\b.xlsx"',
        "GetDirectoryConfigFilePath()": '""', "GetConfigFilePath()": '""',
        "GetConfigFromFile(file, key, value)": "False",
    }  # fmt: skip
    for head, answer in answers.items():
        found += f"Function {head}\n{head.partition('(')[0]} = {answer}\nEnd Function\n"
    return f'Public Const PROJECT_NAME As String = "mbr_xl"\n{found}'


def test_a_workbook_cannot_name_the_program_that_is_started(built: bytes, code: dict[str, str], tmp_path: Path) -> None:
    """xlwings' own VBA, run by pyOpenVBA's interpreter over our file, with a workbook active that tries."""
    from openpyxl import Workbook
    from pyopenvba.apps.excel import ExcelApplication

    path, hostile = tmp_path / "mbr_xl.xlam", tmp_path / "hostile.xlsx"
    path.write_bytes(built)
    book = Workbook()
    book.active.title = "mbr_xl.conf"
    for row in (("Interpreter_Win", r"\\elsewhere\python.exe"), ("PYTHONPATH", r"\\elsewhere")):
        book.active.append(row)
    book.save(hostile)

    def setting(text: str, name: str) -> object:
        excel = ExcelApplication.open(path, with_vba=False)
        excel.add_module(text, name="xlwings")
        excel.activate_workbook(excel.open_workbook(hostile))
        return excel.run("GetConfig", name, "not set")

    ours = settings_code(code["xlwings.bas"].replace("\r\n", "\n"))
    assert setting(ours, "INTERPRETER_WIN") == PYTHON
    assert setting(ours, "ADD_WORKBOOK_TO_PYTHONPATH") == "False"
    assert setting(ours, "PYTHONPATH") == "not set"
    theirs = ours.replace(WORKBOOK_NOT_ASKED, WORKBOOK_ASKED)
    assert theirs != ours
    assert setting(theirs, "INTERPRETER_WIN") == r"\\elsewhere\python.exe", "without our change it would"


def test_pyopenvba_finds_nothing_wrong(built: bytes, tmp_path: Path) -> None:
    from pyopenvba import ExcelFile, check_file

    path = tmp_path / "mbr_xl.xlam"
    path.write_bytes(built)
    with ExcelFile(path) as file:
        assert file.validate() == []
    report = check_file(path)
    assert report.complete
    assert report.issues == ()


def test_openxml_audit_expects_that_excel_opens_it_cleanly(built: bytes, tmp_path: Path) -> None:
    path = tmp_path / "mbr_xl.xlam"
    path.write_bytes(built)
    program = Path(sys.executable).with_name("openxml-audit")
    if not program.exists():
        pytest.skip("openxml-audit is not installed here")
    for version in ("office2016", "microsoft365"):
        done = subprocess.run(
            [str(program), "-o", "json", "-f", version, str(path)], capture_output=True, text=True, check=False
        )
        (said,) = json.loads(done.stdout)
        assert said["verdict"]["prediction"] == "opens-clean", said
        assert (said["error_count"], said["warning_count"]) == (0, 0)


def test_libreoffice_reads_it(office_here: None, built: bytes, tmp_path: Path) -> None:
    """It takes no .xlam by its ending, so it is told which filter; the sheet comes out as text."""
    path = tmp_path / "mbr_xl.xlam"
    path.write_bytes(built)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [
        "soffice", profile, "--headless", "--norestore", "--infilter=Calc MS Excel 2007 VBA XML", "--convert-to", "csv",
        "--outdir", str(tmp_path), str(path),
    ]  # fmt: skip
    subprocess.run(command, capture_output=True, timeout=120, check=True)
    assert path.with_suffix(".csv").read_text(encoding="utf-8").splitlines() == [
        f"Interpreter_Win,{PYTHON}", "UDF Modules,mbr_udfs.xlwings_bridge", "Add_Workbook_To_Pythonpath,False",
    ]  # fmt: skip


def test_our_lint(built: bytes) -> None:
    assert lint(BytesIO(built)) == []


def test_help_of_the_arguments_and_the_category(parts: dict[str, bytes]) -> None:
    book = ElementTree.fromstring(parts["xl/workbook.xml"])
    (group,) = book.iter(f"{MAIN}functionGroup")
    assert group.get("name") == vba.CATEGORY
    for item in book.iter(f"{X14}argumentDescriptions"):
        assert [text.get("index") for text in item] == [str(place) for place in range(int(str(item.get("count"))))]
    helped = {
        item.get("name"): [text.text for text in item.iter(f"{X14}argumentDescription")]
        for item in book.iter(f"{X14}definedName")
    }
    assert helped == {f.name: [a.text for a in f.arguments] for f in CATALOGUE if f.arguments}
    order = [child.tag.rpartition("}")[2] for child in book]
    assert order == sorted(
        order, key=["fileVersion", "workbookPr", "bookViews", "sheets", "functionGroups", "calcPr", "extLst"].index
    )


def test_settings_lie_where_the_vba_looks_for_them(parts: dict[str, bytes]) -> None:
    book = ElementTree.fromstring(parts["xl/workbook.xml"])
    assert [sheet.get("name") for sheet in book.iter(f"{MAIN}sheet")] == ["mbr_xl.conf"]
    texts = [item.text for item in ElementTree.fromstring(parts["xl/sharedStrings.xml"]).iter(f"{MAIN}t")]
    cells = {
        str(cell.get("r")): texts[int(str(cell.findtext(f"{MAIN}v")))]
        for cell in ElementTree.fromstring(parts["xl/worksheets/sheet1.xml"]).iter(f"{MAIN}c")
    }
    assert cells == {
        "A1": "Interpreter_Win", "B1": PYTHON, "A2": "UDF Modules", "B2": "mbr_udfs.xlwings_bridge",
        "A3": "Add_Workbook_To_Pythonpath", "B3": "False",
    }  # fmt: skip


def test_nobody_else_is_named_in_it(parts: dict[str, bytes]) -> None:
    for name, content in parts.items():
        assert name.endswith(".bin") or not re.search(rb"felix|zumstein", content, re.IGNORECASE), name


def test_it_says_what_it_is(built: bytes) -> None:
    template, version = of_xlwings()
    assert read_addin(built) == AddIn(__version__, version, PYTHON)
    assert read_addin(build_xlam(template, version)) == AddIn(__version__, version, "")
    assert read_addin(template) is None
    assert read_addin(b"not a zip") is None


def test_a_template_of_another_version_is_refused() -> None:
    template, version = of_xlwings()
    with pytest.raises(InputError, match=rf"the package is 0\.99\.0, its add-in template {re.escape(version)}"):
        build_xlam(template, "0.99.0")


def test_an_unknown_template_is_refused(tmp_path: Path) -> None:
    from pyopenvba import ExcelFile

    template, version = of_xlwings()
    path = tmp_path / "template.xlam"
    path.write_bytes(template)
    with ExcelFile(path) as file:
        file.set_module("xlwings", file.get_module("xlwings").replace('source = "directory"', 'source = "folder"'))
        file.save(path)
    with pytest.raises(InputError, match="is not as expected"):
        build_xlam(path.read_bytes(), version)


def test_help_while_typing_lies_in_the_addin(parts: dict[str, bytes]) -> None:
    assert parts["customXml/item1.xml"].decode() == intellisense()
    props = ElementTree.fromstring(parts["customXml/itemProps1.xml"])
    assert [value for item in props.iter() for key, value in item.items() if key.endswith("}uri")] == [NAMESPACE]
    assert b'Target="../customXml/item1.xml"' in parts["xl/_rels/workbook.xml.rels"]


def test_help_while_typing() -> None:
    root = ElementTree.fromstring(intellisense())
    inside = f"{{{NAMESPACE}}}"
    assert root.tag == f"{inside}IntelliSense"
    (info,) = root
    assert info.tag == f"{inside}FunctionInfo"
    found: dict[str, Any] = {
        str(item.get("Name")): (item.get("Description"), [(a.get("Name"), a.get("Description")) for a in item])
        for item in info
    }
    assert list(found) == sorted(f.name for f in CATALOGUE)
    for function in CATALOGUE:
        names = [a.name if a.required else f"[{a.name}]" for a in function.arguments]
        texts = [a.text for a in function.arguments]
        assert found[function.name] == (function.description, list(zip(names, texts, strict=True)))
