"""Backdoor: the ordinary backdoor Roth. Limits, Form 8606 as things stand, and with a roll-in to the 401(k)."""

from __future__ import annotations

from mbr_workbooks.sheet import Condition, Sheet, area, column_letters
from mbr_workbooks.sheets.checking.check_inputs import Check
from mbr_workbooks.sheets.checking.check_results import LOOK
from mbr_workbooks.sheets.common import heading
from mbr_workbooks.sheets.excess.block import LABEL, VALUE, Figure, add_block, add_workings, dollars_of, when_ready
from mbr_workbooks.sheets.excess.other_law import IRA_CONSTANTS, add_constants, add_ira_law
from mbr_xl.client import Client

ROLLED, SPOUSE, NOTE, WORK = 2, 3, 4, 6
GIVEN = "AND(plan_ready=1,iras_told=1)"

WORDS = (
    (
        '=IF(plan_ready=0,words_not_ready,IF(ira_value="","Fill in the December 31 value of all traditional, SEP and'
        ' SIMPLE IRAs on Inputs: 0 if there are none.",IF(iras_told=0,"The IRA facts contradict each other:'
        ' look at ira_late and ira_pretax on Inputs.",IF(N(ira_converted)=0,"No conversion is'
        ' entered.",IF(ira_taxable=0,'
        f'"The conversion of "&{dollars_of("ira_converted")}&" is not taxable.","Of the conversion of "&'
        f'{dollars_of("ira_converted")}&", "&{dollars_of("ira_taxable")}&" is taxable, for every IRA of the saver'
        f' counts.")))))'
    ),
    when_ready(
        f'IF(OR(iras_told=0,roll_in_saves=0),"","Rolling "&{dollars_of("roll_in_moved")}&" of pre-tax IRA money into'
        f' this 401(k) by December 31, "&tax_year&" would leave "&{dollars_of("rolled_taxable")}&" of the conversion'
        f' taxable, "&{dollars_of("roll_in_saves")}&" less tax"&IF(roll_in_accepted="yes",".",", if'
        ' the plan took it: ask."))'
    ),
    when_ready(
        'IF(iras_told=0,"",IF(ISNUMBER(direct_allowed),"Directly into a Roth IRA: at most "&TEXT(direct_allowed,'
        '"$#,##0.00")&" at this income. A conversion has no income limit.",IF(ISNUMBER(ira_most),"Fill in the filing'
        ' status and MAGI on Inputs to see what may go into a Roth IRA directly.","No IRA limit is'
        ' published for "&tax_year&'
        '".")))'
    ),
)
LIMITS = (
    Figure(
        "Most into IRAs this year",
        "ira_most",
        '=IF(iras_told=0,"",IF(ISNUMBER(ira_dollars),IF(ira_compensation="",ira_dollars,MIN(ira_dollars,'
        'ira_compensation)),""))',
        note="traditional and Roth together; never above compensation",
    ),
    Figure(
        "of it, not planned yet",
        "ira_left",
        '=IF(ISNUMBER(ira_most),MAX(0,ROUND(after_traditional-N(roth_ira_planned),2)),"")',
        note="after what is contributed and planned directly",
    ),
    Figure(
        "Directly into a Roth IRA",
        "direct_allowed",
        '=IF(ISNUMBER(ira_phased),MIN(ira_phased,after_traditional),"")',
        note="by income; what goes into traditional IRAs comes off",
    ),
    Figure(
        "Planned above the limits",
        "ira_excess",
        "=IF(ISNUMBER(ira_most),ROUND(MAX(0,N(ira_contributed)-ira_most)+MAX(0,N(roth_ira_planned)"
        '-IF(ISNUMBER(direct_allowed),direct_allowed,after_traditional)),2),"")',
        note="withdraw it with earnings by the return's due date",
    ),
    Figure(
        "Excise tax on it, each year",
        "ira_excise",
        '=IF(ISNUMBER(ira_excess),ROUND(ira_excess*excess_ira_rate,2),"")',
        note="6%, at most 6% of the accounts; 26 USC 4973",
    ),
)
# The form's lines; {n} is the cell of line n in the same column. Columns differ in whose facts they read, whether those
# are told, and what has been rolled in.
FORM: tuple[tuple[int, str, str], ...] = (
    (1, "Nondeductible contributions for the year", "=N({whose}ira_contributed)*{told}"),
    (2, "Basis of earlier years", "=N({whose}ira_basis)*{told}"),
    (3, "Together", "=ROUND({1}+{2},2)"),
    (4, "of line 1, made after December 31", "=N({whose}ira_late)*{told}"),
    (5, "Basis that counts", "=ROUND({3}-{4},2)"),
    (6, "Traditional, SEP and SIMPLE IRAs on December 31", "=ROUND(N({whose}ira_value)-{moved},2)"),
    (7, "Other withdrawals", "=N({whose}ira_distributed)*{told}"),
    (8, "Converted to Roth IRAs", "=N({whose}ira_converted)*{told}"),
    (9, "All of it", "=ROUND({6}+{7}+{8},2)"),
    (10, "Share that is basis", "=IF({9}=0,0,MIN({5},{9})/{9})"),
    (11, "Nontaxable part of the conversion", "=IF({9}=0,0,ROUND({8}*MIN({5},{9})/{9},2))"),
    (12, "Nontaxable part of the withdrawals", "=IF({9}=0,0,MIN(ROUND({7}*MIN({5},{9})/{9},2),ROUND({5}-{11},2)))"),
    (13, "Basis used", "=ROUND({11}+{12},2)"),
    (14, "Basis carried to next year", "=MAX(0,ROUND({3}-{13},2))"),
    (15, "Taxable part of the withdrawals", "=ROUND({7}-{12},2)"),
    (16, "Converted", "={8}"),
    (17, "Nontaxable part", "={11}"),
    (18, "Taxable part of the conversion", "=ROUND({16}-{17},2)"),
)
NAMED = {
    5: ("ira_basis_counted", "", ""),
    9: ("ira_all", "", ""),
    11: ("ira_nontaxable", "", ""),
    14: ("ira_basis_left", "rolled_basis_left", "spouse_ira_basis_left"),
    15: ("ira_other_taxable", "rolled_other_taxable", "spouse_ira_other_taxable"),
    18: ("ira_taxable", "rolled_taxable", "spouse_ira_taxable"),
}
COLUMNS = {
    VALUE: ("", "1", "0"),
    ROLLED: ("", "1", "roll_in_moved"),
    SPOUSE: ("spouse_", "spouse_told", "0"),
}
SETTINGS: dict[str, tuple[str, str, str]] = {
    "iras_told": (
        "The IRA facts can be used",
        '=IF(OR(ira_value="",N(ira_late)>N(ira_contributed),N(ira_pretax)>N(ira_value)),0,1)',
        "work_number",
    ),
    "spouse_told": (
        "The spouse's facts can be used",
        '=IF(OR(spouse_ira_value="",N(spouse_ira_late)>N(spouse_ira_contributed)),0,1)',
        "work_number",
    ),
    "ira_year": ("Line of the year", "=IFERROR(MATCH(tax_year,ira_years,0),0)", "work_number"),
    "ira_base": (
        "IRA limit",
        '=IF(ira_year=0,"",IF(ISNUMBER(INDEX(published_ira,MAX(1,ira_year))),INDEX(published_ira,MAX(1,ira_year)),'
        'IF(AND(use_projection="yes",tax_year=projected_year),projected_ira,"")))',
        "work_money",
    ),
    "ira_more": (
        "IRA catch-up",
        '=IF(ira_year=0,"",IF(ISNUMBER(INDEX(published_ira_catch_up,MAX(1,ira_year))),'
        "INDEX(published_ira_catch_up,MAX(1,ira_year)),"
        'IF(AND(use_projection="yes",tax_year=projected_year),projected_ira_catch_up,"")))',
        "work_money",
    ),
    "ira_dollars": (
        "Limit at this age",
        '=IF(AND(ISNUMBER(ira_base),ISNUMBER(ira_more)),ira_base+IF(age>=catch_up_age,ira_more,0),"")',
        "work_money",
    ),
    "after_traditional": (
        "left after traditional IRAs",
        "=IF(ISNUMBER(ira_most),MAX(0,ROUND(ira_most-N(ira_contributed),2)),0)",
        "work_money",
    ),
    "magi_used": (
        "Modified AGI",
        '=IF(magi<>"",magi,IF(tax_ready=1,IF(path_to_ira=1,roth_magi_to_ira,roth_magi_in_plan),""))',
        "work_money",
    ),
    "ira_band_column": (
        "Column of the phase-out",
        '=IF(filing_status="",0,MATCH(IF(OR(filing_status="mfj",filing_status="qss"),"joint",IF(filing_status="mfs",'
        '"separate","single")),ira_band_columns,0))',
        "work_number",
    ),
    "ira_band_start": (
        "Phase-out begins above",
        '=IF(OR(ira_year=0,ira_band_column=0),"",INDEX(ira_band_starts,MAX(1,ira_year),MAX(1,ira_band_column)))',
        "work_money",
    ),
    "ira_band_end": (
        "and ends at",
        '=IF(OR(ira_year=0,ira_band_column=0),"",INDEX(ira_band_ends,MAX(1,ira_year),MAX(1,ira_band_column)))',
        "work_money",
    ),
    "ira_phased": (
        "Limit by income",
        "=IF(AND(ISNUMBER(ira_most),ISNUMBER(ira_band_start),ISNUMBER(magi_used)),IF(magi_used<=ira_band_start,ira_most,"
        "IF(magi_used>=ira_band_end,0,MIN(ira_most,MAX(ira_least,"
        'ira_step*ROUNDUP(ROUND(ira_most*(ira_band_end-magi_used)/(ira_band_end-ira_band_start)/ira_step,8),0))))),"")',
        "work_money",
    ),
}


