"""The add-in for LibreOffice Calc, made from the catalogue: the same names, with the wizard's help, for any Calc.

An .oxt is a zip: an interface in plain IDL, a component in Python, the wizard's texts, and our packages.
"""

from __future__ import annotations

from importlib.resources import files
from xml.sax.saxutils import escape

from mbr_udfs.carried import archive, carried
from mbr_udfs.catalogue import CATALOGUE, Function
from mbr_xl import __version__

IDENTIFIER = "org.mbrxl.addin"


def method(function: Function) -> str:
    """The function's name in the interface: MBR_ROOM is mbrRoom."""
    first, *rest = function.name.lower().split("_")
    return first + "".join(part.capitalize() for part in rest)


def calc_addin() -> bytes:
    """The add-in's file, the same bytes for the same packages."""
    return archive(parts())


def parts() -> dict[str, bytes]:
    """Every file of the add-in by its path in the zip."""
    found = {f"pythonpath/{name}": content for name, content in carried().items()}
    component = (files("mbr_udfs") / "calc_component.py").read_text(encoding="utf-8")
    names = {method(function): function.name for function in CATALOGUE}
    texts = {
        "META-INF/manifest.xml": _MANIFEST,
        "description.xml": _description(),
        "functions.idl": _interface(),
        "functions.xcu": _wizard(),
        "component.py": component.replace("NAMES = {}", f"NAMES = {names!r}", 1),
    }
    return found | {name: text.encode() for name, text in texts.items()}


_MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="http://openoffice.org/2001/manifest">
 <manifest:file-entry manifest:full-path="functions.idl"
  manifest:media-type="application/vnd.sun.star.uno-typelibrary;type=RDB"/>
 <manifest:file-entry manifest:full-path="component.py"
  manifest:media-type="application/vnd.sun.star.uno-component;type=Python"/>
 <manifest:file-entry manifest:full-path="functions.xcu"
  manifest:media-type="application/vnd.sun.star.configuration-data"/>
</manifest:manifest>
"""


def _description() -> str:
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<description xmlns="http://openoffice.org/extensions/description/2006">
 <identifier value="{IDENTIFIER}"/>
 <version value="{escape(__version__)}"/>
 <display-name><name lang="en">mbr_xl: mega backdoor Roth functions</name></display-name>
</description>
"""


def _interface() -> str:
    """Every answer is rows; every argument is `any`, which may be left out, and comes as rows where it is a range."""
    lines = [
        f"    sequence< sequence< any > > {method(function)}"
        f"({', '.join(f'[in] any {_argument(a.name)}' for a in function.arguments)});"
        for function in CATALOGUE
    ]
    return "\n".join(["module org { module mbrxl {", "  interface XFunctions {", *lines, "  };", "}; };", ""])


def _argument(name: str) -> str:
    """An argument's name in the interface, where some words and the underscore have a meaning of their own."""
    first, *rest = name.split("_")
    return "a" + first.capitalize() + "".join(part.capitalize() for part in rest)


def _wizard() -> str:
    functions = "".join(_about(function) for function in CATALOGUE)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<oor:component-data xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema" oor:name="CalcAddIns" oor:package="org.openoffice.Office">\n'
        ' <node oor:name="AddInInfo">\n'
        '  <node oor:name="org.mbrxl.Functions" oor:op="replace">\n'
        f'   <node oor:name="AddInFunctions">\n{functions}   </node>\n'
        "  </node>\n </node>\n</oor:component-data>\n"
    )


def _about(function: Function) -> str:
    """The wizard's texts. The compatibility name is what an .xlsx file calls the function."""
    arguments = "".join(
        f'      <node oor:name="{_argument(argument.name)}" oor:op="replace">\n'
        f"{_text('DisplayName', argument.name, 7)}{_text('Description', argument.text, 7)}      </node>\n"
        for argument in function.arguments
    )
    return (
        f'    <node oor:name="{method(function)}" oor:op="replace">\n'
        f"{_text('DisplayName', function.name, 5)}{_text('Description', function.description, 5)}"
        f'     <prop oor:name="Category"><value>Add-In</value></prop>\n'
        f"{_text('CompatibilityName', function.name, 5)}"
        f'     <node oor:name="Parameters">\n{arguments}     </node>\n    </node>\n'
    )


def _text(name: str, text: str, indent: int) -> str:
    return f'{" " * indent}<prop oor:name="{name}"><value xml:lang="en">{escape(text)}</value></prop>\n'
