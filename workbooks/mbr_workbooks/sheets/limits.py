"""Limits: the law's numbers by year with their sources, the ones in use, and every constant a formula needs."""

from __future__ import annotations

from typing import get_args

from mbr_workbooks.sheet import Sheet, Value, area, column_letters
from mbr_workbooks.sheets.common import heading
from mbr_workbooks.sheets.inputs import LISTS, choices
from mbr_workbooks.sheets.matching import YEAR, add_match_formula
from mbr_xl.errors import InputError
from mbr_xl.household import ELECTION_OF, USUAL_PAYS, TierKind, inputs
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
HEAD_ROW, FIRST_YEAR = 5, 4
NOT_PUBLISHED, NO_SUCH = "not published", "none"

CONSTANTS: dict[str, tuple[float, str]] = {
    "half_cent": (0.005, "a sum of rounded cents reaches a figure up to half a cent below it"),
    "days_in_year": (365, "growth counts days over 365"),
    "days_in_week": (7, "weekly pay"),
    "days_in_fortnight": (14, "biweekly pay"),
    "longest_month": (31, "a pay date on the last day of its month stays there"),
    "months_in_quarter": (3, ""),
    "months_in_year": (12, ""),
    "catch_up_age": (50, "26 USC 414(v)(5)(A)"),
    "super_catch_up_from": (60, "26 USC 414(v)(2)(E)"),
    "super_catch_up_to": (63, "26 USC 414(v)(2)(E)"),
    "oldest_age": (120, "a date of birth further back is a typing error"),
    "key_step": (1000, "sort keys are date times this plus the place within the day"),
    "no_cap": (1_000_000_000_000, "stands for no cap"),
    "leave_cells": (3, "a leave has three cells"),
    "million": (1_000_000, "marks of the inputs count millionths"),
    "stamp_prime": (999_983, "the stamp of the inputs is a remainder by this prime"),
}

SETTINGS: dict[str, tuple[str, str, str]] = {
    "year_end": ("December 31", "=DATE(tax_year+1,1,0)", "work_date"),
    "frequency_used": ("Pay frequency", '=IF(pay_frequency="",INDEX(frequency_names,1+1),pay_frequency)', "work_text"),
    "periods": (
        "Salary is divided by",
        '=IF(salary_divisor="",INDEX(frequency_pays,MATCH(frequency_used,frequency_names,0)),salary_divisor)',
        "work_number",
    ),
    "step_days": (
        "Days from pay to pay",
        '=IF(frequency_used="weekly",days_in_week,IF(frequency_used="biweekly",days_in_fortnight,0))',
        "work_number",
    ),
    "dates_known": (
        "Pay dates can be told",
        '=IF(OR(any_pay_date="",AND(frequency_used="semimonthly",second_day="")),0,1)',
        "work_number",
    ),
    "first_pay_day": (
        "Day of the month",
        '=IF(any_pay_date="",0,IF(any_pay_date=EOMONTH(any_pay_date,0),longest_month,DAY(any_pay_date)))',
        "work_number",
    ),
    "other_pay_day": ("Other day of the month", "=N(second_day)", "work_number"),
    "regular_pays": ("Regular pays planned", '=COUNTIF(calendar_use,">0")', "work_number"),
    "prorates": (
        "Match pay is capped check by check",
        '=IF(AND(compensation_practice="prorated",match_by<>"annual"),1,0)',
        "work_number",
    ),
    "compensation_a_pay": ("401(a)(17) by the pay", "=ROUND(limit_compensation/periods,2)", "work_money"),
    "combined_share": ("Highest election, all together", '=IF(combined_cap="",1,combined_cap)', "work_rate"),
    "cap_base_used": ("Highest after-tax election, base", '=IF(cap_base="",1,cap_base)', "work_rate"),
    "cap_bonus_used": ("Highest after-tax election, bonus", '=IF(cap_bonus="",1,cap_bonus)', "work_rate"),
    "cap_commission_used": (
        "Highest after-tax election, commission",
        '=IF(cap_commission="",1,cap_commission)',
        "work_rate",
    ),
    "cap_dollars": (
        "Plan's dollar cap on after-tax",
        '=IF(after_tax_allowed="no",0,IF(after_tax_cap="",no_cap,after_tax_cap))',
        "work_money",
    ),
    "cap_of_pay": (
        "Plan's cap as a share of pay",
        '=IF(after_tax_cap_share="",no_cap,ROUND(after_tax_cap_share*ROUND(ytd_plan_pay+SUM(pay_plan_pay),2),2))',
        "work_money",
    ),
    "age": ("Age on December 31", '=IF(birth_date="",0,tax_year-YEAR(birth_date))', "work_number"),
    "ytd_catch_up": (
        "Catch-up to date",
        "=MAX(0,MIN(catch_up_allowed,ROUND(ytd_pretax+ytd_roth+elsewhere-limit_deferral,2),ROUND(ytd_pretax+ytd_roth,2)))",
        "work_money",
    ),
    "ytd_others": (
        "Annual additions to date without after-tax",
        "=ROUND(ytd_pretax+ytd_roth-ytd_catch_up+ytd_match+ytd_nonelective,2)",
        "work_money",
    ),
    "posting_days": ("Days to the account", '=IF(posting_lag="",1,posting_lag)', "work_number"),
    "conversion_days": ("Days to the conversion", '=IF(conversion_lag="",1,conversion_lag)', "work_number"),
    "cadence_used": ("Converted", '=IF(cadence="","automatic",cadence)', "work_text"),
    "earnings_used": ("Earnings go", '=IF(earnings_to="","roth",earnings_to)', "work_text"),
}


