"""What is known of one saver's year: the inputs, each named once.

Every field is an input cell of the planner under the same name, and a row of MBR_SCHEDULE's household range.
Money is whole cents, rates are whole millionths; None means the cell is blank.
"""

from __future__ import annotations

from dataclasses import Field, dataclass, field, fields
from datetime import date
from typing import Any, Literal

from mbr_xl.money import Cents, Millionths

Frequency = Literal["weekly", "biweekly", "semimonthly", "monthly"]
PayKind = Literal["bonus", "commission", "rsu", "sign-on", "retention", "overtime", "other"]
ElectionKind = Literal["base", "bonus", "commission"]
TierKind = Literal["share", "dollars", "limit", "award"]

# The election that a kind of pay follows where the plan takes separate elections.
ELECTION_OF: dict[str, ElectionKind] = {
    "base": "base", "overtime": "base", "commission": "commission", "bonus": "bonus", "rsu": "bonus",
    "sign-on": "bonus", "retention": "bonus", "other": "bonus",
}  # fmt: skip

USUAL_PAYS: dict[str, int] = {"weekly": 52, "biweekly": 26, "semimonthly": 24, "monthly": 12}


@dataclass(frozen=True)
class Tier:
    """One line of a match formula.

    share: `rate` on deferrals in the next `width` (millionths) of pay; dollars: `rate` on the next `width` cents of
    the year; limit: `rate` on deferrals up to the deferral limit of the year (width unused); award: `rate` of pay
    once deferrals reach `width` (millionths) of pay.
    """

    kind: TierKind
    rate: Millionths
    width: int = 0


@dataclass(frozen=True)
class Raise:
    """From the first pay on or after `start`, the annual salary is `annual_salary`."""

    start: date
    annual_salary: Cents


@dataclass(frozen=True)
class Leave:
    """Regular pays dated `start` to `end`, both included, are paid at `share_paid` of the usual (0 is unpaid)."""

    start: date
    end: date
    share_paid: Millionths


@dataclass(frozen=True)
class Payment:
    """A payment beside the regular pay; `separate` is on its own check, else inside the regular pay of that date
    (or of the next regular pay date). The three flags say whether the plan's elections, the match and 415 count it."""

    date: date
    kind: PayKind
    amount: Cents
    separate: bool
    in_plan_pay: bool
    in_match_pay: bool
    in_additions_pay: bool


@dataclass(frozen=True)
class Election:
    """Rates from the first pay on or after `start`; None leaves the rate as it was (0 before the first)."""

    start: date
    base_pretax: Millionths | None = None
    base_roth: Millionths | None = None
    base_after_tax: Millionths | None = None
    bonus_pretax: Millionths | None = None
    bonus_roth: Millionths | None = None
    bonus_after_tax: Millionths | None = None
    commission_pretax: Millionths | None = None
    commission_roth: Millionths | None = None
    commission_after_tax: Millionths | None = None


MOST_PAYMENTS, MOST_ELECTIONS, MOST_TIERS, MOST_RAISES, MOST_LEAVES, MOST_DATES = 60, 12, 4, 6, 6, 12


def _input(section: str, label: str, note: str = "", default: Any = None) -> Any:
    return field(default=default, metadata={"section": section, "label": label, "note": note})


