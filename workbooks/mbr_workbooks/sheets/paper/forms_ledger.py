"""Ledger and clocks on the Forms sheet: basis by account, five-year clocks, and what could be withdrawn on a day."""

from __future__ import annotations

from mbr_workbooks.sheet import Condition, Sheet, address, area
from mbr_workbooks.sheets.paper.forms_basis import COLUMN, LAST, RECAP, RECAP_ROW, add_basis
from mbr_xl.engine.paper.roth_ira import CLOCK
from mbr_xl.rules import years

ASKED = 'OR(access_date="",paper_faults>0)'
NOT_IRA = f'OR({ASKED},roth_ira_value="")'
NOT_PLAN = f'OR({ASKED},roth_plan_value="")'

LEDGER: list[tuple[str, str, str, str, str]] = [
    (
        "Roth IRA: contributions",
        "ledger_roth_contributions",
        "=INDEX(basis_left,ledger_line)",
        "dollars",
        "Left for line 22 of the next Form 8606; first out, free of tax and of the 10%: 26 USC 408A(d)(4)(B)",
    ),
    (
        "Roth IRA: conversions, rollovers",
        "ledger_roth_conversions",
        '=ROUND(SUMIFS(basis_moved,basis_year,"<="&tax_year)-INDEX(basis_gone,ledger_line),2)',
        "dollars",
        "Left for line 24, rollovers from the plan included; next out, oldest first, its taxed part first",
    ),
    (
        "Plan's Roth account",
        "ledger_plan_basis",
        "=MAX(0,ROUND(plan_basis_before+N(ytd_roth)+SUM(pay_roth)+INDEX(moved_in_plan,1),2))",
        "dollars",
        "Basis: Roth deferrals and in-plan conversions; comes out pro rata with earnings: 26 USC 402A(d), 72(e)(8)",
    ),
    (
        "After-tax account",
        "ledger_after_tax_basis",
        '=MAX(0,ROUND(SUMIFS(ledger_amount,ledger_account,"after-tax",ledger_kind,"contribution",ledger_year,'
        '"<="&tax_year)-SUMIFS(ledger_amount,ledger_account,"after-tax",ledger_kind,"<>contribution",ledger_year,'
        '"<="&tax_year)+SUMIFS(ledger_taxed,ledger_account,"after-tax",ledger_kind,"<>contribution",ledger_year,'
        '"<="&tax_year),2))',
        "dollars",
        "Basis that earlier years left, by the ledger; should be the opening basis of Inputs",
    ),
    (
        "Traditional IRAs",
        "ledger_ira_basis",
        '=MAX(0,ROUND(SUMIFS(ledger_amount,ledger_account,"traditional IRA",ledger_kind,"contribution",'
        'ledger_year,"<"&tax_year)-SUMIFS(ledger_amount,ledger_account,"traditional IRA",ledger_kind,'
        '"<>contribution",ledger_year,"<"&tax_year)+SUMIFS(ledger_taxed,ledger_account,"traditional IRA",'
        'ledger_kind,"<>contribution",ledger_year,"<"&tax_year),2))',
        "dollars",
        "Form 8606, line 2, by the ledger: nondeductible contributions of earlier years less what came out untaxed",
    ),
    (
        "Roth IRA clock from",
        "roth_ira_first",
        '=IF(COUNTIF(basis_ira_since,">0")+IF(N(roth_ira_since)>0,1,0)=0,"",MIN(IF(N(roth_ira_since)>0,'
        'roth_ira_since,no_cap),IF(COUNTIF(basis_ira_since,">0")=0,no_cap,SMALL(basis_ira_since,'
        "COUNTIF(basis_ira_since,0)+1))))",
        "status",
        "One for all Roth IRAs of a person, from January 1 of the first year: 26 USC 408A(d)(2)(B)",
    ),
    (
        "Five years are over on",
        "roth_ira_clock_ends",
        '=IF(roth_ira_first="","",DATE(roth_ira_first+clock_years,1,1))',
        "date",
        "Earnings are tax-free from then on, if qualified: 59 1/2 or another event of the law",
    ),
    (
        "Plan's Roth clock from",
        "roth_plan_first",
        '=IF(COUNTIF(basis_plan_since,">0")+IF(N(roth_plan_since)>0,1,0)=0,"",MIN(IF(N(roth_plan_since)>0,'
        'roth_plan_since,no_cap),IF(COUNTIF(basis_plan_since,">0")=0,no_cap,SMALL(basis_plan_since,'
        "COUNTIF(basis_plan_since,0)+1))))",
        "status",
        "One for each plan: 26 USC 402A(d)(2)(B); box 11 of a later Form 1099-R out of the Roth account",
    ),
    (
        "Five years are over on",
        "roth_plan_clock_ends",
        '=IF(roth_plan_first="","",DATE(roth_plan_first+clock_years,1,1))',
        "date",
        "Years in the plan do not count for a Roth IRA: Treas. Reg. 1.408A-10, Q&A-4",
    ),
]
ACCESS: list[tuple[str, str, str, str, str]] = [
    (
        "All Roth IRAs",
        "access_ira_first",
        f'=IF({NOT_IRA},"",IF(access_ira_qualified=1,roth_ira_value,MIN(roth_ira_value,access_ira_total,MIN('
        f"basis_starts))))",
        "can be withdrawn first, before any tax and any 10%",
        "26 USC 408A(d)(4)(B)",
    ),
    (
        "",
        "access_ira_free",
        f'=IF({NOT_IRA},"",ROUND(roth_ira_value-access_ira_penalized-access_ira_taxable,2))',
        "of the whole is free of tax and of the 10%",
        "26 USC 408A(d)(1), (2); Pub. 590-B",
    ),
    (
        "",
        "access_ira_penalized",
        f'=IF({NOT_IRA},"",IF(access_ira_qualified=1,0,ROUND(SUM(basis_bears),2)))',
        "is free of tax, but bears the 10%: taxed in the last five years",
        "26 USC 408A(d)(3)(F)",
    ),
    (
        "",
        "access_ira_taxable",
        f'=IF({NOT_IRA},"",IF(access_ira_qualified=1,0,MAX(0,ROUND(roth_ira_value-access_ira_total,2))))',
        "is earnings, taxable, and bears the 10% below 59 1/2",
        "26 USC 408A(d)(2), 72(t)",
    ),
    (
        "Plan's Roth account",
        "access_plan_first",
        f'=IF({NOT_PLAN},"",IF(access_plan_penalized+access_plan_taxable=0,access_plan_free,0))',
        "can be withdrawn before that: no order, all comes out pro rata",
        "26 USC 402A(d), 72(e)(8)",
    ),
    (
        "",
        "access_plan_free",
        f'=IF({NOT_PLAN},"",ROUND(roth_plan_value-access_plan_penalized-access_plan_taxable,2))',
        "of the whole is free of both; the plan decides whether it pays out",
        "26 USC 402A(d)(1)",
    ),
    (
        "",
        "access_plan_penalized",
        f'=IF({NOT_PLAN},"",IF(OR(access_plan_qualified=1,access_old=1),0,MIN(access_plan_lately,'
        f"access_plan_basis,roth_plan_value)))",
        "is free of tax, but bears the 10%: taxed in the last five years",
        "26 USC 402A(c)(4)(D)",
    ),
    (
        "",
        "access_plan_taxable",
        f'=IF({NOT_PLAN},"",IF(access_plan_qualified=1,0,MAX(0,ROUND(roth_plan_value-access_plan_basis,2))))',
        "is earnings, taxable, and bears the 10% below 59 1/2",
        "26 USC 402A(d)(1), 72(t)",
    ),
]


