"""A table that a Lua program wrote with `return {…}`: read as a literal, never run."""

import re
from typing import Final

from annotator.errors import ImportFailed
from annotator.importing.readers.json_values import JsonObject, LineNumbers
from annotator.importing.readers.limits import MAX_DEPTH

_SPACE = re.compile(r"(?:\s++|--\[\[.*?\]\]|--[^\n]*+)*+", re.DOTALL)
_START = re.compile(r"return\b")
_NUMBER = re.compile(r"-?(?:0[xX][0-9a-fA-F]{1,16}|\d{1,20}(?:\.\d{0,20})?(?:[eE][+-]?\d{1,3})?)")
_NAME = re.compile(r"[A-Za-z_]\w*")
_STRING = re.compile(r"\"((?:[^\"\\]|\\.)*+)\"|'((?:[^'\\]|\\.)*+)'", re.DOTALL)
_LONG = re.compile(r"\[(=*)\[\n?(.*?)\]\1\]", re.DOTALL)
_BYTE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|(\d{1,3}))")
_ESCAPE = re.compile(
    r"((?:\\(?:\d{1,3}|x[0-9a-fA-F]{2}))+)|\\(z\s*|u\{[0-9a-fA-F]{1,6}\}|.)", re.DOTALL
)
_SIMPLE = {"n": "\n", "t": "\t", "r": "\r", "a": "", "b": "", "f": "\n", "v": "\n"}
_CUT = re.compile(r"[-\w]*\Z")
_WHOLE: Final = 3  # levels: a book, its list, a highlight, of which half is none
_WORDS: Final = {"true": True, "false": False, "nil": None}


def looks_like_lua(head: str) -> bool:
    """Return whether a text begins, after comments, with `return {`."""
    position = _space_after(head, 0)
    match = _START.match(head, position)
    return match is not None and head.startswith("{", _space_after(head, match.end()))


def read_lua(text: str) -> tuple[JsonObject, str, int]:
    """Return the table of a text: an object whose keys are text, with lists where it has them.

    Of one that is cut off it is what was whole until there, with the problem and its line. Raises
    `ImportFailed` with the line of what is not a literal, such as a call.
    """
    match = _START.match(text, _space_after(text, 0))
    if match is None:
        raise ImportFailed("It does not begin with `return`.", line=1)
    literal = _Literal(text, match.end())
    problem, line = "", 0
    try:
        value = literal.value(0)
    except ImportFailed as error:
        if not literal.is_cut or not literal.whole:
            raise
        problem, line = error.message, error.line
        kept = text[: literal.whole] + "}" * literal.open
        value = _Literal(kept, match.end()).value(0)
    if isinstance(value, list):
        value = JsonObject({str(number): item for number, item in enumerate(value, 1)}, 1)
    if not isinstance(value, JsonObject):
        raise ImportFailed("It does not return a table.", line=1)
    return value, problem, line


class _Literal:
    """A reader of one literal, from its first character on; `whole` is its last whole table."""

    def __init__(self, text: str, position: int) -> None:
        self._text = text
        self._position = position
        self._lines = LineNumbers(text)
        self.is_cut, self.whole, self.open = False, 0, 0

    def value(self, depth: int) -> object:
        """Return the value at the position, and move behind it."""
        self._skip()
        text, position = self._text, self._position
        if text.startswith("{", position):
            return self._table(depth + 1)
        if match := _STRING.match(text, position):
            self._position = match.end()
            return _ESCAPE.sub(_unescaped, match[1] if match[1] is not None else match[2])
        if match := _LONG.match(text, position):
            self._position = match.end()
            return match[2]
        if match := _NUMBER.match(text, position):
            self._position = match.end()
            is_hexadecimal = "x" in match[0].lower()
            return float(int(match[0], 16)) if is_hexadecimal else float(match[0])
        if (match := _NAME.match(text, position)) and match[0] in _WORDS:
            self._position = match.end()
            return _WORDS[match[0]]
        if text.startswith(("'", '"'), position):  # it is not closed
            self._position = len(text)
        raise self._failed()

    def _table(self, depth: int) -> object:
        if depth > MAX_DEPTH:
            raise ImportFailed(f"It is nested more than {MAX_DEPTH} deep.", line=self._line)
        line = self._line
        self._position += 1
        named: dict[str, object] = {}
        listed: list[object] = []
        while not self._takes("}"):
            key = self._key(depth)
            value = self.value(depth)
            if key is None:
                listed.append(value)
            else:
                named[key] = value
            if not (self._takes(",") or self._takes(";")):
                if self._takes("}"):
                    break
                raise self._failed()
        if depth <= _WHOLE:
            self.whole, self.open = self._position, depth - 1
        return _made(named, listed, line)

    def _key(self, depth: int) -> str | None:
        """Return the key before `=`; None for an entry of a list."""
        self._skip()
        before = self._position
        if self._text.startswith("[", before) and not _LONG.match(self._text, before):
            self._position += 1
            key = self.value(depth)
            if not self._takes("]") or not self._takes("="):
                raise self._failed()
            return f"{key:.0f}" if isinstance(key, float) and key.is_integer() else str(key)
        match = _NAME.match(self._text, before)
        if match and match[0] not in _WORDS:
            self._position = match.end()
            if not self._takes("="):
                self._position = before
                raise self._failed()
            return match[0]
        return None

    def _takes(self, sign: str) -> bool:
        self._skip()
        is_next = self._text.startswith(sign, self._position)
        self._position += is_next
        return is_next

    def _skip(self) -> None:
        self._position = _space_after(self._text, self._position)

    @property
    def _line(self) -> int:
        return self._lines.at(self._position)

    def _failed(self) -> ImportFailed:
        if _CUT.match(self._text, self._position):
            self.is_cut = True
            return ImportFailed("The file ends in the middle.", line=self._line)
        return ImportFailed("There is more in it than values, which is not run.", line=self._line)


def _space_after(text: str, position: int) -> int:
    match = _SPACE.match(text, position)
    return match.end() if match else position


def _made(named: dict[str, object], listed: list[object], line: int) -> object:
    """Return a list if the table has the keys 1, 2 and so on only, else an object."""
    count = len(named)
    if not listed and count and all(str(number) in named for number in range(1, count + 1)):
        return [named[str(number)] for number in range(1, count + 1)]
    if listed and not named:
        return listed
    return JsonObject(named | {str(number): item for number, item in enumerate(listed, 1)}, line)


def _unescaped(match: re.Match[str]) -> str:
    if match[1]:
        values = (int(x, 16) if x else int(y) for x, y in _BYTE.findall(match[1]))
        return bytes(min(value, 255) for value in values).decode("utf-8", "replace")
    sign = match[2]
    if sign[0] == "u" and len(sign) > 1:
        return chr(min(int(sign[2:-1], 16), 0x10FFFF))
    if sign[0] == "z":
        return ""
    return _SIMPLE.get(sign, sign)
