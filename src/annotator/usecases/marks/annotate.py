"""Making, editing and deleting marks. Edits keep changes by other programs."""

from collections.abc import Callable, Iterable
from datetime import datetime

from msgspec import Struct
from msgspec.structs import asdict, replace

from annotator.anchoring import describe
from annotator.errors import InvalidInput, InvalidSpan, NotInLibrary
from annotator.model import Annotation, Article, Claim, Span, tags
from annotator.model.text import clean_line, clean_text
from annotator.store import Library, new_id
from annotator.usecases.library.undo import MarkEdit
from annotator.usecases.tags.tagging import with_tags

MAX_NOTE = 100_000  # characters; a longer note is a document of its own

Edit = Callable[[Annotation], Annotation]


class Draft(Struct, frozen=True):
    """The contents of a mark before it is made."""

    kind: str = "claim"
    tags: tuple[str, ...] = ()
    note: str = ""
    claim: Claim | None = None


def mark(
    library: Library, article: Article, span: Span, draft: Draft, *, now: datetime
) -> Annotation:
    """Make a mark on the passage at `span`, without the white space at its ends."""
    annotation = Annotation(
        id=new_id(),
        article_id=article.id,
        target=describe(article.text, _passage(article, span), revision=article.revision),
        kind=valid_kind(draft.kind),
        tags=tags.normalise_all(draft.tags),
        note=clean_note(draft.note),
        claim=draft.claim and draft.claim.cleaned(),
        created=now,
        modified=now,
    )
    library.put((annotation,))
    return annotation


def retag(
    library: Library, annotation: Annotation, names: Iterable[str], *, now: datetime
) -> MarkEdit:
    """Give the mark these tags; what another program adds or removes at the same time stays so."""
    wanted = tags.normalise_all(names)
    added, dropped = _without_tags(wanted, annotation.tags), _without_tags(annotation.tags, wanted)

    def edit(current: Annotation) -> Annotation:
        return replace(current, tags=with_tags(current.tags, add=added, remove=dropped))

    return _revise(library, "Tag", annotation, edit, now=now)


def write_note(library: Library, annotation: Annotation, note: str, *, now: datetime) -> MarkEdit:
    """Give the mark this note; an empty one removes it.

    A note that another program wrote meanwhile is appended, for the user to sort out.
    """
    kept = clean_note(note)

    def edit(current: Annotation) -> Annotation:
        is_ours = current.note in (annotation.note, kept)
        return replace(current, note=kept if is_ours else clean_note(f"{kept}\n\n{current.note}"))

    return _revise(library, "Note", annotation, edit, now=now)


def set_kind(library: Library, annotation: Annotation, kind: str, *, now: datetime) -> MarkEdit:
    """Change the kind of the mark. A claim's details stay for when it is a claim again."""
    kept = valid_kind(kind)
    return _revise(library, "Kind", annotation, lambda it: replace(it, kind=kept), now=now)


def set_claim(
    library: Library, annotation: Annotation, claim: Claim | None, *, now: datetime
) -> MarkEdit:
    """Give the mark these details of a claim, or remove them.

    What another program changed meanwhile in other details stays. Raises `InvalidInput` for a
    value that is not among the choices of its field.
    """
    kept = claim and claim.cleaned()
    before = asdict(annotation.claim or Claim())

    def edit(current: Annotation) -> Annotation:
        if kept is None or current.claim is None:
            return replace(current, claim=kept)
        changed = {name: each for name, each in asdict(kept).items() if each != before[name]}
        return replace(current, claim=replace(current.claim, **changed))

    return _revise(library, "Claim", annotation, edit, now=now)


def move(
    library: Library, annotation: Annotation, article: Article, span: Span, *, now: datetime
) -> MarkEdit:
    """Move the mark to another passage of the article, and let it quote that passage."""
    target = describe(article.text, _passage(article, span), revision=article.revision)
    return _revise(library, "Move", annotation, lambda it: replace(it, target=target), now=now)


def delete(library: Library, annotation: Annotation, *, now: datetime) -> MarkEdit:
    """Delete the mark, including what other programs changed in it."""
    marks = library.annotations(annotation.article_id)
    current = next((each for each in marks if each.id == annotation.id), None)
    if current is None:
        raise NotInLibrary("The mark no longer exists.", "Another program may have deleted it.")
    library.remove(current.article_id, (current.id,), now=now)
    return MarkEdit("Delete", current.article_id, (current,), ())


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


def _revise(
    library: Library, name: str, annotation: Annotation, edit: Edit, *, now: datetime
) -> MarkEdit:
    seen = annotation

    def change(current: Annotation) -> Annotation:
        nonlocal seen
        seen = current
        edited = edit(current)
        return current if edited == current else edited.at(now)

    revised = library.revise(annotation.article_id, annotation.id, change)
    return MarkEdit(name, annotation.article_id, (seen,), (revised,))


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


def _without_tags(names: Iterable[str], others: Iterable[str]) -> tuple[str, ...]:
    keys = {tags.key(name) for name in others}
    return tuple(name for name in names if tags.key(name) not in keys)
