"""The sentences on top of the Tax sheet: the answer in words."""

from __future__ import annotations

SHOWN = "tax_ready*plan_ready"


def _dollars(what: str) -> str:
    """An amount as the sentences say it."""
    return f'TEXT({what},"$#,##0.00")'


WORDS: list[tuple[str, str]] = [
    (
        "words_tax",
        '=IF(plan_ready=0,words_not_ready,IF(tax_ready=0,IF(filing_status="","Fill in Filing status on Inputs, and what'
        ' else of its section Tax applies.",IF(tax_row=0,"No published income tax brackets for "&tax_year&" here (have'
        ' "&MIN(tax_years)&" to "&MAX(tax_years)&"): Conversions uses the rates typed on Inputs.",'
        '"The tax facts contradict each other: see Checks.")),"Federal tax of "&tax_year&" as planned: "&'
        f'{_dollars("INDEX(return_total,1)")}&". Next dollar of conversion: "'
        '&TEXT(marginal_federal,"0.0%")&" federal, "&TEXT(marginal_state,"0.0%")&" state."))',
    ),
    (
        "words_conversion",
        f'=IF({SHOWN}=0,"",IF(INDEX(return_conversion,1)=0,"No part of this year\'s conversions is taxable.",'
        f'"The conversion\'s taxable "&{_dollars("INDEX(return_conversion,1)")}&" costs "&'
        f'{_dollars("conversion_federal")}&" federal and "&{_dollars("conversion_state")}&" state; at the flat rates'
        f' typed, "&{_dollars("total_tax")}&"."))',
    ),
    (
        "words_roth_or_pretax",
        f'=IF({SHOWN}=0,"",IF(total_deferral=0,"Nothing is deferred.",IF(all_pretax_change=0,"Deferrals are pre-tax as'
        f' far as they can be.","All deferrals pre-tax: "&{_dollars("0-all_pretax_change")}&" less tax this year, taxed'
        f' when withdrawn.")&IF(all_roth_change=0,""," All Roth: "&{_dollars("all_roth_change")}&" more tax this'
        ' year.")))',
    ),
    (
        "words_roth_ira",
        f'=IF({SHOWN}=0,"",IF(roth_allowed_to_ira=0,"Directly into a Roth IRA: nothing is allowed"'
        '&IF(AND(N(ira_contributed)>0,roth_left=0),", traditional IRAs use up the limit."," at this income."),'
        '"Directly into a Roth IRA: up to "&TEXT(roth_allowed_in_plan,"$#,##0")&" if conversions stay in the plan,'
        ' up to "&TEXT(roth_allowed_to_ira,"$#,##0")&" if they go to a Roth IRA."))',
    ),
    (
        "words_estimates",
        f'=IF({SHOWN}=0,"",IF(estimates_known=0,"Estimated tax: fill in last year\'s tax and income, and the'
        ' withholding, on Inputs.",IF(estimated_to_pay=0,"No estimated tax is asked for: "&IF(estimated_required=0,'
        'estimated_why,"withholding covers "&estimated_why)&".","Estimated tax: "&'
        f'{_dollars("estimated_to_pay")}&" in four parts, "&{_dollars("estimates_paid")}&" of it paid"'
        '&IF(cure_withholding*cure_pays=0,".","; or "&TEXT(cure_per_pay,"$#,##0")&" more withheld from each of "'
        '&cure_pays&" pays."))))',
    ),
]
