"""An empty planner with the first cells filled from the command line."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from mbr_udfs.kinds import MONEY
from mbr_workbooks.contents import build_planner
from mbr_xl.errors import InputError
from mbr_xl.household import Household
from mbr_xl.rules import published_years, years


def start_planner(
    file: Path, *, year: int, frequency: str, any_pay_date: date | None, salary: str, client: str, prepared_by: str
) -> None:
    """Writes a planner for `year`; blank text and None leave their cells to the user.

    Raises InputError for a year without rules, and for a salary that is no amount.
    """
    if year not in years():
        raise InputError(f"No rules for {year}; have {years()[0]} to {years()[-1]}.")
    given: dict[str, Any] = {
        "tax_year": year,
        "pay_frequency": frequency,
        "client": client,
        "separate_elections": False,
    }
    if any_pay_date:
        given["any_pay_date"] = any_pay_date
    if salary:
        given["annual_salary"] = MONEY.read(salary, "--salary")
    if year not in published_years():
        given["use_projection"] = True
    build_planner(file, Household(**given), prepared_by=prepared_by)
