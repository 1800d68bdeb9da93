"""The project for xlwings Lite in a workbook: what goes in comes out, and what was there stays."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from mbr_udfs import CATALOGUE
from mbr_udfs.carried import carried
from mbr_udfs.lite import XLWINGS, main_py, requirements
from mbr_udfs.lite import answer as answer_in_lite
from mbr_workbooks.cli import run as command
from mbr_workbooks.lite import add_project, project
from mbr_workbooks.package import Package
from mbr_xl.errors import InputError
from tests.hosts.lite_xlwings import as_cell
from tests.lite_books import MAIN, NOTES, REQUIRED, WE, extension, lite_book, plain_book

ROOT = Path(__file__).parents[1]
STAND_IN = ROOT / "tests" / "hosts" / "lite_xlwings.py"
PART = "xl/webextensions/webextension1.xml"
LITE, OTHER = "wa200008175", "wa104381441"
EXAMPLES = [formula for function in CATALOGUE for formula in function.sections["Example"]]


def lite(main: str, **more: str) -> str:
    """The part of a project that Lite saved."""
    return extension(LITE, {"main.py": main, "requirements.txt": REQUIRED, **NOTES, **more})


def added(path: Path) -> Package:
    package = Package(path)
    add_project(package)
    return Package.of(path, package.to_bytes())


def in_python(main: str, code: str, folder: Path, **environment: str) -> Any:
    """What `code` prints as JSON where main.py and a stand-in for xlwings are all that can be imported."""
    (folder / "main.py").write_text(main, encoding="utf-8")
    (folder / "xlwings.py").write_text(STAND_IN.read_text(encoding="utf-8"), encoding="utf-8")
    script = f"import json, sys; sys.path.insert(0, {str(folder)!r}); import main, xlwings; {code}"
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", script], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_built_as_lite_builds_it(tmp_path: Path) -> None:
    """Element by element the parts are those of a workbook that Lite saved."""
    saved = extension(LITE, {"main.py": MAIN, "requirements.txt": REQUIRED})
    package, theirs = added(plain_book(tmp_path / "ours.xlsx")), Package(lite_book(tmp_path / "t.xlsx", saved))

    def shape(item: ElementTree.Element) -> tuple[Any, ...]:
        return item.tag, sorted(item.attrib), [shape(one) for one in item if not one.tag.endswith("customFunctionIds")]

    for part in (PART, "xl/webextensions/taskpanes.xml", "xl/webextensions/_rels/taskpanes.xml.rels"):
        assert shape(ElementTree.fromstring(package[part])) == shape(ElementTree.fromstring(theirs[part])), part
    for part in ("_rels/.rels", "[Content_Types].xml"):
        one, other = (
            sorted(
                json.dumps({k: v for k, v in item.attrib.items() if k != "Id"}) for item in ElementTree.fromstring(x)
            )
            for x in (package[part], theirs[part])
        )
        assert one == other
    (found,) = re.findall(rb'<we:webextension xmlns:we="[^"]*" id="\{([0-9A-F-]{36})\}">', package[PART])
    assert package[PART].count(found) == 1
    ids = [item.text for item in ElementTree.fromstring(package[PART]).iter(f"{{{WE}}}customFunctionIds")]
    assert ids == [f"_xldudf_{function.name}" for function in CATALOGUE]


def test_only_what_the_functions_need_travels(tmp_path: Path) -> None:
    names = set(carried())
    assert {"mbr_xl/rules/2026.toml", "mbr_xl/rules/bank_holidays.toml", "mbr_udfs/room.py"} <= names
    assert not {name for name in names if "census" in name or "xlwings" in name or "calc" in name}
    assert len(main_py()) < 500_000
    calls = json.dumps(EXAMPLES)
    code = (
        "from mbr_udfs.catalogue import CATALOGUE as c; "
        "print(json.dumps([c[f[1:].partition('(')[0]].name for f in " + calls + "]))"
    )
    assert len(in_python(main_py(), code, tmp_path)) == len(EXAMPLES)


def test_every_example_runs_out_of_the_zip_alone(tmp_path: Path) -> None:
    """In a Python without any package, so that what travels must be whole; Pyodide's turn is in test_pyodide.py."""
    from mbr_udfs.formula import parse

    called = [(function.name, [cell if isinstance(cell, list) else [[cell]] for cell in cells])
              for function, cells in map(parse, EXAMPLES)]  # fmt: skip
    code = f"print(json.dumps([xlwings.call(main, n, c) for n, c in json.loads({json.dumps(called)!r})]))"
    for formula, found in zip(EXAMPLES, in_python(main_py(), code, tmp_path), strict=True):
        answer = answer_in_lite(formula)
        rows = answer if isinstance(answer, list) else [[answer]]
        assert found == [[as_cell(item) for item in row] for row in rows], formula


