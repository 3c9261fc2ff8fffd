"""Tags over the whole library: their tree with counts and colours, rename, merge and delete.

Each change is one step over all marks and articles, however many there are, and undo takes it
back. A tag is changed with everything below it: renaming `energy` to `power` makes `power/grid` of
`energy/grid`. A `Vocabulary` changes tags and speakers in one way.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from annotator.errors import Conflict, InvalidInput, InvalidTag, NotInLibrary
from annotator.model import Annotation, ArticleRecord, tags
from annotator.model.query import Either, Field
from annotator.model.text import clean_line
from annotator.store import TAG_COLOURS, Library, TagNode, questions
from annotator.usecases.articles.tagging import tag_uses
from annotator.usecases.articles.trash import Progress, to_the_end
from annotator.usecases.marks.mark_edit import ArticlePlan, ArticleTags, MarkEdit, edit_articles
from annotator.usecases.queries.saved_queries import queries_with_lost_tags, still_asked
from annotator.usecases.tags.speakers import merge_speakers, speaker_uses

# Readable on light and dark backgrounds once a screen has adjusted their contrast.
COLOURS: Mapping[str, str] = {
    "red": "#d9534f",
    "orange": "#d9713c",
    "yellow": "#e5b83a",
    "green": "#5fb36a",
    "teal": "#3fb5a8",
    "blue": "#4c9ed9",
    "purple": "#b07ad6",
    "pink": "#d05f9e",
    "grey": "#8f8f8f",
}
_HEX_DIGITS = frozenset("0123456789abcdef")
_HEX_LENGTH = 7  # of #rrggbb

Names = tuple[str, ...]


def tag_tree(library: Library) -> tuple[TagNode, ...]:
    """Return the tags in use and those above them, each before those below it."""
    colours = tag_colours(library)
    return tuple(
        replace(node, colour=colour_of(node.name, colours))
        for node in library.ask(questions.names.tag_counts())
    )


def tag_colours(library: Library) -> Mapping[str, str]:
    """Return the colours of tags, #rrggbb by the tag's key."""
    colours = library.catalog.values(TAG_COLOURS)
    return {key: colour for key, colour in colours.items() if _is_colour(colour)}


def colour_of(tag: str, colours: Mapping[str, str]) -> str:
    """Return the colour of a tag, or else of the nearest tag above it; empty if none has one."""
    line = (tag, *reversed(tags.ancestors(tag)))
    return next((colours[key] for key in map(tags.key, line) if key in colours), "")


def merge_tags(
    library: Library,
    names: Sequence[str],
    into: str,
    *,
    now: datetime,
    progress: Progress = to_the_end,
) -> MarkEdit:
    """Rename tags with everything below them to `into`; one that exists is merged with them.

    `into` may have levels, to move tags below another one. Raises `InvalidTag`, and
    `NotInLibrary` if a tag is not in use.
    """
    old, in_use = known_tags(library, names)
    new = _spelled(tags.normalise(into), [node for node in in_use if node.key not in old])
    is_merge = len(old) > 1 or tags.key(new) in {node.key for node in in_use} - old
    name = "Merge tags" if is_merge else "Rename tag"
    renames = dict.fromkeys(old, new)
    return _rename(library, name, in_use, renames, now=now, progress=progress)


def move_tags(
    library: Library,
    names: Sequence[str],
    below: str,
    *,
    now: datetime,
    progress: Progress = to_the_end,
) -> MarkEdit:
    """Move tags, with everything below them, below another one, or to the top for an empty one."""
    old, in_use = known_tags(library, names)
    above = f"{_spelled(tags.normalise(below), in_use)}{tags.SEPARATOR}" if below else ""
    renames = {node.key: f"{above}{node.label}" for node in in_use if node.key in old}
    return _rename(library, "Move tag", in_use, renames, now=now, progress=progress)


def delete_tags(
    library: Library, names: Sequence[str], *, now: datetime, progress: Progress = to_the_end
) -> MarkEdit:
    """Remove tags, with everything below them, from all marks and articles."""
    old, _ = known_tags(library, names)

    def removed(name: str) -> str:
        return "" if any(tags.is_within(name, key) for key in old) else name

    return _retag(library, "Delete tag", old, removed, now=now, progress=progress)


class TagRecolouring(Struct, frozen=True, tag=True):
    """New colours of tags, by their keys; an empty one stands for none of its own."""

    words: str
    before: Mapping[str, str]
    after: Mapping[str, str]
    name: str = "Recolour tag"
    article_ids: tuple[str, ...] = ()
    size: int = 1
    extent: str = ""
    remark: str = ""

    @property
    def is_empty(self) -> bool:
        return self.before == self.after

    def undo(self, library: Library, *, now: datetime) -> "TagRecolouring":
        """Give the tags the colours they had. Raises `Conflict` if they have others by now."""
        replace(self, before=self.after, after=self.before).redo(library, now=now)
        return self

    def redo(self, library: Library, *, now: datetime) -> "TagRecolouring":
        """Give the tags the new colours again. Raises as `undo` does."""
        known = tag_colours(library)
        if any(known.get(key, "") != colour for key, colour in self.before.items()):
            raise Conflict(
                f"The colour of {self.words} was left as it is: it was changed elsewhere.",
                "Look at the tags as they are now.",
            )
        _put_colours(library, self.after, now=now)
        return self


def colour_tags(
    library: Library, names: Sequence[str], colour: str, *, now: datetime
) -> TagRecolouring:
    """Give tags a colour, one of `COLOURS` or #rrggbb, or take their own away with an empty one.

    Tags below them without a colour of their own have it too. Raises `InvalidInput`.
    """
    spelled, chosen, known = tags.normalise_all(names), valid_colour(colour), tag_colours(library)
    after = dict.fromkeys(map(tags.key, spelled), chosen)
    before = {key: known.get(key, "") for key in after}
    if after != before:
        _put_colours(library, after, now=now)
    return TagRecolouring(", ".join(spelled), before, after)


