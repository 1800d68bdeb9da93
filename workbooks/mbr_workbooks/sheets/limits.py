"""Limits: the law's numbers by year with their sources, the ones in use, and every constant a formula needs."""

from __future__ import annotations

from typing import get_args

from mbr_workbooks.sheet import Sheet, Value, area, column_letters
from mbr_workbooks.sheets.cash_flow.payroll import add_payroll
from mbr_workbooks.sheets.cell_kinds import choices
from mbr_workbooks.sheets.common import heading
from mbr_workbooks.sheets.inputs import is_line
from mbr_workbooks.sheets.pays.matching import YEAR, add_match_formula
from mbr_workbooks.sheets.settings import CONSTANTS, SETTINGS
from mbr_workbooks.sheets.taxes.tax_tables import add_tax_tables
from mbr_xl.client import OWNERS, inputs
from mbr_xl.errors import InputError
from mbr_xl.household import ELECTION_OF, USUAL_PAYS, TierKind
from mbr_xl.rules import bank_holidays, rules_for, years

# In the order in which limits_note looks: every saver uses the first three, one of 50 or more the others.
LIMITS = {
    "deferral": "Deferral limit, 402(g)",
    "annual_additions": "Annual additions, 415(c)",
    "compensation": "Compensation, 401(a)(17)",
    "catch_up": "Catch-up, 50 and over",
    "super_catch_up": "Catch-up, 60 to 63",
    "roth_catch_up_wages": "Wages above which catch-up is Roth",
}
HEAD_ROW = 5
NOT_PUBLISHED, NO_SUCH = "not published", "none"
YEARS_HEAD = HEAD_ROW + len(LIMITS) + 3  # a line a year below it, then the projected one; a column a limit
SOURCES_HEAD = YEARS_HEAD + len(years()) + 4
WORKINGS_ROW = SOURCES_HEAD + len(years()) + 4
PRINTED = len(LIMITS) + 1  # columns
SOURCE_LETTERS = 20  # of one line in a column
CONSTANTS_COLUMN, HOLIDAYS_COLUMN = PRINTED + 1, PRINTED + 5


def limits_sheet() -> Sheet:
    sheet = Sheet("Limits", tab_color="#9AA5B1", landscape=True)
    heading(
        sheet,
        "Limits",
        "The law's numbers by year, where they come from, and which of them this plan uses.",
        home=PRINTED - 1,
    )
    sheet.section(HEAD_ROW - 1, 0, "In use for this plan", PRINTED)
    sheet.put(HEAD_ROW, 0, "Limit", "head_left")
    sheet.row(HEAD_ROW, 1, ["In use", "Status", "Published"], "head")
    first = HEAD_ROW + 1
    for line, (name, label) in enumerate(LIMITS.items()):
        _limit(sheet, line, name, label)
    sheet.named("limit_status", first, 2, 3)
    sheet.named("limit_status_catch_up", first + 3, 2, 3)
    _years(sheet)
    sheet.widths = {0: 34, **dict.fromkeys(range(1, PRINTED), 18), PRINTED: 3}
    sheet.widths |= {CONSTANTS_COLUMN: 20, CONSTANTS_COLUMN + 1: 14, CONSTANTS_COLUMN + 2: 48, HOLIDAYS_COLUMN: 14}
    sheet.print_area = area(0, 0, WORKINGS_ROW - 1, PRINTED)
    sheet.page_breaks = [SOURCES_HEAD - 1]
    row = WORKINGS_ROW
    row = _lines(sheet, row, "Workings: settings in use, blanks made good", SETTINGS)
    row = _lines(sheet, row, "Workings: match", YEAR)
    _lines(
        sheet,
        row,
        "Workings: projection and words",
        {
            "projected_year": ("Year that can be projected", str(_projected_year()), "work_number"),
            "uses_catch_up": (
                "Catch-up limits are used",
                '=IF(AND(age>=catch_up_age,catch_up_offered<>"no"),1,0)',
                "work_number",
            ),
            "super_catch_up_none": (
                "No amount for 60 to 63 in the law",
                f'=IF(published_super_catch_up="{NO_SUCH}",1,0)',
                "work_number",
            ),
            "roth_catch_up_none": (
                "No wages for Roth catch-up in the law",
                f'=IF(published_roth_catch_up_wages="{NO_SUCH}",1,0)',
                "work_number",
            ),
            "limits_missing": (
                "Limits that nobody has given",
                '=COUNTIF(limit_status,"missing")+uses_catch_up*COUNTIF(limit_status_catch_up,"missing")',
                "work_number",
            ),
            "limits_projected": (
                "of them projected",
                '=COUNTIF(limit_status,"projected")+uses_catch_up*COUNTIF(limit_status_catch_up,"projected")',
                "work_number",
            ),
            "limits_own": (
                "of them your own",
                '=COUNTIF(limit_status,"own")+uses_catch_up*COUNTIF(limit_status_catch_up,"own")',
                "work_number",
            ),
        },
    )
    _constants(sheet, HEAD_ROW + 1, CONSTANTS_COLUMN)
    add_match_formula(sheet, max(row for row, _ in sheet.cells) + 3)
    holidays = sorted(bank_holidays())
    sheet.put(HEAD_ROW, HOLIDAYS_COLUMN, "Bank holidays", "work_head_left")
    for line, day in enumerate(holidays):
        sheet.put(HEAD_ROW + 1 + line, HOLIDAYS_COLUMN, day, "work_date")
    sheet.named("bank_holidays", HEAD_ROW + 1, HOLIDAYS_COLUMN, len(holidays))
    add_tax_tables(sheet, HEAD_ROW - 1, HOLIDAYS_COLUMN + 2)
    add_payroll(sheet, HEAD_ROW)
    return sheet


