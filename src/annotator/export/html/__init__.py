"""Articles as pages of HTML."""
