"""One year of law as the engine reads it: limits with their sources, phase-outs, thresholds and rates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal

from mbr_xl.errors import InputError
from mbr_xl.money import Cents, Millionths
from mbr_xl.rules import tables
from mbr_xl.rules.schema import FIELDS, LIMITS, NOT_PUBLISHED, Entry
from mbr_xl.rules.tables import Estimated, Filing, Payroll, Penalties, PhaseOut, Senior, TaxTable

Status = Literal["published", "projected", "own"]

SYNONYMS = {"402(g)": "deferral", "415(c)": "annual_additions", "401(a)(17)": "compensation"}
LABELS: dict[Status, str] = {"published": "", "projected": "PROJECTED", "own": "YOUR LIMITS"}


@dataclass(frozen=True)
class Limit:
    """A limit in cents, with where it comes from."""

    name: str
    value: Cents
    source: str
    checked: date | None
    status: Status


def limit_name(name: str) -> str:
    """The canonical name of a limit, case ignored; raises InputError listing the allowed names."""
    text = name.strip().casefold() if isinstance(name, str) else ""
    text = SYNONYMS.get(text, text)
    if text not in LIMITS:
        written = {canonical: synonym for synonym, canonical in SYNONYMS.items()}
        allowed = ", ".join(f"{key} or {written[key]}" if key in written else key for key in LIMITS)
        raise InputError(f"{name!r} is not a limit; have {allowed}.")
    return text


@dataclass(frozen=True, eq=False)
class Rules:
    """The law of one year, with the user's own figures and projected ones where they stand in."""

    year: int
    entries: Mapping[str, Entry] = field(repr=False)  # as the file has it, by field
    stand_ins: Mapping[str, Limit]  # own figures and projected ones, by limit
    have: Mapping[str, tuple[int, ...]] = field(repr=False)  # the years that have a value, by field

    @property
    def note(self) -> str:
        """Whether any limit of this year is not the published one: PROJECTED, YOUR LIMITS, both or empty."""
        return self.note_for(LIMITS)

    def note_for(self, names: Iterable[str]) -> str:
        """The label of an answer that used the named limits: PROJECTED, YOUR LIMITS, both or empty."""
        if not self.stand_ins:
            return ""
        asked = tuple(names)
        if asked not in self._labels:
            held = {self._in_force(limit_name(name)) for name in asked}
            statuses = {self.stand_ins[name].status for name in held if name in self.stand_ins}
            found = (LABELS[status] for status in ("projected", "own") if status in statuses)
            self._labels[asked] = ", ".join(found)
        return self._labels[asked]

    @cached_property
    def _labels(self) -> dict[tuple[str, ...], str]:
        return {}  # a sheet asks for the same few labels in every cell

    def limit(self, name: str) -> Limit:
        """The limit of that name in cents.

        name: a key of LIMITS, or 402(g), 415(c), 401(a)(17); case ignored.
        Raises InputError for an unknown name, or where there is no such limit in this year.
        """
        key = limit_name(name)
        if key in self.stand_ins:
            return self.stand_ins[key]
        value = Cents(self._numbers(f"limits.{key}")[0])
        entry = self.entries[f"limits.{key}"]
        return Limit(key, value, entry.source, entry.checked, "published")

    @cached_property
    def deferral(self) -> Cents:
        """Elective deferrals of a person for the year. Source: 26 USC 402(g)(1)."""
        return self.limit("deferral").value

    @cached_property
    def catch_up(self) -> Cents:
        """Catch-up from 50 by year end. Source: 26 USC 414(v)(2)(B)(i)."""
        return self.limit("catch_up").value

    @cached_property
    def super_catch_up(self) -> Cents:
        """Catch-up for ages 60 to 63; before 2025, when no higher amount existed, the ordinary one.

        Source: 26 USC 414(v)(2)(E), for years beginning after 2024.
        """
        return self.limit(self._in_force("super_catch_up")).value

    @cached_property
    def annual_additions(self) -> Cents:
        """All additions to one employer's plans. Source: 26 USC 415(c)(1)(A)."""
        return self.limit("annual_additions").value

    @cached_property
    def compensation(self) -> Cents:
        """Pay that match and tests may count. Source: 26 USC 401(a)(17)."""
        return self.limit("compensation").value

    @property
    def hce(self) -> Cents:
        """Pay of this year above which next year's test calls a person highly compensated.

        Source: 26 USC 414(q)(1)(B).
        """
        return self.limit("hce").value

    @property
    def key_employee(self) -> Cents:
        """Officer's pay above which a person is a key employee. Source: 26 USC 416(i)(1)(A)(i)."""
        return self.limit("key_employee").value

    @cached_property
    def roth_catch_up_wages(self) -> Cents | None:
        """Last year's wages above which catch-up of this year must be Roth; None before 2026.

        Source: 26 USC 414(v)(7); Notice 2023-62 (no such duty before 2026).
        """
        return None if self._never("roth_catch_up_wages") else self.limit("roth_catch_up_wages").value

    @property
    def ira(self) -> Cents:
        """Contributions to IRAs of a person under 50. Source: 26 USC 219(b)(5)(A)."""
        return self.limit("ira").value

    @property
    def ira_catch_up(self) -> Cents:
        """What a person of 50 may add to that. Source: 26 USC 219(b)(5)(B)."""
        return self.limit("ira_catch_up").value

    @property
    def hsa_self(self) -> Cents:
        """HSA contributions, self-only coverage. Source: 26 USC 223(b)(2)(A)."""
        return self.limit("hsa_self").value

    @property
    def hsa_family(self) -> Cents:
        """HSA contributions, family coverage. Source: 26 USC 223(b)(2)(B)."""
        return self.limit("hsa_family").value

    @property
    def hsa_catch_up(self) -> Cents:
        """What a person of 55 may add to that. Source: 26 USC 223(b)(3)."""
        return self.limit("hsa_catch_up").value

    @property
    def wage_base(self) -> Cents:
        """Wages that Social Security tax reaches. Source: 42 USC 430."""
        return self.limit("wage_base").value

    def phase_out(self, kind: Literal["roth_ira", "covered", "spouse_covered"], status: Filing) -> PhaseOut | None:
        """The band of modified AGI in which an IRA limit shrinks to nothing; None where there is no band.

        kind: roth_ira (contributions), covered (deduction, covered by a plan at work) or spouse_covered
        (deduction, only the spouse covered: no band for an unmarried person).
        Raises InputError where nothing is published.
        Source: 26 USC 408A(c)(3), 219(g).
        """
        column = tables.column(tables.IRA, status)
        if kind == "spouse_covered" and column == "single":
            return None
        start, end = self._numbers(f"{kind}.{column}")
        return PhaseOut(Cents(start), Cents(end))

    def tax(self, status: Filing) -> TaxTable:
        """Brackets, deductions and gains brackets of a filing status; raises InputError where none are held.

        Source: 26 USC 1(j), 63, 1(h).
        """
        column = tables.column(tables.TAX, status)
        extra = "extra_unmarried" if column in ("single", "head") else "extra_married"
        return TaxTable(
            rates=self._rates("tax.rates"),
            edges=self._dollars(f"tax.{column}"),
            standard_deduction=self._dollars(f"deduction.{column}")[0],
            aged_or_blind=self._dollars(f"deduction.{extra}")[0],
            gains_rates=self._rates("gains.rates"),
            gains_edges=self._dollars(f"gains.{column}"),
        )

    def senior(self, status: Filing) -> Senior | None:
        """The senior deduction of a filing status; None before 2025 and on separate returns."""
        column = tables.column(tables.TAX, status)
        if not self.entries["deduction.senior"].numbers or column == "separate":
            return None
        above = "deduction.senior_above_joint" if status == "mfj" else "deduction.senior_above"
        amount, rate = self._dollars("deduction.senior")[0], self._rates("deduction.senior_rate")[0]
        return Senior(amount, self._dollars(above)[0], rate)

    def niit(self, status: Filing) -> tuple[Millionths, Cents]:
        """Rate and threshold of MAGI of the net investment income tax. Source: 26 USC 1411."""
        return self._rates("niit.rate")[0], self._dollars(f"niit.{tables.column(tables.NIIT, status)}")[0]

    def additional_medicare(self, status: Filing) -> tuple[Millionths, Cents]:
        """Rate and threshold of the return's wages of that tax. Source: 26 USC 3101(b)(2)."""
        column = tables.column(tables.MEDICARE, status)
        return self._rates("payroll.additional_medicare")[0], self._dollars(f"payroll.{column}")[0]

    @cached_property
    def payroll(self) -> Payroll:
        """Payroll tax rates. Source: 26 USC 3101, 3102(f), 3402(g)."""
        return Payroll(
            wage_base=self.wage_base,
            social_security=self._rates("payroll.social_security")[0],
            medicare=self._rates("payroll.medicare")[0],
            additional_medicare=self._rates("payroll.additional_medicare")[0],
            additional_medicare_withheld_above=self._dollars("payroll.additional_medicare_withheld_above")[0],
            supplemental=self._rates("payroll.supplemental")[0],
            supplemental_high=self._rates("payroll.supplemental_high")[0],
            supplemental_high_above=self._dollars("payroll.supplemental_high_above")[0],
        )

    @cached_property
    def penalties(self) -> Penalties:
        """Taxes on mistakes. Source: 26 USC 4973, 72(t), 4979."""
        names = ("excess_ira", "early_distribution", "late_refund")
        return Penalties(*(self._rates(f"penalties.{name}")[0] for name in names))

    @cached_property
    def estimated(self) -> Estimated:
        """Estimated tax. Source: 26 USC 6654(d), (e)."""
        return Estimated(
            current_share=self._rates("estimated.current_share")[0],
            prior_share=self._rates("estimated.prior_share")[0],
            prior_share_high=self._rates("estimated.prior_share_high")[0],
            high_agi=self._dollars("estimated.high_agi")[0],
            high_agi_separate=self._dollars("estimated.high_agi_separate")[0],
            smallest=self._dollars("estimated.smallest")[0],
        )

    def _in_force(self, name: str) -> str:
        """The limit that a name means in this year: before 2025 a person of 60 has the ordinary catch-up."""
        return "catch_up" if name == "super_catch_up" and self._never(name) else name

    def _never(self, name: str) -> bool:
        """Whether the law of this year has no such limit, as against one not published yet."""
        return name not in self.stand_ins and never(self.entries[f"limits.{name}"])

    def _dollars(self, key: str) -> tuple[Cents, ...]:
        return tuple(Cents(number) for number in self._numbers(key))

    def _rates(self, key: str) -> tuple[Millionths, ...]:
        return tuple(Millionths(number) for number in self._numbers(key))

    def _numbers(self, key: str) -> tuple[int, ...]:
        entry, title = self.entries[key], FIELDS[key].title
        if entry.numbers:
            return entry.numbers
        if never(entry):
            raise InputError(f"No {title} for {self.year}: {entry.none}.")
        held = self.have.get(key, ())
        span = f"{held[0]} to {held[-1]}" if len(held) > 1 else "".join(map(str, held))
        have = f"; have {span}" if span else ""
        cure = ": give your own limits or ask for a projection" if key.startswith("limits.") else ""
        raise InputError(f"No published {title} for {self.year}{have}{cure}.")


def never(entry: Entry) -> bool:
    """Whether the law itself has no such number in that year."""
    return not entry.numbers and not entry.none.startswith(NOT_PUBLISHED)
