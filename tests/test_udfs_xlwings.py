"""What xlwings would register in Excel, read off its own machinery with the Windows modules stubbed."""

import importlib.util
import json
import subprocess
import sys

import pytest

from mbr_udfs import CATALOGUE
from mbr_udfs.vba_names import vba_name

pytestmark = pytest.mark.skipif(importlib.util.find_spec("xlwings") is None, reason="xlwings is not installed here")

SCRIPT = """
import io, json, sys, types
import warnings; warnings.simplefilter("ignore")
stubs = {name: types.ModuleType(name) for name in ("pythoncom", "pywintypes", "win32com", "win32com.client")}
stubs["pythoncom"].CoInitialize = lambda: None
stubs["pywintypes"].com_error = type("com_error", (Exception,), {})
stubs["pywintypes"].TimeType = type("TimeType", (), {})
stubs["win32com.client"].Dispatch = lambda *a, **k: None
stubs["win32com"].client = stubs["win32com.client"]
if sys.platform != "win32":
    sys.modules.update(stubs)
import xlwings, xlwings.udfs as udfs
xlwings.func, xlwings.arg = udfs.xlfunc, udfs.xlarg
from mbr_udfs import xlwings_bridge as bridge
book = types.SimpleNamespace(Name="book.xlsm")
vba = io.StringIO()
udfs.generate_vba_wrapper("mbr_udfs.xlwings_bridge", bridge, vba, book)
marks = {name: f.__xlfunc__ for name, f in vars(bridge).items() if hasattr(f, "__xlfunc__")}
print(json.dumps({"vba": vba.getvalue(), "marks": marks, "answer": bridge.MBR_ROOM(2026.0, 24500.0, 10000.0)},
                 default=str))
"""


@pytest.fixture(scope="module")
def registered():
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_every_function_is_registered_with_its_texts(registered):
    marks = registered["marks"]
    assert set(marks) == {function.name for function in CATALOGUE}
    for function in CATALOGUE:
        mark = marks[function.name]
        assert mark["ret"]["doc"] == function.description
        assert [(a["name"], a["doc"], "optional" in a) for a in mark["args"]] == [
            (vba_name(a.name), a.text, not a.required) for a in function.arguments
        ]


def test_ranges_have_two_dimensions_and_errors_come_as_text(registered):
    for function in CATALOGUE:
        for argument, mark in zip(function.arguments, registered["marks"][function.name]["args"], strict=True):
            assert mark["options"].get("ndim") == (2 if argument.kind.is_range else None)
            assert mark["options"]["err_to_str"] is True
            assert "convert" not in mark["options"]


def test_the_vba_wrapper_names_each_argument(registered):
    text = registered["vba"]
    assert "Function MBR_LIMIT(year, limit, Optional age)" in text
    assert "Function MBR_ROOM(year, deferrals, employer, Optional after_tax" in text
    assert "Optional earnings_to, Optional until_, Optional rows)" in text
    assert 'CallUDF("mbr_udfs.xlwings_bridge", "MBR_ROOM"' in text


def test_the_registered_function_answers(registered):
    assert registered["answer"] == 37500.0
