"""The help that Excel-DNA's IntelliSense shows in the cell while a formula is typed, in its XML, from the catalogue.

Excel itself shows the help of such functions only in the function wizard. The IntelliSense add-in (free, not part of
this project) reads it out of our add-in, which carries it, or out of NAME.intellisense.xml beside NAME.xlam.
"""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from mbr_udfs.catalogue import CATALOGUE, Argument, Function

INTELLISENSE_FILE = "mbr_xl.intellisense.xml"
NAMESPACE = "http://schemas.excel-dna.net/intellisense/1.0"


def intellisense() -> str:
    """The whole file, by name of function."""
    functions = "".join(_function(function) for function in sorted(CATALOGUE, key=lambda function: function.name))
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<IntelliSense xmlns="{NAMESPACE}">\n  <FunctionInfo>\n{functions}  </FunctionInfo>\n</IntelliSense>\n'
    )


def _function(function: Function) -> str:
    arguments = "".join(_argument(argument) for argument in function.arguments)
    about = f"Name={quoteattr(function.name)} Description={quoteattr(function.description)}"
    return f"    <Function {about}>\n{arguments}    </Function>\n"


def _argument(argument: Argument) -> str:
    """An optional argument stands in brackets, as in Excel's own help."""
    name = argument.name if argument.required else f"[{argument.name}]"
    return f"      <Argument Name={quoteattr(name)} Description={quoteattr(argument.text)}/>\n"
