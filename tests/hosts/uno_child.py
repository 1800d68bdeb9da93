"""Runs under the Python that LibreOffice's UNO was built for; the tests talk to it in JSON lines on its pipes.

A request is {"op": name, ...arguments}; the answer {"ok": result} or {"error": text}. It starts one soffice of its own,
with a profile of its own that recalculates every file on load, and ends it when its standard input closes.
No import from the project: this interpreter has none of its packages.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import suppress

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.table import CellAddress

SETTINGS = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"></oor:items>'
)
ALWAYS_RECALCULATE = (
    '<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">'
    "<value>0</value></prop></item></oor:items>"
)
FORMULA_ERRORS = 4  # com.sun.star.sheet.FormulaResult.ERROR
NOBODY = 65534
XLSX = "Calc MS Excel 2007 XML"


def prop(name, value):
    pair = PropertyValue()
    pair.Name, pair.Value = name, value
    return pair


def install(extension, soffice, profile):
    """Adds an extension to a profile. unopkg refuses root, so root adds it as another user and takes it back."""
    unopkg = os.path.join(os.path.dirname(os.path.realpath(soffice)), "unopkg")
    extension = shutil.copy(extension, profile)  # where the other user may read it
    os.chmod(extension, 0o644)
    command = [unopkg, "add", "-f", "-env:UserInstallation=" + uno.systemPathToFileUrl(profile), extension]
    other = {}
    if os.getuid() == 0:
        os.chown(profile, NOBODY, NOBODY)
        other = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
    environment = {**os.environ, "HOME": profile}
    done = subprocess.run(command, env=environment, cwd=profile, capture_output=True, text=True, **other)
    if done.returncode:
        raise RuntimeError("unopkg refused the extension: " + done.stderr[-500:])
    if other:
        for folder, _, names in os.walk(profile):
            for name in [folder, *(os.path.join(folder, name) for name in names)]:
                os.chown(name, 0, 0)


class Office:
    def __init__(self, soffice, extension=None):
        self.profile = tempfile.mkdtemp(prefix="mbr_office_")
        if extension:
            install(extension, soffice, self.profile)
        settings = self.profile + "/user/registrymodifications.xcu"
        os.makedirs(self.profile + "/user", exist_ok=True)
        held = SETTINGS
        if os.path.exists(settings):
            with open(settings) as f:
                held = f.read()
        with open(settings, "w") as f:
            f.write(held.replace("</oor:items>", ALWAYS_RECALCULATE))
        pipe = os.path.basename(self.profile)
        self.process = subprocess.Popen(
            [soffice, "-env:UserInstallation=" + uno.systemPathToFileUrl(self.profile), "--headless", "--norestore",
             "--nologo", "--nodefault", f"--accept=pipe,name={pipe};urp;"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        deadline = time.monotonic() + 60
        while True:
            try:
                context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
                break
            except NoConnectException:
                if time.monotonic() > deadline or self.process.poll() is not None:
                    raise
                time.sleep(0.05)
        self.desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        self.documents = {}
        self.ranges = {}
        self.opened = 0

    def load(self, path):
        """A number for the document; its sheets are unprotected, because a protected one refuses setDataArray."""
        document = self.desktop.loadComponentFromURL(
            uno.systemPathToFileUrl(path), "_blank", 0, (prop("Hidden", True),)
        )
        if document is None:
            raise RuntimeError("LibreOffice did not open " + path)
        self.opened += 1
        self.documents[self.opened] = document
        return self.opened

    def unprotect(self, doc):
        document = self.documents[doc]
        if document.isProtected():
            document.unprotect("")
        for sheet in document.Sheets:
            if sheet.isProtected():
                sheet.unprotect("")

    def sheets(self, doc):
        return list(self.documents[doc].Sheets.ElementNames)

    def names(self, doc):
        return list(self.documents[doc].NamedRanges.ElementNames)

    def named(self, doc, name):
        key = doc, name
        if key not in self.ranges:
            names = self.documents[doc].NamedRanges
            if not names.hasByName(name):
                raise KeyError("no defined name " + name)
            self.ranges[key] = names.getByName(name).getReferredCells()
            if self.ranges[key] is None:
                raise KeyError(f"the defined name {name} is not a range")
        return self.ranges[key]

    def where(self, doc, name):
        """[sheet, first column, first row, last column, last row] of a defined name, counted from 0."""
        cells = self.named(doc, name)
        at = cells.RangeAddress
        return [cells.Spreadsheet.Name, at.StartColumn, at.StartRow, at.EndColumn, at.EndRow]

    def set(self, doc, values):
        """Sets cells by defined name: a scalar, or a list that goes down the range; None is a blank cell."""
        document = self.documents[doc]
        document.enableAutomaticCalculation(False)
        try:
            for name, value in values.items():
                cells = self.named(doc, name)
                column = value if isinstance(value, list) else [value]
                at = cells.RangeAddress
                size = at.EndRow - at.StartRow + 1
                if at.StartColumn != at.EndColumn or len(column) != size:
                    raise ValueError(f"{name} takes one column of {size} cells, not {len(column)}")
                cells.setDataArray(tuple(("" if item is None else item,) for item in column))
            document.calculate()
        finally:
            document.enableAutomaticCalculation(True)

    def recalculate(self, doc):
        self.documents[doc].calculateAll()

    def read(self, doc, names):
        """The values of defined names, each a list of rows; "" is a blank cell or empty text, null an error."""
        return {name: self.named(doc, name).getDataArray() for name in names}

    def used(self, doc, sheet):
        """Every value of a sheet, as a list of rows from A1 to the last used cell."""
        page = self.documents[doc].Sheets.getByName(sheet)
        cursor = page.createCursor()
        cursor.gotoEndOfUsedArea(False)
        at = cursor.RangeAddress
        return page.getCellRangeByPosition(0, 0, at.EndColumn, at.EndRow).getDataArray()

    def errors(self, doc):
        """[sheet and cell, formula, shown text] of formulas whose result is an error, at most 50."""
        found = []
        for sheet in self.documents[doc].Sheets:
            cells = sheet.queryFormulaCells(FORMULA_ERRORS).Cells.createEnumeration()
            while cells.hasMoreElements() and len(found) < 50:
                cell = cells.nextElement()
                found.append([cell.AbsoluteName.replace("$", ""), cell.Formula, cell.String])
        return found

    def cell(self, doc, sheet, cell):
        return self.documents[doc].Sheets.getByName(sheet).getCellRangeByName(cell).getCellByPosition(0, 0)

    def type(self, doc, sheet, cell, text):
        """Types a text as at the keyboard: it may become a number, a date or a formula."""
        self.cell(doc, sheet, cell).FormulaLocal = text

    def type_named(self, doc, name, row, text):
        self.named(doc, name).getCellByPosition(0, row).FormulaLocal = text

    def type_column(self, doc, sheet, first, texts):
        """Types texts down a column, calculation off meanwhile, and gives what the cells show then."""
        document = self.documents[doc]
        document.enableAutomaticCalculation(False)
        try:
            top = self.cell(doc, sheet, first).CellAddress
            page = document.Sheets.getByName(sheet)
            for row, text in enumerate(texts):
                page.getCellByPosition(top.Column, top.Row + row).FormulaLocal = text
            document.calculate()
        finally:
            document.enableAutomaticCalculation(True)

    def type_array(self, doc, sheet, cells, formula):
        """Enters a formula as an array formula over a range and gives its rows."""
        area = self.documents[doc].Sheets.getByName(sheet).getCellRangeByName(cells)
        area.ArrayFormula = formula
        return area.getDataArray()

    def fill(self, doc, sheet, first, rows):
        """Puts rows of values from a cell on; null is a blank cell."""
        page = self.documents[doc].Sheets.getByName(sheet)
        top = self.cell(doc, sheet, first).CellAddress
        area = page.getCellRangeByPosition(top.Column, top.Row, top.Column + len(rows[0]) - 1, top.Row + len(rows) - 1)
        area.setDataArray(tuple(tuple("" if item is None else item for item in row) for row in rows))

    def new(self):
        """A number for a new, empty workbook."""
        document = self.desktop.loadComponentFromURL("private:factory/scalc", "_blank", 0, (prop("Hidden", True),))
        self.opened += 1
        self.documents[self.opened] = document
        return self.opened

    def shown(self, doc, sheet, cell):
        return self.cell(doc, sheet, cell).String

    def add_sheet(self, doc, name):
        sheets = self.documents[doc].Sheets
        sheets.insertNewByName(name, sheets.Count)

    def add_note(self, doc, sheet, cell, text):
        at = self.cell(doc, sheet, cell).CellAddress
        where = CellAddress(at.Sheet, at.Column, at.Row)
        self.documents[doc].Sheets.getByName(sheet).Annotations.insertNew(where, text)

    def save(self, doc, path):
        self.documents[doc].storeToURL(uno.systemPathToFileUrl(path), (prop("FilterName", XLSX),))

    def close(self, doc):
        self.ranges = {key: cells for key, cells in self.ranges.items() if key[0] != doc}
        self.documents.pop(doc).close(True)

    def end(self):
        for doc in list(self.documents):
            with suppress(Exception):  # the process is ended below in any case
                self.close(doc)
        with suppress(Exception):
            self.desktop.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
        shutil.rmtree(self.profile, ignore_errors=True)


def main():
    office = Office(*sys.argv[1:])
    try:
        print(json.dumps({"ok": "ready"}), flush=True)
        for line in sys.stdin:
            request = json.loads(line)
            try:
                answer = {"ok": getattr(office, request.pop("op"))(**request)}
            except Exception as problem:
                answer = {"error": f"{type(problem).__name__}: {problem}"}
            print(json.dumps(answer), flush=True)
    finally:
        office.end()


if __name__ == "__main__":
    main()
