"""Sentence boundaries, and how much each sentence is worth a check."""
