"""Reattaching marks whose passages were reworded or lost."""
