"""JSON of other programs: within limits, with the line of each object, and as far as it goes.

Objects are `JsonObject`s, whose methods return what a format wants of a field, whatever is
in it: a missing field, null, or a value of another type gives an empty one.
"""

import json
import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple, TypeGuard

from annotator.errors import ImportFailed
from annotator.importing.readers.limits import MAX_DEPTH, MAX_DIGITS, MAX_OBJECTS

_STRING = r'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
_TOKENS = re.compile(rf'{_STRING}|[\[\]{{}}"]', re.DOTALL)
_LINE = re.compile(r"[^\r\n]*+(?:\r\n|\n|\r)|[^\r\n]++")
_CLOSERS = {"{": "}", "[": "]"}
_TRUE = frozenset({"1", "true", "yes"})


class JsonObject(dict[str, object]):
    """An object of JSON, and the `line` that it begins at, from 1; 0 where there are no lines.

    A name of a field may be a path: `content.url` is a field of an object in the object.
    """

    __slots__ = ("line",)

    def __init__(
        self, values: Mapping[str, object] | Iterable[tuple[str, object]] = (), line: int = 0
    ) -> None:
        super().__init__(values)
        self.line = line

    def value(self, path: str) -> object:
        """Return what is in a field, None if there is none."""
        if "." not in path or path in self:
            return self.get(path)
        outer, _, inner = path.partition(".")
        return self.object(outer).value(inner)

    def has(self, name: str) -> bool:
        """Return whether there is such a field, whatever is in it."""
        return self.value(name) is not None

    def text(self, *names: str) -> str:
        """Return the first of these fields that is text or a number and not empty."""
        for name in names:
            value = self.value(name)
            if isinstance(value, str) and value.strip():
                return value
            if isinstance(value, int | float) and not isinstance(value, bool):
                return f"{value:.0f}" if float(value).is_integer() else str(value)
        return ""

    def number(self, *names: str) -> float | None:
        """Return the first of these fields that is a number, or text that is one."""
        for name in names:
            value = self.value(name)
            try:
                if isinstance(value, str | int | float) and not isinstance(value, bool):
                    return float(value)
            except (ValueError, OverflowError):
                continue
        return None

    def flag(self, *names: str) -> bool:
        """Return whether one of these fields is true, 1, or a word for it."""
        return any(str(self.value(name)).strip().lower() in _TRUE for name in names)

    def object(self, name: str) -> "JsonObject":
        """Return an object in this one, an empty one if there is none."""
        value = self.value(name)
        return value if isinstance(value, JsonObject) else JsonObject(line=self.line)

    def objects(self, *names: str) -> "list[JsonObject]":
        """Return the objects in the first of these fields that has some: a list, or by keys."""
        for name in names:
            value = self.value(name)
            records = objects_in([*value.values()] if isinstance(value, dict) else value)
            if records:
                return records
        return []

    def texts(self, *names: str, inner: str = "name") -> tuple[str, ...]:
        """Return the texts in the first of these fields that has some.

        It may be a list of texts, a list of objects with a field `inner`, an object of such
        objects or one whose keys are the texts, or one text.
        """
        for name in names:
            texts_of_field = tuple(_texts(self.value(name), inner))
            if texts_of_field:
                return texts_of_field
        return ()


class Json(NamedTuple):
    """The value that was read, and if the text goes on, the line where reading ended, and why."""

    value: object
    problem: str = ""
    line: int = 0


def lines_of(text: str) -> Iterator[str]:
    """Yield the lines of a text with their ends, without a copy of all of them."""
    yield from (match[0] for match in _LINE.finditer(text))


