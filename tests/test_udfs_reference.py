"""The function reference is what the catalogue says now, its examples run."""

from pathlib import Path

from mbr_udfs import CATALOGUE
from mbr_udfs.catalogue import Function
from mbr_udfs.formula import literal, parse, run
from mbr_udfs.reference import CHAPTERS, MARKER, document, page

README = Path(__file__).parents[1] / "udfs" / "README.md"


def test_the_readme_is_current():
    text = README.read_text(encoding="utf-8")
    assert MARKER in text
    assert text == document(text), "run: python -m mbr_udfs.reference udfs/README.md"


def test_every_function_has_a_page():
    text = README.read_text(encoding="utf-8")
    for function in CATALOGUE:
        assert page(function) in text + "\n"
        assert function.chapter in CHAPTERS


def test_examples_answer_and_errors_refuse():
    for function in CATALOGUE:
        for formula in function.sections["Example"]:
            assert not str(run(formula)).startswith("#MBR!"), formula
            assert parse(formula)[0] is function
        for formula in function.sections.get("Errors", []):
            assert str(run(formula)).startswith("#MBR! "), formula


def test_pages_have_microsofts_shape():
    text = page(CATALOGUE["MBR_ROOM"])
    order = [text.index(part) for part in ("## MBR_ROOM", "### Syntax", "### Arguments", "### Errors", "### Example")]
    assert order == sorted(order)
    assert "| deferrals | Required |" in text
    assert "`=MBR_ROOM(2026, 24500, 10000)` shows **37,500**" in text


def test_literals_are_what_excel_sends():
    assert literal("6%") == 0.06
    assert literal('"6%"') == "6%"
    assert literal("DATE(2026,1,2)") == 46024.0
    assert literal('{"a",1;"b",}') == [["a", 1.0], ["b", None]]
    assert literal("TRUE") is True
    assert literal(" ") is None
    assert isinstance(parse("=MBR_VERSION()")[0], Function)


def test_where_the_product_departs_from_the_short_account():
    text = " ".join(README.read_text(encoding="utf-8").partition(MARKER)[0].split())
    for part in ("age 50 by December 31", "196.08", "taxable compensation", "80,000 is no room for after-tax"):
        assert part in text
