"""Addresses that could not be added: remembering them, and trying them again."""

import logging
from collections.abc import Iterable, Sequence
from datetime import datetime

from annotator import fetch
from annotator.errors import AnnotatorError, FetchError, InvalidInput, LibraryError
from annotator.model.text import clean_line
from annotator.store import FailedAddress, Library
from annotator.usecases.articles.sources import Source

_log = logging.getLogger(__name__)


def remember(library: Library, source: Source, error: AnnotatorError, *, now: datetime) -> None:
    """Remember that an address failed. Files and standard input are left out.

    What cannot be written is only logged: the user is told of `error` itself.
    """
    if not source.address:
        return
    failed = FailedAddress(
        source.address,
        reason=error.message,
        hint=error.hint,
        may_pass=_may_pass(error),
        first=now,
        last=now,
        tags=source.tags,
        all_parts=source.all_parts,
    )
    try:
        library.failures.remember(failed)
    except LibraryError as problem:
        _log.warning("An address that failed is not remembered. %s", problem)


def forget_added(library: Library, source: Source) -> None:
    """Forget an address that was added after all: the source itself, or that of a file."""
    try:
        library.failures.forget((source.address, Source(source.url).address))
    except LibraryError as problem:
        _log.warning("An address that was added is still in the list of failures. %s", problem)


def worth_retrying(
    library: Library, sources: Iterable[Source] | None = None
) -> tuple[FailedAddress, ...]:
    """Return the addresses that are worth another try, the oldest first; of `sources` if given."""
    wanted = None if sources is None else {source.address for source in sources}
    return tuple(
        failure
        for failure in library.failures.all()
        if failure.may_pass and (wanted is None or failure.address in wanted)
    )


def as_sources(failed: Sequence[FailedAddress]) -> tuple[Source, ...]:
    """Return the addresses as sources, with the tags that they were to be added with."""
    return tuple(
        Source(failure.address, tags=failure.tags, all_parts=failure.all_parts)
        for failure in failed
    )


def chosen(library: Library, names: Sequence[str]) -> tuple[FailedAddress, ...]:
    """Return the failed addresses that `names` are, in any spelling; all without names.

    Raises `InvalidInput` for a name that is none of them.
    """
    known = {failure.address: failure for failure in library.failures.all()}
    wanted = {name: Source(name).address for name in names}
    for name, address in wanted.items():
        if address not in known:
            raise InvalidInput(
                f"“{clean_line(name)}” is not among the addresses that failed.",
                "See them with: annotator add --retry --list",
            )
    return tuple(known[address] for address in wanted.values()) if names else tuple(known.values())


def _may_pass(error: AnnotatorError) -> bool:
    """Whether another try may succeed: the network, the server or the disk may be at fault."""
    is_of_the_network = isinstance(error, FetchError) and fetch.may_pass(error)
    return is_of_the_network or isinstance(error, LibraryError)