class LineNumbers:
    """The lines of a text by the offset of a character in it."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _ends(self) -> Sequence[int]:
        return array("I", (match.start() for match in re.finditer("\n", self._text)))

    def at(self, offset: int) -> int:
        """Return the number of the line, from 1."""
        return bisect_right(self._ends, offset - 1) + 1


def objects_in(value: object) -> list[JsonObject]:
    """Return the objects of a list, and nothing of other values."""
    return [item for item in value if isinstance(item, JsonObject)] if _is_list(value) else []


def read_json(text: str, *, first_line: int = 1) -> Json:
    """Return the value in a text; of one that is cut or wrong, what was complete until there.

    Raises `ImportFailed` if nothing can be read, or if it is nested too deeply.
    """
    lines = LineNumbers(text)
    scan = _scan(text, lines)
    if not scan.rest:
        try:
            return Json(_parsed(text, scan.starts, lines, first_line))
        except json.JSONDecodeError as error:
            problem, end = f"This is not JSON: {error.msg}.", error.pos
    else:
        problem, end = "The file ends in the middle.", len(text)
    whole = _scan(text[:end], lines)
    line = lines.at(min(end, max(len(text) - 1, 0))) + first_line - 1
    try:
        kept = text[: whole.cut] + whole.rest_at_cut
        value = _parsed(kept, _scan(kept, lines).starts, lines, first_line)
    except json.JSONDecodeError:
        raise ImportFailed(problem, line=line) from None
    return Json(value, problem, line)


class _Scan(NamedTuple):
    """The brackets of a text.

    `starts` are the offsets of its objects in the order in which they end, `cut` is where
    the last complete one ends, `rest_at_cut` would close what is open there, and `rest` what
    is open at the end.
    """

    starts: list[int]
    cut: int
    rest_at_cut: str
    rest: str


def _scan(text: str, lines: LineNumbers) -> _Scan:
    starts: list[int] = []
    stack: list[tuple[str, int]] = []
    cut, at_cut = 0, ""
    for token in _TOKENS.finditer(text):
        sign = token[0]
        if len(sign) > 1:
            continue
        if sign in _CLOSERS:
            stack.append((_CLOSERS[sign], token.start()))
            if len(stack) > MAX_DEPTH:
                raise ImportFailed(
                    f"It is nested more than {MAX_DEPTH} deep.", line=lines.at(token.start())
                )
        elif sign == '"' or not stack or stack[-1][0] != sign:  # a string that does not end
            break
        else:
            _, start = stack.pop()
            if sign == "}":
                starts.append(start)
                if len(starts) > MAX_OBJECTS:
                    raise ImportFailed(
                        f"It has more than {MAX_OBJECTS:,} objects.",
                        "Split it, and import the parts.",
                    )
                cut, at_cut = token.end(), _closing(stack)
    else:
        return _Scan(starts, cut, at_cut, _closing(stack))
    return _Scan(starts, cut, at_cut, _closing(stack) or "]")


def _closing(stack: list[tuple[str, int]]) -> str:
    return "".join(closer for closer, _ in reversed(stack))


def _parsed(text: str, starts: list[int], lines: LineNumbers, first_line: int) -> object:
    positions = iter(starts)

    def hook(pairs: list[tuple[str, Any]]) -> JsonObject:
        return JsonObject(pairs, lines.at(next(positions, 0)) + first_line - 1)

    return json.loads(
        text,
        object_pairs_hook=hook,
        parse_int=lambda digits: int(digits) if len(digits) <= MAX_DIGITS else None,
        parse_constant=lambda _: None,  # NaN and infinity
        strict=False,
    )


def _texts(value: object, inner: str) -> Iterator[str]:
    if isinstance(value, dict):
        named = ((key, part) for key, part in value.items() if key.strip())
        yield from (
            (part.text(inner) if isinstance(part, JsonObject) else "") or key for key, part in named
        )
    elif isinstance(value, str) and value.strip():
        yield value
    elif _is_list(value):
        for item in value:
            text = item if isinstance(item, str) else ""
            if isinstance(item, JsonObject):
                text = item.text(inner, "name", "tag", "label", "title")
            if text.strip():
                yield text


def _is_list(value: object) -> TypeGuard[list[object]]:
    return isinstance(value, list)
