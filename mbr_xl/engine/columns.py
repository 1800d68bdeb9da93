"""A household's year as the ints and columns of ints that the year's rule reads and fills."""

from __future__ import annotations

from collections.abc import MutableSequence, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from mbr_xl.engine.elections import RatesByDate, after_tax_cap, combined_cap
from mbr_xl.engine.events import Event, periods
from mbr_xl.engine.match import leaves_before_last_day, match_terms, segment_of, unit_of
from mbr_xl.engine.match_rule import UNLIMITED, MatchTerms
from mbr_xl.household import Household
from mbr_xl.money import half_up
from mbr_xl.records import Paid

NOT_GIVEN = -1  # cents: all of the deferrals
NO_SHARE = -1  # millionths: the plan has no cap as a share of pay
# How after-tax hangs on the deferral limit: positions in the list of their words.
IN_PARALLEL, STARTS_AT_LIMIT, DEFERRAL_CONTINUES = range(3)
PAID = ("pretax", "roth", "after_tax", "match", "nonelective")  # of a record, as the `paid_` columns have them
SPILLS = ("none", "starts at the limit", "deferral continues")


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of this saver's year in cents, and whether catch-up must be Roth."""

    deferral: int
    catch_up: int
    roth_catch_up: bool
    annual_additions: int
    compensation: int

    @property
    def deferral_and_catch_up(self) -> int:
        """All deferrals of the person to every employer's plans."""
        return self.deferral + self.catch_up


class Terms(NamedTuple):
    """The year's limits and the plan: the same for all its savers."""

    deferral: int  # 402(g)
    annual_additions: int  # 415(c)(1)(A)
    compensation: int  # 401(a)(17)
    a_check: int  # what the match counts of a check where 401(a)(17) is prorated, else UNLIMITED
    stops: bool  # contributions stop at 401(a)(17)
    above_415c: bool  # the reading of catch-up
    after_tax_allowed: bool
    spill_over: int  # IN_PARALLEL, STARTS_AT_LIMIT or DEFERRAL_CONTINUES
    in_dollars: bool  # elections are cents of each pay, not shares of it
    combined_cap: int  # highest share of a pay, all contributions together
    after_tax_cap: int  # cents a year, or UNLIMITED
    after_tax_cap_share: int  # of the year's plan pay, or NO_SHARE
    other_additions: int
    nonelective_rate: int
    profit_sharing_rate: int
    profit_sharing: int
    match_catch_up: bool
    match_after_tax: bool
    trues_up: bool
    match: MatchTerms


class Saver(NamedTuple):
    """One saver's own limits and year to date."""

    catch_up: int
    roth_catch_up: bool  # catch-up must be Roth
    leaves_early: bool  # before the last day that the plan asks for
    elsewhere: int
    ytd_pretax: int
    ytd_roth: int
    ytd_after_tax: int
    ytd_match: int
    ytd_nonelective: int
    ytd_plan_pay: int
    ytd_match_pay: int
    ytd_additions_pay: int
    match_counted: int  # ytd_match_pay as the match counted it
    matched_so_far: int  # the year-to-date contributions that the match counted, or NOT_GIVEN


class Pays(NamedTuple):
    """The columns that are given: what is paid, what of it counts before any limit, and what is elected.

    Elections are millionths, within the plan's caps; where they are in dollars, cents as typed. `recorded` and the
    `paid_` columns are empty where no pay of the year is recorded, `after_tax_most` where elections are shares.
    """

    gross: Sequence[int]
    plan_pay: Sequence[int]
    match_pay: Sequence[int]
    additions_pay: Sequence[int]
    in_match: Sequence[bool]  # whether deferrals out of this pay are matched
    check: Sequence[int]  # pays of one check have one number
    unit: Sequence[int]  # pays whose match is computed together have one number
    segment: Sequence[int]  # 0 before the match formula changes, 1 from it on
    pretax_rate: Sequence[int]
    roth_rate: Sequence[int]
    after_tax_rate: Sequence[int]
    after_tax_most: Sequence[int]  # highest share of this pay as after-tax
    recorded: Sequence[bool]  # what follows is as the stub shows it
    paid_pretax: Sequence[int]
    paid_roth: Sequence[int]
    paid_after_tax: Sequence[int]
    paid_match: Sequence[int]
    paid_nonelective: Sequence[int]


