"""Highlights of an item as marks on its article, and what changed since the last import.

A value that the service changed since the last import is changed here too, unless the user
has changed it here: then it stays. A mark that was deleted here is not made again, and one
that is no longer in the file stays.
"""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from functools import cached_property
from hashlib import sha256

from msgspec import Struct
from msgspec.structs import replace

from annotator.anchoring import describe_in
from annotator.anchoring.cut_quote import Hint, find_quote
from annotator.importing.item import ImportedHighlight
from annotator.model import (
    Anchored,
    Annotation,
    Article,
    Orphan,
    Span,
    Target,
    TextPositionSelector,
    TextQuoteSelector,
)
from annotator.model.tags import key as tag_key
from annotator.model.vocabulary import NO_MOMENT
from annotator.store import MarkBase, ulid_digits
from annotator.usecases.articles.open_article import anchor_marks
from annotator.usecases.articles.tagging import with_tags
from annotator.usecases.importing.book_places import BookPlaces
from annotator.usecases.importing.plan import PlannedItem
from annotator.usecases.importing.report import Placed, ReportLine, What

USUAL_KIND = "highlight"

_SENTENCE = re.compile(r".{1,200}?(?:[.!?…。！？](?=\s|$)|$)", re.DOTALL)
_TIME_DIGITS, _RANDOM_DIGITS = 10, 16
_MOST_SHOWN = 80
_KEPT = 200  # characters of context that an unplaced mark keeps


class Kinds(Struct, frozen=True):
    """The kind of a mark by its style or colour: from the settings, then as the format says.

    `known` are the kinds of the settings, by their names in lower case.
    """

    by_colour: Mapping[str, str] = {}
    of_format: Mapping[str, str] = {}
    known: Mapping[str, str] = {}

    def of(self, highlight: ImportedHighlight) -> str:
        """Return the kind of a highlight."""
        own = self.known.get(highlight.kind.casefold())
        colour, style = highlight.colour, highlight.style
        of_user = self.by_colour.get(style) or self.by_colour.get(colour)
        return own or of_user or self.of_format.get(colour) or USUAL_KIND


class Present(Struct, frozen=True, kw_only=True):
    """The state of an article in the library: its marks, and the ids of deleted ones."""

    marks: Mapping[str, Annotation] = {}
    deleted: Collection[str] = ()
    remembered: Mapping[str, MarkBase] = {}

    def twins_of(self, highlight: ImportedHighlight) -> Sequence[Annotation]:
        """Return the marks on the same words with the same note, or where one of them has none."""
        words = letters_of(highlight.quote)
        return [
            mark
            for mark in (self.marks.values() if words else ())
            if mark.note == highlight.note or not (mark.note and highlight.note)
            if letters_of(mark.quote) == words
        ]


def mark_id_of(planned: PlannedItem, article_id: str, key: str) -> str:
    """Return the id of the mark of a highlight: a ULID that is the same at every import."""
    highlight = planned.highlights[key]
    moment = highlight.created or planned.item.added or datetime(2000, 1, 1, tzinfo=UTC)
    milliseconds = int(moment.timestamp() * 1000)
    digest = sha256(f"{planned.service}|{article_id}|{key}".encode("utf-8", "replace")).digest()
    return ulid_digits(milliseconds, _TIME_DIGITS) + ulid_digits(
        int.from_bytes(digest[:10]), _RANDOM_DIGITS
    )


