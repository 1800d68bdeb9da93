"""Elections: the verdict, the rates by date, and the best pair."""

from __future__ import annotations

from dataclasses import fields

from mbr_workbooks.sheet import Columns, Condition, Sheet, Table, Validation, address, area
from mbr_workbooks.sheets.best_pair import add_best_pair
from mbr_workbooks.sheets.common import heading
from mbr_xl.household import MOST_ELECTIONS, Election, Household
from mbr_xl.money import WHOLE

HEAD_ROW = 19
TABLE_HEAD = HEAD_ROW + MOST_ELECTIONS + 6
RATES = tuple(field.name for field in fields(Election) if field.name != "start")
WORKINGS = len(RATES) + 2
# What a client wants to know of each column.
COLUMN_WORDS = (
    ("Pre-tax", "Lowers taxable pay now; taxed when withdrawn. Shares the deferral limit, 402(g), with Roth."),
    ("Roth", "Taxed now; distributions are tax-free if qualified. Shares the deferral limit with pre-tax."),
    (
        "After-tax",
        "Taxed now; counts to the annual additions limit, 415(c), not to the deferral limit. This is what converts.",
    ),
)


def elections_sheet(household: Household | None, stamp: float | None) -> Sheet:
    sheet = Sheet("Elections", tab_color="#D9A400", landscape=True)
    heading(
        sheet,
        "Elections",
        '="What is elected by date, whether all of it fits, and the whole-"&IF(in_dollars=1,"dollar","percent")&'
        '" pair that fits best."',
        home=WORKINGS - 2,
    )
    sheet.widths = {0: 15, **dict.fromkeys(range(1, WORKINGS - 1), 14.5), WORKINGS - 1: 3}
    sheet.widths |= {WORKINGS: 13, WORKINGS + 1: 13}
    sheet.widths |= dict.fromkeys(range(WORKINGS + 2, WORKINGS + 2 + len(RATES)), 18)
    fault = WORKINGS + 2 + len(RATES)
    sheet.widths |= {fault: 10, fault + 1: 44, fault + 2: 10, fault + 3: 60}
    _verdict(sheet, stamp)
    _rates(sheet, household)
    add_best_pair(sheet, TABLE_HEAD, WORKINGS + 2)
    sheet.print_area = area(0, 0, TABLE_HEAD - 2, WORKINGS - 1)  # the table of every whole percent is for the screen
    return sheet


def _head(rate: str) -> str:
    """base_after_tax is headed "Base after-tax"."""
    kind, what = rate.split("_", 1)
    return f"{kind.capitalize()} {({'pretax': 'pre-tax', 'roth': 'Roth', 'after_tax': 'after-tax'})[what]}"


def _verdict(sheet: Sheet, stamp: float | None) -> None:
    sheet.put(4, 0, "=IF(plan_ready=0,words_not_ready,words_best)", "headline_wide")
    sheet.put(5, 0, '=IF(plan_ready=0,"",words_safe)', "text")
    lines: list[tuple[str, str, str, str]] = [
        (
            '="Best election, "&IF(separate_elections="yes","base pay","all pay")',
            "best_election_base",
            "=INDEX(step_rate,best_line)",
            "percent",
        ),
        ("Best election, bonus", "best_election_bonus", "=INDEX(step_bonus_rate,best_line)", "percent"),
        (
            "After-tax for the year with it",
            "best_after_tax",
            "=ROUND(N(ytd_after_tax)+fixed_after_tax+INDEX(step_total,best_line),2)",
            "dollars",
        ),
        ("Room it leaves", "best_unused", "=MAX(0,ROUND(after_tax_room-best_after_tax,2))", "dollars"),
    ]
    for line, (label, name, formula, style) in enumerate(lines):
        sheet.put(7 + line, 0, label, "label")
        sheet.put(7 + line, 3, formula, style)
        sheet.named(name, 7 + line, 3)
    sheet.conditions.append(Condition(area(7, 3, len(lines)), "=plan_ready=0", "hidden"))
    sheet.conditions.append(Condition(address(8, 3), '=separate_elections<>"yes"', "hidden"))
    sheet.conditions.append(Condition(area(7, 3, 2), "=in_dollars=1", "each_pay"))
    sheet.put(7, 6, "Inputs as they are now, in one number", "label")
    sheet.put(7, 9, "=MOD(SUM(input_marks)+SUM(list_marks),stamp_prime)", "stamp")
    sheet.put(8, 6, "▸ Inputs when these elections were chosen", "label")
    sheet.put(8, 9, stamp, "input_whole")
    sheet.put(
        9, 6, '=IF(elections_stamp="","",IF(elections_stamp=inputs_stamp,"","Inputs changed: look again"))', "text"
    )
    sheet.put(10, 6, "Elections decided: type the upper number into the lower cell.", "note")
    sheet.named("inputs_stamp", 7, 9)
    sheet.named("elections_stamp", 8, 9)
    sheet.named("elections_current", 9, 6)
    sheet.conditions.append(Condition("G10", '=elections_current<>""', "bad"))
    sheet.validations.append(
        Validation(
            "J9",
            "whole",
            "Inputs when chosen",
            "The number above it, typed once the elections are decided (mbr-xl solve does it): a later change of inputs"
            " then shows. Blank: nothing is compared.",
            least=0,
            most=999999,
        )
    )


