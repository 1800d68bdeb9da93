"""What the saver wants of the elections, and which pays new elections can still reach."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from mbr_xl.engine.choosable import open_from
from mbr_xl.engine.elections import ONE_PERCENT
from mbr_xl.engine.events import Event
from mbr_xl.errors import InputError
from mbr_xl.household import Household
from mbr_xl.money import WHOLE, Cents, Millionths, percent

Deferral = Literal["pretax", "roth"]
Ties = Literal["level", "early", "bonus first", "pay checks first"]
MOST_CHANGES = 4
SMALLEST_STEP = 1_000  # 0.1 %
WHOLE_PERCENT = Millionths(ONE_PERCENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What the search is asked for.

    deferral: what deferrals are, before a catch-up that must be Roth; asked: cents deferred in this plan in the year,
    what is made included, more where the whole match takes more, None is all that 402(g) and catch-up allow; step: of
    an election, in millionths, unused in a plan of dollars, where it is a dollar of each pay; changes: later changes at
    most; change_dates: days on which the plan lets elections change, None is every pay; ties: what decides between
    elections that bring the same money; with_commission: commission follows the base election instead of staying as it
    is; decided and lead_pays: the day of the decision and how many regular pays after it still follow the old election,
    used where the household gives no change_from.
    """

    deferral: Deferral = "pretax"
    asked: Cents | None = None
    step: Millionths = WHOLE_PERCENT
    changes: int = 1
    change_dates: tuple[date, ...] | None = None
    ties: Ties = "level"
    with_commission: bool = False
    decided: date | None = None
    lead_pays: int = 1


def validate_wishes(wishes: Wishes, household: Household) -> None:
    """Nothing, if the wishes can be used; raises InputError with the first that cannot."""
    w = wishes
    if w.deferral not in get_args(Deferral):
        raise InputError(f"Deferrals are {w.deferral!r}: give pretax or roth.")
    if w.deferral == "roth" and not household.plan_has_roth:
        raise InputError("The plan takes no Roth deferrals: ask for pre-tax.")
    if w.ties not in get_args(Ties):
        raise InputError(f"{w.ties!r} is no preference: give {', '.join(get_args(Ties)[:-1])} or {get_args(Ties)[-1]}.")
    if not SMALLEST_STEP <= w.step <= WHOLE // 4:
        raise InputError(f"The step of elections is {percent(w.step)}: give {percent(SMALLEST_STEP)} to 25%.")
    if not 0 <= w.changes <= MOST_CHANGES:
        raise InputError(f"{w.changes} later changes are asked for: give 0 to {MOST_CHANGES}.")
    if w.asked is not None and w.asked < 0:
        raise InputError("The deferral asked for is below $0: give dollars, 0 or more.")
    if not 0 <= w.lead_pays <= 10:
        raise InputError(f"{w.lead_pays} pays until an election takes effect: give 0 to 10.")


def kinds_chosen(household: Household, wishes: Wishes) -> dict[str, tuple[str, ...]]:
    """The two elections that are chosen, and the kinds of election whose pay follows each."""
    if not household.separate_elections:
        return {"base": ("base",), "bonus": ()}
    return {"base": ("base", "commission") if wishes.with_commission else ("base",), "bonus": ("bonus",)}


def reachable(household: Household, wishes: Wishes, events: Sequence[Event]) -> list[date]:
    """The pay dates from which new elections can be in force, ascending, the first election's first; never empty.

    events: the year's, in order of payment.
    Raises InputError where no pay with an election of its own is left.
    """
    kinds = {kind for kinds in kinds_chosen(household, wishes).values() for kind in kinds}
    days = sorted(
        {event.date for event in events if event.election in kinds and event.plan_pay > 0 and not event.recorded}
    )
    earliest = open_from(household)
    if household.change_from is None and wishes.decided is not None:
        later = [event.date for event in events if event.kind == "base" and event.date > wishes.decided]
        earliest = max(earliest, later[wishes.lead_pays] if len(later) > wishes.lead_pays else date.max)
    days = [day for day in days if day >= earliest]
    if wishes.change_dates is not None and days:
        changes = [day for day in wishes.change_dates if day >= earliest]
        following = (next((day for day in days if day >= one), None) for one in changes)
        days = sorted({day for day in following if day is not None})
    if not days:
        raise InputError("No pay is left this year that a new election could reach.")
    return days
