"""The contributions that a planner leads to expect of a pay: what a pay file does not say of them is not $0."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property

from mbr_workbooks.pay_columns import CONTRIBUTIONS, listing, named
from mbr_workbooks.pay_file import PayFile
from mbr_xl.engine.electing.instructions import long_date
from mbr_xl.engine.events import Event
from mbr_xl.engine.plan import plan_year, rules_of
from mbr_xl.errors import InputError
from mbr_xl.household import Household
from mbr_xl.money import dollars
from mbr_xl.results import PayLine


class Expected:
    """What the plan and the records lead to expect of the pays of a file."""

    def __init__(self, household: Household, file: PayFile, holidays: Collection[date]) -> None:
        self._household, self._holidays = household, holidays
        self._in_file = {name for pay in file.pays for name in pay.amounts}

    def missing(self, line: Event, unsaid: Sequence[str]) -> str:
        """Why a planned pay cannot be recorded without the contributions of `unsaid`; empty where it can.

        Raises InputError where the file has no figure of one of them for any pay: then a column is missing.
        """
        planned = {name: getattr(self._plan[line.date, line.kind], name) for name in unsaid}
        nowhere = [name for name in unsaid if name not in self._in_file and (planned[name] or name in self._had)]
        if nowhere:
            raise InputError(
                f"Nothing is taken: for the {line.kind} pay of {long_date(line.date)} the file has no column of "
                f"{_words(nowhere, planned, 'or')}. Name the column that has it with "
                f'--map "COLUMN={nowhere[0]}", or add one to the file; only if the pays had none, say {_none(nowhere)}.'
            )
        blank = [name for name in unsaid if planned[name]]
        if not blank:
            return ""
        words = _words(blank, planned, "and")
        return f"the file has no figure for {words}: put it in, or 0; or, if there was none, say {_none(blank)}"

    @cached_property
    def _plan(self) -> dict[tuple[date, str], PayLine]:
        """The pays as the plan has them without any record."""
        saver = replace(self._household, paid=(), converted=())
        return {(pay.date, pay.kind): pay for pay in plan_year(saver, rules_of(saver), self._holidays).pays}

    @cached_property
    def _had(self) -> set[str]:
        """Contributions that the year has had by the records and the year-to-date figures."""
        h = self._household
        return {name for name in CONTRIBUTIONS if getattr(h, f"ytd_{name}") or any(getattr(p, name) for p in h.paid)}


def _words(names: Sequence[str], planned: Mapping[str, int], last: str) -> str:
    whys = {name: f"{dollars(planned[name])} is planned" if planned[name] else "paid before" for name in names}
    return listing([f"{named(name)} ({whys[name]})" for name in names], last)


def _none(names: Sequence[str]) -> str:
    return " ".join(f"--none {name}" for name in names)
