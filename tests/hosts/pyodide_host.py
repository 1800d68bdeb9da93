"""Pyodide in Node, which runs a project of xlwings Lite as Lite does: fetched from npm, driven line by line."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

PYODIDE = "pyodide@314.0.7"
HOST = Path(__file__).with_name("pyodide_host.mjs")
XLWINGS = Path(__file__).with_name("lite_xlwings.py")


class NotHere(RuntimeError):
    """This machine cannot run Pyodide, and why."""


def pyodide_folder(work: Path) -> Path:
    """The npm package, put below `work`; MBR_PYODIDE names a folder that has it already.

    Raises NotHere where Node, npm or its registry is missing.
    """
    if given := os.environ.get("MBR_PYODIDE"):
        return Path(given)
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        raise NotHere("Node and npm are not installed")
    command = [npm, "install", "--prefix", str(work), "--no-audit", "--no-fund", "--ignore-scripts", PYODIDE]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    except subprocess.TimeoutExpired:
        raise NotHere(f"npm did not bring {PYODIDE} in two minutes") from None
    if done.returncode:
        raise NotHere(f"npm could not bring {PYODIDE}: {' '.join(done.stderr.split())[-200:]}")
    return work / "node_modules" / "pyodide"


class Pyodide:
    """One running Pyodide with the project loaded."""

    def __init__(self, folder: Path, main_py: str) -> None:
        self._node = subprocess.Popen(
            [shutil.which("node") or "node", str(HOST), str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        files = {"main.py": main_py, "xlwings.py": XLWINGS.read_text(encoding="utf-8")}
        self.about: dict[str, Any] = self.ask("load", files=files)

    def ask(self, op: str, **given: Any) -> Any:
        assert self._node.stdin
        assert self._node.stdout
        self._node.stdin.write(json.dumps({"op": op, **given}) + "\n")
        self._node.stdin.flush()
        line = self._node.stdout.readline()
        if not line:
            raise RuntimeError("Pyodide ended by itself")
        answer = json.loads(line)
        if "error" in answer:
            raise RuntimeError(answer["error"])
        return answer["ok"]

    def call(self, *calls: tuple[str, list[Any]]) -> list[Any]:
        """Calls from cells: a function's name, and each argument as rows of cells."""
        return list(self.ask("call", calls=[{"name": name, "cells": cells} for name, cells in calls]))

    def stop(self) -> None:
        assert self._node.stdin
        assert self._node.stdout
        self._node.stdin.close()
        try:
            self._node.wait(20)
        except subprocess.TimeoutExpired:
            self._node.kill()
            self._node.wait(20)
        self._node.stdout.close()


def as_sent(cell: object) -> list[list[Any]]:
    """An argument as Excel sends it to Lite: rows, even of one cell."""
    return [list(row) for row in cell] if isinstance(cell, list) else [[cell]]
