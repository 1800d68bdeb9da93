"""The best elections: what is wanted, what is tried, what is said of it."""
