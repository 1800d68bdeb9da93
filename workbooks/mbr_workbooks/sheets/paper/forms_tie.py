"""Tie-out on the Forms sheet: each form on its own, the sums beside what the year should show, what has not come."""

from __future__ import annotations

from mbr_workbooks.sheet import Columns, Condition, Sheet, address, area, column_letters
from mbr_workbooks.sheets.paper.forms_w2 import SUMS as W2_SUMS
from mbr_workbooks.sheets.paper.forms_w2 import Sum, about, absent, came_with
from mbr_xl.engine.paper.tie_out import IRA_CODES, MEANINGS, OF_ROTH, OTHER_CODE, REFUND_CODES
from mbr_xl.records import MOST_FORMS

WORK_ROW = 5
COLUMN = 40  # of the workings
MONEY = '"$#,##0.00"'


def money(amount: str) -> str:
    """An amount as words write it, with both decimals."""
    return f"TEXT({amount},{MONEY})"


def has_letter(code: str, letters: str) -> str:
    """Counts which of the letters stand in a code."""
    return "+".join(f'IF(ISERROR(FIND("{letter}",{code})),0,1)' for letter in letters)


_LEFT_OUT = (
    'IF({form}<>"Form 1099-R","",IF({ira}<>"","Of a "&{ira}&": left out of the plan\'s sums.",IF(OR({code}="",'
    '{code}="G"),"",IF({ira_code}>0,"Code "&{code}&" is of an IRA: left out of the plan\'s sums; choose the IRA\'s'
    ' kind on Records.",IF({refund_code}>0,"Code "&{code}&" is a refund, see Testing: left out of the conversions\''
    ' sums.",IF(AND(forms_g=0,return_line_5a>0,OR(AND({box_5}>0,{roth_code}=0),AND({box_1}>0,OR('
    "ROUND({box_1}-in_plan_box_1,2)=0,ROUND({box_1}-rollover_box_1,2)=0,ROUND({box_1}-return_line_5a,2)=0)))),"
    '"","Code "&{code}&" is "&{meaning}&": left out of the conversions\' sums."&IF({roth_code}>0,"",'
    '" If it is of an IRA, choose the IRA\'s kind on Records.")))))))'
)
_OWN_1099R = (
    'IF({box_1}=0,"Box 1 is blank: type the boxes as the form shows them.",IF({code}<>"G",IF({code}="","Box 7 is'
    ' blank","Code "&{code}&" is "&{meaning})&"; a conversion or direct rollover of after-tax money is G.",'
    'IF({box_4}>0,"Box 4 shows "&' + money("{box_4}") + '&" withheld; a direct rollover has none.",'
    'IF(AND({gap}<0,OR({box_2}<>0,forms_box_5<=return_line_5a)),"Boxes 2a and 5 come to "&'
    + money("{box_2}+{box_5}")
    + '&", "&'
    + money("-{gap}")
    + '&" more than box 1.",IF({gap}>expected_5498_traditional,IF(AND({box_2}=0,{box_5}>0),"Box 2a is $0.00'
    ' beside a basis of "&'
    + money("{box_5}")
    + '&" in box 5: box 1 should equal boxes 2a and 5 together, so box 2a should be "&'
    + money("{gap}")
    + '&". A common issuer error.","Box 1 is "&'
    + money("{gap}")
    + '&" more than boxes 2a and 5 together."),IF(AND({gap}=0,{box_5}=0,forms_box_5>0),"All of box 1 is shown as'
    " taxable and box 5 is blank, but the year's after-tax money is \"&" + money("forms_box_5") + '&".",""))))))'
)
_OWN_5498 = (
    'IF({ira}="","Say whether this Form 5498 is of a Roth IRA or a traditional IRA.",IF(AND({box_2}>0,{wanted}=0)'
    ',IF(in_plan_box_1>0,"A rollover of "&' + money("{box_2}")
    + '&" is reported, but the conversions stayed in the plan, which brings no Form 5498: find out where the'
      ' money went.","A rollover of "&' + money("{box_2}") + '&" is reported, but none out of the plan is expected."),'
    'IF(AND({wanted}>0,{box_2}=0,{box_3}>={wanted}),"The rollover seems to stand in box 3 as a conversion of "&'
    + money("{box_3}") + '&"; box 3 is for conversions out of another IRA, and a rollover out of the plan belongs in'
    ' box 2.",IF(AND({wanted}>0,{box_2}=0,{box_1}>={wanted}),"The rollover seems to stand in "&IF({ira}="Roth IRA",'
    '"box 10","box 1")&" as a contribution of "&'
    + money("{box_1}") + '&"; it belongs in box 2, and as a contribution it would be an excess.",""))))'
)  # fmt: skip
LINES: dict[str, tuple[str, str, str]] = {
    "form": ("Form", "work_text", '=INDEX(form_form,{n})&""'),
    "payer": ("From", "work_text", '=INDEX(form_payer,{n})&""'),
    "ira": ("IRA", "work_text", '=INDEX(form_ira,{n})&""'),
    "box_1": ("Box 1", "work_money", "=N(INDEX(form_box_1,{n}))"),
    "box_2": ("Box 2 or 2a", "work_money", "=N(INDEX(form_box_2,{n}))"),
    "box_4": ("Box 4", "work_money", "=N(INDEX(form_box_4,{n}))"),
    "box_5": ("Box 5", "work_money", "=N(INDEX(form_box_5,{n}))"),
    "box_3": ("5498 box 3", "work_money", "=N(INDEX(form_box_3,{n}))"),
    "code": ("Box 7", "work_text", '=UPPER(TRIM(INDEX(form_code,{n})&""))'),
    "meaning": (
        "What the code says",
        "work_text",
        f'=IFERROR(INDEX(code_meanings,MATCH({{code}},code_names,0)),"{OTHER_CODE}")',
    ),
    "ira_code": ("IRA's code", "work_number", "=" + has_letter("{code}", IRA_CODES)),
    "refund_code": ("Refund's code", "work_number", "=" + has_letter("{code}", REFUND_CODES)),
    "roth_code": ("Roth account's code", "work_number", "=" + has_letter("{code}", OF_ROTH)),
    "aside": ("Why left out", "work_text", "=" + _LEFT_OUT),
    "counted": ("Counted", "work_number", '=IF(AND({form}<>"",{aside}=""),1,0)'),
    "gap": ("Box 1 less 2a and 5", "work_money", "=ROUND({box_1}-{box_2}-{box_5},2)"),
    "wanted": (
        "5498 expected",
        "work_money",
        '=IF({ira}="Roth IRA",expected_5498_roth,expected_5498_traditional)',
    ),
    "own": (
        "On its own",
        "work_text",
        '=IF({counted}=0,"",IF({form}="Form 1099-R",' + _OWN_1099R + ',IF({form}="Form 5498",' + _OWN_5498 + ',"")))',
    ),
}
SUMS: list[Sum] = [
    Sum("Form 1099-R box 1", "off_box_1", "box_1", "Form 1099-R", "", "return_line_5a", "forms_due_january"),
    Sum("Form 1099-R box 2a", "off_box_2a", "box_2", "Form 1099-R", "", "return_line_5b", "forms_due_january"),
    Sum("Form 1099-R box 5", "off_box_5", "box_5", "Form 1099-R", "", "forms_box_5", "forms_due_january"),
    *W2_SUMS,
    *(
        Sum(
            f"Form 5498 of the {ira}, box 2",
            f"off_{name}",
            "box_2",
            "Form 5498",
            ira,
            f"expected_{name}",
            "forms_due_may",
        )
        for ira, name in (("Roth IRA", "5498_roth"), ("traditional IRA", "5498_traditional"))
    ),
]
LINE_OF = {one.name: line for line, one in enumerate(SUMS)}
# By kind of form and of IRA: the amount that makes a form of it expected.
OF_FORM = {
    "Form 1099-R": "return_line_5a",
    "Form W-2": "(expected_w2_box_5+expected_w2_d+expected_w2_aa)",
    "Form 5498Roth IRA": "expected_5498_roth",
    "Form 5498traditional IRA": "expected_5498_traditional",
}
SHORT = {
    "Form 5498 of the Roth IRA, box 2": "Form 5498 Roth IRA box 2",
    "Form 5498 of the traditional IRA, box 2": "Form 5498 trad. IRA box 2",
}
# What has not come: the words of the form, its expected amount, its line among the ties, its date.
MISSING: list[tuple[str, str, int, str]] = [
    ("Form W-2", OF_FORM["Form W-2"], LINE_OF["off_w2_d"], "forms_due_january"),
    ("Form 1099-R", OF_FORM["Form 1099-R"], LINE_OF["off_box_1"], "forms_due_january"),
    ("Form 5498 of the Roth IRA", "expected_5498_roth", LINE_OF["off_5498_roth"], "forms_due_may"),
    ("Form 5498 of the traditional IRA", "expected_5498_traditional", LINE_OF["off_5498_traditional"], "forms_due_may"),
]
FORMS_ROW = WORK_ROW  # heading of the forms line by line
TIES_ROW = FORMS_ROW + MOST_FORMS + 3  # heading of the sums


