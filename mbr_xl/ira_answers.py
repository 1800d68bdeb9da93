"""What the planner says of the ordinary backdoor Roth; every field is a defined name."""

from __future__ import annotations

from dataclasses import dataclass

from mbr_xl.client import Client
from mbr_xl.engine.deferral import age_at_year_end
from mbr_xl.engine.iras.backdoor import Form8606, form_8606, ira_limit, phased_out
from mbr_xl.engine.iras.roll_in import roll_in
from mbr_xl.errors import InputError
from mbr_xl.money import Cents, dollars, share_of
from mbr_xl.results import YearPlan
from mbr_xl.rules import Rules
from mbr_xl.tax_answers import converts_to_ira, tax_answers


@dataclass(frozen=True)
class BackdoorAnswers:
    """The answers of the Backdoor sheet in cents; None where a limit is not published or a fact is not told.

    ira_most, ira_left: what may go into IRAs this year, and what of it is not planned yet; direct_allowed: what may go
    directly into a Roth IRA; ira_excess: planned above what is allowed; ira_excise: 6% of it, each year it stays.
    ira_nontaxable to ira_tax: Form 8606 as things stand; rolled_taxable to rolled_tax: with `roll_in_moved` rolled into
    the 401(k) by December 31; roll_in_saves: tax less this year. The spouse's form is apart, 0 where no value is told.
    """

    ira_most: Cents | None
    ira_left: Cents | None
    direct_allowed: Cents | None
    ira_excess: Cents | None
    ira_excise: Cents | None
    ira_nontaxable: Cents
    ira_taxable: Cents
    ira_other_taxable: Cents
    ira_basis_left: Cents
    ira_tax: Cents
    roll_in_moved: Cents
    rolled_taxable: Cents
    rolled_other_taxable: Cents
    rolled_basis_left: Cents
    rolled_tax: Cents
    roll_in_saves: Cents
    spouse_ira_taxable: Cents
    spouse_ira_other_taxable: Cents
    spouse_ira_basis_left: Cents
    spouse_ira_tax: Cents


def backdoor_answers(client: Client, plan: YearPlan, rules: Rules) -> BackdoorAnswers | None:
    """Limits, Form 8606 and the roll-in for this saver; None where the December 31 value of the IRAs is blank.

    client: the inputs; plan: of its household, for the income of the tax return; rules: the year's law.
    Raises InputError where the facts contradict each other, naming the field.
    Source: 26 USC 219(b), 408(d)(1) to (3), 408A(c)(2), (3), (d)(3), 4973(a), (b), (f); Form 8606.
    Choice: what goes into traditional IRAs uses up the limit first; tax is at the rates on the next dollar; where the
    modified AGI cannot be told, a direct Roth contribution is held to the IRA limit alone.
    """
    h, facts = client.household, client.iras
    if facts.ira_value is None:
        return None
    _refuse_bad(client)
    rate = h.federal_rate + h.state_rate
    forms = roll_in(
        facts.ira_contributed,
        facts.ira_converted,
        facts.ira_value,
        facts.ira_basis,
        facts.ira_late,
        facts.ira_distributed,
        facts.ira_pretax,
        rate,
    )
    spouse = _spouse_form(client)
    age = None if h.birth_date is None else age_at_year_end(rules.year, h.birth_date)
    most, direct = _limits(client, rules, age, modified_agi(client, plan, rules))
    planned = client.tax.roth_ira_planned
    left = excess = excise = None
    if most is not None:
        after_traditional = max(0, most - facts.ira_contributed)
        if direct is not None:
            direct = Cents(min(direct, after_traditional))
        left = Cents(max(0, after_traditional - planned))
        roth_excess = max(0, planned - (after_traditional if direct is None else direct))
        excess = Cents(max(0, facts.ira_contributed - most) + roth_excess)
        excise = Cents(share_of(excess, rules.penalties.excess_ira))
    return BackdoorAnswers(
        ira_most=most,
        ira_left=left,
        direct_allowed=direct,
        ira_excess=excess,
        ira_excise=excise,
        ira_nontaxable=forms.before.line_11,
        ira_taxable=forms.before.line_18,
        ira_other_taxable=forms.before.line_15,
        ira_basis_left=forms.before.line_14,
        ira_tax=forms.tax_before,
        roll_in_moved=forms.moved,
        rolled_taxable=forms.after.line_18,
        rolled_other_taxable=forms.after.line_15,
        rolled_basis_left=forms.after.line_14,
        rolled_tax=forms.tax_after,
        roll_in_saves=forms.saves,
        spouse_ira_taxable=spouse.line_18,
        spouse_ira_other_taxable=spouse.line_15,
        spouse_ira_basis_left=spouse.line_14,
        spouse_ira_tax=Cents(share_of(spouse.line_15 + spouse.line_18, rate)),
    )


def modified_agi(client: Client, plan: YearPlan, rules: Rules) -> Cents | None:
    """Modified AGI for a Roth IRA: as given, else as the year's tax return comes to; None where neither is told."""
    if client.iras.magi is not None:
        return client.iras.magi
    tax = tax_answers(client, plan, rules)
    if tax is None:
        return None
    return tax.roth_magi_to_ira if converts_to_ira(client, plan) else tax.roth_magi_in_plan


def _limits(client: Client, rules: Rules, age: int | None, magi: int | None) -> tuple[Cents | None, Cents | None]:
    """The IRA limit, and by income what may go directly into a Roth IRA; None where it cannot be told.

    The reduction is of the limit or of compensation, if less: 408A(c)(3)(A); Publication 590-A, Worksheet 2-2.
    """
    status = client.tax.filing_status
    try:
        most = ira_limit(rules, age, client.iras.ira_compensation)
    except InputError:  # not published
        return None, None
    if status is None or magi is None:
        return most, None
    try:
        return most, phased_out(most, rules.phase_out("roth_ira", status), magi)
    except InputError:
        return most, None


def _spouse_form(client: Client) -> Form8606:
    """The spouse's Form 8606; of nothing where the December 31 value is blank."""
    facts = client.iras
    if facts.spouse_ira_value is None:
        return form_8606(0, 0, 0)
    return form_8606(
        facts.spouse_ira_contributed,
        facts.spouse_ira_converted,
        facts.spouse_ira_value,
        facts.spouse_ira_basis,
        None,
        facts.spouse_ira_late,
        facts.spouse_ira_distributed,
    )


def _refuse_bad(client: Client) -> None:
    facts = client.iras
    own = ("ira_value", "ira_contributed", "ira_late", "ira_converted", "ira_basis", "ira_distributed")
    for name in (*own, *(f"spouse_{one}" for one in own), "ira_compensation"):
        amount = getattr(facts, name)
        if amount is not None and amount < 0:
            raise InputError(f"{name} is {dollars(amount)}: give dollars, 0 or more.")
    for prefix in ("", "spouse_"):
        late, whole = getattr(facts, f"{prefix}ira_late"), getattr(facts, f"{prefix}ira_contributed")
        if late > whole:
            raise InputError(
                f"The part made after December 31 ({prefix}ira_late) is {dollars(late)}: give at most "
                f"{dollars(whole)}, the contribution for the year ({prefix}ira_contributed)."
            )
