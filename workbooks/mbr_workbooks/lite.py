"""The xlwings Lite project of a workbook: found, read, and ours put in beside what is there.

Lite keeps its files as settings of the document, so that they are properties of a web extension part, each the JSON
of a text; one task pane leads to it. Other add-ins have parts of the same kind, which are not touched.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from xml.etree import ElementTree
from xml.sax.saxutils import escape, unescape

from mbr_udfs.catalogue import CATALOGUE
from mbr_udfs.lite import MAIN, REQUIREMENTS, STORED, main_py, others_in, requirements
from mbr_workbooks.contents import build_planner
from mbr_workbooks.package import Package, resolve, write_whole
from mbr_workbooks.read import defined_names
from mbr_workbooks.sheet_xml import sheets_of, with_stored
from mbr_workbooks.sheets.functions import NAME, first_values, functions_sheet
from mbr_xl.client import Client
from mbr_xl.errors import InputError
from mbr_xl.household import Household

STORE_ID = "wa200008175"  # of xlwings Lite in Microsoft's store
MOST = 2_000_000  # characters of a document's settings that Office keeps
_FOLDER = "xl/webextensions/"
_WE = "http://schemas.microsoft.com/office/webextensions/webextension/2010/11"
_WETP = "http://schemas.microsoft.com/office/webextensions/taskpanes/2010/11"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_TASKPANES = "http://schemas.microsoft.com/office/2011/relationships/webextensiontaskpanes"
_EXTENSION = "http://schemas.microsoft.com/office/2011/relationships/webextension"
_TYPES = {
    "taskpanes": "application/vnd.ms-office.webextensiontaskpanes+xml",
    "extension": "application/vnd.ms-office.webextension+xml",
}
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_ENTITIES = {"&quot;": '"', "&#10;": "\n", "&#9;": "\t", "&apos;": "'"}
_ATTRIBUTE = re.compile(r"""([\w:.-]+)\s*=\s*("[^"]*"|'[^']*')""")
_PROPERTY = re.compile(rf"<((?:\w+:)?)property(?:\s+{_ATTRIBUTE.pattern})*\s*(?:/>|>\s*</\1property>)")
_OPENING = re.compile(rf"<((?:\w+:)?)webextension(?:\s+{_ATTRIBUTE.pattern})*\s*>")


def build_lite_planner(path: Path, given: Client | Household | None = None) -> None:
    """Writes the planner with the sheet Functions, whose formulas are xlwings Lite's, and with our project."""
    with TemporaryDirectory() as folder:
        plain = Path(folder, path.name)
        build_planner(plain, given, beside=[functions_sheet()])
        package = Package(plain)
    part = next(sheet.part for sheet in sheets_of(package) if sheet.name == NAME)
    values: dict[str, Any] = dict(first_values())
    package[part] = with_stored(package[part], values)
    add_project(package)
    write_whole(path, package.to_bytes())


def project(package: Package) -> dict[str, str]:
    """The files of the workbook's xlwings Lite project by name, and Lite's own notes; empty where there is none."""
    part = _lite_part(package)
    if part is None:
        return {}
    found: dict[str, str] = {}
    for item in _root(package, part).iter(f"{{{_WE}}}property"):
        try:
            held = json.loads(item.get("value", ""))
        except ValueError:
            raise InputError(f"{package.path}: its xlwings Lite project cannot be read.") from None
        if item.get("name", "") in found:
            raise InputError(f"{package.path}: its xlwings Lite project holds {item.get('name')} twice.")
        found[item.get("name", "")] = held if isinstance(held, str) else json.dumps(held)
    return found


def add_project(package: Package) -> bool:
    """Puts our functions into the workbook's xlwings Lite project, or makes one; whether others' code stays there.

    Raises InputError where they cannot stand beside what is there, which is then left as it was.
    """
    if any(part.startswith("_xmlsignatures/") for part in package):
        raise InputError(f"{package.path} is signed, and any change would void the signature: give an unsigned copy.")
    ours = {function.name for function in CATALOGUE}
    if taken := sorted(name for name in defined_names(package) if name.upper() in ours):
        raise InputError(
            f"{package.path} has a name {taken[0]}, which would stop the function of that name: rename it first."
        )
    there = project(package)
    files = {MAIN: main_py(there.get(MAIN, "")), REQUIREMENTS: requirements(there.get(REQUIREMENTS, ""))}
    if sum(map(len, {**there, **files}.values())) > MOST:
        raise InputError(f"{package.path}: its xlwings Lite project is too large for ours to be added.")
    part = _lite_part(package)
    if part is None:
        _new_project(package, files)
    else:
        package[part] = _with_files(package[part].decode("utf-8-sig"), files).encode()
    if {**there, **files} != project(package):
        raise InputError(f"{package.path}: its xlwings Lite project cannot be changed here.")
    return bool(others_in(there.get(MAIN, "")))


