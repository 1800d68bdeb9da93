"""What the engine answers for one year: the lines of the Pay and Conversions sheets and the headlines."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date

from mbr_xl.money import Cents, Millionths


@dataclass(frozen=True)
class PayLine:
    """One line of the Pay sheet, its columns in order. Rates are those in force after the plan's caps.

    Where elections are in dollars a rate is what they come to of the pay. Of a recorded pay the elected columns are
    what the elections in force give on it: plan beside actual.
    """

    date: date
    kind: str
    gross: Cents
    plan_pay: Cents
    match_pay: Cents
    additions_pay: Cents
    pretax_rate: Millionths
    roth_rate: Millionths
    after_tax_rate: Millionths
    pretax_elected: Cents
    roth_elected: Cents
    pretax: Cents
    roth: Cents
    catch_up: Cents
    after_tax_elected: Cents
    after_tax: Cents
    match: Cents
    nonelective: Cents
    additions_to_date: Cents
    room_left: Cents
    recorded: bool


@dataclass(frozen=True)
class ConversionLine:
    """One line of the Conversions sheet: what stood in the after-tax account on that day, and what left it."""

    date: date
    tax_year: int
    basis_added: Cents
    basis: Cents
    value: Cents
    converted: Cents
    taxable: Cents
    tax: Cents
    to_traditional: Cents
    value_left: Cents
    basis_left: Cents


@dataclass(frozen=True)
class Headlines:
    """The year's answers; each is a defined name of the planner."""

    limits_note: str
    pays: int
    deferral_limit: Cents
    catch_up_allowed: Cents
    roth_catch_up_required: bool
    total_pretax: Cents
    total_roth: Cents
    total_deferral: Cents
    total_catch_up: Cents
    total_match: Cents
    annual_match: Cents
    true_up_due: Cents
    match_lost: Cents
    total_nonelective: Cents
    total_profit_sharing: Cents
    total_employer: Cents
    additions_pay_total: Cents
    additions_limit: Cents
    after_tax_room: Cents
    binding: str
    total_after_tax_elected: Cents
    total_after_tax: Cents
    after_tax_unused: Cents
    total_additions: Cents
    over_by: Cents
    elections_safe: bool
    best_base: Millionths
    best_bonus: Millionths
    best_after_tax: Cents
    best_unused: Cents
    total_converted: Cents
    total_taxable: Cents
    total_tax: Cents
    total_to_traditional: Cents
    unconverted_value: Cents
    unconverted_basis: Cents
    path_taken: str
    total_conversion_fees: Cents
    best_base_dollars: Cents
    best_bonus_dollars: Cents


@dataclass(frozen=True)
class YearPlan:
    """The whole answer: pays, conversions, headlines."""

    pays: tuple[PayLine, ...]
    conversions: tuple[ConversionLine, ...]
    headlines: Headlines


PAY_COLUMNS: tuple[str, ...] = tuple(f.name for f in fields(PayLine))
CONVERSION_COLUMNS: tuple[str, ...] = tuple(f.name for f in fields(ConversionLine))
