"""The arrows between the packages, read off the source; and what the import of the functions loads."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = {
    "mbr_xl": ROOT / "mbr_xl",
    "mbr_udfs": ROOT / "udfs" / "mbr_udfs",
    "mbr_workbooks": ROOT / "workbooks" / "mbr_workbooks",
}
OURS = {"mbr_xl": {"mbr_xl"}, "mbr_udfs": {"mbr_udfs", "mbr_xl"}, "mbr_workbooks": set(PACKAGES)}
# Libraries beside the standard one: the core has none but in its census, and each other lives in one file.
CENSUS = {"numpy", "numba", "pandas"}
WORKBOOK_LIBRARIES = {
    "xlsxwriter",
    "openpyxl",
    "cellrune",
    "python_calamine",
    "typer",
    "rich",
    "pyopenvba",
    "icalendar",
}
HOSTS = {"xlwings_bridge.py": {"xlwings"}, "calc_component.py": {"unohelper", "org"}}  # what a host brings itself
IN_ONE_FILE = {"xlwings", "xlsxwriter", "openpyxl", "cellrune", "python_calamine", "pyopenvba"}

SOURCES = [(package, path) for package, folder in PACKAGES.items() for path in sorted(folder.rglob("*.py"))]


def imported(path: Path) -> set[str]:
    """The top-level names of every module that a file imports, inside functions too."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path}: relative import"
            found.add(node.module.partition(".")[0])
    return found


@pytest.mark.parametrize(("package", "path"), SOURCES, ids=lambda item: str(item).removeprefix(str(ROOT)))
def test_arrows(package: str, path: Path) -> None:
    names = imported(path)
    assert names & set(PACKAGES) <= OURS[package]
    others = names - set(PACKAGES) - sys.stdlib_module_names
    if package == "mbr_xl":
        assert others <= (CENSUS if path.stem in ("census", "census_years") else set())
    elif package == "mbr_udfs":
        assert others <= HOSTS.get(path.name, set())
    else:
        assert others <= WORKBOOK_LIBRARIES


def test_each_library_lives_in_one_file() -> None:
    for library in IN_ONE_FILE:
        users = [path.name for _, path in SOURCES if library in imported(path)]
        assert len(users) <= 1, f"{library}: {users}"


def test_the_core_has_no_limit_outside_the_rules() -> None:
    limits = {24500, 72000, 360000, 8000, 11250, 2450000, 7200000, 36000000, 800000, 1125000}
    for package, path in SOURCES:
        if package == "mbr_xl" and "rules" not in path.parts:
            numbers = {
                n.value for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.Constant)
            }
            assert not {n for n in numbers if isinstance(n, int)} & limits, path


def test_importing_the_functions_loads_little() -> None:
    """Excel waits for this import: only the standard library and our modules, and nothing of the engine yet."""
    code = (
        "import sys; old = set(sys.modules); import mbr_udfs, json; print(json.dumps(sorted(set(sys.modules) - old)))"
    )
    done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True)
    loaded = json.loads(done.stdout)
    tops = {name.partition(".")[0] for name in loaded}
    assert tops - {"mbr_udfs", "mbr_xl"} <= sys.stdlib_module_names
    slow = {"dataclasses", "inspect", "tomllib", "importlib.resources", "decimal", "fractions"}
    assert not slow & set(loaded)
    assert not [name for name in loaded if name.startswith(("mbr_xl.engine", "mbr_xl.rules", "mbr_xl.household"))]
    assert "mbr_udfs.xlwings_bridge" not in loaded


def test_nothing_reads_the_clock() -> None:
    for package, path in SOURCES:
        if package == "mbr_workbooks":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute):
                assert node.attr not in ("today", "now", "utcnow"), path
