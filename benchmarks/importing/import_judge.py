"""Compare what an import found in a file with what is in it."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import unescape
from urllib.parse import unquote

from annotator.errors import InvalidTag
from annotator.importing.item import ImportedItem
from annotator.model.identity import normalise_url
from annotator.model.library_file import StoredArticle
from annotator.model.tags import key, normalise
from annotator.model.text import clean_line
from import_truth import TrueHighlight, TrueItem, Truth

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
    note = f"{item.note} {item.excerpt}"  # a description is about the page
    return GotItem(*values, note, item.progress, marks)


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
    rest = list(found)
    pages, books = _indexed(rest)
    replies = [fold(skip.what) for skip in truth.skipped if skip.reason == "reply"]
    told = fold(" ".join([*skipped, *(mark.note for item in rest for mark in item.marks)]))
    used: set[int] = set()
    for true in truth.items:
        match = _match(true, pages, books)
        if match is None:
            verdict.wrong.append(f"missing: {true.url or true.title!r}")
        elif id(match) in used:
            verdict.wrong.append(f"joined: {true.url or true.title!r} with another")
        else:
            used.add(id(match))
            verdict.items += 1
            _judge_item(verdict, true, match, replies)
    _judge_rest(verdict, truth, [item for item in rest if id(item) not in used], told)
    return verdict


Index = dict[str, list[GotItem]]


def _indexed(items: Iterable[GotItem]) -> tuple[Index, Index]:
    """Return items by their addresses, and by their titles and quotes."""
    pages: Index = {}
    books: Index = {}
    for item in items:
        if item.url.startswith(("http:", "https:")):
            pages.setdefault(address_key(item.url), []).append(item)
        for mark in item.marks:
            books.setdefault(fold(mark.quote), []).append(item)
        books.setdefault(fold(item.title), []).append(item)
    return pages, books


def _judge_rest(verdict: Verdict, truth: Truth, rest: Iterable[GotItem], told: str) -> None:
    """Judge the items that match nothing, and what was told to be skipped."""
    # One without an address is an article of its own if the file holds its text.
    known = {fold(clean_line(skip.title, 5000)) for skip in truth.skipped}
    for item in rest:
        if item.url or fold(item.title) not in known:
            verdict.wrong.append(f"extra: {item.url!r} {item.title!r}")
        told += fold(item.title)
    for skip in truth.skipped:
        names = [fold(clean_line(name))[:40] for name in (skip.what, skip.title)]
        if any(names) and not any(name and name in told for name in names):
            verdict.wrong.append(f"skipped: {skip.what[:80]!r} ({skip.reason}) is not told")
        else:
            verdict.skipped += 1


def _match(true: TrueItem, pages: Index, books: Index) -> GotItem | None:
    if true.url:
        return next(iter(pages.get(address_key(true.url), ())), None)
    for words in (true.title, *(mark.quote for mark in true.highlights)):
        same = books.get(fold(words), []) if words else []
        if same:
            return min(same, key=lambda item: bool(item.url))  # books have none
    return None


def _judge_item(verdict: Verdict, true: TrueItem, item: GotItem, replies: Sequence[str]) -> None:
    name = true.url or true.title
    verdict.wrong += [f"{what}: {name!r}: {how}" for what, how in _faults_of(true, item)]
    for mark in item.marks:
        if any(reply in fold(mark.note) for reply in replies):
            mark.note = mark.note.rpartition("\n\n")[0]  # it is told in the note that it answers
    _judge_marks(verdict, true, item)


def _faults_of(true: TrueItem, item: GotItem) -> Iterable[tuple[str, str]]:
    """Yield the names of fields that are wrong, and how."""
    notes = fold(" ".join([item.note or "", *(mark.note for mark in item.marks)]))
    extra = _extra_tags(true, item)
    authors = true.authors if true.title else []
    is_progress_known = true.progress is not None and item.knows_progress
    checks = {
        "title": (true.title, item.title, _is_same_title(true.title, item.title)),
        "authors": (authors, item.authors, _names(authors) == _names(item.authors)),
        "state": (true.state, item.state, item.state in KEPT_STATES.get(true.state, ())),
        "saved": (true.saved, item.saved, item.saved.startswith(true.saved)),
        "tags": (true.tags, item.tags, _keys(true.tags) <= _keys(item.tags)),
        "extra tags": (extra, item.tags, False),
        "note": (true.note, notes, fold(true.note) in notes),
        "progress": (is_progress_known, item.progress, _is_close(true, item)),
    }
    for what, (wanted, got, is_right) in checks.items():
        if wanted and not is_right:
            yield what, f"wanted {wanted!r}, got {got!r}"


def _judge_marks(verdict: Verdict, true: TrueItem, item: GotItem) -> None:
    name = true.url or true.title
    rest = list(item.marks)
    for wanted in true.highlights:
        same = [mark for mark in rest if fold(mark.quote) == fold(wanted.quote)]
        if not same:
            verdict.wrong.append(f"highlight: {name!r}: {wanted.quote[:80]!r} is missing")
            continue
        mark = min(same, key=lambda each: len(list(_differences(wanted, each))))
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


def iso(moment: datetime) -> str:
    """Return a moment in UTC, as ISO 8601 with seconds."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
