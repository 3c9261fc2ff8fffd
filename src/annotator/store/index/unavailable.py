"""The error that makes the library read the files."""


class IndexUnavailable(Exception):
    """The index cannot be used at the moment. The library catches it and reads the files."""
