"""Which names a main.py of a Lite project makes, as far as its text shows, and where its text leaves one open."""

from __future__ import annotations

import ast
from collections.abc import Iterator

_NAMESPACES = frozenset(["globals", "locals", "vars"])
_CHANGES = frozenset(["update", "setdefault", "__setitem__", "pop", "clear"])


def names_in(tree: ast.AST) -> Iterator[str]:
    """Every name that the code binds, imports or writes out as a text of its own; * for an import of all names."""
    for node in ast.walk(tree):
        if isinstance(node, ast.alias):
            yield (node.asname or node.name).partition(".")[0]
        elif isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            yield node.id
        elif isinstance(node, ast.Attribute) and not isinstance(node.ctx, ast.Load):
            yield node.attr
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.isidentifier():
            yield node.value
        elif isinstance(node, ast.MatchMapping):
            yield node.rest or ""
        elif isinstance(
            node,
            ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.ExceptHandler | ast.MatchAs | ast.MatchStar,
        ):
            yield node.name or ""


def line_of_open_name(tree: ast.AST) -> int:
    """The line where a function may get a name that the text does not hold; 0 where there is none."""
    inside = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    registering = _names_of_func(tree)
    for node in ast.walk(tree):
        found = False
        if isinstance(node, ast.Call):
            named = [keyword for keyword in node.keywords if keyword.arg in ("name", None)]
            around = inside[node]
            registers = any(_is_func(one, registering) for one in (node.func, *node.args))
            decorates = isinstance(around, ast.FunctionDef | ast.AsyncFunctionDef) and node in around.decorator_list
            found = (registers and any(not _is_written(keyword) for keyword in named)) or (
                decorates and any(keyword.arg and not _is_written(keyword) for keyword in named)
            )
            found = found or _calls(node, "exec") or _sets_open_attribute(node)
        elif isinstance(node, ast.Assign):
            found = any(isinstance(target, ast.Attribute) and target.attr == "__name__" for target in node.targets)
            copied = isinstance(node.value, ast.Attribute) and node.value.attr == "__name__"
            found = found and not copied and not isinstance(node.value, ast.Constant)
        if found or _changes_names(node, inside):
            return getattr(node, "lineno", 0)
    return 0


def _names_of_func(tree: ast.AST) -> frozenset[str]:
    """What the code calls xlwings' func by."""
    names = {"func"}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            names |= {alias.asname for alias in node.names if alias.name == "func" and alias.asname}
        elif isinstance(node, ast.Assign) and _is_func(node.value, frozenset(["func"])):
            names |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    return frozenset(names)


def _is_func(node: ast.AST, names: frozenset[str]) -> bool:
    return (isinstance(node, ast.Name) and node.id in names) or (
        isinstance(node, ast.Attribute) and node.attr == "func"
    )


def _is_written(keyword: ast.keyword) -> bool:
    return keyword.arg is not None and isinstance(keyword.value, ast.Constant)


def _calls(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name


def _sets_open_attribute(node: ast.Call) -> bool:
    """setattr with a name that is not written out; of an object's own self it makes no function of the module."""
    if not _calls(node, "setattr") or len(node.args) < 2 or isinstance(node.args[1], ast.Constant):
        return False
    return not (isinstance(node.args[0], ast.Name) and node.args[0].id in ("self", "cls"))


def _changes_names(node: ast.AST, inside: dict[ast.AST, ast.AST]) -> bool:
    """Whether the names of a module are reached for by a name that is not written out."""
    called = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _NAMESPACES
    if not called and not (isinstance(node, ast.Attribute) and node.attr == "__dict__"):
        return False
    around = inside[node]
    if isinstance(around, ast.Subscript) and around.value is node:
        return not isinstance(around.ctx, ast.Load) and not isinstance(around.slice, ast.Constant)
    if isinstance(around, ast.Attribute):
        return around.attr in _CHANGES
    if isinstance(around, ast.Compare):
        return False
    return _calls(node, "globals")  # handed on, so that it may be changed elsewhere