class Places:
    """Finds highlights in an article; the same words a second time are the next ones."""

    def __init__(
        self, article: Article, marks: Collection[Annotation] = (), first: datetime = NO_MOMENT
    ) -> None:
        self.article = article
        self._marks, self._first = marks, first
        self._ignored: tuple[Span, ...] | None = None
        self._used: dict[str, int] = {}

    def find(self, highlight: ImportedHighlight) -> Anchored | Orphan:
        """Return the place of a highlight, that of a note on the whole item at the beginning."""
        if not highlight.quote:
            return Anchored(_beginning(self.article))
        block = self._block(highlight.quote)
        if block is not None:
            return Anchored(block)
        span = self._book.find(highlight.place, highlight.quote)
        if span is not None:
            return Anchored(span) if len(span) else Orphan()
        share = None
        if highlight.position and highlight.position.within == "item" and self.article.text:
            share = min(1.0, highlight.position.start / len(self.article.text))
        hint = Hint(highlight.prefix, highlight.suffix, share)
        return find_quote(self.article.text, highlight.quote, hint, ignored=self._footnotes())

    @cached_property
    def _book(self) -> BookPlaces:
        placed = anchor_marks(self.article, [*self._marks])
        return BookPlaces(self.article, placed, self._first)

    def is_on(self, mark: Annotation, highlight: ImportedHighlight) -> bool:
        """Return whether a mark on the words of a highlight is also at its place."""
        place, [placed] = self.find(highlight), anchor_marks(self.article, [mark])
        if isinstance(place, Orphan) or placed.span is None:
            return True
        return placed.span.overlaps(place.span)

    def _block(self, quote: str) -> Span | None:
        """Return the block that is this quotation: articles of highlights consist of them."""
        blocks = self.article.blocks
        same = [
            number
            for number, block in enumerate(blocks)
            if block.kind == "quote" and block.text == quote
        ]
        if not same:
            return None
        turn = self._used.get(quote, 0)
        self._used[quote] = turn + 1
        return self.article.span_of(same[min(turn, len(same) - 1)])

    def _footnotes(self) -> tuple[Span, ...]:
        """Return the spans of the numbers of footnotes in the text."""
        if self._ignored is None:
            self._ignored = tuple(
                mark.span.moved(start)
                for block, start in zip(self.article.blocks, self.article.starts, strict=True)
                for mark in sorted(block.marks, key=lambda inline: inline.span)
                if mark.kind == "footnote_reference"
                or (mark.kind == "superscript" and mark.span.of(block.text).strip("[]").isdigit())
            )
        return self._ignored


def _beginning(article: Article) -> Span:
    """Return the first sentence of an article."""
    for number, block in enumerate(article.blocks):
        if block.text.strip() and block.kind not in {"heading", "image", "table", "code"}:
            match = _SENTENCE.match(block.text)
            start = article.starts[number]
            return Span(start, start + (match.end() if match else len(block.text)))
    return Span(0, min(len(article.text), _MOST_SHOWN))


