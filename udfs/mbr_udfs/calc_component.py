"""The functions as LibreOffice Calc calls them: loaded by LibreOffice's own Python, which has `uno` and our packages.

It lies at the root of the add-in's file beside `pythonpath/`, which LibreOffice puts on the path. A name in Calc's
interface is the Excel name without underscores: an identifier there must not end in a digit or hold two of them.
"""

import datetime
import sys

import unohelper
from org.mbrxl import XFunctions

IMPLEMENTATION, SERVICES = "org.mbrxl.Functions", ("com.sun.star.sheet.AddIn", "org.mbrxl.Addin")
OLDEST = (3, 11)
DAY_0 = datetime.date(1899, 12, 30)


def as_calc_shows(answer):
    """An answer as Calc takes it, always rows: dates by serial number, nothing as empty text."""
    rows = answer if isinstance(answer, (list, tuple)) else [[answer]]
    return tuple(tuple(_shown(item) for item in row) for row in rows)


def _shown(item):
    if isinstance(item, datetime.date):
        item = (item.date() if isinstance(item, datetime.datetime) else item) - DAY_0
        return float(item.days)
    # A boolean inside rows reaches a cell as TRUE whatever it is, so it goes as 1 or 0.
    return float(item) if isinstance(item, (int, float)) else str("" if item is None else item)


def as_sent(cell):
    """What Calc sends, as a cell function expects it: a blank cell of a range comes as empty text.

    A range that holds an error value never comes: Calc answers Err:504 by itself.
    """
    if not isinstance(cell, tuple):
        return None if cell == "" else cell
    blank = [None] * len(cell[0])  # one for all the blank rows of a whole column
    return [blank if row.count("") == len(row) else [as_sent(item) for item in row] for row in cell]


def in_doubt(argument, cell):
    """A cell of an optional argument: Calc sends a blank one as 0, so that 0 is read as blank where it cannot be meant.

    Raises InputError where 0 would be another answer than blank: neither is guessed.
    """
    from mbr_xl.errors import InputError

    if isinstance(cell, bool) or cell != 0 or argument.default in (0, False):
        return cell
    try:
        argument.read(cell)
    except InputError:
        return None
    meant = "no" if "no" in argument.kind.words else "0"
    raise InputError(
        f"{argument.name}: Calc sends 0 for a blank cell, so this could be either: leave the argument out, "
        f'or give "{meant}".'
    )


def caller(name):
    """The method behind one function."""

    def call(self, *cells):
        from mbr_udfs import CATALOGUE, host
        from mbr_xl.errors import InputError

        host.name = "LibreOffice Calc"
        function = CATALOGUE[name]
        sent = [as_sent(cell) for cell in cells]
        try:
            for place, argument in enumerate(function.arguments):
                if not argument.required and place < len(sent):
                    sent[place] = in_doubt(argument, sent[place])
        except InputError as refusal:
            return as_calc_shows(f"#MBR! {refusal}")
        return as_calc_shows(function(*sent))

    return call


def too_old(self, *cells):
    """The answer of every function where LibreOffice brings an older Python than the packages need."""
    have, need = ".".join(map(str, sys.version_info[:2])), ".".join(map(str, OLDEST))
    return as_calc_shows(
        f"#MBR! This LibreOffice brings Python {have}: mbr_xl needs {need}, as LibreOffice 25.8 and later have."
    )


class Functions(unohelper.Base, XFunctions):
    """The add-in; its methods are added below."""

    def __init__(self, context):
        self.context = context

    def getImplementationName(self):
        return IMPLEMENTATION

    def supportsService(self, name):
        return name in SERVICES

    def getSupportedServiceNames(self):
        return SERVICES


NAMES = {}  # filled where the add-in is built: the method's name and the function's
for method, function in NAMES.items():
    setattr(Functions, method, too_old if sys.version_info < OLDEST else caller(function))

g_ImplementationHelper = unohelper.ImplementationHelper()
g_ImplementationHelper.addImplementation(Functions, IMPLEMENTATION, SERVICES)
