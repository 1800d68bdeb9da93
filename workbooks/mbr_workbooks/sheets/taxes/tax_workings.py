"""Right of the Tax sheet's pages: the brackets in use, the return of each case line by line, and single figures."""

from __future__ import annotations

from mbr_workbooks.sheet import Columns, Sheet, Value
from mbr_workbooks.sheets.taxes.tax_tables import BRACKETS, GAINS
from mbr_xl.engine.taxes.roth_or_pretax import CASES

COLUMN, HEAD_ROW = 6, 4
FIGURES_ROW, BRACKETS_ROW = HEAD_ROW + len(CASES) + 3, HEAD_ROW + len(CASES) + 3
READY = "tax_ready"

# Which of the two things each case changes, in the order of CASES.
FLAGS: dict[str, tuple[str, tuple[int, int, int, int]]] = {
    "to_pretax": ("All pre-tax", (0, 1, 0, 0)),
    "to_roth": ("All Roth", (0, 0, 1, 0)),
    "converts": ("Converts", (1, 1, 1, 0)),
}

# A return, column by column: heading, style, formula.
RETURN: dict[str, tuple[str, str, str]] = {
    "pretax": (
        "Pre-tax deferrals",
        "work_money",
        '=IF({to_pretax}=1,ROUND(total_deferral-IF(roth_catch_up_required="yes",MIN(total_catch_up,total_roth),0),2),'
        'IF(AND({to_roth}=1,plan_has_roth<>"no"),0,total_pretax))',
    ),
    "conversion": ("Taxable conversion", "work_money", "={converts}*total_taxable"),
    "wages": (
        "Wages",
        "work_money",
        "=ROUND(MAX(0,ROUND(employer_wages-{pretax}-N(nqdc_deferred),2))+N(other_wages)+N(spouse_wages),2)",
    ),
    "medicare_wages": (
        "Medicare wages",
        "work_money",
        "=ROUND(employer_wages+N(other_wages)+spouse_employer_wages,2)",
    ),
    # What the plans return, pre-tax or Roth first, of what is deferred in this case.
    "pretax_back": (
        "Excess, pre-tax",
        "work_money",
        '=IF(excess_first="Roth",MAX(0,ROUND(excess_here-total_deferral+{pretax},2))+MAX(0,ROUND(excess_there'
        "-N(elsewhere_roth),2)),MIN(excess_here,{pretax})+MIN(excess_there,ROUND(N(elsewhere)-N(elsewhere_roth),2)))",
    ),
    "excess_taxed": ("Excess deferral", "work_money", "=ROUND({pretax_back}+back_in_year*N(excess_earnings),2)"),
    "ira_income": ("IRA income", "work_money", "=ROUND(ira_income_used+ira_withdrawals_taxed,2)"),
    "income": (
        "Total income",
        "work_money",
        "=ROUND({wages}+{excess_taxed}+{conversion}+{ira_income}+N(other_income)+invested_income,2)",
    ),
    "agi": ("Adjusted gross income", "work_money", "=ROUND({income}-N(adjustments),2)"),
    "deduction": ("Deduction", "work_money", '=IF(itemized="",standard_deduction,N(itemized))'),
    "senior": (
        "Senior deduction",
        "work_money",
        "=ROUND(N(seniors)*MAX(0,ROUND(senior_amount-ROUND(MAX(0,{agi}-senior_above)*senior_rate,2),2)),2)",
    ),
    "before": (
        "Before 0 is the floor",
        "work_money",
        "=ROUND({agi}-{deduction}-{senior}-N(other_deductions),2)",
    ),
    "taxable": ("Taxable income", "work_money", "=MAX(0,{before})"),
    "ordinary": ("of it ordinary", "work_money", "=MAX(0,ROUND({taxable}-N(qualified_income),2))"),
    # Rates step up at each floor: a sum of steps. Noise of binary fractions goes before the cent is rounded.
    "ordinary_tax": (
        "Tax on it",
        "work_money",
        "=ROUND(ROUND(SUMPRODUCT(({ordinary}>bracket_floor)*({ordinary}-bracket_floor)*bracket_step),6),2)",
    ),
    "gains_tax": (
        "Tax on gains",
        "work_money",
        "=ROUND(ROUND(SUMPRODUCT(({taxable}>gains_floor)*({taxable}-gains_floor)*gains_step)"
        "-SUMPRODUCT(({ordinary}>gains_floor)*({ordinary}-gains_floor)*gains_step),6),2)",
    ),
    "stacked": ("Both", "work_money", "=ROUND({ordinary_tax}+{gains_tax},2)"),
    "regular": (
        "Regular tax on all",
        "work_money",
        "=ROUND(ROUND(SUMPRODUCT(({taxable}>bracket_floor)*({taxable}-bracket_floor)*bracket_step),6),2)",
    ),
    "income_tax": ("Income tax", "work_money", "=MIN({stacked},{regular})"),
    "credits_used": ("Credits used", "work_money", "=MIN(N(tax_credits),{income_tax})"),
    "additional_medicare": (
        "0.9% tax",
        "work_money",
        "=ROUND(ROUND(MAX(0,{medicare_wages}-high_wages_above)*high_wages_rate,6),2)",
    ),
    "niit": (
        "3.8% tax",
        "work_money",
        "=ROUND(ROUND(MAX(0,MIN(invested_income,{agi}-niit_above))*niit_rate,6),2)",
    ),
    "total": (
        "Federal tax",
        "work_money",
        "=ROUND({income_tax}-{credits_used}+{additional_medicare}+{niit}+N(other_taxes),2)",
    ),
    "state_conversion": (
        "State, conversion",
        "work_money",
        "=ROUND(ROUND({conversion}*state_rate*state_share_used,8),2)",
    ),
    "state_saved": (
        "State, saved",
        "work_money",
        '=IF(state_taxes_deferrals="yes",0,ROUND(ROUND(ROUND({pretax}*state_rate,8),2)-ROUND(ROUND({pretax_back}*state_rate,8),2),2))',
    ),
    "net": ("Federal and state", "work_money", "=ROUND({total}+{state_conversion}-{state_saved},2)"),
    "change": ("Change", "work_money", "=ROUND({net}-INDEX(return_net,1),2)"),
    "uncovers": (
        "Rate under gains",
        "work_rate",
        "=IF({taxable}<N(qualified_income),LOOKUP({taxable},gains_floor,gains_rate),LOOKUP({ordinary},bracket_floor,"
        "bracket_rate)+LOOKUP({taxable},gains_floor,gains_rate)-LOOKUP({ordinary},gains_floor,gains_rate))",
    ),
    "plain": ("Rate without", "work_rate", "=LOOKUP({taxable},bracket_floor,bracket_rate)"),
    "grows": (
        "Taxable of a dollar",
        "work_rate",
        "=IF({before}<0,0,1+IF(AND({senior}>0,{agi}>=senior_above),N(seniors)*senior_rate,0))",
    ),
    "marginal_bracket": (
        "Next dollar, bracket",
        "work_rate",
        "=IF(N(tax_credits)>{income_tax},0,ROUND({grows}*IF({stacked}<{regular},{uncovers},IF({stacked}>{regular},"
        "{plain},MIN({uncovers},{plain}))),6))",
    ),
    "marginal_niit": (
        "Next dollar, 3.8%",
        "work_rate",
        "=IF(AND({agi}>=niit_above,ROUND({agi}-niit_above-invested_income,2)<0),niit_rate,0)",
    ),
    "marginal": ("Next dollar", "work_rate", "=ROUND({marginal_bracket}+{marginal_niit},6)"),
}


