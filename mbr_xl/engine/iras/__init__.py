"""The ordinary backdoor Roth IRA."""
