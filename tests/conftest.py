"""Fixtures that more than one test file needs."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator

import pytest

from tests.hosts.office import Office, why_not_here

SEED = int(os.environ.get("MBR_SEED") or random.SystemRandom().randrange(1_000_000))


def pytest_report_header() -> str:
    return f"random households: base seed {SEED}; MBR_SEED={SEED} replays this run"


@pytest.fixture(scope="session")
def base_seed() -> int:
    """The first seed of this run's random households: new each run, unless MBR_SEED gives it."""
    return SEED


@pytest.fixture(scope="session")
def office() -> Iterator[Office]:
    """One LibreOffice for the whole run. Without one the test is skipped; with MBR_REQUIRE_OFFICE=1 it fails."""
    reason = why_not_here()
    if reason:
        if os.environ.get("MBR_REQUIRE_OFFICE") == "1":
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)
    running = Office()
    try:
        yield running
    finally:
        running.stop()
