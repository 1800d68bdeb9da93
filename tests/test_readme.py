"""The README's examples are run and its numbers are right."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import mbr_udfs

README = (Path(__file__).parents[1] / "README.md").read_text("utf-8")
EXAMPLES = re.findall(r"^\| `=(\w+)\((.*)\)` \| ([\d,.]+) \|$", README, re.MULTILINE)


def test_the_examples_are_found() -> None:
    assert len(EXAMPLES) >= 5


@pytest.mark.parametrize(("name", "arguments", "answer"), EXAMPLES, ids=[f"{e[0]}({e[1]})" for e in EXAMPLES])
def test_example(name: str, arguments: str, answer: str) -> None:
    given = ast.literal_eval(f"({arguments},)")
    assert getattr(mbr_udfs, name)(*given) == float(answer.replace(",", ""))


def test_first_screen() -> None:
    lines = README.splitlines()
    assert lines[0].startswith("# mbr_xl")
    assert "Windows" in lines[2]
    assert "needs nothing" in lines[2]
    for words in ("mbr-xl demo sample", "python -m pytest"):
        found = [line for line in lines[:20] if line.startswith("python3 -m venv") and line.endswith(words)]
        assert len(found) == 1, words
