"""Our functions in plain Excel, each from its rule: the conditions on its inputs, and the value where they hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from mbr_udfs.catalogue import Function
from mbr_udfs.cells import MARK
from mbr_workbooks.formulas import Area
from mbr_workbooks.native_call import YES, Call, NoEquivalent, Term
from mbr_xl.engine.converting import path as paths
from mbr_xl.engine.deferral import CATCH_UP_AGE
from mbr_xl.money import WHOLE
from mbr_xl.rules import published_years, rules_for

EXACT = 9 * 10**15  # whole numbers up to here are exact in a cell, products too
SURE = 10**15  # and a quotient of such a number by a power of ten is rounded alike by every program
MOST_DECIMALS = 6
MOST_TEXT = 255  # letters of one text in a formula


def equivalent(function: Function, terms: Sequence[Term], names: Mapping[str, Area]) -> str:
    """The call in plain Excel, fit to stand inside a formula; raises NoEquivalent.

    names: the workbook's defined names in small letters. A refusal is text that begins with `#MBR! `, as the
    function's is, so that no sum takes it for a number.
    """
    if len(terms) > len(function.arguments) or not terms:
        raise NoEquivalent
    call = Call(function, tuple(terms), names)
    if all(term.known for term in terms):
        return _constant(function(*(term.value for term in terms)))
    rule = RULES.get(function.name)
    if rule is None:
        raise NoEquivalent
    return call.guarded(rule(call))


def _nearest(numerator: str, denominator: str) -> str:
    """A quotient rounded half up, exactly where the numerator is at most EXACT: by its remainder, not by ROUND."""
    whole = f"INT(({numerator})/({denominator}))"
    return f"({whole}+IF(2*({numerator}-{whole}*({denominator}))>={denominator},1,0))"


def _dollars(cents: str) -> str:
    return f"({cents})/100"


def _less(start: str, *others: str) -> str:
    """A difference; what is 0 is not written."""
    return "-".join([start, *(other for other in others if other != "0")])


def _plus(*items: str) -> str:
    return "+".join([item for item in items if item != "0"] or ["0"])


def _share(amount: str, rate: int) -> str:
    """Cents at a rate of whole percents, rounded half up."""
    part = Fraction(rate, WHOLE)
    return amount if part == 1 else f"ROUND({amount}*{part.numerator}/{part.denominator},0)"


def _constant(answer: object) -> str:
    """An answer that no cell changes, as it stands in a formula."""
    if isinstance(answer, bool):
        return "(1=1)" if answer else "(1=0)"
    if isinstance(answer, int | float):
        return f"{answer:.15g}" if answer >= 0 else f"({answer:.15g})"
    if isinstance(answer, str) and not answer.startswith(MARK) and len(answer) <= MOST_TEXT:
        return _text(answer)
    raise NoEquivalent


def _text(words: str) -> str:
    pieces = [words[at : at + MOST_TEXT] for at in range(0, len(words), MOST_TEXT)]
    return "&".join('"' + piece.replace('"', '""') + '"' for piece in pieces)


def _taxable(call: Call) -> str:
    """Cents of earnings that move with a conversion."""
    to = call.known("earnings_to")
    basis, value = call.cents("basis"), call.cents("value")
    everything = f"MIN({basis},{value})" if to == "leave" else value
    if call.is_left_out("converted"):
        moved = everything
    else:
        moved = call.cents("converted")
        call.bounds.append(f"{moved}<={value}")
        if not call.is_known("converted"):
            moved = call.given("converted", moved, everything)
    if to == "traditional":
        return "0"
    if moved == value:
        return f"MAX(0,{value}-{basis})"
    call.bounds.append(f"{moved}*{basis}<={EXACT}")
    return f"IF({value}<={basis},0,{moved}-{_nearest(f'{moved}*{basis}', value)})"


def _convert_taxable(call: Call) -> str:
    return _dollars(_taxable(call))


def _convert_tax(call: Call) -> str:
    taxable, rate = _taxable(call), call.millionths("rate")
    call.bounds.append(f"{call.cents('value')}*{rate}<={SURE}")  # taxable is never more than the value
    return _dollars(f"ROUND({taxable}*{rate}/{WHOLE},0)")


def _backdoor_taxable(call: Call) -> str:
    made, moved, left, prior, late, others = (
        call.cents(name)
        for name in (
            "contributed", "converted", "year_end_value", "prior_basis", "late_contribution", "other_distributions",
        )
    )  # fmt: skip
    decimals = call.known("decimals")
    basis, total = f"({_less(_plus(made, prior), late)})", f"({_plus(left, moved, others)})"
    if late != "0":
        call.bounds.append(f"{late}<={made}")
    if decimals is None:
        call.bounds.append(f"{moved}*{basis}<={EXACT}")
        of_conversion = _nearest(f"{moved}*{basis}", total)
    else:
        if decimals > MOST_DECIMALS:
            raise NoEquivalent
        places = 10**decimals
        call.bounds += [f"{basis}*{places}<={EXACT}", f"{moved}*{places}<={SURE}"]
        of_conversion = f"ROUND({moved}*{_nearest(f'{basis}*{places}', total)}/{places},0)"
    return _dollars(f"IF({basis}>={total},0,{moved}-{of_conversion})")


def _room(call: Call) -> str:
    if call.known("catch_up_reading") != "above_402g":
        raise NoEquivalent
    year = call.year()
    own, employer, made = (call.cents(name) for name in ("deferrals", "employer", "after_tax"))
    above = f"MAX(0,{_less(_plus(own, call.cents('elsewhere')), year.limit('deferral'))})"
    age = call.age(year)
    if call.is_left_out("age"):
        call.bounds.append(f"{above}=0")
    elif not call.is_known("age"):
        call.bounds.append(call.given("age", YES, f"{above}=0"))
    base = own if age == "0" else f"({own}-MIN({above},{own},{year.catch_up(age)}))"
    limit = year.limit("annual_additions")
    if not call.is_left_out("pay"):
        pay = call.cents("pay")
        limit = f"MIN({limit},{call.given('pay', pay, limit)})"
    left = _less(limit, base, employer, made)
    if not call.is_left_out("plan_cap"):
        cap = call.cents("plan_cap")
        left = f"MIN({left},{call.given('plan_cap', _less(cap, made), left)})"
    return _dollars(f"MAX(0,{left})")


def _deferral_limit(call: Call) -> str:
    if not call.known("plan_has_roth"):
        raise NoEquivalent
    year = call.year()
    call.cents("prior_wages")  # read and refused by the function, and without effect where the plan has Roth
    limit, age = year.limit("deferral"), call.age(year)
    more = year.catch_up(age, call.known("super_catch_up_offered")) if call.known("catch_up_offered") else "0"
    return _dollars(_plus(limit, more))


def _limit(call: Call) -> str:
    year, name = call.year(), call.known("limit")
    if year.rules is not None or not call.is_left_out("age"):
        raise NoEquivalent
    return year.published(name)


def _ira_limit(call: Call) -> str:
    year = call.year()
    if year.rules is None:
        raise NoEquivalent
    age = call.age(year)
    limit = f"{year.rules.ira}+IF({age}>={CATCH_UP_AGE},{year.rules.ira_catch_up},0)"
    if not call.is_left_out("compensation"):
        pay = call.cents("compensation")
        limit = f"MIN({limit},{call.given('compensation', pay, limit)})"
    return _dollars(limit)


def _acp_limit(call: Call) -> str:
    average = f"ROUND({call.millionths('nhce_acp')}/100,0)"  # in steps of 0.01%, of which two points are 200
    return f"INT(MAX({average}*5/4,MIN(2*{average},{average}+200)))/10000"


def _estimated_tax(call: Call) -> str:
    law = rules_for(published_years()[-1]).estimated
    now, before, income = (call.cents(name) for name in ("current_tax", "prior_tax", "prior_agi"))
    withheld = call.cents("withholding")
    of_now, usual = _share(now, law.current_share), _share(before, law.prior_share)
    high = _share(before, law.prior_share_high)
    nothing = f"OR({_less(now, withheld)}<{law.smallest},{before}=0)"
    if call.is_left_out("status"):
        edge = str(law.high_agi)
        between = f"AND({income}>{law.high_agi_separate},{income}<={law.high_agi})"
        call.bounds.append(f"OR({nothing},NOT({between}),{of_now}<={usual})")
    else:
        separate = call.known("status") in ("mfs", "mfs_apart")
        edge = str(law.high_agi_separate if separate else law.high_agi)
    required = f"MIN({of_now},IF({income}>{edge},{high},{usual}))"
    return _dollars(f"IF({nothing},0,MAX(0,{_less(required, withheld)}))")


def _path(call: Call) -> str:
    after_tax, in_plan, in_service = (call.flag(name) for name in ("after_tax", "in_plan", "in_service"))
    both, a, b, none, missing = map(
        _text, (paths.BOTH, paths.PATH_A, paths.PATH_B, paths.NO_WAY_OUT, paths.NO_AFTER_TAX)
    )
    return f"IF({after_tax},IF({in_plan},IF({in_service},{both},{a}),IF({in_service},{b},{none})),{missing})"


# Left out: MBR_GROWTH, whose last cent hangs on a hundred roundings of a binary fraction that no formula repeats;
# tables, which are no cell's formula; and texts that say which of many cases holds.
RULES: dict[str, Callable[[Call], str]] = {
    "BACKDOOR_LIMIT": _ira_limit,
    "BACKDOOR_TAXABLE": _backdoor_taxable,
    "CONVERT_TAX": _convert_tax,
    "CONVERT_TAXABLE": _convert_taxable,
    "MBR_ACP_LIMIT": _acp_limit,
    "MBR_DEFERRAL_LIMIT": _deferral_limit,
    "MBR_ESTIMATED_TAX": _estimated_tax,
    "MBR_LIMIT": _limit,
    "MBR_PATH": _path,
    "MBR_ROOM": _room,
}
