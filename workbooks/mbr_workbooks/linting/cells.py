"""The cells of a sheet: shared texts that are there, arrays marked as dynamic and as large as their answer."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from mbr_udfs.lite import STORED, answer
from mbr_workbooks.formulas import edges
from mbr_workbooks.linting.formulas import formula_faults
from mbr_workbooks.linting.xml import MAIN, Parts
from mbr_xl.errors import InputError

MOST_TEXT = 32_767  # characters of a cell or of a note


class Book:
    """What the cells of every sheet refer to: the shared texts, and the metadata that marks a dynamic array."""

    def __init__(self, parts: Parts) -> None:
        self.strings = parts.strings
        found = parts.related("xl/workbook.xml", "sheetMetadata")
        self._metadata = found[0] if found else None
        self._marks = {key: self._bundles(key) for key in ("cellMetadata", "valueMetadata")}

    def _bundles(self, group: str) -> list[Element]:
        return [] if self._metadata is None else self._metadata.findall(f"{MAIN}{group}/{MAIN}bk")

    def faults(self) -> Iterator[str]:
        """Of the texts and the metadata themselves."""
        for number, text in enumerate(self.strings):
            if len(text) > MOST_TEXT:
                yield f"The shared text {number} is longer than 32,767 characters."
        if self._metadata is None:
            return
        kinds = [item.get("name") for item in self._metadata.findall(f"{MAIN}metadataTypes/{MAIN}metadataType")]
        future = {item.get("name"): len(item.findall(f"{MAIN}bk")) for item in self._metadata}
        for key, bundles in self._marks.items():
            for record in (record for bundle in bundles for record in bundle.iter(f"{MAIN}rc")):
                kind, value = int(record.get("t", "0")), int(record.get("v", "0"))
                if not 0 < kind <= len(kinds) or value >= future.get(kinds[kind - 1], 0):
                    yield f"The {key} names a record {kind}, {value} that is not there."

    def sheet_faults(self, title: str, root: Element, constants: bool) -> Iterator[str]:
        """Of one sheet's cells, their formulas among them."""
        arrays: dict[str, tuple[int, int, int, int]] = {}
        formulas: list[str] = []
        for cell in root.iter(f"{MAIN}c"):
            address = cell.get("r", "")
            place = f"{title}!{address}"
            value = cell.findtext(f"{MAIN}v") or ""
            if cell.get("t") == "s" and not (value.isdigit() and int(value) < len(self.strings)):
                yield f"{place}: names the shared text {value}, of {len(self.strings)}."
            if len(value) > MOST_TEXT:
                yield f"{place}: a text longer than 32,767 characters."
            for key, group in (("cm", "cellMetadata"), ("vm", "valueMetadata")):
                mark = cell.get(key, "1" if self._marks[group] else "")
                if key in cell.attrib and not (mark.isdigit() and 0 < int(mark) <= len(self._marks[group])):
                    yield f"{place}: {key} {mark} is not among the {len(self._marks[group])} records of the metadata."
            formula = cell.find(f"{MAIN}f")
            if formula is None:
                continue
            formulas.append(address)
            for fault in formula_faults(formula.text or "", constants) if formula.text else ():
                yield f"{place}: {fault}: {(formula.text or '')[:120]}"
            is_array = formula.get("t") == "array"
            if is_array != ("cm" in cell.attrib):
                which = "an array formula that is not marked as dynamic" if is_array else "cm without an array formula"
                yield f"{place}: {which}."
            if is_array:
                try:
                    arrays[address] = edges(formula.get("ref", ""))
                except (ValueError, TypeError):
                    yield f"{place}: an array over {formula.get('ref')!r}, which is no range."
                    continue
                yield from _size_faults(place, address, formula)
            elif (formula.text or "").startswith(STORED):
                yield f"{place}: a function of ours that is not stored as an array formula."
        yield from _in_the_way(title, arrays, formulas, root)


def _size_faults(place: str, address: str, formula: Element) -> Iterator[str]:
    """The range of an array begins at its cell, and is that of the answer where we know the answer."""
    left, top, right, bottom = edges(formula.get("ref", ""))
    if edges(address)[:2] != (left, top):
        yield f"{place}: an array over {formula.get('ref')}, which does not begin there."
    text = formula.text or ""
    if not text.startswith(STORED) or any(True for _ in formula_faults(text)):
        return
    try:
        found = answer(text.removeprefix(STORED))
    except (InputError, ValueError):
        return
    rows = found if isinstance(found, list) else [[found]]
    if (bottom - top + 1, right - left + 1) != (len(rows), len(rows[0])):
        size = f"{len(rows)} rows and {len(rows[0])} columns"
        yield f"{place}: an array over {formula.get('ref')}, whose answer has {size}."


def _in_the_way(
    title: str, arrays: dict[str, tuple[int, int, int, int]], formulas: list[str], root: Element
) -> Iterator[str]:
    """Another formula or merged cells where an array spills."""
    merged = [item.get("ref", "") for item in root.iter(f"{MAIN}mergeCell")]
    for address, (left, top, right, bottom) in arrays.items():
        for other in (*formulas, *merged):
            first, above, last, below = edges(other)
            if other != address and first <= right and left <= last and above <= bottom and top <= below:
                yield f"{title}!{address}: {other} stands where the array spills."
