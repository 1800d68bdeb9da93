"""Formulas that call our functions in whatever way, written in a workbook's cells as xlwings Lite keeps them.

Excel keeps a call with the way by which it came into the cell: under Lite a call of the add-in stays a link to the
add-in's file. Only the text of a formula is changed: its stored value stays, a dynamic array stays one, and so does an
array that was entered with Ctrl+Shift+Enter.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from mbr_udfs.catalogue import CATALOGUE
from mbr_udfs.lite import STORED
from mbr_workbooks.formulas import Cell, edges
from mbr_workbooks.package import Package, resolve
from mbr_workbooks.sheet_xml import cells_of, sheets_of, with_formula_text
from mbr_xl.errors import InputError

MOST_LETTERS = 8192  # Excel's limit of a formula
_OURS = frozenset(function.name for function in CATALOGUE)
_NAME = r"(?P<name>(?:MBR|CONVERT|BACKDOOR)_[A-Z0-9_]+)(?=\()"
# A call by an add-in or by its bare name. Passed over: texts, names of sheets, columns of tables.
_PASSED = r""""(?:[^"]|"")*"|'(?:[^']|'')*'|\[(?:[^\[\]']|'.|\[(?:[^\[\]']|'.)*\])*\]"""
_CALL = re.compile(
    rf"(?:_xll\.|(?:'(?:[^']|'')*\.xl\w+'|\[(?P<link>\d+)\]|(?<![\w.'\]])[\w.]+\.xl\w+)!){_NAME}"
    rf"|(?<![\w.!]){_NAME.replace('name', 'bare')}|{_PASSED}",
    re.IGNORECASE,
)
_LEFT = re.compile(rf"{_PASSED}|(?<!\w){_NAME}", re.IGNORECASE)
_RULES = re.compile(rb"<(?:\w+:)?(definedName|formula|formula1|formula2|f)\b[^>]*>([^<]*)<")
_COLUMNS = re.compile(r"(<((?:\w+:)?(?:calculatedColumnFormula|totalsRowFormula))\b[^<>]*>)([^<]*)(?=</\2>)")
_NO_FORMULAS = ("xl/sharedStrings.xml", "xl/webextensions/", "xl/externalLinks/", "xl/media/")
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True)
class Rewritten:
    """The cells whose formula is now as Lite keeps it, and what was left as it was, each place with the reason."""

    cells: tuple[Cell, ...]
    left: tuple[str, ...]


def write_as_lite(package: Package) -> Rewritten:
    """Rewrites every call of ours in cells and in the formulas of table columns; the rest of the package stays.

    A formula is rewritten whole or left. Names, validations, format rules and charts are left: whether Lite's
    functions answer there is not known.
    """
    done: list[Cell] = []
    left: list[str] = []
    links: set[int] = set()
    for sheet in sheets_of(package):
        if sheet.part not in package:
            continue
        formulas: dict[str, str] = {}
        shared: set[str | None] = set()  # groups of cells of which only the first has the formula's text
        for address, cell in cells_of(package[sheet.part]).items():
            column, row, _, _ = edges(address)
            place, old = Cell(sheet.name, row, column), cell.formula or ""
            kept, why = lite_formula(old)
            group = cell.formula_attributes.get("si")
            if why:
                left.append(f"{place}: {why}")
            elif kept != old:
                formulas[address] = kept
                done.append(place)
                links |= _links(old)
                shared.add(group)
            elif group is not None and group in shared and not old:
                done.append(place)
        if formulas:
            package[sheet.part] = with_formula_text(package[sheet.part], formulas)
            _expect_written(package, sheet.part, formulas)
    for part in [name for name in package if name.startswith("xl/tables/") and name.endswith(".xml")]:
        xml = package[part].decode("utf-8-sig", "surrogateescape")
        if (new := _COLUMNS.sub(_column, xml)) != xml:
            package[part] = new.encode("utf-8", "surrogateescape")
    left += _left_in_rules(package)
    _drop_links(package, links)
    return Rewritten(tuple(done), tuple(left))


def lite_formula(formula: str) -> tuple[str, str]:
    """A formula without "=" as Lite keeps it, and why it must stay as it is, "" where it need not."""
    unknown: list[str] = []

    def put(found: re.Match[str]) -> str:
        name = (found["name"] or found["bare"] or "").upper()
        if not name:
            return found[0]
        if name not in _OURS:
            unknown.append(name)
        return f"{STORED}{name}"

    new = _CALL.sub(put, formula)
    if unknown:
        return formula, f"this version has no function {unknown[0]}"
    if other := next((found["name"] for found in _LEFT.finditer(new) if found["name"]), ""):
        return formula, f"{other} is called there in a way that is not known"
    if len(new) > MOST_LETTERS and new != formula:
        return formula, "the formula would be too long for Excel"
    return new, ""


def _links(formula: str) -> set[int]:
    """The numbers of the linked files by which a formula calls ours."""
    return {int(found["link"]) for found in _CALL.finditer(formula) if found["link"] and found["name"]}


def _column(found: re.Match[str]) -> str:
    old = html.unescape(found[3])
    new, _ = lite_formula(old)
    return found[0] if new == old else found[1] + escape(new)


def _expect_written(package: Package, part: str, formulas: Mapping[str, str]) -> None:
    cells = cells_of(package[part])
    if any(cells[address].formula != text for address, text in formulas.items()):
        raise InputError(f"The formulas of {package.path} cannot be changed here: open and save it in Excel once.")


def _left_in_rules(package: Package) -> Iterator[str]:
    """Where else one of our functions is called: a sentence for each place."""
    sheets = {sheet.part: sheet.name for sheet in sheets_of(package)}
    for part in package:
        if part != "xl/workbook.xml" and part not in sheets and not re.match(r"xl/charts/[^/]+\.xml", part):
            continue
        for kind, text in _RULES.findall(package[part]):
            formula = html.unescape(text.decode("utf-8", "replace"))
            if (kind == b"f" and part in sheets) or lite_formula(formula) == (formula, ""):
                continue
            where = f"a rule of the sheet {sheets[part]}" if part in sheets else "a chart"
            where = "a defined name" if kind == b"definedName" else where
            yield f"{where}: {formula[:60]}"


def _drop_links(package: Package, used: set[int]) -> None:
    """Takes out the links at the list's end that led to the add-in's functions alone: Excel would ask about them.

    A link before another one stays, since formulas name links by their place in the list.
    """
    book = ElementTree.fromstring(package["xl/workbook.xml"])
    targets = {
        link.get("Id"): resolve("xl/", link.get("Target", ""))
        for link in ElementTree.fromstring(package["xl/_rels/workbook.xml.rels"])
    }
    marks = [item.get(_R, "") for item in book.iter() if item.tag.endswith("}externalReference")]
    while marks and len(marks) in used:
        number, part = b"[%d]" % len(marks), targets.get(marks[-1], "")
        others = (name for name in package if name.startswith("xl/") and not name.startswith(_NO_FORMULAS))
        if part not in package or any(number in package[name] for name in others):
            return
        package.drop(part)
        mark = re.escape(marks.pop().encode())
        xml = re.sub(
            rb"<(?:\w+:)?externalReference\b[^<>]*=\"" + mark + rb"\"[^<>]*/>", b"", package["xl/workbook.xml"]
        )
        package["xl/workbook.xml"] = re.sub(rb"<((?:\w+:)?externalReferences)\b[^<>]*>\s*</\1>", b"", xml)
