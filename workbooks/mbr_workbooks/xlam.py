"""The add-in for Excel on Windows, made from the template of the very xlwings that will run it.

xlwings' template brings the VBA that starts Python; the name of xlwings' DLL, version and all, is compiled into it, so
the add-in fits one version alone. Ours are the wrappers, the help of the function wizard, and where Python is. This is
the one file that knows pyOpenVBA.
"""

from __future__ import annotations

import re
import tempfile
import uuid
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape, unescape

from mbr_udfs import vba
from mbr_udfs.catalogue import CATALOGUE
from mbr_workbooks.intellisense import NAMESPACE, intellisense
from mbr_xl import __version__
from mbr_xl.errors import InputError

EXCEL_FILE = "mbr_xl.xlam"
PROJECT = "mbr_xl"  # the VBA looks for its settings on a sheet of this name and .conf
TEMPLATE = "quickstart_addin.xlam"
MADE = (2026, 1, 1, 0, 0, 0)  # the same file each time

_CONTENT, _BOOK, _CORE, _VBA = "[Content_Types].xml", "xl/workbook.xml", "docProps/core.xml", "xl/vbaProject.bin"
_SHEET, _STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
_PYTHON = "Interpreter_Win"
_ABOUT = re.compile(r"mbr_xl (\S+) for xlwings (\S+?)\.?(?:\s|<)")
_DLL = re.compile(r'Lib "xlwings64-([^"]+)\.dll"')
# What is changed in xlwings' own module, each found exactly once. A workbook that somebody sends, or a file in its
# folder, could name the program that is started as Python: settings are read from the add-in and the user's own folder.
_CHANGES = (
    ('Public Const PROJECT_NAME As String = "myaddin"', f'Public Const PROJECT_NAME As String = "{PROJECT}"'),
    ('If SheetExists(ActiveWorkbook, PROJECT_NAME & ".conf") = True Then', "If False Then 'mbr_xl: never the workbook"),
    ('If source = "" Or source = "directory" Then', "If False Then 'mbr_xl: never the workbook's folder"),
    ('In Range(sht.Range("A1"), lastCell)', 'In sht.Range(sht.Range("A1"), lastCell)'),
)


@dataclass(frozen=True)
class AddIn:
    """What an add-in file says of itself; `python` is the interpreter that it calls, empty for the one on the path."""

    version: str
    xlwings: str
    python: str


def build_xlam(template: bytes, xlwings: str, python: str = "") -> bytes:
    """The add-in's file, out of xlwings' template: the same parts for the same template and interpreter.

    Raises InputError where the template is not of the version `xlwings`, or is another than is known here.
    """
    parts = _parts(_with_functions(template, xlwings))
    parts[_BOOK] = _book(parts[_BOOK].decode()).encode()
    settings = _settings(python)
    parts[_SHEET] = _sheet(parts[_SHEET].decode(), settings).encode()
    parts[_STRINGS] = _strings(settings).encode()
    parts[_CORE] = _core(xlwings).encode()
    _add_help_while_typing(parts)
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in sorted(parts.items(), key=lambda part: (part[0] != _CONTENT, part[0])):
            about = zipfile.ZipInfo(name, MADE)
            about.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(about, content)
    return held.getvalue()


