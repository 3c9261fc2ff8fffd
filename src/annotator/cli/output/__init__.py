"""Printing: the standard streams, tables, articles, marks and changes."""