def add_tie_out(sheet: Sheet, row: int) -> int:
    """Sums, missing forms and the forms one by one on the printed page; gives the next free row."""
    block = _forms(sheet)
    _sums(sheet)
    _codes(sheet, TIES_ROW + len(SUMS) + 10)
    sheet.section(row, 0, "Tie-out: forms that came, beside the forms to expect", 5)
    sheet.put(row + 1, 0, "Box, forms added up", "head_left")
    sheet.row(row + 1, 1, ["Reported", "Expected"], "head")
    sheet.row(row + 1, 3, ["Result", None], "head_left_indented")
    first = row + 2
    for line, one in enumerate(SUMS):
        none = f'IF({OF_FORM[one.kind + one.ira]}=0,"None is expected","Not here yet")'
        came, reported, _, off, words = (address(TIES_ROW + 1 + line, COLUMN + place) for place in range(1, 6))
        sheet.put(first + line, 0, SHORT.get(one.label, one.label), "label_bold")
        sheet.put(first + line, 1, f'=IF({came}=0,"-",{reported})', "forms_money")
        sheet.put(first + line, 2, f"={one.expected}", "dollars")
        sheet.put(
            first + line,
            3,
            f'=IF({came}=0,{absent(one, none)},IF({off}=0,"Ties",{words}))',
            "forms_wrap" if one.kind == "Form W-2" else "about",
        )
        if one.kind == "Form W-2":
            sheet.heights[first + line] = 52 if one.every else 30
    results = area(first, 3, len(SUMS))
    top = address(TIES_ROW + 1, COLUMN + 4).replace(column_letters(COLUMN + 4), f"${column_letters(COLUMN + 4)}")
    sheet.conditions.append(Condition(area(first, 1, len(SUMS), 3), "=plan_ready=0", "hidden"))
    sheet.conditions.append(Condition(results, f'=$D{first + 1}="Ties"', "good"))
    sheet.conditions.append(Condition(results, f"={top}<>0", "bad"))
    row = first + len(SUMS) + 1
    for line, (words, amount, tie, due) in enumerate(MISSING):
        sheet.put(
            row + line,
            0,
            f'=IF(OR({amount}=0,{address(TIES_ROW + 1 + tie, COLUMN + 1)}>0),"",IF(AND(forms_as_of<>"",'
            f"forms_as_of>{due}),"
            f'"{words} has not come; it was due "&TEXT({due},"mmm d, yyyy")&".","{words}: due "&TEXT({due},"mmm d,'
            f' yyyy")'
            '&"."))',
            "note",
        )
    row += len(MISSING) + 1
    sheet.row(row, 0, ["Form", "From"], "head_left")
    sheet.put(row, 2, "Box 1", "head")
    sheet.row(row, 3, ["On its own", None], "head_left_indented")
    at = {key: column_letters(block.where[key]) for key in ("form", "payer", "box_1", "own", "aside")}
    for line in range(MOST_FORMS):
        here, there = row + 1 + line, FORMS_ROW + 2 + line
        sheet.put(here, 0, f"={at['form']}{there}", "label_bold")
        sheet.put(here, 1, f"={at['payer']}{there}", "label")
        sheet.put(here, 2, f"={at['box_1']}{there}", "line_money")
        own = f"{at['own']}{there}"
        aside = f"{at['aside']}{there}"
        words = f'IF({own}<>"",{own},IF({aside}<>"",{aside},"Nothing is wrong"))'
        sheet.put(here, 3, f'=IF({at["form"]}{there}="","",{words})', "forms_wrap")
        sheet.heights[here] = 30
    wrong = f'=${at["own"]}{FORMS_ROW + 2}<>""'
    sheet.conditions.append(Condition(area(row + 1, 3, MOST_FORMS), wrong, "bad"))
    return row + 1 + MOST_FORMS