@dataclass(frozen=True, kw_only=True)
class Household:
    """One saver, one employer, one tax year."""

    client: str = _input("Saver", "Client", "shown on the hand-off", default="")
    tax_year: int = _input("Saver", "Tax year", "2019 to 2026; later with limits of your own or a projection")
    birth_date: date | None = _input("Saver", "Date of birth", "decides catch-up; blank is no catch-up")
    prior_wages: Cents | None = _input(
        "Saver", "Last year's Social Security wages", "W-2 box 3 from this employer; 0 if new; decides Roth catch-up"
    )
    elsewhere: Cents = _input(
        "Saver", "Deferrals to other employers' plans", "this year; share one 402(g) limit", default=0
    )

    pay_frequency: Frequency = _input("Pay", "Pay frequency", default="biweekly")
    any_pay_date: date = _input("Pay", "One pay date", "any regular pay date, before a holiday moves it")
    second_day: int | None = _input("Pay", "Other day of the month", "semimonthly only; 31 is the last day")
    shift: Literal["before", "none"] = _input(
        "Pay", "Pay date on a weekend or bank holiday", "before: paid on the business day before", default="before"
    )
    annual_salary: Cents = _input("Pay", "Annual salary")
    salary_divisor: int | None = _input("Pay", "Salary is divided by", "blank: 52, 26, 24 or 12")
    hire_date: date | None = _input("Pay", "Hire date", "blank: employed all year")
    leave_date: date | None = _input("Pay", "Last day of employment", "blank: stays; no pay dated later is planned")
    raises: tuple[Raise, ...] = _input("Pay", "Raises", "dates ascending", default=())
    leaves: tuple[Leave, ...] = _input("Pay", "Leave", "unpaid or part-paid, without overlap", default=())

    ytd_date: date | None = _input("Year to date", "Figures through", "pays up to this date are not planned again")
    ytd_pretax: Cents = _input("Year to date", "Pre-tax deferrals", default=0)
    ytd_roth: Cents = _input("Year to date", "Roth deferrals", default=0)
    ytd_after_tax: Cents = _input("Year to date", "After-tax contributions", default=0)
    ytd_match: Cents = _input("Year to date", "Employer match", "without last year's true-up", default=0)
    ytd_nonelective: Cents = _input("Year to date", "Nonelective contributions", default=0)
    ytd_plan_pay: Cents = _input("Year to date", "Plan pay", default=0)
    ytd_match_pay: Cents = _input("Year to date", "Pay that the match counts", "before the 401(a)(17) limit", default=0)
    ytd_match_counted: Cents | None = _input(
        "Year to date", "of it, within the limit of each check", "only where 401(a)(17) is prorated"
    )
    ytd_additions_pay: Cents = _input("Year to date", "415 pay", "gross pay before deferrals", default=0)
    ytd_matched_deferral: Cents | None = _input(
        "Year to date", "Contributions that the match counts", "blank: all deferrals; after-tax too where it is matched"
    )
    ytd_converted: Cents = _input("Year to date", "Converted to Roth so far", default=0)
    ytd_taxable: Cents = _input("Year to date", "Taxable part of that", default=0)

    after_tax_allowed: bool = _input("Plan", "Plan takes after-tax contributions", default=True)
    plan_has_roth: bool = _input("Plan", "Plan takes Roth deferrals", default=True)
    catch_up_offered: bool = _input("Plan", "Plan offers catch-up", default=True)
    super_catch_up_offered: bool = _input("Plan", "Plan offers the age 60 to 63 amount", default=True)
    catch_up_reading: Literal["above_402g", "above_415c"] = _input(
        "Plan", "Reading of catch-up", "above_402g is what plans use", default="above_402g"
    )
    separate_elections: bool = _input(
        "Plan", "Separate elections by kind of pay", "no: the base election hits all", default=False
    )
    compensation_practice: Literal["cumulative", "prorated", "stops contributions"] = _input(
        "Plan", "401(a)(17) practice", "how payroll applies the limit to the match", default="cumulative"
    )
    after_tax_cap: Cents | None = _input("Plan", "Cap on after-tax, dollars a year", "blank: none")
    after_tax_cap_share: Millionths | None = _input("Plan", "Cap on after-tax, share of the year's plan pay")
    cap_base: Millionths | None = _input("Plan", "Highest after-tax election, base", "blank: 100%")
    cap_bonus: Millionths | None = _input("Plan", "Highest after-tax election, bonus", "blank: 100%")
    cap_commission: Millionths | None = _input("Plan", "Highest after-tax election, commission", "blank: 100%")
    combined_cap: Millionths | None = _input("Plan", "Highest election, all contributions together", "blank: 100%")
    other_additions: Cents = _input(
        "Plan", "Other annual additions", "forfeitures, another plan of this employer", default=0
    )
    cushion: Cents = _input("Plan", "Room to leave free", "dollars the best election keeps back", default=0)

    match_period: Literal["per pay", "quarterly", "annual", "none"] = _input(
        "Match", "Match is computed", default="none"
    )
    match_tiers: tuple[Tier, ...] = _input("Match", "Match formula", default=())
    match_or: tuple[Tier, ...] = _input("Match", "or, if greater", default=())
    match_change_date: date | None = _input("Match", "Formula changes on")
    match_tiers_after: tuple[Tier, ...] = _input("Match", "Formula after the change", default=())
    match_or_after: tuple[Tier, ...] = _input("Match", "or, if greater, after the change", default=())
    match_max: Cents | None = _input("Match", "Most match in a year", "blank: no dollar maximum")
    match_catch_up: bool = _input("Match", "Catch-up is matched", default=False)
    match_after_tax: bool = _input("Match", "After-tax is matched", default=False)
    true_up: Literal["none", "december", "next spring"] = _input("Match", "True-up", default="none")
    last_day_rule: bool = _input(
        "Match", "Only if employed on December 31", "annual match, true-up and profit sharing", default=False
    )
    nonelective_rate: Millionths = _input("Match", "Nonelective, share of each pay", default=0)
    profit_sharing_rate: Millionths = _input("Match", "Profit sharing, share of the year's plan pay", default=0)
    profit_sharing: Cents = _input("Match", "Profit sharing, dollars", default=0)

    in_plan_conversion: bool = _input("Conversion", "Plan allows in-plan conversion", default=True)
    in_service_withdrawal: bool = _input("Conversion", "Plan allows in-service withdrawal", default=False)
    cadence: Literal["automatic", "each pay", "monthly", "quarterly", "dates", "none"] = _input(
        "Conversion", "Converted", default="automatic"
    )
    posting_lag: int = _input("Conversion", "Business days from pay date to the account", default=1)
    conversion_lag: int = _input("Conversion", "Business days from the account to the conversion", default=1)
    conversion_dates: tuple[date, ...] = _input("Conversion", "Conversion dates", "for cadence dates", default=())
    earnings_to: Literal["roth", "traditional", "leave"] = _input("Conversion", "Earnings go", default="roth")
    growth_rate: Millionths = _input("Conversion", "Growth a year until converted", "may be negative", default=0)
    opening_value: Cents = _input(
        "Conversion", "After-tax account, opening value", "1 January, or year-to-date date", default=0
    )
    opening_basis: Cents = _input("Conversion", "After-tax account, opening basis", "pre-1987 included", default=0)
    opening_pre_1987: Cents = _input(
        "Conversion", "of it, from before 1987", "only if the plan allowed withdrawals on May 5, 1986", default=0
    )
    unrecovered_basis: Literal["lost", "carried"] = _input(
        "Conversion", "Basis above value after a loss", "as the plan accounts for it", default="lost"
    )
    federal_rate: Millionths = _input("Conversion", "Federal rate on the next dollar", default=0)
    state_rate: Millionths = _input("Conversion", "State rate on the next dollar", default=0)

    use_projection: bool = _input("Limits", "Use projected limits where none are published", default=False)
    own_deferral: Cents | None = _input("Limits", "Your own figure: deferral limit, 402(g)")
    own_catch_up: Cents | None = _input("Limits", "Your own figure: catch-up, 50 and over")
    own_super_catch_up: Cents | None = _input("Limits", "Your own figure: catch-up, 60 to 63")
    own_annual_additions: Cents | None = _input("Limits", "Your own figure: annual additions, 415(c)")
    own_compensation: Cents | None = _input("Limits", "Your own figure: compensation, 401(a)(17)")
    own_roth_catch_up_wages: Cents | None = _input("Limits", "Your own figure: wages above which catch-up is Roth")

    payments: tuple[Payment, ...] = _input("Payments", "Payments beside the regular pay", default=())
    elections: tuple[Election, ...] = _input("Elections", "Elections by date", default=())
    change_from: date | None = _input(
        "Elections", "First pay date a new election can reach", "blank: the year's first planned pay"
    )


def inputs() -> tuple[Field[Any], ...]:
    """The fields in the order of the Inputs sheet; metadata holds section, label and note."""
    return fields(Household)
