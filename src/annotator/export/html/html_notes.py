"""The marks of a page with their numbers, and how kinds and tags look on it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from annotator.export.filenames import block_id
from annotator.export.html.html_blocks import MarkInText
from annotator.model import AnchoredMark, Annotation, Kind, tags

UNKNOWN_GLYPH = "▪"

_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


class Legend:
    """The kinds of marks with their colours and glyphs, and the tags that have a colour."""

    def __init__(self, kinds: Sequence[Kind], tag_colours: Mapping[str, str]) -> None:
        self._kinds = {kind.name.casefold(): kind for kind in kinds}
        self._classes = {name: f"k{number}" for number, name in enumerate(self._kinds)}
        self._tag_classes = {tag: f"t{number}" for number, tag in enumerate(sorted(tag_colours))}
        self._tag_colours = tag_colours

    def glyph(self, kind: str) -> str:
        """Return the glyph of a kind, or the usual one of a kind that is not known."""
        known = self._kinds.get(kind.casefold())
        return known.glyph if known else UNKNOWN_GLYPH

    def css_class(self, kind: str) -> str:
        """Return the class of marks of a kind: `k0` for the first one."""
        return self._classes.get(kind.casefold(), "kx")

    def tag_class(self, tag: str) -> str:
        """Return the class of a tag that has a colour, or an empty string."""
        return self._tag_classes.get(tags.key(tag), "")

    def style(self) -> str:
        """Return the rules of a style sheet for the colours of kinds and tags."""
        colours = {self._classes[name]: kind.colour for name, kind in self._kinds.items()}
        colours |= {self._tag_classes[tag]: colour for tag, colour in self._tag_colours.items()}
        return "".join(
            f".{css_class} {{ --own: {colour}; }}\n"
            for css_class, colour in colours.items()
            if _COLOUR.fullmatch(colour)
        )


@dataclass(frozen=True, slots=True)
class NumberedMark:
    """A mark with its number on the page, its looks, and its words if they have changed."""

    placed: AnchoredMark
    number: int
    legend: Legend
    now: str = ""

    @property
    def annotation(self) -> Annotation:
        """The mark itself."""
        return self.placed.annotation

    @property
    def name(self) -> str:
        """The id of its place on the page, to which links lead."""
        return block_id(self.annotation.id)

    @property
    def note_id(self) -> str:
        """The id of its note."""
        return f"n{self.name[1:]}"

    @property
    def is_found(self) -> bool:
        """Whether its passage is in the text."""
        return self.placed.span is not None

    @property
    def css_class(self) -> str:
        """The class of its kind."""
        return self.legend.css_class(self.annotation.kind)

    @property
    def glyph(self) -> str:
        """The glyph of its kind."""
        return self.legend.glyph(self.annotation.kind)

    @property
    def tags(self) -> Sequence[tuple[str, str]]:
        """Its tags, each with its class if it has a colour."""
        return [(tag, self.legend.tag_class(tag)) for tag in self.annotation.tags]

    @property
    def whole_tags(self) -> Sequence[str]:
        """Its tags with those above them."""
        return [name for tag in self.annotation.tags for name in (*tags.ancestors(tag), tag)]

    @property
    def tag_keys(self) -> Sequence[str]:
        """The keys of its tags with those above them, each once."""
        return list(dict.fromkeys(map(tags.key, self.whole_tags)))

    def in_text(self) -> MarkInText | None:
        """Return it as a mark on the text; None if it was not found there."""
        span = self.placed.span
        if span is None:
            return None
        claim = self.annotation.claim
        kind = self.annotation.kind or "mark"
        label = f"{kind}, {claim.status}" if claim else kind
        return MarkInText(span, self.name, self.note_id, self.number, self.css_class, label)
