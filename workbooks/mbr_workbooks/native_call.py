"""One call of a function of ours, on its way into plain Excel: its arguments as text, and what must hold of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from mbr_udfs.catalogue import Argument, Function
from mbr_udfs.cells import MARK, is_blank
from mbr_udfs.kinds import MOST_DOLLARS, OLDEST, YOUNGEST, Money
from mbr_udfs.limits import whole_years
from mbr_workbooks.formulas import Area
from mbr_xl.engine.deferral import CATCH_UP_AGE, SUPER_CATCH_UP_AGES
from mbr_xl.errors import InputError
from mbr_xl.money import WHOLE
from mbr_xl.rules import Rules, published_years

PLANNERS_YEAR = "tax_year"
YES = "1=1"
_FIRST_BIRTH, _NO_AGE, _NO_DATE = 1910, 2200, 80_000  # up to _NO_AGE a number is an age, below _NO_DATE a date


class NoEquivalent(Exception):
    """No plain formula says the same."""


@dataclass(frozen=True)
class Term:
    """An argument as it stands in a formula: known is a literal with its value, or nothing; else a cell, or an
    expression in brackets.
    """

    text: str
    known: bool = False
    value: object = None
    is_cell: bool = False


@dataclass
class Call:
    """One call: hands out its arguments as text, and collects what must hold of them."""

    function: Function
    terms: tuple[Term, ...]
    names: Mapping[str, Area]
    numbers: list[str] = field(default_factory=list)  # cells that must hold a number
    types: list[str] = field(default_factory=list)  # true or false for any content, errors too
    bounds: list[str] = field(default_factory=list)  # looked at only where the types are right
    asked: set[str] = field(default_factory=set)
    of_planners_year: bool = False  # a published limit of the planner's year is used

    def guarded(self, value: str) -> str:
        """The value where all that was collected holds, else a refusal; raises NoEquivalent for an argument that the
        value was made without.
        """
        places = zip(self.function.known, self.terms, strict=False)
        if any(not term.known and name not in self.asked for name, term in places):
            raise NoEquivalent
        types = list(dict.fromkeys(self.types))
        if self.numbers:
            cells = list(dict.fromkeys(self.numbers))
            types.insert(0, f"COUNT({','.join(cells)})={len(cells)}")
        bounds = [bound for bound in dict.fromkeys(self.bounds) if bound != YES]
        unpublished = ", or nothing is published for the tax year" if self.of_planners_year else ""
        why = f"an input is blank, not a plain number or word, or out of bounds{unpublished}; correct it."
        refusal = f"{MARK}{self.function.name}: {why}"
        holds = f"IF({_all(types)},{_all(bounds)})" if bounds else _all(types)
        return f'IF({holds},{value},"{refusal}")'

    def argument(self, name: str) -> tuple[Argument, Term]:
        place = self.function.known.index(name)
        self.asked.add(name)
        return self.function.arguments[place], self.terms[place] if place < len(self.terms) else Term("", known=True)

    def is_known(self, name: str) -> bool:
        return self.argument(name)[1].known

    def is_left_out(self, name: str) -> bool:
        _, term = self.argument(name)
        return term.known and is_blank(term.value)

    def known(self, name: str) -> Any:
        """What the engine gets; raises NoEquivalent where that is not known, or is refused."""
        argument, term = self.argument(name)
        if not term.known:
            raise NoEquivalent
        try:
            return argument.read(term.value)
        except InputError:
            raise NoEquivalent from None

    def given(self, name: str, value: str, blank: str) -> str:
        """The one or the other as an optional argument holds a number or is blank, as an expression never is."""
        _, term = self.argument(name)
        return f"IF(COUNT({term.text})=1,{value},{blank})" if term.is_cell else value

    def number(self, name: str) -> str:
        """The number of an argument that is not known; a blank that may be is 0."""
        argument, term = self.argument(name)
        if not term.is_cell:
            self.types.append(f"ISNUMBER{term.text}" if term.text.startswith("(") else f"ISNUMBER({term.text})")
        elif argument.required:
            self.numbers.append(term.text)
        else:
            self.types.append(f"COUNT({term.text})+COUNTBLANK({term.text})=1")
            return f"N({term.text})"
        return term.text

    def cents(self, name: str) -> str:
        """Whole cents, read as the function reads them: by way of millionths of a dollar."""
        argument, _ = self.argument(name)
        if self.is_known(name):
            return str(self.known(name) or 0)
        kind, x = argument.kind, self.number(name)
        assert isinstance(kind, Money)
        if kind.low:
            self.bounds.append(f"OR({x}=0,AND(ABS({x})>={kind.smallest},ABS({x})<={MOST_DOLLARS}))")
        elif kind.smallest:
            self.bounds.append(f"OR({x}=0,AND({x}>={kind.smallest},{x}<={MOST_DOLLARS}))")
        else:
            self.bounds.append(f"AND({x}>=0,{x}<={MOST_DOLLARS})")
        return f"ROUND(ROUND({x}*1000000,0)/10000,0)"

    def millionths(self, name: str) -> str:
        """A rate in whole millionths; one that lies halfway between two is refused, for programs differ on it."""
        if self.is_known(name):
            return str(self.known(name))
        x = self.number(name)
        rate = f"ROUND({x}*1000000,0)"
        self.bounds += [f"ABS(MOD({x}*1000000,1)-0.5)>0.001", f"{rate}>=0", f"{rate}<={WHOLE}"]
        return rate

    def flag(self, name: str) -> str:
        """A condition; text is yes or no under the words that the function knows, a number 1 or 0."""
        if self.is_known(name):
            return YES if self.known(name) else "1=0"
        _, term = self.argument(name)
        x, word = term.text, f"UPPER(TRIM({term.text}))"
        self.types.append(f"NOT(ISERROR({x}))")

        def one_of(words: str, digit: int) -> str:
            tests = [f'{word}="{choice}"' for choice in words.split()]
            return f"OR({','.join(tests)},IF(ISNUMBER({x}),{x}={digit}))"  # of text "1" neither says that it is 1

        yes = one_of("YES Y TRUE", 1)
        self.bounds.append(f"OR({yes},{one_of('NO N FALSE', 0)})")
        return yes

    def year(self) -> Year:
        _, term = self.argument("year")
        if not term.known:
            return Year(self, None)
        rules = self.known("year")
        if rules.note or rules.year not in published_years():
            raise NoEquivalent
        return Year(self, rules)

    def age(self, year: Year) -> str:
        """Whole years on December 31, 0 for a blank that may be; a date of birth is the year less its year."""
        if self.is_known("age"):
            age = self.known("age")
            if isinstance(age, date) and year.rules is None:
                raise NoEquivalent
            try:
                return str(whole_years(year.rules.year if year.rules else 0, age) or 0)
            except InputError:
                raise NoEquivalent from None
        x = self.number("age")
        born = f"{year.text}-YEAR({x})"
        by_date = f"AND(YEAR({x})>={_FIRST_BIRTH},{born}>={YOUNGEST},{born}<={OLDEST})"
        by_years = f"AND({x}=INT({x}),{x}>={YOUNGEST},{x}<={OLDEST})"
        holds = f"IF({x}>{_NO_AGE},IF({x}<{_NO_DATE},{by_date}),{by_years})"
        self.bounds.append(self.given("age", holds, YES))
        return f"IF({x}>{_NO_AGE},{born},{x})"


@dataclass(frozen=True)
class Year:
    """The law of a call: of a year that is known, or of the planner's own, whose published limits are named cells."""

    call: Call
    rules: Rules | None

    def __post_init__(self) -> None:
        area = self.call.names.get(PLANNERS_YEAR)
        if self.rules is not None:
            return
        if area is None:
            raise NoEquivalent
        text = self.call.argument("year")[1].text.replace("$", "").replace("'", "").casefold()
        if text not in (PLANNERS_YEAR, f"{area.sheet}!{area.first.address}".casefold()):
            raise NoEquivalent

    @property
    def text(self) -> str:
        return str(self.rules.year) if self.rules else PLANNERS_YEAR

    def limit(self, name: str) -> str:
        """A limit in cents; the catch-up of 60 to 63 is the ordinary one in a year that has no other."""
        if self.rules is not None:
            return str(getattr(self.rules, name))
        if name != "super_catch_up":
            return f"{self.published(name)}*100"
        cell, ordinary = self._cell(name), self.published("catch_up")
        self.call.types.append(f'OR(ISNUMBER({cell}),{cell}="none")')
        return f"IF(ISNUMBER({cell}),{cell},{ordinary})*100"

    def published(self, name: str) -> str:
        """The planner's cell of a limit in dollars, which holds a word where nothing is published for its year."""
        cell = self._cell(name)
        self.call.types.append(f"ISNUMBER({cell})")
        return cell

    def _cell(self, name: str) -> str:
        if f"published_{name}" not in self.call.names:
            raise NoEquivalent
        self.call.of_planners_year = True
        return f"published_{name}"

    def catch_up(self, age: str, higher: bool = True) -> str:
        """The catch-up of an age in cents."""
        if age == "0":
            return "0"
        first, last = SUPER_CATCH_UP_AGES[0], SUPER_CATCH_UP_AGES[-1]
        amount = self.limit("catch_up")
        if higher:
            amount = f"IF(AND({age}>={first},{age}<={last}),{self.limit('super_catch_up')},{amount})"
        return f"IF({age}>={CATCH_UP_AGE},{amount},0)"


def _all(conditions: Sequence[str]) -> str:
    return conditions[0] if len(conditions) == 1 else f"AND({','.join(conditions)})"
