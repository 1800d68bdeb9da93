"""The letter on the Forms sheet: a drafted request to check one form, printed on a page of its own."""

from __future__ import annotations

from mbr_workbooks.sheet import Columns, Sheet, address, column_letters
from mbr_workbooks.sheets.paper.forms_tie import COLUMN as TIE_COLUMN
from mbr_workbooks.sheets.paper.forms_tie import LINES as TIE_LINES
from mbr_workbooks.sheets.paper.forms_tie import SUMS, TIES_ROW, money
from mbr_xl.engine.paper.letter import ADDRESSEES, CLOSING
from mbr_xl.records import MOST_FORMS

WORK_ROW = 5
COLUMN = TIE_COLUMN + len(TIE_LINES) + 2  # of the workings
PARAGRAPH = (34, 50, 80, 50, 36, 20)  # heights

LINES: dict[str, tuple[str, str, str]] = {
    "mine": (
        "Is of this kind",
        "work_number",
        "=IF(AND(INDEX(came_form,{n})=letter_form,INDEX(came_counted,{n})=1),1,0)",
    ),
    "wrong": ("Wrong on its own", "work_number", '=IF(AND({mine}=1,INDEX(came_own,{n})<>""),1,0)'),
    "shows": (
        "What it shows",
        "work_text",
        '=IF({mine}=0,"",IF(SUM({mine^})=0,"","; ")&IF(letter_form="Form 1099-R","box 1 "&'
        + money("INDEX(came_box_1,{n})")
        + '&", box 2a "&'
        + money("INDEX(came_box_2,{n})")
        + '&", box 4 "&'
        + money("INDEX(came_box_4,{n})")
        + '&", box 5 "&'
        + money("INDEX(came_box_5,{n})")
        + '&", code "&IF(INDEX(came_code,{n})="","blank",INDEX(came_code,{n})),IF(letter_form="Form 5498",'
        'IF(INDEX(came_ira,{n})="","IRA",INDEX(came_ira,{n}))&IF(INDEX(came_ira,{n})="Roth IRA"'
        ',", box 10 ",", box 1 ")&'
        + money("INDEX(came_box_1,{n})")
        + '&", box 2 "&'
        + money("INDEX(came_box_2,{n})")
        + '&IF(INDEX(came_box_3,{n})=0,"",", box 3 "&'
        + money("INDEX(came_box_3,{n})")
        + '),IF(INDEX(form_box_1,{n})="","","box 1 "&'
        + money("INDEX(came_box_1,{n})")
        + '&", ")&IF(INDEX(form_box_3,{n})="","","box 3 "&'
        + money("INDEX(came_box_3,{n})")
        + '&", ")&IF(INDEX(form_box_5,{n})="","","box 5 "&'
        + money("INDEX(came_box_5,{n})")
        + '&", ")&"box 12 D "&'
        + money("N(INDEX(form_box_12_d,{n}))")
        + '&", box 12 AA "&'
        + money("N(INDEX(form_box_12_aa,{n}))")
        + ")))",
    ),
    "says": (
        "What is wrong on its own",
        "work_text",
        '=IF({wrong}=0,"",INDEX(came_own,{n})&" ")',
    ),
}
_WHOSE = (
    'IF(conversions_unconfirmed>0,"Our plan of the year\'s conversions, "&conversions_unconfirmed&" of them not'
    ' confirmed in writing yet, shows","Our records of the year\'s conversions show")'
)
WORDS: dict[str, str] = {
    "letter_to": (
        '=IF(letter_form="","",IF(letter_payer="","",letter_payer&", ")&INDEX(letter_addressees,'
        "MATCH(letter_form,letter_kinds,0)))"
    ),
    "letter_about": (
        '=IF(letter_form="","",letter_form&" for "&tax_year&IF(client="","",", "&client)&": request to check it")'
    ),
    "letter_received": (
        '=IF(letter_form="","","The form"&IF(SUM(letter_mine)>1,"s","")&" received: "&letter_shown&".")'
    ),
    "letter_records": (
        '=IF(letter_form="","",IF(letter_form="Form W-2","Our records of the year\'s pay show wages of "&'
        + money("expected_w2_box_1")
        + '&" (box 1)"&IF(ISNUMBER(expected_w2_box_3),", "&'
        + money("expected_w2_box_3")
        + '&" (box 3)","")&" and "&'
        + money("expected_w2_box_5")
        + '&" (box 5), pre-tax deferrals of "&'
        + money("expected_w2_d")
        + '&" (box 12 D) and Roth deferrals of "&'
        + money("expected_w2_aa")
        + '&" (box 12 AA), catch-up included. After-tax contributions of "&'
        + money("expected_w2_after_tax")
        + '&" lower none of the wages and have no code in box 12.",'
        + _WHOSE
        + '&IF(letter_form="Form 5498"," "&'
        + money("expected_5498_roth")
        + '&" rolled over to a Roth IRA and "&'
        + money("expected_5498_traditional")
        + '&" to a traditional IRA (box 2), and "&'
        + money("in_plan_box_1")
        + '&" converted inside the plan."," box 1 "&'
        + money("return_line_5a")
        + '&", box 2a "&'
        + money("return_line_5b")
        + '&", box 4 $0.00, box 5 "&'
        + money("forms_box_5")
        + '&", code G.")))'
    ),
    "letter_asks": (
        '=IF(letter_form="","","Please compare this with your records. If they agree with ours, please issue a'
        ' corrected "&letter_form&" to the recipient and to the IRS; if they do not, please send the dates and'
        ' amounts that your records show.")'
    ),
    "letter_by": (
        '=IF(letter_form="","",IF(return_filed="","The return for "&tax_year&" is due "&TEXT(forms_return_due,'
        '"mmm d, yyyy")&": please answer before it is filed. Without a corrected form by then it may have to be'
        ' prepared from the records.","The return for "&tax_year&" was filed on "&TEXT(return_filed,"mmm d,'
        ' yyyy")&". A corrected form may lead to an amended return (Form 1040-X), in general possible until "&'
        'TEXT(EDATE(MAX(forms_return_due,return_filed),months_to_amend),"mmm d, yyyy")&"."))'
    ),
    "letter_closing": f'=IF(letter_form="","","{CLOSING}")',
}


