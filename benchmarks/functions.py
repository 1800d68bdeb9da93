"""What a cell costs, called as Excel calls it: every function of single values, and those that take a range.

`python benchmarks/functions.py`; the claims are at most 15 µs a call of a scalar function, the first example of its
page, and at most 100 ms for a range of 10,000 rows. Beside it: MBR_ROOM's arithmetic asked of the engine directly.
"""

from datetime import date

from claim import Claim, least, report

from mbr_udfs import CATALOGUE
from mbr_udfs.formula import parse
from mbr_xl.engine.room import room
from mbr_xl.rules import rules_for

CLAIM_US, CLAIM_MS, ROWS = 15, 100, 10_000


def scalar() -> list[Claim]:
    """The slowest of all functions that take and give single values, and a usual one."""
    times = {}
    for function in CATALOGUE:
        if function.kind.name == "TABLE" or any(argument.kind.name == "TABLE" for argument in function.arguments):
            continue
        called, cells = parse(function.sections["Example"][0])
        times[function.name] = 1e6 * least(lambda called=called, cells=cells: called(*cells))
    slowest = max(times, key=lambda name: times[name])
    rules = rules_for(2026)
    direct = 1e6 * least(lambda: room(rules, 2_450_000, 1_000_000))
    return [
        Claim(
            f"One call of a scalar function, the slowest of {len(times)}",
            f"`MBR_ROOM` {times['MBR_ROOM'] / direct:.1f} times as long as the engine's `room` alone",
            f"{times[slowest]:.1f} µs ({slowest}); `MBR_ROOM` {times['MBR_ROOM']:.1f} µs",
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
    claims = []
    for name, cells in calls.items():
        assert not str(CATALOGUE[name](*cells)).startswith("#MBR!")
        few = (table[: ROWS // 10], *cells[1:])
        whole, tenth = (least(lambda name=name, one=one: CATALOGUE[name](*one), 3) for one in (cells, few))
        claims.append(
            Claim(
                f"`{name}` of {ROWS:,} rows",
                f"{whole / tenth:.1f} times as long as of {ROWS // 10:,} rows",
                f"{1000 * whole:.0f} ms",
                f"at most {CLAIM_MS} ms",
                1000 * whole <= CLAIM_MS,
            )
        )
    return claims


def claims() -> list[Claim]:
    return scalar() + ranges()


if __name__ == "__main__":
    raise SystemExit(report(claims()))
