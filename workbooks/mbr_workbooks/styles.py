"""How each role of a cell looks. Roles, not looks, are what the sheets speak of."""

from __future__ import annotations

from typing import Any

INK, NAVY, GREY, PALE, RULE = "#1F2933", "#1F3A5F", "#5F6B7A", "#EAF0F6", "#C9D3DE"
INPUT_TEXT, INPUT_FILL, GOOD, BAD, AMBER = "#1646A0", "#FFF9E5", "#1E7B4F", "#B3261E", "#8A5A00"
SERIES = {"deferral": "#1F3A5F", "employer": "#6C8EBF", "after_tax": "#2A9D8F", "unused": "#D5DCE4"}

MONEY = "#,##0.00;-#,##0.00;"  # a line that is not used holds 0 and shows nothing
DOLLARS = "$#,##0.00;-$#,##0.00;$0.00"
RATE, RATES = "0.00##%", "0.00%;-0.00%;"
DATE, DATES = "mmm d, yyyy", "mmm d, yyyy;;"
NUMBERS = "0;-0;"

_BASE: dict[str, Any] = {"font_name": "Calibri", "font_size": 11, "font_color": INK, "valign": "vcenter"}
_INPUT: dict[str, Any] = {
    "font_color": INPUT_TEXT,
    "bg_color": INPUT_FILL,
    "border": 1,
    "border_color": RULE,
    "locked": False,
    "align": "right",
}
_HEAD: dict[str, Any] = {"bold": True, "bg_color": PALE, "text_wrap": True, "bottom": 1, "bottom_color": NAVY}
_WORKING: dict[str, Any] = {"font_color": GREY, "font_size": 9}

ROLES: dict[str, dict[str, Any]] = {
    "text": {},
    "title": {"bold": True, "font_size": 18, "font_color": NAVY},
    "subtitle": {"font_color": GREY},
    "master": {"bold": True},
    "section": {"bold": True, "font_size": 13, "font_color": NAVY, "bottom": 1, "bottom_color": NAVY},
    "head": {**_HEAD, "align": "center"},
    "head_left": {**_HEAD, "align": "left"},
    "label": {},
    "name": {"font_color": GREY, "font_size": 9},
    "unit": {"font_color": GREY, "indent": 1},
    "note": {"font_color": GREY, "font_size": 10},
    "wrap": {"text_wrap": True, "valign": "top"},
    "status": {"align": "center"},
    "small": {"text_wrap": True, "valign": "top", "font_size": 9, "font_color": GREY},
    "marker": {"font_color": INPUT_TEXT, "align": "center"},
    "headline": {"bold": True, "font_size": 13, "font_color": NAVY, "text_wrap": True},
    "headline_wide": {"bold": True, "font_size": 13, "font_color": NAVY},
    "disclosure": {"text_wrap": True, "valign": "top", "font_size": 9, "font_color": GREY},
    "answer_percent": {"bold": True, "num_format": "0%", "align": "right"},
    "link": {"font_color": INPUT_TEXT, "underline": 1},
    "answer": {"bold": True, "num_format": DOLLARS, "align": "right"},
    "answer_text": {"bold": True, "align": "right"},
    "big": {"bold": True, "font_size": 16, "font_color": NAVY, "num_format": DOLLARS, "align": "left"},
    "dollars": {"num_format": DOLLARS},
    "whole_dollars": {"num_format": "$#,##0;-$#,##0;", "align": "right"},
    "percent": {"num_format": "0%"},
    "line_percent": {"num_format": "0%;;"},
    "line_positive": {"num_format": "#,##0.00;;"},
    "rate": {"num_format": RATE},
    "date": {"num_format": DATE, "align": "right"},
    "number": {"num_format": "0"},
    "line_money": {"num_format": MONEY},
    "line_rate": {"num_format": RATES},
    "line_date": {"num_format": DATES, "align": "left"},
    "line_number": {"num_format": NUMBERS},
    "line_text": {},
    "line_count": {"num_format": NUMBERS, "align": "center"},
    "work_head": {
        "bold": True,
        "font_size": 9,
        "font_color": GREY,
        "text_wrap": True,
        "bottom": 1,
        "bottom_color": RULE,
    },
    "work_money": {**_WORKING, "num_format": MONEY},
    "work_rate": {**_WORKING, "num_format": RATES},
    "work_date": {**_WORKING, "num_format": DATES, "align": "left"},
    "work_number": {**_WORKING, "num_format": NUMBERS},
    "work_text": dict(_WORKING),
    "input_money": {**_INPUT, "num_format": "#,##0.00"},
    "input_rate": {**_INPUT, "num_format": RATE},
    "input_date": {**_INPUT, "num_format": DATE},
    "input_whole": {**_INPUT, "num_format": "0"},
    "input_word": dict(_INPUT),
    "input_text": {**_INPUT, "align": "left"},
    "input_note": {**_INPUT, "align": "left", "valign": "top", "text_wrap": True},
    # shown by condition
    "used": {"bottom": 4, "bottom_color": RULE},
    "good": {"font_color": GOOD, "bold": True},
    "bad": {"font_color": BAD, "bold": True},
    "look": {"font_color": AMBER, "bold": True},
    "muted": {"font_color": "#9AA5B1"},
    "hidden": {"num_format": ";;;"},
    "chosen": {"bg_color": "#DDF1EE", "bold": True},
}

CONDITIONAL = frozenset({"used", "good", "bad", "look", "muted", "chosen", "hidden"})


def properties(role: str) -> dict[str, Any]:
    """The properties of a role; a conditional one adds to the cell's own."""
    return dict(ROLES[role]) if role in CONDITIONAL else {**_BASE, **ROLES[role]}
