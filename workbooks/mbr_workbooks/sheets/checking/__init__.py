"""What must be put right, what deserves a look."""
