"""Making, editing and deleting marks, one or many.

Each edit changes only what it is about, in the marks as they are stored now, so that what other
programs changed in them stays. It returns one step that undoes it for all of them. Marks that are
already so are not written. `progress` is told the number of articles that are done, and of all; it
stops the edit by returning False.

A passage to mark may be named by a quote that was typed or pasted.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from annotator.anchoring import describe_in
from annotator.anchoring.normalization import fold, fold_passage
from annotator.errors import InvalidInput, InvalidSpan
from annotator.model import CLAIM_FIELDS, Annotation, Article, Claim, Span, tags
from annotator.model.annotation import CLAIM, NO_CLAIMS
from annotator.model.text import clean_line, clean_text
from annotator.store import Library, new_id
from annotator.usecases.articles.tagging import with_tags
from annotator.usecases.articles.trash import Progress, to_the_end
from annotator.usecases.marks.mark_edit import MarkEdit, edit_marks

MAX_NOTE = 100_000  # characters; a longer note is a document of its own

Marks = Sequence[Annotation]
Edit = Callable[[Annotation], Annotation]

_NAMES: Mapping[tuple[str, ...], str] = {("status",): "Status", ("speaker",): "Speaker"}

CONTEXT = 24  # characters shown around each match, enough to tell them apart
MAX_PLACES = 5  # shown; a word with more matches is too common to pick one from a list
MAX_QUOTE = 60  # characters of a quote repeated in a message

_SPAN = re.compile("([0-9]{1,9}):([0-9]{1,9})")


class Draft(Struct, frozen=True):
    """The contents of a mark before it is made, and its author, if that is somebody else."""

    kind: str = "claim"
    tags: tuple[str, ...] = ()
    note: str = ""
    claim: Claim | None = None
    author: str = ""


class Changes(Struct, frozen=True):
    """Changes to make in marks: only what is given; a tag that is added and removed stays.

    `values` are details of the claim by the names of fields: a mark without details gets them, an
    empty value removes what is there, and a mark that is judged becomes a claim, unless it is of
    a kind of the settings. A claim's details stay when it gets another `kind`, for when it is a
    claim again; until then, no list shows its status. An empty `note` removes that of the mark; a
    note that another program wrote meanwhile is appended, for the user to sort out.
    """

    kind: str | None = None
    note: str | None = None
    values: Mapping[str, str] = {}
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


def mark(
    library: Library, article: Article, span: Span, draft: Draft, *, now: datetime
) -> Annotation:
    """Make a mark on the passage at `span`, without the white space at its ends."""
    annotation = Annotation(
        id=new_id(),
        article_id=article.id,
        target=describe_in(article, _passage(article, span)),
        kind=valid_kind(draft.kind),
        tags=tags.normalise_all(draft.tags),
        note=clean_note(draft.note),
        claim=draft.claim and draft.claim.cleaned(),
        author=draft.author,
        created=now,
        modified=now,
    )
    library.put((annotation,))
    return annotation


def change(
    library: Library,
    marks: Marks,
    changes: Changes,
    *,
    name: str = "",
    now: datetime,
    progress: Progress = to_the_end,
) -> MarkEdit:
    """Make all of these changes to the marks, in one step, named after what it changes.

    Raises `InvalidInput` for an unknown field of a claim, or a value that a field refuses.
    """
    edit = partial(_changed, _checked(changes), {mark.id: mark for mark in marks})
    return edit_marks(library, name or _name_of(changes), marks, edit, now=now, progress=progress)


def move(
    library: Library, annotation: Annotation, article: Article, span: Span, *, now: datetime
) -> MarkEdit:
    """Move the mark to another passage of the article, and let it quote that passage."""
    target = describe_in(article, _passage(article, span))
    return edit_marks(
        library, "Move", (annotation,), lambda current: replace(current, target=target), now=now
    )


def delete(
    library: Library, marks: Marks, *, now: datetime, progress: Progress = to_the_end
) -> MarkEdit:
    """Delete the marks, including what other programs changed in them."""
    return edit_marks(library, "Delete", marks, lambda _: None, now=now, progress=progress)


def valid_kind(name: str) -> str:
    """Return the name of a kind, cleaned; raises `InvalidInput` if nothing is left."""
    kind = clean_line(name, limit=tags.MAX_LENGTH)
    if not kind:
        raise InvalidInput("A mark needs a kind.", "Give its name, such as claim or question.")
    return kind


def clean_note(note: str) -> str:
    """Return a note fit to keep; raises `InvalidInput` if it is too long."""
    kept = clean_text(note, limit=MAX_NOTE + 1).strip()
    if len(kept) > MAX_NOTE:
        raise InvalidInput(
            f"The note has more than {MAX_NOTE:,} characters.",
            "Save it in a file of its own, and link to that.",
        )
    return kept


def _name_of(changes: Changes) -> str:
    names = {
        "Kind": changes.kind is not None,
        "Note": changes.note is not None,
        _NAMES.get(tuple(changes.values), "Details"): bool(changes.values),
        "Tag": bool(changes.added or changes.removed),
    }
    given = [name for name, is_given in names.items() if is_given]
    return given[0] if len(given) == 1 else "Edit"


def _checked(changes: Changes) -> Changes:
    """Return the changes, cleaned; a value that is refused is refused before any mark changes."""
    unknown = changes.values.keys() - {field.name for field in CLAIM_FIELDS}
    if unknown:
        names = ", ".join(field.name for field in CLAIM_FIELDS)
        raise InvalidInput(f"A claim has no field “{min(unknown)}”.", f"It has: {names}.")
    Claim().with_values(changes.values)
    return Changes(
        None if changes.kind is None else valid_kind(changes.kind),
        None if changes.note is None else clean_note(changes.note),
        changes.values,
        tags.normalise_all(changes.added),
        tags.normalise_all(changes.removed),
    )


def _changed(changes: Changes, shown: Mapping[str, Annotation], current: Annotation) -> Annotation:
    """Return a mark as it is after the changes; `shown` are those that the user saw."""
    claim = (current.claim or Claim()).with_values(changes.values)
    note, seen = changes.note, shown.get(current.id, current)
    if note is None:
        note = current.note
    elif current.note not in (seen.note, note):
        note = clean_note(f"{note}\n\n{current.note}")  # another program wrote it meanwhile
    becomes_claim = changes.kind is None and seen.kind in NO_CLAIMS and "status" in changes.values
    return replace(
        current,
        kind=CLAIM if becomes_claim else changes.kind or current.kind,
        note=note,
        tags=with_tags(current.tags, add=changes.added, remove=changes.removed)
        if changes.added or changes.removed
        else current.tags,
        claim=None if current.claim is None and claim == Claim() else claim,
    )


def _passage(article: Article, span: Span) -> Span:
    length = len(article.text)
    if span.end > length:
        raise InvalidSpan(
            f"The passage {span.start}:{span.end} is outside the article.",
            f"Its text has {length} characters.",
        )
    passage = span.trimmed(article.text)
    if not passage:
        raise InvalidSpan(
            f"The passage {span.start}:{span.end} has no words.", "Choose another one."
        )
    return passage


def find_quote(article: Article, quote: str) -> Span:
    """Return the span of `quote`, which may differ in quotation marks, dashes, spaces and capitals.

    An exact match wins. Raises `InvalidInput` if there is no match or several.
    """
    if not quote.strip():
        raise InvalidInput("The quote has no words.", "Give the words that you want to mark.")
    places = places_of(article.text, quote)
    if not places:
        raise InvalidInput(
            f"“{_shortened(quote)}” was not found in “{article.title}”.",
            "Copy the words from the output of `annotator show`, or use --at START:END.",
        )
    if len(places) > 1:
        raise _ambiguous(article.text, quote, places)
    return places[0]


def places_of(text: str, quote: str) -> list[Span]:
    """Return where a quote is in a text: word for word, or else by the rules of `find_quote`."""
    return _exact_places(text, quote.strip()) or _folded_places(text, quote)


def parse_span(text: str) -> Span:
    """Return the span in `START:END`, two offsets in code points of the article's text."""
    match = _SPAN.fullmatch(text.strip())
    if not match:
        raise InvalidSpan(
            f"“{_shortened(text)}” is not a passage.", "Give two numbers, such as --at 120:185."
        )
    return Span(int(match[1]), int(match[2]))


