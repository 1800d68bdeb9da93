"""Which line of the sheet Checks says what a finding of the engine says."""

from __future__ import annotations

import re

from mbr_workbooks.sheets.checking.checks import EVERY
from mbr_xl.engine.checks import Finding

WORDS = {"fix": "FAIL", "look": "LOOK", "note": "INFO"}
ONLY_SAID = ""  # the sheet shows it elsewhere, or not at all

# What a finding says, and what its line of Checks is called; the first that fits counts.
SAID: list[tuple[str, str]] = [
    (r"^Not all limits are published", "Limits are the published ones"),
    (r"^Deferrals are .* over the limit of", "No excess deferral over all plans"),
    (r"^Annual additions are .* over", "Annual additions are within their limit, 415(c)"),
    (r"^Room is read with catch-up above", "Catch-up is read as plans do"),
    (r"^Pre-tax elected does not fit", "Pre-tax elected fits in every pay"),
    (r"^Roth elected does not fit", "Roth elected fits in every pay"),
    (r"^After-tax elected does not fit", "After-tax elected fits in every pay"),
    (r"^Row \d+ of elections has rates for bonus", "Rates for bonus and commission are used"),
    (r"^Deferrals elected come to", "Date of birth is given where deferrals pass the limit"),
    (r"^Catch-up must be Roth for this saver", "Catch-up is open to this saver"),
    (r"^Catch-up must be Roth, but", "Catch-up that must be Roth is elected as Roth"),
    (r"of catch-up is there only because", "Catch-up comes from this plan's own deferrals"),
    (r"^Deferrals end .* short of", "Deferrals reach their limit"),
    (r"of match is lost:", "No match is lost"),
    (r"^A true-up of", "No true-up is still to come"),
    (r"^Pay passes .*401\(a\)\(17\)", "Pay stays within the compensation limit"),
    (r"^The recorded pays show .* of after-tax", "After-tax is recorded only where the plan takes it"),
    (r"pays instead of", "The usual number of pays"),
    (r"^The plan allows neither", "After-tax money can turn Roth"),
    (r"is not converted on December 31", "All is converted on December 31"),
    (r"^No elections are given", "Some election is given"),
    (r"wanted conversions? finds? no day", "Every wanted conversion finds an allowed day"),
    (r"^The plan allows \d+ a year and", "The plan allows as many conversions as are wanted"),
    (r"could move: the money waits", "Every conversion reaches the plan's least amount"),
    (r"^A withdrawal suspends", "No pay falls in a suspension after a withdrawal"),
    (r"^The spouse must consent", "No spouse's consent is needed"),
    (r"of earnings goes to a traditional IRA", "No earnings are in a traditional IRA on December 31"),
    (r"more than the account held", "Recorded conversions are within what the account held"),
    (r"^The taxable part of the conversion of", "The taxable part of recorded conversions is known"),
    (r"^After-tax money is not accounted for", "Pre-tax money is given where it shares the account"),
    (r"^The pay of ", "Recorded pays are as planned and elected"),
    (r"has been in the account since", "After-tax is converted when it should be"),
    (r"recorded conversions are not confirmed in writing", "Recorded conversions are confirmed in writing"),
    (r"are not marked as invested", "Converted money is invested again"),
    (r"^The ledger leaves", "The ledger's after-tax basis is the opening basis"),
    (
        r"^Row \d+ of ledger: .* left the Roth 401",
        "No rollover of the Roth 401(k) is typed as a conversion to a Roth IRA",
    ),
    (
        r"^Row \d+ of ledger|^The first year \(roth_|^The withdrawal .*\(roth_ira_",
        "The ledger of earlier years can be used",
    ),
    (r"^Row \d+ of forms .*(left out of the|: Of a )", ONLY_SAID),
    (r"^Row \d+ of forms|^Form (1099-R|W-2|5498).* reported, .* expected", "Forms that came agree with the year"),
    (r"^Form .* has not come; it was due", "No form is missing"),
    (r"of the year's conversions are not confirmed in writing", "Conversions of the year are confirmed in writing"),
    # What the sheet has no line for: sentences about a single row, or facts without a fault.
    (r"goes into the plan\.$|the plan's cap is used\.$", ONLY_SAID),
    (r"^There is no date of birth|^A formula after a change|^The match on the pay of", ONLY_SAID),
    (r"of after-tax room is unused; the best pair", "No better whole percents or dollars"),
    (r"^The plan takes no after-tax|^After-tax starts with the pay|of after-tax room is unused", ONLY_SAID),
    (r"^No pay is left|^After-tax money lost|^Growth until conversion is 0%|^Hired this year", ONLY_SAID),
    (r"is taxable because basis goes out pro rata", ONLY_SAID),
]
SEVERITIES = {what: severity for severity, what, _, _ in EVERY}
LINES = {what: line for line, (_, what, _, _) in enumerate(EVERY)}


def line_of(finding: Finding) -> str:
    """The line of Checks that says the same, "" where none does; a finding that is not listed here is an error."""
    found = [what for words, what in SAID if re.search(words, finding.message)]
    assert found, f"no line of Checks, and none excused: {finding}"
    return found[0]
