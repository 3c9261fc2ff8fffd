"""What belongs to the machine and not to the library: positions, places, and memories."""