def _exact_places(text: str, quote: str) -> list[Span]:
    starts = _starts(text, quote)
    return [Span(start, start + len(quote)) for start in starts]


def _folded_places(text: str, quote: str) -> list[Span]:
    folded, words = fold(text), fold_passage(quote).text.strip()
    starts = _starts(folded.text, words) if words else []
    return [folded.original(start, start + len(words)) for start in starts]


def _starts(text: str, words: str) -> list[int]:
    starts, start = [], text.find(words)
    while start >= 0:
        starts.append(start)
        start = text.find(words, start + len(words))
    return starts


def _ambiguous(text: str, quote: str, places: list[Span]) -> InvalidInput:
    shown = [f"--at {span.start}:{span.end}  {_in_context(text, span)}" for span in places]
    more = [f"and {len(shown) - MAX_PLACES} more"] if len(shown) > MAX_PLACES else []
    return InvalidInput(
        f"“{_shortened(quote)}” appears {len(places)} times.",
        "\n  ".join(["Quote more words, or pick one:", *shown[:MAX_PLACES], *more]),
    )


def _in_context(text: str, span: Span) -> str:
    before = text[max(0, span.start - CONTEXT) : span.start]
    after = text[span.end : span.end + CONTEXT]
    before = clean_line(before, limit=CONTEXT) + " " * before[-1:].isspace()
    after = " " * after[:1].isspace() + clean_line(after, limit=CONTEXT)
    return f"…{before}[{_shortened(span.of(text))}]{after}…"


def _shortened(quote: str) -> str:
    return clean_line(quote, limit=MAX_QUOTE)
