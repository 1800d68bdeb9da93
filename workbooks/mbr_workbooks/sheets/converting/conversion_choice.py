"""The best days for conversions where the plan lets fewer be than are wanted.

A table of the least waiting (dollars times days) by number of conversions and by the last of them; the days are read
from it, the last one first.
"""

from __future__ import annotations

from mbr_workbooks.sheet import Columns, Sheet, Value, column_letters
from mbr_workbooks.sheets.pays.pay import LINES as PAY_LINES

LINES = PAY_LINES + 1
MOST_CHOSEN = 12
FAR = 1e15  # above any dollars times days


def add_choice(sheet: Sheet, head_row: int, column: int) -> int:
    """Which of the offered days are used where the plan limits their number.

    A line a day, below a line that stands for "before the first"; column k holds the least dollars times days of k
    conversions of which the last is on that day.
    """
    sheet.put(head_row - 1, column, "Workings: the best of a limited number of days", "work_section")
    base = head_row + 1
    block = Columns(sheet, base, LINES, column)
    costs = [f"cost{k}" for k in range(MOST_CHOSEN + 1)]
    block.place(["k", "day", "there", "useful", "places", "wait", *costs])
    unused = "MATCH({k},choice_k,0)>choices"
    heads = {
        "k": "Line", "day": "Day", "there": "Cents that have come", "useful": "Brings some",
        "places": "Conversions allowed by then", "wait": "Days from the opening",
    }  # fmt: skip
    for key, head in heads.items():
        sheet.put(head_row, block.where[key], head, "work_head")
    block.fill("k", 0, list(range(1, LINES + 1)), "work_number", "work_number")
    formulas = {
        "day": ("work_date", "=IF({k}>choices,0,INDEX(sweep_offer,{k}))"),
        "there": (
            "work_number",
            f"=IF({unused},0,ROUND((carried_money+IF(AND(opening_ready>last_recorded,opening_ready<={{day}}),"
            "N(opening_value),0)+SUMPRODUCT((money_ready>last_recorded)*(money_ready<={day})*pay_after_tax))"
            "*cents_a_dollar,0))",
        ),
        "useful": ("work_number", f"=IF({unused},0,IF({{there}}>{{there-}},1,0))"),
        "places": (
            "work_number",
            f'=IF({unused},0,most_used-recorded_of_path-IF(counted_over="rolling 12 months",'
            'COUNTIF(earlier_date,">"&EDATE({day},-months_in_year)),earlier_of_year))',
        ),
        "wait": ("work_number", f"=IF({unused},0,{{day}}-opening_date)"),
    }
    for key, (style, formula) in formulas.items():
        block.fill(key, 0, formula, style, "work_number")
    sheet.named("choice_k", base + 1, block.where["k"], LINES)
    sheet.named("choice_useful", base + 1, block.where["useful"], LINES)
    sheet.named("choice_there", base + 1, block.where["there"], LINES)
    sheet.named("choice_wait", base + 1, block.where["wait"], LINES)
    for k, key in enumerate(costs):
        place = block.where[key]
        sheet.put(head_row, place, k, "work_head")
        formula = "=IF(MATCH({k},choice_k,0)>0,far_wait,0)"
        if k:
            number = f"{column_letters(place)}${head_row + 1}"
            before = f"{{{costs[k - 1]}^}}"
            formula = (
                f"=IF({unused},far_wait,IF(OR({{useful}}=0,{{places}}<{number}),far_wait,"
                f"SUMPRODUCT(MIN({before}-{{there^}}*{{wait}}))+{{there}}*{{wait}}))"
            )
        block.fill(key, "=far_wait" if k else 0, formula, "work_number", "work_number")
    sheet.named("choice_costs", base + 1, block.where["cost1"], LINES, MOST_CHOSEN)
    after = column + len(heads) + len(costs) + 1
    picks = Columns(sheet, head_row, MOST_CHOSEN, after, prefix="pick_")
    picks.place(["k", "cost", "line", "day"])
    sheet.put(head_row - 1, after, "Workings: days chosen, from the last one back", "work_section")
    picks.fill("k", "Conversion", list(range(1, MOST_CHOSEN + 1)), "work_number", "work_head")
    picks.fill(
        "cost",
        "Least wait of so many",
        "=IF(choice_last=0,far_wait,INDEX(choice_costs,MAX(1,choice_last),{k}))",
        "work_number",
        "work_head",
    )
    # The next one stands a line below; of equal choices the later day.
    picks.fill(
        "line",
        "Line",
        (
            "=IF({k}>picks,0,IF({k}=picks,choice_last,SUMPRODUCT(MAX((choice_k<{line+})*choice_useful"
            "*(INDEX(choice_costs,0,{k})+(INDEX(choice_there,MAX(1,{line+}))-choice_there)"
            "*INDEX(choice_wait,MAX(1,{line+}))=INDEX(choice_costs,MAX(1,{line+}),MIN({k}+1,most_chosen)))*choice_k))))"
        ),
        "work_number",
        "work_head",
    )
    picks.fill("day", "Day", "=IF({line}=0,0,INDEX(sweep_offer,MAX(1,{line})))", "work_date", "work_head")
    figures: tuple[tuple[str, str, Value], ...] = (
        ("Most that can be chosen", "most_chosen", MOST_CHOSEN),
        ("Days to choose from", "choices", "=IF(most_used=0,0,offers)"),
        ("Last day that brings some", "choice_last", "=SUMPRODUCT(MAX(choice_useful*choice_k))"),
        ("Days chosen", "picks", "=SUMPRODUCT((pick_cost<far_wait)*1)"),
    )
    for line, (label, name, content) in enumerate(figures):
        row = head_row + MOST_CHOSEN + 2 + line
        sheet.put(row, after, label, "work_text")
        sheet.put(row, after + 3, content, "work_number")
        sheet.named(name, row, after + 3)
    sheet.widths |= {**dict.fromkeys(range(column, after + 4), 12), column: 7, after - 1: 3}
    return after + 5