def limits_sheet() -> Sheet:
    sheet = Sheet("Limits", tab_color="#9AA5B1", landscape=True)
    heading(sheet, "Limits", "The law's numbers by year, where they come from, and which of them this plan uses.")
    columns = len(years())
    projected_year = _projected_year()
    head: list[Value] = [
        "Limit",
        "In use",
        "Status",
        "Published",
        *[str(year) for year in years()],
        f"{projected_year} projected",
    ]
    sheet.put(HEAD_ROW - 1, 0, "In use, and published", "section")
    sheet.row(HEAD_ROW, 0, head[:4], "head_left")
    for column, year in enumerate(years()):
        sheet.put(HEAD_ROW, FIRST_YEAR + column, year, "head")
    sheet.put(HEAD_ROW, FIRST_YEAR + columns, head[-1], "head")
    sheet.named("limit_years", HEAD_ROW, FIRST_YEAR, 1, columns)
    for line, (name, label) in enumerate(LIMITS.items()):
        _limit(sheet, HEAD_ROW + 1 + line, name, label)
    first = HEAD_ROW + 1
    sheet.named("limit_status", first, 2, 3)
    sheet.named("limit_status_catch_up", first + 3, 2, 3)
    row = first + len(LIMITS) + 1
    row = _sources(sheet, row)
    sheet.widths = {
        0: 40,
        1: 17,
        2: 14,
        **dict.fromkeys(range(3, FIRST_YEAR + columns + 1), 13.5),
        FIRST_YEAR + columns + 1: 3,
    }
    sheet.print_area = area(0, 0, row, FIRST_YEAR + columns + 1)
    row = _lines(sheet, row, "Workings: settings in use, blanks made good", SETTINGS)
    row = _lines(sheet, row, "Workings: match", YEAR)
    _lines(
        sheet,
        row,
        "Workings: projection and words",
        {
            "projected_year": ("Year that can be projected", str(projected_year), "work_number"),
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
    _constants(sheet, first + len(LIMITS) + 1 + len(LIMITS) + 4, FIRST_YEAR + 2)
    holidays = sorted(bank_holidays())
    column = FIRST_YEAR + columns + 2
    sheet.put(HEAD_ROW, column, "Bank holidays", "work_head")
    for line, day in enumerate(holidays):
        sheet.put(HEAD_ROW + 1 + line, column, day, "work_date")
    sheet.named("bank_holidays", HEAD_ROW + 1, column, len(holidays))
    sheet.widths[column] = 14
    return sheet


def _limit(sheet: Sheet, row: int, name: str, label: str) -> None:
    columns = len(years())
    sheet.put(row, 0, label, "label")
    first, last = (column_letters(FIRST_YEAR + column) for column in (0, columns - 1))
    projected = f"${column_letters(FIRST_YEAR + columns)}{row + 1}"
    instead = "limit_catch_up" if name == "super_catch_up" else "0"
    own, status, published = f"own_{name}", f"$C{row + 1}", f"$D{row + 1}"
    sheet.put(
        row,
        1,
        f'=IF({status}="own",{own},IF({status}="published",{published},IF({status}="projected",{projected},'
        f'IF({status}="{NO_SUCH}",{instead},0))))',
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
        f'=IFERROR(INDEX(${first}{row + 1}:${last}{row + 1},MATCH(tax_year,limit_years,0)),"{NOT_PUBLISHED}")',
        "whole_dollars",
    )
    sheet.named(f"published_{name}", row, 3)
    for column, year in enumerate(years()):
        sheet.put(row, FIRST_YEAR + column, _published(year, name)[0], "whole_dollars")
    sheet.put(
        row, FIRST_YEAR + columns, rules_for(_projected_year(), projected=True).limit(name).value / 100, "whole_dollars"
    )
    sheet.named(f"limit_{name}", row, 1)


def _published(year: int, name: str) -> tuple[Value, str]:
    """The number and its source; where there is none, whether the law has no such limit or nobody has published it."""
    try:
        found = rules_for(year).limit(name)
    except InputError as error:
        if str(error).startswith("No published"):
            return NOT_PUBLISHED, NOT_PUBLISHED
        why = str(error).partition(": ")[2]
        return NO_SUCH, why[:1].upper() + why[1:]
    checked = f", checked {found.checked:%Y-%m-%d}" if found.checked else ""
    return found.value / 100, found.source + checked


def _projected_year() -> int:
    return next(year for year in years() if _published(year, "deferral")[0] == NOT_PUBLISHED)


def _sources(sheet: Sheet, row: int) -> int:
    sheet.put(row, 0, "Sources", "section")
    for line, (name, label) in enumerate(LIMITS.items(), start=1):
        sheet.put(row + line, 0, label, "wrap")
        for column, year in enumerate(years()):
            sheet.put(row + line, FIRST_YEAR + column, _published(year, name)[1], "small")
        projected = rules_for(_projected_year(), projected=True).limit(name)
        sheet.put(row + line, FIRST_YEAR + len(years()), projected.source, "small")
        sheet.heights[row + line] = 50
    return row + len(LIMITS) + 2


def _lines(sheet: Sheet, row: int, title: str, lines: dict[str, tuple[str, str, str]]) -> int:
    sheet.put(row, 0, title, "section")
    for line, (name, (label, content, style)) in enumerate(lines.items(), start=1):
        sheet.put(row + line, 0, label, "work_text")
        sheet.put(row + line, 1, int(content) if content.isdecimal() else content, style)
        sheet.put(row + line, 2, name, "work_text")
        sheet.named(name, row + line, 1)
    return row + len(lines) + 2


def _constants(sheet: Sheet, row: int, column: int) -> None:
    """Right of the workings: constants, kinds of pay, words."""
    sheet.put(row - 2, column, "Workings: constants", "section")
    for line, (name, (value, why)) in enumerate(CONSTANTS.items()):
        sheet.put(row + line, column, name, "work_text")
        sheet.put(row + line, column + 2, value, "work_text")
        sheet.put(row + line, column + 3, why, "work_text")
        sheet.named(name, row + line, column + 2)
    row += len(CONSTANTS) + 2

    def pairs(title: str, one: str, other: str, content: dict[str, Value], style: str = "work_text") -> None:
        nonlocal row
        sheet.put(row - 1, column, title, "section")
        for line, (key, value) in enumerate(content.items()):
            sheet.put(row + line, column, key, "work_text")
            sheet.put(row + line, column + 2, value, style)
        sheet.named(one, row, column, len(content))
        sheet.named(other, row, column + 2, len(content))
        row += len(content) + 2

    pairs("Kinds of pay, and the election each follows", "kind_names", "kind_election", dict(ELECTION_OF))
    pairs("Pays a year", "frequency_names", "frequency_pays", dict(USUAL_PAYS))
    caps: dict[str, Value] = {kind: f"=cap_{kind}_used" for kind in ("base", "bonus", "commission")}
    pairs("Highest after-tax election", "election_kinds", "election_caps", caps, "work_rate")
    words = dict.fromkeys(word for field in inputs() if field.name not in LISTS for word in choices(field.name))
    words |= dict.fromkeys(get_args(TierKind))
    sheet.put(row - 1, column, "Words of the inputs", "section")
    for line, word in enumerate(words):
        sheet.put(row + line, column, word, "work_text")
    sheet.named("words", row, column, len(words))
    add_match_formula(sheet, max(r for r, _ in sheet.cells) + 3)
