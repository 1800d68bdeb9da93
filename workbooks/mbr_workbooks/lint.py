"""What Excel would repair or refuse, looked for in the XML of a workbook: no loader here notices most of it."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO
from xml.etree import ElementTree

from mbr_udfs.formula import parse
from mbr_udfs.lite import STORED
from mbr_xl.errors import InputError

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

# Functions of Excel 2007 and later that need no prefix and that Excel, LibreOffice and CellRune compute alike.
WORDS = (
    "ABS AND AVERAGE CODE COUNT COUNTA COUNTBLANK COUNTIF COUNTIFS DATE DAY EDATE EOMONTH FIND IF IFERROR "
    "INDEX INT ISERROR ISNUMBER LARGE LEN LOOKUP MATCH MAX MIN MOD MONTH N NOT OR RANK ROUND ROUNDDOWN ROUNDUP ROW "
    "ROWS SMALL SUM SUMIF SUMIFS SUMPRODUCT TEXT TRIM UPPER VALUE WEEKDAY WORKDAY YEAR"
)
FUNCTIONS = frozenset(WORDS.split())
# Names that Excel itself means something by, beyond the functions above: short list of those one might be tempted by.
TAKEN = FUNCTIONS | frozenset(
    [
        "BASE",
        "CELL",
        "CHAR",
        "CHOOSE",
        "COLUMN",
        "CORREL",
        "DAYS",
        "DB",
        "DDB",
        "EXP",
        "FACT",
        "FALSE",
        "FILTER",
        "FIND",
        "FIXED",
        "FV",
        "GROWTH",
        "HOUR",
        "IRR",
        "LEFT",
        "LET",
        "LN",
        "LOG",
        "MEDIAN",
        "MID",
        "MINUTE",
        "MODE",
        "NA",
        "NOW",
        "NPER",
        "NPV",
        "PI",
        "PMT",
        "PRINT_AREA",
        "PRINT_TITLES",
        "PV",
        "RAND",
        "RATE",
        "RIGHT",
        "SIGN",
        "SORT",
        "SWITCH",
        "TAKE",
        "TIME",
        "TODAY",
        "TREND",
        "TRUE",
        "TYPE",
        "UNIQUE",
        "VAR",
        "WEEKNUM",
        "XIRR",
        "XLOOKUP",
        "XMATCH",
        "XNPV",
    ]
)
PLAIN_NUMBERS = frozenset({"0", "1"})
DIGITS = re.compile(r",([268])\)")  # the digits of a ROUND
TEXTS = re.compile(r'"(?:[^"]|"")*"')


def lint(source: Path | BinaryIO, constants: bool = True) -> list[str]:
    """Every fault found, a sentence each; empty if there is none.

    constants: whether formulas may hold no number but 0, 1 and the digits of ROUND (a user's own formulas may).
    """
    with zipfile.ZipFile(source) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    return list(_faults(parts, constants))


def _faults(parts: dict[str, bytes], constants: bool) -> Iterator[str]:
    if "xl/calcChain.xml" in parts:
        yield "There is a calcChain: a stale one makes Excel repair the file."
    book = ElementTree.fromstring(parts["xl/workbook.xml"])
    sheets = [(e.get("name", ""), e.get(REL, "")) for e in book.iter(f"{MAIN}sheet")]
    names = [(e.get("name", ""), e.text or "", e.get("localSheetId")) for e in book.iter(f"{MAIN}definedName")]
    targets = _relations(parts, "xl/workbook.xml")
    titles = {title.casefold() for title, _ in sheets}
    yield from _sheet_names([title for title, _ in sheets])
    yield from _names(names)
    tables: dict[str, str] = {}
    strings = _strings(parts)
    for title, relation in sheets:
        part = targets[relation]
        root = ElementTree.fromstring(parts[part])
        for address, text in _formulas(root):
            for fault in formula_faults(text, constants):
                yield f"{title}!{address}: {fault}: {text[:120]}"
        for validation in root.iter(f"{MAIN}dataValidation"):
            listed = validation.findtext(f"{MAIN}formula1") or ""
            if validation.get("type") == "list" and len(listed) > 257:  # its quotes included
                yield f"{title}!{validation.get('sqref')}: a list of {len(listed) - 2} characters, above 255."
            if len(validation.get("prompt", "")) > 255 or len(validation.get("error", "")) > 255:
                yield f"{title}!{validation.get('sqref')}: a message above 255 characters."
        for path in _relations(parts, part).values():
            if "/tables/" in path:
                yield from _table(title, root, ElementTree.fromstring(parts[path]), strings, tables, titles)
    folded = [name.casefold() for name, _, local in names if local is None]
    for name in tables:
        if name.casefold() in folded:
            yield f"The table {name} has the name of a defined name."


def _sheet_names(titles: list[str]) -> Iterator[str]:
    if len({title.casefold() for title in titles}) < len(titles):
        yield "Two sheets have one name."
    for title in titles:
        if not 0 < len(title) <= 31 or re.search(r"[\[\]:*?/\\]", title):
            yield f"{title!r} cannot be the name of a sheet."


def _names(names: list[tuple[str, str, str | None]]) -> Iterator[str]:
    seen: set[tuple[str, str | None]] = set()
    for name, text, local in names:
        if name.startswith("_xlnm."):
            continue
        if (name.casefold(), local) in seen:
            yield f"The name {name} is defined twice."
        seen.add((name.casefold(), local))
        if not re.fullmatch(r"[A-Za-z_\\][A-Za-z0-9_.\\]*", name) or len(name) > 255:
            yield f"{name} cannot be a name."
        if reads_as_cell(name):
            yield f"The name {name} reads as a cell."
        if name.upper() in TAKEN:
            yield f"The name {name} is the name of an Excel function."
        if "#REF!" in text:
            yield f"The name {name} refers to nothing."


def reads_as_cell(name: str) -> bool:
    """Whether Excel takes the name for a cell: A1 to XFD1048576, or R, C, R1C1."""
    if re.fullmatch(r"[rR]\d*([cC]\d*)?|[cC]\d*", name):
        return True
    match = re.fullmatch(r"([A-Za-z]{1,3})(\d{1,7})", name)
    if not match:
        return False
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - 64
    return column <= 16384 and 1 <= int(match[2]) <= 1048576


def formula_faults(text: str, constants: bool = True) -> Iterator[str]:
    """What is wrong with one formula, as stored: without the leading "="."""
    if len(text) > 8192:
        yield "longer than 8,192 characters"
    bare = TEXTS.sub('""', text)
    if '"' in bare.replace('""', ""):
        yield "a quote is not closed"
    depth = 0
    for letter in bare:
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if depth < 0:
            break
    if depth:
        yield "parentheses do not match"
    if text.startswith(STORED):
        yield from _lite_faults(text)
        return
    if ";" in bare or "{" in bare:
        yield "a semicolon or an array constant"
    if "[@" in bare:
        yield "[@Column] is not the stored form"
    for function in re.findall(r"([A-Za-z_][\w.]*)\(", bare):
        if function not in FUNCTIONS:
            yield f"{function} is not among the functions every program computes alike"
    for name in re.findall(r"([^\s'!(),=<>*/+&^:-]+)!", bare):
        if reads_as_cell(name.strip("$")) or not re.fullmatch(r"[A-Za-z_][\w.]*", name):
            yield f"the sheet {name} needs quotes"
    if constants:
        plain = DIGITS.sub(",)", bare)
        for number in re.findall(r"(?<![\w.$:])(\d+(?:\.\d+)?%?)(?![\w.:(!])", plain):
            if number not in PLAIN_NUMBERS:
                yield f"holds the number {number}"


def _lite_faults(text: str) -> Iterator[str]:
    """An example for xlwings Lite: one call of a function of ours; it may hold constants."""
    name = text.removeprefix(STORED).partition("(")[0]
    try:
        parse(text.removeprefix(STORED))
    except KeyError:
        yield f"{name} is no function of ours"
    except (InputError, ValueError):
        yield f"the arguments of {name} cannot be read"


def _formulas(root: ElementTree.Element) -> Iterator[tuple[str, str]]:
    for cell in root.iter(f"{MAIN}c"):
        formula = cell.find(f"{MAIN}f")
        if formula is not None and formula.text:
            yield cell.get("r", ""), formula.text


def _table(
    title: str,
    sheet: ElementTree.Element,
    table: ElementTree.Element,
    strings: list[str],
    seen: dict[str, str],
    titles: set[str],
) -> Iterator[str]:
    name = table.get("displayName", "")
    if name.casefold() in {other.casefold() for other in seen}:
        yield f"Two tables have the name {name}."
    seen[name] = title
    if name.casefold() in titles or not name.startswith("tbl"):
        yield f"The table {name} must begin with tbl and not have the name of a sheet."
    columns = [e.get("name", "") for e in table.iter(f"{MAIN}tableColumn")]
    if len({column.casefold() for column in columns}) < len(columns):
        yield f"The table {name} has two columns of one name."
    first, _, last = table.get("ref", "").partition(":")
    start, end, row = _column(first), _column(last), re.sub(r"\D", "", first)
    if end - start + 1 != len(columns):
        yield f"The table {name} has {len(columns)} columns in a range of {end - start + 1}."
    heads = {}
    for cell in sheet.iter(f"{MAIN}c"):
        where = cell.get("r", "")
        if re.sub(r"\D", "", where) == row and start <= _column(where) <= end:
            value = cell.findtext(f"{MAIN}v") or ""
            heads[_column(where) - start] = strings[int(value)] if cell.get("t") == "s" else value
    for number, column in enumerate(columns):
        if heads.get(number) != column:
            yield f"The table {name} calls a column {column!r}, its heading cell holds {heads.get(number)!r}."


def _column(address: str) -> int:
    number = 0
    for letter in re.sub(r"[^A-Z]", "", address):
        number = number * 26 + ord(letter) - 64
    return number


def _strings(parts: dict[str, bytes]) -> list[str]:
    if "xl/sharedStrings.xml" not in parts:
        return []
    root = ElementTree.fromstring(parts["xl/sharedStrings.xml"])
    return ["".join(text.text or "" for text in item.iter(f"{MAIN}t")) for item in root.iter(f"{MAIN}si")]


def _relations(parts: dict[str, bytes], part: str) -> dict[str, str]:
    folder, name = posixpath.split(part)
    path = f"{folder}/_rels/{name}.rels"
    if path not in parts:
        return {}
    found = {}
    for relation in ElementTree.fromstring(parts[path]):
        target = relation.get("Target", "")
        if relation.get("TargetMode") != "External":
            found[relation.get("Id", "")] = (
                target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
            )
    return found
