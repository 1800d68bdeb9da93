"""One saver's year of 28 payments, the whole rule: in plain Python, and compiled for a census.

`python benchmarks/year.py`; the claims are at most 0.2 ms in plain Python, and 2,000,000 savers' years a second on two
processors without keeping the pays. The census needs the extra `census`; its bound is the time in which numpy sums
every input column and fills every output column. The claim is held to the time that the threads have of the processors;
by the clock it is as fast where nothing else runs.
"""

import os
import time

from claim import Claim, least, report
from sample import SAVER

from mbr_xl.engine.columns import blank, pays_of, saver_of, terms_of
from mbr_xl.engine.events import events
from mbr_xl.engine.plan import limits_of, plan_year, rules_of
from mbr_xl.engine.year_rule import year_of
from mbr_xl.rules import bank_holidays

CLAIM_MS, CLAIM_SAVERS = 0.2, 2_000_000
SAVERS = 250_000


def one_saver() -> list[Claim]:
    """The rule alone, and all that `plan_year` does around it."""
    rules = rules_of(SAVER)
    limits, lines = limits_of(SAVER, rules), events(SAVER, bank_holidays())
    assert len(lines) == 28
    given = terms_of(SAVER, limits), saver_of(SAVER, limits), pays_of(SAVER, lines)
    rule = 1000 * least(lambda: year_of(*given, blank(len(lines))))
    whole = 1000 * least(lambda: plan_year(SAVER, rules))
    return [
        Claim(
            "One saver's year, 28 payments, the whole rule in plain Python",
            f"{rule / whole:.0%} of `plan_year`, which also finds dates, conversions and best elections",
            f"{rule:.3f} ms (`plan_year` {whole:.2f} ms)",
            f"at most {CLAIM_MS} ms",
            rule <= CLAIM_MS,
        )
    ]


def many_savers() -> list[Claim]:
    """The compiled rule over columns that are ready, and from table to table, beside plan_year in a loop and numpy."""
    try:
        import numpy as np
        import pandas as pd

        from mbr_xl import census
    except ImportError:
        print("The extra census is not installed: its benchmark is left out.")
        return []
    rng = np.random.default_rng(1)
    frame = pd.DataFrame(
        {
            "annual_salary": rng.integers(60_000, 400_000, SAVERS).astype(float),
            "bonus": rng.integers(0, 80_000, SAVERS).astype(float),
            "base_pretax": rng.integers(0, 20, SAVERS) / 100,
            "base_after_tax": rng.integers(0, 20, SAVERS) / 100,
            "bonus_after_tax": rng.integers(0, 50, SAVERS) / 100,
        }
    )
    rules = rules_of(SAVER)
    kept: list[tuple[object, ...]] = []
    years = census.run

    def keep(*given: object) -> None:
        kept.append(given)
        years(*given)

    census.run = keep
    census.plan_census(frame.head(1000), SAVER, rules)  # compiles
    kept.clear()
    census.plan_census(frame, SAVER, rules)
    census.run = years

    processors = os.cpu_count() or 1
    compiled = SAVERS * processors / least(lambda: years(*kept[0]), 15)
    by_clock = SAVERS / least(lambda: years(*kept[0]), 15, clock=time.perf_counter)
    table = SAVERS / least(lambda: census.plan_census(frame, SAVER, rules), 5, clock=time.perf_counter)
    plain = 1 / least(lambda: plan_year(SAVER, rules))
    savers, out = kept[0][1], kept[0][-1]
    columns = [savers.base_pay, savers.hire, savers.leave, *savers.payments, *savers.rates, *savers.own]

    def touch() -> None:
        for column in columns:
            column.sum()
        for row in out:
            row.fill(0)

    bound = SAVERS / least(touch)
    return [
        Claim(
            "A census, columns ready, pays not kept",
            f"on one processor {compiled / processors / plain:,.0f} times `plan_year` in a loop; numpy that only sums "
            f"each column given and fills each answered is {bound / compiled * processors:.0f} times as fast",
            f"{compiled:,.0f} savers' years a second by the time of {processors} processors, {by_clock:,.0f} by the "
            "clock beside what else ran",
            f"{CLAIM_SAVERS:,} a second on two processors",
            compiled >= CLAIM_SAVERS,
        ),
        Claim(
            "A census from table to table (`plan_census`)",
            f"{table / plain:,.0f} times `plan_year` in a loop",
            f"{table:,.0f} savers' years a second by the clock",
            "none",
            True,
        ),
    ]


def claims() -> list[Claim]:
    return one_saver() + many_savers()


if __name__ == "__main__":
    raise SystemExit(report(claims()))
