"""Traditional, SEP and SIMPLE IRAs of the saver: what the ordinary backdoor depends on."""

from __future__ import annotations

from dataclasses import dataclass

from mbr_xl.fact import fact
from mbr_xl.money import Cents

SECTION = "IRAs"


@dataclass(frozen=True, kw_only=True)
class IraFacts:
    """Every field is an input cell of the planner under the same name; all may be left blank."""

    ira_value: Cents | None = fact(
        SECTION, "Traditional, SEP and SIMPLE IRAs on December 31", "value after the conversion; 0 if none"
    )
    ira_contributed: Cents = fact(
        SECTION, "Nondeductible contribution for the year", "to traditional IRAs, late part included", default=0
    )
    ira_late: Cents = fact(SECTION, "of it, made after December 31", default=0)
    ira_converted: Cents = fact(SECTION, "Converted from traditional IRAs this year", default=0)
    ira_basis: Cents = fact(SECTION, "Basis of earlier years", "Form 8606 of last year, line 14", default=0)
    ira_distributed: Cents = fact(
        SECTION, "Other withdrawals from them", "neither rolled over, converted nor given to charity", default=0
    )
    ira_compensation: Cents | None = fact(SECTION, "Taxable compensation", "blank: at least the IRA limit")
    ira_pretax: Cents | None = fact(
        SECTION, "Pre-tax IRA money that a 401(k) would take", "of the December 31 value; blank: all that is pre-tax"
    )
    roll_in_accepted: bool = fact(SECTION, "This 401(k) takes such roll-ins", default=False)
    magi: Cents | None = fact(
        SECTION, "Modified AGI for a Roth IRA", "blank: as Tax computes it; without income of conversions to Roth IRAs"
    )

    spouse_ira_value: Cents | None = fact(
        SECTION, "Spouse: such IRAs on December 31", "blank: the spouse is left out; each spouse has a Form 8606"
    )
    spouse_ira_contributed: Cents = fact(SECTION, "Spouse: nondeductible contribution for the year", default=0)
    spouse_ira_late: Cents = fact(SECTION, "Spouse: of it, made after December 31", default=0)
    spouse_ira_converted: Cents = fact(SECTION, "Spouse: converted this year", default=0)
    spouse_ira_basis: Cents = fact(SECTION, "Spouse: basis of earlier years", default=0)
    spouse_ira_distributed: Cents = fact(SECTION, "Spouse: other withdrawals", default=0)
