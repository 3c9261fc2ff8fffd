"""Marks of others on an article: where they are in its text, and making one our own.

They were fetched from a service by `annotator publish --pull`. They are not in the library, so
that nothing counts or exports them until one is adopted.
"""

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct

from annotator.anchoring.cut_quote import Hint, find_quote
from annotator.errors import InvalidInput
from annotator.model import Anchored, Annotation, Article, Span
from annotator.model.text import clean_line
from annotator.store import Library
from annotator.store.machine.publish_memory import Guest, PublishMemory
from annotator.usecases.marks.annotate import Draft, mark

ADOPTED_KIND = "highlight"  # until its reader says what it is


class PlacedGuest(Struct, frozen=True):
    """A mark of somebody else with its place in the text, None if it was not found."""

    guest: Guest
    span: Span | None = None

    @property
    def key(self) -> str:
        """What tells it from the marks of the library."""
        return f"guest:{self.guest.id}"

    @property
    def words(self) -> str:
        """Who made it, and what they say of it, on one line."""
        tags = " ".join(f"#{tag}" for tag in self.guest.tags)
        return clean_line(f"{self.guest.author}: {self.guest.note} {tags}")


def guests_of(
    library: Library, article: Article, marks: Iterable[Annotation]
) -> tuple[PlacedGuest, ...]:
    """Return the marks of others that are not adopted, those that were not found last."""
    notes = [mark.note for mark in marks]
    with PublishMemory(library.state) as memory:
        known = memory.guests(article.id)
    placed = []
    for guest in known:
        if guest.address and any(guest.address in note for note in notes):
            continue
        place = find_quote(article.text, guest.quote, Hint(guest.prefix, guest.suffix))
        span = place.span if guest.quote and isinstance(place, Anchored) else None
        placed.append(PlacedGuest(guest, span or None))
    return tuple(sorted(placed, key=lambda guest: (guest.span is None, guest.span or Span(0, 0))))


def adopt(library: Library, article: Article, placed: PlacedGuest, *, now: datetime) -> Annotation:
    """Make a mark of somebody else a mark of the library, which says whose it was."""
    guest = placed.guest
    if placed.span is None:
        raise InvalidInput("Its words are not in this text.", "Mark the passage that it means.")
    origin = f"— {guest.author}, {guest.created[:10]}, {guest.address}"
    note = "\n\n".join(filter(None, (guest.note, origin)))
    draft = Draft(kind=ADOPTED_KIND, tags=guest.tags, note=note, author=guest.author)
    return mark(library, article, placed.span, draft, now=now)
