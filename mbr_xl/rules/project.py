"""Next year's limits before they are published, by the statutory formulas; always labelled as projected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mbr_xl.errors import InputError
from mbr_xl.money import WHOLE, Cents, percent

# CPI-U, US city average, all items, not seasonally adjusted (BLS CUUR0000SA0): July, August, September, in
# thousandths of a point. The law compares averages of a quarter; the sums of its months have the same ratio.
# A test holds that these figures reproduce every published limit of 2019 to 2026.
THIRD_QUARTER: dict[int, tuple[int, int, int]] = {
    1996: (157_000, 157_300, 157_800),
    2001: (177_500, 177_500, 178_300),
    2005: (195_400, 196_400, 198_800),
    2018: (252_006, 252_146, 252_439),
    2019: (256_571, 256_558, 256_759),
    2020: (259_101, 259_918, 260_280),
    2021: (273_003, 273_567, 274_310),
    2022: (296_276, 296_171, 296_808),
    2023: (305_691, 307_026, 307_789),
    2024: (314_540, 314_796, 315_301),
    2025: (323_048, 323_976, 324_800),
}

# The Social Security cost-of-living adjustment for 2027 (SSA, October 2026). It is measured by CPI-W in the
# same quarter and stands in for the growth of CPI-U to the third quarter of 2026, which is not in this file.
# A smaller growth would lower some limits by a step: key_employee at 3.42% or less, deferral and catch_up at
# 3.31%, hce at 3.22%, annual_additions and compensation at 2.89%.
GROWTH = 36_000


@dataclass(frozen=True)
class Indexed:
    """A statutory amount in dollars, the year whose third quarter is its base, the step of its increases."""

    amount: int
    base: int
    step: int
    source: str


INDEXED: dict[str, Indexed] = {
    "deferral": Indexed(15_000, 2005, 500, "26 USC 402(g)(4)"),
    "catch_up": Indexed(5_000, 2005, 500, "26 USC 414(v)(2)(C)"),
    "super_catch_up": Indexed(11_250, 2024, 500, "26 USC 414(v)(2)(C)(ii), (E)"),
    "annual_additions": Indexed(40_000, 2001, 1_000, "26 USC 415(d)"),
    "compensation": Indexed(200_000, 2001, 5_000, "26 USC 401(a)(17)(B)"),
    "hce": Indexed(80_000, 1996, 5_000, "26 USC 414(q)(1)"),
    "key_employee": Indexed(130_000, 2001, 5_000, "26 USC 416(i)(1)(A)"),
    "roth_catch_up_wages": Indexed(145_000, 2023, 5_000, "26 USC 414(v)(7)(E)"),
}

# IRA amounts follow the chained CPI-U and are carried over; see project().
CARRIED: dict[str, str] = {"ira": "26 USC 219(b)(5)(C)", "ira_catch_up": "26 USC 219(b)(5)(C)(iii)"}


def indexed(name: str, quarter: int, growth: int = 0) -> Cents:
    """The indexed amount from the third quarter of `quarter`, which sets the limit of the year after.

    name: a key of INDEXED; quarter: a year of THIRD_QUARTER; growth: of CPI-U since then, millionths.
    Source: 26 USC 415(d) and the paragraphs named in INDEXED.
    Choice: the increase is rounded down to the step, not the total. The two differ only for ages 60 to 63,
    whose base of $11,250 is no multiple of $500; the published $11,250 of 2026 agrees with the increase only.
    """
    rule = INDEXED[name]
    base = sum(THIRD_QUARTER[rule.base]) * WHOLE
    now = sum(THIRD_QUARTER[quarter]) * (WHOLE + growth)
    increase = max(0, rule.amount * (now - base) // base)
    return Cents((rule.amount + increase // rule.step * rule.step) * 100)


def project(year: int, last: int, published: Mapping[str, int], growth: int = GROWTH) -> dict[str, tuple[Cents, str]]:
    """Cents and source by limit name for `year`, never below what is published for the year before.

    year: the year after `last`, the last published one; published: cents of `last` by limit name.
    growth: of CPI-U since the third quarter before `last`, millionths (36000 is 3.6%), -10% to 20%.
    Raises InputError for any other year or growth.
    Source: 26 USC 415(d)(4), 219(b)(5)(C) (no adjustment lowers a limit).
    Choice: IRA and IRA catch-up stay as they are. They follow the chained CPI-U, which is not in this file;
    both stepped up in 2026, and from there it takes growth of about 4% to reach the next $500 or $100.
    """
    if year != last + 1:
        raise InputError(f"Only {last + 1}, the year after the last published, can be projected; {year} cannot.")
    if isinstance(growth, bool) or not isinstance(growth, int) or not -100_000 <= growth <= 200_000:
        raise InputError("The growth of CPI-U for a projection is -10% to 20% a year.")
    with_growth = f"projected with CPI-U growth of {percent(growth)}"
    limits = {
        name: (Cents(max(indexed(name, last - 1, growth), published[name])), f"{rule.source}, {with_growth}")
        for name, rule in INDEXED.items()
    }
    for name, source in CARRIED.items():
        limits[name] = (Cents(published[name]), f"{source}, {last} amount carried over")
    return limits
