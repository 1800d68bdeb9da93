"""The functions in Pyodide under Node, the Python of xlwings Lite, beside the same calls in CPython.

`python benchmarks/pyodide.py`; it fetches Pyodide from npm (MBR_PYODIDE names a folder that has it). A call goes from
rows of cells to rows of cells, through a stand-in for xlwings; Excel's own share is not in it. The claims are 1,000
calls of MBR_ROOM in at most 1 s, and the import of main.py, its packages unpacked, in at most 3 s.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from claim import Claim, report

ROOT = Path(__file__).resolve().parents[1]
sys.path.append(str(ROOT))

from mbr_udfs import CATALOGUE  # noqa: E402
from mbr_udfs.formula import parse  # noqa: E402
from mbr_udfs.lite import main_py  # noqa: E402
from tests.hosts.pyodide_host import XLWINGS, NotHere, Pyodide, as_sent, pyodide_folder  # noqa: E402

CALLS, CLAIM_CALLS, CLAIM_IMPORT = 1000, 1.0, 3.0
FORMULAS = {"MBR_ROOM": 1000, "MBR_SCHEDULE": 20}  # and how often each is called
RUNS = 3
SCRIPT = f"""
import json, sys, time
sys.path.insert(0, sys.argv[1])
began = time.perf_counter()
import main
found = {{"import": time.perf_counter() - began}}
import xlwings
for name, (cells, times) in json.load(sys.stdin).items():
    found[name] = float("inf")
    for run in range({RUNS} + 1):
        began = time.perf_counter()
        for _ in range(times):
            xlwings.call(main, name, cells)
        found[name] = min(found[name], time.perf_counter() - began)
print(json.dumps(found))
"""


def cpython(folder: Path, jobs: dict[str, tuple[list[Any], int]]) -> dict[str, float]:
    """Seconds of the import and of the same calls in a CPython of its own, through the same stand-in."""
    command = [sys.executable, "-c", SCRIPT, str(folder)]
    done = subprocess.run(command, input=json.dumps(jobs), capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def claims() -> list[Claim]:
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work)
        try:
            pyodide = pyodide_folder(folder)
        except NotHere as reason:
            print(f"Pyodide is left out: {reason}.")
            return []
        (folder / "main.py").write_text(main_py(), encoding="utf-8")
        (folder / "xlwings.py").write_text(XLWINGS.read_text(encoding="utf-8"), encoding="utf-8")
        running = Pyodide(pyodide, main_py())
        try:
            return measured(running, folder)
        finally:
            running.stop()


def measured(running: Pyodide, folder: Path) -> list[Claim]:
    examples = {name: parse(CATALOGUE[name].sections["Example"][0])[1] for name in FORMULAS}
    jobs = {name: ([as_sent(cell) for cell in examples[name]], times) for name, times in FORMULAS.items()}
    beside, seconds, start = cpython(folder, jobs), running.about["seconds"], running.about["loaded"]
    found = [
        Claim(
            "Pyodide in Node: import of main.py of xlwings Lite, its packages out of the zip",
            f"{seconds / beside['import']:.1f} times CPython's; Pyodide itself starts in {start:.1f} s",
            f"{1000 * seconds:.0f} ms (CPython {1000 * beside['import']:.0f} ms)",
            f"at most {CLAIM_IMPORT:g} s",
            seconds <= CLAIM_IMPORT,
        )
    ]
    for name, (cells, times) in jobs.items():
        running.ask("time", name=name, cells=cells, times=1)
        there = min(running.ask("time", name=name, cells=cells, times=times) for _ in range(RUNS))
        found.append(
            Claim(
                f"Pyodide in Node: one call of `{name}`, cells to cells",
                f"{there / beside[name]:.1f} times CPython's",
                f"{1000 * there / times:.2f} ms (CPython {1000 * beside[name] / times:.2f} ms)",
                f"{CALLS:,} calls in at most {CLAIM_CALLS:g} s" if times == CALLS else "none",
                times != CALLS or there <= CLAIM_CALLS,
            )
        )
    return found


if __name__ == "__main__":
    raise SystemExit(report(claims()))
