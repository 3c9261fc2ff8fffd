"""The errors that users see. A face needs to know only their base class.

An error says in full sentences what happened and what to do. Its number is the
exit code of the command line; usage errors exit with 2, as click's do. Its `code` is
a word for programs. Both are described in `cli/exit_codes.tsv`.

    AnnotatorError                    1
    ├── InvalidInput                  2   an argument that makes no sense
    │   ├── InvalidSpan
    │   ├── InvalidTag
    │   └── InvalidQuery
    ├── FetchError                    3   a source that cannot be fetched
    │   ├── InvalidAddress
    │   ├── AddressRefused                an address that must not be followed
    │   │   └── PrivateNetwork            one of the own network, to which a page leads
    │   ├── SignInFirst                   a page to sign in or to agree, in place of the article
    │   ├── ServerAnswered                an HTTP status without a page
    │   ├── TimedOut
    │   ├── TooLarge
    │   ├── NotAnArticle                  the wrong type of file
    │   └── NotAFeed                      a page without a feed
    ├── CleaningError                 4   a page from which no article can be extracted
    ├── LibraryError                  5   the library on disk
    │   ├── NotInLibrary                  no such article or mark
    │   ├── AmbiguousId                   a prefix of several ids
    │   ├── IndexingStopped               the index was given up while it was made
    │   ├── Conflict                      a mark that another program has changed since
    │   ├── BatchInterrupted              an edit of many marks that stopped in the middle
    │   ├── DamagedFile
    │   ├── LibraryBusy                   another program holds the lock
    │   ├── LibraryReadOnly
    │   └── LibraryTooNew                 written by a later version
    ├── ExportError                   6   a file that cannot be written
    ├── ImportFailed                  8   a file that cannot be imported
    ├── SyncFailed                    9   the other side cannot be reached, or is refused
    ├── ProgramEnding                 a signal that ends the program while it waits for another
    ├── CommandFailed                     a command of the user's own that did not work
    ├── SettingsError                 7   settings that cannot be read
    └── ProgramCrashed               70   something that was not foreseen
"""

from collections.abc import Iterable
from typing import Any, Self

MAX_IDS = 5  # in a message


class AnnotatorError(Exception):
    """A message that says what happened, and a hint that says what to do."""

    exit_code = 1
    code = "other"

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class InvalidInput(AnnotatorError):
    """An argument that makes no sense."""

    exit_code = 2
    code = "usage"


class InvalidSpan(InvalidInput):
    """A span outside its text."""


class InvalidTag(InvalidInput):
    """An empty tag."""


class InvalidQuery(InvalidInput):
    """A query that cannot be parsed; `position` is the offset of the character at fault."""

    code = "query"

    def __init__(self, message: str, hint: str = "", *, position: int) -> None:
        super().__init__(message, hint)
        self.position = position


class FetchError(AnnotatorError):
    """A source that cannot be fetched."""

    exit_code = 3
    code = "fetch"


class InvalidAddress(FetchError):
    """Text that is not a URL."""


class AddressRefused(FetchError):
    """An address that must not be followed, such as one in the local network."""


class PrivateNetwork(AddressRefused):
    """An address in the user's own network, to which a page on the internet leads."""


class SignInFirst(FetchError):
    """A page to sign in or to agree to something, in place of the one that was asked for."""


class ServerAnswered(FetchError):
    """An HTTP status without a page; `retry_after` is in seconds, 0 if the server named none."""

    def __init__(self, message: str, hint: str = "", *, status: int, retry_after: int = 0) -> None:
        super().__init__(message, hint)
        self.status = status
        self.retry_after = retry_after


class TimedOut(FetchError):
    """A server that did not finish in time."""


class TooLarge(FetchError):
    """A source that is larger than the limit."""


class NotAnArticle(FetchError):
    """A file of a type that holds no article."""


class NotAFeed(FetchError):
    """An address with something else than a feed."""


class CleaningError(AnnotatorError):
    """A page from which no article can be extracted within the limits."""

    exit_code = 4
    code = "cleaning"


class LibraryError(AnnotatorError):
    """A failure of the library on disk."""

    exit_code = 5
    code = "library"


class NotInLibrary(LibraryError):
    """No such article or mark."""

    code = "not-found"


class AmbiguousId(LibraryError):
    """A prefix of several ids."""

    code = "ambiguous"

    @classmethod
    def of(cls, prefix: str, ids: Iterable[str]) -> Self:
        """Return the error for a prefix that all of `ids` start with."""
        shown_ids = sorted(ids)
        shown = ", ".join(shown_ids[:MAX_IDS]) + (" and others" if len(shown_ids) > MAX_IDS else "")
        return cls(f"“{prefix}” matches several ids: {shown}.", "Type more of the id.")


class IndexingStopped(LibraryError):
    """A question about all articles that was given up while the index was made."""


class Conflict(LibraryError):
    """A mark that another program has changed since."""


class BatchInterrupted(LibraryError):
    """An edit of many marks that stopped in the middle; undoing `step` takes back what it did."""

    def __init__(self, message: str, hint: str, *, step: Any) -> None:  # noqa: ANN401 - errors know no steps
        super().__init__(message, hint)
        self.step = step


class DamagedFile(LibraryError):
    """A file that cannot be read, and has no usable copy."""


class LibraryBusy(LibraryError):
    """Another program has held the lock for too long."""

    code = "busy"


class LibraryReadOnly(LibraryError):
    """A library that cannot be written to."""


class LibraryTooNew(LibraryError):
    """A library written by a later version of the program."""


class ExportError(AnnotatorError):
    """A file that cannot be written."""

    exit_code = 6
    code = "export"


class ImportFailed(AnnotatorError):
    """A file that cannot be imported, or not beyond `line`, which counts from 1."""

    exit_code = 8
    code = "import"

    def __init__(self, message: str, hint: str = "", *, line: int = 0) -> None:
        super().__init__(message, hint)
        self.line = line


class SyncFailed(AnnotatorError):
    """The other side of a sync cannot be reached, or what it has is refused."""

    exit_code = 9
    code = "sync"


class ProgramEnding(AnnotatorError):
    """A signal ends the program while it waits for another one."""


class CommandFailed(AnnotatorError):
    """A command of the user's own that did not start, failed, or took too long."""


class SettingsError(AnnotatorError):
    """Settings that cannot be read."""

    exit_code = 7
    code = "settings"


class ProgramCrashed(AnnotatorError):
    """Something that was not foreseen."""

    exit_code = 70  # EX_SOFTWARE of sysexits.h
    code = "internal"


def closest(word: str, known: Iterable[str]) -> str:
    """Return the known word that `word` is probably a misspelling of, or an empty string."""
    from difflib import get_close_matches  # here, since it is slow to load and rarely needed

    return next(iter(get_close_matches(word, list(known), n=1)), "")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return ` Did you mean “export”?` for a misspelled word, or an empty string."""
    likely = closest(word, known)
    return f" Did you mean “{likely}”?" if likely else ""