def _limit(sheet: Sheet, line: int, name: str, label: str) -> None:
    row, column = HEAD_ROW + 1 + line, column_letters(1 + line)
    first, last, projection = YEARS_HEAD + 2, YEARS_HEAD + 1 + len(years()), YEARS_HEAD + 2 + len(years())
    instead = "limit_catch_up" if name == "super_catch_up" else "0"
    own, status, published = f"own_{name}", f"$C{row + 1}", f"$D{row + 1}"
    sheet.put(row, 0, label, "label")
    sheet.put(
        row,
        1,
        f'=IF({status}="own",{own},IF({status}="published",{published},IF({status}="projected",'
        f'{column}${projection},IF({status}="{NO_SUCH}",{instead},0))))',
        "answer",
    )
    sheet.put(
        row,
        2,
        f'=IF({own}<>"","own",IF(ISNUMBER({published}),"published",IF({published}="{NO_SUCH}","{NO_SUCH}",'
        'IF(AND(use_projection="yes",tax_year=projected_year),"projected","missing"))))',
        "status",
    )
    sheet.put(
        row,
        3,
        f'=IFERROR(INDEX({column}${first}:{column}${last},MATCH(tax_year,limit_years,0)),"{NOT_PUBLISHED}")',
        "whole_dollars",
    )
    sheet.named(f"published_{name}", row, 3)
    sheet.named(f"limit_{name}", row, 1)