def _put_colours(library: Library, colours: Mapping[str, str], *, now: datetime) -> None:
    values = {key: colour or None for key, colour in colours.items()}
    library.catalog.put(TAG_COLOURS, values, now=now)


def valid_colour(text: str) -> str:
    """Return a colour as #rrggbb; empty for an empty one. Raises `InvalidInput` for others."""
    wanted = text.strip().lower()
    colour = COLOURS.get(wanted, wanted)
    if colour and not _is_colour(colour):
        raise InvalidInput(
            f"“{clean_line(text, limit=40)}” is not a colour.",
            f"Choose {', '.join(COLOURS)}, or #rrggbb.",
        )
    return colour


def _is_colour(colour: str) -> bool:
    return len(colour) == _HEX_LENGTH and colour[0] == "#" and set(colour[1:]) <= _HEX_DIGITS


def known_tags(library: Library, names: Iterable[str]) -> tuple[set[str], Sequence[TagNode]]:
    """Return the keys of these tags, and the tree; raises `NotInLibrary` for an unknown one."""
    in_use = tag_tree(library)
    keys = {tags.key(tags.normalise(name)): tags.normalise(name) for name in names}
    for key in keys.keys() - {node.key for node in in_use}:
        raise NotInLibrary(
            f"No mark or article has the tag “{keys[key]}”.", "`annotator tags` lists them."
        )
    return set(keys), in_use


def _spelled(name: str, in_use: Iterable[TagNode]) -> str:
    """Return a tag as it, or the nearest tag above it, is spelled where it is in use already."""
    spellings = {node.key: node.name for node in in_use}
    for outer in (name, *reversed(tags.ancestors(name))):
        if tags.key(outer) in spellings:
            return spellings[tags.key(outer)] + name[len(outer) :]
    return name


def _rename(
    library: Library,
    name: str,
    in_use: Sequence[TagNode],
    renames: Mapping[str, str],
    *,
    now: datetime,
    progress: Progress,
) -> MarkEdit:
    """Give tags other names, by their keys; the new ones get the colours of the old."""
    for node in in_use:
        if len(_moved(node.name, renames)) > tags.MAX_LENGTH:
            raise InvalidTag(
                f"“{node.name}” would get more than {tags.MAX_LENGTH} characters.",
                "Choose a shorter name.",
            )
    step = _retag(
        library, name, renames, lambda tag: _moved(tag, renames), now=now, progress=progress
    )
    colours = tag_colours(library)
    kept = {
        key: colours[node.key]
        for node in in_use
        if (key := tags.key(_moved(node.name, renames))) not in colours and node.key in colours
    }
    if kept:  # the old names keep theirs too
        library.catalog.put(TAG_COLOURS, kept, now=now)
    return replace(step, colours=kept)


def _moved(name: str, renames: Mapping[str, str]) -> str:
    """Return a tag's name once the tags with these keys have other names."""
    levels = name.split(tags.SEPARATOR)
    for depth in range(len(levels), 0, -1):
        new = renames.get(tags.key(tags.SEPARATOR.join(levels[:depth])))
        if new is not None:
            return tags.SEPARATOR.join((new, *levels[depth:]))
    return name


def _retag(
    library: Library,
    name: str,
    old: Iterable[str],
    rename: Callable[[str], str],
    *,
    now: datetime,
    progress: Progress,
) -> MarkEdit:
    """Rename the tags of everything that has one of `old` or one below it."""

    def renamed(names: Names) -> Names:
        return tags.normalise_all(filter(None, map(rename, names)))

    def edit(marks: Mapping[str, Annotation], record: ArticleRecord) -> MarkEdit:
        before = [mark for mark in marks.values() if renamed(mark.tags) != mark.tags]
        after = (replace(mark, tags=renamed(mark.tags), modified=now) for mark in before)
        own = ArticleTags(record.id, record.tags, renamed(record.tags))
        is_same = own.before == own.after
        return MarkEdit(name, tuple(before), tuple(after), () if is_same else (own,))

    query = Either(tuple(Field("tag", key) for key in old))
    sizes: defaultdict[str, int] = defaultdict(int)
    for marked in library.ask(questions.marks.find_marks(query)):
        sizes[marked.record.id] += 1
    for record in library.ask(questions.articles.find_articles(query)):
        sizes[record.id] += renamed(record.tags) != record.tags
    plans = {key: ArticlePlan(size, edit) for key, size in sizes.items()}
    return edit_articles(library, name, plans, now=now, progress=progress)


class Vocabulary(Struct, frozen=True, kw_only=True):
    """Names of one sort.

    `names` returns those in use, `merge` gives everything that has some of them one name in
    their place, `delete` takes names away, and `warn` returns a sentence about what still asks
    for names that are gone.
    """

    names: Callable[[Library], Sequence[str]]
    merge: Callable[..., MarkEdit]
    delete: Callable[..., MarkEdit] | None = None
    warn: Callable[[Library, Sequence[str]], str] = lambda _library, _gone: ""


TAGS: Final = Vocabulary(
    names=lambda library: [use.name for use in tag_uses(library)],
    merge=merge_tags,
    delete=delete_tags,
    warn=lambda library, gone: still_asked(queries_with_lost_tags(library, gone)),
)
SPEAKERS: Final = Vocabulary(
    names=lambda library: [use.name for use in speaker_uses(library)], merge=merge_speakers
)
