"""What the columns and words of a pay file mean: heads, sources and kinds as payroll and record-keepers write them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import get_args

from mbr_xl.records import PaidKind

AMOUNTS = ("gross", "pretax", "roth", "after_tax", "match", "nonelective", "net_pay")
CONTRIBUTIONS = AMOUNTS[1:-1]
KINDS: tuple[str, ...] = get_args(PaidKind)
IGNORE = "ignore"
FIELDS = ("date", "kind", *AMOUNTS, "source", "amount", IGNORE)
WORDS = {"pretax": "pre-tax", "roth": "Roth", "after_tax": "after-tax", "net_pay": "net pay"}

# The better word for a pay's date stands first: a file has several dates, and the day of a period is none of a pay.
_DATES = (
    "pay date", "payment date", "check date", "paid on", "pay day", "payday", "date paid", "paycheck date", "date",
    "payroll date", "effective date", "contribution date", "transaction date", "trade date", "posted date",
    "posting date", "date posted",
)  # fmt: skip
_KINDS = (
    "kind", "pay type", "check type", "payment type", "payroll type", "run type", "earning type", "earnings type",
    "pay kind", "type of pay",
)  # fmt: skip
_SOURCES = (
    "source", "contribution source", "money source", "source name", "fund source", "contribution type", "money type",
    "plan source", "source of money", "contribution source name",
)  # fmt: skip
_SUMS = (
    "amount", "contribution amount", "contributions", "contribution", "transaction amount", "total amount",
    "cash amount", "amount usd",
)  # fmt: skip
_GROSS = (
    "gross", "gross pay", "gross earnings", "gross wages", "gross amount", "total gross", "current gross",
    "total gross pay", "total earnings", "current gross pay", "gross pay current", "gross pay amount",
    "gross compensation",
)  # fmt: skip
_NET = (
    "net", "net pay", "net amount", "net check", "net check amount", "take home", "take home pay", "current net",
    "current net pay", "net pay amount", "total net pay", "net pay current", "net payment",
)  # fmt: skip
_HEADS = {"kind": _KINDS, "source": _SOURCES, "amount": _SUMS, "gross": _GROSS, "net_pay": _NET}
_KIND_WORDS: dict[str, tuple[str, ...]] = {
    "base": ("regular", "reg", "regular pay", "regular payroll", "salary", "base pay", "on cycle", "regular salary"),
    "bonus": ("annual bonus", "incentive", "bonus pay", "bonus payment", "supplemental bonus", "performance bonus"),
    "commission": ("commissions", "sales commission"),
    "rsu": ("rsus", "restricted stock", "restricted stock units", "rsu vest", "stock vest", "vest"),
    "sign-on": ("signon", "sign on bonus", "sign on"),
    "retention": ("retention bonus",),
    "overtime": ("ot", "overtime pay"),
    "other": (),
}

# Another figure than the pay's own dollars, or money that is no contribution of this pay.
_NEVER = frozenset([
    "ytd", "rate", "percent", "pct", "hours", "units", "shares", "price", "balance", "limit", "taxable", "max",
    "election", "elected", "goal", "unit", "rollover", "rollovers", "loan", "loans", "conversion", "conversions",
    "converted", "withdrawal", "transfer", "fee", "fees", "dividend", "dividends", "earnings", "gain", "loss",
    "beginning", "ending", "begin", "end", "start", "prior", "through", "medical", "dental", "vision", "fsa", "hsa",
    "health", "parking", "transit", "commuter", "life", "insurance", "fica", "medicare", "garnishment", "espp",
    "stock",
])  # fmt: skip
# Of these, and of a few more, a head says beyond doubt that its column is no contribution of this pay.
_ANOTHER = frozenset([
    "ytd", "rate", "percent", "pct", "hours", "hrs", "units", "shares", "price", "nav", "balance", "limit", "taxable",
    "loan", "loans", "medical", "dental", "vision", "fsa", "hsa", "health", "parking", "transit", "commuter",
    "insurance", "fica", "medicare", "oasdi", "fit", "garnishment", "espp", "id", "number", "no", "nbr", "code", "zip",
])  # fmt: skip
_ANOTHER_WHOLE = frozenset(["week", "period", "pay period", "quarter", "year"])
_ANOTHER_TAX = re.compile(r"\b(social security|(federal|state|local|city) (income )?(tax|withholding))\b")
_PLAN = frozenset([
    "401k", "401", "403b", "403", "457", "457b", "plan", "deferral", "deferrals", "contribution", "contributions",
    "contrib", "savings", "retirement", "employee", "ee", "catchup", "source",
])  # fmt: skip
_SPLIT = (
    ("401 k", "401k"), ("403 b", "403b"), ("457 b", "457b"), ("pre tax", "pretax"), ("before tax", "pretax"),
    ("after tax", "aftertax"), ("post tax", "aftertax"), ("posttax", "aftertax"), ("catch up", "catchup"),
    ("non elective", "nonelective"), ("year to date", "ytd"), ("profit sharing", "nonelective"),
    ("safe harbor match", "match"),
)  # fmt: skip


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Words as they are compared: lower case, one space between, no other signs; 401(k) is 401k, after-tax aftertax."""
    words = " ".join(re.findall(r"[a-z0-9%]+", text.lower().replace("_", " ")))
    for apart, together in _SPLIT:
        words = re.sub(rf"\b{apart}\b", together, words)
    return words


