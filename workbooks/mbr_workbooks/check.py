"""Is a filled planner right? Everything is computed again by the engine and compared with what the file holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from mbr_workbooks.compare import differences, typed_over
from mbr_workbooks.formulas import Cell
from mbr_workbooks.read import Finding, PlannerFile, read_planner
from mbr_xl.client import OWNERS, inputs
from mbr_xl.engine.checks import Finding as Found
from mbr_xl.engine.client_plan import client_findings, plan_client
from mbr_xl.engine.paydays import us_date
from mbr_xl.engine.plan import rules_of
from mbr_xl.engine.validate import problems
from mbr_xl.errors import InputError
from mbr_xl.fact import is_list, names_of, record_of
from mbr_xl.results import YearPlan

_LISTED = [(OWNERS[owner], item) for owner, item in inputs() if is_list(item)]
_LISTS = {item.metadata["prefix"]: item.name for _, item in _LISTED}
_COLUMN_OF = {
    item.name: item.metadata["prefix"] + names_of(record_of(owner, item.name))[0] for owner, item in _LISTED
}  # the first column of a list


@dataclass
class Checked:
    """A planner and what is to be said of it.

    inputs: what cannot be used; differences: where stored numbers or formulas are not what they should be; faults:
    what will go wrong in the plan as entered (a limit passed); advice: what else of it is worth a look; notes: of the
    file, nothing is wrong.
    """

    planner: PlannerFile
    plan: YearPlan | None = None
    inputs: list[Finding] = field(default_factory=list)
    differences: list[Finding] = field(default_factory=list)
    faults: list[Finding] = field(default_factory=list)
    advice: list[Finding] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """The inputs can be used and every number in the file is the engine's."""
        return self.plan is not None and not self.inputs and not self.differences

    @property
    def passed(self) -> bool:
        """Sound, and nothing in the plan will go wrong as entered."""
        return self.sound and not self.faults


def check(path: Path) -> Checked:
    """Reads a planner and computes it again; raises InputError where the file is no planner."""
    return check_planner(read_planner(path))


def check_planner(planner: PlannerFile) -> Checked:
    """Checks a planner that was read."""
    checked = Checked(planner, inputs=list(planner.findings), notes=list(planner.notes))
    checked.differences += typed_over(planner)
    client = planner.client
    if client is None:
        return checked
    wrong = list(problems(client.household))
    made = None
    if not wrong:
        try:
            rules = rules_of(client.household)
            made = plan_client(client, rules)
        except InputError as refusal:
            wrong.append(str(refusal))
    checked.inputs += [Finding(_place(planner, sentence), sentence.rstrip(".")) for sentence in wrong]
    if made is None:
        return checked
    checked.plan = made.plan
    if not planner.written.lost_names:  # whatever reads a lost name shows an error, which says no more
        checked.differences += differences(planner, made)
    if checked.sound:
        checked.differences += _own_checks(planner)
    checked.advice += [Finding(_place(planner, sentence), sentence.rstrip(".")) for sentence in made.refused]
    for found in client_findings(client, made, rules):
        about = _place(planner, found.message) if found.message.startswith("Row ") else _where(planner, found)
        finding = Finding(about, found.message.rstrip("."))
        (checked.faults if found.severity == "fix" else checked.advice).append(finding)
    current = planner.cells("elections_current")
    said = planner.named("elections_current")
    if current and said:
        checked.advice.append(Finding(str(current[0]), str(said)))
    return checked


def _own_checks(planner: PlannerFile) -> Iterator[Finding]:
    """Input checks of the workbook that fail although its numbers are the engine's: one of the two missed something."""
    for cell in planner.cells("input_results"):
        if planner.value(cell) == "FAIL":
            what = planner.value(Cell(cell.sheet, cell.row, cell.column + 1))
            yield Finding(str(cell), f"the workbook's own check fails: {what}")


def _place(planner: PlannerFile, sentence: str) -> str:
    """The cell that a sentence of the engine is about: it says the input's name, the row of a list, or its date."""
    household = planner.household
    for payment, first in zip(household.payments if household else (), planner.rows.get("payments", ()), strict=False):
        day, kind = us_date(payment.date), payment.kind
        if f"({kind}) dated {day}" in sentence or f"kind {kind} are paid on {day}" in sentence:
            return str(first)
    if household and sentence.startswith("No ") and f" for {household.tax_year}" in sentence:  # a limit, or all of them
        sentence = "tax_year"
    row = re.search(r"\b[Rr]ow (\d+) of (\w+)", sentence)
    if row and int(row[1]) <= len(planner.rows.get(row[2], ())):
        return str(planner.rows[row[2]][int(row[1]) - 1])
    named = [word for word in re.findall(r"[a-z][a-z0-9_]+", sentence) if "_" in word or word in planner.rows]
    places = [str(planner.cells(word)[0]) for word in named if planner.cells(word)]
    places += [str(planner.rows[word][0]) for word in named if planner.rows.get(word)]
    return places[0] if places else planner.path.name


def _where(planner: PlannerFile, found: Found) -> str:
    """The cell of the input that a finding is about, of a list the row; the input's name where the cell is missing."""
    listed = next((name for prefix, name in _LISTS.items() if found.field.startswith(prefix)), found.field)
    cells = planner.cells(_COLUMN_OF.get(found.field, found.field))
    rows = planner.rows.get(listed, [])
    if found.row is not None and found.row <= len(rows):
        cells = tuple(cell for cell in cells if cell.row == rows[found.row - 1].row)
    return str(cells[0]) if cells else found.field
