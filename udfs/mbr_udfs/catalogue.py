"""The functions that Excel sees: each one's signature and docstring are all that is known of it, read off here once.

A cell function is an ordinary typed function. Its name is the Excel name; an annotation `Annotated[type, KIND,
"text"]` says how the cell is read and what the argument means; a default makes the argument optional. The first
paragraph of the docstring is the function wizard's text; `Source:`, `Example:` and `Errors:` begin sections.

Excel waits while this package is imported. So a cell function imports the engine in its body, when it is first asked.
"""

from collections.abc import Callable, Iterator
from typing import Any, Generic, NamedTuple, TypeVar

from mbr_udfs.cells import MARK, is_blank
from mbr_udfs.kinds import Kind
from mbr_xl.errors import InputError

T = TypeVar("T")


class Noted(NamedTuple, Generic[T]):
    """An answer with the label of the limits it used: "", PROJECTED or YOUR LIMITS."""

    answer: T
    note: str


class Argument(NamedTuple):
    """One argument of a cell function."""

    name: str
    kind: Kind[Any]
    text: str
    required: bool
    default: object

    def read(self, cell: object) -> object:
        """The cell as the engine wants it, the default where it is blank and may be."""
        if not self.required and not isinstance(cell, float) and is_blank(cell):
            return self.default
        return self.kind.read(cell, self.name)


class Function:
    """A cell function: call it as Excel does, or ask for its `answer`, which raises instead of writing a refusal."""

    def __init__(self, body: Callable[..., object]) -> None:
        hints = body.__annotations__
        names = body.__code__.co_varnames[: body.__code__.co_argcount]
        defaults = dict(zip(reversed(names), reversed(body.__defaults__ or ()), strict=False))
        self.body = body
        self.name = body.__name__
        self.chapter = body.__module__.rpartition(".")[2]
        self.kind: Kind[Any] = hints["return"].__metadata__[0]
        self.arguments = tuple(_argument(name, hints[name], defaults) for name in names)
        self.known = [argument.name for argument in self.arguments]
        self.required = sum(argument.required for argument in self.arguments)
        self.sections = _sections(body.__doc__ or "")
        self.description = self.sections[""][0]

    def __call__(self, *cells: object, **named: object) -> Any:
        """What Excel receives: a value, text, a list of rows, or a sentence that begins with `#MBR! `."""
        try:
            return self.answer(*cells, **named)
        except InputError as refusal:
            return f"{MARK}{refusal}"
        except Exception as error:  # a defect of ours: a cell must still hold one sentence
            return f"{MARK}{self.name} failed on these inputs ({type(error).__name__}); please report them."

    def answer(self, *cells: object, **named: object) -> Any:
        """The same answer; raises InputError where Excel would receive a refusal."""
        if len(cells) > len(self.known):
            raise InputError(f"{self.name} takes at most {len(self.known)} arguments.")
        if named:
            cells = self._in_order(cells, named)
        if len(cells) < self.required:
            cells += (None,) * (self.required - len(cells))
        # The body's own defaults stand for what is left out at the end.
        found = self.body(*[argument.read(cell) for argument, cell in zip(self.arguments, cells, strict=False)])
        if not isinstance(found, Noted):
            return self.kind.show(found)
        shown = self.kind.show(found.answer)
        return _labelled(shown, found.note) if found.note else shown

    def _in_order(self, cells: tuple[object, ...], named: dict[str, object]) -> tuple[object, ...]:
        """All cells, None where none is given."""
        given = dict(zip(self.known, cells, strict=False))
        for name, cell in named.items():
            if name not in self.known or name in given:
                raise InputError(f"{self.name} has no argument {name}, or it is given twice.")
            given[name] = cell
        return tuple(given.get(name) for name in self.known)

    @property
    def syntax(self) -> str:
        """NAME(required, [optional]) as Excel's help writes it."""
        return f"{self.name}({', '.join(a.name if a.required else f'[{a.name}]' for a in self.arguments)})"


class Catalogue:
    """Every cell function, in the order of their definition."""

    def __init__(self) -> None:
        self._functions: dict[str, Function] = {}

    def __iter__(self) -> Iterator[Function]:
        return iter(self._functions.values())

    def __getitem__(self, name: str) -> Function:
        return self._functions[name]

    def add(self, body: Callable[..., object]) -> Function:
        """Decorator: the body becomes the cell function of its own name."""
        function = Function(body)
        self._functions[function.name] = function
        return function


CATALOGUE = Catalogue()
cell_function = CATALOGUE.add


def _argument(name: str, hint: Any, defaults: dict[str, object]) -> Argument:
    kind, *texts = hint.__metadata__
    return Argument(name, kind, texts[0] if texts else kind.text, name not in defaults, defaults.get(name))


def _sections(doc: str) -> dict[str, list[str]]:
    """The paragraphs before the first section under "", then the lines of each section under its name."""
    found: dict[str, list[str]] = {"": []}
    for block in doc.split("\n\n"):
        lines = [line.strip() for line in block.strip().splitlines()]
        head, _, rest = (lines[0] if lines else "").partition(":")
        if head in ("Source", "Example", "Errors"):
            found[head] = [rest.strip(), *lines[1:]] if rest.strip() else _joined(lines[1:])
        elif lines:
            found[""].append(" ".join(lines))
    return found


def _joined(lines: list[str]) -> list[str]:
    """A formula that runs over several lines as one."""
    whole: list[str] = []
    for line in lines:
        if line.startswith("=") or not whole:
            whole.append(line)
        else:
            whole[-1] += " " + line
    return whole


def _labelled(shown: object, note: str) -> list[list[object]]:
    """The label beside the answer: in the next cell, or as a last column of a table that has a row of heads."""
    if not isinstance(shown, list):
        return [[shown, note]]
    head, *rows = shown
    return [[*head, "Limits"], *([*row, note if any(item != "" for item in row) else ""] for row in rows)]
