"""Which way after-tax money can reach a Roth account in this plan."""

from __future__ import annotations

from mbr_xl.household import Household

IN_PLAN, ROTH_IRA = "in plan", "Roth IRA"
BOTH = (
    "Path A or Path B: the plan allows in-plan conversion to the Roth 401(k) and in-service withdrawal to a Roth IRA. "
    "Earnings that are converted are taxable, and more of them build up the longer the money waits."
)
PATH_A = (
    "Path A: in-plan conversion to the Roth 401(k), automatic where the plan offers it, else by request after each "
    "contribution; the plan needs a Roth account. Earnings that are converted are taxable."
)
PATH_B = (
    "Path B: in-service withdrawal, a direct rollover from the after-tax account to a Roth IRA opened beforehand. "
    "Some plans limit withdrawals a year; earnings move pro rata, and those that are converted are taxable."
)
NO_WAY_OUT = (
    "Neither: the plan takes after-tax contributions, but in-plan conversion or in-service withdrawal is missing. "
    "The money cannot turn Roth yet and its earnings stay taxable."
)
NO_AFTER_TAX = "Neither: after-tax contributions are missing, which both paths need."


def path(after_tax: bool, in_plan: bool, in_service: bool) -> str:
    """Path A, Path B, both or neither, with what matters next or what is missing.

    after_tax: the plan takes after-tax contributions; in_plan: it allows in-plan conversion; in_service: it allows
    in-service withdrawal of after-tax money.
    Source: 26 USC 402A(c)(4) (in-plan), 402(c)(2) and 408A(e) (rollover to a Roth IRA).
    """
    if not after_tax:
        return NO_AFTER_TAX
    if in_plan and in_service:
        return BOTH
    if in_plan:
        return PATH_A
    return PATH_B if in_service else NO_WAY_OUT


def path_taken(household: Household) -> str:
    """The path of the planned conversions: "in plan", "Roth IRA", or empty where the plan allows neither.

    household: validated, so that a path that is asked for is one that the plan allows.
    Source: as `path`.
    Choice: without a word in plan, which needs no second account; out of the plan where earnings go to a traditional
    IRA, which an in-plan conversion cannot do.
    """
    h = household
    if not (h.in_plan_conversion or h.in_service_withdrawal):
        return ""
    if h.conversion_path is not None:
        return h.conversion_path
    out = h.earnings_to == "traditional" and h.in_service_withdrawal
    return IN_PLAN if h.in_plan_conversion and not out else ROTH_IRA