class PlannedMarks:
    """What is to be done so that an article has the highlights of an item.

    `put` are the marks to write, `bases` what to remember of all by the keys of highlights,
    `lines` what to report, and `placed` counts the highlights by where they are now.
    """

    def __init__(
        self,
        planned: PlannedItem,
        article: Article,
        present: Present,
        *,
        kinds: Kinds,
        now: datetime,
    ) -> None:
        self._planned = planned
        self._article = article
        self._kinds = kinds
        self._now = now
        times = [mark.created for mark in planned.highlights.values() if mark.created]
        self._places = Places(article, present.marks.values(), min(times, default=NO_MOMENT))
        self.put: dict[str, Annotation] = {}
        self.bases: dict[str, MarkBase] = {}
        self.lines: list[ReportLine] = []
        self.placed: Counter[Placed] = Counter()
        for key, highlight in planned.highlights.items():
            self._add(key, highlight, present)

    def _add(self, key: str, highlight: ImportedHighlight, present: Present) -> None:
        base = present.remembered.get(key)
        mark_id = base.mark_id if base else mark_id_of(self._planned, self._article.id, key)
        current = present.marks.get(mark_id)
        if current is not None:
            self.placed["known"] += 1
            self.bases[key] = self._updated(highlight, base, current)
        elif mark_id in present.deleted:
            self._report("removed", f"You have deleted {_shown(highlight)}.", highlight)
            self.bases[key] = base or self._base(mark_id, highlight)
        elif twin := self._twin(highlight, present):
            self.placed["known"] += 1
            before = replace(self._base(twin.id, highlight), note=twin.note and highlight.note)
            self.bases[key] = self._updated(highlight, before, twin)
        else:
            target = self._placed(highlight)
            self.put[mark_id] = self._made(mark_id, highlight, target)
            self.bases[key] = self._base(mark_id, highlight, target.quote.exact)

    def _twin(self, highlight: ImportedHighlight, present: Present) -> Annotation | None:
        twins = present.twins_of(highlight)
        return next((mark for mark in twins if self._places.is_on(mark, highlight)), None)

    def _made(self, mark_id: str, highlight: ImportedHighlight, target: Target) -> Annotation:
        created = highlight.created or self._planned.item.added or self._now
        return Annotation(
            id=mark_id,
            article_id=self._article.id,
            target=target,
            kind=self._kinds.of(highlight),
            tags=highlight.tags,
            note=highlight.note,
            claim=highlight.claim,
            created=created,
            modified=highlight.modified or created,
            author=highlight.author,
        )

    def _updated(
        self, highlight: ImportedHighlight, known: MarkBase | None, current: Annotation
    ) -> MarkBase:
        """Bring a mark up to date with its highlight, but for what the user has changed."""
        base = known or self._base(current.id, highlight, current.quote)
        mark, kept = merged(current, base, highlight, kind=self._kinds.of(highlight))
        if kept:
            self._report(
                "kept", f"Your {' and '.join(kept)} of {_shown(highlight)} stays.", highlight
            )
        placed = base.placed
        is_other = highlight.quote != base.quote and current.quote in {base.placed, base.quote}
        is_lost = not current.target.revision and bool(highlight.quote)
        if is_other or (is_lost and self._is_there(highlight)):
            self.placed["known"] -= 1
            mark = replace(mark, target=self._placed(highlight))
            placed = mark.quote
        if mark != current:
            self.put[mark.id] = mark.at(self._now)
        return self._base(current.id, highlight, placed)

    def _placed(self, highlight: ImportedHighlight) -> Target:
        """Return the target of a highlight, and count and report how it was placed."""
        article, place = self._article, self._places.find(highlight)
        if isinstance(place, Orphan) or not len(place.span):
            self.placed["not_found"] += 1
            self._report("not-found", f"{_shown(highlight)} is not in the text.", highlight)
            return _unplaced(highlight)
        if place.fit == "changed":
            self.placed["changed"] += 1
            now = _cut(place.span.of(article.text))
            self._report("changed", f"{_shown(highlight)} now reads “{now}”.", highlight)
            position = TextPositionSelector(place.span.start, place.span.end)
            return replace(_unplaced(highlight), position=position)
        self.placed["exact"] += 1
        return describe_in(article, place.span)

    def _is_there(self, highlight: ImportedHighlight) -> bool:
        place = self._places.find(highlight)
        return isinstance(place, Anchored) and place.fit != "changed"

    def _report(self, what: What, reason: str, highlight: ImportedHighlight) -> None:
        line = self._planned.line(what, reason, line=highlight.line, article_id=self._article.id)
        self.lines.append(line)

    def _base(self, mark_id: str, highlight: ImportedHighlight, placed: str = "") -> MarkBase:
        kind = self._kinds.of(highlight)
        return MarkBase(mark_id, highlight.quote, placed, highlight.note, kind, highlight.tags)


def _unplaced(highlight: ImportedHighlight) -> Target:
    """Return a target of what the service kept, for later texts in which it may be found."""
    quote = TextQuoteSelector(highlight.quote, highlight.prefix[-_KEPT:], highlight.suffix[:_KEPT])
    return Target(quote, TextPositionSelector(0, 0))


def merged(
    current: Annotation, base: MarkBase, highlight: ImportedHighlight, *, kind: str
) -> tuple[Annotation, Sequence[str]]:
    """Return a mark with what its service changed since, and the names of what the user keeps."""
    kept: list[str] = []
    note, own_kind = current.note, current.kind
    if highlight.note not in {base.note, current.note}:
        if current.note == base.note:
            note = highlight.note
        else:
            kept.append("note")
    if kind not in {base.kind, current.kind}:
        if current.kind == base.kind:
            own_kind = kind
        else:
            kept.append("kind")
    tags = merged_tags(current.tags, base.tags, highlight.tags)
    return replace(current, note=note, kind=own_kind, tags=tags), kept


def merged_tags(current: Sequence[str], base: Sequence[str], new: Sequence[str]) -> tuple[str, ...]:
    """Return the tags with those that the service added and removed since."""
    before, after = {tag_key(tag) for tag in base}, {tag_key(tag) for tag in new}
    added = [tag for tag in new if tag_key(tag) not in before]
    removed = [tag for tag in base if tag_key(tag) not in after]
    return with_tags(current, add=added, remove=removed) if added or removed else tuple(current)


def letters_of(quote: str) -> str:
    """Return the letters and digits of words, by which they are compared."""
    return "".join(character for character in quote.casefold() if character.isalnum())


def _shown(highlight: ImportedHighlight) -> str:
    return f"“{_cut(highlight.quote or highlight.note)}”"


def _cut(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _MOST_SHOWN else f"{line[: _MOST_SHOWN - 1]}…"
