"""Checking a library for damage, and merging copies of its folders."""
