"""Articles as standalone HTML pages."""
