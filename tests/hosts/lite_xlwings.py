"""A stand-in for xlwings inside xlwings Lite: what its decorators note, and how a call of Excel reaches a function.

Written from how xlwings behaves towards Office: every argument comes as rows; a single cell is taken out of them; a
missing or blank one is the argument's default; an error is an object, handed over as its text where that is asked
for; `ndim=2` makes rows of everything; a date goes back as a number with a format; an exception makes #VALUE!.
`test_the_stand_in_is_true_to_xlwings` in test_lite.py holds it against xlwings itself.
"""

import datetime
import inspect

DAY_0 = datetime.datetime(1899, 12, 30)


class XlwingsError(Exception):
    """What a function raises for its message to be seen."""


def func(function=None, **options):
    def mark(f):
        note(f)["options"] = options
        return f

    return mark if function is None else mark(function)


def arg(name, **options):
    def mark(f):
        note(f)["arguments"][name].update(options)
        return f

    return mark


def note(f):
    if not hasattr(f, "__xlfunc__"):
        assert not f.__annotations__, "a type hint makes xlwings convert the cell"
        parameters = inspect.signature(f).parameters.values()
        f.__xlfunc__ = {
            "doc": f.__doc__,
            "arguments": {p.name: {"optional": p.default is not p.empty} for p in parameters},
            "options": {},
        }
    return f.__xlfunc__


def registered(module):
    """What Excel is told of a module's functions."""
    return {f.__name__: f.__xlfunc__ for _, f in inspect.getmembers(module) if hasattr(f, "__xlfunc__")}


def call(module, name, sent):
    """One call from a cell, its answer as rows, or the error with its message."""
    function = getattr(module, name)
    marks = list(function.__xlfunc__["arguments"].values())
    try:
        shown = function(*(received(rows, mark) for rows, mark in zip(sent, marks, strict=False)))
    except XlwingsError as refusal:
        return {"type": "Error", "errorType": "Value", "errorMessage": str(refusal)}
    rows = shown if isinstance(shown, list) else [[shown]]
    return [[as_cell(item) for item in row] for row in rows]


def received(rows, mark):
    value = rows
    if isinstance(rows, list) and len(rows) == 1:
        value = rows[0][0] if isinstance(rows[0], list) and len(rows[0]) == 1 else rows[0]
    if is_null(value):
        return None
    if mark.get("ndim") == 2:
        value = value if isinstance(value, list) else [value]
        value = value if isinstance(value[0], list) else [value]
    if isinstance(value, list):
        return [[plain(item, mark) for item in i] if isinstance(i, list) else plain(i, mark) for i in value]
    return plain(value, mark)


def plain(item, mark):
    if is_null(item) or item == "":
        return None
    if isinstance(item, dict):
        return item["basicValue"] if item["type"] != "Error" or mark.get("err_to_str") else None
    return item


def is_null(item):
    """JavaScript's null, which Pyodide hands over as an object of its own."""
    return item is None or type(item).__name__ == "JsNull"


def as_cell(item):
    if isinstance(item, datetime.date):
        moment = item if isinstance(item, datetime.datetime) else datetime.datetime(item.year, item.month, item.day)
        return {"type": "FormattedNumber", "basicValue": float((moment - DAY_0).days), "numberFormat": "m/d/yyyy"}
    return "" if item is None else item
