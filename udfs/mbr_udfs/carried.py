"""Which files of our packages travel inside an add-in or a workbook: all that the cell functions lead to, no more."""

from __future__ import annotations

import ast
import zipfile
from importlib.resources import files
from importlib.resources.abc import Traversable
from io import BytesIO

PACKAGES = ("mbr_xl", "mbr_udfs")
FIRST = "mbr_udfs"  # what a host imports
MADE = (2026, 1, 1, 0, 0, 0)  # the same archive each time


def carried() -> dict[str, bytes]:
    """The files by path: every module that a call of a cell function may load, and the figures beside one of them."""
    held = {path: content for package in PACKAGES for path, content in _files(files(package), package)}
    wanted: set[str] = set()
    waiting = [FIRST]
    while waiting:
        module = waiting.pop()
        path = _path(module, held)
        if path is not None and path not in wanted:
            wanted.add(path)
            waiting += [module.rpartition(".")[0], *_imported(held[path])]
    figures = {path for path in held if path.endswith(".toml") and f"{path.rpartition('/')[0]}/__init__.py" in wanted}
    return {path: held[path] for path in sorted(wanted | figures)}


def archive(parts: dict[str, bytes]) -> bytes:
    """The parts as a zip, by name, the same bytes for the same parts."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as into:
        for name, content in sorted(parts.items()):
            about = zipfile.ZipInfo(name, MADE)
            about.compress_type = zipfile.ZIP_DEFLATED
            about.external_attr = 0o644 << 16
            into.writestr(about, content)
    return made.getvalue()


def _files(folder: Traversable, path: str) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for item in folder.iterdir():
        if item.is_dir():
            found += _files(item, f"{path}/{item.name}") if item.name != "__pycache__" else []
        elif item.name.endswith((".py", ".toml")):
            found.append((f"{path}/{item.name}", item.read_bytes()))
    return found


def _path(module: str, held: dict[str, bytes]) -> str | None:
    """The file of a module; None for a module of others, and for a name that is no module."""
    place = module.replace(".", "/")
    return next((path for path in (f"{place}.py", f"{place}/__init__.py") if path in held), None)


def _imported(source: bytes) -> list[str]:
    """What a module imports, inside its functions too, each name of a `from` as if it might be a module."""
    names: list[str] = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return names
