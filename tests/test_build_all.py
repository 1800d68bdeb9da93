"""Everything that a user may be given, built into one folder."""

from __future__ import annotations

import zipfile
from pathlib import Path

from mbr_udfs.calc import calc_addin
from mbr_workbooks.build import LITE, build_all
from mbr_workbooks.check import check
from mbr_workbooks.intellisense import intellisense
from mbr_workbooks.lite import project
from mbr_workbooks.machine import Machine
from mbr_workbooks.package import Package


def test_all_of_it(tmp_path: Path) -> None:
    made = build_all(tmp_path / "out", Machine())
    found = {path.name: path for path in made}
    assert {"planner.xlsx", "sample-client.xlsx", LITE, "mbr_xl.oxt", "mbr_xl.intellisense.xml"} <= found.keys()
    assert ("mbr_xl.xlam" in found) == (Machine().version("xlwings") is not None)
    for path in made:
        if path.suffix != ".xml":
            with zipfile.ZipFile(path) as package:
                assert package.testzip() is None
    assert found["mbr_xl.oxt"].read_bytes() == calc_addin()
    assert found["mbr_xl.intellisense.xml"].read_text("utf-8") == intellisense()
    assert set(project(Package(found[LITE]))) >= {"main.py", "requirements.txt"}
    assert check(found["sample-client.xlsx"]).passed
