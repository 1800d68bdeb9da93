"""An empty planner with the first cells filled from the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mbr_udfs.kinds import DATE, MONEY, TAX_YEAR, Choice
from mbr_workbooks.contents import build_planner
from mbr_xl.errors import InputError
from mbr_xl.household import Household
from mbr_xl.rules import published_years, years

FREQUENCY = Choice("weekly", "biweekly", "semimonthly", "monthly")


def start_planner(
    file: Path, *, year: str, frequency: str, any_pay_date: str, salary: str, client: str, prepared_by: str
) -> Household:
    """Writes a planner for `year` and returns what is filled in; blank text leaves its cell to the user.

    Raises InputError naming the option for a year without rules, and for what is no frequency, date or amount.
    """
    tax_year = TAX_YEAR.read(year, "--year")
    if tax_year not in years():
        raise InputError(f"--year: no rules for {tax_year}; have {years()[0]} to {years()[-1]}.")
    given: dict[str, Any] = {
        "tax_year": tax_year,
        "pay_frequency": FREQUENCY.read(frequency, "--frequency"),
        "client": client,
        "separate_elections": False,
    }
    if any_pay_date:
        given["any_pay_date"] = DATE.read(any_pay_date, "--first-pay-date")
    if salary:
        given["annual_salary"] = MONEY.read(salary, "--salary")
    if tax_year not in published_years():
        given["use_projection"] = True
    household = Household(**given)
    build_planner(file, household, prepared_by=prepared_by)
    return household
