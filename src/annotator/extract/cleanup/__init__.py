"""Repairs of the text itself: spaces, punctuation, broken encodings."""
