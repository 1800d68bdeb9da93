"""The parts of a workbook as the lint reads them: each parsed once, with the relationships that lead from it."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
OFFICE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


class Relation(NamedTuple):
    """A relationship to another part of the package: its mark, its kind, the part."""

    mark: str
    kind: str
    target: str


@dataclass
class Parts:
    """Every part by name; `broken` are those that should be XML and are not."""

    content: dict[str, bytes]
    trees: dict[str, Element] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        for name, content in self.content.items():
            if name.endswith((".xml", ".rels")):
                try:
                    self.trees[name] = ElementTree.fromstring(content)
                except ElementTree.ParseError:
                    self.broken.append(name)

    def relations(self, part: str) -> list[Relation]:
        """Those of a part that lead to another part; "" asks for those of the package."""
        folder, name = posixpath.split(part)
        tree = self.trees.get(posixpath.join(folder, "_rels", f"{name}.rels"))
        return [
            Relation(item.get("Id", ""), item.get("Type", "").rpartition("/")[2], _target(folder, item))
            for item in (tree if tree is not None else ())
            if item.get("TargetMode") != "External"
        ]

    def related(self, part: str, kind: str) -> list[Element]:
        """The parts of a kind to which a part leads, parsed."""
        return [self.trees[to.target] for to in self.relations(part) if to.kind == kind and to.target in self.trees]

    @property
    def book(self) -> Element:
        """The workbook's list of sheets and names."""
        return self.trees["xl/workbook.xml"]

    @property
    def strings(self) -> list[str]:
        """The shared texts."""
        return [
            "".join(text.text or "" for text in item.iter(f"{MAIN}t"))
            for root in self.related("xl/workbook.xml", "sharedStrings")
            for item in root.iter(f"{MAIN}si")
        ]

    def sheets(self) -> list[tuple[str, str]]:
        """Each sheet's name with its part, "" where it has none."""
        targets = {to.mark: to.target for to in self.relations("xl/workbook.xml")}
        found = [(e.get("name", ""), targets.get(e.get(f"{OFFICE}id", ""), "")) for e in self.book.iter(f"{MAIN}sheet")]
        return [(title, part if part in self.trees else "") for title, part in found]


def _target(folder: str, item: Element) -> str:
    target = item.get("Target", "")
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
