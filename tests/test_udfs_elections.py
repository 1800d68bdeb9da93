"""MBR_ELECTIONS against the search itself, for whole clients given as ranges; the years whose figures are missing."""

import random
from dataclasses import fields, replace
from datetime import date

import pytest

from mbr_udfs import MBR_ELECTIONS
from mbr_udfs.cells import grid
from mbr_udfs.household_range import read_client
from mbr_udfs.preferences import wishes_in
from mbr_workbooks import solve as solve_file
from mbr_workbooks.contents import build_planner
from mbr_workbooks.sample import sample_client
from mbr_workbooks.sheets.inputs import FIRST_ROW, NAME, VALUE, inputs_sheet
from mbr_xl.cash_facts import CashFacts
from mbr_xl.client import OWNERS, Client
from mbr_xl.engine.cash_flow.cash import balances
from mbr_xl.engine.electing.solve import solve
from mbr_xl.engine.electing.wishes import Wishes
from mbr_xl.engine.plan import rules_of
from mbr_xl.errors import InputError
from mbr_xl.money import Cents, Millionths
from mbr_xl.rules import rules_for, years
from tests.client_range import ranges_of
from tests.hand_worked import household
from tests.households import random_household
from tests.random_cash import random_cash, random_client
from tests.random_future import random_future
from tests.random_tax import random_ira_facts, random_limit_facts, random_tax_facts

LESS = "is less than a dollar"
RATES = ("base_pretax", "base_roth", "base_after_tax", "bonus_pretax", "bonus_roth", "bonus_after_tax")
FACTS = CashFacts(
    stub_gross=20_000_00, stub_federal=4_000_00, stub_net=14_470_00, checking=20_000_00, monthly_spending=10_500_00,
    spending_day=15, cash_floor=5_000_00,
)  # fmt: skip


def as_read(client, rng):
    given = {name: grid(rows, name) if rows else rows for name, rows in ranges_of(client, rng).items()}
    return read_client(given["household"], given["payments"], given["elections"], given["actuals"])


def test_a_range_brings_the_whole_client(base_seed):
    whole = 0
    for seed in range(base_seed, base_seed + 40):
        rng = random.Random(seed)
        h = random_household(seed)
        client = Client(
            household=h,
            tax=random_tax_facts(rng, h.tax_year),
            cash=random_cash(h, rng),
            iras=random_ira_facts(rng),
            trouble=random_limit_facts(rng, h),
            future=random_future(rng, h.tax_year),
        )
        try:
            read = as_read(client, rng)
        except InputError as refused:
            if LESS in str(refused):  # a random figure may be; nobody types it
                continue
            raise
        assert read == client, seed
        whole += 1
    assert whole > 10


def table_of(found):
    """The steps as cells: day, six rates of pay or dollars, nothing where a rate stays as it was."""
    unit = 100 if found.household.election_unit == "dollars" else 1_000_000
    return [
        [step.start, *("" if getattr(step, name) is None else getattr(step, name) / unit for name in RATES)]
        for step in found.steps
    ]


def test_the_answer_is_that_of_the_search_for_the_whole_client(base_seed):
    tried = 0
    for seed in range(base_seed, base_seed + 16):
        client = random_client(random_household(seed), seed)
        h = client.household
        if h.spill_over == "starts at the limit" or h.election_unit == "dollars":
            continue  # slow: the tests of the search have them
        rng = random.Random(seed)
        answer = MBR_ELECTIONS(**ranges_of(client, rng), prefer="no change")
        try:
            found = solve(client, rules_of(h), Wishes(changes=0))
        except InputError as refused:
            found = f"#MBR! {refused}"
        if isinstance(answer, str):
            assert answer == found or LESS in answer, seed
            continue
        assert [[row[0].date(), *row[1:7]] for row in answer[1:]] == table_of(found), seed
        assert answer[1][8] == " ".join(found.unused), seed
        tried += 1
    assert tried > 1


@pytest.mark.parametrize(
    ("text", "wishes"),
    [
        ("", Wishes()),
        (" , ", Wishes()),
        ("deferral 10,000,level", Wishes(asked=Cents(10_000_00))),
        ("Deferral: $9,500.50", Wishes(asked=Cents(9_500_50))),
        ("Roth,0.1%,three changes", Wishes(deferral="roth", step=Millionths(1_000), changes=3)),
        ("No_Change, with commission", Wishes(changes=0, with_commission=True)),
        ("changes on 2026-07-01 4/1/2026", Wishes(change_dates=(date(2026, 4, 1), date(2026, 7, 1)))),
        ("change on 7/1/2026, 4 changes", Wishes(change_dates=(date(2026, 7, 1),), changes=4)),
        ("pay checks first, .005", Wishes(ties="pay checks first", step=Millionths(5_000))),
    ],
)
def test_words(text, wishes):
    assert wishes_in(text, 2026) == wishes


