"""Each finding of the engine beside its line of Checks in LibreOffice: there together, and equally urgent."""

from __future__ import annotations

import os
from pathlib import Path

from mbr_xl.client import Client
from tests.checks_of_findings import LINES, ONLY_SAID, SAID, WORDS, line_of
from tests.hosts.office import Document, Office
from tests.households import cells_of
from tests.random_forms import paper_cells
from tests.test_findings_on_checks import said_of, some_client

CLIENTS = int(os.environ.get("MBR_FINDINGS") or 8)
COMPARED = {what for _, what in SAID if what != ONLY_SAID}


def wrong_lines(planner: Document, client: Client) -> list[str]:
    expect = {line_of(finding): WORDS[finding.severity] for finding in said_of(client)}
    found = planner.read(["check_results"])["check_results"]
    return [
        f"{what}: sheet {found[LINES[what]]}, engine {expect.get(what, 'OK')}"
        for what in sorted(COMPARED)
        if found[LINES[what]] != expect.get(what, "OK")
    ]


def test_random_clients(office: Office, empty_planner: Path, base_seed: int) -> None:
    bad = {}
    with office.open(empty_planner) as planner:
        for seed in range(base_seed, base_seed + CLIENTS):
            client = some_client(seed)
            planner.set({**cells_of(client.household), **paper_cells(client)})
            wrong = wrong_lines(planner, client)
            if wrong:
                bad[seed] = wrong
    assert bad == {}, "replay the first with MBR_SEED and MBR_FINDINGS=1"
