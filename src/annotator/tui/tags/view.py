"""The tags or speakers that are listed: filtered, and in an order."""

from collections.abc import Container, Mapping, Sequence
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from annotator.model import tags
from annotator.model.labels import count
from annotator.tui.lists.rows import Remark, Row
from annotator.tui.tags.rows import SpeakerRow, TagRow
from annotator.usecases.tags.speakers import SpeakerUse, SuggestedMerge
from annotator.usecases.tags.tag_library import TagNode

Names = Literal["tags", "speakers"]

_NO_TAGS = " No article or mark has a tag. In the reader and the library, t gives one."
_NO_SPEAKERS = " No mark has a speaker. In the reader, e on a mark says who made the claim."


class NamesView(Struct, frozen=True):
    """The tags and speakers, and how they are listed."""

    shows: Names = "tags"
    tags: tuple[TagNode, ...] = ()
    speakers: tuple[SpeakerUse, ...] = ()
    alike: Mapping[str, str] = {}  # a name that may be of the same person, by the speaker's key
    typed: str = ""
    is_by_number: bool = False
    is_loaded: bool = False

    @property
    def listed_tags(self) -> Sequence[TagNode]:
        """The tags that match the filter, in order."""
        wanted = tags.key(self.typed.strip().lstrip("#"))
        nodes = [node for node in self.tags if wanted in node.key]
        if self.is_by_number:
            nodes.sort(key=lambda node: -node.all_marks - node.all_articles)
        return nodes

    @property
    def listed_speakers(self) -> Sequence[SpeakerUse]:
        """The speakers that match the filter, in order."""
        wanted = tags.key(self.typed.strip())
        uses = [use for use in self.speakers if wanted in use.key]
        if self.is_by_number:
            uses.sort(key=lambda use: -use.count)
        return uses

    @property
    def listed(self) -> tuple[str, ...]:
        """The keys of the listed names."""
        rows = self.listed_tags if self.shows == "tags" else self.listed_speakers
        return tuple(row.key for row in rows)

    @property
    def is_empty(self) -> bool:
        """Whether the library has none of what is shown."""
        return not (self.tags if self.shows == "tags" else self.speakers)

    @property
    def counted(self) -> str:
        """The number of listed names."""
        words = count(len(self.listed), "tag" if self.shows == "tags" else "speaker")
        return f"“{self.typed.strip()}”: {words}" if self.typed.strip() else words

    def rows(self, selected: Container[str]) -> Sequence[Row]:
        """Return the rows of the list, some of them selected; a sentence if there are none."""
        if not self.is_loaded:
            return [Remark(" Loading …")]
        if self.is_empty:
            return [Remark(_NO_TAGS if self.shows == "tags" else _NO_SPEAKERS)]
        if not self.listed:
            return [Remark(f" Nothing matches “{self.typed.strip()}”.")]
        if self.shows == "speakers":
            return [
                SpeakerRow(use, self.alike.get(use.key, ""), use.key in selected)
                for use in self.listed_speakers
            ]
        is_tree = not (self.typed.strip() or self.is_by_number)
        return [TagRow(node, node.key in selected, is_tree) for node in self.listed_tags]

    def switched(self) -> "NamesView":
        """Return the view with speakers in place of tags, or the reverse."""
        other: Names = "speakers" if self.shows == "tags" else "tags"
        return replace(self, shows=other)

    def loaded(self, nodes: Sequence[TagNode], speakers: Sequence[SpeakerUse]) -> "NamesView":
        """Return the view of what the library has now."""
        return replace(self, tags=tuple(nodes), speakers=tuple(speakers), is_loaded=True)

    def suggesting(self, pairs: Sequence[SuggestedMerge]) -> "NamesView":
        """Return the view with the better name beside the other one of each pair."""
        return replace(self, alike={pair.other.key: pair.keep.name for pair in reversed(pairs)})

    def names(self, keys: Container[str]) -> tuple[str, ...]:
        """Return the listed names with these keys."""
        listed: Sequence[TagNode | SpeakerUse] = (
            self.listed_tags if self.shows == "tags" else self.listed_speakers
        )
        return tuple(name.name for name in listed if name.key in keys)
