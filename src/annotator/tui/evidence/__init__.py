"""The tree of what supports and opposes a claim."""