def _rates(sheet: Sheet, household: Household | None) -> None:
    sheet.section(HEAD_ROW - 7, 0, "Elections by date", WORKINGS - 1)
    for line, (what, about) in enumerate(COLUMN_WORDS):
        sheet.put(HEAD_ROW - 6 + line, 0, what, "label_bold")
        sheet.put(HEAD_ROW - 6 + line, 1, about, "text")
    sheet.put(HEAD_ROW - 3, 0, "Applies to", "label_bold")
    sheet.put(
        HEAD_ROW - 3,
        1,
        '=IF(separate_elections="yes","Base: salary and overtime. Bonus: bonus, vests, sign-on, retention, other.'
        ' Commission: commission.","The base columns apply to all pay; bonus and commission columns count only where'
        ' the plan takes separate elections (Inputs).")',
        "text",
    )
    sheet.put(
        HEAD_ROW - 1,
        0,
        '="A line holds from the first pay on or after its date; a blank leaves it as it was. Dates ascending."'
        '&IF(in_dollars=1," In dollars of each pay.","")'
        '&IF(spill_over="deferral continues"," Deferral beyond the limit goes on as after-tax.",'
        'IF(spill_over="starts at the limit"," After-tax begins with the pay that fills the deferral limit.",""))',
        "note",
    )
    others = area(HEAD_ROW + 1, 4, MOST_ELECTIONS, len(RATES) - 3)
    sheet.conditions.append(Condition(others, '=AND(separate_elections<>"yes",in_dollars=1)', "off_cents"))
    sheet.conditions.append(Condition(others, '=separate_elections<>"yes"', "off"))
    every = area(HEAD_ROW + 1, 1, MOST_ELECTIONS, len(RATES))
    sheet.conditions.append(Condition(every, "=in_dollars=1", "each_pay_cents"))
    columns = ("From", *(_head(name) for name in RATES))
    unit = 100 if household and household.election_unit == "dollars" else WHOLE
    for line in range(MOST_ELECTIONS):
        row = HEAD_ROW + 1 + line
        election = household.elections[line] if household and line < len(household.elections) else None
        sheet.put(row, 0, election.start if election else None, "input_date")
        for column, name in enumerate(RATES, start=1):
            rate = getattr(election, name) if election else None
            sheet.put(row, column, None if rate is None else rate / unit, "input_rate")
    sheet.heights[HEAD_ROW] = 32
    for column, name in enumerate(("start", *RATES)):
        sheet.named(f"election_{name}", HEAD_ROW + 1, column, MOST_ELECTIONS)
    sheet.tables.append(Table("tblElections", area(HEAD_ROW, 0, MOST_ELECTIONS + 1, len(columns)), columns))
    sheet.validations += [
        Validation(area(HEAD_ROW + 1, 0, MOST_ELECTIONS), "date", "From", "First pay date that the rates apply to."),
        Validation(
            area(HEAD_ROW + 1, 1, MOST_ELECTIONS, len(RATES)),
            "election",
            "Election",
            "Share of that pay, such as 11%, or, where Inputs say dollars, dollars of each; blank: unchanged.",
        ),
    ]
    # The rates in force, every blank filled from the line above; the first line is before any election.
    sheet.put(HEAD_ROW - 1, WORKINGS, "Workings: rates in force", "work_section")
    block = Columns(sheet, HEAD_ROW, MOST_ELECTIONS + 1, WORKINGS)
    block.place(["line", "from", *RATES, "fault", "words", "changes", "later"])
    block.fill("line", "Line", list(range(MOST_ELECTIONS + 1)), "work_number", "work_head")
    filled = '=IF({{line}}=0,0,IF(INDEX({name},MAX(1,{{line}}))="",{{{key}-}},INDEX({name},{{line}})))'
    block.fill("from", "From", filled.format(name="election_start", key="from"), "work_date", "work_head")
    for name in RATES:
        block.fill(name, name, filled.format(name=f"election_{name}", key=name), "work_rate", "work_head")
    block.fill(
        "fault",
        "Out of order",
        '=IF({line}=0,0,IF(INDEX(election_start,MAX(1,{line}))="",0,IF(INDEX(election_start,{line})>{from-},0,1)))',
        "work_number",
        "work_head",
    )
    each = '&IF(in_dollars=1," each time","")'
    base, bonus = _rate("{base_after_tax}"), _rate("{bonus_after_tax}")
    block.fill(
        "words",
        "After-tax in words",
        f'=IF(separate_elections="yes",IF(SUM(pay_change_base)=0,"",{base}&" of base pay"{each})'
        '&IF(SUM(pay_change_base)*SUM(pay_change_bonus)=0,""," and ")'
        f'&IF(SUM(pay_change_bonus)=0,"",{bonus}&" of bonus"{each}),{base}&" of all pay"{each})',
        "work_text",
        "work_head",
    )
    changes = 'IF(INDEX(election_start,MAX(1,{line}))="",FALSE,AND({from}>change_date,{words}<>{words-}))'
    block.fill(
        "changes", "Changes to come", f"=IF({{line}}=0,0,{{changes-}}+IF({changes},1,0))", "work_number", "work_head"
    )
    change = 'TEXT({from},"ddd, mmm d, yyyy")&": "&{words}'
    block.fill(
        "later",
        "Changes to come, in words",
        '=IF({line}=0,"",IF({changes}={changes-},{later-},IF({changes}=1,"From "&' + change + ",IF({changes}=1+1,"
        '{later-}&"; from "&' + change + ',IF({changes}=1+1+1,{later-}&"; and more",{later-})))))',
        "work_text",
        "work_head",
    )
    sheet.named("rates_words", HEAD_ROW + 1, block.where["words"], MOST_ELECTIONS + 1)
    sheet.named("words_later", HEAD_ROW + 1 + MOST_ELECTIONS, block.where["later"])
    sheet.named("election_line", HEAD_ROW + 2, block.where["line"], MOST_ELECTIONS)
    sheet.named("election_faults", HEAD_ROW + 1, block.where["fault"], MOST_ELECTIONS + 1)
    sheet.named("election_other_rates", HEAD_ROW + 1, 4, MOST_ELECTIONS, len(RATES) - 3)
    sheet.named("election_rates", HEAD_ROW + 1, 1, MOST_ELECTIONS, len(RATES))
    sheet.named("rates_from", HEAD_ROW + 1, block.where["from"], MOST_ELECTIONS + 1)
    sheet.named("rates_table", HEAD_ROW + 1, block.where[RATES[0]], MOST_ELECTIONS + 1, len(RATES))
    sheet.named("rates_heads", HEAD_ROW, block.where[RATES[0]], 1, len(RATES))


def _rate(cell: str) -> str:
    """A rate as words have it: 11%, 11.25%, or dollars of each pay."""
    whole = f"ROUND({cell}*percent_steps,0)=ROUND({cell}*percent_steps,2)"
    return f'IF(in_dollars=1,TEXT({cell},"$#,##0"),TEXT({cell},IF({whole},"0%","0.##%")))'
