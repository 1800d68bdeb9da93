"""The typed pieces of a year of law beside its limits, and which column of a table a filing status reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from mbr_xl.errors import InputError
from mbr_xl.money import Cents, Millionths

Filing = Literal["single", "hoh", "mfj", "qss", "mfs", "mfs_apart"]

# Living apart all year counts as single for IRA phase-outs only (26 USC 219(g)(4), 408A(c)(3)(D)). A
# surviving spouse has the joint brackets, but not the joint threshold of the Additional Medicare Tax.
_UNIONS = {"mfj": "joint", "qss": "joint", "mfs": "separate"}
IRA = {"single": "single", "hoh": "single", "mfs_apart": "single", **_UNIONS}
TAX = {"single": "single", "hoh": "head", "mfs_apart": "separate", **_UNIONS}
NIIT = {**TAX, "hoh": "single"}
MEDICARE = {**NIIT, "qss": "single"}


def column(columns: Mapping[str, str], status: str) -> str:
    """The column of a table for a filing status; raises InputError listing the statuses."""
    if status not in columns:
        raise InputError(f"{status!r} is not a filing status; have single, hoh, mfj, qss, mfs, mfs_apart.")
    return columns[status]


@dataclass(frozen=True)
class PhaseOut:
    """Full up to `start` of modified AGI, nothing from `end`, in cents."""

    start: Cents
    end: Cents


@dataclass(frozen=True)
class TaxTable:
    """Income tax of a filing status: `rates[i]` up to `edges[i]`, the last rate above; gains alike."""

    rates: tuple[Millionths, ...]
    edges: tuple[Cents, ...]
    standard_deduction: Cents
    aged_or_blind: Cents  # for each person of 65 or blind, once for each
    gains_rates: tuple[Millionths, ...]
    gains_edges: tuple[Cents, ...]


@dataclass(frozen=True)
class Senior:
    """The deduction of 2025 to 2028 for each person of 65: `amount` less `rate` of MAGI above `above`."""

    amount: Cents
    above: Cents
    rate: Millionths


@dataclass(frozen=True)
class Payroll:
    """The employee's payroll tax rates and the flat withholding on supplemental wages."""

    wage_base: Cents
    social_security: Millionths
    medicare: Millionths
    additional_medicare: Millionths
    additional_medicare_withheld_above: Cents
    supplemental: Millionths
    supplemental_high: Millionths
    supplemental_high_above: Cents


@dataclass(frozen=True)
class Penalties:
    """Rates of the additional and excise taxes on mistakes."""

    excess_ira: Millionths
    early_distribution: Millionths
    late_refund: Millionths


@dataclass(frozen=True)
class Estimated:
    """The shares of tax that avoid the penalty, and the amounts that decide between them."""

    current_share: Millionths
    prior_share: Millionths
    prior_share_high: Millionths
    high_agi: Cents
    high_agi_separate: Cents
    smallest: Cents
