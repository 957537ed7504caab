"""Reads that return values and views."""