def test_a_project_that_is_there_stays_and_both_register(tmp_path: Path) -> None:
    book = lite_book(tmp_path / "t.xlsx", extension(OTHER, {"main.py": "theirs"}), lite(MAIN, **{"notes.md": "a\nb"}))
    before = book.read_bytes()
    old, package = Package(book), added(book)
    assert book.read_bytes() == before
    found = project(package)
    assert found["main.py"].startswith(MAIN)
    assert {name: found[name] for name in found if name != "main.py"} == {
        "requirements.txt": REQUIRED, **NOTES, "notes.md": "a\nb",
    }  # fmt: skip
    changed = [part for part in package if part not in old or package[part] != old[part]]
    assert changed == ["xl/webextensions/webextension2.xml"]
    registered = in_python(found["main.py"], "print(json.dumps(list(xlwings.registered(main))))", tmp_path)
    assert set(registered) == {"hello", *(function.name for function in CATALOGUE)}
    both = "xlwings.call(main, 'hello', [[['Ann']]]), xlwings.call(main, 'MBR_ROOM', [[[2026]], [[24500]], [[10000]]])"
    assert in_python(found["main.py"], f"print(json.dumps([{both}]))", tmp_path) == [
        [["Hello <Ann> & you!"]], [[37500.0]],
    ]  # fmt: skip


LISTED = "<we:customFunctionIdList><we:customFunctionIds>_xldudf_HELLO</we:customFunctionIds></we:customFunctionIdList>"
WRITINGS = {  # of one part, as other programs may write it
    "as Lite": lambda part: part,
    "listed": lambda part: part.replace("<we:customFunctionIdList/>", LISTED),
    "without a list": lambda part: re.sub(r"<we:extLst>.*</we:extLst>", "", part),
    "with an empty list": lambda part: re.sub(r"<we:extLst>.*</we:extLst>", "<we:extLst></we:extLst>", part),
    "without a prefix": lambda part: part.replace("we:", "").replace("xmlns:we=", "xmlns="),
    "in apostrophes": lambda part: re.sub(
        r'<we:property name="main.py" value="([^"]*)"/>',
        lambda m: f"<we:property value='{m[1]}'\n name = 'main.py' ></we:property>".replace("&gt;", ">"),
        part,
    ),
    "without files": lambda part: re.sub(r"<we:properties>.*</we:properties>", "<we:properties/>", part),
}


@pytest.mark.parametrize("how", WRITINGS)
def test_however_the_part_is_written(how: str, tmp_path: Path) -> None:
    book = lite_book(tmp_path / "t.xlsx", WRITINGS[how](extension(LITE, {**NOTES, "main.py": MAIN + "# 1 > 0\n"})))
    there, package = project(Package(book)), added(book)
    found = project(package)
    if how == "without files":
        assert found == {"main.py": main_py(), "requirements.txt": requirements()}
    else:
        assert there == {**NOTES, "main.py": MAIN + "# 1 > 0\n"}
        assert found == {**there, "main.py": main_py(there["main.py"]), "requirements.txt": requirements()}
    root = ElementTree.fromstring(package[PART])
    ids = [item.text for item in root.iter(f"{{{WE}}}customFunctionIds")]
    assert ids == ["_xldudf_HELLO"] * (how == "listed") + [f"_xldudf_{function.name}" for function in CATALOGUE]
    assert len(list(root.iter(f"{{{WE}}}containsCustomFunctions"))) == 1


