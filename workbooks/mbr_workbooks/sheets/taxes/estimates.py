"""On the Tax sheet: estimated tax with its dates, and the withholding that would do instead."""

from __future__ import annotations

from mbr_workbooks.sheet import Columns, Condition, Sheet, area

WORK = 17  # the first column of the workings

ESTIMATE: list[tuple[str, str, str, str]] = [
    (
        "medicare_withheld",
        "0.9% withheld by law, this and spouse's pay",
        "=IF(tax_ready=0,0,ROUND(ROUND(ROUND(MAX(0,employer_wages-additional_medicare_above)*additional_medicare_rate,6),"
        "2)+ROUND(ROUND(MAX(0,spouse_employer_wages-additional_medicare_above)*additional_medicare_rate,6),2),2))",
        "dollars",
    ),
    (
        "tax_withheld",
        "Withheld over the year, with it",
        "=IF(tax_ready=0,0,ROUND(N(federal_withheld)+N(federal_to_come)+medicare_withheld,2))",
        "dollars",
    ),
    (
        "estimated_required",
        "Required annual payment",
        "=IF(OR(estimates_known=0,estimate_exempt=1,N(prior_tax)=0),0,MIN(of_this_year,of_last_year))",
        "dollars",
    ),
    (
        "estimated_why",
        "Set by",
        '=IF(estimates_known=0,"",IF(estimate_exempt=1,"less than "&TEXT(tax_too_small,"$#,##0")&" of tax is left after'
        ' withholding",IF(N(prior_tax)=0,"no tax last year",IF(of_this_year<=of_last_year,'
        'TEXT(INDEX(tax_current_share,MATCH(tax_year,tax_years,0)),"0%")&" of this year\'s tax",'
        'TEXT(prior_share,"0%")&" of last year\'s tax"))))',
        "answer_text",
    ),
    (
        "estimated_to_pay",
        "Estimates must bring",
        "=MAX(0,ROUND(estimated_required-tax_withheld,2))",
        "dollars",
    ),
    (
        "estimates_paid",
        "Estimates paid",
        "=IF(tax_ready=0,0,ROUND(N(estimate_april)+N(estimate_june)+N(estimate_september)+N(estimate_january),2))",
        "dollars",
    ),
    ("estimates_left", "Still to be paid", "=MAX(0,ROUND(estimated_to_pay-estimates_paid,2))", "answer"),
]
CURE: list[tuple[str, str, str, str]] = [
    ("cure_withholding", "More withholding that would do instead", "=MAX(0,instalment_cure)", "answer"),
    (
        "cure_pays",
        "Regular pays that can still carry it",
        '=IF(tax_ready=0,0,COUNTIFS(pay_kind,"base",pay_date,">="&MAX(IF(new_withholding_from="",N(change_from),'
        "new_withholding_from),MAX(paid_date)+1)))",
        "number",
    ),
    (
        "cure_per_pay",
        "On each, Form W-4, line 4(c), whole dollars",
        "=IF(cure_pays=0,0,ROUNDUP(cure_withholding/MAX(1,cure_pays),0))",
        "answer",
    ),
]
MONTHS = (4, 6, 9, 13)  # 13: January of the next year


def add_estimates(sheet: Sheet, row: int) -> int:
    """Puts the block under the line before `row`; gives the row after it."""
    title = (
        '="Estimated tax, federal"&IF(AND(tax_ready=1,estimates_known=0),": fill in last year\'s tax and income, and'
        ' the withholding","")'
    )
    sheet.section(row - 1, 0, title, 5)
    for line, (name, label, formula, style) in enumerate(ESTIMATE):
        # Words are wider than their column: they stand left, over the free cells beside it.
        sheet.put(row + line, 0, label, "label_bold" if style == "answer" else "label")
        sheet.put(row + line, 1, formula, "about" if style == "answer_text" else style)
        sheet.named(name, row + line, 1)
    values = [area(row, 1, len(ESTIMATE))]
    row += len(ESTIMATE) + 1
    values.append(area(row + 1, 1, len(MONTHS), 3))
    block = Columns(sheet, row, len(MONTHS), 0, prefix="instalment_")
    block.place(["due", "amount", "paid", "still_due"])
    block.column = WORK
    block.place(["month", "parts", "k", "left"])
    due = "=IF(estimates_known=0,0,WORKDAY(DATE(tax_year,{month},estimate_day)-1,1,tax_holidays))"
    block.fill("due", "Due", due, "line_date", "head_left")
    # Odd cents early: each date takes its part of what is left, rounded up.
    amount = "=ROUNDUP(ROUND((estimated_to_pay-SUM({amount^}))/{parts},6),2)"
    block.fill("amount", "Installment", amount, "dollars")
    quarters = ("april", "june", "september", "january")
    paid = [f"=IF(estimates_known=0,0,N(estimate_{quarter}))" for quarter in quarters]
    block.fill("paid", "Paid by then", paid, "dollars")
    still = "=IF(estimates_known=0,0,MAX(0,ROUND(SUM({amount$})-SUM({paid$}),2)))"
    block.fill("still_due", "Still due by then", still, "answer")
    block.fill("month", "Month", MONTHS, "work_number", "work_head")
    block.fill("parts", "Parts left", (4, 3, 2, 1), "work_number", "work_head")
    block.fill("k", "Parts due", (1, 2, 3, 4), "work_number", "work_head")
    # Withholding counts in equal parts: what would make this date whole, over the whole year.
    cure = "=ROUND(estimated_to_pay-ROWS(instalment_due)*SUM({paid$})/{k},2)"
    block.fill("left", "Cure", cure, "work_money", "work_head")
    sheet.put(row + len(MONTHS) + 1, WORK + 1, "The most", "work_text")
    sheet.put(row + len(MONTHS) + 1, WORK + 3, "=MAX(instalment_left)", "work_money")
    sheet.named("instalment_cure", row + len(MONTHS) + 1, WORK + 3)
    row += len(MONTHS) + 2
    values.append(area(row, 1, len(CURE)))
    sheet.conditions += [Condition(cells, "=estimates_known=0", "hidden") for cells in values]
    for line, (name, label, formula, style) in enumerate(CURE):
        sheet.put(row + line, 0, label, "label_bold" if style == "answer" else "label")
        sheet.put(row + line, 1, formula, style)
        sheet.named(name, row + line, 1)
    row += len(CURE)
    for line, note in enumerate(
        (
            "Withholding counts as paid in equal parts on the four dates, whenever it is withheld; estimates do not.",
            "The regular method, four equal parts, for income even over the year. State estimates are not computed.",
        )
    ):
        sheet.put(row + line, 0, note, "note")
    return row + 3
