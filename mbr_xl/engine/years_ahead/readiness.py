"""What should be in place before after-tax money, in order of priority, and what stands beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from mbr_xl.client import Client
from mbr_xl.engine.columns import blank, pays_of, saver_of, terms_of
from mbr_xl.engine.deferral import age_at_year_end
from mbr_xl.engine.events import events
from mbr_xl.engine.match_rule import PAST_PAYS, MatchSoFar, MatchTerms, full_match, greater_of
from mbr_xl.engine.plan import limits_of
from mbr_xl.engine.year_rule import year_of, ytd_matched
from mbr_xl.money import WHOLE, Cents, Millionths, half_up
from mbr_xl.results import Headlines, YearPlan
from mbr_xl.rules import Rules, bank_holidays

Status = Literal["open", "done", "not told", "not offered"]

HSA_CATCH_UP_AGE = 55
ONE_DOLLAR = 100  # a match rounded pay by pay ends some cents off the year's


@dataclass(frozen=True)
class Emergency:
    """The emergency fund in cents: wanted, short by, and savings beyond it; no savings count where it is not told."""

    status: Status
    wanted: Cents
    short: Cents
    spare: Cents


def emergency(client: Client) -> Emergency:
    """Months of spending wanted against liquid savings."""
    months, savings, spending = (
        client.future.emergency_months, client.future.liquid_savings, client.cash.monthly_spending
    )  # fmt: skip
    if months is None or savings is None or (months and not spending):
        return Emergency("not told", Cents(0), Cents(0), Cents(0))
    wanted = months * spending
    short, spare = max(0, wanted - savings), max(0, savings - wanted)
    return Emergency("open" if short else "done", Cents(wanted), Cents(short), Cents(spare))


def insurance(client: Client) -> tuple[Status, int]:
    """Whether each insurance is in place or not needed, and how many are not."""
    facts = client.future
    told = (facts.insured_health, facts.insured_disability, facts.insured_life, facts.insured_umbrella)
    missing = told.count("no")
    return ("open" if missing else "not told" if None in told else "done"), missing


def match_short(client: Client, top: Headlines, rules: Rules) -> tuple[Status, Cents]:
    """Cents of match that the formula could give on this year's pay and that are not coming, true-up included.

    Choice: less than a dollar is the rounding of pays. A blank match and one that is none look alike: not told.
    """
    if client.household.match_period == "none":
        return "not told", Cents(0)
    short = max(0, _most_match(client, rules) - top.total_match - top.true_up_due)
    return ("open" if short >= ONE_DOLLAR else "done"), Cents(short if short >= ONE_DOLLAR else 0)


def _most_match(client: Client, rules: Rules) -> int:
    household = client.household
    limits = limits_of(household, rules)
    terms, saver = terms_of(household, limits), saver_of(household, limits)
    given = pays_of(household, events(household, bank_holidays()))
    if not terms.match.offered:
        return 0
    limit = terms.deferral + saver.catch_up if terms.match_catch_up else terms.deferral
    so_far = MatchSoFar(saver.ytd_match, saver.ytd_match_pay, ytd_matched(terms, saver))
    return full_match(terms.match, so_far, given.segment, given.match_pay, limit, terms.compensation)


@dataclass(frozen=True)
class Hsa:
    """HSA contributions in cents: the year's limit, what is missing and what is too much; too much is open too."""

    status: Status
    limit: Cents = Cents(0)
    short: Cents = Cents(0)
    over: Cents = Cents(0)


def hsa(client: Client, rules: Rules) -> Hsa:
    """HSA contributions against the year's limit; without coverage that allows one the limit is 0.

    Raises InputError where no limit of the year is held.
    Source: 26 USC 223(b)(2), (3): self-only or family, and more from 55 by the end of the year; 4973(a)(5), (g): 6% a
    year on what is over.
    Choice: eligible in every month of the year, or in none.
    """
    facts, born = client.future, client.household.birth_date
    if facts.hsa_coverage is None:
        return Hsa("not told")
    if facts.hsa_coverage == "none":
        over = Cents(max(0, facts.hsa_contributed or 0))
        return Hsa("open" if over else "done", over=over)
    limit = rules.hsa_family if facts.hsa_coverage == "family" else rules.hsa_self
    if born is not None and age_at_year_end(client.household.tax_year, born) >= HSA_CATCH_UP_AGE:
        limit = Cents(limit + rules.hsa_catch_up)
    if facts.hsa_contributed is None:
        return Hsa("not told", limit)
    left = limit - facts.hsa_contributed
    return Hsa("open" if left else "done", limit, Cents(max(0, left)), Cents(max(0, -left)))