def add_letter(sheet: Sheet, row: int) -> int:
    """One letter on the printed page, of the kind chosen on Inputs or the first that is needed; the next free row."""
    _workings(sheet)
    sheet.page_breaks.append(row)
    sheet.section(row, 0, "Letter", 5)
    sheet.put(
        row + 1,
        0,
        '=IF(letter_form="",IF(letter_wanted="","No letter is needed: nothing is off in the forms that came.",'
        '"Nothing is off in "&letter_wanted&" as it came: no letter."),IF(letter_others=0,"A draft, to be read'
        ' before it is sent.","A draft, to be read before it is sent. Inputs chooses the letter; one is needed'
        ' for another kind too."))',
        "note",
    )
    lines = [
        ("To", "letter_to", 0),
        ("About", "letter_about", 0),
        ("Received", "letter_received", 0),
        ("Our records", "letter_records", 1),
        ("What is off", "letter_off", 2),
        ("Request", "letter_asks", 3),
        ("By when", "letter_by", 4),
        ("", "letter_closing", 5),
    ]
    at = row + 3
    for label, name, height in lines:
        sheet.put(at, 0, f'=IF(letter_form="","","{label}")' if label else None, "letter_label")
        sheet.put(at, 1, f"={name}", "letter")
        for column in range(2, 5):
            sheet.put(at, column, None, "letter")
        # A paragraph of text that nobody sorts or refers to.
        sheet.merges.append((at, 1, at, 4))
        sheet.heights[at] = 20 if name in ("letter_to", "letter_about") else PARAGRAPH[height]
        at += 1
    sheet.put(at + 1, 1, '=IF(letter_form="","","Signed, date: ______________________________")', "text")
    return at + 2


def _workings(sheet: Sheet) -> None:
    """Which letter, the forms it is about, and its paragraphs."""
    column = COLUMN
    sheet.put(WORK_ROW - 1, column, "Workings: letter", "work_section")
    block = Columns(sheet, WORK_ROW, MOST_FORMS, column, prefix="letter_")
    block.place(["n", *LINES])
    block.fill("n", "Row", list(range(1, MOST_FORMS + 1)), "work_number", "work_head")
    for key, (head, style, formula) in LINES.items():
        block.fill(key, head, formula, style, "work_head")
    row = WORK_ROW + MOST_FORMS + 3
    sheet.row(row - 1, column, ["Kind", "Addressee", "Wrong, off"], "work_head_left")
    for line, (kind, addressee) in enumerate(ADDRESSEES.items(), start=row):
        sheet.put(line, column, kind, "work_text")
        sheet.put(line, column + 1, addressee, "work_text")
        here = f"${column_letters(column)}{line + 1}"
        faults = f'=SUMPRODUCT((came_form={here})*(came_own<>""))+SUMPRODUCT((tie_kinds={here})*(off_by<>0))'
        sheet.put(line, column + 2, faults, "work_number")
    kinds = len(ADDRESSEES)
    for name, place in (("letter_kinds", 0), ("letter_addressees", 1), ("letter_faults", 2)):
        sheet.named(name, row, column + place, kinds)
    row += kinds + 1
    joined = "&".join(address(WORK_ROW + 1 + line, block.where["shows"]) for line in range(MOST_FORMS))
    own = "&".join(address(WORK_ROW + 1 + line, block.where["says"]) for line in range(MOST_FORMS))
    sums = "&".join(
        f'IF(letter_form="{tie.kind}",IF({words}="","",{words}&" "),"")'
        for tie, words in zip(SUMS, (address(TIES_ROW + 1 + p, TIE_COLUMN + 5) for p in range(len(SUMS))), strict=True)
    )
    first_needed = "INDEX(letter_kinds,MATCH(1,letter_ones,0))"
    more: list[tuple[str, str]] = [
        (
            "letter_form",
            '=IF(letter_wanted<>"",IF(INDEX(letter_faults,MATCH(letter_wanted,letter_kinds,0))>0,letter_wanted,""),'
            f'IFERROR({first_needed},""))',
        ),
        ("letter_others", '=IF(letter_form="",0,COUNTIF(letter_faults,">0")-1)'),
        (
            "letter_payer",
            '=IF(letter_form="","",INDEX(came_payer,IFERROR(MATCH(1,letter_wrong,0),MATCH(1,letter_mine,0))))',
        ),
        ("letter_shown", f"={joined}"),
        ("letter_off", f'=IF(letter_form="","",{own}&{sums})'),
    ]
    for line, (name, formula) in enumerate([*more, *WORDS.items()], start=row):
        sheet.put(line, column, name, "work_text")
        sheet.put(line, column + 2, formula, "work_text")
        sheet.named(name, line, column + 2)
    for line in range(kinds):
        at = WORK_ROW + MOST_FORMS + 3 + line
        sheet.put(at, column + 3, f"=IF({address(at, column + 2)}>0,1,0)", "work_number")
    sheet.named("letter_ones", WORK_ROW + MOST_FORMS + 3, column + 3, kinds)
    sheet.widths |= {column: 16, column + 1: 24, column + 2: 20, column + 3: 20, column + 4: 20}
