"""Differences between two versions of a text: word by word, and paragraph by paragraph."""