def _pick(name: str) -> str:
    return f"=IF(tax_row=0,0,INDEX({name},MAX(1,tax_row)))"


def _of_year(name: str) -> str:
    return f"=IF(tax_row=0,0,INDEX({name},MATCH(tax_year,tax_years,0)))"


# Single figures: label, formula, style; all 0 without a tax sheet.
FIGURES: dict[str, tuple[str, str, str]] = {
    "tax_row": (
        "Line of the tables on Limits",
        '=IF(filing_status="",0,IFERROR(MATCH(tax_year&" "&filing_status,tax_keys,0),0))',
        "work_number",
    ),
    "couple": (
        "Two persons may be on the return",
        '=IF(OR(filing_status="mfj",filing_status="mfs",filing_status="mfs_apart"),1,0)',
        "work_number",
    ),
    "tax_faults": (
        "Tax facts that contradict each other",
        '=IF(filing_status="",0,IF(AND(filing_status<>"mfj",N(spouse_wages)+N(spouse_medicare_wages)>0),1,0)'
        "+IF(N(adjustments_added_back)>N(adjustments),1,0)+IF(OR(N(seniors)>1+couple,N(blind_filers)>1+couple),1,0)"
        '+IF(AND(ira_value<>"",N(ira_late)>N(ira_contributed)),1,0)+IF(AND(filing_status="mfj",spouse_ira_value<>"",'
        "N(spouse_ira_late)>N(spouse_ira_contributed)),1,0)+facts_clash)",
        "work_number",
    ),
    "tax_ready": ("There is an answer", "=IF(AND(tax_row>0,tax_faults=0),1,0)", "work_number"),
    "gross_of_year": (
        "Gross pay of the year",
        '=ROUND(IF(gross_to_date="",N(ytd_additions_pay),N(gross_to_date))+SUM(pay_gross),2)',
        "work_money",
    ),
    "employer_wages": (
        "Medicare wages of this employer",
        "=MAX(0,ROUND(gross_of_year-N(wage_benefits),2))",
        "work_money",
    ),
    "spouse_employer_wages": (
        "Medicare wages of the spouse",
        '=IF(spouse_medicare_wages="",N(spouse_wages),N(spouse_medicare_wages))',
        "work_money",
    ),
    "invested_income": ("Investment income", "=ROUND(N(interest_income)+N(qualified_income),2)", "work_money"),
    "ira_income_used": (
        "Taxable part of IRA conversions",
        '=IF(ira_conversion_income="",ROUND(IF(ira_value="",0,ira_taxable)+joint_spouse_iras*spouse_ira_taxable,2),'
        "N(ira_conversion_income))",
        "work_money",
    ),
    "joint_spouse_iras": (
        "The spouse's IRAs are on the return",
        '=IF(AND(filing_status="mfj",spouse_ira_value<>""),1,0)',
        "work_number",
    ),
    "ira_withdrawals_taxed": (
        "Taxable part of other IRA withdrawals",
        '=ROUND(IF(ira_value="",0,ira_other_taxable)+joint_spouse_iras*spouse_ira_other_taxable,2)',
        "work_money",
    ),
    "standard_deduction": (
        "Standard deduction",
        "=IF(tax_row=0,0,INDEX(tax_standard,MAX(1,tax_row))+(N(seniors)+N(blind_filers))*INDEX(tax_extra,MAX(1,tax_row)))",
        "work_money",
    ),
    "senior_amount": ("Senior deduction", _pick("tax_senior"), "work_money"),
    "senior_above": ("phased out above", _pick("tax_senior_above"), "work_money"),
    "senior_rate": ("by", _of_year("tax_senior_rate"), "work_rate"),
    "niit_above": ("Net investment income tax above", _pick("tax_niit_above"), "work_money"),
    "niit_rate": ("at", _of_year("tax_niit_rate"), "work_rate"),
    "high_wages_above": ("Additional Medicare Tax above", _pick("tax_medicare_above"), "work_money"),
    "high_wages_rate": ("at", _of_year("tax_medicare_rate"), "work_rate"),
    "state_share_used": ("Share that the state taxes", '=IF(state_share="",1,N(state_share))', "work_rate"),
    "roth_start": ("Roth IRA phased out from", _pick("tax_roth_start"), "work_money"),
    "roth_end": ("to", _pick("tax_roth_end"), "work_money"),
    "roth_full": (
        "Roth IRA limit at this age",
        "=IF(tax_row=0,0,MIN(INDEX(tax_ira,MATCH(tax_year,tax_years,0))"
        '+IF(age>=catch_up_age,INDEX(tax_ira_catch_up,MATCH(tax_year,tax_years,0)),0),IF(ira_compensation="",no_cap,'
        "ira_compensation)))",
        "work_money",
    ),
    "roth_left": ("left after traditional IRAs", "=MAX(0,ROUND(roth_full-N(ira_contributed),2))", "work_money"),
    "path_to_ira": (
        "Conversions go to a Roth IRA",
        '=IF(AND(path_taken="Roth IRA",INDEX(moved_in_plan_taxable,1)=0),1,0)',
        "work_number",
    ),
    "estimates_known": (
        "Estimated tax can be told",
        f'=IF(AND({READY}=1,prior_tax<>"",prior_agi<>"",OR(federal_withheld<>"",federal_to_come<>"")),1,0)',
        "work_number",
    ),
    "of_this_year": (
        "Share of this year's tax",
        "=IF(estimates_known=0,0,ROUND(ROUND(INDEX(return_total,1)*INDEX(tax_current_share,MATCH(tax_year,tax_years,0)),6),2))",
        "work_money",
    ),
    "prior_share": (
        "Share of last year's tax that is asked for",
        "=IF(estimates_known=0,0,IF(N(prior_agi)>INDEX(tax_high_agi,MAX(1,tax_row)),"
        "INDEX(tax_high_share,MATCH(tax_year,tax_years,0)),INDEX(tax_prior_share,MATCH(tax_year,tax_years,0))))",
        "work_rate",
    ),
    "of_last_year": ("that is", "=ROUND(ROUND(N(prior_tax)*prior_share,6),2)", "work_money"),
    "tax_too_small": ("Tax left below which none is asked for", _of_year("tax_smallest"), "work_money"),
    "estimate_exempt": (
        "Less than that is left",
        "=IF(estimates_known=0,0,IF(ROUND(INDEX(return_total,1)-tax_withheld,2)<tax_too_small,1,0))",
        "work_number",
    ),
    "emancipation": (
        "Emancipation Day",
        "=DATE(tax_year,emancipation_month,emancipation_day)"
        "-IF(WEEKDAY(DATE(tax_year,emancipation_month,emancipation_day))=days_in_week,1,0)"
        "+IF(WEEKDAY(DATE(tax_year,emancipation_month,emancipation_day))=1,1,0)",
        "work_date",
    ),
    "king_day": (
        "Birthday of Martin Luther King, Jr.",
        "=DATE(tax_year+1,1,estimate_day)+MOD(1+1-WEEKDAY(DATE(tax_year+1,1,estimate_day)),days_in_week)",
        "work_date",
    ),
}


