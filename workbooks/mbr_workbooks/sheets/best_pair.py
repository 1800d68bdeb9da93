"""The table from which the best whole-percent pair of base and bonus is read.

Where elections are dollars of each pay, the same table lists whole dollars of base, from the last amount at which every
bonus is at its most: base beyond it brings more only by what bonuses cannot divide, and that repeats within as many
amounts as there are bonuses, fewer than the table has lines.
"""

from __future__ import annotations

from mbr_workbooks.sheet import Columns, Condition, Sheet, area

STEPS = 101


def add_best_pair(sheet: Sheet, head: int, workings: int) -> None:
    """Writes the table under its head row, and what it rests on; its workings stand from that column on."""
    sheet.section(head - 2, 0, '=IF(in_dollars=1,"Whole dollars of each pay","Every whole percent")', 6)
    sheet.section(head - 2, 7, "What the best pair rests on", 5)
    sheet.put(
        head - 1,
        0,
        "What each election would bring, pay by pay, rounded as payroll does; best pair shaded.",
        "note",
    )
    block = Columns(sheet, head, STEPS, 0, prefix="step_")
    block.place(["rate", "base", "bonus", "bonus_line", "bonus_rate", "total"])
    block.where |= {"step": workings, "beside": workings + 1}
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
    dollars = Condition(area(head + 1, 0, STEPS), "=in_dollars=1", "each_pay")
    sheet.conditions += [dollars, Condition(area(head + 1, 4, STEPS), "=in_dollars=1", "each_pay")]
    row = head + 2
    sheet.conditions.append(
        Condition(area(head + 1, 0, STEPS, 6), f"=ROW(A{row})-ROW(step_rate)+1=best_line", "chosen")
    )
    sheet.conditions.append(Condition(area(head + 1, 3, STEPS, 3), f"=$D{row}=0", "muted"))
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
        sheet.put(head + 1 + line, 7, label, "label")
        sheet.put(head + 1 + line, 11, formula, style)
        sheet.named(name, head + 1 + line, 11)
    kept = ("Room is kept for all the match there can be;", "mbr-xl solve looks further.")
    for line, words in enumerate(kept, len(lines)):
        sheet.put(head + 1 + line, 7, f'=IF(match_after_tax="yes","{words}","")', "note")
