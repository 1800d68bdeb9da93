"""A project of Lite that is there already: kept beside ours only where no two functions may get one name."""

from __future__ import annotations

from pathlib import Path

import pytest

from mbr_udfs.lite import main_py
from mbr_workbooks.lite import STORE_ID, add_project
from mbr_workbooks.package import Package
from mbr_xl.errors import InputError
from tests.lite_books import extension, lite_book

REFUSED = {
    "def MBR_ROOM(year):\n    pass\n": "has MBR_ROOM already",
    "def mbr_room(year):\n    pass\n": "has mbr_room already",
    "import x as MBR_ROOM\n": "has MBR_ROOM already",
    "@func(name='Mbr_Room')\ndef room(x):\n    pass\n": "has Mbr_Room already",
    "_mbr_answer = 1\n": "has _mbr_answer already",
    "from helpers import *\n": r"imports names with \*",
    "N = 'MBR_ROOM'\n@xw.func(name=N)\ndef room(x):\n    pass\n": "has MBR_ROOM already",
    "N = 'MBR_' + 'ROOM'\n@xw.func(name=N)\ndef room(x):\n    pass\n": r"\(line 2 of its main.py\)",
    "@xw.func(name='MBR_' + 'ROOM')\ndef room(x):\n    pass\n": "a name while it runs",
    "@func(**{'name': 'MBR_' + 'ROOM'})\ndef room(x):\n    pass\n": "a name while it runs",
    "from xlwings import func as f\nf(name=N)(room)\n": r"\(line 2 ",
    "register = xw.func\nregister(name=N)(room)\n": r"\(line 2 ",
    "functools.partial(xw.func, name=N)(room)\n": "a name while it runs",
    "@f(name=f'MBR_{x}')\ndef room(x):\n    pass\n": "a name while it runs",
    "globals()['MBR_ROOM'] = room\n": "has MBR_ROOM already",
    "globals()[n] = room\n": "a name while it runs",
    "globals().update(found)\n": "a name while it runs",
    "g = globals()\n": "a name while it runs",
    "vars(module)[n] = room\n": "a name while it runs",
    "module.__dict__[n] = room\n": "a name while it runs",
    "setattr(module, 'MBR_ROOM', room)\n": "has MBR_ROOM already",
    "setattr(sys.modules[__name__], n, room)\n": "a name while it runs",
    "module.MBR_ROOM = room\n": "has MBR_ROOM already",
    "room.__name__ = n\n": "a name while it runs",
    "exec(text)\n": "a name while it runs",
    "try:\n    pass\nexcept E as MBR_ROOM:\n    pass\n": "has MBR_ROOM already",
    "def (:\n": "not valid Python",
    "# --- mbr_xl begins: half\nx = 1\n": "cut apart",
    "# --- mbr_xl ends ---\n": "cut apart",
}


@pytest.mark.parametrize("main", REFUSED)
def test_what_cannot_stand_beside_ours_is_refused(main: str, tmp_path: Path) -> None:
    book = lite_book(tmp_path / "t.xlsx", extension(STORE_ID, {"main.py": main}))
    package, before = Package(book), book.read_bytes()
    with pytest.raises(InputError, match=REFUSED[main]):
        add_project(package)
    assert all(package[part] == Package(book)[part] for part in package)
    assert book.read_bytes() == before


@pytest.mark.parametrize(
    "main",
    [
        "@xw.func(name='ROOM')\ndef room(x):\n    return globals()[x]\n",
        "@xw.func\ndef room(x):\n    book.sheets.add(name=x)\n",
        "class Box:\n    def __init__(self, n):\n        setattr(self, n, 1)\n",
        "def twice(f):\n    wrapper.__name__ = f.__name__\n",
        "if 'room' in globals() or globals().get('x'):\n    globals()['room'] = 1\n",
        "cell.formula = '=MBR_ROOM(2026, 24500, 10000)'\n",
        "print('%(x)s' % locals(), '*')\n",
    ],
)
def test_code_that_makes_no_name_of_ours_is_kept(main: str) -> None:
    assert main_py(main).startswith(main)
