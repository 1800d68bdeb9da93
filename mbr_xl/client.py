"""All that a planner is filled with: the saver's year, and the facts around it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import Field, dataclass, field, fields
from typing import Any

from mbr_xl.cash_facts import CashFacts
from mbr_xl.future_facts import FutureFacts
from mbr_xl.household import Household
from mbr_xl.ira_facts import IraFacts
from mbr_xl.limit_facts import LimitFacts
from mbr_xl.paper_facts import PaperFacts
from mbr_xl.tax_facts import TaxFacts


@dataclass(frozen=True, kw_only=True)
class Client:
    """One planner's inputs. The household alone makes the plan; the rest answers what surrounds it."""

    household: Household
    tax: TaxFacts = field(default_factory=TaxFacts)
    cash: CashFacts = field(default_factory=CashFacts)
    iras: IraFacts = field(default_factory=IraFacts)
    trouble: LimitFacts = field(default_factory=LimitFacts)
    future: FutureFacts = field(default_factory=FutureFacts)
    paper: PaperFacts = field(default_factory=PaperFacts)


OWNERS: dict[str, type[Any]] = {
    "household": Household, "tax": TaxFacts, "cash": CashFacts, "iras": IraFacts, "trouble": LimitFacts,
    "future": FutureFacts, "paper": PaperFacts,
}  # fmt: skip
SECTIONS = (
    "Saver", "Pay", "Year to date", "Plan", "Match", "Conversion", "Payments", "Elections", "Records", "Tax", "Cash",
    "IRAs", "Testing and excess", "Growth", "Readiness", "Limits",
)  # fmt: skip


def inputs() -> Iterator[tuple[str, Field[Any]]]:
    """Every input with the name of its owner in Client, in the order of the Inputs sheet: by section, as declared."""
    every = [(owner, item) for owner, record in OWNERS.items() for item in fields(record)]
    return iter(sorted(every, key=lambda each: SECTIONS.index(each[1].metadata["section"])))