def rank_of_date(head: str) -> int | None:
    """How good a head is for the pay's date, 0 the best; None where it is none."""
    words = plain(head)
    return _DATES.index(words) if words in _DATES else None


def field_of_head(head: str) -> str | None:
    """What a column holds, by its head; None where the head does not say so beyond doubt."""
    words = plain(head)
    for field, heads in (
        ("kind", _KINDS),
        ("source", _SOURCES),
        ("amount", _SUMS),
        ("gross", _GROSS),
        ("net_pay", _NET),
    ):
        if words in (plain(one) for one in heads):
            return field
    if rank_of_date(head) is not None:
        return "date"
    found = field_of_source(head)
    if found in ("pretax", "after_tax"):
        # Payroll totals such as "Post Tax Deductions" are not of the plan; "After-Tax" alone, beside "Roth", is.
        bare = words in ("pretax", "aftertax")
        return found if bare or set(words.split()) & _PLAN else None
    return found


def field_of_source(text: str) -> str | None:
    """Which contribution a record-keeper's source is, such as EMPLOYEE AFTER TAX; None where it is not clear."""
    words = set(plain(text).split())
    if words & _NEVER or "%" in plain(text):
        return None
    if words & {"match", "matching"}:
        return "match"
    if words & {"nonelective", "discretionary", "core"}:
        return "nonelective"
    if "roth" in words:  # before after-tax: "Roth after-tax 401(k)" is what some payrolls call Roth deferrals
        return "roth"
    if "aftertax" in words:
        return "after_tax"
    if words & {"employer", "er", "company"}:
        return None
    deferral = words & {"deferral", "deferrals", "catchup"} or words in ({"401k"}, {"traditional", "401k"})
    return "pretax" if "pretax" in words or deferral or words == {"traditional"} else None


def another_figure(head: str) -> bool:
    """Whether a head says beyond doubt that its column holds another figure than a contribution of the pay."""
    words = plain(head)
    named_so = set(words.split()) & _ANOTHER or words in _ANOTHER_WHOLE or _ANOTHER_TAX.search(words)
    return bool(named_so) or "%" in head or "#" in head


def kind_of_word(text: str) -> str | None:
    """The kind of pay that a word of the file means; None where it is not known."""
    words = plain(text)
    for kind, others in _KIND_WORDS.items():
        if words == plain(kind) or words in (plain(one) for one in others):
            return kind
    return None


def meaning_of(text: str) -> str | None:
    """The field or the kind of pay that somebody names behind the = of --map; None where it is neither."""
    words = plain(text)
    for name in (*FIELDS, *KINDS):
        if words == plain(name):
            return name
    return None


def named(field: str) -> str:
    """A field as a sentence says it."""
    return WORDS.get(field, field.replace("_", " "))


def listing(words: Sequence[str], last: str = "and") -> str:
    """Words as a sentence lists them."""
    return f" {last} ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)
