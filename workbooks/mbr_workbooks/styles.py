"""How each role of a cell looks. Roles, not looks, are what the sheets speak of."""

from __future__ import annotations

from typing import Any

INK, NAVY, GREY, PALE, RULE = "#1F2933", "#1F3A5F", "#5F6B7A", "#EAF0F6", "#C9D3DE"
INPUT_TEXT, INPUT_FILL, GOOD, BAD, AMBER = "#1646A0", "#FFF9E5", "#1E7B4F", "#B3261E", "#8A5A00"
STUB = "#E3EEF9"  # what the pay stub shows, beside what is planned
# Told apart by lightness as well as by hue, for eyes that see some hues alike.
SERIES = {"deferral": "#1F3A5F", "employer": "#9DBFE6", "after_tax": "#1B8A7A", "unused": "#F1F4F7", "limit": "#B3261E"}

MONEY = "#,##0.00;-#,##0.00;"  # a line that is not used holds 0 and shows nothing
DOLLARS = "$#,##0.00;-$#,##0.00;$0.00"
RATE, RATES = "0.00##%", "0.00%;-0.00%;"
DATE, DATES = "mmm d, yyyy", "mmm d, yyyy;;"
NUMBERS = "0;-0;"
PAY_DATES = "ddd, mmm d;;"

_BASE: dict[str, Any] = {"font_name": "Calibri", "font_size": 11, "font_color": INK, "valign": "vcenter"}
_INPUT: dict[str, Any] = {
    "font_color": INPUT_TEXT,
    "bg_color": INPUT_FILL,
    "border": 1,
    "border_color": RULE,
    "locked": False,
    "align": "right",
    "indent": 1,
}
_HEAD: dict[str, Any] = {"bold": True, "bg_color": PALE, "text_wrap": True, "bottom": 1, "bottom_color": NAVY}
_WORKING: dict[str, Any] = {"font_color": GREY, "font_size": 9}
_WORK_HEAD: dict[str, Any] = {**_WORKING, "bold": True, "text_wrap": True, "bottom": 1, "bottom_color": RULE}

