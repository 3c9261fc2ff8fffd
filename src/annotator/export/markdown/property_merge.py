"""The merge of the properties of a note, key by key.

A property is changed only if the user left it as it was exported. Tags are united: what
either side added is added, what either side removed is removed. Only the lines of a
property that changes are written again, so that order, comments, foreign keys and the
style of everything else stay exactly as they are. What cannot be merged so that all foreign
keys are read as before is left alone.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from typing import Any

from msgspec import Struct
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError

from annotator.export.markdown.block_syntax import lines_of
from annotator.export.markdown.front_matter import FRONT_MATTER, cleaned_property, property_value

Value = str | Sequence[str]

UNITED = "tags"

_COMMENT = re.compile(r"(?:^|\s)#")  # or what could be one
_UNREADABLE = (YAMLError, ValueError, RecursionError)  # the last for a thousand brackets
_BROKEN = "The properties at its head are not valid YAML, and were left as they are."
_RISKY = "The properties at its head cannot be merged safely, and were left as they are."


class PropertyMerge(Struct, frozen=True):
    """The text of a note with merged properties, and the names of those that the user changed."""

    text: str
    kept: tuple[str, ...] = ()
    problem: str = ""


def merge_properties(
    text: str, properties: Mapping[str, Value], *, exported: Mapping[str, Value] | None = None
) -> PropertyMerge:
    """Return the text of a note with its properties brought up to date.

    `exported` are those that were exported last, or None if that is not known: then
    nothing that is there is changed, and only missing tags are added. A property that
    the user removed stays away, and so does a head that was removed as a whole.
    """
    match = FRONT_MATTER.match(text)
    if match is None:
        return PropertyMerge(text)
    try:
        values = YAML().load(match[1])
    except _UNREADABLE:
        return PropertyMerge(text, problem=_BROKEN)
    if not isinstance(values, CommentedMap) or not values or values.fa.flow_style():
        return PropertyMerge(text, problem=_BROKEN)
    head = _Head(match[1], values)
    kept = [
        name
        for name in {**(exported or {}), **properties}
        if not head.bring(name, properties, exported)
    ]
    merged = head.text
    if merged != match[1] and not head.is_sound(merged):
        return PropertyMerge(text, problem=_RISKY)
    return PropertyMerge(f"{text[: match.start(1)]}{merged}{text[match.end(1) :]}", tuple(kept))


def read_properties(text: str) -> Mapping[str, Value] | None:
    """Return the properties of a note; None if there is more than values, such as comments."""
    match = FRONT_MATTER.match(text)
    try:
        loaded = YAML().load(match[1]) if match else None
    except _UNREADABLE:
        return None
    if not isinstance(loaded, CommentedMap) or loaded.ca.comment or loaded.ca.items:
        return None
    values: dict[str, Value] = {}
    for name, value in loaded.items():
        items = value if isinstance(value, list) else [value]
        has_more = any(isinstance(item, list | dict) for item in items)
        if has_more or (value is not items and "\n" in str(value)):
            return None
        read = [
            str(_plain(item) if isinstance(item, bool | int | float | date) else item)
            for item in items
            if item is not None
        ]
        values[str(name)] = read if value is items else "".join(read)
    return values


class _Head:
    """The lines of the properties, of which some are replaced."""

    def __init__(self, text: str, values: CommentedMap) -> None:
        self._lines = lines_of(text)
        self._newline = "\r\n" if text.endswith("\r\n") else "\n"
        self._values = values
        starts = [values.lc.key(name)[0] for name in values]
        ends = [*starts[1:], len(self._lines)]
        self._spans = dict(zip(values, zip(starts, ends, strict=True), strict=True))
        self._changes: list[tuple[int, int, list[str]]] = []
        self._changed: set[str] = set()

    @property
    def text(self) -> str:
        """The lines, with what was changed."""
        lines = list(self._lines)
        for start, end, new in sorted(self._changes, reverse=True):
            lines[start:end] = new
        return "".join(lines)

    def is_sound(self, merged: str) -> bool:
        """Return whether all that was not changed is read as before."""
        try:
            again = YAML().load(merged) or {}
        except _UNREADABLE:
            return False
        kept = [
            [(name, value) for name, value in values.items() if name not in self._changed]
            for values in (self._values, again)
        ]
        return kept[0] == kept[1]

    def bring(
        self, name: str, properties: Mapping[str, Value], exported: Mapping[str, Value] | None
    ) -> bool:
        """Bring a property up to date; returns False if it is left as the user changed it."""
        value, before = properties.get(name, ""), (exported or {}).get(name, "")
        if name == UNITED:
            old, now = _items(before), _items(value)
            return self.unite(name, added=_without(now, old), removed=_without(old, now))
        if exported is None:
            return True
        last, new = _plain(cleaned_property(before)), _plain(cleaned_property(value))
        own = _plain(self._values.get(name))
        if last == new == own:  # it may be written in another way now, such as a date
            line = f"{name}: {property_value(before)}{self._newline}"
            is_as_written = self._lines[slice(*self._span(name))] == [line]
            is_other = property_value(before) != property_value(value)
            return not (is_as_written and is_other) or self.change(name, value)
        return new in {last, own} or (own == last and self.change(name, value))

    def change(self, name: str, value: Value) -> bool:
        """Replace the value of a property, or add or remove the property.

        Returns False if it stays as it is, since comments of the user are among its lines.
        """
        written = property_value(value)
        start, end = self._span(name)
        if end - start > 1 and any(map(_COMMENT.search, self._lines[start:end])):
            return False
        comment = self._comment_of(name)
        self._changed.add(name)
        line = f"{name}: {written}{comment}" if written else comment.strip()
        self._changes.append((start, end, [f"{line}{self._newline}"] if line else []))
        return True

    def unite(self, name: str, *, added: Sequence[str], removed: Sequence[str]) -> bool:
        """Add items to a list and remove others, in the style in which the user writes it.

        Returns False if the list stays as it is, as `change` does.
        """
        own = self._values.get(name)
        items = _items(own)
        if not _is_flat(own):
            return not (added or removed)
        new = _without(added, items)
        gone = [item for item in removed if item in items]
        if not new and not gone:
            return True
        if isinstance(own, CommentedSeq) and not own.fa.flow_style() and own:
            self._change_items(name, own, new=new, gone=set(gone))
            return True
        return self.change(name, [*_without(items, gone), *new])

    def _change_items(
        self, name: str, own: CommentedSeq, *, new: Sequence[str], gone: set[str]
    ) -> None:
        """Change a list with an item on each line; items with a comment are not removed."""
        end = self._span(name)[1]
        self._changed.add(name)
        starts = [own.lc.item(at)[0] for at in range(len(own))]
        indent = " " * max(0, own.lc.item(0)[1] - 2)
        for item, start, stop in zip(own, starts, [*starts[1:], end], strict=True):
            if str(item) in gone and not any(map(_COMMENT.search, self._lines[start:stop])):
                self._changes.append((start, stop, []))
        added = [f"{indent}- {property_value(item)}{self._newline}" for item in new]
        self._changes.append((end, end, added))

    def _span(self, name: str) -> tuple[int, int]:
        """Return the lines of a property, without the comments and empty lines below it."""
        if name not in self._spans:
            return len(self._lines), len(self._lines)
        start, end = self._spans[name]
        while end > start + 1 and self._lines[end - 1].lstrip()[:1] in ("", "#"):
            end -= 1
        return start, end

    def _comment_of(self, name: str) -> str:
        tokens = self._values.ca.items.get(name, ())
        comment = next((token.value for token in tokens if hasattr(token, "value")), "")
        line = comment.split("\n")[0].strip()
        return f"  {line}" if line.startswith("#") else ""


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever YAML can hold
    """Return a value as it can be compared: text, or a tuple of texts."""
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, date):
        return value.isoformat()[:10]
    if isinstance(value, Iterable) and not isinstance(value, Mapping):
        return tuple(map(_plain, value)) or ""
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)


def _is_flat(value: Any) -> bool:  # noqa: ANN401 - as above
    """Return whether a value is one text or number, or a list of them."""
    if isinstance(value, list):
        return not any(isinstance(item, list | Mapping) for item in value)
    return not isinstance(value, Mapping | AbstractSet)


def _items(value: Any) -> tuple[str, ...]:  # noqa: ANN401 - as above
    """Return the tags in a value: of a list, or of a text with commas between them."""
    plain = _plain(value)
    if isinstance(plain, str):
        return tuple(item for part in plain.split(",") if (item := part.strip()))
    return tuple(item.strip().removeprefix("#") for item in plain if isinstance(item, str))


def _without(items: Iterable[str], others: Iterable[str]) -> list[str]:
    taken = set(others)
    return [item for item in items if item not in taken]
