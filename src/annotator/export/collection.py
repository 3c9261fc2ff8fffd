"""The values that are given to formats which hold many articles with their marks in one file.

A format gets a `Collection`, whose articles are read one at a time while it asks for them,
and returns pieces of text, which are written as they come. So neither the articles of a
large library nor its file are ever in memory together: a format must not keep them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Literal

from msgspec import Struct

from annotator.model import (
    DEFAULT_KINDS,
    AnchoredMark,
    Annotation,
    ArticleRecord,
    Extraction,
    Kind,
    Relation,
)
from annotator.model.labels import relation_name, relation_words
from annotator.model.library_file import StoredArticle

Unit = Literal["articles", "marks"]  # what a query chooses: articles with all their marks, or marks
Depth = Literal["marks", "text", "everything"]  # how much is read of each article


class LinkedMark(Struct, frozen=True):
    """A mark at the other end of a link, and the article that it is on."""

    record: ArticleRecord
    annotation: Annotation


class LinkedEnd(Struct, frozen=True):
    """The other end of a link, as it is seen from a mark, whichever of the two has the link.

    `target` is the id of the other mark or the address of a page, `end` the other mark if the
    library has it. With `is_back` the other end does to this mark what the `relation` says.
    """

    relation: Relation
    target: str
    note: str
    is_back: bool
    end: LinkedMark | None

    @property
    def name(self) -> str:
        """The relation for programs: `supports`, or `supported-by`."""
        return relation_name(self.relation, is_back=self.is_back)

    @property
    def words(self) -> str:
        """The relation in words: `supports`, or `is supported by`."""
        return relation_words(self.relation, is_back=self.is_back)


class CollectedArticle(Struct, frozen=True, kw_only=True):
    """An article with the marks that are exported, in the order of its text.

    The record of a page that was saved to a file has the address that the page gives for
    itself, if it gives one, but for formats that read everything.
    `linked` has the marks at the other ends of links, of these marks and to them, by their
    ids, as far as the library has them. The extraction, with the text, is there for formats
    that read it, and all that is `stored` for those that read everything.
    """

    record: ArticleRecord
    marks: Sequence[AnchoredMark] = ()
    linked: Mapping[str, LinkedMark] = {}
    extraction: Extraction | None = None
    stored: StoredArticle | None = None


def linked_ends(mark: Annotation, linked: Mapping[str, LinkedMark]) -> Iterator[LinkedEnd]:
    """Yield the other ends of the links of a mark, then those of the links of others to it.

    `linked` has the marks that may be there, by their ids.
    """
    for link in mark.links:
        end = linked.get(link.target)
        yield LinkedEnd(link.relation, link.target, link.note, link.is_reversed, end)
    for holder, other in linked.items():
        for link in other.annotation.links:
            if link.target == mark.id != holder:
                yield LinkedEnd(link.relation, holder, link.note, not link.is_reversed, other)


class Reviewer(Struct, frozen=True):
    """The publisher of fact checks: a name, and a web address."""

    name: str = ""
    url: str = ""


class Collection(Struct, frozen=True, kw_only=True):
    """Articles, which can be gone through once, and what belongs to the library itself.

    `tag_colours` are #rrggbb by the key of the tag, `saved_queries` queries by their names,
    `kinds` those of the settings. `query` is what the user chose the articles or marks by,
    `title` the name of a digest, `reviewer` who publishes it as fact checks.
    `tell` shows the user a sentence about the file, such as what the format left out.
    """

    articles: Iterable[CollectedArticle]
    tag_colours: Mapping[str, str] = {}
    saved_queries: Mapping[str, str] = {}
    kinds: Sequence[Kind] = DEFAULT_KINDS
    query: str = ""
    title: str = ""
    reviewer: Reviewer = Reviewer()
    tell: Callable[[str], None] = lambda _: None