def test_a_task_pane_in_another_folder(tmp_path: Path) -> None:
    """The parts of add-ins may lie anywhere; relationships lead to them."""
    book = lite_book(tmp_path / "t.xlsx", extension(OTHER, {"main.py": "theirs"}))
    old = Package(book)
    moved = plain_book(tmp_path / "moved.xlsx")
    package = Package(moved)
    names = {
        "xl/webextensions/webextension1.xml": "elsewhere/theirs.xml",
        "xl/webextensions/taskpanes.xml": "elsewhere/panes.xml",
        "xl/webextensions/_rels/taskpanes.xml.rels": "elsewhere/_rels/panes.xml.rels",
    }
    for name, new in names.items():
        package.add(new, old[name].replace(b'Target="webextension1.xml"', b'Target="theirs.xml"'))
    for part in ("_rels/.rels", "[Content_Types].xml"):
        package[part] = old[part]
        for name, new in names.items():
            package[part] = package[part].replace(name.encode(), new.encode())
    moved.write_bytes(package.to_bytes())
    with_ours = added(moved)
    links = ElementTree.fromstring(with_ours["elsewhere/_rels/panes.xml.rels"])
    assert [link.get("Target") for link in links] == ["theirs.xml", f"/{PART}"]
    assert project(with_ours) == {"main.py": main_py(), "requirements.txt": requirements()}
    theirs = Package.of(moved, with_ours.to_bytes())
    theirs["elsewhere/theirs.xml"] = extension(LITE, {"main.py": MAIN}).encode()
    theirs.drop(PART)
    assert project(theirs) == {"main.py": MAIN}, "found wherever it lies"


def test_another_add_in_stays(tmp_path: Path) -> None:
    book = lite_book(tmp_path / "t.xlsx", extension(OTHER, {"main.py": "theirs"}))
    old, package = Package(book), added(book)
    assert package[PART] == old[PART]
    assert project(package) == {"main.py": main_py(), "requirements.txt": requirements()}
    panes = ElementTree.fromstring(package["xl/webextensions/taskpanes.xml"])
    links = ElementTree.fromstring(package["xl/webextensions/_rels/taskpanes.xml.rels"])
    assert len(panes) == len(links) == 2
    assert len({link.get("Id") for link in links}) == 2
    assert project(old) == {}


def test_ours_of_an_older_version_is_replaced(tmp_path: Path) -> None:
    older = main_py().replace("mbr_xl 0.", "mbr_xl 0.0.", 1).replace("def MBR_ROOM(", "def MBR_RUM(")
    assert older != main_py()
    for before, after in (("", ""), (MAIN + "\n\n", ""), (MAIN, "\n\ndef later():\n    pass\n")):
        package = added(lite_book(tmp_path / "t.xlsx", lite(before + older + after)))
        assert project(package)["main.py"] == before + main_py() + after
        again = Package.of(tmp_path / "t.xlsx", package.to_bytes())
        assert add_project(again) is bool(before + after)
        assert all(again[part] == package[part] for part in package), "twice is once"


def test_lines_that_windows_ended(tmp_path: Path) -> None:
    package = added(lite_book(tmp_path / "t.xlsx", lite((MAIN + main_py()).replace("\n", "\r\n"))))
    assert project(package)["main.py"] == MAIN.replace("\n", "\r\n") + main_py()


def test_other_workbooks_that_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="has a name mbr_room, which would stop"):
        added(plain_book(tmp_path / "name.xlsx", "mbr_room"))
    signed = Package(plain_book(tmp_path / "signed.xlsx"))
    signed.add("_xmlsignatures/sig1.xml", b"<x/>")
    with pytest.raises(InputError, match="is signed"):
        add_project(signed)
    broken = lite_book(tmp_path / "broken.xlsx", lite(MAIN).replace("&quot;", "'", 1))
    with pytest.raises(InputError, match="project cannot be read"):
        added(broken)
    large = lite_book(tmp_path / "large.xlsx", lite(MAIN, **{"data.csv": "1" * 2_000_000}))
    with pytest.raises(InputError, match="too large"):
        added(large)