def add_ledger(sheet: Sheet, row: int) -> int:
    """Basis, clocks and withdrawals on the printed page; gives the next free row."""
    assert max(years()) < LAST
    sheet.section(row, 0, '="Ledger and clocks, with "&tax_year&" as planned"', 5)
    for line, (label, name, formula, style, what) in enumerate(LEDGER, start=row + 1):
        sheet.put(line, 0, label, "label_bold")
        sheet.put(line, 2, formula, style)
        sheet.put(line, 3, what, "about")
        sheet.heights[line] = 15.5
        sheet.named(name, line, 2)
    sheet.conditions.append(Condition(area(row + 1, 2, len(LEDGER)), "=OR(plan_ready=0,paper_faults>0)", "hidden"))
    row = _periods(sheet, row + len(LEDGER) + 2) + 1
    sheet.section(row, 0, '="What could be withdrawn"&IF(access_date="",""," on "&TEXT(access_date,"mmm d, yyyy"))', 5)
    sheet.put(
        row + 1,
        0,
        '=IF(paper_faults>0,"See Checks: the ledger or its inputs cannot be used.",IF(access_date="","Fill in on'
        ' Inputs the day on which Roth money may be needed, and what the accounts may hold then.","Hypothetical:'
        " the whole value typed on Inputs, by the records and the plan, without other exceptions of 26 USC 72(t)"
        '(2). "&IF(access_old=1,"59 1/2 is reached.",IF(birth_date="","Without a date of birth: below 59 1/2.",'
        '"59 1/2 is not reached."))))',
        "note",
    )
    for line, (label, name, formula, what, source) in enumerate(ACCESS, start=row + 2):
        sheet.put(line, 0, label, "label_bold")
        sheet.put(line, 2, formula, "dollars")
        sheet.put(line, 3, what, "about")
        sheet.put(line, 4, source, "forms_source")
        sheet.heights[line] = 15.5
        sheet.named(name, line, 2)
    sheet.conditions.append(Condition(area(row + 2, 2, len(ACCESS)), "=plan_ready=0", "hidden"))
    add_basis(sheet)
    return row + 2 + len(ACCESS)


def _periods(sheet: Sheet, row: int) -> int:
    """The five years of conversions whose taxed parts can still bear the 10%; gives the next free row."""
    sheet.put(row, 0, "Conversions of the last five years", "head_left")
    sheet.row(row, 1, ["To Roth IRAs", "taxed then"], "head")
    sheet.row(row, 3, ["In the plan; how long the 10% can follow the taxed parts", None], "head_left_indented")
    first = row + 1
    for line in range(CLOCK):
        at = first + line
        year, to_ira, taxed, plan, plan_taxed, until = (
            address(RECAP_ROW + 1 + line, COLUMN + 1 + place) for place in range(len(RECAP))
        )
        sheet.put(at, 0, f"={year}", "year")
        sheet.put(at, 1, f"={to_ira}", "forms_money")
        sheet.put(at, 2, f"={taxed}", "dollars")
        sheet.put(
            at,
            3,
            f'=TEXT({plan},"$#,##0.00")&", of it "&TEXT({plan_taxed},"$#,##0.00")&" taxed; through "'
            f'&TEXT({until},"mmm d, yyyy")',
            "about",
        )
        sheet.heights[at] = 15.5
    sheet.conditions.append(Condition(area(first, 0, CLOCK, 4), "=OR(plan_ready=0,paper_faults>0)", "hidden"))
    return first + CLOCK
