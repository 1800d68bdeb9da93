"""Inputs: every single fact and every short list, label, name, value, unit and note a line."""

from __future__ import annotations

from datetime import date
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from mbr_workbooks.sheet import Condition, Sheet, Table, Validation, Value, address, area, column_letters
from mbr_workbooks.sheets.common import heading
from mbr_workbooks.sheets.lists import LABEL, NAME, TIER_LISTS, VALUE, add_lists_ready
from mbr_xl.household import MOST_DATES, MOST_LEAVES, MOST_RAISES, MOST_TIERS, Household, TierKind, inputs
from mbr_xl.money import WHOLE, Cents, Millionths

UNIT, NOTE, MARK = 4, 5, 7
FIRST_ROW = 4
# Rows of other sheets, or lists shown here under their section.
LISTS = frozenset(
    {
        "raises",
        "leaves",
        "match_tiers",
        "match_or",
        "match_tiers_after",
        "match_or_after",
        "conversion_dates",
        "payments",
        "elections",
    }
)
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
UNMARKED_SECTIONS = frozenset({"Conversion"})
WHOLE_BOUNDS = {
    "tax_year": (2019, 2035),
    "second_day": (1, 31),
    "salary_divisor": (1, 366),
    "posting_lag": (0, 60),
    "conversion_lag": (0, 60),
}

_HINTS = get_type_hints(Household)


def choices(name: str) -> tuple[str, ...]:
    """The words an input takes, () where it takes none."""
    kind = _kind(name)
    return ("yes", "no") if kind is bool else get_args(kind) if get_origin(kind) is Literal else ()


def rule(name: str) -> str:
    """date, money, rate, growth, whole, text or list."""
    kind = _kind(name)
    if choices(name):
        return "list"
    if name == "growth_rate":
        return "growth"
    named = {date: "date", Cents: "money", Millionths: "rate", int: "whole", str: "text"}
    return named[kind]


