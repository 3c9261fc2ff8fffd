"""Lists of feeds of other programs: read from OPML and other exports, and written as OPML."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from annotator.errors import FetchError, ImportFailed
from annotator.feeds import write_opml
from annotator.fetch import read_data
from annotator.importing.importers import read, recognise
from annotator.importing.item import Skipped
from annotator.importing.source import SourceFile
from annotator.model.feed import Feed
from annotator.model.tags import normalise_all
from annotator.model.text import clean_line
from annotator.settings import expanded
from annotator.usecases.feeds.subscriptions import Subscription


def feeds_in(
    path: Path, data: bytes | None = None, *, tags: Sequence[str] = (), now: datetime
) -> tuple[Feed, ...]:
    """Return the feeds that a file lists, or those in its `data`; their folders are more `tags`.

    Raises `ImportFailed` for a file of no known format, and for one without feeds.
    """
    name = clean_line(path.name)
    try:
        source = SourceFile(name, read_data(expanded(path)) if data is None else data)
    except FetchError as error:
        raise ImportFailed(error.message, error.hint) from error
    feeds = tuple(
        Feed(item.feed, now, title=clean_line(item.what), tags=normalise_all((*item.tags, *tags)))
        for match in recognise(source)
        for item in read(match)
        if isinstance(item, Skipped) and item.feed
    )
    if not feeds:
        raise ImportFailed(f"{name} lists no feeds.", "Export the feeds of the program as OPML.")
    return feeds


def as_opml(known: tuple[Subscription, ...]) -> str:
    """Return feeds as OPML, for other programs."""
    return write_opml([subscription.feed for subscription in known])
