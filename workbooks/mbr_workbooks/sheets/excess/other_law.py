"""The law's numbers of testing and of IRAs, a line a year, and the constants that those formulas need."""

from __future__ import annotations

from collections.abc import Callable

from mbr_workbooks.sheet import Sheet, Value
from mbr_xl.errors import InputError
from mbr_xl.rules import Filing, Rules, rules_for, years

NOT_PUBLISHED = "not published"
BANDS: dict[str, Filing] = {"single": "single", "joint": "mfj", "separate": "mfs"}
CONSTANTS: dict[str, tuple[float, str]] = {
    "hundred": (100, "cents in a dollar"),
    "ten_thousand": (10_000, "the test's ratios are in steps of 0.01%"),
    "acp_times": (1.25, "26 USC 401(m)(2)(A)(i)"),
    "acp_double": (2, "26 USC 401(m)(2)(A)(ii)"),
    "acp_points": (200, "26 USC 401(m)(2)(A)(ii): two points, in steps of 0.01%"),
    "mid_month": (15, "March 15 and April 15"),
}
IRA_CONSTANTS: dict[str, tuple[float, str]] = {
    "ira_step": (10, "26 USC 219(g)(2)(C): the limit goes up to the next $10"),
    "ira_least": (200, "26 USC 219(g)(2)(B): not below $200 before the end of the band"),
}


def add_constants(sheet: Sheet, row: int, column: int, constants: dict[str, tuple[float, str]]) -> int:
    sheet.put(row, column, "Workings: constants", "work_section")
    for line, (name, (value, why)) in enumerate(constants.items(), start=1):
        sheet.put(row + line, column, why, "work_text")
        sheet.put(row + line, column + 1, value, "work_plain")
        sheet.put(row + line, column + 2, name, "work_text")
        sheet.named(name, row + line, column + 1)
    return row + len(constants) + 2


def add_testing_law(sheet: Sheet, row: int, column: int) -> int:
    """Years down: the amount of 414(q), and the excise taxes on mistakes, each column a name."""
    heads = {
        "testing_years": ("Year", lambda rules: rules.year, "work_number"),
        "published_hce": ("HCE, 414(q)", lambda rules: rules.hce / 100, "work_money"),
        "published_excess_ira": ("Excess IRA", lambda rules: rules.penalties.excess_ira / 1_000_000, "work_rate"),
        "published_late_refund": ("Late refund", lambda rules: rules.penalties.late_refund / 1_000_000, "work_rate"),
    }
    return _table(sheet, row, column, "Workings: the law by year", heads)


def add_ira_law(sheet: Sheet, row: int, column: int) -> int:
    """Years down: IRA limits and the Roth IRA phase-outs, starts and ends in three columns each."""
    heads: dict[str, tuple[str, Callable[[Rules], Value], str]] = {
        "ira_years": ("Year", lambda rules: rules.year, "work_number"),
        "published_ira": ("IRA, 219(b)", lambda rules: rules.ira / 100, "work_money"),
        "published_ira_catch_up": ("IRA catch-up", lambda rules: rules.ira_catch_up / 100, "work_money"),
    }
    below = _table(sheet, row, column, "Workings: the law by year", heads)
    for place, end in enumerate(("start", "end")):
        first = column + len(heads) + place * len(BANDS)
        sheet.put(row, first, f"Roth IRA phase-out, {end}", "work_section")
        for offset, (word, status) in enumerate(BANDS.items()):
            sheet.put(row + 1, first + offset, word, "work_head")
            for line, year in enumerate(years(), start=2):
                sheet.put(row + line, first + offset, _value(_band(status, end), rules_for(year)), "work_money")
        sheet.named(f"ira_band_{end}s", row + 2, first, len(years()), len(BANDS))
    sheet.named("ira_band_columns", row + 1, column + len(heads), 1, len(BANDS))
    projected = rules_for(max(years()), projected=True)
    for name, value in (("ira", projected.ira), ("ira_catch_up", projected.ira_catch_up)):
        sheet.put(below, column, f"Projected, {projected.year}", "work_text")
        sheet.put(below, column + 1, value / 100, "work_money")
        sheet.put(below, column + 2, f"projected_{name}", "work_text")
        sheet.named(f"projected_{name}", below, column + 1)
        below += 1
    return below + 1


def _band(status: Filing, end: str) -> Callable[[Rules], Value]:
    def number(rules: Rules) -> Value:
        band = rules.phase_out("roth_ira", status)
        assert band is not None
        return (band.start if end == "start" else band.end) / 100

    return number


def _table(
    sheet: Sheet, row: int, column: int, title: str, heads: dict[str, tuple[str, Callable[[Rules], Value], str]]
) -> int:
    sheet.put(row, column, title, "work_section")
    for offset, (name, (head, number, style)) in enumerate(heads.items()):
        sheet.put(row + 1, column + offset, head, "work_head")
        for line, year in enumerate(years(), start=2):
            sheet.put(row + line, column + offset, _value(number, rules_for(year)), style)
        sheet.named(name, row + 2, column + offset, len(years()))
    return row + len(years()) + 3


def _value(number: Callable[[Rules], Value], rules: Rules) -> Value:
    try:
        return number(rules)
    except InputError:
        return NOT_PUBLISHED
