"""Notes and articles as Markdown."""