def backdoor_sheet(client: Client | None = None) -> Sheet:
    """The Backdoor sheet; all of it is formulas, so that a client changes nothing in it."""
    sheet = Sheet("Backdoor", tab_color="#B0703C", freeze=(3, 0), pages_tall=1)
    heading(sheet, "Backdoor", "The ordinary backdoor Roth: into a traditional IRA, then converted.", home=NOTE)
    sheet.widths = {0: 46, 1: 16, 2: 16, 3: 16, 4: 56, 5: 3, WORK: 36, WORK + 1: 14, WORK + 2: 22}
    sheet.widths |= dict.fromkeys(range(WORK + 3, WORK + 9), 12)
    source = "26 USC 219(b), 408A(c)(2), (3), 4973; Notices of the year. MAGI without income of IRA conversions."
    row = add_block(sheet, 4, "What may go into an IRA", WORDS, LIMITS, source, GIVEN, NOTE)
    row = _form(sheet, row)
    row = _roll_in(sheet, row)
    sheet.print_area = area(0, 0, row, NOTE + 1)
    below = add_workings(sheet, 4, WORK, "Workings: limits in use", SETTINGS)
    below = add_ira_law(sheet, below, WORK)
    add_constants(sheet, below, WORK, IRA_CONSTANTS)
    return sheet


