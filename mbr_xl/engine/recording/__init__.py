"""What really happened beside what was planned."""
