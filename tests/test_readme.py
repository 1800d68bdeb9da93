"""The README's examples are run and its numbers are right."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

import mbr_udfs

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
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
    assert "needs nothing" in lines[2]
    assert "LibreOffice" in lines[3]
    for words in ("mbr-xl demo sample", "python -m pytest"):
        found = [line for line in lines[:20] if line.startswith("python3 -m venv") and line.endswith(words)]
        assert len(found) == 1, words


def test_the_table_of_speed_is_the_one_measured_and_every_claim_holds() -> None:
    """`python benchmarks` writes both; another hand may not have been at one of them."""
    tables = [
        re.findall(r"^\| (.*) \| (.*) \| (.*) \| (.*) \| (yes|no|holds here) \|$", text, re.MULTILINE)
        for text in (README, (ROOT / "benchmarks" / "README.md").read_text("utf-8"))
    ]
    assert tables[0] == tables[1]
    assert len(tables[0]) >= 13
    assert {held for *_, held in tables[0][1:]} == {"yes"}
    claimed = {what: claim for what, _, _, claim, _ in tables[0]}
    assert claimed["A census, columns ready, pays not kept"] == "2,000,000 a second on two processors"
    assert claimed["One saver's year, 28 payments, the whole rule in plain Python"] == "at most 0.2 ms"


def test_the_picture_of_growth_has_every_size() -> None:
    svg = (ROOT / "benchmarks" / "growth.svg").read_text("utf-8")
    texts = [element.text for element in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]
    for what in ("pays", "candidates", "savers"):
        assert f"Time over {what}" in texts
    assert {"104", "1,000", "400k"} <= set(texts)
