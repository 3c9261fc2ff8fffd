"""Formats that hold a collection, one module each."""