def ordinary_backdoor(client: Client) -> tuple[Status, Cents]:
    """Whether the ordinary backdoor is done, and cents contributed to traditional IRAs but not converted.

    Choice: where it is not said, money contributed and as much converted (section IRAs) is done.
    """
    said, iras = client.future.backdoor_done, client.iras
    left = Cents(max(0, iras.ira_contributed - iras.ira_converted))
    if said is not None:
        return ("open" if said == "no" else "done"), left
    if not iras.ira_contributed:
        return "not told", left
    return ("open" if left else "done"), left


def stock_purchase(client: Client) -> tuple[Status, Millionths]:
    """Whether a stock purchase plan is open, and what its discount gains on each dollar put in, before tax.

    Source: arithmetic: at 15% off, 85 cents buy a dollar of stock (26 USC 423(b)(6) allows at most that).
    """
    facts = client.future
    discount = min(facts.espp_discount, WHOLE - 1)
    gain = Millionths(half_up(discount * WHOLE, WHOLE - discount))
    if facts.espp_offered is None or (facts.espp_offered and facts.espp_used is None):
        return "not told", gain
    return ("open" if facts.espp_offered and not facts.espp_used else "done"), gain


def deferred_pay(client: Client, top: Headlines, rules: Rules) -> tuple[Status, Cents]:
    """What deferred compensation costs in match, in cents, if plan pay falls by it; open where it costs any.

    Source: plan terms: most plans leave nonqualified deferrals out of the pay that they count (Treas. Reg.
    1.415(c)-2(c)(1) takes them out of 415 pay too).
    Choice: on the year's totals, deferrals in dollars as they are; with a change of formula the pay before and after
    it falls by the same share.
    """
    cut = client.future.nqdc_deferred
    if cut is None:
        return "not told", Cents(0)
    if not cut or client.future.nqdc_counts:
        return "done", Cents(0)
    if client.household.match_period == "none":
        return "not told", Cents(0)
    lost = Cents(max(0, top.annual_match - _match_less(client, rules, cut)))
    return ("open" if lost else "done"), lost


def _match_less(client: Client, rules: Rules, cut: int) -> int:
    """Cents of match that the formula gives on the year's totals with so much less pay; as `year_match`."""
    household = client.household
    limits = limits_of(household, rules)
    terms, saver = terms_of(household, limits), saver_of(household, limits)
    if not terms.match.offered:
        return 0
    given = pays_of(household, events(household, bank_holidays()))
    made = blank(len(given.gross))
    year_of(terms, saver, given, made)
    limit = terms.deferral + saver.catch_up if terms.match_catch_up else terms.deferral
    lines = list(zip(given.segment, given.match_pay, made.matched, strict=True))
    pays = [sum(pay for segment, pay, _ in lines if segment == part) for part in (0, 1)]
    deferrals = [sum(matched for segment, _, matched in lines if segment == part) for part in (0, 1)]
    counts = [sum(pay > 0 for segment, pay, _ in lines if segment == part) for part in (0, 1)]
    if saver.ytd_match_pay > 0:
        counts[0] += PAST_PAYS
    pays[0] += saver.ytd_match_pay
    deferrals[0] += ytd_matched(terms, saver)
    total = sum(pays)
    cut = min(cut, total)
    before = pays[0] - (half_up(cut * pays[0], total) if total else 0)
    after = total - cut - before
    before = min(terms.compensation, before)
    after = min(terms.compensation - before, after)
    return _on_totals(terms.match, (before, after), deferrals, counts, limit)


def _on_totals(match: MatchTerms, pays: tuple[int, int], deferrals: list[int], counts: list[int], limit: int) -> int:
    total = greater_of(match.formula, match.other, pays[0], deferrals[0], counts[0], limit)
    if match.changes:
        total += greater_of(match.formula_after, match.other_after, pays[1], deferrals[1], counts[1], limit)
    return min(total, match.most)


def spending_account(client: Client) -> tuple[Status, Cents]:
    """Costs above what is elected, in cents; how much more may be elected is not said.

    Source: 26 USC 125(i), 129(a)(2): the law caps an election, and a plan may cap it lower.
    """
    costs, elected = client.future.fsa_costs, client.future.fsa_elected
    if costs is None or (costs and elected is None):
        return "not told", Cents(0)
    short = max(0, costs - (elected or 0))
    return ("open" if short else "done"), Cents(short)


def after_tax_left(client: Client, plan: YearPlan) -> tuple[Status, Cents]:
    """Cents of after-tax room that the elections leave; not offered where the plan takes none."""
    unused = plan.headlines.after_tax_unused
    if not client.household.after_tax_allowed:
        return "not offered", unused
    return ("open" if unused else "done"), unused


def deferral_short(client: Client, plan: YearPlan) -> tuple[Status, Cents]:
    """Cents of deferral that the limit, catch-up included, still allows, other employers' plans counted."""
    top = plan.headlines
    short = max(0, top.deferral_limit - client.household.elsewhere - top.total_deferral)
    return ("open" if short else "done"), Cents(short)
