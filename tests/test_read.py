"""A filled planner is read back as the household that was typed into it, whoever saved it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mbr_workbooks.contents import build_planner
from mbr_workbooks.read import read_planner
from mbr_xl.household import Household
from tests.hosts.office import Office
from tests.households import random_household
from tests.small_planner import household, write_small_planner


def at(planner: Any, name: str, row: int = 0) -> str:
    return str(planner.cells(name)[row])


def typed(tmp_path: Path, values: Mapping[str, Any], saver: Household | None = None) -> Any:
    """A small planner with something else in some of its input cells, by name or by (name, row)."""
    saver = saver or household()
    file = write_small_planner(tmp_path / "first.xlsx", saver)
    cells = read_planner(file)
    spoiled = {}
    for name, value in values.items():
        plain, _, row = name.partition("#")
        spoiled[cells.cells(plain)[int(row or 0)].address] = value

    def extra(book: Any, pages: Mapping[str, Any]) -> None:
        for address, value in spoiled.items():
            if isinstance(value, date):
                pages["Inputs"].write_datetime(address, value, book.add_format({"num_format": "m/d/yyyy"}))
            elif isinstance(value, tuple):
                pages["Inputs"].write_formula(address, value[0], None, value[1])
            elif value == "":
                pages["Inputs"].write_blank(address, None, book.add_format())
            else:
                pages["Inputs"].write(address, value)

    return read_planner(write_small_planner(tmp_path / "second.xlsx", saver, extra))


@pytest.mark.parametrize("seed", range(8))
def test_random_households_come_back(tmp_path: Path, base_seed: int, seed: int) -> None:
    saver = random_household(base_seed + seed)
    read = read_planner(write_small_planner(tmp_path / "planner.xlsx", saver))
    assert read.findings == []
    assert read.household == saver


def test_our_own_planner_comes_back(tmp_path: Path) -> None:
    build_planner(tmp_path / "planner.xlsx", household())
    read = read_planner(tmp_path / "planner.xlsx")
    assert read.findings == []
    assert read.household == household()
    assert read.notes == []


def test_every_bad_cell_is_named(tmp_path: Path) -> None:
    read = typed(
        tmp_path,
        {
            "federal_rate": 6, "annual_salary": "a lot", "tax_year": "", "pay_frequency": "fortnightly",
            "birth_date": "spring",
            "payment_amount": -5, "payment_separate": "maybe", "election_base_pretax": 12, "match_tiers_share": 6,
            "raise_start#2": date(2026, 4, 1), "ytd_match": 0.5,
        },
    )  # fmt: skip
    assert read.household is None
    said = {finding.where: finding.text for finding in read.findings}
    assert said[at(read, "federal_rate")] == "6 is 600%: type 6% or 0.06"
    assert "not a number" in said[at(read, "annual_salary")]
    assert said[at(read, "tax_year")].startswith("Tax year is blank: give the tax year")
    assert "weekly, biweekly, semimonthly or monthly" in said[at(read, "pay_frequency")]
    assert "not a date" in said[at(read, "birth_date")]
    assert "is negative" in said[at(read, "payment_amount")]
    assert "yes or no" in said[at(read, "payment_separate")]
    assert "type 12% or 0.12" in said[at(read, "election_base_pretax")]
    assert "type 6% or 0.06" in said[at(read, "match_tiers_share")]
    assert said[at(read, "raise_annual_salary", 2)].startswith("Annual salary is blank")
    assert "less than a dollar" in said[at(read, "ytd_match")]
    assert len(said) == 11
    assert all(not finding.text.endswith(".") for finding in read.findings)


def test_payment_with_an_amount_needs_all_seven(tmp_path: Path) -> None:
    read = typed(tmp_path, {"payment_amount#1": 5000})
    missing = {finding.where for finding in read.findings}
    assert missing == {
        at(read, f"payment_{part}", 1)
        for part in ("date", "kind", "separate", "in_plan_pay", "in_match_pay", "in_additions_pay")
    }


def test_payment_without_date_and_amount_does_not_count(tmp_path: Path) -> None:
    read = typed(tmp_path, {"payment_kind#5": "bonus", "payment_separate#5": "yes"})
    assert read.findings == []
    assert read.household == household()


def test_capitals_do_not_matter(tmp_path: Path) -> None:
    read = typed(tmp_path, {"pay_frequency": "Biweekly", "separate_elections": "YES"})
    assert read.findings == []
    assert read.household == household()


def test_what_a_formula_would_read_otherwise_is_named(tmp_path: Path) -> None:
    """The planner's own formulas count no text and know no other spelling, so Python must not either."""
    wrong = {
        "any_pay_date": "1/2/2026", "federal_rate": "32%", "annual_salary": "$200,000", "prior_wages": "  ",
        "pay_frequency": "Biweekly ", "true_up": "next-spring", "after_tax_allowed": True,
    }  # fmt: skip
    read = typed(tmp_path, wrong)
    said = {finding.where: finding.text for finding in read.findings}
    assert set(said) == {at(read, name) for name in wrong}
    assert said[at(read, "annual_salary")].startswith('"$200,000" is text')
    assert said[at(read, "any_pay_date")].endswith("type a date such as 1/2/2026")
    assert said[at(read, "pay_frequency")].endswith("choose biweekly")
    assert said[at(read, "after_tax_allowed")].endswith("choose yes")
    assert "only spaces" in said[at(read, "prior_wages")]
    assert read.household is None


