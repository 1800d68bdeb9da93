"""The law and the arithmetic of the mega backdoor Roth; no spreadsheet is known here."""

__version__ = "0.1.0"
