"""Freezes what two independent programs compute: income tax in tests/cases/income_tax.csv, whole returns with gains,
a conversion and persons of 65 or blind in tests/cases/year_tax.csv; not run in CI.

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
RETURN_HEADS = (
    "program", "version", "made", "year", "status", "wages", "conversion", "interest", "gains", "seniors", "blind",
    "agi", "taxable_income", "income_tax", "additional_medicare", "niit",
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


def returns_by_taxcalc(made: str) -> Iterator[list[Any]]:
    """Whole returns: a conversion goes in as a taxable pension, gains half as qualified dividends, half as long-term.

    Nobody of 65 or blind is on a return of qss for 2024, where Tax-Calculator has the amount of the unmarried (1,950;
    Rev. Proc. 2023-34, sec. 3.15(3), gives it only to those who are no surviving spouse).
    """
    for year in (2024, 2025, 2026):
        draw = random.Random(year + 3)
        cases = []
        for status in TAXCALC:
            for _ in range(12):
                pair = 2 if status == "mfj" else 1
                wages = round(10 ** draw.uniform(4.0, 5.9))
                conversion = draw.choice((0, draw.randrange(3_000), draw.randrange(250_000)))
                interest = draw.choice((0, draw.randrange(60_000)))
                gains = 2 * draw.choice((0, draw.randrange(30_000), draw.randrange(400_000)))
                seniors, blind = draw.choice((0, 0, pair, draw.randint(0, pair))), draw.choice((0, 0, 0, 1))
                if (year, status) == (2024, "qss"):
                    seniors, blind = 0, 0
                cases.append((status, wages, conversion, interest, gains, seniors, blind))
        frame = pd.DataFrame(
            {
                "RECID": range(1, len(cases) + 1),
                "FLPDYR": year,
                "MARS": [TAXCALC[case[0]] for case in cases],
                "e00200": [float(case[1]) for case in cases],
                "e00200p": [float(case[1]) for case in cases],
                "e01500": [float(case[2]) for case in cases],
                "e01700": [float(case[2]) for case in cases],
                "e00300": [float(case[3]) for case in cases],
                "e00600": [case[4] / 2 for case in cases],
                "e00650": [case[4] / 2 for case in cases],
                "p23250": [case[4] / 2 for case in cases],
                "age_head": [70 if case[5] else 45 for case in cases],
                "age_spouse": [(70 if case[5] == 2 else 45) if case[0] == "mfj" else 0 for case in cases],
                "blind_head": [case[6] for case in cases],
            }
        )
        records = taxcalc.Records(data=frame, start_year=year, gfactors=None, weights=None, adjust_ratios=None)
        policy = taxcalc.Policy()
        policy.set_year(year)
        calculator = taxcalc.Calculator(policy=policy, records=records)
        calculator.calc_all()
        columns = [calculator.array(name) for name in ("c00100", "c04800", "taxbc", "ptax_amc", "niit")]
        for case, *answer in zip(cases, *columns, strict=True):
            yield ["taxcalc", version("taxcalc"), made, year, *case, *(f"{amount:.4f}" for amount in answer)]


def returns_by_tenforty(made: str) -> Iterator[list[Any]]:
    """Whole returns with ordinary income above $100,000, for the reasons given above; a conversion is other income."""
    for year, statuses in ((2024, ("single", "mfs")), (2025, tuple(TENFORTY))):
        draw = random.Random(year + 7)
        for status in statuses:
            for _ in range(6):
                wages, conversion = draw.randrange(140_000, 700_000), draw.choice((0, draw.randrange(120_000)))
                interest, gains = draw.choice((0, draw.randrange(50_000))), 2 * draw.randrange(100_000)
                answer = tenforty.evaluate_return(
                    year=year,
                    filing_status=TENFORTY[status],
                    w2_income=wages,
                    schedule_1_income=conversion,
                    taxable_interest=interest,
                    qualified_dividends=gains / 2,
                    ordinary_dividends=gains / 2,
                    long_term_capital_gains=gains / 2,
                )
                amounts = (
                    answer.federal_adjusted_gross_income,
                    answer.federal_taxable_income,
                    answer.federal_income_tax,
                    answer.federal_additional_medicare_tax,
                    answer.federal_niit,
                )
                case = (status, wages, conversion, interest, gains, 0, 0)
                yield ["tenforty", version("tenforty"), made, year, *case, *(f"{amount:.4f}" for amount in amounts)]


def main() -> None:
    made = sys.argv[1]
    for name, heads, makers in (
        ("income_tax.csv", HEADS, (by_taxcalc, by_tenforty)),
        ("year_tax.csv", RETURN_HEADS, (returns_by_taxcalc, returns_by_tenforty)),
    ):
        with (Path(__file__).parent / "cases" / name).open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(heads)
            for maker in makers:
                writer.writerows(maker(made))


if __name__ == "__main__":
    main()
