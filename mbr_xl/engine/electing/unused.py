"""What elections leave of the match, the deferral and the after-tax room, and why."""

from __future__ import annotations

from collections.abc import Iterator

from mbr_xl.engine.electing.instructions import long_date
from mbr_xl.engine.electing.topped_up import fits, one_more
from mbr_xl.engine.electing.trial import KINDS, Steps, Trials, Tried
from mbr_xl.engine.elections import most_elected
from mbr_xl.household import Election
from mbr_xl.money import dollars, percent
from mbr_xl.results import YearPlan


def why_unused(trials: Trials, steps: Steps, plan: YearPlan, safe: bool) -> tuple[str, ...]:
    """What these elections leave, and why, a sentence each; what cash and the deferral limit make of it goes before."""
    top = plan.headlines
    found = []
    if not safe:
        found.append(
            "What is elected or paid in already, and cannot be changed any more, does not fit under the limits."
        )
    found += [*_cash(trials), *_at_the_limit(trials, plan)]
    if top.match_lost > 0:
        why = f"{_too_little(trials)}, and no true-up pays it later"
        if _cash_stops(trials, steps, trials.layers[-1]):
            why = "more deferral would break the cash floor, and no true-up pays it later"
        found.append(f"{dollars(top.match_lost)} of match is lost: {why}.")
    short = trials.asked - top.total_deferral
    if short > 0:
        found.append(f"Deferrals end {dollars(short)} short of {dollars(trials.asked)}: {_why_short(trials, steps)}.")
    if top.after_tax_unused > 0:
        found.append(f"{dollars(top.after_tax_unused)} of after-tax room is left: {_why_room(trials, steps, plan)}.")
    return tuple(found)


def _cash(trials: Trials) -> Iterator[str]:
    """That the floor is broken whatever is elected, and by how much."""
    cash = trials.cash
    if cash is not None and cash.lack > 0:
        drawn = " with all savings drawn" if cash.savings else ""
        yield (
            f"Even with nothing elected, checking falls {dollars(cash.lack)} below the cash floor{drawn} on "
            f"{long_date(cash.lack_date)}: these elections break the floor least."
        )


def _at_the_limit(trials: Trials, plan: YearPlan) -> Iterator[str]:
    """Where the plan's after-tax hangs on the deferral limit: when that is reached, and what comes of it."""
    if not trials.spills:
        return
    h = trials.household
    left = trials.allowed - h.ytd_pretax - h.ytd_roth
    reached = None
    for pay in plan.pays:
        left -= pay.pretax + pay.roth
        if left <= 0:
            reached = pay.date
            break
    planned = [pay for pay in plan.pays if not pay.recorded]
    spilled = sum(pay.pretax_elected + pay.roth_elected - pay.pretax - pay.roth for pay in planned)
    if trials.starts_at_limit:
        if reached is None:
            yield "Deferrals do not reach the deferral limit, where this plan's after-tax starts: none goes in."
        else:
            yield (
                f"After-tax starts with the paycheck of {long_date(reached)}, which reaches the deferral limit; "
                "payroll stops deferrals there."
            )
    elif reached is not None and spilled > 0:
        yield (
            f"The paycheck of {long_date(reached)} reaches the deferral limit; {dollars(spilled)} elected as deferral "
            "beyond it goes in as after-tax, since the deferral continues so in this plan."
        )


def _why_room(trials: Trials, steps: Steps, plan: YearPlan) -> str:
    h = trials.household
    if _cash_stops(trials, steps, "after_tax"):
        return _floor(trials)
    opens = trials.year(steps).opens
    at_top = all(
        (getattr(step, f"{kind}_after_tax") or 0) // trials.unit >= trials.highest(kind, step, "after_tax", opens)
        for step in steps
        for kind in ("base", "bonus")
        if trials.left(kind, step.start, opens)
    )
    if trials.starts_at_limit and not any(pay.after_tax_elected for pay in plan.pays):
        why = "none can go in before the deferral limit is reached"
    elif at_top:
        why = "the highest election allowed is reached in every pay"
        if trials.starts_at_limit:
            why += " from the deferral limit on"
    elif h.cushion and plan.headlines.after_tax_unused <= h.cushion:
        return "it is kept free as asked"
    else:
        passes = f"one more step of {_step(trials)} would pass it"
        why = "no elections tried bring more" if _more_fits(trials, steps) else passes
        why = f"the limit is {plan.headlines.binding}, and {why}"
        if trials.after_tax_decides:
            why += "; after-tax is matched, and its match takes room too"
    if h.cushion:
        why += f"; {dollars(h.cushion)} is kept free as asked"
    return why


