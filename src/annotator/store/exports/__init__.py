"""Files outside the library that are written with care: exports, and texts of the user."""
