"""Completeness of an article, and where the rest of it may be found."""
