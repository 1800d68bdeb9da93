"""What can make a limit fail although the elections fit: testing, another employer, an excess found late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from mbr_xl.fact import fact
from mbr_xl.money import Cents, Millionths

SECTION = "Testing and excess"


@dataclass(frozen=True, kw_only=True)
class LimitFacts:
    """Every field is an input cell of the planner under the same name; all may be left blank."""

    lookback_pay: Cents | None = fact(
        SECTION, "Last year's 415 pay from this employer", "above the limit of that year: highly compensated"
    )
    five_percent_owner: bool = fact(SECTION, "Owns more than 5%, this year or last", default=False)
    top_paid_election: bool = fact(SECTION, "Employer elects the top-paid 20%", default=False)
    in_top_paid: bool | None = fact(SECTION, "In the top-paid 20% last year", "used where elected; blank counts as yes")
    nhce_acp: Millionths | None = fact(
        SECTION,
        "Average of those not highly compensated (ACP)",
        "match and after-tax over pay, of last year unless the plan tests on this one",
    )
    safe_harbor_match: bool = fact(
        SECTION, "Safe harbor match, left out of the test", "after-tax never is", default=False
    )
    automatic_enrollment: bool = fact(
        SECTION, "Plan is an EACA", "eligible automatic contribution arrangement: six months for refunds", default=False
    )
    returned_earnings: Millionths | None = fact(
        SECTION, "Earnings on money that comes back", "share of it earned by then, such as 4%; blank: not told"
    )

    elsewhere_roth: Cents = fact(SECTION, "Roth part of the deferrals elsewhere", default=0)
    elsewhere_related: bool | None = fact(
        SECTION, "Other employer is related to this one", "one controlled group: one 415(c) limit; blank: not told"
    )
    elsewhere_additions: Cents = fact(
        SECTION,
        "Annual additions at the other employer",
        "without catch-up; not in Other annual additions too",
        default=0,
    )
    elsewhere_pay: Cents = fact(SECTION, "415 pay at the other employer", "used where it is related", default=0)

    excess_from: Literal["this plan", "other plan"] = fact(
        SECTION, "Plan asked to return an excess deferral", default="other plan"
    )
    excess_first: Literal["pre-tax", "Roth"] = fact(SECTION, "Deferrals that come back first", default="pre-tax")
    excess_notice: date | None = fact(SECTION, "Plan wants to know of an excess by", "blank: March 1 of next year")
    excess_returned: date | None = fact(SECTION, "Day the excess deferral comes back", "blank: next year, in time")

    matched_deferral: Cents | None = fact(
        SECTION, "Deferrals of the year that were matched", "blank: up to what the match formula counts"
    )
