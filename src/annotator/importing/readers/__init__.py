"""Bounded readers: each refuses what would fill the memory, in words, with the line."""
