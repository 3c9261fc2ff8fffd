"""Importing files of other programs: the file, how far it is, and the report."""
