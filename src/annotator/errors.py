"""Every error that a person can meet, so that a face needs to know one class.

An error says what happened, then what to do, in full sentences. The number is
the exit code of the command line; usage errors exit with 2, as click's do.

    AnnotatorError                    1
    ├── InvalidInput                  2   an argument that cannot be meant
    │   ├── InvalidSpan
    │   ├── InvalidTag
    │   └── InvalidQuery              a search that cannot be meant
    ├── FetchError                    3   a source that cannot be had
    │   ├── InvalidAddress
    │   ├── AddressRefused                an address that we will not follow
    │   ├── ServerAnswered                a status that is no page
    │   ├── TimedOut
    │   ├── TooLarge
    │   └── NotAnArticle                  the wrong kind of file
    ├── CleaningError                 4   a page that cannot be cleaned
    ├── LibraryError                  5   the library on disk
    │   ├── NotInLibrary                  no such article or mark
    │   ├── AmbiguousId                   a prefix that fits several
    │   ├── Conflict                      a mark that another program changed meanwhile
    │   ├── DamagedFile
    │   ├── LibraryBusy                   another program holds the lock
    │   ├── LibraryReadOnly
    │   └── LibraryTooNew                 written by a later version
    ├── ExportError                   6   a file that cannot be written
    └── SettingsError                 7   settings that cannot be read
"""


class AnnotatorError(Exception):
    """What happened, and what to do about it."""

    exit_code = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class InvalidInput(AnnotatorError):
    """An argument that cannot be meant."""

    exit_code = 2


class InvalidSpan(InvalidInput):
    """A span that does not lie in its text."""


class InvalidTag(InvalidInput):
    """A tag with nothing in it."""


class InvalidQuery(InvalidInput):
    """A search that cannot be meant; `position` is the character where it goes wrong."""

    def __init__(self, message: str, hint: str = "", *, position: int) -> None:
        super().__init__(message, hint)
        self.position = position


class FetchError(AnnotatorError):
    """A source that cannot be had."""

    exit_code = 3


class InvalidAddress(FetchError):
    """An address that is none."""


class AddressRefused(FetchError):
    """An address that we will not follow, such as a step into the local network."""


class ServerAnswered(FetchError):
    """A status that is no page."""

    def __init__(self, message: str, hint: str = "", *, status: int, retry_after: int = 0) -> None:
        super().__init__(message, hint)
        self.status = status
        self.retry_after = retry_after


class TimedOut(FetchError):
    """A server that did not finish in time."""


class TooLarge(FetchError):
    """More than we are ready to read."""


class NotAnArticle(FetchError):
    """A file of a kind that holds no article."""


class CleaningError(AnnotatorError):
    """A page that cannot be cleaned within its limits."""

    exit_code = 4


class LibraryError(AnnotatorError):
    """The library on disk refused."""

    exit_code = 5


class NotInLibrary(LibraryError):
    """No such article or mark."""


class AmbiguousId(LibraryError):
    """A prefix that fits several ids."""


class Conflict(LibraryError):
    """A mark that another program changed meanwhile."""


class DamagedFile(LibraryError):
    """A file that cannot be read, and has no usable copy."""


class LibraryBusy(LibraryError):
    """Another program has held the lock for too long."""


class LibraryReadOnly(LibraryError):
    """A library that cannot be written to."""


class LibraryTooNew(LibraryError):
    """A library written by a later version of the program."""


class ExportError(AnnotatorError):
    """A file that cannot be written."""

    exit_code = 6


class SettingsError(AnnotatorError):
    """Settings that cannot be read."""

    exit_code = 7
