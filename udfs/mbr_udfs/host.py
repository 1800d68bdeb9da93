"""Which program the functions run in, as MBR_VERSION says it; each program's own entry into this package writes it."""

name = ""  # empty in plain Python
