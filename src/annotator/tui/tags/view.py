"""The tags or speakers that are listed: filtered, in an order, some of them selected."""

from collections.abc import Mapping, Sequence
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
    selected: frozenset[str] = frozenset()
    is_loaded: bool = False

    @property
    def listed_tags(self) -> Sequence[TagNode]:
        """The tags that match the filter, in order."""
        wanted = tags.key(self.typed.strip().lstrip("#"))
        found = [each for each in self.tags if wanted in each.key]
        if self.is_by_number:
            found.sort(key=lambda each: -each.all_marks - each.all_articles)
        return found

    @property
    def listed_speakers(self) -> Sequence[SpeakerUse]:
        """The speakers that match the filter, in order."""
        wanted = tags.key(self.typed.strip())
        found = [each for each in self.speakers if wanted in each.key]
        if self.is_by_number:
            found.sort(key=lambda each: -each.count)
        return found

    @property
    def listed(self) -> tuple[str, ...]:
        """The keys of the listed names."""
        rows = self.listed_tags if self.shows == "tags" else self.listed_speakers
        return tuple(each.key for each in rows)

    @property
    def is_empty(self) -> bool:
        """Whether the library has none of what is shown."""
        return not (self.tags if self.shows == "tags" else self.speakers)

    @property
    def counted(self) -> str:
        """The number of listed names."""
        found = len(self.listed)
        one = "tag" if self.shows == "tags" else "speaker"
        words = count(found, one)
        return f"“{self.typed.strip()}”: {words}" if self.typed.strip() else words

    def rows(self) -> Sequence[Row]:
        """Return the rows of the list; a sentence if there are none."""
        if not self.is_loaded:
            return [Remark(" Loading …")]
        if self.is_empty:
            return [Remark(_NO_TAGS if self.shows == "tags" else _NO_SPEAKERS)]
        if not self.listed:
            return [Remark(f" Nothing matches “{self.typed.strip()}”.")]
        if self.shows == "speakers":
            return [
                SpeakerRow(each, self.alike.get(each.key, ""), each.key in self.selected)
                for each in self.listed_speakers
            ]
        is_tree = not (self.typed.strip() or self.is_by_number)
        return [TagRow(each, each.key in self.selected, is_tree) for each in self.listed_tags]

    def switched(self) -> "NamesView":
        """Return the view with speakers in place of tags, or the reverse."""
        other: Names = "speakers" if self.shows == "tags" else "tags"
        return replace(self, shows=other, typed="", selected=frozenset())

    def toggled(self, key: str) -> "NamesView":
        """Return the view with a name selected or deselected."""
        return replace(self, selected=self.selected ^ {key})

    def all_toggled(self) -> "NamesView":
        """Return the view with all listed names selected, or none if they are."""
        every = frozenset(self.listed)
        return replace(self, selected=frozenset() if every <= self.selected else every)

    def loaded(self, found: Sequence[TagNode], speakers: Sequence[SpeakerUse]) -> "NamesView":
        """Return the view of what the library has now."""
        view = replace(self, tags=tuple(found), speakers=tuple(speakers), is_loaded=True)
        return replace(view, selected=self.selected & set(view.listed))

    def suggesting(self, pairs: Sequence[SuggestedMerge]) -> "NamesView":
        """Return the view with the better name beside the other one of each pair."""
        return replace(self, alike={each.other.key: each.keep.name for each in reversed(pairs)})

    def names(self, at: str) -> tuple[str, ...]:
        """Return the names that keys act on: those selected, or else the one at the cursor."""
        wanted = self.selected or {at}
        listed: Sequence[TagNode | SpeakerUse] = (
            self.listed_tags if self.shows == "tags" else self.listed_speakers
        )
        return tuple(each.name for each in listed if each.key in wanted)
