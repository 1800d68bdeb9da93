"""Elections: the verdict, the rates by date, and the table from which the best whole-percent pair is read.

Where elections are dollars of each pay, the same table lists whole dollars of base, from the last amount at which every
bonus is at its most: base beyond it brings more only by what bonuses cannot divide, and that repeats within as many
amounts as there are bonuses, fewer than the table has lines.
"""

from __future__ import annotations

from dataclasses import fields

from mbr_workbooks.sheet import Columns, Condition, Sheet, Table, Validation, address, area
from mbr_workbooks.sheets.common import heading
from mbr_xl.household import MOST_ELECTIONS, Election, Household
from mbr_xl.money import WHOLE

HEAD_ROW = 19
TABLE_HEAD = HEAD_ROW + MOST_ELECTIONS + 6
STEPS = 101
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
    sheet.widths |= {WORKINGS + 2 + len(RATES): 10}
    _verdict(sheet, stamp)
    _rates(sheet, household)
    _steps(sheet)
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
    sheet.put(7, 6, "Stamp of the inputs now", "label")
    sheet.put(7, 9, "=MOD(SUM(input_marks)+SUM(list_marks),stamp_prime)", "stamp")
    sheet.put(8, 6, "▸ Elections were chosen at stamp", "label")
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
            "Stamp",
            "The number above it, once the elections are decided: a later change of an input then shows. Blank: none.",
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
    block.place(["line", "from", *RATES, "fault"])
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
    sheet.named("election_line", HEAD_ROW + 2, block.where["line"], MOST_ELECTIONS)
    sheet.named("election_faults", HEAD_ROW + 1, block.where["fault"], MOST_ELECTIONS + 1)
    sheet.named("election_other_rates", HEAD_ROW + 1, 4, MOST_ELECTIONS, len(RATES) - 3)
    sheet.named("election_rates", HEAD_ROW + 1, 1, MOST_ELECTIONS, len(RATES))
    sheet.named("rates_from", HEAD_ROW + 1, block.where["from"], MOST_ELECTIONS + 1)
    sheet.named("rates_table", HEAD_ROW + 1, block.where[RATES[0]], MOST_ELECTIONS + 1, len(RATES))
    sheet.named("rates_heads", HEAD_ROW, block.where[RATES[0]], 1, len(RATES))


