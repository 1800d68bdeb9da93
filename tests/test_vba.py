"""The wrappers of the Excel add-in beside what xlwings itself writes; every case row through xlwings' own caller."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from mbr_udfs import CATALOGUE, vba

ROOT = Path(__file__).parents[1]
needs_xlwings = pytest.mark.skipif(importlib.util.find_spec("xlwings") is None, reason="xlwings is not installed here")

# xlwings' Windows part, with stand-ins for what only Windows has: its generator, importer and caller are its own.
STANDING_IN = """
import ctypes, datetime, io, json, sys, types, warnings
from unittest import mock
warnings.simplefilter("ignore")

class Module(types.ModuleType):
    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        made = mock.MagicMock(name=name)
        setattr(self, name, made)
        return made

if sys.platform != "win32":
    for name in (
        "pythoncom", "pywintypes", "win32com", "win32com.client", "win32com.client.build", "win32com.client.dynamic",
        "win32com.server", "win32com.server.policy", "win32com.server.util", "win32api", "win32con", "win32gui",
        "win32process", "win32timezone", "winreg", "_win32sysloader",
    ):
        sys.modules[name] = Module(name)
    sys.modules["pywintypes"].com_error = type("com_error", (Exception,), {})
    sys.modules["pywintypes"].TimeType = type("TimeType", (datetime.datetime,), {})
    sys.modules["pywintypes"].Time = lambda moment: moment
    sys.modules["win32timezone"].TimeZoneInfo.utc = lambda: datetime.timezone.utc
    sys.modules["pythoncom"].__file__ = "stand-in"
    ctypes.PyDLL = mock.MagicMock()
    for name in ("oledll", "windll"):
        setattr(ctypes, name, mock.MagicMock())
import xlwings
import xlwings._xlwindows as windows
import xlwings.udfs as udfs
windows.is_range_instance = lambda item: False
engine = xlwings.Engine(impl=windows.engine)
xlwings.engines.add(engine)
xlwings.engines.active = engine
sys.modules["xlwings.com_server"] = types.SimpleNamespace(loop=None)
xlwings.func, xlwings.arg = udfs.xlfunc, udfs.xlarg
from mbr_udfs import xlwings_bridge as bridge
udfs.get_udf_module = lambda name, book: bridge
"""

WRITE = """
text, told = io.StringIO(), []
book = mock.MagicMock()
book.Name = "mbr_xl.xlam"
book.Application.Version = "16.0"
book.Application.MacroOptions = lambda macro, **options: told.append([macro, options])
udfs.generate_vba_wrapper("mbr_udfs.xlwings_bridge", bridge, text, book)
udfs.import_udfs("mbr_udfs.xlwings_bridge", book)
print(json.dumps({"text": text.getvalue(), "told": told}))
"""

CALL = """
from mbr_udfs import CATALOGUE, host
from mbr_udfs.cells import ERRORS
from tests.test_cases import arguments, cases
MISSING, NUMBERS = -2147352572, {text: -2146828288 + number for number, text in ERRORS.items()}

def sent(cell):
    if isinstance(cell, list):
        rows = [row if isinstance(row, list) else [row] for row in cell]
        return tuple(tuple(None if item is None else NUMBERS.get(item, item) for item in row) for row in rows)
    return MISSING if cell is None else NUMBERS.get(cell, cell)

def plain(answer):
    rows = answer if isinstance(answer, (list, tuple)) else [[answer]]
    return [["" if item is None else str(item)[:10] if hasattr(item, "year") else item for item in row] for row in rows]

wrong, calls = [], 0
for name, row in (case.values for case in cases()):
    given = list(arguments(name, row).values())
    required = [argument.required for argument in CATALOGUE[name].arguments]
    cells = [None if cell is None and need else sent(cell) for cell, need in zip(given, required)]
    calls += 1
    expect, found = plain(CATALOGUE[name](*given)), plain(udfs.call_udf("bridge", name, tuple(cells), None, None))
    if expect != found:
        wrong.append(f"{name}, {row['case']}: {found} is not {expect}")
print(json.dumps({"wrong": wrong, "calls": calls, "version": bridge.MBR_VERSION(), "xlwings": xlwings.__version__}))
"""


def xlwings_says(script: str) -> Any:
    done = subprocess.run(
        [sys.executable, "-c", STANDING_IN + script], capture_output=True, text=True, timeout=240, cwd=ROOT, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def written() -> Any:
    return xlwings_says(WRITE)


@needs_xlwings
def test_the_wrappers_are_those_of_xlwings(written: Any) -> None:
    assert vba.wrappers() == written["text"]


@needs_xlwings
def test_the_help_is_what_xlwings_would_tell_excel(written: Any) -> None:
    told = {macro.partition("!")[2]: options for macro, options in written["told"]}
    assert set(told) == {function.name for function in CATALOGUE}
    for function in CATALOGUE:
        options = told[function.name]
        assert options["Category"] == vba.CATEGORY
        assert options["ArgumentDescriptions"] == (vba.argument_help(function) or None)
        quoted = options["Description"].replace('"', '""')
        assert f'\r\nAttribute {function.name}.VB_Description = "{quoted}"\r\n' in vba.module()


@needs_xlwings
def test_every_case_row_through_the_caller_of_xlwings() -> None:
    said = xlwings_says(CALL)
    assert said["wrong"] == []
    assert said["calls"] > 100
    assert said["version"].endswith(f", in Excel by xlwings {said['xlwings']}")


def test_the_module_is_what_vba_can_hold() -> None:
    text = vba.module()
    assert text.encode("cp1252").decode("cp1252") == text
    lines = text.split("\r\n")
    assert max(map(len, lines)) < 1024
    assert not any("\n" in line or "\r" in line for line in lines)
    assert lines[0] == 'Attribute VB_Name = "xlwings_udfs"'
    assert text.count("\r\nFunction ") == text.count("\r\nEnd Function") == len(list(CATALOGUE))


def test_the_module_runs_in_a_vba_of_its_own() -> None:
    """pyOpenVBA's interpreter compiles all of it and runs the branch that is not Excel's, with a stand-in for XLPy."""
    from pyopenvba.exceptions import VBACompileError
    from pyopenvba.interpreter import HostBridge, Interpreter, VBAObject, method

    calls: list[list[object]] = []

    class Server(VBAObject):
        @method(name="CallUDF")
        def call(self, module: str, name: str, cells: Any) -> object:
            calls.append([module, name, len(list(cells.items))])
            return CATALOGUE[name].name

    class Host(HostBridge):
        def global_object(self, name: str) -> object:
            return Server() if name.lower() == "xlpy" else super().global_object(name)

    text = f'#Const App = "Another"\n{vba.wrappers()}'
    running = Interpreter(host=Host())
    running.add_module(text, name=vba.MODULE)
    for function in CATALOGUE:
        given = [1] * sum(argument.required for argument in function.arguments)
        assert running.run(function.name, given) == function.name
    assert calls == [["mbr_udfs.xlwings_bridge", f.name, len(f.arguments)] for f in CATALOGUE]
    with pytest.raises(VBACompileError):  # it does notice
        Interpreter().add_module(text.replace("End Function", "End Sub", 1), name=vba.MODULE)
