"""Fixtures that more than one test file needs."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from mbr_workbooks.contents import planner
from mbr_workbooks.write import write_book
from tests.hosts.office import Office, why_not_here

SEED = int(os.environ.get("MBR_SEED") or random.SystemRandom().randrange(1_000_000))
os.environ["MBR_SEED"] = str(SEED)  # the processes that run the tests side by side have one seed


def pytest_report_header() -> str:
    return f"random households: base seed {SEED}; MBR_SEED={SEED} replays this run"


@pytest.fixture(scope="session")
def base_seed() -> int:
    """The first seed of this run's random households: new each run, unless MBR_SEED gives it."""
    return SEED


@pytest.fixture(scope="session")
def office_here() -> None:
    """Without LibreOffice the test is skipped; with MBR_REQUIRE_OFFICE=1 it fails."""
    reason = why_not_here()
    if reason and os.environ.get("MBR_REQUIRE_OFFICE") == "1":
        pytest.fail(reason, pytrace=False)
    if reason:
        pytest.skip(reason)


@pytest.fixture(scope="session")
def office(office_here: None) -> Iterator[Office]:
    """One LibreOffice for the whole run."""
    running = Office()
    try:
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="session")
def empty_planner(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The empty planner for a spreadsheet program to fill; it computes every formula itself as it opens the file."""
    path = tmp_path_factory.mktemp("empty") / "planner.xlsx"
    write_book(planner(), path)
    return path
