"""What the planner says of limits in trouble: testing, an excess, another employer; every field is a defined name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mbr_xl.client import Client
from mbr_xl.engine.excess.excess_additions import Additions, counted_by_match, excess_additions
from mbr_xl.engine.excess.excess_deferral import ExcessDeferral, excess_deferral
from mbr_xl.engine.excess.testing import AcpTest, Told, acp_test, highly_compensated
from mbr_xl.engine.excess.two_employers import two_employers
from mbr_xl.engine.paper.by_path import by_path
from mbr_xl.errors import InputError
from mbr_xl.money import Cents, Millionths
from mbr_xl.results import YearPlan
from mbr_xl.rules import Rules, rules_for


@dataclass(frozen=True)
class TroubleAnswers:
    """The answers of the Testing sheet; cents, rates in millionths, 0 where a trouble does not arise or is not told.

    None: what comes back has earnings that are not told (returned_earnings), and the amount counts them.
    """

    hce_limit: Cents
    hce: Told
    acp_limit: Millionths
    acp_counted: Cents
    acp_pay: Cents
    acp_ratio: Millionths
    acp_fits: Cents
    refund_alike: Cents
    refund_most: Cents
    refund_after_tax: Cents
    refund_match: Cents
    refund_earnings: Cents | None
    refund_taxable: Cents | None
    refund_tax: Cents | None
    refund_ira_excise: Cents
    refund_employer_excise: Cents
    refund_by: date
    refund_last_day: date

    excess_deferral: Cents
    excess_here: Cents
    excess_there: Cents
    excess_pretax: Cents
    excess_roth: Cents
    excess_earnings: Cents | None
    excess_taxed_in_year: Cents | None
    excess_taxed_when_paid: Cents | None
    excess_tax: Cents | None
    excess_taxed_twice: Cents
    excess_in_time: bool
    excess_tell_by: date
    excess_return_by: date
    excess_code: str
    excess_leaves: Cents

    additions_elected: Cents
    excess_additions: Cents
    back_after_tax: Cents
    back_deferral: Cents
    back_matched_after_tax: Cents
    back_matched_deferral: Cents
    forfeited_match: Cents
    forfeited_employer: Cents
    back_pretax: Cents
    back_roth: Cents
    back_earnings: Cents | None
    back_taxable: Cents | None
    back_tax: Cents | None
    back_ira_excise: Cents

    deferral_here: Cents
    deferral_left: Cents
    excess_untold: Cents
    group_limit: Cents
    group_room: Cents
    catch_up_elsewhere: Cents
    strict_room: Cents
    above_group_room: Cents


def trouble_answers(client: Client, plan: YearPlan, rules: Rules) -> TroubleAnswers:
    """What testing, an excess or another employer may do to the year of `plan`.

    client: the inputs; plan: what `plan_year` made of its household; rules: that year's law.
    Raises InputError where the facts contradict each other, naming the field.
    Source: 26 USC 401(m), 402(g), 414(q), 415(c), (f).
    Choice: excess additions are those of the after-tax elected, since payroll often does not stop it at 415(c); the
    saver who may be highly compensated is tested as if he were.
    """
    h, facts, top = client.household, client.trouble, plan.headlines
    for name in ("lookback_pay", "elsewhere_roth", "elsewhere_additions", "elsewhere_pay", "matched_deferral"):
        if (getattr(facts, name) or 0) < 0:
            raise InputError(f"{name} is below 0; give dollars, 0 or more.")
    hce_limit = _hce_limit(rules.year - 1)
    hce = highly_compensated(
        hce_limit, facts.lookback_pay, facts.five_percent_owner, facts.top_paid_election, facts.in_top_paid
    )
    acp = _acp(client, plan, rules, hce)
    deferral = excess_deferral(
        rules.year,
        top.deferral_limit,
        top.total_pretax,
        top.total_roth,
        top.total_catch_up,
        h.elsewhere,
        facts.elsewhere_roth,
        excess_from=facts.excess_from,
        excess_first=facts.excess_first,
        without_catch_up=rules.deferral,
        notice=facts.excess_notice,
        returned=facts.excess_returned,
        returned_earnings=facts.returned_earnings,
        rate=h.federal_rate + h.state_rate,
    )
    made = additions_made(client, plan, rules, deferral)
    additions = excess_additions(
        rules.penalties,
        top.additions_limit,
        made,
        returned_earnings=facts.returned_earnings,
        rate=h.federal_rate + h.state_rate,
        in_roth_ira=by_path(h, plan, h.tax_year).roth_ira,
    )
    two = two_employers(
        rules,
        top.deferral_limit,
        top.total_deferral,
        top.total_catch_up,
        top.total_after_tax,
        top.total_additions,
        top.additions_pay_total,
        top.after_tax_room,
        h.elsewhere,
        elected=h.ytd_pretax + h.ytd_roth + sum(pay.pretax_elected + pay.roth_elected for pay in plan.pays),
        related=facts.elsewhere_related is True,
        elsewhere_additions=facts.elsewhere_additions,
        elsewhere_pay=facts.elsewhere_pay,
        by_415c=h.catch_up_reading == "above_415c",
    )
    return TroubleAnswers(
        hce_limit=hce_limit or Cents(0),
        hce=hce,
        acp_limit=acp.limit,
        acp_counted=acp.counted,
        acp_pay=acp.pay,
        acp_ratio=acp.ratio,
        acp_fits=acp.fits,
        refund_alike=acp.refund,
        refund_most=acp.most,
        refund_after_tax=acp.after_tax,
        refund_match=acp.match,
        refund_earnings=acp.earnings,
        refund_taxable=acp.taxable,
        refund_tax=acp.tax,
        refund_ira_excise=acp.ira_excise,
        refund_employer_excise=acp.employer_excise,
        refund_by=acp.refund_by,
        refund_last_day=acp.last_day,
        excess_deferral=deferral.excess,
        excess_here=deferral.here,
        excess_there=deferral.there,
        excess_pretax=deferral.pretax,
        excess_roth=deferral.roth,
        excess_earnings=deferral.earnings,
        excess_taxed_in_year=deferral.taxed_in_year,
        excess_taxed_when_paid=deferral.taxed_when_paid,
        excess_tax=deferral.tax,
        excess_taxed_twice=deferral.taxed_twice,
        excess_in_time=deferral.in_time,
        excess_tell_by=deferral.tell_by,
        excess_return_by=deferral.return_by,
        excess_code=deferral.code,
        excess_leaves=deferral.leaves_additions,
        additions_elected=Cents(
            made.after_tax + made.pretax + made.roth + made.match + made.employer + deferral.leaves_additions
        ),
        excess_additions=additions.excess,
        back_after_tax=additions.unmatched_after_tax,
        back_deferral=additions.unmatched_deferral,
        back_matched_after_tax=additions.matched_after_tax,
        back_matched_deferral=additions.matched_deferral,
        forfeited_match=additions.forfeited_match,
        forfeited_employer=additions.forfeited_employer,
        back_pretax=additions.pretax,
        back_roth=additions.roth,
        back_earnings=additions.earnings,
        back_taxable=additions.taxable,
        back_tax=additions.tax,
        back_ira_excise=additions.ira_excise,
        deferral_here=two.deferral_here,
        deferral_left=two.deferral_left,
        excess_untold=two.untold,
        group_limit=two.limit,
        group_room=two.room,
        catch_up_elsewhere=two.from_elsewhere,
        strict_room=two.strict_room,
        above_group_room=two.above_room,
    )


def additions_made(client: Client, plan: YearPlan, rules: Rules, deferral: ExcessDeferral) -> Additions:
    """The year's annual additions by kind, in cents, as elected and after an excess deferral that this plan returns.

    Choice: catch-up is taken out of the Roth deferrals first; deferrals are matched before after-tax.
    """
    h, top = client.household, plan.headlines
    base = top.total_deferral - top.total_catch_up - deferral.leaves_additions
    pretax = min(base, top.total_pretax - (deferral.here_pretax if deferral.in_time else 0))
    after_tax, match = max(top.total_after_tax_elected, top.total_after_tax), top.total_match + top.true_up_due
    pay = min(rules.compensation, h.ytd_match_pay + sum(line.match_pay for line in plan.pays))
    formulas = [h.match_tiers, h.match_or]
    if h.match_change_date:
        formulas += [h.match_tiers_after, h.match_or_after]
    counted = counted_by_match(formulas, pay) if match else 0
    asked = client.trouble.matched_deferral
    looked_at = counted if asked is None else asked
    matched_deferral = 0 if not match else base if looked_at is None else min(base, looked_at)
    matched_after_tax = 0
    if match and h.match_after_tax:
        matched_after_tax = after_tax if counted is None else min(after_tax, max(0, counted - matched_deferral))
    return Additions(
        after_tax=after_tax,
        pretax=pretax,
        roth=base - pretax,
        match=match,
        employer=top.total_nonelective + top.total_profit_sharing + h.other_additions,
        matched_after_tax=matched_after_tax,
        matched_deferral=matched_deferral,
    )


def _acp(client: Client, plan: YearPlan, rules: Rules, hce: Told) -> AcpTest:
    """Nothing is tested where the saver is not highly compensated, or the others' average is not told."""
    h, facts, top = client.household, client.trouble, plan.headlines
    tested = facts.nhce_acp is not None and hce != "no"
    return acp_test(
        rules.year,
        rules.penalties,
        facts.nhce_acp or 0,
        top.total_match + top.true_up_due if tested else 0,
        top.total_after_tax if tested else 0,
        min(rules.compensation, top.additions_pay_total),
        safe_harbor_match=facts.safe_harbor_match,
        automatic_enrollment=facts.automatic_enrollment,
        returned_earnings=facts.returned_earnings,
        rate=h.federal_rate + h.state_rate,
        in_roth_ira=by_path(h, plan, h.tax_year).roth_ira,
    )


def _hce_limit(year: int) -> Cents | None:
    try:
        return rules_for(year).hce
    except InputError:
        return None