def _steps(sheet: Sheet) -> None:
    sheet.section(TABLE_HEAD - 2, 0, '=IF(in_dollars=1,"Whole dollars of each pay","Every whole percent")', 6)
    sheet.section(TABLE_HEAD - 2, 7, "What the best pair rests on", 5)
    sheet.put(
        TABLE_HEAD - 1,
        0,
        "What each election would bring, pay by pay, rounded as payroll does; best pair shaded.",
        "note",
    )
    block = Columns(sheet, TABLE_HEAD, STEPS, 0, prefix="step_")
    block.place(["rate", "base", "bonus", "bonus_line", "bonus_rate", "total"])
    block.where |= {"step": WORKINGS + 2, "beside": WORKINGS + 3}
    block.fill("rate", "Election", "=IF(in_dollars=1,first_dollars+{step},{step}/percent_steps)", "percent")
    block.fill(
        "base",
        "Base brings",
        "=IF(in_dollars=1,open_base_pays*{rate},ROUND(SUMPRODUCT(ROUND(pay_change_base*{rate},2)),2))",
        "dollars",
    )
    block.fill(
        "bonus",
        "Bonus brings",
        "=IF(in_dollars=1,open_bonus_pays*{beside},ROUND(SUMPRODUCT(ROUND(pay_change_bonus*{rate},2)),2))",
        "dollars",
    )
    # The most bonus that fits beside this base election; of equal sums the lowest election.
    room = "MATCH(ROUND(elections_target-{base},2)+half_cent,step_bonus,1)"
    block.fill(
        "bonus_line",
        "Line",
        "=IF(OR(ROUND({rate}-highest_base,6)>0,{base}>elections_target),0,IF(in_dollars=1,{step}+1,"
        f"MATCH(INDEX(step_bonus,MIN({room},highest_bonus_line)),step_bonus,0)))",
        "work_number",
    )
    block.fill(
        "bonus_rate",
        "With bonus",
        "=IF({bonus_line}=0,0,IF(in_dollars=1,{beside},INDEX(step_rate,{bonus_line})))",
        "line_percent",
    )
    block.fill(
        "total", "Together", "=IF({bonus_line}=0,-1,ROUND({base}+INDEX(step_bonus,{bonus_line}),2))", "line_positive"
    )
    block.fill("step", "Step", list(range(STEPS)), "work_number", "work_head")
    block.fill(
        "beside",
        "Dollars of bonus beside it",
        "=IF(in_dollars*open_bonus_pays=0,0,MAX(0,MIN(highest_bonus,"
        "INT(ROUND(elections_target-{base},2)/open_bonus_pays))))",
        "work_number",
        "work_head",
    )
    dollars = Condition(area(TABLE_HEAD + 1, 0, STEPS), "=in_dollars=1", "each_pay")
    sheet.conditions += [dollars, Condition(area(TABLE_HEAD + 1, 4, STEPS), "=in_dollars=1", "each_pay")]
    row = TABLE_HEAD + 2
    sheet.conditions.append(
        Condition(area(TABLE_HEAD + 1, 0, STEPS, 6), f"=ROW(A{row})-ROW(step_rate)+1=best_line", "chosen")
    )
    sheet.conditions.append(Condition(area(TABLE_HEAD + 1, 3, STEPS, 3), f"=$D{row}=0", "muted"))
    lines = [
        ("After-tax that a new election leaves as it is", "fixed_after_tax", "=ROUND(SUM(pay_fixed),2)", "dollars"),
        (
            "Match to reserve beyond what is planned",
            "reserve_match",
            '=IF(match_after_tax="yes",MAX(0,ROUND(full_match-total_match-true_up_due,2)),0)',
            "dollars",
        ),
        (
            "Room the best election may fill",
            "elections_target",
            "=MAX(0,ROUND(MAX(0,MIN(limit_room-reserve_match,cap_dollars,cap_of_pay))-ytd_after_tax-fixed_after_tax-cushion,2))",
            "dollars",
        ),
        (
            "Highest election, base",
            "highest_base",
            "=IF(SUM(pay_change_base)=0,0,IF(in_dollars=1,INT(ROUND(MIN(pay_most_base),2)),INT(ROUND("
            "MIN(cap_base_used,MIN(pay_spare_base))*percent_steps,6))/percent_steps))",
            "percent",
        ),
        (
            "Highest election, bonus",
            "highest_bonus",
            "=IF(SUM(pay_change_bonus)=0,0,IF(in_dollars=1,INT(ROUND(MIN(pay_most_bonus),2)),INT(ROUND("
            "MIN(cap_bonus_used,MIN(pay_spare_bonus))*percent_steps,6))/percent_steps))",
            "percent",
        ),
        (
            "Its line in the table",
            "highest_bonus_line",
            "=IF(in_dollars=1,1,MATCH(highest_bonus,step_rate,0))",
            "work_number",
        ),
        ("Line of the best pair", "best_line", "=MATCH(MAX(step_total),step_total,0)", "work_number"),
        ("Base pays that it reaches", "open_base_pays", '=COUNTIF(pay_change_base,">0")', "number"),
        ("Bonus pays that it reaches", "open_bonus_pays", '=COUNTIF(pay_change_bonus,">0")', "number"),
        (
            "Dollars of base in the first line",
            "first_dollars",
            (
                "=IF(OR(in_dollars=0,open_base_pays=0),0,MAX(0,MIN(highest_base,"
                "INT(ROUND(elections_target-open_bonus_pays*highest_bonus,2)/open_base_pays))))"
            ),
            "work_number",
        ),
        ("Best base election, as a share", "best_base", "=IF(in_dollars=1,0,best_election_base)", "percent"),
        ("Best bonus election, as a share", "best_bonus", "=IF(in_dollars=1,0,best_election_bonus)", "percent"),
        ("Best base election, in dollars", "best_base_dollars", "=IF(in_dollars=1,best_election_base,0)", "dollars"),
        (
            "Best election, bonus, in dollars",
            "best_bonus_dollars",
            "=IF(in_dollars=1,best_election_bonus,0)",
            "dollars",
        ),
        (
            "First pay a new election reaches",
            "change_date",
            "=IFERROR(INDEX(pay_date,MATCH(1,pay_change,0)),0)",
            "date_or_none",
        ),
    ]
    for line, (label, name, formula, style) in enumerate(lines):
        sheet.put(TABLE_HEAD + 1 + line, 7, label, "label")
        sheet.put(TABLE_HEAD + 1 + line, 11, formula, style)
        sheet.named(name, TABLE_HEAD + 1 + line, 11)
