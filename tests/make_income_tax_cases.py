"""Freezes the income tax that two independent programs compute in tests/cases/income_tax.csv; not run in CI.

In an environment of its own, with the day as the argument: pip install taxcalc tenforty pandas, then
python tests/make_income_tax_cases.py 2026-11-23
"""

from __future__ import annotations

import csv
import random
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pandas as pd
import taxcalc
import tenforty

HEADS = (
    "program", "version", "made", "year", "status", "wages", "interest",
    "standard_deduction", "taxable_income", "tax", "additional_medicare", "niit",
)  # fmt: skip
TAXCALC = {"single": 1, "mfj": 2, "mfs": 3, "hoh": 4, "qss": 5}
TENFORTY = {
    "single": "Single", "mfj": "Married/Joint", "mfs": "Married/Sep", "hoh": "Head_of_House", "qss": "Widow(er)",
}  # fmt: skip


def by_taxcalc(made: str) -> Iterator[list[Any]]:
    """Tax-Calculator works to the cent by the rate schedules; incomes from nothing to the highest bracket."""
    for year in (2024, 2025, 2026):
        draw = random.Random(year)
        cases = [
            (status, round(10 ** draw.uniform(4.2, 6.1)), draw.choice((0, 0, draw.randrange(200_000))))
            for status in TAXCALC
            for _ in range(8)
        ]
        frame = pd.DataFrame(
            {
                "RECID": range(1, len(cases) + 1),
                "FLPDYR": year,
                "MARS": [TAXCALC[status] for status, _, _ in cases],
                "e00200": [float(wages) for _, wages, _ in cases],
                "e00200p": [float(wages) for _, wages, _ in cases],
                "e00300": [float(interest) for _, _, interest in cases],
            }
        )
        records = taxcalc.Records(data=frame, start_year=year, gfactors=None, weights=None, adjust_ratios=None)
        policy = taxcalc.Policy()
        policy.set_year(year)
        calculator = taxcalc.Calculator(policy=policy, records=records)
        calculator.calc_all()
        columns = [calculator.array(name) for name in ("standard", "c04800", "taxbc", "ptax_amc", "niit")]
        for (status, wages, interest), *answer in zip(cases, *columns, strict=True):
            amounts = [f"{amount:.4f}" for amount in answer]
            yield ["taxcalc", version("taxcalc"), made, year, status, wages, interest, *amounts]


def by_tenforty(made: str) -> Iterator[list[Any]]:
    """tenforty runs Open Tax Solver, which uses the Tax Table below $100,000: only incomes above it.

    Left out for 2024: hoh, whose 32% begins at 191,150 there (the IRS has 191,950), and mfj and qss, whose highest
    bracket starts from 2 cents too little.
    """
    for year, statuses in ((2024, ("single", "mfs")), (2025, tuple(TENFORTY))):
        draw = random.Random(year)
        for status in statuses:
            name = TENFORTY[status]
            for _ in range(5):
                wages = round(10 ** draw.uniform(5.15, 6.1))
                answer = tenforty.evaluate_return(year=year, filing_status=name, w2_income=wages)
                amounts = [
                    f"{amount:.4f}"
                    for amount in (
                        wages - answer.federal_taxable_income,
                        answer.federal_taxable_income,
                        answer.federal_income_tax,
                        answer.federal_additional_medicare_tax,
                        answer.federal_niit,
                    )
                ]
                yield ["tenforty", version("tenforty"), made, year, status, wages, 0, *amounts]


def main() -> None:
    made = sys.argv[1]
    path = Path(__file__).parent / "cases" / "income_tax.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADS)
        writer.writerows(by_taxcalc(made))
        writer.writerows(by_tenforty(made))


if __name__ == "__main__":
    main()
