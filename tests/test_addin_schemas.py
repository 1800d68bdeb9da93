"""The XML of the add-ins held against a schema, each of them by lxml, which openxml-audit brings.

manifest.xml: the DTD that LibreOffice installs. functions.xcu: the schema of add-ins in the registry that LibreOffice
installs, which says what each node may hold. Of description.xml LibreOffice installs no schema, and IntelliSense reads
its help by the classes of its own program without one; for those the grammar is here: what the two programs look for.
"""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest

from mbr_udfs.calc import calc_addin
from mbr_workbooks.intellisense import intellisense

etree = pytest.importorskip("lxml.etree", reason="openxml-audit, which brings lxml, is not installed here")

OOR = "{http://openoffice.org/2001/registry}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
GRAMMAR = "http://relaxng.org/ns/structure/1.0"
DESCRIPTION = f"""
<element name="description" ns="http://openoffice.org/extensions/description/2006" xmlns="{GRAMMAR}"
 datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">
 <interleave>
  <element name="identifier"><attribute name="value" ns=""><data type="NMTOKEN"/></attribute></element>
  <element name="version"><attribute name="value" ns=""><data type="NMTOKEN"/></attribute></element>
  <element name="display-name"><oneOrMore><element name="name">
   <attribute name="lang" ns=""><data type="language"/></attribute><text/></element></oneOrMore></element>
 </interleave>
</element>"""
HELP = f"""
<element name="IntelliSense" ns="http://schemas.excel-dna.net/intellisense/1.0" xmlns="{GRAMMAR}">
 <element name="FunctionInfo"><oneOrMore><element name="Function">
  <attribute name="Name" ns=""/><attribute name="Description" ns=""/>
  <optional><attribute name="HelpTopic" ns=""/></optional>
  <zeroOrMore><element name="Argument">
   <attribute name="Name" ns=""/><attribute name="Description" ns=""/></element></zeroOrMore>
 </element></oneOrMore></element>
</element>"""


@pytest.fixture(scope="module")
def share(office_here: None) -> Path:
    """What LibreOffice installs beside its programs."""
    return Path(shutil.which("soffice") or "").resolve().parents[1] / "share"


@pytest.fixture(scope="module")
def parts() -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(calc_addin())) as file:
        return {name: file.read(name) for name in ("META-INF/manifest.xml", "description.xml", "functions.xcu")}


def test_the_manifest(share: Path, parts: dict[str, bytes]) -> None:
    dtd = etree.DTD(str(share / "dtd" / "officedocument" / "1_0" / "Manifest.dtd"))
    manifest = parts["META-INF/manifest.xml"]
    assert dtd.validate(etree.fromstring(manifest)), dtd.error_log
    for old, new in ((b"full-path", b"path"), (b":file-entry", b":entry"), (b"2001/manifest", b"2002/manifest")):
        assert not dtd.validate(etree.fromstring(manifest.replace(old, new)))


def add_in_schema(share: Path) -> Element:
    """The schema of CalcAddIns in LibreOffice's own registry."""
    for _, item in ElementTree.iterparse(share / "registry" / "main.xcd"):
        if item.tag == f"{OOR}component-schema":
            if item.get(f"{OOR}name") == "CalcAddIns":
                return item
            item.clear()
    raise AssertionError("LibreOffice has no schema of add-ins")


def beside_the_schema(node: Element, shape: Element, templates: dict[str, Element], path: str = "") -> Iterator[str]:
    """What a node of the registry holds that its schema does not: the node's shape is a group or a set."""
    held = {item.get(f"{OOR}name"): item for item in shape if item.tag in ("prop", "set", "group")}
    for item in node:
        where = f"{path}/{item.get(f'{OOR}name')}"
        of_set = shape.get(f"{OOR}node-type")
        inner = templates[of_set] if of_set else held.get(item.get(f"{OOR}name"))
        if inner is None or item.tag != ("prop" if inner.tag == "prop" else "node"):
            yield f"{where} is not in the schema"
        elif item.tag == "prop":
            localized = inner.get(f"{OOR}localized") == "true"
            for value in item:
                if value.tag != "value" or (XML_LANG in value.attrib) != localized:
                    yield f"{where}: {value.tag} {value.attrib}"
            if len(item) != 1 or inner.get(f"{OOR}type") != "xs:string":
                yield f"{where} has no one text"
        else:
            if (item.get(f"{OOR}op") == "replace") != bool(of_set):
                yield f"{where}: oor:op {item.get(f'{OOR}op')}"
            yield from beside_the_schema(item, inner, templates, where)


def test_the_texts_of_the_wizard(share: Path, parts: dict[str, bytes]) -> None:
    """Damaged in each of the ways that the registry would pass over in silence, it does not fit."""
    schema = add_in_schema(share)
    templates = {item.get(f"{OOR}name", ""): item for item in schema.iterfind("templates/*")}
    component = schema.find("component")
    assert component is not None

    def faults(content: bytes) -> list[str]:
        data = ElementTree.fromstring(content)
        package = (data.tag, data.get(f"{OOR}name"), data.get(f"{OOR}package"))
        expect = (f"{OOR}component-data", schema.get(f"{OOR}name"), schema.get(f"{OOR}package"))
        assert component is not None
        return [*beside_the_schema(data, component, templates)] + [f"{package}"] * (package != expect)

    wizard = parts["functions.xcu"]
    assert faults(wizard) == []
    for old, new in (
        (b"AddInInfo", b"AddIns"), (b'"DisplayName"', b'"Name"'), (b'"Parameters"', b'"Arguments"'),
        (b'<value xml:lang="en">', b"<value>"), (b'"CalcAddIns"', b'"AddIns"'), (b"<value>", b'<value xml:lang="en">'),
        (b'"CompatibilityName"', b'"CompatibleName"'), (b' oor:op="replace"', b""),
    ):  # fmt: skip
        assert wizard.replace(old, new) != wizard
        assert faults(wizard.replace(old, new)) != [], old


@pytest.mark.parametrize(
    ("grammar", "name", "damage"),
    [
        (DESCRIPTION, "description.xml", [("identifier", "id"), ('value="', 'number="'), (' lang="en"', "")]),
        (HELP, "IntelliSense", [("FunctionInfo", "Functions"), ("Argument Name", "Argument Text"), ("1.0", "2.0")]),
    ],
)
def test_what_has_no_schema_of_its_own(
    parts: dict[str, bytes], grammar: str, name: str, damage: list[tuple[str, str]]
) -> None:
    fits = etree.RelaxNG(etree.fromstring(grammar))
    text = intellisense() if name == "IntelliSense" else parts[name].decode()
    assert fits.validate(etree.fromstring(text.encode())), fits.error_log
    for old, new in damage:
        head, _, body = text.partition("?>")
        assert not fits.validate(etree.fromstring(f"{head}?>{body.replace(old, new)}".encode())), old
