"""The names of sheets and of defined names: which of them Excel takes for something else, or refuses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mbr_workbooks.formulas import FUNCTIONS_OF_2007
from mbr_workbooks.linting.formulas import formula_faults, reads_as_cell
from mbr_workbooks.linting.xml import MAIN, Parts

MOST_COMMENT = 255  # characters of a name's comment: Excel refuses the file with one more

# The functions that came with Excel 2010 and later.
LATER = """
    ACOT ACOTH AGGREGATE ANCHORARRAY ARABIC ARRAYTOTEXT BASE BETA.DIST BETA.INV BINOM.DIST BINOM.DIST.RANGE BINOM.INV
    BITAND BITLSHIFT BITOR BITRSHIFT BITXOR BYCOL BYROW CEILING.MATH CEILING.PRECISE CHISQ.DIST CHISQ.DIST.RT CHISQ.INV
    CHISQ.INV.RT CHISQ.TEST CHOOSECOLS CHOOSEROWS COMBINA CONCAT CONFIDENCE.NORM CONFIDENCE.T COPILOT COT COTH
    COVARIANCE.P COVARIANCE.S CSC CSCH DAYS DBCS DECIMAL DETECTLANGUAGE DROP ECMA.CEILING ENCODEURL ERF.PRECISE
    ERFC.PRECISE EUROCONVERT EXPAND EXPON.DIST F.DIST F.DIST.RT F.INV F.INV.RT F.TEST FIELDVALUE FILTER FILTERXML
    FLOOR.MATH FLOOR.PRECISE FORECAST.ETS FORECAST.ETS.CONFINT FORECAST.ETS.SEASONALITY FORECAST.ETS.STAT
    FORECAST.LINEAR FORMULATEXT GAMMA GAMMA.DIST GAMMA.INV GAMMALN.PRECISE GAUSS GROUPBY HSTACK HYPGEOM.DIST IFNA IFS
    IMAGE IMCOSH IMCOT IMCSC IMCSCH IMPORTCSV IMPORTTEXT IMSEC IMSECH IMSINH IMTAN ISFORMULA ISO.CEILING ISOMITTED
    ISOWEEKNUM LAMBDA LET LOGNORM.DIST LOGNORM.INV MAKEARRAY MAP MAXIFS MINIFS MODE.MULT MODE.SNGL MUNIT NEGBINOM.DIST
    NETWORKDAYS.INTL NORM.DIST NORM.INV NORM.S.DIST NORM.S.INV NUMBERVALUE PDURATION PERCENTILE.EXC PERCENTILE.INC
    PERCENTOF PERCENTRANK.EXC PERCENTRANK.INC PERMUTATIONA PHI PIVOTBY POISSON.DIST PY QUARTILE.EXC QUARTILE.INC
    QUERYSTRING RANDARRAY RANK.AVG RANK.EQ REDUCE REGEXEXTRACT REGEXREPLACE REGEXTEST RRI RTD SCAN SEC SECH SEQUENCE
    SHEET SHEETS SINGLE SKEW.P SORT SORTBY STDEV.P STDEV.S STOCKHISTORY SWITCH T.DIST T.DIST.2T T.DIST.RT T.INV
    T.INV.2T T.TEST TAKE TEXTAFTER TEXTBEFORE TEXTJOIN TEXTSPLIT TOCOL TOROW TRANSLATE TRIMRANGE UNICHAR UNICODE UNIQUE
    VALUETOTEXT VAR.P VAR.S VSTACK WEBSERVICE WEIBULL.DIST WORKDAY.INTL WRAPCOLS WRAPROWS XLOOKUP XMATCH XOR Z.TEST
"""
# Words that mean something to Excel where a name stands, beside its functions.
WORDS = ("CRITERIA", "DATABASE", "EXTRACT", "FALSE", "PRINT_AREA", "PRINT_TITLES", "TRUE")
TAKEN = FUNCTIONS_OF_2007 | frozenset(LATER.split()) | frozenset(WORDS)


def name_faults(parts: Parts) -> Iterator[str]:
    """A sentence for each sheet or defined name that cannot be called so, or that leads nowhere."""
    titles = [item.get("name", "") for item in parts.book.iter(f"{MAIN}sheet")]
    if len({title.casefold() for title in titles}) < len(titles):
        yield "Two sheets have one name."
    for title in titles:
        if not 0 < len(title) <= 31 or re.search(r"[\[\]:*?/\\]", title) or title[0] == "'" or title[-1] == "'":
            yield f"{title!r} cannot be the name of a sheet."
    seen: set[tuple[str, str | None]] = set()
    for item in parts.book.iter(f"{MAIN}definedName"):
        name, text, local = item.get("name", ""), item.text or "", item.get("localSheetId")
        if len(item.get("comment", "")) > MOST_COMMENT:
            yield f"The name {name} has a comment above {MOST_COMMENT} characters."
        if local is not None and not (local.isdigit() and int(local) < len(titles)):
            yield f"The name {name} belongs to no sheet."
        for fault in formula_faults(text, constants=False):
            yield f"The name {name}: {fault}: {text[:120]}"
        if name.startswith("_xlnm."):
            continue
        if (name.casefold(), local) in seen:
            yield f"The name {name} is defined twice."
        seen.add((name.casefold(), local))
        if not re.fullmatch(r"[A-Za-z_\\][A-Za-z0-9_.\\]*", name) or len(name) > 255:
            yield f"{name} cannot be a name."
        if reads_as_cell(name):
            yield f"The name {name} reads as a cell."
        if name.upper() in TAKEN:
            yield f"The name {name} is the name of an Excel function."


def defined(parts: Parts) -> set[str]:
    """The names that hold for the whole workbook, in lower case."""
    names = (item for item in parts.book.iter(f"{MAIN}definedName") if item.get("localSheetId") is None)
    return {item.get("name", "").casefold() for item in names}
