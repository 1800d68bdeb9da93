"""A formula that calls our functions, written with plain ones: for the copy of a planner that has no add-in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from mbr_udfs import CATALOGUE
from mbr_udfs.formula import literal
from mbr_workbooks.equivalent import equivalent
from mbr_workbooks.formulas import Area, Token, tokens_of
from mbr_workbooks.linting.formulas import FUNCTIONS
from mbr_workbooks.native_call import NoEquivalent, Term
from mbr_xl.errors import InputError

MOST_LETTERS = 8192  # Excel's limit of a formula
_OURS = frozenset(function.name for function in CATALOGUE)
# What may stand in an argument of ours: functions that answer one value for single values, and those that also take a
# range for one value.
_TOTALS = frozenset(["AVERAGE", "COUNT", "COUNTA", "MAX", "MIN", "SUM", "SUMPRODUCT"])
_OVER_RANGES = _TOTALS | {
    "COUNTBLANK", "COUNTIF", "COUNTIFS", "HLOOKUP", "INDEX", "LARGE", "MATCH", "SMALL", "SUMIF", "SUMIFS", "VLOOKUP",
}  # fmt: skip
_SINGLE_VALUED = (FUNCTIONS | _OVER_RANGES | {"CEILING", "FLOOR", "FV", "PMT", "PV", "SQRT"}) - {"LOOKUP", "ROW"}
_ONE_CELL = re.compile(
    r"(?:(?:'(?:[^':\[]|'')+'|[A-Z_][\w.]*)!)?\$?[A-Z]{1,3}\$?[1-9]\d{0,6}|\w+\[\[#This Row\],\[[^\[\]:#']+\]\]",
    re.IGNORECASE,
)
# The types of the parts of a literal, one letter a part: a value, a number with a sign or a %, DATE(y,m,d).
_LITERAL = re.compile(r"v|-?n%?|d\(n,n,n\)")


class _Call(NamedTuple):
    """A function with its arguments, each a list of parts."""

    opening: str
    arguments: list[list[Token | _Call]]

    @property
    def name(self) -> str:
        return self.opening[:-1].upper()


_Part: TypeAlias = Token | _Call


def native_formula(formula: str, names: Mapping[str, Area], alone: bool = False) -> str | None:
    """The formula with every call of ours written in plain functions of Excel 2016 and LibreOffice; None if one has no
    equivalent, or where nothing but constants would be left.

    formula: with "=", our functions under their plain names; names: where the workbook's defined names lead; alone:
    that it was stored as an array formula of one cell, which may be written as a plain one only where each range is
    one that a function totals.
    For any input the plain formula says the same to the cent, or a sentence that begins with `#MBR! `: also for what
    no plain formula reads (a number typed as text) or holds exactly (products above 9E15).
    """
    cells = {name.casefold(): area for name, area in names.items()}
    try:
        parts = _parsed(formula)
        found = "=" + _written(parts, cells)
        tokens = [token for token in tokens_of(found) if token.type != Token.WSPACE]
        if alone:
            _expect_totalled(tokens, cells)
    except (NoEquivalent, ValueError, IndexError):
        return None
    refers = any(token.subtype == Token.RANGE for token in tokens)
    return found if refers and len(found) <= MOST_LETTERS else None


def _parsed(formula: str) -> list[_Part]:
    tokens = iter(tokens_of(formula))
    return _arguments(tokens)[0]


def _arguments(tokens: Iterator[Token]) -> list[list[_Part]]:
    """Up to the bracket that closes the function: its arguments."""
    found: list[list[_Part]] = [[]]
    in_array = False
    for token in tokens:
        in_array = token.subtype == Token.OPEN if token.type == Token.ARRAY else in_array
        if token.type == Token.FUNC and token.subtype == Token.OPEN:
            found[-1].append(_Call(token.value, _arguments(tokens)))
        elif token.type == Token.FUNC:
            return found
        elif token.type == Token.SEP and not in_array:
            found.append([])
        else:
            found[-1].append(token)
    return found


def _written(parts: Sequence[_Part], names: Mapping[str, Area]) -> str:
    return "".join(part.value if isinstance(part, Token) else _call(part, names) for part in parts)


def _call(call: _Call, names: Mapping[str, Area]) -> str:
    arguments = [_written(argument, names) for argument in call.arguments]
    if call.name not in _OURS:
        return f"{call.opening}{','.join(arguments)})"
    if arguments == [""]:
        arguments = []
    return equivalent(CATALOGUE[call.name], [_term(text.strip(), names) for text in arguments], names)


def _term(text: str, names: Mapping[str, Area]) -> Term:
    """An argument as a literal, a single cell, or an expression of one value; raises NoEquivalent for another."""
    tokens = [token for token in tokens_of("=" + text) if token.type != Token.WSPACE]
    if not tokens:
        return Term(text, known=True)
    if _LITERAL.fullmatch("".join(map(_letter, tokens))):
        try:
            return Term(text, known=True, value=literal(text))
        except (ValueError, InputError):
            raise NoEquivalent from None
    if len(tokens) == 1 and tokens[0].subtype == Token.RANGE and _is_one_cell(text, names):
        return Term(text, is_cell=True)
    _expect_single(tokens, names)
    return Term(text if _is_one_call(tokens) else f"({text})")


def _letter(token: Token) -> str:
    if token.type == Token.OPERAND:
        return {Token.NUMBER: "n", Token.RANGE: "x"}.get(token.subtype, "v")
    if token.type == Token.FUNC and token.subtype == Token.OPEN:
        return "d(" if token.value.upper() == "DATE(" else "x"
    if token.type in (Token.OP_PRE, Token.OP_POST, Token.SEP, Token.FUNC):
        return str(token.value)
    return "x"


def _expect_single(tokens: Sequence[Token], names: Mapping[str, Area]) -> None:
    """Raises NoEquivalent where an expression may be more than one value."""
    inside: list[str] = []
    for token in tokens:
        if token.type == Token.FUNC and token.subtype == Token.OPEN:
            inside.append(token.value[:-1].upper())
            if inside[-1] not in _SINGLE_VALUED:
                raise NoEquivalent
        elif token.type == Token.FUNC:
            inside.pop()
        elif token.type == Token.ARRAY:
            raise NoEquivalent
        elif token.subtype == Token.RANGE and (not inside or inside[-1] not in _OVER_RANGES):
            _expect_one_cell(token.value, names)


def _expect_totalled(tokens: Sequence[Token], names: Mapping[str, Area]) -> None:
    """Raises NoEquivalent for an array, and for a range that is not by itself an argument of a function of _TOTALS."""
    inside: list[str] = []
    for before, token, after in zip([None, *tokens], tokens, [*tokens[1:], None], strict=False):
        if token.type == Token.FUNC and token.subtype == Token.OPEN:
            inside.append(token.value[:-1].upper())
        elif token.type == Token.FUNC:
            inside.pop()
        elif token.type == Token.ARRAY:
            raise NoEquivalent
        elif token.subtype == Token.RANGE:
            ends = all(near is not None and near.type in (Token.FUNC, Token.SEP) for near in (before, after))
            if not (inside and inside[-1] in _TOTALS and ends):
                _expect_one_cell(token.value, names)


def _is_one_call(tokens: Sequence[Token]) -> bool:
    depths, depth = [], 0
    for token in tokens:
        if token.type in (Token.FUNC, Token.PAREN):
            depth += 1 if token.subtype == Token.OPEN else -1
        depths.append(depth)
    return tokens[0].type == Token.FUNC and 0 not in depths[:-1]


def _expect_one_cell(text: str, names: Mapping[str, Area]) -> None:
    if not _is_one_cell(text, names):
        raise NoEquivalent


def _is_one_cell(text: str, names: Mapping[str, Area]) -> bool:
    area = names.get(text.casefold())
    if area is not None:
        return (area.left, area.top) == (area.right, area.bottom)
    return bool(_ONE_CELL.fullmatch(text))
