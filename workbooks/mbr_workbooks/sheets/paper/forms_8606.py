"""Form 8606, Part III, on the Forms sheet: this year's Roth IRA withdrawals, written from the form's own lines."""

from __future__ import annotations

from mbr_workbooks.sheets.paper.forms_lines import Line

SOURCE = "Form 8606 and instructions"
# Lines that the form says to skip are blank; without a withdrawal all are.
PART_III: list[Line] = [
    (
        "Form 8606, Part III",
        "19  Nonqualified withdrawals",
        "form_8606_line_19",
        '=IF(OR(paper_faults>0,N(roth_ira_withdrawn)=0),"",roth_ira_withdrawn)',
        "dollars",
        "As typed on Inputs; also on Form 1040, line 4a",
        SOURCE,
    ),
    (
        "",
        "20  For a first home",
        "form_8606_line_20",
        '=IF(form_8606_line_19="","",IF(roth_ira_first="",0,IF(tax_year>=roth_ira_first+clock_years,'
        "N(roth_ira_home),0)))",
        "dollars",
        '=IF(N(roth_ira_home)>N(form_8606_line_20),"0: the five years are not over; the 10% has an exception",'
        '"Once the five years are over; at most $10,000 in a lifetime")',
        "26 USC 408A(d)(2)(A)(iv), 72(t)(8)",
    ),
    (
        "",
        "21  Line 19 less 20",
        "form_8606_line_21",
        '=IF(form_8606_line_19="","",MAX(0,ROUND(form_8606_line_19-form_8606_line_20,2)))',
        "dollars",
        "If 0, the form stops after line 22",
        SOURCE,
    ),
    (
        "",
        "22  Basis in contributions",
        "form_8606_line_22",
        '=IF(form_8606_line_19="","",ROUND(INDEX(basis_left,ledger_line-1)+INDEX(basis_into,ledger_line),2))',
        "dollars",
        "Ledger before the withdrawal, with contributions for this year",
        "26 USC 408A(d)(4)(B)(i)",
    ),
    (
        "",
        "23  Line 21 less 22",
        "form_8606_line_23",
        '=IF(N(form_8606_line_21)=0,"",MAX(0,ROUND(form_8606_line_21-form_8606_line_22,2)))',
        "dollars",
        "If 0, lines 24 and 25 are skipped; if not, Form 5329 may follow",
        SOURCE,
    ),
    (
        "",
        "24  Basis in conversions",
        "form_8606_line_24",
        '=IF(N(form_8606_line_23)=0,"",ROUND(SUMIFS(basis_moved,basis_year,"<="&tax_year)-form_8606_gone,2))',
        "dollars",
        "Rollovers from the plan included; oldest first, taxed part first",
        "26 USC 408A(d)(4)(B)(ii)",
    ),
    (
        "",
        "25a  Line 23 less 24",
        "form_8606_line_25a",
        '=IF(N(form_8606_line_23)=0,"",MAX(0,ROUND(form_8606_line_23-form_8606_line_24,2)))',
        "dollars",
        "Earnings; if 0, lines 25b and 25c are skipped",
        SOURCE,
    ),
    (
        "",
        "25b  Disaster, other repayable",
        "form_8606_line_25b",
        '=IF(N(form_8606_line_25a)=0,"",0)',
        "dollars",
        "Left out: such withdrawals and repayments of them change line 25c",
        "Form 8915-F",
    ),
    (
        "",
        "25c  Taxable amount",
        "form_8606_line_25c",
        '=IF(N(form_8606_line_25a)=0,"",ROUND(form_8606_line_25a-form_8606_line_25b,2))',
        "dollars",
        "Form 1040, line 4b; for Tax, type it in Other ordinary income",
        "26 USC 408A(d)(2), 72(e)",
    ),
    (
        "Form 5329, Part I",
        "1  of it, conversions",
        "form_5329_conversions",
        '=IF(form_8606_line_19="","",ROUND(SUM(basis_reached),2))',
        "dollars",
        "Taxed under five years ago: may bear the 10% below 59 1/2, as 25c",
        "26 USC 408A(d)(3)(F), 72(t)",
    ),
]
