"""`python benchmarks` measures every claim of speed and writes the table into both READMEs, and growth.svg.

A nonzero exit code says that a claim does not hold here; the clock of another machine proves nothing, so the ratios,
measured within one run, stand first.
"""

import os
import platform
import random
from importlib.util import find_spec
from pathlib import Path

import calc
import elections
import functions
import growth
import import_time
import pyodide
import year
from claim import Claim, report

README = Path(__file__).parent / "README.md"
FIRST = Path(__file__).parents[1] / "README.md"
HEAD = "| what | ratio | measured | claim | holds here |\n|---|---|---|---|---|\n"
TEXT = """# What is fast, measured

`python benchmarks` wrote this table: every claim, first as a ratio of two times of one run, which another machine
should find too, then as measured here. Each script runs alone as well and exits with 1 where its claim does not hold.
Times are those of a processor, so that other programs do not count; what uses several is timed by the clock too. The
census and its growth need the extra `census`; the rows of LibreOffice and of Pyodide stand where those programs are.

{machine}

{table}
How the cost grows, drawn by `growth.py`; the dashed lines are straight:

![Time over pays, candidates and savers](growth.svg)
"""


def best_elections() -> list[Claim]:
    """The staircase beside brute force over the same pairs."""
    base, bonus = elections.saver(random.Random(1), 12)
    found = []
    for step, most in elections.CLAIMS_MS.items():
        quick, answer = elections.least_ms(elections.staircase, base, bonus, step, 15)
        slow, same = elections.least_ms(elections.brute_force, base, bonus, step, 1)
        assert answer == same
        found.append(
            Claim(
                f"Best pair of elections, 28 payments, steps of {step / 10_000:g}%",
                f"brute force over the same pairs takes {slow / quick:.0f} times as long",
                f"{quick:.2f} ms",
                f"at most {most:g} ms",
                quick <= most,
            )
        )
    return found


def imports() -> list[Claim]:
    """What Excel waits for."""
    bare, whole = import_time.least("pass"), import_time.least("import mbr_udfs")
    instead = ""
    if find_spec("pandas"):
        times = (import_time.least("import pandas") - bare) / (whole - bare)
        instead = f"; `import pandas` takes {times:.0f} times as long"
    return [
        Claim(
            "Import of the functions",
            f"{whole / bare:.1f} times a bare start of Python{instead}",
            f"{whole - bare:.1f} ms over it",
            f"at most {import_time.CLAIM_MS} ms over it",
            whole - bare <= import_time.CLAIM_MS,
        )
    ]


def main() -> int:
    called = functions.claims()  # first: with the libraries of a census in memory Python collects garbage for longer
    claims = [*year.claims(), *best_elections(), *called, *imports(), *growth.claims()]
    claims += [*calc.claims(), *pyodide.claims()]
    rows = "".join(
        f"| {one.what} | {one.ratio} | {one.measured} | {one.claimed} | {'yes' if one.held else 'no'} |\n"
        for one in claims
    )
    machine = f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} processors."
    README.write_text(TEXT.format(machine=machine, table=HEAD + rows), encoding="utf-8")
    before, head, after = FIRST.read_text(encoding="utf-8").partition(HEAD)
    while after.startswith("|"):  # the rows of the run before
        after = after.partition("\n")[2]
    FIRST.write_text(before + head + rows + after, encoding="utf-8")
    return report(claims)


if __name__ == "__main__":
    raise SystemExit(main())
