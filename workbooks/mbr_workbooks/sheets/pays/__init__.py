"""Payments and pays, line by line."""
