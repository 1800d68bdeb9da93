"""The project that xlwings Lite reads out of a workbook: main.py and requirements.txt, made from the catalogue.

main.py defines each function without annotations, which would make xlwings convert cells by itself, and carries our
packages as a zip in base64: nothing is fetched for us. Where a project is there already, ours is a block of lines in
its main.py, between a line that begins it and one that ends it.
"""

from __future__ import annotations

import ast
import base64
import hashlib
import re
import textwrap

from mbr_udfs import host
from mbr_udfs.carried import archive, carried
from mbr_udfs.catalogue import CATALOGUE, Function
from mbr_udfs.cells import MARK
from mbr_udfs.formula import run
from mbr_udfs.lite_names import line_of_open_name, names_in
from mbr_xl import __version__
from mbr_xl.errors import InputError

MAIN, REQUIREMENTS = "main.py", "requirements.txt"
HOST = "Excel by xlwings Lite"  # as MBR_VERSION names it
STORED = "_xldudf_"  # how a workbook's file begins the name of a function of Lite
XLWINGS = "0.37.8"
# What a project of Lite's own begins with; Lite adds nothing to a list that has them.
REQUIRED = f"""xlwings=={XLWINGS}  # required
python-dotenv==1.1.1  # required
pyodide-http  # required
black  # required
"""
_BEGINS, _ENDS = "# --- mbr_xl begins", "# --- mbr_xl ends"
_BLOCK = re.compile(rf"^{re.escape(_BEGINS)}.*?^{re.escape(_ENDS)}[^\n]*(?:\n|\Z)", re.MULTILINE | re.DOTALL)


def stored_formula(formula: str) -> str:
    """A formula as the workbook's file holds it: =MBR_ROOM(...) is =_xldudf_MBR_ROOM(...)."""
    return f"={STORED}{formula.removeprefix('=').lstrip()}"


def answer(formula: str) -> object:
    """The answer of a formula of one call as Lite receives it: a refusal begins with the mark here."""
    before, host.name = host.name, HOST
    try:
        return run(formula)
    finally:
        host.name = before


def main_py(theirs: str = "") -> str:
    """The text of main.py: ours, behind what a project has there already.

    theirs: the project's main.py; a block of ours in it, of whatever version, is replaced.
    Raises InputError where its text shows a name of ours, or leaves a name open that may be ours; a name that is made
    in a way that no text shows, as by a package that it imports, is not seen.
    """
    found = _BLOCK.findall(theirs)
    before, _, after = theirs.partition(found[0]) if found else (theirs, "", "")
    rest = before + after
    if len(found) > 1 or _BEGINS in rest or _ENDS in rest:
        raise InputError(
            "The lines of mbr_xl in the project's main.py were cut apart: delete them all in xlwings Lite first."
        )
    if rest.strip():
        _expect_apart(rest)
    if found or not rest.strip():
        return before + _block() + after
    return f"{theirs}{'' if theirs.endswith(chr(10)) else chr(10)}\n\n{_block()}"


def requirements(theirs: str = "") -> str:
    """The text of requirements.txt: the project's own, as long as it names xlwings."""
    if re.search(r"^\s*xlwings\b", theirs, re.MULTILINE | re.IGNORECASE):
        return theirs
    return theirs + ("" if not theirs or theirs.endswith("\n") else "\n") + REQUIRED if theirs.strip() else REQUIRED


def others_in(text: str) -> str:
    """What a main.py holds beside our block."""
    return _BLOCK.sub("", text).strip()


def _expect_apart(theirs: str) -> None:
    """Refuses a main.py whose names may be ours: two functions of one name stop every function of the project."""
    try:
        tree = ast.parse(theirs)
    except (SyntaxError, ValueError):
        raise InputError(
            "The workbook's xlwings Lite project has a main.py that is not valid Python: correct it first."
        ) from None
    ours = {function.name for function in CATALOGUE}
    for name in names_in(tree):
        if name == "*":
            raise InputError(
                "The workbook's xlwings Lite project imports names with *, so that two functions may have one "
                "name: import them by name first."
            )
        if name.upper() in ours or name.startswith("_mbr_"):
            raise InputError(
                f"The workbook's xlwings Lite project has {name} already: rename it there first, "
                "or take a workbook without it."
            )
    if line := line_of_open_name(tree):
        raise InputError(
            f"The workbook's xlwings Lite project makes a name while it runs (line {line} of its main.py), so that two "
            "functions may have one name: write that name out first."
        )


def _block() -> str:
    packages = archive(carried())
    lines = "\n".join(textwrap.wrap(base64.b64encode(packages).decode(), 120))
    return _TEXT.format(
        begins=_BEGINS,
        ends=_ENDS,
        version=__version__,
        mark=MARK,
        host=HOST,
        functions="\n\n".join(_definition(function) for function in CATALOGUE),
        digest=hashlib.sha256(packages).hexdigest()[:16],
        packages=lines,
    )


def _definition(function: Function) -> str:
    """One function of main.py, with what Excel shows of it and of its arguments."""
    marks = [
        f"@_mbr_xlwings.arg({argument.name!r}, doc={argument.text!r}, err_to_str=True"
        f"{', ndim=2' if argument.kind.is_range else ''})"
        for argument in function.arguments
    ]
    given = ", ".join(a.name if a.required else f"{a.name}=None" for a in function.arguments)
    names = ", ".join([repr(function.name), *(argument.name for argument in function.arguments)])
    return "\n".join(
        [
            '@_mbr_xlwings.func(namespace="")',
            *marks,
            f"def {function.name}({given}):",
            f"    {function.description!r}",
            f"    return _mbr_answer({names})\n",
        ]
    )


_TEXT = '''{begins}: worksheet functions of mbr_xl {version}; `mbr-xl lite` made these lines and replaces them whole ---
import base64 as _mbr_base64
import pathlib as _mbr_pathlib
import sys as _mbr_sys
import tempfile as _mbr_tempfile

import xlwings as _mbr_xlwings


def _mbr_answer(name, *cells):
    """What the cell shows; a refusal is raised, so that the cell shows #VALUE! with the sentence as its message."""
    shown = _mbr_catalogue[name](*cells)
    if isinstance(shown, str) and shown.startswith({mark!r}):
        raise _mbr_xlwings.XlwingsError(shown.removeprefix({mark!r}))
    return shown


{functions}

def _mbr_load(packages, digest):
    """The catalogue of functions, out of the packages in a zip; modules of an older version are let go."""
    file = _mbr_pathlib.Path(_mbr_tempfile.gettempdir(), f"mbr_xl-{{digest}}.zip")
    if str(file) not in _mbr_sys.path:
        file.write_bytes(_mbr_base64.b64decode(packages))
        _mbr_sys.path.insert(0, str(file))
        for name in list(_mbr_sys.modules):
            if name.partition(".")[0] in ("mbr_xl", "mbr_udfs"):
                del _mbr_sys.modules[name]
    from mbr_udfs import CATALOGUE, host

    host.name = {host!r}
    return CATALOGUE


_mbr_catalogue = _mbr_load(
    """
{packages}
""",
    "{digest}",
)
{ends} ---
'''
