"""Compare what an import found in a file with what is in it."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import unquote

from annotator.errors import InvalidTag
from annotator.importing.item import ImportedItem
from annotator.model.identity import normalise_url
from annotator.model.library_file import StoredArticle
from annotator.model.tags import key, normalise
from annotator.model.text import clean_line
from import_truth import TrueHighlight, TrueItem, Truth, iso

LONG_TITLE = 200
CLOSE = 0.011  # of two shares of progress that are equal
KEPT_STATES = {"archived": {"archived", "read"}, "unread": {"unread", "reading", ""}}
OWN_TAGS = {"favourite", "favorite", "starred"}


@dataclass(slots=True)
class GotMark:
    """A highlight that was found."""

    quote: str
    note: str
    tags: Sequence[str]
    created: str
    colour: str | None = None  # None if it is not known here


@dataclass(slots=True)
class GotItem:
    """An item that was found. What is not known here is None."""

    url: str
    title: str
    authors: Sequence[str]
    tags: Sequence[str]
    state: str
    saved: str
    note: str | None
    progress: float | None
    marks: Sequence[GotMark]
    knows_progress: bool = True


@dataclass(slots=True)
class Verdict:
    """How much of a file was found, and each fault in words."""

    items: int = 0
    highlights: int = 0
    skipped: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def fields(self) -> Counter[str]:
        """The number of faults of each field."""
        return Counter(fault.split(":")[0] for fault in self.wrong)


def of_item(item: ImportedItem) -> GotItem:
    """Return an item of a file."""
    marks = [
        GotMark(
            mark.quote, mark.note, mark.tags, iso(mark.created) if mark.created else "", mark.colour
        )
        for mark in item.highlights
    ]
    saved = iso(item.added) if item.added else ""
    state = item.state or ""
    values = (item.url, item.title, item.authors, item.tags, state, saved)
    return GotItem(*values, item.note, item.progress, marks)


def of_article(stored: StoredArticle) -> GotItem:
    """Return an article of the library."""
    record = stored.record
    notes = [each.annotation for each in stored.marks]
    marks = [GotMark(note.quote, note.note, note.tags, iso(note.created)) for note in notes]
    values = (record.url, record.title, record.byline, record.tags, record.state)
    progress = stored.reading.progress if stored.reading else None
    return GotItem(*values, iso(record.added), None, progress, marks, knows_progress=False)


def address_key(url: str) -> str:
    """Return the form of an address in which equal ones are equal."""
    return unquote(re.sub("^https?:", "", normalise_url(url)))


def fold(text: str) -> str:
    """Return the letters and digits of a text, in lower case."""
    plain = re.sub(r"<[^>]{1,80}>", "", unescape(unescape(text)))
    return "".join(each for each in plain.casefold() if each.isalnum())


def judge(truth: Truth, found: Iterable[GotItem], skipped: Sequence[str]) -> Verdict:
    """Return how the items that were found differ from the true ones.

    `skipped` are the texts that name what was skipped, such as its address or title.
    """
    verdict = Verdict()
    pages: dict[str, list[GotItem]] = {}
    books: dict[str, list[GotItem]] = {}
    rest = list(found)
    for item in rest:
        if item.url.startswith(("http:", "https:")):
            pages.setdefault(address_key(item.url), []).append(item)
        for mark in item.marks:
            books.setdefault(fold(mark.quote), []).append(item)
        books.setdefault(fold(item.title), []).append(item)
    used: set[int] = set()
    for true in truth.items:
        match = _match(true, pages, books)
        if match is None:
            verdict.wrong.append(f"missing: {true.url or true.title!r}")
            continue
        if id(match) in used:
            verdict.wrong.append(f"joined: {true.url or true.title!r} with another")
            continue
        used.add(id(match))
        verdict.items += 1
        _judge_item(verdict, true, match)
    extra = [item for item in rest if id(item) not in used]
    verdict.wrong += [f"extra: {item.url!r} {item.title!r}" for item in extra]
    told = fold(" ".join(skipped))
    for skip in truth.skipped:
        if fold(skip.what) and fold(skip.what)[:40] not in told:
            verdict.wrong.append(f"skipped: {skip.what[:80]!r} ({skip.reason}) is not told")
        else:
            verdict.skipped += 1
    return verdict


def _match(
    true: TrueItem, pages: dict[str, list[GotItem]], books: dict[str, list[GotItem]]
) -> GotItem | None:
    if true.url:
        return next(iter(pages.get(address_key(true.url), ())), None)
    for words in (true.title, *(mark.quote for mark in true.highlights)):
        for item in books.get(fold(words), ()):
            if words:
                return item
    return None


def _judge_item(verdict: Verdict, true: TrueItem, item: GotItem) -> None:
    name = true.url or true.title

    def wrong(what: str, wanted: object, got: object) -> None:
        verdict.wrong.append(f"{what}: {name!r}: wanted {wanted!r}, got {got!r}")

    if true.title and not _is_same_title(true.title, item.title):
        wrong("title", true.title, item.title)
    if true.authors and true.title and _names(true.authors) != _names(item.authors):
        wrong("authors", true.authors, item.authors)
    if true.state and item.state not in KEPT_STATES[true.state]:
        wrong("state", true.state, item.state)
    if true.saved and item.saved != true.saved:
        wrong("saved", true.saved, item.saved)
    if true.progress is not None and item.knows_progress and not _is_close(true, item):
        wrong("progress", true.progress, item.progress)
    if missing := _keys(true.tags) - _keys(item.tags):
        wrong("tags", true.tags, f"{item.tags}, without {missing}")
    if extra := _extra_tags(true, item):
        wrong("extra tags", true.tags, extra)
    notes = [item.note or "", *(mark.note for mark in item.marks)]
    if true.note and not any(fold(true.note) in fold(note) for note in notes):
        wrong("note", true.note, notes)
    _judge_marks(verdict, true, item)


def _judge_marks(verdict: Verdict, true: TrueItem, item: GotItem) -> None:
    name = true.url or true.title
    rest = list(item.marks)
    for wanted in true.highlights:
        same = [mark for mark in rest if fold(mark.quote) == fold(wanted.quote)]
        if not same:
            verdict.wrong.append(f"highlight: {name!r}: {wanted.quote[:80]!r} is missing")
            continue
        mark = next((each for each in same if fold(each.note) == fold(wanted.note)), same[0])
        rest.remove(mark)
        verdict.highlights += 1
        verdict.wrong += [
            f"{what} of {name!r}, {wanted.quote[:40]!r}" for what in _differences(wanted, mark)
        ]
    notes = fold(true.note)
    for mark in rest:
        is_note = mark.note and fold(mark.note) == notes
        if not is_note:
            verdict.wrong.append(
                f"extra highlight: {name!r}: {mark.quote[:80]!r} {mark.note[:40]!r}"
            )


def _differences(true: TrueHighlight, mark: GotMark) -> Iterable[str]:
    if fold(true.note) != fold(mark.note):
        yield f"highlight note: wanted {true.note!r}, got {mark.note!r}"
    if missing := _keys(true.tags) - _keys(mark.tags):
        yield f"highlight tags: without {missing}"
    if extra := _keys(mark.tags) - _keys(true.tags):
        yield f"highlight extra tags: {extra}"
    if true.created and not mark.created.startswith(true.created):
        yield f"highlight date: wanted {true.created}, got {mark.created}"
    if true.colour and mark.colour is not None and mark.colour.lower() != true.colour.lower():
        yield f"highlight colour: wanted {true.colour}, got {mark.colour}"


def _is_same_title(true: str, got: str) -> bool:
    wanted, found = fold(clean_line(true, 5000)), fold(got)
    return wanted == found or (len(wanted) > LONG_TITLE and found.startswith(wanted[:LONG_TITLE]))


def _names(names: Sequence[str]) -> list[str]:
    """Return the letters of names in an order that does not depend on that of their parts."""
    return sorted(fold("".join(names)))


def _is_close(true: TrueItem, item: GotItem) -> bool:
    return item.progress is not None and abs(item.progress - (true.progress or 0)) < CLOSE


def _keys(tags: Iterable[str]) -> set[str]:
    found = set()
    for tag in tags:
        with suppress(InvalidTag):
            found.add(key(normalise(tag)))
    return found


def _extra_tags(true: TrueItem, item: GotItem) -> set[str]:
    """Return tags that neither the file has nor its folders and states explain."""
    folders = fold(true.folder)
    extra = _keys(item.tags) - _keys(true.tags) - OWN_TAGS
    return {tag for tag in extra if not any(fold(part) in folders for part in tag.split("/"))}
