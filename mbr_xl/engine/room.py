"""How many after-tax dollars still fit in one employer's plan this year, and which limit stops the next."""

from __future__ import annotations

from typing import Literal, NamedTuple, get_args

from mbr_xl.engine.deferral import catch_up_name
from mbr_xl.errors import InputError
from mbr_xl.money import Cents, dollars
from mbr_xl.rules import Rules

Reading = Literal["above_402g", "above_415c"]
READINGS = get_args(Reading)

ANNUAL_ADDITIONS = "annual additions limit, 415(c)"
SHARE_OF_PAY = "100% of pay, 415(c)"
PLAN_CAP = "the plan's cap on after-tax"


class Room(NamedTuple):
    """The room, and how it came about; amounts are cents.

    room: after-tax that still fits, never below 0; over: by how much the binding limit is passed, else 0.
    binding: the limit that stops the next dollar; limit: 415(c) or pay, the smaller.
    catch_up: the part of the deferrals that is no annual addition; base_deferrals: the rest.
    excess_deferral: deferrals, elsewhere included, above 402(g) and the catch-up allowed.
    from_elsewhere: the part of catch_up that is one only because of deferrals elsewhere.
    notes: sentences on what to look at; label: PROJECTED, YOUR LIMITS, both or empty.
    """

    room: Cents
    over: Cents
    binding: str
    catch_up: Cents
    base_deferrals: Cents
    limit: Cents
    excess_deferral: Cents
    from_elsewhere: Cents
    notes: tuple[str, ...]
    label: str


def room(
    rules: Rules,
    deferrals: int,
    employer: int,
    after_tax: int = 0,
    age: int | None = None,
    pay: int | None = None,
    plan_cap: int | None = None,
    catch_up_reading: Reading = "above_402g",
    elsewhere: int = 0,
) -> Room:
    """After-tax cents that still fit in this employer's plan this year, never below 0.

    rules: the year's law. All amounts are cents for the year, with what is still to come.
    deferrals: elective deferrals, pre-tax and Roth, to this employer's plans, catch-up included.
    employer: all of this employer's money, vested or not, without last year's true-up paid this spring.
    after_tax: after-tax made so far. age: on December 31; needed where deferrals pass 402(g).
    pay: 415 compensation here, before deferrals; None leaves the 100% limit out.
    plan_cap: the plan's cap on after-tax for the year, made included; None is no cap.
    catch_up_reading: above_402g counts as catch-up what deferrals pass 402(g) by; above_415c also what would
    pass 415(c). Either way at most the allowance of the age and at most the deferrals.
    elsewhere: deferrals to other employers' plans, used for 402(g) and catch-up only.
    Raises InputError for a negative amount, an unknown reading, and a blank age where it decides.
    Source: 26 USC 415(c)(1), (2), 402(g), 414(v)(3), (5); Reg. 1.415(c)-1(b), 1.414(v)-1(b), (c).
    Choice: above_402g is the default, as plans and payrolls count; after-tax itself is never catch-up. What the
    person's deferrals pass 402(g) by is catch-up here even where part was made elsewhere; a plan that looks at its
    own deferrals alone (401(a)(30)) would count that part as an addition, and the answer says how much. The plan
    is taken to offer the catch-up of the age. An excess deferral is an addition until it is returned.
    """
    if catch_up_reading not in READINGS:
        raise InputError(f"{catch_up_reading!r} is not a reading of catch-up; have above_402g, above_415c.")
    if min(deferrals, employer, after_tax, pay or 0, plan_cap or 0, elsewhere) < 0:
        _refuse_bad(deferrals, employer, after_tax, pay, plan_cap, elsewhere)

    used = ["annual_additions", "deferral"]
    above_402g = max(0, deferrals + elsewhere - rules.deferral)
    if above_402g and age is None:
        raise InputError(
            f"Deferrals of {dollars(deferrals + elsewhere)} are above the {rules.year} limit of "
            f"{dollars(rules.deferral)}: give the age."
        )
    allowance_name = catch_up_name(age)
    by_415c = catch_up_reading == "above_415c"
    allowance = 0
    if allowance_name and (above_402g or by_415c):  # asked for only where it counts: it may not be published
        used.append(allowance_name)
        allowance = rules.super_catch_up if allowance_name == "super_catch_up" else rules.catch_up
    catch_up = min(above_402g, allowance, deferrals)
    from_elsewhere = max(0, catch_up - max(0, deferrals - rules.deferral)) if not by_415c else 0
    if by_415c:
        catch_up = max(catch_up, min(allowance, deferrals))
    base = deferrals - catch_up

    limit, binding = rules.annual_additions, ANNUAL_ADDITIONS  # of equals the first binds
    if pay is not None and pay < limit:
        limit, binding = Cents(pay), SHARE_OF_PAY
    left = limit - base - employer - after_tax
    if plan_cap is not None and plan_cap - after_tax < left:
        left, binding = plan_cap - after_tax, PLAN_CAP

    excess = max(0, above_402g - allowance)
    return Room(
        room=Cents(max(0, left)),
        over=Cents(max(0, -left)),
        binding=binding,
        catch_up=Cents(catch_up),
        base_deferrals=Cents(base),
        limit=limit,
        excess_deferral=Cents(excess),
        from_elsewhere=Cents(from_elsewhere),
        notes=_notes(rules.year, excess, from_elsewhere, by_415c, binding, left),
        label=rules.note_for(used),
    )


def binding_words(answer: Room) -> str:
    """The limit that stops the next dollar, in words, such as "annual additions limit, 415(c): $37,500 left".

    answer: of `room`. Where the limit is passed it says "over by $50"; an excess of deferrals and the label are
    added.
    """
    state = f"over by {dollars(answer.over)}" if answer.over else f"{dollars(answer.room)} left"
    words = f"{answer.binding}: {state}"
    if answer.excess_deferral:
        words += f"; deferrals pass the deferral limit by {dollars(answer.excess_deferral)}"
    if answer.from_elsewhere:
        words += f"; {dollars(answer.from_elsewhere)} less if this plan does not count it as catch-up"
    return f"{words} ({answer.label})" if answer.label else words


def _notes(year: int, excess: int, from_elsewhere: int, by_415c: bool, binding: str, left: int) -> tuple[str, ...]:
    notes = []
    if excess:
        notes.append(
            f"Deferrals pass 402(g) and the catch-up allowed by {dollars(excess)}: an excess deferral, to be "
            f"returned with its earnings by April 15, {year + 1}; until then it is an annual addition."
        )
    if from_elsewhere:
        notes.append(
            f"{dollars(from_elsewhere)} of the catch-up is there only because of deferrals elsewhere; a plan that does "
            "not count it as catch-up has that much less room."
        )
    if by_415c:
        notes.append("above_415c is the regulation's test, for information; plans count catch-up above 402(g).")
    if left < 0 and binding != PLAN_CAP:
        notes.append(
            f"Annual additions pass the limit by {dollars(-left)}: plans return unmatched after-tax first, with "
            "its earnings."
        )
    return tuple(notes)


def _refuse_bad(
    deferrals: int, employer: int, after_tax: int, pay: int | None, plan_cap: int | None, elsewhere: int
) -> None:
    amounts = {
        "deferrals": deferrals, "employer": employer, "after_tax": after_tax, "pay": pay, "plan_cap": plan_cap,
        "elsewhere": elsewhere,
    }  # fmt: skip
    for name, amount in amounts.items():
        if amount is not None and amount < 0:
            raise InputError(f"{name}: {dollars(amount)} is below 0; give 0 or more.")
