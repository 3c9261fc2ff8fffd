"""The derived index of a library, in SQLite: quick answers, that can be made again at any time."""
