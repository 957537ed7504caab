"""Organisations, their agreements, and the common catalogue of what they offer."""
