"""What of the forms, the ledger and its clocks is worth a look."""

from __future__ import annotations

from mbr_xl.client import Client
from mbr_xl.engine.checks import Finding
from mbr_xl.engine.paper.by_path import unconfirmed
from mbr_xl.engine.paper.expected import expected_forms
from mbr_xl.engine.paper.ledger import basis_left, problems, rolled_as_conversion
from mbr_xl.engine.paper.tie_out import left_out, named, tie_out
from mbr_xl.money import dollars
from mbr_xl.results import YearPlan
from mbr_xl.rules import Rules


def paper_findings(client: Client, plan: YearPlan, rules: Rules) -> tuple[Finding, ...]:
    """All that is off, missing or contradictory in the paper of the year, the ledger's faults first; empty if nothing.

    client: the inputs; plan: their year; rules: its law.
    Source: as `tie_out` and the ledger.
    """
    h, paper = client.household, client.paper
    found = [Finding("fix", name, sentence) for name, sentence in problems(client)]
    by_ledger = basis_left(paper.ledger, "after-tax", h.tax_year)
    if any(one.account == "after-tax" for one in paper.ledger) and h.ytd_date is None and by_ledger != h.opening_basis:
        found.append(
            Finding(
                "look",
                "opening_basis",
                f"The ledger leaves {dollars(by_ledger)} of after-tax basis, the opening basis is "
                f"{dollars(h.opening_basis)}: see the plan's statement.",
            )
        )
    found += [Finding("look", "ledger", sentence) for sentence in rolled_as_conversion(client)]
    found += tie_out(client, plan, rules)
    expected = expected_forms(client, plan, rules)
    for number, form in enumerate(paper.forms, start=1):
        why = left_out(form, paper.forms, expected)
        if why:
            found.append(Finding("note", "forms", f"Row {number} of forms ({named(form)}): {why}"))
    open_conversions = unconfirmed(h, plan)
    if paper.forms_as_of is not None and open_conversions:
        found.append(
            Finding(
                "note",
                "converted_confirmed",
                f"{open_conversions} of the year's conversions are not confirmed in writing: forms may differ by "
                f"their "
                "earnings.",
            )
        )
    return tuple(found)