def _lite_part(package: Package) -> str | None:
    """The web extension part of xlwings Lite."""
    for name in package:
        if not name.endswith(".xml") or _WE.encode() not in package[name]:
            continue
        root = _root(package, name)
        if root.tag != f"{{{_WE}}}webextension":
            continue
        if any(item.get("id", "").lower() == STORE_ID for item in root.iter(f"{{{_WE}}}reference")):
            return name
    return None


def _root(package: Package, part: str) -> ElementTree.Element:
    try:
        return ElementTree.fromstring(package[part])
    except ElementTree.ParseError:
        raise InputError(f"{package.path} is damaged: {part} cannot be read.") from None


def _with_files(xml: str, files: Mapping[str, str]) -> str:
    """An extension part with those properties set and our functions in its list; all else stays byte for byte."""
    root = _OPENING.search(xml)
    opened, prefix = (root[0], root[1]) if root else ("", "")
    for name, text in files.items():
        new, found = _once(_property(name, text), opened), False

        def put(old: re.Match[str], name: str = name, new: str = new) -> str:
            nonlocal found
            attributes = {key: unescape(value[1:-1], _ENTITIES) for key, value in _ATTRIBUTE.findall(old[0])}
            if attributes.get("name") != name:
                return old[0]
            found = True
            return new

        xml = _PROPERTY.sub(put, xml)
        if not found:
            xml = re.sub(r"<((?:\w+:)?properties)\s*/>", r"<\1></\1>", xml, count=1)
            before, end, after = xml.partition(f"</{prefix}properties>")
            xml = f"{before}{new}{end}{after}"
    listed = re.findall(r"<(?:\w+:)?customFunctionIds[^>]*>([^<]*)<", xml)
    ids = "".join(_id(name) for name in (*listed, *(name for name in _stored_names() if name not in listed)))
    whole = re.compile(r"<((?:\w+:)?)customFunctionIdList(?:[^<>]*/>|[^<>]*>.*?</\1customFunctionIdList>)", re.DOTALL)
    if whole.search(xml):
        return whole.sub(lambda _: _once(_id_list(ids), opened), xml, count=1)
    lists = _once(_extensions(ids), opened)
    if re.search(r"</(?:\w+:)?extLst>", xml):
        return re.sub(r"(?=</(?:\w+:)?extLst>)", lambda _: lists, xml, count=1)
    lists = _once(f'<we:extLst xmlns:we="{_WE}">{lists}</we:extLst>', opened)
    return re.sub(r"(?=</(?:\w+:)?webextension>)", lambda _: lists, xml, count=1)


def _new_project(package: Package, files: Mapping[str, str]) -> None:
    """A part for the project, and a task pane that leads to it."""
    extension, number = _free(package, "webextension", 1)
    package.add(extension, _extension(files).encode())
    _declare(package, extension, _TYPES["extension"])
    panes = _target(package, "_rels/.rels", "", _TASKPANES)
    if panes is None:
        panes, _ = _free(package, "taskpanes")
        package.add(panes, f'{_HEAD}<wetp:taskpanes xmlns:wetp="{_WETP}"></wetp:taskpanes>'.encode())
        _relate(package, "_rels/.rels", _TASKPANES, panes)
        _declare(package, panes, _TYPES["taskpanes"])
    folder, _, file = panes.rpartition("/")
    rels = f"{folder}/_rels/{file}.rels"
    if rels not in package:
        package.add(rels, f'{_HEAD}<Relationships xmlns="{_RELATIONS}"></Relationships>'.encode())
    near = extension.startswith(f"{folder}/")
    mark = _relate(package, rels, _EXTENSION, extension.removeprefix(f"{folder}/") if near else f"/{extension}")
    pane = (
        f'<wetp:taskpane xmlns:wetp="{_WETP}" dockstate="right" visibility="0" width="438" row="{number + 1}">'
        f'<wetp:webextensionref xmlns:r="{_R}" r:id="{mark}"/></wetp:taskpane>'
    )
    _insert(package, panes, "taskpanes", pane)


