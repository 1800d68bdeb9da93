"""What is known of one saver's year: the inputs, each named once.

Every field is an input cell of the planner under the same name, and a row of MBR_SCHEDULE's household range.
Money is whole cents, rates are whole millionths; None means the cell is blank.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from mbr_xl.fact import column, fact, listed
from mbr_xl.money import Cents, Millionths
from mbr_xl.records import MOST_CONVERTED, MOST_PAID, Converted, Paid

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

    start: date = column("From")
    annual_salary: Cents = column("New salary")


@dataclass(frozen=True)
class Leave:
    """Regular pays dated `start` to `end`, both included, are paid at `share_paid` of the usual (0 is unpaid)."""

    start: date = column("First day")
    end: date = column("Last day")
    share_paid: Millionths = column("Share paid")


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


@dataclass(frozen=True)
class Span:
    """The days `start` to `end`, both included."""

    start: date = column("First day")
    end: date = column("Last day")


MOST_PAYMENTS, MOST_ELECTIONS, MOST_TIERS, MOST_RAISES, MOST_LEAVES, MOST_DATES = 60, 12, 4, 6, 6, 12
MOST_SPANS = 6
MOST_EARLIER = 12


@dataclass(frozen=True)
class Earlier:
    """A conversion made before those that the planner knows: it counts toward the most that the plan allows."""

    date: date


@dataclass(frozen=True, kw_only=True)
class Household:
    """One saver, one employer, one tax year."""

    client: str = fact("Saver", "Client", "shown on the hand-off", default="")
    tax_year: int = fact("Saver", "Tax year", "2019 to 2026; later with limits of your own or a projection")
    birth_date: date | None = fact("Saver", "Date of birth", "decides catch-up; blank is no catch-up")
    prior_wages: Cents | None = fact(
        "Saver", "Last year's Social Security wages", "W-2 box 3 from this employer; 0 if new; decides Roth catch-up"
    )
    elsewhere: Cents = fact(
        "Saver", "Deferrals to other employers' plans", "this year; share one 402(g) limit", default=0
    )

    pay_frequency: Frequency = fact("Pay", "Pay frequency", default="biweekly")
    any_pay_date: date = fact("Pay", "One pay date", "any regular pay date, before a holiday moves it")
    second_day: int | None = fact("Pay", "Other day of the month", "semimonthly only; 31 is the last day")
    shift: Literal["before", "none"] = fact(
        "Pay", "Pay date on a weekend or bank holiday", "before: paid on the business day before", default="before"
    )
    annual_salary: Cents = fact("Pay", "Annual salary")
    salary_divisor: int | None = fact("Pay", "Salary is divided by", "blank: 52, 26, 24 or 12")
    hire_date: date | None = fact("Pay", "Hire date", "blank: employed all year")
    leave_date: date | None = fact("Pay", "Last day of employment", "blank: stays; no pay dated later is planned")
    raises: tuple[Raise, ...] = listed("Pay", "Raises", "dates ascending", prefix="raise_", most=MOST_RAISES)
    leaves: tuple[Leave, ...] = listed(
        "Pay", "Leave", "unpaid or part-paid, without overlap", prefix="leave_", most=MOST_LEAVES
    )

    ytd_date: date | None = fact("Year to date", "Figures through", "pays up to this date are not planned again")
    ytd_pretax: Cents = fact("Year to date", "Pre-tax deferrals", default=0)
    ytd_roth: Cents = fact("Year to date", "Roth deferrals", default=0)
    ytd_after_tax: Cents = fact("Year to date", "After-tax contributions", default=0)
    ytd_match: Cents = fact("Year to date", "Employer match", "without last year's true-up", default=0)
    ytd_nonelective: Cents = fact("Year to date", "Nonelective contributions", default=0)
    ytd_plan_pay: Cents = fact("Year to date", "Plan pay", default=0)
    ytd_match_pay: Cents = fact("Year to date", "Pay that the match counts", "before the 401(a)(17) limit", default=0)
    ytd_match_counted: Cents | None = fact(
        "Year to date", "of it, within the limit of each check", "only where 401(a)(17) is prorated"
    )
    ytd_additions_pay: Cents = fact("Year to date", "415 pay", "gross pay before deferrals", default=0)
    ytd_matched_deferral: Cents | None = fact(
        "Year to date", "Contributions that the match counts", "blank: all deferrals; after-tax too where it is matched"
    )
    ytd_converted: Cents = fact("Year to date", "Converted to Roth so far", default=0)
    ytd_taxable: Cents = fact("Year to date", "Taxable part of that", default=0)

    after_tax_allowed: bool = fact("Plan", "Plan takes after-tax contributions", default=True)
    plan_has_roth: bool = fact("Plan", "Plan takes Roth deferrals", default=True)
    catch_up_offered: bool = fact("Plan", "Plan offers catch-up", default=True)
    super_catch_up_offered: bool = fact("Plan", "Plan offers the age 60 to 63 amount", default=True)
    catch_up_reading: Literal["above_402g", "above_415c"] = fact(
        "Plan", "Reading of catch-up", "above_402g is what plans use", default="above_402g"
    )
    separate_elections: bool = fact(
        "Plan", "Separate elections by kind of pay", "no: the base election hits all", default=False
    )
    election_unit: Literal["percent", "dollars"] = fact(
        "Plan", "Elections are in", "dollars: of each pay", default="percent"
    )
    spill_over: Literal["none", "starts at the limit", "deferral continues"] = fact(
        "Plan", "After-tax and the deferral limit", "", default="none"
    )
    compensation_practice: Literal["cumulative", "prorated", "stops contributions"] = fact(
        "Plan", "401(a)(17) practice", "how payroll applies the limit to the match", default="cumulative"
    )
    after_tax_cap: Cents | None = fact("Plan", "Cap on after-tax, dollars a year", "blank: none")
    after_tax_cap_share: Millionths | None = fact("Plan", "Cap on after-tax, share of the year's plan pay")
    cap_base: Millionths | None = fact("Plan", "Highest after-tax election, base", "blank: 100%")
    cap_bonus: Millionths | None = fact("Plan", "Highest after-tax election, bonus", "blank: 100%")
    cap_commission: Millionths | None = fact("Plan", "Highest after-tax election, commission", "blank: 100%")
    combined_cap: Millionths | None = fact("Plan", "Highest election, all contributions together", "blank: 100%")
    other_additions: Cents = fact(
        "Plan", "Other annual additions", "forfeitures, another plan of this employer", default=0
    )
    most_elected: Millionths = fact(
        "Plan", "Most of a pay that new elections take", "the rest pays taxes and benefits; blank: 75%", default=750_000
    )
    cushion: Cents = fact("Plan", "Room to leave free", "dollars the best election keeps back", default=0)

    match_period: Literal["per pay", "quarterly", "annual", "none"] = fact("Match", "Match is computed", default="none")
    match_tiers: tuple[Tier, ...] = fact("Match", "Match formula", default=())
    match_or: tuple[Tier, ...] = fact("Match", "or, if greater", default=())
    match_change_date: date | None = fact("Match", "Formula changes on")
    match_tiers_after: tuple[Tier, ...] = fact("Match", "Formula after the change", default=())
    match_or_after: tuple[Tier, ...] = fact("Match", "or, if greater, after the change", default=())
    match_max: Cents | None = fact("Match", "Most match in a year", "blank: no dollar maximum")
    match_catch_up: bool = fact("Match", "Catch-up is matched", default=False)
    match_after_tax: bool = fact("Match", "After-tax is matched", default=False)
    true_up: Literal["none", "december", "next spring"] = fact("Match", "True-up", default="none")
    last_day_rule: bool = fact(
        "Match", "Only if employed on December 31", "annual match, true-up and profit sharing", default=False
    )
    nonelective_rate: Millionths = fact("Match", "Nonelective, share of each pay", default=0)
    profit_sharing_rate: Millionths = fact("Match", "Profit sharing, share of the year's plan pay", default=0)
    profit_sharing: Cents = fact("Match", "Profit sharing, dollars", default=0)

    in_plan_conversion: bool = fact("Conversion", "Plan allows in-plan conversion", default=True)
    in_service_withdrawal: bool = fact("Conversion", "Plan allows in-service withdrawal", default=False)
    conversion_path: Literal["in plan", "Roth IRA"] | None = fact(
        "Conversion", "Path taken", "blank: in plan where allowed and earnings do not leave, else a Roth IRA"
    )
    in_plan_most: int | None = fact("Conversion", "Most in-plan conversions a year", "1 to 12; blank: no such rule")
    withdrawals_most: int | None = fact(
        "Conversion", "Most in-service withdrawals a year", "1 to 12; blank: no such rule"
    )
    counted_over: Literal["calendar year", "rolling 12 months"] = fact(
        "Conversion", "They are counted over", default="calendar year"
    )
    conversion_minimum: Cents = fact("Conversion", "Least that one conversion may move", "blank: none", default=0)
    in_plan_fee: Cents = fact("Conversion", "Fee of an in-plan conversion", default=0)
    withdrawal_fee: Cents = fact("Conversion", "Fee of an in-service withdrawal", default=0)
    withdrawal_age: int | None = fact(
        "Conversion", "In-service withdrawal of after-tax from age", "blank: at any age; 59 is 59 1/2"
    )
    withdrawal_months: int = fact(
        "Conversion", "Months money must have been in the plan", "for a withdrawal; 0: none", default=0
    )
    opening_seasoned: bool = fact(
        "Conversion", "The opening account has been there that long", "no: its months begin on its date", default=False
    )
    spousal_consent: bool = fact("Conversion", "Spouse must consent to a withdrawal", default=False)
    suspends_months: int = fact(
        "Conversion", "Months without contributions after a withdrawal", "0: it suspends nothing", default=0
    )
    suspends_match: bool = fact("Conversion", "The match is suspended too", default=False)
    separate_contract: bool = fact(
        "Conversion", "After-tax is accounted for separately", "no: pro rata over the whole account", default=True
    )
    other_value: Cents = fact(
        "Conversion",
        "Pre-tax money in the same account",
        "vested, on the opening date; only where it is not separate",
        default=0,
    )
    conversion_windows: tuple[Span, ...] = listed(
        "Conversion", "Windows", "conversions only on these days; empty: on any", prefix="window_", most=MOST_SPANS
    )
    blackouts: tuple[Span, ...] = listed(
        "Conversion", "Blackouts", "no conversion on these days", prefix="blackout_", most=MOST_SPANS
    )
    earlier_conversions: tuple[Earlier, ...] = listed(
        "Conversion",
        "Conversions made before",
        "up to the year-to-date date, or 12 months back where those count",
        prefix="earlier_",
        most=MOST_EARLIER,
    )
    cost_years: int = fact("Conversion", "Years for the cost of waiting", "1 to 50", default=10)
    cadence: Literal["automatic", "each pay", "monthly", "quarterly", "dates", "none"] = fact(
        "Conversion", "Converted", default="automatic"
    )
    posting_lag: int = fact("Conversion", "Business days from pay date to the account", default=1)
    conversion_lag: int = fact("Conversion", "Business days from the account to the conversion", default=1)
    conversion_dates: tuple[date, ...] = fact("Conversion", "Conversion dates", "for cadence dates", default=())
    earnings_to: Literal["roth", "traditional", "leave"] = fact("Conversion", "Earnings go", default="roth")
    growth_rate: Millionths = fact("Conversion", "Growth a year until converted", "may be negative", default=0)
    opening_value: Cents = fact(
        "Conversion", "After-tax account, opening value", "1 January, or year-to-date date", default=0
    )
    opening_basis: Cents = fact("Conversion", "After-tax account, opening basis", "pre-1987 included", default=0)
    opening_pre_1987: Cents = fact(
        "Conversion", "of it, from before 1987", "only if the plan allowed withdrawals on May 5, 1986", default=0
    )
    unrecovered_basis: Literal["lost", "carried"] = fact(
        "Conversion", "Basis above value after a loss", "as the plan accounts for it", default="lost"
    )
    federal_rate: Millionths = fact("Conversion", "Federal rate on the next dollar", default=0)
    state_rate: Millionths = fact("Conversion", "State rate on the next dollar", default=0)

    use_projection: bool = fact("Limits", "Use projected limits where none are published", default=False)
    own_deferral: Cents | None = fact("Limits", "Your own figure: deferral limit, 402(g)")
    own_catch_up: Cents | None = fact("Limits", "Your own figure: catch-up, 50 and over")
    own_super_catch_up: Cents | None = fact("Limits", "Your own figure: catch-up, 60 to 63")
    own_annual_additions: Cents | None = fact("Limits", "Your own figure: annual additions, 415(c)")
    own_compensation: Cents | None = fact("Limits", "Your own figure: compensation, 401(a)(17)")
    own_roth_catch_up_wages: Cents | None = fact("Limits", "Your own figure: wages above which catch-up is Roth")

    payments: tuple[Payment, ...] = listed(
        "Payments", "Payments beside the regular pay", prefix="payment_", most=MOST_PAYMENTS, sheet="Payments"
    )
    elections: tuple[Election, ...] = listed(
        "Elections", "Elections by date", prefix="election_", most=MOST_ELECTIONS, sheet="Elections"
    )
    change_from: date | None = fact(
        "Elections", "First pay date a new election can reach", "blank: the first pay that is not recorded yet"
    )

    paid: tuple[Paid, ...] = listed("Records", "Pays as they were", prefix="paid_", most=MOST_PAID, sheet="Records")
    converted: tuple[Converted, ...] = listed(
        "Records", "Conversions as they were", prefix="converted_", most=MOST_CONVERTED, sheet="Records"
    )