def add_workings(sheet: Sheet) -> Columns:
    """Puts the blocks; gives that of the returns, whose cells the page shows."""
    sheet.put(HEAD_ROW - 1, COLUMN, "Workings: the return in four cases", "work_section")
    block = Columns(sheet, HEAD_ROW, len(CASES), COLUMN, prefix="return_")
    block.place(["case", *FLAGS, *RETURN])
    block.fill("case", "Case", CASES, "work_text", "work_head")
    for key, (head, values) in FLAGS.items():
        block.fill(key, head, values, "work_number", "work_head")
    for key, (head, style, formula) in RETURN.items():
        block.fill(key, head, f"=IF({READY}=0,0,{formula[1:]})", style, "work_head")
    sheet.put(FIGURES_ROW - 1, COLUMN, "Workings: single figures", "work_section")
    for line, (name, (label, formula, style)) in enumerate(FIGURES.items()):
        sheet.put(FIGURES_ROW + line, COLUMN, label, "work_text")
        sheet.put(FIGURES_ROW + line, COLUMN + 3, formula, style)
        sheet.put(FIGURES_ROW + line, COLUMN + 4, name, "work_text")
        sheet.named(name, FIGURES_ROW + line, COLUMN + 3)
    last = FIGURES_ROW + list(FIGURES).index("emancipation")
    sheet.named("tax_holidays", last, COLUMN + 3, 2)
    _brackets(sheet, COLUMN + 7)
    sheet.widths |= {COLUMN - 1: 3, **dict.fromkeys(range(COLUMN, COLUMN + 4 + len(RETURN)), 12)}
    return block