def _forms(sheet: Sheet) -> Columns:
    """The forms line by line."""
    sheet.put(FORMS_ROW - 1, COLUMN, "Workings: forms as they came", "work_section")
    block = Columns(sheet, FORMS_ROW, MOST_FORMS, COLUMN, prefix="came_")
    block.place(["n", *LINES])
    block.fill("n", "Row", list(range(1, MOST_FORMS + 1)), "work_number", "work_head")
    for key, (head, style, formula) in LINES.items():
        block.fill(key, head, formula, style, "work_head")
    sheet.widths |= dict.fromkeys(range(COLUMN, COLUMN + 1 + len(LINES)), 12)
    return block


def _sums(sheet: Sheet) -> None:
    """Each box added up, what is off, and the counts that Checks reads."""
    column, row = COLUMN, TIES_ROW
    sheet.put(row - 1, column, "Workings: sums", "work_section")
    sheet.row(row, column, ["Box", "Came", "Reported", "Expected", "Off by", "In words", "Kind"], "work_head_left")
    for line, one in enumerate(SUMS, start=row + 1):
        label, name, box, kind, ira, expected, _, every = one
        of_ira = f',form_ira,"{ira}"' if ira else ""
        of_ira += ",came_counted,1" if kind == "Form 1099-R" else ""
        count = came_with(one) if every else f'=COUNTIFS(form_form,"{kind}"{of_ira})'
        came, reported, wanted, off = (address(line, column + place) for place in range(1, 5))
        sheet.put(line, column, label, "work_text")
        sheet.put(line, column + 1, count, "work_number")
        sheet.put(line, column + 2, f'=ROUND(SUMIFS(form_{box},form_form,"{kind}"{of_ira}),2)', "work_money")
        sheet.put(line, column + 3, f"={expected}", "work_money")
        sheet.put(line, column + 4, f"=IF({came}=0,0,ROUND({reported}-{wanted},2))", "work_money")
        gap = money(f"ABS({off})")
        sheet.put(
            line,
            column + 5,
            f'=IF({off}=0,"","{label}: "&{money(reported)}&" reported, "&{money(wanted)}&" expected, "&{gap}'
            f'&IF({off}>0," too much."," too little."){about(one, off) if kind == "Form W-2" else ""})',
            "work_text",
        )
        sheet.put(line, column + 6, kind, "work_text")
        sheet.named(name, line, column + 4)
    sheet.named("tie_kinds", row + 1, column + 6, len(SUMS))
    sheet.named("off_by", row + 1, column + 4, len(SUMS))
    sheet.named("tie_words", row + 1, column + 5, len(SUMS))
    missing = "+".join(
        f"IF(AND({amount}>0,{address(row + 1 + tie, column + 1)}=0,forms_as_of>{due}),1,0)"
        for _, amount, tie, due in MISSING
    )
    counts = [
        (
            "Plan's Forms 1099-R with G",
            "forms_g",
            '=SUMPRODUCT((form_form="Form 1099-R")*(form_ira="")*(TRIM(form_code)="G"))',
            "work_number",
        ),
        (
            "Rollovers typed as conversions",
            "forms_rolled",
            '=SUMPRODUCT((ledger_account="Roth IRA")*(ledger_kind="conversion")*(ledger_taxed=0)*(ledger_amount>0)'
            '*(COUNTIFS(ledger_account,"Roth 401(k)",ledger_kind,"withdrawal",ledger_year,ledger_year,ledger_amount,'
            "ledger_amount)>0))",
            "work_number",
        ),
        ("Box 5, all Forms 1099-R", "forms_box_5", "=ROUND(in_plan_box_5+rollover_box_5,2)", "work_money"),
        ("Forms with something wrong on their own", "forms_at_fault", '=SUMPRODUCT((came_own<>"")*1)', "work_number"),
        ("Sums that are off", "forms_off", "=SUMPRODUCT((off_by<>0)*1)", "work_number"),
        ("Forms missing", "forms_missing", f'=IF(forms_as_of="",0,{missing})', "work_number"),
    ]
    for line, (label, name, formula, style) in enumerate(counts, start=row + len(SUMS) + 2):
        sheet.put(line, column, label, "work_text")
        sheet.put(line, column + 4, formula, style)
        sheet.named(name, line, column + 4)


def _codes(sheet: Sheet, row: int) -> None:
    sheet.put(row - 1, COLUMN, "Workings: distribution codes other than G", "work_section")
    for line, (code, meaning) in enumerate(MEANINGS.items(), start=row):
        sheet.put(line, COLUMN, code, "work_text")
        sheet.put(line, COLUMN + 1, meaning, "work_text")
    sheet.named("code_names", row, COLUMN, len(MEANINGS))
    sheet.named("code_meanings", row, COLUMN + 1, len(MEANINGS))
