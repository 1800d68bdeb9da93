"""Indexes into the styles: those of cells, of rules, of tables, and of the styles themselves."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from mbr_workbooks.linting.xml import MAIN, Parts

FIRST_OWN_FORMAT = 164  # number formats below are Excel's own
# Where an index is kept: the element, its attribute, the list of the styles into which it leads.
OF_A_SHEET = (("c", "s", "cellXfs"), ("row", "s", "cellXfs"), ("col", "style", "cellXfs"), ("cfRule", "dxfId", "dxfs"))
OF_A_STYLE = (("fontId", "fonts"), ("fillId", "fills"), ("borderId", "borders"), ("xfId", "cellStyleXfs"))


class Styles:
    """How many of each kind of style a workbook has."""

    def __init__(self, parts: Parts) -> None:
        found = parts.related("xl/workbook.xml", "styles")
        self._root = found[0] if found else None
        self._sizes = {child.tag.removeprefix(MAIN): len(child) for child in (found[0] if found else ())}

    def faults(self) -> Iterator[str]:
        """Of the styles themselves."""
        if self._root is None:
            yield "The workbook has no styles."
            return
        own = {item.get("numFmtId") for item in self._root.iter(f"{MAIN}numFmt")}
        for group in ("cellXfs", "cellStyleXfs"):
            for number, item in enumerate(self._root.findall(f"{MAIN}{group}/{MAIN}xf")):
                for key, listed in OF_A_STYLE:
                    if self._beyond(item.get(key), listed):
                        yield f"The style {number} of {group} names {key} {item.get(key)}, beyond the {listed}."
                form = item.get("numFmtId", "0")
                if not form.isdigit() or (int(form) >= FIRST_OWN_FORMAT and form not in own):
                    yield f"The style {number} of {group} names the number format {form}, which is not there."
        for item in self._root.findall(f"{MAIN}cellStyles/{MAIN}cellStyle"):
            if self._beyond(item.get("xfId"), "cellStyleXfs"):
                yield f"The cell style {item.get('name')} names xfId {item.get('xfId')}, beyond the cellStyleXfs."
        for item in self._root.iter(f"{MAIN}tableStyleElement"):
            if self._beyond(item.get("dxfId"), "dxfs"):
                yield f"A table style names dxfId {item.get('dxfId')}, beyond the dxfs."

    def sheet_faults(self, title: str, root: Element) -> Iterator[str]:
        """Of a worksheet: its cells, rows, columns and conditional formats."""
        for element, key, listed in OF_A_SHEET:
            for item in root.iter(f"{MAIN}{element}"):
                if self._beyond(item.get(key), listed):
                    place = item.get("r") or (item.get("min") if element == "col" else "")
                    yield f"{title}: {element} {place} names style {item.get(key)}, beyond the {listed}."

    def table_faults(self, table: Element) -> Iterator[str]:
        """Of a table and its columns."""
        for item in table.iter():
            for key, value in item.attrib.items():
                if key.lower().endswith("dxfid") and self._beyond(value, "dxfs"):
                    yield f"The table {table.get('displayName')} names {key} {value}, beyond the dxfs."

    def _beyond(self, index: str | None, listed: str) -> bool:
        return index is not None and not (index.isdigit() and int(index) < self._sizes.get(listed, 0))
