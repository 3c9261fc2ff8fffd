"""Checking a library for damage and repairing it, and merging conflict copies."""
