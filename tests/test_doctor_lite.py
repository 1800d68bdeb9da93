"""The doctor on the Excel of a computer: too old, of an edition that runs xlwings Lite or not, or not seen at all."""

from __future__ import annotations

import plistlib

import pytest

from mbr_workbooks.doctor import diagnose, excel_way, lite_way
from mbr_workbooks.doctor_command import report
from tests.computers import EXCEL, Computer, Linux, to_do

OFFICE = r"SOFTWARE\Microsoft\Office\ClickToRun\Configuration"
PLIST = "/Applications/Microsoft Excel.app/Contents/Info.plist"


@pytest.mark.parametrize(
    ("editions", "state", "text"),
    [
        ("O365HomePremRetail,VisioPro2019Retail", "ready", "can run it: O365HomePremRetail"),
        ("ProPlus2021Volume", "ready", "can run it"),
        ("HomeBusiness2024Retail", "ready", "can run it"),
        ("ProPlus2019Volume", "not here", "Excel 2019 cannot run it"),
        ("VisioPro2021Retail,ProPlus2019Volume", "not here", "Excel 2019 cannot run it"),
        ("ProPlusRetail", "not known", "Excel 16.0 is here; which edition it is, is not seen"),
        (None, "not known", "Excel 16.0 is here; which edition it is, is not seen"),
    ],
)
def test_lite_looks_at_the_edition_of_excel(editions: str | None, state: str, text: str) -> None:
    pc = Computer()
    if editions is not None:
        pc.values["HKLM", OFFICE, "ProductReleaseIds"] = editions
    way = lite_way(pc)
    assert way.state == state
    assert text in way.findings[0].text
    seen = [finding for finding in way.findings if finding.text.startswith("Not looked at: whether xlwings Lite")]
    assert bool(seen) is (state != "not here")


def test_without_any_excel_lite_is_not_ready(capsys: pytest.CaptureFixture[str]) -> None:
    pc = Computer()
    pc.files.pop(EXCEL)
    assert [way.state for way in diagnose(pc)] == ["not here", "not known", "not here"]
    assert report(diagnose(pc), as_json=False) == 1, "nothing is ready"
    said = capsys.readouterr().out
    assert "READY" not in said
    assert "Excel, by xlwings Lite: NOT KNOWN\n  note  This computer has no Excel that is seen from here" in said
    assert "Excel in the browser is not looked at" in said
    assert "not made for this system" in lite_way(Linux()).findings[0].text


def test_an_excel_before_2016_is_too_old_for_both() -> None:
    """Excel 2010 calls itself 14, 2013 15, and every one from 2016 on 16."""
    pc = Computer()
    for number, old in ((14, True), (15, True), (16, False), (17, False)):
        pc.values["HKCR", r"Excel.Application\CurVer", ""] = f"Excel.Application.{number}"
        way = excel_way(pc)
        assert way.state == ("to do" if old else "ready")
        assert [f.text for f in to_do(way)] == [
            f"Excel {number}.0 is older than Excel 2016, which is 16.0: {EXCEL}"
        ] * old
        assert lite_way(pc).state == ("not here" if old else "not known")
    assert report(diagnose(pc), as_json=False) == 0
    pc.values["HKCR", r"Excel.Application\CurVer", ""] = "Excel.Application.14"
    assert "Excel 14.0 cannot run it" in lite_way(pc).findings[0].text
    assert report(diagnose(pc), as_json=False) == 1


def test_the_excel_of_a_mac() -> None:
    pc = Linux()
    pc.system = "Darwin"
    assert lite_way(pc).state == "not known"
    assert "no Excel that is seen" in lite_way(pc).findings[0].text
    pc.files[PLIST] = plistlib.dumps({"CFBundleShortVersionString": "16.89"})
    assert lite_way(pc).state == "not known"
    assert "Excel 16.89 is here" in lite_way(pc).findings[0].text
    pc.files[PLIST] = plistlib.dumps({"CFBundleShortVersionString": "15.41"}, fmt=plistlib.FMT_BINARY)
    assert lite_way(pc).state == "not here"
    assert "Excel 15.41 cannot run it" in lite_way(pc).findings[0].text
    pc.files[PLIST] = b"bplist00 damaged"
    assert "Excel of an unknown version is here" in lite_way(pc).findings[0].text
