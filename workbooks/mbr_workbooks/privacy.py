"""What a client's copy must not carry: names of other people, paths, code, links to other workbooks."""

from __future__ import annotations

import re
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from mbr_workbooks.package import Package

_PEOPLE = {
    "docProps/core.xml": (
        "dc:creator", "cp:lastModifiedBy", "dc:subject", "dc:description", "dc:identifier", "cp:keywords",
        "cp:category", "cp:contentStatus",
    ),
    "docProps/app.xml": ("Company", "Manager", "HyperlinkBase"),
}  # fmt: skip
_CODE = (
    ("xl/webextensions/", "Python of xlwings Lite"),
    ("xl/externalLinks/", "links to other workbooks"),
    ("xl/python.xml", "Python in Excel"),
    ("docMetadata/", "sensitivity labels"),
    ("customXml/", "data of other programs"),
    ("xl/printerSettings/", ""),  # the name of a printer and of its server
)
# Where a link may lead from a client's machine; every other place is a folder of somebody's.
_ANYWHERE = re.compile(r"(?:https?|mailto):", re.IGNORECASE)
_OURS = b"mbr_"


def clean(package: Package, prepared_by: str = "") -> list[str]:
    """Takes all of it out of the package and says what there was, in words."""
    removed = [_without(package, prefix, words) for prefix, words in _CODE]
    if sum(_sheet_links(package, part) for part in package if part.startswith("xl/worksheets/_rels/")):
        removed.append("links to files")
    _edit(package, "xl/workbook.xml", _workbook)
    for part, tags in _PEOPLE.items():
        for tag in tags:
            name = prepared_by if tag in ("dc:creator", "cp:lastModifiedBy") else ""
            _edit(package, part, lambda xml, tag=tag, name=name: _set_text(xml, tag, name))
    _edit(package, "docProps/custom.xml", _custom)
    authors = 0
    for part in package:
        if re.fullmatch(r"xl/(?:\w+/)*comments/?\w*\d*\.xml", part) and "threaded" not in part.lower():
            authors += _comments(package, part, prepared_by)
        elif part.startswith("xl/persons/"):
            _edit(package, part, _persons)
    return [words for words in [*removed, "names of comment authors" if authors else ""] if words]


def _without(package: Package, prefix: str, words: str) -> str:
    parts = [part for part in package if part.startswith(prefix)]
    for part in parts:
        if part in package and not part.endswith(".rels"):
            package.drop(part)
    return words if parts else ""


def _sheet_links(package: Package, rels: str) -> int:
    """Takes links to files and what pointed to printer settings out of one sheet; how many links there were."""
    sheet = "xl/worksheets/" + rels.rpartition("/")[2].removesuffix(".rels")
    xml, kept = package[sheet], package[rels]
    links = 0
    for found in re.findall(rb"<Relationship\b[^>]*?/>", kept):
        item = ElementTree.fromstring(found)
        kind = item.get("Type", "").rpartition("/")[2]
        if kind == "hyperlink" and not _ANYWHERE.match(item.get("Target", "")):
            mark = re.escape(item.get("Id", "").encode())
            xml = re.sub(rb'<hyperlink\b[^>]*\b(?:\w+:)?id="' + mark + rb'"[^>]*?(?:/>|>\s*</hyperlink>)', b"", xml)
            kept = kept.replace(found, b"")
            links += 1
    if b"printerSettings" not in kept:
        xml = re.sub(rb'(<pageSetup\b[^>]*?)\s+\w+:id="[^"]*"', rb"\1", xml)
    package[sheet] = re.sub(rb"<hyperlinks>\s*</hyperlinks>", b"", xml)
    package[rels] = kept
    return links


def _edit(package: Package, part: str, change: object) -> None:
    if part in package:
        new = change(package[part])  # type: ignore[operator]
        if new != package[part]:
            package[part] = new


def _workbook(xml: bytes) -> bytes:
    """Without the folder in which the workbook was saved, who may share it, and links to other workbooks."""
    choice = rb"<mc:AlternateContent\b(?:(?!</mc:AlternateContent>).)*?absPath.*?</mc:AlternateContent>"
    xml = re.sub(choice, b"", xml, flags=re.S)
    xml = re.sub(rb"<(\w+:)?absPath\b[^>]*/>", b"", xml)
    xml = re.sub(rb"<fileSharing\b[^>]*/>", b"", xml)
    return re.sub(rb"<externalReferences\b.*?</externalReferences>|<externalReferences\s*/>", b"", xml, flags=re.S)


def _set_text(xml: bytes, tag: str, text: str) -> bytes:
    name = re.escape(tag.encode())
    new = f"<{tag}>{escape(text)}</{tag}>".encode()
    return re.sub(rb"<" + name + rb"(?:\s[^>]*)?(?:/>|>.*?</" + name + rb">)", lambda _: new, xml, flags=re.S)


def _custom(xml: bytes) -> bytes:
    """Only this program's own properties stay."""

    def keep(found: re.Match[bytes]) -> bytes:
        return found[0] if b'name="' + _OURS in found[0] else b""

    return re.sub(rb"<property\b.*?</property>", keep, xml, flags=re.S)


def _comments(package: Package, part: str, prepared_by: str) -> int:
    """Authors under the preparer's name; Excel also writes the author before the text of a note, in bold."""
    xml = package[part]
    found = [text for text in re.findall(rb"<author>([^<]*)</author>", xml) if text and not text.startswith(b"tc=")]
    new_name = escape(prepared_by).encode()
    for author in found:
        xml = xml.replace(b"<author>" + author + b"</author>", b"<author>" + new_name + b"</author>")
        head = rb"(<t(?:\s[^>]*)?>)" + re.escape(author) + rb":"
        xml = re.sub(head, lambda found: found[1] + (new_name + b":" if new_name else b""), xml)
    if xml != package[part]:
        package[part] = xml
    return len(found)


def _persons(xml: bytes) -> bytes:
    """Threaded comments keep their threads; the people behind them become Author 1, Author 2."""
    number = iter(range(1, 10_000))
    xml = re.sub(rb'displayName="[^"]*"', lambda _: b'displayName="Author %d"' % next(number), xml)
    return re.sub(rb'(userId|providerId)="[^"]*"', lambda m: m[1] + (b'=""' if m[1] == b"userId" else b'="None"'), xml)
