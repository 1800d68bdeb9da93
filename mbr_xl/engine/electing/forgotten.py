"""What would not fit if the later changes of elections were forgotten."""

from __future__ import annotations

from collections.abc import Iterator

from mbr_xl.engine.electing.instructions import long_date
from mbr_xl.engine.electing.trial import Steps, Trials
from mbr_xl.money import dollars


def without_changes(trials: Trials, steps: Steps) -> Iterator[str]:
    """What the first set alone would elect beyond the limits or take from cash, where its changes prevent that."""
    if len(steps) < 2:
        return
    both, alone = trials.year(steps), trials.year(steps[:1])
    parts = []
    beyond = alone.deferred - alone.sums.pretax - alone.sums.roth
    if beyond > 0 and not trials.spills:
        parts.append(f"{dollars(beyond)} of deferral")
    over = alone.after_tax - max(0, alone.sums.room)
    if over > 0 and both.after_tax <= max(0, both.sums.room):
        parts.append(f"{dollars(over)} of after-tax")
    days = long_date(steps[1].start)
    change = f"the change of {days}" if len(steps) == 2 else f"the changes from {days} on"
    if parts:
        yield f"Without {change}, {' and '.join(parts)} would not fit."
    if trials.keeps_cash(both) and not trials.keeps_cash(alone):
        yield f"Without {change}, the cash floor or a check would be broken."
