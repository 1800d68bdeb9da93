"""The forms to expect, the ledger and its clocks, and whether what came ties out."""
