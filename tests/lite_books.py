"""Workbooks with a project of xlwings Lite, written by hand as Lite's own files are built."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import escape

import xlsxwriter

WE = "http://schemas.microsoft.com/office/webextensions/webextension/2010/11"
RELATION = "http://schemas.microsoft.com/office/2011/relationships/"
MAIN = (
    'import xlwings as xw\nfrom xlwings import func\n\n\n@func\ndef hello(name):\n    return f"Hello <{name}> & you!"\n'
)
REQUIRED = "xlwings==0.33.15  # required\npandas\n"
NOTES = {"addinVersion": "1.0.0.0-35", "pyodideVersion": "0.27.5"}


def extension(store_id: str, files: Mapping[str, str], ids: str = "<we:customFunctionIdList/>") -> str:
    """A web extension part; store_id says whose."""
    quoted = {'"': "&quot;", ">": "&gt;"}
    held = "".join(
        f'<we:property name="{name}" value="{escape(json.dumps(text), quoted)}"/>' for name, text in files.items()
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<we:webextension xmlns:we="{WE}" id="{{0AC2C0E3-9C5F-4C41-9D57-0B0A0B0C0D0E}}">'
        f'<we:reference id="{store_id}" version="1.0.0.0" store="en-IN" storeType="OMEX"/><we:alternateReferences>'
        f'<we:reference id="{store_id}" version="1.0.0.0" store="{store_id.upper()}" storeType="OMEX"/>'
        f"</we:alternateReferences><we:properties>{held}</we:properties><we:bindings/>"
        '<we:snapshot xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"/><we:extLst>'
        '<a:ext xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        'uri="{D87F86FE-615C-45B5-9D79-34F1136793EB}"><we:containsCustomFunctions/></a:ext>'
        '<a:ext xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        f'uri="{{7C84B067-C214-45C3-A712-C9D94CD141B2}}">{ids}</a:ext></we:extLst></we:webextension>'
    )


def plain_book(path: Path, name: str = "") -> Path:
    """A workbook of one cell, with a defined name where one is given."""
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("Model").write("A1", 24500)
        if name:
            book.define_name(name, "=Model!$A$1")
    return path


def lite_book(path: Path, *extensions: str) -> Path:
    """A workbook with extension parts, and a task pane for each."""
    plain = plain_book(path.with_name("plain.xlsx"))
    numbers = range(1, len(extensions) + 1)
    panes = "".join(
        f'<wetp:taskpane dockstate="right" visibility="0" width="438" row="{number + 1}"><wetp:webextensionref '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
        f'r:id="rId{number}"/></wetp:taskpane>'
        for number in numbers
    )
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{RELATION}webextension" Target="webextension{number}.xml"/>'
        for number in numbers
    )
    packages = "http://schemas.openxmlformats.org/package/2006/relationships"
    added = {
        "xl/webextensions/taskpanes.xml": '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<wetp:taskpanes xmlns:wetp="http://schemas.microsoft.com/office/webextensions/taskpanes/2010/11">'
        f"{panes}</wetp:taskpanes>",
        "xl/webextensions/_rels/taskpanes.xml.rels": f'<Relationships xmlns="{packages}">{relations}</Relationships>',
        **{f"xl/webextensions/webextension{n}.xml": text for n, text in zip(numbers, extensions, strict=True)},
    }
    overrides = "".join(
        f'<Override PartName="/xl/webextensions/webextension{number}.xml" '
        'ContentType="application/vnd.ms-office.webextension+xml"/>'
        for number in numbers
    )
    types = "application/vnd.ms-office.webextensiontaskpanes+xml"
    overrides += f'<Override PartName="/xl/webextensions/taskpanes.xml" ContentType="{types}"/>'
    root = f'<Relationship Id="rId9" Type="{RELATION}webextensiontaskpanes" Target="xl/webextensions/taskpanes.xml"/>'
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            content = old.read(item).decode()
            if item.filename == "_rels/.rels":
                content = content.replace("</Relationships>", f"{root}</Relationships>")
            if item.filename == "[Content_Types].xml":
                content = content.replace("</Types>", f"{overrides}</Types>")
            new.writestr(item, content)
        for name, text in added.items():
            new.writestr(name, text)
    plain.unlink()
    return path
