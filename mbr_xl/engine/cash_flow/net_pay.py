"""What each pay of the plan leaves in cash, from one pay stub as it was: only what changes is moved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from mbr_xl.client import Client
from mbr_xl.errors import InputError
from mbr_xl.money import WHOLE, Cents, dollars, half_up, share_of
from mbr_xl.results import PayLine
from mbr_xl.rules import Payroll, Rules

REGULAR = frozenset({"base", "overtime"})  # withheld as regular wages; every other kind is supplemental
IN_SHARES = "rsu"  # pay that brings no cash; its tax is reckoned with the vest, see vests.py


class Stub(NamedTuple):
    """A pay stub's figures in cents: what the lines of the plan move from."""

    benefits: int
    federal: int
    state: int
    taxable: int
    social_security: int
    medicare: int
    other: int  # what its own lines leave unexplained; below 0 where the net is higher than they say


class NetLine(NamedTuple):
    """One pay in cents: what is paid in cash, what is withheld of it, what is left.

    spare: what is left before after-tax, which is withheld last; ends: whether it is the last line of its check.
    short: whether the check, complete, has too little for what is elected and withheld.
    """

    cash_pay: int
    benefits: int
    pretax: int
    federal: int
    state: int
    social_security: int
    medicare: int
    roth: int
    other: int
    after_tax: int
    net: int
    spare: int
    starts: bool
    ends: bool
    short: bool
    recorded: bool


def is_variable(kind: str) -> bool:
    """Whether pay of the kind is variable pay in cash: bonus, commission and the like, no overtime and no shares."""
    return kind not in REGULAR and kind != IN_SHARES


def fica(wage: int, before: int, law: Payroll) -> tuple[int, int]:
    """Social Security and Medicare in cents that are withheld from a wage, each rounded once, Medicare in two parts.

    wage: cents of FICA wages of the pay; before: those of the same year and employer before it.
    Source: 26 USC 3101(a), (b), 3121(a)(1), 3102(f)(1) (0.9% above $200,000, whatever the filing status).
    """
    social_security = share_of(max(0, min(wage, law.wage_base - before)), law.social_security)
    above = max(0, min(wage, before + wage - law.additional_medicare_withheld_above))
    return social_security, share_of(wage, law.medicare) + share_of(above, law.additional_medicare)


def supplemental_tax(wage: int, before: int, law: Payroll) -> int:
    """Federal income tax in cents withheld at the flat rates from a supplemental wage after its deferral.

    wage: cents; before: the year's supplemental wages before it.
    Source: 26 CFR 31.3402(g)-1(a)(2), (7): 22%, and 37% of what passes $1,000,000 in the year.
    Choice: each of the two parts is rounded by itself.
    """
    high = max(0, min(wage, before + wage - law.supplemental_high_above))
    return share_of(wage - high, law.supplemental) + share_of(high, law.supplemental_high)


def stub_of(client: Client, rules: Rules) -> Stub | None:
    """The stub that the plan's pays move from; None where its gross or its net pay is blank.

    Raises InputError for a stub without gross pay, for benefits or a deferral above it, and for a year whose payroll
    figures are not published.
    """
    facts = client.cash
    if facts.stub_gross is None or facts.stub_net is None:
        return None
    gross, benefits, pretax = facts.stub_gross, facts.stub_benefits, facts.stub_pretax
    if gross <= 0 or benefits + pretax > gross:
        raise InputError(
            f"The stub's gross pay (stub_gross) is {dollars(gross)}: give more than 0, and at least its pre-tax "
            "deferral and benefits."
        )
    social_security, medicare = fica(gross - benefits, facts.stub_wages_before, rules.payroll)
    explained = benefits + pretax + facts.stub_roth + facts.stub_after_tax
    explained += facts.stub_federal + facts.stub_state + social_security + medicare
    other = gross - explained - facts.stub_net
    taxable = gross - benefits - pretax
    return Stub(benefits, facts.stub_federal, facts.stub_state, taxable, social_security, medicare, other)


