"""Inputs: every single fact and every short list, label, name, value, unit and note a line."""

from __future__ import annotations

from dataclasses import Field
from typing import Any, get_args

from mbr_workbooks.sheet import Condition, Sheet, Table, Validation, Value, address, area, column_letters
from mbr_workbooks.sheets.cell_kinds import bounds, choices, rule, shown, style
from mbr_workbooks.sheets.common import heading
from mbr_workbooks.sheets.list_table import list_table
from mbr_workbooks.sheets.lists import LABEL, NAME, TIER_LISTS, VALUE, add_lists_ready
from mbr_xl.client import OWNERS, Client, inputs
from mbr_xl.fact import is_list
from mbr_xl.household import MOST_DATES, MOST_TIERS, TierKind
from mbr_xl.money import WHOLE

UNIT, NOTE, MARK = 4, 5, 7
FIRST_ROW = 4
OWN_LISTS = (*TIER_LISTS, "conversion_dates")  # lists that are no records, shown in their own way
REQUIRED = ("tax_year", "any_pay_date", "annual_salary")
TIER_NOTE = (
    "share: rate on the next share of pay; dollars: on the next dollars; limit: up to the deferral limit; award: a"
    " share of pay once that share is deferred"
)
LIST_NOTES = {
    "match_or": "the match is the greater of this formula and the one above",
    "match_tiers_after": "from the date on which the formula changes",
    "conversion_dates": "used where Converted, above, says dates",
    "match_or_after": "as above, from the date on which the formula changes",
}
# What the words of a choice mean, where the words alone do not say it.
MEANINGS = {
    "pay_frequency": "semimonthly: two days of each month; biweekly: every two weeks",
    "catch_up_reading": "above_415c: the regulation's test, for information only",
    "compensation_practice": "cumulative: pay counts until the year's limit; prorated: by the pay; stops contributions:"
    " elections stop there too",
    "match_period": "the pay over which the match formula is applied",
    "true_up": "makes up at year's end for match that the pays missed",
    "cadence": "automatic: as soon as posted; dates: those listed below",
    "earnings_to": "roth: converted, taxed now; traditional: to a traditional IRA; leave: they stay in the plan",
    "unrecovered_basis": "lost: gone with the account; carried: kept for later",
}
NOTE_LETTERS = 61  # of one line of the note's column
# What the elections do not depend on leaves their stamp alone.
UNMARKED = frozenset({"client"})
MARKED_SECTIONS = frozenset({"Saver", "Pay", "Year to date", "Plan", "Match", "Elections", "Limits"})
PAGES_BEGIN = frozenset({"Match", "Tax", "Growth"})  # sections that begin a printed page

UNITS = {
    "date": "date",
    "money": "$",
    "income": "$, may be below 0",
    "rate": "%, such as 6%",
    "growth": "% a year, such as 6%",
    "whole": "whole number",
    "text": "",
}


def is_line(item: Field[Any]) -> bool:
    """Whether an input is a line of its own and not a list."""
    return not is_list(item) and item.name not in OWN_LISTS


def inputs_sheet(client: Client | None) -> Sheet:
    sheet = Sheet("Inputs", tab_color="#D9A400", freeze=(FIRST_ROW, 0), repeat_rows=(3, 3))
    heading(
        sheet,
        "Inputs",
        "Type in the tinted cells beside a ▸. A blank cell means what its note says.",
        LABEL,
        home=NOTE,
    )
    sheet.row(3, LABEL, ["Input", "Name"], "head_left")
    sheet.put(3, VALUE, "Value", "head_input")
    sheet.put(3, UNIT, "Unit or choices", "head_left_indented")
    sheet.put(3, NOTE, "Note", "head_left")
    sheet.put(3, MARK, "Workings: mark", "work_head")
    sheet.put(3, MARK + 1, "Fault", "work_head")
    sheet.widths = {0: 3, LABEL: 44, NAME: 20, VALUE: 19, UNIT: 25, NOTE: 49, 6: 3, MARK: 10, MARK + 1: 8}
    row, section = FIRST_ROW, ""
    for owner, item in inputs():
        if not is_line(item):
            continue
        about = item.metadata
        if about["section"] != section:
            section = about["section"]
            row += 1 if row > FIRST_ROW else 0
            if section in PAGES_BEGIN:
                sheet.page_breaks.append(row)
            sheet.section(row, LABEL, section, 5)
            row += 1
        _line(sheet, row, OWNERS[owner], item, getattr(client, owner) if client else None)
        row += 1
    sheet.named("household_inputs", FIRST_ROW, NAME, row - FIRST_ROW, 2)
    sheet.named("input_marks", FIRST_ROW, MARK, row - FIRST_ROW)
    sheet.named("input_faults", FIRST_ROW, MARK + 1, row - FIRST_ROW)
    fault = column_letters(MARK + 1)
    faulty = Condition(area(FIRST_ROW, VALUE, row - FIRST_ROW), f"=N(${fault}{FIRST_ROW + 1})>0", "bad_fill")
    sheet.conditions.append(faulty)
    sheet.page_breaks.append(row + 1)
    for owner, item in inputs():
        if is_line(item) or item.metadata.get("sheet", "Inputs") != "Inputs":
            continue
        if item.metadata["section"] != section:
            section = item.metadata["section"]
            row += 1
            sheet.section(row, LABEL, f"{section}: lists", 5)
            row += 1
        given = getattr(getattr(client, owner), item.name) if client else ()
        sheet.put(row, LABEL, _sentence(item.metadata["label"]), "label_bold")
        sheet.put(row, NAME, _list_note(item), "note")
        if is_list(item):
            row = list_table(sheet, row + 1, LABEL, OWNERS[owner], item, given)
        else:
            row = _own_list(sheet, row + 1, item, given)
    add_lists_ready(sheet, row + 1)
    sheet.print_area = area(0, 0, row, NOTE + 1)
    return sheet


