"""The index of a library, in SQLite: fast lists and searches, derived from the articles' files."""