def _years(sheet: Sheet) -> None:
    """What is published, a line a year, and under it the sources."""
    projection = rules_for(_projected_year(), projected=True)
    for head_row, title in ((YEARS_HEAD, "By year, as published"), (SOURCES_HEAD, "Sources")):
        sheet.section(head_row - 1, 0, title, PRINTED)
        sheet.put(head_row, 0, "Year", "head_left")
        heads = [label.replace(", ", ",\n") for label in LIMITS.values()]
        sheet.row(head_row, 1, heads, "head" if head_row == YEARS_HEAD else "head_left")
        sheet.heights[head_row] = 32
        lines: list[Value] = [*years(), f"{projection.year} projected"]
        for line, year in enumerate(lines, start=1):
            sheet.put(head_row + line, 0, year, "year" if head_row == YEARS_HEAD else "year_top")
    sheet.named("limit_years", YEARS_HEAD + 1, 0, len(years()))
    for column, name in enumerate(LIMITS, start=1):
        for line, year in enumerate(years(), start=1):
            number, source = _published(year, name)
            sheet.put(YEARS_HEAD + line, column, number, "whole_dollars")
            sheet.put(SOURCES_HEAD + line, column, source, "small")
        projected, line = projection.limit(name), len(years()) + 1
        sheet.put(YEARS_HEAD + line, column, projected.value / 100, "whole_dollars")
        sheet.put(SOURCES_HEAD + line, column, projected.source, "small")
    for line in range(1, len(years()) + 2):
        longest = max(len(str(sheet.cells[SOURCES_HEAD + line, column].value)) for column in range(1, PRINTED))
        sheet.heights[SOURCES_HEAD + line] = 14 + 13 * (longest // SOURCE_LETTERS)


def _published(year: int, name: str) -> tuple[Value, str]:
    """The number and its source; where there is none, whether the law has no such limit or nobody has published it."""
    try:
        found = rules_for(year).limit(name)
    except InputError as error:
        if str(error).startswith("No published"):
            return NOT_PUBLISHED, NOT_PUBLISHED
        why = str(error).partition(": ")[2]
        return NO_SUCH, why[:1].upper() + why[1:]
    checked = f", checked {found.checked:%b} {found.checked.day}, {found.checked.year}" if found.checked else ""
    return found.value / 100, found.source + checked


def _projected_year() -> int:
    return next(year for year in years() if _published(year, "deferral")[0] == NOT_PUBLISHED)


def _lines(sheet: Sheet, row: int, title: str, lines: dict[str, tuple[str, str, str]]) -> int:
    sheet.put(row, 0, title, "work_section")
    for line, (name, (label, content, style)) in enumerate(lines.items(), start=1):
        sheet.put(row + line, 0, label, "work_text")
        sheet.put(row + line, 1, int(content) if content.isdecimal() else content, style)
        sheet.put(row + line, 2, name, "work_text")
        sheet.named(name, row + line, 1)
    return row + len(lines) + 2


def _constants(sheet: Sheet, row: int, column: int) -> None:
    """Right of the workings: constants, kinds of pay, words."""
    sheet.put(row - 2, column, "Workings: constants", "work_section")
    for line, (name, (value, why)) in enumerate(CONSTANTS.items()):
        sheet.put(row + line, column, name, "work_text")
        sheet.put(row + line, column + 1, value, "work_plain")
        sheet.put(row + line, column + 2, why, "work_text")
        sheet.named(name, row + line, column + 1)
    row += len(CONSTANTS) + 2

    def pairs(title: str, one: str, other: str, content: dict[str, Value], style: str = "work_text") -> None:
        nonlocal row
        sheet.put(row - 1, column, title, "work_section")
        for line, (key, value) in enumerate(content.items()):
            sheet.put(row + line, column, key, "work_text")
            sheet.put(row + line, column + 1, value, style)
        sheet.named(one, row, column, len(content))
        sheet.named(other, row, column + 1, len(content))
        row += len(content) + 2

    pairs("Kinds of pay, and the election each follows", "kind_names", "kind_election", dict(ELECTION_OF))
    pairs("Pays a year", "frequency_names", "frequency_pays", dict(USUAL_PAYS), "work_number")
    caps: dict[str, Value] = {kind: f"=cap_{kind}_used" for kind in ("base", "bonus", "commission")}
    pairs("Highest after-tax election", "election_kinds", "election_caps", caps, "work_rate")
    words = dict.fromkeys(
        word for owner, item in inputs() if is_line(item) for word in choices(OWNERS[owner], item.name)
    )
    words |= dict.fromkeys(get_args(TierKind))
    sheet.put(row - 1, column, "Words of the inputs", "work_section")
    for line, word in enumerate(words):
        sheet.put(row + line, column, word, "work_text")
    sheet.named("words", row, column, len(words))
