"""Files of the machine, which are not in the library: positions, places, and memories."""
