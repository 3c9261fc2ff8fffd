"""File formats of the library, and their upgrades."""
