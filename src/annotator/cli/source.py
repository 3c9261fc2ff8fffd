"""What a person means by SOURCE: an address, a file, standard input, or an article that is kept."""

from __future__ import annotations

import sys
from pathlib import Path
from string import hexdigits
from typing import TYPE_CHECKING

from annotator.cli import output, streams
from annotator.errors import InvalidInput
from annotator.model.labels import ACCESS
from annotator.usecases.sources import STANDARD_INPUT

if TYPE_CHECKING:
    from annotator.model import AlternateVersions, Completeness


def is_outside(source: str) -> bool:
    """Tell whether `source` is to be had from elsewhere, rather than kept already.

    A file in reach goes before an id that is spelt the same.
    """
    is_id = bool(source) and not source.strip(hexdigits)
    return not is_id or _is_file(source)


def standard_input(source: str) -> bytes | None:
    """Return what comes through standard input, if that is what `source` means."""
    if source != STANDARD_INPUT:
        return None
    if sys.stdin is None:
        raise InvalidInput("Standard input is closed.", "Give a file or an address instead.")
    if streams.is_terminal(sys.stdin):
        output.tell("Paste or type the text; end it with Ctrl-D on a line of its own.")
    from annotator.fetch import MAX_FILE_BYTES

    try:
        return sys.stdin.buffer.read(MAX_FILE_BYTES + 1)  # one more shows that it is too large
    except OSError as error:
        raise InvalidInput(
            f"Standard input cannot be read: {error.strerror}.", "Give a file or an address."
        ) from error


def tell_access(completeness: Completeness) -> None:
    """Say on standard error if the article is not whole, and what says so."""
    meaning = ACCESS[completeness.access].sentence
    if meaning:
        output.tell(" ".join(f"{told.rstrip('.')}." for told in (meaning, *completeness.evidence)))


def tell_offers(completeness: Completeness, offers: AlternateVersions) -> None:
    """Say on standard error where more of an article is that is not whole."""
    if completeness.access == "full":
        return
    if offers.following and offers.parts:
        output.tell("All parts of it are added by: annotator add --all-parts ADDRESS")
    if offers.print_version:
        output.tell(f"The page offers a print version, which may hold more: {offers.print_version}")
    if offers.amp:
        output.tell(f"The page offers an AMP version, which may hold more: {offers.amp}")


def _is_file(source: str) -> bool:
    try:
        return Path(source).is_file()
    except (OSError, ValueError):  # no name that a file could have
        return False
