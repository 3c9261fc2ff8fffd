"""Statistics: what was read and marked over time, as charts."""
