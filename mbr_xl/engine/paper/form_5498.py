"""Form 5498 of the IRAs that receive plan money: box 2 to expect, and none for a conversion inside the plan."""

from __future__ import annotations

from dataclasses import dataclass

from mbr_xl.engine.paper.by_path import ByPath
from mbr_xl.money import Cents


@dataclass(frozen=True, slots=True)
class Forms5498:
    """Box 2, rollover contributions, of the Roth IRA's and the traditional IRA's form; 0: no form for the rollover."""

    roth_ira: Cents
    traditional: Cents


def forms_5498(year: ByPath) -> Forms5498:
    """Box 2 of the forms of one year; money converted inside the plan is on neither, since no IRA received it.

    Source: Instructions for Forms 1099-R and 5498 (Form 5498, box 2: rollovers from a qualified plan, to a Roth IRA
    too; box 3 is for conversions out of other IRAs; in-plan Roth rollovers).
    """
    return Forms5498(year.roth_ira, year.to_traditional)
