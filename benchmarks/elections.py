"""The best pair of elections for one saver, 28 payments: the staircase beside brute force over the same candidates.

`python benchmarks/elections.py`; the claims are at most 2 ms by whole percents and at most 10 ms by 0.1 %. Both start
from the pays and give the same best sum and the same pair.
"""

import random
import time
from dataclasses import replace

from claim import least
from sample import SAVER

from mbr_xl.engine.electing.solve import solve
from mbr_xl.engine.electing.wishes import Wishes
from mbr_xl.engine.elections import best_pairs, sums_by_step
from mbr_xl.engine.plan import rules_of
from mbr_xl.money import Millionths

BASE_PAYS, BONUSES, ROOM = 26, 2, 3_750_000
CLAIMS_MS = {10_000: 2.0, 1_000: 10.0}
WHOLE = 1_000_000


def saver(rng: random.Random, scale: int) -> tuple[list[int], list[int]]:
    """Pays in cents, no two alike: the slow case, since equal pays are counted together."""
    return (
        [rng.randrange(3_000 * scale, 15_000 * scale) for _ in range(BASE_PAYS)],
        [rng.randrange(1_000 * scale, 80_000 * scale) for _ in range(BONUSES)],
    )


def staircase(base: list[int], bonus: list[int], step: int) -> tuple[int, int, int]:
    """The best sum and the first pair that reaches it."""
    tables = [sums_by_step(pays, step, WHOLE // step, ROOM) for pays in (base, bonus)]
    i, j = best_pairs(*tables, ROOM)[0]
    return tables[0][i] + tables[1][j], i, j


def brute_force(base: list[int], bonus: list[int], step: int) -> tuple[int, int, int]:
    """Every pair of steps tried, from sums made for all steps."""
    steps = range(WHOLE // step + 1)
    one, other = (
        [sum((pay * i * step + WHOLE // 2) // WHOLE for pay in pays) for i in steps] for pays in (base, bonus)
    )
    most, best = -1, (0, 0)
    for i, amount in enumerate(one):
        for j, more in enumerate(other):
            if most < amount + more <= ROOM:
                most, best = amount + more, (i, j)
    return most, *best


def least_ms(work, base: list[int], bonus: list[int], step: int, runs: int) -> tuple[float, tuple[int, int, int]]:
    """Milliseconds of the fastest of several runs, and the answer."""
    least = float("inf")
    for _ in range(runs):
        start = time.process_time()
        answer = work(base, bonus, step)
        least = min(least, time.process_time() - start)
    return 1000 * least, answer


def solved() -> list[str]:
    """What the whole search takes, one set and with a later change; no claim is made of it."""
    rules, said = rules_of(SAVER), []
    for words, who, wishes in (
        ("whole percents, one set", SAVER, Wishes(changes=0)),
        ("whole percents and one later change", SAVER, Wishes()),
        ("0.1%, one set", SAVER, Wishes(changes=0, step=Millionths(1_000))),
        ("dollars, one set", replace(SAVER, election_unit="dollars", elections=()), Wishes(changes=0)),
    ):
        seconds = least(lambda who=who, wishes=wishes: solve(who, rules, wishes), runs=2, at_least=0)
        said.append(f"solve, {words}: {1000 * seconds:.0f} ms")
    return said


def main() -> int:
    kept = True
    for line in solved():
        print(line)
    for scale, words in ((100, "high pay, few steps fit"), (20, "low pay, most steps fit")):
        base, bonus = saver(random.Random(1), scale)
        for step, claim in CLAIMS_MS.items():
            quick, answer = least_ms(staircase, base, bonus, step, 15)
            slow, same = least_ms(brute_force, base, bonus, step, 3 if step == 10_000 else 1)
            assert answer == same, (answer, same)
            pairs = (WHOLE // step + 1) ** 2
            print(
                f"{words}, step {step / 10_000:g}%, {pairs:,} pairs: {quick:.2f} ms (claim {claim:g}), brute force "
                f"{slow:.1f} ms, {slow / quick:.0f} times as long; the same pair {answer[1:]}"
            )
            kept = kept and quick <= claim
    return 0 if kept else 1


if __name__ == "__main__":
    raise SystemExit(main())
