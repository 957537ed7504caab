"""Reads that return views."""