ROLES: dict[str, dict[str, Any]] = {
    "text": {},
    "about": {"indent": 1},
    "title": {"bold": True, "font_size": 18, "font_color": NAVY},
    "subtitle": {"font_color": GREY},
    "master": {"bold": True},
    "section": {"bold": True, "font_size": 13, "font_color": NAVY, "bottom": 1, "bottom_color": NAVY},
    "head": {**_HEAD, "align": "right"},
    "head_center": {**_HEAD, "align": "center"},
    "head_input": {**_HEAD, "align": "right", "indent": 1},
    "head_left": {**_HEAD, "align": "left"},
    "head_left_indented": {**_HEAD, "align": "left", "indent": 1},
    "label": {},
    "label_bold": {"bold": True},
    "home": {"font_color": INPUT_TEXT, "underline": 1, "align": "right"},
    "name": {"font_color": GREY, "font_size": 9},
    "unit": {"font_color": GREY, "indent": 1},
    "note": {"font_color": GREY, "font_size": 10},
    "note_wrap": {"font_color": GREY, "font_size": 10, "text_wrap": True},
    "wrap": {"text_wrap": True, "valign": "top"},
    "status": {"align": "right"},
    "example_input": {**_INPUT, "align": "left", "locked": True},
    "example_answer": {"bold": True, "indent": 1},
    "example_working": {**_WORKING, "indent": 1},
    "forms_money": {"num_format": DOLLARS, "align": "right"},
    "forms_wrap": {"text_wrap": True, "font_size": 10, "indent": 1},
    "letter": {"text_wrap": True, "valign": "top"},
    "letter_label": {"bold": True, "valign": "top"},
    "forms_source": {"font_color": GREY, "font_size": 10, "indent": 1},
    "small": {"text_wrap": True, "valign": "top", "font_size": 9, "font_color": GREY},
    "marker": {"font_color": INPUT_TEXT, "align": "center"},
    "headline_wide": {"bold": True, "font_size": 13, "font_color": NAVY},
    "disclosure": {"text_wrap": True, "valign": "top", "font_size": 9, "font_color": GREY},
    "answer_percent": {"bold": True, "num_format": "0%", "align": "right"},
    "link": {"font_color": INPUT_TEXT, "underline": 1},
    "answer": {"bold": True, "num_format": DOLLARS, "align": "right"},
    "line_answer": {"bold": True, "num_format": DOLLARS, "align": "right", "shrink": True},
    "answer_text": {"bold": True, "align": "right", "text_wrap": True},
    "dollars": {"num_format": DOLLARS},
    "whole_dollars": {"num_format": "$#,##0;-$#,##0;", "align": "right"},
    "percent": {"num_format": "0%"},
    "line_percent": {"num_format": "0%;;"},
    "line_positive": {"num_format": "$#,##0.00;;"},
    "rate": {"num_format": RATE},
    "date": {"num_format": DATE, "align": "right"},
    "number": {"num_format": "0"},
    "example_whole": {"num_format": "#,##0"},
    "example_cents": {"num_format": "#,##0.00"},
    "year": {"num_format": "0", "align": "left"},
    "year_top": {"num_format": "0", "align": "left", "valign": "top", "font_size": 10},
    "stamp": {"num_format": "0", "align": "right", "indent": 1},
    "date_or_none": {"num_format": DATES, "align": "right"},
    # A number too wide for its column shrinks; it never turns into ####.
    "line_money": {"num_format": MONEY, "shrink": True},
    "line_rate": {"num_format": RATES, "shrink": True},
    "line_date": {"num_format": DATES, "align": "left"},
    "line_day": {"num_format": PAY_DATES, "align": "left"},
    "line_total": {"num_format": MONEY, "bold": True, "shrink": True},
    "line_number": {"num_format": NUMBERS},
    "line_text": {},
    "line_yes": {"num_format": "0;;;@", "align": "center"},
    "line_says": {"font_size": 10, "shrink": True, "align": "left", "indent": 1},
    "short_answer": {"bold": True, "num_format": DOLLARS, "align": "right", "shrink": True},
    "short_date": {"bold": True, "num_format": DATES, "align": "right", "shrink": True},
    "line_count": {"num_format": NUMBERS, "align": "center"},
    "work_section": {"bold": True, "font_color": GREY},
    "work_head": {**_WORK_HEAD, "align": "right"},
    "work_head_left": {**_WORK_HEAD, "align": "left", "indent": 1},
    "work_money": {**_WORKING, "num_format": MONEY},
    "work_rate": {**_WORKING, "num_format": RATES},
    "work_date": {**_WORKING, "num_format": DATES, "align": "left", "indent": 1},
    "work_number": {**_WORKING, "num_format": NUMBERS},
    "work_plain": {**_WORKING, "align": "right"},
    "work_text": {**_WORKING, "align": "left", "indent": 1},
    "work_label": dict(_WORKING),
    "input_money": {**_INPUT, "num_format": "#,##0.00"},
    "input_rate": {**_INPUT, "num_format": RATE},
    "input_date": {**_INPUT, "num_format": DATE},
    "input_whole": {**_INPUT, "num_format": "0"},
    "input_word": dict(_INPUT),
    "input_choice": {**_INPUT, "align": "center", "indent": 0},
    "input_text": {**_INPUT, "align": "left"},
    "input_note": {**_INPUT, "align": "left", "valign": "top", "text_wrap": True},
    # shown by condition
    # One condition a cell: LibreOffice shows only the first that holds, so that each says all it needs.
    "used": {"bottom": 4, "bottom_color": RULE},
    "used_money": {
        "bottom": 4,
        "bottom_color": RULE,
        "num_format": '#,##0.00;-#,##0.00;"–"',
    },  # in a line that is used, a 0 is said
    "used_rate": {"bottom": 4, "bottom_color": RULE, "num_format": '0.00%;-0.00%;"–"'},
    "stub": {"bottom": 4, "bottom_color": RULE, "bg_color": STUB},  # a pay as its stub shows it
    "stub_money": {"bottom": 4, "bottom_color": RULE, "bg_color": STUB, "num_format": '#,##0.00;-#,##0.00;"–"'},
    "stub_rate": {"bottom": 4, "bottom_color": RULE, "bg_color": STUB, "num_format": '0.00%;-0.00%;"–"'},
    "each_pay": {"num_format": "$#,##0"},
    "each_pay_cents": {"num_format": "$#,##0.00"},
    "short": {
        "bottom": 4,
        "bottom_color": RULE,
        "num_format": '#,##0.00;-#,##0.00;"–"',
        "font_color": BAD,
        "bold": True,
        "bg_color": "#FBE3E1",
    },
    "good": {"font_color": GOOD, "bold": True},
    "bad": {"font_color": BAD, "bold": True},
    "bad_fill": {"font_color": BAD, "bold": True, "bg_color": "#FBE3E1"},
    "look": {"font_color": AMBER, "bold": True},
    "look_plain": {"font_color": AMBER},
    "look_fill": {"font_color": AMBER, "bold": True, "bg_color": "#FDF0D5"},
    "info": {"font_color": INPUT_TEXT, "bold": True},
    "strong": {"font_color": INK, "bold": True},
    "ink": {"font_color": INK},
    "muted": {"font_color": "#7A8694"},
    "off": {"font_color": "#7A8694", "bg_color": "#EEF0F3"},
    "off_cents": {"font_color": "#7A8694", "bg_color": "#EEF0F3", "num_format": "$#,##0.00"},
    "hidden": {"num_format": ";;;"},
    "chosen": {"bg_color": "#DDF1EE", "bold": True},
}

CONDITIONAL = frozenset(
    {
        "used",
        "used_money",
        "used_rate",
        "stub",
        "stub_money",
        "stub_rate",
        "each_pay",
        "each_pay_cents",
        "short",
        "good",
        "bad",
        "bad_fill",
        "look",
        "look_plain",
        "look_fill",
        "info",
        "strong",
        "ink",
        "muted",
        "off",
        "off_cents",
        "chosen",
        "hidden",
    }
)
LEFT = frozenset({"line_date", "line_day", "line_text", "work_date", "work_text"})


def properties(role: str) -> dict[str, Any]:
    """The properties of a role; a conditional one adds to the cell's own."""
    return dict(ROLES[role]) if role in CONDITIONAL else {**_BASE, **ROLES[role]}
