"""The add-in of Excel for Windows as VBA: the wrappers that xlwings' own importer would write, made from the catalogue.

Nothing here needs xlwings or Windows. The help lies in attributes below a function's first line, which is where Excel
keeps what xlwings sets by Application.MacroOptions; so a user needs no "Trust access to the VBA project object model".
"""

from __future__ import annotations

from mbr_udfs.catalogue import CATALOGUE, Function
from mbr_udfs.vba_names import vba_name

BRIDGE = "mbr_udfs.xlwings_bridge"  # the module that Excel's Python imports
MODULE = "xlwings_udfs"  # the VBA module, under the name that xlwings gives it
CATEGORY = "Mega backdoor Roth"
FIRST_CUSTOM_GROUP = 20  # Excel counts its own groups of functions up to 19
MOST_TEXT = 255  # characters of a text in Excel's function wizard


def module() -> str:
    """The whole VBA module, help included, with the line ends of VBA."""
    text = f"""Attribute VB_Name = "{MODULE}"
'The worksheet functions of mbr_xl, as xlwings would import them.
#Const App = "Microsoft Excel" 'Adjust when using outside of Excel
{wrappers(with_help=True)}"""
    return text.replace("\n", "\r\n")


def wrappers(*, with_help: bool = False) -> str:
    """A VBA function for each cell function, in the order and the words of xlwings' generator for an add-in."""
    functions = sorted(CATALOGUE, key=lambda function: function.name)
    return "".join(_wrapper(function, _help(function) if with_help else "") for function in functions)


def argument_help(function: Function) -> list[str]:
    """The texts of the arguments as the wizard can show them, in order."""
    return [argument.text[:MOST_TEXT] for argument in function.arguments]


def _wrapper(function: Function, attributes: str) -> str:
    name = function.name
    names = [vba_name(argument.name) for argument in function.arguments]
    pairs = zip(names, function.arguments, strict=True)
    given = ", ".join(name if argument.required else f"Optional {name}" for name, argument in pairs)
    call = f'XLPy.CallUDF("{BRIDGE}", "{name}", Array({", ".join(names)})'
    return f"""Function {name}({given})
{attributes}    #If App = "Microsoft Excel" Then
        If TypeOf Application.Caller Is Range Then On Error GoTo failed
        {name} = {call}, ActiveWorkbook, Application.Caller)
        Exit Function
    #Else
        {name} = {call})
        Exit Function
    #End If
failed:
    {name} = Err.Description
End Function

"""


def _help(function: Function) -> str:
    text = function.description[:MOST_TEXT].replace('"', '""')
    return (
        f'Attribute {function.name}.VB_Description = "{text}"\n'
        f'Attribute {function.name}.VB_ProcData.VB_Invoke_Func = " \\n{FIRST_CUSTOM_GROUP}"\n'
    )
