"""The properties at the head of a note, in YAML or on lines of their own.

Obsidian and most others read YAML. Logseq has `name:: value`, Org `#+name: value`.
"""

import re
from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct

from annotator.export.markdown.block_syntax import lines_of
from annotator.export.markdown.front_matter import (
    FRONT_MATTER,
    cleaned_property,
    front_matter,
    identity_of,
)
from annotator.export.markdown.org import no_comment, org_tag
from annotator.export.markdown.property_merge import (
    UNITED,
    PropertyMerge,
    Value,
    merge_properties,
    read_properties,
)
from annotator.export.org_text import ZERO_WIDTH

_TAG_SEPARATOR = re.compile(r"[,:]")
_OF_LOGSEQ = re.compile(r"\[(?=\[)|\((?=\()|(?<!\S)#(?=\S)")  # links, blocks, tags


class Head(Struct, frozen=True):
    """One way to write properties.

    `write` returns the head of a new note, `merge` brings that of a note up to date as
    `merge_properties` does, `end` says where it ends, and `identity_of` what it identifies.
    `read` returns the properties that a note has, those that are as they were exported as
    they were given then; None if they have what no other head can hold.
    """

    write: Callable[[Mapping[str, Value]], str]
    merge: Callable[[str, Mapping[str, Value], Mapping[str, Value] | None], PropertyMerge]
    end: Callable[[str], int]
    identity_of: Callable[[str], str]
    read: Callable[[str, Mapping[str, Value]], Mapping[str, Value] | None]


class _Lines(Struct, frozen=True):
    """Properties on lines: what a line looks like, and the names that differ there."""

    line: str
    property: re.Pattern[str]
    other: re.Pattern[str]  # lines that may be among them
    names: Mapping[str, str]
    tags: str  # between tags, and around them if that is a colon
    clean_tag: Callable[[str], str] = str
    clean: Callable[[str], str] = str

    def write(self, properties: Mapping[str, Value]) -> str:
        lines = (self._line(name, self._text(name, value)) for name, value in properties.items())
        return "".join(f"{line}\n" for line in lines if line)

    def end(self, text: str) -> int:
        """Return the offset of the first line that belongs to the text."""
        at = 0
        for line in lines_of(text):
            bare = line.rstrip("\r\n")
            if bare and not self.property.fullmatch(bare) and not self.other.fullmatch(bare):
                break
            at += len(line)
        return at

    def identity_of(self, text: str) -> str:
        values = self._values(lines_of(text[: self.end(text)]))
        return values[at][1] if (at := "annotator_id") in values else ""

    def merge(
        self, text: str, properties: Mapping[str, Value], exported: Mapping[str, Value] | None
    ) -> PropertyMerge:
        end = self.end(text)
        lines = lines_of(text[:end])
        values = self._values(lines)
        if not values:
            return PropertyMerge(text)
        newline = "\r\n" if lines[0].endswith("\r\n") else "\n"
        last_line = 1 + max(at for at, _ in values.values())
        kept, added = [], []
        for name in {**(exported or {}), **properties}:
            at, own = values.get(name, (-1, ""))
            new = self._text(name, properties.get(name, ""))
            if name == UNITED:
                before = (exported or {}).get(name, ())
                wanted = self._united(own, before, properties.get(name, ()))
            elif exported is None or new == (last := self._text(name, exported.get(name, ""))):
                continue
            elif own == last:
                wanted = new
            else:
                kept += [name] if own != new else []
                continue
            if wanted == own:
                continue
            line = f"{written}{newline}" if (written := self._line(name, wanted)) else ""
            if at >= 0:
                lines[at] = line
            else:
                added.append(line)
        lines[last_line:last_line] = added
        return PropertyMerge(f"{''.join(lines)}{text[end:]}", tuple(kept))

    def read(self, text: str, exported: Mapping[str, Value]) -> Mapping[str, Value]:
        values = self._values(text[: self.end(text)].splitlines())
        return {name: self._given(name, own, exported) for name, (_, own) in values.items()}

    def _given(self, name: str, own: str, exported: Mapping[str, Value]) -> Value:
        if name in exported and own == self._text(name, exported[name]):
            return exported[name]
        return self._tags(own) if name == UNITED else own.replace(ZERO_WIDTH, "")

    def _united(self, own: str, before: Value, now: Value) -> str:
        mine = self._tags(own)
        old, new = map(self._tags, (self._text(UNITED, before), self._text(UNITED, now)))
        added = [tag for tag in new if tag not in old and tag not in mine]
        gone = {tag for tag in old if tag not in new}
        if not added and not gone.intersection(mine):
            return own
        return self._joined_tags([*(tag for tag in mine if tag not in gone), *added])

    def _values(self, lines: Sequence[str]) -> dict[str, tuple[int, str]]:
        """Return the line of each property and its value, the first of each name."""
        ours = {theirs: name for name, theirs in self.names.items()}
        values: dict[str, tuple[int, str]] = {}
        for at, line in enumerate(lines):
            if match := self.property.fullmatch(line.rstrip("\r\n")):
                name = match[1].lower()
                values.setdefault(ours.get(name, name), (at, match[2].strip()))
        return values

    def _line(self, name: str, value: str) -> str:
        return self.line.format(self.names.get(name, name), value) if value else ""

    def _text(self, name: str, value: Value) -> str:
        cleaned = cleaned_property(value)
        if name == UNITED:
            return self._joined_tags([cleaned] if isinstance(cleaned, str) else cleaned)
        return self.clean(cleaned if isinstance(cleaned, str) else ", ".join(cleaned))

    def _tags(self, value: str) -> list[str]:
        bare = (part.strip().strip("#[]") for part in _TAG_SEPARATOR.split(value))
        return [tag for tag in bare if tag]

    def _joined_tags(self, tags: Sequence[str]) -> str:
        joined = self.tags.join(clean for tag in tags if (clean := self.clean_tag(tag)))
        return f":{joined}:" if joined and self.tags == ":" else joined


_LOGSEQ = _Lines(
    line="{}:: {}",
    property=re.compile(r"\ufeff?([\w-]+):: ?(.*)"),
    other=re.compile(r"[ \t]*"),
    names={"annotator_id": "annotator-id"},
    tags=", ",
    clean=lambda text: _OF_LOGSEQ.sub(rf"\g<0>{ZERO_WIDTH}", text),  # it knows no escapes there
)
_ORG = _Lines(
    line="#+{}: {}",
    property=re.compile(r"\ufeff?#\+([\w-]+): ?(.*)"),
    other=re.compile(r"[ \t]*|# (?!annotator:).*|:[\w-]+:.*"),
    names={"tags": "filetags", "published": "date", "source": "url"},  # Org has its own source
    tags=":",
    clean_tag=org_tag,
    clean=no_comment,
)


def _identity_in_markdown(head: str) -> str:
    return identity_of(head) or _LOGSEQ.identity_of(head)


YAML_HEAD = Head(
    front_matter,
    lambda text, properties, exported: merge_properties(text, properties, exported=exported),
    lambda text: match.end() if (match := FRONT_MATTER.match(text)) else 0,
    _identity_in_markdown,  # a folder may have been written for Logseq before
    lambda text, _exported: read_properties(text),
)
LOGSEQ_HEAD = Head(_LOGSEQ.write, _LOGSEQ.merge, _LOGSEQ.end, _identity_in_markdown, _LOGSEQ.read)
ORG_HEAD = Head(_ORG.write, _ORG.merge, _ORG.end, _ORG.identity_of, _ORG.read)
