"""The years after this one: growth, waiting, priorities, goals."""