def _free(package: Package, stem: str, number: int = 0) -> tuple[str, int]:
    """A name in Excel's folder of extensions that no part has, and its number."""
    while (name := f"{_FOLDER}{stem}{number or ''}.xml") in package:
        number += 1
    return name, number


def _extension(files: Mapping[str, str]) -> str:
    """The part as Lite writes it; its identity follows from what it holds, so that the same project is one part."""
    identity = str(uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(dict(files)))).upper()
    held = "".join(_property(name, text) for name, text in files.items())
    ids = "".join(_id(name) for name in _stored_names())
    opened = f'<we:webextension xmlns:we="{_WE}" id="{{{identity}}}">'
    return f"{_HEAD}{opened}" + _once(
        f'<we:reference id="{STORE_ID}" version="1.0.0.0" store="en-US" storeType="OMEX"/><we:alternateReferences>'
        f'<we:reference id="{STORE_ID}" version="1.0.0.0" store="{STORE_ID.upper()}" storeType="OMEX"/>'
        f'</we:alternateReferences><we:properties>{held}</we:properties><we:bindings/><we:snapshot xmlns:r="{_R}"/>'
        f"<we:extLst>{_extensions(ids)}</we:extLst></we:webextension>",
        opened,
    )


def _once(new: str, opened: str) -> str:
    """New XML without the namespaces that the element around it declares alike."""
    for declared in set(re.findall(r'\sxmlns(?::\w+)?="[^"]*"', opened)):
        new = new.replace(declared, "")
    return new


def _extensions(ids: str) -> str:
    """What says that the add-in has functions for cells, and which."""
    return (
        f'<a:ext xmlns:a="{_A}" uri="{{D87F86FE-615C-45B5-9D79-34F1136793EB}}">'
        f'<we:containsCustomFunctions xmlns:we="{_WE}"/></a:ext>'
        f'<a:ext xmlns:a="{_A}" uri="{{7C84B067-C214-45C3-A712-C9D94CD141B2}}">{_id_list(ids)}</a:ext>'
    )


def _id_list(ids: str) -> str:
    return f'<we:customFunctionIdList xmlns:we="{_WE}">{ids}</we:customFunctionIdList>'


def _stored_names() -> list[str]:
    return [f"{STORED}{function.name}" for function in CATALOGUE]


def _id(name: str) -> str:
    return f'<we:customFunctionIds xmlns:we="{_WE}">{escape(name)}</we:customFunctionIds>'


def _property(name: str, text: str) -> str:
    value = escape(json.dumps(text, ensure_ascii=False), {'"': "&quot;", "\n": "&#10;", "\t": "&#9;"})
    return f'<we:property xmlns:we="{_WE}" name="{name}" value="{value}"/>'


def _target(package: Package, rels: str, folder: str, kind: str) -> str | None:
    """The part to which the first relationship of a kind leads."""
    for item in _root(package, rels):
        if item.get("Type") == kind and item.get("TargetMode") != "External":
            target = resolve(folder, item.get("Target", ""))
            return target if target in package else None
    return None


def _relate(package: Package, rels: str, kind: str, target: str) -> str:
    """Adds a relationship; its mark is returned."""
    taken = {item.get("Id") for item in _root(package, rels)}
    mark = next(mark for number in range(1, 10_000) if (mark := f"rId{number}") not in taken)
    _insert(
        package,
        rels,
        "Relationships",
        f'<Relationship xmlns="{_RELATIONS}" Id="{mark}" Type="{kind}" Target="{escape(target)}"/>',
    )
    return mark


def _declare(package: Package, part: str, kind: str) -> None:
    new = f'<Override xmlns="{_CONTENT_TYPES}" PartName="/{part}" ContentType="{kind}"/>'
    _insert(package, "[Content_Types].xml", "Types", new)


def _insert(package: Package, part: str, parent: str, new: str) -> None:
    """Puts an element at the end of the outermost one of a part."""
    xml = re.sub(rf"<((?:\w+:)?{parent})(\s[^<>]*)?/>\s*$", r"<\1\2></\1>", package[part].decode("utf-8-sig"))
    opening = re.search(rf"<(?:\w+:)?{parent}\b[^<>]*>", xml)
    new = _once(new, opening[0] if opening else "")
    xml, closed = re.subn(rf"(?=</(?:\w+:)?{parent}>\s*$)", lambda _: new, xml, count=1)
    if not closed:
        raise InputError(f"{package.path} is damaged: {part} cannot be read.")
    package[part] = xml.encode()
