"""Findings of `mbr-xl check` beside the sheet Checks: one severity for one thing, and a cell that can be changed."""

from __future__ import annotations

import random
from dataclasses import fields, replace
from datetime import date

from mbr_xl.client import OWNERS, Client, inputs
from mbr_xl.engine.checks import Finding
from mbr_xl.engine.client_plan import client_findings, plan_client
from mbr_xl.engine.plan import plan_year, rules_of
from mbr_xl.engine.typed_in import most_of_additions, pretax_beyond
from mbr_xl.fact import is_list, record_of
from mbr_xl.household import Election
from mbr_xl.money import Cents
from mbr_xl.records import Paid
from tests.checks_of_findings import ONLY_SAID, SAID, SEVERITIES, WORDS, line_of
from tests.households import random_household
from tests.random_conversions import with_conversion_rules
from tests.random_forms import random_paper
from tests.test_checks import QUIET

CLIENTS = 120
LINES_MET = 25  # of 40; what random clients seldom bring about stands in test_checks.py


def some_client(seed: int) -> Client:
    rng = random.Random(seed)
    saver = with_conversion_rules(random_household(seed), rng)
    rules = rules_of(saver)
    return random_paper(saver, plan_year(saver, rules), rules, rng)


def said_of(client: Client) -> list[Finding]:
    rules = rules_of(client.household)
    return client_findings(client, plan_client(client, rules), rules)


def test_every_line_exists_and_none_is_left_out() -> None:
    named = {what for _, what in SAID if what != ONLY_SAID}
    assert named <= SEVERITIES.keys()
    assert len(named) == sum(what != ONLY_SAID for _, what in SAID)


def test_one_severity_for_one_thing(base_seed: int) -> None:
    met = set()
    for seed in range(base_seed, base_seed + CLIENTS):
        for finding in said_of(some_client(seed)):
            line = line_of(finding)
            if line != ONLY_SAID:
                met.add(line)
                assert SEVERITIES[line] == WORDS[finding.severity], (seed, finding)
    assert len(met) > LINES_MET, "too few kinds of findings were met to say anything"


def places() -> dict[str, int | None]:
    """Every input, list and column of a list, with the most rows that it has."""
    found: dict[str, int | None] = {}
    for owner, item in inputs():
        found[item.name] = None
        if is_list(item):
            record = record_of(OWNERS[owner], item.name)
            found |= {item.metadata["prefix"] + part.name: item.metadata["most"] for part in fields(record)}
    return found


def test_every_finding_names_an_input(base_seed: int) -> None:
    rows = places()
    for seed in range(base_seed, base_seed + CLIENTS):
        for finding in said_of(some_client(seed)):
            assert finding.field in rows, (seed, finding)
            most = rows[finding.field]
            assert finding.row is None or (most is not None and 1 <= finding.row <= most), (seed, finding)


def test_the_election_in_force_is_named() -> None:
    """24,500 a month: after-tax is as in January until row 3 asks for 90%, 22,050 in September alone."""
    steps = (
        Election(date(2026, 1, 1), 100_000, 0, 160_000),
        Election(date(2026, 7, 1), base_pretax=100_000),
        Election(date(2026, 9, 1), base_after_tax=900_000),
        Election(date(2026, 10, 1), base_pretax=50_000),
    )
    h = replace(QUIET, elections=steps)
    (one,) = [one for one in said_of(Client(household=h)) if one.message.startswith("After-tax elected")]
    assert (one.field, one.row, one.severity) == ("election_base_after_tax", 3, "fix")


def test_roth_catch_up_points_at_what_passes_the_limit() -> None:
    # 12% of 24,500 is 2,940 a month: 8 pays are 23,520, the ninth, of September, passes 24,500.
    h = replace(QUIET, birth_date=date(1970, 1, 1), prior_wages=Cents(200_000_00))
    steps = (Election(date(2026, 1, 1), 120_000), Election(date(2026, 9, 1), 120_000), Election(date(2026, 12, 1), 0))
    h = replace(h, elections=steps)
    rules = rules_of(h)
    assert pretax_beyond(h, plan_year(h, rules), rules) == ("election_base_pretax", 2)
    recorded = tuple(
        Paid(day, "base", Cents(24_500_00), Cents(13_000_00)) for day in (date(2026, 1, 30), date(2026, 2, 27))
    )
    h = replace(h, paid=recorded)
    assert pretax_beyond(h, plan_year(h, rules), rules) == ("paid_pretax", 2)
    h = replace(h, paid=(), elsewhere=Cents(25_000_00))
    assert pretax_beyond(h, plan_year(h, rules), rules) == ("elsewhere", None)


def test_the_largest_part_of_the_additions_is_named() -> None:
    for changes, field in (
        ({"profit_sharing": 80_000_00}, "profit_sharing"),
        ({"other_additions": 80_000_00}, "other_additions"),
        ({"nonelective_rate": 250_000}, "nonelective_rate"),
    ):
        h = replace(QUIET, **changes)
        assert most_of_additions(h, plan_year(h, rules_of(h))) == field
