"""The names that the marks of a library share, all changed in one way: tags and speakers.

A name is renamed by merging it alone into the new one, which may be in use already. Each change
is one step that undo takes back.
"""

from collections.abc import Callable, Sequence
from typing import Final

from msgspec import Struct

from annotator.store import Library
from annotator.usecases.articles.tagging import tag_uses
from annotator.usecases.marks.mark_edit import MarkEdit
from annotator.usecases.queries.saved_queries import queries_with_lost_tags, still_asked
from annotator.usecases.tags.speakers import merge_speakers, speaker_uses
from annotator.usecases.tags.tag_library import delete_tags, merge_tags


def _nothing(_library: Library, _names: Sequence[str]) -> str:
    """Warn of nothing."""
    return ""


class Vocabulary(Struct, frozen=True, kw_only=True):
    """Names of one sort.

    `names` returns those in use, `merge` gives everything that has some of them one name in
    their place, `delete` takes names away, and `warn` returns a sentence about what still asks
    for names that are gone.
    """

    names: Callable[[Library], Sequence[str]]
    merge: Callable[..., MarkEdit]
    delete: Callable[..., MarkEdit] | None = None
    warn: Callable[[Library, Sequence[str]], str] = _nothing


def _tag_names(library: Library) -> Sequence[str]:
    return [use.name for use in tag_uses(library)]


def _speaker_names(library: Library) -> Sequence[str]:
    return [use.name for use in speaker_uses(library)]


def _warn_of_queries(library: Library, gone: Sequence[str]) -> str:
    return still_asked(queries_with_lost_tags(library, gone))


TAGS: Final = Vocabulary(
    names=_tag_names, merge=merge_tags, delete=delete_tags, warn=_warn_of_queries
)
SPEAKERS: Final = Vocabulary(names=_speaker_names, merge=merge_speakers)
