"""The parts of screens: they are shown values, and say by messages what was done."""