def _form(sheet: Sheet, row: int) -> int:
    sheet.section(row, LABEL, "Form 8606, Parts I and II", NOTE + 1)
    head, first = row + 1, row + 2
    sheet.put(head, LABEL, "Line", "head_left")
    sheet.row(head, VALUE, ["As things stand", "With the roll-in", "Spouse"], "head")
    sheet.put(head, NOTE, "Note", "head_left_indented")
    for number, label, formula in FORM:
        line = first + number - 1
        sheet.put(line, LABEL, f"{number}  {label}", "label")
        for column, (whose, told, moved) in COLUMNS.items():
            letter = column_letters(column)
            content = formula.replace("{whose}", whose).replace("{told}", told).replace("{moved}", moved)
            for other in range(len(FORM), 0, -1):
                content = content.replace(f"{{{other}}}", f"{letter}{first + other}")
            sheet.put(line, column, content, "rate" if number == 10 else "dollars")
        for column, name in zip(COLUMNS, NAMED.get(number, ("", "", "")), strict=True):
            if name:
                sheet.named(name, line, column)
    sheet.named("ira_form", first, VALUE, len(FORM))
    sheet.named("rolled_form", first, ROLLED, len(FORM))
    sheet.named("spouse_form", first, SPOUSE, len(FORM))
    hide = Condition(area(first, SPOUSE, len(FORM)), "=NOT(AND(plan_ready=1,spouse_told=1))", "hidden")
    sheet.conditions.append(hide)
    sheet.conditions.append(Condition(area(first, VALUE, len(FORM), 2), f"=NOT({GIVEN})", "hidden"))
    row = first + len(FORM)
    notes = {
        1: "each spouse has a form",
        6: "401(k) money and the other spouse's IRAs never count",
        10: "exact; the form asks for three decimals or more",
    }
    for number, note in (notes | {14: "line 2 of next year's form", 18: "Form 1040, line 4b"}).items():
        sheet.put(first + number - 1, NOTE, note, "unit")
    sheet.put(row, LABEL, "26 USC 408(d)(1), (2), 72(e)(8); Form 8606.", "note")
    return row + 2


