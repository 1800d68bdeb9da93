"""How long Excel waits for the import of the functions, over starting Python alone: the least of several runs.

`python benchmarks/import_time.py`; the claim is at most 60 ms over the bare start.
"""

import subprocess
import sys
import time

RUNS = 15
CLAIM_MS = 60


def least(code: str) -> float:
    """Milliseconds of the fastest of several fresh interpreters."""
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-I", "-c", code], check=True, capture_output=True)
        times.append(time.perf_counter() - start)
    return 1000 * min(times)


def main() -> int:
    bare = least("pass")
    for name, code in {
        "import mbr_udfs": "import mbr_udfs",
        "and the first MBR_ROOM": "from mbr_udfs import MBR_ROOM; MBR_ROOM(2026, 24500, 10000)",
    }.items():
        whole = least(code)
        print(f"{name}: {whole - bare:.1f} ms over a bare start of {bare:.1f} ms, {whole / bare:.1f} times as long")
    return 0 if least("import mbr_udfs") - bare <= CLAIM_MS else 1


if __name__ == "__main__":
    raise SystemExit(main())
