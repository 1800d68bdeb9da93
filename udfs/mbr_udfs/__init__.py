"""Worksheet functions: `from mbr_udfs import MBR_ROOM` and call it with what Excel would send."""

from mbr_udfs.backdoor import BACKDOOR_FORM_8606, BACKDOOR_LIMIT, BACKDOOR_ROTH_LIMIT, BACKDOOR_TAXABLE
from mbr_udfs.catalogue import CATALOGUE
from mbr_udfs.conversion import (
    CONVERT_FORM_1099R,
    CONVERT_SCHEDULE,
    CONVERT_TAX,
    CONVERT_TAXABLE,
    MBR_DELAY_COST,
    MBR_PATH,
)
from mbr_udfs.elections import MBR_ELECTIONS
from mbr_udfs.estimated import MBR_ESTIMATED_TAX
from mbr_udfs.growth import MBR_GROWTH
from mbr_udfs.limits import (
    MBR_ACP_LIMIT,
    MBR_DEFERRAL_LIMIT,
    MBR_LIMIT,
    MBR_ROTH_CATCH_UP,
    MBR_SOURCE,
    MBR_VERSION,
)
from mbr_udfs.pay import MBR_MATCH, MBR_PAY_DATES, MBR_SCHEDULE
from mbr_udfs.room import MBR_BINDING, MBR_ROOM

__all__ = [
    "BACKDOOR_FORM_8606", "BACKDOOR_LIMIT", "BACKDOOR_ROTH_LIMIT", "BACKDOOR_TAXABLE", "CATALOGUE",
    "CONVERT_FORM_1099R", "CONVERT_SCHEDULE", "CONVERT_TAX", "CONVERT_TAXABLE", "MBR_ACP_LIMIT", "MBR_BINDING",
    "MBR_DEFERRAL_LIMIT", "MBR_DELAY_COST", "MBR_ELECTIONS", "MBR_ESTIMATED_TAX", "MBR_GROWTH", "MBR_LIMIT",
    "MBR_MATCH", "MBR_PATH", "MBR_PAY_DATES", "MBR_ROOM", "MBR_ROTH_CATCH_UP", "MBR_SCHEDULE", "MBR_SOURCE",
    "MBR_VERSION",
]  # fmt: skip