def shown(name: str, value: Any) -> Value:
    """A field's value as its cell holds it: dollars, shares, the words yes and no."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None or isinstance(value, date | str):
        return value or None
    return (
        float(value) / {"money": 100, "rate": WHOLE, "growth": WHOLE}[rule(name)]
        if rule(name) != "whole"
        else int(value)
    )


def _kind(name: str) -> Any:
    hint = _HINTS[name]
    if get_origin(hint) in (Union, UnionType):
        hint = next(part for part in get_args(hint) if part is not type(None))
    return hint


def inputs_sheet(household: Household | None) -> Sheet:
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
    for number, field in enumerate(inputs(), start=1):
        about = field.metadata
        if field.name in LISTS:
            continue
        if about["section"] != section:
            section = about["section"]
            row += 1 if row > FIRST_ROW else 0
            if section == "Match":
                sheet.page_breaks.append(row)
            sheet.section(row, LABEL, section, 5)
            row += 1
        _line(sheet, row, number, field.name, about, field.default, household)
        row += 1
    sheet.named("household_inputs", FIRST_ROW, NAME, row - FIRST_ROW, 2)
    sheet.named("input_marks", FIRST_ROW, MARK, row - FIRST_ROW)
    sheet.named("input_faults", FIRST_ROW, MARK + 1, row - FIRST_ROW)
    fault = column_letters(MARK + 1)
    faulty = Condition(area(FIRST_ROW, VALUE, row - FIRST_ROW), f"=N(${fault}{FIRST_ROW + 1})>0", "bad_fill")
    sheet.conditions.append(faulty)
    sheet.page_breaks.append(row + 1)
    for field in inputs():
        if field.name not in LISTS or field.name in ("payments", "elections"):
            continue
        if field.metadata["section"] != section:
            section = field.metadata["section"]
            row += 1
            sheet.section(row, LABEL, f"{section}: lists", 5)
            row += 1
        row = _list(sheet, row, field.name, field.metadata["label"], field.metadata["note"], household)
    add_lists_ready(sheet, row + 1)
    sheet.print_area = area(0, 0, row, NOTE + 1)
    return sheet


def _line(
    sheet: Sheet, row: int, number: int, name: str, about: Any, default: Any, household: Household | None
) -> None:
    kind = rule(name)
    value: Value = shown(name, getattr(household, name)) if household else None
    if household is None and name in ("tax_year", "pay_frequency"):
        value = 2026 if name == "tax_year" else "biweekly"
    if value == 0 and name not in ("posting_lag", "conversion_lag", "prior_wages") and default == 0:
        value = None
    sheet.put(row, 0, "▸", "marker")
    sheet.put(row, LABEL, _sentence(about["label"]) + (" *" if name in REQUIRED else ""), "label")
    sheet.put(row, NAME, name, "name")
    style = {"list": "input_word", "text": "input_text", "growth": "input_rate"}.get(kind, f"input_{kind}")
    sheet.put(row, VALUE, value, style)
    words = choices(name)
    unit = {
        "date": "date",
        "money": "$",
        "rate": "%, such as 6%",
        "growth": "% a year, such as 6%",
        "whole": "whole number",
        "text": "",
    }
    listed = " / ".join(words)
    shown_words = listed if len(listed) < 27 else "choose from the list"
    sheet.put(row, UNIT, shown_words if words else unit[kind], "unit")
    note = _note(name, about["note"], default, words)
    sheet.put(row, NOTE, note, "note_wrap")
    if len(note) > NOTE_LETTERS:
        sheet.heights[row] = 28 if len(note) <= NOTE_LETTERS * 2 else 41
    sheet.named(name, row, VALUE)
    lowest, highest = WHOLE_BOUNDS.get(name, (0, 0))
    message = _sentence(f"{note or about['label']}.")
    if name in REQUIRED:
        sheet.conditions.append(Condition(address(row, VALUE), f'={address(row, VALUE)}=""', "look_fill"))
    sheet.validations.append(
        Validation(address(row, VALUE), kind, about["label"][:32], message, words, lowest, highest)
    )
    cell = address(row, VALUE)
    if words:
        sheet.put(row, MARK + 1, f'=IF({cell}="",0,IF(COUNTIF(words,{cell})=0,1,0))', "work_number")
    elif kind != "text":
        most = "" if kind != "rate" else f",{cell}>1"
        least = f"{cell}<=-1" if kind == "growth" else f"{cell}<0"
        sheet.put(row, MARK + 1, f'=IF({cell}="",0,IF(ISNUMBER({cell}),IF(OR({least}{most}),1,0),1))', "work_number")
    if name not in UNMARKED and about["section"] not in UNMARKED_SECTIONS:
        worth = f"IFERROR(MATCH({cell},words,0),0)" if words else f"MOD(ROUND(N({cell})*million,0),stamp_prime)"
        # One formula down the column would have to know words from numbers; two forms, by the kind of the line.
        sheet.put(row, MARK, f"=MOD({worth}*ROW({cell}),stamp_prime)", "work_number")


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _note(name: str, note: str, default: Any, words: tuple[str, ...]) -> str:
    parts = ["required"] if name in REQUIRED else []
    parts += [part for part in (note, MEANINGS.get(name, "")) if part]
    if name not in REQUIRED and (words or name in ("posting_lag", "conversion_lag")):
        parts.append(f"blank: {shown(name, default)}")
    return "; ".join(parts)


def _list(sheet: Sheet, row: int, name: str, label: str, note: str, household: Household | None) -> int:
    """A short list as a table under its section; gives the next free row."""
    given = getattr(household, name) if household else ()
    if name in TIER_LISTS:
        kinds = get_args(TierKind)
        columns = [
            ("kind", "Kind", "word"),
            ("rate", "Rate", "rate"),
            ("share", "Share of pay", "rate"),
            ("dollars", "Dollars", "money"),
        ]
        rows = [_tier(tier) for tier in given]
        note = TIER_NOTE
        lines, table = MOST_TIERS, "tbl" + name.title().replace("_", "")
    elif name == "raises":
        columns = [("start", "From", "date"), ("annual_salary", "New salary", "money")]
        rows, lines, table = [[r.start, r.annual_salary / 100] for r in given], MOST_RAISES, "tblRaises"
        kinds = ()
    elif name == "leaves":
        columns = [("start", "First day", "date"), ("end", "Last day", "date"), ("share_paid", "Share paid", "rate")]
        rows, lines, table = [[v.start, v.end, v.share_paid / WHOLE] for v in given], MOST_LEAVES, "tblLeaves"
        kinds = ()
    else:
        columns, kinds = [("", "Conversion date", "date")], ()
        rows, lines, table = [[day] for day in given], MOST_DATES, "tblConversionDates"
    sheet.put(row, LABEL, _sentence(label), "label_bold")
    sheet.put(row, NAME, LIST_NOTES.get(name, note), "note")
    prefix = {"raises": "raise_", "leaves": "leave_", "conversion_dates": "conversion_dates"}.get(name, f"{name}_")
    head = row + 1
    for line in range(lines):
        sheet.put(head + 1 + line, 0, "▸", "marker")
        for column, (_, _, kind) in enumerate(columns):
            value = rows[line][column] if line < len(rows) else None
            sheet.put(head + 1 + line, LABEL + column, value, f"input_{kind}")
    for column, (key, title, kind) in enumerate(columns):
        sheet.named(prefix + key, head + 1, LABEL + column, lines)
        cells = area(head + 1, LABEL + column, lines)
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
    sheet.tables.append(Table(table, area(head, LABEL, lines + 1, len(columns)), titles))
    return head + lines + 2


def _tier(tier: Any) -> list[Value]:
    rate = tier.rate / WHOLE
    if tier.kind == "dollars":
        return [tier.kind, rate, None, tier.width / 100]
    return [tier.kind, rate, tier.width / WHOLE if tier.kind in ("share", "award") else None, None]
