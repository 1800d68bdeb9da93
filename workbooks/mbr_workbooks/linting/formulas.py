"""One formula as a file stores it: is it whole, is every name in it known, does it hold a number of its own?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from mbr_udfs.catalogue import Function
from mbr_udfs.formula import parse
from mbr_udfs.lite import STORED
from mbr_workbooks.formulas import Token, tokens_of
from mbr_xl.errors import InputError

# Functions of Excel 2007 and later that need no prefix and that Excel, LibreOffice and CellRune compute alike.
WORDS = (
    "ABS AND AVERAGE CODE COUNT COUNTA COUNTBLANK COUNTIF COUNTIFS DATE DAY EDATE EOMONTH FIND IF IFERROR "
    "INDEX INT ISERROR ISNUMBER LARGE LEN LOOKUP MATCH MAX MIN MOD MONTH N NOT OR RANK ROUND ROUNDDOWN ROUNDUP ROW "
    "ROWS SMALL SUM SUMIF SUMIFS SUMPRODUCT TEXT TRIM UPPER VALUE WEEKDAY WORKDAY YEAR"
)
FUNCTIONS = frozenset(WORDS.split())
MOST = 8192  # characters of a formula
PLAIN_NUMBERS = frozenset({"0", "1"})
DIGITS = re.compile(r",([268])\)")  # the digits of a ROUND
TEXTS = re.compile(r'"(?:[^"]|"")*"')


def formula_faults(text: str, constants: bool = True) -> Iterator[str]:
    """What is wrong with one formula, as stored: without the leading "="."""
    if len(text) > MOST:
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
    yield from _unreadable(re.sub(r"\d+", "1", bare))
    if ";" in bare or "{" in bare:
        yield "a semicolon or an array constant"
    if "#REF!" in bare:
        yield "refers to nothing"
    if "[@" in bare:
        yield "[@Column] is not the stored form"
    if "_xlpm." in bare or "_xlop." in bare:
        yield "a parameter of LAMBDA or LET, which not every program computes"
    for function in re.findall(r"([A-Za-z_][\w.]*)\(", bare):
        if function not in FUNCTIONS:
            yield f"{function} is not among the functions every program computes alike"
    for name in re.findall(r"([^\s'!(),=<>*/+&^:-]+)!", bare.replace("#REF!", "")):
        if reads_as_cell(name.strip("$")) or not re.fullmatch(r"[A-Za-z_][\w.]*", name):
            yield f"the sheet {name} needs quotes"
    if constants:
        plain = DIGITS.sub(",)", bare)
        for number in re.findall(r"(?<![\w.$:])(\d+(?:\.\d+)?%?)(?![\w.:(!])", plain):
            if number not in PLAIN_NUMBERS:
                yield f"holds the number {number}"


@lru_cache(maxsize=4096)
def _unreadable(shape: str) -> tuple[str, ...]:
    """What stops the reading of a formula; its numbers do not matter, so that a column is read once."""
    try:
        tokens = [token for token in tokens_of(f"={shape}") if token.type != Token.WSPACE]
    except (ValueError, IndexError):
        return ("cannot be read as a formula",)
    if tokens and tokens[-1].type in (Token.OP_IN, Token.OP_PRE):
        return ("ends in an operator",)
    operands = [token.type == Token.OPERAND for token in tokens]
    if any(one and other for one, other in pairwise(operands)):
        return ("two values with nothing between them",)
    return ()


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


def _lite_faults(text: str) -> Iterator[str]:
    """An example for xlwings Lite: one call of a function of ours; it may hold constants."""
    name = text.removeprefix(STORED).partition("(")[0]
    try:
        function, cells = parse(text.removeprefix(STORED))
    except KeyError:
        yield f"{name} is no function of ours"
        return
    except (InputError, ValueError):
        yield f"the arguments of {name} cannot be read"
        return
    yield from _miscounted(function, cells)


def _miscounted(function: Function, cells: list[object]) -> Iterator[str]:
    """Excel takes neither more arguments than a function has, nor none where one is required."""
    if len(cells) > len(function.arguments):
        yield f"{function.name} takes at most {len(function.arguments)} arguments, not {len(cells)}"
    places = enumerate(function.arguments)
    missing = [item.name for at, item in places if item.required and (at >= len(cells) or cells[at] is None)]
    if missing:
        yield f"{function.name} lacks its argument {missing[0]}"
