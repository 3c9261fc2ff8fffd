"""The index of a library, in SQLite: fast lists and searches, derived from the articles' files."""


class IndexUnavailable(Exception):
    """The index cannot be used at the moment. The library catches it and reads the files."""
