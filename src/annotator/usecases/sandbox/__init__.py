"""Cleaning pages in processes of their own, which have limits."""
