"""After-tax money turned Roth: the account, the days, the paths, what waiting costs."""
