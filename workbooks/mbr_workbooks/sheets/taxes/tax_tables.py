"""On Limits: published income tax figures by year and filing status, by year, and where they come from."""

from __future__ import annotations

from typing import get_args

from mbr_workbooks.sheet import Sheet, Value
from mbr_xl.rules import Filing, Rules, rules_for, years

STATUSES: tuple[Filing, ...] = get_args(Filing)
BRACKETS, GAINS = 7, 3
CONSTANTS: dict[str, tuple[float, str]] = {
    "estimate_day": (15, "26 USC 6654(c)(2): the 15th"),
    "emancipation_month": (4, "D.C. Code 28-2701: April 16"),
    "emancipation_day": (16, ""),
    "roth_step": (10, "26 USC 219(g)(2)(C): rounded up to the next $10"),
    "roth_least": (200, "26 USC 219(g)(2)(B): not below $200 before the end"),
}


def tax_years() -> tuple[int, ...]:
    """The years whose income tax is held."""
    return tuple(year for year in years() if rules_for(year).entries["tax.single"].numbers)


def add_tax_tables(sheet: Sheet, row: int, column: int) -> None:
    """Puts the tables from a cell on, with the names that the Tax sheet's workings look into."""
    held = [rules_for(year) for year in tax_years()]
    lines = [_of_status(rules, status) for rules in held for status in STATUSES]
    sheet.put(row, column, "Workings: income tax by year and filing status, as published", "work_section")
    _table(sheet, row + 1, column, lines)
    row += len(lines) + 4
    sheet.put(row - 1, column, "Workings: income tax by year", "work_section")
    _table(sheet, row, column, [_of_year(rules) for rules in held])
    row += len(held) + 3
    sheet.put(row - 1, column, "Sources", "work_section")
    for line, rules in enumerate(held):
        sheet.put(row + line, column, rules.year, "work_number")
        sheet.put(row + line, column + 1, _sources(rules), "work_text")
    row += len(held) + 2
    sheet.put(row - 1, column, "Workings: constants of the tax sheet", "work_section")
    for line, (name, (value, why)) in enumerate(CONSTANTS.items()):
        sheet.put(row + line, column, name, "work_text")
        sheet.put(row + line, column + 1, value, "work_plain")
        sheet.put(row + line, column + 2, why, "work_text")
        sheet.named(name, row + line, column + 1)
    sheet.widths |= {column: 18, **dict.fromkeys(range(column + 1, column + 23), 11)}


Line = dict[str, tuple[str, list[Value]]]  # of each name its heading and its values, side by side


def _table(sheet: Sheet, row: int, column: int, lines: list[Line]) -> None:
    for name, (head, values) in lines[0].items():
        for place in range(len(values)):
            title = f"{head} {place + 1}" if len(values) > 1 else head
            sheet.put(row, column + place, title, "work_head" if isinstance(values[0], float) else "work_head_left")
        for number, line in enumerate(lines, start=1):
            for place, value in enumerate(line[name][1]):
                rate = "rate" in name or "share" in name
                style = "work_rate" if rate else "work_money" if isinstance(value, float) else "work_text"
                sheet.put(row + number, column + place, value, "work_number" if isinstance(value, int) else style)
        sheet.named(name, row + 1, column, len(lines), len(values))
        column += len(values)


def _of_status(rules: Rules, status: Filing) -> Line:
    table, senior, band = rules.tax(status), rules.senior(status), rules.phase_out("roth_ira", status)
    assert band is not None
    separate = status in ("mfs", "mfs_apart")
    estimated = rules.estimated
    return {
        "tax_keys": ("Year, status", [f"{rules.year} {status}"]),
        "tax_edges": ("Bracket ends", [_dollars(edge) for edge in table.edges]),
        "tax_standard": ("Standard deduction", [_dollars(table.standard_deduction)]),
        "tax_extra": ("65 or blind", [_dollars(table.aged_or_blind)]),
        "tax_gains_edges": ("Gains end", [_dollars(edge) for edge in table.gains_edges]),
        "tax_senior": ("Senior deduction", [_dollars(senior.amount if senior else 0)]),
        "tax_senior_above": ("less above", [_dollars(senior.above if senior else 0)]),
        "tax_niit_above": ("NIIT above", [_dollars(rules.niit(status)[1])]),
        "tax_medicare_above": ("0.9% above", [_dollars(rules.additional_medicare(status)[1])]),
        "tax_roth_start": ("Roth IRA from", [_dollars(band.start)]),
        "tax_roth_end": ("Roth IRA to", [_dollars(band.end)]),
        "tax_high_agi": ("110% above", [_dollars(estimated.high_agi_separate if separate else estimated.high_agi)]),
    }


def _of_year(rules: Rules) -> Line:
    table, senior, estimated = rules.tax("single"), rules.senior("single"), rules.estimated
    return {
        "tax_years": ("Year", [rules.year]),
        "tax_rates": ("Rate", [_share(rate) for rate in table.rates]),
        "tax_gains_rates": ("Gains rate", [_share(rate) for rate in table.gains_rates]),
        "tax_senior_rate": ("Senior rate", [_share(senior.rate if senior else 0)]),
        "tax_niit_rate": ("NIIT", [_share(rules.niit("single")[0])]),
        "tax_medicare_rate": ("Medicare rate", [_share(rules.additional_medicare("single")[0])]),
        "tax_current_share": ("Of this year", [_share(estimated.current_share)]),
        "tax_prior_share": ("Of last year", [_share(estimated.prior_share)]),
        "tax_high_share": ("or, if high", [_share(estimated.prior_share_high)]),
        "tax_smallest": ("Smallest", [_dollars(estimated.smallest)]),
        "tax_ira": ("IRA limit", [_dollars(rules.ira)]),
        "tax_ira_catch_up": ("IRA catch-up", [_dollars(rules.ira_catch_up)]),
    }


def _sources(rules: Rules) -> str:
    """Where a year's figures come from, each source named once."""
    about: dict[str, list[str]] = {}
    for what, key in (
        ("brackets", "tax.single"),
        ("standard deduction", "deduction.single"),
        ("senior deduction", "deduction.senior"),
        ("gains", "gains.single"),
        ("Roth IRA", "roth_ira.single"),
        ("net investment income tax", "niit.rate"),
        ("Additional Medicare Tax", "payroll.additional_medicare"),
        ("estimated tax", "estimated.current_share"),
    ):
        entry = rules.entries[key]
        about.setdefault(entry.source or entry.none, []).append(what)
    return "; ".join(f"{', '.join(whats)}: {source}" for source, whats in about.items())


def _dollars(cents: int) -> float:
    return cents / 100


def _share(millionths: int) -> float:
    return millionths / 1_000_000
