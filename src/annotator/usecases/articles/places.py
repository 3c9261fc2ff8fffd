"""Named places in articles: a letter goes back to one, a capital letter from any article."""

from msgspec import Struct

from annotator.errors import InvalidInput, NotInLibrary
from annotator.model import Article
from annotator.model.library_file import Place
from annotator.store import Library

_WORDS = 60  # characters that a place is found again by, and shown with


class NamedPlace(Struct, frozen=True):
    """A place with its letter, and the title of its article."""

    letter: str
    article_id: str
    title: str
    place: Place

    @property
    def words(self) -> str:
        """The words there, with an ellipsis if the paragraph goes on."""
        words = self.place.words
        return f"{words.rpartition(' ')[0] or words}…" if len(words) == _WORDS else words


def is_for_all(letter: str) -> bool:
    """Return whether a letter names a place for all articles, because it is a capital."""
    return letter.isupper()


def set_place(library: Library, article: Article, letter: str, offset: int) -> Place:
    """Give a place in an article a letter as its name; it replaces an earlier one."""
    if len(letter) != 1 or not letter.isalpha():
        raise InvalidInput("The name of a place is a letter.", "Type one, such as a or A.")
    words = article.text[offset : offset + _WORDS].partition("\n")[0]
    place = Place(offset, words)
    library.places.save(article.id, letter, place, is_only=is_for_all(letter))
    return place


def places_of(library: Library, article_id: str) -> tuple[NamedPlace, ...]:
    """Return the places that can be gone to from an article: its own, and those for all."""
    items = [
        (letter, owner, place)
        for owner, named in library.places.all().items()
        for letter, place in named.items()
        if owner == article_id or is_for_all(letter)
    ]
    titled = (
        NamedPlace(letter, owner, title, place)
        for letter, owner, place in sorted(items, key=lambda row: (is_for_all(row[0]), row[0]))
        if (title := _title(library, owner)) is not None
    )
    return tuple(titled)


def offset_of(article: Article, place: Place) -> int:
    """Return where a place is in an article whose text may have changed since it was set."""
    text, words = article.text, place.words
    if not words or text.startswith(words, place.offset):
        return min(place.offset, len(text))
    after, before = text.find(words, place.offset), text.rfind(words, 0, place.offset)
    offsets = [offset for offset in (before, after) if offset >= 0]
    nearest = min(offsets, key=lambda offset: abs(offset - place.offset), default=place.offset)
    return min(nearest, len(text))


def _title(library: Library, article_id: str) -> str | None:
    """Return the title of an article, or None if it is no longer in the library."""
    try:
        record = library.article(article_id).record()
    except NotInLibrary:
        return None
    return record.title or record.url