def test_a_list_of_packages_without_xlwings_gets_it() -> None:
    assert requirements("pandas") == f"pandas\n{requirements()}"
    assert requirements(" \n") == requirements()
    assert requirements("XLWINGS>=0.30\n") == "XLWINGS>=0.30\n"
    assert requirements().startswith(f"xlwings=={XLWINGS}  # required\n")
    wanted = re.search(r'"xlwings>=(\d+)\.(\d+),<1"', (ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert wanted
    assert tuple(map(int, XLWINGS.split(".")[:2])) >= tuple(map(int, wanted.groups()))


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    book = lite_book(tmp_path / "My model.xlsx", lite(MAIN))
    before = book.read_bytes()
    assert command(["lite", book.name]) == 0
    said = capsys.readouterr().out
    assert "it is kept, and ours stands beside it" in said
    assert "Wrote My model-lite.xlsx" in said
    assert "=MBR_ROOM(2026, 24500, 10000), which shows 37500." in said
    assert book.read_bytes() == before
    assert MAIN in project(Package(tmp_path / "My model-lite.xlsx"))["main.py"]
    assert command(["lite", book.name]) == 2
    assert "is not overwritten" in capsys.readouterr().err
    assert command(["lite", book.name, "--in-place", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told == {
        "file": book.name, "kept": ["My model.bak.xlsx"], "project_kept": True, "rewritten": [], "left": [],
    }  # fmt: skip
    assert (tmp_path / "My model.bak.xlsx").read_bytes() == before
    for wrong in (
        ["lite", "--in-place"],
        ["lite", book.name, book.name],
        ["lite", book.name, "out.xlsx", "--in-place"],
    ):
        assert command(wrong) == 2
    assert command(["lite", "none.xlsx"]) == 2
    assert "There is no file none.xlsx" in capsys.readouterr().err
    assert not (tmp_path / "none-lite.xlsx").exists()


REAL = """
import asyncio, json, os, sys
sys.path.insert(0, sys.argv[1])
sys.modules["pyodide"] = None
import xlwings, xlwings.server
import main
from xlwings.pro.udfs_officejs import custom_functions_call, custom_functions_meta
told = custom_functions_meta(main)
found = []
for name, cells in json.load(sys.stdin):
    data = {"func_name": name, "args": cells, "version": xlwings.__version__, "client": "Office.js", "runtime": "1.4",
            "date_format": "m/d/yyyy", "culture_info_name": "en-US", "caller_address": None}
    try:
        found.append(asyncio.run(custom_functions_call(data, main)))
    except xlwings.XlwingsError as refusal:
        found.append({"type": "Error", "errorType": "Value", "errorMessage": str(refusal)})
print(json.dumps([told, found]))
"""


@pytest.mark.skipif(importlib.util.find_spec("xlwings") is None, reason="xlwings is not installed here")
@pytest.mark.skipif(not os.environ.get("MBR_XLWINGS_KEY"), reason="MBR_XLWINGS_KEY, a key of xlwings, is not given")
def test_the_stand_in_is_true_to_xlwings(tmp_path: Path) -> None:
    """xlwings' own conversion, which Lite has built in and which elsewhere asks for a key, does the same."""
    from tests.hosts.pyodide_host import as_sent
    from tests.test_cases import arguments, cases

    error = [[{"type": "Error", "errorType": "Div0", "basicValue": "#DIV/0!"}]]
    calls = [
        *(
            (name, [as_sent(cell) for cell in arguments(name, row).values()])
            for name, row in (c.values for c in cases())
        ),
        ("MBR_ROOM", [[[2026]], error, [[10000]]]),
        ("CONVERT_SCHEDULE", [[[46033, 1000]], [["quarterly"]], [[0.07]]]),
        ("CONVERT_SCHEDULE", [[["date", "amount"], [46033, 1000], [None, ""]], [["quarterly"]], [[0.07]]]),
    ]
    code = f"print(json.dumps([xlwings.call(main, n, c) for n, c in json.loads({json.dumps(calls)!r})]))"
    stand_in = in_python(main_py(), code, tmp_path)
    (tmp_path / "xlwings.py").unlink()
    environment = {**os.environ, "XLWINGS_LICENSE_KEY": os.environ["MBR_XLWINGS_KEY"], "XLWINGS_ON_SERVER": "true"}
    done = subprocess.run(
        [sys.executable, "-c", REAL, str(tmp_path)],
        input=json.dumps(calls), capture_output=True, text=True, check=False, env=environment,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    told, found = json.loads(done.stdout.splitlines()[-1])
    assert found == stand_in
    assert [one["name"] for one in told["functions"]] == sorted(function.name for function in CATALOGUE)
    for one in told["functions"]:
        function = CATALOGUE[one["name"]]
        assert one["description"] == function.description
        assert [(p["name"], p["description"], p.get("optional", False)) for p in one["parameters"]] == [
            (a.name, a.text, not a.required) for a in function.arguments
        ]
