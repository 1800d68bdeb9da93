"""The functions as xlwings registers them in Excel on Windows; the only file that knows xlwings.

Name this module as the UDF module (`mbr_udfs.xlwings_bridge`). xlwings finds the functions as attributes of it, and
takes name, texts and defaults from them; annotations would make it convert cells by itself, so there are none.
"""

from collections.abc import Callable
from inspect import Parameter, Signature
from typing import Any

import xlwings

from mbr_udfs import host
from mbr_udfs.catalogue import CATALOGUE, Function
from mbr_udfs.vba import CATEGORY
from mbr_udfs.vba_names import vba_name


def plain(function: Function) -> Callable[..., Any]:
    """A function without annotations that calls the cell function, with its name, text and argument names."""

    def call(*cells: object) -> Any:
        return function(*cells)

    call.__name__ = call.__qualname__ = function.name
    call.__doc__ = function.description
    call.__annotations__ = {}
    call.__signature__ = Signature(  # type: ignore[attr-defined]
        [
            Parameter(
                vba_name(argument.name),
                Parameter.POSITIONAL_OR_KEYWORD,
                default=Parameter.empty if argument.required else None,
            )
            for argument in function.arguments
        ]
    )
    return call


def attach(function: Function) -> Callable[..., Any]:
    """The function with xlwings' marks: category, argument texts, ranges as two dimensions, errors as text."""
    registered: Any = plain(function)
    for argument in function.arguments:
        shape = {"ndim": 2} if argument.kind.is_range else {}
        registered = xlwings.arg(vba_name(argument.name), doc=argument.text, err_to_str=True, **shape)(registered)
    # Last, as the uppermost decorator would be: each `arg` puts the category back to xlwings' own.
    marked: Callable[..., Any] = xlwings.func(category=CATEGORY)(registered)
    return marked


globals().update({function.name: attach(function) for function in CATALOGUE})
host.name = f"Excel by xlwings {xlwings.__version__}"
