"""Kinds of pages that are read in a way of their own, such as the thread of a forum."""
