"""The daily review: one mark at a time, and what the reader says about it."""