def net_lines(client: Client, lines: Iterable[PayLine], rules: Rules) -> tuple[NetLine, ...] | None:
    """Each pay's net in cents, and what makes it up; None where the stub is blank. Of a whole check never below 0.

    lines: the year's pays in order, as `plan_year` gives them or with other contributions; rules: of its year.
    Base pay starts from the stub: federal and state tax move from it with taxable pay at the rates on the next
    dollar, benefits and what the stub leaves unexplained stay. Other pay bears flat withholding, and no benefits.
    A pre-tax deferral lowers income tax and not FICA; Roth and after-tax lower the net alone. What is paid in
    shares counts to the wage bases and brings no cash here: `vest_lines` has its tax. A net pay on record takes the
    place of the estimate.
    Raises InputError as `stub_of`.
    Source: 26 USC 402(e)(3), 3121(a)(5), (v)(1) (deferrals are FICA wages), 125, 3402(a), (g), 3101, 3102(f).
    Choice: overtime is withheld as regular wages, all else beside base pay at the flat rates, in a check of its own or
    not. Withholding comes first, then the deferral, other deductions as far as pay goes, after-tax last.
    """
    h, facts = client.household, client.cash
    stub = stub_of(client, rules)
    if stub is None:
        return None
    law = rules.payroll
    rate = h.federal_rate if facts.withholding_rate is None else facts.withholding_rate
    flat_state = h.state_rate if facts.supplemental_state_rate is None else facts.supplemental_state_rate
    own_check = {(one.date, one.kind) for one in h.payments if one.separate}
    recorded: dict[tuple[date, str], int] = {
        (one.date, one.kind): one.net_pay for one in h.paid if one.net_pay is not None
    }
    wages: int = wages_to_date(client)
    supplemental: int = facts.ytd_supplemental
    found: list[NetLine] = []
    running = 0
    for line in lines:
        kind, gross, pretax, roth = line.kind, line.gross, line.pretax, line.roth
        in_shares = kind == IN_SHARES
        benefits = other = 0
        if kind == "base":
            benefits = min(stub.benefits, gross)
        wage = gross - benefits
        taxable = max(0, wage - pretax)
        federal = state = social_security = medicare = 0
        if kind in REGULAR:
            if kind == "base":
                federal = max(0, half_up(stub.federal * WHOLE + (taxable - stub.taxable) * rate, WHOLE))
                state = max(0, half_up(stub.state * WHOLE + (taxable - stub.taxable) * h.state_rate, WHOLE))
            else:
                federal, state = share_of(taxable, rate), share_of(taxable, h.state_rate)
        else:
            if not in_shares:
                federal, state = supplemental_tax(taxable, supplemental, law), share_of(taxable, flat_state)
            supplemental += taxable
        if not in_shares:
            social_security, medicare = fica(wage, wages, law)
        wages += wage
        cash_pay = 0 if in_shares else gross
        left = cash_pay - benefits - pretax - federal - state - social_security - medicare - roth
        net = recorded.get((line.date, kind))
        if net is not None:
            other = left - line.after_tax - net
        elif kind == "base":
            other = min(stub.other, max(0, left))
        spare = left - other
        starts = not found or kind == "base" or (line.date, kind) in own_check
        if starts and found:
            found[-1] = _ended(found[-1], running)
        before = 0 if starts else running
        running = before + spare - line.after_tax
        found.append(
            NetLine(
                cash_pay, benefits, pretax, federal, state, social_security, medicare, roth, other, line.after_tax,
                max(0, running) - max(0, before), spare, starts, False, False, net is not None,
            )
        )  # fmt: skip
    if found:
        found[-1] = _ended(found[-1], running)
    return tuple(found)


def _ended(line: NetLine, running: int) -> NetLine:
    return line._replace(ends=True, short=running < 0)


def wages_to_date(client: Client) -> int:
    """FICA wages before the first line.

    Choice: without a figure the 415 pay to date, which benefits free of FICA would lower.
    """
    given = client.cash.ytd_wages
    return client.household.ytd_additions_pay if given is None else given


def nets_with(lines: Sequence[NetLine], after_tax: Sequence[int]) -> list[Cents]:
    """Each line's net in cents with other after-tax contributions: nothing else of a pay depends on them."""
    nets: list[Cents] = []
    running = 0
    for line, amount in zip(lines, after_tax, strict=True):
        before = 0 if line.starts else running
        running = before + line.spare - amount
        nets.append(Cents(max(0, running) - max(0, before)))
    return nets