class Made(NamedTuple):
    """The columns that are filled."""

    plan_pay: MutableSequence[int]  # that elections apply to
    match_pay: MutableSequence[int]  # within 401(a)(17)
    pretax_elected: MutableSequence[int]
    roth_elected: MutableSequence[int]
    after_tax_elected: MutableSequence[int]  # with what spills over
    spilled: MutableSequence[int]  # elected as deferral, and after-tax beyond the limit
    pretax: MutableSequence[int]
    roth: MutableSequence[int]
    catch_up: MutableSequence[int]
    nonelective: MutableSequence[int]
    matched: MutableSequence[int]  # contributions that the match counts
    match: MutableSequence[int]
    after_tax: MutableSequence[int]


def prorates(household: Household) -> bool:
    """Whether the match counts each check up to its part of 401(a)(17); an annual match has no checks to prorate."""
    return household.compensation_practice == "prorated" and household.match_period != "annual"


def terms_of(household: Household, limits: Limits) -> Terms:
    """The year's limits and the plan of a validated household."""
    h = household
    return Terms(
        deferral=limits.deferral,
        annual_additions=limits.annual_additions,
        compensation=limits.compensation,
        a_check=half_up(limits.compensation, periods(h)) if prorates(h) else UNLIMITED,
        stops=h.compensation_practice == "stops contributions",
        above_415c=h.catch_up_reading == "above_415c",
        after_tax_allowed=bool(h.after_tax_allowed),
        spill_over=SPILLS.index(h.spill_over) if h.after_tax_allowed else IN_PARALLEL,
        in_dollars=h.election_unit == "dollars",
        combined_cap=combined_cap(h),
        after_tax_cap=UNLIMITED if h.after_tax_cap is None else h.after_tax_cap,
        after_tax_cap_share=NO_SHARE if h.after_tax_cap_share is None else h.after_tax_cap_share,
        other_additions=h.other_additions,
        nonelective_rate=h.nonelective_rate,
        profit_sharing_rate=h.profit_sharing_rate,
        profit_sharing=h.profit_sharing,
        match_catch_up=bool(h.match_catch_up),
        match_after_tax=bool(h.match_after_tax),
        trues_up=h.true_up != "none" and h.match_period in ("per pay", "quarterly"),
        match=match_terms(h),
    )


def saver_of(household: Household, limits: Limits) -> Saver:
    """What is the saver's own in a validated household."""
    h = household
    return Saver(
        limits.catch_up,
        limits.roth_catch_up,
        leaves_before_last_day(h),
        h.elsewhere,
        h.ytd_pretax,
        h.ytd_roth,
        h.ytd_after_tax,
        h.ytd_match,
        h.ytd_nonelective,
        h.ytd_plan_pay,
        h.ytd_match_pay,
        h.ytd_additions_pay,
        h.ytd_match_counted if prorates(h) and h.ytd_match_counted is not None else h.ytd_match_pay,
        NOT_GIVEN if h.ytd_matched_deferral is None else h.ytd_matched_deferral,
    )


def pays_of(household: Household, events: Sequence[Event]) -> Pays:
    """The given columns of a validated household's lines, in order of payment."""
    h = household
    rates = RatesByDate(h)
    elected = [rates.on(event.date, event.election) for event in events]
    most: list[int] = []
    if h.election_unit == "dollars":
        most = [after_tax_cap(h, event.election) if h.after_tax_allowed else 0 for event in events]
    paid: list[Sequence[int]] = [()] * len(PAID)
    if h.paid:
        found: dict[tuple[date, str], Paid] = {(one.date, one.kind): one for one in h.paid}
        records = [found.get((event.date, event.kind)) for event in events]
        paid = [[0 if one is None else getattr(one, name) for one in records] for name in PAID]
    return Pays(
        [event.gross for event in events],
        [event.plan_pay for event in events],
        [event.match_pay for event in events],
        [event.additions_pay for event in events],
        [event.in_match for event in events],
        [event.check for event in events],
        [unit_of(h, event.date, event.check) for event in events],
        [segment_of(h, event.date) for event in events],
        [rate.pretax for rate in elected],
        [rate.roth for rate in elected],
        [rate.after_tax for rate in elected],
        most,
        [event.recorded for event in events] if h.paid else (),
        *paid,
    )


def blank(count: int) -> Made:
    """The columns to be filled, for so many pays."""
    return Made(*([0] * count for _ in Made._fields))
