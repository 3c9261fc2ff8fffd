"""Sources that are not HTML: Markdown and plain text."""