def _roll_in(sheet: Sheet, row: int) -> int:
    figures = (
        Figure(
            "Pre-tax money that would move",
            "roll_in_moved",
            '=IF(iras_told=0,0,MIN(IF(ira_pretax="",ira_value,ira_pretax),ira_value,'
            "MAX(0,ROUND(ira_all-ira_basis_counted,2))))",
            note="only what would be taxable may go into a 401(k)",
        ),
        Figure(
            "Tax as things stand",
            "ira_tax",
            "=ROUND((ira_taxable+ira_other_taxable)*(federal_rate+state_rate),2)",
            note="at the rates on Inputs, withdrawals included",
        ),
        Figure(
            "Tax with the roll-in",
            "rolled_tax",
            "=ROUND((rolled_taxable+rolled_other_taxable)*(federal_rate+state_rate),2)",
        ),
        Figure(
            "Tax less this year",
            "roll_in_saves",
            "=MAX(0,ROUND(ira_tax-rolled_tax,2))",
            note="the pre-tax money is taxed later, when it leaves the plan",
        ),
        Figure(
            "Spouse's tax on the spouse's form",
            "spouse_ira_tax",
            "=ROUND((spouse_ira_taxable+spouse_ira_other_taxable)*(federal_rate+state_rate),2)",
            note="0 if the spouse's value is blank; the roll-in is the saver's",
        ),
        Figure("Roll-in done by", "roll_in_by", "=year_end", "date", "line 6 looks at this day"),
        Figure(
            "This 401(k) takes it",
            "",
            '=IF(roll_in_accepted="","ask",roll_in_accepted)',
            "answer_text",
            "the plan document decides; no basis and no Roth IRA money",
        ),
    )
    source = "26 USC 408(d)(3)(A)(ii), (H). The pre-tax part goes first in a rollover to an employer's plan."
    return add_block(sheet, row, "With a roll-in to the 401(k)", (), figures, source, GIVEN, NOTE)


CHECKS: list[Check] = [
    (
        LOOK,
        "IRA facts agree, and the December 31 value is told",
        '=IF(AND(ira_value="",N(ira_converted)+N(ira_contributed)+N(ira_late)+N(ira_basis)+N(ira_distributed)=0),0,1-iras_told)'
        '+IF(AND(spouse_ira_value="",N(spouse_ira_converted)+N(spouse_ira_contributed)+N(spouse_ira_late)+N(spouse_ira_basis)'
        "+N(spouse_ira_distributed)=0),0,1-spouse_told)",
        "Give the December 31 value of the IRAs (and the spouse's), 0 if none; a part cannot be more than its whole.",
    ),
    (
        LOOK,
        "IRA contributions are within the limits",
        "=IF(ISNUMBER(ira_excess),IF(ira_excess>0,1,0),0)",
        "An excess costs 6% each year until it is withdrawn with its earnings: see Backdoor.",
    ),
    (
        LOOK,
        "The IRA conversion is free of tax",
        "=IF(iras_told=0,0,IF(ira_taxable>0,1,0))",
        "Pre-tax IRA money is in the pro rata: Backdoor shows what a roll-in by December 31 would change.",
    ),
    (
        LOOK,
        "No plan earnings go to a traditional IRA in a year of conversion",
        "=IF(AND(N(ira_converted)>0,total_to_traditional>0),1,0)",
        "Earnings sent there are in the December 31 value and make part of the IRA conversion taxable.",
    ),
]
