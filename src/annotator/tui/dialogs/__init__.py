"""The questions that a screen asks: each gives an answer back, or nothing."""