def read_addin(content: bytes) -> AddIn | None:
    """What the file of an add-in says of itself; None where it is none of ours."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as file:
            about = _ABOUT.search(file.read(_CORE).decode())
            python = re.search(rf"<si><t>{_PYTHON}</t></si><si><t>([^<]*)</t>", file.read(_STRINGS).decode())
    except (zipfile.BadZipFile, KeyError, UnicodeError):
        return None
    return AddIn(about[1], about[2], unescape(python[1]) if python else "") if about else None


def _with_functions(template: bytes, xlwings: str) -> bytes:
    from pyopenvba import ExcelFile

    with tempfile.TemporaryDirectory() as folder:
        source, made = Path(folder) / TEMPLATE, Path(folder) / EXCEL_FILE
        source.write_bytes(template)
        with ExcelFile(source) as file:
            names = file.module_names()
            code = file.get_module("xlwings") if "xlwings" in names else ""
            found = _DLL.search(code)
            if found is None or any(code.count(old) != 1 for old, _ in _CHANGES):
                raise InputError(
                    f"The add-in template of xlwings {xlwings} is not as expected: install another version of xlwings "
                    "from 0.37 up to, not including, 1."
                )
            if found[1] != xlwings:
                raise InputError(
                    f"xlwings is not whole: the package is {xlwings}, its add-in template {found[1]}. Install it anew: "
                    f"pip install --force-reinstall xlwings=={xlwings}"
                )
            for change in _CHANGES:
                code = code.replace(*change)
            file.set_module("xlwings", code)
            project = file.vba_project()
            if "Module1" in names:  # a sample macro of the template
                project.delete_module("Module1")
            project.add_module(vba.MODULE, vba.module())
            file.save(made)
        return made.read_bytes()


def _parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(content)) as file:
        return {info.filename: file.read(info) for info in file.infolist() if not info.is_dir()}


def _book(xml: str) -> str:
    """The sheet under the name that the VBA looks for, our group of functions, the help of the arguments.

    The folder of whoever made the template goes.
    """
    xml = re.sub(r"<mc:AlternateContent\b.*?</mc:AlternateContent>", "", xml, flags=re.DOTALL)
    xml = re.sub(r"<functionGroups\b.*?(?:/>|</functionGroups>)|<definedNames\s*/>", "", xml, flags=re.DOTALL)
    xml = xml.replace('name="_myaddin.conf"', f'name="{PROJECT}.conf"')
    group = f'<functionGroup name="{escape(vba.CATEGORY)}"/>'
    groups = f'<functionGroups builtInGroupCount="{vba.FIRST_CUSTOM_GROUP - 1}">{group}</functionGroups>'
    xml = xml.replace("</sheets>", f"</sheets>{groups}", 1)
    extension = (
        '<ext uri="{8193D73E-4604-4355-AFF4-8A2333D13BE4}" '
        'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
        f"<x14:definedNames>{_argument_help()}</x14:definedNames></ext>"
    )
    if "<extLst>" in xml:
        return xml.replace("<extLst>", f"<extLst>{extension}", 1)
    return xml.replace("</workbook>", f"<extLst>{extension}</extLst></workbook>", 1)


def _argument_help() -> str:
    named = []
    for function in sorted(CATALOGUE, key=lambda function: function.name):
        texts = vba.argument_help(function)
        if not texts:
            continue
        items = "".join(
            f'<x14:argumentDescription index="{place}">{escape(text)}</x14:argumentDescription>'
            for place, text in enumerate(texts)
        )
        descriptions = f'<x14:argumentDescriptions count="{len(texts)}">{items}</x14:argumentDescriptions>'
        named.append(f'<x14:definedName name="{function.name}">{descriptions}</x14:definedName>')
    return "".join(named)


def _add_help_while_typing(parts: dict[str, bytes]) -> None:
    """A part of custom XML, in which Excel-DNA's IntelliSense looks for what it shows; Excel itself passes it over."""
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    data = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
    identity = str(uuid.uuid5(uuid.NAMESPACE_URL, NAMESPACE)).upper()
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    parts["customXml/item1.xml"] = intellisense().encode()
    parts["customXml/itemProps1.xml"] = (
        f'{head}<ds:datastoreItem ds:itemID="{{{identity}}}" xmlns:ds="{data}">'
        f'<ds:schemaRefs><ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
    ).encode()
    parts["customXml/_rels/item1.xml.rels"] = (
        f'{head}<Relationships xmlns="{package}">'
        f'<Relationship Id="rId1" Type="{kinds}/customXmlProps" Target="itemProps1.xml"/></Relationships>'
    ).encode()
    for name, end, new in (
        (
            "xl/_rels/workbook.xml.rels", b"</Relationships>",
            f'<Relationship Id="rIdHelp" Type="{kinds}/customXml" Target="../customXml/item1.xml"/>',
        ),
        (
            _CONTENT, b"</Types>",
            '<Override PartName="/customXml/itemProps1.xml" ContentType="application/vnd.openxmlformats-'
            'officedocument.customXmlProperties+xml"/>',
        ),
    ):  # fmt: skip
        parts[name] = parts[name].replace(end, new.encode() + end)


def _settings(python: str) -> list[tuple[str, str]]:
    """The settings that xlwings' VBA reads off the add-in's own sheet.

    The workbook's folder stays off Python's path: a file that lies beside a client's workbook is never imported.
    """
    chosen = [(_PYTHON, python)] if python else []
    return [*chosen, ("UDF Modules", vba.BRIDGE), ("Add_Workbook_To_Pythonpath", "False")]


def _sheet(xml: str, settings: list[tuple[str, str]]) -> str:
    """The settings as cells that refer to the table of texts, two a row."""
    rows = "".join(
        f'<row r="{row}"><c r="A{row}" t="s"><v>{2 * row - 2}</v></c><c r="B{row}" t="s"><v>{2 * row - 1}</v></c></row>'
        for row in range(1, len(settings) + 1)
    )
    xml = re.sub(r"<dimension\b[^>]*/>", f'<dimension ref="A1:B{len(settings)}"/>', xml)
    return re.sub(r"<sheetData>.*</sheetData>", f"<sheetData>{rows}</sheetData>", xml, flags=re.DOTALL)


def _strings(settings: list[tuple[str, str]]) -> str:
    texts = "".join(f"<si><t>{escape(text)}</t></si>" for setting in settings for text in setting)
    count = 2 * len(settings)
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="{count}">{texts}</sst>'
    )


def _core(xlwings: str) -> str:
    """Title and description, which Excel's list of add-ins shows."""
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(vba.CATEGORY)} functions</dc:title><dc:creator>mbr_xl</dc:creator>"
        f"<dc:description>mbr_xl {escape(__version__)} for xlwings {escape(xlwings)}. Worksheet functions that plan a "
        "mega backdoor Roth.</dc:description>"
        '<dcterms:created xsi:type="dcterms:W3CDTF">2026-01-01T00:00:00Z</dcterms:created>'
        "</cp:coreProperties>"
    )
