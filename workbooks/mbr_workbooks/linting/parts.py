"""Does the package hold together: is every part there, of its type, and led to by a relationship that is used?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from mbr_workbooks.linting.xml import OFFICE, Parts

TYPES = "[Content_Types].xml"
# What the content type of a part must name, by the kind of the relationship that leads to it.
NAMED = {
    "officeDocument": "main+xml", "worksheet": "worksheet+xml", "styles": "styles+xml", "theme": "theme+xml",
    "sharedStrings": "sharedStrings+xml", "sheetMetadata": "sheetMetadata+xml", "table": "table+xml",
    "drawing": "drawing+xml", "chart": "chart+xml", "comments": "comments+xml",
    "webextensiontaskpanes": "webextensiontaskpanes+xml", "webextension": "webextension+xml",
}  # fmt: skip


def part_faults(parts: Parts) -> Iterator[str]:
    """A sentence for each part, content type or relationship that Excel would miss or not understand."""
    for name in parts.broken:
        yield f"{name} is no XML that can be read."
    if "xl/calcChain.xml" in parts.content:
        yield "There is a calcChain: a stale one makes Excel repair the file."
    for name, count in Counter(name.casefold() for name in parts.content).items():
        if count > 1:
            yield f"The part {name} is there twice."
    types = _types(parts)
    yield from _type_faults(parts, types)
    reached = set()
    for part in ("", *parts.content):
        relations = parts.relations(part)
        marks = [to.mark for to in relations]
        if len(set(marks)) < len(marks):
            yield f"Two relationships of {part or 'the package'} have one mark."
        for to in relations:
            reached.add(to.target)
            if to.target not in parts.content:
                yield f"{part or 'The package'} leads to {to.target}, which is not there."
            elif not types.get(to.target, "").endswith(NAMED.get(to.kind, "")):
                yield f"{to.target} does not have the content type of a {to.kind}."
        if part in parts.trees and not part.endswith(".rels"):
            yield from _marks(parts, part)
    for part in parts.content:
        if part != TYPES and not part.endswith(".rels") and part not in reached:
            yield f"Nothing leads to {part}."


def _types(parts: Parts) -> dict[str, str]:
    """The content type of each part that has one."""
    listed = list(parts.trees.get(TYPES, ()))
    kinds = {item.get("Extension", "").lower(): item.get("ContentType", "") for item in listed if item.get("Extension")}
    found = {part: kinds[end] for part in parts.content if (end := part.rpartition(".")[2].lower()) in kinds}
    own = {item.get("PartName", "")[1:]: item.get("ContentType", "") for item in listed if item.get("PartName")}
    return found | own


def _type_faults(parts: Parts, types: dict[str, str]) -> Iterator[str]:
    for part in parts.content:
        if part != TYPES and part not in types:
            yield f"{part} has no content type."
    named = Counter(item.get("PartName", "")[1:] for item in parts.trees.get(TYPES, ()) if item.get("PartName"))
    for part, count in named.items():
        if count > 1:
            yield f"{part} has two content types."
        if part not in parts.content:
            yield f"A content type is given for {part}, which is not there."


def _marks(parts: Parts, part: str) -> Iterator[str]:
    """The marks by which a part names its relationships, those that lead out of the package among them."""
    folder, _, name = part.rpartition("/")
    there = {item.get("Id") for item in parts.trees.get(f"{folder}/_rels/{name}.rels".lstrip("/"), ())}
    for item in parts.trees[part].iter():
        for key, mark in item.attrib.items():
            if key in (f"{OFFICE}id", f"{OFFICE}embed", f"{OFFICE}link") and mark not in there:
                yield f"{part} names the relationship {mark}, which it does not have."
