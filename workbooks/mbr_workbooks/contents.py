"""The planner: its sheets in tab order, and the building of its file with every value stored."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from mbr_workbooks.sheet import Sheet
from mbr_workbooks.sheets.cash_flow.cash import cash_sheet
from mbr_workbooks.sheets.checking.checks import checks_sheet
from mbr_workbooks.sheets.converting.conversions import PRINTED as CONVERSIONS_PRINTED
from mbr_workbooks.sheets.converting.conversions import conversions_sheet
from mbr_workbooks.sheets.converting.paths import paths_sheet
from mbr_workbooks.sheets.elections import elections_sheet
from mbr_workbooks.sheets.excess.backdoor import backdoor_sheet
from mbr_workbooks.sheets.excess.trouble import trouble_sheet
from mbr_workbooks.sheets.inputs import inputs_sheet
from mbr_workbooks.sheets.limits import limits_sheet
from mbr_workbooks.sheets.paper.forms import forms_sheet
from mbr_workbooks.sheets.pays.pay import PRINTED as PAY_PRINTED
from mbr_workbooks.sheets.pays.pay import pay_sheet
from mbr_workbooks.sheets.pays.payments import payments_sheet
from mbr_workbooks.sheets.recording.records import records_sheet
from mbr_workbooks.sheets.start import start_sheet
from mbr_workbooks.sheets.summary import summary_sheet
from mbr_workbooks.sheets.taxes.tax import tax_sheet
from mbr_workbooks.sheets.years_ahead.growth import growth_sheet
from mbr_workbooks.values import computed_values
from mbr_workbooks.write import Values, write_book
from mbr_xl.client import Client
from mbr_xl.household import Household

DISCLOSURE = (
    "This plan is a hypothetical illustration made from the information entered in it. It is not tax, legal or"
    " investment advice, promises no result, and may differ from what a plan's administrator computes. Growth is"
    " assumed, before fees. Distributions of earnings are tax-free only if qualified. Plan documents and payroll"
    " decide; have a tax professional review it before acting on it."
)
TITLE = "Mega backdoor Roth planner"


@dataclass(frozen=True)
class Made:
    """What the making of a file learns from its first values: the stamp of the inputs, and the lines in use."""

    stamp: float | None = None
    pays: int = 0
    conversions: int = 0


def planner(
    client: Client | None = None, *, prepared_by: str = "", disclosure: str = DISCLOSURE, made: Made = Made()
) -> list[Sheet]:
    """The sheets of the planner as data, in tab order.

    client: fills the inputs; None leaves an empty planner.
    """
    household = client.household if client else None
    return [
        start_sheet(prepared_by, disclosure),
        summary_sheet(),
        inputs_sheet(client),
        payments_sheet(household),
        elections_sheet(household, made.stamp),
        pay_sheet(made.pays),
        conversions_sheet(made.conversions),
        paths_sheet(),
        cash_sheet(client, made.pays),
        tax_sheet(client),
        backdoor_sheet(client),
        growth_sheet(client),
        trouble_sheet(client),
        records_sheet(client),
        forms_sheet(),
        checks_sheet(),
        limits_sheet(),
    ]


def build_planner(
    path: str | Path,
    given: Client | Household | None = None,
    *,
    prepared_by: str = "",
    disclosure: str = DISCLOSURE,
    stamped: bool = False,
    beside: Sequence[Sheet] = (),
) -> None:
    """Writes the planner with the inputs of a client, every formula with its value.

    given: a household stands for a client of whom nothing else is known; None leaves an empty planner.
    stamped: the elections were chosen for its inputs: their stamp is set.
    beside: sheets behind the planner's own, whose formulas are not computed here.
    Raises NotComputed where a formula has no value: a fault of this package.
    """
    client = Client(household=given) if isinstance(given, Household) else given
    made: Made | None = None
    learned = Made()
    values: Values = {}
    sheets: list[Sheet] = []

    def stamp(values: Values) -> dict[tuple[str, str], float]:
        return {_place(sheets, "elections_stamp"): float(values[_place(sheets, "inputs_stamp")])}

    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder, "draft.xlsx")
        while made != learned:
            made = learned
            sheets = planner(client, prepared_by=prepared_by, disclosure=disclosure, made=made)
            write_book(sheets, draft, title=TITLE, author=prepared_by)
            values = computed_values(draft, stamp if stamped else None)
            learned = _learn(sheets, values)
    if stamped:
        made = replace(made, stamp=float(values[_place(sheets, "inputs_stamp")]))
        sheets = planner(client, prepared_by=prepared_by, disclosure=disclosure, made=made)
    # A planner with elections in it has an answer to show; any other begins with how to use it.
    shown = "Summary" if client and client.household.elections else "Start"
    write_book([*sheets, *beside], Path(path), values, title=TITLE, author=prepared_by, shown=shown)


def _learn(sheets: list[Sheet], values: Values) -> Made:
    # More lines than a page makes the print area longer; how many more makes no difference.
    pays, conversions = (int(values[_place(sheets, name)]) for name in ("pays", "conversions_shown"))
    return Made(
        pays=pays if pays > PAY_PRINTED else 0, conversions=conversions if conversions > CONVERSIONS_PRINTED else 0
    )


def _place(sheets: list[Sheet], name: str) -> tuple[str, str]:
    """The sheet and the address of a name of one cell."""
    sheet = next(sheet for sheet in sheets if name in sheet.names)
    return sheet.name, sheet.names[name].partition("!")[2].replace("$", "")