def _brackets(sheet: Sheet, column: int) -> None:
    """The brackets in use as floors, rates, and the steps by which rates rise there."""
    row = BRACKETS_ROW
    for prefix, title, count, edges, rates in (
        ("bracket_", "Workings: brackets", BRACKETS, "tax_edges", "tax_rates"),
        ("gains_", "Workings: brackets of gains", GAINS, "tax_gains_edges", "tax_gains_rates"),
    ):
        sheet.put(row - 1, column, title, "work_section")
        block = Columns(sheet, row, count, column, prefix=prefix)
        block.place(["n", "floor", "rate", "step"])
        numbers: list[Value] = list(range(count))
        block.fill("n", "Ends below", numbers, "work_number", "work_head")
        block.fill(
            "floor",
            "From",
            f"=IF(OR(tax_row=0,{{n}}=0),0,INDEX({edges},MAX(1,tax_row),MAX(1,{{n}})))",
            "work_money",
            "work_head",
        )
        block.fill(
            "rate",
            "Rate",
            f"=IF(tax_row=0,0,INDEX({rates},MATCH(tax_year,tax_years,0),{{n}}+1))",
            "work_rate",
            "work_head",
        )
        block.fill("step", "Step", "=IF({n}=0,{rate},ROUND({rate}-N({rate-}),6))", "work_rate", "work_head")
        row += count + 3
