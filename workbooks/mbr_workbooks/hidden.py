"""Hidden sheets taken out of a client's copy, with everything that was on them; refused where something needs them."""

from __future__ import annotations

import re

from mbr_workbooks.edit import without_sheet
from mbr_workbooks.package import Package
from mbr_workbooks.sheet_xml import cells_of, sheets_of
from mbr_xl.errors import InputError

# Parts that change when any sheet goes; another that changes held a reference to it.
_LISTS = ("[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels")


def without_hidden(package: Package) -> tuple[Package, list[str]]:
    """The workbook without its hidden sheets, and their names.

    Raises InputError where a formula, a name, a chart or a pivot table elsewhere refers to one.
    """
    hidden = [sheet.name for sheet in sheets_of(package) if sheet.hidden]
    for name in hidden:
        before = package
        package = Package.of(package.path, without_sheet(package.path, package.to_bytes(), name))
        if _needed(before, package, name):
            raise InputError(
                f"The sheet {name} is hidden and other sheets refer to it, so the client's copy can neither carry nor "
                f"lose it: unhide it or remove those references in {package.path.name}, save, and hand off again."
            )
    if hidden:
        _forget(package)
    return package, hidden


def _needed(before: Package, after: Package, name: str) -> bool:
    quoted = re.escape(name.replace("'", "''").encode())
    reference = re.compile(rb"(?<![\w'])(?:'" + quoted + rb"'|" + quoted + rb")!|\bsheet=\"" + quoted + rb"\"")
    if after["xl/workbook.xml"].count(b"#REF!") > before["xl/workbook.xml"].count(b"#REF!"):
        return True
    for part in after:
        if part in _LISTS or part.startswith("docProps/") or part == "xl/sharedStrings.xml":
            continue
        if after[part] != before[part] or reference.search(after[part]):
            return True
    return False


def _forget(package: Package) -> None:
    """Texts that no cell shows any more, and the list of sheet names in the document's properties."""
    if "xl/sharedStrings.xml" in package:
        used: set[str] = set()
        for sheet in sheets_of(package):
            if sheet.part in package:
                cells = cells_of(package[sheet.part]).values()
                used |= {cell.value for cell in cells if cell.value and cell.attributes.get("t") == "s"}
        number = iter(range(10_000_000))

        def keep(found: re.Match[bytes]) -> bytes:
            return found[0] if str(next(number)) in used else b"<si><t></t></si>"

        package["xl/sharedStrings.xml"] = re.sub(
            rb"<si\s*/>|<si\b.*?</si>", keep, package["xl/sharedStrings.xml"], flags=re.DOTALL
        )
    if "docProps/app.xml" in package:
        lists = rb"<(HeadingPairs|TitlesOfParts)\b.*?</\1>"
        package["docProps/app.xml"] = re.sub(lists, b"", package["docProps/app.xml"], flags=re.DOTALL)
