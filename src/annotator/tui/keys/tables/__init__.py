"""The keys of each screen and dialog, in tables."""
