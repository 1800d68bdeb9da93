"""When a limit fails: tests, excesses, several employers."""
