"""What Excel would repair or refuse, looked for in the XML of a workbook: no loader here notices most of it."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO
from xml.etree.ElementTree import Element

from mbr_udfs.lite import STORED
from mbr_workbooks.linting.cells import MOST_TEXT, Book
from mbr_workbooks.linting.formulas import formula_faults
from mbr_workbooks.linting.names import defined, name_faults
from mbr_workbooks.linting.parts import part_faults
from mbr_workbooks.linting.styles import Styles
from mbr_workbooks.linting.tables import Tables
from mbr_workbooks.linting.xml import MAIN, Parts

MOST_LISTED, MOST_SAID = 255, 255  # characters of a list to choose from, and of a message
IDS = "{http://schemas.microsoft.com/office/webextensions/webextension/2010/11}customFunctionIds"


def lint(source: Path | BinaryIO, constants: bool = True) -> list[str]:
    """Every fault found, a sentence each; empty if there is none.

    constants: whether formulas may hold no number but 0, 1 and the digits of ROUND (a user's own formulas may).
    """
    with zipfile.ZipFile(source) as package:
        parts = Parts({name: package.read(name) for name in package.namelist()})
    return list(_faults(parts, constants))


def _faults(parts: Parts, constants: bool) -> Iterator[str]:
    yield from part_faults(parts)
    if "xl/workbook.xml" not in parts.trees:
        return
    yield from name_faults(parts)
    book, styles = Book(parts), Styles(parts)
    yield from book.faults()
    yield from styles.faults()
    tables = Tables({title.casefold() for title, _ in parts.sheets()}, book.strings, defined(parts))
    for title, part in parts.sheets():
        if not part:
            yield f"The sheet {title} has no part."
            continue
        root = parts.trees[part]
        yield from book.sheet_faults(title, root, constants)
        yield from styles.sheet_faults(title, root)
        yield from _rule_faults(title, root)
        for table in parts.related(part, "table"):
            yield from tables.faults(root, table)
            yield from styles.table_faults(table)
        for notes in parts.related(part, "comments"):
            yield from _note_faults(title, notes)
    yield from _lite_faults(parts)


def _rule_faults(title: str, root: Element) -> Iterator[str]:
    """Validations and conditional formats."""
    for validation in root.iter(f"{MAIN}dataValidation"):
        place = f"{title}!{validation.get('sqref')}"
        listed = validation.findtext(f"{MAIN}formula1") or ""
        if validation.get("type") == "list" and len(listed) > MOST_LISTED + 2:  # its quotes included
            yield f"{place}: a list of {len(listed) - 2} characters, above 255."
        if len(validation.get("prompt", "")) > MOST_SAID or len(validation.get("error", "")) > MOST_SAID:
            yield f"{place}: a message above 255 characters."
    for kind in ("formula1", "formula2", "formula"):
        for formula in root.iter(f"{MAIN}{kind}"):
            for fault in formula_faults(formula.text or "", constants=False):
                yield f"{title}: a rule {fault}: {(formula.text or '')[:120]}"


def _note_faults(title: str, notes: Element) -> Iterator[str]:
    for note in notes.iter(f"{MAIN}comment"):
        if len("".join(text.text or "" for text in note.iter(f"{MAIN}t"))) > MOST_TEXT:
            yield f"{title}!{note.get('ref')}: a note longer than 32,767 characters."


def _lite_faults(parts: Parts) -> Iterator[str]:
    """Functions of ours in cells, which the workbook's xlwings Lite project does not name."""
    listed = {(item.text or "").casefold() for tree in parts.trees.values() for item in tree.iter(IDS)}
    for title, part in parts.sheets():
        if not part:
            continue
        for formula in parts.trees[part].iter(f"{MAIN}f"):
            name = (formula.text or "").partition("(")[0]
            if name.startswith(STORED) and name.casefold() not in listed:
                yield f"{title}: {name} is not among the functions of an xlwings Lite project."
