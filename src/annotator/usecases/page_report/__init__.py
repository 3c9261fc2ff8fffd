"""Reports of pages that came out wrong: one file to attach to an issue."""