def _line(sheet: Sheet, row: int, owner: type[Any], item: Field[Any], given: Any) -> None:
    name, about, default = item.name, item.metadata, item.default
    kind, words = rule(owner, name), choices(owner, name)
    value: Value = shown(owner, name, getattr(given, name)) if given else None
    if given is None and name in ("tax_year", "pay_frequency"):
        value = 2026 if name == "tax_year" else "biweekly"
    if value == 0 and name not in ("posting_lag", "conversion_lag", "prior_wages") and default == 0:
        value = None
    sheet.put(row, 0, "▸", "marker")
    sheet.put(row, LABEL, _sentence(about["label"]) + (" *" if name in REQUIRED else ""), "label")
    sheet.put(row, NAME, name, "name")
    sheet.put(row, VALUE, value, style(owner, name))
    listed = " / ".join(words)
    shown_words = listed if len(listed) < 27 else "choose from the list"
    sheet.put(row, UNIT, shown_words if words else UNITS[kind], "unit")
    note = _note(owner, name, about["note"], default, words)
    sheet.put(row, NOTE, note, "note_wrap")
    if len(note) > NOTE_LETTERS:
        sheet.heights[row] = 28 if len(note) <= NOTE_LETTERS * 2 else 41
    sheet.named(name, row, VALUE)
    message = _sentence(f"{note or about['label']}.")
    if name in REQUIRED:
        sheet.conditions.append(Condition(address(row, VALUE), f'={address(row, VALUE)}=""', "look_fill"))
    sheet.validations.append(
        Validation(address(row, VALUE), kind, about["label"][:32], message, words, *bounds(owner, name))
    )
    cell = address(row, VALUE)
    if words:
        sheet.put(row, MARK + 1, f'=IF({cell}="",0,IF(COUNTIF(words,{cell})=0,1,0))', "work_number")
    elif kind != "text":
        most = "" if kind != "rate" else f",{cell}>1"
        least = "FALSE" if kind == "income" else f"{cell}<=-1" if kind == "growth" else f"{cell}<0"
        sheet.put(row, MARK + 1, f'=IF({cell}="",0,IF(ISNUMBER({cell}),IF(OR({least}{most}),1,0),1))', "work_number")
    if name not in UNMARKED and about["section"] in MARKED_SECTIONS:
        worth = f"IFERROR(MATCH({cell},words,0),0)" if words else f"MOD(ROUND(N({cell})*million,0),stamp_prime)"
        # One formula down the column would have to know words from numbers; two forms, by the kind of the line.
        sheet.put(row, MARK, f"=MOD({worth}*ROW({cell}),stamp_prime)", "work_number")


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _note(owner: type[Any], name: str, note: str, default: Any, words: tuple[str, ...]) -> str:
    parts = ["required"] if name in REQUIRED else []
    parts += [part for part in (note, MEANINGS.get(name, "")) if part]
    if default is not None and name not in REQUIRED and (words or name in ("posting_lag", "conversion_lag")):
        parts.append(f"blank: {shown(owner, name, default)}")
    return "; ".join(parts)


def _list_note(item: Field[Any]) -> str:
    return TIER_NOTE if item.name == "match_tiers" else LIST_NOTES.get(item.name, item.metadata["note"])


def _own_list(sheet: Sheet, row: int, item: Field[Any], given: Any) -> int:
    """The tiers of a match or the conversion dates as a table; gives the next free row."""
    name, label = item.name, item.metadata["label"]
    if name in TIER_LISTS:
        kinds = get_args(TierKind)
        columns = [
            ("kind", "Kind", "word"),
            ("rate", "Rate", "rate"),
            ("share", "Share of pay", "rate"),
            ("dollars", "Dollars", "money"),
        ]
        rows = [_tier(tier) for tier in given]
        lines, table, prefix = MOST_TIERS, "tbl" + name.title().replace("_", ""), f"{name}_"
    else:
        columns, kinds = [("", "Conversion date", "date")], ()
        rows, lines, table, prefix = [[day] for day in given], MOST_DATES, "tblConversionDates", name
    for line in range(lines):
        sheet.put(row + 1 + line, 0, "▸", "marker")
        for column, (_, _, kind) in enumerate(columns):
            value = rows[line][column] if line < len(rows) else None
            sheet.put(row + 1 + line, LABEL + column, value, f"input_{kind}")
    for column, (key, title, kind) in enumerate(columns):
        sheet.named(prefix + key, row + 1, LABEL + column, lines)
        cells = area(row + 1, LABEL + column, lines)
        sheet.validations.append(
            Validation(
                cells,
                "list" if kind == "word" else "match_rate" if key == "rate" else kind,
                title,
                f"{label}: {title.lower()}.",
                kinds if kind == "word" else (),
            )
        )
    titles = tuple(title for _, title, _ in columns)
    sheet.tables.append(Table(table, area(row, LABEL, lines + 1, len(columns)), titles))
    return row + lines + 2


def _tier(tier: Any) -> list[Value]:
    rate = tier.rate / WHOLE
    if tier.kind == "dollars":
        return [tier.kind, rate, None, tier.width / 100]
    return [tier.kind, rate, tier.width / WHOLE if tier.kind in ("share", "award") else None, None]
