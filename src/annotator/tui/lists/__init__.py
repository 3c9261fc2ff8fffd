"""Lists: rows of styled text, fitted to a width and painted line by line."""
