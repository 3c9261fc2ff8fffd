"""Records of articles: all that a list shows without opening any of them."""

from msgspec import UNSET, Struct, UnsetType

from annotator.model.identity import doi_in
from annotator.model.moment import Moment
from annotator.model.overrides import Overrides
from annotator.model.vocabulary import NO_MOMENT, Access, ReadState


class ArticleRecord(Struct, frozen=True):
    """An article in the library: its metadata, its reading state, and its current revision.

    `revisions` are oldest first. `finished` is when it was read to its end, None if it is not
    read, or was before this was noted. `choices` are those that the reader made about passages,
    None if they were not noted yet; the current revision may lack some that another machine made.
    `edits` are the fields that were changed, each with the
    time of its last change; the store notes them, to merge the records of two machines. All
    times are UTC. `doi` is not in the files of articles without one.
    """

    id: str
    url: str
    title: str
    byline: tuple[str, ...] = ()
    site_name: str = ""
    published: str = ""
    language: str = ""
    excerpt: str = ""
    word_count: int = 0
    minutes: int = 1
    access: Access = "full"
    tags: tuple[str, ...] = ()
    state: ReadState = "unread"
    revision: str = ""
    revisions: tuple[str, ...] = ()
    added: Moment = NO_MOMENT
    modified: Moment = NO_MOMENT
    finished: Moment | None = None
    choices: Overrides | None = None
    edits: tuple[tuple[str, Moment], ...] = ()
    doi: str | UnsetType = UNSET

    @property
    def known_doi(self) -> str:
        """Its DOI, also where only its address names one; else empty."""
        return self.doi or doi_in(self.url)
