"""What an advisor should look at in a year whose inputs are all valid."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from mbr_xl.engine.converting.conversion_findings import conversion_findings
from mbr_xl.engine.elections import KINDS, combined_cap
from mbr_xl.engine.events import periods, regular_dates
from mbr_xl.engine.match import leaves_before_last_day
from mbr_xl.engine.paydays import us_date
from mbr_xl.engine.typed_in import election, limit_given, most_of_additions, pretax_beyond
from mbr_xl.household import USUAL_PAYS, Household
from mbr_xl.money import Cents, dollars, percent
from mbr_xl.results import PayLine, YearPlan
from mbr_xl.rules import Rules, bank_holidays

Severity = Literal["fix", "look", "note"]
ORDER: dict[Severity, int] = {"fix": 0, "look": 1, "note": 2}


@dataclass(frozen=True)
class Finding:
    """One thing to look at. fix: something will go wrong as entered; look: money or time may be lost; note: good to
    know. `field` is the input to look at, a list, or a column of one; `row` its row there, counted from 1. The sheet
    Checks has the same severity where it says the same: FAIL, LOOK, INFO."""

    severity: Severity
    field: str
    message: str
    row: int | None = None


def findings(
    household: Household, plan: YearPlan, rules: Rules, holidays: Collection[date] | None = None
) -> list[Finding]:
    """Everything worth a look, the most urgent first; empty if there is nothing.

    household: the inputs; plan: what `plan_year` made of them; rules, holidays: what it was made with
    (None is the Federal Reserve's).
    """
    found: list[Finding] = []
    for check in (_limits, _elected, _catch_up, _match, _room, _conversion, _inputs):
        found += [Finding(*one) for one in check(household, plan, rules)]
    closed = bank_holidays() if holidays is None else holidays
    found += [Finding(*one) for one in _pays(household, plan, closed)]
    found += [Finding(*one) for one in conversion_findings(household, plan, closed)]
    return sorted(found, key=lambda finding: ORDER[finding.severity])


Found = Iterator[tuple[Severity, str, str] | tuple[Severity, str, str, int | None]]


def _limits(h: Household, plan: YearPlan, rules: Rules) -> Found:
    top = plan.headlines
    if top.limits_note:
        yield "look", limit_given(h), f"Not all limits are published ones: {top.limits_note}."
    excess = top.total_deferral + h.elsewhere - top.deferral_limit
    if excess > 0:
        yield (
            "fix",
            "elsewhere" if h.elsewhere else "paid_pretax" if h.paid else "ytd_pretax",
            f"Deferrals are {dollars(excess)} over the limit of {dollars(top.deferral_limit)} for all employers "
            f"together: the excess with its earnings should leave a plan by {us_date(date(h.tax_year + 1, 4, 15))}.",
        )
    over = top.total_additions - top.additions_limit
    if over > 0:
        yield (
            "fix",
            most_of_additions(h, plan),
            f"Annual additions are {dollars(over)} over {dollars(top.additions_limit)} before any more after-tax: "
            "the plan would have to correct that.",
        )
    if h.catch_up_reading == "above_415c":
        yield "look", "catch_up_reading", "Room is read with catch-up above 415(c); plans count it above 402(g)."


def _ends_itself(h: Household, plan: YearPlan) -> bool:
    """Whether a deferral elected beyond the limit is as the plan works: it goes in as after-tax, or is what reaches the
    limit at which after-tax starts."""
    top = plan.headlines
    reached = top.total_deferral + h.elsewhere >= top.deferral_limit
    continues = h.spill_over == "deferral continues" or (h.spill_over == "starts at the limit" and reached)
    return bool(h.after_tax_allowed) and continues


def _elected(h: Household, plan: YearPlan, rules: Rules) -> Found:
    spills = _ends_itself(h, plan)
    for name, words, after in (
        ("pretax", "Pre-tax", "Payroll should stop it there"),
        ("roth", "Roth", "Payroll should stop it there"),
        ("after_tax", "After-tax", "Payroll often does not stop it at 415(c)"),
    ):
        if name != "after_tax" and spills:
            continue
        cut = [(pay, _cut(pay, name)) for pay in plan.pays if not pay.recorded and _cut(pay, name)]
        if cut:
            first, amount = cut[0]
            total = sum(one for _, one in cut)
            more = f", {dollars(total)} in {len(cut)} pays of the year" if len(cut) > 1 else ""
            column, row = election(h, first, name)
            yield (
                "fix" if name == "after_tax" else "look",
                column,
                f"{words} elected does not fit from {us_date(first.date)} ({first.kind}) on: "
                f"{dollars(amount)} too much that day{more}. {after}.",
                row,
            )
    most = combined_cap(h)
    for pay in plan.pays:
        deferral = pay.pretax + pay.roth if spills else pay.pretax_elected + pay.roth_elected
        if not pay.recorded and pay.plan_pay and deferral + pay.after_tax_elected >= pay.gross > 0:
            yield "look", "elections", f"The whole pay of {us_date(pay.date)} ({pay.kind}) goes into the plan."
            break
    for number, one in enumerate(h.elections, 1):
        shares = h.election_unit == "percent"  # dollars are cut pay by pay, and Pay shows it
        for kind in (KINDS if h.separate_elections else KINDS[:1]) if shares else ():
            rates = [getattr(one, f"{kind}_{name}") or 0 for name in ("pretax", "roth", "after_tax")]
            cap = getattr(h, f"cap_{kind}")
            if sum(rates) > most:
                words = f"{percent(sum(rates))} of {kind} pay, above {percent(most)}"
            elif cap is not None and rates[2] > cap:
                words = f"{percent(rates[2])} after-tax of {kind} pay, above {percent(cap)}"
            else:
                continue
            yield "look", "elections", f"Row {number} of elections asks for {words}: the plan's cap is used."
        others = [f"{kind}_{name}" for kind in ("bonus", "commission") for name in ("pretax", "roth", "after_tax")]
        if not h.separate_elections and any(getattr(one, name) for name in others):
            yield (
                "fix",
                "separate_elections",
                f"Row {number} of elections has rates for bonus or commission, but the base election hits all pay "
                "(separate_elections is no): clear them, or say yes.",
            )


def _cut(pay: PayLine, name: str) -> Cents:
    elected: int = getattr(pay, f"{name}_elected")
    return Cents(elected - getattr(pay, name))


def _asked(pay: PayLine, name: str) -> Cents:
    """What is elected of a planned pay, what was paid in of a recorded one."""
    amount: Cents = getattr(pay, name if pay.recorded else f"{name}_elected")
    return amount


def _catch_up(h: Household, plan: YearPlan, rules: Rules) -> Found:
    top = plan.headlines
    asked = h.elsewhere + h.ytd_pretax + h.ytd_roth
    asked += sum(_asked(pay, "pretax") + _asked(pay, "roth") for pay in plan.pays)
    if h.birth_date is None:
        if asked > rules.deferral:
            yield (
                "fix",
                "birth_date",
                f"Deferrals elected come to {dollars(asked)}, above {dollars(rules.deferral)}, and there is no date of "
                "birth: give it, or they stop there.",
            )
        else:
            yield "note", "birth_date", "There is no date of birth: no catch-up is planned."
    if top.roth_catch_up_required and not h.plan_has_roth:
        yield (
            "look",
            "plan_has_roth",
            "Catch-up must be Roth for this saver and the plan takes no Roth deferrals: there is no catch-up.",
        )
    elif top.roth_catch_up_required:
        pretax = h.elsewhere + h.ytd_pretax + sum(_asked(pay, "pretax") for pay in plan.pays)
        if pretax > rules.deferral:
            column, row = pretax_beyond(h, plan, rules)
            yield (
                "fix",
                column,
                f"Catch-up must be Roth, but pre-tax elected passes {dollars(rules.deferral)} by "
                f"{dollars(pretax - rules.deferral)}: pre-tax stops there; that part goes in only as Roth.",
                row,
            )
    own_catch_up = max(0, top.total_deferral - rules.deferral)
    if h.catch_up_reading == "above_402g" and top.total_catch_up > own_catch_up:
        yield (
            "look",
            "elsewhere",
            f"{dollars(top.total_catch_up - own_catch_up)} of catch-up is there only because of deferrals elsewhere; a "
            "plan that does not count it as catch-up has that much less room for after-tax.",
        )
    short = top.deferral_limit - top.total_deferral - h.elsewhere
    if short > 0:
        yield "note", "elections", f"Deferrals end {dollars(short)} short of {dollars(top.deferral_limit)}."


def _match(h: Household, plan: YearPlan, rules: Rules) -> Found:
    top = plan.headlines
    if top.match_lost > 0:
        why = (
            "the last-day rule keeps what is not paid by then"
            if leaves_before_last_day(h)
            else "pays after the deferrals ended early, or before they began, earn none, and no true-up pays it later"
        )
        where = "leave_date" if leaves_before_last_day(h) else "elections"
        yield "look", where, f"{dollars(top.match_lost)} of match is lost: {why}."
    if top.true_up_due > 0:
        when = "in December" if h.true_up == "december" else f"in spring {h.tax_year + 1}"
        yield (
            "note",
            "true_up",
            f"A true-up of {dollars(top.true_up_due)} is still to come {when}; it counts for {h.tax_year} and room is "
            "kept for it.",
        )
    if h.match_change_date is None and (h.match_tiers_after or h.match_or_after):
        yield "look", "match_change_date", "A formula after a change is given without the date of the change: unused."
    matches = h.match_period != "none"
    pay = h.ytd_plan_pay + sum(line.gross for line in plan.pays if line.plan_pay)
    counted = h.ytd_match_pay + sum(line.gross for line in plan.pays if line.match_pay) if matches else 0
    if max(pay, counted) > rules.compensation:
        practice = {
            "cumulative": "the match stops once the year's pay has reached it",
            "prorated": f"each check counts up to {dollars(rules.compensation // periods(h))}",
            "stops contributions": "match and contributions stop once the year's pay has reached it",
        }[h.compensation_practice]
        yield "note", "compensation_practice", f"Pay passes {dollars(rules.compensation)}, 401(a)(17): {practice}."


def _room(h: Household, plan: YearPlan, rules: Rules) -> Found:
    top = plan.headlines
    if not h.after_tax_allowed:
        yield "note", "after_tax_allowed", "The plan takes no after-tax contributions: there is no mega backdoor Roth."
        taken = sum(record.after_tax for record in h.paid)
        if taken:
            yield (
                "fix",
                "after_tax_allowed",
                f"The recorded pays show {dollars(taken)} of after-tax, which the plan does not take: correct one of "
                "the two, or ask payroll.",
            )
    elif h.spill_over == "starts at the limit" and plan.pays and top.total_deferral + h.elsewhere < top.deferral_limit:
        yield (
            "look",
            "spill_over",
            f"After-tax starts with the pay that fills the deferral limit, {dollars(top.deferral_limit)}, and "
            "deferrals do not fill it this year: none goes in.",
        )
    elif top.after_tax_unused > top.best_unused:
        pair = "whole dollars" if h.election_unit == "dollars" else "whole percents"
        yield (
            "look",
            "elections",
            f"{dollars(top.after_tax_unused)} of after-tax room is unused; the best pair of {pair} from here on leaves "
            f"{dollars(top.best_unused)}.",
        )
    elif top.after_tax_unused > 0:
        yield "note", "elections", f"{dollars(top.after_tax_unused)} of after-tax room is unused."


def _pays(h: Household, plan: YearPlan, holidays: Collection[date]) -> Found:
    regular = len(regular_dates(h, holidays))
    usual = USUAL_PAYS[h.pay_frequency]
    if regular > usual:
        words = f"divided by {periods(h)}, so {'more than ' if periods(h) < regular else ''}the annual salary is paid"
        yield "note", "pay_frequency", f"{h.tax_year} has {regular} pays instead of {usual}; the salary is {words}."
    if not plan.pays:
        yield "look", "any_pay_date", "No pay is left to plan in this year."


def _conversion(h: Household, plan: YearPlan, rules: Rules) -> Found:
    top = plan.headlines
    if (h.after_tax_allowed or h.opening_value) and not (h.in_plan_conversion or h.in_service_withdrawal):
        yield (
            "fix",
            "in_plan_conversion",
            "The plan allows neither in-plan conversion nor in-service withdrawal: after-tax money cannot turn Roth.",
        )
    if top.unconverted_value > 0:
        yield (
            "look",
            "cadence",
            f"{dollars(top.unconverted_value)} is not converted on December 31, {h.tax_year}; of it "
            f"{dollars(top.unconverted_basis)} is basis.",
        )
    lost = sum(max(0, line.basis - line.value - line.basis_left) for line in plan.conversions)
    if lost > 0:
        yield "look", "unrecovered_basis", f"After-tax money lost {dollars(lost)} before it was converted: not taxable."
    if h.growth_rate == 0 and top.total_after_tax > 0:
        yield "note", "growth_rate", "Growth until conversion is 0%: taxable earnings show as $0."


def _inputs(h: Household, plan: YearPlan, rules: Rules) -> Found:
    if not h.elections and plan.pays:
        yield "look", "elections", "No elections are given: nothing is contributed."
    if h.ytd_date is None and h.hire_date and h.hire_date.year == h.tax_year and not h.elsewhere:
        yield "note", "elsewhere", "Hired this year: deferrals to another employer's plan share one 402(g) limit."
