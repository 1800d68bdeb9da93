"""What a cell costs, called as Excel calls it: every function of single values, and those that take a range.

`python benchmarks/functions.py`; the claims are at most 15 µs a call of a scalar function, every example of its page
with single cells and the longer calls of `FULL`, asked again and again as a column of a sheet asks them, and at most
100 ms for a range of 10,000 rows. Beside them: MBR_ROOM's arithmetic asked of the engine directly; the six cadences of
MBR_DELAY_COST asked one by one.
"""

from datetime import date

from claim import Claim, least, report

from mbr_udfs import CATALOGUE
from mbr_udfs.formula import parse
from mbr_xl.engine.room import room
from mbr_xl.rules import rules_for

CLAIM_US, CLAIM_MS, ROWS = 15, 100, 10_000
FULL = (
    '=MBR_ROOM(2026, 24500, 10000, 5000, 52, 300000, 50000, "above_402g", 1000)',
    '=MBR_ROOM("2027 projected", 24500, 10000, 5000, "3/4/1974", 300000, 50000, "above_402g", 1000)',
    '=MBR_MATCH(200000, 24500, "100% of 3% + 50% of 2% + 25% of 2%, at most $9,000")',
    '=MBR_MATCH(400000, 24500, "greater of 50% up to the deferral limit and 100% of $3000", "2027 projected")',
)


def scalar() -> list[Claim]:
    """The slowest call of all functions that give a single value, from single cells."""
    times = {}
    single = [function for function in CATALOGUE if function.kind.name != "TABLE"]
    for example in (*(text for function in single for text in function.sections["Example"]), *FULL):
        called, cells = parse(example)
        if not any(isinstance(cell, list) for cell in cells):
            assert not str(called(*cells)).startswith("#MBR!")
            times[example] = 1e6 * least(lambda called=called, cells=cells: called(*cells))
    slowest = max(times, key=lambda example: times[example])
    rules = rules_for(2026)
    direct = 1e6 * least(lambda: room(rules, 2_450_000, 1_000_000))
    usual = times["=MBR_ROOM(2026, 24500, 10000)"]
    return [
        Claim(
            f"One call of a scalar function, the slowest of {len(times)}",
            f"`MBR_ROOM` {usual / direct:.1f} times as long as the engine's `room` alone",
            f"{times[slowest]:.1f} µs (`{slowest}`); `MBR_ROOM` {usual:.1f} µs",
            f"at most {CLAIM_US} µs",
            times[slowest] <= CLAIM_US,
        )
    ]


def ranges() -> list[Claim]:
    """The functions that take a list of contributions, with 10,000 rows of one year as Excel sends them."""
    first = date(2026, 1, 1).toordinal() - date(1899, 12, 30).toordinal()
    table = [[float(first + k % 365), 100.0 + k] for k in range(ROWS)]
    calls = {
        "CONVERT_SCHEDULE": (table, "monthly", 0.07, 0.4),
        "MBR_DELAY_COST": (table, 0.07, 0.4),
    }
    claims, before = [], 0.0
    for name, cells in calls.items():
        assert not str(CATALOGUE[name](*cells)).startswith("#MBR!")
        few = (table[: ROWS // 10], *cells[1:])
        whole, tenth = (least(lambda name=name, given=given: CATALOGUE[name](*given), 5) for given in (cells, few))
        instead = f"; six calls of `CONVERT_SCHEDULE` take {6 * before / whole:.1f} times as long" if before else ""
        claims.append(
            Claim(
                f"`{name}` of {ROWS:,} rows",
                f"{whole / tenth:.1f} times as long as of {ROWS // 10:,} rows{instead}",
                f"{1000 * whole:.0f} ms",
                f"at most {CLAIM_MS} ms",
                1000 * whole <= CLAIM_MS,
            )
        )
        before = whole
    return claims


def claims() -> list[Claim]:
    return scalar() + ranges()


if __name__ == "__main__":
    raise SystemExit(report(claims()))
