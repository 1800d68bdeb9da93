"""The words for what sets the after-tax room."""

NOT_OFFERED = "after-tax not offered"
ANNUAL_ADDITIONS = "annual additions limit, 415(c)"
ALL_OF_PAY = "100% of pay, 415(c)"
DOLLAR_CAP = "the plan's dollar cap on after-tax"
SHARE_CAP = "the plan's cap on after-tax as a share of pay"
BINDING = (NOT_OFFERED, ANNUAL_ADDITIONS, ALL_OF_PAY, DOLLAR_CAP, SHARE_CAP)  # by the positions in `year_rule`