def test_an_account_may_hold_cents(tmp_path: Path) -> None:
    read = typed(tmp_path, {"opening_value": 0.47, "opening_basis": 0.4, "ytd_taxable": 0.05})
    assert read.findings == []
    assert (read.household.opening_value, read.household.opening_basis, read.household.ytd_taxable) == (47, 40, 5)


def test_an_input_may_be_a_formula(tmp_path: Path) -> None:
    read = typed(tmp_path, {"annual_salary": ("=100000*2", 200_000)})
    assert read.household == household()
    wrong = typed(tmp_path, {"annual_salary": ("=1/0", "#DIV/0!")})
    assert [finding.where for finding in wrong.findings] == [at(wrong, "annual_salary")]
    assert "#DIV/0!" in wrong.findings[0].text
    bare = typed(tmp_path, {"prior_wages": ("=B1*2", "")})
    assert bare.findings[0].where == at(bare, "prior_wages")
    assert "no stored value" in bare.findings[0].text


def test_a_blank_yes_or_no_is_no_where_it_has_no_default(tmp_path: Path) -> None:
    read = typed(tmp_path, {"separate_elections": ""})
    assert read.household is not None
    assert read.household.separate_elections is False


def test_filled_by_hand_in_libreoffice(tmp_path: Path, office: Office) -> None:
    """Typed as a person would, with a sheet and a note of their own, saved by LibreOffice, checked, handed off."""
    from mbr_workbooks.check import check_planner
    from mbr_workbooks.formulas import Cell
    from mbr_workbooks.handoff import hand_off

    empty, filled, client = tmp_path / "empty.xlsx", tmp_path / "filled.xlsx", tmp_path / "client.xlsx"
    build_planner(empty)
    keys = {
        "client": "Ann Sample", "tax_year": "2026", "birth_date": "5/5/1985", "pay_frequency": "biweekly",
        "any_pay_date": "1/2/2026", "annual_salary": "200000", "separate_elections": "yes", "match_period": "per pay",
        "true_up": "december", "growth_rate": "7%", "federal_rate": "32%",
        "match_tiers_kind": "share", "match_tiers_rate": "50%", "match_tiers_share": "6%",
        "payment_date": "3/15/2026", "payment_kind": "bonus", "payment_amount": "30000", "payment_separate": "yes",
        "payment_in_plan_pay": "yes", "payment_in_match_pay": "yes", "payment_in_additions_pay": "yes",
        "election_start": "1/1/2026", "election_base_pretax": "11%", "election_base_after_tax": "10%",
        "election_bonus_after_tax": "10%",
    }  # fmt: skip
    with office.open(empty) as book:
        for name, text in keys.items():
            book.type_named(name, text)
        book.add_sheet("My notes")
        book.type("My notes", "A1", "Call the plan in April")
        book.type("My notes", "A2", "=after_tax_room/2")
        book.add_note("Inputs", "B3", "Ask Ann about leave")
        book.save(filled)
    read = read_planner(filled)
    assert read.findings == []
    assert read.household == household()
    checked = check_planner(read)
    assert checked.differences == []
    assert checked.passed
    hand_off(filled, client, prepared_by="Jane Doe, CPA")
    copy = read_planner(client)
    assert copy.value(Cell("My notes", 1, 1)) == "Call the plan in April"
    assert copy.written.formula(Cell("My notes", 2, 1)) == "=after_tax_room/2"
    assert "Ask Ann about leave" in _notes(client)
    with office.open(client) as book:  # recalculated on load: it still calculates, to the same numbers
        assert book.errors() == []
        assert checked.plan is not None
        assert round(book.read(["after_tax_room"])["after_tax_room"][0] * 100) == checked.plan.headlines.after_tax_room


def _notes(path: Path) -> str:
    import zipfile

    with zipfile.ZipFile(path) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist() if "comments" in name)
