"""The short lists of Inputs made ready for formulas, and their marks for the stamp of the elections."""

from __future__ import annotations

from mbr_workbooks.sheet import Columns, Sheet, address
from mbr_xl.household import MOST_LEAVES, MOST_RAISES, MOST_TIERS

LABEL, NAME, VALUE = 1, 2, 3  # columns of the Inputs sheet
TIER_LISTS = ("match_tiers", "match_or", "match_tiers_after", "match_or_after")
LINES = {
    "raise": "raise_line",
    "leave": "leave_line",
    "match": "tier_line",
    "payment": "payment_line",
    "election": "election_line",
}


def add_lists_ready(sheet: Sheet, row: int) -> None:
    """Lists made ready: raises and leaves with a line for what holds before the first, and the marks of all lists."""
    sheet.put(row, LABEL, "Workings: raises and leave made ready", "work_section")
    raises = Columns(sheet, row + 1, MOST_RAISES + 1, LABEL)
    raises.place(["line", "from", "salary", "fault"])
    raises.fill("line", "Line", list(range(MOST_RAISES + 1)), "work_number", "work_head")
    no_raise = 'IF(INDEX(raise_start,MAX(1,{line}))=""'
    raises.fill(
        "from",
        "From",
        f"=IF({{line}}=0,0,{no_raise},{{from-}},INDEX(raise_start,{{line}})))",
        "work_date",
        "work_head",
    )
    raises.fill(
        "salary",
        "Annual salary",
        f"=IF({{line}}=0,N(annual_salary),{no_raise},{{salary-}},N(INDEX(raise_annual_salary,{{line}}))))",
        "work_money",
        "work_head",
    )
    raises.fill(
        "fault",
        "Fault",
        '=IF({line}=0,0,IF(INDEX(raise_start,MAX(1,{line}))="",IF(INDEX(raise_annual_salary,MAX(1,{line}))="",0,1),'
        'IF(OR(INDEX(raise_annual_salary,{line})="",INDEX(raise_start,{line})<={from-}),1,0)))',
        "work_number",
        "work_head",
    )
    sheet.named("raise_line", row + 3, raises.where["line"], MOST_RAISES)
    sheet.named("raise_faults", row + 2, raises.where["fault"], MOST_RAISES + 1)
    sheet.named("raise_from", row + 2, raises.where["from"], MOST_RAISES + 1)
    sheet.named("raise_salary_from", row + 2, raises.where["salary"], MOST_RAISES + 1)
    row += MOST_RAISES + 4
    leaves = Columns(sheet, row, MOST_LEAVES, LABEL)
    leaves.place(["line", "start", "end", "share", "fault"])
    leaves.fill("line", "Leave", list(range(1, MOST_LEAVES + 1)), "work_number", "work_head")
    for key, head, name in (("start", "From", "leave_start"), ("end", "Until", "leave_end")):
        leaves.fill(key, head, f"=N(INDEX({name},{{line}}))", "work_date", "work_head")
    leaves.fill(
        "share",
        "Cells given",
        "=COUNT(INDEX(leave_start,{line}),INDEX(leave_end,{line}),INDEX(leave_share_paid,{line}))",
        "work_number",
        "work_head",
    )
    leaves.fill(
        "fault",
        "Fault",
        "=IF({share}=0,0,IF({share}<leave_cells,1,IF({end}<{start},1,"
        'IF(SUMPRODUCT((leave_start<>"")*(leave_start<={end})*(leave_end>={start}))>1,1,0))))',
        "work_number",
        "work_head",
    )
    sheet.named("leave_line", row + 1, leaves.where["line"], MOST_LEAVES)
    sheet.named("leave_faults", row + 1, leaves.where["fault"], MOST_LEAVES)
    row += MOST_LEAVES + 2
    sheet.put(row, LABEL, "Workings: match tiers", "work_section")
    row += 1
    tiers = Columns(sheet, row, MOST_TIERS, LABEL)
    tiers.place(["tier", *TIER_LISTS])
    tiers.fill("tier", "Tier", list(range(1, MOST_TIERS + 1)), "work_number", "work_head")
    for name in TIER_LISTS:
        kind, rate, share, amount = (f"INDEX({name}_{part},{{tier}})" for part in ("kind", "rate", "share", "dollars"))
        tiers.fill(
            name,
            f"{name}: fault",
            f'=IF({kind}="",IF(COUNT({rate},{share},{amount})=0,0,1),IF(OR({rate}="",'
            f'AND(OR({kind}="share",{kind}="award"),{share}=""),AND({kind}="dollars",{amount}="")),1,0))',
            "work_number",
            "work_head",
        )
    # Shares come to more than all pay, or a width is 0, a line each for the four lists.
    row += MOST_TIERS + 2
    widths = Columns(sheet, row, 1, LABEL + 1)
    widths.place([f"{name}_width" for name in TIER_LISTS])
    for name in TIER_LISTS:
        widths.fill(
            f"{name}_width",
            f"{name}: widths",
            f'=IF(ROUND(SUMPRODUCT(({name}_kind="share")*{name}_share),6)>1,1,0)'
            f'+SUMPRODUCT((({name}_kind="share")+({name}_kind="award"))*({name}_share<>"")*({name}_share=0))'
            f'+SUMPRODUCT(({name}_kind="dollars")*({name}_dollars<>"")*({name}_dollars=0))',
            "work_number",
            "work_head",
        )
    sheet.named("tier_widths", row + 1, LABEL + 1, 1, len(TIER_LISTS))
    row -= MOST_TIERS + 2
    sheet.named("tier_line", row + 1, tiers.where["tier"], MOST_TIERS)
    sheet.named("tier_faults", row + 1, tiers.where[TIER_LISTS[0]], MOST_TIERS, len(TIER_LISTS))
    row += MOST_TIERS + 5
    sheet.put(row, LABEL, "Workings: marks of the lists, for the stamp of the elections", "work_section")
    lists = [
        "raise_start",
        "raise_annual_salary",
        "leave_start",
        "leave_end",
        "leave_share_paid",
        *(f"{tiers}_{part}" for tiers in TIER_LISTS for part in ("rate", "share", "dollars")),
        "payment_date",
        "payment_amount",
        *(f"election_{kind}_{what}" for kind in ("base", "bonus", "commission") for what in ("pretax", "roth")),
    ]
    words = [
        *(f"{tiers}_kind" for tiers in TIER_LISTS),
        "payment_kind",
        "payment_separate",
        "payment_in_plan_pay",
        "payment_in_match_pay",
        "payment_in_additions_pay",
    ]
    first = row + 1
    for line, name in enumerate((*lists, *words)):
        sheet.put(first + line, LABEL, name, "work_text")
        place = next(line for prefix, line in LINES.items() if name.startswith(prefix))
        # Its place within the list counts, by the line numbers beside the list: not every program gives ROW of a range
        # as an array. A blank is not the word "": only cells that hold one of the words count.
        worth = (
            f"MOD(ROUND({name}*million,0),stamp_prime)"
            if name in lists
            else f'ISNUMBER(MATCH({name},words,0))*(LEN({name})+CODE({name}&"-"))'
        )
        sheet.put(
            first + line,
            NAME,
            f"=MOD(SUMPRODUCT({worth}*{place})*{address(first + line, VALUE)},stamp_prime)",
            "work_number",
        )
        sheet.put(first + line, VALUE, line + 1, "work_number")
    sheet.named("list_marks", first, NAME, len(lists) + len(words))
