"""Backups of a whole library in one file."""