@pytest.mark.parametrize(
    "text", ["-1 changes",
             "1.5 changes", "deferral -5", "deferrals of 10", "changes on", "changes on 4/1/2026,7/1/2026",
             "lead 2", "roth, pre-tax", "deferral 0.1%", "3"]
)  # fmt: skip
def test_words_that_are_none(text):
    with pytest.raises(InputError, match=r"^prefer.*\.$"):
        wishes_in(text, 2026)


@pytest.mark.parametrize("year", years())
def test_every_year_has_an_answer_with_cash(year):
    """20,000 a month leaves 14,470, of which 12,000 is spent: too little is left for all that the law allows."""
    h = household(
        elections=(), tax_year=year, federal_rate=240_000, use_projection=year == 2027, separate_elections=False
    )
    client = Client(household=h, cash=replace(FACTS, monthly_spending=12_000_00))
    with_cash = MBR_ELECTIONS(**ranges_of(client, random.Random(year)), prefer="no change")
    without = MBR_ELECTIONS(**ranges_of(Client(household=h), random.Random(year)), prefer="no change")
    assert with_cash[1][1] == without[1][1] > 0
    assert 0 < with_cash[1][3] < without[1][3]
    assert "cash is what stops it" in with_cash[1][8]


def without_wage_base():
    """The law of 2026 as it stood before the wage base of that year was published."""
    law = rules_for(2026)
    entry = replace(law.entries["limits.wage_base"], numbers=(), none="not published when last looked for")
    have = {**law.have, "limits.wage_base": tuple(year for year in years() if year < 2026)}
    return replace(law, entries={**law.entries, "limits.wage_base": entry}, have=have)


CHECKING_ALONE = CashFacts(checking=20_000_00, monthly_spending=10_500_00, cash_floor=5_000_00)


@pytest.mark.parametrize("cash", [CashFacts(), CHECKING_ALONE, replace(FACTS, checking=None)])
def test_a_year_without_payroll_figures_is_solved_where_nothing_is_known_of_cash(cash):
    client = Client(household=household(elections=()), cash=cash)
    found = solve(client, without_wage_base())
    assert found.steps == solve(client.household, rules_for(2026)).steps
    assert balances(client, found.plan.pays, without_wage_base()) is None


def test_so_is_a_planner_of_such_a_year(monkeypatch, tmp_path):
    client = Client(household=household(elections=()), cash=replace(FACTS, checking=None))
    build_planner(tmp_path / "planner.xlsx", client)
    monkeypatch.setattr(solve_file, "rules_of", lambda household: without_wage_base())
    solved = solve_file.solve_planner(tmp_path / "planner.xlsx", Wishes())
    assert solved.solution.steps == solve(client.household, rules_for(2026)).steps
    assert solved.after.lowest is None


def test_a_year_without_payroll_figures_is_refused_in_one_sentence_where_cash_counts(monkeypatch, tmp_path):
    client = Client(household=household(elections=()), cash=FACTS)
    words = r"^No published Social Security wage base for 2026; have 2019 to 2025.*\.$"
    with pytest.raises(InputError, match=words):
        solve(client, without_wage_base())
    build_planner(tmp_path / "planner.xlsx", client)
    monkeypatch.setattr(solve_file, "rules_of", lambda household: without_wage_base())
    with pytest.raises(InputError, match=words):
        solve_file.solve_planner(tmp_path / "planner.xlsx", Wishes())


def test_the_planners_inputs_are_such_a_range_all_but_their_lists():
    client = sample_client()
    sheet = inputs_sheet(client)
    last = int(sheet.names["household_inputs"].rpartition("$")[2])  # =Inputs!$C$5:$D$242
    rows = [[sheet.cells[row, column].value for column in (NAME, VALUE)] for row in range(FIRST_ROW + 1, last)
            if (row, VALUE) in sheet.cells]  # fmt: skip
    names = {name for name, _ in rows}
    assert {"stub_net", "checking", "filing_status", "roth_ira_since", "hsa_coverage"} <= names
    read = read_client(grid(rows, "household"))
    for owner, record in OWNERS.items():
        for item in fields(record):
            if item.name in names:
                assert getattr(getattr(read, owner), item.name) == getattr(getattr(client, owner), item.name), item.name