def _why_short(trials: Trials, steps: Steps) -> str:
    """Whether a step more would pass the ceiling, the highest election, cash, or cost something that ranks higher."""
    if _cash_stops(trials, steps, trials.layers[-1]):
        return _floor(trials)
    last, name = steps[-1], trials.layers[-1]
    more = [
        step
        for kind in ("base", "bonus")
        if (step := _one_more(trials, last, kind, name, beside="after_tax")) is not None
    ]
    if not more:
        most = percent(most_elected(trials.household))
        return f"the highest election, {most} of a pay in all, is reached"
    if all(trials.year((*steps[:-1], one)).deferred > trials.asked for one in more):
        return f"one more step of {_step(trials)} would pass it"
    if at_stake := _match_at_stake(trials, steps, more):
        return at_stake
    tried = [trials.year((*(_bare(trials, step) for step in steps[:-1]), one)) for one in more]
    if not any(fits(trials, year) for year in tried if year.deferred <= trials.asked):
        return "more would pass a limit"
    return f"no elections tried bring more{_changes(trials)}"


def _too_little(trials: Trials) -> str:
    """Which pays earn no match: all that could be done about it is a later change."""
    return f"pays with too little deferral earn none of it{_changes(trials)}"


def _changes(trials: Trials) -> str:
    """That no more changes are allowed, where days for more are left."""
    return " with the changes allowed" if trials.wishes.changes + 1 < len(trials.dates) else ""


def _more_fits(trials: Trials, steps: Steps) -> bool:
    """Whether one step more of after-tax would go in and pass nothing."""
    now = trials.year(steps).after_tax
    for number, step in enumerate(steps):
        for kind in KINDS:
            more = one_more(trials, step, kind, "after_tax")
            year = None if more is None else trials.year((*steps[:number], more, *steps[number + 1 :]))
            if year is not None and year.after_tax > now and fits(trials, year):
                return True
    return False


def _match_at_stake(trials: Trials, steps: Steps, more: list[Election]) -> str:
    """What of the match one more step of deferral costs at least, and why; empty where one of them costs none."""
    now = trials.year(steps).match
    tried = [year for one in more if (year := trials.year((*steps[:-1], one))).deferred <= trials.asked]
    kept = max(tried, key=lambda year: year.match, default=None)
    if kept is None or kept.match >= now:
        return ""
    lost = dollars(now - kept.match)
    if trials.unmatched_catch_up and kept.deferred > trials.regular:
        return (
            f"one more step of {_step(trials)} brings deferrals to {dollars(trials.regular)} before the last paychecks "
            f"are paid, and these lose {lost} of match, since this plan matches no catch-up"
        )
    return f"one more step of {_step(trials)} would cost {lost} of match"


def _one_more(trials: Trials, step: Election, kind: str, name: str, beside: str = "") -> Election | None:
    """The election with one step more of a contribution; None where the highest is reached. beside: gives way."""
    if not trials.left(kind, step.start):
        return None
    field = f"{kind}_{name}"
    now = getattr(step, field) or 0
    free = trials.chosen(step, {f"{kind}_{beside}": 0}) if beside else step
    if now // trials.unit >= trials.highest(kind, free, name):
        return None
    return trials.chosen(step, {field: now + trials.unit})


def _cash_stops(trials: Trials, steps: Steps, name: str) -> bool:
    """Whether a step more of a contribution would pass no limit, but break the floor of cash or a check."""
    if trials.cash is None:
        return False
    for number, step in enumerate(steps):
        for kind in ("base", "bonus"):
            # More deferral stands before after-tax: it is tried without any.
            bare = step if name == "after_tax" else trials.chosen(step, {"base_after_tax": 0, "bonus_after_tax": 0})
            more = _one_more(trials, bare, kind, name)
            if more is None:
                continue
            others = steps if name == "after_tax" else tuple(_bare(trials, one) for one in steps)
            tried = trials.year((*others[:number], more, *others[number + 1 :]))
            if _within(trials, tried) and not trials.keeps_cash(tried):
                return True
    return False


def _bare(trials: Trials, step: Election) -> Election:
    return trials.chosen(step, {"base_after_tax": 0, "bonus_after_tax": 0})


def _within(trials: Trials, tried: Tried) -> bool:
    room = tried.sums.room - trials.household.cushion
    return tried.deferred <= trials.asked and tried.after_tax <= max(room, 0)


def _floor(trials: Trials) -> str:
    assert trials.cash is not None
    return f"cash is what stops it: more would bring checking below {dollars(trials.cash.floor)}, or a check to nothing"


def _step(trials: Trials) -> str:
    return dollars(trials.unit) if trials.in_dollars else percent(trials.wishes.step)
